"""ETag and Last-Modified for all that the version in force decides: an answer that a client has is not made again.

An answer may depend on the day too ("overdue"), so the day is part of the tag. What a route tags itself, as the SPARQL
endpoint does, is left alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

OUTSIDE = ("/sparql", "/static/", "/metrics", "/health", "/ready")
_ASKED_BY = (b"accept", b"accept-language", b"accept-encoding")
Built = Callable[[], tuple[str, datetime]]


class Revalidation:
    """An app around another that answers 304 where the client has the answer already.

    `built` tells which edition answers, by the version in force and by one's own questions, and since when.
    """

    def __init__(self, app: ASGIApp, built: Built) -> None:
        self.app = app
        self.built = built

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers, or says that nothing changed."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(OUTSIDE):
            await self.app(scope, receive, send)
            return
        edition, built = self.built()
        today = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        tag, changed = tag_of(scope, edition, today), max(built, today)
        headers = {
            "ETag": tag,
            "Last-Modified": format_datetime(changed, usegmt=True),
            "Cache-Control": "public, max-age=60",
        }
        if has_it(Headers(scope=scope), tag, changed):
            await send({"type": "http.response.start", "status": 304, "headers": encoded(headers)})
            await send({"type": "http.response.body", "body": b""})
            return

        async def marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                found = MutableHeaders(raw=message["headers"])
                for name, value in headers.items():
                    found.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, marked)


def encoded(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Headers as ASGI has them."""
    return [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]


def tag_of(scope: Scope, edition: str, today: datetime) -> str:
    """The weak ETag of what a request asks for, in an edition and on a day."""
    asked = b"\n".join(value for name, value in scope["headers"] if name in _ASKED_BY)
    path = scope.get("raw_path") or scope["path"].encode()
    parts = (edition.encode(), today.date().isoformat().encode(), path, scope["query_string"], asked)
    return f'W/"{edition}-{hashlib.sha256(b"|".join(parts)).hexdigest()[:20]}"'


def has_it(headers: Headers, tag: str, changed: datetime) -> bool:
    """Whether the client has the answer: by ETag where it sends one, else by date."""
    if "if-none-match" in headers:
        return tag in [part.strip() for part in headers["if-none-match"].split(",")]
    since = headers.get("if-modified-since")
    if since is None:
        return False
    try:
        return parsedate_to_datetime(since) >= changed
    except (TypeError, ValueError):
        return False
