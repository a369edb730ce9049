"""What a version is divided into for those who copy it: all of it, each year, each body."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.ntriples import Statement, document, parsed
from graph.store import Reader
from graph.terms import PREFIXES, prefix_lines

_MEETINGS = """SELECT ?body ?label ?municipality ?place ?day ?source WHERE {
  ?meeting a sag:Meeting ; sag:meetingDate ?day ; dct:source ?source ; sag:heldBy ?body .
  ?body rdfs:label ?label ; org:unitOf ?municipality . ?municipality skos:prefLabel ?place
} ORDER BY ?day ?source"""
_REPLACED = f"<{PREFIXES['dct']}isReplacedBy>"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One part of a version: its key, what it is called, the days it covers and the sources it is told by."""

    key: str
    label: str
    begin: str
    end: str
    sources: tuple[str, ...]
    municipalities: tuple[tuple[str, str], ...]
    body: str = ""

    @property
    def stem(self) -> str:
        """What its files are called, without the ending.

        >>> Dataset("bodies/0999/direktionen", "", "", "", (), ()).stem
        'bodies-0999-direktionen'
        """
        return self.key.replace("/", "-")


def datasets(reader: Reader, sources: Iterable[str]) -> list[Dataset]:
    """The whole, then the years, then the bodies; `sources` are all of the version's, by hash."""
    query = prefix_lines(PREFIXES) + _MEETINGS
    rows = [{name: term["value"] for name, term in row.items()} for row in reader.select(query)]
    years: dict[str, list[dict[str, str]]] = defaultdict(list)
    bodies: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        years[row["day"][:4]].append(row)
        bodies[row["body"].partition("/id/bodies/")[2]].append(row)
    return [
        part("all", "", rows, sources=sources),
        *(part(f"years/{year}", year, found) for year, found in sorted(years.items())),
        *(part(f"bodies/{key}", found[0]["label"], found) for key, found in sorted(bodies.items())),
    ]


def part(key: str, label: str, rows: list[dict[str, str]], *, sources: Iterable[str] = ()) -> Dataset:
    """One part from the rows of its meetings, which come by day."""
    hashes = {row["source"].rpartition("/")[2] for row in rows} | set(sources)
    places = dict(sorted((row["municipality"], row["place"]) for row in rows))
    begin, end = (rows[0]["day"], rows[-1]["day"]) if rows else ("", "")
    body = rows[0]["body"] if key.startswith("bodies/") else ""
    return Dataset(key, label, begin, end, tuple(sorted(hashes)), tuple(places.items()), body)


def stated(dataset: Dataset, statements: Iterable[Statement], base: str) -> list[Statement]:
    """The named graphs of a part's sources, in the order of the statements."""
    graphs = {f"<{base}/graphs/{text_hash}>" for text_hash in dataset.sources}
    return [s for s in statements if s[3] in graphs]


@dataclass(frozen=True, slots=True)
class Merged:
    """The statements of the default graph, sorted, with the document of each and what each thing is replaced by."""

    rows: list[Statement]
    documents: list[str]
    leaders: Mapping[str, str]

    @classmethod
    def of(cls, default: Iterable[Statement]) -> Merged:
        """The default graph from its sorted statements."""
        rows = list(default)
        leaders = {s: o for s, p, o, _ in rows if p == _REPLACED}
        return cls(rows, [document(s) for s, _, _, _ in rows], leaders)

    def about(self, named: Iterable[Statement]) -> list[Statement]:
        """All that the default graph says of the things that some named graphs tell of, sorted."""
        told = {document(self.leaders.get(s, s)) for s in {s for s, _, _, _ in named}}
        return [row for row, about in zip(self.rows, self.documents, strict=True) if about in told]


def measured(default: Iterable[Statement], lengths: Mapping[str, int]) -> dict[str, float]:
    """What can be said of a part's quality, each between 0 and 1, from its own statements.

    `lengths` maps a source's hash to the number of characters in its text.
    """
    confidences: list[float] = []
    missing = 0
    spans: dict[str, set[int]] = defaultdict(set)
    for s, p, o, _ in default:
        if p == f"<{PREFIXES['nif']}confidence>":
            confidences.append(float(parsed(o).value))
        elif o == f"<{PREFIXES['sag']}MissingValue>":
            missing += 1
        if "#char=" in s:
            source, _, place = s[1:-1].partition(".txt#char=")
            begin, _, end = place.partition(",")
            spans[source.rpartition("/")[2]].update(range(int(begin), int(end)))
    stated_values, characters = len(confidences), sum(lengths.values())
    found = {}
    if stated_values:
        found["stated"] = stated_values / (stated_values + missing)
        found["confidence"] = sum(confidences) / stated_values
    if characters:
        found["coverage"] = min(1.0, sum(len(spans[h]) for h in lengths) / characters)
    return {name: round(value, 3) for name, value in found.items()}
