"""The questions over HTTP: each .rq file as JSON, CSV and a page, by Accept or by suffix."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse

from api.answers import as_csv, as_page, listed
from api.formats import Format, negotiate
from api.html import render_question, render_questions
from graph.errors import FormatError, UnknownValueError
from graph.questions.answer import Answer, Asker, answer
from graph.questions.question import question, questions

router = APIRouter(tags=["questions"])

JSON = Format("json", "", "application/json", "json", ())
CSV = Format("csv", "", "text/csv", "csv", ())
HTML = Format("html", "", "text/html", "html", ())
FORMS = (JSON, CSV, HTML)
OWN = ("lang",)


def wanted_form(request: Request, suffix: str | None) -> Format:
    """The form asked for by suffix, else by Accept; raises FormatError where it is none of ours."""
    if suffix is not None:
        found = next((form for form in FORMS if form.extension == suffix), None)
    else:
        found = negotiate(request.headers.get("accept"), FORMS)
    if found is None:
        there = ", ".join(form.media_type for form in FORMS)
        raise FormatError(f"Svaret kan fås som {there}.", english=f"The answer can be had as {there}.")
    return found


def language(request: Request) -> str:
    """The language asked for: ?lang=, else the path, else Danish."""
    asked = request.query_params.get("lang", "en" if request.url.path.startswith("/en/") else "da")
    if asked not in ("da", "en"):
        raise UnknownValueError(f"lang={asked[:20]}: vælg da eller en.", english=f"lang={asked[:20]}: choose da or en.")
    return asked


@router.get("/questions", summary="Spørgsmålene / the questions")
@router.get("/en/questions", include_in_schema=False)
async def list_questions(request: Request) -> Response:
    """All questions with their parameters and columns."""
    found = listed(questions().values(), language(request))
    if wanted_form(request, None) is HTML:
        return render_questions(request, found)
    return JSONResponse(found, headers={"Vary": "Accept"})


@router.get("/questions/{name}", summary="Svaret på et spørgsmål / the answer to a question")
@router.get("/en/questions/{name}", include_in_schema=False)
async def ask_question(request: Request, name: str) -> Response:
    """The answer as JSON, CSV (`.csv`) or a page; the question's own parameters are given in the query."""
    identity, _, suffix = name.partition(".")
    form = wanted_form(request, suffix or None)
    given = {key: value for key, value in request.query_params.items() if key not in OWN and value}
    found = await asked(request, identity, given)
    if form is HTML:
        return render_question(request, as_page(found, language(request)))
    if form is CSV:
        return PlainTextResponse(as_csv(found), media_type="text/csv; charset=utf-8", headers={"Vary": "Accept"})
    return JSONResponse(found.as_json(), headers={"Vary": "Accept"})


async def asked(request: Request, identity: str, given: Mapping[str, str]) -> Answer:
    """The answer over the reserved lane; asking waits for the workers in a thread of its own."""
    state = request.app.state
    asker = Asker(state.pool.select_blocking, date.today(), language(request), state.version, line=state.sources.line)
    return await run_in_threadpool(answer, question(identity), given, asker)
