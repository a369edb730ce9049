"""Single facts that people corrected or withdrew, put right before anything is linked.

A correction names the source, the kind of fact, the sentence and the value as it was read. Where the source no longer
says so, nothing is changed and the correction is told of as out of date.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import TypeVar

from graph.errors import SettingsError
from graph.identity.keys import Names
from graph.identity.ledger import Correction
from graph.identity.links import Sighting
from graph.model import Claim, Evidence, Minutes

METHOD = "corrected"
_SHORTEST_HASH = 12

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Applied:
    """A correction that changed a source, with the sentences that were read otherwise."""

    correction: Correction
    source: str
    sightings: tuple[Sighting, ...]

    @property
    def key(self) -> str:
        """A steady key, from the source and what is corrected in it."""
        c = self.correction
        told = f"{self.source} {c.fact} {c.field} {c.quote} {c.read} {c.correct}"
        return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Corrected:
    """A corpus after its corrections: those that took effect, and those that their source no longer bears out."""

    corpus: list[tuple[Minutes, Names]]
    applied: tuple[Applied, ...] = ()
    outdated: tuple[Correction, ...] = ()


def correct(corpus: Sequence[tuple[Minutes, Names]], corrections: Iterable[Correction]) -> Corrected:
    """The corpus with the corrections in it."""
    by_source: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        by_source[one.source].append(one)
    if not by_source:
        return Corrected(list(corpus))
    changed: list[tuple[Minutes, Names]] = []
    applied: list[Applied] = []
    for minutes, names in corpus:
        now = minutes
        for one in wanted(minutes, by_source):
            mending = Mending(one)
            now = mending.of(now)
            if mending.found:
                spans = tuple(Sighting(minutes.source.text_hash, e) for e in dict.fromkeys(mending.found))
                applied.append(Applied(one, minutes.source.text_hash, spans))
        changed.append((now, names))
    used = {id(a.correction) for a in applied}
    outdated = tuple(one for ones in by_source.values() for one in ones if id(one) not in used)
    return Corrected(changed, tuple(sorted(applied, key=lambda a: a.key)), outdated)


def wanted(minutes: Minutes, by_source: dict[str, list[Correction]]) -> list[Correction]:
    """The corrections of one source, by its name or its text hash."""
    source = minutes.source
    return [
        one
        for name, ones in by_source.items()
        if name == source.title or (len(name) >= _SHORTEST_HASH and source.text_hash.startswith(name))
        for one in ones
    ]


class Mending:
    """One correction at work on one source, and the sentences where it took effect."""

    def __init__(self, correction: Correction) -> None:
        self.correction = correction
        self.found: list[Evidence] = []

    def of(self, thing: T) -> T:
        """A thing with the correction in it, and in its parts."""
        if isinstance(thing, tuple):
            kept = [self.of(part) for part in thing if not self.withdraws(part)]
            return type(thing)(kept)
        if not isinstance(thing, Claim | Minutes):
            return thing
        parts = {f.name: getattr(thing, f.name) for f in fields(thing)}
        changed = {name: now for name, part in parts.items() if (now := self.of(part)) is not part and now != part}
        whole = replace(thing, **changed) if changed else thing
        return self.mended(whole)

    def withdraws(self, part: object) -> bool:
        """Whether the correction takes a fact away."""
        if self.correction.correct is not None or not self.meant(part):
            return False
        self.remember(part)
        return True

    def mended(self, thing: T) -> T:
        """The thing with its field put right, where it is what the correction means."""
        one = self.correction
        if one.correct is None or not one.field or not self.meant(thing):
            return thing
        self.remember(thing)
        value = as_value(one.correct, one.field, getattr(thing, one.field))
        changes: dict[str, object] = {one.field: value, "extraction_method": METHOD, "confidence": 1.0}
        return replace(thing, **changes)  # type: ignore[type-var]

    def meant(self, thing: object) -> bool:
        """Whether a thing is the fact that the correction is about: kind, sentence, and value as read."""
        one = self.correction
        if not isinstance(thing, Claim) or type(thing).__name__ != one.fact:
            return False
        quote = " ".join(one.quote.split())
        if not any(quote in " ".join(e.anchor_of.split()) for e in thing.evidence):
            return False
        return not one.field or as_read(getattr(thing, one.field, None)) == one.read

    def remember(self, thing: object) -> None:
        """Keeps the sentences of a fact that was changed."""
        if isinstance(thing, Claim):
            self.found += thing.sentences or thing.evidence


def as_read(value: object) -> str:
    """A field's value as the reviewed file writes it.

    >>> as_read(("discussed", "treated")), as_read(date(2022, 12, 6)), as_read(None)
    ('discussed, treated', '2022-12-06', '')
    """
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def as_value(written: str, name: str, before: object) -> object:
    """What the reviewed file writes, as the field's kind of value; an empty text is none."""
    if isinstance(before, tuple):
        return tuple(part.strip() for part in written.split(",") if part.strip())
    if not written:
        return None
    try:
        if isinstance(before, int):
            return int(written)
        return date.fromisoformat(written) if name.endswith("_date") or name == "known_on" else written
    except ValueError:
        raise SettingsError(
            f"correction: {name} = {written}: ventede {'et tal' if isinstance(before, int) else 'en dato'}.",
            f"correction: {name} = {written}: expected a number or a date such as 2026-01-05.",
        ) from None
