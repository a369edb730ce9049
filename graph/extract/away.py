"""Whom a header's words tell to have been away, or there after all, beside the roll that names them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.danish.phrases import item_numbers
from graph.extract.passage import Passage
from graph.extract.sections import Part
from graph.model import Evidence, Participation

# "da politidirektøren var forhindret": who was away, named by a post that one member alone holds
_POST_AWAY = re.compile(
    r"(?:en|et|n) (?:(?:var|er|blev) (?:forhindret|fraværende|syg|bortrejst|ikke til stede|fritaget)"
    r"|(?:havde|har) (?:meldt |sendt )?(?:afbud|forfald))\b"
)
_POST = re.compile(r"[A-ZÆØÅa-zæøå]{4,30}$")
# who was away from the beginning or the end alone: "deltog fra kl. 17:45", "ankom lidt for sent"
_PART_OF_IT = re.compile(
    r"\b(?:delt(?:og|ager)|mødte|møder|ankom\w*|kom|kommer|til ?stede|forlod|forlader|gik|går|var med)\b(?! ikke)"
    r"[^.;]{0,40}?(?:\bkl\b|\b\d{1,2}[.:]\d\d\b|\bsenere\b|\bfor sent\b|\bforsinket\b)"
    r"|^(?:ind)?(?:til|fra|før|efter) (?:ca\. )?kl\b"
)
# what a remark tells of the items that someone was there for, or away from: "deltog fra punkt 82", "gik efter pkt. 3"
_STRETCH = re.compile(
    r"\b(?:(?P<gone>fraværende|ikke til ?stede|deltog ikke|deltager ikke|afbud)|(?P<went>forlod|forlader|gik|går)"
    r"|(?P<there>deltog|deltager|til ?stede|var med|mødt)|ankom(?:met|mer)?|kom|kommer|mødte|møder|tiltr[åæ]dte)"
    r"(?: (?:i |til )?mødet| til ?stede| først| kun| alene| senere| dog| hjem| kl\.? ?[\d.:]{1,5},?){0,3}"
    r" (?P<when>fra og med|fra|til og med|indtil|til|efter|før|inden|under|ved|i)(?: behandlingen af)?"
    r" (?=(?:dagsordens)?(?:punkt|pkt|sag))",
    re.IGNORECASE,
)
_AT = frozenset({"i", "under", "ved"})
_BEFORE_END = frozenset({"til", "indtil", "til og med", "før", "inden"})


def tells_stretch(reason: str | None) -> bool:
    """Whether a remark tells which items someone was there for ("deltog fra punkt 82"), and so which not.

    >>> tells_stretch("deltog fra punkt 82"), tells_stretch("deltog ikke i punkt 24"), tells_stretch("sag 3-9")
    (True, False, False)
    """
    told = _STRETCH.search(reason or "")
    return told is not None and told["gone"] is None


def holds_at(one: Participation, number: str) -> bool:
    """Whether what a header tells of someone holds at the item of a number: one who "deltog fra punkt 82" was absent
    from those before it."""
    numbers = item_numbers(one.reason or "")
    told = _STRETCH.search(one.reason or "") if one.participation_status == "absent" and numbers else None
    if told is None or not number.isdecimal() or (told["gone"] and told["when"].lower() in _AT):
        return number in numbers
    when = told["when"].lower()
    if told["there"] and when in _AT:
        return number not in numbers
    named = [int(other) for other in item_numbers(told.string[told.end() :])]
    late = told["went"] or when in (
        _BEFORE_END if told["there"] else {"fra", "fra og med", "efter"} if told["gone"] else ()
    )
    if late:
        return int(number) > max(named) if when in {"efter", "til og med"} else int(number) >= min(named)
    return int(number) <= max(named) if when in {"efter", "til og med"} else int(number) < min(named)


def away_by_post(passage: Passage, parts: Sequence[Part], found: list[Participation]) -> list[Participation]:
    """The header's participations, where a sentence tells by a member's post that this member was away; the one whom
    the same sentence says to have come stands in."""
    if not parts:
        return found
    text = passage.source.text
    for away in _POST_AWAY.finditer(text, parts[0].begin, parts[-1].end):
        post = _POST.search(text, max(0, away.start() - 40), away.start())
        holders = [one for one in found if post and (one.had_role or "").casefold() == post[0].casefold()]
        if len(holders) != 1 or holders[0].participation_status != "present":
            continue
        member, line = holders[0], text.rfind("\n", 0, away.start()) + 1
        told = Evidence(line, away.end(), text[line : away.end()])
        gone = replace(member, participation_status="absent", evidence=(*member.evidence, told))
        came = [one for one in found if one.participation_status == "recorded" and _within(one, line, away.start())]
        stand = came[0] if len(came) == 1 else None
        role = f"stedfortræder for {member.agent}"
        swap = {id(member): gone, id(stand): replace(stand, substitutes=member.agent, had_role=role) if stand else None}
        found = [swap.get(id(one)) or one for one in found]
    return found


def _within(one: Participation, begin: int, end: int) -> bool:
    """Whether a person is named between two places."""
    return any(begin <= evidence.begin_index < end for evidence in one.evidence[1:])


def there_in_part(one: Participation) -> Participation:
    """One of a roll of the absent, as present where the roll tells that they came late or left early."""
    told = one.reason or one.had_role or ""
    if not _PART_OF_IT.search(told) or item_numbers(told):
        return one
    return replace(one, participation_status="present", reason=None, had_role=one.had_role if one.reason else None)
