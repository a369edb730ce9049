"""What became of planned stops: met, moved, lapsed, contradicted or withdrawn, told by the minutes that are held.

Whether a stop without minutes is pending or overdue depends on the day one asks, and is never stored.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from graph.identity.handled import Handled
from graph.identity.keys import Names, held, slug, treated_items
from graph.identity.turns import POSTPONED, WITHDRAWN, Turn, turns
from graph.model import Minutes, RoutingStep

Corpus = Sequence[tuple[Minutes, Names]]
MOVED_WITHIN = timedelta(days=120)
_UNDATED_WITHIN = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class StepState:
    """The state of one planned stop, with the treatment that met it where there is one."""

    step: str
    state: str
    treatment: str | None
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stop:
    """A planned stop with the item that plans it, the case it is of, and the line of bodies it goes to."""

    planner: Handled
    step: RoutingStep
    case: str
    line: str

    @property
    def iri(self) -> str:
        """The stop's address."""
        return step_iri(self.planner.item, self.step)

    @property
    def day(self) -> date | None:
        """The day planned, if one can be told."""
        return self.step.planned_date

    def state(self, state: str, met_by: Handled | None, *sources: str) -> StepState:
        """The stop in a state, with the sources that tell it beside its own."""
        own = self.planner.minutes.source.text_hash
        told = {own, *sources, *((met_by.minutes.source.text_hash,) if met_by else ())}
        return StepState(self.iri, state, f"{met_by.item}#treatment" if met_by else None, tuple(sorted(told)))


def step_iri(item: str, step: RoutingStep) -> str:
    """The IRI of a planned stop: a fragment of the item that plans it."""
    return f"{item}#step-{step.step_source}-{step.step_order}-{slug(step.target_body or 'unstated')}"


