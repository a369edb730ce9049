"""Where a meeting is held: from its field, behind the time of day, or on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from graph.danish.bodies import read_bodies
from graph.danish.dates import read_dates, read_times
from graph.danish.names import read_names
from graph.extract.rows import ROOM, Row
from graph.extract.stated import Stated, line_of

BARE_TIME = re.compile(r"(?<![\d.-])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.-])")
_ADDRESS = re.compile(r"[A-ZÆØÅ][^.:]{3,80}, \d{4} [A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]\w*)?$")
_UNTIL = re.compile(r" ?(?:-|–|til) ?(?:kl\. ?)?\d{1,2}[.:]\d{2}")
_OTHER_FIELD = re.compile(r"[ \t]{1,8}[A-ZÆØÅ][a-zæøå]{3,20}(?: [a-zæøå.]{1,10})?:")
_IN_PLACE = re.compile(r"(?:i|på) (?=[A-ZÆØÅ]|[a-zæøå]*(?:lokale|værelse|sal)\w*\b)")
_HELD_IN = re.compile(
    r"Mødet (?:(?:blev )?(?:af)?holdt(?:es)?|(?:af)?holdes|fandt sted|finder sted|foregik|foregår) (?:i|på) "
)
_IN_ROOM = re.compile(r"(?:møde|under)?(?:lokale|sal|salen|værelse|rum)\b")
_PLACE_LINE = re.compile(r"[A-ZÆØÅ][^:;!?]{3,90}[^.:;!?]$")
_SENTENCE = re.compile(r"\b(?:er|var|blev|bliver|har|deltog|afbud|fravær\w{0,4})\b")


def place_of_field(text: str, row: Row, value: tuple[int, int]) -> Stated:
    """The place that a field states, without a date or time before it and another field behind it."""
    begin, end = value
    words = text[begin:end]
    words = words[: other.start()] if (other := _OTHER_FIELD.search(words)) else words
    end = begin + len(words)
    told = [day.end for day in read_dates(words)] + [time.end for time in read_times(words)]
    rest = words[max(told, default=0) :] or words
    begin += words.index(rest) + len(rest) - len(rest.lstrip(" ,.-"))
    return Stated(text[begin:end], begin, end, (row.line.begin, end))


def place_of_lines(text: str, lines: Sequence[Row], dated: Iterable[tuple[int, int]]) -> Stated | None:
    """The place on a line without a label; `dated` are the places of the fields for date and time."""
    for row in lines:
        if (_ADDRESS.match(row.line.text) or ROOM.match(row.line.text)) and not row.role:
            return Stated(row.line.text, *line_of(row), line_of(row))
        if held := _HELD_IN.match(row.line.text):
            words = row.line.text[held.end() :].rstrip(" .")
            begin = row.line.begin + held.end()
            return Stated(words, begin, begin + len(words), line_of(row))
    spans = [*dated, *(line_of(row) for row in lines)]
    behind = (_behind_time(text, begin, end) for begin, end in spans)
    return next((found for found in behind if found), None) or _line_under_time(lines)


def _line_under_time(lines: Sequence[Row]) -> Stated | None:
    """The line under the one with date and time, where it is no body's name and no sentence."""
    for above, row in pairwise(lines):
        words = row.line.text
        dated = read_dates(above.line.text) and (read_times(above.line.text) or "kl" in above.line.text)
        if not dated or not row.free:
            continue
        if inside := _IN_PLACE.match(words):
            return Stated(words[inside.end() :], row.line.begin + inside.end(), row.line.end, line_of(row))
        if (
            _PLACE_LINE.match(words)
            and not _SENTENCE.search(words)
            and not read_bodies(words)
            and not read_dates(words)
        ):
            return Stated(words, *line_of(row), line_of(row))
    return None


def _behind_time(text: str, begin: int, end: int) -> Stated | None:
    """The place that stands behind the time of day: "kl. 16:00 i Mødelokale 3"."""
    times, bare = read_times(text[begin:end]), BARE_TIME.match(text, begin, end)
    if not times and bare is None:
        return None
    begin = begin + times[-1].end if times else bare.end() if bare else begin
    begin += found.end() if (found := _UNTIL.match(text[begin:end])) else 0
    rest = text[begin:end]
    names = read_names(rest)
    words = rest[: names[0].whole[0] if names else len(rest)].strip(" ,.-–")
    if opening := _IN_PLACE.match(words):
        words = words[opening.end() :]
    elif not (words[:1].isupper() or _IN_ROOM.match(words)):
        return None
    place = begin + rest.index(words)
    return Stated(words, place, place + len(words), (begin, end)) if len(words) > 3 else None
