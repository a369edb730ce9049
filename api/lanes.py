"""Who is asked and whose turn it is: a lane of workers with its queue, and one query at a time for each client."""

import asyncio
import math
import time
from collections import deque

from api.worker import Worker
from api.worker_messages import Arrival
from graph.errors import ClientBusy, ServiceBusy

_WAITING_PER_CLIENT = 2


class Lane:
    """A number of workers, and what waits for one: a worker that comes free takes the next request at once.

    Whose client has used least of late goes first, and among equals who came first: so a client that asks for little
    does not stand behind all who ask for much. There is room for so many waiting requests a worker.
    """

    def __init__(self, size: int, patience: float, *, room: int = 16) -> None:
        self.size = size
        self.idle: list[Worker] = []
        self._patience = patience
        self._room = room * size
        self._waiting: deque[Arrival] = deque()  # the longest waiting first
        self._timer: asyncio.TimerHandle | None = None

    @property
    def waiting(self) -> int:
        """How many wait for a worker."""
        return sum(not arrival.ended for arrival in self._waiting)

    def send(self, arrival: Arrival) -> None:
        """Have a worker work on it, now or when one comes free; ServiceBusy if too many wait already.

        What waits longer than the lane's patience fails with ServiceBusy.
        """
        if self.idle:
            self.idle.pop().begin(arrival)
            return
        if len(self._waiting) >= self._room and self.waiting >= self._room:
            raise _busy(self._patience)
        arrival.since = time.monotonic()
        self._waiting.append(arrival)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self._patience, self._give_up)

    def put(self, worker: Worker) -> None:
        """Give a worker what is next, or keep it idle."""
        arrival = self._next() if self._waiting else None
        if arrival is None:
            self._waiting.clear()
            self.idle.append(worker)
        else:
            self._waiting.remove(arrival)
            worker.begin(arrival)

    def _next(self) -> Arrival | None:
        waiting = (arrival for arrival in self._waiting if not arrival.ended)
        return min(waiting, key=lambda arrival: arrival.allowance.used, default=None)

    def remove(self, worker: Worker) -> bool:
        """Take one worker out of the idle ones; whether it was there."""
        if worker not in self.idle:
            return False
        self.idle.remove(worker)
        return True

    def close(self) -> None:
        """Have nobody wait and nobody idle any more."""
        self.idle.clear()
        while self._waiting:
            self._waiting.popleft().fail(_busy(self._patience))
        if self._timer:
            self._timer.cancel()

    def _give_up(self) -> None:
        self._timer = None
        now = time.monotonic()
        while self._waiting and (self._waiting[0].ended or now - self._waiting[0].since >= self._patience):
            self._waiting.popleft().fail(_busy(self._patience))
        if self._waiting:
            left = self._waiting[0].since + self._patience - now
            self._timer = asyncio.get_running_loop().call_later(left, self._give_up)


class Clients:
    """Whose turn it is: one query at a time for each client, and a short queue behind it."""

    def __init__(self) -> None:
        self._queues: dict[str, deque[asyncio.Future[None]]] = {}  # of those clients that have a query under way

    async def enter(self, client: str) -> None:
        """This client's turn, to be left again; ClientBusy if too many of its queries wait already."""
        queue = self._queues.get(client)
        if queue is None:
            self._queues[client] = deque()
            return
        if len(queue) >= _WAITING_PER_CLIENT:
            raise ClientBusy(
                "Du har allerede flere forespørgsler i gang. Vent på svaret, før du sender den næste.",
                "You already have several queries under way. Wait for the answer before you send the next.",
                retry_after=2,
            )
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        queue.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.leave(client)  # the turn came in the very moment that the asker left
            elif turn in queue:
                queue.remove(turn)
            raise

    def leave(self, client: str) -> None:
        """The turn is over; the next one's begins."""
        queue = self._queues[client]
        if queue:
            turn = queue.popleft()
            if turn.cancelled():
                self.leave(client)
            else:
                turn.set_result(None)
        else:
            del self._queues[client]


def _busy(patience: float) -> ServiceBusy:
    return ServiceBusy(
        "Der er mange forespørgsler i gang lige nu. Prøv igen om lidt.",
        "There are many queries under way right now. Try again in a moment.",
        retry_after=max(1, math.ceil(patience / 2)),
    )
