"""The page of openness, and its rows as JSON and CSV: how much is closed, by body and quarter."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from api.html.rendering import METHODS, iri, language_of, once, page, select, select_once, version_of
from api.views.openness import OpennessView, as_csv, as_rows, openness_view
from api.views.rows import Row
from graph.openness import shifts

router = APIRouter(include_in_schema=False)
tables = APIRouter(tags=["tables"])

SHOWN = 40  # changes of access, the newest
_ROW = {
    "type": "object",
    "properties": {
        "body": {"type": "string"},
        "bodyLabel": {"type": "string"},
        "quarter": {"type": "string", "example": "2024 Q3"},
        "closedItems": {"type": ["integer", "null"], "description": "null: færre end 3 / fewer than 3"},
        "closedAttachments": {"type": ["integer", "null"], "description": "null: færre end 3 / fewer than 3"},
        "closedLater": {"type": "boolean", "description": "Noget blev lukket senere / something was closed later"},
        "openedLater": {"type": "boolean", "description": "Noget blev åbnet senere / something was opened later"},
    },
}
_JSON = {"responses": {"200": {"description": "OK", "content": {"application/json": {
    "schema": {"type": "object", "properties": {"rows": {"type": "array", "items": _ROW}}}}}}}}  # fmt: skip
_CSV = {"responses": {"200": {"description": "OK", "content": {"text/csv": {"schema": {"type": "string"}}}}}}


async def viewed(request: Request) -> OpennessView:
    """What is closed in the version in force, and what of it changed."""
    return await once(request, "openness", lambda: made(request))


async def made(request: Request) -> OpennessView:
    """The view, asked anew."""
    version = version_of(request)
    moved: list[tuple[str, str, Row]] = []
    for shift in shifts(version)[:SHOWN] if version else ():
        rows = await select(request, "openness-thing", {"thing": iri(shift.thing)})
        moved += [(shift.to, shift.at[:10], row) for row in rows]
    items = await select_once(request, "openness-items")
    return openness_view(items, await select_once(request, "openness-attachments"), moved)


@router.api_route("/openness", methods=METHODS)
@router.api_route("/en/openness", methods=METHODS)
async def openness(request: Request) -> Response:
    """What is closed, by body and quarter; small counts are not told."""
    return page(request, "openness.html", await viewed(request), language=language_of(request))


@tables.get(
    "/openness.json", summary="Hvor meget der er lukket / how much is closed", operation_id="openness",
    openapi_extra=_JSON, response_class=JSONResponse,
)  # fmt: skip
async def openness_json(request: Request) -> Response:
    """What is closed, by body and quarter, as JSON."""
    return JSONResponse({"rows": as_rows(await viewed(request))})


@tables.get(
    "/openness.csv", summary="Hvor meget der er lukket, som tabel / how much is closed, as a table",
    operation_id="openness-table", openapi_extra=_CSV, response_class=PlainTextResponse,
)  # fmt: skip
async def openness_csv(request: Request) -> Response:
    """What is closed, by body and quarter, as CSV."""
    return PlainTextResponse(as_csv(await viewed(request)), media_type="text/csv; charset=utf-8")
