"""The answer of a query as a table, and whether two of its columns make bars or a line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.views.rows import Row, word

# Rows the page shows of an answer; the downloads hold all.
SHOWN = 200
_NUMBER = re.compile(r"http://www\.w3\.org/2001/XMLSchema#(integer|decimal|double|float)")
_TIME = re.compile(r"http://www\.w3\.org/2001/XMLSchema#(date|dateTime|gYear|gYearMonth)")
_MOMENT = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?")
# Columns of whole numbers that are years when they are called so.
YEARS = ("år", "aar", "year")


@dataclass(frozen=True, slots=True)
class Value:
    """One value of an answer: a thing to follow, or a text."""

    text: str
    iri: str
    kind: str
    timed: bool = False

    @property
    def number(self) -> float | None:
        """The number it is, where it is one."""
        try:
            return float(self.text) if self.kind == "figure" else None
        except ValueError:
            return None

    @property
    def moment(self) -> float | None:
        """The moment it names in years, by the day; None where it names none.

        >>> Value("2024-07-01", "", "", timed=True).moment
        2024.5
        """
        found = _MOMENT.match(self.text)
        if found is None:
            return None
        return int(found[1]) + (int(found[2] or 1) - 1) / 12 + (int(found[3] or 1) - 1) / 372


@dataclass(frozen=True, slots=True)
class Table:
    """The answer of a SELECT; `more` rows are not shown."""

    names: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]
    more: int

    @property
    def bars(self) -> tuple[tuple[str, int], ...]:
        """Two columns, a word and a number, as bars; empty where the answer is no such thing, or a line fits better."""
        if self.line or len(self.names) != 2 or not 2 <= len(self.rows) <= 24:
            return ()
        pairs = [(row[0], row[1]) for row in self.rows]
        if any(a is None or b is None or b.kind != "figure" or not b.text.lstrip("-").isdigit() for a, b in pairs):
            return ()
        return tuple((a.text, int(b.text)) for a, b in pairs if a and b)

    @property
    def line(self) -> tuple[tuple[str, float, float], ...]:
        """Two columns, a time and a number, as points of (name, time, number); empty where it is no such thing."""
        if len(self.names) != 2 or len(self.rows) < 3:
            return ()
        points = [point(row, n) for row in self.rows for n in self.time_columns()]
        return tuple(one for one in points if one) if points and all(points) else ()

    def time_columns(self) -> tuple[int, ...]:
        """Which of two columns tells a time, by its type or its name."""
        first = self.rows[0]
        named = [n for n, name in enumerate(self.names) if name.casefold() in YEARS]
        typed = [n for n, cell in enumerate(first) if cell and cell.timed]
        return tuple((typed or named)[:1])


def point(row: Sequence[Value | None], time: int) -> tuple[str, float, float] | None:
    """One point of a line from a row of two cells; None where one of them is no time or no number."""
    when, much = row[time], row[1 - time]
    if when is None or much is None or when.moment is None or much.number is None:
        return None
    return when.text, when.moment, much.number


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
    datatype = term.get("datatype", "")
    return Value(text, "", "figure" if _NUMBER.match(datatype) else "", bool(_TIME.match(datatype)))


def short(iri: str) -> str:
    """An IRI's last parts, so that a table can be read.

    >>> short("http://127.0.0.1:8000/id/bodies/0707/direktionen"), short("https://w3id.org/sagsgraf/def#heldBy")
    ('bodies/0707/direktionen', 'heldBy')
    """
    _, _, path = iri.partition("/id/")
    return path or iri.rpartition("#")[2].rpartition("/")[2] or iri
