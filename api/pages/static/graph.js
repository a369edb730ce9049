// @ts-check
// Draws what the page's table says: a neighbourhood or the map, with a list of nodes in step with the drawing.
// Everything it shows comes from one JSON address of this service; without it the table is still there.

/** @typedef {{id: string, label: string, kind: string, href: string, x?: number, y?: number}} GraphNode */
/** @typedef {{id: string, source: string, target: string, word: string, day: string, year: number|null, firm: boolean,
 *             quote: string, place: string, href: string}} GraphEdge */

const SHAPES = {cases: "round-rectangle", bodies: "hexagon", people: "ellipse", departments: "round-tag",
  attachments: "rectangle", sdgs: "diamond"};
const DAGRE_MOST = 60;  // beyond it dagre is slow and its drawing thin
const LIST_MOST = 400;

const SHARED = "#graph?";  // what an address ends with that tells of a view

for (const stage of document.querySelectorAll(".graph")) {
  const begun = begin.bind(null, /** @type {HTMLElement} */ (stage));
  if (stage.querySelector(".still") && !location.hash.startsWith(SHARED)) {
    // a picture is there already: the library waits until somebody comes near
    for (const near of ["pointerenter", "touchstart", "focusin"]) stage.addEventListener(near, begun, {once: true, passive: true});
  } else {
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      seen.disconnect();
      begun();
    }, {rootMargin: "300px"});
    seen.observe(stage);
  }
}

/** Starts a drawing once; what is pressed meanwhile is done when it is there. @param {HTMLElement} stage */
function begin(stage) {
  if (stage.dataset.begun) return;
  stage.dataset.begun = "yes";
  /** @type {Event[]} */
  const early = [];
  const keep = event => early.push(event);
  stage.addEventListener("click", keep);
  stage.addEventListener("keydown", keep);
  start(stage).then(view => {
    stage.removeEventListener("click", keep);
    stage.removeEventListener("keydown", keep);
    for (const event of early) view.repeat(event);
  }).catch(error => fail(stage, error));
}

/** @param {HTMLElement} stage @param {unknown} error */
function fail(stage, error) {
  stage.querySelector(".live").textContent = words(stage).failed;
  stage.dataset.failed = String(error);
  document.documentElement.dataset.ready = "failed";
}

/** @param {HTMLElement} stage @returns {Record<string, string>} */
function words(stage) {
  return JSON.parse(stage.dataset.words);
}

