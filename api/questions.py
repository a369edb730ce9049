"""The questions over HTTP: each .rq file in six forms, by Accept or by suffix, with its gaps and its changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse

from api.answers import as_csv, as_page, listed
from api.feeds import Feed, atom, entry, json_feed
from api.formats import JSONLD, TURTLE, Format, negotiate
from api.forms import EVIDENCE, as_json, as_json_ld, facts_query, question_ttl
from api.html import render_question, render_questions
from api.workers import QueryRequest
from graph.errors import FormatError, UnknownValueError
from graph.history import changes, table, table_text, version_folder
from graph.questions.answer import Answer, Asker, answer, asked_facts, summary
from graph.questions.asking import evidence_of
from graph.questions.keeping import compact, rows_about, rows_behind
from graph.questions.question import PARAMETERS, Question, question
from graph.search import Names

router = APIRouter(tags=["questions"])

JSON = Format("json", "", "application/json", "json", ())
CSV = Format("csv", "", "text/csv", "csv", ())
HTML = Format("html", "", "text/html", "html", ())
ATOM = Format("atom", "", "application/atom+xml", "atom", ())
FEED = Format("jsonfeed", "", "application/feed+json", "feed.json", ())
FORMS = (JSON, CSV, HTML, JSONLD, TURTLE, ATOM, FEED)
OWN = ("lang", "evidence")
METHODS = ["GET", "HEAD"]
MOST_ENTRIES = 200
_NOTHING = '"rows":[],"gaps":[]}'  # how an answer without rows and gaps ends
# a form sends what nobody filled in as an empty value, which is as if it were not there
DAY: dict[str, Any] = {"anyOf": [{"type": "string", "format": "date"}, {"type": "string", "maxLength": 0}]}
LANG = {"name": "lang", "in": "query", "required": False, "schema": {"type": "string", "enum": ["da", "en"]},
        "description": "Sproget / the language", "example": "da"}  # fmt: skip


def served(*media_types: str, parameters: tuple[dict[str, Any], ...] = ()) -> dict[str, Any]:
    """What OpenAPI says of an address that answers in these forms."""
    content: dict[str, Any] = {media_type: {"schema": {}} for media_type in media_types}
    return {"parameters": list(parameters), "responses": {"200": {"description": "OK", "content": content}}}


def wanted_form(request: Request, suffix: str | None, forms: tuple[Format, ...] = FORMS) -> Format:
    """The form asked for by suffix, else by Accept; raises FormatError where it is none of ours."""
    if suffix is not None:
        found = next((form for form in forms if form.extension == suffix), None)
    else:
        found = negotiate(request.headers.get("accept"), forms)
    if found is None:
        there = ", ".join(form.media_type for form in forms)
        raise FormatError(f"Svaret kan fås som {there}.", english=f"The answer can be had as {there}.")
    return found


def language(request: Request) -> str:
    """The language asked for: ?lang=, else the path, else Danish."""
    asked = request.query_params.get("lang", "en" if request.url.path.startswith("/en/") else "da")
    if asked not in ("da", "en"):
        raise UnknownValueError(f"lang={asked[:20]}: vælg da eller en.", english=f"lang={asked[:20]}: choose da or en.")
    return asked


def evidence_wish(request: Request) -> str:
    """How much evidence is wanted: full, short or none."""
    asked = request.query_params.get("evidence", "full")
    if asked not in EVIDENCE:
        there = ", ".join(EVIDENCE)
        raise UnknownValueError(f"evidence={asked[:20]}: {there}.", english=f"evidence={asked[:20]}: {there}.")
    return asked


@router.get(
    "/questions",
    summary="Spørgsmålene / the questions",
    openapi_extra=served("application/json", "text/html", parameters=(LANG,)),
)
@router.head("/questions", include_in_schema=False)
@router.api_route("/en/questions", methods=METHODS, include_in_schema=False)
async def list_questions(request: Request) -> Response:
    """All questions with their parameters and columns."""
    found = listed(request.app.state.questions.values(), language(request))
    if wanted_form(request, None, (JSON, HTML)) is HTML:
        return render_questions(request, found)
    return JSONResponse(found, headers={"Vary": "Accept"})


@router.get(
    "/questions.ttl", summary="Spørgsmålene som SHACL / the questions as SHACL", openapi_extra=served("text/turtle")
)
@router.head("/questions.ttl", include_in_schema=False)
async def list_queries(request: Request) -> Response:
    """The questions as example queries: sh:SPARQLSelectExecutable with sh:select."""
    text = question_ttl(request.app.state.questions.values(), request.app.state.settings.base)
    return PlainTextResponse(text, media_type="text/turtle; charset=utf-8")


@router.get(
    "/gaps",
    summary="Hvad der mangler i alle spørgsmål / what all questions lack",
    openapi_extra=served("application/json", parameters=(LANG,)),
)
@router.head("/gaps", include_in_schema=False)
async def all_gaps(request: Request) -> Response:
    """For every question how many rows it has, what it needs and lacks, and whether that blocks it."""
    only_own(request, ("lang",), "/gaps")
    return JSONResponse(await run_in_threadpool(summary, asker_of(request)))


@router.api_route("/questions/{name}/gaps", methods=METHODS, include_in_schema=False)
async def question_gaps(request: Request, name: str) -> Response:
    """What a question needs and lacks, with the meetings at fault and the lines that could mend it."""
    found = await asked(request, name, parameters_given(request))
    facts = await run_in_threadpool(asked_facts, found, asker_of(request))
    whole = found.as_json()
    shown = {key: whole[key] for key in ("question", "parameters", "asOf", "storeVersion")}
    return JSONResponse({**shown, "facts": [fact.as_json() for fact in facts], "gaps": whole["gaps"]})


@router.api_route("/questions/{name}", methods=METHODS, include_in_schema=False)
@router.api_route("/en/questions/{name}", methods=METHODS, include_in_schema=False)
async def ask_question(request: Request, name: str) -> Response:
    """The answer in the form asked for; the question's own parameters are given in the query."""
    identity, _, suffix = name.partition(".")
    about = question(identity, request.app.state.questions)
    form = wanted_form(request, suffix or None)
    evidence = evidence_wish(request)
    if form in (ATOM, FEED):
        return await feed_of(request, about, form)
    given = parameters_given(request)
    if form is HTML:
        given.pop("page", None)  # a page shows a long answer part by part
    if form is JSON and evidence == "full" and not (given or about.due):
        text = await run_in_threadpool(kept_text, request, about)
        if text is not None:
            return Response(text, media_type=JSON.media_type, headers={"Vary": "Accept"})
    found = await asked(request, identity, given)
    if form is HTML:
        return render_question(request, as_page(found, language(request)))
    headers = {"Vary": "Accept"}
    if form is CSV:
        return PlainTextResponse(as_csv(found), media_type="text/csv; charset=utf-8", headers=headers)
    if form is TURTLE:
        return await facts_behind(request, found)
    if form is JSONLD:
        base = request.app.state.settings.base
        whole = as_json_ld(found, evidence, base=base, address=f"{base}{request.url.path}")
        return JSONResponse(whole, media_type=JSONLD.media_type, headers=headers)
    return JSONResponse(as_json(found, evidence), headers=headers)


