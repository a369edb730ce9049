"""A value of the meeting with the place in the source that states it."""

from __future__ import annotations

from graph.extract.rows import Row
from graph.values import value


@value()
class Stated:
    """A value with the place in the source that it was read from, and the line that states it."""

    value: str
    begin: int
    end: int
    line: tuple[int, int]


def line_of(row: Row) -> tuple[int, int]:
    """Where a row's line begins and ends."""
    return row.line.begin, row.line.end
