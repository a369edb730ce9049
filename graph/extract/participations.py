"""Who took part in an item, or was announced to, was absent, recused, a substitute, or is only named.

Announced is not recorded: the present tense of a case text is a plan, the past tense of a decision a record, and
what a text does not say is never read from its silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import pairwise

from graph.danish.hints import holds, lowered
from graph.danish.sentences import sentences
from graph.extract.clauses import (
    CAME_AFTER,
    ELECTED,
    INSTEAD,
    THE_SUBSTITUTE,
    absence_hints,
    being_absent,
    came_for,
    chain_after,
    chain_before,
    coming,
    instead_of,
    noun_before,
    sent_for,
    taking_part,
)
from graph.extract.passage import Passage
from graph.extract.people import (
    Actor,
    elsewhere,
    join_participations,
    join_posts,
    participation,
    read_actors,
    read_attendance,
)
from graph.model import Participation

__all__ = ["elsewhere", "join_participations", "join_posts", "read_attendance", "read_participations"]

_ABSENCE_LABEL = re.compile(
    r"[\W\d]{0,12}(?:afbud(?: fra)?|fraværende(?: med afbud| uden afbud)?|fravær|ikke til stede|forhindret|udeblevet)"
    r"(?: fra| var| er)? ?(?::|$)"
    r"|[\W\d]{0,12}(?:der (?:er|var) )?(?:meldt )?afbud fra ?:?",
    re.IGNORECASE,
)
_AS_SUBSTITUTE = re.compile(r"\bsom (stedfortræder|suppleant)(?:e|er)?\b", re.IGNORECASE)
_AGREED = re.compile(
    r"\b(?:aftalt|aftales|besluttet|besluttede|beslutter|pålægges|bemyndig\w+)\b.{0,40}?\b(?:at|om)\b", re.IGNORECASE
)
_RECUSED = re.compile(r"\binhabil\w*", re.IGNORECASE)
_NOT_RECUSED = re.compile(
    r"\b(?:ikke (?:er |var )?inhabil|om \w+ (?:er|var) inhabil|(?:er|var|erklæret|fundet) habil)", re.IGNORECASE
)
_HEARD = re.compile(r"\bforetræde", re.IGNORECASE)
_AGREEING = ("aftal", "beslut", "pålægges", "bemyndig")
_ITEMS = re.compile(
    r"\b(?:pkt\.?|punkt(?:erne)?|sag(?:erne)?)(?: nr\.)? \d[\d ,.og–-]*\d|\b(?:pkt\.?|punkt|sag)(?: nr\.)? \d+",
    re.IGNORECASE,
)
_LACK = re.compile(r"\bfravær\b.{0,200}\bstedfortræder", re.DOTALL)
_NOUN_REACH = 90
_OPENS = 12
# sections that tell what happened at the meeting
_RECORDS = frozenset({"decision", "recommendation-decision", "attendance", "header"})


@dataclass(slots=True)
class _Reading:
    """What has been read of a passage so far; `absentees` are those of the last sentence that told of absence.

    `sentence` is the one that is being read, `span` its place in the passage.
    """

    passage: Passage
    found: list[Participation] = field(default_factory=list)
    absentees: list[Actor] = field(default_factory=list)
    label: str = ""
    span: tuple[int, int] = (0, 0)
    sentence: str = ""

    def add(
        self, actor: Actor, status: str, *, method: str, role: str | None = None, reason: str | None = None
    ) -> None:
        """Keep what the sentence says of one actor."""
        one = participation(self.passage, actor, status, sentence=self.span, method=method)
        self.found.append(replace(one, had_role=role or one.had_role, reason=reason) if role or reason else one)


def read_participations(passage: Passage) -> tuple[Participation, ...]:
    """The participations that a passage states, one per person and status; in past handling all are only named."""
    text = passage.text
    actors = read_actors(text, passage.people)
    if not actors:
        return ()
    reading = _Reading(passage)
    place = 0
    for begin, end in sentences(text):
        mine = []
        while place < len(actors) and actors[place].begin < end:
            if actors[place].begin >= begin:
                mine.append(actors[place])
            place += 1
        reading.span, reading.sentence = (begin, end), text[begin:end]
        _read_sentence(reading, mine)
    if passage.section_kind == "history":
        return elsewhere(tuple(reading.found))
    return join_participations(reading.found)


def _read_sentence(reading: _Reading, actors: list[Actor]) -> None:
    """Add what one sentence says of its actors."""
    sentence = reading.sentence
    label = reading.label
    reading.label = _label_of(sentence) if not actors else ""
    named = [a for a in actors if a.name]
    if not actors:
        _recused_before(reading)
        return
    low = lowered(sentence)
    if ("foretræde" in low and _HEARD.search(sentence)) or label == "foretræde":
        for actor in named:
            reading.add(actor, "mentioned", method="heard", role="foretræde")
        return
    substitutes = _substitutes(reading, actors)
    told = {a.begin for a in substitutes}
    rest = [a for a in actors if a.begin not in told]
    if label == "absent" and not taking_part().search(sentence):
        _absent(reading, rest)
        reading.label = label
    elif "inhabil" in low and _RECUSED.search(sentence) and not _NOT_RECUSED.search(sentence):
        items = _ITEMS.search(sentence)
        for actor in [a for a in rest if a.name]:
            reading.add(actor, "recused", method="recuse", role="inhabil", reason=items[0] if items else None)
    elif "efter" in low and (late := CAME_AFTER.search(sentence)):
        for actor in [a for a in rest if a.name]:
            reading.add(actor, "absent", method="absent", reason=late["items"].strip(" .,"))
    elif named and holds(low, absence_hints()) and being_absent().search(sentence):
        _absences(reading, rest)
    else:
        _present(reading, rest)


def _label_of(sentence: str) -> str:
    """What a label without names says of the lines below it."""
    if _ABSENCE_LABEL.fullmatch(sentence):
        return "absent"
    return "foretræde" if sentence.endswith(":") and _HEARD.search(sentence) else ""


def _recused_before(reading: _Reading) -> None:
    """A sentence without names that gives the reason of an absence told before ("Pkt. 9 på grund af inhabilitet")."""
    if not reading.absentees:
        return
    items = _ITEMS.search(reading.sentence)
    if items is not None and _RECUSED.search(reading.sentence) and not _NOT_RECUSED.search(reading.sentence):
        for actor in reading.absentees:
            reading.add(actor, "recused", method="recuse", role="inhabil", reason=items[0])


def _absent(reading: _Reading, actors: list[Actor]) -> None:
    """Mark named actors as absent, with the items where the sentence names some."""
    named = [a for a in actors if a.name]
    items = _ITEMS.search(reading.sentence)
    for actor in named:
        reading.add(actor, "absent", method="absent", reason=items[0].strip(" .,") if items else None)
    reading.absentees = named or reading.absentees


def _absences(reading: _Reading, actors: list[Actor]) -> None:
    """A sentence that tells of absence: those before its verb, or behind its label; the others by their own verbs."""
    text = reading.passage.text
    absent: dict[int, Actor] = {}
    for cue in being_absent().finditer(text, *reading.span):
        told = chain_before(text, actors, cue.start()) or chain_after(text, actors, cue.end())
        for actor in told or _subject(reading, actors, cue.start()):
            absent[actor.begin] = actor
    others = [a for a in actors if a.begin not in absent]
    stand = _standing_in(reading, others) if len(absent) == 1 else None
    if stand is not None:
        _stand_in(reading, stand, next(iter(absent.values())))
        others.remove(stand)
    else:
        _absent(reading, list(absent.values()))
    _present(reading, others)


def _subject(reading: _Reading, actors: list[Actor], place: int) -> list[Actor]:
    """The one that a sentence opens with, where a verb goes on about it ("A forlod mødet og var ikke til stede")."""
    first = actors[0] if len([actor for actor in actors if actor.name]) == 1 else None
    opens = first is not None and first.name is not None and first.begin - reading.span[0] < _OPENS
    return [first] if first is not None and opens and first.end < place else []


def _standing_in(reading: _Reading, others: list[Actor]) -> Actor | None:
    """The one who stands in for the one absent of the same sentence, by title or by the words "som stedfortræder"."""
    named = [a for a in others if a.name]
    titled = [a for a in named if "stedfortræder" in (a.title or "").lower() or "suppleant" in (a.title or "").lower()]
    told = named if _AS_SUBSTITUTE.search(reading.sentence) else titled
    return told[0] if len(told) == 1 else None


def _present(reading: _Reading, actors: list[Actor]) -> None:
    """Those who take part by a verb or a noun of taking part; the other names are mentions."""
    taking = _taking(reading, actors)
    role = _AS_SUBSTITUTE.search(reading.sentence)
    for actor in actors:
        status = taking.get(actor.begin, "mentioned")
        if actor.name is not None or status != "mentioned":
            method = {"recorded": "attend.did", "announced": "attend.plan"}.get(status, "person.named")
            reading.add(actor, status, method=method, role=role[1].lower() if role and actor.begin in taking else None)


def _taking(reading: _Reading, actors: list[Actor]) -> dict[int, str]:
    """The status of those who take part, by where they stand; what is agreed to be done is no taking part."""
    text = reading.passage.text
    agreed = _AGREED.search(text, *reading.span) if holds(lowered(reading.sentence), _AGREEING) else None
    taking: dict[int, str] = {}
    for verb in taking_part().finditer(text, *reading.span):
        if agreed is not None and verb.start() > agreed.start():
            break
        status = _status(reading.passage, past=verb["past"] is not None or _came(reading.passage, verb[0]))
        for actor in chain_before(text, actors, verb.start()) or chain_after(text, actors, verb.end()):
            taking.setdefault(actor.begin, status)
    for actor in actors:
        since = max(reading.span[0], actor.begin - _NOUN_REACH)
        if actor.begin not in taking and noun_before().search(text, since, actor.begin):
            for other in chain_after(text, actors, actor.begin):
                taking.setdefault(other.begin, _status(reading.passage, past=reading.passage.section_kind in _RECORDS))
    return taking


def _came(passage: Passage, verb: str) -> bool:
    """Whether a present tense is the secretary's note of what happened ("ankommer klokken 13")."""
    return passage.section_kind in _RECORDS and coming().match(verb) is not None


