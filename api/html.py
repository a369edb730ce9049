"""The pages for people: front page, cases, a case, a source; and what other routers' answers look like as a page.

Danish stands at /, English at /en/. Every page is whole without JavaScript and asks this service alone for its files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.figures import lock, mark
from api.views.answer import answer_view
from api.views.assets import asset, assets
from api.views.case import CASE_QUERIES, case_view
from api.views.evidence import Lines
from api.views.frame import Frame
from api.views.home import HOME_QUERIES, cases_view, home_view
from api.views.language import Language, phrases
from api.views.resource import resource_view
from api.views.rows import Row, key, word
from api.views.source import SourceView
from graph.terms import PREFIXES

router = APIRouter(include_in_schema=False)

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
METHODS = ["GET", "HEAD"]
KEY = re.compile(r"[A-Za-z0-9._~/-]{1,400}")
HASH = re.compile(r"[0-9a-f]{64}")
LONGEST_SEARCH = 200


def secure(response: Response) -> Response:
    """The same response with the headers that keep a page from running or fetching anything foreign."""
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@cache
def environment() -> Environment:
    """The templates, with everything escaped that comes from outside."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "pages" / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(asset=asset, lock=lock, mark=mark, key=key)
    return made


@cache
def query(name: str) -> str:
    """The text of a query that a page is made from."""
    return (Path(__file__).parent / "pages" / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def iri(value: str) -> Mapping[str, str]:
    """An IRI as a term to ask with."""
    return {"type": "uri", "value": value}


def literal(value: str, datatype: str = "") -> Mapping[str, str]:
    """A text as a term to ask with, or a value of a type of XML Schema."""
    term = {"type": "literal", "value": value}
    return {**term, "datatype": PREFIXES["xsd"] + datatype} if datatype else term


async def select(request: Request, name: str, terms: Mapping[str, Mapping[str, str]] | None = None) -> list[Row]:
    """The rows of one of the pages' queries."""
    rows: list[Row] = await request.app.state.pool.select(query(name), dict(terms or {}))
    return rows


def language_of(request: Request, rows: Iterable[Row] = ()) -> Language:
    """The language that the address asks for; `rows` of concepts.rq give the words of concepts and properties."""
    path = request.url.path
    code = "en" if path == "/en" or path.startswith("/en/") else "da"
    concepts: dict[str, str] = {}
    for row in rows:
        if row["label"].get("xml:lang", code) == code or word(row, "term") not in concepts:
            concepts[word(row, "term")] = word(row, "label")
    return Language(code, phrases(code), concepts)


async def worded(request: Request) -> Language:
    """The language of a page that names concepts."""
    return language_of(request, await select(request, "concepts"))


def page(request: Request, template: str, view: object, *, language: Language, status: int = 200) -> HTMLResponse:
    """A page as the response to send."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    frame = Frame(language, request.app.state.settings.base, path)
    text = environment().get_template(template).render(page=frame, t=language, view=view)
    response = HTMLResponse(text, status_code=status)
    response.headers["Content-Language"] = language.code
    secure(response)
    return response


@router.api_route("/static/{name:path}", methods=METHODS)
async def static_file(request: Request, name: str) -> Response:
    """A style sheet, a font or a licence."""
    found = assets().get(name)
    if found is None:
        return missing_page(request)
    kept = "public, max-age=31536000, immutable" if "v" in request.query_params else "public, max-age=3600"
    response = Response(found.content, media_type=found.media_type, headers={"Cache-Control": kept})
    return secure(response)


@router.api_route("/", methods=METHODS)
@router.api_route("/en/", methods=METHODS)
async def home(request: Request) -> Response:
    """The front page."""
    today = {"asOf": literal(date.today().isoformat(), "date")}
    rows = {name: await select(request, f"home-{name}", today if name == "overdue" else None) for name in HOME_QUERIES}
    view = home_view(rows)
    return page(request, "home.html", view, language=language_of(request))


@router.api_route("/cases", methods=METHODS)
@router.api_route("/en/cases", methods=METHODS)
async def cases(request: Request, q: str = "", after: str = "") -> Response:
    """The list of cases, or of those whose title holds the words of `q`."""
    words = " ".join(q.split())[:LONGEST_SEARCH]
    asked = {"words": literal(words), "after": literal(after[:1000])}
    view = cases_view(await select(request, "cases", asked), await select(request, "cases-open", asked), words)
    return page(request, "cases.html", view, language=language_of(request))


@router.api_route("/cases/{case_key:path}", methods=METHODS)
@router.api_route("/en/cases/{case_key:path}", methods=METHODS)
async def case(request: Request, case_key: str) -> Response:
    """The page of a case."""
    if not KEY.fullmatch(case_key):
        return missing_page(request)
    return await render_case(request, f"{request.app.state.settings.base}/id/cases/{case_key}")


async def render_case(request: Request, case_iri: str) -> Response:
    """The page of a case as it stands on the day of `as_of`, today where none is given."""
    try:
        as_of = date.fromisoformat(request.query_params.get("as_of") or date.today().isoformat())
    except ValueError:
        t = language_of(request)
        return render_problem(request, 400, title=t("Datoen kan ikke læses"), detail=t("Skriv as_of som ÅÅÅÅ-MM-DD."))
    asked = {"case": iri(case_iri)}
    found = await select(request, "case", asked)
    language = await worded(request)
    frame = Frame(language, request.app.state.settings.base, request.url.path)
    if not found:
        return missing_page(request)
    if current := next((word(row, "current") for row in found if "current" in row), ""):
        return secure(RedirectResponse(frame.link(current), status_code=303))
    rows = {name: await select(request, f"case-{name}", asked) for name in CASE_QUERIES}
    view = case_view(found, rows, lines=Lines(request.app.state.sources.text), language=language, as_of=as_of)
    return page(request, "case.html", view, language=language)


@router.api_route("/sources/{text_hash}", methods=METHODS)
@router.api_route("/en/sources/{text_hash}", methods=METHODS)
async def source(request: Request, text_hash: str) -> Response:
    """The text of a source, with every sentence that a fact rests on as an element of its own."""
    text = request.app.state.sources.text(text_hash) if HASH.fullmatch(text_hash) else None
    if text is None:
        return missing_page(request)
    address = f"{request.app.state.settings.base}/sources/{text_hash}"
    rows = await select(request, "source", {"source": iri(address)})
    spans = await select(request, "source-spans", {"text": iri(f"{address}.txt")})
    told = await select(request, "source-cases", {"source": iri(address)})
    view = SourceView.made(rows, spans, told, text=text, iri=address)
    return page(request, "source.html", view, language=await worded(request))


def render_questions(request: Request, questions: Iterable[Mapping[str, Any]]) -> HTMLResponse:
    """The list of questions, each {id, title, description}, as a page."""
    return page(request, "questions.html", list(questions), language=language_of(request))


def render_question(request: Request, answer: Mapping[str, Any]) -> HTMLResponse:
    """The answer to a question as a page."""
    language = language_of(request)
    return page(
        request,
        "question.html",
        answer_view(answer, language, lines=Lines(request.app.state.sources.text)),
        language=language,
    )


def render_resource(request: Request, address: str, *, label: str, statements: Iterable[Row]) -> HTMLResponse:
    """The plain page of a thing; for the rows see `api.views.resource.resource_view`."""
    language = language_of(request)
    return page(
        request, "resource.html", resource_view(address, statements, label=label, language=language), language=language
    )


def render_problem(request: Request, status: int, *, title: str, detail: str) -> HTMLResponse:
    """A problem in words, with a way onward."""
    view = {"status": status, "title": title, "detail": detail}
    return page(request, "problem.html", view, language=language_of(request), status=status)


def missing_page(request: Request) -> HTMLResponse:
    """The page for an address that names nothing here."""
    t = language_of(request)
    return render_problem(
        request, 404, title=t("Siden findes ikke"), detail=t("Adressen peger ikke på noget i grafen.")
    )
