"""Who is asked and whose turn it is: a lane of workers with its queue, and one query at a time for each client."""

import asyncio
import math
from collections import Counter, deque

from api.worker import Worker
from graph.errors import ClientBusy, ServiceBusy

_WAITING_PER_WORKER = 16
_WAITING_PER_CLIENT = 2


class Lane:
    """A number of workers, and who waits for one."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.idle: list[Worker] = []
        self._waiting: deque[asyncio.Future[Worker]] = deque()

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return sum(not future.done() for future in self._waiting)

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


class Clients:
    """Whose turn it is: one query at a time for each client, and a short queue behind it."""

    def __init__(self) -> None:
        self._locks: dict[str, asyncio.Lock] = {}
        self._present: Counter[str] = Counter()

    async def enter(self, client: str) -> None:
        """This client's turn, to be left again; ClientBusy if too many of its queries wait already."""
        if self._present[client] > _WAITING_PER_CLIENT:
            raise ClientBusy(
                "Du har allerede flere forespørgsler i gang. Vent på svaret, før du sender den næste.",
                "You already have several queries under way. Wait for the answer before you send the next.",
                retry_after=2,
            )
        self._present[client] += 1
        try:
            await self._locks.setdefault(client, asyncio.Lock()).acquire()
        except asyncio.CancelledError:
            self._depart(client)
            raise

    def leave(self, client: str) -> None:
        """The turn is over."""
        self._locks[client].release()
        self._depart(client)

    def _depart(self, client: str) -> None:
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
