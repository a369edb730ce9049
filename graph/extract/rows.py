"""Lines with what they are known to be: a label, a verdict's heading, a bare case number, or none of these."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import zip_longest
from typing import NamedTuple

from graph.danish.hints import holds
from graph.extract.case_numbers import is_case_number
from graph.extract.decision_headings import DecisionHeading, is_called_body, may_be_heading, read_decision_heading
from graph.extract.file_columns import head_files
from graph.extract.labels import LONGEST, SECTIONS, Label, fold, read_label
from graph.extract.lines import Line, read_lines
from graph.extract.outcomes import read_verdicts
from graph.extract.recommendations import evened

_PROPOSAL = re.compile(
    r"(?:Det (?:indstilles|foreslås|anbefales)\b|[A-ZÆØÅ][\w,&/ -]{1,70} (?:indstiller|foreslår|abefaler|anbefaler)\b)"
)
# "Ida Holm foreslog" over points; what a body once proposed is history
_PROPOSED = re.compile(
    r"(?!(?:Udvalget|Rådet|Bestyrelsen)\b)[A-ZÆØÅ][\w.&/ -]{1,70}"
    r"(?<!udvalget)(?<!rådet)(?<!bestyrelsen)(?: foreslog| anbefalede|,? der foreslår)\b[,:]?$"
)
_PROPOSES = ("indstill", "foreslå", "befale")
_PROPOSED_BY = ("foreslog", "anbefalede", "foreslår")
_HEADS_POINTS = re.compile(
    r"(?:\d{1,2}\.\d{0,2}\.?[ \t]{1,4})?"
    r"(?P<label>(?:Beslutnings?|Indstillings|Afgørelses|Stillingtagens|At-?)-?(?:punkt(?:er|erne)?|led|spørgsmål)):?",
    re.IGNORECASE,
)
_HEADING_POINTS = ("ngspunkt", "ngsspørgsmål", "ngsled", "sespunkt", "At-punkt", "NGSPUNKT", "AT-PUNKT")
_PROPOSING = (*_PROPOSES, "foreslog", "INDSTILLE", "FORESLÅ", "ANBEFALE", *_HEADING_POINTS)
_LEADS_ON = re.compile(r"(?:[,:]|\bat|\btil [A-ZÆØÅ][\w, -]{1,60}|indstiller|indstilles)$")
# with no clause of its own over a list: "… indstiller, at HMU", "… foreslår følgende"
_TO_LIST = re.compile(r"(?<!Vi )(?:indstille|foreslå|anbefale)[rs](?:,? at(?: [\w.-]{2,40}){1,5}(?<!e[sr])| følgende)$")
_COUNTED = re.compile(r"(\d{1,3})[.)] ?(?=[A-ZÆØÅ\"”»])")
SHORT = 60
LEAST_STOPS = 2  # lines with a body and a day
LONGEST_PROPOSAL = 200
_TREATMENT = frozenset({"sagens behandling", "behandling", "behandling af sagen", "behandlingen", "sagsbehandling"})
_ACCOUNT = re.compile(
    r"\b(?:blev|tog|gav|var|vedtog|kom|\w{3,40}(?:ede|edes|te|tes)|[Ii]ntet"
    r"|[Gg]odkendt|[Uu]dsat|[Tt]aget|[Vv]edtaget|[Tt]iltrådt|[Dd]røftet|[Aa]fvist|[Ff]orkastet|[Aa]nbefalet)\b"
)
_VOTED = re.compile(r"\bstemte\b")
_POINT = re.compile(r"(?:at|At|AT)\b|(?:\d{1,2}|[a-z])[.)] |[-–•] ")
_AT = re.compile(r"(?:\d{1,2}[.)] |[-–•] )?[Aa]t\b")
_VERDICT_BEGINS = frozenset(
    (
        "God", "Til", "Anb", "Ind", "Ved", "Tag", "Uds", "Drø", "Ove", "Fre", "Sen", "For", "Afv", "Udg", "Ing", "Et ",
        "Udv", "Ori",
    )
)  # fmt: skip
_VERDICT = re.compile(
    r"(?:\d{1,2}\. ?(?:- ?\d{1,2}\. ?)?)?(?:Godkend|Tiltr[åæ]d|Anbefal|Indstil(?!ling)|Vedtag|Taget|Tages"
    r"|Til efterretning|Udsat|Udsæt|Drøft|Oversend|Fremsend|Send|Tilbagesend|Forkast|Afvist|Udgår|Ingen bemærkninger"
    r"|Et flertal|Udvalget|Orientering)"
)
# a stop's task in a route: "Beslutning: Udvalget for Børn og Skole, Kommunalbestyrelsen"
_STAGE = re.compile(
    r"(?:Beslutning|Indstilling|Orientering|Drøftelse|Anbefaling|Høring): [A-ZÆØÅ][^.:;\d]{3,150}"
    r"(?:udvalg|råd|bestyrelse|Børn|Skole|[A-ZÆØÅ]\w+)\w{0,2}"
)
ROOM = re.compile(
    r"(?:Mødelokale|Lokale|Mødeværelse|Byrådssalen|Rådhuset|Kommunalbestyrelsessalen|Udvalgsværelse|Mødesalen"
    r"|Regionshuset|Regionsgården)\b.{0,100}$"
)
_BEFORE_VALUE = " :\t\xa0"
_GROUP_WORDS = ("punkter", "sager", "dagsorden", "åbne", "lukkede", "døre")
_DATE_LINE = re.compile(
    r"(?:[A-ZÆØÅa-zæøå]{3,5}dag,? )?(?:den |d\. ?)?\d{1,2}[.\-/] ?(?:\d{1,2}[.\-/] ?|[a-zæøå]{3,9}\.?[ -])\d{4}"
    r"[ ,]{0,2}(?:kl\.? ?\d{1,2}[.:]\d{2})?.{0,12}$"
)


@dataclass(slots=True)
class Row:
    """A line and what it is; `role` is the label's role, "decision" for a verdict's heading, else empty.

    `opens_section` tells whether a section of an agenda item begins here.
    """

    line: Line
    label: Label | None = None
    heading: DecisionHeading | None = None
    bare_case_number: bool = False
    role: str = field(init=False, repr=False, compare=False)
    opens_section: bool = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        role = self.label.role if self.label else ""
        role = "decision" if self.heading is not None else "case-number" if self.bare_case_number else role
        self.role = role  # told once, for every way of dividing asks it
        self.opens_section = role in SECTIONS

    @property
    def value(self) -> tuple[int, int]:
        """Offsets in the source of what stands behind the label on the same line."""
        line = self.line
        known = self.heading or self.label
        start, text = known.value if known else 0, line.text
        if text[start : start + 1] in _BEFORE_VALUE:
            start = len(text) - len(text[start:].lstrip(_BEFORE_VALUE))
        return min(line.begin + start, line.end), line.end

    @property
    def alone(self) -> bool:
        """Whether nothing stands behind the label on its line."""
        known = self.heading or self.label
        return not (self.line.text[known.value :] if known else self.line.text).strip(_BEFORE_VALUE)

    @property
    def free(self) -> bool:
        """Whether the line is no label, heading, case number, date or navigation: a title can be no other."""
        return not self.role and not _DATE_LINE.match(self.line.text)


def read_rows(text: str) -> tuple[Row, ...]:
    """The lines of a text, each with what it is.

    >>> [(row.role, row.line.text) for row in read_rows("40. Godkendelse af dagsorden\\n\\nBeslutning\\nGodkendt.")]
    [('', '40. Godkendelse af dagsorden'), ('decision', 'Beslutning'), ('', 'Godkendt.')]
    """
    rows: list[Row] = []
    history, routing, listing, counted, told_before = False, False, False, False, False
    lines = read_lines(text)
    for line, below in zip_longest(lines, lines[1:]):
        told = _what_is_told(line.text)
        if told is None:
            rows.append(Row(line))
            continue
        row = _read_row(line, told, None if routing else below, history=history)
        if routing and row.label is not None and _STAGE.fullmatch(line.text):
            row = Row(line)
        if listing and row.role in MINOR and _is_listed(line, below):
            row = Row(line)  # a file may be called "Høringssvar"
        listing = row.role == "attachments" if row.opens_section else listing
        opens_route = row.role in {"routing", "competence"} and row.alone and not _is_ambiguous(row)
        routing = opens_route or (routing and not row.opens_section)
        if row.opens_section and not (history and row.heading is not None):
            history = row.role == "history"
        counted = counted or (row.label is not None and row.label.begin > 0)
        told_before = told_before or row.role == "history"
        rows.append(row)
    if told_before:
        rows = list(_without_stops(rows))
    return tuple(_without_counted(rows) if counted else rows)


def _without_counted(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, where a section's label that counts on from title to title is a title too ("5. Nyt", "6. Økonomi")."""
    counted = [(row, int(found[1])) for row in rows if (found := _COUNTED.match(row.line.text))]
    around = zip([(None, 0), *counted], counted, [*counted[1:], (None, 0)], strict=False)
    titles = {
        row.line.begin
        for (before, last), (row, number), (after, following) in around
        if row.label is not None and row.label.begin and row.alone
        if before is not None and not before.role and last + 1 == number
        if after is None or (not after.role and following == number + 1)
        if row.line.after_blank == before.line.after_blank
    }
    return (Row(row.line) if row.line.begin in titles else row for row in rows)


