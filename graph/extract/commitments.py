"""What a decision says is to be done, by whom, for whom and by when (aftalt opfølgning).

Only what was agreed counts: an expectation ("der forventes"), a wish or the way of a tender is no commitment.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache

from graph.danish.bodies import BodyName, read_bodies, read_units
from graph.danish.dates import read_dates
from graph.danish.hints import holds, lowered
from graph.danish.lexicon import alternatives, table
from graph.danish.sentences import sentences
from graph.extract.passage import Passage
from graph.extract.people import Actor, participation, read_actors
from graph.model import Commitment, PostHolding
from graph.values import value

# how far into a sentence a word of hope makes it no action
_OPENING = 80
_RECIPIENT = re.compile(r"\b(?:i|for|til|over for|overfor) $")


@cache
def _agreed() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('verbs', 'commitments', 'agreed')}),? (?:at|hvem)\b", re.IGNORECASE)


@cache
def _task_decided() -> re.Pattern[str]:
    """A body decides that its administration does something."""
    return re.compile(rf"\bbeslutte(?:de|t|r),? at (?={_owner_words()}\b)", re.IGNORECASE)


@cache
def _owner_words() -> str:
    """Who acts for an administration, as one choice: "forvaltningen", or a word that ends like "økonomiafdelingen"."""
    owners = alternatives("verbs", "commitments", "owners")
    return rf"(?:(?<![\w-])[\w-]*(?:{alternatives('verbs', 'commitments', 'owner_endings')})|{owners})"


@cache
def _owner_behind() -> re.Pattern[str]:
    return re.compile(rf" ?({_owner_words()})\b", re.IGNORECASE)


@cache
def _passive() -> re.Pattern[str]:
    """What is to be done, without a doer: "Der ansættes en projektleder"."""
    contract, task = (alternatives("verbs", "commitments", key) for key in ("contract", "task"))
    return re.compile(rf"\bder (?:(?P<hire>ansættes)|(?P<contract>{contract})|(?P<task>{task}))\b", re.IGNORECASE)


@cache
def _unit_does() -> re.Pattern[str]:
    """A department, a group or an office that does something."""
    does = alternatives("verbs", "commitments", "does")
    return re.compile(rf"(?P<owner>{_owner_words()})(?: skal| vil)? (?:{does})\b", re.IGNORECASE)


@cache
def _asked() -> re.Pattern[str]:
    """A department that is asked to do something, or a body that asks it."""
    asked = alternatives("verbs", "commitments", "asked")
    return re.compile(
        rf"(?P<owner>{_owner_words()})s? (?:blev |er |bliver )?(?:{asked})(?: at)? (?=[a-zæøå])"
        rf"|\b(?:beder|anmodede|anmoder|bad|pålagde) (?P<other>{_owner_words()}) om\b",
        re.IGNORECASE,
    )


@cache
def _not_action() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives('verbs', 'commitments', 'no_action')})\b", re.IGNORECASE)


@cache
def _before_due() -> re.Pattern[str]:
    """Words before a date that make it the day by which a thing is done: "til økonomiudvalgets møde den "."""
    due = alternatives("verbs", "commitments", "due")
    return re.compile(
        rf"\b(?:{due})(?: i)?(?: næste)?(?: [\w-]{{1,40}}s)?(?: mødet?)?"
        r"(?: udgangen af| slutningen af)?(?: den| d\.)? ?$",
        re.IGNORECASE,
    )


@cache
def _group() -> re.Pattern[str]:
    """A group that is only described: "i de to chefgrupper"."""
    groups = alternatives("verbs", "commitments", "groups")
    return re.compile(rf"\b(?:i|for|til|med) (?P<who>(?:de (?:to|tre|fire|fem) |begge )?(?:{groups}))\b")


@cache
def _forms() -> tuple[tuple[Callable[[], re.Pattern[str]], tuple[str, ...]], ...]:
    """The forms of a commitment, each with words of which it needs one."""
    listed = table("verbs")["commitments"]
    owners = (*listed["owners"], *listed["owner_endings"])
    return (
        (_agreed, (" at", " hvem")),
        (_task_decided, ("beslutte",)),
        (_passive, ("der ",)),
        (_unit_does, owners),
        (_asked, owners),
    )


@value()
class _Owner:
    """Who is to do it, as written, with the post and where the words stand."""

    text: str
    begin: int
    end: int
    holding: PostHolding | None = None


def read_commitments(passage: Passage) -> tuple[Commitment, ...]:
    """What the sentences of a decision agree to be done; none in any other section."""
    if passage.section_kind != "decision":
        return ()
    text = passage.text
    low = lowered(text)
    forms = [form() for form, hints in _forms() if holds(low, hints)]
    found = [
        _of_sentence(passage.part(begin, end))
        for begin, end in (sentences(text) if forms else ())
        if any(form.search(text, begin, end) for form in forms)
    ]
    return tuple(one for one in found if one is not None)


def _of_sentence(sentence: Passage) -> Commitment | None:
    """The commitment of one sentence, by the first form that fits."""
    text = sentence.text
    agreed = _agreed().search(text) or _task_decided().search(text)
    if agreed is not None:
        owner = _subject(sentence, agreed.end())
        return _commitment(sentence, owner, rule="commit.assign" if owner else "commit.agree")
    if _not_action().search(text, 0, _OPENING):
        return None
    passive = _passive().search(text)
    if passive is not None:
        rule = "commit.hire" if passive["hire"] else "commit.contract" if passive["contract"] else "commit.task"
        return _commitment(sentence, None, rule=rule)
    for form in (_unit_does(), _asked()):
        match = form.search(text)
        if match is not None:
            group = match.lastgroup or "owner"
            owner = _Owner(match[group], match.start(group), match.end(group))
            return _commitment(sentence, owner, rule="commit.unit")
    return None


def _subject(sentence: Passage, begin: int) -> _Owner | None:
    """Who stands right behind "at": a person, a post, a body or a department."""
    text = sentence.text
    for actor in read_actors(text):
        if begin <= actor.begin <= begin + 2:
            return _person(sentence, actor)
    units: list[BodyName] = [*read_bodies(text), *read_units(text)]
    for unit in units:
        if begin <= unit.begin <= begin + 2:
            return _Owner(unit.name, unit.begin, unit.end)
    match = _owner_behind().match(text, begin)
    return _Owner(match[1], match.start(1), match.end(1)) if match else None


def _person(sentence: Passage, actor: Actor) -> _Owner:
    span = (actor.begin, actor.end)
    holding = participation(sentence, actor, "mentioned", sentence=span, method="person.title").acting_as
    begin, end = (actor.name.begin, actor.name.end) if actor.name else span
    return _Owner(actor.label, begin, end, holding)


def _commitment(sentence: Passage, owner: _Owner | None, *, rule: str) -> Commitment:
    """A commitment with the sentence it stands in, its owner, recipient and due date."""
    text = sentence.text
    evidence = [sentence.evidence(0, len(text))]
    if owner is not None:
        evidence.append(sentence.evidence(owner.begin, owner.end, "owner"))
    recipient = _recipient(text, owner.end if owner else 0)
    if recipient is not None:
        evidence.append(sentence.evidence(*recipient, "recipient"))
    due = _due(sentence)
    if due is not None:
        evidence.append(sentence.evidence(*due[:2], "due_as_stated"))
    return Commitment(
        description=" ".join(text.split()).lstrip("-• "),
        owner=owner.text if owner else None,
        acting_as=owner.holding if owner else None,
        recipient=_named(text[slice(*recipient)]) if recipient else None,
        due_as_stated=text[slice(*due[:2])] if due else None,
        due_date=due[2] if due else None,
        evidence=tuple(evidence),
        extraction_method=rule,
        confidence=0.9 if rule != "commit.unit" else 0.8,
    )


def _recipient(text: str, begin: int) -> tuple[int, int] | None:
    """For whom: a described group, or a body behind "i", "for" or "til"."""
    group = _group().search(text, begin)
    if group is not None:
        return group.span("who")
    for body in read_bodies(text):
        if begin <= body.begin and _RECIPIENT.search(text, max(begin, body.begin - 12), body.begin):
            return body.begin, body.end
    return None


def _named(words: str) -> str:
    """A recipient as written; a body in the nominative, with its capital."""
    bodies = read_bodies(words)
    name = bodies[0].name if bodies else " ".join(words.split())
    return name[0].upper() + name[1:] if bodies else name


def _due(sentence: Passage) -> tuple[int, int, date | None] | None:
    """By when, with the words before the date ("inden 1. november", "til økonomiudvalgets møde den 18. marts")."""
    text = sentence.text
    for when in read_dates(text, near=sentence.meeting_date, forward=True):
        words = _before_due().search(text, max(0, when.begin - 60), when.begin)
        if words is not None:
            return words.start(), when.end, when.date
        if when.precision == "vague":
            return when.begin, when.end, None
    return None
