"""The meetings of a case and who took part in its treatment there: announced against recorded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.evidence import Quote, Quotes
from api.views.rows import Row, Thing, day, distinct, grouped, key, thing, word

# What is said of a person, the weightiest status first; silence in the minutes is never told as absence.
TOLD = {
    "recused": "var inhabil",
    "absent": "var fraværende",
    "recorded": "deltog under punktet",
    "present": "var til stede",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """A person's part in one meeting's treatment; `status` is a phrase of the pages."""

    person: Thing
    post: str
    holding: str
    party: str
    status: str
    unrecorded: bool
    inferred: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One meeting that had the case on its agenda, and those who took part."""

    iri: str
    body: Thing | None
    day: date | None
    title: str
    held: bool
    participants: tuple[Participant, ...]


def meetings(rows: Mapping[str, Sequence[Row]], found: Quotes) -> tuple[Meeting, ...]:
    """The meetings of a case in order, from the rows of items and people."""
    made = []
    for iri, same in grouped(rows["items"], "meeting").items():
        items = set(distinct(same, "item"))
        held = any(key(word(row, "status")) != "planned" for row in same)
        present = [row for row in rows["people"] if word(row, "item") in items]
        made.append(
            Meeting(
                iri=iri,
                body=thing(same[0], "body"),
                day=day(same[0], "date"),
                title=word(same[0], "title"),
                held=held,
                participants=tuple(participants(present, found, "held" if held else "planned")),
            )
        )
    return tuple(made)


def participants(rows: Iterable[Row], found: Quotes, treatment: str) -> Iterable[Participant]:
    """One entry a person of a meeting, whatever the number of sentences that name them."""
    for iri, same in grouped(rows, "agent").items():
        statuses = {key(status) for status in distinct(same, "status")}
        told = next((phrase for status, phrase in TOLD.items() if status in statuses), "")
        inferred = [row for row in same if "inferred" in row]
        yield Participant(
            person=Thing(iri, word(same[0], "name")),
            post=next(iter(distinct(same, "role")), ""),
            holding=next(iter(distinct(same, "holding")), ""),
            party=next(iter(distinct(same, "party")), ""),
            status=told or ("skulle deltage; ikke nævnt i beslutningen" if treatment == "held" else "skal deltage"),
            unrecorded=not told and treatment == "held",
            inferred=distinct(inferred, "reason") or distinct(inferred, "inferred"),
            quotes=tuple(
                dict.fromkeys(quote for node in distinct(same, "participation") for quote in found.get(node, ()))
            ),
        )
