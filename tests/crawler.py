"""A crawler for tests: every address of a service, by its OpenAPI, links and things, and what the answers hold."""

from __future__ import annotations

import asyncio
import gzip
import html
import io
import json
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html.entities import codepoint2name
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.types import ASGIApp, Message

BASE = "http://127.0.0.1:8000"
_LINKED = re.compile(rf"""(?:(?:href|src|action)=["']?|{re.escape(BASE)}|"|<)(/[^"'<>\s\\)\]]*)""")
_ENDINGS = ("", ".ttl", ".jsonld", ".nt", ".rdf", ".json")
_THING = re.compile(r"/(?:id/)?(?P<kind>[a-z-]+)/(?P<key>[0-9]{4}/[^?#]+|[0-9a-f]{64})$")
MOST_OF_A_PATH = 4  # addresses that differ by their query alone
STARTS = (
    "/", "/en", "/robots.txt", "/sitemap.xml", "/llms.txt", "/openapi.json", "/find?q=bl%C3%A5mejse", "/find?q=kanarie",
    "/search?q=bl%C3%A5mejse", "/search?q=zebraf", "/search?q=ravnsbj", "/search?q=tusn", "/gsp?default", "/metrics",
    "/sources", "/people", "/agenda-items", "/attachments", "/decisions", "/commitments", "/stream", "/stream/1",
    "/stream.atom", "/dumps/all.nq.gz", "/dumps/all.ttl.gz", "/dumps/all.csv.zip", "/catalog.ttl", "/.well-known/void",
)  # fmt: skip
NOT_NOW = (429, 503, 504)  # what a busy service says: an address that was so passed over would prove nothing
PASSED = ("/static/", "/health", "/def", "/concept/", "/en/def", "/en/concept/")  # the same in every graph


def forms(told: str) -> set[str]:
    """A text in all the ways that it may be written, in small letters.

    >>> sorted(forms("Rørdrum"))[:4]
    ['murdrør', 'r%c3%b8rdrum', 'r%f8rdrum', 'r&#248;rdrum']
    """
    numbered, named, hexadecimal = (
        "".join(write.format(ord(c), codepoint2name.get(ord(c), "")) if ord(c) > 127 else c for c in told)
        for write in ("&#{0};", "&{1};", "&#x{0:x};")
    )
    in_json = json.dumps(told)[1:-1]
    spelt = told.casefold().replace("å", "aa").replace("ø", "oe").replace("æ", "ae")
    written = {told, quote(told), quote(told, encoding="cp1252"), in_json, json.dumps(in_json)[1:-1], spelt}
    written |= {numbered, named, hexadecimal, spelt.replace(" ", "-"), told.replace(" ", "+"), told[::-1]}
    return {one.casefold() for one in written}


def unpacked(content: bytes) -> Iterator[bytes]:
    """The bytes of an answer or file, and of what is packed in them."""
    yield content
    if content.startswith(b"\x1f\x8b"):
        yield from unpacked(gzip.decompress(content))
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield from unpacked(archive.read(name))


def seeking(texts: Iterable[str]) -> tuple[dict[str, str], re.Pattern[str]]:
    """What finds texts in any of their forms: each form with its text, and a pattern of them all."""
    known = {written: told for told in texts for written in forms(told)}
    return known, re.compile("|".join(map(re.escape, sorted(known, key=len, reverse=True))))


def holds(content: bytes, sought: tuple[dict[str, str], re.Pattern[str]]) -> set[str]:
    """Which of the texts sought stand in some bytes, packed or not, in the letters of UTF-8 or of Windows."""
    known, pattern = sought
    return {known[found] for part in unpacked(content) for found in pattern.findall(text_of(part).casefold())}


