"""A question as its .rq file tells it: a TOML header in `#:` lines, then SPARQL.

A parameter `to` binds the variable `?givenTo` where the query has it (for a filter), else `?to` itself; either way the
variable must stand in the projection, which is what the engine's substitutions ask for.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from graph.errors import UnknownQuestionError

# name → (kind of value, Danish, English)
PARAMETERS = {
    "case": ("case", "Sagen: IRI, nøgle eller ord, der passer på én", "The case: IRI, key, or words that fit one"),
    "body": ("body", "Organet", "The body"),
    "to": ("body", "Organet, der sendes til", "The body that is sent to"),
    "person": ("person", "Personen: IRI, nøgle eller navn", "The person: IRI, key or name"),
    "from": ("date", "Fra og med denne dato (2022-01-01)", "From this date on (2022-01-01)"),
    "until": ("date", "Til og med denne dato (2022-12-31)", "Until this date (2022-12-31)"),
    "as_of": ("date", "Dagen, der spørges på; ellers i dag", "The day asked on; today if not given"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer; `kind` is thing, things, text, date or number.

    `missing` names the property that an empty value lacks; `unknown_in` the states in which nobody can know it yet.
    """

    name: str
    kind: str
    da: str
    en: str
    missing: str | None = None
    unknown_in: tuple[str, ...] = ()

    def label(self, language: str) -> str:
        """The column's heading."""
        return self.en if language == "en" else self.da


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its texts, parameters, columns and query."""

    id: str
    number: int
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[str, ...]
    columns: tuple[Column, ...]
    query: str

    def variable(self, parameter: str) -> str:
        """The variable that a parameter binds."""
        words = parameter.split("_")
        camel = words[0] + "".join(w.capitalize() for w in words[1:])
        given = f"given{camel[0].upper()}{camel[1:]}"
        return given if re.search(rf"\?{given}\b", self.query) else camel


def parse(text: str) -> Question:
    """The question of one .rq file's text; raises ValueError where its header is not whole."""
    lines = text.splitlines()
    header = "\n".join(line[2:].strip() for line in lines if line.startswith("#:"))
    found: dict[str, Any] = tomllib.loads(header)
    unknown = set(found["parameters"]) - set(PARAMETERS)
    if unknown:
        raise ValueError(f"question {found['id']}: unknown parameters {sorted(unknown)}")
    return Question(
        id=found["id"],
        number=found["number"],
        title=found["title"],
        description=found["description"],
        parameters=tuple(found["parameters"]),
        columns=tuple(Column(**column) for column in found["columns"]),
        query="\n".join(line for line in lines if not line.startswith("#:")) + "\n",
    )


@cache
def questions() -> dict[str, Question]:
    """All questions by id, in the order of their numbers."""
    folder = files("graph.questions")
    found = [parse(entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".rq")]
    return {q.id: q for q in sorted(found, key=lambda q: q.number)}


def question(name: str) -> Question:
    """The question of that id; raises UnknownQuestionError with the ids there are."""
    try:
        return questions()[name]
    except KeyError:
        there = ", ".join(questions())
        raise UnknownQuestionError(
            f"Der er intet spørgsmål »{name}«. Der er: {there}",
            english=f"There is no question {name!r}. There are: {there}",
        ) from None
