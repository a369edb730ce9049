"""The start of one agenda item, and the title on its line."""

from __future__ import annotations

import re

from graph.danish.bodies import read_bodies
from graph.danish.hints import holds
from graph.extract.rows import ROOM, Row
from graph.values import value

_TAIL = re.compile(
    r"[ \t]{0,9}(?:Klik her for at .{0,300}|Fold ud .{0,300}|\([ ]{0,3}\)|\(\d{4}-\d{4,8}\)|Udskriv|Læs mere.{0,300}"
    r"|[. ]{4,200}\d{0,4}|…{1,99} ?\d{0,4}|\t{1,9}\d{1,4}"
    r"|\[(?:[Åå]ben|[Åå]bent|[Ll]ukket|[Oo]ffentligt?|[Ff]ortroligt?)\])$"
)
_TAIL_HINTS = ("Klik her", "Fold ud ", "(", "Udskriv", "Læs mere", "..", "  ", " .", "…", "\t", "[")

VERDICT_ALONE = re.compile(
    r"(?i:godkendt|tiltr[åæ]dt|anbefal(?:et|es)|drøftet|udsat|vedtaget|forkastet|afvist|taget til \w+)(?: \w+){0,3}\.?$"
)
_GROUP = re.compile(r"[A-ZÆØÅ]\. ")
_OF_HEADER = re.compile(
    r"\bkl\. ?\d|, [A-ZÆØÅ][\w. ]{3,40} \d{1,3}[A-Z]?$|\b\d{4} [A-ZÆØÅ][a-zæøå]{1,40}$"
    r"|^[A-ZÆØÅ][\w-]{1,40} (?:Regionsk|K)ommune$"
)
LONGEST_TITLE = 300
LONGEST_TAIL = 350  # no button or page number behind a title is longer, so no more of a line is searched for one
_LEAD = re.compile(
    r"(?:\d{2,4}/\d{2,7}|\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2})"
    r"(?:[ \t]{1,4}[-–:][ \t]{1,4}(?=\S)|[ \t]{1,9}(?=[\"”»A-ZÆØÅ]))"
    r"|(?:Sagstitel|Sagens titel|Titel|Overskrift|Punkttitel|Emne)[ \t]?:[ \t]{1,9}(?=\S)"
    r"|[(\[](?i:(?:lukket|fortroligt?|åbent?)(?: (?:sag|punkt))?)[)\]][ \t]{1,4}(?=\S)"
)


@value()
class Start:
    """Where an item begins: its first line, the first line under the title, and the places of number and title.

    `contents_only` tells that only a table of contents names the item.
    """

    row: int
    body: int
    number: tuple[int, int] | None = None
    title: tuple[int, int] | None = None
    contents_only: bool = False


def title_span(row: Row, begin: int = 0) -> tuple[int, int]:
    """Offsets in the source of the title on a line, without fold-out buttons, page numbers and empty brackets."""
    text = row.line.text
    end = len(text)
    if (lead := _LEAD.match(text, begin)) and lead.end() < end:
        begin = lead.end()
    if holds(text, _TAIL_HINTS) and (tail := _TAIL.search(text, max(begin, end - LONGEST_TAIL))):
        end = tail.start()
    words = text[begin:end]
    left = begin + len(words) - len(words.lstrip())
    return row.line.begin + left, row.line.begin + left + len(words.strip())


def can_be_title(row: Row) -> bool:
    """Whether a line can be an item's title: no label, no verdict, no line of the meeting's header."""
    text = row.line.text
    if not (row.free and 2 < len(text) <= LONGEST_TITLE) or text.endswith((":", ",")):
        return False
    return not (
        VERDICT_ALONE.match(text)
        or _GROUP.match(text)
        or ROOM.match(text)
        or _OF_HEADER.search(text)
        or any(body.text == text for body in read_bodies(text))
    )
