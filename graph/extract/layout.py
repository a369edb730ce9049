"""A source divided: what stands over the first agenda item, and the items with their sections."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from graph.extract.agenda_tables import with_tables
from graph.extract.contents import contents_rows
from graph.extract.items import find_starts
from graph.extract.labels import ATTENDANCE
from graph.extract.lines import Line
from graph.extract.page_breaks import without_page_breaks
from graph.extract.rows import Row, is_group, read_rows
from graph.extract.sections import Part, divide_header, divide_item
from graph.extract.shared_lists import share_out
from graph.extract.starts import Start
from graph.values import value

_GROUP_TITLE = re.compile(r"(?:[A-ZÆØÅ]\. [A-ZÆØÅ].{3,80}|[A-ZÆØÅ]{3,30}(?:[ /,-]{1,3}[A-ZÆØÅ]{2,30}){1,8})")
_POINT = re.compile(r"(?:(?:Pkt|Punkt|Nr|Dagsordenspunkt)\.? ?)\d{1,4}[ .:–-]{1,4}|")
LEAST_REPEATED = 10
# a line that may be an item's title
_ITEM = re.compile(r"(?:Pkt|Punkt|Sag|Nr)?\b[ .]{0,2}(?:nr\. ?)?\d{1,4}[a-z]?(?:[.:)]|$| [A-ZÆØÅ–-])")
_PAGE_END = 6  # lines among which a page's foot stands
_PART = re.compile(r"\d+")
_NUMBER_BEFORE = re.compile(r"(?<!\d)(\d{1,4})[.:]? {0,3}$")


@value()
class ItemLayout:
    """One agenda item's lines: number and title by their offsets, its sections, and the access heading over it.

    `head` is the title's line, or the item's first line where no title is printed.
    """

    head: Line
    number: tuple[int, int] | None
    title: tuple[int, int] | None
    parts: tuple[Part, ...]
    group_access: Row | None = None
    contents_only: bool = False
    titled: tuple[Line, ...] = ()

    def title_in(self, text: str) -> str:
        """The title as the source prints it; empty where it prints none."""
        return text[slice(*self.title)] if self.title else ""

    @property
    def end(self) -> int:
        """Where the item's last line ends."""
        return max([self.head.end, *(part.end for part in self.parts)])


@value()
class Layout:
    """The header's parts and lines, and the items in order."""

    header: tuple[Part, ...]
    header_rows: tuple[Row, ...]
    items: tuple[ItemLayout, ...]
    contents: tuple[Row, ...] = ()


def divide(text: str) -> Layout:
    """The layout of a source's text.

    >>> layout = divide("Byrådet\\n\\n40. Godkendelse af dagsorden\\n\\nBeslutning\\n\\nGodkendt.")
    >>> [(item.parts[0].kind, item.head.text) for item in layout.items]
    [('decision', '40. Godkendelse af dagsorden')]
    """
    lines = read_rows(without_page_breaks(text))
    cells = with_tables(lines) if "|" in text or "\t" in text else lines
    rows, roll = _without_closing_roll(_without_page_end(cells))
    starts = find_starts(rows)
    listed = set(contents_rows(rows, starts))
    for start in starts:
        if start.contents_only:
            listed.update(range(start.row, start.body))
    real = [start for start in starts if not start.contents_only]
    first = real[0].row if real else len(rows)
    header = tuple(row for index, row in enumerate(rows[:first]) if index not in listed)
    contents = tuple(rows[index] for index in sorted(listed))
    over = [row for row in (*header, *rows[max(0, first - 1) : first]) if is_group(row)]
    found = _items(text, rows, starts, group=over[-1] if over else None)
    items = _with_lists(text, [_with_number(item, contents) for item in found])
    if any(item.contents_only for item in items):
        items.sort(key=lambda item: [int(part) for part in _PART.findall(text[slice(*(item.number or (0, 0)))])])
    return Layout(divide_header((*header, *roll)), header, tuple(items), contents)


