"""What the page of a case shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.views.evidence import Lines, Quote, Quotes, one_a_line, quotes
from api.views.language import Language
from api.views.people import Meeting, meetings
from api.views.route import Stop, conflicts, printed_routes, route
from api.views.rows import Row, Thing, access, day, distinct, grouped, key, thing, word
from api.views.state import state_sentence

CASE_QUERIES = (
    "items", "steps", "decisions", "people", "commitments", "attachments", "links", "gaps", "evidence", "sources",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A verdict as it stands in the minutes."""

    body: Thing | None
    day: date | None
    text: str
    outcomes: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What a body was asked to decide, point by point."""

    by: Thing | None
    body: str
    day: date | None
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """What was agreed; owner, recipient and due date are empty where not stated."""

    text: str
    owners: tuple[Thing, ...]
    recipients: tuple[Thing, ...]
    due: date | None
    stated: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file that goes with the case's items, at `meetings` of them.

    `reasons` tells why it is tied to this case where that was inferred.
    """

    iri: str
    title: str
    number: str
    access: str
    system: str
    case_file: str
    tied: bool
    meetings: int
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Why something is taken to be the same case: the rule, its score and its reasons."""

    source: str
    label: str
    rule: str
    score: str
    review: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that the sources leave out: which property, of what, and why."""

    property: str
    reason: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseView:
    """The page of a case."""

    iri: str
    title: str
    numbers: tuple[str, ...]
    municipality: Thing | None
    meetings: tuple[Meeting, ...]
    state: str
    route: tuple[Stop, ...]
    printed_routes: tuple[str, ...]
    conflicts: tuple[str, ...]
    decisions: tuple[Decision, ...]
    recommendations: tuple[Recommendation, ...]
    commitments: tuple[Commitment, ...]
    attachments: tuple[Attachment, ...]
    other_attachments: tuple[Attachment, ...]
    links: tuple[Link, ...]
    gaps: tuple[Gap, ...]
    as_of: date


def case_view(
    case: Sequence[Row], rows: Mapping[str, Sequence[Row]], *, lines: Lines, language: Language, as_of: date
) -> CaseView:
    """The page of a case from the rows of case.rq and of each of `CASE_QUERIES`, as things stand on a day."""
    found = quotes(rows["evidence"], rows["sources"], lines)
    decided = decisions(rows["decisions"], found)
    stops = route(rows, found, as_of)
    files = attachments(rows["attachments"], rows["links"])
    return CaseView(
        iri=word(case[0], "case"),
        title=next(iter(distinct(case, "title")), ""),
        numbers=distinct(case, "number"),
        municipality=next((thing(row, "municipality") for row in rows["items"]), None),
        meetings=meetings(rows, found),
        state=state_sentence(stops, decided_words(decided, language), language),
        route=stops,
        printed_routes=printed_routes(rows["items"]),
        conflicts=conflicts(rows, language),
        decisions=decided,
        recommendations=recommendations(rows["decisions"], rows["items"]),
        commitments=commitments(rows["commitments"], found),
        attachments=tuple(file for file in files if file.tied),
        other_attachments=tuple(file for file in files if not file.tied),
        links=links(rows["links"], rows["items"]),
        gaps=gaps(rows["gaps"]),
        as_of=as_of,
    )


def decisions(rows: Iterable[Row], found: Quotes) -> tuple[Decision, ...]:
    """The verdicts on a case in order of time."""
    return tuple(
        Decision(
            body=thing(same[0], "body"),
            day=day(same[0], "date"),
            text=word(same[0], "text"),
            outcomes=distinct(same, "outcome"),
            quotes=one_a_line(found.get(iri, ())),
        )
        for iri, same in grouped(rows, "decision").items()
    )


def decided_words(decided: Iterable[Decision], language: Language) -> Mapping[tuple[str, date | None], str]:
    """The outcome in words by body and day, "drøftet og behandlet"."""
    outcomes: dict[tuple[str, date | None], dict[str, None]] = {}
    for decision in decided:
        place = (decision.body.iri if decision.body else "", decision.day)
        outcomes.setdefault(place, {}).update(dict.fromkeys(decision.outcomes))
    # "other" is no word for what was decided, so the stop is then said to be treated
    return {
        place: language.listing([language.concept(iri) for iri in iris if key(iri) != "other"])
        for place, iris in outcomes.items()
    }


