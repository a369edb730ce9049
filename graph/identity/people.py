"""The same person under several ways of writing a name; who stands behind a post alone.

A name is one person in a municipality unless party or post keep namesakes apart. A shorter name is linked to a fuller
one where party, post or body agree and no other fits as well; what is less sure is a proposal for a person to judge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from graph.identity.keys import Names
from graph.identity.ledger import Ledger
from graph.identity.links import Clusters, Link
from graph.identity.name_forms import INITIALS, MIDDLE, SPELLING, block, fits, fullness, name_form
from graph.identity.namesakes import Profile, namesakes
from graph.identity.person_mentions import PersonMention
from graph.identity.review import reviewed

ACCEPT = 0.85
_BASE = {SPELLING: 0.9, MIDDLE: 0.8, INITIALS: 0.7}
_WAY = {
    SPELLING: "navnene er ens bortset fra stavemåden",
    MIDDLE: "det ene navn er det andet uden mellemnavn",
    INITIALS: "det ene navn er det andets forbogstaver",
}
_TERM = timedelta(days=4 * 366)
_MARGIN = 0.1
_FEW_HOLDERS = 6

Place = tuple[str, str]


@dataclass(frozen=True, slots=True)
class People:
    """The persons of a corpus.

    `leaders` gives for a person's key the one that holds; `placed` the person for a place and a key, where one name
    stands for several persons; `links` are all links found, accepted or not.
    """

    links: tuple[Link, ...] = ()
    leaders: dict[str, str] = field(default_factory=dict)
    placed: dict[Place, str] = field(default_factory=dict)

    def person(self, mention: PersonMention) -> str:
        """The person whom a mention by name is of."""
        own = self.placed.get((mention.place, mention.key), mention.key)
        return self.leaders.get(own, own)


def resolve_people(
    mentions: Iterable[PersonMention], names: Mapping[str, Names], ledger: Ledger | None = None
) -> People:
    """The persons behind mentions, in whatever order they come; `names` by municipality code."""
    ledger = ledger or Ledger()
    profiles = profiles_of(mentions, names)
    placed = {
        (mention.place, mention.key): profile.iri
        for profile in profiles.values()
        for mention in profile.mentions
        if mention.key != profile.iri
    }
    links = reviewed(name_links(profiles.values()), ledger, "/id/people/")
    clusters = joined(links, profiles)
    leaders: dict[str, str] = {}
    for group in clusters.groups():
        leader = fullest([profiles[iri] for iri in group if iri in profiles])
        leaders.update({iri: leader for iri in group if iri != leader})
    return People(tuple(links), leaders, placed)


def profiles_of(mentions: Iterable[PersonMention], names: Mapping[str, Names]) -> dict[str, Profile]:
    """Each name with what goes with it, by address; namesakes each for themselves."""
    by_key: dict[str, list[PersonMention]] = defaultdict(list)
    for mention in mentions:
        if mention.name:
            by_key[mention.key].append(mention)
    profiles: dict[str, Profile] = {}
    for key in sorted(by_key):
        held = by_key[key]
        name = min(m.name or "" for m in held)
        form, code = name_form(name), held[0].code
        if not form:
            continue
        initials = any(len(part) == 1 for part in form[:-1])
        for mark, own in namesakes(held, initials=initials).items():
            iri = names[code].person(name, mark) if mark else key
            profile = profiles[iri] = Profile(iri, name, form, code)
            for mention in own:
                profile.add(mention)
    return profiles


def name_links(profiles: Iterable[Profile]) -> list[Link]:
    """The links from each shorter name to the fuller one it stands for."""
    blocks: dict[tuple[str, tuple[str, str]], list[Profile]] = defaultdict(list)
    profiles = list(profiles)
    crowded = crowded_posts(profiles)
    for profile in profiles:
        if len(profile.form) > 1:
            blocks[profile.code, block(profile.form)].append(profile)
    links: list[Link] = []
    for _, block_of in sorted(blocks.items()):
        ordered = sorted(block_of, key=lambda p: (fullness(p.form), p.iri))
        for n, short in enumerate(ordered):
            links += chosen(short, ordered[n + 1 :], crowded)
    return links


def crowded_posts(profiles: Iterable[Profile]) -> frozenset[tuple[str, str]]:
    """The posts that so many people are named in that they tell nobody apart ("projektleder")."""
    held: dict[tuple[str, str], set[str]] = defaultdict(set)
    for profile in profiles:
        for post in profile.posts:
            held[profile.code, post].add(profile.form[-1])
    return frozenset(post for post, names in held.items() if len(names) > _FEW_HOLDERS)


def chosen(short: Profile, fuller: list[Profile], crowded: frozenset[tuple[str, str]]) -> list[Link]:
    """The link of one name to the fuller name that fits best; where several fit as well, proposals."""
    found = []
    for full in fuller:
        way = fits(short.form, full.form)
        if way is None or (way == SPELLING and short.name == full.name) or conflict(short, full):
            continue
        found.append((way, full))
    others = [full for way, full in found if way != SPELLING]
    alone = len({full.form for full in others}) == 1
    telling = frozenset(post for post in short.posts if (short.code, post) not in crowded)
    judged = [judge(short, full, way, alone=alone, telling=telling) for way, full in found]
    judged.sort(key=lambda k: (-k.score, k.target))
    if not judged:
        return []
    same = [link for link in judged if link.rule == f"person.{SPELLING}"]
    rest = [link for link in judged if link not in same]
    if len(rest) > 1 and rest[0].score - rest[1].score < _MARGIN and not variants(rest, others):
        rest = [proposal(link) for link in rest[:3]]
    return [*same, *(rest[:1] if rest and rest[0].accepted else rest[:3])]


def variants(links: list[Link], others: list[Profile]) -> bool:
    """Whether the fuller names that fit as well are themselves ways of writing one name."""
    best = [
        other for other in others if links[0].score - _MARGIN < next(k.score for k in links if k.target == other.iri)
    ]
    forms = sorted({other.form for other in best}, key=fullness)
    return len(forms) == 1 or all(fits(form, forms[-1]) for form in forms[:-1])


def conflict(short: Profile, full: Profile) -> bool:
    """Whether two names cannot be one person's: both in one roll call, or in other parties or posts at one time."""
    if short.listed & full.listed:
        return True
    if (short.parties and full.posts and not full.parties) or (full.parties and short.posts and not short.parties):
        return True
    if short.apart_in_time(full):
        return False
    other_party = short.parties and full.parties and not short.parties & full.parties
    return bool(other_party or (short.posts and full.posts and not short.posts & full.posts))


