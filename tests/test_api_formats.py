"""Formats: which one a client gets, by name and by Accept."""

import pytest
from pyoxigraph import QueryResultsFormat, RdfFormat

from api.formats import FORMATS, SOLUTION_FORMATS, TRIPLE_FORMATS, Format, by_name, negotiate, wanted
from graph.errors import FormatError

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
ENGINE: dict[str, QueryResultsFormat | RdfFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


@pytest.mark.parametrize(
    ("accept", "solutions", "triples"),
    [
        (None, "json", "turtle"),
        ("", "json", "turtle"),
        ("*/*", "json", "turtle"),
        (BROWSER, "json", "turtle"),
        ("text/csv", "csv", None),
        ("application/json", "json", None),
        ("application/sparql-results+xml, text/turtle", "xml", "turtle"),
        ("TEXT/TURTLE; Charset=UTF-8", None, "turtle"),
        ("application/rdf+xml, */*", "json", "rdfxml"),
        ("text/*", "csv", "turtle"),
        ("text/*;q=0.3, application/n-triples;q=0.4", "csv", "ntriples"),
        # the most specific range decides, also when it says no
        ("application/sparql-results+json;q=0, */*", "xml", "turtle"),
        ("application/sparql-results+json;q=0.1, application/*;q=0.9", "xml", "jsonld"),
        ("text/csv;q=0.5, text/tab-separated-values;q=0.6", "tsv", None),
        ("application/trig;q=1, application/n-quads;q=1", None, "nquads"),
        ("image/png", None, None),
        ("text/csv;q=banan, text/turtle;q=2", None, None),
        (";;,,q=1,/", None, None),
        ("text/csv;q=0", None, None),
        ("text/csv;q=nan", None, None),
    ],
)
def test_accept(accept: str | None, solutions: str | None, triples: str | None) -> None:
    chosen = wanted(accept)
    assert (chosen.solutions and chosen.solutions.name, chosen.triples and chosen.triples.name) == (solutions, triples)


def test_a_name_goes_before_accept() -> None:
    chosen = wanted("application/ld+json", "ttl")
    assert (chosen.solutions, chosen.triples and chosen.triples.name) == (None, "turtle")


def test_an_unknown_name_is_answered_with_the_known_ones() -> None:
    with pytest.raises(FormatError, match="json, xml, csv, tsv, turtle") as caught:
        by_name("xlsx")
    assert "no format" in caught.value.english


@pytest.mark.parametrize("known", FORMATS, ids=lambda known: known.name)
def test_a_format_is_found_by_each_of_its_names_and_suits_the_engine(known: Format) -> None:
    for name in (known.name, known.extension, known.media_type):
        assert by_name(name) is known
    engine = ENGINE[known.name]
    assert known.media_type == engine.media_type.partition(";")[0]
    assert known.extension == engine.file_extension
    assert known.iri.startswith("http://www.w3.org/ns/formats/")


def test_names_extensions_and_media_types_are_distinct() -> None:
    for attribute in ("name", "extension", "media_type", "iri"):
        assert len({getattr(known, attribute) for known in FORMATS}) == len(FORMATS)


def test_each_accepts_itself() -> None:
    for group in (SOLUTION_FORMATS, TRIPLE_FORMATS):
        assert [negotiate(known.content_type, group) for known in group] == list(group)
