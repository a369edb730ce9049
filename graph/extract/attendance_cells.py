"""The cells of a roll drawn as a table: their words, and what they tell of who was there."""

from __future__ import annotations

import re

from graph.extract.rows import Row
from graph.values import value

_COLUMNS = {
    "present": (
        "mødt", "mødte", "til stede", "tilstede", "deltog", "deltager", "fremmødt", "fremmøde", "present",
        "har deltaget", "deltaget", "tilstedeværende", "deltog online", "deltager online", "til stede online",
    ),
    "absent": (
        "afbud", "fravær", "fraværende", "udeblevet", "udeblev", "ikke mødt", "ej mødt", "ikke til stede", "uden afbud",
        "med afbud", "fravær med afbud", "fravær uden afbud", "forfald", "meldt afbud",
        "deltog ikke", "deltager ikke", "mødte ikke", "har meldt afbud", "ikke deltaget", "ikke fremmødt",
        "sendt afbud",
    ),
}  # fmt: skip
_TOLD = {name: status for status, names in _COLUMNS.items() for name in names}
CELL = re.compile(r"[^\s|](?:[^\s|]| (?![ |]))*")
RULE = re.compile(r"[\s|:+=-]*")  # the line under a table's head
# over the names: with one column that tells something beside it, a line without a cross tells the other thing
MEMBERS = re.compile(
    r"(?<!\w)(?:\w{1,30}s )?(?:\w{0,20}medlem(?:mer)?|navne?|(?:møde)?deltagere?|\w{0,20}repræsentant(?:er)?)"
    r"(?: af udvalget)?:?",
    re.IGNORECASE,
)


@value()
class Grid:
    """The lines of a grid among a part's own: where they begin and end, and what each crossed line tells."""

    begin: int
    end: int
    crossed: tuple[tuple[Row, str], ...]


def printed(text: str, row: Row) -> str:
    """A line as printed, with what stands before its words, so that its columns keep their places."""
    return text[text.rfind("\n", 0, row.line.begin) + 1 : row.line.end]


def told_by(cell: str) -> str:
    """What a cell's own words tell, at a column's head or in a member's line ("Afbud"); empty where nothing."""
    return _TOLD.get(cell.strip(" .:()").lower(), "")
