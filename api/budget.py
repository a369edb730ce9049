"""How much of the workers' time each client has used lately, and when it may ask again."""

import math
import time
from collections.abc import Callable

from graph.errors import ClientBusy

_MOST_CLIENTS = 10_000


class Budget:
    """Seconds of worker time for each client per minute; what is used drains away evenly.

    >>> now = [0.0]
    >>> budget = Budget(30.0, clock=lambda: now[0])
    >>> budget.charge("192.0.2.7", 40.0)
    >>> now[0] = 10.0
    >>> budget.used("192.0.2.7"), budget.used("192.0.2.8")
    (35.0, 0.0)
    """

    def __init__(self, seconds: float, *, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._used: dict[str, tuple[float, float]] = {}  # by client: seconds used, and when that was so

    def used(self, client: str) -> float:
        """The seconds that a client has used and that have not drained away yet."""
        return self._left(client, self._clock())

    def _left(self, client: str, now: float) -> float:
        if client not in self._used:
            return 0.0
        seconds, then = self._used[client]
        return max(0.0, seconds - (now - then) * self.seconds / 60)

    def charge(self, client: str, seconds: float) -> None:
        """Count seconds of worker time against a client."""
        if len(self._used) >= _MOST_CLIENTS:
            self._used = {known: use for known, use in self._used.items() if self.used(known)}
        now = self._clock()
        self._used[client] = (self._left(client, now) + seconds, now)

    def check(self, client: str) -> float:
        """The seconds that a client has used, if it may ask; else ClientBusy with the seconds until it may."""
        used = self.used(client)
        over = used - self.seconds
        if over >= 0:
            wait = max(1, math.ceil((over + 1) * 60 / self.seconds))
            raise ClientBusy(
                f"Dine forespørgsler har brugt de {self.seconds:g} sekunder i minuttet, som hver må. "
                f"Vent {wait} sekunder.",
                f"Your queries have used the {self.seconds:g} seconds a minute that each may use. Wait {wait} seconds.",
                retry_after=wait,
            )
        return used


class Budgeted:
    """An engine that gives each client so many seconds a minute; any number where none is told."""

    def __init__(self, seconds: float | None) -> None:
        self._budget = Budget(seconds) if seconds else None

    def check(self, client: str | None) -> float:
        """The seconds that a client has used, if it may ask now; else a ClientBusy."""
        return self._budget.check(client) if client and self._budget else 0.0

    def charge(self, client: str | None, seconds: float) -> None:
        """Count time that was spent on a client, be it on an answer or on reading what it asks."""
        if client and self._budget:
            self._budget.charge(client, seconds)
