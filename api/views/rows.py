"""Reading the rows that a SPARQL query gives: one function a kind of value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from api.views.folding import cut
from graph.terms import ACCESS_RIGHTS, CONCEPTS

Term = Mapping[str, str]
Row = Mapping[str, Term]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something with an address in the graph and a name for people."""

    iri: str
    label: str

    def cut(self, most: int) -> Thing:
        """The same with a name of at most so many characters."""
        return Thing(self.iri, cut(self.label, most))


def word(row: Row, name: str) -> str:
    """The text or IRI in a column, empty where the row has none.

    >>> word({"title": {"type": "literal", "value": "Takster"}}, "title"), word({}, "title")
    ('Takster', '')
    """
    term = row.get(name)
    return term["value"] if term else ""


def count(row: Row, name: str) -> int:
    """The whole number in a column, 0 where the row has none."""
    return int(word(row, name) or 0)


def day(row: Row, name: str) -> date | None:
    """The date in a column; None where the row has none or something else stands there.

    >>> day({"date": {"type": "literal", "value": "2022-10-12"}}, "date")
    datetime.date(2022, 10, 12)
    """
    try:
        return date.fromisoformat(word(row, name))
    except ValueError:
        return None


def key(iri: str) -> str:
    """The key of a concept, empty for an empty IRI.

    >>> key("https://w3id.org/sagsgraf/concept/outcome/discussed")
    'discussed'
    """
    return iri.removeprefix(CONCEPTS).rpartition("/")[2]


def access(row: Row, name: str = "access") -> str:
    """Whether a source keeps something open or closed; empty where it does not say.

    >>> access({"access": {"type": "uri", "value": "http://publications.europa.eu/resource/authority/access-right/PUBLIC"}})
    'open'
    """
    return next((kept for kept, right in ACCESS_RIGHTS.items() if right == word(row, name)), "")


def thing(row: Row, name: str) -> Thing | None:
    """The thing in a column, with the name in the column of the same name and "Label" behind; None where absent."""
    iri = word(row, name)
    return Thing(iri, word(row, f"{name}Label") or iri) if iri else None


def grouped(rows: Iterable[Row], name: str) -> dict[str, list[Row]]:
    """Rows by the value in one column, in the order they come; rows without it are left out."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        if name in row:
            groups.setdefault(word(row, name), []).append(row)
    return groups


def distinct(rows: Iterable[Row], name: str) -> tuple[str, ...]:
    """The different values of a column, in the order they come."""
    return tuple(dict.fromkeys(word(row, name) for row in rows if name in row))
