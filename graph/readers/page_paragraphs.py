"""Lines of pages → paragraphs, list items and table rows: what the end of a line or of a page cut is joined again."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph.danish.language import is_danish_label
from graph.readers.page_lines import row_line
from graph.readers.page_tables import EVEN, Row, gap, table_at, table_rows
from graph.readers.page_words import Word

LOOSE = 1.3  # of the usual distance between lines: wider ones part paragraphs
CLOSE = 1.6  # line heights: farther apart, two lines are no paragraph
MANY = 10
WIDEST_MARK = 45.0
FEW = 6
FULL = 0.97
NARROWEST = 0.85  # of the width between the left margin and one like it on the right
_MARK = re.compile(r"[•●▪◦·o–-]|\d{1,3}[.)]|[a-zA-Z][.)]")
_ITEM = re.compile(r"[•●▪◦·] |(?:\d{1,3}[.)]|[a-zA-Z]\)) (?:[A-ZÆØÅ]|at\b)")
_HANGING = re.compile(r"(?:[•●▪◦·–-]|\d{1,3}[.)]|[a-zA-Z][.)]) ")
_BULLETS = "•●▪◦·o"
_SHORT = frozenset({
    "af", "at", "den", "der", "det", "de", "eller", "en", "er", "et", "fra", "for", "har", "hos", "i", "ikke",
    "med", "mod", "og", "om", "over", "på", "samt", "som", "sin", "til", "ud", "under", "ved", "vil",
})  # fmt: skip


@dataclass(slots=True)
class Block:
    """A paragraph or a table's row: one list of lines for each column, and whether an empty line stands before it."""

    columns: list[list[Word]]
    apart: bool
    first: Row
    last: Row

    def text(self) -> str:
        """The words, each column's lines joined."""
        line = row_line([_text(column, table=len(self.columns) > 1) for column in self.columns])
        mark = "•" if self.first.mark and self.first.mark in _BULLETS else self.first.mark
        mark += "." if mark.isdigit() else ""
        return f"  {mark} {line}" if mark == "•" else f"{mark} {line}" if mark else line


def paragraphs(pages: Sequence[Sequence[list[Word]]], width: float) -> Iterator[tuple[str, int]]:
    """Pieces of text with the page each begins on: put together they are the text of all pages, `width` points wide."""
    rows = [_row(number, line) for number, page in enumerate(pages) for line in page if line]
    for number, block in enumerate(_blocks(rows, width)):
        yield ("" if not number else "\n\n" if block.apart else "\n") + block.text(), block.first.page


def _row(page: int, line: list[Word]) -> Row:
    if len(line) > 1 and (_MARK.fullmatch(line[0].text) or (line[0].text.isdigit() and line[1].text.startswith("at "))):
        return Row(page, line[1:], line[0].text)
    return Row(page, line)


def _blocks(rows: Sequence[Row], width: float) -> list[Block]:
    pitch, edges = _pitch(rows), _edges(rows, width)
    blocks: list[Block] = []
    place = 0
    while place < len(rows):
        row, last = rows[place], blocks[-1] if blocks else None
        end = table_at(rows, place)
        apart = last is None or row.page != last.last.page or not 0 < gap(last.last, row) <= LOOSE * pitch
        if end > place + 1:
            for number, (page, columns) in enumerate(table_rows(rows[place:end])):
                blocks.append(Block(columns, apart and not number, Row(page, row.cells), rows[end - 1]))
            place = end
            continue
        if last is not None and _continues(last, row, pitch=pitch, edges=edges):
            last.columns[0].append(row.first)
            last.last = row
        else:
            blocks.append(Block([[cell] for cell in row.cells], apart, row, row))
        place += 1
    return blocks


def _pitch(rows: Sequence[Row]) -> float:
    """The usual distance between two lines of a paragraph."""
    gaps: Counter[int] = Counter()
    heights: Counter[int] = Counter()
    for above, below in pairwise(rows):
        width = round(below.first.right - below.first.left)
        heights[round(2 * below.first.height)] += width
        single = above.page == below.page and len(above.cells) == len(below.cells) == 1
        if single and 0 < gap(above, below) < CLOSE * below.first.height:
            gaps[round(2 * gap(above, below))] += width
    return gaps.most_common(1)[0][0] / 2 if gaps else heights.most_common(1)[0][0] / 2 if heights else 12.0