def _without_page_end(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without what a web page prints under its last link ("Til toppen", "Kontakt Sekretariatet Tlf. …")."""
    if "navigation" not in [row.role for row in rows[-_PAGE_END:]]:
        return rows
    said = (n for n, row in enumerate(rows) if row.role not in {"", "navigation"} or _ITEM.match(row.line.text))
    last = max(said, default=len(rows))
    tail = range(max(last + 1, len(rows) - _PAGE_END), len(rows))
    first = next((n for n in tail if rows[n].role == "navigation"), len(rows))
    return rows[:first]


def _without_closing_roll(rows: Sequence[Row]) -> tuple[Sequence[Row], Sequence[Row]]:
    """The rows without the meeting's end and its roll under the last list of files, which are no part of that list
    ("Mødet sluttede kl. 21.05", "Afbud: Ida Holm"), and these."""
    last = next((n for n in reversed(range(len(rows))) if rows[n].opens_section), len(rows))
    if last == len(rows) or rows[last].role != "attachments":
        return rows, ()
    first = next((n for n in range(last + 1, len(rows)) if _tells_of_roll(rows[n])), len(rows))
    told = any(row.role in ATTENDANCE for row in rows[first:])
    return (rows[:first], rows[first:]) if told else (rows, ())


def _tells_of_roll(row: Row) -> bool:
    """Whether a line under files is the meeting's end or a roll's label, and no file of that name ("Deltagerliste")."""
    return row.role == "end" or (row.role in ATTENDANCE and (not row.alone or row.line.text.endswith(":")))


def _with_number(item: ItemLayout, contents: Sequence[Row]) -> ItemLayout:
    """The item with the number that the table of contents prints before its title, where its own line has none."""
    if item.number is not None or item.title is None or not contents:
        return item
    title = item.head.text[item.title[0] - item.head.begin : item.title[1] - item.head.begin]
    for row in contents:
        place = row.line.text.find(title) if len(title) > 8 else -1
        before = _NUMBER_BEFORE.search(row.line.text[max(0, place - 8) : place]) if place > 0 else None
        if before is not None:
            begin = row.line.begin + max(0, place - 8) + before.start(1)
            return replace(item, number=(begin, begin + len(before[1])))
    return item


def _with_lists(text: str, items: list[ItemLayout]) -> list[ItemLayout]:
    """The items, each with its part of a list of attachments that stands behind the last one."""
    if len(items) < 2:
        return items
    titles = [item.title_in(text) for item in items]
    numbers = [text[slice(*item.number)] if item.number else "" for item in items]
    kept, shared = share_out(titles, numbers, items[-1].parts)
    items[-1] = replace(items[-1], parts=kept)
    for place, parts in shared.items():
        items[place] = replace(items[place], parts=(*items[place].parts, *parts))
    return items


def _items(text: str, rows: Sequence[Row], starts: Sequence[Start], *, group: Row | None) -> list[ItemLayout]:
    real = [start for start in starts if not start.contents_only]
    ends = {start.row: after.row for start, after in pairwise(real)}
    found = []
    for start in starts:
        if start.contents_only:
            above = next((row for row in reversed(rows[: start.row]) if is_group(row) or row.role == "contents"), None)
            named = above if above is not None and is_group(above) else None
            head = rows[start.row].line
            found.append(ItemLayout(head, start.number, start.title, (), named, contents_only=True))
            continue
        inside = rows[start.row : ends.get(start.row, len(rows))]
        over, own = inside[: start.body - start.row], list(inside[start.body - start.row :])
        titled = [row for row in over if not row.role] if start.title is not None else []
        title = text[slice(*start.title)] if start.title is not None else ""
        if own and len(title) >= LEAST_REPEATED and text.find(title, own[0].line.begin, own[-1].line.end) >= 0:
            again = [row for row in _outside_lists(own) if _repeats(row, title)]
            set_apart = {row.line.begin for row in again}
            titled += again
            own = [row for row in own if row.line.begin not in set_apart]
        own = _without_group_title([row for row in over if row.role or start.title is None] + own)
        opening, closing = None, None
        if not {"open", "closed"}.isdisjoint([row.role for row in own]):
            opening, closing = _groups(own)
            own = [row for row in own if not is_group(row)]
        group = opening or group
        lines = tuple(row.line for row in titled)
        head = next((line for line in lines if start.title and line.begin <= start.title[0] < line.end), inside[0].line)
        found.append(ItemLayout(head, start.number, start.title, divide_item(own), group, titled=lines))
        group = closing or group
    return found


def _outside_lists(rows: Sequence[Row]) -> Iterator[Row]:
    """The lines that are in no list of attachments, where a file may bear the item's own title."""
    listed = False
    for row in rows:
        listed = row.role == "attachments" if row.opens_section else listed
        if not listed:
            yield row


def _repeats(row: Row, title: str) -> bool:
    """Whether a line prints the item's number and title once more inside the item."""
    words = row.line.text
    if row.role or not words.endswith(title):
        return False
    return _POINT.fullmatch(words[: -len(title)]) is not None


def _without_group_title(rows: list[Row]) -> list[Row]:
    """An item's lines without the heading, in capitals, of the group of items that follows ("SAGER TIL BEHANDLING")."""
    while rows and not rows[-1].role and _GROUP_TITLE.fullmatch(rows[-1].line.text) and len(rows) > 1:
        rows = rows[:-1]
    return rows


def _groups(own: Sequence[Row]) -> tuple[Row | None, Row | None]:
    """The group headings over and under an item's sections: one holds for the item, the other from the next one on."""
    first = next((n for n, row in enumerate(own) if row.opens_section), len(own))
    opening = next((row for row in own[:first] if is_group(row)), None)
    closing = next((row for row in reversed(own[first:]) if is_group(row)), None)
    return opening, closing
