"""Erasing: a person, an agenda item, a phrase or a source is taken out of everything, now and in every later build.

The suppression list gets a rule, all sources are read again with it, a version is published without the thing, and
whatever else holds it is destroyed or rewritten; then every file is searched for it. Until the new version is in force
the old one is; each step after that can be done again. So an erasure that was killed is finished by the same command.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from graph.audit import in_short, note, note_published
from graph.build import Address, Builder, opened
from graph.erasure.entries import joined, read_entries, write_entries
from graph.erasure.items import erased_spans
from graph.erasure.rules import Entry, Rules, entry, rules_of, suppressed_spans
from graph.erasure.targets import (
    first_failure,
    item_addresses,
    item_entry,
    long_lines,
    lost_places,
    lost_titles,
    municipality_of,
    person_entries,
    phrase_entry,
)
from graph.erasure.traces import (
    Renamed,
    carry_history,
    drop_decisions,
    purge,
    rewrite_decisions,
    rewritten,
    still_said,
)
from graph.erasure.withdrawals import follow_version
from graph.erasure.withdrawing import finish, known_already, named, take_out
from graph.errors import SettingsError, UnknownValueError
from graph.identity.keys import Names
from graph.identity.ledger import read_ledger
from graph.model import Minutes
from graph.privacy.masks import masked_text
from graph.privacy.reviewed import FILE as PRIVACY
from graph.privacy.reviewed import parse_reviewed, read_reviewed
from graph.sources import SourceRecord, text_of, unsaid
from graph.store import Reader, Version, current, only_builder

_ITEMS = """PREFIX sag: <https://w3id.org/sagsgraf/def#> PREFIX dct: <http://purl.org/dc/terms/>
SELECT DISTINCT ?item ?title WHERE { GRAPH ?g { ?item a sag:AgendaItem OPTIONAL { ?item dct:title ?title } } }"""
Corpus = list[tuple[Minutes, Names]]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be erased, why, and who says so: a kind, and how the thing is named."""

    kind: str
    thing: str
    reason: str
    author: str = ""
    municipality: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What an erasure did, without saying of what.

    `masked` sources hold it no more, `gone` things are gone from the graph, `destroyed` old files, versions and entries
    too; `files` were searched afterwards, and `places` are those that still hold it. `elsewhere` names stand in sources
    of other municipalities too, where they are other persons', and were not searched for.
    """

    kind: str
    version: Version
    masked: int
    gone: int
    destroyed: int
    files: int
    places: tuple[str, ...]
    elsewhere: int = 0

    def told(self) -> dict[str, int | str]:
        """The receipt as the audit log keeps it."""
        counts = {name: getattr(self, name) for name in ("masked", "gone", "destroyed", "files", "elsewhere")}
        return {"kind": self.kind, "version": self.version.number, **counts, "hits": len(self.places)}


def reached(point: str) -> None:
    """Nothing. The points on the way have names, so that tests can kill an erasure there."""


def erase(wish: Wish, *, data: Path, address: Address | None = None) -> Receipt:
    """Erases a thing everywhere. Raises UnknownValueError where there is none by that name, SettingsError where the
    reason says what must not be said, StoreLockedError where a build is under way."""
    address = address or Address()
    with only_builder(data):
        current(data)
        told = replace(wish, reason=in_short(wish.reason))
        receipt = erased_source(told, data, address) if wish.kind == "source" else erased_words(told, data, address)
        note(data, "erase", who=told.author, reason=told.reason, told=receipt.told())
        return receipt


def erased_words(wish: Wish, data: Path, address: Address) -> Receipt:
    """Erases a person, an item or a phrase."""
    known = read_entries(data, address.secret)
    own = entries_for(wish, data, address, known=known)
    mine = rules_of(own, address.secret)
    if suppressed_spans(f"{wish.reason}\n{wish.author}", mine):
        raise SettingsError(
            "--reason og --author må ikke nævne det, der slettes; de bliver stående.",
            english="--reason and --author may not name what is erased; they stay.",
        )
    entries = joined(known, own)
    rules = rules_of(entries, address.secret)
    renamed, builder = republished(wish, data, address, entries=entries)
    reached("published")
    follow_version(data, current(data), gone="withdrawn", reason=(wish.reason, wish.reason))
    note_published(data, current(data).number)
    destroyed = purge(data, rules, address.secret)
    reached("purged")
    elsewhere = [one for one in entries if stands_elsewhere(one, data, address)]
    sought = rules_of([one for one in entries if one not in elsewhere], address.secret)
    receipt = receipt_of(wish, builder, sought, masked=len(renamed), destroyed=destroyed)
    return replace(receipt, elsewhere=len(elsewhere))


def entries_for(wish: Wish, data: Path, address: Address, *, known: list[Entry]) -> list[Entry]:
    """The entries that erase what is wished; those of the list where it was erased before."""
    today = datetime.now(UTC).date().isoformat()
    builder = opened(data, address)
    if wish.kind == "person":
        select = Reader.open(current(data)).select
        code = municipality_of(builder, wish.municipality)
        found = person_entries(wish.thing, select, code=code, secret=address.secret, date=today)
    elif wish.kind == "item":
        found = [item_entry(wish.thing, builder, date=today)]
    else:
        found = [phrase_entry(wish.thing, secret=address.secret, date=today)]
    done = [one for one in known if any(one.covers(other) for other in found)]
    named_in_full = wish.kind != "person" or any(one.kind == "person" for one in found)
    if not done and not (named_in_full and any(one.runs for one in found)):
        raise unknown(wish.thing)
    return [*done, *(one for one in found if one.runs and not any(other.covers(one) for other in done))]


def unknown(thing: str) -> UnknownValueError:
    """The error for what the graph does not hold."""
    return UnknownValueError(
        f"{thing}: grafen har intet, der hedder sådan.", english=f"{thing}: the graph holds nothing by that name."
    )


def masked_hashes(data: Path, builder: Builder) -> dict[str, str]:
    """For each text held that says what was erased, its hash and the one it has when that is masked."""
    found: dict[str, str] = {}
    for row in builder.held.sources.values():
        text = text_of(data, row.text_hash) or ""
        masked = masked_text(text, erased_spans(text, builder.rules(row.municipality)))
        if masked != text:
            found[row.text_hash] = sha256(masked.encode("utf-8", "surrogatepass")).hexdigest()
    return found


def republished(wish: Wish, data: Path, address: Address, *, entries: list[Entry]) -> tuple[Renamed, Builder]:
    """Writes the list, puts people's decisions right and publishes a version that says nothing of what was erased.

    Before anything is written all sources are read so; raises SourceError where that cannot be, and nothing is changed.
    """
    before, builder = current(data), opened(data, address)
    if builder.erased == entries and before.record.get("fingerprint") == builder.fingerprint():
        return {}, builder
    builder.erased = entries
    rules, renamed = rules_of(entries, address.secret), masked_hashes(data, builder)
    privacy = data / PRIVACY
    if privacy.is_file():
        builder.reviewed = parse_reviewed(rewritten(privacy.read_text("utf-8"), rules, renamed), str(privacy))
    corpus = builder.corpus(builder.read([]))
    first_failure(builder.report.failed)
    if wish.kind == "item":
        keep_places(wish.thing, before, corpus)
    reached("read")
    write_entries(data, entries, address.secret)
    reached("listed")
    for path in (address.ledger(data), privacy):
        rewrite_decisions(path, rules, renamed)
    reached("decisions rewritten")
    builder.ledger = read_ledger(address.ledger(data))
    if wish.kind != "item":  # whose title alone, which is no rule, may stand in the history: it begins anew
        builder.more = partial(carry_history, before=before, rules=rules, renamed=renamed)
    builder.publish(corpus, withdrawn=wish.reason)
    return renamed, builder


def keep_places(written: str, before: Version, corpus: Corpus) -> None:
    """Raises UnknownValueError where items beside an erased one lose their addresses, or no shell of it is left.

    Sub-items are called by their place, so those beside one must have their titles still.
    """
    rows = Reader.open(before).select(_ITEMS, {})
    now = {place for minutes, names in corpus for place in item_addresses(minutes, names)}
    lost = lost_places(written, [row["item"]["value"] for row in rows], [iri for iri, _ in now])
    lost |= lost_titles(written, {(row["item"]["value"], row["title"]["value"]) for row in rows if "title" in row}, now)
    if lost:
        raise UnknownValueError(
            f"{written}: uden punktets ord kan dets plads ikke kendes i den opsætning ({len(lost)} punkter ville miste "
            "deres adresse). Slet ordene som phrase, eller kilden. Intet er ændret.",
            english=f"{written}: without its words the item's place cannot be told in that layout ({len(lost)} items "
            "would lose their address). Erase the words as phrases, or the source. Nothing was changed.",
        )


def stands_elsewhere(one: Entry, data: Path, address: Address) -> bool:
    """Whether a name that was erased in one municipality is that of another person in another's sources."""
    if not one.municipality:
        return False
    rows = opened(data, address).held.sources.values()
    others = (text_of(data, row.text_hash) or "" for row in rows if row.municipality != one.municipality)
    return any(suppressed_spans(text, rules_of([one], address.secret)) for text in others)


