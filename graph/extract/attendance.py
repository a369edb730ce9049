"""Who was at the meeting and who was not: from the header's roll calls, and from what the items tell of all of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from graph.danish.name_lists import read_name_list
from graph.danish.names import read_names
from graph.danish.phrases import item_numbers
from graph.extract.attendance_grid import without_grids
from graph.extract.away import away_by_post, holds_at, tells_stretch, there_in_part
from graph.extract.labels import MEETING_FIELDS
from graph.extract.participations import join_participations, read_attendance, read_participations
from graph.extract.passage import Passage
from graph.extract.people import own_reasons
from graph.extract.sections import Part
from graph.model import AgendaItem, Participation

STATUS = {"members": "present", "present": "present", "guests": "present", "absent": "absent", "recusal": "recused"}

_WHOLE_MEETING = re.compile(
    r"\b(?:afbud|fravær|fraværende|på mødet|i mødet|stedfortræder|suppleant|i stedet)\b", re.IGNORECASE
)
_ONE_ITEM = re.compile(r"\b(?:under|ved) (?:punktet|sagen|dette punkt|pkt|punkt)|\bsagens behandling", re.IGNORECASE)
_STANDS_FOR = re.compile(
    r"\b(?:stedfortræder|suppleant|afløser|vikar|i stedet|i \w{3,15} sted|(?:hendes|hans|dennes|vedkommendes) plads"
    r"|for [^.,;:\n]{5,50} (?:mødte|møder|deltog|deltager|indtr[åæ]d\w+)\b)",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"(?:Fra|Desuden|Endvidere|Herudover|Derudover|Også|Tillige|Som gæst(?:er)?)\b[^.\n]{0,60}?"
    r"\b(?:deltog|deltager|mødte|(?:var|er) (?:også )?(?:mødt|til stede)) (?!ikke)\w.*\.$"
    r"|Mødet (?:blev |er |var )?(?:ledet|åbnet|indledt) af \w.{1,300}\.$|(?:Der var )?[Aa]fbud fra [A-ZÆØÅ].{1,300}"
    r"|[A-ZÆØÅ].{0,200}\b(?:deltog ikke|i stedet for|mødte for|havde meldt"
    r"|forlod mødet|gik kl|ankom|kom til stede|mødte kl|(?:var|er) ikke til stede|deltog (?:fra|til|kun|i) |gav møde"
    r"|(?:var|er|blev) repræsenteret (?:ved|af))\b"
)
ROLL = frozenset({"members", "present"})
# "Ledelse: ", "Medarbejdere: ", "Forældrerepræsentanter: "
_GROUP = re.compile(r"(?:[A-ZÆØÅ][\w/-]{1,40})(?: [\w/-]{1,30}){0,3}: ")
# one of a list with what is told of them: "Ida Krog (A), deltog fra punkt 3"
_REMARKED = re.compile(
    r"[A-ZÆØÅ][\w.' -]{3,60}(?: \([^()]{1,20}\))?(?:,| [-–]| \() ?(?:deltog|ankom|kom|mødte|gik|forlod)\b"
)
_ABBREVIATED = 5  # letters before the first name: "FTR ", "TR "
_FOR = re.compile(r"[\w() ]{0,12}[ (](?:for|i stedet for) ")
_REPLACED = re.compile(
    r"\b(?:(?:erstatte[ts]|afløs(?:t|es)|repræsenter(?:et|es)) (?:af|ved)"
    r"|(?:for (?:hvem(?: der)?|hende|ham|vedkommende|sidstnævnte|denne)|i (?:hendes|hans|dennes|vedkommendes) sted)"
    r"(?: (?:gav|mødte|møder|deltog|deltager|indkaldtes|(?:er|var|blev) (?:mødt|indkaldt)))?):? $"
)
# "Ida Krog (A), hvor Bo Juhl (A) indtræder", "Ida Krog, idet Bo Juhl mødte i stedet"
_WHERE = re.compile(r"(?:,| -| –|\)|\b)? ?(?:hvor|idet|mens|her)(?: i stedet)? $|[,–-] $")
_STEPS_IN = re.compile(
    r"\)?(?: \([^()]{1,24}\))? (?:indtr[åæ]d\w*|(?:møder|mødte|deltager|deltog|gav møde|er mødt|var mødt|er indkaldt)"
    r" (?:i stedet|som (?:stedfortræder|suppleant|afløser)|for (?:hende|ham|vedkommende))|træder (?:til|ind)|afløser)\b"
)
_AWAY_AT = re.compile(r"\b(?:ikke til ?stede|deltog ikke|fraværende|ikke deltog|deltog derfor ikke)\b")
_STANDS_IN = ("stedfortræder", "suppleant")


def header_participations(passage: Passage, parts: Sequence[Part], numbers: set[str]) -> tuple[Participation, ...]:
    """The participations that stand over the first item; `passage` is the whole source, `numbers` its items' own."""
    parts, found = without_grids(passage, parts)
    for part, kind in _rolls(passage, parts):
        begin = _prose_begin(part) if kind in MEETING_FIELDS else part.begin
        if begin >= part.end:
            continue
        here = replace(passage, begin=begin, end=part.end)
        listed = read_attendance(here, STATUS[kind]) if kind in {"absent", "members", "present"} else ()
        listed = tuple(map(there_in_part, listed)) if kind == "absent" else listed
        if replaced := list(_replaced(here, listed)):
            found.extend(replaced)
        elif kind == "absent" and part.head is not None and _STANDS_FOR.search(here.text):
            sentences = read_participations(replace(here, begin=part.head.line.begin))
            came = {one.agent for one in listed if one.participation_status == "present"}
            stated = tuple(one for one in own_reasons(here.text, sentences, listed) if one.agent not in came)
            known = {one.agent for one in stated if one.participation_status != "mentioned"}
            found.extend((*stated, *(one for one in listed if one.agent not in known)))
        elif kind == "substitute":
            found.extend(_substitutes(here))
        elif kind in STATUS:
            told = _prose_in(part)
            found.extend(listed if listed and told == here.end else _listed_until(here, told, kind))
            there = [one for one in found if kind in ROLL or tells_stretch(one.reason)]
            found.extend(_met(one) for one in there if _is_partial(one, numbers))
            if told < part.end:
                found.extend(map(_away_at, read_participations(replace(here, begin=told))))
        else:
            groups = tuple(_groups(passage, part))
            found.extend(groups or read_participations(here))
    found = away_by_post(passage, parts, found)
    absent = {one.agent for one in found if one.participation_status == "absent" and not _is_partial(one, numbers)}
    substitutes = {one.agent for one in found if one.substitutes}
    kept = [
        one
        for one in found
        if not (one.participation_status == "present" and not one.substitutes and one.agent in absent | substitutes)
    ]
    return join_participations(tuple(kept))


