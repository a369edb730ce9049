"""How fast minutes are read, described and kept, each beside a named peer in the same run.

Peers: reading against one pass of a regular expression over the same text (the least any reader must do); describing
against rdflib, which holds the same triples as nodes and writes them; keeping against a bare Oxigraph bulk load of the
same lines without the merged default graph.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
from rdflib import Graph, Literal, URIRef

from graph.corpus import quads
from graph.extract.minutes import extract
from graph.identity.keys import Names
from graph.model import Minutes
from graph.municipalities.load import load_municipality
from graph.readers.choose import read_source
from graph.store import publish
from graph.triples.describe import describe
from tests.maker.layouts import LAYOUTS
from tests.maker.papers import made_paper

EXAMPLES = Path(__file__).parents[2] / "examples" / "minutes"
WORD = re.compile(r"\w+")
ROUNDS = 40
LENGTH = 4000


def timed(work: Callable[[], object]) -> float:
    """The best of three runs, in seconds."""
    best = float("inf")
    for _ in range(3):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def copies(count: int) -> list[tuple[Minutes, Names]]:
    """The examples' minutes again and again, each copy a text of its own."""
    settings = load_municipality(EXAMPLES / "elmested.toml")
    names = Names("http://127.0.0.1:8000", settings)
    texts = [p.read_bytes() for p in sorted(EXAMPLES.iterdir()) if p.suffix in (".md", ".txt")]
    sources = [
        read_source(text + f"\n\n{n}\n".encode(), title=f"{n}-{m}.txt")
        for n in range(count)
        for m, text in enumerate(texts)
    ]
    return [(extract(source, settings), names) for source in sources]


def papers(count: int) -> list[bytes]:
    """Made minutes of 4,000 characters, each in its own words, in all layouts in turn."""
    found = []
    for number in range(count):
        layout, paper = LAYOUTS[number % len(LAYOUTS)], made_paper(number)
        while len(text := layout.printed(paper)) < LENGTH:
            for one in made_paper(number + 1000 * len(paper.items)).items:
                one.number = paper.items[-1].number + 1
                paper.items.append(one)
        found.append(text[:LENGTH].encode())
    return found


def bench_reading() -> None:
    """Documents a second, for texts of 4,000 characters that differ, so that no cache flatters; once over each."""
    texts = papers(3 * ROUNDS)
    extract(read_source(texts[0], title="warm.txt"))
    began = time.perf_counter()
    for content in texts[1:]:
        extract(read_source(content, title="bench.txt"))
    took = time.perf_counter() - began
    least = timed(lambda: [WORD.findall(content.decode()) for content in texts[1:]])
    rate, slower = len(texts[1:]) / took, took / least
    print(f"reading 4,000 characters: {rate:8.0f} documents/s   (one word scan: {slower:.0f} times slower)")


def bench_describing(corpus: list[tuple[Minutes, Names]]) -> None:
    """Triples a second, facts to terms of N-Triples."""
    triples = [t for minutes, names in corpus for t in describe(minutes, names)]
    took = timed(lambda: [describe(minutes, names) for minutes, names in corpus])

    def peer() -> None:
        held = Graph()
        for s, p, o in triples:
            held.add((URIRef(s[1:-1]), URIRef(p[1:-1]), URIRef(o[1:-1]) if o.startswith("<") else Literal(o)))
        held.serialize(format="nt")

    other = timed(peer)
    print(f"describing:               {len(triples) / took:8.0f} triples/s     ({other / took:.1f} times rdflib)")


def bench_keeping(corpus: list[tuple[Minutes, Names]]) -> None:
    """Quads a second into a new version, merged layout and all."""
    lines = list(quads(corpus, [], "http://127.0.0.1:8000"))
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        publish(Path(folder) / "ours", lines, {})
        took = time.perf_counter() - began
        plain = Path(folder) / "plain.nq"
        plain.write_text("".join(line for line in lines if "/graphs/" in line), "utf-8")
        began = time.perf_counter()
        pyoxigraph.Store(str(Path(folder) / "peer")).bulk_load(path=str(plain), format=pyoxigraph.RdfFormat.N_QUADS)
        other = time.perf_counter() - began
    share = f"({other / took:.2f} of a bare load without merging)"
    print(f"keeping {len(lines):9,} quads:  {len(lines) / took:8.0f} quads/s       {share}")


if __name__ == "__main__":
    bench_reading()
    made = copies(150)
    bench_describing(made[:120])
    bench_keeping(made)
