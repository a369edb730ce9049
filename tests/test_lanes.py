"""Whose turn it is: one query at a time for each client, and nobody loses a turn or gets two."""

from __future__ import annotations

import asyncio

import pytest

from api.lanes import Clients, Lane
from api.worker_messages import Allowance, Arrival
from graph.errors import ClientBusy, ServiceBusy


def test_turns_come_in_order_and_the_fourth_is_refused() -> None:
    async def work() -> list[int]:
        clients, seen = Clients(), list[int]()

        async def ask(number: int) -> None:
            await clients.enter("a")
            seen.append(number)
            await asyncio.sleep(0)
            clients.leave("a")

        asked = [asyncio.create_task(ask(number)) for number in range(3)]
        await asyncio.sleep(0)
        with pytest.raises(ClientBusy):
            await clients.enter("a")
        await clients.enter("b")
        await asyncio.gather(*asked)
        await clients.enter("a")
        return seen

    assert asyncio.run(work()) == [0, 1, 2]


@pytest.mark.parametrize("first", ["leave", "cancel"])
def test_who_leaves_in_the_moment_of_the_turn_gives_it_on(first: str) -> None:
    """Cancelled while waiting, before or after the turn came: the next one gets it, once."""

    async def work() -> None:
        clients = Clients()
        await clients.enter("a")
        leaving, next_one = (asyncio.create_task(clients.enter("a")) for _ in range(2))
        await asyncio.sleep(0)
        if first == "leave":
            clients.leave("a")
            leaving.cancel()
        else:
            leaving.cancel()
            clients.leave("a")
        with pytest.raises(asyncio.CancelledError):
            await leaving
        await asyncio.wait_for(next_one, 5)
        clients.leave("a")
        await asyncio.wait_for(clients.enter("a"), 5)

    asyncio.run(work())


def test_what_waits_too_long_is_told_and_makes_room() -> None:
    async def work() -> None:
        lane = Lane(1, 0.05, room=2)
        loop = asyncio.get_running_loop()
        waiting = [Arrival(loop, b"", Allowance(1.0)) for _ in range(2)]
        for arrival in waiting:
            lane.send(arrival)
        with pytest.raises(ServiceBusy):
            lane.send(Arrival(loop, b"", Allowance(1.0)))
        assert lane.waiting == 2
        waiting[0].abandon()
        assert lane.waiting == 1
        lane.send(Arrival(loop, b"", Allowance(1.0)))
        with pytest.raises(ServiceBusy):
            await waiting[1].begun()

    asyncio.run(work())


class Free:
    """A worker that notes what it is given."""

    def __init__(self) -> None:
        self.begun: list[bytes] = []

    def begin(self, arrival: Arrival) -> None:
        self.begun.append(arrival.octets)


def test_who_has_used_least_of_late_goes_first() -> None:
    async def work() -> list[bytes]:
        lane, worker = Lane(1, 5.0), Free()
        loop = asyncio.get_running_loop()
        for name, used in ((b"much", 9.0), (b"first", 0.5), (b"second", 0.5), (b"none", 0.0), (b"gone", 0.0)):
            arrival = Arrival(loop, name, Allowance(1.0, used=used))
            lane.send(arrival)
            if name == b"gone":
                arrival.abandon()
        for _ in range(5):
            lane.put(worker)  # type: ignore[arg-type]
        assert (lane.waiting, len(lane.idle)) == (0, 1)
        lane.close()
        return worker.begun

    assert asyncio.run(work()) == [b"none", b"first", b"second", b"much"]
