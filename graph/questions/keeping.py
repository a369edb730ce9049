"""What a version keeps to answer by without asking the engine: rows about a thing, and what stands behind each of them.

Of a term only its text and its language are kept: no more of a row is ever looked at.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from graph.kept_files import read_only
from graph.questions.asking import Asking, claims_of, things_named
from graph.questions.gaps import LACKING, lacks, reasons_named
from graph.questions.kept import OVERDUE, narrowable
from graph.questions.question import Question
from graph.questions.resolve import Row

ROWS = "rows.sqlite"
_TABLES = """
CREATE TABLE questions (question TEXT, name TEXT, PRIMARY KEY (question, name)) WITHOUT ROWID;
CREATE TABLE rows (id INTEGER PRIMARY KEY, row TEXT);
CREATE TABLE about (question TEXT, name TEXT, thing TEXT, row INTEGER,
  PRIMARY KEY (question, name, thing, row)) WITHOUT ROWID;
CREATE TABLE behind (thing TEXT PRIMARY KEY, parts TEXT);
"""
_ABOUT = """SELECT rows.row FROM about JOIN rows ON rows.id = about.row
  WHERE question = ? AND name = ? AND thing = ? ORDER BY about.row"""
_BEHIND = "SELECT thing, parts FROM json_each(?) JOIN behind ON thing = value"


def write_rows(folder: Path, rows: Mapping[str, list[Row]], *, asked: Iterable[Question], asking: Asking) -> None:
    """Writes the rows of the questions that may be asked about one thing, to be found by it, and what is behind them.

    The asking looks up what is behind; the folder is the version's.
    """
    narrowed = [q for q in asked if narrowable(q)]
    with sqlite3.connect(folder / ROWS) as base:
        base.executescript(_TABLES)
        number = 0
        for q in narrowed:
            columns = narrowable(q)
            base.executemany("INSERT INTO questions VALUES (?, ?)", [(q.id, column) for column in columns])
            for row in rows[q.id]:
                number += 1
                base.execute("INSERT INTO rows VALUES (?, ?)", (number, compact(spare(row))))
                about = [(q.id, column, row[column]["value"], number) for column in columns if column in row]
                base.executemany("INSERT INTO about VALUES (?, ?, ?, ?)", about)
        parts = all_behind(narrowed, rows, asking)
        told = ((thing, compact({p: [spare(r) for r in rs] for p, rs in of.items()})) for thing, of in parts.items())
        base.executemany("INSERT INTO behind VALUES (?, ?)", told)
    base.close()


def all_behind(
    asked: Iterable[Question], rows: Mapping[str, list[Row]], asking: Asking
) -> dict[str, dict[str, list[Row]]]:
    """What is behind the rows of some questions: the names of things, and the parts of claims that are asked for."""
    things, claims, lacking = {OVERDUE}, dict[str, None](), dict[str, None]()
    for q in asked:
        things |= things_named(q, rows[q.id]) | reasons_named(q, rows[q.id])
        for row in rows[q.id]:
            behind = dict.fromkeys(claims_of(row))
            claims |= behind
            if lacks(q, row):
                lacking |= behind
    parts: dict[str, dict[str, list[Row]]] = {}
    for part, iris in (("span", claims), ("how", claims), *((part, lacking) for part in LACKING)):
        for iri, found in asking.rows(part, iris).items():
            parts.setdefault(iri, {})[part] = found
            if part in LACKING:
                things |= {row[name]["value"] for row in found for name in ("meeting", "reason") if name in row}
    for iri, found in asking.rows("label", sorted(things)).items():
        parts.setdefault(iri, {})["label"] = found
    return parts


def spare(row: Row) -> Row:
    """A row with only the text and the language of its terms.

    >>> spare({"label": {"type": "literal", "value": "Sag", "xml:lang": "da"}, "at": {"type": "uri", "value": "a:b"}})
    {'label': {'value': 'Sag', 'xml:lang': 'da'}, 'at': {'value': 'a:b'}}
    """
    return {name: {part: term[part] for part in ("value", "xml:lang") if part in term} for name, term in row.items()}


def compact(told: object) -> str:
    """As JSON without spaces."""
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))


@contextmanager
def opened(folder: Path) -> Iterator[sqlite3.Connection | None]:
    """The file of a version's folder, for reading only; None where there is none."""
    path = folder / ROWS
    if not path.is_file():
        yield None
        return
    with closing(read_only(path)) as base:
        yield base


def rows_about(folder: Path, question: str, about: tuple[str, str]) -> list[Row] | None:
    """The rows of a question that name a thing in a column; None where the version keeps none of that kind."""
    column, thing = about
    with opened(folder) as base:
        known = "SELECT 1 FROM questions WHERE question = ? AND name = ?"
        if base is None or not base.execute(known, (question, column)).fetchone():
            return None
        found = base.execute(_ABOUT, (question, column, thing)).fetchall()
    return decoded(row for (row,) in found)


def rows_behind(folder: Path, iris: Iterable[str]) -> dict[str, dict[str, list[Row]]]:
    """What a version keeps of things and claims, by part; nothing of one that it does not keep."""
    with opened(folder) as base:
        found = base.execute(_BEHIND, (json.dumps(list(iris)),)).fetchall() if base else []
    parts = decoded(parts for _, parts in found)
    return {thing: of for (thing, _), of in zip(found, parts, strict=True)}


def decoded(texts: Iterable[str]) -> list[Any]:
    """Several texts of JSON, read as one."""
    found: list[Any] = json.loads(f"[{','.join(texts)}]")
    return found
