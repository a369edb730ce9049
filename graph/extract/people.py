"""Who a sentence is about: named persons and bare posts with their bounds, and the participations made of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain

from graph.danish.lexicon import words
from graph.danish.name_lists import read_name_list
from graph.danish.names import PersonName, given_names_at, names_at, places_of, read_names
from graph.danish.phrases import item_numbers
from graph.danish.titles import Title, post_of, read_titles
from graph.extract.passage import Passage
from graph.model import Participation, PostHolding
from graph.values import value

_POSSESSIVE = re.compile(r"[^\W\d_]{1,40}s $")
_NO_POSTS = (
    "medlem",
    "medlemmet",
    "repræsentant",
    "repræsentanten",
    "sagsbehandler",
    "entreprenøren",
    "rådgiveren",
    "partner",
    "borgeren",
)
_AWAY = "fraværende"
_SUBSTITUTE = re.compile(r"(?:stedfortræder|suppleant|vikar|i stedet|indkaldt|mødte)", re.IGNORECASE)
_ABSENT = re.compile(
    r"\b(?:afbud|fraværende|fravær|udeblev\w*|forhindret|ikke mødt|uden afbud|meldte? fra"
    r"|afmeldt|frameldt|forfald|ikke til ?stede|ej til ?stede|deltog ikke|mødte ikke|ej mødt|sygemeldt|syg|på orlov"
    r"|ikke (?:var|er) (?:mødt|til ?stede|fremmødt)|(?:var|er) ikke (?:mødt|fremmødt|til ?stede))\b",
    re.IGNORECASE,
)


@value()
class Actor:
    """Someone a sentence speaks of: a person by name, or a post alone ("Økonomichefen")."""

    begin: int
    end: int
    name: PersonName | None
    title: str | None
    title_at: tuple[int, int] | None

    @property
    def label(self) -> str:
        """The name, or the title where there is none."""
        return self.name.name if self.name else self.title or ""


def read_actors(text: str, people: tuple[str, ...] = ()) -> list[Actor]:
    """The persons and the bare posts of a text in order; `people` are known by name, wherever they stand."""
    names = read_names(text)
    if people:
        names = (*names, *names_at(text, _known_in(text, people, [name.whole for name in names])))
        names = (*names, *given_names_at(text, people, [name.whole for name in names]))
    actors = [Actor(n.whole[0], n.whole[1], n, n.title, n.title_at) for n in names]
    taken = [n.whole for n in names]
    actors += [
        Actor(title.begin, title.end, None, title.text, (title.begin, title.end))
        for title in _untaken(read_titles(text), taken)
        if _is_holder(text, title)
    ]
    return sorted(actors, key=lambda actor: actor.begin)


def _known_in(text: str, people: tuple[str, ...], taken: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where people known by name stand that were not read as names already."""
    spans = [span for name in people if name in text for span in places_of(text, name)]
    found: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not found or span[0] >= found[-1][1]:
            found.append(span)
    return [span for span in found if not any(begin < span[1] and span[0] < end for begin, end in taken)]


def _untaken(titles: tuple[Title, ...], taken: list[tuple[int, int]]) -> list[Title]:
    """The titles that belong to none of the names; both stand in order."""
    free = []
    place = 0
    for title in titles:
        while place < len(taken) and taken[place][1] <= title.begin:
            place += 1
        if place == len(taken) or taken[place][0] >= title.end:
            free.append(title)
    return free


def _is_holder(text: str, title: Title) -> bool:
    """Whether a bare title stands for its one holder: definite, or with an owner before it ("Museets direktør")."""
    head = title.post.split(" ")[0].lower()
    if head in words("people", "part_titles") or head in _NO_POSTS or text[title.end : title.end + 1] == "s":
        return False
    return title.definite or _POSSESSIVE.search(text, max(0, title.begin - 30), title.begin) is not None


def participation(
    passage: Passage, actor: Actor, status: str, *, sentence: tuple[int, int], method: str
) -> Participation:
    """A participation of an actor, with the sentence and the words of name, role and party as evidence."""
    evidence = [passage.evidence(*sentence)]
    name = actor.name
    if name is not None:
        evidence.append(passage.evidence(name.begin, name.end, "agent"))
        if name.party_at is not None and name.party:
            evidence.append(passage.evidence(*name.party_at, "party"))
    if actor.title_at is not None:
        evidence.append(passage.evidence(*actor.title_at, "had_role"))
    score = 0.9 if status != "mentioned" else 0.75
    return Participation(
        agent=name.name if name else None,
        participation_status=status,
        had_role=actor.title,
        party=name.party if name else None,
        acting_as=_holding(passage, actor),
        evidence=tuple(evidence),
        extraction_method=method,
        inferred_by=name.inferred_by if name else None,
        confidence=min(score, name.score) if name else score,
    )


def _holding(passage: Passage, actor: Actor) -> PostHolding | None:
    """The post that a title states; none where the title is a part played ("stedfortræder")."""
    if actor.title is None or actor.title_at is None:
        return None
    post, status = post_of(actor.title)
    if post.split(" ")[0].strip("12. ") in words("people", "part_titles") or "stedfortræder" in post:
        return None
    return PostHolding(
        post=post,
        holding_status=status,
        known_on=passage.meeting_date,
        evidence=(passage.evidence(*actor.title_at),),
        extraction_method="person.title" if actor.name else "title.only",
        confidence=0.95,
    )


