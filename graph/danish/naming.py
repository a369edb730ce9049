"""How bodies and departments are named: heads, fields, suspended hyphens and the genitive."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

from graph.danish.hints import holds
from graph.danish.lexicon import endings, words
from graph.values import value

_HEAD_FIRST = re.compile(
    r"\b(?:(?:[Oo]pgave|[Tt]ema|[Ff]okus|[Pp]rojekt|[Ii]nnovations|[Aa]d hoc-?)?[Uu]dvalget|Udvalg|[Rr]ådet|Råd"
    r"|[Nn]ævnet"
    r"|[A-ZÆØÅ][a-zæøå]{2,20}forum|[Kk]omit[eé]en|[Bb]estyrelsen|Forum|Magistratsafdelingen|Center|Forvaltningen|Afdelingen|Sekretariatet|Staben|Stab"
    r"|Kontoret|Sektionen|Enheden|Direktionen|Lokalrådet|Brugerrådet|Landsbyrådet) for "
    r"|\b(?:[Uu]dvalget|Center) (?=[A-ZÆØÅ][\w-]*(?:,| og | & ))"
)
_HEADS_FOR = ("et for ", "en for ", "alg for ", "åd for ", "um for ", "ab for ")
_UNIT_HEADS = (
    "Magistratsa", "Center", "Forvaltningen", "Afdelingen", "Sekretariatet", "Stab", "Kontoret", "Sektionen", "Enheden",
)  # fmt: skip
_FIELD_WORD = re.compile(r"(?:de |den |det )?([^\W\d_][\w-]*)")
# what a field is like, before its word: "det nære sundhedsvæsen", "regional udvikling"
_QUALITY = re.compile(r"(?:de |den |det )?([a-zæøå]{4,20}) (?=([a-zæøå]{2,20})\b)")
# a noun by its ending, which ends a list in lower case: "sundhed og genoptræning"; no noun of doing: "og behandling af"
# the next department of a list: "Center for Teknik og Miljø og Center for Ejendomme"
_UNIT_BEGINS = re.compile(
    r"(?:Fagc|C)enter (?=for |[A-ZÆØÅ])|(?:Afdeling|Stab|Sekretariat|Forvaltning|Team|Udvalg)\w{0,4} for "
)
_LAST_FIELD = re.compile(
    r"[a-zæøå]{4,30}(?:ing|hed|skab|else|itet|dom|tion|ik|logi)(?![\w-])"
    r"(?! (?:af|om|til|på|ved|hos|fra|og|mellem|der|som)\b)"
)
# an adjective with a capital before the field's own noun: "Tværsektorielt Samarbejde", "Digital Udvikling"
_CAPITAL_NOUN = re.compile(
    r"(?:(?:[A-ZÆØÅ][a-zæøå]{2,30}(?:t|e|isk|lig|al|el|iv|ær|sk)|Sund|Grøn|Nær|Ny|God|Åben) ){1,2}"
    r"(?:Indsats(?:er)?|Støtte|Service|Arbejde|Miljø|Liv"
    r"|[A-ZÆØÅ][a-zæøå]{2,30}(?:ing|inger|hed|skab|skaber|else|elser|itet|dom|tion|ik|logi|arbejde|arbejder|indsats|indsatser|miljø|service"
    r"|liv|støtte|færd|vækst|trivsel|omsorg))(?![\w-])"
)
# a quality that names a field by itself, and the noun that may go on with it: "Social Indsats", "Grøn omstilling"
QUALITIES = (
    r"(?:[Ss]ocial|[Gg]røn|[Nn]ær|[Dd]igital|[Tt]eknisk|[Rr]egional|[Ss]und|[Tt]idlig|[Ss]ærlig|[Bb]æredygtig|[Kk]ommunal"
    r"|[Uu]dsatt|[Ss]årbar|[Ii]ntern|[Ee]kstern|[Ff]aglig|[Ss]trategisk|[Pp]olitisk|[Aa]dministrativ|[Bb]orgernær|[Tt]værgående)"
)
_QUALIFIED = re.compile(
    rf"{QUALITIES}[et]? "
    r"(?:[Ii]ndsats(?:er)?|[Ss]tøtte|[Oo]msorg|[Ss]ervice|[Oo]mstilling|[Uu]dvikling|[Tt]rivsel|[Bb]alance|[Ii]nklusion"
    r"|[Ff]orhold|[Ii]nnovation|[Ff]orebyggelse|[Ss]undhed|[Uu]dsathed|[Tt]ilbud|[Dd]rift|[Vv]ækst|[Mm]obilitet"
    r"|[Ff]ællesskab(?:er)?|[Vv]oksne|[Uu]nge|[Bb]ørn|[Ff]amilier|[Bb]orgere)(?![\w-])"
)
WORD_BEGINS = r"(?<![\w.§/-])(?=[^\W\d_])[\w-]*?"  # a word up to the ending that a pattern gives behind it
_FIELDS = r"[\w-]{0,40}(?:, [A-ZÆØÅ][\w-]{0,40}){0,4} (?:og|&) [A-ZÆØÅ][\w-]{0,40}"  # behind their first letter
FIELD_LINE = re.compile(r"[A-ZÆØÅ]" + _FIELDS)
FIELD_NAME = re.compile(r"[A-ZÆØÅ](?<![\w-].)" + _FIELDS + r"(?=[ ,.;:)])")
_JOINT = re.compile(r", (?=[^\W\d_]+(?:, | og | & ))| og | & ")
_PAIR = re.compile(r"[^\W\d_]\w{0,40}-? (?:og|OG|&) $")
_JOINED = (" og ", " OG ", " & ", " og \n", " & \n")  # with which a pair ends
_LISTED = re.compile(r"[^\W\d_]\w{0,40}-?, (?:og )?$")
# whose board is not the municipality's: "Bestyrelsen for Havneselskabet Syd I/S"
_COMPANY = re.compile(
    r"(?<![\w-])(?=[A-ZÆØÅ])(?:[A-ZÆØÅ][\w-]{0,40} ){0,3}[\w-]{0,40}(?:selskab|fond|forening|klub|værk|museum|laug"
    r"|akademi|institut|teater|orkester|højskole|gymnasium|universitet|forsyning|havn|varme|festival|bibliotek|center|legat|hus)"
    r"(?:et|en|ets|ens|s)?\b"
    r"|(?<![\w-])[A-ZÆØÅ][^.,;:\n]{2,60} (?:A/S|I/S|K/S|P/S|ApS|Amba|A\.m\.b\.a)\b"
)
_NAME_BEFORE = re.compile(r"(?<![\w-])((?!(?:Kommune|By|Region|Land|Lokal)[a-z]*\b)[A-ZÆØÅ][a-zæøå]{3,30}) $")
_COMMITTEE = re.compile(r"([A-ZÆØÅ]\w{2,30}?)s?udvalg(?:et)?s?\b")


@value()
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
    return name[:-1] if name.endswith("s") and name[:-1].lower().endswith(_all_endings()) else name


@cache
def _all_endings() -> tuple[str, ...]:
    return (
        endings("bodies", "body_endings") + endings("bodies", "indefinite_endings") + endings("bodies", "unit_endings")
    )


def without_overlaps(text: str, found: list[tuple[int, int]]) -> tuple[BodyName, ...]:
    """The names of a list in order; where two overlap, the first and longest."""
    kept: list[BodyName] = []
    for begin, end in sorted(found, key=lambda span: (span[0], -span[1])):
        if not kept or begin >= kept[-1].end:
            written = text[begin:end]
            kept.append(BodyName(begin, end, nominative(" ".join(written.split())), written))
    return tuple(kept)


def head_first(text: str, *, units: bool) -> list[tuple[int, int]]:
    """Names with the head in front: "Udvalget for Kultur og Fritid", "Magistratsafdelingen for Sociale forhold …"."""
    if (" for " in text and holds(text, _HEADS_FOR)) or "dvalget " in text or "Center " in text:
        return [span for span, is_unit in _heads(text) if is_unit == units]
    return []


@lru_cache(maxsize=256)
def _heads(text: str) -> tuple[tuple[tuple[int, int], bool], ...]:
    """The names with the head in front, each with whether it is a department's."""
    found = []
    for match in _HEAD_FIRST.finditer(text):
        end = field_end(text, match.end())
        board = match[0].lower().startswith("bestyrelsen")
        company = board and (_COMPANY.match(text, match.end()) or not _is_of_field(text, match.end()))
        if end > match.end() and not company:
            is_unit = match[0].startswith(_UNIT_HEADS)
            found.append(((match.start(), end), is_unit))
    return tuple(found)


