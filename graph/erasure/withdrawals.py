"""What was taken back: sources that are not built again, and the tombstones of the addresses that named their things.

`DATA/withdrawn.json` holds hashes, addresses, dates and reasons, and nothing of what was withdrawn.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from graph.changelog import Event, follow
from graph.store import Version, write_whole

FILE = "withdrawn.json"
REPLACED = ("Kilden er rettet og nævner det ikke længere.", "The source was corrected and no longer tells of it.")


@dataclass(frozen=True, slots=True)
class WithdrawnSource:
    """A source that may not be built again, known by its hashes alone."""

    file_hash: str
    text_hash: str
    date: str
    reason: str


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What stands at an address that named something: since when it is gone, and why."""

    date: str
    reason: str
    english: str = ""


@dataclass(slots=True)
class Withdrawals:
    """The sources withdrawn, and a tombstone for each address that names nothing any more."""

    sources: list[WithdrawnSource] = field(default_factory=list)
    tombstones: dict[str, Tombstone] = field(default_factory=dict)

    def holds(self, a_hash: str) -> WithdrawnSource | None:
        """The withdrawn source with this file hash or text hash, if it is one."""
        return next((s for s in self.sources if a_hash in (s.file_hash, s.text_hash)), None)

    def note(self, fresh: Iterable[Event], base: str, *, reason: tuple[str, str] = REPLACED) -> None:
        """Sets a tombstone for each thing of ours that is gone, and takes it away where one has come back."""
        for event in fresh:
            if event.triples is not None:
                self.tombstones.pop(event.thing, None)
            elif event.thing.startswith(f"{base}/"):
                self.tombstones[event.thing] = Tombstone(event.at[:10], *reason)


def sealed_name(iri: str, secret: bytes) -> str:
    """What an erased thing is called from then on, where its own name may not stand.

    A person's IRI is keyed already, so its SHA-256 tells nothing to whoever does not hold the IRI, and lets those who
    do know what to delete (RFC 6920). Any other IRI may be guessed from words, or from the text that a hash is of, so
    its name is keyed: the service knows it again, and nobody else.
    """
    if "/id/people/" in iri:
        digest = base64.urlsafe_b64encode(hashlib.sha256(iri.encode()).digest()).decode().rstrip("=")
        return f"ni:///sha-256;{digest}"
    return f"urn:sagsgraf:erased:{hmac.digest(secret, iri.encode(), 'sha256').hex()[:32]}"


def read_withdrawals(data: Path) -> Withdrawals:
    """The withdrawals of a data folder."""
    path = data / FILE
    if not path.is_file():
        return Withdrawals()
    return parsed_withdrawals(json.loads(path.read_text("utf-8")))


def parsed_withdrawals(told: Mapping[str, Any]) -> Withdrawals:
    """The withdrawals of their JSON."""
    return Withdrawals(
        [WithdrawnSource(**row) for row in told["sources"]],
        {iri: Tombstone(**row) for iri, row in told["tombstones"].items()},
    )


def merged(one: Withdrawals, other: Withdrawals) -> Withdrawals:
    """Two lists as one; nothing withdrawn in either comes back."""
    known = {source.text_hash for source in one.sources}
    more = [source for source in other.sources if source.text_hash not in known]
    return Withdrawals([*one.sources, *more], {**one.tombstones, **other.tombstones})


def write_withdrawals(data: Path, found: Withdrawals) -> None:
    """Keeps the withdrawals of a data folder."""
    told = {
        "sources": [asdict(source) for source in found.sources],
        "tombstones": {iri: asdict(stone) for iri, stone in sorted(found.tombstones.items())},
    }
    write_whole(data / FILE, json.dumps(told, ensure_ascii=False, indent=1))


def follow_version(
    data: Path, version: Version, *, gone: str = "removed", reason: tuple[str, str] = REPLACED
) -> list[Event]:
    """Tells the log and the tombstones what a version in force changes; nothing where they know it already."""
    record = version.record
    fresh = follow(data, version, str(record.get("built", "")), gone=gone)
    if fresh:
        found = read_withdrawals(data)
        before = dict(found.tombstones)
        found.note(fresh, str(record.get("base", "")), reason=reason)
        if found.tombstones != before:
            write_withdrawals(data, found)
    return fresh
