"""What the REST addresses have in common: leave for scripts from anywhere, compression, revalidation, and OpenAPI."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api import exports, lists, network, questions, searching, things
from api.html.openness import tables
from api.openapi import described
from api.revalidation import Revalidation
from graph.history import version_folder
from graph.questions.question import questions as ours

ROUTERS = (
    questions.router, exports.router, lists.router, searching.router, network.router, things.router, tables,
)  # fmt: skip
EXPOSED = ["ETag", "Last-Modified", "Link", "Content-Language", "Retry-After"]
_OWN_WAYS = "/sparql"  # the SPARQL endpoint answers for itself


class Beside:
    """An app that leads the SPARQL endpoint past what the REST addresses have around them."""

    def __init__(self, app: ASGIApp, built: Callable[[], tuple[str, datetime]]) -> None:
        self.app = app
        kept = Revalidation(app, built)
        open_ = CORSMiddleware(
            kept, allow_origins=["*"], allow_methods=["GET", "HEAD", "OPTIONS"], allow_headers=["*"],
            expose_headers=EXPOSED, max_age=86_400,
        )  # fmt: skip
        # packed on the loop: the ninth level takes twice as long as the fifth, for a hundredth less
        self.wrapped = GZipMiddleware(open_, minimum_size=1_000, compresslevel=5)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers by one way or the other."""
        outside = scope["type"] != "http" or scope["path"].startswith(_OWN_WAYS)
        await (self.app if outside else self.wrapped)(scope, receive, send)


def furnish(app: FastAPI) -> None:
    """Give an app the REST addresses, before the pages, which take addresses of every form."""
    app.add_middleware(Beside, built=lambda: built_of(app))
    for router in ROUTERS:
        app.include_router(router)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]


def built_of(app: FastAPI) -> tuple[str, datetime]:
    """Which edition answers and since when: the version in force, and the own questions that the service began with."""
    number = str(app.state.version)
    known: tuple[str, datetime] | None = getattr(app.state, "built", None)
    if known is None or known[0].partition(".")[0] != number:
        record = version_folder(app.state.settings.data, app.state.version).record
        moments = [datetime.fromisoformat(str(record["built"]))]
        own = [asked for name, asked in app.state.questions.items() if name not in ours()]
        if own:
            number += f".{hashlib.sha256(repr(own).encode()).hexdigest()[:8]}"
            files = app.state.settings.questions.glob("*.rq")
            moments += [datetime.fromtimestamp(file.stat().st_mtime, UTC) for file in files]
        known = app.state.built = (number, max(moments).astimezone(UTC).replace(microsecond=0))
    return known
