"""One worker as the parent sees it: a child process, the socket to it, and what its failures mean."""

import asyncio
import json
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from api import worker_process, worker_scratch
from api.worker_failures import crashed, failure_of, too_slow
from api.worker_messages import Arrival, ChangeRequest, QueryAnswer, QueryRequest, WorkerLimits
from graph.errors import QueryCrashed, SagsgrafError, StoreError, TimeLimitExceeded

_START_SECONDS = 30.0
_READ = 65_536


class TurnOver(Exception):  # noqa: N818 - named for what happened
    """A query outstayed its turn in the quick lane, and there was no place where it could go on."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How long a query may hold a worker at first, and what then finds it a place to go on, if there is one."""

    seconds: float
    promote: Callable[["Worker"], bool]


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
        self._arrival: Arrival | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._transport: asyncio.WriteTransport | None = None

    @classmethod
    async def start(cls, store: Path, limits: WorkerLimits, lost: Callable[["Worker"], None]) -> "Worker":
        """A worker that is ready; `lost` is called when its process is gone."""
        worker = cls(store, lost)
        ours, theirs = socket.socketpair()
        arrival = worker._expect(_START_SECONDS)
        try:
            with theirs:
                worker._process = _spawn(store, limits, theirs.fileno())
            worker._transport, _ = await worker._loop.create_connection(lambda: worker, sock=ours)
            worker.wall = str(json.loads(await arrival.begun())["wall"])
            worker.ready = True
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

    async def ask(
        self, request: QueryRequest, deadline: float, *, turn: Turn | None = None, spool: float = float("inf")
    ) -> QueryAnswer:
        """The answer, or its first part where it is longer than `spool`; what goes wrong is an error of `graph.errors`.

        With a `turn`, a query that outstays it goes on only where `turn.promote` finds it a place; else TurnOver.
        """
        if self._transport is None or not self.alive:
            raise crashed()
        arrival = self._expect(deadline, turn, spool=spool)
        self._transport.write(request.to_octets())
        try:
            body = await arrival.begun()
        except asyncio.CancelledError:
            arrival.abandon()
            raise
        chosen = request.triples if arrival.kind == worker_process.TRIPLES else request.solutions
        if chosen is None:
            raise ValueError(f"the child answered in a format nobody asked for: {arrival.kind!r}")
        return QueryAnswer(chosen, body, None if arrival.ended else arrival)

    async def change(self, request: ChangeRequest, deadline: float) -> bool:
        """Change the store of a writable worker; whether the graph was there before."""
        if self._transport is None or not self.alive:
            raise crashed()
        arrival = self._expect(deadline)
        self._transport.write(request.to_octets())
        try:
            return bool(json.loads(await arrival.begun())["existed"])
        except asyncio.CancelledError:
            arrival.abandon()
            raise

    def _expect(self, deadline: float, turn: Turn | None = None, *, spool: float = float("inf")) -> Arrival:
        self._arrival = Arrival(self._loop, spool, self.kill)
        if turn and turn.seconds < deadline:
            self._timer = self._loop.call_later(turn.seconds, self._end_turn, turn, deadline)
        else:
            self._timer = self._loop.call_later(deadline, self._expire, deadline)
        return self._arrival

    def _end_turn(self, turn: Turn, deadline: float) -> None:
        if turn.promote(self):
            self._timer = self._loop.call_later(deadline - turn.seconds, self._expire, deadline)
        else:
            self._end(TurnOver())
            self.kill()

    def _expire(self, deadline: float) -> None:
        self._end(too_slow(deadline))
        self.kill()

    def _end(self, failure: SagsgrafError | TurnOver | None = None) -> None:
        """The answer that is expected has come or will not come."""
        arrival, self._arrival = self._arrival, None
        if self._timer:
            self._timer.cancel()
        if arrival and failure:
            arrival.fail(failure)

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
        """Take every message that has come whole."""
        self._incoming += memoryview(self._arriving)[:nbytes]
        head = worker_process.ANSWER_HEAD
        while len(self._incoming) >= head.size:
            kind, tired, length = head.unpack_from(self._incoming)
            end = head.size + length
            if len(self._incoming) < end:
                return
            body = bytes(memoryview(self._incoming)[head.size : end])
            del self._incoming[:end]
            self.tired |= tired
            self._hear(kind, body)

    def _hear(self, kind: bytes, body: bytes) -> None:
        if kind == worker_process.FAILED:
            self._end(failure_of(body))
        elif self._arrival:
            arrival, last = self._arrival, kind.isupper()
            if last:
                self._end()
            arrival.take(kind.upper(), body, last=last)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone, or about to be: whoever waits for it gets an error."""
        self.alive = False
        self._gone.set()
        self._end(crashed())
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
    script = str((worker_scratch if limits.writable else worker_process).__file__)
    # by path and with -P, so that no `api` in the working directory is taken for ours;
    # in a session of its own, so that Ctrl-C reaches the service alone
    return subprocess.Popen(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-P", script, json.dumps(settings)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[channel],
        cwd="/",
        start_new_session=True,
    )
