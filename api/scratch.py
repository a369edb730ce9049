"""The scratch store: what an authorised client may change, apart from every published version.

One process has it open, started when it is first needed and again after it had to be killed; it does one thing at a
time.
"""

import asyncio
from pathlib import Path

from api.worker import Worker
from api.worker_messages import Arrival, ChangeRequest, QueryAnswer, QueryRequest, WorkerLimits
from graph.errors import StoreError

_TRIES = 20  # a killed process lets go of the store's lock within milliseconds


class Scratch:
    """The scratch store under a data folder."""

    def __init__(self, folder: Path, *, deadline: float = 10.0, memory: int = 1 << 30) -> None:
        self._folder = folder
        self._deadline = deadline
        self._limits = WorkerLimits(memory=memory, writable=True)
        self._lock = asyncio.Lock()
        self._worker: Worker | None = None

    async def ask(self, request: QueryRequest) -> QueryAnswer:
        """The whole answer to a query."""
        async with self._lock:
            return await (await self._opened()).ask(request, self._deadline)

    async def change(self, request: ChangeRequest) -> bool:
        """Make a change, whole or not at all; whether the graph was there before."""
        async with self._lock:
            return await (await self._opened()).change(request, self._deadline)

    async def close(self) -> None:
        """End the process, if there is one."""
        if self._worker:
            await self._worker.close()
            self._worker = None

    async def _opened(self) -> Worker:
        if self._worker and self._worker.alive:
            return self._worker
        await self.close()
        self._folder.mkdir(parents=True, exist_ok=True)
        for tries_left in reversed(range(_TRIES)):
            try:
                self._worker = await Worker.start(self._folder, self._limits, _Owner())
                break
            except StoreError:
                if not tries_left:
                    raise
                await asyncio.sleep(0.05)
        if self._worker is None:
            raise RuntimeError("no worker after the last try")
        return self._worker


class _Owner:
    """Who has the one process: it works for one request at a time, and the next request starts another if it dies."""

    def promote(self, _worker: Worker) -> bool:
        return False

    def freed(self, _worker: Worker, _arrival: Arrival, _seconds: float) -> None:
        pass

    def lost(self, _worker: Worker) -> None:
        pass
