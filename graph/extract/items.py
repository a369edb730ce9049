"""Where agenda items begin: numbered titles first, and where a file numbers none, what repeats instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from graph.extract.agenda_tables import starts_by_table
from graph.extract.contents import starts_by_contents
from graph.extract.numbered import numbered_starts
from graph.extract.rows import Row, is_group
from graph.extract.series import starts_by_series
from graph.extract.starts import Start, can_be_title, title_span
from graph.extract.unnumbered import starts_by_heading, starts_by_letter, starts_by_topic

_UNFINISHED = re.compile(
    r"(?:[ -](?:og|af|til|for|i|på|ved|med|om|samt|fra|den|de|det|under|mellem|vedr\.|vedrørende|–|-)|,)$"
)
WIDE = 60  # signs of a line that may have been broken where the page ends
# labels that an item bears once, and no meeting's header
ONCE = frozenset({"case-number", "recommendation", "summary", "case-text", "decision", "competence", "access"})
TITLED = frozenset({"emne", "titel", "sagstitel", "overskrift", "tema"})  # labels with an item's title for their value
ACCESS = frozenset({"open", "closed"})
MANY = 2  # a label printed so often is the layout's own, also where it stands empty


def find_starts(rows: Sequence[Row]) -> tuple[Start, ...]:
    """The items' starts in order, by the first way that finds any outside a table of contents.

    Where that way leaves labels over the first item, or the same ones twice in one, a surer reading of the paper's own
    numbers takes its place if it leaves at most half as many.
    """
    contents: Sequence[Start] = ()
    for way in (
        starts_by_table,
        numbered_starts,
        starts_by_letter,
        starts_by_series,
        _starts_by_item_number,
        _starts_by_case_number,
        _starts_by_access,
        starts_by_heading,
        _starts_by_label,
        starts_by_topic,
    ):
        found = way(rows)
        contents = contents or found
        if any(not start.contents_only for start in found):
            return _whole(rows, _best(rows, found))
    return tuple(contents)


def _best(rows: Sequence[Row], found: Sequence[Start]) -> Sequence[Start]:
    """The starts found, or those of another way that divides far better what they leave undivided."""
    faults = _faults(rows, found)
    if faults < MANY:
        return found
    others = [starts for way in (starts_by_series, starts_by_contents) if len(starts := way(rows)) >= MANY]
    best = min(others, key=lambda starts: _faults(rows, starts), default=found)
    return best if _faults(rows, best) <= faults / 2 else found


def _faults(rows: Sequence[Row], starts: Sequence[Start]) -> int:
    """How many labels stand where a well divided paper has none: over the first item, or again in the same item."""
    edges = [0, *(start.row for start in starts if not start.contents_only), len(rows)]
    count = 0
    for place, (begin, end) in enumerate(pairwise(edges)):
        seen: set[str] = set()
        for row in rows[begin:end]:
            if row.role not in ONCE or (row.role != "case-number" and not row.alone):
                continue
            label = row.role if row.role == "case-number" else _label_text(row) or row.line.text
            count += place == 0 or label in seen
            seen.add(label)
    return count


def _whole(rows: Sequence[Row], found: Sequence[Start]) -> tuple[Start, ...]:
    whole = [_with_line_below(rows, start) for start in found]
    taken, titles = {start.row for start in whole}, {start.body - 1 for start in whole}
    return tuple(_each_below([_with_lines_before(rows, start, taken=taken, titles=titles) for start in whole]))


def _stand_under(rows: Sequence[Row], first: int, title: int) -> bool:
    """Whether fields between two titles are the upper one's: they stand right under it, and apart from the lower."""
    return not rows[first].line.after_blank and rows[title].line.after_blank


def _with_line_below(rows: Sequence[Row], start: Start) -> Start:
    """The start with the rest of a title that is broken over a line's end, as pages of a fixed width break it."""
    place = start.body - 1
    if start.title is None or start.contents_only or place + 1 >= len(rows) or rows[place].line.end != start.title[1]:
        return start
    text, below = rows[place].line.text, rows[place + 1]
    breaks = _UNFINISHED.search(text) or len(text) >= WIDE
    goes_on = below.line.text[:1].islower() and not below.line.after_blank and not below.line.mark
    ends = place + 2 == len(rows) or rows[place + 2].line.after_blank or bool(rows[place + 2].role)
    if not (breaks and goes_on and ends and can_be_title(below)) or below.line.text.endswith("."):
        return start
    return replace(start, body=start.body + 1, title=(start.title[0], below.line.end))


