"""One archive of what a graph is made from, and a graph made from it again.

The archive holds the sources as kept, what people decided, the lists of what was withdrawn and erased, and the audit
log; not the versions, which are built from it, nor the log of changes, which begins anew. The key is never in it, only
its fingerprint: keep the key elsewhere. What was erased since an archive was made stays erased: the list of the data
folder, or one that is given, is added to the archive's before anything is built.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from graph import __version__
from graph.audit import FILE as AUDIT
from graph.audit import note
from graph.build import Address, opened
from graph.build_report import BuildReport
from graph.confined import confine
from graph.erasure.entries import FILE as ERASED
from graph.erasure.entries import joined, parsed_list, read_entries, write_entries
from graph.erasure.erasing import masked_hashes
from graph.erasure.rules import fingerprint, rules_of
from graph.erasure.traces import purge, rewrite_decisions, still_said
from graph.erasure.withdrawals import FILE as WITHDRAWN
from graph.erasure.withdrawals import merged, parsed_withdrawals, read_withdrawals, write_withdrawals
from graph.errors import SettingsError, StoreError
from graph.identity.ledger import read_ledger
from graph.privacy.profiles import profile_of
from graph.privacy.reviewed import FILE as PRIVACY
from graph.privacy.reviewed import read_reviewed
from graph.room import need_octets
from graph.sources import Holdings, holdings
from graph.store import current, number_in_force, only_builder, write_whole

FORM = 1
MANIFEST, RECORD, LINKS = "manifest.json", "record.json", "links.toml"
TEXTS = (RECORD, LINKS, PRIVACY, ERASED, WITHDRAWN, AUDIT)
MOST, LARGEST = 1_000_000, 1 << 28
_SOURCE = re.compile(r"sources/[0-9a-f]{64}(\.txt)?")
_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restoring did: its build, how many files were searched for what was erased, and where it still stands."""

    report: BuildReport
    files: int
    places: tuple[str, ...]


def backup(target: Path, *, data: Path, address: Address) -> int:
    """Writes the archive of a data folder; gives the number of its files."""
    with only_builder(data):
        version = current(data)
        members = {RECORD: (version.folder / "record.json").read_bytes()}
        kept = {LINKS: address.ledger(data), **{name: data / name for name in (PRIVACY, ERASED, WITHDRAWN, AUDIT)}}
        members |= {name: path.read_bytes() for name, path in kept.items() if path.is_file()}
        held = holdings(version.record).sources.values()
        names = sorted(
            {name for row in held for name in (f"{row.text_hash}.txt", "" if row.media_type else row.file_hash)} - {""}
        )
        hashes = {name: sha256(content).hexdigest() for name, content in members.items()}
        part = target.with_name(f"{target.name}.part")
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in sorted(members.items()):
                archive.writestr(zipfile.ZipInfo(name, _TIME), content, zipfile.ZIP_DEFLATED)
            for name in names:
                content = (data / "sources" / name).read_bytes()
                hashes[f"sources/{name}"] = sha256(content).hexdigest()
                archive.writestr(zipfile.ZipInfo(f"sources/{name}", _TIME), content, zipfile.ZIP_DEFLATED)
            archive.writestr(zipfile.ZipInfo(MANIFEST, _TIME), json.dumps(manifest(address, hashes), indent=1))
        part.replace(target)
    return len(hashes)


def manifest(address: Address, hashes: Mapping[str, str]) -> dict[str, object]:
    """What an archive says of itself: its form, whose key and which base it needs, and the hash of every file."""
    return {
        "sagsgraf": __version__,
        "form": FORM,
        "key": fingerprint(address.secret),
        "base": address.base,
        "files": dict(hashes),
    }


def restore(source: Path, *, data: Path, address: Address, author: str = "", erased: Path | None = None) -> Restored:
    """Builds a graph from an archive in a data folder that holds none; `erased` is a newer list of what was erased.

    Raises StoreError where the archive is damaged or the folder holds a graph, SettingsError where key or base differ.
    """
    with only_builder(data), opened_archive(source) as archive:
        if number_in_force(data) is not None:
            raise StoreError(
                f"{data}: her er allerede en graf. Gendan i en tom mappe, og sæt den i stedet.",
                english=f"{data}: there is a graph here already. Restore into an empty folder and put that in place.",
            )
        told = checked(archive, source, address)
        record = json.loads(content_of(archive, RECORD, told))
        address = as_told_before(address, record, data)
        write_lists(archive, told, data=data, address=address, erased=erased)
        unpack(archive, told, data=data, address=address)
        builder = opened(data, address)
        builder.held = held_still(holdings(record), data)
        rules = rules_of(builder.erased, address.secret)
        renamed = masked_hashes(data, builder)
        for path in (address.ledger(data), data / PRIVACY):
            rewrite_decisions(path, rules, renamed)
        builder.ledger, builder.reviewed = read_ledger(address.ledger(data)), read_reviewed(data)
        builder.publish(builder.corpus(builder.read([])))
        purge(data, rules, address.secret)
        note(data, "restore", who=author, told={"version": current(data).number, "sources": len(builder.held.sources)})
        searched, places = still_said(data, rules)
        return Restored(builder.report, searched, tuple(places))


