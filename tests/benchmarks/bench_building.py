"""How fast minutes are read, described and kept, each beside a named peer in the same run.

Peers: reading against one pass of a regular expression over the same text (the least any reader must do); describing
against rdflib, which holds the same triples as nodes and writes them; keeping against a bare Oxigraph bulk load of the
same lines without the merged default graph.
"""

from __future__ import annotations

import functools
import gc
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
from graph.readers.bounds import collect_seldom
from graph.readers.choose import read_source
from graph.store import publish
from graph.triples.describe import describe
from tests.maker.layouts import LAYOUTS
from tests.maker.long_papers import SHAPES
from tests.maker.papers import made_paper

EXAMPLES = Path(__file__).parents[2] / "examples" / "minutes"
WORD = re.compile(r"\w+")
ROUNDS = 40
LENGTH = 4000


def read(content: bytes) -> Minutes:
    """A text read as a build reads it."""
    return extract(read_source(content, title="bench.txt"))


def seconds(work: Callable[[], object]) -> float:
    """One run, in the processor's seconds."""
    began = time.process_time()
    work()
    return time.process_time() - began


def timed(work: Callable[[], object]) -> float:
    """The best of three runs, in the processor's seconds."""
    return min(seconds(work) for _ in range(3))


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
    """Documents a second a core, for texts of 4,000 characters that differ, so that no cache flatters.

    The processor's own seconds are counted, for each text those of the best of three rounds, as of every peer here: on
    a machine that is shared, others halve a core's speed for seconds at a time; between two rounds of a text lie all
    the others, more than any cache keeps. The mean of the rounds is told beside it. Unused objects are looked for as
    seldom as in the process that reads for a build (`graph.intake`), which these seconds are to tell of.
    """
    texts = papers(3 * ROUNDS + len(LAYOUTS))
    for content in texts[: len(LAYOUTS)]:  # word lists are read and patterns made at the first use of each
        read(content)
    measured = texts[len(LAYOUTS) :]
    often = gc.get_threshold()
    collect_seldom()
    rounds = [[seconds(functools.partial(read, text)) for text in measured] for _ in range(3)]
    gc.unfreeze()
    gc.set_threshold(*often)
    took, mean = sum(map(min, zip(*rounds, strict=True))), sum(map(sum, rounds)) / len(rounds)
    least = timed(lambda: [WORD.findall(content.decode()) for content in measured])
    print(f"reading 4,000 characters: {len(measured) / took:8.0f} documents/s   ({took / least:.0f} word scans)")
    print(f"  the mean of three rounds: {len(measured) / mean:6.0f} documents/s")


def bench_long_documents() -> None:
    """Seconds a megabyte for documents of 0.05, 0.5 and 5 MB in the shapes that a reader could be slow at."""
    for shape in SHAPES:
        rates = []
        for length in (50_000, 500_000, 5_000_000):
            content = shape(length).encode()
            began = time.process_time()
            extract(read_source(content, title="long.txt"))
            rates.append((time.process_time() - began) / len(content) * 1e6)
        least = timed(functools.partial(WORD.findall, content.decode())) / len(content) * 1e6
        told = " ".join(f"{rate:.2f}" for rate in rates)
        print(f"reading {shape.__name__:13} {told} s/MB at 0.05, 0.5 and 5 MB   ({rates[-1] / least:.0f} word scans)")


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
    bench_long_documents()
    made = copies(150)
    bench_describing(made[:120])
    bench_keeping(made)