def erased_source(wish: Wish, data: Path, address: Address) -> Receipt:
    """Erases a source: withdraws it, and destroys what only a withdrawal leaves."""
    builder = opened(data, address)
    rows = named(wish.thing, list(builder.held.sources.values()))
    if not rows and not known_already(data, wish.thing):
        raise unknown(wish.thing)
    sought = rules_of([source_words(rows, builder)], address.secret)
    if rows:
        for path in (address.ledger(data), data / PRIVACY):
            drop_decisions(path, {name for row in rows for name in (row.path, row.title, row.text_hash, row.file_hash)})
        builder.ledger, builder.reviewed = read_ledger(address.ledger(data)), read_reviewed(data)
        take_out(builder, rows, wish.reason)
    reached("published")
    destroyed = finish(data) + purge(data, rules_of(read_entries(data, address.secret), address.secret), address.secret)
    reached("purged")
    return receipt_of(wish, builder, sought, masked=0, destroyed=destroyed)


def source_words(rows: list[SourceRecord], builder: Builder) -> Entry:
    """What only a source says: its long lines that stand in no other, sought afterwards and kept nowhere."""
    own = {row.text_hash for row in rows}
    others = {row.text_hash for row in builder.held.sources.values()} - own
    said = {told for key in others for told in long_lines(text_of(builder.data, key) or "")}
    lines = {told for key in own for told in long_lines(text_of(builder.data, key) or "")}
    return entry("source", sorted(lines - said), builder.address.secret, date="")


def receipt_of(wish: Wish, builder: Builder, rules: Rules, *, masked: int, destroyed: int) -> Receipt:
    """The receipt of an erasure, after every file of the data folder was searched."""
    data = builder.data
    searched, places = still_said(data, rules)
    return Receipt(
        wish.kind,
        current(data),
        masked=masked,
        gone=builder.report.gone,
        destroyed=destroyed,
        files=searched,
        places=tuple(unsaid(place, rules) for place in places),
    )
