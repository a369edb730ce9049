"""Whose part in a body's work makes them known, so that they become a node, and who is a citizen merely named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from graph.danish.names import PersonName, read_names
from graph.identity.person_mentions import takes_part
from graph.model import AgendaItem, Minutes, Participation
from graph.privacy.lexicon import any_of, words

_BEFORE = 40
_FORBIDDEN_LONGEST = 200


@cache
def _forbidden() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('roles', 'forbidden')})", re.IGNORECASE)


def publishable_role(role: str) -> bool:
    """Whether a post or part may be told of a person; unions and health are nobody's business.

    >>> publishable_role("økonomichef"), publishable_role("fællestillidsrepræsentant for FOA")
    (True, False)
    """
    return _forbidden().search(role[:_FORBIDDEN_LONGEST]) is None


def participations(minutes: Minutes) -> Iterator[Participation]:
    """Everybody's part in a meeting and in the treatment of its items."""
    yield from minutes.meeting.participations
    yield from (one for item in items(minutes.agenda_items) for one in item.participations)


def items(agenda_items: tuple[AgendaItem, ...]) -> Iterator[AgendaItem]:
    """Agenda items, each followed by the matters under it."""
    for item in agenda_items:
        yield item
        yield from items(item.agenda_items)


def known_people(minutes: Minutes) -> frozenset[str]:
    """The names of those whose part or post makes them no private persons in these minutes, folded."""
    names: set[str] = set()
    for one in participations(minutes):
        if takes_part(one) and not _merely_away(one):
            names.update(filter(None, (one.agent, one.substitutes)))
        elif one.agent and (one.acting_as or one.party):
            names.add(one.agent)
    for item in items(minutes.agenda_items):
        names.update(c.owner for c in item.commitments if c.owner)
        for vote in (d.vote for d in item.decisions if d.vote):
            names.update((*vote.cast_for, *vote.cast_against, *vote.cast_abstained))
    return frozenset(name.casefold() for name in names)


def _merely_away(one: Participation) -> bool:
    """Whether all that is told of a person's part is that a sentence says he is away ("Ole Holm er sygemeldt")."""
    told = one.party or one.acting_as or one.extraction_method == "attend.list"
    return one.participation_status == "absent" and not told


def same_person(name: str, other: str) -> bool:
    """Whether one name is the other, written out in full or not.

    >>> same_person("lone hansen", "lone juul hansen"), same_person("lone hansen", "lone juul")
    (True, False)
    """
    few, many = sorted((name.split(), other.split()), key=len)
    return len(few) > 1 and few[0] == many[0] and few[-1] == many[-1] and set(few) <= set(many)


def named(text: str) -> list[PersonName]:
    """The persons that a text names, in order; whoever is called a citizen or writes to the authority, whatever the
    name.

    >>> [name.name for name in named("Ansøger Xiulan Qvist skriver. Ole Holm svarer.")]
    ['Xiulan Qvist', 'Ole Holm']
    """
    plain = _capital_cue().sub(lambda m: m[0].lower(), text)
    found = {(n.begin, n.end): n for n in read_names(plain)}
    for match in _called().finditer(plain):
        begin, end = match.span("name")
        if not any(b < end and begin < e for b, e in found) and not of_a_workplace(match["name"]):
            found[begin, end] = PersonName(begin, end, " ".join(match["name"].split()), whole=(begin, end))
    return [found[place] for place in sorted(found)]


@cache
def _capital_cue() -> re.Pattern[str]:
    """A word that calls somebody a citizen, at the head of a sentence, or it would pass for a part of the name."""
    return re.compile(
        rf"(?<!\w)(?:{'|'.join(word.capitalize() for word in words('contacts', 'citizens'))})(?= [A-ZÆØÅ])"
    )


@cache
def _called() -> re.Pattern[str]:
    cues = f"{any_of('contacts', 'citizens')}|{any_of('contacts', 'letters')}"
    return re.compile(rf"(?<!\w)(?i:{cues}):?(?: er| var)? (?P<name>[A-ZÆØÅ][\w'’-]+(?: [A-ZÆØÅ][\w'’-]+){{1,3}})")


@cache
def _affiliation() -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])\w*(?:{any_of('contacts', 'affiliations')})s?(?![^\W_])", re.IGNORECASE)


def of_a_workplace(text: str) -> bool:
    """Whether words show that what they are about is an authority's or an association's.

    >>> of_a_workplace("Bakkeby Borgerforening"), of_a_workplace("Ole Holm")
    (True, False)
    """
    return _affiliation().search(text) is not None


@cache
def _cue(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{any_of('contacts', key)})(?:en|et|ne)?:? ?(?:er |var )?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Citizens:
    """Tells private persons from those whom the minutes know by a post or a part."""

    known: frozenset[str] = frozenset()

    def called(self, text: str, name: PersonName) -> bool:
        """Whether the words before a name call the person a citizen ("Ansøger")."""
        return _cue("citizens").search(text, max(0, name.whole[0] - _BEFORE), name.whole[0]) is not None

    def hold(self, text: str, name: PersonName) -> bool:
        """Whether a person named in a text is a private one."""
        if self.called(text, name):
            return True
        if name.title or name.party or _cue("officials").search(text, max(0, name.begin - _BEFORE), name.begin):
            return False
        folded = name.name.casefold()
        return not any(folded == known or same_person(folded, known) for known in self.known)
