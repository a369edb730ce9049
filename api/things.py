"""One thing as JSON with its neighbours, the route of a case, and the calendar of meetings and planned stops."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from api.feeds import calendar, occasions_of
from api.listing import PREFIX_LINES, SHORTENED
from api.lists import CONTEXT
from api.nouns import NOUNS
from api.questions import DAY, asked, built_of, language, only_own
from api.resources import thing_iri
from graph.errors import UnknownThingError, UnknownValueError
from graph.questions.placing import placed
from graph.questions.resolve import Row, term

router = APIRouter(tags=["resources"])

HASH = re.compile(r"[0-9a-f]{64}")
_PROPERTIES = """SELECT ?thing ?property ?value ?label ?way WHERE {
  { ?thing ?property ?value BIND("out" AS ?way) OPTIONAL { ?value rdfs:label ?label } }
  UNION { ?value ?property ?thing BIND("in" AS ?way) OPTIONAL { ?value rdfs:label ?label } }
} ORDER BY ?way ?property ?value LIMIT 2000"""
_CALENDAR = """SELECT ?thing ?day ?bodyLabel ?caseLabel ?state ?quote ?case WHERE {
  { ?thing a sag:Meeting ; sag:meetingDate ?day ; sag:heldBy ?body . ?body skos:prefLabel ?bodyLabel }
  UNION {
    ?case sag:hasRoutingStep ?thing ; dct:title ?caseLabel . ?thing sag:plannedDate ?day ; sag:targetBody ?body .
    ?body skos:prefLabel ?bodyLabel .
    OPTIONAL { ?thing sag:stepStatus ?state }
    OPTIONAL { ?thing sag:evidence ?span . ?span nif:anchorOf ?quote }
  }
  FILTER(!BOUND(?givenBody) || ?body = ?givenBody)
} ORDER BY ?day ?thing ?quote"""
_DOCUMENTED = {
    "parameters": [
        {"name": "body", "in": "query", "required": False, "schema": {"type": "string"}, "example": "Økonomiudvalget",
         "description": "Organet / the body"},
    ],
    "responses": {"200": {"description": "OK", "content": {"text/calendar": {"schema": {}}}}},
}  # fmt: skip
_CASE = "0999/direktionen/2024-08-21/ab0a32c95c27.2"
_KEY = {"name": "key", "in": "path", "required": True, "schema": {"type": "string"}, "example": _CASE}
_LANG = {"name": "lang", "in": "query", "required": False, "schema": {"type": "string", "enum": ["da", "en"]}}
_ROUTE = {"parameters": [
    _KEY, _LANG, {"name": "as_of", "in": "query", "required": False, "schema": DAY, "example": "2025-06-01",
                  "description": "Dagen, der spørges på; ellers i dag / the day asked on; today if not given"},
]}  # fmt: skip
_BESIDE = {"parameters": [
    {"name": "kind", "in": "path", "required": True, "schema": {"type": "string", "enum": list(NOUNS)},
     "example": "cases"}, _KEY, _LANG,
]}  # fmt: skip


@router.get(
    "/cases/{key:path}/route", summary="En sags rute / the route of a case", operation_id="case-route",
    openapi_extra=_ROUTE,
)  # fmt: skip
@router.head("/cases/{key:path}/route", include_in_schema=False)
async def case_route(request: Request, key: str) -> Response:
    """The route of a case, stop by stop, with the sentences it rests on."""
    only_own(request, ("as_of", "lang"), "/cases/…/route")
    iri = thing_iri(request, "cases", key)
    if iri is None:
        raise UnknownThingError(f"Der er ingen sag {key[:200]}.", english=f"There is no case {key[:200]}.")
    given = {name: value for name, value in request.query_params.items() if name == "as_of" and value}
    try:
        found = await asked(request, "case-route", {"case": iri, **given})
    except UnknownValueError:
        if given:
            raise
        raise UnknownThingError(f"Der er ingen sag {key[:200]}.", english=f"There is no case {key[:200]}.") from None
    return JSONResponse(found.as_json())


@router.get(
    "/{kind}/{key:path}/neighbours", summary="En ting og dens naboer / a thing and its neighbours",
    operation_id="neighbours", openapi_extra=_BESIDE,
)  # fmt: skip
@router.head("/{kind}/{key:path}/neighbours", include_in_schema=False)
async def neighbours(request: Request, kind: str, key: str) -> Response:
    """A thing with its properties, and its neighbours with the property that leads to or from each."""
    only_own(request, ("lang",), "/…/neighbours")
    source = f"{request.app.state.settings.base}/sources/{key}" if HASH.fullmatch(key) else None
    iri = source if kind == "sources" else thing_iri(request, kind, key)
    query = placed(PREFIX_LINES + _PROPERTIES, {"thing": {"type": "uri", "value": iri}}) if iri else ""
    rows = await request.app.state.pool.select(query) if query else []
    if not rows:
        raise UnknownThingError(f"Der er intet {kind}/{key[:200]}.", english=f"There is no {kind}/{key[:200]}.")
    noun = NOUNS.get(kind)
    shown = {"@context": f"{request.app.state.settings.base}{CONTEXT}", "id": iri, **described(rows, language(request))}
    return JSONResponse({**shown, **({"noun": noun.path} if noun else {})}, media_type="application/ld+json")


def described(rows: list[Row], tongue: str) -> dict[str, object]:
    """The rows of a thing as its values by property and its neighbours, which are called by their label in `tongue`."""
    values: dict[str, list[str]] = {}
    once: dict[tuple[str, str, str], Row] = {}
    for row in rows:
        key = row["way"]["value"], short(row["property"]["value"]), row["value"]["value"]
        if key not in once or row.get("label", {}).get("xml:lang") == tongue:
            once[key] = row
    neighbours: list[dict[str, str]] = []
    for (way, name, value), row in once.items():
        if row["value"]["type"] == "uri":
            label = row["label"]["value"] if "label" in row else value.rpartition("/")[2]
            neighbours.append({"property": name, "direction": way, "id": value, "label": label})
        else:
            values.setdefault(name, []).append(value)
    plain = {name: found[0] if len(found) == 1 else found for name, found in values.items()}
    return {"properties": plain, "neighbours": neighbours}


def short(iri: str) -> str:
    """A property by its prefixed name, where it has one."""
    for prefix, namespace in SHORTENED.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


@router.api_route(
    "/calendar.ics",
    methods=["GET"],
    summary="Møder og planlagte stop / meetings and planned stops",
    operation_id="calendar",
    openapi_extra=_DOCUMENTED,
)
@router.api_route("/calendar.ics", methods=["HEAD"], include_in_schema=False)
async def calendar_file(request: Request) -> Response:
    """All meetings and the planned stops of all cases, or of one body."""
    only_own(request, ("body", "lang"), "/calendar.ics")
    text = await run_in_threadpool(made_calendar, request)
    return Response(text, media_type="text/calendar; charset=utf-8")


def made_calendar(request: Request) -> str:
    """The calendar as text."""
    pool, body = request.app.state.pool, request.query_params.get("body", "")
    terms = {"givenBody": term("body", "body", value=body, select=pool.select_blocking)} if body else {}
    rows = pool.select_blocking(placed(PREFIX_LINES + _CALENDAR, terms), {})
    once = {row["thing"]["value"]: row for row in reversed(rows)}
    return calendar("Sagsgraf", occasions_of(reversed(list(once.values()))), built_of(request))
