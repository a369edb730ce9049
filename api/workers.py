"""The pool of killable workers that runs every query.

A running query cannot be stopped inside the engine, and some short ones kill the process they run in; so each runs in
a child (`api.worker_process`), which is killed at the deadline and replaced. Public questions and our own pages have
lanes of their own, and one client has at most one query running: a flood in one place does not slow the others.

A public query begins in the quick lane. One that is not done after a moment goes on in the slow lane, changing places
with an idle worker there, or else is stopped and waits for that lane; a client that has used much of late begins there.
So any number of slow queries, from any number of clients, leaves the quick lane to the short ones.
"""

import asyncio
import json
import logging
import threading
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from api.budget import Budgeted
from api.lanes import Clients, Lane
from api.worker import TurnOver, Worker
from api.worker_messages import Allowance, Arrival, LaneName, QueryAnswer, QueryRequest, Term, WorkerLimits
from graph.errors import QueryCrashed, StoreError

__all__ = ["QueryAnswer", "QueryRequest", "Term", "WorkerLimits", "WorkerPool"]

Result = TypeVar("Result")
_QUICK = 0.1  # seconds that a query may stay in the quick lane
_AWAKE = 0.0002  # seconds that the loop stays awake for an answer
_MUCH = 1.0  # seconds of late use from which a client begins in the slow lane
# how many may wait for one worker: our own questions are short, and a page asks a dozen at once
_ROOM: Mapping[LaneName, int] = {"public": 16, "slow": 16, "reserved": 256}
_KILLED = (QueryCrashed, TurnOver)
_LOG = logging.getLogger(__name__)


