"""What stands over the first agenda item: the meeting's fields, its opening sentence, and lines with body and date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from graph.danish.bodies import is_field_name, nominative, read_bodies
from graph.danish.dates import read_dates, read_times
from graph.extract.labels import ATTENDANCE, MEETING_FIELDS, fold, label_roles
from graph.extract.layout import Layout
from graph.extract.meeting_place import BARE_TIME, HELD, place_of_field, place_of_lines
from graph.extract.paper_kinds import KINDS, LONGEST_LINE, PIECE, is_banner, kind_of
from graph.extract.rows import ROOM, Row
from graph.extract.stated import Stated, line_of

_SENTENCE = re.compile(
    r"mødet?\s+i\s+(?P<body>[A-ZÆØÅ][^\n,;:]{1,90}?)\s+(?:(?:man|tirs|ons|tors|fre|lør|søn)dag\s+)?(?:den|d\.)\s+"
    r"(?P<date>\d{1,2}\.?\s?[a-zæøå0-9.\- ]{3,14}\d{4})(?:,?\s+kl\.?\s*(?P<time>\d{1,2}[.:]\d{2})[^\n]{0,20}?)?"
    r"(?:\s+(?:i|på)\s+(?P<place>[A-ZÆØÅ0-9](?:(?!\. [A-ZÆØÅ])[^\n]){2,120}))?(?=\s|$|\.)"
)
_STRETCH = re.compile(r"\d{1,2}[.:]\d{2} ?(?:-|–|til) ?(?:kl\. ?)?(?P<hour>[01]?\d|2[0-3])[.:](?P<minute>[0-5]\d)\b")
_KIND_FIRST = re.compile(
    r"(?:Åbent |Åben )?(?:Referat|Beslutningsprotokol|Beslutningsreferat|Protokol|Dagsorden|Tillægsdagsorden)"
    r"(?: (?:fra|for|af|til))?(?: møde(?:t)? i)? ",
    re.IGNORECASE,
)
_WHOLE_NAME = re.compile(r"[A-ZÆØÅ][a-zæøå-]{1,40}(?:,? (?:og )?[A-ZÆØÅa-zæøå][a-zæøå-]{1,40}){1,5}")
_NAME_LINE = re.compile(
    r"[A-ZÆØÅ]{2,6} [A-ZÆØÅ][a-zæøå]{1,30}(?: (?:og )?[A-ZÆØÅ][a-zæøå]{1,30}){0,3}"
    r"|[A-ZÆØÅ]\w{1,30}s [A-ZÆØÅ]\w{1,30}(?:forum|bestyrelse)"
)
# a committee set up for one matter, with the matter for its name: "Opgaveudvalget Unges Trivsel"
_TASK = re.compile(
    r"(?:Opgave|Tema|Fokus|Projekt|Innovations|Ad hoc-?)?(?:udvalget|Udvalget)"
    r"(?: [A-ZÆØÅ][a-zæøå-]+| og| i| på| for){1,6}"
)
_MEETING_OF = re.compile(
    r"(?<!\w)(?P<body>[A-ZÆØÅ]?[a-zæøå]{0,40}(?P<kind>(?i:udvalg|råd|nævn|bestyrelse|direktion|repræsentation|kommission)))smøde(?:t)?"
)
_DEFINITE = {"udvalg": "et", "råd": "et", "nævn": "et", "bestyrelse": "n"}
_HEADED = re.compile(
    r"(?<!\w)(?:(?:Udvalg|Råd|Nævn|Partnerskab)et|(?:Kommission|Bestyrels|[A-Z][a-zæøå]{2,20}grupp)en)"
    r" for [A-ZÆØÅ][a-zæøåA-ZÆØÅ,&/ -]{3,80}[a-zæøå]"
)
# a local body with its place or field behind it: "Sundhedsklynge Vestegnen", "Brugerråd Solgården"
_PLACED = re.compile(
    r"[A-ZÆØÅ][a-zæøå]{2,30}(?:klynge|råd|forum|udvalg|bestyrelse|nævn|gruppe)(?: [A-ZÆØÅ][a-zæøå-]{2,30}){1,3}"
)
# whose council it is, behind its name: "Ældrerådet i Rebild Kommune"
_OF_MUNICIPALITY = re.compile(r"(?:,? i|,| for| ved) [A-ZÆØÅ][\w-]{2,30} Kommune$", re.IGNORECASE)
_REMARK = re.compile(r" \([^()]{1,40}\)$")  # "Landdistriktsudvalget (§ 17, stk. 4)"
# where a web page stands: "Forside > Skolebestyrelsen > Referater"
_CRUMB = re.compile(r"[>»›/|] ?(Referat|Dagsorden)er$")
_WHEN = re.compile(r" (?=(?:[a-zæøå]{3,4}s?dag,? )?(?:(?:den|d\.) ?)?\d|(?i:nr|kl)\.)|, ")
# what is any school's or institution's board in a text is this one's own where its name opens a header's line
_INSTITUTION = re.compile(
    r"(?<![\w.-])(?:[A-ZÆØÅ][\w.-]{1,30} ){0,3}"
    r"(?P<body>(?:[Ss]kole|[Ff]orældre|[Aa]fdelings)bestyrelsen?"
    r"|(?:(?:[Bb]eboer|[Bb]ruger)- og )?(?:[Bb]eboer|[Bb]ruger|[Pp]årørende)råd(?:et)?)"
    r"(?=$|,| på | ved | for | i | den | d\. | møde| [-–|])"
)
_AT_INSTITUTION = re.compile(r" (?:på|ved) [A-ZÆØÅ][\w.-]{1,30}(?: [A-ZÆØÅ][\w.-]{1,30}){0,3}")
_WORDS_OFF = re.compile(
    r"\b(?:kl|d|nr)\.|\b(?:referat(?:et)?|beslutningsprotokol|beslutningsreferat|protokol|dagsorden|tillægsdagsorden|åben|åbent|af|fra"
    r"|til|for|møde[t]?|i|den|kl|mødesager|dagsordener og referater|nr\.?|ordinært|ekstraordinært)\b"
    r"|[\d.:/-]*\d\.?|\b[a-z]+dag\b"
    r"|\b(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)\b",
    re.IGNORECASE,
)


class Header:
    """What stands over the first item, and what its fields say."""

    def __init__(self, text: str, layout: Layout) -> None:
        self.text = text
        self.rows = layout.header_rows
        self.fields = list(_fields(layout))
        self.lines = [row for row in self.rows if row.role in {"", "minutes", "agenda"} and not is_banner(row)]
        self.kinds = {row.line.begin: word for row in self.rows if (word := kind_of(row))}
        rolls = (part.rows for part in layout.header if part.kind in ATTENDANCE)
        self.rolls = frozenset(row.line.begin for rows in rolls for row in rows)
        begin = self.rows[0].line.begin if self.rows else 0
        end = self.rows[-1].line.end if self.rows else 0
        self.sentence = _SENTENCE.search(text, begin, end)

    def _field(self, *roles: str) -> Iterator[tuple[Row, int, int]]:
        for row, begin, end in self.fields:
            if row.role in roles:
                yield row, begin, end

    def _group(self, name: str) -> Stated | None:
        if self.sentence is None or not self.sentence[name]:
            return None
        begin, end = self.sentence.span(name)
        words = self.text[begin:end].rstrip(" .,")
        return Stated(words, begin, begin + len(words), (self.sentence.start(), self.sentence.end()))

    def body(self) -> Stated | None:
        """The body whose meeting it is, in the nominative."""
        for row, begin, end in self._field("body", "date"):
            words = self.text[begin:end]
            if row.role == "body" and words and not read_dates(words):
                return Stated(words, begin, end, (row.line.begin, max(row.line.end, end)))
            if inside := read_bodies(words):  # "Møde: Ekstraordinært møde i Sektor-MED"
                at = begin + inside[0].begin
                return Stated(inside[0].name, at, at + len(inside[0].text), line_of(row))
        stated = self._group("body")
        if stated is not None:
            return Stated(nominative(stated.value), stated.begin, stated.end, stated.line)
        marked: list[Row] = []
        others: list[Row] = []
        for row in self.lines:
            (marked if row.line.begin in self.kinds or read_dates(row.line.text) else others).append(row)
        for row in [*marked, *(row for row in others if row.line.begin not in self.rolls)]:
            if found := _body_line(row):
                return found
        told = (found for row in self.lines if (found := _meeting_of(row) or _holder(row)))
        if (meeting := next(told, None)) is not None:
            return meeting
        for row in others:
            if found := _body_line(row):
                return found
        named = (row for row in self.lines if is_field_name(row.line.text))
        return next((Stated(row.line.text, *line_of(row), line_of(row)) for row in named), None) or self._first_line()

    def _first_line(self) -> Stated | None:
        """The paper's first line, where the next one tells what the paper is or when the meeting was."""
        for row, below in pairwise(self.lines[:3]):
            words = row.line.text
            told = below.line.begin in self.kinds or read_dates(below.line.text)
            if told and _NAME_LINE.fullmatch(words) and row.line.begin not in self.kinds and not ROOM.match(words):
                return Stated(words, *line_of(row), line_of(row))
        return None

    def day(self) -> Stated | None:
        """The day of the meeting, as an ISO date."""
        for _, begin, end in self._field("date", "start"):
            if found := self._day_in(begin, end):
                return found
        stated = self._group("date")
        if stated is not None and (found := self._day_in(stated.begin, stated.end)):
            return found
        for row in self.lines:
            if found := self._day_in(row.line.begin, row.line.end):
                return found
        return None

    def _day_in(self, begin: int, end: int) -> Stated | None:
        for stated in read_dates(self.text[begin:end]):
            if stated.date is not None and stated.year_given and stated.precision == "day":
                return Stated(stated.date.isoformat(), begin + stated.begin, begin + stated.end, (begin, end))
        return None

    def clock(self, role: str) -> Stated | None:
        """The time at which the meeting starts or ends, as HH:MM."""
        for row, begin, end in self._field(role, *(("date",) if role == "start" else ())):
            for first, last, time in _times(self.text[begin:end], bare=row.role in {"start", "end"}):
                return Stated(time, begin + first, begin + last, (row.line.begin, row.line.end))
        if role == "end":
            return self._closing()
        spans = [self.sentence.span()] if self.sentence else [(row.line.begin, row.line.end) for row in self.lines]
        for begin, end in spans:
            for stated in read_times(self.text[begin:end]):
                return Stated(stated.time, begin + stated.begin, begin + stated.end, (begin, end))
        return None

    def _closing(self) -> Stated | None:
        """The end of a stretch of time: "kl. 16:00 - 18:15"."""
        spans = [(begin, end) for _, begin, end in self._field("start", "date")]
        for begin, end in (*spans, *((row.line.begin, row.line.end) for row in self.lines)):
            if found := _STRETCH.search(self.text, begin, end):
                hour, minute = found.span("hour")[0], found.span("minute")[1]
                return Stated(f"{int(found['hour']):02d}:{found['minute']}", hour, minute, (begin, end))
        return None

    def place(self) -> Stated | None:
        """Where the meeting is held, as written."""
        for row, begin, end in self._field("place"):
            return place_of_field(self.text, row, (begin, end))
        dated = [(begin, end) for _, begin, end in self._field("start", "date")]
        timed = [row for row in self.rows if row.role == "start" and ":" not in row.line.text]  # "Kl. 16.30"
        lines = sorted((*self.lines, *timed), key=lambda row: row.line.begin)
        return self._group("place") or place_of_lines(self.text, lines, dated)

    def kind(self) -> Stated | None:
        """Whether the paper calls itself minutes or an agenda."""
        for row, begin, end in self._field("document-kind"):
            if (kind := label_roles().get(fold(self.text[begin:end]))) in KINDS:
                return Stated(KINDS[kind], begin, end, (row.line.begin, row.line.end))
        told = [(row, *self.kinds[row.line.begin]) for row in self.rows if row.line.begin in self.kinds]
        told.sort(key=lambda entry: entry[1] != "minutes")
        for row, role, begin, end in told:
            return Stated(KINDS[role], row.line.begin + begin, row.line.begin + end, (row.line.begin, row.line.end))
        crumbs = ((line_of(row), found[1]) for row in self.rows if (found := _CRUMB.search(row.line.text)))
        return next((Stated(word.lower(), at[1] - len(word) - 2, at[1] - 2, at) for at, word in crumbs), None)


