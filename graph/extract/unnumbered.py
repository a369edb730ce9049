"""Agenda items in papers that print neither numbers nor labels for them: Roman numbers, letters, and bare headings.

Each way is tried only where the surer ones found nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.extract.labels import ATTENDANCE, MEETING_FIELDS
from graph.extract.rows import Row
from graph.extract.starts import Start, can_be_title, title_span

_LETTERED = re.compile(
    r"(?:(?:Punkt|Pkt\.|Ad) )?(?P<number>[A-O]|[IVX]{1,5})[ \t]?(?:[.):]|[ \t][–-])[ \t]{1,9}(?=[\"”»§A-ZÆØÅ])"
)
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV", "XVI", "XVII")
_LETTERS = tuple("ABCDEFGHIJKLMNO")
_SENTENCE_END = (".", "!", "?", ":", ";", ",")
LEAST = 3  # items in a row: two may be parts of anything
LONGEST_TOPIC = 90


def starts_by_letter(rows: Sequence[Row]) -> list[Start]:
    """Titles under Roman numbers or letters that follow each other from the first ("I.", "II."; "A)", "B)")."""
    found = [(n, match) for n, row in enumerate(rows) if (match := _LETTERED.match(row.line.text)) and row.free]
    for order in (_ROMAN, _LETTERS):
        run: list[tuple[int, re.Match[str]]] = []
        for n, match in found:
            if len(run) < len(order) and match["number"] == order[len(run)] and _apart(rows[n]):
                run.append((n, match))
        if len(run) >= LEAST and not any(row.opens_section for row in rows[: run[0][0]]):
            return [_lettered(rows, n, match) for n, match in run]
    return []


def _lettered(rows: Sequence[Row], n: int, match: re.Match[str]) -> Start:
    begin, end = match.span("number")
    left = rows[n].line.begin
    return Start(n, n + 1, (left + begin, left + end), title_span(rows[n], match.end()))


def starts_by_heading(rows: Sequence[Row]) -> list[Start]:
    """The headings of a paper in Markdown that are no labels and stand over no field of the meeting."""
    places = [
        n for n, row in enumerate(rows) if row.line.mark == "#" and can_be_title(row) and not _heads_fields(rows, n)
    ]
    return [Start(n, n + 1, None, title_span(rows[n])) for n in places] if len(places) >= LEAST - 1 else []


def _heads_fields(rows: Sequence[Row], index: int) -> bool:
    """Whether the meeting's own fields stand under a heading, as under the paper's title."""
    for row in rows[index + 1 :]:
        if row.line.mark == "#":
            return index == 0
        if row.role in MEETING_FIELDS | ATTENDANCE:
            return True
    return False


def starts_by_topic(rows: Sequence[Row]) -> list[Start]:
    """Short lines that stand apart over running text, from the first one on that no field of the meeting follows."""
    last = max((n for n, row in enumerate(rows[:40]) if row.role in MEETING_FIELDS | ATTENDANCE), default=-1)
    places = [n for n, (row, below) in enumerate(pairwise(rows)) if n > last and _is_topic(row, below)]
    if last < 0 or len(places) < LEAST:
        return []
    return list(_topics(rows, places))


def _topics(rows: Sequence[Row], places: Sequence[int]) -> Iterator[Start]:
    for n in places:
        yield Start(n, n + 1, None, title_span(rows[n]))


def _is_topic(row: Row, below: Row) -> bool:
    text = row.line.text
    if not _apart(row) or len(text) > LONGEST_TOPIC or text.endswith(_SENTENCE_END) or not text[:1].isupper():
        return False
    return can_be_title(row) and not below.role and below.line.text.endswith(".") and len(below.line.text) > 20


def _apart(row: Row) -> bool:
    return row.line.after_blank or row.line.mark == "#"
