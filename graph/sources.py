"""The files as read, kept by hash under DATA/sources, and the list of those that a version is built from.

Of a source in which something was masked only the masked text is kept: neither the file, nor a hash of it, with which
names could be tried on the mask.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from graph.erasure.rules import NOTHING, Rules, suppressed_spans
from graph.erasure.search import says
from graph.errors import NoVersionError, UnreadableSourceError
from graph.intake import Task
from graph.model import Minutes, SourceDocument
from graph.municipalities.load import MunicipalitySettings
from graph.municipalities.periods import Succession, plain, read
from graph.privacy.masks import masked_text
from graph.readers.choose import readers
from graph.store import current, write_whole


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source of a version: where it came from, the name it goes by, its hashes and its municipality's code.

    Where something was masked in it, `given` is a keyed hash of the file as it was given, and `media_type` its kind.
    """

    path: str
    title: str
    file_hash: str
    text_hash: str
    municipality: str
    given: str = ""
    media_type: str = ""

    def is_of(self, a_hash: str, secret: bytes) -> bool:
        """Whether a file with this hash is the one that the source was read from."""
        return a_hash == self.file_hash or (bool(self.given) and keyed(a_hash, secret) == self.given)

    def holds(self, source: SourceDocument) -> bool:
        """Whether the record is of a source as it was read now."""
        return (self.text_hash, self.file_hash) == (source.text_hash, source.file_hash)

    def restored(self, minutes: Minutes) -> Minutes:
        """Minutes read from a masked text, of the kind that the file was which is no more."""
        if not self.media_type:
            return minutes
        return replace(minutes, source=replace(minutes.source, media_type=self.media_type))

    def without(self, rules: Rules) -> SourceRecord:
        """The record with a path and a title that do not say what was erased."""
        return replace(self, path=unsaid(self.path, rules), title=unsaid(self.title, rules))


@dataclass(frozen=True, slots=True)
class Holdings:
    """The sources that a version is built from, by path, and the settings of their municipalities, by code."""

    sources: dict[str, SourceRecord]
    municipalities: dict[str, MunicipalitySettings]

    def without(self, rules: Mapping[str, Rules]) -> Holdings:
        """The holdings with no path and no title that says what was erased; `rules` by municipality code."""
        found: dict[str, SourceRecord] = {}
        for row in self.sources.values():
            cleared = row.without(rules[row.municipality])
            while cleared.path in found:
                cleared = replace(cleared, path=f"{cleared.path}~")
            found[cleared.path] = cleared
        return Holdings(found, self.municipalities)

    def record(self) -> dict[str, object]:
        """The holdings as they are written into a version's record."""
        return {
            "sources": [asdict(row) for _, row in sorted(self.sources.items())],
            "municipalities": {code: plain_settings(s) for code, s in sorted(self.municipalities.items())},
        }


def record_before(data: Path) -> dict[str, object]:
    """The record of the version in force; empty where there is none."""
    try:
        return current(data).record
    except NoVersionError:
        return {}


def holdings(record: dict[str, object]) -> Holdings:
    """The holdings of a version's record; empty where there is none."""
    rows, settings = record.get("sources", []), record.get("municipalities", {})
    if not isinstance(rows, list) or not isinstance(settings, dict):
        raise TypeError("a version's record holds a list of sources and a table of municipalities")
    sources = [SourceRecord(**row) for row in rows]
    return Holdings({s.path: s for s in sources}, {code: read_settings(s) for code, s in settings.items()})


def read_settings(tables: dict[str, Any]) -> MunicipalitySettings:
    """The settings that plain tables hold."""
    codes = tuple(read(row) for row in tables.get("codes", ()))
    followed = tuple(Succession(old, new, date.fromisoformat(on)) for old, new, on in tables.get("successions", ()))
    return MunicipalitySettings(**{**tables, "codes": codes, "successions": followed})