def recommendations(rows: Iterable[Row], items: Iterable[Row]) -> tuple[Recommendation, ...]:
    """What was recommended to which meeting, one entry a recommendation, in order of time."""
    places = {word(row, "item"): row for row in items}
    found = [
        Recommendation(
            by=thing(same[0], "by"),
            body=word(places.get(word(same[0], "item"), {}), "bodyLabel"),
            day=day(places.get(word(same[0], "item"), {}), "date"),
            points=distinct(same, "text"),
        )
        for same in grouped(rows, "recommendation").values()
    ]
    return tuple(sorted(found, key=lambda recommendation: recommendation.day or date.max))


def commitments(rows: Iterable[Row], found: Quotes) -> tuple[Commitment, ...]:
    """What was agreed."""
    return tuple(
        Commitment(
            text=word(same[0], "text"),
            owners=tuple(dict.fromkeys(owner for row in same if (owner := thing(row, "owner")))),
            recipients=tuple(dict.fromkeys(to for row in same if (to := thing(row, "recipient")))),
            due=day(same[0], "due"),
            stated=word(same[0], "stated"),
            quotes=found.get(iri, ()),
        )
        for iri, same in grouped(rows, "commitment").items()
    )


def attachments(rows: Iterable[Row], linked: Iterable[Row]) -> tuple[Attachment, ...]:
    """The files of a case's items and of its umbrella items; a file with its own number is told once."""
    reasons = {
        source: distinct(same, "reason")
        for source, same in grouped(linked, "source").items()
        if word(same[0], "rule").startswith("attachment.")
    }
    files: dict[tuple[str, str], list[Attachment]] = {}
    for iri, same in grouped(rows, "attachment").items():
        file = attachment(iri, same, reasons.get(iri, ()))
        files.setdefault((file.title, file.system or iri), []).append(file)
    return tuple(together(same) for same in files.values())


def attachment(iri: str, rows: Sequence[Row], reasons: tuple[str, ...]) -> Attachment:
    """One file as one meeting lists it."""
    numbers = {key(word(row, "kind")): word(row, "notation") for row in rows}
    return Attachment(
        iri=iri,
        title=word(rows[0], "title"),
        number=word(rows[0], "number"),
        access=access(rows[0]),
        system=numbers.get("system", ""),
        case_file=numbers.get("case-file", ""),
        tied=any(word(row, "tied") == "true" for row in rows),
        meetings=1,
        reasons=reasons,
    )


def together(same: Sequence[Attachment]) -> Attachment:
    """One file that several meetings list; it is tied by inference only where no meeting ties it outright."""
    outright = any(file.tied and not file.reasons for file in same)
    return replace(
        same[0],
        tied=any(file.tied for file in same),
        meetings=len(same),
        reasons=() if outright else tuple(dict.fromkeys(reason for file in same for reason in file.reasons)),
    )


def links(rows: Iterable[Row], items: Iterable[Row]) -> tuple[Link, ...]:
    """The links that make other keys the same case; each is named by the meeting that its key was minted in."""
    places = {word(row, "item").partition("/id/agenda-items/")[2]: row for row in items}
    found = []
    for same in grouped(rows, "link").values():
        first = same[0]
        if not word(first, "rule").startswith("case."):
            continue
        place = places.get(word(first, "source").partition("/id/cases/")[2], {})
        found.append(
            Link(
                source=word(place, "meeting"),
                label=word(place, "title"),
                rule=word(first, "rule"),
                score=word(first, "score"),
                review=word(first, "review"),
                reasons=distinct(same, "reason"),
            )
        )
    return tuple(found)


def gaps(rows: Iterable[Row]) -> tuple[Gap, ...]:
    """What is missing, one entry a property, with all that it is missing of."""
    together: dict[tuple[str, str], dict[str, None]] = {}
    for same in grouped(rows, "gap").values():
        place = (word(same[0], "property"), word(same[0], "reason"))
        together.setdefault(place, {}).update(dict.fromkeys(distinct(same, "of")))
    return tuple(Gap(property=name, reason=why, of=tuple(of)) for (name, why), of in together.items())
