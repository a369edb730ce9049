"""The items that concern a case, each in its meeting: what cases are told from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.identity.keys import Names, Treated, treated_items
from graph.identity.links import Sighting
from graph.model import Minutes


@dataclass(frozen=True, slots=True)
class Handled:
    """One item that concerns a case, in the meeting that it belongs to."""

    minutes: Minutes
    names: Names
    treated: Treated
    body: str
    day: date

    @property
    def case(self) -> str:
        """The case that the item mints."""
        return self.names.case(self.body, self.day, self.treated.key)

    @property
    def item(self) -> str:
        """The item's IRI."""
        return self.names.agenda_item(self.body, self.day, self.treated.key)

    @property
    def meeting(self) -> str:
        """The meeting's IRI."""
        return self.names.meeting(self.body, self.day)

    @property
    def order(self) -> tuple[date, str]:
        """What puts handled items in a steady order of time."""
        return self.day, self.case

    @property
    def title(self) -> str:
        """The item's title, empty where none is printed."""
        return self.treated.agenda_item.title or ""


def handled_items(corpus: Iterable[tuple[Minutes, Names]]) -> list[Handled]:
    """Every item of a corpus that concerns a case, earliest first; agenda and minutes of one meeting are one entry."""
    found: dict[str, Handled] = {}
    for minutes, names in corpus:
        body, day = minutes.meeting.held_by, minutes.meeting.meeting_date
        if body is None or day is None:
            continue
        for treated in treated_items(minutes.agenda_items):
            handled = Handled(minutes, names, treated, body, day)
            known = found.get(handled.case)
            if not treated.umbrella and (known is None or len(treated.agenda_item.decisions) > 0):
                found[handled.case] = handled
    return sorted(found.values(), key=lambda h: h.order)


def sighted(handled: Handled) -> tuple[Sighting, ...]:
    """The words that stand for an item: its title's line."""
    sentences = handled.treated.agenda_item.sentences[:1]
    return tuple(Sighting(handled.minutes.source.text_hash, evidence) for evidence in sentences)
