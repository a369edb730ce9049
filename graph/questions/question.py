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


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a parameter takes: its kind of value, and its meaning in both languages with an example."""

    kind: str
    da: str
    en: str
    example: str

    def text(self, language: str) -> str:
        """What it means."""
        return self.en if language == "en" else self.da


PARAMETERS = {
    "case": Parameter(
        "case", "Sagen: IRI, nøgle eller ord, der passer på én", "The case: IRI, key, or words that fit one",
        "materielgård Bakkeby",
    ),
    "body": Parameter("body", "Organet", "The body", "Direktionen"),
    "to": Parameter("body", "Organet, der sendes til", "The body that is sent to", "Økonomiudvalget"),
    "person": Parameter("person", "Personen: IRI, nøgle eller navn", "The person: IRI, key or name", "Lene Mikkelsen"),
    "from": Parameter("date", "Fra og med denne dato", "From this date on", "2024-01-01"),
    "until": Parameter("date", "Til og med denne dato", "Until this date", "2025-12-31"),
    "as_of": Parameter(
        "date", "Dagen, der spørges på; ellers i dag", "The day asked on; today if not given", "2025-06-01"
    ),
    "since": Parameter(
        "date", "Ændringer siden denne dag; ellers siden forrige version",
        "Changes since this day; since the version before if not given", "2022-01-01",
    ),
    "question": Parameter("question", "Et af spørgsmålenes id", "The id of one of the questions", "sent-on"),
    "fact": Parameter(
        "iri", "IRI for den kendsgerning, der spørges til", "The IRI of the fact asked about",
        "http://127.0.0.1:8000/id/decisions/0999/direktionen/2024-11-13/ab0a32c95c27.2",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an answer; `kind` is thing, things, text, date or number.

    `missing` names the property that an empty value lacks; `unknown_in` the states in which nobody can know it yet,
    `absent` the reason that holds where the graph tells none. `key` marks what tells a row from others when versions
    are compared, `told` what depends on the day one asks and is not compared.
    """

    name: str
    kind: str
    da: str
    en: str
    missing: str | None = None
    unknown_in: tuple[str, ...] = ()
    absent: str | None = None
    key: bool = False
    told: bool = False

    def label(self, language: str) -> str:
        """The column's heading."""
        return self.en if language == "en" else self.da


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that a question needs of each thing of a kind: where it is missing, the question cannot tell.

    `things` is a pattern that binds ?thing, ?claim (what has the evidence) and ?meeting, `has` the pattern that holds
    where the fact is there; `reason` is a concept of absence reasons.
    """

    da: str
    en: str
    things: str
    has: str
    reason: str = "not-yet-known"

    def label(self, language: str) -> str:
        """What the fact is called."""
        return self.en if language == "en" else self.da


@dataclass(frozen=True, slots=True)
class Question:
    """A question with its texts, parameters, columns and query.

    `required` names parameters without which no rows are looked for. `rows` tells where they come from: the graph by
    the query, or the changes between versions. With `summary` the gaps are those of all questions. With `kept` the
    whole answer is kept beside each version; `due` is the column whose date decides on which days a row holds.
    """

    id: str
    number: int
    title: Mapping[str, str]
    description: Mapping[str, str]
    parameters: tuple[str, ...]
    columns: tuple[Column, ...]
    query: str
    needs: tuple[Need, ...] = ()
    required: tuple[str, ...] = ()
    rows: str = "graph"
    summary: bool = False
    kept: bool = False
    due: str = ""

    def variable(self, parameter: str) -> str:
        """The variable that a parameter binds."""
        words = parameter.split("_")
        camel = words[0] + "".join(w.capitalize() for w in words[1:])
        given = f"given{camel[0].upper()}{camel[1:]}"
        return given if re.search(rf"\?{given}\b", self.query) else camel

    @property
    def prefixes(self) -> str:
        """The PREFIX lines of the query."""
        return "\n".join(line for line in self.query.splitlines() if line.startswith("PREFIX")) + "\n"


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
        needs=tuple(Need(**need) for need in found.get("needs", ())),
        required=tuple(found.get("required", ())),
        rows=found.get("rows", "graph"),
        summary=found.get("summary", False),
        kept=found.get("kept", False),
        due=found.get("due", ""),
    )


@cache
def questions() -> dict[str, Question]:
    """Our questions by id, in the order of their numbers."""
    folder = files("graph.questions")
    found = [parse(entry.read_text("utf-8")) for entry in folder.iterdir() if entry.name.endswith(".rq")]
    return {q.id: q for q in sorted(found, key=lambda q: q.number)}


def question(name: str, known: Mapping[str, Question] | None = None) -> Question:
    """The question of that id, of ours or of those that are known; UnknownQuestionError with the ids there are."""
    there = questions() if known is None else known
    try:
        return there[name]
    except KeyError:
        listed = ", ".join(there)
        raise UnknownQuestionError(
            f"Der er intet spørgsmål »{name[:80]}«. Der er: {listed}",
            english=f"There is no question {name[:80]!r}. There are: {listed}",
        ) from None