class Record:
    """The meetings whose minutes are held, what they treated, and what is planned."""

    def __init__(
        self, corpus: Corpus, handled: list[Handled], leaders: dict[str, str], *, lines: Mapping[str, str]
    ) -> None:
        self.leaders, self.lines = leaders, lines
        self.meetings = {
            (self.line(names.body(minutes.meeting.held_by)), minutes.meeting.meeting_date): minutes.source.text_hash
            for minutes, names in corpus
            if held(minutes) and minutes.meeting.held_by and minutes.meeting.meeting_date
        }
        recorded = [h for h in handled if held(h.minutes)]
        self.treatments: dict[str, list[Handled]] = defaultdict(list)
        for h in recorded:
            self.treatments[self.leader(h.case)].append(h)
        self.turns: dict[str, list[Turn]] = defaultdict(list)
        for turn in turns(recorded):
            self.turns[self.leader(turn.case)].append(turn)
        self.plans: dict[tuple[str, str], list[Stop]] = defaultdict(list)
        for h in handled:
            for step in h.treated.agenda_item.routing_steps:
                if step.target_body:
                    stop = Stop(h, step, self.leader(h.case), self.line(h.names.body(step.target_body)))
                    self.plans[stop.case, stop.line].append(stop)

    def leader(self, case: str) -> str:
        """The case that holds for a case's key."""
        return self.leaders.get(case, case)

    def line(self, body: str) -> str:
        """The line of bodies that a body belongs to."""
        return self.lines.get(body, body)

    def place(self, handled: Handled) -> str:
        """The line of bodies whose meeting an item is of."""
        return self.line(handled.names.body(handled.body))

    def states(self) -> list[StepState]:
        """The states that can be told of all planned stops."""
        told = (self.state(stop) for stops in self.plans.values() for stop in stops)
        return [state for state in told if state]

    def state(self, stop: Stop) -> StepState | None:
        """The state of one planned stop; None where no minutes tell."""
        treated = self.treatment(stop)
        if treated is not None:
            return self.treated(stop, treated)
        if withdrawal := self.withdrawal(stop):
            return stop.state("withdrawn", None, withdrawal.sighting.source)
        if stop.day is None:
            return None
        if other := self.planned_otherwise(stop):
            return stop.state("contradicted", None, other.planner.minutes.source.text_hash)
        minutes = self.meetings.get((stop.line, stop.day))
        if minutes is None:
            return None
        elsewhere = self.elsewhere(stop)
        return stop.state("moved" if elsewhere else "lapsed", elsewhere, minutes)

    def treatment(self, stop: Stop) -> Handled | None:
        """The treatment that a stop came to: on its day, else the first after it, else one before it."""
        own = self.place(stop.planner) == stop.line and stop.step.step_source == "field" and stop.day is None
        there = [
            h
            for h in self.treatments.get(stop.case, ())
            if self.place(h) == stop.line and (h.day > stop.planner.day or (own and h.item == stop.planner.item))
        ]
        if stop.day is None:
            return min((h for h in there if h.day - stop.planner.day <= _UNDATED_WITHIN), key=by_day, default=None)
        exact = [h for h in there if h.day == stop.day]
        promised = {s.day for s in self.plans[stop.case, stop.line] if s.planner.item == stop.planner.item}
        free = [h for h in there if h.day not in promised]
        later = [h for h in free if stop.day < h.day <= stop.day + MOVED_WITHIN]
        sooner = [h for h in free if h.day < stop.day]
        return next((min(some, key=by_day) for some in (exact, later, sooner) if some), None)

    def treated(self, stop: Stop, treated: Handled) -> StepState:
        """The state of a stop that came to a treatment: withdrawn there, put off and held later, met or moved."""
        kinds = {turn.kind for turn in self.turns.get(stop.case, ()) if turn.item == treated.item}
        if WITHDRAWN in kinds:
            return stop.state("withdrawn", treated)
        if POSTPONED in kinds:
            again = [
                h
                for h in self.treatments[stop.case]
                if self.place(h) == stop.line and treated.day < h.day <= treated.day + MOVED_WITHIN
            ]
            if again:
                return stop.state("moved", min(again, key=by_day), treated.minutes.source.text_hash)
        return stop.state("met" if stop.day in (None, treated.day) else "moved", treated)

    def withdrawal(self, stop: Stop) -> Turn | None:
        """The decision that took the case back between the plan and its day."""
        taken = [
            turn
            for turn in self.turns.get(stop.case, ())
            if turn.kind == WITHDRAWN and turn.day >= stop.planner.day and (stop.day is None or turn.day <= stop.day)
        ]
        return min(taken, key=lambda turn: (turn.day, turn.item), default=None)

    def planned_otherwise(self, stop: Stop) -> Stop | None:
        """A later item's plan for the same body on another day, said before this one came, and this one no more."""
        later = [
            s
            for s in self.plans[stop.case, stop.line]
            if s.day and stop.day and stop.planner.day < s.planner.day <= stop.day
        ]
        if not later or any(s.day == stop.day for s in later):
            return None
        return min(later, key=lambda s: (s.planner.order, s.iri))

    def elsewhere(self, stop: Stop) -> Handled | None:
        """The treatment in another body of the same kind that nobody planned, where the stop's own never treats it."""
        kind = kind_of(stop.planner.names, stop.step.target_body or "")
        if kind is None or stop.day is None:
            return None
        found = [
            h
            for h in self.treatments.get(stop.case, ())
            if stop.planner.day < h.day <= stop.day + MOVED_WITHIN
            and kind_of(h.names, h.body) == kind
            and self.place(h) not in (stop.line, self.place(stop.planner))
            and (stop.case, self.place(h)) not in self.plans
        ]
        return min(found, key=by_day, default=None)


def by_day(handled: Handled) -> tuple[date, str]:
    """What puts treatments in order of time."""
    return handled.order


def kind_of(names: Names, body: str) -> str | None:
    """What kind of body it is, where the settings tell."""
    return names.settings.kinds.get(names.body_name(body))


def step_states(
    corpus: Corpus, handled: list[Handled], leaders: dict[str, str], *, lines: Mapping[str, str] | None = None
) -> list[StepState]:
    """The states that can be told of all planned stops of a corpus, in a steady order.

    `lines` gives for a body that took over from another the line that both belong to.
    """
    states = Record(corpus, handled, leaders, lines=lines or {}).states()
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
