"""What the resolver answers about a made municipality, beside what is true: rows to be scored."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Self

from graph.identity.across import Across, identify
from graph.identity.keys import Names, treated_items
from graph.identity.person_mentions import participation_iri, person_mentions
from graph.identity.routes import step_iri, step_states
from graph.model import Minutes
from tests.maker.measures import Row
from tests.maker.minutes import minutes_of, settings_of
from tests.maker.truth import TrueMeeting, TrueMention, TrueMunicipality

BASE = "http://127.0.0.1:8000"


@dataclass(frozen=True, slots=True)
class Resolved:
    """A made municipality with its minutes and what was resolved from them."""

    true: TrueMunicipality
    names: Names
    corpus: list[tuple[Minutes, Names]]
    across: Across

    @classmethod
    def of(cls, true: TrueMunicipality) -> Self:
        """A made municipality, resolved."""
        names = Names(BASE, settings_of(true))
        corpus = [(minutes_of(meeting), names) for meeting in true.minutes]
        return cls(true, names, corpus, identify(corpus))

    def pairs(self) -> Iterator[tuple[TrueMeeting, Minutes]]:
        """Each meeting with its minutes."""
        for meeting, (minutes, _) in zip(self.true.minutes, self.corpus, strict=True):
            yield meeting, minutes

    def people(self) -> list[Row]:
        """Every mention of a person or a post alone, with the true person and the one found."""
        people, holders = self.across.people, self.across.holders
        found = {}
        for mention in person_mentions(self.corpus):
            if mention.name:
                found[mention.place] = people.person(mention)
            else:
                person = holders.get((mention.place, mention.key), mention.place)
                found[mention.place] = people.leaders.get(person, person)
        return [Row(one.person, found[place], one.variation) for place, one in self.places()]

    def places(self) -> Iterator[tuple[str, TrueMention]]:
        """Each true mention with the address of the participation that it becomes."""
        for meeting, minutes in self.pairs():
            place = self.names.meeting(meeting.written, meeting.day)
            for one in meeting.roll:
                yield participation_iri(place, self.agent(one), one.status), one
            for row, item in zip(treated_items(minutes.agenda_items), meeting.items, strict=True):
                iri = self.names.agenda_item(meeting.written, meeting.day, row.key)
                for one in item.people:
                    yield participation_iri(iri, self.agent(one), one.status), one

    def agent(self, one: TrueMention) -> str:
        """The key that a source gives whom a mention names."""
        return self.names.person(one.written) if one.written else self.names.post(one.post)

    def cases(self) -> list[Row]:
        """Every item with its true case and the one found."""
        rows = []
        for meeting, minutes in self.pairs():
            for row, item in zip(treated_items(minutes.agenda_items), meeting.items, strict=True):
                case = self.names.case(meeting.written, meeting.day, row.key)
                rows.append(Row(item.case, self.across.leaders.get(case, case), item.told_by))
        return rows

    def bodies(self) -> list[Row]:
        """Every body that a meeting or a stop names, with the true body and the line found."""
        rows = []
        for meeting in self.true.minutes:
            rows.append(self.body_row(meeting.body, meeting.written))
            rows += [self.body_row(stop.body, stop.written) for item in meeting.items for stop in item.stops]
        return rows

    def body_row(self, key: str, written: str) -> Row:
        """A body as written, with the true one and the line found."""
        name = self.names.body_name(written)
        plain = {n for _, n in self.true.bodies[key].names}
        renamed = len(plain) > 1
        variation = "other form" if written not in plain else "renamed" if renamed else "plain"
        return Row(key, self.across.bodies.line(self.names.body(name)), variation)

    def states(self) -> list[Row]:
        """Every planned stop with the true state and the one found; pending where none can be told."""
        leaders = self.across.leaders
        told = step_states(self.corpus, self.across.handled, leaders, lines=self.across.bodies.lines)
        found = {state.step: state.state for state in told}
        rows = []
        for meeting, minutes in self.pairs():
            for row, item in zip(treated_items(minutes.agenda_items), meeting.items, strict=True):
                iri = self.names.agenda_item(meeting.written, meeting.day, row.key)
                for step, stop in zip(row.agenda_item.routing_steps, item.stops, strict=True):
                    rows.append(Row(stop.state, found.get(step_iri(iri, step), "pending"), stop.variation))
        return rows
