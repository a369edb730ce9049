"""Everyone named in an item's sections: at this meeting, at another body's, as case officer, as substitute."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import zip_longest

from graph.danish.bodies import read_bodies, same_body
from graph.danish.hints import holds, lowered
from graph.extract.attendance import STATUS
from graph.extract.clauses import ELECTED
from graph.extract.decisions import heading_body, heading_date
from graph.extract.labels import ITEM_FIELDS, label_lists
from graph.extract.participations import elsewhere, read_attendance, read_participations
from graph.extract.passage import Passage
from graph.extract.reading import Reading
from graph.extract.sections import Part, fields, rolls
from graph.model import Participation

_QUOTED = re.compile(r"[\"“”»][^\"“”»«]{9,900}[\"“”«]")
_STAND_INS = ("stedfortræder", "suppleant")
_CLOSES = re.compile(
    r"(?:Referent(?:er)?|Referat ved|Referatet er (?:skrevet|udarbejdet) af|Som referent|For referatet|Noter ved"
    r"|Skrev noter)[: ]|Således (?:vedtaget|besluttet|passeret|protokolleret)\b"
    r"|(?:(?:Elektronisk |Digitalt )?(?:[Uu]nderskrevet|[Ss]igneret)|Underskrifts?(?:er|side|blad)?)\b.{0,40}$"
)
_NAME_ALONE = re.compile(r"[A-ZÆØÅ][\w.'-]{1,30}(?: [A-ZÆØÅ][\w.'-]{0,30}){1,4}")
_NAMES_ALONE = re.compile(rf"{_NAME_ALONE.pattern}(?:(?:\t| {{3,60}}){_NAME_ALONE.pattern}){{1,8}}")  # side by side
_SIGNED_BY = re.compile(
    r"(?:[Uu]dvalgs|[Rr]åds|[Bb]estyrelses|[Ff]orretningsfører|[Mm]øde)?(?:[Nn]æst)?(?:[Ff]ormand|[Ff]orkvinde|[Bb]orgmester|[Ll]eder|[Dd]irektør)"
)
_LAST_ROWS = 6
_DISQUALIFIED = re.compile(r"[-–,(] ?(?:er )?[Ii]nhabil(?:itet)?\)?[.;]?$")
# seats are filled for good: "Ida Krog (A) blev valgt, med Bo Juhl (A) som suppleant"
_FILLS = re.compile(r"\b(?:(?:gen|ny)?valg\b|udpeg|konstituering|besættelse|repræsentation)", re.IGNORECASE)
_AT_MEETING = re.compile(
    r"\b(?:afbud|fravær\w*|deltog|deltager|mødte?|møder|i stedet|indkaldt|(?:ikke|ej) til ?stede|inhabil\w*"
    r"|indtr[åæ]d\w*)\b",
    re.IGNORECASE,
)
_AS_SUBSTITUTE = re.compile(
    r"(?: \([^()\n]{1,24}\))? som (?:[a-zæøå]{3,12} )?(?P<role>stedfortræder|suppleant)"
    r"(?P<many>er|e)?\b(?! for [A-ZÆØÅ])"
)
_NEXT_OF_LIST = re.compile(r"(?: \([^()\n]{1,24}\))?(?:,| og| samt) $")
_FOR_WHOM = re.compile(
    r"\b[Ss]om (?:[a-zæøå]{3,12} )?(?P<role>stedfortræder|suppleant) for [^.;:\n]{3,80}? "
    r"(?:vælges|valgtes|udpeges|udpegedes|udpeget|valgt) $"
)
_REACH = 160  # from a quoted verdict back to the body whose it is
_SUBSTITUTE = re.compile(r"\b(?:stedfortræder|suppleant)", re.IGNORECASE)


def read_people(reading: Reading, passage: Passage, part: Part, *, title: str) -> Iterator[Participation]:
    """The participations of a section; whoever stands under another body's verdict was not at this meeting."""
    if (end := _signed(passage, part)) < passage.end:
        passage = reading.passage(passage.begin, end, passage.section_kind)
    verdict = is_verdict(part) and passage.section_kind != "decision"
    here = reading.passage(passage.begin, passage.end, "decision") if verdict else passage
    found = [_as_remarked(_as_quoted(passage, one)) for one in read_participations(here)]
    if found and holds(passage.text, ("tedfortræder", "uppleant")):
        found = _as_elected(passage, found, title)
    for role, span in rolls(part):
        if (
            role in STATUS
            and span[0] < passage.end
            and not any(span[0] <= e.begin_index < span[1] for one in found for e in one.evidence[1:])
        ):
            found.extend(map(_as_remarked, read_attendance(reading.passage(*span, "attendance"), STATUS[role])))
    if passage.section_kind == "history" and not is_own(reading, part):
        yield from elsewhere(tuple(found), heading_body(part.head) or "" if part.head else "")
    elif part.kind == "decision" and holds(lowered(title), _STAND_INS) and _SUBSTITUTE.search(title):
        yield from (_called_in(one) for one in found)
    else:
        yield from found
    yield from _officers(reading, part)


