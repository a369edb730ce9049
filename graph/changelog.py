"""What changed in the graph, thing by thing: an append-only log beside the versions, from which it can be copied.

`DATA/stream/<n>.json` holds a page of events; a full page is never written again, but for one case: what is withdrawn
is dropped from it. A thing is all that stands at one address: the statements whose subject is the IRI or a fragment of
it. The log is told by comparing a version with what the log says already, so a build that was killed is caught up with.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from graph.ntriples import document
from graph.store import Version, statements, write_whole

PAGE = 100
_FOLDER, _SEEN = "stream", "VERSION"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing as it is from a moment on: `triples` is its text in N-Triples, None where it is gone.

    `digest` tells whether a thing is the same; `kept` is False where the text was dropped because a later one holds.
    """

    number: int
    version: int
    at: str
    kind: str
    thing: str
    digest: str
    triples: str | None
    kept: bool = True


def pages(data: Path) -> list[Path]:
    """The files of the log, oldest first."""
    folder = data / _FOLDER
    return sorted(folder.glob("*.json"), key=lambda path: int(path.stem)) if folder.is_dir() else []


def read_page(path: Path) -> list[Event]:
    """The events of one page."""
    return [Event(**row) for row in json.loads(path.read_text("utf-8"))]


def events(data: Path) -> Iterator[Event]:
    """Every event, oldest first."""
    for path in pages(data):
        yield from read_page(path)


def latest(data: Path) -> dict[str, Event]:
    """The last event of each thing there ever was."""
    return {event.thing: event for event in events(data)}


def things(version: Version) -> dict[str, str]:
    """Each thing of a version's default graph with its statements as sorted N-Triples."""
    found: dict[str, list[str]] = defaultdict(list)
    for s, p, o, name in statements(version):
        if not name:
            found[document(s)].append(f"{s} {p} {o} .\n")
    return {thing: "".join(sorted(lines)) for thing, lines in sorted(found.items())}


def digest(triples: str) -> str:
    """A short fingerprint of a thing's statements."""
    return hashlib.sha256(triples.encode()).hexdigest()[:32]


def follow(data: Path, version: Version, at: str, *, gone: str = "removed") -> list[Event]:
    """Writes into the log what a version changes, and gives the new events; `gone` is the kind of what is no more."""
    if followed(data) == version.number:
        return []
    known = latest(data)
    now = things(version)
    last = max(known.values(), key=lambda event: event.number, default=None)
    number = last.number if last else 0
    at = after(at, last.at) if last else at
    fresh: list[Event] = []
    for thing, triples in now.items():
        before = known.get(thing)
        if before is None or before.triples is None or before.digest != digest(triples):
            kind = "created" if before is None or before.triples is None else "updated"
            number += 1
            fresh.append(Event(number, version.number, at, kind, thing, digest(triples), triples))
    for thing, before in known.items():
        if before.triples is not None and thing not in now:
            number += 1
            fresh.append(Event(number, version.number, at, gone, thing, "", None))
    append(data, fresh)
    write_whole(data / _FOLDER / _SEEN, str(version.number))
    return fresh


def followed(data: Path) -> int:
    """The number of the version that the log has come to; 0 where it has not begun."""
    seen = data / _FOLDER / _SEEN
    return int(seen.read_text("ascii")) if seen.is_file() else 0


def after(moment: str, last: str) -> str:
    """A moment that is later than the last one: the events of two versions are told apart by when they happened.

    >>> after("2026-11-21T20:52:27+00:00", "2026-11-21T20:52:27+00:00")
    '2026-11-21T20:52:28+00:00'
    """
    if datetime.fromisoformat(moment) > datetime.fromisoformat(last):
        return moment
    return (datetime.fromisoformat(last) + timedelta(seconds=1)).isoformat(timespec="seconds")


def append(data: Path, fresh: Iterable[Event]) -> None:
    """Adds events to the last page and to new ones behind it."""
    folder = data / _FOLDER
    folder.mkdir(exist_ok=True)
    by_page: dict[int, list[Event]] = defaultdict(list)
    for event in fresh:
        by_page[(event.number - 1) // PAGE + 1].append(event)
    for page, found in sorted(by_page.items()):
        path = folder / f"{page}.json"
        write_page(path, [*(read_page(path) if path.is_file() else []), *found])


def write_page(path: Path, found: Iterable[Event]) -> None:
    """Writes one page whole."""
    write_whole(path, json.dumps([asdict(event) for event in found], ensure_ascii=False))


def forget(data: Path) -> int:
    """Drops the text of every event that a later one of the same thing replaces; gives how many were dropped.

    After it the log holds nothing that the graph no longer says; who and when remain.
    """
    last: Mapping[str, int] = {event.thing: event.number for event in events(data)}
    dropped = 0
    for path in pages(data):
        found = read_page(path)
        cleared = [cleared_event(event) if event.number != last[event.thing] else event for event in found]
        if cleared != found:
            dropped += sum(old != new for old, new in zip(found, cleared, strict=True))
            write_page(path, cleared)
    return dropped


def rename(data: Path, name: Callable[[str], str]) -> int:
    """Gives things of the log other names; gives how many events were of a thing whose name is another now."""
    changed = 0
    for path in pages(data):
        found = read_page(path)
        renamed = [
            replace(event, thing=name(event.thing)) if event.triples is None or not event.kept else event
            for event in found
        ]
        if renamed != found:
            changed += sum(old != new for old, new in zip(found, renamed, strict=True))
            write_page(path, renamed)
    return changed


def cleared_event(event: Event) -> Event:
    """An event without its text, where it had one."""
    return event if event.triples is None else replace(event, triples="", digest="", kept=False)
