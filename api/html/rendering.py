"""How a page is made: its language, its query's rows, its template, and the headers that keep it harmless."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TypeVar

from fastapi import Request, Response
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from api.figures import lock, mark
from api.figures.charts import columns
from api.figures.lines import line
from api.html.drawings import flow_figure, goal_figure, score_figure
from api.views.assets import asset
from api.views.folding import cut, fitted
from api.views.found import NARROWING, ONE_OF
from api.views.frame import Frame
from api.views.language import Language, phrases
from api.views.rows import Row, key, word
from graph.errors import StoreError
from graph.privacy.profiles import USUAL, serves_texts
from graph.store import Version, current
from graph.terms import PREFIXES

# A page that runs nothing may run nothing; pages with a graph or an editor run our own files.
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
RUNNING = f"{POLICY}; script-src 'self'"
Made = TypeVar("Made")
METHODS = ["GET", "HEAD"]
PREFETCH = "/prefetch.json"
# Seconds that a page waits for what can be told later as well.
PATIENCE = 0.03
KEY = re.compile(r"[A-Za-z0-9._~/-]{1,400}")
PAGES = Path(__file__).parents[1] / "pages"


def secure(response: Response, *, runs: bool = False) -> Response:
    """The same response with the headers that keep a page from fetching anything foreign, and most from running any."""
    response.headers["Content-Security-Policy"] = RUNNING if runs else POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@cache
def environment() -> Environment:
    """The templates, with everything escaped that comes from outside."""
    made = Environment(
        loader=FileSystemLoader(PAGES / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["cut"] = cut
    made.globals.update(asset=asset, lock=lock, mark=mark, key=key, narrowing=NARROWING, one_of=ONE_OF)
    made.globals.update(
        columns=columns, line=line, flow_figure=flow_figure, goal_figure=goal_figure, score_figure=score_figure
    )
    return made


@cache
def query(name: str) -> str:
    """The text of a query that a page is made from."""
    return (PAGES / "queries" / f"{name}.rq").read_text(encoding="utf-8")


def iri(value: str) -> Mapping[str, str]:
    """An IRI as a term to ask with."""
    return {"type": "uri", "value": value}


def literal(value: str, datatype: str = "") -> Mapping[str, str]:
    """A text as a term to ask with, or a value of a type of XML Schema."""
    term = {"type": "literal", "value": value}
    return {**term, "datatype": PREFIXES["xsd"] + datatype} if datatype else term


def base_of(request: Request) -> str:
    """What the graph's own IRIs start with."""
    base: str = request.app.state.settings.base
    return base


def listed_by(request: Request) -> tuple[str, str]:
    """The words that a list is narrowed by, and the place behind which it goes on."""
    return " ".join(request.query_params.get("q", "").split())[:200], request.query_params.get("after", "")[:1000]


def skipped(request: Request, total: int) -> int:
    """How many rows of so many `skip` in the address passes over; 0 where it is no place among them."""
    given = request.query_params.get("skip", "0")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 and int(given) < total else 0


async def select(request: Request, name: str, terms: Mapping[str, Mapping[str, str]] | None = None) -> list[Row]:
    """The rows of one of the pages' queries."""
    rows: list[Row] = await request.app.state.pool.select(query(name), dict(terms or {}))
    return rows


async def select_once(request: Request, name: str) -> list[Row]:
    """The rows of a query that takes no terms, asked once a version: what it tells of the whole graph stays so."""
    return await once(request, name, lambda: select(request, name))


async def once(request: Request, name: str, make: Callable[[], Awaitable[Made]]) -> Made:
    """What is made once for the version in force and then kept; whoever asks meanwhile waits for the same making."""
    return await asyncio.shield(begun(request, name, make))


async def soon(request: Request, name: str, make: Callable[[], Awaitable[Made]]) -> Made | None:
    """What `once` gives where it is there in a moment; None while it is being made, and the making goes on."""
    making = begun(request, name, make)
    await asyncio.wait([making], timeout=PATIENCE)
    return making.result() if making.done() else None


def begun(request: Request, name: str, make: Callable[[], Awaitable[Made]]) -> asyncio.Future[Made]:
    """The making of something for the version in force; what belongs to older versions or failed is let go."""
    state = request.app.state
    if not hasattr(state, "kept"):
        state.kept = {}
    kept: dict[tuple[object, str], asyncio.Future[Made]] = state.kept
    place = (state.version, name)
    for old in [known for known in kept if known[0] != state.version]:
        del kept[old]
    if place not in kept:
        kept[place] = asyncio.ensure_future(make())
        kept[place].add_done_callback(lambda done: forget(kept, place, done))
    return kept[place]


