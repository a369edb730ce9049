"""What became of planned stops: met, moved or lapsed, told by the minutes that are held.

Whether a stop without minutes is pending or overdue depends on the day one asks, and is never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.identity.handled import Handled
from graph.identity.keys import Names, held, slug, treated_items
from graph.model import Minutes, RoutingStep

Corpus = Sequence[tuple[Minutes, Names]]
MOVED_WITHIN = timedelta(days=120)


@dataclass(frozen=True, slots=True)
class StepState:
    """The state of one planned stop, with the treatment that met it where there is one."""

    step: str
    state: str
    treatment: str | None
    sources: tuple[str, ...]


def step_iri(item: str, step: RoutingStep) -> str:
    """The IRI of a planned stop: a fragment of the item that plans it."""
    return f"{item}#step-{step.step_source}-{step.step_order}-{slug(step.target_body or 'unstated')}"


@dataclass(slots=True)
class Record:
    """The meetings whose minutes are held, and what they treated."""

    leaders: dict[str, str]
    treatments: dict[tuple[str, str], list[Handled]]
    meetings: dict[tuple[str, date], str]

    def of(self, planner: Handled, step: RoutingStep) -> StepState | None:
        """The state of one planned stop; None where no minutes tell."""
        body = planner.names.body(step.target_body or "")
        case = self.leaders.get(planner.case, planner.case)
        since = [h for h in self.treatments.get((case, body), ()) if h.day >= (step.planned_date or planner.day)]
        first, own, day = (
            min(since, key=lambda h: h.order, default=None),
            planner.minutes.source.text_hash,
            step.planned_date,
        )
        if first and (day is None or first.day - day <= MOVED_WITHIN):
            state = "met" if day in (None, first.day) else "moved"
            sources = tuple(sorted({own, first.minutes.source.text_hash}))
            return StepState(step_iri(planner.item, step), state, f"{first.item}#treatment", sources)
        minutes = self.meetings.get((body, day)) if day else None
        if minutes is None:
            return None
        return StepState(step_iri(planner.item, step), "lapsed", None, tuple(sorted({own, minutes})))


def held_record(corpus: Corpus, handled: list[Handled], leaders: dict[str, str]) -> Record:
    """What the minutes of a corpus record; agendas tell nothing of what was treated."""
    treatments: dict[tuple[str, str], list[Handled]] = defaultdict(list)
    for h in handled:
        if held(h.minutes):
            treatments[leaders.get(h.case, h.case), h.names.body(h.body)].append(h)
    meetings = {
        (names.body(minutes.meeting.held_by), minutes.meeting.meeting_date): minutes.source.text_hash
        for minutes, names in corpus
        if held(minutes) and minutes.meeting.held_by and minutes.meeting.meeting_date
    }
    return Record(leaders, treatments, meetings)


def step_states(corpus: Corpus, handled: list[Handled], leaders: dict[str, str]) -> list[StepState]:
    """The states that can be told of all planned stops of a corpus, in a steady order."""
    record = held_record(corpus, handled, leaders)
    told = (record.of(h, step) for h in handled for step in h.treated.agenda_item.routing_steps if step.target_body)
    states = [state for state in told if state]
    for minutes, names in corpus:
        states += umbrella_states(minutes, names)
    return sorted(states, key=lambda s: s.step)


def umbrella_states(minutes: Minutes, names: Names) -> list[StepState]:
    """The stop that an umbrella item's own field names is met by the meeting itself, where it is the meeting's body."""
    body, day = minutes.meeting.held_by, minutes.meeting.meeting_date
    if body is None or day is None or not held(minutes):
        return []
    return [
        StepState(step_iri(item, step), "met", f"{item}#treatment", (minutes.source.text_hash,))
        for row in treated_items(minutes.agenda_items)
        for item in (names.agenda_item(body, day, row.key),)
        for step in (row.agenda_item.routing_steps if row.umbrella else ())
        if step.target_body and step.step_source == "field" and names.body(step.target_body) == names.body(body)
    ]
