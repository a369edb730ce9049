"""Standing text: paragraphs that a body's meetings repeat word for word, counted once and never per meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from graph.identity.keys import Names, treated_items
from graph.identity.links import Sighting
from graph.model import Minutes


@dataclass(frozen=True, slots=True)
class StandingText:
    """One paragraph that stands in two or more meetings of a body, with every place it was seen."""

    iri: str
    text_hash: str
    sightings: tuple[Sighting, ...]
    framings: tuple[str, ...]


def standing_texts(corpus: Iterable[tuple[Minutes, Names]]) -> list[StandingText]:
    """The standing texts of a corpus in a steady order."""
    days: dict[tuple[str, str], set[date]] = defaultdict(set)
    sightings: dict[tuple[str, str], set[tuple[str, int]]] = defaultdict(set)
    places: dict[tuple[str, int], Sighting] = {}
    framings: dict[tuple[str, str], set[str]] = defaultdict(set)
    for minutes, names in corpus:
        body, day = minutes.meeting.held_by, minutes.meeting.meeting_date
        if body is None or day is None:
            continue
        for row in treated_items(minutes.agenda_items):
            item = names.agenda_item(body, day, row.key)
            for recurring in row.agenda_item.recurring_texts:
                key = names.recurring_text(body, recurring.text_hash), recurring.text_hash
                days[key].add(day)
                for evidence in recurring.sentences:
                    place = minutes.source.text_hash, evidence.begin_index
                    places[place] = Sighting(minutes.source.text_hash, evidence)
                    sightings[key].add(place)
            for framing in row.agenda_item.sdg_framings:
                key = names.recurring_text(body, framing.text_hash), framing.text_hash
                framings[key].add(framing_iri(item, framing.framing_level, framing.framing_goal))
    return [
        StandingText(key[0], key[1], tuple(places[p] for p in sorted(sightings[key])), tuple(sorted(framings[key])))
        for key in sorted(days)
        if len(days[key]) > 1
    ]


def framing_iri(item: str, level: str, goal: str | None) -> str:
    """The IRI of an item's framing: one a level, or one a goal or target."""
    return f"{item}#framing-{goal.replace('.', '-') if goal else level}"
