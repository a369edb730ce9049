"""What an erasure is of: the words that may never be said again of a person, an agenda item or a phrase."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import replace

from graph.build import Builder
from graph.erasure.items import item_span, labels, point_spans
from graph.erasure.names import name_variants
from graph.erasure.rules import Entry, entry, keyed, words
from graph.errors import SagsgrafError, UnknownValueError
from graph.identity.attachments import belonging
from graph.identity.handled import handled_items
from graph.identity.keys import Names, Treated, treated_items
from graph.model import Minutes
from graph.questions.resolve import Select

KINDS = ("person", "item", "phrase", "source")
_LONGEST_PHRASE = 200
_LONG_LINE = 6  # words from which on a line is told again in another version of the minutes
_ITEM = re.compile(r"(?:.*/)?(?:agenda-items|cases)/")
_KEY = re.compile(r"(?:.*/)?([0-9a-f]{20})")
_NAMES = """PREFIX foaf: <http://xmlns.com/foaf/0.1/>
SELECT DISTINCT ?person ?name WHERE {
  { ?person foaf:name ?name } UNION { GRAPH ?g { ?person foaf:name ?name } }
}"""
_SAME = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
SELECT DISTINCT ?one ?other WHERE {
  ?link a sag:Link ; sag:linkSource ?one ; sag:linkTarget ?other ; sag:reviewStatus ?status .
  FILTER(STRENDS(STR(?status), "/accepted"))
  FILTER(CONTAINS(STR(?one), "/id/people/") && CONTAINS(STR(?other), "/id/people/"))
}"""


def person_entries(written: str, select: Select, *, code: str, secret: bytes, date: str) -> list[Entry]:
    """The entries that erase a person of a municipality, by IRI, key or name: every way of writing, and every key."""
    key = _KEY.fullmatch(written)
    people = known_people(select, code)
    found = same_people(written, people, select)
    if key:
        found.add(written if written in people else next((iri for iri in people if iri.endswith(key[1])), written))
    names = sorted({name for iri in found for name in people.get(iri, ())} | ({written} if not key else set()))
    keys = sorted({iri.rpartition("/")[2] for iri in found} | ({key[1]} if key else set()))
    variants = {variant for name in names if len(words(name)) > 1 or name == written for variant in name_variants(name)}
    by_name = entry("person", variants, secret, date=date, municipality=code)
    by_key = entry("key", keys, secret, date=date)
    return [one for one in (by_name, by_key) if one.runs]


def known_people(select: Select, code: str) -> dict[str, list[str]]:
    """The names of each person of a municipality, in every graph."""
    people: dict[str, list[str]] = defaultdict(list)
    for row in select(_NAMES, {}):
        if f"/id/people/{code}/" in row["person"]["value"]:
            people[row["person"]["value"]].append(row["name"]["value"])
    return people


def same_people(written: str, people: dict[str, list[str]], select: Select) -> set[str]:
    """The addresses of a person: those with the name, and those that were found to be the same person."""
    told = words(written)
    found = {iri for iri, names in people.items() if any(words(name) == told for name in names)}
    found |= {iri for iri in people if iri == written or iri.endswith(f"/{written}")}
    links = [(row["one"]["value"], row["other"]["value"]) for row in select(_SAME, {})]
    while more := {end for link in links if found & set(link) for end in link} - found:
        found |= more
    return found


def phrase_entry(written: str, *, secret: bytes, date: str) -> Entry:
    """The entry that erases a phrase wherever it stands."""
    told = words(written)
    if not told or len(told) > _LONGEST_PHRASE or len("".join(told)) < 4:
        raise UnknownValueError(
            f"Skriv en vending på mindst 4 bogstaver og højst {_LONGEST_PHRASE} ord.",
            english=f"Write a phrase of at least 4 letters and at most {_LONGEST_PHRASE} words.",
        )
    return entry("phrase", [written], secret, date=date)


def item_entry(written: str, builder: Builder, *, date: str) -> Entry:
    """The entry that erases an agenda item, by the IRI of the item or of its case: its text, and its own lines."""
    secret = builder.address.secret
    mark = keyed(secret, "item", written.rpartition("/id/")[2] or written)
    corpus = builder.corpus(builder.read([]))
    texts = [text for minutes, names in corpus for text in item_texts(minutes, names, written)]
    own = {told for text in texts for told in long_lines(without(text, [text[b:e] for b, e in labels(text)]))}
    own |= {" ".join(words(text)) for minutes, names in corpus for text in file_texts(minutes, names, written)}
    for minutes, names in corpus:
        here = [*texts, *file_texts(minutes, names, written)]
        told_elsewhere = f" {' '.join(words(without(minutes.source.text, here)))} "
        own = {told for told in own if f" {told} " not in told_elsewhere}
    return replace(entry("item", [*texts, *sorted(own)], secret, date=date), mark=mark)


