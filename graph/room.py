"""Whether the disk has room for another version, asked before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

from graph.errors import NoVersionError, StoreError
from graph.store import current

_LEAST = 16 << 20
_STORES = 2  # while a version is made, its lines and its store stand beside each other
_SOURCES = 10  # octets of a store for one of a source


def need_room(data: Path, paths: Iterable[Path]) -> None:
    """Nothing, if there is room for a version with these files; else a StoreError with what is lacking."""
    needed = _LEAST + _STORES * size_in_force(data) + _SOURCES * sum(size_below(path) for path in paths)
    need_octets(data, needed)


def need_octets(data: Path, needed: int) -> None:
    """Nothing, if so many octets are free; else a StoreError with what is lacking."""
    free = shutil.disk_usage(data).free
    if free < needed:
        there, lacking = free >> 20, needed >> 20
        raise StoreError(
            f"{data}: der er {there} MB fri, og en ny version kræver {lacking} MB. Skaf plads; intet er ændret.",
            english=f"{data}: {there} MB are free, and a new version needs {lacking} MB. Nothing was changed.",
        )


def size_in_force(data: Path) -> int:
    """The octets of the version in force; 0 where there is none."""
    try:
        return size_below(current(data).folder)
    except NoVersionError:
        return 0


def size_below(path: Path) -> int:
    """The octets of a file, or of all files below a folder; 0 for what is not there."""
    if path.is_dir():
        return sum(below.stat().st_size for below in path.rglob("*") if below.is_file())
    return path.stat().st_size if path.is_file() else 0