def _groups(passage: Passage, part: Part) -> Iterator[Participation]:
    """The names on lines that tell first whom they are for ("Ledelse: Ida Krog, Bo Juhl", "FTR: Liv Ravn")."""
    for row in part.rows:
        if (group := _GROUP.match(row.line.text)) and row.role in {"", "guests"}:
            listed = read_name_list(row.line.text[group.end() :])
            if listed and listed[0].whole[0] <= _ABBREVIATED:
                begin = row.line.begin + group.end()
                yield from read_attendance(replace(passage, begin=begin, end=row.line.end), "present")


def _met(one: Participation) -> Participation:
    """Who was at the meeting, but not at all of it."""
    return replace(one, participation_status="present", reason=None)


def _substitutes(passage: Passage) -> Iterator[Participation]:
    """The names under "Stedfortræder": each stands in, for the one named behind "for" where there is one."""
    listed = read_attendance(passage, "present")
    told = {one.substitutes for one in listed}
    for one, after in zip_longest(listed, listed[1:]):
        if one.agent in told:
            continue
        between = passage.source.text[_names_end(one) : after.evidence[1].begin_index] if after is not None else ""
        whom = after.agent if after is not None and _FOR.fullmatch(between) else one.substitutes
        told.add(whom)
        yield replace(one, substitutes=whom, had_role=f"stedfortræder for {whom}" if whom else "stedfortræder")


def _listed_until(passage: Passage, end: int, kind: str) -> tuple[Participation, ...]:
    return read_attendance(replace(passage, end=end), STATUS[kind])


def _replaced(passage: Passage, listed: Sequence[Participation]) -> Iterator[Participation]:
    """A roll's names where some took others' places ("Ida Krog (erstattet af Bo Juhl)"); nothing where none did."""
    whom: dict[int, str | None] = {}
    for place, (one, after) in enumerate(pairwise(listed), 1):
        between = passage.source.text[_names_end(one) : after.evidence[1].begin_index]
        behind = passage.source.text[_names_end(after) : passage.end]
        if _REPLACED.search(between) or (_WHERE.search(between) and _STEPS_IN.match(behind)):
            whom[place] = one.agent
    for place, one in enumerate(listed) if whom else ():
        if place not in whom:
            yield replace(one, participation_status="absent") if one.agent in whom.values() else one
        else:
            role = f"stedfortræder for {whom[place]}"
            yield replace(one, participation_status="present", substitutes=whom[place], had_role=role, reason=None)


def _away_at(one: Participation) -> Participation:
    """Who a sentence says was away from items it numbers, as absent from these."""
    words = one.sentences[0].anchor_of if one.sentences else ""
    away = one.participation_status in {"recorded", "mentioned"} and _AWAY_AT.search(words) and item_numbers(words)
    return replace(one, participation_status="absent", reason=words) if away else one


def _names_end(one: Participation) -> int:
    """Where the words of a person's name and party end."""
    return max(evidence.end_index for evidence in one.evidence[1:]) if one.evidence[1:] else 0


