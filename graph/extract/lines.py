"""A source's text as lines: without indentation, bullets and Markdown marks, each with its place in the text.

Lines that hold more than one thing are split where a label or the next item begins in the middle of them: a web page's
fields side by side, a flat transcript's whole page, an item's number glued to the sentence before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from graph.extract.decision_headings import INLINE as INLINE_HEADING
from graph.extract.decision_headings import may_be_heading, read_decision_heading
from graph.extract.labels import fields_in, glued_begins, glued_pattern, read_label, running_pattern

NEAR = 200
FLAT = 160  # a transcript's page is one line; no printed field line is this long

_BULLET = re.compile(r"(?:[-–•*●▪◦]|o(?=\t))[ \t\xa0]{1,8}")
_QUOTE = re.compile(r"(?:>[ \t]?){1,3}(?=\S)")
_HEADING = re.compile(r"#{1,6}[ \t]{1,8}")
_MARKS = "-–•*●▪◦o#_>"  # what a bullet, a heading, a quotation or an emphasis begins with
# (the stop comes first in the pattern, so that the search may leap from one to the next)
_GLUED_ITEM = re.compile(r"[.)](?<=[a-zæøå)].)(?=\d{1,3}\. [A-ZÆØÅ])")
_NEXT_ITEM = re.compile(r"(?:[a-zæøå]{4}|\w\)|(?:19|20)\d\d|Side \d{1,3})\.? (?=\d{1,3}\. [A-ZÆØÅ])")
# a whole item on one line: "3. Høring om kostpolitik: Udsat til næste møde."
_COLLAPSED = re.compile(
    r"\d{1,3}[.:)]? [A-ZÆØÅ][^.:\n]{2,100}?(?P<stop>:| [–-]|\.) "
    r"(?=(?:Godkendt|Taget til|Tages til|Drøftet|Udsat|Intet\b|Ingen\b|Vedtaget|Tiltrådt|Til efterretning"
    r"|Til orientering|Afvist|Anbefalet|Der blev|Orienteringen|Udvalget|Rådet|Bestyrelsen))"
)
_PAGE = re.compile(r"\d{1,3} (?=\S)")
_ACCESS_AND_CASE = re.compile(r"(?:Åben|Åbent|Åben sag|Lukket|Lukket sag)[ \t]?[-–][ \t]?(?=\d)")
_ACCESS_BEGINS = ("Åbe", "Luk")
_ACCESS_ENDS = ("sag", "dagsorden", "punkt", "møde", "ben", "bent", "ukket", "lig", "ligt")
_CONTENTS = re.compile(r"(?:Indholdsfortegnelse|Indhold)(?: Side)?[ \t]")
_TRAILING_ACCESS = re.compile(
    r"(?<=\S)[ \t]{2,}(?=(?:Åbent?|Lukket|Åben sag|Lukket sag|Åbent punkt|Lukket punkt|Offentlig|Fortrolig)[ \t]*$)"
)
# an item's number and its access in the next column, its title below: "Pkt. 61          Åben sag"
_NUMBER_AND_ACCESS = re.compile(
    r"(?:[A-ZÆØÅ][a-zæøå]{0,20}\.? (?:nr\.? |pkt\.? )?)?\d{1,4}[.:)]?(?P<gap>\t|[ \t]{2,})"
    r"(?:(?:Åben|Lukket)(?: (?:sag|dagsorden))?|(?:Åbent|Lukket) (?:punkt|dagsordenspunkt|møde)|Åbent|Offentligt?"
    r"|Fortroligt?)$"
)
_TRANSCRIPT = re.compile(r"^[ \t]*Transkript[ \t]*$", re.MULTILINE)


@dataclass(slots=True)  # as rows and passages are: a frozen one costs three times as much to make
class Line:
    """One line's words: offsets in the source, the words themselves, and how they stand.

    `mark` is "#" for a heading, "-" for a bullet, "p" for the start of a transcript's page, "t" for the contents in
    one, "+" for a line split off another, else empty. `after_blank` tells that an empty line stands before it.
    """

    begin: int
    end: int
    text: str
    mark: str = ""
    after_blank: bool = False


def read_lines(text: str) -> tuple[Line, ...]:
    """The lines of a text that hold words, in order.

    >>> [(line.mark, line.text) for line in read_lines("## **Punkter til behandling**\\n\\n- Kommende udbud")]
    [('#', 'Punkter til behandling'), ('-', 'Kommende udbud')]
    """
    flat = "Transkript" in text and _TRANSCRIPT.search(text) is not None
    found: list[Line] = []
    begin, blank = 0, True
    for raw in text.split("\n"):
        words = raw.strip()
        if words:
            left = begin if words is raw else begin + raw.index(words[0])
            plain = words[0] not in _MARKS
            line = Line(left, left + len(words), words, "", blank) if plain else _bare(raw, begin, blank)
            if flat:
                found.extend(_flat_parts(line))
            elif cuts := _short_cuts(line.text) if len(line.text) <= FLAT else _cuts(line.text, 0, flat):
                found.extend(_parts(line, 0, cuts))
            else:
                found.append(line)
        blank = not words
        begin += len(raw) + 1
    return tuple(found)


def _bare(raw: str, begin: int, blank: bool) -> Line:  # noqa: FBT001 - the line's own fact, not a switch
    """A line without the marks that it begins with, which are no words."""
    left, right = len(raw) - len(raw.lstrip()), len(raw.rstrip())
    mark = ""
    if quoted := _QUOTE.match(raw, left):
        left = quoted.end()
    if heading := _HEADING.match(raw, left):
        left, mark = heading.end(), "#"
    elif (bullet := _BULLET.match(raw, left)) and bullet.end() < right:
        left, mark = bullet.end(), "-"
    for emphasis in ("**", "*", "__", "_"):
        if right - left > 2 * len(emphasis) and raw.startswith(emphasis, left) and raw.endswith(emphasis, left, right):
            left, right = left + len(emphasis), right - len(emphasis)
            break
    words = raw[left:right]
    left += len(words) - len(words.lstrip())
    words = words.strip()
    return Line(begin + left, begin + left + len(words), words, mark, blank)


def _flat_parts(line: Line) -> Iterator[Line]:
    """The lines that stand side by side in a transcript's line, which may be a whole page or the contents."""
    page = _PAGE.match(line.text)
    start = page.end() if page and len(line.text) > page.end() else 0
    line = replace(line, mark="p") if start else line
    if contents := _CONTENTS.match(line.text, start):
        return _parts(line, start, (contents.end(),), mark="t")
    return _parts(line, start, _cuts(line.text, start, True))  # noqa: FBT003


