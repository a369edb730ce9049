"""What a body's name says, whichever way it is written: its kind and its fields, without term, place and endings."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.danish.bodies import nominative

_TERM_BEHIND = re.compile(r"[,\s]*[(\[]?(?:\b(?:19|20)\d{2}|\b\d{2})\s?[-–/]\s?(?:20)?\d{2}[)\]]?$")
_TERM_BEFORE = re.compile(r"^(?:(?:19|20)\d{2}|\d{2})\s?[-–/]\s?(?:20)?\d{2}\s+")
_HEAD_FIRST = re.compile(
    r"^(?:det |den )?(?P<head>med-udvalg|udvalg|råd|nævn|komité|komite|bestyrelse|forum)(?:et|en)? for (?P<fields>.+)$"
)
_SECTION_17 = re.compile(r"^§ ?17,? ?(?:stk\.? ?4|4)[- ]?udvalg(?:et)?(?: for| om)? ?")
_HEADS = ("udvalget", "udvalg", "rådet", "råd", "nævnet", "nævn", "komiteen", "komite", "bestyrelsen", "bestyrelse")
_DEFINITE = re.compile(r"(?<=lg|åd|vn)et$|(?<=e)n$")
_BETWEEN = re.compile(r",? og |, | & |,")
# what joins a field to the next word, or makes it plural, and how long the word must be
_ENDINGS = (("s", 4), ("er", 8), ("e", 4))

Mark = tuple[str, tuple[str, ...]]


def tidied(name: str) -> str:
    """A body's name in one line, in the nominative and without the years of its term.

    >>> tidied("Kommunalbestyrelsen 2018-21"), tidied("14-17 Byrådet"), tidied("Teknik- og Miljøudvalgets")
    ('Kommunalbestyrelsen', 'Byrådet', 'Teknik- og Miljøudvalget')
    """
    line = " ".join(name.replace("&", " og ").split())
    line = _TERM_BEFORE.sub("", _TERM_BEHIND.sub("", line)).strip(" ,") or line
    return nominative(line)


@lru_cache(maxsize=4096)
def body_mark(name: str, place: str = "") -> Mark:
    """What kind of body a name is and for which fields; two ways of writing one body give the same.

    >>> body_mark("Udvalget for Teknik og Miljø") == body_mark("Teknik- og Miljøudvalgets")
    True
    >>> body_mark("Børne- og Ungdomsudvalget"), body_mark("Social og sundhed")
    (('udvalg', ('børn', 'ungdom')), ('', ('social', 'sundhed')))
    >>> body_mark("Byrådet i Elmested", "Elmested") == body_mark("Elmested Byråd", "Elmested") == body_mark("Byrådet")
    True
    >>> body_mark("MED-udvalget for Teknik") == body_mark("Udvalget for Teknik")
    False
    """
    whole = tidied(name)
    if whole.isupper():
        return "", (whole,)  # a code says nothing of fields: "BY" is no field of Byrådet
    low = _without_place(whole.casefold(), place.casefold())
    if found := _SECTION_17.match(low):
        return "§17", _fields(low[found.end() :])
    if found := _HEAD_FIRST.match(low):
        return found["head"], _fields(found["fields"])
    for ending in _HEADS:
        if low.endswith(ending):
            return _DEFINITE.sub("", ending), _fields(low.removesuffix(ending))
    return "", _fields(low)


def _without_place(low: str, place: str) -> str:
    """A name without the municipality's own: before it, behind it, with or without the word."""
    if not place:
        return low
    own = rf"{re.escape(place)}(?:s)?(?: kommunes?)?"
    return re.sub(rf"^{own} | i {own}$|,? {own}$", "", low).strip() or low


def _fields(text: str) -> tuple[str, ...]:
    """The fields that a name lists, without the letters that join them to the next word."""
    parts = (part.strip(" -") for part in _BETWEEN.split(text))
    return tuple(sorted(_bare(part) for part in parts if part))


def _bare(part: str) -> str:
    for ending, least in _ENDINGS:
        if part.endswith(ending) and len(part) > least:
            part = part.removesuffix(ending)
    return part
