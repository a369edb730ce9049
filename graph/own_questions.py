"""A municipality's own questions: a folder of .rq files beside ours, each checked before anything is asked.

A fault is told with its file and line and what to do, so that whoever wrote the file can mend it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.errors import SettingsError
from graph.questions.gaps import lacking_query
from graph.questions.question import PARAMETERS, Question, parse, questions
from graph.store_grammar import GrammarError, names_of

KEYS: Mapping[str, type] = {
    "id": str, "number": int, "title": dict, "description": dict, "parameters": list, "columns": list,
}  # fmt: skip
MORE: Mapping[str, type] = {"needs": list, "required": list}
IN_COLUMN = ("name", "kind", "da", "en", "missing", "unknown_in", "absent", "key", "told")
IN_NEED = ("da", "en", "things", "has", "reason")
KINDS = ("thing", "things", "text", "date", "number")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_NAME = re.compile(r"[a-z][A-Za-z0-9]*")
_TOML_PLACE = re.compile(r"\(at line (\d+)")
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_FORM = re.compile(r"\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)


def known_questions(own: Path | None) -> Mapping[str, Question]:
    """Our questions, and after them those of a folder; SettingsError where it, or one of its files, cannot be used."""
    ours = questions()
    theirs: dict[str, Question] = {}
    for file in files_of(own) if own else ():
        asked = file.question()
        if asked.id in ours or asked.id in theirs:
            raise file.fault(
                file.line("id"), f"id »{asked.id}« er taget. Vælg et andet.",
                f"the id {asked.id!r} is taken. Choose another.",
            )  # fmt: skip
        theirs[asked.id] = asked
    return {**ours, **{q.id: q for q in sorted(theirs.values(), key=lambda q: q.number)}}


def files_of(own: Path) -> list[QuestionFile]:
    """The .rq files of a folder; SettingsError where there are none, or one is no text."""
    paths = sorted(own.glob("*.rq"))
    if not paths:
        raise SettingsError(
            f"SAGSGRAF_QUESTIONS={own}: der er ingen .rq-filer. Giv en mappe, der har nogen.",
            f"SAGSGRAF_QUESTIONS={own}: there are no .rq files. Name a folder that has some.",
        )
    return [QuestionFile.read(path) for path in paths]


@dataclass(frozen=True, slots=True)
class QuestionFile:
    """One .rq file that somebody else wrote."""

    path: Path
    text: str

    @classmethod
    def read(cls, path: Path) -> QuestionFile:
        """The file; SettingsError where it is no UTF-8."""
        try:
            return cls(path, path.read_text("utf-8"))
        except UnicodeDecodeError:
            raise SettingsError(
                f"{path}: teksten er ikke UTF-8. Gem filen som UTF-8.", f"{path}: not UTF-8. Save the file as UTF-8."
            ) from None

    def question(self) -> Question:
        """The question; SettingsError with the line at fault where the file cannot be used."""
        self.check_header(self.header())
        found = parse(self.text)
        self.check_query(found)
        return found

    def fault(self, line: int, danish: str, english: str) -> SettingsError:
        """The error for a fault on a line."""
        return SettingsError(f"{self.path}, linje {line}: {danish}", f"{self.path}, line {line}: {english}")

    def line(self, *words: str) -> int:
        """The first line of the header that holds all the words; 1 where none does."""
        numbered = enumerate(self.text.splitlines(), 1)
        return next((n for n, line in numbered if line.startswith("#:") and all(w in line for w in words)), 1)

    def header(self) -> Mapping[str, Any]:
        """The header as TOML."""
        numbered = [(n, line[2:].strip()) for n, line in enumerate(self.text.splitlines(), 1) if line.startswith("#:")]
        if not numbered:
            raise self.fault(
                1, 'filen har intet hoved. Begynd den med linjer som #: id = "…", som graph/questions/*.rq gør.',
                'the file has no header. Begin it with lines like #: id = "…", as graph/questions/*.rq do.',
            )  # fmt: skip
        try:
            return tomllib.loads("\n".join(line for _, line in numbered))
        except tomllib.TOMLDecodeError as error:
            place = _TOML_PLACE.search(str(error))
            last = numbered[min(int(place[1]), len(numbered)) - 1] if place else numbered[-1]
            raise self.fault(
                last[0], 'hovedet er ikke TOML her. Sæt tekster i "…", og luk hver [ og {.',
                'the header is not TOML here. Put texts in "…", and close every [ and {.',
            ) from None  # fmt: skip

    def check_header(self, found: Mapping[str, Any]) -> None:
        """Nothing where the header is whole; else SettingsError."""
        self.check_keys(found, {**KEYS, **MORE})
        for key in KEYS:
            if key not in found:
                raise self.fault(1, f"»{key}« mangler i hovedet. Skriv det.", f"the header lacks {key!r}. Write it.")
        if not _ID.fullmatch(found["id"]):
            raise self.fault(self.line("id"), f"id »{found['id']}«: skriv små bogstaver a-z, tal og bindestreg.",
                             f"id {found['id']!r}: write small letters a-z, digits and hyphens.")  # fmt: skip
        for key in ("title", "description"):
            if not all(found[key].get(tongue) for tongue in ("da", "en")):
                raise self.fault(self.line(key), f"skriv både {key}.da og {key}.en.",
                                 f"write both {key}.da and {key}.en.")  # fmt: skip
        for name in (*found["parameters"], *found.get("required", ())):
            self.check_among("parameters", str(name), PARAMETERS)
        if not found["columns"]:
            raise self.fault(self.line("columns"), "skriv mindst én kolonne.", "write at least one column.")
        for column in found["columns"]:
            self.check_column(column)
        for need in found.get("needs", ()):
            at = str(need.get("da", "needs"))
            for key in need:
                self.check_among(at, key, IN_NEED)
            if not set(IN_NEED[:4]) <= set(need):
                raise self.fault(self.line(at), "skriv da, en, things og has i hvert behov.",
                                 "write da, en, things and has in every need.")  # fmt: skip

    def check_keys(self, found: Mapping[str, Any], allowed: Mapping[str, type]) -> None:
        """Nothing where only these keys are told, each with a value of its kind."""
        for key, value in found.items():
            self.check_among(key, key, allowed)
            if not isinstance(value, allowed[key]):
                raise self.fault(self.line(key), f"»{key}« skal være af slagsen {allowed[key].__name__}.",
                                 f"{key!r} must be of the kind {allowed[key].__name__}.")  # fmt: skip

    def check_among(self, key: str, written: str, allowed: Collection[str]) -> None:
        """Nothing where a word is one of those allowed; else SettingsError at the key's line."""
        if written not in allowed:
            there = ", ".join(allowed)
            raise self.fault(self.line(key), f"»{written}« kendes ikke. Vælg mellem: {there}.",
                             f"{written!r} is not known. Choose among: {there}.")  # fmt: skip

    def check_column(self, column: Mapping[str, Any]) -> None:
        """Nothing where a column can be used."""
        name = str(column.get("name", ""))
        at = f'"{name}"' if name else "columns"
        if not _NAME.fullmatch(name) or name in ("evidence", "inferred", "claims"):
            raise self.fault(self.line(at), f"kolonnens navn »{name}«: skriv et ord som plannedDate.",
                             f"the column's name {name!r}: write a word like plannedDate.")  # fmt: skip
        for key in column:
            self.check_among(at, key, IN_COLUMN)
        self.check_among(at, str(column.get("kind")), KINDS)
        if not {"da", "en"} <= set(column):
            raise self.fault(self.line(at), f"skriv da og en for kolonnen »{name}«.",
                             f"write da and en for the column {name!r}.")  # fmt: skip

    def check_query(self, asked: Question) -> None:
        """Nothing where the query is a SELECT of all columns, of what parameters bind, and of the claims behind."""
        lines = ["" if line.startswith("#:") else line for line in self.text.splitlines()]
        service = next((n for n, line in enumerate(lines, 1) if _SERVICE.search(line)), None)
        if service:
            raise self.fault(service, "SERVICE kan ikke bruges: der spørges ingen andre.",
                             "SERVICE cannot be used: nobody else is asked.")  # fmt: skip
        select = next((n for n, line in enumerate(lines, 1) if _FORM.match(line)), 1)
        given = self.names("\n".join(lines), 0)
        if given is None:
            raise self.fault(select, "skriv en SELECT.", "write a SELECT.")
        for name in (*(column.name for column in asked.columns), *map(asked.variable, asked.parameters)):
            if name not in given:
                raise self.fault(select, f"SELECT skal også give ?{name}.", f"SELECT must give ?{name} too.")
        if "claims" not in given:
            raise self.fault(
                select, "SELECT skal også give ?claims: IRI'erne på de kendsgerninger, rækken hviler på.",
                "SELECT must give ?claims too: the IRIs of the facts that the row rests on.",
            )  # fmt: skip
        for need in asked.needs:
            self.names(lacking_query(asked, need), self.line("has"))

    def names(self, query: str, line: int) -> list[str] | None:
        """The names that a query gives; SettingsError where the engine does not take it, at its line or that given."""
        try:
            return names_of(query)
        except GrammarError as error:
            raise self.fault(
                line or error.line, f"her kan SPARQL ikke læses videre; ventede {error.expected}",
                f"SPARQL cannot be read on from here; expected {error.expected}",
            ) from None  # fmt: skip
