"""The SQLite files beside the store of a version, which nobody changes once it is published: read without locks."""

from __future__ import annotations

import sqlite3
from pathlib import Path


def read_only(path: Path) -> sqlite3.Connection:
    """A kept file for reading alone, to be closed by who asks; an answer sent in pieces may read it from any thread."""
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
