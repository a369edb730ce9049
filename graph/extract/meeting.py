"""The meeting as a source states it: body, date, times, place, kind of paper, municipality.

Each is read from its field, else from the sentence "Referat til mødet i ... den ...", else from a line of the header,
else from the verdicts' headings. Dates in banners, laws and other meetings' minutes are none of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from graph.danish.bodies import read_bodies, read_municipality, same_body
from graph.danish.dates import read_times
from graph.danish.hints import lowered
from graph.extract.decisions import heading_body, heading_date
from graph.extract.header import Header
from graph.extract.layout import Layout
from graph.extract.paper_kinds import KINDS
from graph.extract.rows import Row
from graph.extract.sections import Part
from graph.extract.stated import Stated
from graph.model import Evidence, Meeting, SourceDocument
from graph.values import value

_CLOCK_END = re.compile(
    r"\b(?:sluttede|slut|hævet|hæves|hævedes|afsluttet)\b[^\n.]{0,25}?(?:kl\.?|klokken) ?$"
    r"|\bmødet\b[^\n]{0,40}?\b(?:sluttede|hævet|hævedes|afsluttet) $",
    re.IGNORECASE,
)
_CLOCK_START = re.compile(
    r"\b(?:begyndte|startede|blev åbnet|indledtes)\b[^\n.]{0,20}?(?:kl\.?|klokken) ?$"
    r"|\bmødet (?:begyndte|startede|blev åbnet|indledtes) $",
    re.IGNORECASE,
)
# over lower-case text, what the cues cannot do without; the fixed letters come first, so that the search may leap
_ENDED = (re.compile(r"slut(?<!\wslut)(?:tede)?\b"), re.compile(r"afsluttet"), re.compile(r"hæve"))
_BEGAN = tuple(re.compile(word) for word in ("begyndte", "startede", "blev åbnet", "indledtes"))
_LETTER = re.compile(r"[^\W\d_]")
_MEETING_IN = re.compile(r"\bmøde[t]? i (?P<body>(?:Det |Den )?[A-ZÆØÅ][\w, -]{3,60})")


@value()
class Heading:
    """One verdict's heading: whose it is, when, and its line."""

    text: str
    body: str | None
    row: Row

    @property
    def day(self) -> date | None:
        """When it was decided: read only where the header tells no day, or no body."""
        return heading_date(self.text, self.row)


def read_meeting(source: SourceDocument, layout: Layout) -> Meeting:
    """The meeting, without its participants."""
    header = Header(source.text, layout)
    verdicts = headings(source.text, layout)
    body = header.body() or _body_of(verdicts) or _body_in_items(source.text, layout)
    body = _as_verdicts_write_it(body, verdicts)
    own_day = header.day()
    day = own_day or _day_of(verdicts, body.value if body else None)
    found = {
        "held_by": body,
        "meeting_date": day,
        "start_time": header.clock("start") or _told_clock(source.text, _CLOCK_START, _BEGAN),
        "end_time": header.clock("end") or _told_clock(source.text, _CLOCK_END, _ENDED),
        "place": header.place(),
        "document_kind": _kind(source.text, header.kind(), layout, own=(body, day)),
        "municipality": _municipality(source.text),
    }
    value = {field: stated.value if stated else None for field, stated in found.items()}
    return Meeting(
        held_by=value["held_by"],
        meeting_date=date.fromisoformat(value["meeting_date"]) if value["meeting_date"] else None,
        start_time=value["start_time"],
        end_time=value["end_time"],
        place=value["place"],
        document_kind=value["document_kind"],
        municipality=value["municipality"],
        evidence=tuple(_evidence(source.text, found)),
        extraction_method="meeting.header" if own_day else "meeting.verdicts",
        confidence=0.97 if own_day else 0.9,
    )


def _kind(
    text: str, stated: Stated | None, layout: Layout, *, own: tuple[Stated | None, Stated | None]
) -> Stated | None:
    """What the paper calls itself; "dagsorden" over a paper that holds verdicts of its own meeting only heads its list
    of items, and the verdicts show it to be minutes."""
    if stated is None or stated.value != KINDS["agenda"]:
        return stated
    verdicts = (part for item in layout.items for part in item.parts if part.kind == "decision" and not part.empty)
    verdicts = (part for part in verdicts if part.head is None or _is_own(text, part.head, *own))
    decided = (part for part in verdicts if any(_LETTER.search(row.line.text) for row in _told(part)))
    head = next((part.head.line for part in decided if part.head is not None), None)
    return Stated(KINDS["minutes"], head.begin, head.end, (head.begin, head.end)) if head else stated


