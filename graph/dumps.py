"""The files that a version can be copied by, made when it is published: compressed, checksummed, the same bytes for
the same graph."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from operator import itemgetter
from pathlib import Path

from graph.datasets import Merged, datasets, measured, stated
from graph.drawing import graphml
from graph.ntriples import Statement, line
from graph.statistics import statistics
from graph.store import Reader, Version, converted, statements, write_whole
from graph.tables import Row, files_of, rows_of
from graph.terms import PREFIXES

FOLDER, CATALOGUE, STATISTICS = "dumps", "catalogue.json", "void.json"
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a dump: its ending before compression, its media types, and whether it tells each source's part."""

    name: str
    extension: str
    media_type: str
    provenance: bool = False
    compressed: str = "application/gzip"

    @property
    def ending(self) -> str:
        """The ending of the file's name."""
        return f"{self.extension}.{'zip' if self.compressed == 'application/zip' else 'gz'}"


FORMS = (
    Form("nquads", "nq", "application/n-quads", provenance=True),
    Form("trig", "trig", "application/trig", provenance=True),
    Form("turtle", "ttl", "text/turtle"),
    Form("ntriples", "nt", "application/n-triples"),
    Form("jsonld", "jsonld", "application/ld+json"),
    Form("csv", "csv", "text/csv", compressed="application/zip"),
    Form("graphml", "graphml", "application/graphml+xml"),
)
# the whole is there in every form; its parts in the two that hold all and the one that most people open
PARTS = ("nquads", "turtle", "csv")


@dataclass(frozen=True, slots=True)
class Dump:
    """One file: its name, form and size, and its hashes as SHA-256 and, for the Danish profile, SHA-1."""

    name: str
    form: str
    size: int
    sha256: str
    sha1: str


def write_dumps(version: Version, before: Version | None, *, base: str, lengths: Mapping[str, int], built: str) -> None:
    """Writes the dumps of a version that is not yet in force, and the list of them with what they cover.

    `lengths` maps each source's hash to the characters of its text; `built` is the moment of building. A part that is
    the same as in the version before keeps its dates.
    """
    folder = version.folder / FOLDER
    folder.mkdir()
    rows = sorted(statements(version))
    default = Merged.of(row for row in rows if not row[3])
    things = rows_of(default.rows)
    known = {row["key"]: row for row in read_catalogue(before)["datasets"]} if before else {}
    told = []
    for dataset in datasets(Reader.open(version), lengths):
        whole = dataset.key == "all"
        named = rows if whole else stated(dataset, rows, base)
        triples = default.rows if whole else default.about(named)
        content = Content(named, triples, rows_about(things, triples), base)
        dumps = [
            write_dump(folder / f"{dataset.stem}.{form.ending}", form, content)
            for form in FORMS
            if whole or form.name in PARTS
        ]
        own = {text_hash: lengths[text_hash] for text_hash in dataset.sources if text_hash in lengths}
        told.append(
            {
                **asdict(dataset),
                "files": [asdict(dump) for dump in dumps],
                "triples": len(triples),
                "measurements": measured(triples, own),
                **dates(known.get(dataset.key), dumps, built),
            }
        )
    write_whole(version.folder / CATALOGUE, json.dumps({"datasets": told}, ensure_ascii=False))
    write_whole(version.folder / STATISTICS, json.dumps(statistics(default.rows, base), ensure_ascii=False, indent=1))


def read_catalogue(version: Version) -> dict[str, list[dict[str, object]]]:
    """What a version's dumps cover; empty where an older Sagsgraf built it."""
    path = version.folder / CATALOGUE
    found: dict[str, list[dict[str, object]]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return {"datasets": [], **found}


def read_statistics(version: Version) -> dict[str, object]:
    """The statistics of a version; empty where an older Sagsgraf built it."""
    path = version.folder / STATISTICS
    found: dict[str, object] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


def dates(known: Mapping[str, object] | None, dumps: Iterable[Dump], built: str) -> dict[str, object]:
    """When a part was first published and when it last changed."""
    if known is None:
        return {"issued": built, "modified": built}
    same = known["files"] == [asdict(dump) for dump in dumps]
    return {"issued": known["issued"], "modified": known["modified"] if same else built}


@dataclass(frozen=True, slots=True)
class Content:
    """What the files of a part hold: its sources' graphs, its merged statements, and these as rows of tables."""

    named: list[Statement]
    merged: list[Statement]
    rows: list[Row]
    base: str


def rows_about(rows: Iterable[Row], triples: Iterable[Statement]) -> list[Row]:
    """The rows of the things that some statements are about."""
    told = {s for s, _, _, _ in triples}
    return [row for row in rows if row.subject in told]


def write_dump(path: Path, form: Form, content: Content) -> Dump:
    """Writes one file."""
    packed = zipped(files_of(content.rows)) if form.name == "csv" else zipped_alone(written(content, form))
    path.write_bytes(packed)
    sha1 = hashlib.sha1(packed, usedforsecurity=False).hexdigest()
    return Dump(path.name, form.name, len(packed), hashlib.sha256(packed).hexdigest(), sha1)


def written(content: Content, form: Form) -> bytes:
    """Sorted statements in a form."""
    rows = content.named if form.provenance else content.merged
    if form.name == "graphml":
        return graphml(rows, content.base)
    if form.name in ("nquads", "ntriples"):
        return "".join(lines(rows)).encode()
    by_graph = sorted(rows, key=itemgetter(3)) if form.provenance else rows
    return converted(lines(by_graph), form.name, PREFIXES)


def lines(rows: Iterable[Statement]) -> Iterator[str]:
    """Statements as lines of N-Quads."""
    return map(line, rows)


def zipped_alone(content: bytes) -> bytes:
    """One file compressed, without its time."""
    return gzip.compress(content, compresslevel=_LEVEL, mtime=0)


def zipped(files: Mapping[str, str]) -> bytes:
    """Several files compressed together, without their times."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as archive:
        for name, text in sorted(files.items()):
            archive.writestr(zipfile.ZipInfo(name), text.encode(), zipfile.ZIP_DEFLATED, _LEVEL)
    return out.getvalue()
