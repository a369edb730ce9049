"""What passes between a worker and whoever asks it: the request, the answer as it comes in, and the answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, Protocol

from api import worker_process
from api.formats import JSON, TURTLE, Format

Term = Mapping[str, str]
LaneName = Literal["public", "slow", "reserved"]


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one worker may use, when it is replaced by a fresh one, and what keeps the peace between clients.

    A `writable` worker changes its store, of which it must be the only one.
    `slow` is the number of workers beside the quick ones for queries that take their time (none: all are alike),
    `budget` the seconds of worker time that one client has a minute (none: as many as it likes).
    """

    memory: int = 1 << 30
    answer: int = 10_000_000
    queries: int = 1_000
    resident: int = 400_000_000
    slow: int = 0
    budget: float | None = None
    writable: bool = False


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query and how to answer it.

    `terms` are values for variables, as SPARQL-JSON term objects; the engine (0.5.13) takes them for variables that
    SELECT names, where they stand in patterns and comparisons, but not in BIND, BOUND or a sub-query.
    `default_graphs` and `named_graphs` make up the dataset, as the SPARQL protocol has it: if either is given the other
    counts as empty; if neither, the store's own default graph and all its named graphs are asked.
    """

    query: str
    solutions: Format | None = JSON
    triples: Format | None = TURTLE
    terms: Mapping[str, Term] = field(default_factory=dict)
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None

    def to_octets(self) -> bytes:
        """The request as it goes to the child."""
        own = not (self.default_graphs or self.named_graphs)
        message = {
            "query": self.query,
            "solutions": self.solutions and self.solutions.name,
            "triples": self.triples and self.triples.name,
            "terms": {name: dict(term) for name, term in self.terms.items()},
            "default": None if own else self.default_graphs,
            "named": None if own else self.named_graphs,
            "base": self.base,
        }
        octets = json.dumps(message).encode()
        return worker_process.REQUEST_HEAD.pack(len(octets)) + octets


@dataclass(frozen=True, slots=True)
class ChangeRequest:
    """A change of a scratch store: an update's text, or what becomes of one graph (None: the default graph).

    `change` is update, put, post or delete; `parts` are RDF texts, each with the name of its format.
    """

    change: Literal["update", "put", "post", "delete"]
    base: str
    update: str = ""
    graph: str | None = None
    parts: tuple[tuple[str, str], ...] = ()

    def to_octets(self) -> bytes:
        """The request as it goes to the child."""
        octets = json.dumps(asdict(self)).encode()
        return worker_process.REQUEST_HEAD.pack(len(octets)) + octets


class Arrival:
    """One answer on its way in: pieces, and then its end or a failure."""

    def __init__(self, loop: asyncio.AbstractEventLoop, spool: float, stop: Callable[[], None]) -> None:
        self.kind = b""
        self.ended = False
        self.failure: BaseException | None = None
        self.over: asyncio.Future[None] = loop.create_future()
        self._loop = loop
        self._spool = spool
        self._stop = stop
        self._size = 0
        self._pieces: list[bytes] = []
        self._news: asyncio.Future[None] = loop.create_future()

    def take(self, kind: bytes, body: bytes, *, last: bool) -> None:
        """A piece has come."""
        self.kind = kind
        self._pieces.append(body)
        self._size += len(body)
        if last:
            self._end()
        elif self._size > self._spool:
            self._tell()

    def fail(self, failure: BaseException) -> None:
        """No more will come."""
        if not self.ended:
            self.failure = failure
            self._end()

    def abandon(self) -> None:
        """Stop the work, if it is not done: nobody waits for the answer any more."""
        if not self.ended:
            self._stop()

    def _end(self) -> None:
        self.ended = True
        if not self.over.done():
            self.over.set_result(None)
        self._tell()

    def _tell(self) -> None:
        if not self._news.done():
            self._news.set_result(None)

    async def begun(self) -> bytes:
        """The whole answer, or what has come of it when it is too long to keep back; raises what went wrong."""
        await self._news
        if self.failure:
            raise self.failure
        return self._taken()

    async def rest(self) -> AsyncIterator[bytes]:
        """The pieces after what `begun` gave; raises what goes wrong on the way."""
        while True:
            if self._pieces:
                yield self._taken()
            elif self.failure:
                raise self.failure
            elif self.ended:
                return
            else:
                self._news = self._loop.create_future()
                await self._news

    def _taken(self) -> bytes:
        taken = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
        self._pieces.clear()
        return taken


@dataclass(frozen=True, slots=True)
class QueryAnswer:
    """An answer: the whole of it, or its first part and where the rest comes in; a rest that fails raises."""

    format: Format
    body: bytes
    arrival: Arrival | None = None

    @property
    def media_type(self) -> str:
        """The answer's Content-Type."""
        return self.format.content_type


class Engine(Protocol):
    """What answers queries: a pool of workers on a version of ours, or a server elsewhere."""

    restarts: int
    longest: int

    @property
    def alive(self) -> int:
        """How many can answer at the same time."""

    @property
    def waiting(self) -> int:
        """How many queries wait."""

    @property
    def edition(self) -> str:
        """What is answered from, in a word that changes with every version."""

    async def start(self) -> None:
        """Make ready; a StoreError where that fails."""

    async def close(self) -> None:
        """Leave nothing running."""

    async def switch(self, store_path: Path) -> None:
        """Answer from another version from now on."""

    async def run(self, request: QueryRequest, *, lane: LaneName = "public", client: str | None = None) -> QueryAnswer:
        """The whole answer to a query."""

    async def open(self, request: QueryRequest, *, client: str | None = None, spool: int = 1 << 20) -> QueryAnswer:
        """The answer to a public query, or its first part where it is longer than `spool`."""

    async def select(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The rows of a SELECT of our own."""

    def select_blocking(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """`select` for code that is not asynchronous."""
