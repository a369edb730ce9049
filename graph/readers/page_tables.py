"""Tables on pages: which lines stand in the same columns, and which of them are one row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from graph.readers.page_words import Word, joined
from graph.values import value

TIGHT = 0.9  # of the widest distance between a table's lines: narrower ones stand within a row
EVEN = 4.0
FARTHEST = 4.5  # line heights between two lines of one table


@value()
class Row:
    """A line of a page: its page, the bullet or number before it, and its cells."""

    page: int
    cells: list[Word]
    mark: str = ""

    @property
    def first(self) -> Word:
        """The first cell."""
        return self.cells[0]


def gap(above: Row, below: Row) -> float:
    """The distance down from one line to the next; below zero where the next stands higher, in another column."""
    return above.first.middle - below.first.middle


def table_at(rows: Sequence[Row], begin: int) -> int:
    """Where the table ends whose first line is at `begin`; `begin` itself where there is none."""
    head = rows[begin]
    if len(head.cells) < 2 or head.mark:
        return begin
    lefts = [cell.left for cell in head.cells]
    end = begin + 1
    while end < len(rows) and _stands_in(rows[end - 1], rows[end], lefts):
        lefts += [cell.left for cell in rows[end].cells if not _near(cell.left, lefts)]
        end += 1
    while end > begin + 1 and len(rows[end - 1].cells) == 1 and rows[end - 1].first.left <= lefts[0] + EVEN:
        if gap(rows[end - 2], rows[end - 1]) < 1.3 * rows[end - 1].first.height:
            break
        end -= 1  # a paragraph's short first line, below the table
    return end


def _near(left: float, lefts: Sequence[float]) -> bool:
    return any(abs(left - known) < EVEN for known in lefts)


def _stands_in(above: Row, row: Row, lefts: Sequence[float]) -> bool:
    """Whether a line stands in the columns of the table above it, on the same page or the next."""
    if row.mark or (row.page == above.page and not 0 < gap(above, row) < FARTHEST * row.first.height):
        return False
    if len(row.cells) > 1:
        return sum(_near(cell.left, lefts) for cell in row.cells) >= len(row.cells) / 2
    others = [left for left in lefts if left > lefts[0] + EVEN]
    starts_first = abs(row.first.left - lefts[0]) < EVEN and row.first.right < min(others, default=0.0)
    return row.page == above.page and (starts_first or _near(row.first.left, others))


def table_rows(lines: Sequence[Row]) -> list[tuple[int, list[list[Word]]]]:
    """The rows of a table: the page of each and its columns, for each column its lines; a repeated header is gone."""
    lefts = _columns(lines)
    placed = [(line, _in_columns(line, lefts)) for line in lines]
    gaps = [gap(above, below) for above, below in pairwise(lines) if above.page == below.page]
    narrow = TIGHT * max(gaps, default=0.0)
    found: list[tuple[int, list[list[Word]]]] = []
    header = [[cell.text for cell in column] for column in placed[0][1]]
    for number, (line, columns) in enumerate(placed):
        above = placed[number - 1][0] if number else None
        if above is not None and line.page != above.page:
            if [[cell.text for cell in column] for column in columns] == header:
                continue
            goes_on = not columns[0] or columns[0][0].text[0].islower()
        else:
            goes_on = above is not None and gap(above, line) < narrow
        if goes_on and found:
            for column, cells in zip(found[-1][1], columns, strict=True):
                column.extend(cells)
        else:
            found.append((line.page, columns))
    return found


def _columns(lines: Sequence[Row]) -> list[float]:
    """The left edges of a table's columns."""
    found: list[float] = []
    for line in lines:
        found += [cell.left for cell in line.cells if not _near(cell.left, found)]
    return sorted(found)


def _in_columns(line: Row, lefts: Sequence[float]) -> list[list[Word]]:
    """A line's cells by column; cells that stand so close that they were read as one are parted."""
    columns: list[list[Word]] = [[] for _ in lefts]
    for cell in line.cells:
        for part in _parted(cell, lefts):
            near = min(range(len(lefts)), key=lambda n: abs(lefts[n] - part.left))
            columns[near].append(part)
    return [[joined(cells)] if cells else [] for cells in columns]


def _parted(cell: Word, lefts: Sequence[float]) -> list[Word]:
    """A cell, cut where another column begins with one of its words."""
    runs: list[list[Word]] = []
    for piece in cell.pieces or (cell,):
        begins = runs and any(abs(piece.left - left) < 1.5 for left in lefts)
        if runs and not (begins and piece.left - runs[-1][-1].right > 0.35 * piece.height):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [joined(run) for run in runs]
