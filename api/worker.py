"""One worker as the parent sees it: a child process, the socket to it, and what its failures mean."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Protocol

from api import worker_process, worker_scratch
from api.worker_failures import crashed, failure_of, too_slow
from api.worker_messages import Allowance, Arrival, ChangeRequest, QueryAnswer, QueryRequest, WorkerLimits
from graph.errors import QueryCrashed, SagsgrafError, StoreError, TimeLimitExceeded

_START_SECONDS = 30.0
_READ = 65_536
_CLOSE = 0.001  # how much too early a timer may call


class TurnOver(Exception):  # noqa: N818 - named for what happened
    """A query outstayed its turn in the quick lane, and there was no place where it could go on."""


class Owner(Protocol):
    """Who has workers, and is told what becomes of them."""

    def promote(self, worker: "Worker") -> bool:
        """Find a place to go on for a worker whose query has outstayed its turn; whether there is one."""

    def freed(self, worker: "Worker", arrival: Arrival, seconds: float) -> None:
        """A request is done, well or badly, after so many seconds; the worker may take the next."""

    def lost(self, worker: "Worker") -> None:
        """A process is gone."""


class Worker(asyncio.BufferedProtocol):
    """A child process with a store open; it takes one query at a time."""

    def __init__(self, store: Path, owner: Owner) -> None:
        self.store = store
        self.wall = ""  # what keeps the engine from the network: "namespace", "filter", or nothing
        self.ready = False
        self.alive = True
        self.tired = False  # it has asked to be replaced
        self.leaving = False  # its replacement is ordered
        self.retired = False  # its replacement is here
        self._owner = owner
        self._gone = asyncio.Event()
        self._arriving = memoryview(bytearray(_READ))
        self._incoming = bytearray()  # the beginning of a message that has not come whole
        self._loop = asyncio.get_running_loop()
        self._arrival: Arrival | None = None
        self._quick = False  # the query at hand is in its first turn
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._transport: asyncio.WriteTransport | None = None

    @classmethod
    async def start(cls, store: Path, limits: WorkerLimits, owner: Owner) -> "Worker":
        """A worker that is ready."""
        worker = cls(store, owner)
        ours, theirs = socket.socketpair()
        arrival = Arrival(worker._loop, b"", Allowance(_START_SECONDS))
        worker._attend(arrival)
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

    def begin(self, arrival: Arrival) -> None:
        """Work on a request, which nobody else works on; this worker must be free."""
        if self._transport is None or not self.alive:
            arrival.fail(crashed())
            return
        self._attend(arrival)
        self._transport.write(arrival.octets)

    async def ask(self, request: QueryRequest, deadline: float) -> QueryAnswer:
        """The whole answer; what goes wrong is an error of `graph.errors`."""
        arrival = Arrival(self._loop, request.to_octets(), Allowance(deadline))
        self.begin(arrival)
        return await arrival.answer(request)

    async def change(self, request: ChangeRequest, deadline: float) -> bool:
        """Change the store of a writable worker; whether the graph was there before."""
        arrival = Arrival(self._loop, request.to_octets(), Allowance(deadline))
        self.begin(arrival)
        return bool(json.loads(await arrival.begun())["existed"])

    def _attend(self, arrival: Arrival) -> None:
        deadline, quick = arrival.allowance.deadline, arrival.quick
        self._arrival = arrival
        self._quick = quick is not None and quick < deadline
        arrival.worker, arrival.since = self, time.monotonic()
        self._watch(arrival.since + (quick if self._quick and quick else deadline))

    def _watch(self, due: float) -> None:
        """Look at the request when its time is up. One timer sees many short ones come and go."""
        if self._timer and due < self._due:
            self._timer.cancel()
            self._timer = None
        self._due = due
        if self._timer is None:
            self._timer = self._loop.call_later(due - time.monotonic(), self._look)

    def _look(self) -> None:
        self._timer = None
        arrival = self._arrival
        if arrival is None:
            return
        if self._due - time.monotonic() > _CLOSE:
            self._watch(self._due)
            return
        allowed = arrival.allowance
        if not self._quick:
            self.kill()
            self._end(too_slow(allowed.deadline))
        elif self._owner.promote(self):
            self._quick = False
            self._watch(arrival.since + allowed.deadline)
        else:
            self.kill()
            self._end(TurnOver())

    def _end(self, failure: SagsgrafError | TurnOver) -> None:
        """What is expected will not come."""
        arrival, self._arrival = self._arrival, None
        if arrival:
            arrival.fail(failure)
            self._owner.freed(self, arrival, time.monotonic() - arrival.since)

    def kill(self) -> None:
        """End the process at once, whatever it is doing."""
        self.alive = False
        if self._process:
            self._process.kill()
        if self._transport:
            self._transport.abort()

    async def close(self) -> None:
        """Kill, and wait until the process is gone."""
        self.kill()
        await self._gone.wait()
        while self._process and self._process.poll() is None:
            await asyncio.sleep(0.005)

    def get_buffer(self, sizehint: int) -> memoryview:
        """Where the loop puts what arrives: always the same place, which halves the cost of a short answer."""
        return self._arriving

    def buffer_updated(self, nbytes: int) -> None:
        """Take every message that has come whole."""
        come = self._arriving[:nbytes]
        if not self._incoming:  # as it is for a short answer: its body is copied once
            self._incoming += come[self._take(come) :]
            return
        self._incoming += come
        with memoryview(self._incoming) as whole:
            taken = self._take(whole)
        del self._incoming[:taken]

    def _take(self, come: memoryview) -> int:
        """Hear every whole message; how many octets they were."""
        head = worker_process.ANSWER_HEAD
        begin = 0
        while len(come) - begin >= head.size:
            kind, tired, length = head.unpack_from(come, begin)
            body = begin + head.size
            if len(come) < body + length:
                break
            begin = body + length
            self.tired |= tired
            self._hear(kind, bytes(come[body:begin]))
        return begin

    def _hear(self, kind: bytes, body: bytes) -> None:
        if kind == worker_process.FAILED:
            self._end(failure_of(body))
        elif self._arrival:
            arrival, last = self._arrival, kind.isupper()
            if last:
                self._arrival = None
            arrival.take(kind.upper(), body, last=last)
            if last:
                self._owner.freed(self, arrival, time.monotonic() - arrival.since)

    def connection_lost(self, exc: Exception | None) -> None:
        """The process is gone, or about to be: whoever waits for it gets an error."""
        self.alive = False
        if self._timer:
            self._timer.cancel()
            self._timer = None
        self._gone.set()
        self._end(crashed())
        self._owner.lost(self)


def _spawn(store: Path, limits: WorkerLimits, channel: int) -> subprocess.Popen[bytes]:
    settings = {
        "store": str(store.resolve()),
        "channel": channel,
        "memory": limits.memory,
        "answer": limits.answer,
        "queries": limits.queries,
        "resident": limits.resident,
    }
    # one arena: with one for each thread, threads that start together now and then reserve more than the process may,
    # and it aborts; and none of our own settings, of which some are secret
    environment = {name: value for name, value in os.environ.items() if not name.startswith("SAGSGRAF_")}
    environment["MALLOC_ARENA_MAX"] = "1"
    # the engine takes and gives back the same few kilobytes in every query: they are kept at hand, and not sought anew
    environment["GLIBC_TUNABLES"] = "glibc.malloc.tcache_max=65536:glibc.malloc.tcache_count=64"
    script = str((worker_scratch if limits.writable else worker_process).__file__)
    # by path and with -P, so that no `api` in the working directory is taken for ours; in a group of its own, so that
    # Ctrl-C reaches the service alone, but not in a session: Linux shares the processor by session before it asks nice
    return subprocess.Popen(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-P", script, json.dumps(settings)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        pass_fds=[channel],
        cwd="/",
        env=environment,
        process_group=0,
    )
