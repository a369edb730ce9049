"""Bodies across a corpus: one body under several names, and one that took over from another.

Two names of the same kind and the same fields are one body's, and its key replaces the others'. A committee that took
over under another name stays a body of its own; what runs across meetings then follows the line from old to new.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from graph.identity.body_marks import body_mark
from graph.identity.keys import Names, treated_items
from graph.identity.ledger import Ledger
from graph.identity.links import Clusters, Link, Sighting
from graph.identity.name_forms import block, name_form
from graph.identity.review import reviewed
from graph.model import Evidence, Minutes

Corpus = Sequence[tuple[Minutes, Names]]

_FORMERLY = re.compile(
    r"(?P<new>[A-ZÆØÅ][\wæøåÆØÅ,& -]{2,60}?(?:udvalget|rådet|udvalg|råd)) "
    r"(?:\((?:tidligere|det tidligere|før|hed før)|har afløst|afløser(?: det tidligere)?|træder i stedet for) "
    r"(?P<old>[A-ZÆØÅ][\wæøåÆØÅ,& -]{2,60}?(?:udvalget|rådet|udvalg|råd))\b"
)
_HANDOVER = timedelta(days=200)
_SAME_MEMBERS = 0.5
_SOME_MEMBERS = 0.25
_TERM = 2  # councils begin their term on 1 January of 2018, 2022, 2026: the remainder by four
SAME = "body.fields"


@dataclass(slots=True)
class Seen:
    """What a corpus tells of one body: its names, the days it met, who was listed there, and its case numbers."""

    names: Counter[str] = field(default_factory=Counter)
    mark: tuple[str, tuple[str, ...]] = ("", ())
    known: bool = False
    days: set[date] = field(default_factory=set)
    members: set[tuple[str, str]] = field(default_factory=set)
    cases: set[str] = field(default_factory=set)
    first: Sighting | None = None
    last: Sighting | None = None


@dataclass(frozen=True, slots=True)
class Bodies:
    """The bodies of a corpus: links between them, keys that another key holds for, and the line each belongs to."""

    links: tuple[Link, ...] = ()
    leaders: dict[str, str] = field(default_factory=dict)
    lines: dict[str, str] = field(default_factory=dict)

    def line(self, body: str) -> str:
        """The line of bodies that a body belongs to: the same for one that took over from another."""
        return self.lines.get(body, body)


def resolve_bodies(corpus: Corpus, ledger: Ledger | None = None) -> Bodies:
    """The bodies of a corpus, whichever order its sources come in; what people decided goes first."""
    ledger = ledger or Ledger()
    seen: dict[str, dict[str, Seen]] = defaultdict(dict)
    texts: list[tuple[Minutes, Names]] = []
    for minutes, names in corpus:
        gather(seen[names.settings.code], minutes, names)
        if "tidligere " in minutes.source.text or "afløs" in minutes.source.text or "i stedet" in minutes.source.text:
            texts.append((minutes, names))
    links: list[Link] = []
    for code in sorted(seen):
        links += same_fields(seen[code])
        links += successions(seen[code])
    told = [*stated_successions(texts, seen), *known_successions(corpus, seen)]
    links = reviewed([*links, *told], ledger, "/id/bodies/")
    same, line = joined(links)
    everything = {iri: row for rows in seen.values() for iri, row in rows.items()}
    leaders = {iri: leader for group in same.groups() for iri, leader in led(group, everything)}
    lines = {iri: min(group) for group in line.groups() for iri in group}
    return Bodies(tuple(links), leaders, lines)


def gather(seen: dict[str, Seen], minutes: Minutes, names: Names) -> None:
    """Adds what one source tells of bodies."""
    body, day = minutes.meeting.held_by, minutes.meeting.meeting_date
    for written in written_bodies(minutes):
        note(seen, written, names)
    if body is None or day is None:
        return
    row = note(seen, body, names)
    row.days.add(day)
    forms = (name_form(p.agent) for p in minutes.meeting.participations if p.agent)
    row.members |= {block(form) for form in forms if form}
    for treated in treated_items(minutes.agenda_items):
        if treated.agenda_item.case_number:
            row.cases.add(treated.agenda_item.case_number)
    place = heading(minutes)
    if place:
        row.first = place if row.first is None or day == min(row.days) else row.first
        row.last = place if day == max(row.days) else row.last


def note(seen: dict[str, Seen], written: str, names: Names) -> Seen:
    """What is known of a body so far, with one more sight of its name."""
    iri, name = names.body(written), names.body_name(written)
    row = seen.setdefault(iri, Seen())
    if not row.names:
        row.mark, row.known = body_mark(name, names.place), name in names.settings.kinds
    row.names[name] += 1
    return row


def written_bodies(minutes: Minutes) -> Iterable[str]:
    """Every body that a source names where the graph gets a node of it, as written."""
    for treated in treated_items(minutes.agenda_items):
        part = treated.agenda_item
        yield from (d.decided_by for d in part.decisions if d.decided_by)
        yield from (s.target_body for s in part.routing_steps if s.target_body)
        yield from (m.pref_label for m in part.mentions if m.mention_kind == "body")


def heading(minutes: Minutes) -> Sighting | None:
    """The words that tell whose meeting a source is of: its decision's or item's first line."""
    spans: list[Evidence] = [*minutes.meeting.sentences]
    for treated in treated_items(minutes.agenda_items):
        spans += treated.agenda_item.sentences
    return Sighting(minutes.source.text_hash, spans[0]) if spans else None


def same_fields(seen: dict[str, Seen]) -> list[Link]:
    """Links between names of one kind and the same fields; a name without its kind goes where just one body fits."""
    by_mark: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    by_fields: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for iri, row in sorted(seen.items()):
        if row.mark[0] and row.mark[1]:
            by_mark[row.mark].append(iri)
            by_fields[row.mark[1]].add(iri)
    pairs = [(iri, best(group, seen), 0.95) for group in by_mark.values() for iri in group]
    for iri, row in sorted(seen.items()):
        if not row.mark[0] and len({seen[other].mark for other in by_fields[row.mark[1]]}) == 1:
            pairs.append((iri, best(by_fields[row.mark[1]], seen), 0.85))
    links = []
    for iri, leader, score in pairs:
        if iri != leader:
            reason = f"»{name_of(seen[iri])}« og »{name_of(seen[leader])}« er samme slags organ for de samme områder"
            links.append(link_of((iri, leader), SAME, score, reasons=(reason,), seen=seen))
    return links


def best(group: Iterable[str], seen: dict[str, Seen]) -> str:
    """The key that holds for a body's names: one of the settings, else the one most often seen."""
    return min(group, key=lambda iri: (not seen[iri].known, -sum(seen[iri].names.values()), iri))


