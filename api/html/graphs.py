"""The network: what stands around any thing, the map of the newest cases, and paths between people."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from api.figures.maps import COLOURS, WIDTHS
from api.html.case_pages import read_case
from api.html.drawings import map_figure
from api.html.rendering import (
    KEY,
    METHODS,
    base_of,
    iri,
    missing_page,
    once,
    page,
    secure,
    select_each,
    select_once,
    skipped,
    version_of,
    worded,
)
from api.views.evidence import Lines
from api.views.frame import Frame
from api.views.language import Language
from api.views.neighbours import Neighbourhood, around_other, as_json, goal_name, iri_of, kind_of
from api.views.network import NetworkMap, map_json, network_map, network_view
from api.views.rows import Thing, count, word
from graph.network.drawn import RELATIONS as MAPPED
from graph.network.drawn import drawn_map, kept_map, map_query

router = APIRouter(include_in_schema=False)

# Which relations stand around which kind of thing.
RELATIONS = {
    "people": ("people",),
    "bodies": ("treated", "planned"),
    "departments": ("departments",),
    "attachments": ("attachments",),
    "sdgs": ("sdgs",),
}
LONGEST_NAME = 100


@router.api_route("/network", methods=METHODS)
@router.api_route("/en/network", methods=METHODS)
async def network(request: Request, of: str = "") -> Response:
    """The map of the network and the path between two people; with `of`, what stands around one thing."""
    if of:
        known = await neighbourhood(request, of)
        if known is None:
            return missing_page(request)
        around = replace(known[0], skip=skipped(request, len(known[0].edges)))
        return page(request, "neighbours.html", around, language=known[1])
    found = await once(request, "map", lambda: mapped(request))
    names = [" ".join(request.query_params.get(name, "").split())[:LONGEST_NAME] for name in ("from", "to")]
    counts = await select_once(request, "home-counts")
    view = network_view(found, names[0], names[1], cases=count(counts[0], "cases") if counts else 0)
    return page(request, "network.html", view, language=await worded(request))


@router.api_route("/network.json", methods=METHODS)
@router.api_route("/en/network.json", methods=METHODS)
async def network_json(request: Request) -> Response:
    """The map as graph.js reads it."""
    found = await once(request, "map", lambda: mapped(request))
    frame = Frame(await worded(request), base_of(request), request.url.path)
    return secure(JSONResponse(map_json(found, frame)))


@router.api_route("/network.svg", methods=METHODS)
async def network_picture(request: Request, scheme: str = "light", width: str = "wide") -> Response:
    """The map as a picture, for the browser to show before any script runs, and in its stead."""
    if scheme not in COLOURS or width not in WIDTHS:
        return missing_page(request)
    found = await once(request, "map", lambda: mapped(request))
    drawn = await once(request, f"map {scheme} {width}", lambda: drawing(found, scheme=scheme, width=width))
    return secure(Response(drawn, media_type="image/svg+xml"))


async def drawing(found: NetworkMap, *, scheme: str, width: str) -> str:
    """The picture of a map, drawn in a thread."""
    return await asyncio.to_thread(map_figure, found, scheme=scheme, width=width)


@router.api_route("/neighbours.json", methods=METHODS)
@router.api_route("/en/neighbours.json", methods=METHODS)
async def neighbours_json(request: Request, of: str = "") -> Response:
    """What stands around the thing of a short name such as cases/0707/…, as graph.js reads it."""
    known = await neighbourhood(request, of)
    if known is None:
        return missing_page(request)
    frame = Frame(known[1], base_of(request), request.url.path)
    return secure(JSONResponse(as_json(known[0], frame)))


async def mapped(request: Request) -> NetworkMap:
    """The map of the version in force as it was drawn when that was published, or, where it was not, as it is now."""
    version = version_of(request)
    drawn = await asyncio.to_thread(kept_map, version.folder) if version else None
    if drawn is None:
        asked = [request.app.state.pool.select(map_query(relation), {}) for relation in MAPPED]
        rows = dict(zip(MAPPED, await asyncio.gather(*asked), strict=True))
        drawn = await asyncio.to_thread(drawn_map, rows)
    return network_map(drawn)


async def neighbourhood(request: Request, name: str) -> tuple[Neighbourhood, Language] | None:
    """What stands around the thing of a short name; None where there is none of that name."""
    kind = name.partition("/")[0]
    if not KEY.fullmatch(name) or ".." in name:
        return None
    address = iri_of(name, base_of(request))
    if kind == "cases":
        known = await read_case(request, address, date.today())
        return (known[1], known[2]) if known else None
    if kind not in RELATIONS or kind_of(address, base_of(request)) != kind:
        return None
    queries = {relation: f"near-{relation}" for relation in RELATIONS[kind]}
    rows = await select_each(request, queries, {"other": iri(address)})
    language = await worded(request)
    labels = [word(row, "otherLabel") for found in rows.values() for row in found if "otherLabel" in row]
    if not any(rows.values()) and not labels:
        return None
    label = goal_name(address, language) if kind == "sdgs" else labels[0]
    lines = Lines(request.app.state.sources.text)
    return around_other(Thing(address, label), kind, rows, lines=lines, language=language), language