def text_of(content: bytes) -> str:
    """Bytes as text, in the letters of UTF-8 or else of Windows."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


@dataclass(frozen=True)
class Said:
    """What an app answered."""

    status: int
    headers: dict[str, str]
    body: bytes


async def asked(app: ASGIApp, target: str, headers: Mapping[str, str], *, body: bytes = b"") -> Said:
    """The answer of an app at an address, without a network: GET, or POST where there is a body."""
    path, _, query = target.partition("?")
    told: list[Message] = []
    waiting = [{"type": "http.request", "body": body, "more_body": False}]
    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST" if body else "GET",
        "scheme": "http", "path": unquote(path), "raw_path": path.encode(), "query_string": query.encode(),
        "root_path": "", "server": ("127.0.0.1", 8000), "client": ("127.0.0.1", 50_000),
        "headers": [(k.lower().encode(), v.encode()) for k, v in {"Host": "127.0.0.1:8000", **headers}.items()],
    }  # fmt: skip

    async def receive() -> Message:
        if not waiting:  # the client stays until it has its answer
            await asyncio.get_running_loop().create_future()
        return waiting.pop()

    async def send(message: Message) -> None:
        told.append(message)

    await app(scope, receive, send)
    start = told[0]
    sent = {name.decode("latin-1"): value.decode("latin-1") for name, value in start["headers"]}
    return Said(start["status"], sent, b"".join(message.get("body", b"") for message in told[1:]))


@dataclass
class Crawl:
    """A walk over a service: the addresses asked, by status, and where each of the texts sought was found."""

    app: ASGIApp
    sought: tuple[dict[str, str], re.Pattern[str]]
    found: dict[str, set[str]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    asked: set[tuple[str, str]] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    seen: set[str] = field(default_factory=set)
    by_path: Counter[str] = field(default_factory=Counter)

    async def walk(self) -> None:
        """Asks every address: those of the description with parameters filled, all links, all forms of every thing."""
        description = json.loads((await asked(self.app, "/openapi.json", {})).body)
        for address in (*STARTS, *described(description["paths"])):
            self.lead(address)
        while self.waiting:
            await self.visit(self.waiting.popleft())

    async def visit(self, address: str) -> None:
        """Asks an address as a page and as data, and takes note of what it leads to."""
        path = address.partition("?")[0]
        self.by_path[path] += "?" in address
        if path.startswith(PASSED) or self.by_path[path] > MOST_OF_A_PATH:
            return
        plain = path.startswith("/en") or "." in path.rpartition("/")[2][-8:]
        known = [await self.ask(address, accept) for accept in (("text/html",) if plain else ("text/html", "*/*"))]
        thing = _THING.fullmatch(path)
        if thing and (any(known) or thing["kind"] == "sources") and not path.endswith(_ENDINGS[1:]):
            for beside in around(thing["kind"], thing["key"]):
                self.lead(beside)

    async def ask(self, address: str, accept: str) -> bool:
        """Asks, and looks into all that comes; gives whether there is something at the address."""
        self.asked.add((address, accept))
        answer = await asked(self.app, address, {"Accept": accept})
        assert answer.status not in NOT_NOW, (address, answer.status, answer.body[:200])
        self.statuses[answer.status] += 1
        self.note(f"{accept} {address}", answer.body)
        self.note(f"{accept} {address} headers", repr(answer.headers).encode())
        self.lead(answer.headers.get("location", ""))
        if answer.headers.get("content-type", "").startswith(("text/html", "application/json", "application/ld+json")):
            for link in _LINKED.findall(html.unescape(answer.body.decode()) + answer.headers.get("link", "")):
                self.lead(link)
        return answer.status < 400

    def lead(self, link: str) -> None:
        """Puts an address of this service on the list, once."""
        parts = urlsplit(link)
        if parts.netloc in ("", "127.0.0.1:8000") and parts.path.startswith("/"):
            address = parts.path + (f"?{parts.query}" if parts.query else "")
            if address not in self.seen:
                self.seen.add(address)
                self.waiting.append(address)

    def note(self, place: str, content: bytes) -> None:
        """Takes note of what stands in some bytes."""
        for name in holds(content, self.sought):
            self.found.setdefault(name, set()).add(place)

    async def query(self, text: str, accept: str = "application/sparql-results+json") -> Said:
        """The answer to a query of one's own, which is looked into like all others."""
        headers = {"Accept": accept, "Content-Type": "application/sparql-query"}
        answer = await asked(self.app, "/sparql", headers, body=text.encode())
        assert answer.status not in NOT_NOW, (text, answer.status)
        self.note(f"sparql {text[:90]}", answer.body)
        return answer


def described(paths: Mapping[str, Any]) -> Iterator[str]:
    """The addresses of a description, each parameter with its example, its words and a value that means nothing."""
    for path, operations in paths.items():
        if "get" not in operations or "{" in path:
            continue
        parameters = [p for p in operations["get"].get("parameters", []) if p["in"] == "query"]
        needed = [f"{p['name']}={quote(str(p['example']))}" for p in parameters if p.get("required")]
        yield "?".join([path, *(["&".join(needed)] if needed else [])])
        for parameter in parameters[:MOST_OF_A_PATH]:
            for value in (*parameter["schema"].get("enum", [])[:1], parameter.get("example"), 'findes "ikke"<'):
                yield f"{path}?{'&'.join([*needed, parameter['name'] + '=' + quote(str(value))])}"


def around(kind: str, key: str) -> Iterator[str]:
    """All addresses of a thing, and some beside it that name nothing."""
    yield from (f"/{kind}/{key}{ending}" for ending in _ENDINGS)
    yield from (f"/{kind}/{key[:-1]}", f"/id/{kind}/{key}", f"/en/{kind}/{key}", f"/{kind}/{key}/neighbours")
    yield from (f"/network?of={kind}/{key}", f"/questions/why?fact={quote(f'{BASE}/id/{kind}/{key}')}")
    if kind == "cases":
        yield f"/cases/{key}/route"
    if kind == "sources":
        yield from (f"/sources/{key}.txt", f"/graphs/{key}", f"/graphs/{key}.nq", f"/gsp?graph={BASE}/graphs/{key}")
