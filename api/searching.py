"""Search over HTTP: across all kinds of things, ranked, with the hits marked and words to try instead."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from api.listing import MOST
from api.lists import limit_of
from api.nouns import NOUNS
from api.questions import only_own
from graph.errors import UnknownValueError
from graph.history import version_folder
from graph.search import MARK, counted, suggestions

router = APIRouter(tags=["search"])

KINDS = [path for path in NOUNS if path != "sdgs"]
OWN = ("q", "kind", "limit", "skip", "lang")
USUAL = "20"
FURTHEST = 10_000
_PARAMETERS = [
    {"name": "q", "in": "query", "required": False, "schema": {"type": "string"}, "example": "bygge",
     "description": "Ord eller begyndelser af ord; æ, ø og å må skrives ae, oe og aa / words or beginnings of words"},
    {"name": "kind", "in": "query", "required": False, "schema": {"type": "string", "enum": [*KINDS, ""]},
     "example": "cases", "description": "Kun denne slags / this kind alone"},
    {"name": "limit", "in": "query", "required": False, "example": 10, "description": "Hvor mange / how many",
     "schema": {"type": "integer", "minimum": 1, "maximum": MOST}},
    {"name": "skip", "in": "query", "required": False, "example": 0, "description": "Spring over / skip",
     "schema": {"type": "integer", "minimum": 0, "maximum": FURTHEST}},
    {"name": "lang", "in": "query", "required": False, "schema": {"type": "string", "enum": ["da", "en"]},
     "example": "da", "description": "Sproget / the language"},
]  # fmt: skip


@router.get(
    "/search",
    summary="Søg i alt / search everything",
    operation_id="search",
    openapi_extra={"parameters": _PARAMETERS},
)
@router.head("/search", include_in_schema=False)
async def search_things(request: Request) -> Response:
    """What holds all the words, best first; where nothing does, words of the graph that are near."""
    only_own(request, OWN, "/search")
    given = request.query_params
    kind = given.get("kind") or None
    if kind is not None and kind not in KINDS:
        there = ", ".join(KINDS)
        raise UnknownValueError(f"kind={kind[:40]}: vælg mellem {there}.", english=f"kind={kind[:40]}: one of {there}.")
    skip = skip_of(given.get("skip", "0"))
    limit = limit_of(given.get("limit", USUAL))
    return JSONResponse(
        await run_in_threadpool(found, request, given.get("q", ""), kind=kind, skip=skip, limit=limit),
        media_type="application/json",
        headers={"Vary": "Accept"},
    )


def found(request: Request, query: str, *, kind: str | None, skip: int, limit: int) -> dict[str, object]:
    """The answer to a search as an object."""
    state = request.app.state
    folder = version_folder(state.settings.data, state.version).folder
    counts, hits = counted(folder, query, kind=kind, skip=skip, most=limit)
    return {
        "query": query,
        "count": sum(counts.values()),
        "counts": counts,
        "mark": list(MARK),
        "hits": [
            {"id": hit.iri, "kind": hit.kind, "label": hit.title, "snippet": hit.snippet, "score": hit.score}
            for hit in hits
        ],
        "suggestions": [] if counts else suggestions(folder, query),
    }


def skip_of(written: str) -> int:
    """How many hits to skip."""
    if written.isascii() and written.isdigit() and len(written) <= 5 and int(written) <= FURTHEST:
        return int(written)
    raise UnknownValueError(
        f"skip={written[:40]}: vælg 0-{FURTHEST}.", english=f"skip={written[:40]}: choose 0-{FURTHEST}."
    )
