"""What tells which case an item is about: words and how rare they are, numbers, officials, documents, planned stops."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from graph.identity.attachments import belonging
from graph.identity.handled import Handled
from graph.identity.keys import normal
from graph.identity.words import telling_words
from graph.model import Attachment

_NUMBER = re.compile(r"\b\d+\b")
_ALWAYS_RARE = 4
_STANDING_MEETINGS = 5
_STANDING_SHARE = 0.5
_WIDE_DOCUMENT = 8

Line = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Traits:
    """What one item's case is told from."""

    handled: Handled
    case: str
    meeting: str
    line: str
    words: frozenset[str]
    numbers: frozenset[str]
    chiefs: frozenset[str]
    documents: frozenset[str]
    case_number: str | None
    planned: Mapping[str, frozenset[date | None]]


@dataclass(slots=True)
class Rarity:
    """How rare a word is among the titles of a municipality: 1 where at most four titles hold it, towards 0."""

    counts: Counter[str] = field(default_factory=Counter)
    titles: int = 0

    def of(self, word: str) -> float:
        """The rarity of one word."""
        count = self.counts[word]
        if count <= _ALWAYS_RARE:
            return 1.0
        return max(0.0, math.log(self.titles / count) / math.log(max(2.0, self.titles / _ALWAYS_RARE)))

    def sum(self, words: frozenset[str]) -> float:
        """The rarity of some words together."""
        return sum(self.of(word) for word in words)


def traits_of(handled: Sequence[Handled], line: Line) -> list[Traits]:
    """The traits of each item in the order given; `line` gives the line of bodies that a body belongs to."""
    documents = document_numbers(handled)
    standing = standing_numbers(handled)
    return [
        Traits(
            handled=h,
            case=h.case,
            meeting=h.meeting,
            line=line(h.names.body(h.body)),
            words=telling_words(h.title),
            numbers=frozenset(_NUMBER.findall(h.title)),
            chiefs=officials(h),
            documents=documents[h.case],
            case_number=identifying_number(h, standing),
            planned=planned_stops(h, line),
        )
        for h in handled
    ]


def rarity(traits: Sequence[Traits]) -> dict[str, Rarity]:
    """How rare words are, by municipality: counted once a title, so that a case seen many times stays told."""
    found: dict[str, Rarity] = defaultdict(Rarity)
    seen: set[tuple[str, frozenset[str]]] = set()
    for one in traits:
        code = one.handled.names.settings.code
        if (code, one.words) not in seen:
            seen.add((code, one.words))
            found[code].counts.update(one.words)
            found[code].titles += 1
    return found


def officials(handled: Handled) -> frozenset[str]:
    """The officials who take part in an item, by name or else by post."""
    return frozenset(
        normal(p.agent or (p.acting_as.post if p.acting_as else ""))
        for p in handled.treated.agenda_item.participations
        if p.participation_status in ("announced", "recorded") and (p.agent or p.acting_as) and not p.party
    )


def planned_stops(handled: Handled, line: Line) -> dict[str, frozenset[date | None]]:
    """The lines of bodies that an item sends its case to, with the days planned."""
    found: dict[str, set[date | None]] = defaultdict(set)
    for step in handled.treated.agenda_item.routing_steps:
        if step.target_body:
            found[line(handled.names.body(step.target_body))].add(step.planned_date)
    return {body: frozenset(days) for body, days in found.items()}


def document_numbers(handled: Sequence[Handled]) -> dict[str, frozenset[str]]:
    """The document and file numbers of each item's attachments, those left out that many meetings or items share."""
    found: dict[str, frozenset[str]] = {}
    meetings: dict[str, set[str]] = defaultdict(set)
    items: dict[str, set[str]] = defaultdict(set)
    own: dict[str, list[Attachment]] = defaultdict(list)
    for attachment, link in belonging(handled):
        own[link.target].append(attachment)
    for h in handled:
        carried = (*h.treated.agenda_item.attachments, *own[h.case])
        numbers = {a.identifier or "" for a in carried} | {a.case_file or "" for a in carried}
        found[h.case] = frozenset(f"{h.names.settings.code} {number}" for number in numbers if number)
        for number in found[h.case]:
            meetings[number].add(h.meeting)
            items[number].add(h.case)
    wide = {n for n in meetings if len(meetings[n]) > _WIDE_DOCUMENT or len(items[n]) > len(meetings[n])}
    return {case: numbers - wide for case, numbers in found.items()}


def standing_numbers(handled: Sequence[Handled]) -> frozenset[tuple[str, str]]:
    """The case numbers that identify no case: two items of one meeting share them, or most of a body's meetings do."""
    meetings: dict[str, set[date]] = defaultdict(set)
    holders: dict[tuple[str, str], list[Handled]] = defaultdict(list)
    for h in handled:
        meetings[h.names.body(h.body)].add(h.day)
        if h.treated.agenda_item.case_number:
            holders[h.names.settings.code, h.treated.agenda_item.case_number].append(h)
    found = set()
    for number, held in holders.items():
        days: dict[str, set[date]] = defaultdict(set)
        for h in held:
            days[h.names.body(h.body)].add(h.day)
        crowded = len(held) > sum(len(d) for d in days.values())
        if crowded or any(is_standing(own, meetings[body]) for body, own in days.items()):
            found.add(number)
    return frozenset(found)


def is_standing(days: set[date], meetings: set[date]) -> bool:
    """Whether a number stands on the agenda of most meetings of a body between its first and its last."""
    between = sum(1 for day in meetings if min(days) <= day <= max(days))
    return len(days) >= _STANDING_MEETINGS and len(days) > between * _STANDING_SHARE


def identifying_number(handled: Handled, standing: frozenset[tuple[str, str]]) -> str | None:
    """The item's case number where it identifies a case; never where the title only names a standing matter."""
    number = handled.treated.agenda_item.case_number
    if number is None or (handled.names.settings.code, number) in standing or not telling_words(handled.title):
        return None
    return number