async def select_each(
    request: Request, names: Mapping[str, str], terms: Mapping[str, Mapping[str, str]] | None = None
) -> dict[str, list[Row]]:
    """The rows of several queries by the names given to them, all asked at once; each takes the terms that it names."""

    def asked(name: str) -> dict[str, Mapping[str, str]]:
        return {term: value for term, value in (terms or {}).items() if re.search(rf"\?{term}\b", query(name))}

    rows = await asyncio.gather(*(select(request, name, asked(name)) for name in names.values()))
    return dict(zip(names, rows, strict=True))


def forget(
    kept: dict[tuple[object, str], asyncio.Future[Made]], place: tuple[object, str], done: asyncio.Future[Made]
) -> None:
    """Lets go of what could not be made, so that the next to ask tries again."""
    if done.cancelled() or done.exception() is not None:
        kept.pop(place, None)


def version_of(request: Request) -> Version | None:
    """The version in force, where the app serves one from a data folder."""
    data = getattr(request.app.state.settings, "data", None)
    try:
        return current(data) if isinstance(data, Path) else None
    except StoreError:
        return None


def language_of(request: Request) -> Language:
    """The language that the address asks for, without the graph's own words."""
    path = request.url.path
    code = "en" if path == "/en" or path.startswith("/en/") else "da"
    return Language(code, phrases(code), {})


async def worded(request: Request) -> Language:
    """The language of a page that names concepts and properties; their words are read once a version."""
    plain = language_of(request)
    rows = await select_once(request, "concepts")
    return await once(request, f"words {plain.code}", lambda: with_words(plain, rows))


async def with_words(plain: Language, rows: Iterable[Row]) -> Language:
    """A language with the words of concepts.rq; Danish stands in where a term has none of its own."""
    concepts: dict[str, str] = {}
    for row in rows:
        if row["label"].get("xml:lang", plain.code) == plain.code or word(row, "term") not in concepts:
            concepts[word(row, "term")] = word(row, "label")
    return Language(plain.code, plain.phrases, concepts)


def page(request: Request, template: str, view: object, *, language: Language, status: int = 200) -> HTMLResponse:
    """A page as the response to send; a template that names a script is allowed to run our own files."""
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    frame = Frame(language, base_of(request), path)
    made = environment().get_template(template)
    text = fitted(lambda fit: made.render(page=frame, t=language, view=view, fit=fit))
    response = HTMLResponse(text, status_code=status)
    response.headers["Content-Language"] = language.code
    response.headers["Speculation-Rules"] = f'"{PREFETCH}"'
    secure(response, runs='<script type="module"' in text)
    return response


def render_problem(request: Request, status: int, *, title: str, detail: str, wait: int = 0) -> HTMLResponse:
    """A problem in words, with a way onward; `wait` tells after how many seconds to try again."""
    view = {"status": status, "title": title, "detail": detail, "wait": wait, "reason": ""}
    return page(request, "problem.html", view, language=language_of(request), status=status)


def render_gone(request: Request, day: str, reason: str, *, danish: bool) -> HTMLResponse:
    """The page in the place of what was withdrawn: since when, and why, in the words that were given."""
    t = language_of(request)
    told = t("Det, der stod her, blev trukket tilbage {day} og er ikke i grafen mere.", {"day": t.dated(day)})
    view = {"status": 410, "title": t("Trukket tilbage"), "detail": told, "wait": 0, "reason": reason, "danish": danish}
    return page(request, "problem.html", view, language=t, status=410)


def untold_text(request: Request) -> HTMLResponse:
    """The page in the place of a source's text: none such, or none that this service publishes."""
    version, t = version_of(request), language_of(request)
    if version is None or serves_texts(str(version.record.get("profile") or USUAL)):
        return missing_page(request)
    detail = t("Denne tjeneste udgiver ikke hele tekster, kun udsagn med de sætninger, de hviler på.")
    return render_problem(request, 404, title=t("Teksten udgives ikke her"), detail=detail)


def missing_page(request: Request) -> HTMLResponse:
    """The page for an address that names nothing here."""
    t = language_of(request)
    return render_problem(
        request, 404, title=t("Siden findes ikke"), detail=t("Adressen peger ikke på noget i grafen.")
    )
