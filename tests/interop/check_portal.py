"""Others' programs on a served graph: CKAN's harvester, an LDES client, n3, jsonld and Comunica from npm.

Run by `make interop`. They are installed once, in folders beside the Python that runs this; npm wants Node 20 or newer.
Sagsgraf itself is run from the project's own environment (`make serve` or `make test` makes it).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service import MINUTES, MUNICIPALITY, free_port, run, served  # type: ignore[import-not-found]

HERE = Path(__file__).parent
PLACE = Path(sys.executable).parents[1] / "portal"
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


@contextmanager
def changed(data: Path) -> Iterator[str]:
    """The address of a service whose graph was built in two steps, and from which a source was then withdrawn."""
    base = f"http://127.0.0.1:{free_port()}"
    run(data, base, "build", *sorted(MINUTES.glob("direktionen-2024-*")), *MUNICIPALITY)
    run(data, base, "build", MINUTES, *MUNICIPALITY)
    run(data, base, "withdraw", "direktionen-2025-02-12.md", "--reason", "Prøve af tilbagetrækning")
    with served(data, base):
        yield base


def main() -> None:
    """Runs every client; exit status 1 where one is not content."""
    install()
    for script in HERE.glob("*.mjs"):
        shutil.copy(script, PLACE)
    clients: list[list[object]] = [[PLACE / "ckan" / "bin" / "python", HERE / "harvest.py"]]
    clients += [["node", PLACE / name] for name in ("dumps.mjs", "stream.mjs", "queries.mjs")]
    with tempfile.TemporaryDirectory() as folder, changed(Path(folder)) as base:
        done = [subprocess.run([*map(str, client), base], cwd=PLACE, check=False) for client in clients]
    sys.exit(1 if any(one.returncode for one in done) else 0)


if __name__ == "__main__":
    main()