def _fields(layout: Layout) -> Iterator[tuple[Row, int, int]]:
    """The header's labels with the place of their values: on the same line, on the next, or behind the labels that
    follow, where a flattened table prints its labels first and then its values."""
    for place, part in enumerate(layout.header):
        if part.head is None or part.kind not in MEETING_FIELDS:
            continue
        later = next((other for other in layout.header[place:] if other.rows), None)
        if not part.head.alone:
            yield part.head, *part.head.value
        elif later is not None and (
            later.kind in MEETING_FIELDS or (later.kind in ATTENDANCE and part.kind != "place")
        ):
            first = later.rows[0]
            begin = first.value[0] if first is later.head else first.line.begin
            yield part.head, begin, first.line.end


def _times(words: str, *, bare: bool) -> Iterator[tuple[int, int, str]]:
    """The times of day in a field's value, where a bare "15.00" counts too."""
    found = BARE_TIME.search(words) if bare else None
    told = [(stated.begin, stated.end, stated.time) for stated in read_times(words)]
    if found and not any(begin <= found.start() < end for begin, end, _ in told):
        told.append((found.start(), found.end(), f"{int(found[1]):02d}:{found[2]}"))
    yield from sorted(told)


def _meeting_of(row: Row) -> Stated | None:
    """The body whose kind of meeting a line is ("Direktionsmøde", "Referat fra økonomiudvalgsmøde")."""
    left = _WHEN.split(_KIND_FIRST.sub("", row.line.text, count=1).strip(), maxsplit=1)[0]
    found = _MEETING_OF.fullmatch(left.capitalize() if left.isupper() else left)
    if found is None:
        return None
    name = found["body"] + _DEFINITE.get(found["kind"].lower(), "en")
    begin = row.line.begin + row.line.text.index(left)
    return Stated(name[0].upper() + name[1:], begin, begin + len(left), line_of(row))