/** @param {string} address */
async function read(address) {
  const response = await fetch(address, {headers: {Accept: "application/json"}});
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

/** Nodes and edges of either kind of answer, in one form. @param {any} found */
function unfolded(found) {
  if (found.edges) return found;
  const edges = found.ties.map(([a, b, relation, year]) => ({
    id: `${a} ${b}`, source: found.nodes[a].id, target: found.nodes[b].id, word: found.relations[relation], day: "",
    year, firm: relation !== "planned", quote: "", place: "", href: "",
  }));
  return {nodes: found.nodes, edges, focus: "", folded: {}};
}

/** @param {HTMLElement} stage */
async function start(stage) {
  const [{default: cytoscape}, found] = await Promise.all([import(stage.dataset.cytoscape), stage.dataset.found ? JSON.parse(stage.dataset.found) : read(stage.dataset.graph)]);
  const graph = unfolded(found);
  const mapped = graph.nodes.some(node => node.x !== undefined);
  const cy = cytoscape({
    container: stage.querySelector(".canvas"), elements: [], style: style(mapped, graph.edges.length > 1200 ? 0.14 : 0.35), minZoom: 0.05,
    maxZoom: 4, pixelRatio: "auto", textureOnViewport: mapped, hideEdgesOnViewport: mapped && graph.edges.length > 1500,
  });
  const view = new View(stage, cy, mapped);
  view.add(graph);
  stage.querySelector(".still")?.remove();
  view.fold(graph.focus, graph);
  await view.resume(graph.focus);
  view.listen();
  document.documentElement.dataset.ready = "graph";
  return view;
}

/** @param {boolean} mapped @param {number} [faint] */
function style(mapped, faint = 0.35) {
  const wide = window.matchMedia("(max-width: 640px)").matches ? 90 : 120;
  const kinds = Object.entries(SHAPES).map(([kind, shape]) => ({
    selector: `node.${kind}`, style: {shape, "background-color": colour(`kind-${kind}`)},
  }));
  return [
    {selector: "node", style: {
      "background-color": colour("edge"), width: mapped ? 9 : 34, height: mapped ? 9 : 34, label: mapped ? "" : "data(short)", color: colour("ink"),
      "font-family": "Plex, sans-serif", "font-size": mapped ? 14 : 13, "text-valign": "bottom", "text-margin-y": 4,
      "text-wrap": "wrap", "text-max-width": `${wide}px`, "text-background-color": colour("paper"),
      "text-background-opacity": 0.85, "text-background-padding": "1px", "min-zoomed-font-size": 7}},
    ...kinds,
    ...(mapped ? [
      {selector: "node.bodies, node.departments", style: {width: 24, height: 24, label: "data(short)", "text-valign": "center",
        "text-halign": "right", "text-margin-y": 0, "text-margin-x": 5, "font-weight": 600, "text-wrap": "none", "text-background-opacity": 0,
        "text-outline-color": colour("paper"), "text-outline-width": 3}},
      {selector: "node.sdgs", style: {width: 16, height: 16}}] : []),
    {selector: "edge", style: {
      width: mapped ? 0.8 : 2, "line-color": colour("edge"), opacity: mapped ? faint : 0.9, "curve-style": mapped ? "haystack" : "bezier",
      "target-arrow-shape": mapped ? "none" : "triangle", "target-arrow-color": colour("edge"), label: mapped ? "" : "data(told)",
      "font-family": "Plex, sans-serif", "font-size": 11, color: colour("quiet"), "text-background-color": colour("paper"),
      "text-background-opacity": 1, "text-background-padding": "2px", "text-wrap": "wrap", "min-zoomed-font-size": 7}},
    {selector: "edge.plan", style: {"line-style": "dashed"}},
    {selector: "edge.twin", style: {display: "none"}},
    {selector: "node.focus", style: {"border-width": 3, "border-color": colour("ink")}},
    {selector: ":selected, edge.near", style: {"line-color": colour("green"), "target-arrow-color": colour("green"), opacity: 1,
      "border-width": 4, "border-color": colour("amber"), label: "data(short)", "z-index": 9}},
    {selector: "edge.near", style: {label: mapped ? "" : "data(told)", width: mapped ? 2 : 3}},
    {selector: ".off", style: {display: "none"}},
  ];
}

class View {
  /** @param {HTMLElement} stage @param {any} cy @param {boolean} mapped */
  constructor(stage, cy, mapped) {
    Object.assign(this, {stage, cy, mapped, words: words(stage), trail: [], near: new Map(), folded: new Map(), grown: []});
    this.boxes = [...stage.querySelectorAll("[data-kind]")];
    this.spans = [...stage.querySelectorAll("[data-year]")];
    this.list = stage.querySelector(".nodes");
    this.live = stage.querySelector(".live");
    this.told = stage.querySelector("[data-told]");
    this.table = stage.parentElement.querySelector("[data-edges] tbody");
  }

  /** Adds what is not there yet; gives how many nodes were new. @param {{nodes: GraphNode[], edges: GraphEdge[]}} found */
  add(found) {
    const fresh = found.nodes.filter(node => this.cy.getElementById(node.id).empty());
    this.cy.batch(() => {
      this.cy.add(fresh.map(node => ({
        group: "nodes", classes: node.kind + (node.id === found.focus ? " focus" : ""),
        data: {...node, short: cut(node.label || node.id, 44)}, ...(node.x === undefined ? {} : {position: {x: node.x, y: node.y}}),
      })));
      this.cy.add(found.edges.filter(edge => this.cy.getElementById(edge.id).empty()).map(edge => ({
        group: "edges", classes: edge.firm ? "" : "plan", data: {...edge, told: edge.day ? `${edge.word}\n${edge.day}` : edge.word},
      })));
      if (!this.mapped) this.bundle();
    });
    this.years();
    return fresh.length;
  }

  /** Draws relations of one kind between the same two things as one line; the table tells them all. */
  bundle() {
    const bundles = new Map();
    for (const edge of this.cy.edges()) {
      const pair = `${edge.data("source")} ${edge.data("target")}`;
      bundles.set(pair, [...(bundles.get(pair) ?? []), edge]);
    }
    for (const [first, ...rest] of bundles.values()) {
      const words = [...new Set([first, ...rest].map(edge => edge.data("word")))].join(", ");
      if (rest.length) first.data("told", `${words}\n${rest.length + 1} ×`);
      for (const edge of rest) edge.addClass("twin");
    }
  }

  /** Lays a neighbourhood out from left to right; a map keeps its places. */
  arrange() {
    if (!this.mapped) {
      const narrow = this.stage.clientWidth < 560;
      const began = performance.now();
      const many = this.nodes().length > DAGRE_MOST;
      this.nodes().union(this.edges()).layout({fit: false, animate: false, ...(many ? this.columns(narrow)
        : {name: "dagre", rankDir: narrow ? "TB" : "LR", nodeSep: 26, edgeSep: 12, rankSep: narrow ? 60 : 90, nodeDimensionsIncludeLabels: true})}).run();
      this.stage.dataset.milliseconds = String(Math.round(performance.now() - began));
    }
    this.fit();
    this.fill();
  }

  /** Places for many things, each looked at once: blocks from left to right by the way from the middle. @param {boolean} narrow */
  columns(narrow) {
    const blocks = new Map(), rank = new Map(), places = new Map();
    for (const start of this.nodes().filter(".focus").union(this.nodes())) {
      if (rank.has(start.id())) continue;
      rank.set(start.id(), 0);
      const waiting = [start];
      for (const at of waiting) {
        const here = rank.get(at.id());
        if (!blocks.has(here)) blocks.set(here, []);
        blocks.get(here).push(at.id());
        for (const edge of this.edges(at)) {
          const to = edge.source().same(at) ? edge.target() : edge.source();
          if (rank.has(to.id())) continue;
          rank.set(to.id(), here + (edge.source().same(at) ? 1 : -1));
          waiting.push(to);
        }
      }
    }
    let along = 0;
    for (const [, block] of [...blocks].sort(([a], [b]) => a - b)) {
      const across = Math.min(block.length, narrow ? 4 : Math.max(9, Math.ceil(Math.sqrt(2 * block.length))));
      const [step, side] = narrow ? [84, 150] : [160, 74];
      block.forEach((id, n) => {
        const [x, y] = [along + Math.floor(n / across) * step, (n % across - (across - 1) / 2) * side];
        places.set(id, narrow ? {x: y, y: x} : {x, y});
      });
      along += Math.ceil(block.length / across) * step + 70;
    }
    return {name: "preset", positions: node => places.get(node.id())};
  }

  /** The nodes that are not filtered away. */
  nodes() { return this.cy.nodes().not(".off"); }

  /** The relations that are not filtered away, of a node or of all. @param {any} [node] */
  edges(node) {
    const found = node ? node.connectedEdges() : this.cy.edges();
    return found.filter(edge => ![edge, edge.source(), edge.target()].some(one => one.hasClass("off")));
  }

  fit() {
    this.cy.resize();
    this.cy.fit(this.nodes(), 28);
    if (this.cy.zoom() > 1.25) { this.cy.zoom(1.25); this.cy.center(this.nodes()); }
  }

  /** The visible nodes as the list has them: by kind, then by name. */
  order() {
    const kinds = Object.keys(SHAPES);
    return this.nodes().sort((a, b) => kinds.indexOf(a.data("kind")) - kinds.indexOf(b.data("kind"))
      || b.degree() * this.mapped - a.degree() * this.mapped || a.data("label").localeCompare(b.data("label"), document.documentElement.lang)).toArray();
  }

  /** Writes the list and the table anew. */
  fill() {
    const shown = this.order().slice(0, LIST_MOST);
    this.list.replaceChildren(...shown.map(node => {
      const row = document.createElement("li");
      row.id = `n-${node.id().replace(/[^\w-]/g, "_")}`;
      row.role = "option";
      row.dataset.id = node.id();
      row.className = `kind ${node.data("kind")}`;
      row.textContent = cut(node.data("label"), 90);
      row.setAttribute("aria-selected", String(node.id() === this.current));
      return row;
    }));
    if (this.table && !this.mapped) {
      this.table.replaceChildren(...this.edges().map(edge => this.row(edge)));
      this.table.closest("details").querySelector(".pager")?.remove();  // all of them stand there now
    }
  }

  /** One row of the table. @param {any} edge */
  row(edge) {
    const row = document.createElement("tr");
    const heads = [...this.table.closest("table").querySelectorAll("th")].map(head => head.textContent);
    const place = edge.data("href") ? link(edge.data("href"), edge.data("place")) : "–";
    const parts = [link(edge.source().data("href"), edge.source().data("label")), edge.data("word"),
      link(edge.target().data("href"), edge.target().data("label")), edge.data("day") || "–", place];
    parts.forEach((part, n) => {
      const cell = row.insertCell();
      cell.dataset.label = heads[n];
      if (n === 3) cell.className = "short";
      cell.append(part);
    });
    return row;
  }

  /** Makes a node the current one, in the drawing and in the list. @param {string|undefined} id @param {boolean} [move] */
  select(id, move = true) {
    const node = id && this.cy.getElementById(id);
    if (!node || node.empty()) return;
    this.current = id;
    this.cy.elements().unselect().removeClass("near");
    if (move) { node.select(); node.connectedEdges().addClass("near"); }
    for (const row of this.list.children) row.setAttribute("aria-selected", String(row.dataset.id === id));
    const row = this.list.querySelector('[aria-selected="true"]');
    if (row) {
      this.list.setAttribute("aria-activedescendant", row.id);
      if (move) row.scrollIntoView({block: "nearest"});
    }
    if (move) this.reveal(node);
    if (this.mapped) this.read();
    this.tell(node);
    this.peek(node);
  }

  /** Keeps the names of bodies and departments as large on the screen however far out the map is; none covers another. */
  read() {
    const size = 14 / Math.min(1.25, this.cy.zoom()), mark = 14 / Math.min(0.7, this.cy.zoom());
    const taken = [];
    this.cy.batch(() => this.cy.nodes(".bodies, .departments").not(".off").forEach(node => {
      const {x, y} = node.position(), wide = size * (2 + 0.6 * node.data("short").length);
      const free = taken.every(one => Math.abs(one.y - y) > 1.2 * size || one.x + one.wide < x || x + wide < one.x);
      if (free) taken.push({x, y, wide});
      node.style({"font-size": size, width: mark, height: mark, "min-zoomed-font-size": 0, "text-opacity": free || node.selected() ? 1 : 0});
    }));
  }

  /** Brings a node into sight where it is outside. @param {any} node */
  reveal(node) {
    const box = node.renderedBoundingBox();
    if (box.x1 < 0 || box.y1 < 0 || box.x2 > this.cy.width() || box.y2 > this.cy.height()) this.cy.center(node);
  }

  /** Says what a node is tied to, with the sentences. @param {any} node */
  tell(node) {
    const head = document.createElement("p");
    head.append(link(node.data("href"), node.data("label")), ` · ${this.edges(node).length} ${this.words.of}`);
    const edges = this.edges(node).slice(0, 12);
    this.told.replaceChildren(head, ...this.hidden(node.id()), listed(edges.map(edge => this.said(edge, node))));
  }

  /** How many things around a node are folded away, in words. @param {string} id */
  hidden(id) {
    const parts = Object.entries(this.folded.get(id) ?? {}).map(([kind, n]) => `${n} ${this.kinds[kind] ?? kind}`);
    return parts.length ? [quiet(this.words.folded.replace("{n}", parts.join(", ")))] : [];
  }

  /** Keeps what an answer leaves out around a thing, and marks its node with the number. @param {string} id @param {any} found */
  fold(id, found) {
    this.kinds = found.told ?? this.kinds ?? {};
    const n = Object.values(found.folded ?? {}).reduce((sum, one) => sum + one, 0);
    if (!n) return;
    this.folded.set(id, found.folded);
    const node = this.cy.getElementById(id);
    node.data("short", `${cut(node.data("label"), 44)} (+${n})`);
  }

  /** One relation of a node in words. @param {any} edge @param {any} node */
  said(edge, node) {
    const other = edge.source().same(node) ? edge.target() : edge.source();
    const row = document.createElement("li");
    row.append(`${edge.data("word")} ${edge.data("day")} – `, link(other.data("href"), other.data("label")));
    if (edge.data("quote")) {
      const quote = document.createElement("blockquote");
      quote.append(cut(edge.data("quote"), 240), " ", link(edge.data("href"), edge.data("place")));
      row.append(quote);
    }
    return row;
  }

  /** Looks how many more things stand around a node, before it is expanded. @param {any} node */
  async peek(node) {
    if (this.mapped || node.hasClass("focus")) return;
    const found = await this.around(node.id()).catch(() => null);
    if (!found || this.current !== node.id()) return;
    const fresh = found.nodes.filter(one => this.cy.getElementById(one.id).empty()).length;
    if (fresh) this.told.firstElementChild?.after(quiet(this.words.more.replace("{n}", String(fresh))));
  }

  /** What stands around a node, asked once. @param {string} id */
  around(id) {
    if (!this.near.has(id)) this.near.set(id, read(`${this.stage.dataset.near}?of=${encodeURIComponent(id)}`));
    return this.near.get(id);
  }

  /** Draws what stands around the current node; on the map it opens the drawing around it. */
  async expand() {
    if (!this.current) return;
    if (this.mapped) { location.href = `${this.stage.dataset.network}?of=${encodeURIComponent(this.current)}`; return; }
    const before = this.current;
    const fresh = await this.grow(before);
    this.say(fresh ? this.words.expanded.replace("{n}", String(fresh)) : this.words.nothing);
    if (fresh) { this.filter(false); this.arrange(); this.note(); }
    this.select(before);
  }

  /** Adds what stands around a node; gives how much of it is new. @param {string} id */
  async grow(id) {
    const found = await this.around(id).catch(() => ({nodes: [], edges: []}));
    const fresh = this.add({...found, focus: ""});
    this.fold(id, found);
    if (fresh) this.grown.push(id);
    return fresh;
  }

  /** @param {string} text */
  say(text) { this.live.textContent = text; }

  /** The years to choose from; the outermost stand first and mean no limit. */
  years() {
    const found = [...new Set(this.cy.edges().map(edge => edge.data("year")).filter(Boolean))].sort();
    for (const select of this.spans) {
      const chosen = select.selectedIndex > 0 ? select.value : "";
      const there = select.dataset.year === "from" ? found : [...found].reverse();
      select.replaceChildren(...there.map(year => new Option(String(year))));
      if (chosen) select.value = chosen;
    }
  }

  /** The year that one end of the period is set to; nothing where it is open. @param {string} end */
  year(end) {
    const select = this.spans.find(one => one.dataset.year === end);
    return select && select.selectedIndex > 0 ? Number(select.value) : null;
  }

  /** Shows the kinds and years that are chosen; what has no date is of all years. @param {boolean} [aloud] */
  filter(aloud = true) {
    const kinds = new Set(this.boxes.filter(box => box.checked).map(box => box.dataset.kind));
    const [from, to] = [this.year("from"), this.year("to")];
    const known = new Set(this.boxes.map(box => box.dataset.kind));
    this.cy.batch(() => {
      this.cy.elements().removeClass("off");
      this.cy.nodes().filter(node => known.has(node.data("kind")) && !kinds.has(node.data("kind")) && !node.hasClass("focus")).addClass("off");
      if (from || to) {
        this.cy.edges().filter(edge => edge.data("year") && (edge.data("year") < (from ?? 0) || edge.data("year") > (to ?? 9999))).addClass("off");
        this.cy.nodes().filter(node => !node.hasClass("focus") && node.connectedEdges().not(".off").empty()).addClass("off");
      }
    });
    this.fill();
    if (!aloud) return;
    this.say(this.words.filtered.replace("{n}", String(this.nodes().length)));
    this.note();
  }

  /** Writes into the address what is filtered away, what was expanded and what is chosen, so that it can be shared. */
  note() {
    const told = new URLSearchParams();
    for (const box of this.boxes) if (!box.checked) told.append("without", box.dataset.kind);
    for (const end of ["from", "to"]) if (this.year(end)) told.set(end, String(this.year(end)));
    for (const id of this.grown) told.append("expanded", id);
    if (this.current) told.set("at", this.current);
    history.replaceState(null, "", `${SHARED}${told}`);
    const tongue = document.querySelector("a.tongue");
    if (tongue) tongue.hash = location.hash;
  }

  /** Shows what the address tells of, else all around the thing in the middle. @param {string} focus */
  async resume(focus) {
    const told = new URLSearchParams(location.hash.startsWith(SHARED) ? location.hash.slice(SHARED.length) : "");
    if (!this.mapped) for (const id of told.getAll("expanded").slice(0, 20)) await this.grow(id);
    for (const box of this.boxes) if (told.getAll("without").includes(box.dataset.kind)) box.checked = false;
    for (const select of this.spans) if (told.get(select.dataset.year)) select.value = told.get(select.dataset.year);
    this.filter(false);
    this.arrange();
    const at = told.get("at");
    if (at && this.cy.getElementById(at).nonempty()) this.select(at);
    else this.select(focus || this.order()[0]?.id(), false);
    if (String(told)) this.note();
  }

  async share() {
    this.note();
    const copied = await navigator.clipboard?.writeText(location.href).then(() => true, () => false);
    this.say(copied ? this.words.shared : this.words.address);
  }

  /** Goes to the next node along the current one's relations. */
  follow() {
    const node = this.cy.getElementById(this.current);
    const ways = this.edges(node).connectedNodes().not(node).toArray();
    const next = ways.find(one => !this.trail.includes(one.id())) ?? ways[0];
    if (!next) return;
    const word = node.edgesWith(next).not(".off").first().data("word");
    this.trail.push(this.current);
    this.select(next.id());
    this.say(`${word}: ${next.data("label")}`);
  }

  /** Goes back where one came from. */
  back() {
    const before = this.trail.pop();
    if (!before) return;
    this.select(before);
    this.say(this.words.back.replace("{label}", this.cy.getElementById(before).data("label")));
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const rows = [...this.list.children];
    const at = rows.findIndex(row => row.dataset.id === this.current);
    const to = {ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1}[event.key];
    const keys = {ArrowRight: () => this.follow(), ArrowLeft: () => this.back(), Escape: () => this.back(),
      e: () => this.expand(), E: () => this.expand(), Enter: () => this.open(), "+": () => this.zoom(1.3), "-": () => this.zoom(1 / 1.3), 0: () => this.fit()};
    if (event.ctrlKey || event.metaKey || event.altKey || (to === undefined && !keys[event.key])) return;
    event.preventDefault();
    if (to !== undefined) this.select(rows[Math.max(0, Math.min(rows.length - 1, to))]?.dataset.id);
    else keys[event.key]();
  }

  open() {
    const node = this.cy.getElementById(this.current);
    if (node.data("href")) location.href = node.data("href");
  }

  /** Does again what was pressed before the drawing was there. @param {any} event */
  repeat(event) {
    if (event.type === "keydown" && this.list.contains(event.target)) this.press(event);
    if (event.type === "click") event.target.closest("[data-do]")?.click();
  }

  /** @param {number} by */
  zoom(by) { this.cy.zoom({level: this.cy.zoom() * by, renderedPosition: {x: this.cy.width() / 2, y: this.cy.height() / 2}}); }

  /** Hands the drawing over as a file. @param {Blob} content @param {string} name */
  save(content, name) {
    const picture = document.createElement("a");
    picture.href = URL.createObjectURL(content);
    picture.download = name;
    picture.click();
    setTimeout(() => URL.revokeObjectURL(picture.href), 1000);
    this.say(this.words.saved);
  }

  png() {
    this.save(this.cy.png({output: "blob", full: true, scale: 2, maxWidth: 4000, maxHeight: 4000, bg: colour("paper")}), "sagsgraf.png");
  }

  async svg() {
    const {svg} = await import(this.stage.dataset.saving);
    this.save(new Blob([svg(this.cy, this.mapped, colour)], {type: "image/svg+xml"}), "sagsgraf.svg");
  }

  listen() {
    const acts = {in: () => this.zoom(1.3), out: () => this.zoom(1 / 1.3), fit: () => this.fit(), expand: () => this.expand(),
      png: () => this.png(), svg: () => this.svg(), share: () => this.share()};
    for (const button of this.stage.querySelectorAll("[data-do]")) button.addEventListener("click", () => acts[button.dataset.do]());
    for (const box of [...this.boxes, ...this.spans]) box.addEventListener("change", () => this.filter());
    this.list.addEventListener("keydown", event => this.press(event));
    this.list.addEventListener("click", event => this.select(event.target.closest("li")?.dataset.id));
    this.list.addEventListener("dblclick", () => this.open());
    this.cy.on("tap", "node", event => this.select(event.target.id()));
    this.cy.on("dbltap", "node", () => this.expand());
    this.cy.on("mouseover", "node", event => this.tell(event.target));
    this.cy.on("mouseout", "node", () => this.tell(this.cy.getElementById(this.current)));
    this.cy.on("mouseover tap", "edge", event => {
      const edge = event.target;
      if (edge.data("quote")) this.told.replaceChildren(listed([this.said(edge, edge.source())]));
    });
    if (this.mapped) { this.cy.on("zoom", () => this.read()); this.read(); }
    window.addEventListener("resize", () => this.cy.resize());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.cy.style(style(this.mapped)));
  }
}

/** A colour of the style sheet. @param {string} name */
function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** A line of less weight. @param {string} text */
function quiet(text) {
  const line = document.createElement("p");
  line.className = "quiet";
  line.textContent = text;
  return line;
}

/** @param {HTMLLIElement[]} rows */
function listed(rows) {
  const list = document.createElement("ul");
  list.className = "plain rows";
  list.append(...rows);
  return list;
}

/** @param {string} text @param {number} most */
function cut(text, most) {
  return text.length > most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

/** A link with text, never markup. @param {string} address @param {string} text */
function link(address, text) {
  if (!address) return document.createTextNode(text);
  const made = document.createElement("a");
  made.href = address;
  made.textContent = text;
  made.dir = "auto";
  return made;
}
