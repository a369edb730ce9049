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

EXAMPLES = Path(__file__).parents[2] / "examples" / "minutes"
WORD = re.compile(r"\w+")
ROUNDS = 40


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


def bench_reading() -> None:
    """Documents a second, for texts of 4,000 characters."""
    settings = load_municipality(EXAMPLES / "elmested.toml")
    text = (EXAMPLES / "direktionen-2024-08-21.md").read_text("utf-8")
    content = (text + text[len(text) // 2 :])[:4000].encode()

    def read() -> None:
        for _ in range(ROUNDS):
            extract(read_source(content, title="bench.md"), settings)

    def peer() -> None:
        for _ in range(ROUNDS):
            WORD.findall(content.decode())

    took, least = timed(read), timed(peer)
    print(
        f"reading 4,000 characters: {ROUNDS / took:8.0f} documents/s   (one word scan: {took / least:.0f} times slower)"
    )


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
