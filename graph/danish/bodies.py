"""Names of political bodies, departments and municipalities in Danish minutes, by their general shape."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

from graph.danish.areas import forums, part_end, section_17
from graph.danish.hints import any_of, holds, lowered
from graph.danish.lexicon import endings, words
from graph.danish.naming import (
    FIELD_LINE,
    FIELD_NAME,
    WORD_BEGINS,
    BodyName,
    field_end,
    head_first,
    is_association,
    lists_fields,
    nominative,
    suspended_begin,
    without_overlaps,
)
from graph.danish.places import read_municipality
from graph.danish.units import read_units

__all__ = [
    "BodyName",
    "inside",
    "nominative",
    "read_bodies",
    "read_municipality",
    "read_units",
    "same_body",
]

_CALLED = re.compile(
    r"\b(?:De[nt] [A-ZÆØÅ][a-zæøå]+e|Grønt|Teknisk|Socialt?|Kulturelt|Økonomisk|Lokalt) (?:Råd|Udvalg|Nævn)(?:et)?s?\b"
    r"|\b[Pp]ædagogisk [Rr]åds?\b"
    r"|\bDet [A-ZÆØÅ][a-zæøå]+e [A-ZÆØÅ]?[a-zæøå]{0,30}(?:[Ff]orum|(?<=\w)(?:råd|udvalg|nævn))s?\b"
)
_CALLED_HINTS = (" Råd", " Udvalg", " Nævn", "ædagogisk", "Det ")
_MED = re.compile(
    r"(?<![\w-])(?:Hoved[- ]?MED(?:-?[Uu]dvalget)?s?"
    r"|(?P<local>(?:(?:Fag|Lokal|Område|Center|Forvaltnings|Sektor|Regions|Afdelings|Virksomheds|Klinik)-?MED(?:-?[Uu]dvalget)?"
    r"|MED-?[Uu]dvalget|MED(?= [A-ZÆØÅ][a-zæøå]+(?:,| og| &) [A-ZÆØÅ])))s?)(?![\w-])"
)
# what a local committee is for: "Sektor-MED Social", "MED-udvalget for dagtilbud"
_MED_FIELD = re.compile(r" (?:for (?=\w)|(?P<field>[A-ZÆØÅ][a-zæøå]{2,30})(?! [A-ZÆØÅ])(?=[ ,.;:)\n]|$))")
# the main committee has a part of the organisation alone behind it: "Hoved-MED for Psykiatrien", no municipality
_MED_PART = re.compile(r" for (?!Region\b|Hele\b)[A-ZÆØÅ][a-zæøå-]{2,30}(?! [Kk]ommune)\b")
_HYPHENED = ("udvalget", "udvalgets", "udvalg", "rådet", "rådets", "bestyrelsen")
# each district has its own
_LOCAL = ("Lokaludvalg", "Lokalråd", "Landsbyråd", "Distriktsråd", "Bydelsråd", "Områderåd", "Sogneråd")
_PARTS = ("Nord", "Syd", "Øst", "Vest", "Midt", "By", "Land")
_HYPHENATED = re.compile(r"[A-ZÆØÅ]\w{1,48}(?:, [A-ZÆØÅ]\w{1,48})? og $")
_NUMBERED = re.compile(r" (?:=|\d{1,4}/\d{2})")
_ON_A_DAY = re.compile(r"s? (?:møde )?(?:den|d\.) \d")
_MEETS = re.compile(r" (?:den|d\.) \d|s? møde\b")
# "Skolebestyrelsen på Uvelse Skole drøftede sagen den 3. juni"
_ITS_DAY = re.compile(r"(?: (?:på|ved|i|for)(?: [A-ZÆØÅ][\w-]+){1,3})?(?: [a-zæøå]+){0,3} (?:den|d\.) \d")
_ARTICLE = re.compile(
    r"\bde[nt] (?:fælles|lokale|kommunale|sociale|centrale|tværgående|regionale|midlertidige|faglige|politiske"
    r"|rådgivende|forberedende|koordinerende|stående|vejledende|administrative|strategiske"
    r"|tværfaglige|tværsektorielle|tværkommunale|særlige|paritetiske) $",
    re.IGNORECASE,
)
# councils of the whole country: "Danske Ældreråd", "Kontaktudvalget for Danske Ældreråd"
_NATIONAL_BEFORE = re.compile(r"\bDanske? $")
_NATIONAL = re.compile(r" (?:for|i|under) Danske? [A-ZÆØÅ]")
_PLACE_BEHIND = re.compile(r" ([A-ZÆØÅ][a-zæøå-]{2,20})(?![\w-]| [Kk]ommune)")  # "Naturråd Furesø"
# (a capital first, so that the search may leap from one to the next)
_ABBREVIATION = re.compile(r"[A-ZÆØÅ](?<![\w/-].)[A-ZÆØÅ]{1,4}(?![\w/]|-[A-ZÆØÅ\d])")


def same_body(first: str, second: str) -> bool:
    """Whether two names are one body's: with or without case, the definite ending, or the place before a council.

    >>> same_body("Byrådet", "Odense Byråd"), same_body("Byrådet", "Ældrerådet")
    (True, False)
    >>> same_body("lokaludvalget", "Vanløse Lokaludvalg"), same_body("Ungerådet", "Børne- og Ungeråd")
    (True, False)
    """
    one, other = _key(first), _key(second)
    if one == other:
        return True
    short, whole = sorted((one, other), key=len)
    if short in words("bodies", "councils"):
        return whole.endswith(f" {short}") and " og " not in whole
    return whole.startswith(f"{short} ") and short.upper() in words("bodies", "abbreviations")  # "KKR", "KKR Sjælland"


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return re.sub(r"(udvalg|råd|bestyrelse|repræsentation|direktion)(et|en)$", r"\1", nominative(name).casefold())


def inside(found: tuple[BodyName, ...], begin: int, end: int) -> tuple[BodyName, ...]:
    """The names that lie between two places of a text, with offsets counted from the first."""
    if not found:
        return ()
    first = bisect_left(found, begin, key=lambda name: name.begin)
    last = bisect_left(found, end, key=lambda name: name.begin)
    if not begin:
        return found[:last]
    return tuple([BodyName(n.begin - begin, n.end - begin, n.name, n.text) for n in found[first:last]])


@lru_cache(maxsize=256)
def read_bodies(text: str) -> tuple[BodyName, ...]:
    """The political bodies that a text names, in order; not what is meant in general ("fagudvalgene").

    >>> [b.name for b in read_bodies("Det var i Plan-, Miljø og Klimaudvalget og på Foreningsrådets bord.")]
    ['Plan-, Miljø og Klimaudvalget', 'Foreningsrådet']
    >>> [b.name for b in read_bodies("indstiller til Udvalget for Kultur og Fritid, ikke til fagudvalgene")]
    ['Udvalget for Kultur og Fritid']
    """
    found = head_first(text, units=False)
    if holds(text, _CALLED_HINTS):
        found += _called(text)
    if "MED" in text:
        found += _med(text)
    if lists_fields(text) and holds(text, (" den ", " d.", " møde")):
        found += _field_bodies(text)
    if "17" in text:
        found += section_17(text)
    if "forum" in text or "s Forum" in text or "klynge " in text:
        found += forums(text)
    if _body_ending().search(lowered(text)):
        found += _by_ending(text)
    if _ABBREVIATION.search(text):
        found += _abbreviated(text)
    return without_overlaps(text, found) if found else ()


def _called(text: str) -> list[tuple[int, int]]:
    """Councils with an adjective for a name: "Det Grønne Råd"."""
    return [match.span() for match in _CALLED.finditer(text)]


def _med(text: str) -> list[tuple[int, int]]:
    """Committees of employer and employees: "Hoved-MED", "LokalMED-udvalget"."""
    return [(match.start(), _med_end(text, match)) for match in _MED.finditer(text)]


def _med_end(text: str, match: re.Match[str]) -> int:
    """The end of such a committee's name with the part of the municipality that it is for."""
    area = _MED_FIELD.match(text, match.end())
    if area and not match["local"] and not _MED_PART.match(text, match.end()):
        return match.end()
    if area and area["field"] and (listed := FIELD_LINE.match(text, area.start("field"))) and is_field_name(listed[0]):
        return listed.end()
    end = area.end() if area and area["field"] else field_end(text, area.end()) if area else match.end()
    return end if area is None or area["field"] or end > area.end() else match.end()


