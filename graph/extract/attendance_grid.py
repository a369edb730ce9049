"""A roll drawn as a grid: a member a line, and a cross in the column for those who met, sent word or stayed away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.danish.name_lists import read_name_list
from graph.danish.titles import read_titles
from graph.extract.attendance_cells import CELL, MEMBERS, RULE, Grid, printed, told_by
from graph.extract.attendance_columns import members_beside
from graph.extract.lines import Line
from graph.extract.participations import read_attendance
from graph.extract.passage import Passage
from graph.extract.rows import Row
from graph.extract.sections import Part
from graph.model import Participation

MOST_COLUMNS = 6
LONGEST_CARD = 4  # lines from a member's name to the word below it
LEAST_CROSSED = 2  # lines with a cross, and columns that tell something where no borders are drawn
_CROSS = re.compile(r"[xX✓✔☒☑✗+*]|\([xX]\)|\[[xX]\]|[Jj]a")
_NO_CROSS = re.compile(r"[-–—÷0]|\([ -]?\)|[Nn]ej")  # where a cross would stand
_BORDERS = "\t|"
_OTHER = {"present": "absent", "absent": "present"}
# a cell behind the name: "1. suppleant for Else Buhl", "Mødt for Else Buhl"
_STANDS_IN = re.compile(
    r"\b(?i:suppleant|stedfortræder|vikar|afløser|i stedet|mødte?|møder|deltog|deltager|indkaldt) for "
    r"(?P<whom>[A-ZÆØÅ][^\s|,;(]+(?: [A-ZÆØÅ][^\s|,;(]+)+)"
)

# "Deltog fra kl. 19"
_IS_THERE = re.compile(rf"(?<!ikke )\b(?i:mødte?|deltog|deltager|ankom|kom|gik|forlod)\b(?! ikke)|{_STANDS_IN.pattern}")


def without_grids(passage: Passage, parts: Sequence[Part]) -> tuple[list[Part], list[Participation]]:
    """The header's parts without the lines of a grid, and the participations that the grid states."""
    kept: list[Part] = []
    parts, found = _without_stack(passage, parts)
    for part in parts:
        rows = _rows(part)
        grid = _find(passage.source.text, rows) or members_beside(passage.source.text, rows)
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
    grid = _stacked(passage.source.text, rows) or _cards(passage.source.text, rows)
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


def _stacked(text: str, rows: Sequence[Row]) -> Grid | None:
    """The first grid printed a cell a line: the columns' names, and then each member with a word or a cross below."""
    for place, row in enumerate(rows):
        if not MEMBERS.fullmatch(row.line.text):
            continue
        told = [told_by(below.line.text) for below in rows[place : place + MOST_COLUMNS]]
        first = next((n for n, status in enumerate(told) if status), 0)
        between = rows[place + 1 : place + first]
        if not first:
            continue
        if any(MEMBERS.fullmatch(one.line.text) or _is_member(one.line.text) for one in between):
            continue
        last = next((n for n in range(first, len(told)) if not told[n]), len(told))
        crossed, end = _members(text, rows[place + last :], told[:last])
        if len(crossed) >= LEAST_CROSSED:
            return Grid(place, place + last + end, tuple(crossed))
    return None


def _cards(text: str, rows: Sequence[Row]) -> Grid | None:
    """The first list without columns' names where each member has a word of who was there below, and some word comes
    again ("Ida Krog", "Formand", "Deltog", "Bo Juhl", "Deltog"): a label over the names it heads stands but once."""
    told = [_chip(row.line.text) for row in rows]
    if sum(map(bool, told)) == len({row.line.text for row, status in zip(rows, told, strict=True) if status}):
        return None
    place = 0
    while place < len(rows):
        begin, words, crossed = place, set[str](), list[tuple[Row, str]]()
        while (last := _card(rows, told, place)) > place:
            member, line = rows[place].line, rows[last].line
            words.add(line.text)
            crossed.append((replace(rows[place], line=_joined(text, member, line)), told[last]))
            place = last + 1
        labelled = begin and _is_member(rows[begin - 1].line.text)
        if len(crossed) >= LEAST_CROSSED and len(words) < len(crossed) and not labelled:
            return Grid(begin, place, tuple(crossed))
        place += place == begin
    return None


def _card(rows: Sequence[Row], told: Sequence[str], place: int) -> int:
    """Where the word stands that ends the card of the member on a line; the line's own place where it begins none."""
    if place == len(rows) or told[place] or not _is_member(rows[place].line.text):
        return place
    for below in range(place + 1, min(len(rows), place + 1 + LONGEST_CARD)):
        if told[below]:
            return below
        if _is_member(rows[below].line.text) and not _STANDS_IN.match(rows[below].line.text):
            break
    return place


def _chip(line: str) -> str:
    """What a line that is no more than a word of who was there tells; a label with its colon tells nothing."""
    return "" if line.endswith(":") else told_by(line)


def _joined(text: str, first: Line, last: Line) -> Line:
    return replace(first, end=last.end, text=text[first.begin : last.end])