def _signed(passage: Passage, part: Part) -> int:
    """Where a section gives way to what closes the paper: who took the minutes, who signs them; else its end."""
    rows = part.rows
    last = len(rows) - 1
    for place, row in enumerate(rows):
        text = row.line.text
        closes = _CLOSES.match(text) is not None
        if not closes and place == last:
            closes = place > 0 and _NAMES_ALONE.fullmatch(text) is not None  # side by side
        elif not closes and last - place < _LAST_ROWS and _SIGNED_BY.fullmatch(rows[place + 1].line.text):
            closes = _NAME_ALONE.fullmatch(text) is not None
        if closes:
            return max(passage.begin, min(passage.end, row.line.begin))
    return passage.end


def _as_quoted(passage: Passage, one: Participation) -> Participation:
    """Someone whom only the quoted words of an earlier meeting call absent is named here, no more."""
    if one.participation_status != "absent" or passage.section_kind == "decision":
        return one
    begin, end = one.evidence[0].begin_index - passage.begin, one.evidence[0].end_index - passage.begin
    quoted = (found for found in _QUOTED.finditer(passage.text) if found.start() <= begin and end <= found.end())
    if (quote := next(quoted, None)) is None:
        return one
    whose = read_bodies(passage.text[max(0, quote.start() - _REACH) : quote.start()])
    return elsewhere((one,), whose[-1].name)[0] if whose else replace(one, participation_status="mentioned")


def _as_remarked(one: Participation) -> Participation:
    """Someone whom an item's own roll has among the absent as disqualified ("Fraværende: Ida Holm (A) - inhabil")."""
    if one.participation_status != "absent" or not _DISQUALIFIED.search(one.sentences[0].anchor_of):
        return one
    return replace(one, participation_status="recused", had_role="inhabil", extraction_method="recuse")


def _as_elected(passage: Passage, found: list[Participation], title: str) -> list[Participation]:
    """The participations, where whom a body elects as a substitute stands in for nobody at the meeting itself."""
    fills, kept = _FILLS.search(title) is not None, list(found)
    order = sorted((e.begin_index, n, e) for n, one in enumerate(found) for e in one.evidence if e.supports == "agent")
    many = ""  # the part of those named behind, where it is that of a list
    for (_, n, name), after in reversed(list(zip_longest(order, order[1:]))):
        one, words = found[n], found[n].sentences[0].anchor_of
        text, end = passage.source.text, name.end_index
        many = many if after is not None and _NEXT_OF_LIST.fullmatch(text[end : after[2].begin_index]) else ""
        if _AT_MEETING.search(words) or not (fills or ELECTED.search(words)):
            continue
        behind = _AS_SUBSTITUTE.match(text, end)
        told = behind or _FOR_WHOM.search(text, max(passage.begin, name.begin_index - _REACH), name.begin_index)
        many = behind["role"] if behind and behind["many"] else many
        called = _SUBSTITUTE.search(words) if one.substitutes else None
        role = told["role"] if told else many or (called[0].lower() if called else None)
        if role is not None:
            kept[n] = replace(one, participation_status="mentioned", substitutes=None, had_role=role)
        elif one.participation_status == "absent" and _SUBSTITUTE.search(words):
            kept[n] = replace(one, participation_status="mentioned", reason=None)
    return kept


def is_verdict(part: Part) -> bool:
    """Whether a section is a verdict under a heading that names a body."""
    return part.head is not None and part.head.heading is not None


def is_own(reading: Reading, part: Part) -> bool:
    """Whether a section is not another body's verdict, nor this body's at another meeting."""
    if part.head is None or not is_verdict(part):
        return part.kind != "history"
    body, day = heading_body(part.head), heading_date(reading.source.text, part.head)
    own = body is None or reading.body is None or same_body(body, reading.body)
    return own and (day is None or reading.meeting_date is None or day == reading.meeting_date)


def _called_in(one: Participation) -> Participation:
    """Someone named without more in the verdict on an item about calling in substitutes."""
    bare = one.participation_status == "mentioned" and one.had_role is None
    return replace(one, had_role="stedfortræder", extraction_method="called-in") if bare else one


def _officers(reading: Reading, part: Part) -> Iterator[Participation]:
    for row, span in fields([part]):
        if row.role == "officer":
            label = row.line.text[: row.label.end].rstrip(" .:") if row.label else "Sagsbehandler"
            for one in read_attendance(reading.passage(*span, "attendance"), "mentioned"):
                yield replace(one, had_role=label, participation_status="mentioned")
        elif row.role in ITEM_FIELDS and (beside := _beside().search(row.line.text)):
            begin = row.line.begin + beside.end()
            for one in read_attendance(reading.passage(begin, row.line.end, "attendance"), "mentioned")[:1]:
                yield replace(one, had_role=beside["label"], participation_status="mentioned")


@cache
def _beside() -> re.Pattern[str]:
    """A case officer's label further along a line of fields ("Journalnr. 20/1404     Sagsbehandler  Ida Krog")."""
    labels = "|".join(sorted(map(re.escape, label_lists()["officer"]), key=len, reverse=True))
    return re.compile(rf"(?:\t|  |[,;|] ?)[ \t]{{0,60}}(?P<label>{labels})[:. \t|]{{1,20}}(?=[A-ZÆØÅ])")
