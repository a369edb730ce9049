"""Destroying what only older versions hold, once something in it may be shown no more."""

from __future__ import annotations

import shutil
from pathlib import Path

from graph.changelog import forget
from graph.holding import destroy
from graph.sources import holdings
from graph.store import current, versions


def clear(data: Path) -> int:
    """Destroys older versions, texts and files that the version in force does not hold, and what the log said before.

    Gives the number of versions, files and log entries that went. It can be done again, so one that was killed is
    finished by the next.
    """
    in_force = current(data)
    kept = {h for row in holdings(in_force.record).sources.values() for h in (row.text_hash, row.file_hash)}
    count = 0
    for version in versions(data):
        if version.number != in_force.number:
            destroy(version.folder)
            count += 1
    for leftover in (data / "versions").glob("*.part"):
        shutil.rmtree(leftover)
    for path in sorted((data / "sources").iterdir()):
        if path.name.partition(".")[0] not in kept:
            path.unlink()
            count += 1
    return count + forget(data)
