"""What passes between a worker and whoever asks it: the request, the answer as it comes in, and the answer."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, Protocol

from api import worker_process
from api.formats import JSON, TURTLE, Format

Term = Mapping[str, str]
LaneName = Literal["public", "slow", "reserved"]
# the names of both formats, the default and the named graphs, and the base
_Shape = tuple[str | None, str | None, tuple[str, ...], tuple[str, ...], str | None]


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one worker may use, when it is replaced by a fresh one, and what keeps the peace between clients.

    A `writable` worker changes its store, of which it must be the only one.
    `slow` is the number of workers beside the quick ones for queries that take their time (none: all are alike),
    `budget` the seconds of worker time that one client has a minute (none: as many as it likes).
    """

    memory: int = 1 << 30
    answer: int = 10_000_000
    queries: int = 50_000
    resident: int = 400_000_000
    slow: int = 0
    budget: float | None = None
    writable: bool = False


class QueryRequest(NamedTuple):
    """A query and how to answer it.

    `terms` are values for variables, as SPARQL-JSON term objects; the engine (0.5.13) takes them for variables that
    SELECT names, where they stand in patterns and comparisons, but not in BIND, BOUND or a sub-query.
    `default_graphs` and `named_graphs` make up the dataset, as the SPARQL protocol has it: if either is given the other
    counts as empty; if neither, the store's own default graph and all its named graphs are asked.
    """

    query: str
    solutions: Format | None = JSON
    triples: Format | None = TURTLE
    terms: Mapping[str, Term] = MappingProxyType({})
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    base: str | None = None

    def to_octets(self) -> bytes:
        """The request as it goes to the child."""
        solutions = self.solutions.name if self.solutions else None
        triples = self.triples.name if self.triples else None
        shape = (solutions, triples, self.default_graphs, self.named_graphs, self.base)
        return _message(_settings_with(shape, self.terms) if self.terms else _settings(shape), self.query)


def _settings_with(shape: _Shape, terms: Mapping[str, Term]) -> bytes:
    solutions, triples, default, named, base = shape
    settings = {
        "solutions": solutions,
        "triples": triples,
        "terms": {name: dict(term) for name, term in terms.items()},
        "default": default if default or named else None,
        "named": named if default or named else None,
        "base": base,
    }
    return json.dumps(settings).encode()


@lru_cache(maxsize=64)
def _settings(shape: _Shape) -> bytes:
    """What most queries have in common with the one before, and so need not be written anew."""
    return _settings_with(shape, {})


def _message(settings: bytes, text: str = "") -> bytes:
    octets = text.encode("utf-8", "surrogatepass")
    return worker_process.REQUEST_HEAD.pack(len(settings), len(octets)) + settings + octets


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
        return _message(json.dumps(asdict(self)).encode())


class Stoppable(Protocol):
    """A worker, as far as the one who waits for its answer knows it."""

    def kill(self) -> None:
        """End the process at once."""


class Allowance(NamedTuple):
    """What a request may take: the seconds it has.

    `spool` is how much of the answer is kept back until it is known to be whole; `client` is who pays for the time,
    and has `used` so many seconds of late.
    """

    deadline: float
    spool: float = float("inf")
    client: str | None = None
    used: float = 0.0


class Arrival:
    """One request on its way to a worker and the answer on its way back: pieces, and then its end or a failure.

    After `quick` seconds it must make room, if it can.
    """

    __slots__ = ("_loop", "_news", "_over", "_pieces", "_size", "abandoned", "allowance", "ended", "failure", "kind",
                 "octets", "quick", "since", "worker")  # fmt: skip

    def __init__(
        self, loop: asyncio.AbstractEventLoop, octets: bytes, allowance: Allowance, *, quick: float | None = None
    ) -> None:
        self.octets = octets
        self.allowance = allowance
        self.quick = quick
        self.since = 0.0  # when it began to wait, or a worker to work on it
        self.worker: Stoppable | None = None
        self.kind = b""
        self.ended = False
        self.abandoned = False
        self.failure: BaseException | None = None
        self._loop = loop
        self._size = 0
        self._pieces: list[bytes] = []
        self._news: asyncio.Future[None] = loop.create_future()
        self._over: Callable[[], None] | None = None

    def take(self, kind: bytes, body: bytes, *, last: bool) -> None:
        """A piece has come."""
        self.kind = kind
        self._pieces.append(body)
        if last:
            self._end()
            return
        self._size += len(body)
        if self._size > self.allowance.spool:
            self._tell()

    def fail(self, failure: BaseException) -> None:
        """No more will come."""
        if not self.ended:
            self.failure = failure
            self._end()

    def abandon(self) -> None:
        """Stop the work, if it is not done: nobody waits for the answer any more."""
        self.abandoned = True
        if self.worker is None:
            self.fail(asyncio.CancelledError())  # it waits for a worker still
        elif not self.ended:
            self.worker.kill()

    def when_over(self, tell: Callable[[], None]) -> None:
        """Call `tell` when all has come, or failed; at once if that is so already."""
        if self.ended:
            tell()
        else:
            self._over = tell

    def _end(self) -> None:
        self.ended = True
        self._tell()
        if self._over:
            self._over()

    def _tell(self) -> None:
        if not self._news.done():
            self._news.set_result(None)

    async def answer(self, request: QueryRequest) -> "QueryAnswer":
        """The whole answer, or its first part where it is longer than the spool; raises what went wrong."""
        body = await self.begun()
        chosen = request.triples if self.kind == worker_process.TRIPLES else request.solutions
        if chosen is None:
            raise ValueError(f"the child answered in a format nobody asked for: {self.kind!r}")
        return QueryAnswer(chosen, body, None if self.ended else self)

    async def begun(self) -> bytes:
        """What has come of the answer when it is whole, or too long to keep back; raises what went wrong."""
        try:
            await self._news
        except asyncio.CancelledError:
            self.abandon()
            raise
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


class QueryAnswer(NamedTuple):
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

    def check(self, client: str | None) -> float:
        """The seconds that a client has used, if it may ask now; else a ClientBusy."""

    def charge(self, client: str | None, seconds: float) -> None:
        """Count time that was spent on a client elsewhere."""

    async def select(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The rows of a SELECT of our own."""

    def select_blocking(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """`select` for code that is not asynchronous."""
