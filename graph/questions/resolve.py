"""What an asker writes → the term that is meant: an IRI, a key, or words that fit exactly one thing."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from graph.errors import AmbiguousValueError, UnknownValueError
from graph.questions.question import PARAMETERS, Question, question

Term = Mapping[str, str]
Row = dict[str, Term]
Select = Callable[[str, Mapping[str, Term]], list[Row]]

_DATE = "http://www.w3.org/2001/XMLSchema#date"
_PATHS = {"case": "/id/cases/", "body": "/id/bodies/", "person": "/id/people/", "department": "/id/departments/"}
_NAMED = {
    "case": "SELECT ?thing ?name WHERE { ?thing a <https://w3id.org/sagsgraf/def#Case> ; "
    "<http://purl.org/dc/terms/title>|<http://purl.org/dc/terms/alternative> ?name }",
    "body": "SELECT ?thing ?name WHERE { ?thing a <https://w3id.org/sagsgraf/def#Body> ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name }",
    "department": "SELECT ?thing ?name WHERE { ?thing a <http://www.w3.org/ns/org#OrganizationalUnit> ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name }",
    "person": "SELECT ?thing ?name WHERE { ?thing a <http://www.w3.org/ns/person#Person> ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name }",
}
_WORDS = {
    "case": ("sag", "case"),
    "body": ("organ", "body"),
    "person": ("person", "person"),
    "department": ("afdeling", "department"),
}
_REPLACED = "SELECT ?thing ?now WHERE { ?thing <http://purl.org/dc/terms/isReplacedBy> ?now }"
_SUBJECT = "SELECT ?thing ?property WHERE { ?thing ?property ?value } LIMIT 1"
_IRI = re.compile(r"https?://[^\s<>\"{}|^`\\\x00-\x20]{1,2000}")


def bindings(
    asked: Question, values: Mapping[str, str], select: Select, *, today: date
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
        found[asked.variable(name)] = term(PARAMETERS[name].kind, name, value=value, select=select)
    as_of = date.fromisoformat(found["asOf"]["value"]) if "asOf" in found else today
    if "as_of" in asked.parameters:
        found["asOf"] = day(as_of)
    return found, as_of


def day(value: date) -> Term:
    """A date as a term."""
    return {"type": "literal", "value": value.isoformat(), "datatype": _DATE}


def term(kind: str, name: str, *, value: str, select: Select) -> Term:
    """The term that a parameter's value means."""
    if kind == "question":
        return {"type": "literal", "value": question(value).id}
    if kind == "iri":
        return {"type": "uri", "value": known_iri(value, select)}
    if kind != "date":
        return {"type": "uri", "value": thing(kind, value, select)}
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


def thing(kind: str, value: str, select: Select) -> str:
    """The IRI of the one thing of a kind that a value names: by IRI, by key, or by words in its title or name."""
    rows = select(_NAMED[kind], {})
    names: dict[str, str] = {}
    for row in rows:
        names.setdefault(row["thing"]["value"], row["name"]["value"])
    for iri in names:
        if value in (iri, iri.partition(_PATHS[kind])[2]):
            return iri
    replaced = {row["thing"]["value"]: row["now"]["value"] for row in select(_REPLACED, {})}
    for iri, now in replaced.items():
        if value in (iri, iri.partition(_PATHS[kind])[2]):
            return now
    return fitting(kind, value, rows)


def fitting(kind: str, value: str, rows: list[Row]) -> str:
    """The one thing whose name equals the value, or holds all its words."""
    folded, words = value.casefold().strip(), value.casefold().split()
    named = [(r["thing"]["value"], r["name"]["value"]) for r in rows]
    exact = {iri: name for iri, name in named if name.casefold() == folded}
    holding = {iri: name for iri, name in named if all(w in name.casefold() for w in words)}
    found = exact or (holding if words else {})
    if len(found) == 1:
        return next(iter(found))
    danish, english = _WORDS[kind]
    if not found:
        raise UnknownValueError(
            f"Ingen {danish} passer på »{value[:200]}«.", english=f"No {english} fits {value[:200]!r}."
        )
    shown = "; ".join(f"{name} ({iri})" for iri, name in sorted(found.items())[:8])
    raise AmbiguousValueError(
        f"»{value[:200]}« passer på {len(found)}: {shown}. Skriv flere ord eller nøglen.",
        english=f"{value[:200]!r} fits {len(found)}: {shown}. Give more words or the key.",
        candidates=sorted(found),
    )
