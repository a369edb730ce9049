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

# "17.30", also before the end of the meeting ("17.30-19.10"), and no part of a date
BARE_TIME = re.compile(
    r"(?<![\d.-])([01]?\d|2[0-3])[.:]([0-5]\d)(?![\d.]|-(?!(?:[01]?\d|2[0-3])[.:][0-5]\d(?![\d.-])))"
)
_ADDRESS = re.compile(r"[A-ZÆØÅ][^.:]{3,80}, \d{4} [A-ZÆØÅ][a-zæøå]+(?: [A-ZÆØÅ]\w*)?$")
_UNTIL = re.compile(r" ?(?:-|–|til) ?(?:kl\. ?)?\d{1,2}(?:[.:]\d{2})?")
_OTHER_FIELD = re.compile(r"[ \t]{1,8}[A-ZÆØÅ][a-zæøå]{3,20}(?: [a-zæøå.]{1,10})?:")
_IN_PLACE = re.compile(r"(?:i|på) (?=[A-ZÆØÅ]|[a-zæøå]*(?:lokale|værelse|sal|stue|aula|kantine|kontor|bibliotek)\w*\b)")
_DAY = r"(?:[A-ZÆØÅa-zæøå]{3,4}dag,? )?(?:(?:[Dd]en|[Dd]\.) ?)?\d{1,2}\.? ?(?:[a-zæøå]{3,9}|\d{1,2}\.) ?\d{4}"
# "Mødet blev holdt mandag den 3. juni 2024 på Rådhuset", "Udvalget mødtes i Lokale 2"
HELD = re.compile(
    r"(?:Mødet (?:(?:(?:blev|bliver|er|var) )?(?:af)?holdt(?:es)?|(?:af)?holdes|fandt sted|finder sted|foregik|foregår)"
    r"|Der (?:blev|er|var) (?:af)?holdt (?:\w+ )?møde"
    r"|(?:Udvalget|Rådet|(?<![\w-])[A-ZÆØÅ][\w-]{0,40}(?:udvalget|rådet|nævnet|bestyrelsen))"
    r" (?:mødtes|(?:af)?hold(?:er|t) (?:\w+ )?møde)"
    # "Protokol for mødet tirsdag den 3. juni 2024 kl. 18, Byrådssalen. Mødet var åbent."
    r"|(?:(?:[A-ZÆØÅ]\w{0,20})?(?:[Pp]rotokol|[Rr]eferat|[Dd]agsorden|[Ii]ndkaldelse)"
    r" (?:(?:for|fra|af|over|til|ordinært|ekstraordinært|åbent) ){0,3}|(?:Ordinært|Ekstraordinært|Åbent|Offentligt) )"
    rf"[A-ZÆØÅ]?[a-zæøå]{{0,40}}møde(?:t)?(?: i [A-ZÆØÅ][^\n.:;\d]{{2,80}}?)?,? {_DAY}(?=,| kl| fra kl| i | på |\.)"
    # "Den 3. juni 2024 kl. 18 holdt Havnerådet møde i Salen", "... blev der holdt møde"
    rf"|{_DAY}(?:,? (?:fra )?(?:kl\.?|klokken) ?\d[\d.:]{{0,4}})?,?"
    r" (?:holdtes der|afholdtes|mødtes|blev der (?:af)?holdt|(?:af)?holdt)"
    r"(?: [A-ZÆØÅ][\w-]{1,60})?(?: \w{1,20})??"
    r"(?: møde(?: i [A-ZÆØÅ][\w-]{0,40}(?:udvalget|rådet|nævnet|bestyrelsen))?)?)(?=[ ,.])"
)
_HELD_IN = re.compile(
    r"(?:,? (?:i|på|hos|ved) |, (?=[A-ZÆØÅ]))(?P<place>[^\n]{2,120}?)"
    r"(?=\.? *$|\. [A-ZÆØÅ]|,? (?:\w+dag|den|d\.|kl\.?|fra kl\.?) )"
)
_IN_ROOM = re.compile(r"[a-zæøå]{0,30}(?:lokale|sal|værelse|rum|kantine|aula|stue|foyer)(?:n|en|et|t)?\b")
# whose name a room bears is not whose meeting it is: "Kommunalbestyrelsens mødesal"
# behind a room: its number, and where it is
_NUMBERED = r"(?: (?=[\w.]{0,4}\d)[\w.]{1,6}| [A-Z])?(?=$|,| [-–(]| (?:på|i|ved) )"
_ROOM_OF = re.compile(
    r"s [a-zæøå]{0,20}(?:sal|lokaler?|værelser?|rum|kontor|kantine|aula|stue|bibliotek)(?:en|et|erne)?" + _NUMBERED
)
# a room on a line of its own, wherever it stands: "Byrådets mødesal, Odder Rådhus", "Festsalen, 2. sal"
_ROOM_LINE = re.compile(
    rf"(?:[A-ZÆØÅ][\w-]{{2,40}}{_ROOM_OF.pattern}|(?:[A-ZÆØÅ][\w-]{{1,20}} ){{0,2}}[A-ZÆØÅ][a-zæøå]{{0,25}}"
    rf"(?:salen|lokalet|værelset|rummet|kantinen|aulaen){_NUMBERED})[^:;!?]{{0,80}}$"
)
_PLACE_LINE = re.compile(r"(?!Møde (?:nr|\d))[A-ZÆØÅ][^:;!?]{3,90}[^.:;!?]$")
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
        if not row.role and (_ADDRESS.match(row.line.text) or ROOM.match(row.line.text) or _is_room(row.line.text)):
            return Stated(row.line.text, *line_of(row), line_of(row))
        if found := _held_in(row):
            return found
    spans = [*dated, *(line_of(row) for row in lines)]
    behind = (_behind_time(text, begin, end) for begin, end in spans)
    return next((found for found in behind if found), None) or _line_under_time(lines)


def _is_room(words: str) -> bool:
    """Whether a line names a room, and is no sentence."""
    return _ROOM_LINE.match(words) is not None and not words.endswith(".") and _SENTENCE.search(words) is None


def _held_in(row: Row) -> Stated | None:
    """The place in a sentence that tells where the meeting was held, right behind the verb or behind day and time."""
    text = row.line.text
    if (held := HELD.match(text)) is None:
        return None
    ends = [day.end for day in read_dates(text)] + [time.end for time in read_times(text)]
    behind = max(ends, default=0)
    behind = until.end() if (until := _UNTIL.match(text, behind)) else behind
    found = _HELD_IN.match(text, held.end()) or _HELD_IN.match(text, behind)
    if found is None:
        return None
    begin, end = (row.line.begin + place for place in found.span("place"))
    return Stated(found["place"], begin, end, line_of(row))


def _line_under_time(lines: Sequence[Row]) -> Stated | None:
    """The line under the one with date and time, where it is no body's name and no sentence."""
    for above, row in pairwise(lines):
        words = row.line.text
        dated = read_dates(above.line.text) and (read_times(above.line.text) or "kl" in above.line.text)
        if not (dated or above.role == "start") or not row.free or (above.role and read_names(row.line.text)):
            continue
        if inside := _IN_PLACE.match(words):
            return Stated(words[inside.end() :], row.line.begin + inside.end(), row.line.end, line_of(row))
        if (
            _PLACE_LINE.match(words)
            and not _SENTENCE.search(words)
            and (_ROOM_OF.search(words) or not read_bodies(words))
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