class WorkerPool(Budgeted):
    """Workers on one version of the store: ask them with `run`, `open` or `select`."""

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
        self.restarts = 0
        self._limits = limits or WorkerLimits()
        super().__init__(self._limits.budget)
        self.longest = self._limits.answer
        sizes: dict[LaneName, int] = {"public": public, "slow": self._limits.slow, "reserved": reserved}
        self._lanes = {name: Lane(size, deadline, room=_ROOM[name]) for name, size in sizes.items()}
        self._clients = Clients()
        self._workers: dict[Worker, Lane | None] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._blocking = threading.Lock()
        self._open = False
        self._awake: Arrival | None = None  # for whose answer the loop stays awake

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
            lane.close()
        await asyncio.gather(*(self._end(worker) for worker in list(self._workers)))
        await asyncio.sleep(0)  # the loop closes the last sockets

    async def switch(self, store_path: Path) -> None:
        """Answer from another version from now on; what runs already ends on the old one."""
        await self._fill(store_path)
        for worker, lane in list(self._workers.items()):
            if worker.store != store_path and lane:
                worker.retired = True
                if lane.remove(worker):
                    self._later(self._end(worker))

    async def run(self, request: QueryRequest, *, lane: LaneName = "public", client: str | None = None) -> QueryAnswer:
        """The whole answer to a query; one at a time for each client."""
        return await self._ask(request, Allowance(self.deadline, client=client), lane)

    async def open(self, request: QueryRequest, *, client: str | None = None, spool: int = 1 << 20) -> QueryAnswer:
        """The answer to a public query, or its first part where it is longer than `spool`."""
        return await self._ask(request, Allowance(self.deadline, spool=spool, client=client), "public")

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

    @property
    def edition(self) -> str:
        """The store that is answered from."""
        return str(self.store_path)

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return sum(worker.alive for worker in self._workers)

    @property
    def waiting(self) -> int:
        """How many queries wait for a worker."""
        return sum(lane.waiting for lane in self._lanes.values())

    async def _ask(self, request: QueryRequest, allowance: Allowance, lane: LaneName) -> QueryAnswer:
        """The answer, when the client has its turn and may ask at all."""
        if not self._open:
            raise RuntimeError("the pool is not started")
        client = allowance.client
        if client is None:
            return await self._begin(request, allowance, lane)
        await self._clients.enter(client)
        leave = partial(self._clients.leave, client)
        answer = None
        try:
            allowance = allowance._replace(used=self.check(client))
            if allowance.used > _MUCH and lane == "public" and self._lanes["slow"].size:
                lane = "slow"
            answer = await self._begin(request, allowance, lane)
            return answer
        finally:
            if answer and answer.arrival:
                answer.arrival.when_over(leave)
            else:
                leave()

    async def _begin(self, request: QueryRequest, allowance: Allowance, lane: LaneName) -> QueryAnswer:
        """The answer from a worker of that lane, or from the slow one where it outstays its turn in the quick one."""
        if lane == "public" and self._lanes["slow"].size:
            try:
                return await self._send(request, allowance, lane, quick=_QUICK)
            except TurnOver:
                lane = "slow"  # from the beginning again, where there is time
        return await self._send(request, allowance, lane)

    def _send(
        self, request: QueryRequest, allowance: Allowance, lane: LaneName, *, quick: float | None = None
    ) -> Awaitable[QueryAnswer]:
        arrival = Arrival(asyncio.get_running_loop(), request.to_octets(), allowance, quick=quick)
        self._lanes[lane].send(arrival)
        self._awake = None if self._awake else arrival
        self._stay_awake(arrival, arrival.since + _AWAKE)
        return arrival.answer(request)

    def _stay_awake(self, arrival: Arrival, until: float) -> None:
        """Do not sleep over the answer to a query alone under way: being woken takes as long as a short query."""
        if self._awake is arrival and not arrival.ended and time.monotonic() < until:
            asyncio.get_running_loop().call_soon(self._stay_awake, arrival, until)
        elif self._awake is arrival:
            self._awake = None

    def promote(self, worker: Worker) -> bool:
        """Let a worker change places with an idle one of the slow lane; whether there was one."""
        quick, slow = self._lanes["public"], self._lanes["slow"]
        if not slow.idle:
            return False
        other = slow.idle.pop()
        self._workers[worker], self._workers[other] = slow, quick
        quick.put(other)
        return True

    def freed(self, worker: Worker, arrival: Arrival, seconds: float) -> None:
        """A worker is done with a request: its client pays, and the worker takes the next."""
        client = arrival.allowance.client
        if client and self._budget:
            # a query that cost us a worker costs as much as one that is stopped at its deadline
            killed = isinstance(arrival.failure, _KILLED) and not arrival.abandoned
            self._budget.charge(client, max(seconds, self.deadline) if killed else seconds)
        lane = self._workers.get(worker)
        if lane:
            self._give_back(worker, lane)

    def _give_back(self, worker: Worker, lane: Lane) -> None:
        if not (worker.alive and self._open) or worker.retired:
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
        worker = await Worker.start(store_path, self._limits, self)
        self._workers[worker] = None
        return worker

    async def _end(self, worker: Worker) -> None:
        await worker.close()
        self._workers.pop(worker, None)

    def _let_in(self, worker: Worker, lane: Lane) -> None:
        self._workers[worker] = lane
        if worker.alive:
            lane.put(worker)
        else:
            self.lost(worker)

    def lost(self, worker: Worker) -> None:
        """A process is gone: order another, unless that is done or its place is no more."""
        lane = self._workers.get(worker)
        if lane is None or not self._open:
            return
        lane.remove(worker)
        self._later(self._end(worker))
        if not (worker.leaving or worker.retired):
            self._order_replacement(worker, lane)

    def _order_replacement(self, worker: Worker, lane: Lane) -> None:
        worker.leaving = True
        self._later(self._replace(worker, lane))

    async def _replace(self, old: Worker, lane: Lane) -> None:
        new = await self._start_patiently(old.store)
        if new is None:
            return
        self.restarts += 1
        lane = self._workers.get(old) or lane  # they may have changed places meanwhile
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
