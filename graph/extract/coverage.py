"""What of a source nothing claims: neither a fact, nor a known label or section; and the share that is claimed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from graph.extract.layout import Layout
from graph.extract.rows import Row
from graph.model import Claim, Evidence, Minutes

_PLAIN = frozenset({"str", "str | None", "int", "int | None", "float", "date | None", "tuple[str, ...]"})


def coverage(minutes: Minutes) -> float:
    """The share of a source's characters, blanks apart, that a fact, a known label or a known section claims."""
    whole = _letters(minutes.source.text)
    left = sum(_letters(stretch.anchor_of) for stretch in minutes.unclaimed)
    return 1.0 if not whole else 1 - left / whole


def _letters(text: str) -> int:
    return sum(not char.isspace() for char in text)


def unclaimed(minutes: Minutes, layout: Layout) -> Iterator[Evidence]:
    """The stretches of lines outside every known section and label that no fact rests on."""
    rows = _all_rows(layout)
    left = [place for place, row in enumerate(rows) if row.line.text != minutes.meeting.held_by]
    for spans in _spans(minutes, layout):
        left = _outside(rows, left, spans)
        if not left:
            return
    free = frozenset(left)
    text = minutes.source.text
    begin = end = -1
    for place, row in enumerate(rows):
        line = row.line
        claimed = place not in free
        if not claimed and begin >= 0 and not text[end : line.begin].strip(" \t\n\xa0#*_-•"):
            end = line.end
            continue
        if begin >= 0:
            yield Evidence(begin, end, text[begin:end])
            begin = -1
        if not claimed:
            begin, end = line.begin, line.end
    if begin >= 0:
        yield Evidence(begin, end, text[begin:end])


def _all_rows(layout: Layout) -> list[Row]:
    """The lines that may be unclaimed: the header's, and those of an item before its first label."""
    rows = list(layout.header_rows)
    for item in layout.items:
        rows.extend(row for part in item.parts if part.head is None for row in part.rows)
    return sorted(rows, key=lambda row: row.line.begin)


def _spans(minutes: Minutes, layout: Layout) -> Iterator[Iterable[tuple[int, int]]]:
    """What is known and what facts rest on: first what most lines are claimed by, for few are left to the last."""
    yield _layout_spans(layout)
    yield _evidence_spans([minutes.meeting])
    yield _evidence_spans(minutes.agenda_items)


def _outside(rows: Sequence[Row], places: Sequence[int], spans: Iterable[tuple[int, int]]) -> list[int]:
    """Those of some places whose lines lie outside all the spans."""
    if not places:
        return []
    first, last = rows[places[0]].line.begin, rows[places[-1]].line.end
    taken = _merged([span for span in spans if span[0] < last and span[1] > first])
    begins = [begin for begin, _ in taken]
    outside = []
    for place in places:
        line = rows[place].line
        before = bisect_right(begins, line.end - 1) - 1
        if before < 0 or taken[before][1] <= line.begin:
            outside.append(place)
    return outside


def _evidence_spans(claims: Iterable[Claim]) -> list[tuple[int, int]]:
    """The places that the claims rest on, in any order: no claim is taken up for itself, as `model.claims` does."""
    found: list[tuple[int, int]] = []
    left: list[object] = [*claims]
    while left:
        one = left.pop()
        if isinstance(one, Claim):
            found += [(evidence.begin_index, evidence.end_index) for evidence in one.evidence]
            kind: Any = type(one)
            left += [part for name in _holding(kind) if (part := getattr(one, name))]
        elif isinstance(one, tuple):
            left += one
    return found


@cache
def _holding(kind: type[Claim]) -> tuple[str, ...]:
    """The fields of a claim's class that may hold claims: neither its evidence nor plain values."""
    return tuple(one.name for one in fields(kind) if one.name != "evidence" and str(one.type) not in _PLAIN)


def _layout_spans(layout: Layout) -> Iterator[tuple[int, int]]:
    """The places of titles, known labels with their values, roll calls and sections."""
    for part in layout.header:
        if part.head is not None:
            rolls = part.kind in {"members", "present", "absent", "substitute", "guests", "recusal"}
            yield part.head.line.begin, part.end if rolls and not part.empty else part.head.line.end
    for item in layout.items:
        yield item.head.begin, item.head.end
        for line in item.titled:
            yield line.begin, line.end
        for part in item.parts:
            if part.head is not None:
                yield part.head.line.begin, max(part.head.line.end, part.end)
            else:
                yield from ((row.line.begin, row.line.end) for row in part.rows if row.role)
    for row in (*layout.header_rows, *layout.contents):
        if row.role in {"navigation", "contents", "open", "closed", "minutes", "agenda"}:
            yield row.line.begin, row.line.end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    first = last = -1
    for begin, end in sorted(set(spans)):
        if begin <= last:
            last = end if end > last else last
        elif begin < end:
            if last >= 0:
                found.append((first, last))
            first, last = begin, end
    return [*found, (first, last)] if last >= 0 else found
