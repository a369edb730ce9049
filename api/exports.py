"""The lists as whole tables: /cases.csv and its like, and beside each what its columns hold (CSV on the Web)."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse

from api.listing import Lister, Wanted, place_query
from api.lists import METHODS, address, parameters_of, read_wanted
from api.nouns import NOUNS, Noun
from api.questions import language, only_own
from api.tabular import METADATA, as_csv, metadata
from graph.history import version_folder

router = APIRouter(tags=["tables"])

MOST_ROWS = 50_000
AT_ONCE = 500  # things whose fields are looked up by one query
BESIDE = "-metadata.json"


async def whole_table(request: Request) -> Response:
    """All things of a noun that the filters leave, as CSV; Link leads to what the columns hold, and to the rest."""
    noun = NOUNS[request.url.path.strip("/").removesuffix(".csv")]
    asked = read_wanted(request, noun)
    if "limit" not in request.query_params:
        asked = Wanted(asked.filters, asked.fields, MOST_ROWS, asked.after, asked.as_of)
    state = request.app.state
    lister = Lister(state.pool.select_blocking, version_folder(state.settings.data, state.version), language(request))
    members, onward = await run_in_threadpool(rows_of, lister, noun, asked)
    links = [f'<{state.settings.base}/{noun.path}.csv{BESIDE}>; rel="describedby"; type="{METADATA}"']
    if onward:
        following = address(request, noun, {**request.query_params, "after": onward}, suffix="csv")
        links.append(f'<{following}>; rel="next"')
    headers = {"Vary": "Accept-Language", "Link": ", ".join(links)}
    text = as_csv(noun, asked.fields, members)
    return PlainTextResponse(text, media_type="text/csv; charset=utf-8", headers=headers)


def rows_of(lister: Lister, noun: Noun, asked: Wanted) -> tuple[list[dict[str, object]], str | None]:
    """The rows of a table, and the place after which it goes on where there are more."""
    patterns, terms = lister.narrowed(noun, asked)
    places = lister.select(place_query(noun, patterns, terms, wanted=asked), {})
    shown = [row["thing"]["value"] for row in places[: asked.limit]]
    members = [
        member
        for begin in range(0, len(shown), AT_ONCE)
        for member in lister.members(noun, shown[begin : begin + AT_ONCE], asked.fields)
    ]
    return members, places[asked.limit - 1]["place"]["value"] if len(places) > asked.limit else None


async def columns_of_tables(request: Request) -> Response:
    """What the columns of all tables hold: names in Danish and English, datatypes, keys."""
    only_own(request, (), request.url.path)
    return JSONResponse(metadata(request.app.state.settings.base), media_type=METADATA)


def documented(noun: Noun) -> dict[str, Any]:
    """What OpenAPI says of a table: the list's filters; without a limit all rows come."""
    parameters = parameters_of(noun)
    for parameter in parameters:
        if parameter["name"] == "limit":
            parameter["schema"] = {key: value for key, value in parameter["schema"].items() if key != "default"}
            parameter["description"] = "Hvor mange; ellers alle / How many; all if not given"
    content = {"text/csv": {"schema": {"type": "string"}}}
    return {"parameters": parameters, "responses": {"200": {"description": "OK", "content": content}}}


for _noun in NOUNS.values():
    router.add_api_route(
        f"/{_noun.path}.csv", whole_table, methods=["GET"], summary=f"{_noun.da} som tabel / {_noun.en} as a table",
        openapi_extra=documented(_noun), operation_id=f"table-{_noun.path}", response_class=Response,
    )  # fmt: skip
    router.add_api_route(f"/{_noun.path}.csv", whole_table, methods=["HEAD"], include_in_schema=False)
    router.add_api_route(f"/{_noun.path}.csv{BESIDE}", columns_of_tables, methods=METHODS, include_in_schema=False)
router.add_api_route(
    "/csv-metadata.json", columns_of_tables, methods=["GET"], operation_id="tables", response_class=Response,
    summary="Tabellernes kolonner / the columns of the tables (CSVW)",
    openapi_extra={"responses": {"200": {"description": "OK", "content": {METADATA: {"schema": {"type": "object"}}}}}},
)  # fmt: skip
router.add_api_route("/csv-metadata.json", columns_of_tables, methods=["HEAD"], include_in_schema=False)