def _edges(rows: Sequence[Row], width: float) -> dict[tuple[int, int], float]:
    """How far to the right lines reach: in each column of a page with two, and (page -1) in the whole file."""
    reached: dict[tuple[int, int], list[float]] = defaultdict(list)
    for row in rows:
        if len(row.cells) == 1:
            reached[row.page, round(row.first.left / EVEN)].append(row.first.right)
            reached[-1, -1].append(row.first.right)
    rights, widest = reached[-1, -1], _reach(reached[-1, -1])
    margin = width - min((row.first.left for row in rows), default=0.0)
    few = sum(right > FULL * widest for right in rights) < FEW  # hardly a full line: the margins are taken for equal
    widest = max(widest, margin if few else NARROWEST * margin)
    found = {(-1, -1): widest}
    full = sorted(key for key, rights in reached.items() if key[0] >= 0 and len(rights) > MANY)
    for left, right in pairwise(full):
        if left[0] == right[0] and _reach(reached[left]) < right[1] * EVEN:
            found |= {left: _reach(reached[left]), right: _reach(reached[right])}
    return found


def _reach(rights: list[float]) -> float:
    """The right edge of lines, but for the odd one that sticks out."""
    return sorted(rights)[-3 if len(rights) > MANY else -1] if rights else 0.0


def _continues(block: Block, row: Row, *, pitch: float, edges: dict[tuple[int, int], float]) -> bool:
    """Whether a line goes on with a paragraph: its first word had no room at the end of the line above."""
    above, line = block.last, row.first
    if len(block.columns) > 1 or len(row.cells) > 1 or row.mark or _ITEM.match(line.text):
        return False
    end = above.first
    if is_danish_label(line.text) or (is_danish_label(end.text) and not end.text.partition(":")[2]):
        return False
    next_page = row.page != above.page
    if next_page and not _goes_on(end.text, line.text):
        return False
    if not next_page and not 0 < gap(above, row) <= LOOSE * pitch:
        return False
    hangs = len(block.columns[0]) == 1 and _HANGING.match(end.text) and 0 < line.left - end.left < WIDEST_MARK
    if abs(end.height - line.height) > 0.2 * end.height or not (hangs or abs(end.left - line.left) < EVEN):
        return False
    if end.text.endswith("-") and line.text[0].islower():
        return True
    word = line.text.split(" ", 1)[0]
    room = (line.right - line.left) * (1.15 * len(word) + 1.5) / max(len(line.text), 1)
    everywhere = edges.get((-1, -1), 0.0)
    return end.right + room > edges.get((above.page, round(end.left / EVEN)), everywhere)


def _goes_on(above: str, below: str) -> bool:
    """Whether words at the top of a page go on with those at the foot of the page before."""
    if above.endswith((".", ":", "?", "!")):
        return False
    return below[0].islower() or above.endswith((",", "-")) or above.rsplit(" ", 1)[-1] in _SHORT


def _text(lines: Sequence[Word], *, table: bool) -> str:
    """The words of a paragraph's or a cell's lines."""
    if not lines:
        return ""
    right = max(line.right for line in lines)
    text = lines[0].text
    for above, line in pairwise(lines):
        text = mended(text, line.text, cut=table and above.right > right - 0.7 * above.height)
    return text


def mended(above: str, below: str, *, cut: bool = False) -> str:
    """Two lines as one; `cut` tells that the upper one fills its cell, so that a word alone in it may go on below.

    >>> mended("Den sam-", "lede plan"), mended("vej- og park-", "chefen"), mended("børne-", "og ungeudvalget")
    ('Den samlede plan', 'vej- og parkchefen', 'børne- og ungeudvalget')
    >>> mended("Økonomiudval", "get", cut=True), mended("Godkendt", "af udvalget", cut=True)
    ('Økonomiudvalget', 'Godkendt af udvalget')
    """
    word = below.split(" ", 1)[0]
    if above.endswith("-") and len(above) > 1 and above[-2].isalpha():
        if word in {"og", "eller", "samt"}:
            return f"{above} {below}"
        return above + below if not below[:1].islower() else above[:-1] + below
    last = above.rsplit(" ", 1)[-1]
    letters = last[-1:].islower() and word[:1].islower() and len(last) > 2 and word.strip(".,;:") not in _SHORT
    return above + below if cut and " " not in above and letters else f"{above} {below}"
