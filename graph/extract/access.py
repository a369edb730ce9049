"""Whether an agenda item is open or closed: its own word, the heading over its group, or its title's opening word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.extract.labels import Label
from graph.extract.layout import ItemLayout, Layout
from graph.extract.rows import Row, is_group
from graph.model import Evidence

LEAST_TITLE = 5
_ANSWER = re.compile(r": ?(Ja|Nej)\.?$")  # "Lukket: Nej"
_CLOSED_TITLE = re.compile(
    r"(?:[A-ZÆØÅ]{2,6}(?:/[A-ZÆØÅ]{2,6}){0,8} [-–] )?"
    r"(?:[(\[]?Lukket(?: ?[-–:)\]]| punkt\b| sag\b| dagsordenspunkt\b)|LUKKET\b"
    r"|Fortroligt?[:)\]]|\(Fortroligt?\)|FORTROLIG|Ikke[- ]offentligt?(?:[:)]| ?[-–]| punkt\b| sag\b))"
)
# a line that goes on to say why: "Lukket sag, jf. styrelseslovens § 10"
_WITH_REASON = re.compile(
    r"(?:Lukket|Fortroligt?|Ikke[- ]offentligt?) (?:sag|punkt|dagsordenspunkt)(?:,| \(| [-–]| jf\.?| efter)"
    r" ?\S"
)
_TAIL = re.compile(
    r"(?: [-–]|[,.])? ?[(\[](?:(?P<closed>lukket|fortroligt?|ikke[- ]offentligt?)|åbent?|offentligt?)"
    r"(?: (?:sag|punkt|dagsordenspunkt))?[)\]]$",
    re.IGNORECASE,
)

_TAIL_WORD = re.compile(
    r"(?: [-–]|,) (?:lukket|fortroligt?|ikke[- ]offentligt?)(?: (?:sag|punkt|dagsordenspunkt))?$", re.IGNORECASE
)
_OPEN_TITLE = re.compile(
    r"[(\[](?:Åbent?|Offentligt?)(?: (?:sag|punkt|dagsordenspunkt))?[)\]] "
    r"|(?:Åbent?|Offentligt?)(?: (?:sag|punkt|dagsordenspunkt))?(?: [-–]|:) (?=[A-ZÆØÅ\d§])"
)
# "04. Lukket Orientering: Lejeforhold", what kind of item it is behind the word
_KIND = r"(?:Beslutning|Orientering|Drøftelse|Temadrøftelse|Indstilling|Meddelelse|Høring|Sag|Punkt)(?:ssag|spunkt)?"
_OF_KIND = re.compile(
    rf"(?:(?P<closed>Lukket|Fortroligt?|Ikke[- ]offentligt?)|Åbent?|Offentligt?) {_KIND}(?::| [-–]) ?(?=\S)",
    re.IGNORECASE,
)
# "Beslutning (lukket): Aftale om jordleje", "Ejendomssag [fortrolig] - salg": in brackets before the title's colon
_BRACKETED = re.compile(
    r"[^:()\[\]]{2,60}? ?[(\[](?:(?P<closed>lukket|fortroligt?|ikke[- ]offentligt?)|åbent?|offentligt?)"
    r"(?: (?:sag|punkt|dagsordenspunkt))?[)\]] ?[:–-]",
    re.IGNORECASE,
)
# "25. Lukket - Personalesag" in a list of the items: the words before the title
_LISTED = re.compile(
    rf"(?:\d{{1,4}}[.):]? *)?(?P<word>(?:Lukket|Fortroligt?|Ikke[- ]offentligt?)|Åbent?|Offentligt?)"
    rf"(?: {_KIND}| dagsordens?punkt)?(?: *\d{{1,4}}[.):]?)? *[-–:]? *",
    re.IGNORECASE,
)
_OPEN_LIST = ("åben", "offentlig")

_WORD = re.compile(
    r"(?<![^\s(\[])(?:(?P<closed>lukket|fortroligt?|ikke[- ]offentligt?)|åbent?|offentligt?)(?![^\s)\].,])",
    re.IGNORECASE,
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
        if not row.role and (reason := _WITH_REASON.match(row.line.text)):
            return "closed", _evidence(row, row.line.begin, row.line.begin + reason.end() - 1)
        if row.role not in {"access", "case-number"}:
            continue
        begin, _ = row.value
        words = row.line.text[begin - row.line.begin :].casefold()
        if (word := _WORD.search(words)) is not None:
            place = begin + word.start()
            return ("closed" if word["closed"] else "open"), _evidence(row, place, place + len(word[0]))
    bracketed = _BRACKETED.match(title) if ")" in title or "]" in title else None
    told = _LEAD.search(lead) or _OF_KIND.match(title) or bracketed
    told = told or (_TAIL.search(title) if title.endswith((")", "]")) else None)
    if _CLOSED_TITLE.match(title) or _TAIL_WORD.search(title) or (told is not None and told["closed"]):
        return "closed", None
    if told is not None or _OPEN_TITLE.match(title):
        return "open", None
    if group is not None:
        role = group.role if group.role == "closed" else "open"
        return role, _evidence(group, group.line.begin, group.line.end)
    return None, None


def regrouped(text: str, layout: Layout) -> Layout:
    """The layout with each item under the group that the table of contents lists it in.

    A list of open items and then of closed ones over the first item holds for its own lines, and not for all that
    follows its last heading.
    """
    over = sorted((*layout.header_rows, *layout.contents), key=lambda row: row.line.begin)
    groups = [row for row in over if is_group(row) or _opens_list(row)]
    listed = [row for row in over if groups and row.line.begin > groups[0].line.begin and not row.role]
    places = {row.line.begin: row for row in groups}

    items = []
    for item in layout.items:
        if (own := _listed_alone(text, item, over)) is not None:
            items.append(replace(item, group_access=own))
            continue
        title = item.title_in(text).casefold()
        line = next((row for row in listed if len(title) > 3 and title in row.line.text.casefold()), None)
        if line is not None and (item.group_access is None or item.group_access.line.begin in places):
            above = places[max(place for place in places if place < line.line.begin)]
            items.append(replace(item, group_access=above))
        else:
            items.append(_ungrouped(item, groups[-1], listed) if groups else item)
    if (first := _over_first(layout)) is not None:
        items = [item if item.group_access else replace(item, group_access=first) for item in items]
    return replace(layout, items=tuple(items))


def _over_first(layout: Layout) -> Row | None:
    """The heading right over the first item that opens the open ones, though it is an agenda's name too: a group of
    closed items comes later, or the paper has told before what it is ("Referat", "ÅBEN DAGSORDEN", "1. ...")."""
    rows = layout.header_rows
    if not rows or not _opens_list(rows[-1]):
        return None
    closed = any(item.group_access is not None and item.group_access.role == "closed" for item in layout.items)
    return rows[-1] if closed or any(row.role in {"minutes", "agenda"} for row in rows[:-1]) else None


def _listed_alone(text: str, item: ItemLayout, over: Sequence[Row]) -> Row | None:
    """The line of a list over the items that prints an access word of its own before the item's title."""
    title = item.title_in(text)
    for row in over if len(title) >= LEAST_TITLE else ():
        before, found, _ = row.line.text.partition(title)
        if found and before and (word := _LISTED.fullmatch(before)) is not None:
            role = "open" if word["word"][0] in "ÅåOo" else "closed"
            return Row(row.line, label=Label(role, word.start("word"), word.end("word"), word.end()))
    return None


def _ungrouped(item: ItemLayout, last: Row, listed: Sequence[Row]) -> ItemLayout:
    """An item that the contents do not list: their last group, which lists items of its own, is not over it."""
    heads_list = any(row.line.begin > last.line.begin and row.line.text[:1].isdecimal() for row in listed)
    return replace(item, group_access=None) if heads_list and item.group_access is last else item


def _opens_list(row: Row) -> bool:
    """Whether a line is a heading that lists open items, though it is an agenda's name too ("Åben dagsorden")."""
    return row.role == "agenda" and row.alone and row.line.text.casefold().startswith(_OPEN_LIST)


def _evidence(row: Row, begin: int, end: int) -> Evidence:
    return Evidence(begin, end, row.line.text[begin - row.line.begin : end - row.line.begin], "access_rights")
