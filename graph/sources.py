"""The files as read, kept by hash under DATA/sources, and the list of those that a version is built from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from graph.errors import UnreadableSourceError
from graph.intake import Task
from graph.model import SourceDocument
from graph.municipalities.load import MunicipalitySettings
from graph.store import write_whole


@dataclass(frozen=True, slots=True)
class SourceRecord:
    """One source of a version: where it came from, the name it goes by, its hashes and its municipality's code."""

    path: str
    title: str
    file_hash: str
    text_hash: str
    municipality: str


@dataclass(frozen=True, slots=True)
class Holdings:
    """The sources that a version is built from, by path, and the settings of their municipalities, by code."""

    sources: dict[str, SourceRecord]
    municipalities: dict[str, MunicipalitySettings]

    def record(self) -> dict[str, object]:
        """The holdings as they are written into a version's record."""
        return {
            "sources": [asdict(row) for _, row in sorted(self.sources.items())],
            "municipalities": {code: plain_settings(s) for code, s in sorted(self.municipalities.items())},
        }


def holdings(record: dict[str, object]) -> Holdings:
    """The holdings of a version's record; empty where there is none."""
    rows, settings = record.get("sources", []), record.get("municipalities", {})
    if not isinstance(rows, list) or not isinstance(settings, dict):
        raise TypeError("a version's record holds a list of sources and a table of municipalities")
    sources = [SourceRecord(**row) for row in rows]
    return Holdings({s.path: s for s in sources}, {code: MunicipalitySettings(**s) for code, s in settings.items()})


def plain_settings(settings: MunicipalitySettings) -> dict[str, object]:
    """A municipality's settings as plain tables, ready for JSON."""
    tables = {name: dict(getattr(settings, name)) for name in ("bodies", "kinds", "aliases")}
    return {"code": settings.code, "name": settings.name, "region": settings.region, **tables}


def file_task(path: Path, settings: MunicipalitySettings) -> Task:
    """The task of reading a file; raises SourceError where it is missing or may not be read."""
    try:
        content = path.read_bytes()
    except OSError as error:
        danish, english = unreadable(error)
        raise UnreadableSourceError(
            f"filen {danish}.",
            english=f"the file {english}. Mend the path or the permissions.",
            path=path,
            advice="Ret stien eller rettighederne.",
        ) from None
    return Task(str(path.resolve()), str(path), path.name, content, settings)


def unreadable(error: OSError) -> tuple[str, str]:
    """Why a file cannot be read, in Danish and English."""
    if isinstance(error, FileNotFoundError):
        return "findes ikke", "does not exist"
    if isinstance(error, PermissionError):
        return "må ikke læses", "may not be read"
    return f"kan ikke læses ({error.strerror})", f"cannot be read ({error.strerror})"


def stored_task(data: Path, row: SourceRecord, settings: MunicipalitySettings) -> Task:
    """The task of reading a source again from its kept bytes."""
    return Task(row.path, row.path, row.title, (data / "sources" / row.file_hash).read_bytes(), settings)


def file_hash(content: bytes) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def keep(data: Path, task: Task, source: SourceDocument) -> SourceRecord:
    """Keeps a file's bytes and its text as served; gives its record."""
    folder = data / "sources"
    folder.mkdir(parents=True, exist_ok=True)
    kept = folder / source.file_hash
    if not kept.exists():
        part = kept.with_name(f"{kept.name}.part")
        part.write_bytes(task.content)
        part.replace(kept)
    if not (folder / f"{source.text_hash}.txt").exists():
        write_whole(folder / f"{source.text_hash}.txt", source.text)
    return SourceRecord(task.path, task.title, source.file_hash, source.text_hash, task.settings.code)


def texts(data: Path, rows: Iterable[SourceRecord]) -> dict[str, str]:
    """The text of each source, by its hash."""
    return {row.text_hash: text_of(data, row.text_hash) or "" for row in rows}


def text_of(data: Path, text_hash: str) -> str | None:
    """The text of one source as it is served, or None where no such source is kept."""
    if len(text_hash) != 64 or not set(text_hash) <= set("0123456789abcdef"):
        return None
    path = data / "sources" / f"{text_hash}.txt"
    return path.read_bytes().decode("utf-8") if path.is_file() else None
