"""One worker as the parent sees it: a child process, the socket to it, and what its failures mean."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from api import worker_process
from api.formats import JSON, TURTLE, Format
from graph.errors import (
    AnswerTooLargeError,
    FormatError,
    QueryCrashed,
    QueryError,
    QuerySyntaxError,
    SagsgrafError,
    StoreError,
    TimeLimitExceeded,
)

Term = Mapping[str, str]
_START_SECONDS = 30.0
_READ = 65_536


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """What one worker may use, and when it is replaced by a fresh one."""

    memory: int = 1 << 30
    answer: int = 10_000_000
    queries: int = 1_000
    resident: int = 400_000_000


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
class QueryAnswer:
    """A whole answer; there are no halves."""

    format: Format
    body: bytes

    @property
    def media_type(self) -> str:
        """The answer's Content-Type."""
        return self.format.content_type


class Worker(asyncio.BufferedProtocol):
    """A child process with a store open; it takes one query at a time."""

    def __init__(self, store: Path, lost: Callable[["Worker"], None]) -> None:
        self.store = store
        self.wall = ""  # what keeps the engine from the network: "namespace", "filter", or nothing
        self.ready = False
        self.alive = True
        self.tired = False  # it has asked to be replaced
        self.leaving = False  # its replacement is ordered
        self.retired = False  # its replacement is here
        self._lost = lost
        self._gone = asyncio.Event()
        self._arriving = bytearray(_READ)
        self._incoming = bytearray()
        self._loop = asyncio.get_running_loop()
        self._pending: asyncio.Future[tuple[bytes, bytes]] | None = self._loop.create_future()
        self._process: subprocess.Popen[bytes] | None = None
        self._transport: asyncio.WriteTransport | None = None

    @classmethod
    async def start(cls, store: Path, limits: WorkerLimits, lost: Callable[["Worker"], None]) -> "Worker":
        """A worker that is ready; `lost` is called when its process is gone."""
        worker = cls(store, lost)
        ours, theirs = socket.socketpair()
        try:
            with theirs:
                worker._process = _spawn(store, limits, theirs.fileno())
            worker._transport, _ = await worker._loop.create_connection(lambda: worker, sock=ours)
            worker.wall = await worker._hear_ready()
        except (OSError, QueryCrashed, TimeLimitExceeded) as error:
            raise StoreError(
                f"{store}: arbejdsprocessen kom ikke i gang; måske må den bruge for lidt hukommelse.",
                f"{store}: the worker process did not start; perhaps it may use too little memory.",
            ) from error
        finally:
            if not worker.ready:
                worker.kill()
                ours.close()
                if worker._process:
                    worker._process.wait()
        return worker

    async def _hear_ready(self) -> str:
        kind, body = await self._answer(_START_SECONDS)
        if kind != worker_process.READY:
            raise _failure(body)
        self.ready = True
        return str(json.loads(body)["wall"])

    async def ask(self, request: QueryRequest, deadline: float) -> QueryAnswer:
        """The answer; whatever goes wrong, it is an error of `graph.errors` and never half an answer."""
        if self._transport is None or not self.alive:
            raise _crashed()
        self._pending = self._loop.create_future()
        self._transport.write(request.to_octets())
        kind, body = await self._answer(deadline)
        if kind == worker_process.FAILED:
            raise _failure(body)
        chosen = request.triples if kind == worker_process.TRIPLES else request.solutions
        if chosen is None:
            raise ValueError(f"the child answered in a format nobody asked for: {kind!r}")
        return QueryAnswer(chosen, body)

    async def _answer(self, deadline: float) -> tuple[bytes, bytes]:
        if self._pending is None:
            raise _crashed()
        timer = self._loop.call_later(deadline, self._expire, deadline)
        try:
            return await self._pending
        except asyncio.CancelledError:
            self.kill()  # nobody waits for this answer any more
            raise
        finally:
            timer.cancel()
            self._pending = None

    def _expire(self, deadline: float) -> None:
        if self._pending and not self._pending.done():
            self._pending.set_exception(_too_slow(deadline))
        self.kill()

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        if self._process:
            self._process.kill()
        if self._transport:
            self._transport.abort()
        self.alive = False

    async def close(self) -> None:
        """Kill, and wait until the process is gone."""
        self.kill()
        await self._gone.wait()
        while self._process and self._process.poll() is None:
            await asyncio.sleep(0.005)

    def get_buffer(self, sizehint: int) -> bytearray:
        """Where the loop puts what arrives: always the same place, which halves the cost of a short answer."""
        return self._arriving

    def buffer_updated(self, nbytes: int) -> None:
        """Collect an answer until it is whole."""
        self._incoming += memoryview(self._arriving)[:nbytes]
        head = worker_process.ANSWER_HEAD
        if len(self._incoming) < head.size:
            return
        kind, tired, length = head.unpack_from(self._incoming)
        if len(self._incoming) < head.size + length:
            return
        body = bytes(memoryview(self._incoming)[head.size :])
        self._incoming = bytearray()
        self.tired = tired
        if self._pending and not self._pending.done():
            self._pending.set_result((kind, body))

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone, or about to be: whoever waits for it gets an error."""
        self.alive = False
        self._gone.set()
        if self._pending and not self._pending.done():
            self._pending.set_exception(_crashed())
        self._lost(self)


def _spawn(store: Path, limits: WorkerLimits, channel: int) -> subprocess.Popen[bytes]:
    settings = {
        "store": str(store.resolve()),
        "channel": channel,
        "memory": limits.memory,
        "answer": limits.answer,
        "queries": limits.queries,
        "resident": limits.resident,
    }
    # by path and with -P, so that no `api` in the working directory is taken for ours;
    # in a session of its own, so that Ctrl-C reaches the service alone
    return subprocess.Popen(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-P", worker_process.__file__, json.dumps(settings)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[channel],
        cwd="/",
        start_new_session=True,
    )


def _crashed() -> QueryCrashed:
    return QueryCrashed(
        "Forespørgslen brugte mere hukommelse, end den må, eller var for dybt indlejret. Spørg om mindre ad gangen.",
        "The query used more memory than it may, or was nested too deep. Ask for less at a time.",
    )


def _too_slow(deadline: float) -> TimeLimitExceeded:
    return TimeLimitExceeded(
        f"Forespørgslen nåede ikke at svare på {deadline:g} sekunder og blev stoppet. Spørg om mindre ad gangen.",
        f"The query did not answer within {deadline:g} seconds and was stopped. Ask for less at a time.",
    )


def _failure(body: bytes) -> SagsgrafError:
    """The error for a failure that a child reports."""
    failure = json.loads(body)
    words = failure.get("message", "")
    match failure["kind"]:
        case "syntax":
            return QuerySyntaxError(
                f"her kan der ikke læses videre; forventet: {words}",
                f"cannot read on from here; expected: {words}",
                line=failure["line"],
                column=failure["column"],
            )
        case "large":
            return AnswerTooLargeError(
                "Svaret er længere, end der sendes. Sæt LIMIT på, eller spørg om mindre ad gangen.",
                "The answer is longer than what is sent. Add a LIMIT, or ask for less at a time.",
            )
        case "format":
            danish = "et RDF-format" if words == "triples" else "et resultatformat (json, xml, csv eller tsv)"
            english = "an RDF format" if words == "triples" else "a results format (json, xml, csv or tsv)"
            return FormatError(
                f"Denne forespørgsel svares i {danish}; bed om sådan et.",
                f"This query is answered in {english}; ask for one of those.",
            )
        case "xml":
            return FormatError(
                "Svaret rummer noget, som ikke kan skrives i XML. Vælg et andet format.",
                "The answer holds something that cannot be written in XML. Choose another format.",
            )
        case "store":
            return StoreError(f"Grafen kan ikke læses: {words}", f"The graph cannot be read: {words}")
        case "memory":
            return _crashed()
        case _:
            return QueryError(
                f"Forespørgslen kan ikke gennemføres: {words}", f"The query cannot be carried out: {words}"
            )
