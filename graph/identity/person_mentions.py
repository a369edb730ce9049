"""Where sources name persons, or a post alone: what people are told from, one row a mention."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from graph.danish.bodies import read_bodies, read_units
from graph.danish.titles import post_of
from graph.identity.keys import Names, Treated, normal, slug, treated_items
from graph.identity.links import Sighting
from graph.model import AgendaItem, Claim, Commitment, Minutes, Participation

# Who takes part in a body's work, or is announced to, becomes a node; citizens and people merely named do not.
TAKES_PART = frozenset({"announced", "recorded", "present", "absent", "recused"})
LISTED = frozenset({"present", "absent"})
# Posts that a body has, not the municipality; elected people hold them.
CHAIRS = frozenset({"formand", "naestformand", "udvalgsformand", "borgmester", "viceborgmester", "raadmand"})
# the national parties by name, so that a name and its letter are one mark
PARTIES = {
    "socialdemokratiet": "a",
    "socialdemokraterne": "a",
    "radikale venstre": "b",
    "det konservative folkeparti": "c",
    "konservative": "c",
    "socialistisk folkeparti": "f",
    "sf": "f",
    "liberal alliance": "i",
    "dansk folkeparti": "o",
    "venstre": "v",
    "danmarksdemokraterne": "æ",
    "enhedslisten": "ø",
    "alternativet": "å",
    "løsgænger": "uden for parti",
    "up": "uden for parti",
}


def party_mark(party: str | None) -> str:
    """A party as people are told apart by it: its letter, whether the letter or the name is printed.

    >>> party_mark("Venstre"), party_mark("(V)"), party_mark("Borgerlisten")
    ('v', 'v', 'borgerlisten')
    """
    mark = normal(party or "")
    return PARTIES.get(mark, mark)


@dataclass(frozen=True, slots=True)
class PersonMention:
    """One place where a source names a person or, where `name` is None, a post alone.

    `key` is the address that the source's own text gives the person, or of the post; `place` that of the participation
    or commitment; `roll` the source whose roll call lists the person, else empty: one list names nobody twice.
    """

    name: str | None
    key: str
    place: str
    code: str
    body: str
    day: date
    source: str
    claim: Claim
    party: str = ""
    post: str = ""
    status: str = ""
    roll: str = ""

    @property
    def sightings(self) -> tuple[Sighting, ...]:
        """The sentence that names the person."""
        return tuple(Sighting(self.source, evidence) for evidence in self.claim.sentences[:1])


def participation_iri(place: str, agent: str, status: str, *, mark: str = "") -> str:
    """The address of a person's or a post's part in an item or a meeting; `mark` keeps namesakes apart there."""
    return f"{place}#participation-{agent.rpartition('/')[2]}-{status}{f'-{slug(mark)}' if mark else ''}"


def own_mark(one: Participation) -> str:
    """What tells a person from a namesake at one place: the party, else the post where it is no elected one."""
    post = slug(one.acting_as.post) if one.acting_as else ""
    return party_mark(one.party) or (post if post not in CHAIRS else "")


def several(participations: Iterable[Participation]) -> frozenset[tuple[str, str]]:
    """The names that stand for several persons in one status at one place, each with the status."""
    marks: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in participations:
        if one.agent and (mark := own_mark(one)):
            marks[normal(one.agent), one.participation_status].add(mark)
    return frozenset(name for name, told in marks.items() if len(told) > 1)


def mark_among(one: Participation, crowded: frozenset[tuple[str, str]]) -> str:
    """The mark that a person's part needs at a place where some names stand for several persons."""
    return own_mark(one) if (normal(one.agent or ""), one.participation_status) in crowded else ""


def person_mentions(corpus: Iterable[tuple[Minutes, Names]]) -> Iterator[PersonMention]:
    """Every mention of a person or a lone post that becomes a node, in the order of the sources."""
    for minutes, names in corpus:
        body, day = minutes.meeting.held_by, minutes.meeting.meeting_date
        if body is not None and day is not None:
            yield from of_source(minutes, Held(minutes, names, names.body(body), day, names.meeting(body, day)))


@dataclass(frozen=True, slots=True)
class Held:
    """The meeting of a source, with the addresses that its mentions need."""

    minutes: Minutes
    names: Names
    body: str
    day: date
    meeting: str

    def mention(self, one: Participation | Commitment, name: str | None, place: str) -> PersonMention:
        """A mention in this source; a commitment's owner stands for its person."""
        holding, names = one.acting_as, self.names
        listed = isinstance(one, Participation) and one.participation_status in LISTED
        return PersonMention(
            name=name,
            key=names.person(name) if name else names.post(holding.post if holding else ""),
            place=place,
            code=names.settings.code,
            body=self.body,
            day=self.day,
            source=self.minutes.source.text_hash,
            claim=one,
            party=party_mark(one.party) if isinstance(one, Participation) else "",
            post=slug(holding.post) if holding else "",
            status=(holding.holding_status or "plain") if holding else "",
            roll=self.minutes.source.text_hash if listed and place.partition("#")[0] == self.meeting else "",
        )


def of_source(minutes: Minutes, held: Held) -> Iterator[PersonMention]:
    """The mentions of one source: at the meeting, in its items, and as owners of what was agreed."""
    crowded = several(minutes.meeting.participations)
    for one in minutes.meeting.participations:
        yield from taking_part(held, held.meeting, one, crowded=crowded)
    body = minutes.meeting.held_by or ""
    for row in treated_items(minutes.agenda_items):
        item = held.names.agenda_item(body, held.day, row.key)
        crowded = several(row.agenda_item.participations)
        for one in row.agenda_item.participations:
            if not any(repeated(one, part) for part in row.agenda_item.agenda_items):
                yield from taking_part(held, item, one, crowded=crowded)
        yield from owners(held, item, row)


def repeated(one: Participation, part: AgendaItem) -> bool:
    """Whether a sub-item holds the same person in the same status: then it is said there and not of the umbrella."""
    key = (one.agent, one.participation_status)
    return key in {(p.agent, p.participation_status) for p in part.participations}


def takes_part(participation: Participation) -> bool:
    """Whether someone takes part in a body's work or is announced to; a citizen who is heard does neither."""
    role = (participation.had_role or "").casefold()
    return participation.participation_status in TAKES_PART and "foretræde" not in role


def taking_part(
    held: Held, place: str, one: Participation, *, crowded: frozenset[tuple[str, str]]
) -> Iterator[PersonMention]:
    """The mention of who takes part; of citizens heard, and of people merely named, none."""
    status = one.participation_status
    if not takes_part(one):
        return
    if one.agent:
        mark = mark_among(one, crowded)
        yield held.mention(one, one.agent, participation_iri(place, held.names.person(one.agent), status, mark=mark))
    elif one.acting_as:
        yield held.mention(one, None, participation_iri(place, held.names.post(one.acting_as.post), status))


def owners(held: Held, item: str, row: Treated) -> Iterator[PersonMention]:
    """The persons who are to do what was agreed."""
    if any(part.commitments for part in row.agenda_item.agenda_items):
        return
    for n, one in enumerate(row.agenda_item.commitments, 1):
        owner, holding = one.owner, one.acting_as
        if owner is None or (holding and post_of(owner)[0] == holding.post):
            continue
        if holding is None and (held.names.is_body(owner) or read_bodies(owner) or read_units(owner)):
            continue
        yield held.mention(one, owner, f"{item}#commitment-{n}")