def _without_stops(rows: Sequence[Row]) -> Iterator[Row]:
    """The rows, where bodies and days listed under "Politisk behandling" with no verdict between are no headings."""
    place = 0
    while place < len(rows):
        end = place
        if place and rows[place - 1].role == "history" and rows[place - 1].alone:
            while end < len(rows) and (head := rows[end].heading) is not None and head.body and rows[end].alone:
                end += 1
        bare = end - place >= LEAST_STOPS and (end == len(rows) or rows[end].label is not None)
        yield from (Row(row.line) for row in rows[place:end]) if bare else rows[place:end]
        if end < len(rows):
            yield rows[end]
        place = end + 1


def _is_ambiguous(row: Row) -> bool:
    """Whether a label is printed over a route and over what a meeting did alike ("Sagens behandling")."""
    return row.alone and fold(row.line.text) in _TREATMENT


def _gives_verdict(text: str, body: str | None) -> bool:
    """Whether a line under a body and a day tells what was decided there."""
    if _is_verdict(text):
        return True
    if body is None or not is_called_body(body) or not text.endswith("."):
        return False
    told = _VOTED.search(text) is not None or bool(read_verdicts(text))
    return told and read_label(text) is None and read_decision_heading(text, in_history=True) is None


def _is_verdict(text: str) -> bool:
    """Whether a line opens with a verdict, and is no label that only sounds like one ("Vedtagelse")."""
    begins = text[:3] in _VERDICT_BEGINS or text[:1].isdecimal()
    return begins and _VERDICT.match(text) is not None and read_label(text) is None