def _is_of_field(text: str, begin: int) -> bool:
    """Whether a board is for a field of the municipality's, and not a company's ("Bestyrelsen for Business Vest")."""
    field = _FIELD_WORD.match(text, begin)
    return field is not None and (field[1].islower() or field[1].lower() in words("bodies", "fields"))


def lists_fields(text: str) -> bool:
    """Whether a text can name anything by its fields alone: two words joined by "og" or "&".

    >>> lists_fields("Plan, Teknik & Miljø indstiller"), lists_fields("Godkendt.")
    (True, False)
    """
    return " og " in text or " & " in text


def field_end(text: str, begin: int) -> int:
    """The end of the fields that a name lists ("Klima, Teknik og Miljø")."""
    end = place = begin
    joints = 0  # by "og": a department named behind the second is another one ("… og Miljø og Borgerservice")
    for _ in range(8):
        quality = _QUALITY.match(text, place)
        if quality and quality[1] not in words("bodies", "fields") and quality[2] in words("bodies", "fields"):
            place = quality.end()
        match = _FIELD_WORD.match(text, place)
        apart = joints > 1 and match is not None and match[1].lower().endswith(endings("bodies", "unit_endings"))
        if match is None or apart or not _is_field(match[1], first=place == begin) or _UNIT_BEGINS.match(text, place):
            if place > begin and (last := _LAST_FIELD.match(text, place)):
                end = last.end()
            break
        end = match.end(1)
        known = match[1].lower() in words("bodies", "fields")
        if not known and _owned(match[1]) in words("bodies", "fields"):
            return end - 1  # "Udvalget for Børn og Unges indstilling"
        if noun := (None if known else _CAPITAL_NOUN.match(text, place)) or _QUALIFIED.match(text, match.start(1)):
            end = noun.end()
        follow = text[end : end + 8]
        if follow.startswith(" forhold"):
            end += len(" forhold")
        joint = _JOINT.match(text[end : end + 40])
        if joint is None:
            break
        place, joints = end + joint.end(), joints + ("," not in joint[0])
    return end


