"""The reviewed file: what people have decided about links and corrected in facts. It is read first at every build.

    [[link]]
    source = "cases/0707/direktionen/2023-02-22/3f2a9c1b7d04.1"
    target = "cases/0707/direktionen/2022-10-12/9f1e2d3c4b5a.2"
    decision = "accepted"          # or "rejected"
    by = "Arkivet"
    on = 2026-01-05
    reason = "samme udbud, set i sagssystemet"

    [[correction]]
    source = "seed-000.txt"        # the source's name, or its text hash
    fact = "Participation"         # a class of the model
    field = "agent"
    quote = "Mette Lundholm deltog under drøftelsen af punktet."
    read = "Mette Lundholm"
    correct = "Mette Lundholt"      # left out: the fact is withdrawn
    by = "Sekretariatet"
    on = 2026-01-05
    reason = "stavefejl i referatet"

Things are named by what follows `/id/` in their address, so that the file holds for any base.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import SettingsError

DECISIONS = {"accepted": True, "rejected": False}
_LINK = ("source", "target", "decision", "by", "on", "reason")
_CORRECTION = ("source", "fact", "field", "quote", "read", "correct", "by", "on", "reason")
_OPTIONAL = frozenset({"field", "read", "correct"})


@dataclass(frozen=True, slots=True)
class Decided:
    """What a person decided about a link between two things."""

    source: str
    target: str
    by: str
    on: date
    reason: str
    accepted: bool = field(kw_only=True)

    @property
    def ends(self) -> frozenset[str]:
        """The two things, in no order."""
        return frozenset((self.source, self.target))


@dataclass(frozen=True, slots=True)
class Correction:
    """A single fact that a person corrected, or withdrew where `correct` is None."""

    source: str
    fact: str
    quote: str
    by: str
    on: date
    reason: str
    field: str = ""
    read: str = ""
    correct: str | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All that the reviewed file holds; things by their full address once `at` has been called."""

    decided: tuple[Decided, ...] = ()
    corrections: tuple[Correction, ...] = ()
    _ends: dict[frozenset[str], Decided] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._ends.update({one.ends: one for one in self.decided})

    def at(self, base: str) -> Ledger:
        """The ledger with full addresses under a base."""
        full = (replace(d, source=f"{base}/id/{d.source}", target=f"{base}/id/{d.target}") for d in self.decided)
        return Ledger(tuple(full), self.corrections)

    def of(self, source: str, target: str) -> Decided | None:
        """What was decided about two things, whichever way round they are named."""
        return self._ends.get(frozenset((source, target))) if self._ends else None

    def between(self, kind: str) -> list[Decided]:
        """The decisions about things of a kind ("/id/cases/"), in a steady order."""
        return sorted((d for d in self.decided if kind in d.source), key=lambda d: (d.source, d.target))


def short(iri: str) -> str:
    """The name of a thing in the reviewed file: what follows /id/ in its address.

    >>> short("http://127.0.0.1:8000/id/cases/0707/direktionen/2022-10-12/40")
    'cases/0707/direktionen/2022-10-12/40'
    """
    return iri.partition("/id/")[2] or iri


def read_ledger(path: Path) -> Ledger:
    """The ledger of a file; an empty one where there is none. Raises SettingsError where it cannot be understood."""
    if not path.is_file():
        return Ledger()
    return parse_ledger(path.read_text("utf-8"), str(path))


