// Copies the graph from the stream with an LDES client from npm, and compares the copy with the dump.
// node stream.mjs http://127.0.0.1:8000
import { gunzipSync } from "node:zlib";
import { intoConfig, replicateLDES } from "ldes-client";
import { Parser } from "n3";

const base = process.argv[2];
const CREATED = "http://purl.org/dc/terms/created";
const VERSION_OF = "http://purl.org/dc/terms/isVersionOf";

const written = (term) =>
  term.termType === "Literal" ? `${JSON.stringify(term.value)}@${term.language}^^${term.datatype.value}` : term.value;
const line = (quad) => [quad.subject, quad.predicate, quad.object].map(written).join(" ");

const latest = new Map();
let members = 0;
const reader = replicateLDES(intoConfig({ url: `${base}/stream` })).stream().getReader();
for (let member = await reader.read(); !member.done && member.value; member = await reader.read()) {
  members += 1;
  const { id, quads } = member.value;
  const own = (property) => quads.find((q) => q.subject.equals(id) && q.predicate.value === property)?.object.value;
  const [thing, at] = [own(VERSION_OF), own(CREATED)];
  const content = quads.filter((quad) => quad.graph.equals(id)).map(line);
  if (!latest.has(thing) || latest.get(thing).at < at) latest.set(thing, { at, content });
}
const copied = new Set([...latest.values()].flatMap((version) => version.content));
const packed = Buffer.from(await (await fetch(`${base}/dumps/all.nt.gz`)).arrayBuffer());
const dumped = new Set(new Parser({ format: "N-Triples" }).parse(gunzipSync(packed).toString()).map(line));
const gone = [...latest.values()].filter((version) => !version.content.length).length;
const lacking = [...dumped].filter((triple) => !copied.has(triple));
const extra = [...copied].filter((triple) => !dumped.has(triple));
console.log(`stream: ${members} members, ${latest.size} things, ${gone} tombstones; copied ${copied.size} triples of ${dumped.size}`);
for (const triple of [...lacking, ...extra].slice(0, 5)) console.log("  differs:", triple);
process.exit(members && dumped.size && !lacking.length && !extra.length ? 0 : 1);