def as_told_before(address: Address, record: Mapping[str, object], data: Path) -> Address:
    """An address that tells of people and texts as far as the archive's graph did, or less where that is asked for."""
    was = str(record.get("profile", ""))
    profile = profile_of(address.profile, was)
    confine(data, profile, before=was)
    return replace(address, profile=profile)


def held_still(found: Holdings, data: Path) -> Holdings:
    """The holdings of an archive without the sources that were withdrawn, be it after it was made."""
    gone = read_withdrawals(data)
    kept = {p: row for p, row in found.sources.items() if not (gone.holds(row.text_hash) or gone.holds(row.file_hash))}
    return Holdings(kept, found.municipalities)


def opened_archive(source: Path) -> zipfile.ZipFile:
    """The archive of a file; StoreError where it is none."""
    try:
        return zipfile.ZipFile(source)
    except zipfile.BadZipFile:
        raise damaged(source, "den er ikke et zip-arkiv", "it is no zip archive") from None


def damaged(source: Path, danish: str, english: str) -> StoreError:
    """The error for an archive that cannot be trusted."""
    return StoreError(
        f"{source}: sikkerhedskopien kan ikke bruges: {danish}. Intet er gendannet.",
        english=f"{source}: the backup cannot be used: {english}. Nothing was restored.",
    )


def checked(archive: zipfile.ZipFile, source: Path, address: Address) -> dict[str, str]:
    """The hash of each file of an archive, once its names, sizes, form, key and base are as they must be."""
    members = archive.infolist()
    names = [member.filename for member in members]
    strange = [name for name in names if name not in (MANIFEST, *TEXTS) and not _SOURCE.fullmatch(name)]
    if strange or len(names) > MOST or len(set(names)) != len(names) or MANIFEST not in names or RECORD not in names:
        raise damaged(source, f"den rummer andet end ventet {strange[:1]}", f"it holds other files {strange[:1]}")
    if any(member.file_size > LARGEST for member in members):
        raise damaged(source, "en fil i den er for stor", "a file in it is too large")
    try:
        told = json.loads(archive.read(MANIFEST))
        form, key, base, hashes = told["form"], told["key"], told["base"], dict(told["files"])
    except (ValueError, KeyError, TypeError):
        raise damaged(source, "dens indholdsliste kan ikke læses", "its manifest cannot be read") from None
    if form != FORM or set(hashes) != set(names) - {MANIFEST}:
        raise damaged(source, "dens indholdsliste passer ikke", "its manifest does not fit")
    if key != fingerprint(address.secret):
        raise SettingsError(
            "sikkerhedskopien hører til en anden SAGSGRAF_KEY. Sæt den nøgle, og prøv igen.",
            english="the backup belongs to another SAGSGRAF_KEY. Set that key and try again.",
        )
    if base != address.base:
        raise SettingsError(
            f"sikkerhedskopien er lavet med SAGSGRAF_BASE={base}. Sæt den, og prøv igen.",
            english=f"the backup was made with SAGSGRAF_BASE={base}. Set it and try again.",
        )
    for name in names:
        if name != MANIFEST:
            content_of(archive, name, hashes)
    return hashes


def content_of(archive: zipfile.ZipFile, name: str, hashes: Mapping[str, str]) -> bytes:
    """The content of one file of an archive, never more than it declares; StoreError where it is not what it was."""
    try:
        with archive.open(name) as member:
            content = member.read(LARGEST + 1)
    except (zipfile.BadZipFile, EOFError, OSError, RuntimeError):
        content = b""
    if len(content) > LARGEST or sha256(content).hexdigest() != hashes[name]:
        raise damaged(Path(str(archive.filename)), f"{name} er ikke, som den var", f"{name} is not what it was")
    return content


def write_lists(
    archive: zipfile.ZipFile, hashes: Mapping[str, str], *, data: Path, address: Address, erased: Path | None
) -> None:
    """Writes the lists of what was erased and withdrawn: the folder's, the archive's and the newer one together."""
    lists = [content_of(archive, ERASED, hashes)] if ERASED in hashes else []
    lists += [erased.read_bytes()] if erased else []
    entries = read_entries(data, address.secret)
    for content in lists:
        entries = joined(entries, parsed_list(json.loads(content), address.secret))
    write_entries(data, entries, address.secret)
    if WITHDRAWN in hashes:
        theirs = parsed_withdrawals(json.loads(content_of(archive, WITHDRAWN, hashes)))
        write_withdrawals(data, merged(theirs, read_withdrawals(data)))


def unpack(archive: zipfile.ZipFile, hashes: Mapping[str, str], *, data: Path, address: Address) -> None:
    """Puts the sources and what people decided in their places; what stands there already stays."""
    need_octets(data, sum(member.file_size for member in archive.infolist()))
    (data / "sources").mkdir(exist_ok=True)
    for name, path in places(hashes, data, address):
        if not path.exists():
            write_whole(path, content_of(archive, name, hashes))


def places(hashes: Mapping[str, str], data: Path, address: Address) -> Iterator[tuple[str, Path]]:
    """Where each file of an archive belongs."""
    own = {LINKS: address.ledger(data), PRIVACY: data / PRIVACY, AUDIT: data / AUDIT}
    for name in hashes:
        if name in own:
            yield name, own[name]
        elif _SOURCE.fullmatch(name):
            yield name, data / name