def parse_ledger(text: str, path: str = "links.toml") -> Ledger:
    """The ledger that a text states.

    >>> parse_ledger('[[link]]\\nsource="a"\\ntarget="b"\\ndecision="maybe"\\nby="x"\\non=2026-01-05\\nreason="y"')
    Traceback (most recent call last):
    ...
    graph.errors.SettingsError: links.toml, link 1: decision: ventede accepted eller rejected.
    """
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: Filen er ikke gyldig TOML: {error}", f"{path}: not valid TOML: {error}") from None
    for name in tables:
        if name not in ("link", "correction"):
            raise wrong(
                path, name, "ventede kun tabellerne link og correction", english="expected only link and correction"
            )
    links = [_checked(row, _LINK, f"{path}, link {n}") for n, row in enumerate(tables.get("link", ()), 1)]
    fixes = [
        _checked(row, _CORRECTION, f"{path}, correction {n}") for n, row in enumerate(tables.get("correction", ()), 1)
    ]
    for n, row in enumerate(links, 1):
        if row["decision"] not in DECISIONS:
            raise wrong(
                f"{path}, link {n}", "decision", "ventede accepted eller rejected", english="accepted or rejected"
            )
    decided = tuple(
        Decided(r["source"], r["target"], r["by"], r["on"], r["reason"], accepted=DECISIONS[r["decision"]])
        for r in links
    )
    return Ledger(decided, tuple(_correction(row) for row in fixes))


def _correction(row: Mapping[str, Any]) -> Correction:
    return Correction(
        source=row["source"],
        fact=row["fact"],
        quote=row["quote"],
        by=row["by"],
        on=row["on"],
        reason=row["reason"],
        field=row.get("field", ""),
        read=row.get("read", ""),
        correct=row.get("correct"),
    )


def _checked(row: object, keys: tuple[str, ...], place: str) -> dict[str, Any]:
    """One table with the keys it may and must have; dates as dates, all else as text."""
    if not isinstance(row, dict):
        raise wrong(place, "", "ventede en tabel", english="expected a table")
    for key in row:
        if key not in keys:
            raise wrong(place, str(key), f"nøglen kendes ikke; ventede {', '.join(keys)}", english="unknown key")
    for key in keys:
        kind = date if key == "on" else str
        if key not in row and key not in _OPTIONAL:
            raise wrong(place, key, "nøglen mangler", english="this key is missing")
        if key in row and (not isinstance(row[key], kind) or row[key] == ""):
            told = "en dato som 2026-01-05" if kind is date else "en tekst"
            raise wrong(place, key, f"ventede {told}", english="wrong kind of value")
    return dict(row)


def wrong(place: str, key: str, expected: str, *, english: str) -> SettingsError:
    """The error for a part of the file that cannot be understood."""
    return SettingsError(f"{place}: {key}: {expected}.", f"{place}: {key}: {english}.")


def written(one: Decided) -> str:
    """A decision as a block of the file."""
    rows = {
        "source": one.source,
        "target": one.target,
        "decision": "accepted" if one.accepted else "rejected",
        "by": one.by,
    }
    lines = [f"{key} = {quoted(value)}" for key, value in rows.items()]
    return "\n".join(["[[link]]", *lines, f"on = {one.on.isoformat()}", f"reason = {quoted(one.reason)}", ""])


def quoted(value: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_decision(text: str, one: Decided) -> str:
    """The file's text with a decision in it, instead of any earlier one about the same two things."""
    kept = without_decision(text, one.source, one.target)
    return f"{kept.rstrip()}\n\n{written(one)}".lstrip()


def without_decision(text: str, source: str, target: str) -> str:
    """The file's text without what it decides about two things; all else stays as it is written."""
    parts = _blocks(text)
    gone = {frozenset((source, target))}
    return "".join(part for part in parts if not _ends_of(part) & gone)


def _blocks(text: str) -> list[str]:
    """The text in pieces that each begin with a table's heading."""
    pieces: list[list[str]] = [[]]
    for line in text.splitlines(keepends=True):
        if line.startswith("[["):
            pieces.append([])
        pieces[-1].append(line)
    return ["".join(piece) for piece in pieces]


def _ends_of(block: str) -> set[frozenset[str]]:
    """The two things that a block decides about, if it is a link's."""
    rows: Iterable[dict[str, Any]] = tomllib.loads(block).get("link", ()) if block.startswith("[[link]]") else ()
    return {frozenset((row["source"], row["target"])) for row in rows}
