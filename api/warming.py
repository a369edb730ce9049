"""Warming: what is made once for a version is made before somebody asks for it, when the service starts or changes."""

from __future__ import annotations

import asyncio
import re
import time
from urllib.parse import urlsplit

from fastapi import FastAPI
from starlette.types import Message, Scope

# pages that read the vocabulary, the concepts, the map, the counts and the search for the first time
ADDRESSES = (
    "/", "/cases", "/find?q=sag", "/search?q=sag", "/network.json", "/en/network.json", "/network.svg", "/bodies",
    "/people", "/sdgs", "/openness", "/about", "/quality", "/def", "/en/def", "/questions", "/query", "/catalog",
)  # fmt: skip
THING = re.compile(r'href="(/(cases|people|bodies|meetings|departments|sdgs|agenda-items)/[^"#?]+)"')
_PAUSE = 0.25


async def keep_warm(app: FastAPI) -> None:
    """Asks for the addresses, and for one thing of each kind, once in every version that comes into force.

    One by one, and with as long a rest after each as it took, so that who asks meanwhile hardly waits.
    """
    warm: object = None
    while True:
        if app.state.version != warm:
            warm = app.state.version
            things: dict[str, str] = {}
            for address in ADDRESSES:
                for path, noun in THING.findall(await rested(app, address)):
                    things.setdefault(noun, path)
            for path in things.values():
                await rested(app, path)
        await asyncio.sleep(_PAUSE)


async def rested(app: FastAPI, address: str) -> str:
    """The page at one of our own addresses, after a rest as long as its making took."""
    begun = time.monotonic()
    page = await page_at(app, address)
    await asyncio.sleep(time.monotonic() - begun)
    return page


async def page_at(app: FastAPI, address: str) -> str:
    """The page at one of our own addresses; empty where it fails, for then it fails again when somebody asks for it."""
    said = bytearray()
    await asyncio.gather(ask(app, address, said), return_exceptions=True)
    return said.decode("utf-8", "replace")


async def ask(app: FastAPI, address: str, said: bytearray | None = None) -> int:
    """The status at one of our own addresses, asked as a browser would, without a network; `said` takes the answer."""
    status = 0

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        if said is not None:
            said.extend(message.get("body", b""))

    await app(scope_of(address, app.state.settings.base), receive, send)
    return status


def scope_of(address: str, base: str) -> Scope:
    """A request as the server would hand it on, from nobody in particular."""
    path, _, query = address.partition("?")
    place = urlsplit(base)
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": place.scheme,
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", place.netloc.encode()), (b"accept", b"text/html")],
        "client": None,
        "server": (place.hostname or "", place.port or 80),
    }
