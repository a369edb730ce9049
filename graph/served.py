"""Whose whole text the service may show: the sources of the version in force, where its profile serves texts."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from graph.errors import NoVersionError
from graph.privacy.profiles import USUAL, serves_texts
from graph.sources import holdings
from graph.store import Version, current


def served_texts(data: Path) -> frozenset[str]:
    """The hashes of the texts that may be shown."""
    try:
        version = current(data)
    except NoVersionError:
        return frozenset()
    return _of(version, (version.folder / "record.json").stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _of(version: Version, _written: int) -> frozenset[str]:
    """The hashes of a version's texts; a record never changes, but a folder may be made anew in its place."""
    record = version.record
    if not serves_texts(str(record.get("profile") or USUAL)):
        return frozenset()
    return frozenset(row.text_hash for row in holdings(record).sources.values())