def plain_settings(settings: MunicipalitySettings) -> dict[str, object]:
    """A municipality's settings as plain tables, ready for JSON."""
    tables: dict[str, object] = {name: dict(getattr(settings, name)) for name in ("bodies", "kinds", "aliases")}
    if settings.codes or settings.successions:
        tables["codes"] = [plain(one) for one in settings.codes]
        tables["successions"] = [[one.old, one.new, one.day.isoformat()] for one in settings.successions]
    return {"code": settings.code, "name": settings.name, "region": settings.region, **tables}


def unsaid(text: str, rules: Rules) -> str:
    """A text with a mask over what was erased."""
    return masked_text(text, suppressed_spans(text, rules))


def keyed(a_hash: str, secret: bytes) -> str:
    """A keyed hash of a file's hash: it knows the file again, and is no help in guessing what was masked in it."""
    return hmac.digest(secret, f"given {a_hash}".encode(), "sha256").hex()


def file_task(path: Path, settings: MunicipalitySettings, *, rules: Rules = NOTHING) -> Task:
    """The task of reading a file; raises SourceError where it is missing, may not be read, or is too large for any."""
    most = max(reader.LARGEST_FILE for reader in readers())
    try:
        with path.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError as error:
        danish, english = unreadable(error)
        raise UnreadableSourceError(
            f"filen {danish}.",
            english=f"the file {english}. Mend the path or the permissions.",
            path=path,
            advice="Ret stien eller rettighederne.",
        ) from None
    if len(content) > most:
        raise UnreadableSourceError(
            f"filen er for stor (over {most // 1_000_000} MB).",
            english=f"the file is too large (over {most // 1_000_000} MB). Split it into several files.",
            path=path,
            advice="Del den i flere filer.",
        )
    known_as, title = unsaid(str(path.resolve()), rules), unsaid(path.name, rules)
    return Task(known_as, str(path), title, content, settings, rules=rules)


def unreadable(error: OSError) -> tuple[str, str]:
    """Why a file cannot be read, in Danish and English."""
    if isinstance(error, FileNotFoundError):
        return "findes ikke", "does not exist"
    if isinstance(error, PermissionError):
        return "må ikke læses", "may not be read"
    return f"kan ikke læses ({error.strerror})", f"cannot be read ({error.strerror})"


def stored_task(data: Path, row: SourceRecord, settings: MunicipalitySettings, *, rules: Rules = NOTHING) -> Task:
    """The task of reading a source again, from its kept bytes or from its masked text."""
    name = f"{row.text_hash}.txt" if row.media_type else row.file_hash
    content = (data / "sources" / name).read_bytes()
    return Task(row.path, row.path, row.title, content, settings, rules=rules, media_type=row.media_type)


def settled(task: Task, minutes: Minutes) -> Minutes:
    """Minutes as they are kept: where the file says beside its text what was erased (its author, say), without it."""
    source = minutes.source
    if not task.rules or source.file_hash == source.text_hash or not says(task.content, task.rules):
        return minutes
    return replace(minutes, source=replace(source, file_hash=source.text_hash))


def file_hash(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep(data: Path, task: Task, *, source: SourceDocument, secret: bytes) -> SourceRecord:
    """Keeps a file's bytes and its text as served; of a source with masks the text alone. Gives its record."""
    folder = data / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / f"{source.text_hash}.txt").exists():
        write_whole(folder / f"{source.text_hash}.txt", source.text)
    row = SourceRecord(task.path, task.title, source.file_hash, source.text_hash, task.settings.code)
    given = file_hash(task.content)
    if source.file_hash != given:
        return replace(row, given=keyed(given, secret), media_type=source.media_type)
    kept = folder / given
    if not kept.exists():
        write_whole(kept, task.content)
    return row


def texts(data: Path, rows: Iterable[SourceRecord]) -> dict[str, str]:
    """The text of each source, by its hash."""
    return {row.text_hash: text_of(data, row.text_hash) or "" for row in rows}


def text_of(data: Path, text_hash: str) -> str | None:
    """The text of one source as it is served, or None where no such source is kept."""
    if len(text_hash) != 64 or not set(text_hash) <= set("0123456789abcdef"):
        return None
    path = data / "sources" / f"{text_hash}.txt"
    return path.read_bytes().decode("utf-8") if path.is_file() else None
