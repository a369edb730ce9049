"""What search engines and caches may keep: nothing of people who are not elected, and of the lists that name them."""

from __future__ import annotations

from fastapi import Request
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.addresses import address_of
from api.html import elected_of

HEADERS = {"X-Robots-Tag": "noindex", "Cache-Control": "private, max-age=60"}
NAMING = ("/people", "/people.csv", "/people.json", "/find", "/search", "/network/neighbours", "/network/paths")


class Indexing:
    """An app around another, which says of answers about people that they are not to be indexed, nor kept for long."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Passes on, with the headers where the answer is about somebody who is not elected."""
        if scope["type"] != "http" or not await is_private(Request(scope)):
            await self.app(scope, receive, send)
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                kept = found.get("cache-control", "")
                found.update(HEADERS if kept != "no-store" else {"X-Robots-Tag": "noindex"})
            await send(message)

        await self.app(scope, receive, marked)


async def is_private(request: Request) -> bool:
    """Whether an address is that of a list of people, or of a person who is not known to be elected."""
    path = request.url.path.removeprefix("/en")
    if path in NAMING:
        return True
    if not path.startswith(("/people/", "/id/people/")):
        return False
    asked = address_of(path.removesuffix("/neighbours"))
    return asked is None or request.app.state.settings.base + asked.thing not in await elected_of(request)
