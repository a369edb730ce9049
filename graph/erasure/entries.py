"""The suppression list, `DATA/suppressed.json`: for each erasure its keyed hashes, which every build obeys.

It grows and never shrinks but by hand; a backup's list is added to it, not put in its place.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from graph.erasure.rules import Entry, fingerprint
from graph.errors import SettingsError
from graph.store import write_whole

FILE = "suppressed.json"


def read_entries(data: Path, secret: bytes) -> list[Entry]:
    """The entries of a data folder's list; SettingsError where another key made it, for then it would do nothing."""
    path = data / FILE
    if not path.is_file():
        return []
    return parsed_list(json.loads(path.read_text("utf-8")), secret, path=str(path))


def parsed_list(told: Mapping[str, Any], secret: bytes, *, path: str = FILE) -> list[Entry]:
    """The entries of a list's JSON; SettingsError where another key made it."""
    if told["entries"] and told["key"] != fingerprint(secret):
        raise SettingsError(
            f"{path}: listen over det slettede er lavet med en anden SAGSGRAF_KEY. Sæt den nøgle, før der bygges.",
            english=f"{path}: the list of what was erased was made with another SAGSGRAF_KEY. Set that key first.",
        )
    return [parsed_entry(row) for row in told["entries"]]


def parsed_entry(row: Mapping[str, object]) -> Entry:
    """An entry from its JSON."""
    runs, lengths = row["runs"], row["lengths"]
    if not isinstance(runs, list) or not isinstance(lengths, dict):
        raise TypeError("an entry of the list holds a list of runs and a table of lengths")
    return Entry(
        kind=str(row["kind"]),
        date=str(row["date"]),
        runs=tuple(map(str, runs)),
        lengths={str(start): tuple(map(int, found)) for start, found in lengths.items()},
        municipality=str(row["municipality"]),
        mark=str(row["mark"]),
    )


def write_entries(data: Path, entries: Iterable[Entry], secret: bytes) -> None:
    """Writes the list of a data folder."""
    rows = [asdict(one) for one in entries]
    write_whole(data / FILE, json.dumps({"key": fingerprint(secret), "entries": rows}, indent=1))


def joined(entries: Iterable[Entry], more: Iterable[Entry]) -> list[Entry]:
    """Two lists as one: nothing is lost, and what both erase stands once."""
    found = list(entries)
    found += [one for one in more if not any(known.covers(one) for known in found)]
    return found
