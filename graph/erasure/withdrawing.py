"""Taking a source back: the graph is built without it, and its text, old versions and log entries are destroyed.

Every step can be done again, so a withdrawal that was killed is finished by the same command.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from graph.audit import in_short, note
from graph.build import Address, Builder, opened
from graph.changelog import forget
from graph.erasure.withdrawals import WithdrawnSource, follow_version, read_withdrawals, write_withdrawals
from graph.errors import UnknownValueError
from graph.holding import destroy as destroy_version
from graph.sources import SourceRecord, holdings
from graph.store import Version, current, only_builder, versions

_HASH = re.compile(r"[0-9a-f]{8,64}")


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a withdrawal did: the version in force after it, the sources it took, and how many addresses are gone."""

    version: Version
    sources: tuple[str, ...]
    gone: int
    destroyed: int


def withdraw(source: str, *, data: Path, reason: str, address: Address | None = None) -> Receipt:
    """Withdraws a source, named by its path, its file name, its address or the beginning of its hash.

    Raises UnknownValueError where no source or several different ones go by that name.
    """
    with only_builder(data):
        told = in_short(reason)
        builder = opened(data, address or Address())
        rows = named(source, list(builder.held.sources.values()))
        if rows:
            take_out(builder, rows, told)
        destroyed = finish(data)
        if not rows and not destroyed and not known_already(data, source):
            raise UnknownValueError(
                f"{source}: grafen har ingen kilde, der hedder sådan. Se kilderne med: sagsgraf query.",
                english=f"{source}: the graph holds no source by that name.",
            )
        receipt = Receipt(current(data), tuple({row.text_hash: None for row in rows}), builder.report.gone, destroyed)
        counts = {"version": receipt.version.number, "sources": len(receipt.sources), "gone": receipt.gone}
        note(data, "withdraw", reason=told, told=counts)
        return receipt


def named(source: str, rows: list[SourceRecord]) -> list[SourceRecord]:
    """The rows of one source; the same text at several paths is one source."""
    key = source.partition("/sources/")[2].removesuffix(".txt") if "/sources/" in source else source
    path = str(Path(source).resolve())
    found = {
        row.text_hash
        for row in rows
        if source in (row.path, row.title)
        or path == row.path
        or (_HASH.fullmatch(key) and (row.text_hash.startswith(key) or row.file_hash.startswith(key)))
    }
    if len(found) > 1:
        raise UnknownValueError(
            f"{source}: flere kilder hedder sådan. Giv stien eller tekstens hash.",
            english=f"{source}: several sources go by that name. Give the path or the text's hash.",
        )
    return [row for row in rows if row.text_hash in found]


def known_already(data: Path, source: str) -> bool:
    """Whether an earlier withdrawal of this source is to be finished; its name is forgotten, its hash is not."""
    key = source.rpartition("/sources/")[2].removesuffix(".txt")
    found = read_withdrawals(data).sources
    return bool(_HASH.fullmatch(key)) and any(key in (s.text_hash, s.file_hash) for s in found)


def take_out(builder: Builder, rows: list[SourceRecord], reason: str) -> None:
    """Publishes a version without some sources, which are known from now on as withdrawn."""
    today = datetime.now(UTC).date().isoformat()
    found = read_withdrawals(builder.data)
    for row in rows:
        if not found.holds(row.text_hash):
            found.sources.append(WithdrawnSource(row.file_hash, row.text_hash, today, reason))
        del builder.held.sources[row.path]
    write_withdrawals(builder.data, found)
    builder.publish(builder.corpus(builder.read([])), withdrawn=reason)


def finish(data: Path) -> int:
    """Does what is left to do of every withdrawal so far; gives the number of files, versions and entries destroyed."""
    sources = read_withdrawals(data).sources
    if not sources:
        return 0
    follow_version(data, current(data), gone="withdrawn", reason=(sources[-1].reason, sources[-1].reason))
    return destroy(data)


def destroy(data: Path) -> int:
    """Destroys what is left of withdrawn sources: texts, files, older versions, and what the log said before.

    Gives the number of files, versions and log entries that went.
    """
    sources = read_withdrawals(data).sources
    hashes = {h for s in sources for h in (s.text_hash, s.file_hash)}
    kept = {h for row in holdings(current(data).record).sources.values() for h in (row.text_hash, row.file_hash)}
    count = 0
    for a_hash in sorted(hashes - kept):
        for path in (data / "sources" / a_hash, data / "sources" / f"{a_hash}.txt"):
            count += path.exists()
            path.unlink(missing_ok=True)
    in_force = current(data).number
    for version in versions(data):
        held = {row.text_hash for row in holdings(version.record).sources.values()}
        if version.number != in_force and held & hashes:
            destroy_version(version.folder)
            count += 1
    for leftover in (data / "versions").glob("*.part"):
        shutil.rmtree(leftover)
    return count + forget(data)