def _each_below(starts: Sequence[Start]) -> Iterator[Start]:
    """The starts without those that two ways of printing place on one line."""
    last = -1
    for start in starts:
        if start.row > last:
            yield start
            last = start.row


def _with_lines_before(rows: Sequence[Row], start: Start, *, taken: set[int], titles: set[int]) -> Start:
    """The start moved up to the case number and the access word printed over the title."""
    first = start.row
    while first > 0 and first - 1 not in taken and not start.contents_only:
        above = rows[first - 1]
        if is_group(above):
            break
        own_field = above.role in {"case-number", "open", "closed", "officer", "document-number", "initials"}
        if not own_field or first <= start.row - 4 or _belongs_above(rows, first - 1):
            break
        if above.role in ACCESS and any(row.role in ACCESS for row in rows[first : start.body + 1]):
            first = first if rows[first].line.after_blank else start.row
            break  # the item has its own below: this one closes a list of contents, or the item above
        first -= 1
    if first - 1 in titles and _stand_under(rows, first, start.row):
        return start
    return Start(first, start.body, start.number, start.title, start.contents_only)


def _belongs_above(rows: Sequence[Row], index: int) -> bool:
    """Whether a field closes what stands over it: a sentence ("Punktet er lukket."), or right under a title."""
    if rows[index].line.text.endswith(".") and rows[index].role in {"open", "closed"}:
        return True
    if rows[index].role in {"case-number", "officer", "document-number", "initials"}:
        return False
    return index > 0 and rows[index].line.mark == "+"


def _titled_below(rows: Sequence[Row], index: int) -> bool:
    return can_be_title(rows[index + 1]) or rows[index + 1].role == "closed"


def _starts_by_item_number(rows: Sequence[Row]) -> list[Start]:
    """A title with "Sag nr. 129" on the line below it, or "Punkt 3" on the line above."""
    found = []
    places = [n for n, row in enumerate(rows[:-1]) if row.role == "item-number" and not row.alone]
    above = not all(_titled_below(rows, n) for n in places)
    for index, row in enumerate(rows):
        if row.role == "item-number" and not row.alone:
            begin, end = row.value
            end = begin + len(row.line.text[begin - row.line.begin :].rstrip(" .:"))
            heads = not row.line.text.casefold().startswith("sag")
            if above and index > 0 and not heads and can_be_title(rows[index - 1]):
                found.append(Start(index - 1, index + 1, (begin, end), title_span(rows[index - 1])))
            elif index + 1 < len(rows) and (can_be_title(rows[index + 1]) or rows[index + 1].role == "closed"):
                found.append(Start(index, index + 2, (begin, end), title_span(rows[index + 1])))
            else:
                found.append(Start(index, index + 1, (begin, end), None))
    return found


def _starts_by_case_number(rows: Sequence[Row]) -> list[Start]:
    """A case number's line, with the title below it, above it, or nowhere."""
    found: list[Start] = []
    section_since, labelled = True, sum(row.role == "case-number" and not row.bare_case_number for row in rows)
    for index, row in enumerate(rows):
        section_since = section_since or row.opens_section or row.role == "proposal"
        if row.role != "case-number" or not section_since:
            continue
        if row.alone and not row.bare_case_number and labelled < MANY:
            continue  # the number is missing
        found.append(_around_case_number(rows, index))
        section_since = False
    sections = any(row.opens_section or row.role == "proposal" for row in rows)
    return found if sections else []


