"""The pages of data quality, about the data, and the search."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from rdflib import Graph

from api.html.rendering import METHODS, language_of, once, page, secure, select_once, worded
from api.views.found import FACETS, FOUND_A_PAGE, Found, found_view, marked
from api.views.quality import about_view, quality_view
from graph.errors import StoreError
from graph.report import Report
from graph.search import FILE, MARK, count, search, suggestions
from graph.sources import holdings, text_of
from graph.store import Version, current, merged
from graph.validation import check

router = APIRouter(include_in_schema=False)

# A check reads the whole graph into memory; with more facts it is made by `sagsgraf check` and not by a page.
CHECKED = 10_000
LONGEST_SEARCH = 200


def version_of(request: Request) -> Version | None:
    """The version in force, where the app serves one from a data folder."""
    data = getattr(request.app.state.settings, "data", None)
    try:
        return current(data) if isinstance(data, Path) else None
    except StoreError:
        return None


@router.api_route("/quality", methods=METHODS)
@router.api_route("/en/quality", methods=METHODS)
async def quality(request: Request) -> Response:
    """How complete the sources are, what rests on sentences, and what there is to mend."""
    rows = await select_once(request, "quality")
    reasons = await select_once(request, "quality-reasons")
    facts = int(rows[0]["facts"]["value"]) if rows else 0
    version = version_of(request) if facts <= CHECKED else None
    report = await once(request, "report", lambda: asyncio.to_thread(checked, version))
    language = await worded(request)
    return page(request, "quality.html", quality_view(rows, reasons, report, language=language.code), language=language)


def checked(version: Version | None) -> Report | None:
    """The report on a version; None where there is none, or it is too large to check while a reader waits."""
    if version is None:
        return None
    lines = merged(version)
    triples = Graph()
    triples.parse(data=lines, format="nt")
    folder = version.folder.parents[1]
    hashes = {row.text_hash for row in holdings(version.record).sources.values()}
    texts = {found: text for found in hashes if (text := text_of(folder, found)) is not None}
    return check(triples, texts=texts)


@router.api_route("/about", methods=METHODS)
@router.api_route("/en/about", methods=METHODS)
async def about(request: Request) -> Response:
    """The data: coverage, method, licence, accuracy, privacy, accessibility, and how to ask for a correction."""
    version = version_of(request)
    view = about_view(
        await select_once(request, "coverage"), version.record if version else {}, str(request.app.state.version)
    )
    return page(request, "about.html", view, language=language_of(request))


@router.api_route("/find", methods=METHODS)
@router.api_route("/en/find", methods=METHODS)
async def find(request: Request, q: str = "", kind: str = "", *, skip: str = "0") -> Response:
    """What the graph holds on some words, by kind; the words, the kind and the place stand in the address."""
    words = " ".join(q.split())[:LONGEST_SEARCH]
    only = kind if kind in FACETS else ""
    start = int(skip) if skip.isdigit() and len(skip) < 5 else 0
    version = version_of(request)
    if version is None or not (version.folder / FILE).is_file():
        # without a search file the titles of cases can still be searched
        return secure(
            RedirectResponse(f"{language_of(request).prefix}/cases?{urlencode({'q': words})}", status_code=303)
        )
    view = await asyncio.to_thread(looked_up, version.folder, words, only=only, skip=start)
    return page(request, "find.html", view, language=language_of(request))


def looked_up(folder: Path, words: str, *, only: str, skip: int) -> object:
    """The search page from the search file of a version."""
    hits = search(folder, words, kind=only or None, skip=skip, most=FOUND_A_PAGE + 1)
    order = list(FACETS)
    # of hits that weigh about the same the case comes before its items and decisions
    hits.sort(key=lambda hit: (-round(hit.score), order.index(hit.kind) if hit.kind in order else len(order)))
    found = [Found(hit.iri, hit.kind, hit.title, marked(hit.snippet, MARK)) for hit in hits]
    near = suggestions(folder, words) if words and not hits else []
    return found_view((words, only, skip), found, count(folder, words), suggestions=near)
