"""SPARQL servers that tests start on loopback ports: `oxigraph serve`, and Virtuoso where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.services import free_port

_INI = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
[TempDatabase]
DatabaseFile = temp.db
TransactionFile = temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = .
NumberOfBuffers = 10000
MaxDirtyBuffers = 6000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 10
ServerRoot = .
EnabledDavVSP = 0
[SPARQL]
ResultSetMaxRows = 100000
DefaultQuery = ASK {{}}
"""


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """The setting for an empty `oxigraph serve`; skips where it is not installed."""
    program = shutil.which("oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if not program:
        pytest.skip("oxigraph is not installed (pip install oxigraph)")
    port = free_port()
    command = [program, "serve", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    with running(command, folder.parent, f"http://127.0.0.1:{port}/"):
        yield f"sparql+http://127.0.0.1:{port}/query?store=/store"


@contextmanager
def virtuoso(folder: Path) -> Iterator[str]:
    """The setting for an empty Virtuoso; skips where it is not installed."""
    if not shutil.which("virtuoso-t"):
        pytest.skip("Virtuoso is not installed (.ci/engines installs it where it may)")
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(sql=free_port(), http=port), "ascii")
    command = ["virtuoso-t", "+foreground", "+configfile", "virtuoso.ini"]
    with running(command, folder, f"http://127.0.0.1:{port}/sparql?query=ASK%7B%7D"):
        named = "graph=http://127.0.0.1:8000/graphs/merged"
        yield f"sparql+http://dba:dba@127.0.0.1:{port}/sparql?store=/sparql-graph-crud-auth&{named}"


@contextmanager
def running(command: list[str], folder: Path, address: str) -> Iterator[None]:
    """A server, from when its address answers until it is told to stop."""
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(600):
                assert process.poll() is None, f"{command[0]} ended"
                try:
                    urlopen(address, timeout=5).close()
                    break
                except (URLError, OSError):
                    time.sleep(0.1)
            yield
        finally:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