def read_attendance(passage: Passage, status: str) -> tuple[Participation, ...]:
    """The participations of a list under a label, all with one status but for those marked absent in it.

    A remark that names whom someone stands in for makes a substitute; item numbers in it become the reason.
    """
    found = []
    for name in read_name_list(passage.text):
        actor = Actor(name.whole[0], name.whole[1], name, name.title, name.title_at)
        end = name.whole[1]
        if name.remark:
            end = passage.text.find(name.remark, end) + len(name.remark)
        line = participation(passage, actor, status, sentence=(name.whole[0], end), method="attend.list")
        found.append(_remarked(line, name, status))
    return join_participations(found)


def own_reasons(
    text: str, stated: tuple[Participation, ...], listed: tuple[Participation, ...]
) -> Iterator[Participation]:
    """The absences that sentences tell, where what a bracket says of the one before it is not said of the others."""
    told = {one.agent: one.reason for one in listed}
    for one in stated:
        bracketed = one.reason is not None and one.agent in told and f"{one.reason})" in text
        yield replace(one, reason=told[one.agent]) if bracketed else one


def _remarked(line: Participation, name: PersonName, status: str) -> Participation:
    """A line of a list after what is remarked behind the name."""
    remark = name.remark or ""
    if not remark:
        return replace(line, confidence=0.98)
    other = read_names(remark)
    if other and _SUBSTITUTE.search(remark):
        return replace(line, substitutes=other[0].name, had_role=f"stedfortræder for {other[0].name}", confidence=0.95)
    if status == "present" and _ABSENT.search(remark):
        return replace(line, participation_status="absent", reason=remark, confidence=0.95)
    if _SUBSTITUTE.search(remark) and line.had_role is None and "kl" not in remark and not item_numbers(remark):
        return replace(line, had_role=remark)
    if re.search(r"\d", remark):
        return replace(line, reason=remark)
    return replace(line, had_role=line.had_role or (remark if len(remark) < 60 else None))


def join_participations(found: list[Participation] | tuple[Participation, ...]) -> tuple[Participation, ...]:
    """One participation per person and status, with all their evidence; a bare mention goes where a part is known."""
    if len(found) <= 1:
        return tuple(found)
    groups: dict[tuple[str, str], list[Participation]] = {}
    for one in found:
        groups.setdefault((_key(one), one.participation_status), []).append(one)
    joined = {key: _joined(group) for key, group in groups.items()}
    parts = {key[0] for key in joined if key[1] != "mentioned"}
    party = {key[0]: one.party for key, one in joined.items() if one.party}
    for key, one in joined.items():
        if key[1] == "present" and (named := joined.get((key[0], "mentioned"))):  # the roll's line and the item's own
            joined[key] = replace(one, evidence=tuple(dict.fromkeys((*one.evidence, *named.evidence))))
    kept = [
        (key, one) for key, one in joined.items() if key[1] != "mentioned" or key[0] not in parts or _says_more(one)
    ]
    return tuple(one if one.party or key[0] not in party else replace(one, party=party[key[0]]) for key, one in kept)


def _was_away(one: Participation) -> bool:
    return one.participation_status in ("absent", "recused") or one.had_role == _AWAY


def _says_more(one: Participation) -> bool:
    """Whether a mention holds a part of its own, as that of a citizen heard or of one absent elsewhere."""
    return (one.had_role or "").startswith(("foretræde", _AWAY))


def _key(one: Participation) -> str:
    if one.agent is not None:
        return one.agent.casefold()
    return "post:" + (one.acting_as.post if one.acting_as else one.had_role or "").casefold()


def _joined(group: list[Participation]) -> Participation:
    """Several participations of one person as one: the first, with what the others add."""
    if len(group) == 1:
        return group[0]
    roles = [one.had_role for one in group if one.had_role]
    return replace(
        group[0],
        evidence=tuple(dict.fromkeys(chain.from_iterable(one.evidence for one in group))),
        had_role=next((role for role in roles if " for " in role), roles[0] if roles else None),
        party=next((one.party for one in group if one.party), None),
        acting_as=next((one.acting_as for one in group if one.acting_as), None),
        substitutes=next((one.substitutes for one in group if one.substitutes), None),
        reason=next((one.reason for one in group if one.reason), None),
        confidence=max(one.confidence for one in group),
    )


def join_posts(found: tuple[Participation, ...]) -> tuple[Participation, ...]:
    """Where only a post is named, the name of the one whom the same item names in that post, if there is just one."""
    if all(one.agent is not None for one in found):
        return join_participations(found)
    holders: dict[str, dict[str, Participation]] = {}
    for one in found:
        if one.agent and one.acting_as and not one.inferred_by:
            holders.setdefault(one.acting_as.post.casefold(), {}).setdefault(one.agent, one)
    return join_participations([_with_holder(one, holders) for one in found])


def _with_holder(one: Participation, holders: dict[str, dict[str, Participation]]) -> Participation:
    """A bare post with its holder's name and role, and the words of both from where the holder is named."""
    if one.agent is not None or one.acting_as is None:
        return one
    named = holders.get(one.acting_as.post.casefold(), {})
    if len(named) != 1:
        return one
    holder = next(iter(named.values()))
    words = [e for e in holder.evidence if e.supports in ("", "agent", "had_role")]
    return replace(
        one,
        agent=holder.agent,
        had_role=holder.had_role,
        evidence=(*one.sentences, *words),
        inferred_by="post-in-same-item",
        confidence=0.75,
    )


def elsewhere(found: tuple[Participation, ...], body: str = "") -> tuple[Participation, ...]:
    """Participations read from another body's verdict or an earlier meeting: only named here, absent "i BODY"."""
    away = f"{_AWAY} i {body}" if body else _AWAY
    return join_participations(
        [
            replace(
                one,
                participation_status="mentioned",
                had_role=away if _was_away(one) else one.had_role,
                reason=None,
            )
            for one in found
            if one.agent is not None
        ]
    )
