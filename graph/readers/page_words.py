"""Words on a page and the lines that they stand in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from graph.values import value

SAME_LINE = 0.45  # of a line's height
CELL_GAP = 0.95  # of a line's height: wider than a blank of justified text, narrower than the padding of two cells


@value()
class Word:
    """Words that stand together, and their box on the page (from its lower left corner, in points)."""

    text: str
    left: float
    right: float
    bottom: float
    top: float
    pieces: tuple[Word, ...] = ()

    @property
    def height(self) -> float:
        """The height of the line that they stand in."""
        return max(self.top - self.bottom, 0.1)

    @property
    def middle(self) -> float:
        """The middle of their height on the page."""
        return (self.top + self.bottom) / 2


def joined(words: Sequence[Word]) -> Word:
    """Words side by side as one.

    >>> joined([Word("Åben", 0, 20, 0, 10), Word("sag", 23, 40, 0, 10)]).text
    'Åben sag'
    """
    text = words[0].text
    for before, word in pairwise(words):
        text += (" " if word.left - before.right > 0.12 * word.height else "") + word.text
    bottom, top = min(word.bottom for word in words), max(word.top for word in words)
    return Word(text, words[0].left, words[-1].right, bottom, top, tuple(words))


def page_lines(words: Iterable[Word]) -> list[list[Word]]:
    """The lines of a page from the top, each with its cells: words with a wide gap between them.

    >>> lines = page_lines([Word("sag", 23, 40, 0, 10), Word("Åben", 0, 20, 0, 10), Word("(H)", 90, 99, 0, 10)])
    >>> [[cell.text for cell in line] for line in lines]
    [['Åben sag', '(H)']]
    """
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (-word.middle, word.left)):
        if rows and abs(rows[-1][0].middle - word.middle) < SAME_LINE * max(rows[-1][0].height, word.height):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [cells(row) for row in rows]


def cells(row: Sequence[Word]) -> list[Word]:
    """The words of a line put together where no wide gap parts them."""
    runs: list[list[Word]] = []
    for word in sorted(row, key=lambda word: word.left):
        if runs and word.left - runs[-1][-1].right < CELL_GAP * word.height:
            runs[-1].append(word)
        else:
            runs.append([word])
    return [joined(run) for run in runs]
