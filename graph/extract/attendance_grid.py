"""A roll drawn as a grid: a member a line, and a cross in the column for those who met, sent word or stayed away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.danish.name_lists import read_name_list
from graph.extract.participations import read_attendance
from graph.extract.passage import Passage
from graph.extract.rows import Row
from graph.extract.sections import Part
from graph.model import Participation
from graph.values import value

MOST_COLUMNS = 6
LEAST_CROSSED = 2  # lines with a cross, and columns that tell something where no borders are drawn
_COLUMNS = {
    "present": ("mødt", "mødte", "til stede", "tilstede", "deltog", "deltager", "fremmødt", "fremmøde", "present"),
    "absent": (
        "afbud", "fravær", "fraværende", "udeblevet", "udeblev", "ikke mødt", "ej mødt", "ikke til stede", "uden afbud",
        "med afbud", "fravær med afbud", "fravær uden afbud", "forfald", "meldt afbud",
    ),
}  # fmt: skip
_TOLD = {name: status for status, names in _COLUMNS.items() for name in names}
_CELL = re.compile(r"[^\s|](?:[^\s|]| (?![ |]))*")
_CROSS = re.compile(r"[xX✓✔☒☑✗+*]|\([xX]\)|\[[xX]\]|[Jj]a")
_NO_CROSS = re.compile(r"[-–—÷0]|\([ -]?\)|[Nn]ej")  # where a cross would stand
_BORDERS = "\t|"
_RULE = re.compile(r"[\s|:+=-]*")  # the line under a table's head
# over the names: with one column that tells something beside it, a line without a cross tells the other thing
_MEMBERS = re.compile(
    r"(?<!\w)(?:\w{1,30}s )?(?:\w{0,20}medlem(?:mer)?|navne?|(?:møde)?deltagere?|repræsentant(?:er)?)"
    r"(?: af udvalget)?:?",
    re.IGNORECASE,
)
_OTHER = {"present": "absent", "absent": "present"}
# a cell behind the name: "1. suppleant for Else Buhl"
_STANDS_IN = re.compile(
    r"\b(?:suppleant|stedfortræder|vikar|afløser|i stedet) for (?P<whom>[A-ZÆØÅ][^\s|,;(]+(?: [A-ZÆØÅ][^\s|,;(]+)+)"
)


@value()
class _Grid:
    """The lines of a grid among a part's own: where they begin and end, and what each crossed line tells."""

    begin: int
    end: int
    crossed: tuple[tuple[Row, str], ...]


def without_grids(passage: Passage, parts: Sequence[Part]) -> tuple[list[Part], list[Participation]]:
    """The header's parts without the lines of a grid, and the participations that the grid states."""
    kept: list[Part] = []
    parts, found = _without_stack(passage, parts)
    for part in parts:
        rows = _rows(part)
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


def _rows(part: Part) -> tuple[Row, ...]:
    """A part's lines with its label's."""
    return part.rows if part.head is None or part.rows[:1] == (part.head,) else (part.head, *part.rows)


def _without_stack(passage: Passage, parts: Sequence[Part]) -> tuple[list[Part], list[Participation]]:
    """The parts without the lines of a grid whose cells stand one under the other, and what that grid states."""
    rows = [row for part in parts for row in _rows(part)]
    grid = _stacked(passage.source.text, rows)
    if grid is None:
        return list(parts), []
    inside = {row.line.begin for row in rows[grid.begin : grid.end]}
    kept = []
    for part in parts:
        left = tuple(row for row in part.rows if row.line.begin not in inside)
        if part.head is not None and part.head.line.begin in inside:
            kept += [Part("opening", None, left)] if left else []
        elif left or not part.rows:
            kept.append(Part(part.kind, part.head, left))
    return kept, [one for row, status in grid.crossed for one in _read(passage, row, status)]


def _stacked(text: str, rows: Sequence[Row]) -> _Grid | None:
    """The first grid printed a cell a line: the columns' names, and then each member with a word or a cross below."""
    for place, row in enumerate(rows):
        if not _MEMBERS.fullmatch(row.line.text):
            continue
        told = [_told(below.line.text) for below in rows[place : place + MOST_COLUMNS]]
        first = next((n for n, status in enumerate(told) if status), 0)
        between = rows[place + 1 : place + first]
        if not first:
            continue
        if any(_MEMBERS.fullmatch(one.line.text) or _is_member(one.line.text) for one in between):
            continue
        last = next((n for n in range(first, len(told)) if not told[n]), len(told))
        crossed, end = _members(text, rows[place + last :], told[:last])
        if len(crossed) >= LEAST_CROSSED:
            return _Grid(place, place + last + end, tuple(crossed))
    return None


