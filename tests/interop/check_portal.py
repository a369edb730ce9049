"""Others' programs on a served graph: CKAN's harvester, an LDES client, n3, jsonld and Comunica from npm.

Run by `make interop`. They are installed once, in folders beside the Python that runs this; npm wants Node 20 or newer.
Sagsgraf itself is run from the project's own environment (`make serve` or `make test` makes it).
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
PLACE = Path(sys.executable).parents[1] / "portal"
SAGSGRAF = ROOT / ".venv" / "bin" / "sagsgraf"
MINUTES = ROOT / "examples" / "minutes"
CKAN = ("ckan[requirements]==2.12.0", "ckanext-dcat==2.4.4")


def install() -> None:
    """The programs, unless they are there already."""
    if (PLACE / "ready").exists():
        return
    PLACE.mkdir(parents=True, exist_ok=True)
    shutil.copy(HERE / "package.json", PLACE)
    subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--silent"], cwd=PLACE, check=True)
    subprocess.run([sys.executable, "-m", "venv", PLACE / "ckan"], check=True)
    subprocess.run([PLACE / "ckan" / "bin" / "pip", "install", "--quiet", *CKAN], check=True)
    (PLACE / "ready").touch()


def free_port() -> int:
    """A port that nobody listens at."""
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(data: Path) -> Iterator[str]:
    """The address of a service whose graph was built in two steps, and from which a source was then withdrawn."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    environment = {**os.environ, "SAGSGRAF_BASE": base}

    def run(*arguments: object) -> None:
        subprocess.run([SAGSGRAF, *map(str, arguments), "--data", data], env=environment, check=True)

    settings = ("--municipality", MINUTES / "elmested.toml")
    run("build", *sorted(MINUTES.glob("direktionen-2024-*")), *settings)
    run("build", MINUTES, *settings)
    run("withdraw", "direktionen-2025-02-12.md", "--reason", "Prøve af tilbagetrækning")
    command = [str(SAGSGRAF), "serve", "--data", str(data), "--port", str(port)]
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as service:
        try:
            await_answer(f"{base}/robots.txt")
            yield base
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


def main() -> None:
    """Runs every client; exit status 1 where one is not content."""
    if not SAGSGRAF.exists():
        sys.exit("make serve or make test first: they make the environment that Sagsgraf runs in")
    install()
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, PLACE)
    clients: list[list[object]] = [[PLACE / "ckan" / "bin" / "python", HERE / "harvest.py"]]
    clients += [["node", PLACE / name] for name in ("dumps.mjs", "stream.mjs", "queries.mjs")]
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as base:
        done = [subprocess.run([*map(str, client), base], cwd=PLACE, check=False) for client in clients]
    sys.exit(1 if any(one.returncode for one in done) else 0)


if __name__ == "__main__":
    main()
