"""Answers kept in memory: the same request line and Accept on the same version are answered without asking again.

It stands before all routing, so that a kept answer costs little more than the HTTP itself. What is kept is what a route
marked with an ETag; the least lately used go first, and a new version empties it.
"""

from collections import OrderedDict
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.metrics import Metrics

ADDRESS = "/sparql"
_LARGEST = 262_144
_ROOM = 32 << 20
Headers = list[tuple[bytes, bytes]]
Key = tuple[object, bytes, bytes]


class Kept(NamedTuple):
    """One answer: its headers, its ETag and its body."""

    headers: Headers
    tag: bytes
    body: bytes

    @property
    def unchanged(self) -> Headers:
        """The headers that a 304 has."""
        return [(name, value) for name, value in self.headers if name not in (b"content-length", b"content-type")]


class AnswerCache:
    """An app around another, which answers what it has answered before."""

    def __init__(self, app: ASGIApp, room: int = _ROOM) -> None:
        self.app = app
        self._kept: OrderedDict[Key, Kept] = OrderedDict()
        self._room = room
        self._used = 0
        self._version: object = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer from memory, or pass on and remember."""
        if scope["type"] != "http" or scope["path"] != ADDRESS or scope["method"] not in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        state = scope["app"].state
        version = getattr(state, "version", None)
        if version != self._version:
            self._empty(version)
        accept, asked = _wishes(scope["headers"])
        key = (version, scope["query_string"], accept)
        kept = self._kept.get(key)
        if kept is None:
            remember = self._remembering(key, send) if scope["method"] == "GET" else send
            await self.app(scope, receive, remember)
            return
        self._kept.move_to_end(key)
        metrics: Metrics = state.metrics
        metrics.outcomes["cached"] += 1
        if kept.tag in asked:
            await send({"type": "http.response.start", "status": 304, "headers": kept.unchanged})
            await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.start", "status": 200, "headers": kept.headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else kept.body})

    def _remembering(self, key: Key, send: Send) -> Send:
        """A `send` that keeps what passes, if it is a whole answer with an ETag."""
        started: list[Message] = []

        async def remember(message: Message) -> None:
            if message["type"] == "http.response.start":
                started.append(message)
            elif not message.get("more_body"):
                self._keep(key, started[0], message["body"])
            elif started:
                started[0] = {**started[0], "status": 0}  # in parts: not kept
            await send(message)

        return remember

    def _keep(self, key: Key, start: Message, body: bytes) -> None:
        headers: Headers = list(start["headers"])
        tag = dict(headers).get(b"etag")
        if start["status"] != 200 or not tag or len(body) > _LARGEST or key[0] != self._version:
            return
        self._used += len(body) + len(key[1])
        self._kept[key] = Kept(headers, tag, body)
        while self._used > self._room:
            old, gone = self._kept.popitem(last=False)
            self._used -= len(gone.body) + len(old[1])

    def _empty(self, version: object) -> None:
        self._kept.clear()
        self._used = 0
        self._version = version


def _wishes(headers: Headers) -> tuple[bytes, list[bytes]]:
    """The Accept header, and the ETags that the client has.

    >>> _wishes([(b"accept", b"text/csv"), (b"if-none-match", b'"a", W/"b"')])
    (b'text/csv', [b'"a"', b'"b"'])
    """
    accept, tags = b"", b""
    for name, value in headers:
        if name == b"accept":
            accept += value
        elif name == b"if-none-match":
            tags = value
    return accept, [tag.strip().removeprefix(b"W/") for tag in tags.split(b",")] if tags else []
