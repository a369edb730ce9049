"""The same case in several meetings, each link with its reasons: the only step that sees more than one source.

A case is followed by its number, by what a later item says of an earlier meeting, by a document that both carry, and
else by its title: two items are one case's when their titles share enough words that are rare in the municipality and
the same body treats both within two years, or the earlier item planned the later meeting. Anything less is a proposal
for a person to judge, never a link.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.identity.back_references import BackReference, back_references
from graph.identity.case_rules import WORTH_JUDGING, by_document, by_number, by_reference, by_title
from graph.identity.case_traits import Line, Traits, rarity, traits_of
from graph.identity.handled import Handled, handled_items, sighted
from graph.identity.ledger import Ledger
from graph.identity.links import Clusters, Link, Sighting
from graph.identity.review import REVIEWED, decided, own_link

__all__ = [
    "Handled", "Link", "Sighting", "handled_items", "leading_cases", "link_cases", "sighted",
]  # fmt: skip

_LATEST = 60  # so many of the latest items with a word are judged
HARD = frozenset({"case.number", "case.reference", "case.document"})


def link_cases(handled: Sequence[Handled], line: Line = str, ledger: Ledger | None = None) -> list[Link]:
    """The links from each item to earlier items of the same case, accepted, proposed and rejected.

    `line` gives the line of bodies that a body belongs to; what people decided goes before every rule.
    """
    linking = Linking(traits_of(handled, line), ledger or Ledger())
    linking.decide()
    for later in linking.traits:
        linking.follow(later)
    return sorted(linking.links, key=lambda link: (link.source, link.target, link.rule))


class Linking:
    """One pass over the items of a corpus in order of time, with what has been seen so far."""

    def __init__(self, traits: list[Traits], ledger: Ledger) -> None:
        self.traits, self.ledger = traits, ledger
        self.rare = rarity(traits)
        self.clusters = Clusters()
        self.links: list[Link] = []
        self.by_case = {one.case: one for one in traits}
        self.meetings: dict[str, set[str]] = {one.case: {one.meeting} for one in traits}
        self.by_number: dict[tuple[str, str], list[Traits]] = defaultdict(list)
        self.by_document: dict[str, list[Traits]] = defaultdict(list)
        self.by_word: dict[tuple[str, str], list[Traits]] = defaultdict(list)
        self.by_meeting: dict[tuple[str, str], list[Traits]] = defaultdict(list)

    def decide(self) -> None:
        """Joins and keeps apart what people decided, each with the link that the rules would have found."""
        there = [d for d in self.ledger.between("/id/cases/") if {d.source, d.target} <= self.by_case.keys()]
        for one in there:
            if not one.accepted:
                self.clusters.keep_apart(one.source, one.target)
        for one in there:
            if one.accepted:
                self.join(one.source, one.target)
            ends = sorted((one.source, one.target), key=lambda case: self.by_case[case].handled.order)
            earlier, later = self.by_case[ends[0]], self.by_case[ends[1]]
            bare = replace(own_link(one), source=later.case, target=earlier.case)
            self.links.append(decided(self.judged(earlier, later, self.references(later)) or bare, one))

    def follow(self, later: Traits) -> None:
        """Links one item to those before it, and keeps it for those to come."""
        references = self.references(later)
        judged = [self.judged(earlier, later, references) for earlier in self.candidates(later, references)]
        found = [link for link in judged if link and not self.ledger.of(link.source, link.target)]
        found.sort(key=lambda link: (-link.score, self.recency(link)))
        accepted = self.accept([link for link in found if link.accepted])
        self.links += accepted or [link for link in found if not link.accepted and self.open(link)][:1]
        self.keep(later)

    def accept(self, found: list[Link]) -> list[Link]:
        """The best link that can hold, and each further one that joins another case by more than its title."""
        held: list[Link] = []
        for link in found:
            more = self.clusters.root(link.source) != self.clusters.root(link.target)
            if (not held or (more and link.rule in HARD)) and self.join(link.source, link.target):
                held.append(link)
        return held

    def recency(self, link: Link) -> tuple[float, str]:
        """What puts the latest of equally good links first."""
        day = self.by_case[link.target].handled.day
        return -day.toordinal(), link.target

    def open(self, link: Link) -> bool:
        """Whether a proposal is still worth a person's while: the two are neither joined nor kept apart."""
        one, other = self.clusters.root(link.source), self.clusters.root(link.target)
        return one != other and not self.clusters.apart(one, other) and not self.meetings[one] & self.meetings[other]

    def join(self, source: str, target: str) -> bool:
        """Joins two cases, unless one meeting treated both as cases of their own or a person keeps them apart."""
        one, other = self.clusters.root(source), self.clusters.root(target)
        if one == other:
            return True
        here, there = self.meetings[one], self.meetings[other]
        reviewed = self.ledger.of(source, target) is not None
        if (here & there and not reviewed) or not self.clusters.join(one, other):
            return False
        self.meetings[self.clusters.root(one)] = here | there
        return True

    def keep(self, later: Traits) -> None:
        """Puts an item where later ones will find it."""
        code = later.handled.names.settings.code
        if later.case_number:
            self.by_number[code, later.case_number].append(later)
        for number in later.documents:
            self.by_document[number].append(later)
        for word in later.words:
            self.by_word[code, word].append(later)
        self.by_meeting[later.handled.names.body(later.handled.body), later.handled.day.isoformat()].append(later)

    def references(self, later: Traits) -> list[BackReference]:
        """The earlier meetings that an item names."""
        return list(back_references(later.handled))

    def candidates(self, later: Traits, references: list[BackReference]) -> list[Traits]:
        """The earlier items that may be of the same case, each once."""
        code = later.handled.names.settings.code
        found: dict[str, Traits] = {}
        if later.case_number:
            found.update((one.case, one) for one in self.by_number[code, later.case_number][-_LATEST:])
        for number in later.documents:
            found.update((one.case, one) for one in self.by_document[number])
        for reference in references:
            found.update((one.case, one) for one in self.by_meeting[reference.body, reference.day.isoformat()])
        weights: dict[str, float] = defaultdict(float)
        rare = self.rare[code]
        for word in sorted(later.words):
            worth = rare.of(word)
            for one in self.by_word[code, word][-_LATEST:] if worth > 0 else ():
                weights[one.case] += worth
        for case, weight in weights.items():
            if weight >= WORTH_JUDGING:
                found[case] = self.by_case[case]
        return [one for _, one in sorted(found.items()) if one.meeting != later.meeting]

    def judged(self, earlier: Traits, later: Traits, references: list[BackReference]) -> Link | None:
        """The best link between two items that any rule gives, or None."""
        rare = self.rare[later.handled.names.settings.code]
        links = (
            by_reference(earlier, later, references),
            by_number(earlier, later),
            by_document(earlier, later),
            by_title(earlier, later, rare),
        )
        return max((link for link in links if link), key=lambda link: (link.accepted, link.score), default=None)


def leading_cases(links: Iterable[Link]) -> dict[str, str]:
    """For each case key that is linked to an earlier one, the earliest key of all that are linked."""
    clusters = Clusters()
    for link in links:
        if link.accepted and (link.rule.startswith("case.") or link.rule == REVIEWED):
            clusters.join(link.source, link.target)
    leaders = {}
    for group in clusters.groups():
        leader = min(group, key=minted_on)
        leaders.update({case: leader for case in group if case != leader})
    return leaders


def minted_on(case: str) -> tuple[str, str]:
    """The day that stands in a case's key, and the key: what puts cases in order."""
    return case.rsplit("/", 2)[-2], case
