"""The forms that answers come in, and which of them a client asks for.

A format is a value: it knows its name, its IRI at W3C, its media type, its file extension and the query forms it suits.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from graph.errors import FormatError

SOLUTIONS = ("SELECT", "ASK")
TRIPLES = ("CONSTRUCT", "DESCRIBE")
_W3C = "http://www.w3.org/ns/formats/"


@dataclass(frozen=True, slots=True)
class Format:
    """One form of an answer; `also` holds other media types by which clients ask for it."""

    name: str
    iri: str
    media_type: str
    extension: str
    forms: tuple[str, ...]
    also: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The Content-Type header's value.

        >>> TURTLE.content_type, JSON.content_type
        ('text/turtle; charset=utf-8', 'application/sparql-results+json')
        """
        return self.media_type + ("; charset=utf-8" if self.media_type.startswith("text/") else "")


JSON = Format(
    "json", _W3C + "SPARQL_Results_JSON", "application/sparql-results+json", "srj", SOLUTIONS, ("application/json",)
)
XML = Format("xml", _W3C + "SPARQL_Results_XML", "application/sparql-results+xml", "srx", SOLUTIONS)
CSV = Format("csv", _W3C + "SPARQL_Results_CSV", "text/csv", "csv", SOLUTIONS)
TSV = Format("tsv", _W3C + "SPARQL_Results_TSV", "text/tab-separated-values", "tsv", SOLUTIONS)
TURTLE = Format("turtle", _W3C + "Turtle", "text/turtle", "ttl", TRIPLES, ("application/x-turtle",))
NTRIPLES = Format("ntriples", _W3C + "N-Triples", "application/n-triples", "nt", TRIPLES)
NQUADS = Format("nquads", _W3C + "N-Quads", "application/n-quads", "nq", TRIPLES)
TRIG = Format("trig", _W3C + "TriG", "application/trig", "trig", TRIPLES)
RDFXML = Format("rdfxml", _W3C + "RDF_XML", "application/rdf+xml", "rdf", TRIPLES)
JSONLD = Format("jsonld", _W3C + "JSON-LD", "application/ld+json", "jsonld", TRIPLES)

# in our own order of liking: the first of each is what a client without wishes gets
SOLUTION_FORMATS = (JSON, XML, CSV, TSV)
TRIPLE_FORMATS = (TURTLE, JSONLD, NTRIPLES, RDFXML, NQUADS, TRIG)
FORMATS = SOLUTION_FORMATS + TRIPLE_FORMATS


@dataclass(frozen=True, slots=True)
class Wanted:
    """The format for each kind of answer; None where the client takes none that we have."""

    solutions: Format | None = JSON
    triples: Format | None = TURTLE


@lru_cache(maxsize=256)
def wanted(accept: str | None, name: str | None = None) -> Wanted:
    """What to answer with, by `?format=` if it is there and else by the Accept header.

    >>> wanted("text/csv, text/turtle;q=0.5").solutions.name, wanted(None).triples.name, wanted("image/png").solutions
    ('csv', 'turtle', None)
    """
    if name:
        chosen = by_name(name)
        return Wanted(*(chosen if chosen in kind else None for kind in (SOLUTION_FORMATS, TRIPLE_FORMATS)))
    return Wanted(negotiate(accept, SOLUTION_FORMATS), negotiate(accept, TRIPLE_FORMATS))


def by_name(name: str, formats: Sequence[Format] = FORMATS) -> Format:
    """The format of that name, extension or media type.

    >>> by_name("ttl").name, by_name("CSV").media_type
    ('turtle', 'text/csv')
    """
    sought = name.strip().lower()
    for known in formats:
        if sought in (known.name, known.extension, known.media_type, *known.also):
            return known
    names = ", ".join(known.name for known in formats)
    raise FormatError(
        f"Formatet {name[:40]!r} findes ikke. Vælg mellem {names}.",
        f"There is no format {name[:40]!r}. Choose one of {names}.",
    )


def negotiate(accept: str | None, formats: Sequence[Format]) -> Format | None:
    """The format that an Accept header likes best, or None if it takes none of them.

    The most specific range that fits a format gives its quality; between formats of equal quality the one named more
    specifically wins, then our own order.

    >>> negotiate("*/*, application/rdf+xml;q=0.9, text/turtle;q=0", TRIPLE_FORMATS).name
    'jsonld'
    """
    ranges = _ranges(accept) if accept and accept.strip() else {"*/*": 1.0}
    best: tuple[float, int] = (0.0, 0)
    chosen = None
    for candidate in formats:
        rank = _rank(candidate, ranges)
        if rank[0] > 0 and rank > best:
            best, chosen = rank, candidate
    return chosen


def _rank(candidate: Format, ranges: dict[str, float]) -> tuple[float, int]:
    """The quality of the most specific range that fits, and how specific that range is."""
    major = candidate.media_type.partition("/")[0]
    for specific, pattern in (
        (4, candidate.media_type),
        *((3, other) for other in candidate.also),
        (2, f"{major}/*"),
        (1, "*/*"),
    ):
        if pattern in ranges:
            return ranges[pattern], specific
    return 0.0, 0


def _ranges(accept: str) -> dict[str, float]:
    """Each media range of an Accept header with its quality; ranges with a wrong quality are left out."""
    ranges: dict[str, float] = {}
    for part in accept.split(","):
        media_range, *parameters = (piece.strip().lower() for piece in part.split(";"))
        quality = _quality(parameters)
        if media_range and quality is not None:
            ranges[media_range] = max(quality, ranges.get(media_range, 0.0))
    return ranges


def _quality(parameters: Sequence[str]) -> float | None:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                quality = float(value)
            except ValueError:
                return None
            return quality if 0 <= quality <= 1 else None
    return 1.0
