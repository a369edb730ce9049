"""A roll drawn as a table of whom each member is for, with no column that tells who was there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.danish.name_lists import read_name_list
from graph.extract.attendance_cells import CELL, MEMBERS, RULE, Grid, printed, told_by
from graph.extract.rows import Row

LEAST_MEMBERS, MOST_MEMBERS = 2, 200  # lines with a member's name
_MEMBER_WORD = re.compile("medlem|navn|deltager|repræsentant", re.IGNORECASE)
_STANDS = re.compile(r"(?:\d\. )?(?:suppleant|stedfortræder)", re.IGNORECASE)
_AWAY = re.compile(r"(?i:afbud|forfald|fraværende|ikke mødt|udeblevet)(?: fra)?[ :(–-]{1,4}(?=[A-ZÆØÅ])")


def members_beside(text: str, rows: Sequence[Row]) -> Grid | None:
    """The first table with whom each member is for in one column and the members in another, under their names
    ("Kommune (stemmer)   Bestyrelsesmedlem"); who sent word has "Afbud" before the name or in a cell of its own."""
    for place, row in enumerate(rows[:-LEAST_MEMBERS]):
        if not _MEMBER_WORD.search(row.line.text):
            continue
        head = list(CELL.finditer(printed(text, row)))
        column = next((n for n, cell in enumerate(head) if MEMBERS.fullmatch(cell[0])), None)
        if column is None or len(head) == 1 or any(_STANDS.match(cell[0]) for cell in head):
            continue
        found: list[tuple[Row, str]] = []
        end = place + 1
        for below in rows[end : end + MOST_MEMBERS]:
            cells = list(CELL.finditer(printed(text, below)))
            if RULE.fullmatch(below.line.text) is None:
                if len(cells) == 1 or below.role:
                    break
                found += _met_or_away(below, cells, _under(head, cells, column))
            end += 1
        if len(found) >= LEAST_MEMBERS:
            return Grid(place, end, tuple(found))
    return None


def _under(head: Sequence[re.Match[str]], cells: Sequence[re.Match[str]], column: int) -> re.Match[str]:
    """The cell under a column's name: by its place in the line, where some of the cells are empty."""
    if len(cells) == len(head):
        return cells[column]
    return min(cells, key=lambda cell: abs(cell.start() - head[column].start()))


def _met_or_away(row: Row, cells: Sequence[re.Match[str]], member: re.Match[str]) -> Iterator[tuple[Row, str]]:
    """The line from the member's name on and whether the one was there; nothing where a seat is empty."""
    away = _AWAY.match(member[0])
    told = "absent" if away else next((status for cell in cells if (status := told_by(cell[0]))), "present")
    begin = row.line.end - len(member.string) + member.start() + (away.end() if away else 0)
    line = replace(row.line, begin=begin, text=row.line.text[begin - row.line.begin :])
    name = CELL.search(line.text)
    if name is not None and len(read_name_list(name[0])) >= 1:
        yield replace(row, line=line), told
