"""The pages of people, bodies, meetings, departments and goals, and the lists of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.html.rendering import (
    KEY,
    METHODS,
    base_of,
    iri,
    language_of,
    listed_by,
    literal,
    missing_page,
    once,
    page,
    secure,
    select,
    select_each,
    select_once,
    skipped,
    worded,
)
from api.views.bodies import bodies_view, body_view, meeting_view, ways
from api.views.elected import elected_people
from api.views.evidence import Lines
from api.views.frame import GOALS, Frame
from api.views.goals import goal_view, goals_view
from api.views.language import read_day
from api.views.rows import Row, word
from api.views.things import department_view, people_view, person_view

router = APIRouter(include_in_schema=False)

LAST_DAY = "9999-12-31"
# For each query that tells of one thing: the path of its kind, and the variable that it is asked with.
ASKED = {
    "person": ("people", "person"),
    "body": ("bodies", "body"),
    "meeting": ("meetings", "meeting"),
    "department": ("departments", "unit"),
}
Asked = dict[str, Mapping[str, str]]


async def found_by(request: Request, name: str, key: str) -> tuple[Asked, list[Row]]:
    """The term to ask on with, and the rows of a thing's own query; no rows where the key names nothing."""
    path, variable = ASKED[name]
    asked = {variable: iri(f"{base_of(request)}/id/{path}/{key}")}
    return asked, await select(request, name, asked) if KEY.fullmatch(key) else []


def parts(name: str, *ends: str) -> dict[str, str]:
    """The queries of a thing's parts, by their short names.

    >>> parts("person", "posts", "with")
    {'posts': 'person-posts', 'with': 'person-with'}
    """
    return {end: f"{name}-{end}" for end in ends}


@router.api_route("/people", methods=METHODS)
@router.api_route("/en/people", methods=METHODS)
async def people(request: Request) -> Response:
    """The list of people, or of those whose name holds the words of `q`."""
    words, after = listed_by(request)
    rows = await select(request, "people", {"words": literal(words), "after": literal(after)})
    return page(request, "people.html", people_view(rows, words), language=language_of(request))


@router.api_route("/people/{key:path}", methods=METHODS)
@router.api_route("/en/people/{key:path}", methods=METHODS)
async def person(request: Request, key: str) -> Response:
    """The page of a person; the key of another form of the name leads to the one that holds.

    `skip` gives the meetings behind so many of the newest.
    """
    asked, found = await found_by(request, "person", key)
    language = await worded(request)
    if current := next((word(row, "current") for row in found if "current" in row), ""):
        frame = Frame(language, base_of(request), request.url.path)
        return secure(RedirectResponse(frame.link(current), status_code=303))
    if not found:
        return missing_page(request)
    rows = await select_each(request, parts("person", "posts", "parts", "with"), asked)
    view = person_view(found, rows, Lines(request.app.state.sources.text))
    shown = replace(view, listed=view.iri in await elected_of(request), skip=skipped(request, len(view.meetings)))
    return page(request, "person.html", shown, language=language)


async def elected_of(request: Request) -> frozenset[str]:
    """The IRIs of the elected; asked once a version."""
    return await once(request, "elected", lambda: made_elected(request))


async def made_elected(request: Request) -> frozenset[str]:
    """The IRIs of the elected, asked anew."""
    return elected_people(await select(request, "elected"))


@router.api_route("/bodies", methods=METHODS)
@router.api_route("/en/bodies", methods=METHODS)
async def bodies(request: Request) -> Response:
    """All bodies and departments, and where cases go between bodies."""
    known = ways(await select_once(request, "flows"))
    units = await select_once(request, "departments")
    view = bodies_view(await select_once(request, "bodies"), units, known)
    return page(request, "bodies.html", view, language=language_of(request))


@router.api_route("/bodies/{key:path}", methods=METHODS)
@router.api_route("/en/bodies/{key:path}", methods=METHODS)
async def body(request: Request, key: str, before: str = "") -> Response:
    """The page of a body; `before` gives the meetings before a day."""
    asked, found = await found_by(request, "body", key)
    if not found:
        return missing_page(request)
    until = literal(before if read_day(before) else LAST_DAY, "date")
    rows = await select_each(request, parts("body", "meetings", "planned", "people"), {**asked, "before": until})
    known = ways(await select_once(request, "flows"))
    view = body_view(found, rows, ways=known, as_of=date.today())
    return page(request, "body.html", view, language=await worded(request))


@router.api_route("/meetings/{key:path}", methods=METHODS)
@router.api_route("/en/meetings/{key:path}", methods=METHODS)
async def meeting(request: Request, key: str) -> Response:
    """The page of a meeting with its agenda."""
    asked, found = await found_by(request, "meeting", key)
    if not found:
        return missing_page(request)
    rows = await select_each(request, parts("meeting", "items", "people"), asked)
    view = meeting_view(found, rows["items"], rows["people"])
    return page(request, "meeting.html", view, language=await worded(request))


@router.api_route("/departments/{key:path}", methods=METHODS)
@router.api_route("/en/departments/{key:path}", methods=METHODS)
async def department(request: Request, key: str) -> Response:
    """The page of a department with the cases it is responsible for."""
    asked, found = await found_by(request, "department", key)
    if not found:
        return missing_page(request)
    rows = await select(request, "department-cases", asked)
    view = department_view(found, rows, Lines(request.app.state.sources.text))
    return page(request, "department.html", view, language=language_of(request))


@router.api_route("/sdgs", methods=METHODS)
@router.api_route("/en/sdgs", methods=METHODS)
async def goals(request: Request) -> Response:
    """The seventeen goals: what is stated, against standing text alone."""
    view = goals_view(await select_once(request, "framings"))
    return page(request, "goals.html", view, language=await worded(request))


@router.api_route("/sdgs/{number}", methods=METHODS)
@router.api_route("/en/sdgs/{number}", methods=METHODS)
async def goal(request: Request, number: str) -> Response:
    """The page of one goal; `all` is the goals in general."""
    if number != "all" and number not in [str(n) for n in range(1, 18)]:
        return missing_page(request)
    address = GOALS if number == "all" else f"{GOALS}/{number}"
    sentences = await select(request, "framing-sentences", {"goal": iri(address)})
    rows = await select_once(request, "framings")
    view = goal_view(address, rows, sentences, lines=Lines(request.app.state.sources.text))
    return page(request, "goal.html", view, language=await worded(request))
