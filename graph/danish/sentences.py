"""Where the sentences of Danish minutes begin and end."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.danish.hints import holds
from graph.danish.lexicon import words

# a stop with the closing quotes behind it, or a line's end with the blank lines behind it
_STOP = re.compile(r"[.!?…][\"”’»)\]]?(?=\s|[A-ZÆØÅ]|$)|(?<![ \t])[ \t]*\n[ \t\n\u00a0\u200b]*")
_STOPS = (".", "\n", "!", "?", "…")
_WORD_BEFORE = re.compile(r"[\w./-]{1,20}+$")
_BULLET = re.compile(r"(?:[•●▪■◦·*\-–—]|\d{1,3}[.)]|[a-z]\)|at\b|#)\s")
_MARKS = re.compile(r"[\s•●▪■◦·*#|]+")
_LABEL = re.compile(r"[A-ZÆØÅ][\w .-]{1,30}:")
_GOES_ON = re.compile(r"(?:[,(]| og| i| på| af| til| for| med| den| det| de| en| et| som| at| fra| ved| om| d\.)$")
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
    for match in _STOP.finditer(text) if holds(text[:-1], _STOPS) else ():
        if match.end() == len(text):
            break  # the text's end ends it, whatever it is
        end = match.end() if match[0].strip() else match.start()
        if match.end() < begin or not _ends(text, begin, match):
            continue
        found.append((begin, end))
        begin = match.end()
    found.append((begin, len(text)))
    return tuple(span for span in (_trimmed(text, b, e) for b, e in found) if span[0] < span[1])


def _ends(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a sentence ends at a stop or at a line's end."""
    if "\n" in match[0]:
        return _line_ends(text, begin, match)
    if match[0][0] != ".":
        return True
    return _stop_ends(text, begin, match)


def _stop_ends(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence: not behind an abbreviation, an initial or an ordinal."""
    following = text[match.end() : match.end() + 40].lstrip()
    before = _WORD_BEFORE.search(text, max(begin, match.start() - 20), match.start())
    word = before[0].strip("-/") if before else ""
    glued = not text[match.end() : match.end() + 1].isspace() and match.end() < len(text)
    if glued and (len(word) < 4 or not word[-4:].islower() or not following[1:2].islower()):
        return word[-1:] == ")" or (text[match.start() - 1 : match.start()] == ")" and following[1:2].islower())
    if word.lower() in words("abbreviations", "inside"):
        return False
    if word == "Kr" or word in words("people", "name_abbreviations"):
        return not following
    if len(word) == 1 and word.isupper() and text[match.start() - 2 : match.start() - 1] not in '"”(':
        return not _is_initial(text, begin, match.start()) or not following
    if word.lower() in words("abbreviations", "final"):
        return not following or following[0].isupper()
    if word.isdigit() and len(word) < 4:
        return not following or (
            following[0].isupper() and bool(text[begin : match.start()].strip(" \n\t•*#-0123456789."))
        )
    begins = not following[:1].islower() or _LETTERED.match(following) is not None
    return begins or "\n" in text[match.end() : match.end() + 2]


def _is_initial(text: str, begin: int, stop: int) -> bool:
    """Whether a lone capital is an initial of a name: a capitalised word stands before it, or nothing does."""
    before = text[max(begin, stop - 30) : stop - 1].rstrip(" .")
    last = before.split()[-1:]
    return not last or last[0][:1].isupper()


def _line_ends(text: str, begin: int, match: re.Match[str]) -> bool:
    """Whether a sentence ends with its line: not where the next line goes on in lower case, or the line was wrapped."""
    following = text[match.end() : match.end() + 40]
    first = text.rfind("\n", 0, match.start()) + 1
    line = text[max(begin, first) : match.start()].rstrip()
    if not line or not following:
        return bool(line)
    if following[0].isdecimal() and _DAY.match(following) and _OF_DAY.search(line):
        return False
    if _BULLET.match(following) or _LABEL.match(following) or line[-1] in ".!?:;|" or following[0] in "|(":
        return True
    if following[0].islower():
        return _BULLET.match(line) is None and len(line) < 3
    blank = match[0].count("\n") > 1
    wrapped = _GOES_ON.search(line) is not None or (following[0].isupper() and _LABEL.match(line) is None)
    return blank or not (len(text[first : match.start()].strip()) >= _WRAPPED and wrapped)


def _trimmed(text: str, begin: int, end: int) -> tuple[int, int]:
    marks = None if text[begin : begin + 1].isalnum() else _MARKS.match(text, begin, end)
    begin = marks.end() if marks else begin
    return begin, begin + len(text[begin:end].rstrip())