def _holder(row: Row) -> Stated | None:
    """The body that a sentence says held the meeting ("Den 3. juni 2024 holdt Havnerådet møde i Salen")."""
    held = HELD.match(row.line.text)
    named = read_bodies(held[0]) if held is not None else ()
    if not named:
        return None
    return Stated(named[0].name, row.line.begin + named[0].begin, row.line.begin + named[0].end, line_of(row))


def _body_line(row: Row) -> Stated | None:
    """The body that a header's line names: what is left of it without kind, date and connecting words."""
    text = _OF_MUNICIPALITY.sub("", _REMARK.sub("", row.line.text))
    if text.endswith(":") or len(text) > LONGEST_LINE or "kommune" in text.casefold().split()[-1:]:
        return None
    if (_HEADED.fullmatch(text) and " - " not in text) or (
        _TASK.fullmatch(text) and text[-1].islower() and not text.endswith((" og", " i", " for"))
    ):
        return Stated(text, *line_of(row), line_of(row))
    named = read_bodies(text)
    begin = 0
    for piece in PIECE.split(text):
        place = text.index(piece, begin)
        begin = place + len(piece)
        if kind := _KIND_FIRST.match(piece):
            place += kind.end()
            piece = piece[kind.end() :]
        inside = [body for body in named if place <= body.begin and body.end <= begin]
        if _PLACED.fullmatch(piece) and _WORDS_OFF.search(piece) is None:
            return Stated(piece, row.line.begin + place, row.line.begin + begin, line_of(row))
        if not inside and (own := _INSTITUTION.match(piece)):
            at = row.line.begin + place + own.start("body")
            return Stated(own["body"], at, at + len(own["body"]), line_of(row))
        if inside and inside[-1].end == begin and _WHOLE_NAME.fullmatch(piece):
            return Stated(nominative(piece), row.line.begin + place, row.line.begin + begin, line_of(row))
        left = _WORDS_OFF.sub(" ", piece)
        for body in inside:
            of_institution = body.begin == place and _AT_INSTITUTION.fullmatch(piece, body.end - place)
            if of_institution or len(left.split()) <= len(body.text.split()) + 1:
                return Stated(body.name, row.line.begin + body.begin, row.line.begin + body.end, line_of(row))
    return None
