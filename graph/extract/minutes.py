"""A source → what it states: the whole way of reading, and the text that no fact and no known label claimed."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.danish.bodies import read_municipality
from graph.errors import SourceError
from graph.extract.agenda_items import read_item
from graph.extract.attendance import header_participations, meeting_participations, partial
from graph.extract.codes import own_codes
from graph.extract.layout import Layout, divide
from graph.extract.meeting import read_meeting
from graph.extract.passage import Passage
from graph.extract.reading import Reading
from graph.extract.rows import Row
from graph.model import Claim, Evidence, Meeting, Minutes, SourceDocument, claims
from graph.municipalities.load import MunicipalitySettings

_OWN_BODY = re.compile(
    r"\b(?:[Dd]irektionen|[Bb]yrådet|[Kk]ommunalbestyrelsen|[A-ZÆØÅ][\w-]{0,40}udvalget|[Hh]ovedudvalget) i "
    r"(?P<name>[A-ZÆØÅ][\w-]{1,40}(?: [A-ZÆØÅ][\w-]{1,40})? (?:[Kk]ommune|[Rr]egionskommune))\b"
)
_OWN_LINE = re.compile(r"[A-ZÆØÅ][\w-]{1,40}(?: [A-ZÆØÅ][\w-]{1,40})? (?:Kommune|Regionskommune)")


def extract(source: SourceDocument, settings: MunicipalitySettings | None = None) -> Minutes:
    """All that a source states, each fact with the words it rests on; any text in, and never an error out."""
    layout = divide(source.text)
    meeting = read_meeting(source, layout)
    if meeting.municipality is None and settings is not None:
        meeting = _in_municipality(meeting, source.text, settings.name)
    day, body = meeting.meeting_date, meeting.held_by
    whole = Passage(source, 0, len(source.text), "attendance", day, body)
    numbers = {source.text[slice(*item.number)] for item in layout.items if item.number}
    header = header_participations(whole, layout.header, numbers)
    titles = [source.text[slice(*item.title)] for item in layout.items if item.title]
    codes = {**(settings.bodies if settings else {}), **own_codes(source.text, titles)}
    reading = Reading(source, day, body, codes, partial(header, numbers))
    items = tuple(read_item(reading, item, order) for order, item in enumerate(layout.items, 1))
    meeting = replace(meeting, participations=meeting_participations(header, items))
    minutes = Minutes(source=source, meeting=meeting, agenda_items=items)
    return replace(minutes, unclaimed=tuple(_unclaimed(minutes, layout)))


def _in_municipality(meeting: Meeting, text: str, name: str) -> Meeting:
    """The meeting with the municipality that was given, and its place in the text where it is named there."""
    begin = text.find(name)
    named = (Evidence(begin, begin + len(name), name, "municipality"),) if begin >= 0 else ()
    return replace(meeting, municipality=name, evidence=(*meeting.evidence, *named))


def refuse_empty(minutes: Minutes, path: str) -> None:
    """Raises SourceError where a text is no minutes at all: no date, no body and no agenda item."""
    meeting = minutes.meeting
    if meeting.held_by is None and meeting.meeting_date is None and not minutes.agenda_items:
        raise SourceError(
            "Der er intet referat i filen: hverken organ, dato eller dagsordenspunkter.",
            "no minutes found in the file: neither body, date nor agenda items.",
            path=path,
            advice="Kontrollér, at det er den rigtige fil.",
        )


def contradicts(minutes: Minutes, settings: MunicipalitySettings) -> str | None:
    """The municipality that the text calls its own, where that is another than the one given.

    "Direktionen i Norddjurs Kommune" and a line that is only a municipality's name are such words; a neighbour that
    a sentence mentions is not.
    """
    text = minutes.source.text
    stated = [" ".join(found["name"].split()) for found in _OWN_BODY.finditer(text)]
    first = minutes.agenda_items[0].sentences if minutes.agenda_items else ()
    header = text[: first[0].begin_index] if first else text[:2000]
    stated += [line.strip() for line in header.split("\n") if _OWN_LINE.fullmatch(line.strip())]
    own = _stem(settings.name)
    if any(_stem(name) == own for name in stated):
        return None
    return next((read_municipality(name) or name for name in stated), None)


def _stem(name: str) -> str:
    """A municipality's name without the word and the genitive, folded."""
    return re.sub(r"s?\s*(?:regions)?kommune$", "", name.strip().casefold()).removesuffix("s")


def _unclaimed(minutes: Minutes, layout: Layout) -> Iterator[Evidence]:
    """The stretches of lines outside every known section and label that no fact rests on."""
    taken = _merged([*_evidence_spans(minutes), *_layout_spans(layout)])
    begins = [begin for begin, _ in taken]
    text = minutes.source.text
    begin = end = -1
    for row in _all_rows(layout):
        line = row.line
        place = bisect_right(begins, line.end - 1) - 1
        claimed = (place >= 0 and taken[place][1] > line.begin) or line.text == minutes.meeting.held_by
        if not claimed and begin >= 0 and not text[end : line.begin].strip(" \t\n\xa0#*_-•"):
            end = line.end
            continue
        if begin >= 0:
            yield Evidence(begin, end, text[begin:end])
            begin = -1
        if not claimed:
            begin, end = line.begin, line.end
    if begin >= 0:
        yield Evidence(begin, end, text[begin:end])


def _all_rows(layout: Layout) -> list[Row]:
    """The lines that may be unclaimed: the header's, and those of an item before its first label."""
    rows = list(layout.header_rows)
    for item in layout.items:
        rows.extend(row for part in item.parts if part.head is None for row in part.rows)
    return sorted(rows, key=lambda row: row.line.begin)


def _evidence_spans(minutes: Minutes) -> Iterator[tuple[int, int]]:
    for claim in claims(minutes):
        yield from _spans(claim)


def _spans(claim: Claim) -> Iterator[tuple[int, int]]:
    for evidence in claim.evidence:
        yield evidence.begin_index, evidence.end_index


def _layout_spans(layout: Layout) -> Iterator[tuple[int, int]]:
    """The places of titles, known labels with their values, roll calls and sections."""
    for part in layout.header:
        if part.head is not None:
            rolls = part.kind in {"members", "present", "absent", "substitute", "guests", "recusal"}
            yield part.head.line.begin, part.end if rolls and not part.empty else part.head.line.end
    for item in layout.items:
        yield item.head.begin, item.head.end
        for line in item.titled:
            yield line.begin, line.end
        for part in item.parts:
            if part.head is not None:
                yield part.head.line.begin, max(part.head.line.end, part.end)
            for row in part.rows:
                if row.role:
                    yield row.line.begin, row.line.end
    for row in (*layout.header_rows, *layout.contents):
        if row.role in {"navigation", "contents", "open", "closed", "minutes", "agenda"}:
            yield row.line.begin, row.line.end


def _merged(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        elif begin < end:
            found.append((begin, end))
    return found
