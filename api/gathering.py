"""One write for each answer: uvicorn sends head and body apart, each of which costs a call to the system and a packet.

What is written in one moment is gathered and goes out together, before anything else happens; a long piece goes at
once, so that the transport's own limits hold a fast writer back as before.
"""

from __future__ import annotations

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_LONG = 65_536


class Gathering:
    """A transport, all of it, but that short writes of one moment are gathered."""

    def __init__(self, transport: asyncio.Transport, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._gathered: list[bytes] = []
        self.is_closing = transport.is_closing  # asked after every answer

    def __getattr__(self, name: str) -> Any:
        """Whatever else a transport has."""
        return getattr(self._transport, name)

    def write(self, octets: bytes) -> None:
        """Send, after what was written before."""
        if len(octets) >= _LONG:
            self._send()
            self._transport.write(octets)
            return
        if not self._gathered:
            self._loop.call_soon(self._send)
        self._gathered.append(octets)

    def close(self) -> None:
        """Send what is left, and close."""
        self._send()
        self._transport.close()

    def _send(self) -> None:
        if self._gathered:
            octets = b"".join(self._gathered)
            self._gathered.clear()
            self._transport.write(octets)


class GatheringProtocol(HttpToolsProtocol):
    """HTTP as uvicorn speaks it, with one write for each answer."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """A client has come."""
        super().connection_made(Gathering(transport, self.loop))  # type: ignore[arg-type]
