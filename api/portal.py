"""What an app needs to be found, harvested and followed: catalogue, files, stream, statistics, links and tombstones."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from api import catalogue, discovery, stream, stream_feed
from api.gone import Gone
from api.indexing import Indexing
from api.links import Links

ROUTERS = (catalogue.router, stream_feed.router, stream.router, discovery.router)


class Packed:
    """An app around another, under which files that are packed already are sent as they are, and so in parts."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on; for the dumps, without what asks for compression."""
        if scope["type"] == "http" and scope["path"].startswith("/dumps/"):
            kept = [(name, value) for name, value in scope["headers"] if name != b"accept-encoding"]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)


def furnish(app: FastAPI) -> None:
    """Give an app these addresses, before the pages, which take addresses of every form."""
    for wrapping in (Packed, Links, Indexing, Gone):
        app.add_middleware(wrapping)
    for router in ROUTERS:
        app.include_router(router)
