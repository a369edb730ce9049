"""Names of political bodies, departments and municipalities in Danish minutes, by their general shape."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from graph.danish.lexicon import endings, table, tails, words
from graph.danish.places import read_municipality

__all__ = [
    "BodyName",
    "inside",
    "nominative",
    "read_bodies",
    "read_municipality",
    "read_units",
    "same_body",
]

_WORD = re.compile(r"(?<![\w.§/-])[^\W\d_][\w-]*")
_HEAD_FIRST = re.compile(
    r"\b(?:[Uu]dvalget|Udvalg|[Rr]ådet|Råd|[Nn]ævnet|[Kk]omit[eé]en|[Bb]estyrelsen|Forum|Magistratsafdelingen|Center"
    r"|Forvaltningen|Afdelingen|Sekretariatet|Direktionen) for "
)
_FIELD_WORD = re.compile(r"(?:de |den |det )?([^\W\d_][\w-]*)(, | og | & )?")
_PAIR = re.compile(r"[^\W\d_]\w*-? (?:og|&) $")
_LISTED = re.compile(r"[^\W\d_]\w*-?, (?:og )?$")
_SECTION_17 = re.compile(r"§ ?17,? ?(?:stk\. ?4|4)[- ]?udvalg(?:et)?s?\b(?: for| om)?")
_ARTICLE = re.compile(
    r"\bde[nt] (?:fælles|lokale|kommunale|sociale|centrale|tværgående|regionale|midlertidige) $", re.IGNORECASE
)
_ABBREVIATION = re.compile(r"(?<![\w/-])[A-ZÆØÅ]{2,5}(?![\w/]|-[A-ZÆØÅ\d])")
_NAMED_AFTER = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+s (?:Afdeling|Forvaltning|Sekretariat|Stab)\b")
_TWO_WORD = re.compile(
    r"\b(?:Teknisk|Social|Juridisk|Kommunal|Økonomisk|Administrativ|[A-ZÆØÅ][a-zæøå]+) "
    r"(?:Forvaltning|Afdeling|Sekretariat|Stab)\b"
)
_FIELD_NAME = re.compile(r"(?<![\w-])[A-ZÆØÅ][\w-]*(?:, [A-ZÆØÅ][\w-]*)? (?:og|&) [A-ZÆØÅ][\w-]*(?= )")


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body or department as named in a text, and its name in the nominative (organ, forvaltning)."""

    begin: int
    end: int
    name: str
    text: str


def nominative(name: str) -> str:
    """A body's name without its genitive -s.

    >>> nominative("Teknik- og Miljøudvalgets"), nominative("Foreningsrådets"), nominative("Aarhus Byråds")
    ('Teknik- og Miljøudvalget', 'Foreningsrådet', 'Aarhus Byråd')
    """
    forms = (
        endings("bodies", "body_endings") + endings("bodies", "indefinite_endings") + endings("bodies", "unit_endings")
    )
    return name[:-1] if name.endswith("s") and name[:-1].lower().endswith(forms) else name


def same_body(first: str, second: str) -> bool:
    """Whether two names are one body's: with or without case, the definite ending, or the place before a council.

    >>> same_body("Byrådet", "Odense Byråd"), same_body("Byrådet", "Ældrerådet")
    (True, False)
    """
    one, other = _key(first), _key(second)
    councils = ("byråd", "kommunalbestyrelse", "regionsråd")
    return one == other or any(one.endswith(c) and other.endswith(c) and c in (one, other) for c in councils)


@lru_cache(maxsize=1024)
def _key(name: str) -> str:
    return re.sub(r"(udvalg|råd|bestyrelse|repræsentation|direktion)(et|en)$", r"\1", nominative(name).casefold())


def inside(found: tuple[BodyName, ...], begin: int, end: int) -> tuple[BodyName, ...]:
    """The names that lie between two places of a text, with offsets counted from the first."""
    first = bisect_left(found, begin, key=lambda name: name.begin)
    last = bisect_left(found, end, key=lambda name: name.begin)
    return tuple(replace(name, begin=name.begin - begin, end=name.end - begin) for name in found[first:last])


