"""What the SPARQL page shows: a query, its answer as a table, a graph or columns, and worked examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.views.rows import Row, word

# Rows the page shows of an answer; the downloads hold all.
SHOWN = 200
_NUMBER = re.compile(r"http://www\.w3\.org/2001/XMLSchema#(integer|decimal|double|float)")


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: its words and its query."""

    id: str
    title: str
    query: str


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an answer: a thing to follow, or a text."""

    text: str
    iri: str
    kind: str


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT; `more` rows are not shown."""

    names: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    more: int

    @property
    def bars(self) -> tuple[tuple[str, int], ...]:
        """Two columns, a word and a number, as bars; empty where the answer is no such thing."""
        if len(self.names) != 2 or not 2 <= len(self.rows) <= 24:
            return ()
        pairs = [(row[0], row[1]) for row in self.rows]
        if any(a is None or b is None or b.kind != "figure" or not b.text.lstrip("-").isdigit() for a, b in pairs):
            return ()
        return tuple((a.text, int(b.text)) for a, b in pairs if a and b)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryView:
    """The SPARQL page; `table`, `told` (of an ASK) or `triples` hold the answer, `problem` why there is none."""

    query: str
    examples: tuple[Example, ...]
    table: Table | None = None
    told: bool | None = None
    triples: str = ""
    problem: str = ""
    milliseconds: int = 0
    seconds: int = 10


def table_of(answer: Mapping[str, object]) -> Table:
    """The table of a SELECT's answer in SPARQL JSON."""
    head, results = answer["head"], answer["results"]
    if not isinstance(head, dict) or not isinstance(results, dict):
        raise TypeError("SPARQL JSON holds a head and results")
    names: Sequence[str] = tuple(head["vars"])
    rows: Sequence[Row] = results["bindings"]
    return Table(
        tuple(names),
        tuple(tuple(value(row, name) for name in names) for row in rows[:SHOWN]),
        max(0, len(rows) - SHOWN),
    )


def value(row: Row, name: str) -> Value | None:
    """One value of a row."""
    term = row.get(name)
    if term is None:
        return None
    text = word(row, name)
    if term["type"] == "uri":
        return Value(short(text), text, "")
    return Value(text, "", "figure" if _NUMBER.match(term.get("datatype", "")) else "")


def short(iri: str) -> str:
    """An IRI's last parts, so that a table can be read.

    >>> short("http://127.0.0.1:8000/id/bodies/0707/direktionen"), short("https://w3id.org/sagsgraf/def#heldBy")
    ('bodies/0707/direktionen', 'heldBy')
    """
    _, _, path = iri.partition("/id/")
    return path or iri.rpartition("#")[2].rpartition("/")[2] or iri


def examples(questions: Iterable[tuple[str, str, str]]) -> tuple[Example, ...]:
    """The examples from the questions' ids, titles and queries."""
    return tuple(Example(name, title, tidy(text)) for name, title, text in questions)


def tidy(query: str) -> str:
    """A question's query without prefixes that it does not use.

    >>> tidy("PREFIX a: <x>\\nPREFIX b: <y>\\nSELECT * WHERE { ?s a:p ?o }")
    'PREFIX a: <x>\\nSELECT * WHERE { ?s a:p ?o }'
    """
    lines = query.strip().splitlines()
    body = "\n".join(line for line in lines if not line.startswith("PREFIX"))
    kept = [line for line in lines if line.startswith("PREFIX") and f"{line.split()[1]}" in body]
    return "\n".join((*kept, body.strip()))


def words_for(rows: Iterable[Row], prefixes: Mapping[str, str], language: str) -> str:
    """The vocabulary for completion, as JSON: [name, label] for every term with a label in the language."""
    found: dict[str, str] = {}
    for row in rows:
        term, told = word(row, "term"), row["label"]
        name = next(
            (f"{prefix}:{term.removeprefix(iri)}" for prefix, iri in prefixes.items() if term.startswith(iri)), ""
        )
        if name and (told.get("xml:lang") == language or name not in found):
            found[name] = told["value"]
    return json.dumps(sorted(found.items()), ensure_ascii=False)
