"""A client in typed Python, generated from our OpenAPI by openapi-python-client, reads every list to its end.

Run by `make interop`. The generator warns of what it cannot type: one warning is a fault of our description.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from service import MINUTES, MUNICIPALITY, free_port, run, served  # type: ignore[import-not-found]

HERE = Path(__file__).parent
PROGRAMS = Path(sys.executable).parent
# forms that the generator does not know by name: text to whoever gets them, octets to whoever sends them
KNOWN_AS = {
    "application/trig": "text/plain", "application/atom+xml": "text/plain",
    "application/sparql-query": "application/octet-stream",
}  # fmt: skip


def generated(base: str, folder: Path) -> list[str]:
    """What the generator complains of; the package sagsgraf_client then stands in the folder."""
    settings = folder / "settings.json"
    settings.write_text(json.dumps({"content_type_overrides": KNOWN_AS}), "utf-8")
    asked = ["generate", "--url", f"{base}/openapi.json", "--config", str(settings), "--meta", "none"]
    command = [str(PROGRAMS / "openapi-python-client"), *asked, "--output-path", str(folder / "sagsgraf_client")]
    path = (
        f"{PROGRAMS}{os.pathsep}{os.environ['PATH']}"  # where the generator looks for the tool that lays out its code
    )
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path}, cwd=folder
    )
    said = f"{done.stdout}\n{done.stderr}".splitlines()
    faults = [line for line in said if line.startswith(("WARNING", "ERROR", "Error", "Unable", "Skipping"))]
    return faults or ([f"exit status {done.returncode}"] if done.returncode else [])


def main() -> None:
    """Generates the client and runs it; exit status 1 where either fails."""
    with tempfile.TemporaryDirectory() as place:
        folder, base = Path(place), f"http://127.0.0.1:{free_port()}"
        data = folder / "data"
        run(data, base, "build", MINUTES, *MUNICIPALITY)
        with served(data, base):
            faults = generated(base, folder)
            sys.stderr.writelines(f"openapi-python-client: {fault}\n" for fault in faults)
            command = [sys.executable, str(HERE / "client.py"), base]
            done = subprocess.run(command, env={**os.environ, "PYTHONPATH": str(folder)}, check=False)
    sys.exit(1 if faults or done.returncode else 0)


if __name__ == "__main__":
    main()