@lru_cache(maxsize=256)
def read_bodies(text: str) -> tuple[BodyName, ...]:
    """The political bodies that a text names, in order; not what is meant in general ("fagudvalgene").

    >>> [b.name for b in read_bodies("Det var i Plan-, Miljø og Klimaudvalget og på Foreningsrådets bord.")]
    ['Plan-, Miljø og Klimaudvalget', 'Foreningsrådet']
    >>> [b.name for b in read_bodies("indstiller til Udvalget for Kultur og Fritid, ikke til fagudvalgene")]
    ['Udvalget for Kultur og Fritid']
    """
    found = [*_head_first(text, units=False), *_section_17(text), *_by_ending(text), *_abbreviated(text)]
    return _without_overlaps(text, found)


@lru_cache(maxsize=256)
def read_units(text: str) -> tuple[BodyName, ...]:
    """The departments that a text names (forvaltninger, afdelinger), in order.

    >>> [u.name for u in read_units("Plan, Teknik & Miljø indstiller, at Teknisk Forvaltning …")]
    ['Plan, Teknik & Miljø', 'Teknisk Forvaltning']
    """
    found = [(m.start(), m.end()) for form in (_NAMED_AFTER, _TWO_WORD) for m in form.finditer(text)]
    found += _head_first(text, units=True) + _proposers(text)
    for match in _WORD.finditer(text):
        low = match[0].lower().removesuffix("s")
        if (
            low[-3:] in tails("bodies", "unit_endings")
            and low.endswith(endings("bodies", "unit_endings"))
            and low not in words("bodies", "general_units")
        ):
            found.append((_suspended_begin(text, match.start()), match.end()))
    return _without_overlaps(text, found)


def _without_overlaps(text: str, found: list[tuple[int, int]]) -> tuple[BodyName, ...]:
    kept: list[BodyName] = []
    for begin, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or begin >= kept[-1].end:
            written = text[begin:end]
            kept.append(BodyName(begin, end, nominative(" ".join(written.split())), written))
    return tuple(kept)


def _head_first(text: str, *, units: bool) -> list[tuple[int, int]]:
    """Names with the head in front: "Udvalget for Kultur og Fritid", "Magistratsafdelingen for Sociale forhold …"."""
    found = []
    for match in _HEAD_FIRST.finditer(text):
        is_unit = match[0].startswith(("Magistratsa", "Center", "Forvaltningen", "Afdelingen", "Sekretariatet"))
        end = _field_end(text, match.end())
        if is_unit == units and end > match.end():
            found.append((match.start(), end))
    return found


def _field_end(text: str, begin: int) -> int:
    """The end of the fields that a name lists ("Klima, Teknik og Miljø")."""
    end = place = begin
    for _ in range(8):
        match = _FIELD_WORD.match(text, place)
        if match is None or not _is_field(match[1], first=place == begin):
            break
        end = match.end(1)
        follow = text[end : end + 8]
        if follow.startswith(" forhold"):
            end += len(" forhold")
        joint = re.match(r", (?=[^\W\d_]+(?:, | og | & ))| og | & ", text[end : end + 40])
        if joint is None:
            break
        place = end + joint.end()
    return end


def _is_field(word: str, *, first: bool) -> bool:
    low = word.lower()
    return low in words("bodies", "fields") or (
        word[0].isupper() and (first or not low.endswith(("udvalget", "rådet", "styrelsen")))
    )


def _section_17(text: str) -> list[tuple[int, int]]:
    """Committees under section 17 of the law ("§17, stk. 4-udvalget for Bosætning")."""
    found = []
    for match in _SECTION_17.finditer(text):
        end = match.end()
        if match[0].endswith((" for", " om")):
            field = _field_end(text, end + 1)
            end = field if field > end + 1 else end - len(match[0].rsplit(" ", 1)[-1]) - 1
        found.append((match.start(), end))
    return found


