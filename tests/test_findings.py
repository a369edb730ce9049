"""What a person calls a thing, and where it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS

from graph.findings import around, describe_label, find_spot, read_span
from graph.report import Words
from graph.terms import SAG, iri

CONFORMING = Path(__file__).parent / "data" / "shapes" / "conforming.ttl"
THING = Words("tingen", "the thing")
ITEM = URIRef("http://127.0.0.1:8000/id/agenda-items/9901/direktionen/2024-08-21/1")
CASE = URIRef("http://127.0.0.1:8000/id/cases/9901/1")
SPAN = URIRef(f"http://127.0.0.1:8000/sources/{'a' * 64}.txt#char=0,14")


@pytest.fixture
def minutes() -> Graph:
    return Graph().parse(CONFORMING)


@pytest.mark.parametrize(
    ("thing", "label"),
    [
        ("id/attachments/9901/2", "Bilag 2"),
        ("id/meetings/9901/direktionen/2024-08-21", "Tingen »Direktionen, 21. aug. 2024«"),
        ("id/agenda-items/9901/direktionen/2024-08-21/1", "Tingen »Materielgården«"),
        ("id/agenda-items/9901/direktionen/2024-08-21/1#participation-announced", "Torben Aagaard"),
        (
            "id/agenda-items/9901/direktionen/2024-08-21/1#step-prose-1",
            "Tingen »Økonomiudvalget den 17. september 2024«",
        ),
        ("id/agenda-items/9901/direktionen/2024-08-21/1#step-field-1", "Tingen »Økonomiudvalget«"),
        ("id/agenda-items/9901/direktionen/2024-08-21/1#treatment", "Tingen »Direktionen drøftede sagen«"),
        ("id/people/9901/p1", "Tingen »Torben Aagaard«"),
        ("id/ukendt", "Tingen"),
    ],
)
def test_a_thing_goes_by_what_a_person_calls_it(minutes: Graph, thing: str, label: str) -> None:
    assert describe_label(minutes, URIRef(f"http://127.0.0.1:8000/{thing}"), THING).da == label


def test_an_item_without_title_goes_by_its_number(minutes: Graph) -> None:
    minutes.remove((ITEM, DCTERMS.title, None))
    assert describe_label(minutes, ITEM, THING) == Words("Punkt 1", "Item 1")
    minutes.remove((ITEM, SAG.itemNumber, None))
    assert describe_label(minutes, ITEM, THING) == Words("Tingen", "The thing")


def test_a_step_without_body_goes_by_its_sentence(minutes: Graph) -> None:
    step = URIRef(f"{ITEM}#step-prose-1")
    minutes.remove((step, SAG.targetBody, None))
    assert describe_label(minutes, step, THING).da == "Tingen »Direktionen drøftede sagen«"


def test_a_thing_without_evidence_stands_where_it_belongs(minutes: Graph) -> None:
    spot = find_spot(minutes, CASE)
    assert spot is not None
    assert (spot.source_title, spot.begin, spot.end) == ("referat.txt", 16, 43)
    assert ITEM in set(around(minutes, CASE))


def test_a_thing_that_no_source_tells_of_stands_nowhere(minutes: Graph) -> None:
    assert find_spot(minutes, URIRef("http://127.0.0.1:8000/id/ukendt")) is None


def test_a_source_stands_in_itself_without_a_line(minutes: Graph) -> None:
    source = URIRef(f"http://127.0.0.1:8000/sources/{'a' * 64}")
    spot = find_spot(minutes, source)
    assert spot is not None
    assert (spot.source_title, spot.begin) == ("referat.txt", None)


def test_of_several_spans_the_first_counts(minutes: Graph) -> None:
    minutes.add((ITEM, SAG.evidence, SPAN))
    spot = find_spot(minutes, ITEM)
    assert spot is not None
    assert spot.begin == 0


@pytest.mark.parametrize("part", ["nif:beginIndex", "nif:endIndex", "nif:referenceContext"])
def test_a_span_that_lacks_a_part_is_none(minutes: Graph, part: str) -> None:
    minutes.remove((SPAN, iri(part), None))
    assert read_span(minutes, SPAN) is None


def test_a_span_with_a_word_for_a_number_is_none(minutes: Graph) -> None:
    minutes.set((SPAN, iri("nif:beginIndex"), Literal("først")))
    assert read_span(minutes, SPAN) is None


def test_a_person_without_a_name_is_not_called_by_an_address(minutes: Graph) -> None:
    stranger = URIRef("http://127.0.0.1:8000/id/people/9901/p2")
    participation = URIRef(f"{ITEM}#participation-p2")
    minutes.add((participation, PROV.agent, stranger))
    minutes.add((participation, RDFS.comment, Literal("uden navn")))
    assert "http" not in describe_label(minutes, participation, THING).da
