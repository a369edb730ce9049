"""A source → what it states: the whole way of reading, and the text that no fact and no known label claimed."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.danish.bodies import read_municipality
from graph.errors import SourceError
from graph.extract.access import regrouped
from graph.extract.agenda_items import read_item
from graph.extract.attendance import header_participations, meeting_participations, partial, with_absences
from graph.extract.codes import own_codes
from graph.extract.coverage import unclaimed
from graph.extract.layout import divide
from graph.extract.meeting import read_meeting
from graph.extract.passage import Passage
from graph.extract.reading import Reading
from graph.model import Evidence, Meeting, Minutes, SourceDocument
from graph.municipalities.load import MunicipalitySettings

_OWN_BODY = re.compile(
    r"\b(?:[Dd]irektionen|[Bb]yrådet|[Kk]ommunalbestyrelsen|[A-ZÆØÅ][\w-]{0,40}udvalget|[Hh]ovedudvalget) i "
    r"(?P<name>[A-ZÆØÅ][\w-]{1,40}(?: [A-ZÆØÅ][\w-]{1,40})? (?:[Kk]ommune|[Rr]egionskommune))\b"
)
_OWN_LINE = re.compile(r"[A-ZÆØÅ][\w-]{1,40}(?: [A-ZÆØÅ][\w-]{1,40})? (?:Kommune|Regionskommune)")


def extract(source: SourceDocument, settings: MunicipalitySettings | None = None) -> Minutes:
    """All that a source states, each fact with the words it rests on; any text in, and never an error out."""
    layout = regrouped(source.text, divide(source.text))
    meeting = read_meeting(source, layout)
    if meeting.municipality is None and settings is not None:
        meeting = _in_municipality(meeting, source.text, settings.name)
    day, body = meeting.meeting_date, meeting.held_by
    whole = Passage(source, 0, len(source.text), "attendance", day, body)
    numbers = {source.text[slice(*item.number)] for item in layout.items if item.number}
    header = header_participations(whole, layout.header, numbers)
    titles = [source.text[slice(*item.title)] for item in layout.items if item.title]
    codes = {**(settings.bodies if settings else {}), **own_codes(source.text, titles)}
    people = tuple(sorted({one.agent for one in header if one.agent and " " in one.agent}, key=len, reverse=True))
    reading = Reading(source, day, body, codes, partial(header, numbers), people)
    items = with_absences([read_item(reading, item, order) for order, item in enumerate(layout.items, 1)])
    meeting = replace(meeting, participations=meeting_participations(header, items))
    minutes = Minutes(source=source, meeting=meeting, agenda_items=items)
    return replace(minutes, unclaimed=tuple(unclaimed(minutes, layout)))


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
