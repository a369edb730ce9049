"""Full-text search beside the store: SQLite FTS5 over folded text, ranked, with prefixes and the hits marked."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from heapq import nsmallest
from pathlib import Path

from rapidfuzz import process

from graph.errors import StoreError
from graph.kept_files import read_only

FILE = "search.sqlite"
FORM = 3  # of the file; another number has every graph published anew
MARK = ("⟦", "⟧")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ö": "oe", "ä": "ae", "ü": "ue", "ß": "ss"})
_WORD = re.compile(r"[^\W_]+")
_AROUND = 90
_LONGEST, _MOST_WORDS = 200, 12
_TABLES = """
CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT, kind TEXT, title TEXT, text TEXT);
CREATE INDEX things_kind ON things (kind);
CREATE VIRTUAL TABLE folded USING fts5(title, text, content='', prefix='2 3 4', tokenize='ascii');
CREATE VIRTUAL TABLE names USING fts5(folded, kind UNINDEXED, iri UNINDEXED, name UNINDEXED, tokenize='trigram');
CREATE TABLE named (kind TEXT, iri TEXT, PRIMARY KEY (kind, iri)) WITHOUT ROWID;
CREATE VIRTUAL TABLE vocabulary USING fts5vocab(folded, 'row');
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to be found: its IRI, its kind (the path of its noun), its title and its further words."""

    iri: str
    kind: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found; the hits in `snippet` stand between the two signs of MARK."""

    iri: str
    kind: str
    title: str
    snippet: str
    score: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where a thing found stands in the search file, how well it fits, and its title."""

    number: int
    iri: str
    kind: str
    score: float
    title: str = ""


def fold(text: str) -> str:
    """A text as it is searched: lower case, the Danish letters spelt out, no accents.

    >>> fold("Økonomiudvalget på Ærø, Aarhus og Århus")
    'oekonomiudvalget paa aeroe, aarhus og aarhus'
    """
    if text.isascii():
        return text.lower()
    spelt = unicodedata.normalize("NFC", text).casefold().translate(_LETTERS)
    plain = unicodedata.normalize("NFKD", spelt)
    return "".join(c for c in plain if not unicodedata.combining(c)).encode("ascii", "replace").decode()


def words(query: str) -> list[str]:
    """The folded words of a query, a dozen at most."""
    return [fold(w) for w in _WORD.findall(query[:_LONGEST]) if fold(w).isalnum()][:_MOST_WORDS]


def write_search(folder: Path, entries: Iterable[Entry], names: Iterable[tuple[str, str, str]] = ()) -> None:
    """Writes the search file of a version into its folder; `names` are a kind, an IRI and a name that it goes by."""
    with sqlite3.connect(folder / FILE) as base:
        base.executescript(_TABLES)
        for n, e in enumerate(entries, 1):
            base.execute("INSERT INTO things VALUES (?, ?, ?, ?, ?)", (n, e.iri, e.kind, e.title, e.text))
            base.execute("INSERT INTO folded (rowid, title, text) VALUES (?, ?, ?)", (n, fold(e.title), fold(e.text)))
        for kind, iri, name in names:
            base.execute("INSERT INTO names VALUES (?, ?, ?, ?)", (name.casefold(), kind, iri, name))
            base.execute("INSERT OR IGNORE INTO named VALUES (?, ?)", (kind, iri))
        base.execute("INSERT INTO folded (folded) VALUES ('optimize')")
    base.close()


def opened(folder: Path) -> closing[sqlite3.Connection]:
    """The search file of a version, for reading only."""
    return closing(read_only(folder / FILE))


def matching(query: str) -> str | None:
    """The FTS5 expression for a query: every word, each also as a beginning; None where no word is left.

    >>> matching('Økonomi "OR" (udvalg')
    '"oekonomi"* "or"* "udvalg"*'
    """
    found = words(query)
    return " ".join(f'"{word}"*' for word in found) or None


def search(folder: Path, query: str, *, kind: str | None = None, skip: int = 0, most: int = 20) -> list[Hit]:
    """The things that hold all words of a query, best first; a word in the title weighs five times one in the text."""
    return counted(folder, query, kind=kind, skip=skip, most=most)[1]


def counted(
    folder: Path, query: str, *, kind: str | None = None, skip: int = 0, most: int = 20
) -> tuple[dict[str, int], list[Hit]]:
    """How many things of each kind hold all words of a query, and those of a page, best first, by one search."""
    expression = matching(query)
    if expression is None:
        return {}, []
    asked = """SELECT bm25(folded, 5.0, 1.0), iri, kind, id FROM folded
        JOIN things ON things.id = folded.rowid WHERE folded MATCH ?"""
    with opened(folder) as base:
        found = [row for row in base.execute(asked, (expression,)) if kind in (None, row[2])]
        best = nsmallest(skip + most, found)[skip:]
        told = [base.execute("SELECT title, text FROM things WHERE id = ?", (row[3],)).fetchone() for row in best]
    counts = Counter(row[2] for row in found)
    looked_for = words(query)
    hits_found = [
        Hit(iri, k, title, snippet(title, text, looked_for), round(-rank, 3))
        for (rank, iri, k, _), (title, text) in zip(best, told, strict=True)
    ]
    return dict(sorted(counts.items())), hits_found


def ranked(folder: Path, query: str, most: int) -> list[Place]:
    """Which things hold all words of a query, best first, without their words: to narrow them before any is shown."""
    expression = matching(query)
    if expression is None:
        return []
    asked = """SELECT id, iri, kind, bm25(folded, 5.0, 1.0) AS rank, things.title FROM folded
        JOIN things ON things.id = folded.rowid WHERE folded MATCH ? ORDER BY rank, iri LIMIT ?"""
    with opened(folder) as base:
        rows = base.execute(asked, (expression, most)).fetchall()
    return [Place(number, iri, kind, round(-rank, 3), title) for number, iri, kind, rank, title in rows]


def hits(folder: Path, query: str, places: Iterable[Place]) -> list[Hit]:
    """The things at some places with the hits of a query marked, in the order of the places."""
    found = words(query)
    with opened(folder) as base:
        told = [
            (place, *base.execute("SELECT title, text FROM things WHERE id = ?", (place.number,)).fetchone())
            for place in places
        ]
    return [Hit(p.iri, p.kind, title, snippet(title, text, found), p.score) for p, title, text in told]


def count(folder: Path, query: str, *, kind: str | None = None) -> dict[str, int]:
    """How many things of each kind hold all words of a query."""
    expression = matching(query)
    if expression is None:
        return {}
    asked = """SELECT kind, COUNT(*) FROM folded JOIN things ON things.id = folded.rowid
        WHERE folded MATCH ? GROUP BY kind ORDER BY kind"""
    with opened(folder) as base:
        found = dict(base.execute(asked, (expression,)).fetchall())
    return {k: n for k, n in found.items() if kind in (None, k)}


def named(folder: Path, query: str, *, kind: str, most: int = 1000) -> list[str]:
    """The IRIs of the things of a kind that hold all words of a query, best first."""
    return [hit.iri for hit in search(folder, query, kind=kind, most=most)]


def called(folder: Path, kind: str, value: str) -> list[tuple[str, str]]:
    """The things of a kind whose name may hold all words of a value, by IRI, each with the name.

    The index knows parts of three signs or more: what shorter words, quotes and control characters (FTS5 ends a query
    at a NUL) leave out is for the caller to see. StoreError where an older Sagsgraf built the version without it.
    """
    words_told = (word for word in value.casefold().split() if word.isprintable() and '"' not in word)
    long_words = (word for word in words_told if len(word) > 2)
    parts = [f'"{word}"' for word in long_words][:_MOST_WORDS]
    only, values = ("names MATCH ? AND", [" ".join(parts)]) if parts else ("", [])
    asked = f"SELECT iri, name FROM names WHERE {only} kind = ? ORDER BY rowid"  # noqa: S608 - one of two constants
    with opened(folder) as base:
        if not base.execute("SELECT 1 FROM sqlite_schema WHERE name = 'names'").fetchone():
            raise StoreError(
                f"{folder}: navnene er ikke skrevet til denne version. Byg grafen igen med sagsgraf build.",
                english=f"{folder}: this version has no index of names. Build the graph again with sagsgraf build.",
            )
        found: list[tuple[str, str]] = base.execute(asked, (*values, kind)).fetchall()
    return found


@dataclass(frozen=True, slots=True)
class Names:
    """The things that go by a name, in the search file of a version."""

    folder: Path

    def __call__(self, kind: str, value: str) -> list[tuple[str, str]]:
        """The things that words may name, as `called` finds them."""
        return called(self.folder, kind, value)

    def has(self, kind: str, iri: str) -> bool:
        """Whether a thing of a kind goes by a name."""
        with opened(self.folder) as base:
            return base.execute("SELECT 1 FROM named WHERE kind = ? AND iri = ?", (kind, iri)).fetchone() is not None


def suggestions(folder: Path, query: str, most: int = 5) -> list[str]:
    """Words of the graph near those of a query that nothing holds."""
    with opened(folder) as base:
        found: list[str] = []
        for word in words(query):
            held = base.execute("SELECT 1 FROM folded WHERE folded MATCH ? LIMIT 1", (f'"{word}"*',)).fetchone()
            if held or len(word) < 3:
                continue
            near = base.execute(
                "SELECT term FROM vocabulary WHERE term >= ? AND term < ? AND length(term) > 2 LIMIT 20000",
                (word[0], word[0] + "~"),
            ).fetchall()
            best = process.extract(word, [term for (term,) in near], limit=most, score_cutoff=70)
            found += [term for term, _, _ in best]
    return found[:most]


def snippet(title: str, text: str, found: list[str]) -> str:
    """The part of a text around the first hit, or its title, with every hit marked.

    >>> snippet("Sag", "Direktionen drøftede udbudsprocessen.", ["udbud"])
    'Direktionen drøftede ⟦udbudsprocessen⟧.'
    """
    in_text = first_hit(text, found)
    whole, first = (title, first_hit(title, found) or 0) if in_text is None else (text, in_text)
    begin = max(0, first - _AROUND)
    end = min(len(whole), first + 2 * _AROUND)
    begin = whole.find(" ", begin, first) + 1 if begin else 0
    shown = " ".join(whole[begin : whole.rfind(" ", first, end) if end < len(whole) else end].split())
    marked = _WORD.sub(lambda m: f"{MARK[0]}{m[0]}{MARK[1]}" if hit(m[0], found) else m[0], shown)
    return f"{'… ' if begin else ''}{marked}{' …' if end < len(whole) else ''}"


def first_hit(text: str, found: list[str]) -> int | None:
    """Where in a text the first hit begins."""
    return next((m.start() for m in _WORD.finditer(text) if hit(m[0], found)), None)


def hit(word: str, found: list[str]) -> bool:
    """Whether a word begins with one of those looked for."""
    return fold(word).startswith(tuple(found))