def _field_bodies(text: str) -> list[tuple[int, int]]:
    """Committees named by their fields alone, told by the date of a meeting: "i Plan, Miljø og Teknik den 4. maj"."""
    found = []
    for match in FIELD_NAME.finditer(text):
        fields = [word.lower() for word in re.split(r", | og | & ", match[0])]
        known = sum(field in words("bodies", "fields") for field in fields) * 2 >= len(fields)
        before = text[max(0, match.start() - 4) : match.start()]
        if known and before.endswith((" i ", " til ", " af ")) and _MEETS.match(text, match.end()):
            found.append(match.span())
    return found


def is_field_name(text: str) -> bool:
    """Whether a line is a committee's name made of its fields alone.

    >>> is_field_name("Miljø, Teknik og Plan"), is_field_name("Godkendelse og dagsorden")
    (True, False)
    """
    fields = [word.lower() for word in re.split(r", | og | & ", text)]
    known = sum(field in words("bodies", "fields") for field in fields) * 2 >= len(fields)
    return known and FIELD_LINE.fullmatch(text) is not None


@cache
def _body_ending() -> re.Pattern[str]:
    """How a body's name ends in the nominative and the genitive, in lower case."""
    called = (*words("bodies", "body_endings"), *words("bodies", "indefinite_endings"))
    return re.compile(rf"{any_of(called)}s?(?![\w-])")


