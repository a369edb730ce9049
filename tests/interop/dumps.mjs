// Reads every RDF dump with the parsers of npm (n3, jsonld) and compares them with one another.
// node dumps.mjs http://127.0.0.1:8000
import { gunzipSync } from "node:zlib";
import jsonld from "jsonld";
import { Parser } from "n3";

const base = process.argv[2];
const STRING = "http://www.w3.org/2001/XMLSchema#string";
const written = (term) =>
  term.termType === "Literal"
    ? `${JSON.stringify(term.value)}@${term.language ?? ""}^^${term.datatype?.value ?? STRING}`
    : term.value;
const line = (quad) => [quad.subject, quad.predicate, quad.object, quad.graph].map(written).join(" ");
const offline = async (url) => {
  throw new Error(`a context of another place: ${url}`);
};

async function dump(ending) {
  const answer = await fetch(`${base}/dumps/all.${ending}.gz`);
  if (!answer.ok) throw new Error(`${ending}: ${answer.status}`);
  return gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
}

const read = {
  nq: (text) => new Parser({ format: "N-Quads" }).parse(text),
  trig: (text) => new Parser({ format: "TriG" }).parse(text),
  ttl: (text) => new Parser({ format: "Turtle" }).parse(text),
  nt: (text) => new Parser({ format: "N-Triples" }).parse(text),
  jsonld: (text) => jsonld.toRDF(JSON.parse(text), { documentLoader: offline, safe: true }),
};
const sets = {};
for (const [ending, parse] of Object.entries(read)) {
  sets[ending] = new Set((await parse(await dump(ending))).map(line));
  console.log(`${ending}: ${sets[ending].size}`);
}
const same = (one, other) => one.size === other.size && [...one].every((quad) => other.has(quad));
const merged = new Set([...sets.nq].filter((quad) => quad.endsWith(" ")));
const verdicts = {
  "nq = trig": same(sets.nq, sets.trig),
  "nt = ttl": same(sets.nt, sets.ttl),
  "nt = jsonld": same(sets.nt, sets.jsonld),
  "nt = default graph of nq": same(sets.nt, merged),
};
for (const [what, holds] of Object.entries(verdicts)) console.log(`${what}: ${holds}`);
process.exit(sets.nt.size && Object.values(verdicts).every(Boolean) ? 0 : 1);
