"""The lines of a page as they are gathered: blocks, list items and table rows as plain minutes have them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BLANKS = re.compile(r"[ \t\n\r\f\v\xa0\u2000-\u200b\u202f\u3000]+")
_BETWEEN = re.compile(r"[ \t]+")
_CODE = re.compile(r"[A-ZÆØÅ]{2,6}")
_CROSS = re.compile(r"[xX✓]?")
SHORTEST_GRID = 4


class PageLines:
    """Lines in the order they are written; a paragraph stands between empty lines, a list item behind a bullet."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._line: list[str] = []
        self._prefix = ""

    def write(self, words: str) -> None:
        """Running text; white space of any length is one blank."""
        self._line.append(_BLANKS.sub(" ", words))

    def tab(self) -> None:
        """A tab between two parts of a line."""
        self._line.append("\t")

    def end_line(self) -> None:
        """Ends the line where it holds words."""
        words = _BETWEEN.sub(lambda found: "\t" if "\t" in found[0] else " ", "".join(self._line)).strip()
        self._line = []
        if words:
            self._lines.append(self._prefix + words)
            self._prefix = ""

    def end_block(self) -> None:
        """Ends the line and leaves an empty one behind it."""
        self.end_line()
        if self._lines and self._lines[-1] and not self._prefix:
            self._lines.append("")

    def begin_list_item(self, mark: str, indent: str = "  ") -> None:
        """Begins a line with a bullet or a number before its words."""
        self.end_line()
        self._prefix = f"{indent}{mark} "

    def end_list_item(self) -> None:
        """Ends a list item, also an empty one."""
        self.end_line()
        self._prefix = ""

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        """The rows of a table, cells with tabs between; a grid of codes and crosses has a line for each cell."""
        self.end_block()
        if is_grid(rows):
            for row in rows:
                for cell in row:
                    self._lines += [f" {cell}" if cell in "xX✓" else cell, ""]
            return
        for row in rows:
            cells = [squeeze(cell) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if any(cells):
                self._lines.append(row_line(cells))
        self.end_block()

    def text(self) -> str:
        """All lines, ended as a text file is."""
        self.end_line()
        return "\n".join(self._lines).strip("\n") + "\n"


def squeeze(words: str) -> str:
    """Words with single blanks between.

    >>> squeeze("  Åben\\n   sag\\xa0")
    'Åben sag'
    """
    return _BLANKS.sub(" ", words).strip()


def row_line(cells: Sequence[str]) -> str:
    """A table's row as a line: a label with its value, else cells with tabs between.

    >>> row_line(["Mødested:", "C3.40"]), row_line(["1 - 7712345", "Åben", "Notat.docx"])
    ('Mødested: C3.40', '1 - 7712345\\tÅben\\tNotat.docx')
    """
    if len(cells) == 2 and (cells[0].endswith(":") or cells[0] == "at"):
        return " ".join(cells)
    return "\t".join(cells)


def is_grid(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a table is a grid of bodies' codes with crosses under them.

    >>> is_grid([["DIR", "FOU", "TMU", "BYR"], ["", "", "x", ""]])
    True
    """
    if len(rows) < 2 or len(rows[0]) < SHORTEST_GRID:
        return False
    codes = all(_CODE.fullmatch(cell) for cell in rows[0])
    return codes and all(_CROSS.fullmatch(cell) for row in rows[1:] for cell in row)
