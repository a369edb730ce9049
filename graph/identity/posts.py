"""Who stands behind a post that is named alone, and posts that changed from acting to permanent.

A post's holder is known on the days that texts name, and no longer. Between two days with the same holder, and for a
year beside one, a post alone is taken to be that holder's; a post that several hold at a time is nobody's.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from graph.identity.ledger import Ledger
from graph.identity.links import Link, Sighting
from graph.identity.people import People
from graph.identity.person_mentions import CHAIRS, PersonMention
from graph.identity.review import reviewed

RULE = "post.holder"
_BETWEEN = timedelta(days=3 * 366)
_BESIDE = timedelta(days=366)
# posts that many hold at once
_MANY = ("konsulent", "leder", "medarbejder", "sekretaer", "sagsbehandler", "medlem", "ingenioer", "planlaegger")
# posts that name no field, so that every department has one
_GENERAL = frozenset({"chef", "direktoer", "fagdirektoer", "fagchef", "afdelingschef", "centerchef", "omraadechef"})

Post = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A person in a post on a day, as a text states it."""

    day: date
    person: str
    status: str
    mention: PersonMention


@dataclass(frozen=True, slots=True)
class PostChange:
    """A post that a person held as acting and later in its own right; both days are those of the texts."""

    person: str
    post: str
    acting_on: date
    permanent_on: date
    sightings: tuple[Sighting, ...]


def post_of_mention(mention: PersonMention) -> Post:
    """The post of a mention: the municipality's, or the body's where it is a chair."""
    return mention.code, mention.post, mention.body if mention.post in CHAIRS else ""


def held_posts(mentions: Iterable[PersonMention], people: People) -> dict[Post, list[HeldPost]]:
    """For each post whom the texts name in it, by day; those whom an item's own post names are left out."""
    found: dict[Post, set[tuple[date, str, str]]] = defaultdict(set)
    where: dict[tuple[Post, date, str, str], PersonMention] = {}
    for mention in mentions:
        if mention.name and mention.post and mention.status != "former":
            post = post_of_mention(mention)
            row = (mention.day, people.person(mention), mention.status)
            found[post].add(row)
            known = where.get((post, *row))
            if known is None or (mention.source, mention.place) < (known.source, known.place):
                where[post, *row] = mention
    return {post: [HeldPost(*row, where[post, *row]) for row in sorted(rows)] for post, rows in sorted(found.items())}


def single(held: list[HeldPost]) -> bool:
    """Whether one person at a time holds a post: nobody comes back after another, and no two share a day."""
    post = held[0].mention.post
    if post.endswith(_MANY) or post in _GENERAL:
        return False
    order = [h.person for n, h in enumerate(held) if n == 0 or held[n - 1].person != h.person]
    days = {(h.day, h.person) for h in held}
    return len(order) == len(set(order)) and len(days) == len({day for day, _ in days})


def link_posts(
    mentions: Iterable[PersonMention], held: Mapping[Post, list[HeldPost]], ledger: Ledger | None = None
) -> list[Link]:
    """The links from posts named alone to their holders, accepted and proposed."""
    links = []
    alone = {post: single(rows) for post, rows in held.items()}
    for mention in mentions:
        post = post_of_mention(mention)
        if mention.name is None and alone.get(post):
            link = holder_on(mention, held[post])
            links += [link] if link else []
    return reviewed(links, ledger or Ledger(), "#participation-")


def holder_on(mention: PersonMention, held: list[HeldPost]) -> Link | None:
    """The link from a post alone to whom texts before and after name in it."""
    place = bisect_left([h.day for h in held], mention.day)
    before = held[place - 1] if place else None
    after = held[place] if place < len(held) else None
    if before and after and before.person == after.person and after.day - before.day <= _BETWEEN:
        return link_to(before, mention, score=0.9, reason=told(before, after), other=after)
    near = [h for h in (before, after) if h is not None]
    closest = min(near, key=lambda h: (abs(h.day - mention.day), h.day))
    distance = abs(closest.day - mention.day)
    sure = len({h.person for h in near}) == 1 or distance == timedelta(0)
    acting = closest.status == "acting" and distance > timedelta(0) and closest is before
    if distance > _BESIDE * 3:
        return None
    if not sure or acting or distance > _BESIDE:
        return link_to(closest, mention, score=0.5, reason=f"{told(closest)}; det er ikke sikkert, hvem der var det da")
    return link_to(closest, mention, score=0.85 if distance == timedelta(0) else 0.75, reason=told(closest))


def told(*held: HeldPost) -> str:
    """On which days texts name the holder, in words."""
    return f"samme person er nævnt i stillingen {' og '.join(f'den {h.day.isoformat()}' for h in held)}"


def link_to(
    holder: HeldPost, mention: PersonMention, *, score: float, reason: str, other: HeldPost | None = None
) -> Link:
    """The link from a post's participation to its holder."""
    spans = (*mention.sightings, *holder.mention.sightings, *(other.mention.sightings if other else ()))
    reasons = ("kun stillingen er nævnt", reason)
    return Link(mention.place, holder.person, RULE, score, reasons, tuple(dict.fromkeys(spans)), accepted=score > 0.6)


def post_changes(held: Mapping[Post, list[HeldPost]]) -> list[PostChange]:
    """The persons who were acting in a post and then named in it without that word, in a steady order."""
    found = []
    for (_, post, _), rows in sorted(held.items()):
        acting = {h.person: h for h in rows if h.status == "acting"}
        plain: dict[str, HeldPost] = {}
        for row in rows:
            if row.status == "plain" and row.person in acting and row.day > acting[row.person].day:
                plain.setdefault(row.person, row)
        for person, row in sorted(plain.items()):
            spans = (*acting[person].mention.sightings, *row.mention.sightings)
            found.append(PostChange(person, post, acting[person].day, row.day, spans))
    return found