def _parts(line: Line, start: int, cuts: Iterable[int], *, mark: str = "+") -> Iterator[Line]:
    """The lines that stand side by side in a line from a place on; `mark` is that of all but the first."""
    text = line.text
    begins = sorted({start, *cuts})
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=True):
        words = text[begin:end].strip(" \t\xa0")
        if not words.strip(":.–-"):
            continue
        left = line.begin + text.index(words[0], begin)
        first = begin == start
        yield Line(left, left + len(words), words, line.mark if first else mark, line.after_blank and first)


@lru_cache(maxsize=512)  # half of a paper's lines are its own labels and formulas again
def _short_cuts(text: str) -> tuple[int, ...]:
    return _cuts(text, 0, False)  # noqa: FBT003


def _cuts(text: str, start: int, flat: bool) -> tuple[int, ...]:  # noqa: FBT001
    """Where a new line begins inside a line."""
    cuts = [found.end() for found in _GLUED_ITEM.finditer(text, start)] if ". " in text else []
    if (opening := text[start : start + 3]) in glued_begins() or opening in _ACCESS_BEGINS:
        cuts += _after_glued(text, start)
    if text[start : start + 1].isdecimal() and (told := _COLLAPSED.match(text, start)):
        cuts += [told.start("stop"), told.end()]
    if text.endswith(_ACCESS_ENDS) and (beside := _NUMBER_AND_ACCESS.match(text, start)):
        cuts += beside.span("gap")
    split = flat or ":" in text or "  " in text or "\t" in text or may_be_heading(text, len(text))
    label = read_label(text[start : start + 80]) if split else None
    fields = label is not None and label.value < len(text) - start
    if (fields or flat) and ":" in text:
        cuts += fields_in(text, start + 1, len(text))
        if "Beslutning" in text:
            cuts += [found.start() for found in INLINE_HEADING.finditer(text, start + 1)]
    if fields and ("  " in text or "\t" in text) and (access := _TRAILING_ACCESS.search(text)):
        cuts.append(access.end())
    if fields and label is not None and may_be_heading(value := text[start + label.value :]):
        cuts += [start + label.value] if read_decision_heading(value) is not None else []
    if flat:
        cuts += [found.end() for found in _NEXT_ITEM.finditer(text, start) if _label_near(text, found.end())]
    if flat and (len(text) > FLAT or start):
        for found in running_pattern().finditer(text, max(0, start - 1)):
            cuts += found.span("label")
    return tuple(cuts)


def _after_glued(text: str, start: int) -> list[int]:
    """The ends of labels that what follows is glued to, and of the access word before a case number."""
    if text.isalpha() and text[1:].islower():
        return []  # a single word with nothing glued to it
    ends = []
    place = start
    while (opening := text[place : place + 3]) in glued_begins():
        glued = glued_pattern(opening).match(text, place)
        if glued is None:
            break
        place = glued.end()
        ends.append(place)
    if text.startswith(("Åben", "Lukket"), start) and (access := _ACCESS_AND_CASE.match(text, start)):
        ends.append(access.end())
    return ends


def _label_near(text: str, begin: int) -> bool:
    """Whether a label follows closely, as it does under an item's title in a flat transcript."""
    end = begin + NEAR
    return bool(fields_in(text, begin, end)) or running_pattern().search(text, begin - 1, end) is not None
