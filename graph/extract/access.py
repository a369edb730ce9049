"""Whether an agenda item is open or closed: its own word, the heading over its group, or its title's opening word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.extract.rows import Row
from graph.model import Evidence

_ANSWER = re.compile(r": ?(Ja|Nej)\.?$")  # "Lukket: Nej"
_CLOSED_TITLE = re.compile(
    r"(?:[A-ZÆØÅ]{2,6}(?:/[A-ZÆØÅ]{2,6}){0,8} [-–] )?"
    r"(?:Lukket(?: ?[-–:]| punkt\b| sag\b)|LUKKET\b|Fortroligt?:|FORTROLIG)"
)


def read_access(rows: Sequence[Row], title: str, group: Row | None) -> tuple[str | None, Evidence | None]:
    """The item's access, open or closed, and the words that say it; the item's own word counts before its group's."""
    for row in rows:
        if row.role in {"open", "closed"}:
            if (answer := _ANSWER.search(row.line.text)) is not None:
                other = {"open": "closed", "closed": "open"}[row.role]
                return (other if answer[1] == "Nej" else row.role), _evidence(row, row.line.begin, row.line.end)
            end = row.line.begin + (row.label.end if row.label else len(row.line.text))
            return row.role, _evidence(row, row.line.begin, end)
        if row.role not in {"access", "case-number"}:
            continue
        begin, _ = row.value
        words = row.line.text[begin - row.line.begin :].casefold()
        for word, access in (("åbent", "open"), ("åben", "open"), ("lukket", "closed")):
            if word in words.split():
                place = begin + words.index(word)
                return access, _evidence(row, place, place + len(word))
    if _CLOSED_TITLE.match(title) or title.endswith("(Lukket)"):
        return "closed", None
    if title.endswith(("(Åben)", "(Åbent)")):
        return "open", None
    if group is not None:
        return group.role, _evidence(group, group.line.begin, group.line.end)
    return None, None


def _evidence(row: Row, begin: int, end: int) -> Evidence:
    return Evidence(begin, end, row.line.text[begin - row.line.begin : end - row.line.begin], "access_rights")