def _around_case_number(rows: Sequence[Row], index: int) -> Start:
    below = index + 1
    while below < len(rows) and rows[below].role in {
        "officer",
        "document-number",
        "initials",
        "open",
        "closed",
        "unit",
    }:
        below += 1
    if below < len(rows) and can_be_title(rows[below]) and rows[below].line.mark != "-":
        return Start(index, below + 1, None, title_span(rows[below]))
    in_header = not any(row.opens_section for row in rows[:index])
    if index > 0 and can_be_title(rows[index - 1]) and (in_header or _stands_apart(rows[index - 1])):
        return Start(index - 1, index, None, title_span(rows[index - 1]))
    return Start(index, index, None, None)


def _starts_by_access(rows: Sequence[Row]) -> list[Start]:
    """A title with "Åben Sag" on the line below it, or that line alone where it repeats."""
    places = [n for n, row in enumerate(rows) if row.role in {"open", "closed"} and row.alone and row.line.mark != "+"]
    found = []
    for index in places:
        if index > 0 and can_be_title(rows[index - 1]) and _stands_apart(rows[index - 1]):
            found.append(Start(index - 1, index, None, title_span(rows[index - 1])))
        elif len(places) > 1 and _section_follows(rows, index):
            found.append(Start(index, index, None, None))
    return found


def _section_follows(rows: Sequence[Row], index: int) -> bool:
    return any(row.opens_section for row in rows[index + 1 : index + 4])


def _starts_by_label(rows: Sequence[Row]) -> list[Start]:
    """The first section label of the file, each time it comes back; where it never does, the file is one item."""
    if not any(row.line.after_blank for row in rows[1:]):  # without empty lines every line may stand apart
        rows = [replace(row, line=replace(row.line, after_blank=True)) for row in rows]
    sections = [n for n, row in enumerate(rows) if row.opens_section or row.role == "proposal"]
    if not sections:
        return []
    first = sections[0]
    found = [Start(*_title_above(rows, first, _heading_rows(rows, first) + 1))]
    label = _label_text(rows[first])
    splits = rows[first].role in {"summary", "case-text", "routing", "competence"} or _cycles(rows, sections, label)
    decided = rows[first].role == "decision"
    for index in sections[1:]:
        titled = can_be_title(rows[index - 1]) and _stands_apart(rows[index - 1])
        if (_label_text(rows[index]) == label and (titled or splits)) or (decided and titled):
            found.append(Start(*_title_above(rows, index, 1)))
            decided = False
        decided = decided or rows[index].role == "decision"
    return found


def _cycles(rows: Sequence[Row], sections: Sequence[int], first: str) -> bool:
    """Whether the same labels come round again with each return of the first: at least two more, each once a round."""
    rounds: list[list[str]] = []
    for index in sections:
        label = _label_text(rows[index])
        if label == first or not rounds:
            rounds.append([])
        else:
            rounds[-1].append(label)
    once = all(len(set(labels)) == len(labels) for labels in rounds)
    return len(rounds) > 1 and once and len(set(rounds[0]) & set(rounds[1])) >= MANY


def _label_text(row: Row) -> str:
    return row.line.text[: row.label.end].casefold() if row.label else ""


def _heading_rows(rows: Sequence[Row], first: int) -> int:
    """How many lines over the first section may be searched for its title: those since the last field."""
    count = 0
    for row in reversed(rows[:first]):
        if row.role and row.role != "navigation":
            break
        count += 1
    return count


def _title_above(rows: Sequence[Row], index: int, reach: int) -> tuple[int, int, None, tuple[int, int] | None]:
    fit: list[int] = []
    for above in range(index - 1, max(-1, index - 1 - reach), -1):
        row = rows[above]
        if row.role == "navigation" or (row.role == "attachments" and row.alone):
            continue
        if not can_be_title(row) or not (_stands_apart(row) or reach > 1):
            break
        fit.append(above)
    head = next((above for above in fit if not rows[above].line.text.endswith(".")), fit[0] if fit else None)
    if head is not None:
        return head, head + 1, None, title_span(rows[head])
    own = rows[index].value if _label_text(rows[index]) in TITLED and not rows[index].alone else None
    return index, index + bool(own), None, own


def _stands_apart(row: Row) -> bool:
    """Whether a line stands by itself as titles do, and is no sentence."""
    heads = row.line.mark in {"#", "p"}
    return heads or (row.line.after_blank and row.line.mark != "-" and not row.line.text.endswith("."))
