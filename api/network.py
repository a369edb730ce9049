"""The network over HTTP: ways between things, what stands around one, the flow between bodies, files of the whole.

It is read from the file beside the version in force, a few requests at a time in a lane of its own, so that long
searches leave the service free; what takes longer than the deadline is ended.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar
from urllib.parse import quote, urlencode

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse, StreamingResponse

from api.formats import Format, negotiate
from api.lists import CONTEXT, CSV, JSON, METHODS, limit_of, parameter, wanted_form
from api.questions import DAY, LANG, language, only_own, served
from api.steps import MOST_SAID, as_csv, as_json, as_thing, page_name
from graph.errors import FormatError, ServiceBusy, UnknownValueError
from graph.history import version_folder
from graph.network.edges import ENDS, PROJECTIONS
from graph.network.exports import FORMS, Form
from graph.network.kept import LONGEST_WAY, Around, KeptNetwork, Step, opened
from graph.questions.resolve import term

router = APIRouter(tags=["network"])

Found = TypeVar("Found")
AT_ONCE, WAITING = 2, 32
MOST_WAYS, USUAL_WAYS = 50, 5
_PLACE = r"[0-9]{1,9}\.[0-9]{1,9}"
_ROOM = 1 << 16
_FILES = {name: Format(name, "", form.media_type, form.suffix, ()) for name, form in FORMS.items()}


async def aside(request: Request, work: Callable[[KeptNetwork], Found]) -> Found:
    """What some work on the network of the version in force gives, when its turn has come."""
    state = request.app.state
    if not hasattr(state, "network_lane"):
        state.network_lane = CapacityLimiter(AT_ONCE)
    lane: CapacityLimiter = state.network_lane
    if lane.statistics().tasks_waiting >= WAITING:
        raise ServiceBusy("Mange spørger til nettet lige nu. Prøv igen om lidt.", english="Many ask for the network.")
    folder = version_folder(state.settings.data, state.version).folder

    def working() -> Found:
        with opened(folder, seconds=state.settings.deadline) as network:
            return work(network)

    return await to_thread.run_sync(working, limiter=lane)


def required(request: Request, name: str, path: str) -> str:
    """The value of a parameter that has to be given."""
    value = request.query_params.get(name, "").strip()
    if not value:
        raise UnknownValueError(f"{path}: skriv {name}=…", english=f"{path}: give {name}=…")
    return value


def among(request: Request, name: str, allowed: tuple[str, ...]) -> str:
    """The value of a parameter that takes a few words; empty where it is not given."""
    value = request.query_params.get(name, "")
    if value and value not in allowed:
        there = ", ".join(allowed)
        raise UnknownValueError(
            f"{name}={value[:40]}: vælg mellem {there}.", english=f"{name}={value[:40]}: choose one of {there}."
        )
    return value


def own_address(request: Request, **changed: str) -> str:
    """The address of this answer, with some parameters changed."""
    given = {**request.query_params, **changed}
    return f"{request.app.state.settings.base}{request.url.path}{f'?{urlencode(given)}' if given else ''}"


def answered(request: Request, members: dict[str, object], *, page: str, onward: str | None = None) -> Response:
    """An answer as JSON-LD by the served context, with links to its page and to what follows."""
    links = [f'<{page}>; rel="alternate"; type="text/html"', *([f'<{onward}>; rel="next"'] if onward else [])]
    base = request.app.state.settings.base
    whole = {"@context": f"{base}{CONTEXT}", "id": own_address(request), "type": "List", **members}
    headers = {"Vary": "Accept, Accept-Language", "Link": ", ".join(links)}
    return JSONResponse(whole, media_type="application/ld+json", headers=headers)


def as_file(text: str, page: str) -> Response:
    """An answer as CSV, with a link to its page."""
    headers = {"Vary": "Accept, Accept-Language", "Link": f'<{page}>; rel="alternate"; type="text/html"'}
    return PlainTextResponse(text, media_type="text/csv; charset=utf-8", headers=headers)


def suffix_of(request: Request) -> str:
    """The suffix of the address, which chooses the form."""
    return request.url.path.rpartition("/")[2].partition(".")[2]


async def paths(request: Request) -> Response:
    """The shortest ways between two things; every step shows its sentences, and what was inferred beside them."""
    only_own(request, ("from", "to", "most", "lang"), "/network/paths")
    ends = [required(request, name, "/network/paths") for name in ("from", "to")]
    most, tongue = ways_of(request.query_params.get("most") or str(USUAL_WAYS)), language(request)
    form = wanted_form(request, suffix_of(request), (JSON, CSV))

    def search(network: KeptNetwork) -> list[Any]:
        start, goal = (network.thing(end) for end in ends)
        return [start, goal, network.ways(start, goal, most=most)]

    start, goal, ways = await aside(request, search)
    page = f"/network?{urlencode({'from': start.label, 'to': goal.label})}"
    if form is CSV:
        steps = [((n, m), step) for n, way in enumerate(ways, 1) for m, step in enumerate(way, 1)]
        return as_file(as_csv(steps, ("path", "step")), page)
    members = [{"length": len(way), "steps": [as_json(step, tongue) for step in way]} for way in ways]
    told = {"from": as_thing(start), "to": as_thing(goal), "count": len(members), "members": members}
    return answered(request, told, page=page)


def ways_of(written: str) -> int:
    """How many ways are wanted."""
    if re.fullmatch(r"[0-9]{1,2}", written) and 1 <= int(written) <= MOST_WAYS:
        return int(written)
    raise UnknownValueError(
        f"most={written[:40]}: vælg 1-{MOST_WAYS}.", english=f"most={written[:40]}: choose 1-{MOST_WAYS}."
    )


async def neighbours(request: Request) -> Response:
    """What stands around one thing, the most often stated connections first, page by page."""
    only_own(request, ("of", "kind", "limit", "after", "lang"), "/network/neighbours")
    name, kind = required(request, "of", "/network/neighbours"), among(request, "kind", tuple(ENDS))
    limit, after = limit_of(request.query_params.get("limit") or "50"), request.query_params.get("after", "")
    if after and not re.fullmatch(_PLACE, after, re.ASCII):
        raise UnknownValueError(
            f"after={after[:40]}: tag værdien fra next.", english=f"after={after[:40]}: take the value from next."
        )
    form, tongue = wanted_form(request, suffix_of(request), (JSON, CSV)), language(request)

    def search(network: KeptNetwork) -> tuple[Any, Around]:
        thing = network.thing(name)
        return thing, network.around(thing, kinds=(kind,) if kind else (), limit=limit, after=after)

    thing, found = await aside(request, search)
    page = f"/network?{urlencode({'of': page_name(thing)})}"
    if form is CSV:
        return as_file(as_csv(((), step) for step in found.steps), page)
    onward = own_address(request, after=found.onward) if found.onward else None
    members = [as_json(step, tongue) for step in found.steps]
    told = {"of": as_thing(thing), "count": found.count, "next": onward, "members": members}
    return answered(request, told, page=page, onward=onward)


async def flows(request: Request) -> Response:
    """Which body sends cases to which, the strongest flow first; and which bodies broker most routes."""
    only_own(request, ("body", "from", "until", "lang"), "/network/flows")
    given = request.query_params
    first, last = (day_given(n, given.get(n, "")) for n in ("from", "until"))
    form, tongue = wanted_form(request, suffix_of(request), (JSON, CSV)), language(request)

    def search(network: KeptNetwork) -> tuple[list[Step], list[Any]]:
        body = network.thing(given["body"].strip(), "body") if given.get("body", "").strip() else None
        return network.flows(body, first=first, last=last or "9999"), network.brokers()

    steps, brokers = await aside(request, search)
    if form is CSV:
        return as_file(as_csv(((), step) for step in steps), "/network")
    members = [as_json(step, tongue) for step in steps]
    foremost = [{**as_thing(one.node), "betweenness": round(one.value, 4)} for one in brokers[:10]]
    return answered(request, {"count": len(members), "members": members, "brokers": foremost}, page="/network")


def day_given(name: str, written: str) -> str:
    """A day as given; empty where none is."""
    return term("date", name, value=written, select=lambda _query, _terms: [])["value"] if written else ""


async def exports(request: Request) -> Response:
    """The whole network, or a part of it, as a file for other programs; cells are safe for spreadsheets."""
    only_own(request, ("projection", "form", "lang"), "/network/exports")
    projection = among(request, "projection", tuple(PROJECTIONS)) or "all"
    chosen = among(request, "form", tuple(FORMS)) or accepted(request)
    form = FORMS[chosen]
    await aside(request, lambda network: network.base.execute("SELECT 1 FROM things LIMIT 1").fetchone())
    name = quote(f"network-{projection}.{form.suffix}")
    headers = {"Vary": "Accept", "Content-Disposition": f'attachment; filename="{name}"'}
    media_type = form.media_type + ("; charset=utf-8" if form.media_type.startswith("text/") else "")
    return StreamingResponse(pieces(request, projection, form), media_type=media_type, headers=headers)


def accepted(request: Request) -> str:
    """The form that the Accept header likes best."""
    found = negotiate(request.headers.get("accept"), tuple(_FILES.values()))
    if found is None:
        there = ", ".join(form.media_type for form in FORMS.values())
        raise FormatError(f"Nettet kan fås som {there}.", english=f"The network can be had as {there}.")
    return found.name


def pieces(request: Request, projection: str, form: Form) -> Iterator[str]:
    """A file of the network in pieces, as it is read."""
    state = request.app.state
    folder, waiting, size = version_folder(state.settings.data, state.version).folder, list[str](), 0
    with opened(folder, seconds=30 * state.settings.deadline) as network:
        for text in form.write(network.used(projection), network.projection(projection)):
            waiting.append(text)
            size += len(text)
            if size > _ROOM:
                yield "".join(waiting)
                waiting, size = [], 0
    yield "".join(waiting)


def thing_parameter(name: str, words: tuple[str, str], example: str) -> dict[str, Any]:
    """A parameter that names a person, case or body and has to be given."""
    told = parameter(name, *words, example, schema={"type": "string", "minLength": 1, "pattern": r"\S"})
    return {**told, "required": True}


def chosen_parameter(name: str, words: tuple[str, str], allowed: tuple[str, ...]) -> dict[str, Any]:
    """A parameter that takes a few words."""
    return parameter(name, *words, allowed[0], schema={"type": "string", "enum": [*allowed, ""]})


def numbered(name: str, words: tuple[str, str], most: int, *, usual: int) -> dict[str, Any]:
    """A parameter that takes a number."""
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    return parameter(name, *words, usual, schema=schema)


_AS = ("application/ld+json", "text/csv")
_LIMITS = (
    f"Højst {AT_ONCE} ad gangen og inden for tjenestens frist; {MOST_SAID} sætninger vises pr. led. / "
    f"At most {AT_ONCE} at a time and within the service's deadline; {MOST_SAID} sentences are shown of a step."
)
_WAYS = f" Korteste veje på højst {LONGEST_WAY} led. / Shortest ways of at most {LONGEST_WAY} steps."
_PATHS: dict[str, tuple[Callable[[Request], Any], str, str, dict[str, Any]]] = {
    "paths": (
        paths, "Hvordan to ting er forbundet / how two things are connected", _LIMITS + _WAYS,
        served(*_AS, parameters=(
            thing_parameter("from", ("En person, sag eller et organ", "A person, case or body"), "Lene Mikkelsen"),
            thing_parameter("to", ("En anden", "Another"), "Hovedudvalget"),
            numbered("most", ("Højst så mange veje", "At most so many ways"), MOST_WAYS, usual=USUAL_WAYS), LANG,
        )),
    ),
    "neighbours": (
        neighbours, "Hvad der står omkring en ting / what stands around a thing", _LIMITS,
        served(*_AS, parameters=(
            thing_parameter("of", ("En person, sag eller et organ", "A person, case or body"), "Direktionen"),
            chosen_parameter("kind", ("Kun denne forbindelse", "This connection alone"), tuple(ENDS)),
            numbered("limit", ("Hvor mange ad gangen", "How many at a time"), 200, usual=50),
            parameter("after", "Fra »next«", "From next", "1.1",
                      schema={"type": "string", "pattern": f"^({_PLACE})?$"}), LANG,
        )),
    ),
    "flows": (
        flows, "Hvilke organer der sender sager til hvilke / which bodies send cases to which", _LIMITS,
        served(*_AS, parameters=(
            parameter("body", "Kun til eller fra dette organ", "To or from this body alone", "Direktionen",
                      schema={"type": "string"}),
            parameter("from", "Sagt den dag eller senere", "Said that day or later", "2024-01-01", schema=DAY),
            parameter("until", "Sagt den dag eller før", "Said that day or before", "2025-12-31", schema=DAY), LANG,
        )),
    ),
    "exports": (
        exports, "Nettet som fil / the network as a file",
        "GraphML, GEXF, Cytoscape JSON eller CSV. / GraphML, GEXF, Cytoscape JSON or CSV.",
        served(*(form.media_type for form in FORMS.values()), parameters=(
            chosen_parameter("projection", ("Hvilken del", "Which part"), tuple(PROJECTIONS)),
            chosen_parameter("form", ("Filens form", "The file's form"), tuple(FORMS)), LANG,
        )),
    ),
}  # fmt: skip

for _name, (_answer, _summary, _description, _told) in _PATHS.items():
    router.add_api_route(
        f"/network/{_name}", _answer, methods=["GET"], summary=_summary, description=_description,
        openapi_extra=_told, operation_id=f"network-{_name}", response_class=Response,
    )  # fmt: skip
    router.add_api_route(f"/network/{_name}", _answer, methods=["HEAD"], include_in_schema=False)
    for _suffix in ("json", "csv") if _name != "exports" else ():
        router.add_api_route(f"/network/{_name}.{_suffix}", _answer, methods=METHODS, include_in_schema=False)