def _is_own(text: str, head: Row, *own: Stated | None) -> bool:
    """Whether a verdict's heading names no other body and no other day than the meeting's."""
    body, day = own
    named, told = (heading_body(head), heading_date(text, head)) if head.heading else (None, None)
    here = named is None or body is None or same_body(named, body.value)
    return here and (told is None or day is None or told.isoformat() == day.value)


def _told(part: Part) -> Iterator[Row]:
    """The lines of a section that hold words behind its label: a ruled line under "Beslutning" is none."""
    return (row for row in part.rows if row is not part.head or not row.alone)


def _evidence(text: str, found: dict[str, Stated | None]) -> Iterator[Evidence]:
    """The lines that state body and date, and the words of every field."""
    lines = dict.fromkeys(stated.line for field in ("held_by", "meeting_date") if (stated := found[field]))
    for begin, end in lines:
        yield Evidence(begin, end, text[begin:end])
    for field, stated in found.items():
        if stated is not None:
            yield Evidence(stated.begin, stated.end, text[stated.begin : stated.end], field)


def headings(text: str, layout: Layout) -> list[Heading]:
    """The headings of all verdicts that name a body or a day."""
    rows = [part.head for item in layout.items for part in item.parts if part.head is not None and part.head.heading]
    return [Heading(text, heading_body(row), row) for row in rows]


def _body_of(verdicts: Sequence[Heading]) -> Stated | None:
    """The body that most verdicts are headed by; of equals the one that decided last."""
    counts = Counter(heading.body for heading in verdicts if heading.body)
    if not counts:
        return None
    latest: dict[str, date] = {}
    for heading in verdicts:
        if heading.body:
            latest[heading.body] = max(latest.get(heading.body, date.min), heading.day or date.min)
    best = max(counts, key=lambda body: (counts[body], latest[body]))
    row = next(heading.row for heading in verdicts if heading.body == best)
    return _in_heading(row, best, row.heading.body_span if row.heading else None)


def _in_heading(row: Row, value: str, span: tuple[int, int] | None) -> Stated:
    begin, end = span or (0, len(row.line.text))
    return Stated(value, row.line.begin + begin, row.line.begin + end, (row.line.begin, row.line.end))


def _as_verdicts_write_it(body: Stated | None, verdicts: Sequence[Heading]) -> Stated | None:
    """The body under the name that the verdicts' headings use, where the header has it without its ending."""
    named = [h.body for h in verdicts if body is not None and h.body and same_body(h.body, body.value)]
    whole = next((name for name in named if body and name.casefold().startswith(body.value.casefold())), None)
    return replace(body, value=whole) if body is not None and whole else body


def _day_of(verdicts: Sequence[Heading], body: str | None) -> Stated | None:
    """The day of the verdicts of the meeting's own body; none where it decided on several days."""
    own = [h for h in verdicts if body is None or h.body is None or same_body(h.body, body)]
    dated = [(day, h.row) for h in own if (day := h.day)]
    if len({day for day, _ in dated}) != 1:
        return None
    day, row = dated[0]
    return _in_heading(row, day.isoformat(), row.heading.date_span if row.heading else None)


def _body_in_items(text: str, layout: Layout) -> Stated | None:
    """The body that a field of the first items names, or that the text calls this meeting's."""
    for item in layout.items[:3]:
        for part in item.parts:
            words = text[part.begin : part.end]
            if part.kind in {"routing", "competence"} and (named := read_bodies(words)):
                body = named[-1]
                return Stated(body.name, part.begin + body.begin, part.begin + body.end, (part.begin, part.end))
    told = _MEETING_IN.search(text)
    named = read_bodies(told["body"]) if told else ()
    if told is None or not named:
        return None
    begin = told.start("body") + named[0].begin
    return Stated(named[0].name, begin, begin + len(named[0].text), told.span())


def _told_clock(text: str, cue: re.Pattern[str], words: tuple[re.Pattern[str], ...]) -> Stated | None:
    """A time told in a sentence: "Mødet sluttede kl. 12.50"; `words` are those that the cue needs one of."""
    for stated in read_times(text) if any(word.search(lowered(text)) for word in words) else ():
        if found := cue.search(text, max(0, stated.begin - 60), stated.begin):
            return Stated(stated.time, stated.begin, stated.end, (found.start(), stated.end))
    return None


def _municipality(text: str) -> Stated | None:
    name = read_municipality(text)
    if name is None:
        return None
    stem = name.rsplit(" ", 1)[0]
    begin = max(text.find(stem), 0)
    end = min(len(text), begin + len(name))
    return Stated(name, begin, end, (begin, end))
