"""What the REST addresses have in common: leave for scripts from anywhere, compression, revalidation, and OpenAPI."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api import exports, lists, network, questions, searching, things
from api.openapi import described
from api.revalidation import Revalidation
from graph.history import version_folder

ROUTERS = (questions.router, exports.router, lists.router, searching.router, network.router, things.router)
EXPOSED = ["ETag", "Last-Modified", "Link", "Content-Language", "Retry-After"]
_OWN_WAYS = "/sparql"  # the SPARQL endpoint answers for itself


class Beside:
    """An app that leads the SPARQL endpoint past what the REST addresses have around them."""

    def __init__(self, app: ASGIApp, built: Callable[[], tuple[int, datetime]]) -> None:
        self.app = app
        kept = Revalidation(app, built)
        open_ = CORSMiddleware(
            kept, allow_origins=["*"], allow_methods=["GET", "HEAD", "OPTIONS"], allow_headers=["*"],
            expose_headers=EXPOSED, max_age=86_400,
        )  # fmt: skip
        self.wrapped = GZipMiddleware(open_, minimum_size=1_000)

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


def built_of(app: FastAPI) -> tuple[int, datetime]:
    """The number of the version in force and the moment of its building."""
    number = app.state.version
    known: tuple[int, datetime] | None = getattr(app.state, "built", None)
    if known is None or known[0] != number:
        record = version_folder(app.state.settings.data, number).record
        moment = datetime.fromisoformat(str(record["built"])).astimezone(UTC).replace(microsecond=0)
        known = app.state.built = (number, moment)
    return known
