"""What was withdrawn answers 410 at every address it had, before anything else is asked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from api.addresses import address_of
from api.formats import Format, negotiate
from api.html import render_gone
from api.problems import MEDIA_TYPE, PROBLEMS, language_of
from graph.erasure.withdrawals import Tombstone, read_withdrawals, sealed_name
from graph.errors import WithdrawnThingError

_HTML = Format("html", "", "text/html", "html", ())
_OTHER = Format("problem", "", MEDIA_TYPE, "json", (), ("application/json", "text/turtle", "application/ld+json"))


class Gone:
    """An app around another, which answers for the things that are no more."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 410 for a withdrawn thing, and pass everything else on."""
        if scope["type"] == "http":
            stone = tombstone(scope)
            if stone:
                await answer(Request(scope, receive), stone)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def tombstone(scope: Scope) -> Tombstone | None:
    """The tombstone that stands at an address."""
    path: str = scope["path"]
    settings = scope["app"].state.settings
    stones = tombstones(settings.data)
    if not stones:
        return None
    asked = address_of(path.replace("/graphs/", "/sources/", 1) if path.startswith("/graphs/") else path)
    if asked is None:
        return None
    iri = settings.base + asked.thing
    return stones.get(iri) or stones.get(sealed_name(iri, settings.key))


def tombstones(data: Path) -> dict[str, Tombstone]:
    """The tombstones of a data folder, read again when their file is written."""
    path = data / "withdrawn.json"
    try:
        written = path.stat().st_mtime_ns
    except FileNotFoundError:
        return {}
    return _tombstones(data, written)


@lru_cache(maxsize=4)
def _tombstones(data: Path, _written: int) -> dict[str, Tombstone]:
    return read_withdrawals(data).tombstones


def answer(request: Request, stone: Tombstone) -> Response:
    """410 with the day and the reason, as a page or as a problem document."""
    problem = PROBLEMS[WithdrawnThingError]
    danish = f"Trukket tilbage {stone.date}. {stone.reason}"
    english = f"Withdrawn {stone.date}. {stone.english or stone.reason}"
    headers = {"Vary": "Accept, Accept-Language", "Cache-Control": "no-store", "X-Robots-Tag": "noindex"}
    if negotiate(request.headers.get("accept"), (_OTHER, _HTML)) is _HTML:
        in_english = request.url.path.startswith("/en/") and bool(stone.english)
        reason = stone.english if in_english else stone.reason
        page = render_gone(request, stone.date, reason, danish=reason == stone.reason)
        page.headers.update(headers)
        return page
    in_english = language_of(request) == "en"
    content = {
        "type": f"https://w3id.org/sagsgraf/problem/{problem.name}",
        "title": problem.english if in_english else problem.danish,
        "status": problem.status,
        "detail": english if in_english else danish,
        "withdrawn": stone.date,
    }
    return JSONResponse(
        content, status_code=problem.status, media_type=MEDIA_TYPE,
        headers={**headers, "Access-Control-Allow-Origin": "*"},
    )  # fmt: skip
