"""Where an erased thing leaves traces outside the graph: decisions, the log of changes, tombstones, kept answers."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from graph.audit import blank
from graph.changelog import forget, rename
from graph.clearing import clear
from graph.erasure.rules import Rules, suppressed_spans
from graph.erasure.search import hits, says
from graph.erasure.withdrawals import read_withdrawals, sealed_name, write_withdrawals
from graph.history import CHANGES, SEEN, changes, seen
from graph.sources import holdings, unsaid
from graph.store import Version, current, statements, write_whole

_TABLE = re.compile(r"^(?=\[\[)", re.MULTILINE)
_SHORT_HASH = 12
_TOLD = ("source", "target", "read", "correct")  # what a decision is about; of a quote or a reason the rest stands

Renamed = Mapping[str, str]  # the hash of a text → its hash since it was masked


def rewrite_decisions(path: Path, rules: Rules, renamed: Renamed) -> None:
    """Takes what was erased out of a file of people's decisions: a table about it goes, a quote of it is masked."""
    if path.is_file():
        text = path.read_text("utf-8")
        now = rewritten(text, rules, renamed)
        if now != text:
            write_whole(path, now)


def rewritten(text: str, rules: Rules, renamed: Renamed) -> str:
    """The text of such a file without what was erased, and with the hashes that hold now."""
    kept = "".join(cleared for block in _TABLE.split(text) if (cleared := cleared_block(block, rules)) is not None)
    for old, new in renamed.items():
        kept = kept.replace(old, new)
        kept = re.sub(rf'"{old[:12]}[0-9a-f]*"', f'"{new}"', kept)
    return kept


def cleared_block(block: str, rules: Rules) -> str | None:
    """A table of decisions as it may stand; None where it is about what was erased."""
    now = unsaid(block, rules)
    if not block.startswith("[["):
        return now
    before, after = (next(iter(tomllib.loads(text).values()))[0] for text in (block, now))
    if any(before.get(key) != after.get(key) for key in _TOLD):
        return None
    hidden = any(suppressed_spans(str(value), rules) for value in after.values())  # written with escapes
    return None if hidden else now


def drop_decisions(path: Path, names: Iterable[str]) -> None:
    """Takes the tables about a source that is erased out of a file of people's decisions; it goes by several names."""
    if path.is_file():
        known, text = set(names), path.read_text("utf-8")
        kept = "".join(block for block in _TABLE.split(text) if not is_about(block, known))
        if kept != text:
            write_whole(path, kept)


def is_about(block: str, names: Collection[str]) -> bool:
    """Whether a table of decisions is about a source, by its path, its title, or twelve digits or more of its hash."""
    if not block.startswith("[["):
        return False
    told = str(next(iter(tomllib.loads(block).values()))[0].get("source", ""))
    return told in names or (len(told) >= _SHORT_HASH and any(name.startswith(told) for name in names))


def carry_history(version: Version, before: Version, *, rules: Rules, renamed: Renamed) -> None:
    """Gives a version the history of the one before, but for what says what was erased, or rests on a text with it."""
    since = {renamed_in(iri, renamed): moment for iri, moment in seen(before).items()}
    now = {iri: since.get(iri, moment) for iri, moment in seen(version).items()}
    write_whole(version.folder / SEEN, json.dumps(now))
    earlier = (json.dumps(change.as_json(), ensure_ascii=False) for change in changes(before))
    kept = [
        json.loads(told)
        for told in earlier
        if not suppressed_spans(told, rules) and not any(old in told for old in renamed)
    ]
    write_whole(version.folder / CHANGES, json.dumps(kept, ensure_ascii=False))


def renamed_in(text: str, renamed: Renamed) -> str:
    """A text with the hashes that hold now."""
    for old, new in renamed.items():
        text = text.replace(old, new)
    return text


def purge(data: Path, rules: Rules, secret: bytes) -> int:
    """Destroys what is left of erased things outside the version in force; gives how much that was.

    Every step can be done again, so that one that was killed is finished by the next.
    """
    destroyed = clear(data) + forget(data) + rename_gone(data, rules, secret)
    for folder in (data / "graphs", data / "scratch"):  # a copy that nobody rewrites, in files that are packed
        if folder.is_dir():
            shutil.rmtree(folder)
            destroyed += 1
    for leftover in data.glob("*.part"):
        leftover.unlink()
        destroyed += 1
    return destroyed + blank(data, lambda text: bool(suppressed_spans(text, rules)))


def rename_gone(data: Path, rules: Rules, secret: bytes) -> int:
    """Gives what is gone a name that does not say what was erased, in the log and on the tombstones.

    So are sources: the hash of a text would let anybody try names on the mask in what is left of it.
    """
    held = {row.text_hash for row in holdings(current(data).record).sources.values()}
    found = read_withdrawals(data)
    known = held | {source.text_hash for source in found.sources}

    def name(iri: str) -> str:
        before, is_source, text_hash = iri.partition("/sources/")
        secretive = suppressed_spans(iri, rules) or (is_source and text_hash not in known)
        return sealed_name(iri, secret) if secretive and before else iri

    stones = {
        name(iri): replace(stone, reason=unsaid(stone.reason, rules), english=unsaid(stone.english, rules))
        for iri, stone in found.tombstones.items()
    }
    if stones != found.tombstones:
        found.tombstones = stones
        write_withdrawals(data, found)
    return rename(data, name)


def still_said(data: Path, rules: Rules) -> tuple[int, list[str]]:
    """How many files of a data folder were searched for what was erased, and those where it still stands.

    The store packs its own, so it is asked for every term that it holds.
    """
    store = current(data).store
    searched = [path for path in files(data) if path.name != "LOCK"]
    places = [path for path in searched if path.suffix != ".sst" and hits(path, rules)]
    terms = {term for quad in statements(current(data)) for term in quad}
    if says("\n".join(terms).encode(), rules):
        places.append(store)
    return len(searched), [str(path.relative_to(data)) for path in places]


def files(folder: Path) -> Iterator[Path]:
    """Every file below a folder, in a steady order."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
