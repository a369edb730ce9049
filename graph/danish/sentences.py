"""Where the sentences of Danish minutes begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.danish.lexicon import words

# a stop with the closing quotes behind it, or a line's end with the blank lines behind it
# (all signs in one class first, so that the search may leap from one to the next)
_STOP = re.compile(r"[.!?…\n](?:(?<=\n)[ \t\n\u00a0\u200b]*|(?<!\n)[\"”’»)\]]?(?=\s|[A-ZÆØÅ]|$))")
_WORD_BEFORE = re.compile(r"[\w./-]{1,20}+$")
_BULLET = re.compile(r"(?:[•●▪■◦·*\-–—]|\d{1,3}[.)]|[a-z]\)|at\b|#)\s")
_MARKS = re.compile(r"[\s•●▪■◦·*#|]+")
_LABEL = re.compile(r"[A-ZÆØÅ][\w .-]{1,30}:")
_GOES_ON = (
    ",", "(", " og", " i", " på", " af", " til", " for", " med", " den", " det", " de", " en", " et", " som", " at",
    " fra", " ved", " om", " d.",
)  # fmt: skip
# a day broken from what it is the day of: "godkendte planen den", "7. marts"
_OF_DAY = re.compile(r"(?:\b[Dd]en|\b[Dd]\.|dag|\btil|\bog|\bfra|\binden)$")
_DAY = re.compile(r"\d{1,2}\. ?(?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)")
_LETTERED = re.compile(r"[a-h]\) ?[A-ZÆØÅ]")  # the next point: "a) Godkendt. b) Udsat."
_WRAPPED = 60


@lru_cache(maxsize=256)
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    """The sentences of a text as (begin, end), without the blanks and bullets around them.

    >>> text = "Det behandles i Hovedudvalget d. 11. november. Mette Lundholm deltog."
    >>> [text[b:e] for b, e in sentences(text)]
    ['Det behandles i Hovedudvalget d. 11. november.', 'Mette Lundholm deltog.']
    >>> text = "Direktionen\\n\\ndrøfter produktet.\\n- Kommende udbud drøftes."
    >>> [text[b:e] for b, e in sentences(text)]
    ['Direktionen\\n\\ndrøfter produktet.', '- Kommende udbud drøftes.']
    """
    found = []
    begin = 0
    for match in _STOP.finditer(text):
        if match.end() == len(text):
            break  # the text's end ends it, whatever it is
        if _ends(text, begin, match.span()):
            found.append(_trimmed(text, begin, match.end()))
            begin = match.end()
    found.append(_trimmed(text, begin, len(text)))
    return tuple([span for span in found if span[0] < span[1]])


def _ends(text: str, begin: int, at: tuple[int, int]) -> bool:
    """Whether a sentence ends at a stop or at a line's end."""
    sign = text[at[0]]
    if sign == ".":
        return _stop_ends(text, begin, at)
    return sign != "\n" or _line_ends(text, begin, at)


def _stop_ends(text: str, begin: int, at: tuple[int, int]) -> bool:
    """Whether a full stop ends a sentence: not behind an abbreviation, an initial or an ordinal."""
    stop, end = at
    following = text[end : end + 40].lstrip()
    before = _WORD_BEFORE.search(text[max(begin, stop - 20) : stop].rsplit(" ", 1)[-1])
    word = before[0].strip("-/") if before else ""
    glued = end < len(text) and not text[end].isspace()
    if glued and (len(word) < 4 or not word[-4:].islower() or not following[1:2].islower()):
        return word[-1:] == ")" or (text[stop - 1 : stop] == ")" and following[1:2].islower())
    if word.lower() in words("abbreviations", "inside"):
        return False
    if word == "Kr" or word in words("people", "name_abbreviations"):
        return not following
    if len(word) == 1 and word.isupper() and text[stop - 2 : stop - 1] not in '"”(':
        return not _is_initial(text, begin, stop) or not following
    if word.lower() in words("abbreviations", "final"):
        return not following or following[0].isupper()
    if word.isdigit() and len(word) < 4:
        return not following or (following[0].isupper() and bool(text[begin:stop].strip(" \n\t•*#-0123456789.")))
    begins = not following[:1].islower() or _LETTERED.match(following) is not None
    return begins or "\n" in text[end : end + 2]


def _is_initial(text: str, begin: int, stop: int) -> bool:
    """Whether a lone capital is an initial of a name: a capitalised word stands before it, or nothing does."""
    before = text[max(begin, stop - 30) : stop - 1].rstrip(" .")
    last = before.split()[-1:]
    return not last or last[0][:1].isupper()


def _line_ends(text: str, begin: int, at: tuple[int, int]) -> bool:
    """Whether a sentence ends with its line: not where the next line goes on in lower case, or the line was wrapped."""
    stop, end = at
    following = text[end : end + 40]
    first = text.rfind("\n", 0, stop) + 1
    line = text[max(begin, first) : stop].rstrip()
    if not line or not following:
        return bool(line)
    if following[0].isdecimal() and _DAY.match(following) and _OF_DAY.search(line):
        return False
    if _BULLET.match(following) or _LABEL.match(following) or line[-1] in ".!?:;|" or following[0] in "|(":
        return True
    if following[0].islower():
        return _BULLET.match(line) is None and len(line) < 3
    if text.count("\n", stop, end) > 1 or len(text[first:stop].strip()) < _WRAPPED:
        return True
    return not (line.endswith(_GOES_ON) or (following[0].isupper() and _LABEL.match(line) is None))


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    marks = None if text[begin : begin + 1].isalnum() else _MARKS.match(text, begin, end)
    begin = marks.end() if marks else begin
    return begin, begin + len(text[begin:end].rstrip())
