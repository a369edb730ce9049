"""Columns of running text: the left one is read before the right one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from graph.readers.page_words import Word

LEAST_LINES = 8
LEAST_WIDTH = 0.3  # of the width that is printed on: a table's cells are narrower
EVEN = 3.0


def in_reading_order(lines: Sequence[list[Word]]) -> list[list[Word]]:
    """The lines of a page; where it has two columns, all of the left one before the right one."""
    gutter = _gutter([cell for line in lines for cell in line])
    if gutter is None:
        return list(lines)
    found: list[list[Word]] = []
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    for line in lines:
        if any(cell.left < gutter - EVEN and cell.right > gutter for cell in line):
            found += [*left, *right, line]
            left, right = [], []
            continue
        for side, into in ((False, left), (True, right)):
            if chosen := [cell for cell in line if (cell.left >= gutter - EVEN) is side]:
                into.append(chosen)
    return [*found, *left, *right]


def _gutter(cells: Sequence[Word]) -> float | None:
    """Where the right column begins, on a page with two columns of running text."""
    if len(cells) < 2 * LEAST_LINES:
        return None
    begin, end = min(cell.left for cell in cells), max(cell.right for cell in cells)
    width = end - begin
    starts = Counter(round(cell.left) for cell in cells if begin + 0.35 * width < cell.left < begin + 0.7 * width)
    if not starts:
        return None
    gutter = float(starts.most_common(1)[0][0])
    right = [cell for cell in cells if cell.left >= gutter - EVEN]
    left = [cell for cell in cells if cell.right < gutter]
    wide = min(_share(left, width), _share(right, width))
    many = min(len(left), len(right)) >= LEAST_LINES and len(left) + len(right) > 0.8 * len(cells)
    return gutter if many and wide > 0.5 else None


def _share(cells: Sequence[Word], width: float) -> float:
    """How many of the cells are as wide as a line of running text."""
    return sum(cell.right - cell.left > LEAST_WIDTH * width for cell in cells) / len(cells) if cells else 0.0
