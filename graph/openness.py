"""How open a graph is: what is closed, and what was closed after it had been open, or opened afterwards.

A version keeps the changes of access beside its store, told from the version before; they name things, never titles.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from graph.store import Reader, Version, write_whole

FILE = "access.json"
CLOSED = "closed"
_ACCESS = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX access: <http://publications.europa.eu/resource/authority/access-right/>
SELECT ?thing ?closed WHERE {
  { ?thing a sag:AgendaItem } UNION { ?thing a sag:Attachment }
  BIND(EXISTS { ?thing dct:accessRights access:NON_PUBLIC } AS ?closed)
}"""


@dataclass(frozen=True, slots=True)
class Shift:
    """An agenda item or attachment that became closed, or open, with a version built at a moment."""

    thing: str
    to: str
    version: int
    at: str


def keep_shifts(version: Version, before: Version | None, *, built: str) -> None:
    """Writes beside a version what changed in access since the one before, and what is known of earlier changes.

    Of what is no more in the graph nothing is kept.
    """
    now = closed_things(version)
    then = closed_before(before) if before else {}
    fresh = [
        Shift(thing, CLOSED if closed else "open", version.number, built)
        for thing, closed in sorted(now.items())
        if then.get(thing, closed) != closed
    ]
    known = [shift for shift in shifts(before) if shift.thing in now] if before else []
    write_whole(version.folder / FILE, json.dumps([asdict(shift) for shift in (*fresh, *known)]))


def shifts(version: Version) -> list[Shift]:
    """What was closed or opened afterwards, the newest first; none where an older Sagsgraf built the version."""
    path = version.folder / FILE
    return [Shift(**row) for row in json.loads(path.read_text("utf-8"))] if path.is_file() else []


def closed_before(version: Version) -> Mapping[str, bool]:
    """What the version before told; nothing where its store cannot be opened any more, and so tells of no change."""
    try:
        return closed_things(version)
    except OSError:
        return {}


def closed_things(version: Version) -> Mapping[str, bool]:
    """Every agenda item and attachment of a version, with whether it is closed."""
    return {row["thing"]["value"]: row["closed"]["value"] == "true" for row in Reader.open(version).select(_ACCESS)}
