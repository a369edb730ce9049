"""The score of a source: what was expected of what it tells, and what it states of that."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, Node, URIRef
from rdflib.namespace import RDF

from graph.completeness import DQV, METRIC, Expectation, describe_scores, measure
from graph.report import SourceScore, Words
from graph.terms import SAG
from graph.validation import check

CONFORMING = Path(__file__).parent / "data" / "shapes" / "conforming.ttl"
CLOSED = URIRef("http://127.0.0.1:8000/id/attachments/9901/2")
OPEN = URIRef("http://127.0.0.1:8000/id/attachments/9901/1")
ABOUT = Words("bilag", "attachment")


@pytest.fixture
def minutes() -> Graph:
    return Graph().parse(CONFORMING)


def only(scores: tuple[SourceScore, ...]) -> SourceScore:
    (score,) = scores
    return score


def expectation(asked: set[Node], lacking: set[Node]) -> Expectation:
    return Expectation("Attachment-reason", ABOUT, frozenset(asked), frozenset(lacking))


def test_each_thing_counts_once_for_each_expectation(minutes: Graph) -> None:
    score = only(measure(minutes, [expectation({OPEN, CLOSED}, {CLOSED}), expectation({OPEN}, set())]))
    assert (score.expected, score.stated) == (3, 2)
    assert score.share == pytest.approx(2 / 3)
    assert (score.source_title, score.body, score.meeting_date) == ("referat.txt", "Direktionen", "2024-08-21")


def test_where_nothing_is_expected_there_is_no_share(minutes: Graph) -> None:
    assert only(measure(minutes, [])).share is None


def test_a_thing_of_no_source_counts_nowhere(minutes: Graph) -> None:
    stranger = URIRef("http://127.0.0.1:8000/id/bodies/9901/ukendt")
    assert only(measure(minutes, [expectation({stranger}, {stranger})])).expected == 0


def test_missing_values_are_counted_by_their_reason(minutes: Graph) -> None:
    gap = URIRef("http://127.0.0.1:8000/id/agenda-items/9901/direktionen/2024-08-21/1.1#missing-route")
    source = minutes.value(None, RDF.type, SAG.SourceDocument)
    assert source is not None
    minutes.add((gap, URIRef("http://purl.org/dc/terms/source"), source))
    assert only(check(minutes).scores).reasons == ((Words("ikke oplyst", "not stated"), 1),)


def test_minutes_that_lack_nothing_have_the_whole_score(minutes: Graph) -> None:
    score = only(check(minutes).scores)
    assert score.share == 1.0
    minutes.remove((CLOSED, SAG.confidentialityReason, None))
    lower = only(check(minutes).scores)
    assert (lower.expected, lower.stated) == (score.expected, score.expected - 1)


def test_the_report_tells_the_score_beside_the_findings(minutes: Graph) -> None:
    minutes.remove((CLOSED, SAG.confidentialityReason, None))
    report = check(minutes)
    score = only(report.scores)
    assert f"{score.stated} af {score.expected} ventede oplysninger er der" in report.text()
    assert f"{score.stated} of {score.expected} expected things are stated" in report.html("en")


def test_the_scores_as_rdf(minutes: Graph) -> None:
    score = only(measure(minutes, [expectation({OPEN, CLOSED}, {CLOSED})]))
    triples = describe_scores([score])
    source = URIRef(score.source)
    measurement = triples.value(source, DQV.hasQualityMeasurement)
    assert measurement is not None
    assert triples.value(measurement, DQV.isMeasurementOf) == METRIC
    assert triples.value(measurement, DQV.computedOn) == source
    value = triples.value(measurement, DQV.value)
    assert isinstance(value, Literal)
    assert float(value) == 0.5