def _status(passage: Passage, *, past: bool) -> str:
    """Recorded is what a decision or a header tells in the past tense; announced what any text tells in the present."""
    if not past:
        return "announced"
    return "recorded" if passage.section_kind in _RECORDS else "mentioned"


def _substitutes(reading: _Reading, actors: list[Actor]) -> list[Actor]:
    """Read who stands in for whom, in either direction; the actors that were read as substitutes or absent by it."""
    text = reading.passage.text
    read: list[Actor] = []
    named = [a for a in actors if a.name]
    for first, second in pairwise(named):
        gap = text[first.end : second.begin]
        title = (second.title or "").lower()
        opening = text[max(reading.span[0], first.begin - _NOUN_REACH) : first.begin]
        if ELECTED.search(text, first.begin, second.begin):
            continue
        titled = title in ("stedfortræder", "suppleant") and len(gap) < 12
        if came_for(opening, gap):
            _stand_in(reading, second, first)
        elif instead_of().search(gap):
            _stand_in(reading, first, second)
        elif titled or instead_of().search(opening) or sent_for().search(gap):
            _stand_in(reading, second, first)
        else:
            continue
        read += [first, second]
    instead = INSTEAD.search(text, *reading.span)
    if len(reading.absentees) == 1:  # "Afbud fra Ida Holm. Som stedfortræder deltog Bo Juhl."
        instead = instead or _AS_SUBSTITUTE.search(text, *reading.span) or THE_SUBSTITUTE.match(text, *reading.span)
    instead = None if instead is not None and ELECTED.search(reading.sentence) else instead
    if not read and instead is not None and len(named) == 2 and named[1].end <= instead.start():
        _stand_in(reading, named[1], named[0])
        read = named
    elif not read and instead is not None and len(named) == 1 and reading.absentees:
        _stand_in(reading, named[0], reading.absentees[-1])
        read = named
    if not read and named and _LACK.search(reading.sentence):
        reading.absentees = named
    return read


def _stand_in(reading: _Reading, stand: Actor, away: Actor) -> None:
    """Record that one actor stands in for another, who is absent."""
    verb = taking_part().search(reading.sentence)
    if verb is None:
        planned = reading.passage.section_kind not in _RECORDS
    else:
        told = reading.passage.section_kind == "attendance" or _came(reading.passage, verb[0])  # a roll's own tense
        planned = verb["present"] is not None and not told
    reading.add(
        stand, "announced" if planned else "recorded", method="substitute", role=f"stedfortræder for {away.label}"
    )
    reading.found[-1] = replace(reading.found[-1], substitutes=away.label)
    if reading.span[0] <= away.begin < reading.span[1]:
        _absent(reading, [away])
    reading.absentees = [away]
