"""What the SPARQL page shows: a query, its answer as a table, a graph or columns, and worked examples."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from api.views.constructed import Constructed
from api.views.rows import Row, word
from api.views.table import Table


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: its words and its query."""

    id: str
    title: str
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryView:
    """The SPARQL page; `table`, `told` (of an ASK) or `drawn` hold the answer, `problem` why there is none."""

    query: str
    examples: tuple[Example, ...]
    table: Table | None = None
    told: bool | None = None
    drawn: Constructed | None = None
    problem: str = ""
    milliseconds: int = 0
    seconds: int = 10


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