def _by_ending(text: str) -> list[tuple[int, int]]:
    """Words that end as a body's name does, with what stands before them."""
    found = []
    for match in _body_word().finditer(lowered(text)):
        low = match[0]
        if "-" in low and low.rsplit("-", 1)[-1] in _HYPHENED and low not in words("bodies", "general"):
            found.append((_hyphenated_begin(text, match.start()), match.end()))
            continue
        base = low.removesuffix("s")
        if _NATIONAL_BEFORE.search(text, max(0, match.start() - 8), match.start()) or _NATIONAL.match(
            text, match.end()
        ):
            continue
        if base.endswith(endings("bodies", "no_bodies")) or _is_general(text, match, base):
            continue
        if base.endswith(endings("bodies", "body_endings")):
            found.append((_article_begin(text, suspended_begin(text, match.start())), part_end(text, match.end())))
        elif base.endswith(endings("bodies", "indefinite_endings")):
            found += _indefinite(text, match)
    return found


def _is_general(text: str, match: re.Match[str], base: str) -> bool:
    """Whether a body is meant in general; an institution's own board is not, where it meets on a day."""
    general = not {base, match[0]}.isdisjoint(words("bodies", "general"))
    return general and not (base in words("bodies", "own_boards") and _ITS_DAY.match(text, match.end()))


@cache
def _body_word() -> re.Pattern[str]:
    return re.compile(WORD_BEGINS + _body_ending().pattern)


def _indefinite(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """An indefinite name: a council with its place ("Aarhus Byråd"), or one with an article and a capital."""
    begin = suspended_begin(text, match.start())
    article = _article_begin(text, begin)
    if article < begin:
        return [(article, match.end())]
    if not text[begin].isupper() or is_association(text, begin, match[0]):
        return []
    place = _PLACE_BEHIND.match(text, match.end())
    end = place.end() if place and place[1] in words("places", "places") else part_end(text, match.end())
    return [(_place_begin(text, begin), end)]


def _place_begin(text: str, begin: int) -> int:
    """Where the place begins that stands before a council's name ("Norddjurs Beskæftigelsesråd")."""
    before = text[max(0, begin - 30) : begin]
    if not before.endswith(" "):
        return begin
    place = before.rstrip().rsplit("\n", 1)[-1].split(" ")
    for size in (2, 1):
        name = " ".join(place[-size:])
        if name in words("places", "places") or name.removesuffix("s") in words("places", "places"):
            return begin - len(name) - 1
    if not text.startswith(_LOCAL, begin) or not place[-1][:1].isupper() or place[-1] in words("blocks", "not_names"):
        return begin
    parted = len(place) > 1 and place[-1] in _PARTS and place[-2][:1].isupper()  # "Amager Øst Lokaludvalg"
    return begin - len(" ".join(place[-2:] if parted else place[-1:])) - 1


def _article_begin(text: str, begin: int) -> int:
    """Where "Det fælles", "Den Kommunale" begins before a body's name."""
    match = _ARTICLE.search(text, max(0, begin - 30), begin)
    return match.start() if match else begin


def _hyphenated_begin(text: str, begin: int) -> int:
    """The begin of "Børn og Unge-udvalget"."""
    match = _HYPHENATED.search(text[max(0, begin - 50) : begin])
    return begin - len(match[0]) if match else begin


def _abbreviated(text: str) -> list[tuple[int, int]]:
    """Abbreviations that name a body everywhere, and those the text itself explains ("KB = Kommunalbestyrelsen")."""
    known, dated = words("bodies", "abbreviations"), words("bodies", "dated_abbreviations")
    return [
        (m.start(), part_end(text, m.end()))
        for m in _ABBREVIATION.finditer(text)
        if (m[0] in known and not _NUMBERED.match(text, m.end()) and not _alone(text, m))
        or (m[0] in dated and _ON_A_DAY.match(text, m.end()))
    ]


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether an abbreviation fills its line: a cell of a routing grid, no word of prose."""
    begin = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end(), match.end() + 60)
    line = text[begin : end if end >= 0 else match.end() + 60] if match.start() - begin < 60 else "prose"
    return not any(char.islower() for char in line)
