"""Minutes with masks: read as if a name stood under each masked one, so that its neighbours are read as ever.

Where two to six masked words stand in a row, a stand-in of the same length takes their place while the text is read.
What is then said of the stand-in is dropped, and everywhere else the mask is put back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, replace
from functools import cache
from typing import Any

from graph.danish.lexicon import words
from graph.erasure.items import with_shells
from graph.extract.minutes import extract
from graph.model import (
    Attachment,
    Claim,
    Commitment,
    Evidence,
    Mention,
    Minutes,
    Participation,
    PolicyReference,
    SourceDocument,
)
from graph.municipalities.load import MunicipalitySettings
from graph.privacy.masks import MASK

_NAME = re.compile(rf"(?<![^\W_])(?<!{MASK})(?<!{MASK}[ \n]){MASK}+(?:[ \n]{MASK}+){{1,5}}(?![ \n]?{MASK})")
_PARTS = re.compile(rf"{MASK}+")


def extract_masked(source: SourceDocument, settings: MunicipalitySettings) -> Minutes:
    """The minutes of a source, with nothing in them of whoever is masked, and erased items as shells."""
    text, found = with_standins(source.text)
    if not found:
        return with_shells(extract(source, settings))
    read = extract(replace(source, text=text), settings)
    minutes: Minutes = Unmasked(source.text, found).of(read)
    return with_shells(replace(minutes, source=source))


def with_standins(text: str) -> tuple[str, dict[str, str]]:
    """A text with a name of the same length for each masked one, and the mask behind each stand-in.

    >>> with_standins("Afbud: ███████ ████████, Bo Friis")
    ('Afbud: Abelone Zxxxxsen, Bo Friis', {'Abelone Zxxxxsen': '███████ ████████'})
    """
    found: dict[str, str] = {}

    def name(match: re.Match[str]) -> str:
        masked = match[0]
        given, *others = (len(part) for part in _PARTS.findall(masked))
        chosen = iter((given_name(given), *map(surname, others)))
        standin = _PARTS.sub(lambda _: next(chosen), masked)
        found[" ".join(standin.split())] = " ".join(masked.split())
        return standin

    return _NAME.sub(name, text), found


@cache
def given_names() -> Mapping[int, str]:
    """A given name for each length that there is one of."""
    chosen: dict[int, str] = {}
    for word in sorted(words("people", "first_names"), reverse=True):
        chosen[len(word)] = word
    return chosen


def given_name(length: int) -> str:
    """A given name of a length.

    >>> given_name(6), len(given_name(19))
    ('Agnete', 19)
    """
    return given_names().get(length) or (f"Bo-Z{'x' * (length - 4)}" if length > 3 else "Q" * length)


def surname(length: int) -> str:
    """A surname of a length, which nobody bears.

    >>> surname(9), surname(2)
    ('Zxxxxxsen', 'Zx')
    """
    return f"Z{'x' * (length - 4)}sen" if length > 3 else "Zxx"[:length]


class Unmasked:
    """Puts the masks back into what was read, and drops what was said of a stand-in."""

    def __init__(self, text: str, found: Mapping[str, str]) -> None:
        self.text = text
        self.found = found
        self.pattern = re.compile("|".join(rf"\b{re.escape(s)}" for s in sorted(found, key=len, reverse=True)))

    def of(self, thing: Any) -> Any:
        """A thing as it is without the stand-ins, and its parts."""
        if isinstance(thing, str):
            return self.pattern.sub(lambda match: self.found[match[0]], thing)
        if isinstance(thing, tuple):
            return tuple(self.of(part) for part in thing if not self.dropped(part))
        if isinstance(thing, Evidence):
            return replace(thing, anchor_of=self.text[thing.begin_index : thing.end_index])
        if isinstance(thing, Commitment) and self.names(thing.owner):
            return self.of(replace(thing, owner=None, acting_as=None))
        if isinstance(thing, Claim | Minutes):
            parts = {part.name: getattr(thing, part.name) for part in fields(thing)}
            whole = self.of if isinstance(thing, Attachment) else self.part  # an attachment always has a title
            changed = {name: now for name, part in parts.items() if (now := whole(part)) != part}
            return replace(thing, **changed) if changed else thing  # type: ignore[arg-type]
        return thing

    def part(self, part: object) -> object:
        """A field's value; none where it was but a stand-in."""
        if isinstance(part, str) and part in self.found:
            return None
        return self.of(part)

    def dropped(self, part: object) -> bool:
        """Whether a part is about a stand-in: its attendance, its ballot, or a thing that is called by it."""
        if isinstance(part, str):
            return part in self.found
        if isinstance(part, Participation):
            return self.names(part.agent)
        if isinstance(part, Mention):
            return self.names(part.pref_label)
        return isinstance(part, PolicyReference) and self.names(part.title)

    def names(self, written: str | None) -> bool:
        """Whether a text names a stand-in."""
        return bool(written and self.pattern.search(written))