def _is_field(word: str, *, first: bool) -> bool:
    low = word.lower()
    if low in words("bodies", "fields") or (not first and _owned(low) in words("bodies", "fields")):
        return True
    other = first or not low.endswith(("udvalget", "rådet", "styrelsen", *endings("bodies", "unit_endings")))
    return word[0].isupper() and other


def qualified_end(text: str, begin: int) -> int:
    """The end of a field that a quality names with its noun ("Intern Service"); no place where none begins there.

    >>> qualified_end("Ejendomme og Intern Service foreslår", 13), qualified_end("Kultur og Fritid", 10)
    (27, -1)
    """
    noun = _CAPITAL_NOUN.match(text, begin) or _QUALIFIED.match(text, begin)
    return noun.end() if noun else -1


def _owned(word: str) -> str:
    """A field's word without case and the genitive's ending."""
    return word.lower().removesuffix("s")


def is_association(text: str, begin: int, word: str) -> bool:
    """Whether a council is a place's own and not the municipality's: "Nordals Udviklingsråd"; a town's may be either.

    >>> text = "Nordals Udviklingsråd og Vejen Erhvervsråd"
    >>> is_association(text, 8, "Udviklingsråd"), is_association(text, 31, "Erhvervsråd")
    (True, False)
    """
    if word.lower() not in words("bodies", "associations"):
        return False
    place = _NAME_BEFORE.search(text, max(0, begin - 32), begin)
    return place is not None and not {place[1], place[1].removesuffix("s")} & words("places", "places")


def suspended_begin(text: str, begin: int) -> int:
    """Where a name with suspended hyphens begins: "Plan-, Miljø og" before "Klimaudvalget"."""
    joined = text.endswith(_JOINED, 0, begin)
    pair = _PAIR.search(text, max(0, begin - 40), begin) if joined else None
    if pair is None:
        return begin
    place = pair.start()
    plain = text[begin].islower() and pair[0].split(" ")[0].lower() in words("bodies", "fields")
    unhyphened = _is_committee_of(text, begin) and _names_field(pair[0])
    hyphen = "-" in pair[0] or plain  # "Børn og skoleudvalget"
    listed = _LISTED.search(text, max(0, place - 40), place)
    while listed is not None and ("-," in listed[0] or (unhyphened and _names_field(listed[0]))):
        hyphen = hyphen or "-," in listed[0]
        place = listed.start()
        listed = _LISTED.search(text, max(0, place - 40), place)
    return place if hyphen or unhyphened else begin


def _names_field(words_: str) -> bool:
    """Whether a list goes on behind the capitalised word of a field ("Familie og ")."""
    return words_[0].isupper() and re.split(r"[-, ]", words_, maxsplit=1)[0].lower() in words("bodies", "fields")


def _is_committee_of(text: str, begin: int) -> bool:
    """Whether a committee's name begins with a field of its own, before which others may stand without hyphens
    ("Børn, Familie og Ungeudvalget"); the economy's committee is mostly one by itself."""
    found = _COMMITTEE.match(text, begin)
    stem = found[1].lower() if found else "økonomi"
    if stem == "økonomi":
        return False
    fields = _sorted_fields()
    place = bisect_left(fields, stem)
    return place < len(fields) and fields[place].startswith(stem)


@cache
def _sorted_fields() -> list[str]:
    return sorted(words("bodies", "fields"))
