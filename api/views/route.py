"""The route of a case: where it was treated, where it was sent, and what became of that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from api.views.evidence import Quote, Quotes
from api.views.language import Language
from api.views.rows import Row, Thing, day, grouped, key, thing, word


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One stop on a route.

    `state` is treated, pending, overdue, undated, moved, lapsed, contradicted or withdrawn; `stated` the date as the
    text puts it, shown where it names no single day; `inferred` says that the year was not printed.
    """

    body: Thing | None
    day: date | None
    state: str
    meeting: str = ""
    stated: str = ""
    inferred: bool = False
    role: str = ""
    quotes: tuple[Quote, ...] = ()

    @property
    def planned(self) -> bool:
        """Whether the stop is one that the case was sent to and that no minutes tell of."""
        return self.state != "treated"


def route(rows: Mapping[str, Sequence[Row]], quotes: Quotes, as_of: date) -> tuple[Stop, ...]:
    """The stops of a case in order of time, those without a date last; `rows` are those of items and steps."""
    stops = treated_stops(rows, quotes, as_of)
    # the name of an attachment is no plan of the text, and what an umbrella item prints is said of no one case
    steps = [row for row in rows["steps"] if "umbrella" not in row and key(word(row, "source")) != "attachment"]
    for step, same in grouped(sorted(steps, key=lambda row: "date" not in row), "step").items():
        join(stops, planned_stop(same[0], quotes.get(step, ()), as_of), word(same[0], "treatment"))
    return tuple(sorted(stops.values(), key=lambda stop: stop.day or date.max))


def treated_stops(rows: Mapping[str, Sequence[Row]], quotes: Quotes, as_of: date) -> dict[str, Stop]:
    """One stop a meeting that the case was on the agenda of, by the treatment's IRI.

    It rests on the sentences of the decision there, or on the item's title where there is none.
    """
    decided: dict[str, dict[Quote, None]] = {}
    for row in rows["decisions"]:
        decided.setdefault(word(row, "item"), {}).update(dict.fromkeys(quotes.get(word(row, "decision"), ())))
    stops: dict[str, Stop] = {}
    for row in rows["items"]:
        held = key(word(row, "status")) != "planned"
        treatment = word(row, "treatment") or word(row, "item")
        on = day(row, "date")
        stops[treatment] = Stop(
            body=thing(row, "body"),
            day=on,
            state="treated" if held else told_by(on, as_of),
            meeting=word(row, "meeting"),
            quotes=tuple(decided.get(word(row, "item"), ())) or quotes.get(word(row, "item"), ()),
        )
    return stops


def planned_stop(row: Row, found: tuple[Quote, ...], as_of: date) -> Stop:
    """The stop that one routing step plans."""
    precision = key(word(row, "precision"))
    on = day(row, "date")
    return Stop(
        body=thing(row, "body"),
        day=on,
        state=key(word(row, "status")) or told_by(on, as_of),
        stated=word(row, "stated") if on is None or precision in ("week", "month", "vague") else "",
        inferred=on is not None and "inferred" in row,
        role=word(row, "role"),
        quotes=found,
    )


def told_by(on: date | None, as_of: date) -> str:
    """Whether a stop is pending, overdue or undated on a day.

    >>> told_by(date(2022, 12, 6), date(2022, 12, 7))
    'overdue'
    """
    if on is None:
        return "undated"
    return "overdue" if on < as_of else "pending"


def join(stops: dict[str, Stop], stop: Stop, treatment: str) -> None:
    """Adds a planned stop, or only its sentences where the stop it speaks of is there already."""
    if stop.state == "met" and treatment in stops:
        at = treatment
    else:
        at = next((name for name, other in stops.items() if same_stop(stop, other)), "")
    if not at:
        stops[f"{len(stops)} {stop.body}"] = stop if stop.state != "met" else replace(stop, state="treated")
        return
    together = dict.fromkeys((*stops[at].quotes, *stop.quotes))
    stops[at] = replace(stops[at], quotes=tuple(together))


def same_stop(stop: Stop, other: Stop) -> bool:
    """Whether a planned stop is one that is already there; without a date it is the body's nearest."""
    if stop.body is None or other.body is None or stop.body.iri != other.body.iri:
        return False
    return stop.day is None or stop.day == other.day


def conflicts(rows: Mapping[str, Sequence[Row]], language: Language) -> tuple[str, ...]:
    """Where the field, the prose and the attachments' names disagree about the route, in words."""
    named: dict[str, dict[str, str]] = {"field": {}, "prose": {}, "attachment": {}}
    dates: dict[str, dict[date, None]] = {}
    for row in rows["steps"]:
        body, source, on = word(row, "bodyLabel"), key(word(row, "source")), day(row, "date")
        # an umbrella item's files belong to any of its cases, its Sagsgang line to all
        if body and ("umbrella" not in row or source == "field"):
            named.setdefault(source, {})[word(row, "body")] = body
        if body and on and "umbrella" not in row:
            dates.setdefault(body, {})[on] = None
    own = {word(row, "body") for row in rows["items"]}
    found = []
    if named["field"] and (beyond := outside(named["prose"], named["field"], own)):
        values = {"field": language.listing(list(named["field"].values())), "prose": language.listing(beyond)}
        found.append(language("Feltet Sagsgang nævner {field}; teksten sender også sagen til {prose}.", values))
    if named["prose"] and (beyond := outside(named["attachment"], named["prose"], own)):
        values = {"bodies": language.listing(beyond)}
        found.append(language("Et bilags navn nævner {bodies}, som teksten ikke sender sagen til.", values))
    for body, days in dates.items():
        if len(days) > 1:
            values = {"body": body, "days": language.listing([language.day(on) for on in sorted(days)])}
            found.append(language("Flere datoer er nævnt for {body}: {days}.", values))
    return tuple(found)


def outside(bodies: Mapping[str, str], others: Mapping[str, str], own: set[str]) -> list[str]:
    """The names of the bodies that stand in neither of the others."""
    return [name for iri, name in bodies.items() if iri not in others and iri not in own]


def printed_routes(rows: Iterable[Row]) -> tuple[str, ...]:
    """The Sagsgang lines as printed, each once."""
    return tuple(dict.fromkeys(word(row, "route") for row in rows if "route" in row))
