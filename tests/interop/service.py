"""A service of our own for others' programs to ask, run from the project's environment and not from theirs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
SAGSGRAF = ROOT / ".venv" / "bin" / "sagsgraf"
MINUTES = ROOT / "examples" / "minutes"
MUNICIPALITY = ("--municipality", MINUTES / "elmested.toml")


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def run(data: Path, base: str, *arguments: object) -> None:
    """One of our commands over a data folder, for a service at that address."""
    if not SAGSGRAF.exists():
        sys.exit("make serve or make test first: they make the environment that Sagsgraf runs in")
    command = [str(SAGSGRAF), *map(str, arguments), "--data", str(data)]
    subprocess.run(command, env=environment(base), check=True)


def environment(base: str) -> Mapping[str, str]:
    """Our own environment with the address that the graph is built for."""
    return {**os.environ, "SAGSGRAF_BASE": base}


@contextmanager
def served(data: Path, base: str) -> Iterator[None]:
    """A service that answers at an address, over a data folder."""
    port = base.rpartition(":")[2]
    command = [str(SAGSGRAF), "serve", "--data", str(data), "--port", port]
    with subprocess.Popen(command, env=environment(base), stderr=subprocess.DEVNULL) as service:
        try:
            await_answer(f"{base}/robots.txt")
            yield
        finally:
            service.terminate()


def await_answer(address: str) -> None:
    """Returns when the address answers; exits where it does not within half a minute."""
    for _ in range(100):
        try:
            with urlopen(address, timeout=5):
                return
        except URLError:
            time.sleep(0.3)
    sys.exit(f"{address} does not answer")
