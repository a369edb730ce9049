// Comunica asks the endpoint, and then finds the same decisions by following links from the case's address alone.
// node queries.mjs http://127.0.0.1:8000
import { QueryEngine } from "@comunica/query-sparql";
import { QueryEngine as LinkEngine } from "@comunica/query-sparql-link-traversal";

const base = process.argv[2];
const PREFIXES = "PREFIX sag: <https://w3id.org/sagsgraf/def#> PREFIX dct: <http://purl.org/dc/terms/>";
const pattern = (thing) => `?item sag:concernsCase ${thing} . ?decision sag:statedIn ?item .
  ?decision a sag:Decision . ?decision dct:description ?text`;

const asked = await new QueryEngine().queryBindings(
  `${PREFIXES} SELECT DISTINCT ?case ?decision WHERE { ${pattern("?case")} }`,
  { sources: [{ type: "sparql", value: `${base}/sparql` }] },
);
const decisions = new Map();
for (const row of await asked.toArray()) {
  const [thing, decision] = ["case", "decision"].map((name) => row.get(name).value);
  decisions.set(thing, (decisions.get(thing) ?? new Set()).add(decision));
}
const [thing, expected] = [...decisions].sort(([, one], [, other]) => other.size - one.size)[0] ?? ["", new Set()];
console.log(`endpoint: ${decisions.size} cases with decisions; ${thing} has ${expected.size}`);

const followed = await new LinkEngine().queryBindings(
  `${PREFIXES} SELECT DISTINCT ?decision WHERE { ${pattern(`<${thing}>`)} }`,
  { sources: [thing], lenient: true },
);
const found = new Set((await followed.toArray()).map((row) => row.get("decision").value));
console.log(`links: ${found.size} decisions by following links from the case`);
process.exit(expected.size && found.size === expected.size && [...expected].every((one) => found.has(one)) ? 0 : 1);
