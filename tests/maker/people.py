"""The made people: who sits in which body, who holds which post when, and how minutes write their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from tests.maker.truth import TrueMention, TruePerson
from tests.maker.words import TERM, words

SHORTER = {"middle": 0.1, "initials": 0.08, "spelling": 0.5}


@dataclass(slots=True)
class Holder:
    """A person in a post from a day to another; acting or not."""

    person: TruePerson
    post: str
    since: date
    until: date
    acting: bool


@dataclass(slots=True)
class Folk:
    """Everybody in a municipality, and who is what on a day."""

    random: Random
    people: dict[str, TruePerson] = field(default_factory=dict)
    parties: dict[str, list[tuple[date, str]]] = field(default_factory=dict)
    members: dict[str, list[tuple[date, list[str]]]] = field(default_factory=dict)
    holders: dict[str, list[Holder]] = field(default_factory=dict)
    chiefs: dict[str, list[str]] = field(default_factory=dict)
    leaders: dict[str, TruePerson] = field(default_factory=dict)

    def newcomer(self, *, given: str = "", last: str = "", middle: str | None = None) -> TruePerson:
        """A new person whose full name nobody else has, and whom no shorter form would mix up with another here."""
        r = self.random
        while True:
            second = r.choice(words("middle")) if r.random() < 0.5 else ""
            person = TruePerson(
                f"p{len(self.people)}",
                given or r.choice(words("given")),
                second if middle is None else middle,
                last or r.choice(words("last")),
            )
            taken = {(p.given, p.last) for p in self.people.values()}
            if (person.given, person.last) not in taken:
                self.people[person.key] = person
                return person

    def elected(self, bodies: Sequence[str], size: int) -> None:
        """A council of a size, split over bodies anew at the change of term, a third of it new by then."""
        first = [self.newcomer().key for _ in range(size)]
        kept = first[: size * 2 // 3]
        second = kept + [self.newcomer().key for _ in range(size - len(kept))]
        for key in dict.fromkeys([*first, *second]):
            self.parties[key] = [(date.min, self.random.choice(words("parties")))]
        for key in kept[:3]:
            self.parties[key].append((date(2022, 9, 1), "Løsgænger"))
        for body in bodies:
            before = first if body == "kommunalbestyrelsen" else self.random.sample(first, 7)
            stay = [key for key in before if key in kept]
            fresh = [key for key in second if key not in stay]
            after = second if body == "kommunalbestyrelsen" else stay + self.random.sample(fresh, max(0, 7 - len(stay)))
            self.members[body] = [(date.min, before), (TERM, after)]

    def staff(self, posts: Sequence[str], bodies: Sequence[str]) -> None:
        """A holder for each post; every fourth post changes hands, by way of an acting holder."""
        for n, post in enumerate(posts):
            change = TERM + timedelta(days=self.random.randint(30, 400))
            if n % 4 == 0:
                one, other = self.newcomer(), self.newcomer()
                fixed = change + timedelta(days=120)
                self.holders[post] = [
                    Holder(one, post, date.min, change, acting=False),
                    Holder(other, post, change, fixed, acting=True),
                    Holder(other, post, fixed, date.max, acting=False),
                ]
            else:
                self.holders[post] = [Holder(self.newcomer(), post, date.min, date.max, acting=False)]
        for n, body in enumerate(bodies):
            self.chiefs[body] = [posts[(2 * n) % len(posts)], posts[(2 * n + 1) % len(posts)]]

    def namesakes(self, posts: Sequence[str]) -> None:
        """An official who is named as an elected one is, and two officials whom one shorter form fits."""
        council = self.members["kommunalbestyrelsen"][0][1]
        twin = self.people[council[-1]]
        self.replace(posts[1], TruePerson(f"p{len(self.people)}", twin.given, twin.middle, twin.last))
        other = self.holders[posts[2]][0].person
        alike = [g for g in words("given") if g[0] == other.given[0] and g != other.given]
        near = alike[0] if alike else self.random.choice(words("given"))
        self.replace(posts[3], TruePerson(f"p{len(self.people)}", near, "", other.last))

    def replace(self, post: str, person: TruePerson) -> None:
        """Another person in a post, all the time."""
        self.people[person.key] = person
        self.holders[post] = [Holder(person, post, date.min, date.max, acting=False)]

    def holder(self, post: str, day: date) -> Holder:
        """Who holds a post on a day."""
        return next(h for h in self.holders[post] if h.since <= day < h.until)

    def party(self, key: str, day: date) -> str:
        """The party of an elected person on a day."""
        return [party for since, party in self.parties[key] if since <= day][-1]

    def roll(self, body: str, day: date) -> list[TrueMention]:
        """The roll call of a meeting, each name written one way or another."""
        if body not in self.members:
            return []
        sitting = [keys for since, keys in self.members[body] if since <= day][-1]
        return [
            self.mention(
                self.people[key], "absent" if self.random.random() < 0.06 else "present", party=self.party(key, day)
            )
            for key in sitting
        ]

    def mention(self, person: TruePerson, status: str, *, party: str = "", holder: Holder | None = None) -> TrueMention:
        """A mention of a person, the name written in full or in a shorter way."""
        variation, written = "full", person.name
        chance = self.random.random()
        if chance < SHORTER["initials"]:
            variation, written = "initials", " ".join(p for p in (f"{person.given[0]}.", person.last) if p)
        elif chance < SHORTER["initials"] + SHORTER["middle"] and person.middle:
            variation, written = "middle", f"{person.given} {person.last}"
        elif person.last == "Aagaard" and self.random.random() < SHORTER["spelling"]:
            variation, written = "spelling", person.name.replace("Aagaard", "Ågård")
        post, acting = (holder.post, holder.acting) if holder else ("", False)
        return TrueMention(person.key, written, status, variation, party=party, post=post, acting=acting)

    def official(self, body: str, day: date, status: str) -> TrueMention:
        """A mention of one of a body's officials; now and then by the post alone."""
        holder = self.holder(self.random.choice(self.chiefs[body]), day)
        if self.random.random() < 0.15 and not holder.acting:
            return TrueMention(holder.person.key, "", status, "post", post=holder.post)
        return self.mention(holder.person, status, holder=holder)

    def project_leader(self, case: str) -> TrueMention:
        """A mention of whoever leads a case's project, by name; the post is one that many hold at once."""
        holder = Holder(self.leaders[case], "projektleder", date.min, date.max, acting=False)
        return self.mention(holder.person, "recorded", holder=holder)