def _is_listed(line: Line, below: Line | None) -> bool:
    """Whether a line in a list of files is one of them, though it is a label too: no running text stands under it."""
    told = below is not None and (below.text.endswith((".", ":", ",")) or len(below.text) > LONGEST)
    apart = below is not None and below.after_blank and not line.after_blank
    return line.mark == "-" or line.text[0].isdigit() or not told or apart


def _read_row(line: Line, told: _Told, below: Line | None, *, history: bool) -> Row:
    if told.heading:
        heading = read_decision_heading(line.text, in_history=history)
        if heading is None and below is not None and (below.text.endswith(".") or _is_verdict(below.text)):
            past = read_decision_heading(line.text, in_history=True)
            heading = past if past is not None and _gives_verdict(below.text, past.body) else None
        if heading is not None:
            return Row(line, heading=heading)
    if told.case_number:
        return Row(line, bare_case_number=True)
    if (label := told.label) is not None:
        said = line.text[label.value :].lstrip(_BEFORE_VALUE) or (below.text if below is not None else "")
        if label.role == "routing" and said and fold(line.text[: label.end]) in _TREATMENT:
            label = replace(label, role="decision") if _ACCOUNT.search(said) and _gives_account(said) else label
        return Row(line, label=label)
    if told.proposes:
        asks = _HEADS_POINTS.fullmatch(line.text) if holds(line.text, _HEADING_POINTS) else None
        if asks is not None and below is not None and _AT.match(below.text):
            return Row(line, label=Label("recommendation", *asks.span("label"), len(line.text)))
        if is_proposal(line.text) or _leads_to_points(line.text, below):
            return Row(line, label=Label("proposal", 0, 0, 0))
    return Row(line)


class _Told(NamedTuple):
    """What a line tells of itself, whatever stands around it: whether it may be a verdict's heading, whether it is a
    case number, its label, and whether words of proposing stand in it."""

    heading: bool
    case_number: bool
    label: Label | None
    proposes: bool


@lru_cache(maxsize=512)
def _what_is_told(text: str) -> _Told | None:
    """What a line tells of itself; nothing where it can be no more than words."""
    heading, case_number, label = may_be_heading(text), is_case_number(text), read_label(text)
    label = Label("attachments", 0, len(text), len(text)) if label is None and head_files(text) else label
    proposes = holds(text, _PROPOSING)
    if heading or case_number or label is not None or proposes:
        return _Told(heading, case_number, label, proposes)
    return None


def is_proposal(text: str) -> bool:
    """Whether a line of its own opens a recommendation: who proposes, and then what follows on the next lines.

    >>> is_proposal("Administrationen indstiller til Byrådet"), is_proposal("Det indstilles, at HMU")
    (True, True)
    >>> is_proposal("Direktionen indstiller, at sagen udsættes, og at der indkaldes til et nyt møde.")
    False
    """
    text = evened(text)
    if text.startswith("Det indstilles, at") and len(text) < SHORT:
        return True
    return _proposes(text) and _LEADS_ON.search(text.rstrip()) is not None


def _gives_account(text: str) -> bool:
    """Whether a line tells in the past tense what went on, and is no stop of a route."""
    return text.endswith(".") and read_decision_heading(text, in_history=True) is None


def _leads_to_points(text: str, below: Line | None) -> bool:
    """Whether a line says who proposes, and the points stand below it ("… indstiller til byrådet", "at …")."""
    if below is None or text[-1] in ".!?":
        return False
    if not _POINT.match(below.text) and not (below.mark == "-" and _TO_LIST.search(text)):
        return False
    return _proposes(evened(text)) or (holds(text, _PROPOSED_BY) and _PROPOSED.match(text) is not None)


def _proposes(text: str) -> bool:
    """Whether a line begins with who proposes, in the present tense."""
    return len(text) < LONGEST_PROPOSAL and holds(text, _PROPOSES) and _PROPOSAL.match(text) is not None


MINOR = frozenset({"hearing", "other", "finance", "legal-basis"})


def is_group(row: Row) -> bool:
    """Whether a line opens a group of open or closed items ("Åbne dagsordenspunkter", "Lukkede sager")."""
    if row.role not in {"open", "closed"} or not row.alone or row.line.text.startswith(("Sagen ", "Punktet ")):
        return False
    return any(word in row.line.text.casefold() for word in _GROUP_WORDS)
