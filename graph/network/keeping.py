"""The network written beside a version when it is published: things, names, connections, and each sentence once."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

from graph.identity.ledger import short
from graph.network.edges import ENDS, Called, Edge, Select, Sentence, read_called
from graph.network.view import Network

FILE = "network.sqlite"
FORM = 1  # of the file; another number has every graph published anew
# a way leads from body to body over the case that was sent on, so that every step has a sentence of its own
WALKED = tuple(kind for kind in ENDS if kind != "sends-on")
_TABLES = """
CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT, key TEXT, kind TEXT, label TEXT, joined TEXT, broker REAL);
CREATE TABLE names (folded TEXT, thing INTEGER);
CREATE TABLE replaced (iri TEXT, key TEXT, thing INTEGER);
CREATE TABLE edges (id INTEGER PRIMARY KEY, source INTEGER, target INTEGER, kind TEXT, weight INTEGER);
CREATE TABLE texts (id INTEGER PRIMARY KEY, source TEXT, begin INTEGER, end INTEGER, quote TEXT, rule TEXT,
  confidence REAL, computed TEXT);
CREATE TABLE said (edge INTEGER, day TEXT, text INTEGER, PRIMARY KEY (edge, day, text)) WITHOUT ROWID;
CREATE TABLE ties (one INTEGER, other INTEGER, PRIMARY KEY (one, other)) WITHOUT ROWID;
"""
_INDEXES = """
CREATE INDEX things_iri ON things (iri);
CREATE INDEX things_key ON things (key);
CREATE INDEX names_folded ON names (folded);
CREATE INDEX replaced_iri ON replaced (iri);
CREATE INDEX replaced_key ON replaced (key);
CREATE INDEX edges_source ON edges (source, target);
CREATE INDEX edges_target ON edges (target, source);
ANALYZE;
"""


def folded(name: str) -> str:
    """A name as it is compared.

    >>> folded(" Bettina  ANDERSEN")
    'bettina andersen'
    """
    return " ".join(name.casefold().split())


def keep_network(folder: Path, select: Select) -> None:
    """Writes the network of the graph that a SELECT reaches into a version's folder."""
    write_network(folder, Network.read(select), read_called(select))


def write_network(folder: Path, network: Network, called: Called) -> None:
    """Writes a network into a folder."""
    with sqlite3.connect(folder / FILE) as base:
        base.executescript(f"PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; {_TABLES}")
        numbers = write_things(base, network, called)
        write_edges(base, [*network.edges, *network.together()], numbers)
        base.executescript(_INDEXES)
    base.close()


def write_things(base: sqlite3.Connection, network: Network, called: Called) -> dict[str, int]:
    """Writes the things with all their names and keys; gives each one's number."""
    numbers = {iri: n for n, iri in enumerate(sorted(network.nodes), 1)}
    brokers = {one.node.iri: one.value for one in network.brokers()}
    for iri, n in numbers.items():
        node = network.nodes[iri]
        joined = json.dumps([asdict(one) for one in node.joined], ensure_ascii=False)
        row = (n, iri, short(iri), node.kind, node.label, joined, brokers.get(iri))
        base.execute("INSERT INTO things VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        names = sorted({folded(name) for name in (node.label, *called.names.get(iri, ()))})
        base.executemany("INSERT INTO names VALUES (?, ?)", [(name, n) for name in names])
    rows = [(iri, short(iri), numbers[now]) for iri, now in sorted(called.replaced.items()) if now in numbers]
    base.executemany("INSERT INTO replaced VALUES (?, ?, ?)", rows)
    return numbers


def write_edges(base: sqlite3.Connection, edges: Sequence[Edge], numbers: Mapping[str, int]) -> None:
    """Writes the connections with their sentences, each sentence once."""
    texts = {text: n for n, text in enumerate(sorted({text_of(s) for edge in edges for s in edge.sentences}), 1)}
    for text, n in texts.items():
        base.execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (n, *text))
    for n, edge in enumerate(edges, 1):
        ends = numbers[edge.source], numbers[edge.target]
        base.execute("INSERT INTO edges VALUES (?, ?, ?, ?, ?)", (n, *ends, edge.kind, edge.weight))
        rows = [(n, sentence.day, texts[text_of(sentence)]) for sentence in edge.sentences]
        base.executemany("INSERT OR IGNORE INTO said VALUES (?, ?, ?)", rows)
        if edge.kind in WALKED:
            base.executemany("INSERT OR IGNORE INTO ties VALUES (?, ?)", [ends, ends[::-1]])


def text_of(sentence: Sentence) -> tuple[str, int, int, str, str, float, str]:
    """A sentence without its day, as it is kept."""
    computed = json.dumps([asdict(one) for one in sentence.computed], ensure_ascii=False)
    s = sentence
    return s.source, s.begin, s.end, s.quote, s.rule, s.confidence, computed
