// @ts-check
// The drawing as an SVG file: the same places, shapes and words as on the canvas, for print and for other programs.

const SPACE = "http://www.w3.org/2000/svg";
const LINE = 20;

/** @param {any} cy what is drawn @param {boolean} mapped @param {(name: string) => string} colour @returns {string} */
export function svg(cy, mapped, colour) {
  const nodes = cy.nodes().not(".off").toArray();
  const edges = cy.edges().not(".off, .twin").filter(edge => !edge.source().hasClass("off") && !edge.target().hasClass("off")).toArray();
  const xs = nodes.map(node => node.position("x")), ys = nodes.map(node => node.position("y"));
  const pad = mapped ? 40 : 90, [left, top] = [Math.min(...xs) - pad, Math.min(...ys) - pad];
  const [wide, high] = [Math.max(...xs) + (mapped ? 300 : pad) - left, Math.max(...ys) + pad - top];
  const root = made(null, "svg", {viewBox: [left, top, wide, high].map(Math.round).join(" "), width: Math.round(wide), height: Math.round(high),
    "font-family": "IBM Plex Sans, system-ui, sans-serif", "font-size": mapped ? 14 : 13});
  made(root, "rect", {x: left, y: top, width: wide, height: high, fill: colour("paper")});
  for (const edge of edges) line(root, edge, mapped, colour);
  for (const node of nodes) mark(root, node, mapped, colour);
  return new XMLSerializer().serializeToString(root);
}

/** @param {Element|null} parent @param {string} name @param {Record<string, string|number>} attributes @param {string} [text] */
function made(parent, name, attributes, text) {
  const element = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(typeof value === "number" ? Math.round(value * 10) / 10 : value));
  if (text !== undefined) element.textContent = text;
  parent?.append(element);
  return element;
}

/** @param {Element} root @param {any} edge @param {boolean} mapped @param {(name: string) => string} colour */
function line(root, edge, mapped, colour) {
  const [a, b] = [edge.source().position(), edge.target().position()];
  const far = Math.hypot(b.x - a.x, b.y - a.y) || 1, [x, y] = [(b.x - a.x) / far, (b.y - a.y) / far];
  const room = mapped ? 0 : 22, end = {x: b.x - x * room, y: b.y - y * room};
  made(root, "path", {d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}L${end.x.toFixed(1)} ${end.y.toFixed(1)}`, stroke: colour("edge"), fill: "none",
    "stroke-width": mapped ? 0.8 : 2, opacity: mapped ? 0.35 : 0.9, ...(edge.hasClass("plan") ? {"stroke-dasharray": "6 4"} : {})});
  if (mapped) return;
  made(root, "path", {d: `M${end.x.toFixed(1)} ${end.y.toFixed(1)}l${(-9 * x - 5 * y).toFixed(1)} ${(-9 * y + 5 * x).toFixed(1)} ${(10 * y).toFixed(1)} ${(-10 * x).toFixed(1)}z`, fill: colour("edge")});
  words(root, edge.data("told").split("\n"), {x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, size: 11, fill: colour("quiet"), paper: colour("paper")});
}

/** @param {Element} root @param {any} node @param {boolean} mapped @param {(name: string) => string} colour */
function mark(root, node, mapped, colour) {
  const {x, y} = node.position(), kind = node.data("kind"), named = !mapped || ["bodies", "departments"].includes(kind);
  const r = mapped ? (named ? 12 : 5) : 17, look = {fill: colour(`kind-${kind}`), ...(node.hasClass("focus") ? {stroke: colour("ink"), "stroke-width": 3} : {})};
  const corners = {bodies: [[-1, 0], [-0.5, -1], [0.5, -1], [1, 0], [0.5, 1], [-0.5, 1]], departments: [[-1, -1], [0.3, -1], [1, 0], [0.3, 1], [-1, 1]],
    sdgs: [[0, -1], [1, 0], [0, 1], [-1, 0]]}[kind];
  if (kind === "people") made(root, "circle", {cx: x, cy: y, r, ...look});
  else if (corners) made(root, "polygon", {points: corners.map(([dx, dy]) => `${(x + dx * r).toFixed(1)},${(y + dy * r).toFixed(1)}`).join(" "), ...look});
  else made(root, "rect", {x: x - r, y: y - r, width: 2 * r, height: 2 * r, rx: kind === "cases" ? 5 : 0, ...look});
  if (!named) { made(root.lastElementChild, "title", {}, node.data("label")); return; }
  const told = {size: mapped ? 14 : 13, fill: colour("ink"), paper: colour("paper")};
  if (mapped) words(root, [node.data("short")], {x: x + r + 5, y: y + 5, anchor: "start", ...told});
  else words(root, wrapped(node.data("short")), {x, y: y + r + 16, ...told});
}

/** @param {Element} root @param {string[]} lines @param {{x: number, y: number, size: number, fill: string, paper: string, anchor?: string}} look */
function words(root, lines, {x, y, size, fill, paper, anchor = "middle"}) {
  lines.forEach((text, n) => made(root, "text", {x, y: y + n * size * 1.15, "font-size": size, fill, "text-anchor": anchor,
    stroke: paper, "stroke-width": 3, "paint-order": "stroke", "stroke-linejoin": "round"}, text));
}

/** A name in lines of a width that fits. @param {string} text */
function wrapped(text) {
  const lines = [""];
  for (const word of text.split(/\s+/)) {
    const last = lines[lines.length - 1];
    if (last && last.length + word.length >= LINE) lines.push(word);
    else lines[lines.length - 1] = last ? `${last} ${word}` : word;
  }
  return lines;
}
