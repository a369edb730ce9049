"""What the front page and the list of cases show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.rows import Row, Thing, count, day, grouped, word

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class ListedMeeting:
    """A meeting with the cases on its agenda."""

    iri: str
    body: str
    day: date | None
    cases: tuple[Thing, ...]


@dataclass(frozen=True, slots=True)
class HomeView:
    """The front page; `questions` holds a case for each question asked there, by the question's id."""

    counts: Mapping[str, int]
    meetings: tuple[ListedMeeting, ...]
    questions: Mapping[str, Thing]
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """A case in the list: how often and when it was treated, how many stops are open, the first of them."""

    case: Thing
    meetings: int
    first: date | None
    last: date | None
    open: int
    next: date | None


@dataclass(frozen=True, slots=True)
class CasesView:
    """A page of the list of cases; `after` is the place that the next page starts behind, empty on the last."""

    words: str
    cases: tuple[ListedCase, ...]
    after: str


def home_view(
    *, counts: Sequence[Row], latest: Iterable[Row], asked: Iterable[Row], overdue: Sequence[Row]
) -> HomeView:
    """The front page from the rows of its four queries."""
    names = ("cases", "meetings", "people", "sources")
    return HomeView(
        counts={name: count(counts[0], name) if counts else 0 for name in names},
        meetings=tuple(
            ListedMeeting(iri, word(same[0], "bodyLabel"), day(same[0], "date"), cases_in(same))
            for iri, same in grouped(latest, "meeting").items()
        ),
        questions={word(row, "question"): Thing(word(row, "case"), word(row, "title")) for row in asked},
        overdue=count(overdue[0], "overdue") if overdue else 0,
    )


def cases_in(rows: Iterable[Row]) -> tuple[Thing, ...]:
    """The cases of a meeting's rows, each once."""
    return tuple(Thing(iri, word(same[0], "title")) for iri, same in grouped(rows, "case").items())


def cases_view(rows: Sequence[Row], words: str) -> CasesView:
    """A page of the list from the rows of cases.rq, which gives one more than a page holds when there are more."""
    shown = [row for row in rows if "case" in row][:PAGE_SIZE]
    return CasesView(
        words=words,
        cases=tuple(
            ListedCase(
                case=Thing(word(row, "case"), word(row, "title")),
                meetings=count(row, "meetings"),
                first=day(row, "first"),
                last=day(row, "last"),
                open=count(row, "open"),
                next=day(row, "next"),
            )
            for row in shown
        ),
        after=word(shown[-1], "place") if len(rows) > PAGE_SIZE else "",
    )
