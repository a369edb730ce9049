"""Answers go out in one write, in their order, and whole before the connection closes."""

from __future__ import annotations

import asyncio

from api.gathering import Gathering


class Recording(asyncio.Transport):
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        super().__init__({"peername": ("192.0.2.1", 7)})
        self.written: list[bytes] = []
        self.closed = False

    def write(self, octets: bytes | bytearray | memoryview) -> None:
        assert not self.closed
        self.written.append(bytes(octets))

    def close(self) -> None:
        self.closed = True


def gathered(*steps: bytes | None) -> Recording:
    """What a transport gets of these writes; None lets the loop go on."""
    inner = Recording()

    async def run() -> None:
        outer = Gathering(inner, asyncio.get_running_loop())
        for step in steps:
            if step is None:
                await asyncio.sleep(0)
            else:
                outer.write(step)
        outer.close()

    asyncio.run(run())
    return inner


def test_head_and_body_are_one_write() -> None:
    assert gathered(b"head", b"body", None).written == [b"headbody"]
    assert gathered(b"head", None, b"body", None).written == [b"head", b"body"]


def test_a_long_piece_goes_at_once_and_in_its_place() -> None:
    long = b"x" * 70_000
    assert gathered(b"head", long, b"tail").written == [b"head", long, b"tail"]


def test_nothing_is_lost_when_the_connection_closes() -> None:
    closed = gathered(b"head", b"body")
    assert (closed.written, closed.closed) == ([b"headbody"], True)


def test_all_else_is_the_transports_own() -> None:
    async def peer() -> object:
        return Gathering(Recording(), asyncio.get_running_loop()).get_extra_info("peername")

    assert asyncio.run(peer()) == ("192.0.2.1", 7)