def _is_partial(one: Participation, numbers: set[str]) -> bool:
    """Whether an absence holds for some of the items only."""
    return bool(item_numbers(one.reason or "")) and not all(holds_at(one, number) for number in numbers)


def _prose_in(part: Part) -> int:
    """Where a roll's list gives way to sentences on who was absent and who stood in, else the part's end."""
    rows = part.rows[1:] if part.rows and part.rows[0] is part.head else part.rows
    told = (row.line for row in rows if _TOLD.match(row.line.text))
    listed = _REMARKED if part.kind == "absent" else _GROUP
    return next((line.begin for line in told if line.text.endswith(".") or not listed.match(line.text)), part.end)


def _prose_begin(part: Part) -> int:
    """Where the lines behind a field's value begin."""
    rest = part.rows[1:]
    return rest[0].line.begin if rest else part.end


def _rolls(passage: Passage, parts: Sequence[Part]) -> Iterator[tuple[Part, str]]:
    """The header's parts with their kinds. Two labels side by side over one list are a roll and the absent among it:
    a flattened pair of columns, where the absent stand twice."""
    for place, part in enumerate(parts):
        before = parts[place - 1] if place else None
        paired = part.kind == "absent" and before is not None and before.kind in {"members", "present"} and before.empty
        if paired:
            yield from _flattened(passage, part)
        else:
            yield part, part.kind


def _flattened(passage: Passage, part: Part) -> Iterator[tuple[Part, str]]:
    names = read_names(passage.source.text[part.begin : part.end])
    twice = {name for name, count in Counter(name.name for name in names).items() if count > 1}
    yield part, "members" if twice else "absent"
    if twice:
        last = max((name for name in names if name.name in twice), key=lambda name: name.begin)
        begin = part.begin + min(last.whole[0], last.begin)
        line = part.rows[0].line
        tail = replace(line, begin=begin, text=passage.source.text[begin : line.end])
        yield Part("absent", None, (replace(part.rows[0], line=tail, label=None),)), "absent"


def meeting_participations(header: Iterable[Participation], items: Sequence[AgendaItem]) -> tuple[Participation, ...]:
    """The participations of the whole meeting: the header's, and those that its items tell of all of it.

    An absence told in an item holds for the meeting where the words say so ("Afbud fra", "deltog ikke på mødet"), or
    where every item with a verdict tells it again.
    """
    numbers = {item.item_number for item in items if item.item_number}
    whole = [one for one in header if one.participation_status == "present" or not _is_partial(one, numbers)]
    decided = [item for item in items if item.decisions]
    everywhere = set.intersection(*(_absent(item) for item in decided)) if decided else set()
    known = {one.agent for one in whole if one.participation_status == "absent"}
    for item in items:
        for one in item.participations:
            if one.participation_status == "absent" and one.agent not in known and not item_numbers(one.reason or ""):
                if (one.agent in everywhere or _tells_whole_meeting(one)) and not _announced(item, one):
                    known.add(one.agent)
                    whole.append(one)
            elif _stands_in(one):
                whole.append(replace(one, participation_status="present"))
    away = known & everywhere if len(decided) > 1 else set()
    kept = [one for one in whole if one.participation_status != "present" or one.substitutes or one.agent not in away]
    return join_participations(tuple(kept))


def _announced(item: AgendaItem, one: Participation) -> bool:
    """Whether the item itself announced whom it then calls absent: a speaker, of whom no meeting's roll is kept."""
    return any(other.agent == one.agent and other.participation_status == "announced" for other in item.participations)


def _absent(item: AgendaItem) -> set[str | None]:
    return {one.agent for one in item.participations if one.participation_status == "absent"}


def _tells_whole_meeting(one: Participation) -> bool:
    told = [evidence.anchor_of for evidence in one.sentences]
    return any(_WHOLE_MEETING.search(words) and not _ONE_ITEM.search(words) for words in told)


def _stands_in(one: Participation) -> bool:
    present = one.participation_status in {"present", "recorded"}
    return present and (one.substitutes is not None or (one.had_role or "").startswith(_STANDS_IN))


def partial(header: Iterable[Participation], numbers: set[str]) -> tuple[Participation, ...]:
    """The header's participations that hold for some of the items only."""
    return tuple(one for one in header if _is_partial(one, numbers))


def with_absences(items: Sequence[AgendaItem]) -> tuple[AgendaItem, ...]:
    """The items, each with the absences that another item tells of it ("deltog ikke i behandlingen af sag 3 og 4")."""
    told = [(item, one) for item in items for one in item.participations if one.participation_status == "absent"]
    found = []
    for item in items:
        number = item.item_number or ""
        here = [one for source, one in told if source is not item and holds_at(one, number)]
        found.append(replace(item, participations=join_participations((*item.participations, *here))) if here else item)
    return tuple(found)


def of_item(header: Iterable[Participation], number: str | None) -> tuple[Participation, ...]:
    """The header's participations that hold for one item alone ("deltog ikke i behandlingen af pkt. 1 og 9")."""
    return tuple(one for one in header if number is not None and holds_at(one, number))
