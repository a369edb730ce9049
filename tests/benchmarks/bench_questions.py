"""Questions and resources of a graph of about a million quads over HTTP, beside the same query in process.

`python tests/benchmarks/bench_questions.py [FOLDER]`: a FOLDER that holds such a graph is measured as it is, else it is
made there from minutes that the maker prints and from the examples in other years, which takes some minutes.
One client at a time, some things of each kind, each asked for several times with the best time told. The peer is
pyoxigraph, asked the question's query alone in this process: no labels, no sentences, no HTTP.
"""

from __future__ import annotations

import http.client
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from urllib.parse import urlencode

from graph.build import build
from graph.errors import NoVersionError
from graph.municipalities.load import load_municipality
from graph.questions.placing import placed
from graph.questions.question import question
from graph.questions.resolve import bindings
from graph.store import Reader, Version, current
from tests.maker.layouts import LAYOUTS
from tests.maker.papers import made_paper
from tests.services import served

EXAMPLES = Path(__file__).parents[2] / "examples"
PAPERS, YEARS = 900, 12
ROUNDS, EACH = 5, 8
DAY = date(2025, 6, 1)
SAG = "https://w3id.org/sagsgraf/def#"
THINGS = {
    "case": "?x sag:hasRoutingStep ?step . ?item sag:concernsCase ?x",
    "person": "?part prov:agent ?x . ?x a <http://www.w3.org/ns/person#Person>",
    "body": "?meeting sag:heldBy ?x",
    "meeting": "?x a sag:Meeting",
}
ASKED = (  # question, parameter, the aim in milliseconds at p95
    ("sent-on", "case", 5), ("case-route", "case", 5), ("case-history", "case", 5),
    ("announced-not-recorded", "case", 5), ("announced-not-recorded", "person", 5),
    ("officials-over-time", "person", 5), ("sent-on", "body", 0), ("overdue-stops", "", 50), ("sdg-framing", "", 50),
    ("sdg-counts", "", 50), ("closed-attachments", "", 50), ("lead-times", "", 50),
)  # fmt: skip
LISTS = ("/cases", "/people", "/meetings", "/decisions?outcome=approved")
SEARCHED = ("bygge", "skole trafik", "sagen", "økonomi")


@dataclass(frozen=True, slots=True)
class Measured:
    """Milliseconds of several askings."""

    times: list[float]

    def at(self, share: float) -> float:
        """The time that this share of the askings keep within."""
        return sorted(self.times)[min(len(self.times) - 1, int(share * len(self.times)))]

    def __str__(self) -> str:
        return f"p50 {self.at(0.5):7.1f}  p95 {self.at(0.95):7.1f} ms"


def measured(works: list[Callable[[], object]]) -> Measured:
    """Each work several times, the best time of each: what else runs on the machine is not what is measured."""
    found = []
    for work in works:
        best = float("inf")
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            work()
            best = min(best, 1_000 * (time.perf_counter() - begun))
        found.append(best)
    return Measured(found)


def made_graph(data: Path) -> Version:
    """A graph of about a million quads: made minutes in all layouts, and the examples' in a dozen years."""
    try:
        return current(data)
    except NoVersionError:
        pass
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for n in range(PAPERS):
            text = LAYOUTS[n % len(LAYOUTS)].printed(made_paper(n))
            (folder / f"{n:05d}.txt").write_text(text, "utf-8")
        for path in sorted((EXAMPLES / "minutes").glob("*.*")) + sorted((EXAMPLES / "more").glob("*.*")):
            if path.suffix in (".txt", ".md", ".html"):
                for year in range(1, YEARS + 1):
                    moved = moved_back(path.read_text("utf-8"), year)
                    (folder / f"{path.stem}-{year}{path.suffix}").write_text(moved, "utf-8")
        build([folder], load_municipality(EXAMPLES / "minutes" / "elmested.toml"), data=data)
    return current(data)


def moved_back(text: str, years: int) -> str:
    """A text as of some years before."""
    return re.sub(r"\b(20\d\d)\b", lambda found: str(int(found[1]) - years), text)


def picked(reader: Reader, pattern: str) -> list[str]:
    """Some things that a pattern finds, spread over all of them."""
    prefixes = f"PREFIX sag: <{SAG}> PREFIX prov: <http://www.w3.org/ns/prov#> "
    rows = reader.select(f"{prefixes}SELECT DISTINCT ?x WHERE {{ {pattern} }} ORDER BY ?x")
    found = [row["x"]["value"] for row in rows]
    return found[:: max(1, len(found) // EACH)][:EACH]


def asked_of(reader: Reader, name: str, values: dict[str, str]) -> Callable[[], object]:
    """What asks a question's query alone, in this process."""
    about = question(name)
    bound, _ = bindings(about, values, reader.select, today=DAY)
    text = placed(about.query, bound)
    return lambda: reader.select(text)


def got(port: int, path: str, accept: str = "application/json") -> Callable[[], object]:
    """What asks for an address, on a connection of its own that stays open, and wants 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)

    def get() -> None:
        connection.request("GET", path, headers={"Accept": accept})
        answer = connection.getresponse()
        body = answer.read()
        assert answer.status == 200, (path, answer.status, body[:200])

    return get


def question_rows(reader: Reader, port: int, things: dict[str, list[str]]) -> Iterator[str]:
    """A line for each question."""
    for name, parameter, aim in ASKED:
        given = [{parameter: thing} for thing in things[parameter]] if parameter else [{}]
        ours = measured([got(port, f"/questions/{name}?{urlencode(values)}") for values in given])
        peer = measured([asked_of(reader, name, values) for values in given])
        wanted = f"(aim {aim})" if aim else ""
        yield f"{name:23} {parameter or 'all':7} {ours} {wanted:9}   its query in process: {peer}"


def resource_rows(port: int, things: dict[str, list[str]], base: str) -> Iterator[str]:
    """A line for each kind of thing, as data with its neighbours and as its page; for lists and for the search."""
    for kind, found in things.items():
        paths = [thing.removeprefix(f"{base}/id") for thing in found]
        near = measured([got(port, f"{path}/neighbours", "*/*") for path in paths])
        turtle = measured([got(port, f"{path}.ttl", "text/turtle") for path in paths])
        page = measured([got(port, path, "text/html") for path in paths])
        yield f"{kind:8} neighbours {near}   Turtle {turtle}   page {page}"
    for path in LISTS:
        yield f"{path:31} {measured([got(port, path, '*/*')])}"
    found_by = measured([got(port, f"/search?{urlencode({'q': words})}") for words in SEARCHED])
    yield f"{'/search':31} {found_by} (aim 5)"


def main() -> None:
    """All figures."""
    with tempfile.TemporaryDirectory() as name:
        data = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(name)
        reader = Reader.open(made_graph(data))
        print(f"{len(reader.store):,} quads")
        things = {kind: picked(reader, pattern) for kind, pattern in THINGS.items()}
        base = things["case"][0].partition("/id/")[0]
        with served(data) as service:
            questions, resources = (
                question_rows(reader, service.port, things),
                resource_rows(service.port, things, base),
            )
            for line in chain(questions, resources):
                print(line, flush=True)


if __name__ == "__main__":
    main()
