"""How much of what is expected in minutes each source states: a score with its parts, also as RDF (DQV)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from rdflib import RDF, Graph, Literal, Namespace, Node, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS, XSD

from graph.findings import find_spot
from graph.report import Part, SourceScore, Words
from graph.statements import Triples
from graph.terms import SAG

DQV = Namespace("http://www.w3.org/ns/dqv#")
METRIC = URIRef("https://w3id.org/sagsgraf/metric/completeness")


@dataclass(frozen=True, slots=True)
class Expectation:
    """Something expected in minutes: the shape that asks for it, of which things, and which of them lack it."""

    shape: str
    about: Words
    asked: frozenset[Node]
    lacking: frozenset[Node]


def measure(data: Triples, expectations: Iterable[Expectation]) -> tuple[SourceScore, ...]:
    """The score of every source: each expectation counts once for every thing that the source tells of."""
    place = _Places(data)
    parts: dict[str, list[Part]] = defaultdict(list)
    for expectation in expectations:
        lacking = place.count(expectation.lacking)
        for source_hash, asked in sorted(place.count(expectation.asked).items()):
            parts[source_hash].append(Part(expectation.shape, expectation.about, asked, lacking[source_hash]))
    reasons = _reasons(data)
    found = [
        replace(_score(data, source), parts=tuple(parts[_hash(data, source)]), reasons=_sorted(reasons[source]))
        for source in data.subjects(RDF.type, SAG.SourceDocument)
    ]
    return tuple(sorted(found, key=lambda score: (score.source_title, score.source_hash)))


class _Places:
    """Which source each thing is read in, found once."""

    def __init__(self, data: Triples) -> None:
        self._data = data
        self._known: dict[Node, str] = {}

    def count(self, things: Iterable[Node]) -> Counter[str]:
        """How many of some things are read in each source."""
        return Counter(source for thing in things if (source := self._source(thing)))

    def _source(self, thing: Node) -> str:
        if thing not in self._known:
            spot = find_spot(self._data, thing)
            self._known[thing] = spot.source_hash if spot else ""
        return self._known[thing]


def _hash(data: Triples, source: Node) -> str:
    return str(data.value(source, SAG.textHash))


def _score(data: Triples, source: Node) -> SourceScore:
    """A source with its body and meeting, nothing counted yet."""
    meetings = {m for m in data.subjects(DCTERMS.source, source) if (m, RDF.type, SAG.Meeting) in data}
    meeting = min(meetings, key=str, default=None)
    body = data.value(meeting, SAG.heldBy) if meeting else None
    return SourceScore(
        source=str(source),
        source_title=str(data.value(source, DCTERMS.title) or source),
        source_hash=_hash(data, source),
        body=str(data.value(body, SKOS.prefLabel) or "") if body else "",
        meeting_date=str(data.value(meeting, SAG.meetingDate) or "") if meeting else "",
    )


def _sorted(reasons: Counter[Words]) -> tuple[tuple[Words, int], ...]:
    return tuple(sorted(reasons.items(), key=lambda row: row[0].da))


def _reasons(data: Triples) -> dict[Node, Counter[Words]]:
    """How many values each source lacks, by the reason given."""
    found: dict[Node, Counter[Words]] = defaultdict(Counter)
    for gap, reason in data.subject_objects(SAG.absenceReason):
        names = {o.language: str(o) for o in data.objects(reason, SKOS.prefLabel) if isinstance(o, Literal)}
        for source in data.objects(gap, DCTERMS.source):
            found[source][Words(names.get("da", ""), names.get("en", ""))] += 1
    return found


def describe_scores(scores: Iterable[SourceScore]) -> Graph:
    """The scores as DQV: one measurement on each source that anything was expected of, between 0 and 1."""
    triples = Graph()
    triples.add((METRIC, RDF.type, DQV.Metric))
    triples.add((METRIC, RDFS.label, Literal("andel af det ventede, som er oplyst", "da")))
    triples.add((METRIC, RDFS.label, Literal("share of what is expected that is stated", "en")))
    triples.add((METRIC, DQV.expectedDataType, XSD.decimal))
    for score in scores:
        if score.share is None:
            continue
        measurement = URIRef(f"{score.source}#completeness")
        value = Literal(Decimal(f"{score.share:.2f}"))
        triples.add((URIRef(score.source), DQV.hasQualityMeasurement, measurement))
        triples.add((measurement, RDF.type, DQV.QualityMeasurement))
        triples.add((measurement, DQV.computedOn, URIRef(score.source)))
        triples.add((measurement, DQV.isMeasurementOf, METRIC))
        triples.add((measurement, DQV.value, value))
    return triples
