"""What the SPARQL endpoint says of itself: languages, formats, graphs, prefixes, limits and queries to begin with.

In the vocabulary of SPARQL 1.1 Service Description; the examples and prefixes in that of SHACL, as SIB's endpoints have
them, so that query editors can offer them.
"""

import json

from api.admission import LIMITS
from api.formats import FORMATS
from graph.terms import PREFIXES

EXAMPLES = {
    "Sager med titel": "SELECT ?sag ?titel WHERE { ?sag a sag:Case ; dct:title ?titel } ORDER BY ?titel LIMIT 20",
    "Sætningerne bag en beslutning": (
        "SELECT ?beslutning ?citat WHERE { ?beslutning a sag:Decision ; sag:evidence/nif:anchorOf ?citat } LIMIT 20"
    ),
    "Møder pr. organ": (
        "SELECT ?organ (COUNT(*) AS ?moeder) WHERE { ?moede a sag:Meeting ; sag:heldBy ?organ } GROUP BY ?organ"
    ),
}
_MOST_GRAPHS = 1_000


def _text(value: str) -> str:
    """A text as a literal of SPARQL, which takes the same escapes as JSON here."""
    return json.dumps(value, ensure_ascii=False)


def _prefixes() -> str:
    return " , ".join(
        f"[ sh:prefix {_text(name)} ; sh:namespace {_text(iri)}^^xsd:anyURI ]" for name, iri in PREFIXES.items()
    )


def _examples() -> str:
    return "\n".join(
        f"""  <#example-{number}> a sh:SPARQLExecutable , sh:SPARQLSelectExecutable ; rdfs:label {_text(words)}@da ;
    sh:prefixes <#prefixes> ; sh:select {_text(query)} ; schema:target <> ."""
        for number, (words, query) in enumerate(EXAMPLES.items(), 1)
    )


def _description() -> str:
    limits = (
        f"Højst {LIMITS.octets} oktetter, {LIMITS.nesting} parenteser inde i hinanden og {LIMITS.patterns} mønstre; én "
        "forespørgsel ad gangen pr. klient, to i kø. SERVICE, LOAD og opdateringer tages ikke imod."
    )
    formats = ", ".join(f"<{known.iri}>" for known in FORMATS)
    return f"""PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
CONSTRUCT {{
  <> a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {formats} ; dct:description {_text(limits)}@da ;
    sd:defaultDataset <#dataset> .
  <#dataset> a sd:Dataset ; sd:defaultGraph <#default-graph> ; sd:namedGraph [ a sd:NamedGraph ; sd:name ?name ] .
  <#default-graph> a sd:Graph .
  <#prefixes> sh:declare {_prefixes()} .
{_examples()}
}} WHERE {{ {{ SELECT ?name {{ GRAPH ?name {{}} }} ORDER BY ?name LIMIT {_MOST_GRAPHS} }} UNION {{}} }}"""


DESCRIPTION = _description()
