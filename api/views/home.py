"""What the front page and the list of cases show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.quality import Covered, covered
from api.views.rows import Row, Thing, count, day, distinct, grouped, key, word
from graph.identity.words import is_standing

PAGE_SIZE = 50
HOME_QUERIES = ("counts", "meetings", "routes", "people", "agreed", "overdue")


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

    covered: tuple[Covered, ...]
    counts: Mapping[str, int]
    meetings: tuple[ListedMeeting, ...]
    questions: Mapping[str, Thing]
    overdue: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedCase:
    """A case in the list: where, how often and when it was treated, how many stops are open, the first of them."""

    case: Thing
    bodies: tuple[str, ...]
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


def home_view(rows: Mapping[str, Sequence[Row]]) -> HomeView:
    """The front page from the rows of each of `HOME_QUERIES`, and of coverage.rq as `covered`."""
    names = ("cases", "bodies", "people", "network", "about")
    counts, overdue = rows["counts"], rows["overdue"]
    examples = {
        "case-route": foremost(rows["routes"], "body"),
        "announced-not-recorded": foremost(unrecorded(rows["people"]), "someone"),
        "commitments": foremost(rows["agreed"], "agreed"),
    }
    return HomeView(
        covered=covered(rows["covered"]),
        counts={name: count(counts[0], name) if counts else 0 for name in names},
        meetings=tuple(
            ListedMeeting(iri, word(same[0], "bodyLabel"), day(same[0], "date"), cases_in(same))
            for iri, same in grouped(rows["meetings"], "meeting").items()
        ),
        questions={name: found for name, found in examples.items() if found},
        overdue=count(overdue[0], "overdue") if overdue else 0,
    )


def foremost(rows: Iterable[Row], column: str) -> Thing | None:
    """The case with the most different values in a column; of equals the first."""
    by_case = grouped(rows, "case")
    if not by_case:
        return None
    iri = max(by_case, key=lambda case: len(distinct(by_case[case], column)))
    return Thing(iri, word(by_case[iri][0], "title"))


def unrecorded(rows: Sequence[Row]) -> list[Row]:
    """The rows of those announced to a meeting whose minutes do not name them."""
    recorded = {at(row) for row in rows if key(word(row, "status")) != "announced"}
    return [row for row in rows if at(row) not in recorded]


def at(row: Row) -> tuple[str, str, str]:
    """Who took part in which case at which meeting."""
    return word(row, "case"), word(row, "meeting"), word(row, "someone")


def cases_in(rows: Iterable[Row]) -> tuple[Thing, ...]:
    """The cases of a meeting's rows, each once, without what stands on every agenda."""
    cases = (Thing(iri, word(same[0], "title")) for iri, same in grouped(rows, "case").items())
    return tuple(case for case in cases if not is_standing(case.label))


def cases_view(rows: Sequence[Row], planned: Iterable[Row], words: str) -> CasesView:
    """A page of the list from the rows of cases.rq and cases-open.rq.

    They tell of one case more than a page holds when there are more. A stop at a body that treated the case is settled.
    """
    by_case, open_by_case = grouped(rows, "case"), grouped(planned, "case")
    shown = list(by_case.items())[:PAGE_SIZE]
    return CasesView(
        words=words,
        cases=tuple(listed_case(iri, same, open_by_case.get(iri, ())) for iri, same in shown),
        after=word(shown[-1][1][0], "place") if len(by_case) > PAGE_SIZE else "",
    )


def listed_case(iri: str, rows: Sequence[Row], planned: Iterable[Row]) -> ListedCase:
    """One case of the list."""
    days = sorted(on for row in rows if (on := day(row, "date")))
    own = set(distinct(rows, "body"))
    left = [row for row in planned if word(row, "body") not in own]
    due = sorted(on for row in left if (on := day(row, "date")))
    return ListedCase(
        case=Thing(iri, word(rows[0], "title")),
        bodies=distinct(rows, "bodyLabel"),
        meetings=len(distinct(rows, "meeting")),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        open=len(distinct(left, "body")),
        next=due[0] if due else None,
    )
