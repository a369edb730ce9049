"""Answers of another server made into ours: read whole, so that a cut one is an error, and written as asked for."""

import json
from typing import Any

from pyoxigraph import QueryResultsFormat, QuerySolutions, RdfFormat, parse, parse_query_results, serialize

from api.formats import Format
from api.worker_process import SOLUTION_FORMATS, TRIPLE_FORMATS

_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"


def solutions_in(body: bytes, form: Format) -> bytes:
    """The solutions of a JSON answer in a results format; ValueError if it is not whole."""
    answer = json.loads(body)
    if "boolean" not in answer:
        for row in answer["results"]["bindings"]:
            for name, term in row.items():
                row[name] = _plain(term)
        answer = {
            "head": {"vars": answer["head"].get("vars", [])},
            "results": {"bindings": answer["results"]["bindings"]},
        }
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
    if form.name == "json":
        return text
    results = parse_query_results(text, format=QueryResultsFormat.JSON)
    if isinstance(results, QuerySolutions):
        return results.serialize(format=SOLUTION_FORMATS[form.name]) or b""
    return results.serialize(format=SOLUTION_FORMATS[form.name]) or b""


def _plain(term: dict[str, Any]) -> dict[str, Any]:
    """A term as the standard has it: some servers write `typed-literal`, and booleans as 1 and 0."""
    if term["type"] == "typed-literal":
        term = {**term, "type": "literal"}
    if term.get("datatype") == _BOOLEAN and term["value"] in ("0", "1"):
        term = {**term, "value": "true" if term["value"] == "1" else "false"}
    return term


def triples_in(body: bytes, form: Format) -> bytes:
    """The triples of an N-Triples answer in an RDF format; SyntaxError if it is not whole."""
    quads = list(parse(body, RdfFormat.N_TRIPLES))
    triples = dict.fromkeys(quad.triple for quad in quads)
    return serialize(triples, format=TRIPLE_FORMATS[form.name]) or b""
