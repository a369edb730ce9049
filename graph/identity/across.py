"""What holds across the sources of a corpus, worked out in order: bodies, people, posts, cases, attachments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.identity.attachments import link_attachments
from graph.identity.bodies import Bodies, resolve_bodies
from graph.identity.cases import leading_cases, link_cases
from graph.identity.handled import Handled, handled_items
from graph.identity.keys import Names
from graph.identity.ledger import Ledger
from graph.identity.links import Link
from graph.identity.people import People, resolve_people
from graph.identity.person_mentions import PersonMention, person_mentions
from graph.identity.posts import PostChange, held_posts, link_posts, post_changes
from graph.identity.review import reviewed
from graph.model import Minutes


@dataclass(frozen=True, slots=True)
class Across:
    """What holds across the sources of a corpus.

    `leaders` gives for every replaced key (case, person, body) the one that holds; `holders` the person behind a
    participation that names a post alone, by that place and the post; `unplaced` the names' keys that some place uses
    for nobody in particular.
    """

    handled: list[Handled]
    bodies: Bodies
    people: People
    cases: list[Link]
    links: list[Link]
    leaders: dict[str, str]
    holders: dict[tuple[str, str], str]
    unplaced: set[str]
    post_changes: list[PostChange]


def identify(corpus: Sequence[tuple[Minutes, Names]], ledger: Ledger | None = None) -> Across:
    """All that holds across a corpus, whichever order its sources come in; what people decided goes first.

    The ledger names things by their full addresses (`Ledger.at`).
    """
    ledger = ledger or Ledger()
    bodies = resolve_bodies(corpus, ledger)
    mentions = list(person_mentions(corpus))
    people = with_holdings(resolve_people(mentions, {n.settings.code: n for _, n in corpus}, ledger), mentions)
    held = held_posts(mentions, people)
    posts = link_posts(mentions, held, ledger)
    handled = handled_items(corpus)
    cases = link_cases(handled, bodies.line, ledger)
    attachments = reviewed(link_attachments(handled), ledger, "/id/attachments/")
    alone = {mention.place: mention.key for mention in mentions if mention.name is None}
    return Across(
        handled=handled,
        bodies=bodies,
        people=people,
        cases=cases,
        links=[*bodies.links, *people.links, *posts, *cases, *attachments],
        leaders={**bodies.leaders, **people.leaders, **leading_cases(cases)},
        holders={(p.source, alone[p.source]): p.target for p in posts if p.accepted and p.source in alone},
        unplaced={m.key for m in mentions if m.name and (m.place, m.key) not in people.placed},
        post_changes=post_changes(held),
    )


def with_holdings(people: People, mentions: Sequence[PersonMention]) -> People:
    """The people with their post holdings placed as well: a holding stands under the key that its own text mints."""
    placed = dict(people.placed)
    for mention in mentions:
        person = people.placed.get((mention.place, mention.key))
        if person and mention.post:
            placed[f"{mention.key}#holding-{mention.post}-{mention.day.isoformat()}", mention.key] = person
    return People(people.links, people.leaders, placed)