def parameters_given(request: Request) -> dict[str, str]:
    """The question's own parameters as given."""
    return {key: value for key, value in request.query_params.items() if key not in OWN and value}


def only_own(request: Request, there: tuple[str, ...], path: str) -> None:
    """Nothing where no other parameters are given, and a `lang` that there is; else UnknownValueError, by name."""
    for name in request.query_params:
        if name not in there:
            raise UnknownValueError(
                f"{path} har ingen parameter »{name[:80]}«. Den har: {', '.join(there)}",
                english=f"{path} has no parameter {name[:80]!r}. It has: {', '.join(there)}",
            )
    if "lang" in there:
        language(request)


def asker_of(request: Request) -> Asker:
    """Who asks: over the reserved lane, in the version in force."""
    state = request.app.state
    version = version_folder(state.settings.data, state.version)
    return Asker(
        state.pool.select_blocking,
        date.today(),
        language(request),
        state.version,
        line=state.sources.line,
        changes=lambda: changes(version),
        known=state.questions,
        names=Names(version.folder),
        tables=partial(table, version),
        rows=partial(rows_about, version.folder),
        behind=partial(rows_behind, version.folder),
    )


async def asked(request: Request, identity: str, given: Mapping[str, str]) -> Answer:
    """The answer; asking waits for the workers in a thread of its own."""
    return await run_in_threadpool(answer, question(identity, request.app.state.questions), given, asker_of(request))