def _members(text: str, rows: Sequence[Row], columns: Sequence[str]) -> tuple[list[tuple[Row, str]], int]:
    """The members under the columns' names, each with all its lines and what they tell, and where they end."""
    found, place = [], 0
    while place < len(rows) and _is_member(rows[place].line.text):
        member = rows[place].line
        cells = [(below.line, _mark(below.line.text)) for below in rows[place + 1 : place + len(columns)]]
        told = next((n for n, (_, mark) in enumerate(cells) if mark), None)
        if told is None:
            break
        line, mark = cells[told]
        if mark not in _OTHER:  # a cross or an answer, in the column that so many lines below the name stand for
            stands = [status for status in columns if status]
            below = columns[min(text.count("\n", member.end, line.begin), len(columns) - 1)]
            status = stands[0] if len(stands) == 1 else below or stands[0]
            mark = _OTHER[status] if mark == "no" else status
        whole = replace(member, end=line.end, text=text[member.begin : line.end])
        found.append((replace(rows[place], line=whole), mark))
        place += told + 2
    return found, place


def _mark(cell: str) -> str:
    """What a cell that stands alone on its line tells: who was there, a cross, or an answer; empty where nothing."""
    return _told(cell) or ("yes" if _CROSS.fullmatch(cell) else "no" if cell.strip(" .") in {"Nej", "nej"} else "")


def _find(text: str, rows: Sequence[Row]) -> _Grid | None:
    """The first grid among some lines: a line of columns' names, and below it lines with crosses."""
    for place, row in enumerate(rows):
        columns = _columns(_printed(text, row))
        if not columns:
            continue
        over = _CELL.search(row.line.text)
        single = len(columns) == 1 and over is not None and _MEMBERS.fullmatch(over[0]) is not None
        if len(columns) < (1 if single or "|" in row.line.text else LEAST_CROSSED):
            continue
        crossed, end, marked = [], place + 1, 0
        for below in rows[place + 1 :]:
            line = _printed(text, below)
            cells = list(_CELL.finditer(line))
            crosses = [cell for cell in cells if _CROSS.fullmatch(cell[0])]
            told = next((status for cell in cells[1:] if (status := _told(cell[0]))), "")
            if _RULE.fullmatch(line):
                end += 1
                continue
            dash = next((cell for cell in cells[1:] if _NO_CROSS.fullmatch(cell[0])), None) if not crosses else None
            if dash is not None and not told and _is_member(below.line.text):
                told = _OTHER[_status(columns, _printed(text, row), line, cross=dash)]
            bare = not crosses and not told
            if bare and not (single and below.free and _is_member(below.line.text)):
                break
            end += 1
            marked += not bare
            status = told or ("" if bare else _status(columns, _printed(text, row), line, cross=crosses[0]))
            crossed += [(below, status or _OTHER[columns[0][1]])]
        if len(crossed) >= LEAST_CROSSED and marked:
            return _Grid(place, end, tuple(crossed))
    return None


def _is_member(line: str) -> bool:
    """Whether a line without a cross is a member's: no sentence, and someone's name in its first cell."""
    cell = _CELL.search(line)
    return cell is not None and not line.endswith((".", ":")) and len(read_name_list(cell[0])) == 1


def _printed(text: str, row: Row) -> str:
    """A line as printed, with what stands before its words, so that its columns keep their places."""
    return text[text.rfind("\n", 0, row.line.begin) + 1 : row.line.end]


def _columns(line: str) -> list[tuple[re.Match[str], str]]:
    """The columns of a line of names that tell who was there, each with what it tells."""
    return [(cell, status) for cell in _CELL.finditer(line) if (status := _told(cell[0]))]


def _told(cell: str) -> str:
    """What a cell's own words tell, at a column's head or in a member's line ("Afbud"); empty where nothing."""
    return _TOLD.get(cell.strip(" .:()").lower(), "")


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
