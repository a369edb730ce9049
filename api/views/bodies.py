"""What the pages of a body, of all bodies and of a meeting show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.route import told_by
from api.views.rows import Row, Thing, access, count, day, distinct, grouped, key, thing, word

MEETINGS_A_PAGE = 60


@dataclass(frozen=True, slots=True)
class Way:
    """So many cases sent from one body to another."""

    source: Thing
    target: Thing
    cases: int


@dataclass(frozen=True, slots=True)
class PlannedCase:
    """A case sent to a body: the day, the date as the text puts it, and what is known of it."""

    case: Thing
    day: date | None
    stated: str
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyView:
    """The page of a body; `years` holds its meetings, each with the number of items, and `before` the next page."""

    iri: str
    label: str
    kinds: tuple[str, ...]
    municipality: Thing | None
    years: Mapping[int, tuple[tuple[Thing, date, int], ...]]
    before: str
    sent: tuple[Way, ...]
    received: tuple[Way, ...]
    planned: tuple[PlannedCase, ...]
    people: tuple[tuple[Thing, int], ...]
    as_of: date


def body_view(body: Sequence[Row], rows: Mapping[str, Sequence[Row]], *, ways: Iterable[Way], as_of: date) -> BodyView:
    """The page from the rows of body.rq, and of body-meetings.rq, -planned.rq and -people.rq by those names."""
    iri, known = word(body[0], "body"), list(ways)
    shown = rows["meetings"][:MEETINGS_A_PAGE]
    years: dict[int, list[tuple[Thing, date, int]]] = {}
    for row in shown:
        if on := day(row, "date"):
            years.setdefault(on.year, []).append((Thing(word(row, "meeting"), ""), on, count(row, "items")))
    return BodyView(
        iri=iri,
        label=word(body[0], "label"),
        kinds=distinct(body, "kind"),
        municipality=thing(body[0], "municipality"),
        years={year: tuple(meetings) for year, meetings in years.items()},
        before=word(shown[-1], "date") if len(rows["meetings"]) > MEETINGS_A_PAGE else "",
        sent=tuple(way for way in known if way.source.iri == iri),
        received=tuple(way for way in known if way.target.iri == iri),
        planned=planned_cases(rows["planned"], as_of),
        people=tuple(
            (Thing(word(row, "who"), word(row, "whoLabel")), count(row, "meetings")) for row in rows["people"]
        ),
        as_of=as_of,
    )


def planned_cases(rows: Iterable[Row], as_of: date) -> tuple[PlannedCase, ...]:
    """The cases that wait at a body: those whose stop nothing has settled, each case and day once."""
    found: dict[tuple[str, date | None], PlannedCase] = {}
    for row in rows:
        on, case = day(row, "date"), Thing(word(row, "case"), word(row, "title"))
        if not word(row, "status"):
            found.setdefault((case.iri, on), PlannedCase(case, on, word(row, "stated"), told_by(on, as_of)))
    return tuple(found.values())


def ways(rows: Iterable[Row]) -> tuple[Way, ...]:
    """The ways between bodies from the rows of flows.rq."""
    return tuple(
        Way(source, target, count(row, "cases"))
        for row in rows
        if (source := thing(row, "from")) and (target := thing(row, "to"))
    )


@dataclass(frozen=True, slots=True)
class ListedBody:
    """A body in the list."""

    body: Thing
    meetings: int
    last: date | None


@dataclass(frozen=True, slots=True)
class BodiesView:
    """The list of bodies and departments by municipality, and the ways between bodies."""

    bodies: Mapping[str, tuple[ListedBody, ...]]
    departments: Mapping[str, tuple[Thing, ...]]
    ways: tuple[Way, ...]


def bodies_view(rows: Iterable[Row], departments: Iterable[Row], known: Iterable[Way]) -> BodiesView:
    """The list from the rows of bodies.rq and departments.rq."""
    bodies: dict[str, list[ListedBody]] = {}
    for row in rows:
        listed = ListedBody(Thing(word(row, "body"), word(row, "label")), count(row, "meetings"), day(row, "last"))
        bodies.setdefault(word(row, "municipalityLabel"), []).append(listed)
    units: dict[str, list[Thing]] = {}
    for row in departments:
        units.setdefault(word(row, "municipalityLabel"), []).append(Thing(word(row, "unit"), word(row, "label")))
    return BodiesView(
        {name: tuple(found) for name, found in bodies.items()},
        {name: tuple(found) for name, found in units.items()},
        tuple(known),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AgendaEntry:
    """One item of an agenda with the case, the verdicts and its sub-items; `nameless` is what it is without a title."""

    iri: str
    number: str
    title: str
    nameless: str
    closed: bool
    case: str
    verdicts: tuple[str, ...]
    outcomes: tuple[str, ...]
    below: tuple[AgendaEntry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingView:
    """The page of a meeting; `present` and `absent` are those the source tells of for the meeting as a whole."""

    iri: str
    label: str
    day: date | None
    body: Thing | None
    municipality: Thing | None
    sources: tuple[tuple[Thing, str], ...]
    held: bool
    agenda: tuple[AgendaEntry, ...]
    present: tuple[tuple[Thing, str], ...]
    absent: tuple[tuple[Thing, str], ...]
    others: tuple[tuple[Thing, str], ...]


def meeting_view(meeting: Sequence[Row], items: Sequence[Row], people: Sequence[Row]) -> MeetingView:
    """The page from the rows of meeting.rq, meeting-items.rq and meeting-people.rq."""
    sources = {source: word(row, "kind") for row in meeting if (source := thing(row, "source"))}
    whole = [row for row in people if "whole" in row]
    told = {word(row, "who") for row in whole}
    return MeetingView(
        iri=word(meeting[0], "meeting"),
        label=word(meeting[0], "label"),
        day=day(meeting[0], "date"),
        body=thing(meeting[0], "body"),
        municipality=thing(meeting[0], "municipality"),
        sources=tuple(sources.items()),
        held=any(key(word(row, "status")) == "held" for row in items),
        agenda=agenda(items),
        present=parties(row for row in whole if key(word(row, "status")) != "absent"),
        absent=parties(row for row in whole if key(word(row, "status")) == "absent"),
        others=parties(row for row in people if word(row, "who") not in told),
    )


def parties(rows: Iterable[Row]) -> tuple[tuple[Thing, str], ...]:
    """People with their post or party letter, each once."""
    return tuple(
        (
            Thing(iri, word(same[0], "whoLabel") or iri),
            next(iter((*distinct(same, "roleLabel"), *distinct(same, "party"))), ""),
        )
        for iri, same in grouped(rows, "who").items()
    )


def agenda(rows: Iterable[Row]) -> tuple[AgendaEntry, ...]:
    """The items in order, sub-items under theirs."""
    items = grouped(rows, "item")
    below: dict[str, list[str]] = {}
    for iri, same in items.items():
        below.setdefault(word(same[0], "parent"), []).append(iri)
    tops = [iri for iri, same in items.items() if word(same[0], "parent") not in items]
    return tuple(entry(iri, items, below) for iri in tops)


def entry(iri: str, items: Mapping[str, Sequence[Row]], below: Mapping[str, Sequence[str]]) -> AgendaEntry:
    """One item with what is under it."""
    same = items[iri]
    return AgendaEntry(
        iri=iri,
        number=word(same[0], "number"),
        title=word(same[0], "title"),
        nameless=word(same[0], "label"),
        closed=access(same[0]) == "closed",
        case=word(same[0], "case"),
        verdicts=distinct(same, "verdict"),
        outcomes=tuple(iri for iri in distinct(same, "outcome") if key(iri) != "other"),
        below=tuple(entry(sub, items, below) for sub in below.get(iri, ()) if sub != iri),
    )
