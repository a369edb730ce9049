"""The table of contents over a paper's items: which lines are it, and what it tells of where the items begin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from graph.extract.candidates import Candidate
from graph.extract.rows import Row, is_group
from graph.extract.starts import Start, title_span

_NUMBER = re.compile(r"^\d{1,4}[ .:]{0,4}")
_LISTED = re.compile(
    r"(?:[A-ZÆØÅ][\wæøåÆØÅ-]{0,24}\.?[ \t]{1,3})?(?P<number>[1-9]\d{0,3})[ \t]?[.:)–-]?[ \t]{1,9}(?=\S)"
)
_PAGED = re.compile(r"(?:[. ]{4,200}|…{1,99} ?|\t{1,9})\d{0,4}$")
LEAST = 2  # titles that come again
SHORTEST = 6  # letters of a title that is told from a word of the text
ALMOST = 0.8  # of the titles named


def starts_by_contents(rows: Sequence[Row]) -> list[Start]:
    """The items that a list over the first section names, where each title is printed once more in the list's order."""
    listed: dict[str, tuple[int, re.Match[str]]] = {}
    for n, row in enumerate(rows[: first_section(rows)]):
        found = _LISTED.match(row.line.text) if row.free else None
        title = _plain(row.line.text[found.end() :]) if found else ""
        if title in listed:
            break
        if found and len(title) > SHORTEST:
            listed[title] = n, found
    starts: list[Start] = []
    last = max((n for n, _ in listed.values()), default=0)
    printed = [(n, title) for n, row in enumerate(rows[last + 1 :], last + 1) if (title := _titled(row)) in listed]
    order = {title: place for place, title in enumerate(listed)}
    reached = -1
    for n, title in printed:
        if order[title] > reached:
            reached = order[title]
            starts.append(_start(rows, n, listed[title]))
    return starts if len(starts) >= LEAST and len(starts) >= len(listed) * ALMOST else []


def _start(rows: Sequence[Row], place: int, named: tuple[int, re.Match[str]]) -> Start:
    """The item at a title, with the number beside it, else with that of the list."""
    number = _LISTED.match(rows[place].line.text)
    row, found = (place, number) if number else named
    begin = rows[row].line.begin
    span = begin + found.start("number"), begin + found.end("number")
    return Start(place, place + 1, span, title_span(rows[place], number.end() if number else 0))


def _titled(row: Row) -> str:
    """What a line prints behind its number, if it may be a title."""
    number = _LISTED.match(row.line.text)
    return "" if row.role else _plain(row.line.text[number.end() :] if number else row.line.text)


def _plain(title: str) -> str:
    """A title without dots and page number behind it, in small letters."""
    return " ".join(_PAGED.sub("", title).casefold().split())


def first_section(rows: Sequence[Row]) -> int:
    """The place of the first label over an item's text; a numbered one may be a title of the list ("4. Økonomi")."""
    return next((n for n, row in enumerate(rows) if is_section(row) or row.role == "proposal"), len(rows))


def is_section(row: Row) -> bool:
    """Whether a line is a section's label without a number before it."""
    return row.opens_section and not (row.label and row.label.begin)


def contents_lines(rows: Sequence[Row], candidates: Sequence[Candidate]) -> Iterator[int]:
    """The places of a list over the first section, line by line, whose titles are printed again further down."""
    first = first_section(rows)
    last: dict[tuple[int, str], int] = {(c.number, c.text.strip().casefold()): c.row for c in candidates}
    blocks: list[list[Candidate]] = []
    for candidate in candidates:
        if candidate.row >= first:
            break
        if blocks and candidate.row == blocks[-1][-1].row + 1 and candidate.number > blocks[-1][-1].number:
            blocks[-1].append(candidate)
        else:
            blocks.append([candidate])
    for block in blocks:
        again = sum(last[c.number, c.text.strip().casefold()] > block[-1].row for c in block)
        if again >= LEAST:
            yield from (candidate.row for candidate in block)


def only_in_contents(
    rows: Sequence[Row], candidates: Sequence[Candidate], kept: Sequence[Candidate]
) -> Iterator[Candidate]:
    """Items named above the first one, in a list that names some of the others too or calls itself contents."""
    first = kept[0].row if kept else len(rows)
    above = [c for c in candidates if c.row < first]
    numbers = {c.number for c in kept}
    known = any(c.number in numbers for c in above) or any(row.role == "contents" for row in rows[:first])
    if not known or (not kept and len(above) < 2):
        return
    for candidate in above:
        if candidate.number not in numbers and not _same_title(candidate, kept):
            numbers.add(candidate.number)
            yield candidate


def _same_title(candidate: Candidate, kept: Sequence[Candidate]) -> bool:
    return any(fuzz.ratio(candidate.text, other.text) > 95 for other in kept[:400])


def contents_rows(rows: Sequence[Row], starts: Sequence[Start]) -> Iterator[int]:
    """The lines of a table of contents over the items, so that they are read only once."""
    first = next((start.row for start in starts if not start.contents_only), len(rows))
    titles = {_folded(rows, start) for start in starts}
    inside = False
    for index, row in enumerate(rows[:first]):
        inside = row.role == "contents" or (inside and (row.role in {"", "navigation"} or is_group(row)))
        if (inside and row.role != "navigation") or (titles and row.free and _named(row) in titles):
            yield index


def _named(row: Row) -> str:
    """What a line of a list names behind its number."""
    return _plain(_NUMBER.sub("", row.line.text))


def _folded(rows: Sequence[Row], start: Start) -> str:
    line = rows[start.body - 1].line if start.body > start.row else rows[start.row].line
    if start.title is None or not line.begin <= start.title[0] < line.end:
        return ""
    return _plain(line.text[start.title[0] - line.begin : start.title[1] - line.begin])
