"""What holds for a time: a code that stood for other bodies before, and a body that took over under another name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

Plain = list[str | None]


@dataclass(frozen=True, slots=True)
class CodePeriod:
    """The body that a code in Sagsgang stands for, from a day until another, both included; None where it is open."""

    code: str
    body: str
    begin: date | None = None
    end: date | None = None

    def holds(self, day: date | None) -> bool:
        """Whether it stands for the body on a day; on no day in particular only what holds always does."""
        if day is None:
            return self.begin is None and self.end is None
        return (self.begin is None or self.begin <= day) and (self.end is None or day <= self.end)

    def meets(self, other: CodePeriod) -> bool:
        """Whether two periods of one code share a day."""
        return self.code == other.code and (
            (self.end or date.max) >= (other.begin or date.min) and (other.end or date.max) >= (self.begin or date.min)
        )


@dataclass(frozen=True, slots=True)
class Succession:
    """A body that took over from another on a day, as the municipality's settings tell."""

    old: str
    new: str
    day: date


def code_periods(rows: Iterable[Mapping[str, Any]]) -> tuple[CodePeriod, ...]:
    """The periods of [[codes]] tables; ValueError with the code where a table is wrong or two of one code meet."""
    found = [CodePeriod(_text(row, "code"), _text(row, "body"), *_days(row, "code", "from", "until")) for row in rows]
    for one in found:
        if one.begin and one.end and one.begin > one.end:
            raise ValueError(one.code)
    for one, other in combinations(found, 2):
        if one.meets(other):
            raise ValueError(other.code)
    return tuple(found)


def successions(rows: Iterable[Mapping[str, Any]]) -> tuple[Succession, ...]:
    """The successions of [[successions]] tables; ValueError with the body where a table is wrong."""
    found = []
    for row in rows:
        (day,) = _days(row, "old", "on")
        if day is None or set(row) != {"old", "new", "on"}:
            raise ValueError(row.get("old", "successions"))
        found.append(Succession(_text(row, "old"), _text(row, "new"), day))
    return tuple(found)


def _text(row: Mapping[str, Any], key: str) -> str:
    value = row.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(key)
    return value


def _days(row: Mapping[str, Any], named: str, *keys: str) -> list[date | None]:
    given = [row.get(key) for key in keys]
    strange = set(row) - {"code", "body", "old", "new", *keys}
    if strange or not all(day is None or type(day) is date for day in given):
        raise ValueError(row.get(named, named))
    return given


def plain(period: CodePeriod) -> Plain:
    """A period as a row for JSON."""
    return [period.code, period.body, *(day.isoformat() if day else None for day in (period.begin, period.end))]


def read(row: Plain) -> CodePeriod:
    """The period of a row.

    >>> read(["TU", "Teknikudvalget", "2018-01-01", None]).begin
    datetime.date(2018, 1, 1)
    """
    code, body, begin, end = row
    return CodePeriod(code or "", body or "", *(date.fromisoformat(day) if day else None for day in (begin, end)))