def _members(text: str, rows: Sequence[Row], columns: Sequence[str]) -> tuple[list[tuple[Row, str]], int]:
    """The members under the columns' names, each with all its lines and what they tell, and where they end."""
    found, place = [], 0
    while place < len(rows) and _is_member(rows[place].line.text):
        member = rows[place].line
        below = [row.line for row in rows[place + 1 : place + len(columns)]]
        cells = [(line, _mark(line.text)) for line in below]
        if not any(mark for _, mark in cells):  # "Deltog fra kl. 19"
            cells = [(line, "present" if _IS_THERE.search(line.text) else "") for line in below]
        told = next((n for n, (_, mark) in enumerate(cells) if mark), None)
        if told is None:
            break
        line, mark = cells[told]
        if mark not in _OTHER:  # a cross or an answer, in the column that so many lines below the name stand for
            stands = [status for status in columns if status]
            over = columns[min(text.count("\n", member.end, line.begin), len(columns) - 1)]
            status = stands[0] if len(stands) == 1 else over or stands[0]
            mark = _OTHER[status] if mark == "no" else status
        found.append((replace(rows[place], line=_joined(text, member, line)), mark))
        place += told + 2
    return found, place


def _mark(cell: str) -> str:
    """What a cell that stands alone on its line tells: who was there, a cross, or an answer; empty where nothing."""
    return told_by(cell) or ("yes" if _CROSS.fullmatch(cell) else "no" if cell.strip(" .") in {"Nej", "nej"} else "")


def _find(text: str, rows: Sequence[Row]) -> Grid | None:
    """The first grid among some lines: a line of columns' names, and below it lines with crosses."""
    for place, row in enumerate(rows):
        columns = _columns(printed(text, row))
        if not columns:
            continue
        over = CELL.search(row.line.text)
        single = len(columns) == 1 and over is not None and MEMBERS.fullmatch(over[0]) is not None
        if len(columns) < (1 if single or "|" in row.line.text else LEAST_CROSSED):
            continue
        crossed, end, marked = [], place + 1, 0
        for below in rows[place + 1 :]:
            line = printed(text, below)
            cells = list(CELL.finditer(line))
            crosses = [cell for cell in cells if _CROSS.fullmatch(cell[0])]
            told = next((status for cell in cells[1:] if (status := told_by(cell[0]))), "")
            if RULE.fullmatch(line):
                end += 1
                continue
            dash = next((cell for cell in cells[1:] if _NO_CROSS.fullmatch(cell[0])), None) if not crosses else None
            if dash is not None and not told and _is_member(below.line.text):
                told = _OTHER[_status(columns, printed(text, row), line, cross=dash)]
            told = told or ("present" if not crosses and _IS_THERE.search(line, cells[0].end()) else "")
            bare = not crosses and not told
            if bare and not (single and below.free and _is_member(below.line.text)):
                break
            end += 1
            marked += not bare
            status = told or ("" if bare else _status(columns, printed(text, row), line, cross=crosses[0]))
            crossed += [(below, status or _OTHER[columns[0][1]])]
        if len(crossed) >= LEAST_CROSSED and marked:
            return Grid(place, end, tuple(crossed))
    return None


def _is_member(line: str) -> bool:
    """Whether a line without a cross is a member's: no sentence, and someone's name in its first cell."""
    cell = CELL.search(line)
    return cell is not None and not line.endswith((".", ":")) and len(read_name_list(cell[0])) == 1


def _columns(line: str) -> list[tuple[re.Match[str], str]]:
    """The columns of a line of names that tell who was there, each with what it tells."""
    return [(cell, status) for cell in CELL.finditer(line) if (status := told_by(cell[0]))]


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
    name = CELL.search(row.line.text)
    if name is None:
        return
    begin = row.line.begin
    whole = replace(passage, begin=begin, end=row.line.end).evidence(0, row.line.end - begin)
    listed = read_attendance(replace(passage, begin=begin + name.start(), end=begin + name.end()), status)
    stands = _STANDS_IN.search(row.line.text, name.end()) if status == "present" else None
    for one in listed[:1]:
        met = replace(one, evidence=(whole, *one.evidence[1:]), extraction_method="attend.grid")
        if met.had_role is None and (post := _post_below(row.line.text)) is not None:
            met = replace(met, had_role=row.line.text[slice(*post)])
            met = replace(met, evidence=(*met.evidence, replace(passage, begin=begin).evidence(*post, "had_role")))
        if stands is None:
            yield met
        else:
            yield replace(met, substitutes=stands["whom"], had_role=f"stedfortræder for {stands['whom']}")


def _post_below(card: str) -> tuple[int, int] | None:
    """Where a post is told on a line of its own between a member's name and the word of who was there."""
    begin = card.find("\n") + 1
    for line in card[begin:].split("\n")[:-1] if begin else ():
        if any(post.text == line.strip() for post in read_titles(line)):
            return begin + line.index(line.strip()), begin + len(line.rstrip())
        begin += len(line) + 1
    return None
