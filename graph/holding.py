"""Versions that are being read: whoever reads one holds its folder by a shared lock; what nobody holds may be removed.

The lock is the system's own (flock), so a reader that is killed lets go with its death, in whatever process it runs.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import time
from pathlib import Path

from graph.errors import StoreError

PATIENCE = 20.0  # seconds: a service goes over to a new version in one, and a query on the old one ends within ten
_LOOK = 0.05
_LOG = logging.getLogger("sagsgraf.store")


class Held:
    """A folder that is being read and is not removed meanwhile; StoreError where it is gone or is going."""

    def __init__(self, folder: Path) -> None:
        self._handle: int | None = None
        try:
            self._handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.flock(self._handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
            there = os.path.samestat(os.fstat(self._handle), folder.stat())
        except OSError:
            there = False
        if not there:
            self.release()
            raise StoreError(f"{folder}: versionen fjernes.", english=f"{folder}: the version is being removed.")

    def release(self) -> None:
        """Let go: the folder may be removed."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None


def remove_unheld(folder: Path) -> bool:
    """Removes a version's folder, if nobody holds it; whether it is gone.

    It gets the name of a half-written one first, so that what a killed removal leaves is swept away with those.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        remove(folder)
    except BlockingIOError:
        return False
    finally:
        os.close(handle)
    return True


def remove(folder: Path) -> None:
    """Removes a version's folder, whoever holds it."""
    part = folder.with_name(f"{folder.name}.part")
    folder.rename(part)
    shutil.rmtree(part)


def destroy(folder: Path, patience: float = PATIENCE) -> None:
    """Removes a version's folder for sure: when nobody holds it, or else after so many seconds.

    The log then names the processes that have it open, for what they have read stays with them until they end.
    """
    end = time.monotonic() + patience
    while not remove_unheld(folder):
        if time.monotonic() >= end:
            numbers = ", ".join(map(str, holders(folder))) or "?"
            _LOG.warning("%s is destroyed, but is still being read; end the processes %s", folder, numbers)
            remove(folder)
            return
        time.sleep(_LOOK)


def holders(folder: Path) -> list[int]:
    """The numbers of the processes that hold a folder, where the system tells."""
    locks = Path("/proc/locks")
    inode = str(folder.stat().st_ino)
    rows = [line.split() for line in locks.read_text("ascii").splitlines()] if locks.is_file() else []
    return sorted({int(row[4]) for row in rows if row[1] == "FLOCK" and row[5].rpartition(":")[2] == inode})
