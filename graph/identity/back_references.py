"""Where an item says itself that its case was treated before: "Økonomiudvalget, 10. september 2024, pkt. 56"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from graph.danish.bodies import read_bodies
from graph.danish.dates import read_dates
from graph.danish.sentences import sentences
from graph.identity.handled import Handled
from graph.identity.links import Sighting
from graph.model import Evidence

_POINT = re.compile(r"\b(?:pkt\.?|punkt|dagsordenspunkt|sag)(?: nr\.?)? ?(?P<number>\d{1,4})\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"\b(?:behandlede|behandlet|drøftede|drøftet|besluttede|tidligere|senest|udsatte|udsat|genoptag\w*|sendte|anbefal\w+"
    r"|indstill\w+|godkendte|tiltrådte)\b",
    re.IGNORECASE,
)
_CUES = ("pkt", "punkt", "sag nr", "behandl", "drøft", "tidligere", "senest", "udsat", "udsatte", "genoptag", "beslutt")
_ELSEWHERE = frozenset({"attachments", "access", "routing"})


@dataclass(frozen=True, slots=True)
class BackReference:
    """An earlier meeting that an item names as its case's, with the number of the item there, if printed."""

    body: str
    day: date
    number: str | None
    sighting: Sighting


def back_references(handled: Handled) -> Iterator[BackReference]:
    """The earlier meetings that an item names as its case's own, in the order of its text."""
    text = handled.minutes.source.text
    for begin, end in stretches(handled):
        part = text[begin:end]
        low = part.casefold()
        if not any(cue in low for cue in _CUES):
            continue
        for first, last in sentences(part):
            found = read_reference(handled, part[first:last])
            if found is not None:
                body, day, number = found
                words = Evidence(begin + first, begin + last, part[first:last])
                yield BackReference(body, day, number, Sighting(handled.minutes.source.text_hash, words))


def stretches(handled: Handled) -> Iterator[tuple[int, int]]:
    """The parts of the source that are the item's own text."""
    sections = [s for s in handled.treated.agenda_item.sections if s.section_kind not in _ELSEWHERE]
    if sections:
        yield from ((s.begin_index, s.end_index) for s in sections)
        return
    for evidence in handled.treated.agenda_item.sentences:
        yield evidence.begin_index, evidence.end_index


def read_reference(handled: Handled, sentence: str) -> tuple[str, date, str | None] | None:
    """Body, day and item number of an earlier treatment that a sentence tells of, or None."""
    point = _POINT.search(sentence)
    if point is None and not _BEFORE.search(sentence):
        return None
    bodies = read_bodies(sentence)
    days = [
        d.date
        for d in read_dates(sentence, near=handled.day)
        if d.date is not None and d.precision == "day" and d.date < handled.day
    ]
    if len(days) != 1 or len(bodies) > 1 or (not bodies and point is None):
        return None
    body = bodies[0].name if bodies else handled.body
    return handled.names.body(body), days[0], point["number"] if point else None
