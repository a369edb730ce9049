"""The SPARQL page: a plain form, its answer as a page, and beside it an editor for browsers that run scripts."""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import replace

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.admission import admit
from api.formats import JSON, NTRIPLES
from api.html.rendering import METHODS, base_of, language_of, page, secure, select_once, worded
from api.problems import problem_of, wait_of
from api.views.constructed import constructed
from api.views.frame import Frame
from api.views.query import QueryView, examples, words_for
from api.views.table import table_of
from api.workers import QueryRequest
from graph.errors import AnswerTooLargeError, QueryTooLongError, SagsgrafError
from graph.terms import PREFIXES

router = APIRouter(include_in_schema=False)

LONGEST_QUERY = 8_192
# An answer above this size is for the downloads: a page of it would help nobody.
LARGEST_ANSWER = 4_000_000


@router.api_route("/query", methods=METHODS)
@router.api_route("/en/query", methods=METHODS)
async def query_page(request: Request, query: str = "", example: str = "") -> Response:
    """The SPARQL page with the answer to the query in the address, or with an example's query ready to run.

    `format` sends on to the endpoint, for a form without scripts has one address for all its buttons.
    """
    if "format" in request.query_params:
        return secure(RedirectResponse(f"/sparql?{request.url.query}", status_code=303))
    language = await worded(request)
    known = examples((q.id, q.title[language.code], q.query) for q in request.app.state.questions.values())
    seconds = int(getattr(request.app.state.settings, "deadline", 10))
    shown = query or next((one.query for one in known if one.id == example), "")
    view, status, wait = QueryView(query=shown, examples=known, seconds=seconds), 200, None
    if query.strip():
        try:
            view = await answered(request, view)
        except SagsgrafError as error:
            said = error.english if language.code == "en" else error.message
            view = QueryView(query=query, examples=known, seconds=seconds, problem=said)
            status, wait = problem_of(error).status, wait_of(error)
    answer = page(request, "query.html", view, language=language, status=status)
    if status != 200:
        answer.headers.update({"Cache-Control": "no-store", **({"Retry-After": str(wait)} if wait else {})})
    return answer


async def answered(request: Request, view: QueryView) -> QueryView:
    """The page with the answer; a SagsgrafError where there is none."""
    if len(view.query) > LONGEST_QUERY:
        raise QueryTooLongError(
            f"Siden tager højst {LONGEST_QUERY} tegn. Send en længere forespørgsel med POST til /sparql.",
            f"The page takes at most {LONGEST_QUERY} characters. Send a longer query by POST to /sparql.",
        )
    admit(view.query)
    began = time.perf_counter()
    client = request.client.host if request.client else None
    asked = QueryRequest(view.query, solutions=JSON, triples=NTRIPLES, base=f"{base_of(request)}/sparql")
    answer = await request.app.state.pool.run(asked, client=client)
    timed = replace(view, milliseconds=round(1000 * (time.perf_counter() - began)))
    if len(answer.body) > LARGEST_ANSWER:
        raise AnswerTooLargeError(
            "Svaret er for stort til en side. Hent det som CSV, eller sæt LIMIT på.",
            "The answer is too large for a page. Download it as CSV, or set a LIMIT.",
        )
    if answer.format is not JSON:
        frame = Frame(await worded(request), base_of(request), request.url.path)
        lines = answer.body.decode("utf-8").splitlines()
        return replace(timed, drawn=await asyncio.to_thread(constructed, lines, frame))
    found = await asyncio.to_thread(json.loads, answer.body)
    if "boolean" in found:
        return replace(timed, told=bool(found["boolean"]))
    return replace(timed, table=table_of(found))


@router.api_route("/vocabulary-words.json", methods=METHODS)
@router.api_route("/en/vocabulary-words.json", methods=METHODS)
async def words(request: Request) -> Response:
    """The names of the vocabulary with their labels, for completion in the editor."""
    language = language_of(request)
    listed = words_for(await select_once(request, "concepts"), PREFIXES, language.code)
    return secure(Response(listed, media_type="application/json", headers={"Cache-Control": "public, max-age=3600"}))
