"""The reviewed file of privacy: what people have masked in sources and which they have released. Every build reads it.

    [[mask]]
    source = "/srv/referater/byraad-2024-05-28.txt"   # where the text was read from
    length = 18233                                    # of the text, in characters
    spans = [[4711, 4722]]                            # what is masked, as offsets into it
    text = "9f2c…"                                    # SHA-256 of the text as masked
    by = "Sekretariatet"
    on = 2026-01-05
    reason = "cpr-nummer i høringssvar"

    [[release]]
    source = "/srv/referater/byraad-2024-06-25.txt"
    text = "51d0…"                                    # SHA-256 of the text as it was released
    by = "Sekretariatet"
    on = 2026-01-05
    reason = "nummeret er kommunens omstilling"

A mask is known by what it makes of a text, never by the text before it: a hash of that, beside the masked text, would
let anybody try numbers until one fits.
"""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from graph.errors import SettingsError
from graph.privacy.masks import masked_text

FILE = "privacy.toml"
_MASK = {"source": str, "length": int, "spans": list, "text": str, "by": str, "on": date, "reason": str}
_RELEASE = {"source": str, "text": str, "by": str, "on": date, "reason": str}


@dataclass(frozen=True, slots=True)
class Mask:
    """Places of one text that a person masked, with the hash of the text that it leaves."""

    source: str
    length: int
    spans: tuple[tuple[int, int], ...]
    text: str
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """A text that a person lets through the gate as it stands."""

    source: str
    text: str
    by: str
    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Reviewed:
    """All that people have masked and released."""

    masks: tuple[Mask, ...] = ()
    releases: tuple[Release, ...] = ()
    _lengths: dict[int, tuple[Mask, ...]] = field(init=False, default_factory=dict, repr=False, compare=False)

    def __post_init__(self) -> None:
        for mask in self.masks:
            self._lengths[mask.length] = (*self._lengths.get(mask.length, ()), mask)

    def spans(self, text: str) -> tuple[tuple[int, int], ...]:
        """What is masked in a text, by every mask that fits it or what an earlier one made of it."""
        spans: list[tuple[int, int]] = []
        waiting = list(self._lengths.get(len(text), ()))
        while fits := [mask for mask in waiting if text_hash(masked_text(text, mask.spans)) == mask.text]:
            spans += fits[0].spans
            text = masked_text(text, fits[0].spans)
            waiting.remove(fits[0])
        return tuple(sorted(spans))

    def outdated(self, source: str, text: str) -> bool:
        """Whether what was masked in a source is in it no longer as it was: its file has changed since."""
        own = {mask.text for mask in self.masks if mask.source == source}
        return bool(own) and text_hash(masked_text(text, self.spans(text))) not in own

    def released(self, text: str) -> bool:
        """Whether a text with this hash was released; of what is kept of a masked source, whether one at its path."""
        return any(text in (one.text, one.source) for one in self.releases)


def text_hash(text: str) -> str:
    """The SHA-256 of a text as sources are known by it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def read_reviewed(data: Path) -> Reviewed:
    """What the reviewed file of a data folder says; nothing where there is none. SettingsError where it is wrong."""
    path = data / FILE
    return parse_reviewed(path.read_text("utf-8"), str(path)) if path.is_file() else Reviewed()


def parse_reviewed(text: str, path: str = FILE) -> Reviewed:
    """What a reviewed file's text says.

    >>> parse_reviewed('[[release]]\\nsource="a"\\ntext="b"\\nby="x"\\non="i går"\\nreason="y"')
    Traceback (most recent call last):
    ...
    graph.errors.SettingsError: privacy.toml, release 1: on: ventede en dato som 2026-01-05.
    """
    try:
        tables: dict[str, Any] = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path}: Filen er ikke gyldig TOML: {error}", f"{path}: not valid TOML: {error}") from None
    for name in tables:
        if name not in ("mask", "release"):
            raise wrong(path, name, "ventede kun tabellerne mask og release", english="expected only mask and release")
    masks = [_checked(row, _MASK, f"{path}, mask {n}") for n, row in enumerate(tables.get("mask", ()), 1)]
    releases = [_checked(row, _RELEASE, f"{path}, release {n}") for n, row in enumerate(tables.get("release", ()), 1)]
    for n, row in enumerate(masks, 1):
        row["spans"] = _spans(row["spans"], f"{path}, mask {n}")
    return Reviewed(
        tuple(Mask(*(row[key] for key in _MASK)) for row in masks),
        tuple(Release(*(row[key] for key in _RELEASE)) for row in releases),
    )


def _spans(written: list[Any], place: str) -> tuple[tuple[int, int], ...]:
    """Spans as the file writes them: pairs of offsets."""
    pairs = [tuple(span) for span in written if isinstance(span, list) and [type(n) for n in span] == [int, int]]
    if not pairs or len(pairs) != len(written):
        raise wrong(place, "spans", "ventede par som [[4711, 4722]]", english="expected pairs as [[4711, 4722]]")
    return tuple((begin, end) for begin, end in pairs)


def _checked(row: object, keys: dict[str, type], place: str) -> dict[str, Any]:
    """One table with the keys that it must have."""
    if not isinstance(row, dict):
        raise wrong(place, "", "ventede en tabel", english="expected a table")
    for key in row:
        if key not in keys:
            raise wrong(place, str(key), f"nøglen kendes ikke; ventede {', '.join(keys)}", english="unknown key")
    told = {date: "en dato som 2026-01-05", int: "et tal", list: "en liste", str: "en tekst"}
    for key, kind in keys.items():
        if key not in row:
            raise wrong(place, key, "nøglen mangler", english="this key is missing")
        if type(row[key]) is not kind or row[key] == "":
            raise wrong(place, key, f"ventede {told[kind]}", english="wrong kind of value")
    return dict(row)


def wrong(place: str, key: str, expected: str, *, english: str) -> SettingsError:
    """The error for a part of the file that cannot be understood."""
    return SettingsError(f"{place}: {key}: {expected}.", f"{place}: {key}: {english}.")


def written(one: Mask | Release) -> str:
    """A decision as a block of the file."""
    lines = [f"source = {quoted(one.source)}"]
    if isinstance(one, Mask):
        lines += [f"length = {one.length}", f"spans = {[list(span) for span in one.spans]}"]
    lines += [f"text = {quoted(one.text)}", f"by = {quoted(one.by)}", f"on = {one.on.isoformat()}"]
    heading = "[[mask]]" if isinstance(one, Mask) else "[[release]]"
    return "\n".join([heading, *lines, f"reason = {quoted(one.reason)}", ""])


def quoted(value: str) -> str:
    """A text as TOML writes it."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def with_decision(text: str, one: Mask | Release) -> str:
    """The file's text with a decision behind the earlier ones."""
    return f"{text.rstrip()}\n\n{written(one)}".lstrip()
