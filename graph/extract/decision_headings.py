"""Headings of verdicts: which body decided, on which day, under which point of its agenda.

The shapes: "Beslutning", "Beslutning i Direktionen den 12-10-2022", "Forretningsudvalgets beslutning den 8. november
2022:", "Teknik- og Miljøudvalget, 10. september 2019, pkt. 65:" and, in a case's history, "19-08-2019 Magistraten".
"""

from __future__ import annotations

import re
from functools import lru_cache

from graph.danish.hints import holds
from graph.values import value

LONGEST = 170

_DAY = (
    r"(?:(?i:man|tirs|ons|tors|fre|lør|søn)(?i:dag)[ ,]{0,2})?(?i:den |d\. ?)?"
    r"(?:\d{1,2}[.\-/] ?(?:\d{1,2}[.\-/] ?|(?i:[a-zæøå]){3,9}\.?[ -])\d{4}|\d{1,2}/\d{1,2}[ -]\d{4}|\d{4}-\d\d-\d\d)"
)
_POINT = r"(?:,? ?(?:pkt\.?|punkt|sag nr\.|sag|nr\.) ?(?P<point>\d{1,4}))"
_BODY = r"(?P<body>(?:[A-ZÆØÅ§]|\d\d?-\d\d? )[^:;!?]{1,90}?)"
# told to be a body by its own form, for lines where nothing else tells that a verdict follows
_CALLED_BODY = (
    r"(?:[A-ZÆØÅ][^:;.!?\d]{0,70}?(?:udvalg|råd|nævn|bestyrelse|direktion|repræsentation)(?:et|en)?"
    r"|[A-ZÆØÅ]{2,6}|(?:Udvalget|Udvalg|Rådet|Komit[eé]en) for [^:;.!?\d]{3,70}?)"
)
# behind the day, what kind of treatment it was: "(1. behandling)", ", 2. behandling", "(ekstraordinært møde)"
_NOTE = r"(?: ?\([^()\n]{2,40}\)|,? (?:\d\.|[Ff]ørste|[Aa]nden|[Aa]ndet|[Tt]redje) ?behandling)?"
_END = rf"{_NOTE}(?P<end>:|\.?$|(?= [A-ZÆØÅ]))"
_TO_DAY = r"(?:,? |,? ?[–-] | ?\()"  # what stands between a body and its day
_OPENING = ("Beslutning", "BESLUTNING", "Afgørelse", "AFGØRELSE")
# each with words of which a heading of that shape holds one: most lines with a year hold none
_SHAPES = tuple(
    (words, re.compile(shape))
    for words, shape in (
        (
            _OPENING,
            r"(?:Beslutning(?:en|er)?|BESLUTNING(?:EN|ER)?|Afgørelse|AFGØRELSE)(?: (?i:i|fra|af|for|på|truffet i))? "
            rf"{_BODY}(?: i mødet)?{_TO_DAY}(?P<date>{_DAY})\)?{_POINT}? ?{_END}",
        ),
        (
            _OPENING,
            rf"(?:Beslutning|Afgørelse): (?!\w+t )(?P<body>{_CALLED_BODY})"
            rf"{_TO_DAY}(?P<date>{_DAY})\)?{_POINT}? ?{_END}",
        ),
        (
            (" beslutning", " afgørelse", " behandling"),
            rf"{_BODY}(?P<genitive>s|') (?:beslutning|afgørelse|behandling)(?: i mødet| på mødet| i møde)?,? ?"
            rf"(?P<date>{_DAY}){_POINT}? ?{_END}",
        ),
        (("pkt", "punkt", "sag", "nr."), rf"{_BODY},? (?P<date>{_DAY}){_POINT} ?{_END}"),
        ((":",), rf"{_BODY},? (?P<date>{_DAY}){_NOTE}(?P<end>:)$"),
        ((":",), rf"(?P<body>{_CALLED_BODY}),? (?P<date>{_DAY}){_POINT}?{_NOTE}(?P<end>:)(?= [A-ZÆØÅ])"),
        (
            _OPENING,
            r"(?:Beslutning(?:en|er)?|BESLUTNING) (?i:i|fra|af) (?P<body>[A-ZÆØÅ][^:;.!?]{2,60}?)(?P<end>:?$)",
        ),
        (_OPENING, rf"(?:Beslutning(?:en|er)?|BESLUTNING) [–-] (?P<body>{_CALLED_BODY})(?P<end>:?$)"),
        ((" beslutning",), r"(?P<body>[A-ZÆØÅ][^:;.!?,]{2,60}?)(?P<genitive>s) beslutning(?P<end>:?$)"),
    )
)
_HISTORY = re.compile(rf"(?P<date>{_DAY})[ :,\t]{{1,3}}(?P<body>[A-ZÆØÅ][^:;.!?]{{2,70}}?)(?: påtegning)?{_NOTE}:?$")
# (a paper's title is no verdict's: "Beslutninger fra mødet den 4. maj 2023")
_DATED = re.compile(
    r"(?!Beslutninger (?:på|i|fra) møde)"
    rf"(?:Beslutning(?:en|er)?|BESLUTNING|Afgørelse)(?: (?:på|i|fra) møde(?:t)?)?,? (?P<date>{_DAY}){_POINT}? ?{_END}"
)
# "Beslutning for Punkt 12:", "Afgørelse i sag nr. 7, Teknisk Udvalg den 09-06-2011:": the point before the body
_OF_POINT = re.compile(
    r"(?:Beslutning(?:en)?|BESLUTNING|Afgørelse|AFGØRELSE)"
    r"(?: (?i:for|til|vedr\.|vedrørende|under|i|om|på|ad|af)| [–-])?,? \(?(?i:dagsordens)?"
    r"(?i:punkt|pkt\.?|sag(?=[^:]{1,120}:))(?: nr\.?)? ?(?P<point>\d{1,4})\)?"
    rf"(?:(?:,| i| fra| [–-]) ?{_BODY})?(?:{_TO_DAY}(?P<date>{_DAY})\)?)?{_NOTE} ?(?P<end>:|$)"
)
INLINE = re.compile(rf"(?<=[.):] )(?=Beslutning(?:er)? (?:i|fra|af) [A-ZÆØÅ][^:.]{{2,80}}? {_DAY} ?:)")
_PAST_VERDICT = re.compile(rf"{_BODY}{_TO_DAY}(?P<date>{_DAY})\)?{_POINT}?{_NOTE}:?$")
# words round the body's name: "Fra mødet i Økonomiudvalget", "Økonomiudvalgets møde", "Byrådet besluttede"
_LEAD = re.compile(
    r"(?:Beslutning(?:en|er)?|Behandl(?:ing|et)|Vedtagelse|Vedtaget|Protokol(?:lat)?|Referat|Konklusion|Drøft(?:else|et)|Fra)"
    r" (?:(?:i|fra|af|på) )?(?:møde(?:t)? (?:i|fra) )?(?=[A-ZÆØÅ])"
)
_TAIL = re.compile(r"(?:s møde|,? (?:[ip]å? )?møde(?:t)?|,? besluttede| den| d\.| DEN|[ ,])+$")
_CALLED = re.compile(_CALLED_BODY)
_WORD = re.compile(r"[Bb]eslutning|BESLUTNING|[Aa]fgørelse")
_BEFORE_DAY = re.compile(r"(?:[a-zæøå]{3,4}s?dag[ ,]{0,2})?(?:den |d\. ?)?")
_NAME_WORD = re.compile(
    r"(?:[A-ZÆØÅ§].{0,60}|og|for|i|af|de|fælles|lokale|særlige|stk\.|\d{1,2}[.,]?|.{0,60}(?:udvalg|råd|nævn|bestyrelse|forvaltning)"
    r"(?:et|en)?,?)$"
)
_YEAR = re.compile(r"\d\d\d\d")