def name_of(row: Seen) -> str:
    """The name that a body is most often written by."""
    return min(row.names, key=lambda name: (-row.names[name], name))


def successions(seen: dict[str, Seen]) -> list[Link]:
    """Links from a body that stopped meeting to the one that began then, where members, fields or cases carry over."""
    held = {iri: row for iri, row in seen.items() if row.days}
    links, contested = list[Link](), set[str]()
    for old, before in sorted(held.items()):
        follow = [
            (iri, row)
            for iri, row in sorted(held.items())
            if timedelta(0) < min(row.days) - max(before.days) <= _HANDOVER and row.mark != before.mark
        ]
        judged = [found for iri, row in follow if (found := succession((old, before), (iri, row), seen)) is not None]
        judged.sort(key=lambda link: (-link.score, link.target))
        contested |= {iri for link in judged for iri in (link.source, link.target)} if len(judged) > 1 else set()
        for link in judged[:1]:
            rivals = [other for other in judged[1:] if other.score == link.score]
            links.append(link if not rivals else proposal(link))
    ends = Counter(iri for link in links for iri in (link.source, link.target))
    contested |= {iri for iri, times in ends.items() if times > 1}
    return [link if {link.source, link.target} & contested else at_term(link, held) for link in links]


def at_term(link: Link, held: dict[str, Seen]) -> Link:
    """A link between two bodies without other partners; accepted where they change with the term and share a field
    and some members.

    A new council has new members and begins new cases, so that nothing else carries over from before.
    """
    before, after = held[link.source], held[link.target]
    last, first = max(before.days), min(after.days)
    changes = any(last < date(year, 1, 1) <= first for year in range(last.year, first.year + 1) if year % 4 == _TERM)
    some = len(before.members & after.members) >= _SOME_MEMBERS * max(1, min(len(before.members), len(after.members)))
    if link.accepted or not (changes and some and set(before.mark[1]) & set(after.mark[1])):
        return link
    reason = "skiftet sker ved en ny valgperiode, og intet andet organ kan være fulgt efter"
    return replace(link, score=0.75, reasons=(*link.reasons, reason), accepted=True)