def item_addresses(minutes: Minutes, names: Names) -> list[tuple[str, str]]:
    """The addresses of a source's items, each with the item's title."""
    meeting = minutes.meeting
    if meeting.held_by is None or meeting.meeting_date is None:
        return []
    at = (meeting.held_by, meeting.meeting_date)
    rows = treated_items(minutes.agenda_items)
    return [(names.agenda_item(*at, row.key), row.agenda_item.title or "") for row in rows]


def lost_places(written: str, before: Iterable[str], after: Iterable[str]) -> set[str]:
    """The addresses of items that an erased item would take along, or its own where no shell of it is left.

    An item without a number is called by a hash of its title, so its shell has another address.
    """
    was, now = set(before), set(after)
    own = "/agenda-items/" + _ITEM.sub("", written)
    ours = {iri for iri in was if iri.endswith(own) or f"{own}." in iri}
    shell_left = bool(ours & now or now - was)
    return was - now - ours if shell_left else was - now


def lost_titles(written: str, before: Iterable[tuple[str, str]], after: Container[tuple[str, str]]) -> set[str]:
    """The addresses of those beside an erased sub-item that have another title now: they would be mistaken for it.

    >>> sorted(lost_titles("cases/x/1.2", [("y/x/1.1", "Vej"), ("y/x/1.2", "Park")], [("y/x/1.1", "Havn")]))
    ['y/x/1.1']
    """
    own = "/" + _ITEM.sub("", written)
    umbrella, dot, _ = own.rpartition(".")
    beside = ((iri, title) for iri, title in before if dot and f"{umbrella}." in iri and not iri.endswith(own))
    return {iri for iri, title in beside if (iri, title) not in after}


def without(text: str, parts: Iterable[str]) -> str:
    """A text without some parts of it."""
    for part in parts:
        text = text.replace(part, "\n")
    return text


def long_lines(text: str) -> Iterator[str]:
    """The folded words of each line that is long enough to be told again."""
    return (" ".join(told) for line in text.splitlines() if len(told := words(line)) >= _LONG_LINE)


def item_texts(minutes: Minutes, names: Names, written: str) -> Iterator[str]:
    """The text of an item from its title to its end, in each source that has it; its number stays, as a shell.

    A sub-item has a text in the case text, and one in the decision.
    """
    text = minutes.source.text
    for row in wanted_rows(minutes, names, written):
        umbrellas = (one for one in minutes.agenda_items if row.parent and row.agenda_item in one.agenda_items)
        umbrella = next(umbrellas, None)
        spans = point_spans(row.agenda_item, umbrella, text) if umbrella else [item_span(row.agenda_item, text)]
        yield from (text[begin:end] for begin, end in spans)


def wanted_rows(minutes: Minutes, names: Names, written: str) -> Iterator[Treated]:
    """The item or sub-item of a source that has an IRI, or whose case has it."""
    meeting = minutes.meeting
    if meeting.held_by is None or meeting.meeting_date is None:
        return
    at = (meeting.held_by, meeting.meeting_date)
    for row in treated_items(minutes.agenda_items):
        if is_called(written, names.agenda_item(*at, row.key), names.case(*at, row.key)):
            yield row


def is_called(written: str, *iris: str) -> bool:
    """Whether one of some IRIs is meant, written whole or without its base.

    >>> is_called("cases/0999/direktionen/2024-08-21/x.1", "http://127.0.0.1:8000/id/cases/0999/direktionen/2024-08-21/x.1")
    True
    """
    return any(iri == written or iri.endswith(f"/id/{written}") for iri in iris)


def file_texts(minutes: Minutes, names: Names, written: str) -> Iterator[str]:
    """The lines of the umbrella item's attachments that belong to a sub-item, from what stands behind their number."""
    handled = handled_items([(minutes, names)])
    cases = {one.case for one in handled if one.treated.parent and is_called(written, one.item, one.case)}
    for attachment, link in belonging(handled) if cases else ():
        if link.target in cases:
            told = [e for e in attachment.evidence if e.supports in ("identifier", "title", "case_file")]
            yield minutes.source.text[min(e.begin_index for e in told) : max(e.end_index for e in told)]


def municipality_of(builder: Builder, given: str) -> str:
    """The municipality meant: the one given, or the only one there is."""
    codes = sorted(builder.held.municipalities)
    if given in codes or (not given and len(codes) == 1):
        return given or codes[0]
    told = ", ".join(codes)
    raise UnknownValueError(
        f"Angiv kommunen med --municipality: {told}.", english=f"Give the municipality with --municipality: {told}."
    )


def first_failure(failed: Iterable[SagsgrafError]) -> None:
    """Raises the first error of a reading, if there is one."""
    for error in failed:
        raise error