def judge(short: Profile, full: Profile, way: str, *, alone: bool, telling: frozenset[str]) -> Link:
    """The link between two names, with what speaks for it; `alone` where no other name fits.

    `telling` are the shorter name's posts that few hold.
    """
    score, reasons = _BASE[way], [_WAY[way]]
    if shared := sorted(telling & full.posts):
        score += 0.15
        reasons.append(f"samme stilling: {', '.join(shared)}")
    if shared := sorted(short.parties & full.parties):
        score += 0.12
        reasons.append(f"samme parti: {', '.join(p.upper() for p in shared)}")
    if short.bodies & full.bodies:
        score += 0.07
        reasons.append("nævnt i samme organ")
    if alone and way != SPELLING:
        score += 0.08
        reasons.append("intet andet navn i kommunen passer")
    if gap(short, full) > _TERM:
        score -= 0.2
        reasons.append("mere end en valgperiode imellem")
    spans = (*short.mentions[0].sightings, *full.mentions[0].sightings)
    score = round(min(0.98, score), 2)
    rule = f"person.{way}"
    return Link(short.iri, full.iri, rule, score, tuple(reasons), spans, accepted=score >= ACCEPT)


def gap(first: Profile, second: Profile) -> timedelta:
    """The time in which neither is named, between the one and the other."""
    return max(first.first, second.first) - min(first.last, second.last)


def proposal(link: Link) -> Link:
    """A link that fits no better than another, for a person to judge."""
    reasons = (*link.reasons, "et andet navn passer lige så godt")
    score = min(link.score, 0.6)
    return Link(link.source, link.target, link.rule, score, reasons, link.sightings, accepted=False)


def joined(links: Iterable[Link], profiles: Mapping[str, Profile]) -> Clusters:
    """The names that are one person's: people's decisions first, then the surest links that contradict nothing."""
    clusters = Clusters()
    listed: dict[str, set[str]] = {iri: profile.listed for iri, profile in profiles.items() if profile.listed}
    for link in links:
        if link.rejected:
            clusters.keep_apart(link.source, link.target)
    for link in sorted(links, key=lambda k: (not k.reviewed_by, -k.score, k.key)):
        if not link.accepted:
            continue
        one, other = clusters.root(link.source), clusters.root(link.target)
        here, there = listed.get(one, set()), listed.get(other, set())
        if (link.reviewed_by or not here & there) and clusters.join(one, other):
            listed[clusters.root(one)] = here | there
    return clusters


def fullest(profiles: list[Profile]) -> str:
    """The key that holds for several ways of writing a name: the fullest, most often seen, first by alphabet."""
    best = min(profiles, key=lambda p: (tuple(-n for n in fullness(p.form)), -len(p.mentions), p.name, p.iri))
    return best.iri
