"""The pool of killable workers that runs every query.

A running query cannot be stopped inside the engine, and some short ones kill the process they run in; so each runs in
a child (`api.worker_process`), which is killed at the deadline and replaced. Public questions and our own pages have
lanes of their own, and one client has at most one query running: a flood in one place does not slow the others.
"""

import asyncio
import json
import logging
import math
import threading
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Literal, TypeVar

from api.worker import QueryAnswer, QueryRequest, Term, Worker, WorkerLimits
from graph.errors import ClientBusy, ServiceBusy, StoreError

__all__ = ["QueryAnswer", "QueryRequest", "Term", "WorkerLimits", "WorkerPool"]

LaneName = Literal["public", "reserved"]
Result = TypeVar("Result")
_WAITING_PER_WORKER = 16
_WAITING_PER_CLIENT = 2
_LOG = logging.getLogger(__name__)


class WorkerPool:
    """Workers on one version of the store: ask them with `run` or `select`."""

    def __init__(
        self,
        store_path: Path,
        *,
        public: int = 2,
        reserved: int = 1,
        deadline: float = 10.0,
        limits: WorkerLimits | None = None,
    ) -> None:
        self.store_path = store_path
        self.deadline = deadline
        self._limits = limits or WorkerLimits()
        self._lanes: dict[LaneName, _Lane] = {"public": _Lane(public), "reserved": _Lane(reserved)}
        self._clients = _Clients()
        self._workers: dict[Worker, _Lane | None] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._blocking = threading.Lock()
        self._open = False

    async def start(self) -> None:
        """Start every worker; a StoreError if the store cannot be opened."""
        self._loop = asyncio.get_running_loop()
        self._open = True
        await self._fill(self.store_path)
        if not all(worker.wall for worker in self._workers):
            _LOG.warning(
                "Workers cannot be cut off from the network on this host; only the scan of the text stops SERVICE."
            )

    async def close(self) -> None:
        """End every worker; nothing is left running."""
        self._open = False
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for lane in self._lanes.values():
            lane.idle.clear()
        await asyncio.gather(*(self._end(worker) for worker in list(self._workers)))
        await asyncio.sleep(0)  # the loop closes the last sockets

    async def switch(self, store_path: Path) -> None:
        """Answer from another version from now on; what runs already ends on the old one."""
        await self._fill(store_path)
        for worker, lane in list(self._workers.items()):
            if worker.store != store_path and lane and lane.remove(worker):
                self._later(self._end(worker))

    async def run(self, request: QueryRequest, *, lane: LaneName = "public", client: str | None = None) -> QueryAnswer:
        """The answer to a query; one at a time for each client."""
        if client is None:
            return await self._run(request, self._lanes[lane])
        async with self._clients.turn(client):
            return await self._run(request, self._lanes[lane])

    async def select(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The rows of a SELECT of our own, each a term object by variable, from the reserved lane."""
        answer = await self.run(QueryRequest(query, terms=terms or {}), lane="reserved")
        rows: list[dict[str, Term]] = json.loads(answer.body)["results"]["bindings"]
        return rows

    def run_blocking(self, request: QueryRequest, *, lane: LaneName = "public") -> QueryAnswer:
        """`run` for code that is not asynchronous: the command line, or another thread than the service's own."""
        return self._block(lambda: self.run(request, lane=lane))

    def select_blocking(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """`select` for code that is not asynchronous."""
        return self._block(lambda: self.select(query, terms))

    def close_blocking(self) -> None:
        """`close` for a pool that is only used through the blocking calls."""
        if self._loop is not None:
            self._loop.run_until_complete(self.close())
            self._loop.close()
            self._loop = None

    def _block(self, work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
        if self._loop is not None and self._loop.is_running():
            return asyncio.run_coroutine_threadsafe(work(), self._loop).result()
        with self._blocking:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._loop.run_until_complete(self.start())
            return self._loop.run_until_complete(work())

    async def _run(self, request: QueryRequest, lane: "_Lane") -> QueryAnswer:
        if not self._open:
            raise RuntimeError("the pool is not started")
        worker = await lane.take(self.deadline)
        try:
            return await worker.ask(request, self.deadline)
        finally:
            self._give_back(worker, lane)

    def _give_back(self, worker: Worker, lane: "_Lane") -> None:
        if not (worker.alive and self._open) or worker.retired or worker.store != self.store_path:
            self._later(self._end(worker))
            return
        if worker.tired and not worker.leaving:
            self._order_replacement(worker, lane)  # the old one serves on until the new one is ready
        lane.put(worker)

    async def _fill(self, store_path: Path) -> None:
        """Start a full set of workers on a store, and let them in when all are ready."""
        lanes = [lane for lane in self._lanes.values() for _ in range(lane.size)]
        started = await asyncio.gather(*(self._start(store_path) for _ in lanes), return_exceptions=True)
        ready = [worker for worker in started if isinstance(worker, Worker)]
        for failure in started:
            if isinstance(failure, BaseException):
                await asyncio.gather(*(self._end(worker) for worker in ready))
                raise failure
        self.store_path = store_path
        for worker, lane in zip(ready, lanes, strict=True):
            self._let_in(worker, lane)

    async def _start(self, store_path: Path) -> Worker:
        worker = await Worker.start(store_path, self._limits, self._on_lost)
        self._workers[worker] = None
        return worker

    async def _end(self, worker: Worker) -> None:
        await worker.close()
        self._workers.pop(worker, None)

    def _let_in(self, worker: Worker, lane: "_Lane") -> None:
        self._workers[worker] = lane
        if worker.alive:
            lane.put(worker)
        else:
            self._on_lost(worker)

    def _on_lost(self, worker: Worker) -> None:
        """A process is gone: order another, unless that is done or its place is no more."""
        lane = self._workers.get(worker)
        if lane is None or not self._open:
            return
        lane.remove(worker)
        self._later(self._end(worker))
        if not worker.leaving and worker.store == self.store_path:
            self._order_replacement(worker, lane)

    def _order_replacement(self, worker: Worker, lane: "_Lane") -> None:
        worker.leaving = True
        self._later(self._replace(worker, lane))

    async def _replace(self, old: Worker, lane: "_Lane") -> None:
        new = await self._start_patiently(old.store)
        if new is None:
            return
        self._let_in(new, lane)
        old.retired = True
        if lane.remove(old):
            await self._end(old)

    async def _start_patiently(self, store_path: Path) -> Worker | None:
        """A new worker on that store, however often it takes; None if another version came meanwhile."""
        pause = 0.5
        while store_path == self.store_path:
            try:
                worker = await self._start(store_path)
            except StoreError as error:
                _LOG.error("A worker cannot be replaced; trying again in %g s: %s", pause, error.english)
                await asyncio.sleep(pause)
                pause = min(2 * pause, 30.0)
                continue
            if store_path == self.store_path:
                return worker
            await self._end(worker)
        return None

    def _later(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


class _Lane:
    """A number of workers, and who waits for one."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()

    async def take(self, patience: float) -> Worker:
        """An idle worker, at once or when one comes free; ServiceBusy if none does."""
        if self.idle:
            return self.idle.pop()
        self._waiting = deque(future for future in self._waiting if not future.done())
        if len(self._waiting) >= _WAITING_PER_WORKER * self.size:
            raise _busy(patience)
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Worker] = loop.create_future()
        self._waiting.append(future)
        timer = loop.call_later(patience, _give_up, future, patience)
        try:
            return await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled() and future.exception() is None:
                self.put(future.result())  # handed over in the very moment that the asker left
            raise
        finally:
            timer.cancel()

    def put(self, worker: Worker) -> None:
        """Give a worker to who has waited longest, or keep it idle."""
        while self._waiting:
            future = self._waiting.popleft()
            if not future.done():
                future.set_result(worker)
                return
        self.idle.append(worker)

    def remove(self, worker: Worker) -> bool:
        """Take one worker out of the idle ones; whether it was there."""
        if worker not in self.idle:
            return False
        self.idle.remove(worker)
        return True


class _Clients:
    """Whose turn it is: one query at a time for each client, and a short queue behind it."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._present: Counter[str] = Counter()

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """This client's turn; ClientBusy if too many of its queries wait already."""
        if self._present[client] > _WAITING_PER_CLIENT:
            raise ClientBusy(
                "Du har allerede flere forespørgsler i gang. Vent på svaret, før du sender den næste.",
                "You already have several queries under way. Wait for the answer before you send the next.",
                retry_after=2,
            )
        self._present[client] += 1
        try:
            async with self._locks.setdefault(client, asyncio.Lock()):
                yield
        finally:
            self._present[client] -= 1
            if not self._present[client]:
                del self._present[client], self._locks[client]


def _give_up(future: asyncio.Future[Worker], patience: float) -> None:
    if not future.done():
        future.set_exception(_busy(patience))


def _busy(patience: float) -> ServiceBusy:
    return ServiceBusy(
        "Der er mange forespørgsler i gang lige nu. Prøv igen om lidt.",
        "There are many queries under way right now. Try again in a moment.",
        retry_after=max(1, math.ceil(patience / 2)),
    )
