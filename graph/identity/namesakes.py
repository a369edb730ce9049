"""One name, several persons: mentions of a name kept apart by the party or the post that goes with it.

A name whose parties or posts take turns in time belongs to several persons; one that changes party or post once, and
stays in the same body, to one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from graph.identity.name_forms import Form
from graph.identity.person_mentions import CHAIRS, PersonMention

_NO_BREAK = timedelta(days=400)
_NEAR = timedelta(days=180)
_SAME_STEM = 5
_WELL_KNOWN = 5  # mentions by which a person is known well enough that one other mark is a misprint


@dataclass(slots=True)
class Profile:
    """One person as a name stands for: what goes with it, when and where, and the mentions themselves."""

    iri: str
    name: str
    form: Form
    code: str
    mentions: list[PersonMention] = field(default_factory=list)
    parties: set[str] = field(default_factory=set)
    posts: set[str] = field(default_factory=set)
    bodies: set[str] = field(default_factory=set)
    listed: set[str] = field(default_factory=set)
    first: date = date.max
    last: date = date.min

    def add(self, mention: PersonMention) -> None:
        """Adds one mention of the person."""
        self.mentions.append(mention)
        self.bodies.add(mention.body)
        self.first, self.last = min(self.first, mention.day), max(self.last, mention.day)
        if mention.party:
            self.parties.add(mention.party)
        if mention.post and mention.post not in CHAIRS:
            self.posts.add(mention.post)
        if mention.roll:
            self.listed.add(mention.roll)

    def apart_in_time(self, other: Profile) -> bool:
        """Whether the one is last named before the other is first named."""
        return self.last < other.first or other.last < self.first


def told_by(mention: PersonMention) -> str:
    """What tells a namesake: the party, else the post where it is no elected one, else nothing."""
    if mention.party:
        return f"parti {mention.party}"
    return f"stilling {mention.post}" if mention.post and mention.post not in CHAIRS else ""


def namesakes(mentions: Sequence[PersonMention], *, initials: bool) -> dict[str, list[PersonMention]]:
    """The mentions of one name by what keeps its holders apart; all under "" where nothing does.

    A name of initials alone may stand for anybody whom they fit, so each party and post, and without those each body,
    stands for itself.
    """
    marks: dict[str, list[PersonMention]] = defaultdict(list)
    for mention in mentions:
        marks[told_by(mention)].append(mention)
    bare = marks.pop("", [])
    if initials:
        for mention in bare:
            marks[f"organ {mention.body.rpartition('/')[2]}"].append(mention)
        return dict(marks) if len(marks) > 1 else {"": list(mentions)}
    absorb_misprints(marks)
    if len(marks) < 2:
        return {"": list(mentions)}
    groups: list[dict[str, list[PersonMention]]] = []
    for mark, held in sorted(marks.items(), key=lambda row: (min(m.day for m in row[1]), row[0])):
        home = next((g for g in groups if all(follows(g[known], held, known, mark=mark) for known in g)), None)
        if home is None:
            groups.append({mark: held})
        else:
            home[mark] = held
    if len(groups) == 1:
        return {"": list(mentions)}
    found = {next(iter(group)): [m for held in group.values() for m in held] for group in groups}
    return assigned(found, bare)


def absorb_misprints(marks: dict[str, list[PersonMention]]) -> None:
    """Puts a mark that stands once, in the midst of another's meetings and not beside it, down to the other."""
    for mark, held in list(marks.items()):
        homes = [known for known in marks if known != mark and is_misprint(held, marks[known], mark, known=known)]
        if len(homes) == 1:
            marks[homes[0]] += marks.pop(mark)


def is_misprint(held: list[PersonMention], main: list[PersonMention], mark: str, *, known: str) -> bool:
    """Whether a mark is seen but once, where someone of that name sits whom that meeting does not list otherwise."""
    if len(held) != 1 or len(main) < _WELL_KNOWN or mark.partition(" ")[0] != known.partition(" ")[0]:
        return False
    one, there = held[0], [m.day for m in main if m.body == held[0].body]
    return bool(there) and min(there) <= one.day <= max(there) and one.day not in there


def follows(first: list[PersonMention], second: list[PersonMention], known: str, *, mark: str) -> bool:
    """Whether two marks of one name may be one person's: the second begins when the first ends, in the same body.

    Two posts with the same stem ("økonomichef", "økonomidirektør") are one field's and never keep apart.
    """
    kind, _, word = known.partition(" ")
    other_kind, _, other = mark.partition(" ")
    if kind != other_kind or {m.roll for m in first if m.roll} & {m.roll for m in second}:
        return False  # one roll call names nobody twice
    if kind == "stilling" and word[:_SAME_STEM] == other[:_SAME_STEM]:
        return True
    end, begin = max(m.day for m in first), min(m.day for m in second)
    if begin < end or begin - end > _NO_BREAK * (3 if kind == "stilling" else 1):
        return False
    return kind == "stilling" or bool({m.body for m in first} & {m.body for m in second})


def assigned(found: dict[str, list[PersonMention]], bare: list[PersonMention]) -> dict[str, list[PersonMention]]:
    """The groups of a name with its unmarked mentions: each goes where just one group is in that body then."""
    spans = {mark: (min(m.day for m in held), max(m.day for m in held)) for mark, held in found.items()}
    bodies = {mark: {m.body for m in held} for mark, held in found.items()}
    rest: list[PersonMention] = []
    more: dict[str, list[PersonMention]] = defaultdict(list)
    for mention in bare:
        fit = [
            mark
            for mark, (first, last) in spans.items()
            if mention.body in bodies[mark] and first - _NEAR <= mention.day <= last + _NEAR
        ]
        if len(fit) > 1 and mention.roll:
            fit = [mark for mark in fit if mark.startswith("parti")]
        (more[fit[0]] if len(fit) == 1 else rest).append(mention)
    whole = {mark: [*held, *more[mark]] for mark, held in found.items()}
    return {**whole, "": rest} if rest else whole
