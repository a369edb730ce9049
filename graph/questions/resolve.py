"""What an asker writes → the term that is meant: an IRI, a key, or words that fit exactly one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Protocol

from graph.errors import AmbiguousValueError, UnknownValueError
from graph.questions.placing import Term
from graph.questions.question import PARAMETERS, Question

Row = dict[str, Term]
Select = Callable[[str, Mapping[str, Term]], list[Row]]


class Names(Protocol):
    """An index of the things of a kind that go by a name."""

    def __call__(self, kind: str, value: str, /) -> Iterable[tuple[str, str]]:
        """The things that words may mean, with a name each."""

    def has(self, kind: str, iri: str, /) -> bool:
        """Whether the index knows a thing of a kind."""


_DATE = "http://www.w3.org/2001/XMLSchema#date"
_PATHS = {"case": "/id/cases/", "body": "/id/bodies/", "person": "/id/people/", "department": "/id/departments/"}
_KINDS = {
    "case": "?thing a <https://w3id.org/sagsgraf/def#Case>",
    "body": "?thing a <https://w3id.org/sagsgraf/def#Body>",
    "department": "?thing a <http://www.w3.org/ns/org#OrganizationalUnit>",
    "person": "?thing a <http://www.w3.org/ns/person#Person>",
}
NAMED = tuple(_KINDS)
_LABELLED = "<http://www.w3.org/2004/02/skos/core#prefLabel>"
_CALLED = {
    "case": "<http://purl.org/dc/terms/title>|<http://purl.org/dc/terms/alternative>",
    "body": _LABELLED,
    "department": _LABELLED,
    "person": _LABELLED,
}
_WORDS = {
    "case": ("Ingen sag", "No case"),
    "body": ("Intet organ", "No body"),
    "person": ("Ingen person", "No person"),
    "department": ("Ingen afdeling", "No department"),
}
_REPLACED = "SELECT ?thing ?now WHERE { ?thing <http://purl.org/dc/terms/isReplacedBy> ?now }"
_KEY = re.compile(r"[a-z0-9][a-z0-9./_-]{0,300}")
_SUBJECT = "SELECT ?thing ?property WHERE { ?thing ?property ?value } LIMIT 1"
_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\\x00-\x20]{1,2000}")


def bindings(
    asked: Question, values: Mapping[str, str], select: Select, *, today: date, names: Names | None = None
) -> tuple[dict[str, Term], date]:
    """The terms to put for a question's variables, and the day that is asked on.

    Raises UnknownValueError for a parameter the question has not or a value that fits nothing, AmbiguousValueError for
    words that fit several things.
    """
    found: dict[str, Term] = {}
    for name, value in values.items():
        if name not in asked.parameters:
            there = ", ".join(asked.parameters)
            raise UnknownValueError(
                f"Spørgsmålet »{asked.id}« har ingen parameter »{name[:80]}«. Det har: {there}",
                english=f"The question {asked.id!r} has no parameter {name[:80]!r}. It has: {there}",
            )
        found[asked.variable(name)] = term(PARAMETERS[name].kind, name, value=value, select=select, names=names)
    as_of = date.fromisoformat(found["asOf"]["value"]) if "asOf" in found else today
    if "as_of" in asked.parameters:
        found["asOf"] = day(as_of)
    return found, as_of


def day(value: date) -> Term:
    """A date as a term."""
    return {"type": "literal", "value": value.isoformat(), "datatype": _DATE}


def term(kind: str, name: str, *, value: str, select: Select, names: Names | None = None) -> Term:
    """The term that a parameter's value means."""
    if kind == "question":
        return {"type": "literal", "value": value}  # whether there is such a one is told where it is used
    if kind == "iri":
        return {"type": "uri", "value": known_iri(value, select)}
    if kind != "date":
        return {"type": "uri", "value": thing(kind, value, select, names=names)}
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        raise UnknownValueError(
            f"»{name}={value[:80]}« er ingen dato. Skriv den som 2022-10-31.",
            english=f"{name}={value[:80]!r} is no date. Write it as 2022-10-31.",
        ) from None


def known_iri(value: str, select: Select) -> str:
    """An IRI that the graph knows, whatever it names."""
    if _IRI.fullmatch(value):
        asked: Term = {"type": "uri", "value": value}
        if select(_SUBJECT, {"thing": asked}):
            return value
    raise UnknownValueError(
        f"Grafen kender ingen »{value[:200]}«. Skriv hele IRI'en.",
        english=f"The graph knows no {value[:200]!r}. Write the whole IRI.",
    )


def thing(kind: str, value: str, select: Select, *, names: Names | None = None) -> str:
    """The IRI of the one thing of a kind that a value names: by IRI, by key, or by words in its title or name."""
    iri = addressed(kind, value, select)
    if iri and names and names.has(kind, iri):
        return iri
    if iri:
        asked: Term = {"type": "uri", "value": iri}
        if select(f"SELECT ?thing WHERE {{ {_KINDS[kind]} }}", {"thing": asked}):
            return iri
        for row in select(_REPLACED, {"thing": asked}):
            if _PATHS[kind] in row["now"]["value"]:
                return row["now"]["value"]
    found = names(kind, value) if names else all_names(kind, select)
    return fitting(kind, value, found)


def addressed(kind: str, value: str, select: Select) -> str | None:
    """The IRI that a value is, or the one that it is the key of where it can be a key."""
    if _IRI.fullmatch(value):
        return value
    if not _KEY.fullmatch(value):
        return None
    some = select(f"SELECT ?thing WHERE {{ {_KINDS[kind]} }} LIMIT 1", {})
    return some[0]["thing"]["value"].partition(_PATHS[kind])[0] + _PATHS[kind] + value if some else None


def names_query(kind: str) -> str:
    """The query for all things of a kind with all their names."""
    return f"SELECT ?thing ?name WHERE {{ {_KINDS[kind]} ; {_CALLED[kind]} ?name }}"


def all_names(kind: str, select: Select) -> list[tuple[str, str]]:
    """All things of a kind with all their names."""
    return [(row["thing"]["value"], row["name"]["value"]) for row in select(names_query(kind), {})]


def fitting(kind: str, value: str, named: Iterable[tuple[str, str]]) -> str:
    """The one thing whose name equals the value, or holds all its words."""
    folded, words = value.casefold().strip(), value.casefold().split()
    exact: dict[str, str] = {}
    holding: dict[str, str] = {}
    for iri, name in named:
        told = name.casefold()
        if told == folded:
            exact[iri] = name
        if all(word in told for word in words):
            holding[iri] = name
    found = exact or (holding if words else {})
    if len(found) == 1:
        return next(iter(found))
    danish, english = _WORDS[kind]
    if not found:
        raise UnknownValueError(f"{danish} passer på »{value[:200]}«.", english=f"{english} fits {value[:200]!r}.")
    shown = "; ".join(f"{name} ({iri})" for iri, name in sorted(found.items())[:8])
    raise AmbiguousValueError(
        f"»{value[:200]}« passer på {len(found)}: {shown}. Skriv flere ord eller nøglen.",
        english=f"{value[:200]!r} fits {len(found)}: {shown}. Give more words or the key.",
        candidates=sorted(found),
    )