def _by_ending(text: str) -> list[tuple[int, int]]:
    """Words that end as a body's name does, with what stands before them."""
    found = []
    for match in _WORD.finditer(text):
        low = match[0].lower()
        if low.removesuffix("s")[-3:] not in _body_tails():
            continue
        if "-" in low and low.rsplit("-", 1)[-1] in (
            "udvalget",
            "udvalgets",
            "udvalg",
            "rådet",
            "rådets",
            "bestyrelsen",
        ):
            found.append((_hyphenated_begin(text, match.start()), match.end()))
            continue
        base = low.removesuffix("s")
        if (
            base in words("bodies", "general")
            or low in words("bodies", "general")
            or base.endswith(endings("bodies", "no_bodies"))
        ):
            continue
        if base.endswith(endings("bodies", "body_endings")):
            found.append((_article_begin(text, _suspended_begin(text, match.start())), match.end()))
        elif base.endswith(endings("bodies", "indefinite_endings")):
            found += _indefinite(text, match)
    return found


@cache
def _body_tails() -> frozenset[str]:
    return tails("bodies", "body_endings") | tails("bodies", "indefinite_endings")


def _indefinite(text: str, match: re.Match[str]) -> list[tuple[int, int]]:
    """An indefinite name: a council with its place ("Aarhus Byråd"), or one with an article and a capital."""
    begin = _suspended_begin(text, match.start())
    article = _article_begin(text, begin)
    if article < begin:
        return [(article, match.end())]
    if not text[begin].isupper():
        return []
    return [(_place_begin(text, begin), match.end())]


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
    return begin


def _article_begin(text: str, begin: int) -> int:
    """Where "Det fælles", "Den Kommunale" begins before a body's name."""
    match = _ARTICLE.search(text, max(0, begin - 30), begin)
    return match.start() if match else begin


def _hyphenated_begin(text: str, begin: int) -> int:
    """The begin of "Børn og Unge-udvalget"."""
    match = re.search(r"[A-ZÆØÅ]\w+(?:, [A-ZÆØÅ]\w+)? og $", text[max(0, begin - 50) : begin])
    return begin - len(match[0]) if match else begin


def _suspended_begin(text: str, begin: int) -> int:
    """Where a name with suspended hyphens begins: "Plan-, Miljø og" before "Klimaudvalget"."""
    pair = _PAIR.search(text, max(0, begin - 40), begin)
    if pair is None:
        return begin
    place = pair.start()
    hyphen = "-" in pair[0]
    listed = _LISTED.search(text, max(0, place - 40), place)
    while listed is not None and ("-," in listed[0] or hyphen):
        if "-," not in listed[0]:
            break
        hyphen = True
        place = listed.start()
        listed = _LISTED.search(text, max(0, place - 40), place)
    return place if hyphen else begin


def _abbreviated(text: str) -> list[tuple[int, int]]:
    """Abbreviations that name a body everywhere, and those the text itself explains ("KB = Kommunalbestyrelsen")."""
    known = words("bodies", "abbreviations")
    return [
        (m.start(), m.end())
        for m in _ABBREVIATION.finditer(text)
        if m[0] in known and text[m.end() : m.end() + 2] != " =" and not _alone(text, m)
    ]


def _alone(text: str, match: re.Match[str]) -> bool:
    """Whether an abbreviation fills its line: a cell of a routing grid, no word of prose."""
    begin = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end(), match.end() + 60)
    line = text[begin : end if end >= 0 else match.end() + 60] if match.start() - begin < 60 else "prose"
    return not any(char.islower() for char in line)


def _proposers(text: str) -> list[tuple[int, int]]:
    """Departments named by their field alone, told by what they do: "Plan, Teknik & Miljø indstiller"."""
    found = []
    for match in _FIELD_NAME.finditer(text):
        follow = text[match.end() + 1 : match.end() + 20]
        before = text[max(0, match.start() - 8) : match.start()]
        fields = [w.lower() for w in re.split(r", | og | & ", match[0])]
        if (
            follow.startswith(tuple(table("bodies")["proposing"]))
            and not before.endswith((" for ", " og ", ", "))
            and sum(f in words("bodies", "fields") for f in fields) * 2 >= len(fields)
        ):
            found.append(match.span())
    return found