@value()
class DecisionHeading:
    """A verdict's heading: offsets in its line of the body, the date and the point, and where the verdict begins.

    `body` is the name as written, in the nominative; spans are None where the heading states none.
    """

    body: str | None
    body_span: tuple[int, int] | None
    date_span: tuple[int, int] | None
    point_span: tuple[int, int] | None
    value: int


@lru_cache(maxsize=256)  # a line is asked about as it is cut from the text, as a row, and as a history's
def read_decision_heading(text: str, *, in_history: bool = False) -> DecisionHeading | None:
    """The verdict's heading that a line is, or begins with.

    >>> heading = read_decision_heading("Miljø- og klimaudvalgets beslutning den 2. november 2022:")
    >>> heading.body, heading.date_span
    ('Miljø- og klimaudvalget', (40, 56))
    >>> read_decision_heading("Byrådet sagde ja til masterplanen for hjemløse den 6. marts 2019.")
    """
    head = text[:LONGEST]
    if not may_be_heading(text):
        return None
    if dated := _DATED.match(head):
        return DecisionHeading(None, None, _span(dated, "date"), _point(dated), dated.end())
    if (pointed := _OF_POINT.match(head)) and not pointed["body"]:
        return DecisionHeading(None, None, _dated(pointed), _point(pointed), pointed.end())
    past = in_history and len(text) <= LONGEST
    found = pointed or (_HISTORY.match(head) if past else None) or _shaped(head)
    found = found or (_PAST_VERDICT.match(head) if past else None)
    if found is None:
        return None
    lead = _LEAD.match(found["body"])
    begin = found.start("body") + (lead.end() if lead else 0)
    body = _TAIL.sub("", head[begin : found.end("body")])
    if not _is_body(body, strict=not _WORD.search(found[0])):
        return None
    return DecisionHeading(
        body,
        (begin, begin + len(body)),
        _dated(found),
        _point(found),
        found.end(),
    )