def kept_text(request: Request, about: Question) -> str | None:
    """The JSON of a whole answer as the version keeps it: no day changes it; None where it keeps none."""
    state = request.app.state
    kept = table_text(version_folder(state.settings.data, state.version), about.id, language(request))
    if kept is None:
        return None
    empty = compact(Answer(about, {}, date.today(), state.version, (), ()).as_json())
    return f'{empty.removesuffix(_NOTHING)}"rows":{kept[0]},"gaps":{kept[1]}}}'


async def facts_behind(request: Request, found: Answer) -> Response:
    """The facts that an answer rests on, with their evidence, as Turtle."""
    claims = [claim for row in found.claims for claim in row]
    asking = QueryRequest(facts_query(claims), triples=TURTLE)
    result = await request.app.state.pool.run(asking, lane="reserved")
    return Response(result.body, media_type=TURTLE.content_type, headers={"Vary": "Accept"})


async def feed_of(request: Request, about: Question, form: Format) -> Response:
    """What changed in a question's answer: in the version in force, or since a day."""
    path = f"/questions/{about.id}.{form.extension}"
    only_own(request, ("since", *OWN), path)
    feed = await run_in_threadpool(made_feed, request, about, path)
    text = atom(feed) if form is ATOM else json_feed(feed)
    return Response(text, media_type=form.media_type, headers={"Vary": "Accept"})


def made_feed(request: Request, about: Question, path: str) -> Feed:
    """The feed of a question, newest changes first, with the sentences behind each."""
    asker, base, tongue = asker_of(request), request.app.state.settings.base, language(request)
    since = request.query_params.get("since", "")
    if since:
        since = date_of(since).isoformat()
    told = [change for change in asker.changes() if change.question == about.id and change.on[:10] >= since]
    asking = asker.asking()
    asking.learn_claims(claim for change in told[:MOST_ENTRIES] for claim in change.claims)
    entries = []
    for change in told[:MOST_ENTRIES]:
        quotes = [str(span["quote"]) for span in evidence_of(list(change.claims), asking)]
        entries.append(entry(about, change, base, language=tongue, quotes=quotes))
    updated = told[0].on if told else built_of(request)
    page = f"{base}{'/en' if tongue == 'en' else ''}/questions/{about.id}"
    return Feed(f"{base}{path}", page, about.title[tongue], updated, tongue, tuple(entries))


def date_of(written: str) -> date:
    """A day as given; UnknownValueError where it is none."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise UnknownValueError(
            f"since={written[:40]} er ingen dato. Skriv den som 2022-10-31.",
            english=f"since={written[:40]} is no date. Write it as 2022-10-31.",
        ) from None


def built_of(request: Request) -> str:
    """The moment when the version in force was built."""
    state = request.app.state
    return str(version_folder(state.settings.data, state.version).record["built"])


def documented(about: Question, known: Mapping[str, Question]) -> dict[str, Any]:
    """What OpenAPI says of a question: its parameters with examples, and the forms of its answer."""
    shown = [
        {
            "name": name,
            "in": "query",
            "required": False,
            "description": f"{PARAMETERS[name].da} / {PARAMETERS[name].en}",
            "schema": schema_of(PARAMETERS[name].kind, known),
            "example": PARAMETERS[name].example,
        }
        for name in about.parameters
    ]
    for name, values in (("lang", ["da", "en"]), ("evidence", list(EVIDENCE))):
        shown.append(
            {"name": name, "in": "query", "required": False, "schema": {"type": "string", "enum": values},
             "example": values[0]}
        )  # fmt: skip
    content: dict[str, Any] = {form.media_type: {"schema": {}} for form in FORMS}
    return {
        "operationId": f"ask-{about.id}",
        "summary": f"{about.title['da']} / {about.title['en']}",
        "description": f"{about.description['da']}\n\n{about.description['en']}",
        "tags": ["questions"],
        "parameters": shown,
        "responses": {"200": {"description": "Svaret / the answer", "content": content}},
    }


def schema_of(kind: str, known: Mapping[str, Question]) -> dict[str, Any]:
    """What a parameter of a kind takes."""
    if kind == "date":
        return DAY
    return {"type": "string", "enum": [*known, ""]} if kind == "question" else {"type": "string"}
