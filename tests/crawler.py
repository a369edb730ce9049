"""A crawler for tests: every address of a service by its OpenAPI, its links and its things, and what an answer holds."""

from __future__ import annotations

import gzip
import html
import io
import json
import re
import zipfile
import zlib
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from starlette.testclient import TestClient

BASE = "http://127.0.0.1:8000"
HTML = {"Accept": "text/html"}
_LINKED = re.compile(rf"""(?:(?:href|src|action)=["']?|{re.escape(BASE)}|"|<)(/[^"'<>\s\\)\]]*)""")
_ENDINGS = ("", ".ttl", ".jsonld", ".nt", ".rdf", ".json")
_THING = re.compile(r"/(?:id/)?(?P<kind>[a-z-]+)/(?P<key>[0-9]{4}/[^?#]+|[0-9a-f]{64})$")
MOST_OF_A_PATH = 12  # addresses that differ by their query alone


def forms(told: str) -> set[str]:
    """A text as it may be written, in small letters: plain, for an address, in JSON, in HTML by number and by name."""
    named = "".join(html.entities.codepoint2name.get(ord(c), "") if ord(c) > 127 else c for c in told)
    numbered = "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in told)
    entities = "".join(f"&{html.entities.codepoint2name[ord(c)]};" if ord(c) > 127 else c for c in told)
    written = {told, quote(told), json.dumps(told)[1:-1], numbered, entities, told.replace(" ", "+"), named}
    written |= {told.replace("å", "aa").replace("ø", "oe").replace("æ", "ae"), told.replace(" ", "-"), told[::-1]}
    return {one.casefold() for one in written if len(one) > 4}


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
    if content.startswith(b"x\x9c"):
        yield from unpacked(zlib.decompress(content))


def holds(content: bytes, sought: Mapping[str, Iterable[str]]) -> set[str]:
    """Which of the texts sought stand in some bytes, in any of their forms."""
    found: set[str] = set()
    for part in unpacked(content):
        for text in (part.decode("utf-8", "replace").casefold(), part.decode("cp1252", "replace").casefold()):
            seen = {text, unquote(text), html.unescape(text)}
            found |= {name for name, written in sought.items() if any(one in t for one in written for t in seen)}
    return found


@dataclass
class Crawl:
    """A walk over a service: the addresses asked, by status, and where each of the texts sought was found."""

    client: TestClient
    sought: Mapping[str, Iterable[str]]
    found: dict[str, set[str]] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    asked: set[tuple[str, str]] = field(default_factory=set)
    waiting: deque[str] = field(default_factory=deque)
    by_path: Counter[str] = field(default_factory=Counter)

    def walk(self) -> None:
        """Asks every address: those of the description with parameters filled, all links, all forms of every thing."""
        for address in (*self.described(), "/", "/en", "/robots.txt", "/sitemap.xml", "/llms.txt", "/openapi.json"):
            self.waiting.append(address)
        while self.waiting:
            self.visit(self.waiting.popleft())

    def described(self) -> Iterator[str]:
        """The addresses of the OpenAPI description, each parameter with its example and each of its words."""
        paths: dict[str, Any] = self.client.get("/openapi.json").json()["paths"]
        for path, operations in paths.items():
            if "get" not in operations or "{" in path:
                continue
            parameters = operations["get"].get("parameters", [])
            needed = "&".join(f"{p['name']}={quote(str(p['example']))}" for p in parameters if p.get("required"))
            yield f"{path}?{needed}".rstrip("?")
            for parameter in (p for p in parameters if p["in"] == "query"):
                for value in [*parameter["schema"].get("enum", []), parameter.get("example"), "find%20ikke%22%3C", ""]:
                    yield f"{path}?{needed}&{parameter['name']}={quote(str(value)) if value else value}"

    def visit(self, address: str) -> None:
        """Asks an address as a page and as data, and takes note of what it leads to."""
        path = address.partition("?")[0]
        if path.startswith(("/static/", "/health", "/def/", "/concept/")) or self.by_path[path] > MOST_OF_A_PATH:
            return
        self.by_path[path] += "?" in address
        for accept in ("*/*",) if "." in path.rpartition("/")[2][-8:] else ("text/html", "application/json"):
            self.ask(address, accept)
        thing = _THING.fullmatch(path)
        if thing:
            self.spread(thing)

    def spread(self, thing: re.Match[str]) -> None:
        """All forms of a thing, its neighbours and its surroundings, and addresses beside it that name nothing."""
        kind, key = thing["kind"], thing["key"]
        for name in (f"/{kind}/{key}", f"/{kind}/{key[:-1]}", f"/{kind}/{key}0"):
            self.waiting.extend(f"{name}{ending}" for ending in _ENDINGS)
        beside = (f"/id/{kind}/{key}", f"/en/{kind}/{key}", f"/{kind}/{key}/neighbours", f"/network?of={kind}/{key}")
        self.waiting.extend(beside)
        if kind == "cases":
            self.waiting.append(f"/cases/{key}/route")
        if kind == "sources":
            self.waiting.extend((f"/sources/{key}.txt", f"/graphs/{key}", f"/graphs/{key}.nq", f"/gsp?graph={BASE}/graphs/{key}"))
        self.waiting.extend((f"/questions/why?fact={quote(f'{BASE}/id/{kind}/{key}')}",))

    def ask(self, address: str, accept: str) -> None:
        """Asks once, and looks into all that comes."""
        address = address.partition("#")[0]
        if (address, accept) in self.asked:
            return
        self.asked.add((address, accept))
        answer = self.client.get(address, headers={"Accept": accept}, follow_redirects=False)
        self.statuses[answer.status_code] += 1
        told = answer.content + json.dumps(list(answer.headers.multi_items()), ensure_ascii=False).encode()
        self.note(f"{accept} {address}", told)
        self.lead(answer.headers.get("location", ""))
        if len(answer.content) < 2_000_000 and "octet" not in answer.headers.get("content-type", ""):
            for link in _LINKED.findall(html.unescape(answer.text) + answer.headers.get("link", "")):
                self.lead(link)

    def lead(self, link: str) -> None:
        """Puts an address of this service on the list."""
        parts = urlsplit(link)
        if parts.netloc in ("", "127.0.0.1:8000", "testserver") and parts.path.startswith("/"):
            self.waiting.append(parts.path + (f"?{parts.query}" if parts.query else ""))

    def note(self, place: str, content: bytes) -> None:
        """Takes note of what stands in some bytes."""
        for name in holds(content, self.sought):
            self.found.setdefault(name, set()).add(place)

    def query(self, text: str, accept: str = "application/sparql-results+json") -> Any:
        """The answer to a query of one's own, which is looked into like all others."""
        answer = self.client.post(
            "/sparql", content=text.encode(), headers={"Accept": accept, "Content-Type": "application/sparql-query"}
        )
        self.statuses[answer.status_code] += 1
        self.note(f"sparql {text[:90]}", answer.content)
        return answer