def _shaped(head: str) -> re.Match[str] | None:
    """What the first shape finds that a line has."""
    for words, shape in _SHAPES:
        if holds(head, words) and (found := shape.match(head)) is not None:
            return found
    return None


def is_called_body(name: str) -> bool:
    """Whether a name tells by its own form that it is a body's.

    >>> is_called_body("Udvalget for det nære sundhedsvæsen"), is_called_body("Budget")
    (True, False)
    """
    return _CALLED.fullmatch(name) is not None


def may_be_heading(text: str, reach: int = LONGEST) -> bool:
    """Whether a line holds what every verdict's heading does, the word or a year: a quick look, for most do not."""
    head = text[:reach]
    return len(text) >= 8 and ("eslutning" in head or "BESLUTNING" in head or _YEAR.search(head) is not None)


def _dated(found: re.Match[str]) -> tuple[int, int] | None:
    return _span(found, "date") if found.groupdict().get("date") else None


def _point(found: re.Match[str]) -> tuple[int, int] | None:
    return _span(found, "point") if found.groupdict().get("point") else None


def _span(found: re.Match[str], group: str) -> tuple[int, int]:
    begin, end = found.span(group)
    quote = found[group]
    skipped = _BEFORE_DAY.match(quote)
    begin += skipped.end() if skipped else 0
    return begin, end


def _is_body(name: str, *, strict: bool) -> bool:
    """Whether what stands before the date can be a body's name: no clause, and where no heading word stands, only
    capitals, connecting words and the endings of bodies."""
    words = name.split()
    if not 1 <= len(words) <= 12:
        return False
    if strict and not is_called_body(name) and not all(_NAME_WORD.match(word) for word in words):
        return False
    clause = {
        "blev",
        "var",
        "er",
        "at",
        "har",
        "den",
        "skal",
        "behandlet",
        "vedrørende",
        "om",
        "til",
        "referat",
        "møde",
    }
    return not any(word.casefold() in clause for word in words)
