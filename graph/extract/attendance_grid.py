"""A roll drawn as a grid: a member a line, and a cross in the column for those who met, sent word or stayed away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from graph.extract.participations import read_attendance
from graph.extract.passage import Passage
from graph.extract.rows import Row
from graph.extract.sections import Part
from graph.model import Participation

LEAST_CROSSED = 2  # lines with a cross, and columns that tell something where no borders are drawn
_COLUMNS = {
    "present": ("mødt", "mødte", "til stede", "tilstede", "deltog", "deltager", "fremmødt", "fremmøde", "present"),
    "absent": (
        "afbud", "fravær", "fraværende", "udeblevet", "udeblev", "ikke mødt", "ej mødt", "ikke til stede", "uden afbud",
        "med afbud", "fravær med afbud", "fravær uden afbud", "forfald", "meldt afbud",
    ),
}  # fmt: skip
_CELL = re.compile(r"[^\s|](?:[^\s|]| (?![ |]))*")
_CROSS = re.compile(r"[xX✓✔☒☑✗+*]|\([xX]\)|\[[xX]\]|[Jj]a")
_BORDERS = "\t|"
# a cell behind the name: "1. suppleant for Else Buhl"
_STANDS_IN = re.compile(
    r"\b(?:suppleant|stedfortræder|vikar|afløser|i stedet) for (?P<whom>[A-ZÆØÅ][^\s|,;(]+(?: [A-ZÆØÅ][^\s|,;(]+)+)"
)


@dataclass(frozen=True, slots=True)
class _Grid:
    """The lines of a grid among a part's own: where they begin and end, and what each crossed line tells."""

    begin: int
    end: int
    crossed: tuple[tuple[Row, str], ...]


def without_grids(passage: Passage, parts: Sequence[Part]) -> tuple[list[Part], list[Participation]]:
    """The header's parts without the lines of a grid, and the participations that the grid states."""
    kept: list[Part] = []
    found: list[Participation] = []
    for part in parts:
        rows = part.rows if part.head is None or part.rows[:1] == (part.head,) else (part.head, *part.rows)
        grid = _find(passage.source.text, rows)
        if grid is None:
            kept.append(part)
            continue
        found += [one for row, status in grid.crossed for one in _read(passage, row, status)]
        if grid.begin:
            kept.append(
                Part(part.kind, part.head, tuple(row for row in rows[: grid.begin] if not row.alone or row.free))
            )
        if grid.end < len(rows):
            kept.append(Part("opening", None, tuple(rows[grid.end :])))
    return kept, found


def _find(text: str, rows: Sequence[Row]) -> _Grid | None:
    """The first grid among some lines: a line of columns' names, and below it lines with crosses."""
    for place, row in enumerate(rows):
        columns = _columns(_printed(text, row))
        if len(columns) < (1 if "|" in row.line.text else LEAST_CROSSED):
            continue
        crossed, end = [], place + 1
        for below in rows[place + 1 :]:
            line = _printed(text, below)
            cells = list(_CELL.finditer(line))
            crosses = [cell for cell in cells if _CROSS.fullmatch(cell[0])]
            told = next((status for cell in cells[1:] if (status := _told(cell[0]))), "")
            if not crosses and not told:
                break
            end += 1
            crossed += [(below, told or _status(columns, _printed(text, row), line, cross=crosses[0]))]
        if len(crossed) >= LEAST_CROSSED:
            return _Grid(place, end, tuple(crossed))
    return None


def _printed(text: str, row: Row) -> str:
    """A line as printed, with what stands before its words, so that its columns keep their places."""
    return text[text.rfind("\n", 0, row.line.begin) + 1 : row.line.end]


def _columns(line: str) -> list[tuple[re.Match[str], str]]:
    """The columns of a line of names that tell who was there, each with what it tells."""
    return [(cell, status) for cell in _CELL.finditer(line) if (status := _told(cell[0]))]


def _told(cell: str) -> str:
    """What a cell's own words tell, at a column's head or in a member's line ("Afbud"); empty where nothing."""
    word = cell.strip(" .:()").lower()
    return next((status for status, names in _COLUMNS.items() if word in names), "")


def _status(columns: Sequence[tuple[re.Match[str], str]], head: str, line: str, *, cross: re.Match[str]) -> str:
    """What a cross tells: by the borders before it, else by the column whose name stands nearest over it."""
    border = next((mark for mark in _BORDERS if mark in head), "")
    middle = (cross.start() + cross.end()) / 2

    def away(column: re.Match[str]) -> float:
        if border:
            return abs(head.count(border, 0, column.start()) - line.count(border, 0, cross.start()))
        return max(column.start() - middle, middle - column.end(), 0)

    return min(columns, key=lambda column: away(column[0]))[1]


def _read(passage: Passage, row: Row, status: str) -> Iterator[Participation]:
    """The one whom a line of a grid names first; the words of the whole line bear it out."""
    name = _CELL.search(row.line.text)
    if name is None:
        return
    begin = row.line.begin
    whole = replace(passage, begin=begin, end=row.line.end).evidence(0, row.line.end - begin)
    listed = read_attendance(replace(passage, begin=begin + name.start(), end=begin + name.end()), status)
    stands = _STANDS_IN.search(row.line.text, name.end()) if status == "present" else None
    for one in listed[:1]:
        met = replace(one, evidence=(whole, *one.evidence[1:]), extraction_method="attend.grid")
        if stands is None:
            yield met
        else:
            yield replace(met, substitutes=stands["whom"], had_role=f"stedfortræder for {stands['whom']}")
