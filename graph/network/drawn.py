"""The map of the network: the newest cases with all they are tied to, and a place for each, found when a version is
published; so the map is the same at every visit and nobody waits for it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.network.edges import Select, Term
from graph.network.layout import Place, layout

FILE = "map.json"
MOST_NODES = 2000
# The weightiest of two relations between the same things is drawn: the last.
RELATIONS = ("planned", "people", "departments", "sdgs", "treated")
_HUBS = ("bodies", "departments", "sdgs")
Rows = Mapping[str, Sequence[Mapping[str, Term]]]  # by the relation


@dataclass(frozen=True, slots=True)
class Tie:
    """A case and something it is tied to, by one relation."""

    case: str
    other: str
    relation: str
    year: int | None


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """What is drawn: for each thing its label and its kind, the ties, and a place for each thing."""

    things: Mapping[str, tuple[str, str]]
    ties: tuple[Tie, ...]
    places: Mapping[str, Place]


def map_query(relation: str) -> str:
    """The query for the newest cases and what they have one relation to; one row a pair."""
    return (Path(__file__).parent / "map" / f"{relation}.rq").read_text(encoding="utf-8")


def kind_of(iri: str) -> str:
    """The kind of a thing on the map by its IRI.

    >>> kind_of("http://127.0.0.1:8000/id/bodies/0707/direktionen"), kind_of("http://metadata.un.org/sdg/4")
    ('bodies', 'sdgs')
    """
    return iri.partition("/id/")[2].partition("/")[0] or "sdgs"


def drawn_map(rows: Rows) -> DrawnMap:
    """The map from the rows of the queries."""
    labels: dict[str, str] = {}
    ties: dict[tuple[str, str], Tie] = {}
    last: dict[str, str] = {}
    for relation in RELATIONS:
        for row in rows[relation]:
            case, other = row["case"]["value"], row["other"]["value"]
            for name, iri in (("caseLabel", case), ("otherLabel", other)):
                labels[iri] = row[name]["value"] if name in row else iri
            last[case] = row["date"]["value"] if "date" in row else ""
            ties[case, other] = Tie(case, other, relation, int(last[case][:4]) if last[case] else None)
    kept = newest(ties.values(), last)
    drawn = tuple(sorted((tie for tie in ties.values() if tie.case in kept), key=lambda tie: (tie.case, tie.other)))
    present = sorted({iri for tie in drawn for iri in (tie.case, tie.other)})
    things = {iri: (labels[iri], kind_of(iri)) for iri in present}
    hubs = {iri for iri, (_, kind) in things.items() if kind in _HUBS}
    return DrawnMap(things, drawn, layout([(tie.case, tie.other) for tie in drawn], hubs))


def newest(ties: Iterable[Tie], last: Mapping[str, str]) -> set[str]:
    """The newest cases that fit on the map with all they are tied to."""
    others: dict[str, set[str]] = {}
    for tie in ties:
        others.setdefault(tie.case, set()).add(tie.other)
    kept: set[str] = set()
    seen: set[str] = set()
    for case in sorted(others, key=lambda case: (last[case], case), reverse=True):
        if len(seen | others[case]) + len(kept) + 1 > MOST_NODES:
            break
        kept.add(case)
        seen |= others[case]
    return kept


def keep_map(folder: Path, select: Select) -> None:
    """Writes the map of the graph that a SELECT reaches into a version's folder."""
    found = drawn_map({relation: select(map_query(relation), {}) for relation in RELATIONS})
    ties = [[tie.case, tie.other, tie.relation, tie.year] for tie in found.ties]
    kept = {"things": found.things, "ties": ties, "places": found.places}
    (folder / FILE).write_text(json.dumps(kept, ensure_ascii=False), "utf-8")


def kept_map(folder: Path) -> DrawnMap | None:
    """The map that a version keeps; None where an older Sagsgraf built it."""
    path = folder / FILE
    if not path.is_file():
        return None
    kept = json.loads(path.read_text("utf-8"))
    things = {iri: (label, kind) for iri, (label, kind) in kept["things"].items()}
    places = {iri: (x, y) for iri, (x, y) in kept["places"].items()}
    return DrawnMap(things, tuple(Tie(*tie) for tie in kept["ties"]), places)
