"""A service of its own process for tests that kill, flood or watch it, and plain clients that see every octet."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

SAGSGRAF = [sys.executable, "-c", "from api.cli import main; main()"]


@dataclass(frozen=True)
class Answer:
    """What a client got; `whole` is False where the body did not end as HTTP says that it must."""

    status: int
    body: bytes
    whole: bool = True


@dataclass(frozen=True)
class Served:
    """A running service."""

    port: int
    process: subprocess.Popen[bytes]

    def ask(self, query: str, *, accept: str = "*/*", client: str = "192.0.2.1", timeout: float = 30.0) -> Answer:
        """The answer to a query by POST, on a connection of its own, as if from that client's address."""
        headers = {"Accept": accept, "X-Forwarded-For": client, "Content-Type": "application/sparql-query"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("POST", "/sparql", query.encode(), headers)
            return read(connection)
        finally:
            connection.close()

    def get(self, path: str, **parameters: str) -> Answer:
        """The answer at an address."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path + (f"?{urlencode(parameters)}" if parameters else ""))
            return read(connection)
        finally:
            connection.close()


def read(connection: http.client.HTTPConnection) -> Answer:
    """The answer that comes on a connection."""
    response = connection.getresponse()
    try:
        return Answer(response.status, response.read())
    except http.client.IncompleteRead as cut:
        return Answer(response.status, cut.partial, whole=False)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def served(data: Path, **settings: str) -> Iterator[Served]:
    """`sagsgraf serve` over a data folder, with settings such as SAGSGRAF_DEADLINE="1"."""
    service = begun(data, settings)
    try:
        yield service
    finally:
        end(service.process)


def begun(data: Path, settings: dict[str, str]) -> Served:
    """A service that is ready; begun again where another program took the free port first."""
    for attempt in range(3):
        port = free_port()
        process = subprocess.Popen(
            [*SAGSGRAF, "serve", "--data", str(data), "--port", str(port)],
            env={**os.environ, **settings},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        service = Served(port, process)
        try:
            wait_for(service)
        except AssertionError:
            end(process)
            if attempt == 2:
                raise
            continue
        return service
    raise AssertionError("the service did not begin")


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a service, kindly first."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(20)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for(service: Served, seconds: float = 60.0) -> None:
    """Nothing, when the service is ready; an AssertionError if it does not become so."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert service.process.poll() is None, "the service ended"
        try:
            if service.get("/ready").status == 200:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise AssertionError("the service did not become ready")
