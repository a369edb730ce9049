"""How fast a graph is checked: our pass beside pySHACL over the same triples, one document, and many.

The aim is 50 ms for one changed document and 10 s for a million triples. pySHACL runs the constraints alone, not the
rules that are queries, so that it has less to do than we have.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyoxigraph
from rdflib import Graph

from graph.build import build
from graph.municipalities.load import load_municipality
from graph.report import Report
from graph.statements import Statements
from graph.store import Reader, current, merged
from graph.validation import Checked, Select, check, oracle_results
from graph.vocabulary import minutes_shapes

EXAMPLES = Path(__file__).parents[2] / "examples" / "minutes"
COPIES = (1, 35)


def timed(work: Callable[[], object]) -> float:
    """The seconds that something takes, the better of two."""
    best = float("inf")
    for _ in range(2):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def copied(text: str, times: int) -> str:
    """A graph's lines and copies of them under other keys; the vocabulary's own stay the same."""
    lines = dict.fromkeys(text.splitlines())
    for n in range(1, times):
        for line in text.splitlines():
            lines[line.replace("/0999/", f"/{n:05d}/").replace("/sources/", f"/sources/{n:05x}")] = None
    return "\n".join(lines) + "\n"


def checked_whole(text: str, select: Select) -> Report:
    """The report of a whole graph, its reading included."""
    return check(Statements.read(text), select=select)


def main() -> None:
    """Prints what each takes."""
    with tempfile.TemporaryDirectory() as folder:
        build([EXAMPLES], load_municipality(EXAMPLES / "elmested.toml"), data=Path(folder))
        text = merged(current(Path(folder)))
    whole = Graph().parse(data=text, format="nt")
    minutes_shapes()
    peer = timed(lambda: list(oracle_results(Checked(whole, minutes_shapes(), {}))))
    print(f"pySHACL, {len(whole):,} triples: {peer * 1000:.0f} ms")
    for copies in COPIES:
        big = copied(text, copies)
        store = pyoxigraph.Store()
        store.bulk_load(big.encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
        select = Reader(store).select
        spent = timed(partial(checked_whole, big, select))
        count = big.count("\n")
        print(f"check, {count:,} triples: {spent * 1000:.0f} ms, {spent / count * 1e6:.1f} s a million triples")


if __name__ == "__main__":
    main()
