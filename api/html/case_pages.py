"""The front page, the cases, the sources, and the files that every page asks for."""

from __future__ import annotations

import re
from datetime import date

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from api.html.rendering import (
    KEY,
    METHODS,
    PREFETCH,
    base_of,
    iri,
    language_of,
    listed_by,
    literal,
    missing_page,
    page,
    render_problem,
    secure,
    select,
    select_each,
    select_once,
    untold_text,
    worded,
)
from api.views.assets import assets
from api.views.case import CASE_QUERIES, CaseView, case_view
from api.views.evidence import Lines
from api.views.frame import Frame
from api.views.home import HOME_QUERIES, cases_view, home_view
from api.views.language import Language
from api.views.neighbours import Neighbourhood, around_case, as_json
from api.views.rows import word
from api.views.source import SourceView

router = APIRouter(include_in_schema=False)

# Pages of things are fetched when a pointer rests on their link; questions, queries and files are not.
WORTH = [f"{prefix}/{noun}/*" for prefix in ("", "/en") for noun in ("cases", "people", "bodies", "meetings", "sdgs")]
RULES = {
    "prefetch": [
        {
            "where": {"and": [{"href_matches": WORTH}, {"not": {"href_matches": ["/*.ttl", "/*.jsonld"]}}]},
            "eagerness": "moderate",
        }
    ]
}
AROUND = ("goals", "departments")
HASH = re.compile(r"[0-9a-f]{64}")


@router.api_route("/static/{name:path}", methods=METHODS)
async def static_file(request: Request, name: str) -> Response:
    """A style sheet, a script, a font or a licence; packed where the browser takes it so."""
    found = assets().get(name)
    if found is None:
        return missing_page(request)
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "public, max-age=3600"
    headers = {"Cache-Control": kept, "Vary": "Accept-Encoding"}
    if found.packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
        return secure(Response(found.packed, media_type=found.media_type, headers=headers))
    return secure(Response(found.content, media_type=found.media_type, headers=headers))


@router.api_route(PREFETCH, methods=METHODS)
async def prefetch_rules(request: Request) -> Response:
    """Which pages a browser may fetch when a pointer rests on their link; one that saves data does not."""
    headers = {"Cache-Control": "public, max-age=86400"}
    return secure(JSONResponse(RULES, media_type="application/speculationrules+json", headers=headers))


@router.api_route("/", methods=METHODS)
@router.api_route("/en/", methods=METHODS)
async def home(request: Request) -> Response:
    """The front page."""
    today = {"asOf": literal(date.today().isoformat(), "date")}
    rows = await select_each(request, {name: f"home-{name}" for name in HOME_QUERIES}, today)
    covered = await select_once(request, "coverage")
    return page(request, "home.html", home_view({**rows, "covered": covered}), language=language_of(request))


@router.api_route("/cases", methods=METHODS)
@router.api_route("/en/cases", methods=METHODS)
async def cases(request: Request) -> Response:
    """The list of cases, or of those whose title holds the words of `q`."""
    words, after = listed_by(request)
    asked = {"words": literal(words), "after": literal(after)}
    rows = await select_each(request, {"cases": "cases", "open": "cases-open"}, asked)
    view = cases_view(rows["cases"], rows["open"], words)
    return page(request, "cases.html", view, language=language_of(request))


@router.api_route("/cases/{case_key:path}.graph.json", methods=METHODS)
@router.api_route("/en/cases/{case_key:path}.graph.json", methods=METHODS)
async def case_graph(request: Request, case_key: str) -> Response:
    """What stands around a case, as graph.js reads it."""
    address = f"{base_of(request)}/id/cases/{case_key}"
    known = await read_case(request, address, date.today()) if KEY.fullmatch(case_key) else None
    if known is None:
        return missing_page(request)
    frame = Frame(known[2], base_of(request), request.url.path)
    return secure(JSONResponse(as_json(known[1], frame)))


@router.api_route("/cases/{case_key:path}", methods=METHODS)
@router.api_route("/en/cases/{case_key:path}", methods=METHODS)
async def case(request: Request, case_key: str) -> Response:
    """The page of a case."""
    if not KEY.fullmatch(case_key):
        return missing_page(request)
    return await render_case(request, f"{base_of(request)}/id/cases/{case_key}")


async def render_case(request: Request, case_iri: str) -> Response:
    """The page of a case as it stands on the day of `as_of`, today where none is given."""
    t = language_of(request)
    try:
        as_of = date.fromisoformat(request.query_params.get("as_of") or date.today().isoformat())
    except ValueError:
        return render_problem(request, 400, title=t("Datoen kan ikke læses"), detail=t("Skriv as_of som ÅÅÅÅ-MM-DD."))
    known = await read_case(request, case_iri, as_of)
    if known is None:
        replaced = await select(request, "case", {"case": iri(case_iri)})
        if current := next((word(row, "current") for row in replaced if "current" in row), ""):
            frame = Frame(t, base_of(request), request.url.path)
            return secure(RedirectResponse(frame.link(current), status_code=303))
        return missing_page(request)
    view, around, language = known
    return page(request, "case.html", {"case": view, "around": around}, language=language)


async def read_case(request: Request, case_iri: str, as_of: date) -> tuple[CaseView, Neighbourhood, Language] | None:
    """A case with what stands around it; None where there is no such case, or another key holds in its place."""
    asked = {"case": iri(case_iri)}
    found = await select(request, "case", asked)
    if not found or any("current" in row for row in found):
        return None
    language, lines = await worded(request), Lines(request.app.state.sources.text)
    rows = await select_each(request, {name: f"case-{name}" for name in (*CASE_QUERIES, *AROUND)}, asked)
    view = case_view(found, rows, lines=lines, language=language, as_of=as_of)
    return view, around_case(view, rows, lines=lines, language=language), language


@router.api_route("/sources/{text_hash}", methods=METHODS)
@router.api_route("/en/sources/{text_hash}", methods=METHODS)
async def source(request: Request, text_hash: str) -> Response:
    """The text of a source, with every sentence that a fact rests on as an element of its own."""
    text = request.app.state.sources.text(text_hash) if HASH.fullmatch(text_hash) else None
    if text is None:
        return untold_text(request)
    address = f"{base_of(request)}/sources/{text_hash}"
    rows = await select(request, "source", {"source": iri(address)})
    spans = await select(request, "source-spans", {"text": iri(f"{address}.txt")})
    told = await select(request, "source-cases", {"source": iri(address)})
    view = SourceView.made(rows, spans, told, text=text, iri=address)
    return page(request, "source.html", view, language=await worded(request))
