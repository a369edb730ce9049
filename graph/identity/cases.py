"""The same case in several meetings, each link with its reasons: the only step that sees more than one source.

Two items are taken for one case when their titles share enough words that are rare in the corpus and either the same
body treats both within two years, or the earlier item announced the later meeting. Anything less is a proposal for a
person to judge, never a link.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz

from graph.identity.keys import Names, Treated, treated_items
from graph.identity.words import telling_words
from graph.model import Evidence, Minutes

ACCEPT = 65.0
MONTHS_APART = 24


@dataclass(frozen=True, slots=True)
class Handled:
    """One item that concerns a case, in the meeting that it belongs to."""

    minutes: Minutes
    names: Names
    treated: Treated
    body: str
    day: date

    @property
    def case(self) -> str:
        """The case that the item mints."""
        return self.names.case(self.body, self.day, self.treated.key)

    @property
    def item(self) -> str:
        """The item's IRI."""
        return self.names.agenda_item(self.body, self.day, self.treated.key)

    @property
    def order(self) -> tuple[date, str]:
        """What puts handled items in a steady order of time."""
        return self.day, self.case


@dataclass(frozen=True, slots=True)
class Sighting:
    """The words of one source that a link rests on."""

    source: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Link:
    """One link between two things, with its reasons; a link that is not accepted waits for a person."""

    source: str
    target: str
    rule: str
    score: float
    reasons: tuple[str, ...]
    sightings: tuple[Sighting, ...]
    accepted: bool

    @property
    def key(self) -> str:
        """A steady key, from what is linked and by which rule."""
        return hashlib.sha256(f"{self.source} {self.target} {self.rule}".encode()).hexdigest()[:16]


def handled_items(corpus: Iterable[tuple[Minutes, Names]]) -> list[Handled]:
    """Every item of a corpus that concerns a case, earliest first; agenda and minutes of one meeting are one entry."""
    found: dict[str, Handled] = {}
    for minutes, names in corpus:
        body, day = minutes.meeting.held_by, minutes.meeting.meeting_date
        if body is None or day is None:
            continue
        for treated in treated_items(minutes.agenda_items):
            handled = Handled(minutes, names, treated, body, day)
            known = found.get(handled.case)
            if not treated.umbrella and (known is None or len(treated.agenda_item.decisions) > 0):
                found[handled.case] = handled
    return sorted(found.values(), key=lambda h: h.order)


def rare_words(handled: Sequence[Handled]) -> dict[str, frozenset[str]]:
    """For each case key the words of its title that few other titles hold."""
    titles = {h.case: telling_words(h.treated.agenda_item.title or "") for h in handled}
    counts = Counter(word for words in titles.values() for word in words)
    bar = max(4, len(handled) // 20)
    return {case: frozenset(w for w in words if counts[w] <= bar) for case, words in titles.items()}


def link_cases(handled: Sequence[Handled]) -> list[Link]:
    """The links from each item to the latest earlier item of the same case, accepted and proposed."""
    words = rare_words(handled)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    links: list[Link] = []
    for n, later in enumerate(handled):
        code = later.names.settings.code
        earlier = sorted({m for word in words[later.case] for m in holders[code, word]}, reverse=True)
        judged = [judge(handled[m], later, words) for m in earlier]
        accepted = [link for link in judged if link and link.accepted]
        proposed = [link for link in judged if link and not link.accepted]
        links += accepted[:1] or proposed[:1]
        for word in words[later.case]:
            holders[code, word].append(n)
    return links


def judge(earlier: Handled, later: Handled, words: dict[str, frozenset[str]]) -> Link | None:
    """The link between two items, or None where too little speaks for it."""
    if (later.day, later.body) == (earlier.day, earlier.body):
        return None
    first, second = words[earlier.case], words[later.case]
    shared = sorted(first & second)
    score = fuzz.token_set_ratio(" ".join(sorted(first)), " ".join(sorted(second)))
    if not shared or score < ACCEPT:
        return None
    same_body = earlier.names.body(earlier.body) == later.names.body(later.body)
    announced = announces(earlier, later)
    months = (later.day.year - earlier.day.year) * 12 + later.day.month - earlier.day.month
    near = months <= MONTHS_APART
    reasons = [
        f"titlerne deler de sjældne ord: {', '.join(shared)}",
        f"titlerne ligner hinanden ({score:.0f} af 100)",
    ]
    if announced:
        reasons.append(f"det første punkt varsler mødet i {later.body} den {later.day.isoformat()}")
    if same_body:
        reasons.append(f"samme organ ({later.body}) inden for {MONTHS_APART} måneder")
    accepted = near and (announced or (same_body and len(shared) >= 2))
    return Link(
        source=later.case,
        target=earlier.case,
        rule="case.announced" if announced else "case.title",
        score=round(min(0.95, score / 100 * (0.95 if announced else 0.85)), 2),
        reasons=tuple(reasons),
        sightings=(*sighted(earlier), *sighted(later)),
        accepted=accepted,
    )


def announces(earlier: Handled, later: Handled) -> bool:
    """Whether the earlier item plans a stop in the later item's body on its very day."""
    steps = earlier.treated.agenda_item.routing_steps
    body = later.names.body(later.body)
    return any(
        s.target_body and s.planned_date == later.day and earlier.names.body(s.target_body) == body for s in steps
    )


def sighted(handled: Handled) -> tuple[Sighting, ...]:
    """The words that stand for an item: its title's line."""
    sentences = handled.treated.agenda_item.sentences[:1]
    return tuple(Sighting(handled.minutes.source.text_hash, evidence) for evidence in sentences)


def leading_cases(links: Iterable[Link]) -> dict[str, str]:
    """For each case key that is linked to an earlier one, the earliest key of its chain."""
    parents = {link.source: link.target for link in links if link.accepted}

    def leader(case: str) -> str:
        while case in parents:
            case = parents[case]
        return case

    return {case: leader(case) for case in parents}
