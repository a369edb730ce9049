"""Closed matter: an item that is closed keeps its place, that it is closed, and its title where one is printed.

What else a source prints of it is masked in the text before anything is read from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from graph.model import AgendaItem, Claim, Evidence, Minutes, claims
from graph.privacy.masks import MASK

NAMING = ("", "title", "item_number", "access_rights")
_WORDS = re.compile(r"\S")
_SAYS_CLOSED = re.compile(
    r"(?:[A-ZÆØÅ]{2,6}(?:/[A-ZÆØÅ]{2,6}){0,8} [-–] )?"
    r"(?:Lukket|LUKKET|Fortroligt?|FORTROLIG)(?:(?: punkt| sag)\b)?[ :–-]*"
)
_CLOSED_BEHIND = " (Lukket)"


def closed_spans(minutes: Minutes, *, titles: bool = True) -> tuple[tuple[int, int], ...]:
    """The places of a text that tell more of closed items than that they are there; empty where it tells no more.

    `titles` says whether the titles of closed items and attachments may stand.
    """
    text = minutes.source.text
    kept = sorted((e.begin_index, e.end_index) for e in _kept(minutes))
    found: list[tuple[int, int]] = []
    for begin, end in _closed_parts(minutes.agenda_items, len(text)):
        place = begin
        for first, last in kept:
            if first < end and last > place:
                found.append((place, first))
                place = max(place, last)
        found.append((place, end))
    found += _closed_numbers(minutes)
    if not titles:
        found += _closed_titles(minutes)
    return tuple((begin, end) for begin, end in found if begin < end and _WORDS.search(text, begin, end))


def _kept(minutes: Minutes) -> Iterator[Evidence]:
    """The words that stay wherever they stand: what names the items, and the meeting's own."""
    yield from (e for e in minutes.meeting.evidence if e.supports)
    for item in _all(minutes.agenda_items):
        yield from (e for e in item.evidence if e.supports in NAMING)


def _closed_parts(items: tuple[AgendaItem, ...], end: int) -> Iterator[tuple[int, int]]:
    """From where a closed item begins to where the next item does, or the text ends."""
    ends = [_begin(item) for item in items[1:]] + [end] * bool(items)
    for item, until in zip(items, ends, strict=True):
        if item.access_rights == "closed":
            yield _title_begin(item), max(until, _title_begin(item))
        else:
            yield from _closed_parts(item.agenda_items, until)


def _closed_numbers(minutes: Minutes) -> Iterator[tuple[int, int]]:
    """Case numbers of closed items, wherever they stand, and the numbers and files of closed attachments."""
    for item in _all(minutes.agenda_items):
        if item.access_rights == "closed":
            yield from ((e.begin_index, e.end_index) for e in item.evidence if e.supports == "case_number")
        for attachment in item.attachments:
            if attachment.access_rights == "closed":
                hidden = ("identifier", "case_file")
                yield from ((e.begin_index, e.end_index) for e in attachment.evidence if e.supports in hidden)


def _closed_titles(minutes: Minutes) -> Iterator[tuple[int, int]]:
    """What the titles of closed items and attachments say beyond that they are closed."""
    text = minutes.source.text
    for item in _all(minutes.agenda_items):
        for title in (e for e in item.evidence if e.supports == "title" and item.access_rights == "closed"):
            told = _SAYS_CLOSED.match(text, title.begin_index, title.end_index)
            behind = len(_CLOSED_BEHIND) if title.anchor_of.endswith(_CLOSED_BEHIND) else 0
            yield told.end() if told else title.begin_index, title.end_index - behind
        for attachment in (a for a in item.attachments if a.access_rights == "closed"):
            yield from ((e.begin_index, e.end_index) for e in attachment.evidence if e.supports == "title")


def closed_places(minutes: Minutes) -> tuple[bool, ...]:
    """Which of the items are closed, in order."""
    return tuple(item.access_rights == "closed" for item in _all(minutes.agenda_items))


def newly_closed(before: Minutes, now: Minutes) -> bool:
    """Whether an item or attachment is closed in a source that was not so in the source before it."""
    return bool(_closed(now) - _closed(before))


def _closed(minutes: Minutes) -> set[tuple[int, str]]:
    """What is closed: items by their place, attachments by place and title."""
    places = list(enumerate(_all(minutes.agenda_items)))
    items = {(n, "") for n, item in places if item.access_rights == "closed"}
    return items | {(n, a.title) for n, item in places for a in item.attachments if a.access_rights == "closed"}


def _title_begin(item: AgendaItem) -> int:
    """Where an item's own line begins."""
    return min((e.begin_index for e in item.evidence if e.supports in ("", "title")), default=_begin(item))


def _begin(item: AgendaItem) -> int:
    """Where the first of an item's words stands that name it."""
    own = [e.begin_index for e in item.evidence if e.supports in ("", "title", "item_number")]
    return min(own, default=min((e.begin_index for c in claims(item) for e in c.evidence), default=0))


def _all(items: tuple[AgendaItem, ...]) -> Iterator[AgendaItem]:
    for item in items:
        yield item
        yield from _all(item.agenda_items)


def with_shells(minutes: Minutes) -> Minutes:
    """The minutes with every closed item as a shell."""
    return replace(minutes, agenda_items=tuple(shell(item) for item in minutes.agenda_items))


def shell(item: AgendaItem) -> AgendaItem:
    """A closed item without all that is said of it; an open one with its closed parts as shells."""
    if item.access_rights != "closed":
        return replace(item, agenda_items=tuple(shell(part) for part in item.agenda_items))
    return AgendaItem(
        item_order=item.item_order,
        title=" ".join((item.title or "").replace(MASK, "").split()).rstrip(" :–-") or None,
        item_number=item.item_number,
        access_rights=item.access_rights,
        evidence=_evidence(item, NAMING),
        extraction_method=item.extraction_method,
        confidence=item.confidence,
    )


def _evidence(claim: Claim, kept: tuple[str, ...]) -> tuple[Evidence, ...]:
    return tuple(e for e in claim.evidence if e.supports in kept)
