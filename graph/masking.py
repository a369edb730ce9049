"""What people decide at the gate: to mask places of a source, or to let it through as it stands."""

from __future__ import annotations

import getpass
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from graph.audit import in_short, note
from graph.build import Address
from graph.erasure.withdrawing import named
from graph.errors import UnknownValueError
from graph.extract.minutes import extract
from graph.privacy.details import Detail
from graph.privacy.gate import details
from graph.privacy.masks import masked_text
from graph.privacy.reviewed import FILE, Mask, Release, parse_reviewed, read_reviewed, text_hash, with_decision
from graph.readers.choose import read_source
from graph.sources import holdings, record_before, text_of
from graph.store import Version, only_builder, write_whole
from graph.upkeep import rebuild

Spans = Callable[[str], Iterable[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Signature:
    """Who decides and why; without a name, the account that Sagsgraf runs as."""

    by: str
    reason: str

    @property
    def written(self) -> tuple[str, date, str]:
        """Who, when and why, as they are written down; UnknownValueError where no reason is given."""
        why = in_short(self.reason)
        if not why:
            raise UnknownValueError("--reason: skriv hvorfor.", english="--reason: say why.")
        return " ".join(self.by.split()) or getpass.getuser(), datetime.now(UTC).date(), why


@dataclass(frozen=True, slots=True)
class Reviewing:
    """A source that somebody decides about: the path it is known by, its text, and whether the graph holds it."""

    path: str
    title: str
    text: str
    in_force: bool

    def left(self, text: str) -> tuple[Detail, ...]:
        """What the gate would hold a text of the source for."""
        return details(extract(read_source(text.encode(), title=self.title)))


@dataclass(frozen=True, slots=True)
class Decision:
    """What a decision did: the text that it leaves, what is still held, and the version made, if one was."""

    text: str
    spans: tuple[tuple[int, int], ...]
    left: tuple[Detail, ...]
    version: Version | None = None


def opened(source: str, data: Path) -> Reviewing:
    """A source by the name that the graph knows it by, or a file; the text with what is masked in it already."""
    rows = named(source, list(holdings(record_before(data)).sources.values()))
    for row in rows:
        text = text_of(data, row.text_hash)
        if text is not None:
            return Reviewing(row.path, row.title, text, in_force=True)
    path = Path(source)
    if not path.is_file():
        raise UnknownValueError(
            f"{source}: her er hverken en fil eller en kilde i grafen, der hedder sådan.",
            english=f"{source}: neither a file nor a source of the graph by that name.",
        )
    text = read_source(path.read_bytes(), title=path.name).text
    return Reviewing(str(path.resolve()), path.name, masked_text(text, read_reviewed(data).spans(text)), in_force=False)


def mask(source: str, where: Spans, *, data: Path, signature: Signature, address: Address | None = None) -> Decision:
    """Masks places of a source; one that the graph holds is built anew at once, and its earlier text destroyed.

    `where` gives the places of the text. Raises UnknownValueError where there is nothing to mask in them.
    """
    with only_builder(data):
        found = opened(source, data)
        spans = tuple(sorted(set(where(found.text))))
        text = masked_text(found.text, spans)
        if text == found.text:
            raise UnknownValueError(
                f"{source}: der er intet at maskere dér.", english=f"{source}: there is nothing to mask there."
            )
        decide(data, Mask(found.path, len(text), spans, text_hash(text), *signature.written))
    version = rebuild(data, address or Address()).version if found.in_force else None
    return Decision(text, spans, found.left(text), version)


def release(source: str, *, data: Path, signature: Signature) -> Decision:
    """Lets a source through the gate as it stands; a later change of its file is looked at anew."""
    with only_builder(data):
        found = opened(source, data)
        left = found.left(found.text)
        decide(data, Release(found.path, text_hash(found.text), *signature.written))
    return Decision(found.text, (), left)


def decide(data: Path, one: Mask | Release) -> None:
    """Writes a decision into the reviewed file and the log."""
    path = data / FILE
    text = with_decision(path.read_text("utf-8") if path.is_file() else "", one)
    parse_reviewed(text, str(path))
    data.mkdir(parents=True, exist_ok=True)
    write_whole(path, text)
    told = {"places": len(one.spans)} if isinstance(one, Mask) else {}
    note(data, "mask" if isinstance(one, Mask) else "release", who=one.by, reason=one.reason, told=told)


def lines_of(text: str, first: int, last: int) -> list[tuple[int, int]]:
    """The places of some lines, counted from 1; UnknownValueError where the text has no such lines."""
    ends = [place for place, sign in enumerate(text) if sign == "\n"] + [len(text)]
    begins = [0, *(end + 1 for end in ends[:-1])]
    if not 1 <= first <= last <= len(ends):
        raise UnknownValueError(
            f"--line {first}-{last}: teksten har linje 1-{len(ends)}.",
            english=f"--line {first}-{last}: the text has lines 1-{len(ends)}.",
        )
    return list(zip(begins, ends, strict=True))[first - 1 : last]


def checked(text: str, begin: int, end: int) -> tuple[int, int]:
    """A place of a text; UnknownValueError where it lies outside."""
    if not 0 <= begin < end <= len(text):
        raise UnknownValueError(
            f"--span {begin},{end}: teksten har tegn 0-{len(text)}.",
            english=f"--span {begin},{end}: the text has characters 0-{len(text)}.",
        )
    return begin, end
