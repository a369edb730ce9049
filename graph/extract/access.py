"""Whether an agenda item is open or closed: its own word, the heading over its group, or its title's opening word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.extract.rows import Row
from graph.model import Evidence

_ANSWER = re.compile(r": ?(Ja|Nej)\.?$")  # "Lukket: Nej"
_CLOSED_TITLE = re.compile(
    r"(?:[A-ZÆØÅ]{2,6}(?:/[A-ZÆØÅ]{2,6}){0,8} [-–] )?"
    r"(?:[(\[]?Lukket(?: ?[-–:)\]]| punkt\b| sag\b| dagsordenspunkt\b)|LUKKET\b"
    r"|Fortroligt?[:)\]]|\(Fortroligt?\)|FORTROLIG|Ikke[- ]offentligt?(?:[:)]| ?[-–]| punkt\b| sag\b))"
)
_TAIL = re.compile(
    r"(?: [-–]|[,.])? ?[(\[](?:(?P<closed>lukket|fortroligt?|ikke[- ]offentligt?)|åbent?|offentligt?)"
    r"(?: (?:sag|punkt|dagsordenspunkt))?[)\]]$",
    re.IGNORECASE,
)

_WORD = re.compile(
    r"(?<!\S)(?:(?P<closed>lukket|fortroligt?|ikke[- ]offentligt?)|åbent?|offentligt?)(?!\S)", re.IGNORECASE
)
_LEAD = re.compile(r"\b(?:(?P<closed>lukket|fortroligt?|ikke[- ]offentligt?)|åbent?|offentligt?)\b", re.IGNORECASE)


def read_access(
    rows: Sequence[Row], title: str, group: Row | None, *, lead: str = ""
) -> tuple[str | None, Evidence | None]:
    """The item's access, open or closed, and the words that say it; the item's own word counts before its group's.

    `lead` is what stands beside the title on its line, as in "Tillægssag 146 (lukket): Forlig".
    """
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
        if (word := _WORD.search(words)) is not None:
            place = begin + word.start()
            return ("closed" if word["closed"] else "open"), _evidence(row, place, place + len(word[0]))
    told = _LEAD.search(lead) or _TAIL.search(title)
    if _CLOSED_TITLE.match(title) or (told is not None and told["closed"]):
        return "closed", None
    if told is not None:
        return "open", None
    if group is not None:
        return group.role, _evidence(group, group.line.begin, group.line.end)
    return None, None


def _evidence(row: Row, begin: int, end: int) -> Evidence:
    return Evidence(begin, end, row.line.text[begin - row.line.begin : end - row.line.begin], "access_rights")
