"""The search page: what the graph holds on some words, narrowed by links whose numbers are counted beforehand."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse

from api.html.rendering import METHODS, language_of, page, query, secure, version_of, worded
from api.views.found import FACETS, FOUND_A_PAGE, NARROWING, Found, FoundView, Search, found_view, marked
from graph.questions.placing import iri
from graph.search import FILE, MARK, count, hits, ranked, suggestions

router = APIRouter(include_in_schema=False)

LONGEST_SEARCH = 200
# The best of what is found is narrowed further; of the rest only the kinds are counted.
NARROWED = 300
BLOCK = "VALUES ?thing { }"


def asked_of(request: Request) -> Search:
    """What a search asks by its address; a kind or place that cannot be is left out."""
    given = request.query_params
    kind, skip = given.get("kind", ""), given.get("skip", "0")
    return Search(
        words=" ".join(given.get("q", "").split())[:LONGEST_SEARCH],
        kind=kind if kind in FACETS else "",
        narrowed={name: given[name][:400] for name in NARROWING if given.get(name)},
        skip=int(skip) if skip.isascii() and skip.isdigit() and len(skip) < 5 else 0,
    )


@router.api_route("/find", methods=METHODS)
@router.api_route("/en/find", methods=METHODS)
async def find(request: Request) -> Response:
    """What the graph holds on some words; the words, all that narrows them and the place stand in the address."""
    asked, version = asked_of(request), version_of(request)
    if version is None or not (version.folder / FILE).is_file():
        # without a search file the titles of cases can still be searched
        address = f"{language_of(request).prefix}/cases?{urlencode({'q': asked.words})}"
        return secure(RedirectResponse(address, status_code=303))
    view = await looked_up(request, version.folder, asked)
    return page(request, "find.html", view, language=await worded(request))


async def looked_up(request: Request, folder: Path, asked: Search) -> FoundView:
    """The search page from the search file of a version, and from the graph what its facets need."""
    counts, places = await asyncio.to_thread(
        lambda: (count(folder, asked.words), ranked(folder, asked.words, NARROWED))
    )
    rows = await request.app.state.pool.select(about([place.iri for place in places]), {}) if places else []
    view = found_view(asked, places, rows, counts=counts, most=NARROWED)
    shown = await asyncio.to_thread(hits, folder, asked.words, view.places[:FOUND_A_PAGE])
    near = await asyncio.to_thread(suggestions, folder, asked.words) if asked.words and not counts else []
    found = tuple(Found(hit.iri, hit.kind, hit.title, marked(hit.snippet, MARK)) for hit in shown)
    return view.with_found(found, near)


def about(iris: list[str]) -> str:
    """The query for the bodies, years, departments, goals and access of some things."""
    return query("facets").replace(BLOCK, f"VALUES ?thing {{ {' '.join(iri(one) for one in iris)} }}")
