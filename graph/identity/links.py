"""What a link between two things is: its rule, its score, its reasons, and the sentences of both sides."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from graph.model import Evidence


@dataclass(frozen=True, slots=True)
class Sighting:
    """The words of one source that a link rests on."""

    source: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Link:
    """One link between two things, with its reasons; one that is neither accepted nor rejected waits for a person.

    `rejected` marks a link that a person has seen and refused; `reviewed_by` names whoever decided.
    """

    source: str
    target: str
    rule: str
    score: float
    reasons: tuple[str, ...]
    sightings: tuple[Sighting, ...]
    accepted: bool
    rejected: bool = False
    reviewed_by: str = ""

    @property
    def key(self) -> str:
        """A steady key, from what is linked and by which rule."""
        return hashlib.sha256(f"{self.source} {self.target} {self.rule}".encode()).hexdigest()[:16]

    @property
    def review_status(self) -> str:
        """The concept key of its status: accepted, proposed or rejected."""
        if self.accepted:
            return "accepted"
        return "rejected" if self.rejected else "proposed"


class Clusters:
    """Things that are one and the same, joined pair by pair, with the pairs that must stay apart."""

    def __init__(self) -> None:
        self._parents: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = {}

    def root(self, thing: str) -> str:
        """The thing that stands for all that are joined with this one."""
        parents = self._parents
        while (above := parents.get(thing, thing)) != thing:
            parents[thing] = parents.get(above, above)
            thing = above
        return thing

    def members(self, thing: str) -> list[str]:
        """All things that are joined with this one, itself too."""
        return self._members.get(self.root(thing), [thing])

    def keep_apart(self, first: str, second: str) -> None:
        """Sees that two things are never joined, not by way of a third either."""
        self._apart.setdefault(first, set()).add(second)
        self._apart.setdefault(second, set()).add(first)

    def apart(self, first: str, second: str) -> bool:
        """Whether two things must stay apart, themselves or by what they are joined with."""
        if not self._apart:
            return False
        others = {self.root(other) for member in self.members(first) for other in self._apart.get(member, ())}
        return self.root(second) in others

    def join(self, first: str, second: str) -> bool:
        """Joins two things; False where they must stay apart."""
        one, other = self.root(first), self.root(second)
        if one == other:
            return True
        if self.apart(one, other):
            return False
        held, added = self._members.setdefault(one, [one]), self._members.pop(other, [other])
        self._parents[other] = one
        held += added
        return True

    def groups(self) -> Iterable[list[str]]:
        """The groups of two or more."""
        return (members for members in self._members.values() if len(members) > 1)
