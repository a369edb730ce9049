"""What the pages of a person, a department and the lists of people and departments show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.evidence import Lines, Quote, all_quoted
from api.views.rows import Row, Thing, count, day, distinct, grouped, key, thing, word

PEOPLE_A_PAGE = 100
# What is said of a person's part, the weightiest first; what is only announced is told as a plan.
PARTS = {
    "recused": "var inhabil",
    "absent": "var fraværende",
    "recorded": "deltog under punktet",
    "present": "var til stede",
}


@dataclass(frozen=True, slots=True)
class Post:
    """A post that a person is known in on some days; `status` is a concept such as acting."""

    post: Thing
    status: str
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """A person's part in one case, or in a whole meeting; `status` is a phrase."""

    case: Thing | None
    status: str
    role: str
    inferred: bool
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AttendedMeeting:
    """One meeting with a person's parts in it."""

    iri: str
    body: Thing | None
    day: date | None
    parts: tuple[Attendance, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """The page of a person: posts, meetings with the sentences, and those met in the same items with how many.

    `listed` says whether search engines may show it: they may show the elected. `skip` of the newest meetings are
    passed over.
    """

    iri: str
    label: str
    names: tuple[str, ...]
    posts: tuple[Post, ...]
    meetings: tuple[AttendedMeeting, ...]
    met: tuple[tuple[Thing, int], ...]
    listed: bool = False
    skip: int = 0


def person_view(person: Sequence[Row], rows: Mapping[str, Sequence[Row]], lines: Lines) -> PersonView:
    """The page from the rows of person.rq, and of person-posts.rq, -parts.rq and -with.rq by those names."""
    label = word(person[0], "label")
    return PersonView(
        iri=word(person[0], "person"),
        label=label,
        names=tuple(name for name in distinct(person, "name") if name != label),
        posts=posts(rows["posts"]),
        meetings=tuple(attended(rows["parts"], lines)),
        met=tuple((Thing(word(row, "other"), word(row, "otherLabel")), count(row, "shared")) for row in rows["with"]),
    )


def posts(rows: Iterable[Row]) -> tuple[Post, ...]:
    """The posts with their days, each post and status once."""
    together: dict[tuple[Thing, str], dict[date, None]] = {}
    for row in rows:
        post, on = thing(row, "post"), day(row, "on")
        if post and on:
            together.setdefault((post, word(row, "status")), {})[on] = None
    return tuple(Post(post, status, tuple(sorted(days))) for (post, status), days in together.items())


def attended(rows: Iterable[Row], lines: Lines) -> Iterable[AttendedMeeting]:
    """The meetings of a person, the newest first; announced and recorded in one case are told as one part."""
    for iri, same in grouped(rows, "meeting").items():
        cases: dict[str, list[Row]] = {}
        for row in same:
            cases.setdefault(word(row, "case"), []).append(row)
        yield AttendedMeeting(
            iri=iri,
            body=thing(same[0], "body"),
            day=day(same[0], "date"),
            parts=tuple(attendance(part, lines) for part in cases.values()),
        )


def attendance(rows: Sequence[Row], lines: Lines) -> Attendance:
    """A person's part in one case."""
    statuses = {key(status) for status in distinct(rows, "status")}
    held = any(key(word(row, "treated")) != "planned" for row in rows)
    told = next((phrase for status, phrase in PARTS.items() if status in statuses), "")
    case = next((word(row, "case") for row in rows), "")
    return Attendance(
        case=Thing(case, word(rows[0], "title") or case) if case else None,
        status=told or ("skulle deltage; ikke nævnt i beslutningen" if held else "skal deltage"),
        role=next(iter(distinct(rows, "roleLabel")), ""),
        inferred=any("inferred" in row for row in rows),
        quotes=all_quoted(rows, lines),
    )


@dataclass(frozen=True, slots=True)
class PeopleView:
    """A page of the list of people; `after` is the place that the next page starts behind, empty on the last."""

    words: str
    people: tuple[Thing, ...]
    after: str


def people_view(rows: Sequence[Row], words: str) -> PeopleView:
    """The page from the rows of people.rq, which tell of one person more than a page holds when there are more."""
    shown = rows[:PEOPLE_A_PAGE]
    people = tuple(dict.fromkeys(Thing(word(row, "person"), word(row, "label")) for row in shown))
    return PeopleView(words, people, word(shown[-1], "place") if len(rows) > PEOPLE_A_PAGE else "")


@dataclass(frozen=True, slots=True)
class UnitCase:
    """A case of a department: stated, inferred (with reasons) or only mentioned."""

    case: Thing
    how: str
    reasons: tuple[str, ...]
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class DepartmentView:
    """The page of a department."""

    iri: str
    label: str
    municipality: Thing | None
    responsible: tuple[UnitCase, ...]
    mentioned: tuple[UnitCase, ...]


def department_view(unit: Sequence[Row], rows: Sequence[Row], lines: Lines) -> DepartmentView:
    """The page from the rows of department.rq and department-cases.rq."""
    found = [
        UnitCase(Thing(iri, word(same[0], "title") or iri), how, distinct(some, "reason"), all_quoted(some, lines))
        for iri, same in grouped(rows, "case").items()
        for how, some in grouped(same, "how").items()
    ]
    return DepartmentView(
        iri=word(unit[0], "unit"),
        label=word(unit[0], "label"),
        municipality=thing(unit[0], "municipality"),
        responsible=tuple(one for one in found if one.how != "mentioned"),
        mentioned=tuple(one for one in found if one.how == "mentioned"),
    )