def succession(first: tuple[str, Seen], second: tuple[str, Seen], seen: dict[str, Seen]) -> Link | None:
    """The link from a body to one that may have taken over from it, or None where nothing carries over."""
    (old, before), (new, after) = first, second
    if before.mark[0] != after.mark[0] or max(after.days) < max(before.days):
        return None
    members = len(before.members & after.members) / max(1, min(len(before.members), len(after.members)))
    fields = sorted(set(before.mark[1]) & set(after.mark[1]))
    cases = before.cases & after.cases
    reasons = [
        f"»{name_of(before)}« holder sit sidste møde, før »{name_of(after)}« holder sit første",
        *([f"{members:.0%} af medlemmerne er de samme"] if members >= _SAME_MEMBERS else []),
        *([f"begge har ansvar for {', '.join(fields)}"] if fields else []),
        *([f"{len(cases)} sager går videre med samme nummer"] if len(cases) > 1 else []),
    ]
    if len(reasons) == 1:
        return None
    accepted = len(reasons) > 2  # two of: members, fields, cases
    score = min(0.95, 0.35 + 0.35 * members + (0.15 if fields else 0) + (0.15 if len(cases) > 1 else 0))
    link = link_of((old, new), "body.succession", score, reasons=tuple(reasons), seen=seen)
    return link if accepted else proposal(link)


def stated_successions(texts: list[tuple[Minutes, Names]], seen: dict[str, dict[str, Seen]]) -> list[Link]:
    """Links that a text states in words: "Klima- og Miljøudvalget (tidligere Teknik- og Miljøudvalget)"."""
    links = []
    for minutes, names in texts:
        text, rows = minutes.source.text, seen[names.settings.code]
        for found in _FORMERLY.finditer(text):
            old, new = names.body(found["old"]), names.body(found["new"])
            if old != new and old in rows and new in rows:
                place = Sighting(minutes.source.text_hash, Evidence(found.start(), found.end(), found[0]))
                links.append(Link(old, new, "body.stated", 0.95, ("teksten siger det selv",), (place,), accepted=True))
    return links


def known_successions(corpus: Corpus, seen: dict[str, dict[str, Seen]]) -> list[Link]:
    """Links that the settings of a municipality state."""
    links: dict[tuple[str, str], Link] = {}
    for names in {names.settings.code: names for _, names in corpus}.values():
        rows = seen[names.settings.code]
        for one in names.settings.successions:
            old, new = names.body(one.old), names.body(one.new)
            if old != new and old in rows and new in rows:
                reason = f"kommunens indstillinger siger det: fra den {one.day.isoformat()}"
                links[old, new] = link_of((old, new), "body.settings", 0.99, reasons=(reason,), seen=rows)
    return [link for _, link in sorted(links.items())]


def link_of(ends: tuple[str, str], rule: str, score: float, *, reasons: tuple[str, ...], seen: dict[str, Seen]) -> Link:
    """An accepted link between two bodies, with the heading that each is seen in."""
    source, target = ends
    spans = tuple(place for place in (seen[source].last, seen[target].first) if place)
    return Link(source, target, rule, round(score, 2), reasons, spans, accepted=True)


def proposal(link: Link) -> Link:
    """The same link, for a person to judge."""
    return Link(link.source, link.target, link.rule, min(link.score, 0.6), link.reasons, link.sightings, accepted=False)


def joined(links: list[Link]) -> tuple[Clusters, Clusters]:
    """The names that are one body's, and the bodies of one line; what was refused is never joined by a detour."""
    same, line = Clusters(), Clusters()
    for link in links:
        if link.rejected:
            same.keep_apart(link.source, link.target)
            line.keep_apart(link.source, link.target)
    for link in links:
        if link.accepted and link.rule == SAME:
            same.join(link.source, link.target)
        if link.accepted:
            line.join(link.source, link.target)
    return same, line


def led(group: list[str], seen: dict[str, Seen]) -> Iterable[tuple[str, str]]:
    """Each key of a group but the one that holds, with the one that holds."""
    there = [iri for iri in group if iri in seen]
    if not there:
        return ()
    leader = best(there, seen)
    return ((iri, leader) for iri in group if iri != leader)
