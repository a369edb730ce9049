"""Agenda items told by a series: lines of one printed shape ("Punkt 1.", "Sag nr. 2", "3").

The shape is the paper's own: any word may stand before the number. What makes it an agenda's is that the numbers
count on, and that titles stand beside them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.extract.rows import Row
from graph.extract.starts import Start, can_be_title, title_span
from graph.values import value

_ALONE = re.compile(
    r"(?P<word>(?:[A-ZÆØÅ][\wæøåÆØÅ-]{0,24}\.?(?: (?:nr|pkt|punkt)\.?)?)?)[ \t]{0,3}(?P<number>[1-9]\d{0,3})"
    r"[ \t]?[.:)]?"
)
_TIME = re.compile(r"(?:[Kk]l\.? ?)?\d{1,2}[.:]\d{2}(?: ?[-–] ?\d{1,2}[.:]\d{2})?|\d{1,3} ?min(?:\.|utter)?")
_BESIDE = frozenset(
    {"open", "closed", "case-number", "document-number", "officer", "initials", "unit", "access", "navigation"}
)
# what a page prints in a closed item's stead: "Du kan ikke se indholdet af lukkede punkter."
_NOT_SHOWN = re.compile(
    r"[^\n]{0,80}\b(?:[Ll]ukke|[Ff]ortrolig|[Ii]kke[- ]offentlig|adgang|(?:vises|offentliggøres) ikke"
    r"|ikke (?:se|vises?|tilgængelig))[^\n]{0,120}\.$"
)
REACH = 5  # lines under a number within which its title stands, past the item's own fields
LEAST = 2


@value()
class Entry:
    """A line that is a number and perhaps a word before it; `title` is the place of the title's line."""

    row: int
    number: int
    span: tuple[int, int]
    title: int


def starts_by_series(rows: Sequence[Row]) -> list[Start]:
    """The items of the longest series whose lines hold no title: it stands on the line below, or on the line above."""
    shapes: dict[str, list[tuple[int, re.Match[str]]]] = {}
    for index, row in enumerate(rows):
        if row.role in {"", "item-number"} and (found := _ALONE.fullmatch(row.line.text)) is not None:
            shapes.setdefault(found["word"].casefold().rstrip("."), []).append((index, found))
    runs = [_run(rows, shape) for shape in shapes.values() if len(shape) >= LEAST]
    best = max(runs, key=len, default=[])
    return [
        Start(min(one.row, one.title), max(one.row, one.title) + 1, one.span, title_span(rows[one.title]))
        for one in best
    ]


def _run(rows: Sequence[Row], shape: Sequence[tuple[int, re.Match[str]]]) -> list[Entry]:
    """The longest run of one shape whose numbers count on, with a title on the same side of each."""
    runs: list[list[Entry]] = []
    for titled in (_below, _above):
        by_last: dict[int, list[Entry]] = {}
        for index, found in shape:
            title = titled(rows, index) if found["word"] or rows[index].line.after_blank else None
            if title is None:
                continue
            begin, number = rows[index].line.begin, int(found["number"])
            span = begin + found.start("number"), begin + found.end("number")
            run = by_last.pop(number - 1, [])
            run.append(Entry(index, number, span, title))
            by_last[number] = run
        runs.extend(by_last.values())
    best = max(runs, key=len, default=[])
    return best if LEAST <= len(best) >= len(shape) / 2 else []


def _below(rows: Sequence[Row], index: int) -> int | None:
    """The title under a number: the first line that is no field of the item, or the access where that is all it has."""
    closed = None
    for place in range(index + 1, min(len(rows), index + 1 + REACH)):
        row = rows[place]
        if _TIME.fullmatch(row.line.text):
            continue
        if closed is not None and _NOT_SHOWN.match(row.line.text):
            break
        if can_be_title(row):
            return place
        closed = place if row.role == "closed" else closed  # the word of access, and below it a title of the same words
        if row.role not in _BESIDE:
            break
    return closed


def _above(rows: Sequence[Row], index: int) -> int | None:
    """The title right over a number."""
    return index - 1 if index and can_be_title(rows[index - 1]) else None
