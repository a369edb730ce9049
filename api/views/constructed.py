"""The triples of a CONSTRUCT or DESCRIBE: as a table, and as the drawing that graph.js makes of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rdflib import Graph, Literal, Node

from api.views.frame import Frame
from api.views.neighbours import KIND_WORDS, KINDS, kind_of, name_of
from api.views.table import SHOWN, Table, Value, short
from graph.terms import expand

NAMES = tuple(expand(name) for name in ("rdfs:label", "dct:title", "skos:prefLabel", "foaf:name"))
# What is drawn of an answer; a drawing of more says nothing.
DRAWN = 120


@dataclass(frozen=True, slots=True)
class Constructed:
    """The answer's triples: a table of the first, what is drawn where things are tied, and how many ties are not."""

    table: Table
    drawing: Mapping[str, object] | None
    kinds: tuple[tuple[str, str], ...]
    left_out: int


def constructed(lines: Sequence[str], frame: Frame) -> Constructed:
    """The view of an answer in N-Triples, one triple a line."""
    found = Graph().parse(data="\n".join(lines[:SHOWN]), format="nt")
    triples = sorted(found, key=lambda triple: [str(part) for part in triple])
    columns = (frame.t("Ting"), frame.t("Egenskab"), frame.t("Værdi"))
    rows = tuple(tuple(shown(part) for part in triple) for triple in triples)
    labels = {str(s): str(o) for s, p, o in triples if str(p) in NAMES}
    tied = [triple for triple in triples if not isinstance(triple[2], Literal) and str(triple[1]) != expand("rdf:type")]
    ties = [(str(s), str(p), str(o)) for s, p, o in tied]
    drawn = ties[:DRAWN]
    kinds = {kind_of(end, frame.base) for s, _, o in drawn for end in (s, o)}
    return Constructed(
        Table(columns, rows, max(0, len(lines) - SHOWN)),
        drawing(drawn, labels, frame) if drawn else None,
        tuple((kind, frame.t(KIND_WORDS[kind])) for kind in KINDS if kind in kinds),
        len(ties) - len(drawn),
    )


def shown(part: Node) -> Value:
    """A term as a cell of the table."""
    if isinstance(part, Literal):
        return Value(str(part), "", "figure" if isinstance(part.value, int | float) else "")
    return Value(short(str(part)), str(part), "")


def drawing(ties: Iterable[tuple[str, str, str]], labels: Mapping[str, str], frame: Frame) -> Mapping[str, object]:
    """The ties as graph.js reads them; things of this service lead to their pages."""
    known = list(ties)
    things = dict.fromkeys(end for s, _, o in known for end in (s, o))
    names = {iri: name_of(iri, frame.base) for iri in things}
    return {
        "focus": "",
        "nodes": [
            {
                "id": names[iri],
                "label": labels.get(iri) or short(iri),
                "kind": kind_of(iri, frame.base) if kind_of(iri, frame.base) in KINDS else "other",
                "href": frame.link(iri),
            }
            for iri in things
        ],
        "edges": [
            {
                "id": f"{names[s]} {names[o]} {p}",
                "source": names[s],
                "target": names[o],
                "word": frame.t.concepts.get(p) or short(p),
                "day": "",
                "year": None,
                "firm": True,
                "quote": "",
                "place": "",
                "href": "",
            }
            for s, p, o in known
        ],
        "folded": {},
    }
