"""What role a line's label plays: the variants stand in labels.toml, this module only compares.

A label is a word or two that minutes print over a section ("Sagsfremstilling") or before a value ("Mødested: C3.40").
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz, process

from graph.extract.case_numbers import read_case_number, system_labels
from graph.values import value

MEETING_FIELDS = frozenset({"body", "date", "start", "end", "place", "document-kind"})
ATTENDANCE = frozenset({"members", "present", "absent", "substitute", "guests", "recusal"})
ITEM_FIELDS = frozenset(
    {"case-number", "document-number", "item-number", "officer", "initials", "unit", "access", "open", "closed"}
)
SECTIONS = frozenset(
    {
        "routing", "competence", "history", "recommendation", "recommendation-decision", "summary", "case-text",
        "decision", "conclusion", "attachments", "finance", "legal-basis", "hearing", "other",
        "closing",
    }
)  # fmt: skip
WORD_LISTS = {"minutes-words": "minutes", "agenda-words": "agenda", "open-words": "open", "closed-words": "closed"}
IN_TABLES = MEETING_FIELDS | ATTENDANCE | {"case-number", "officer", "open", "closed"}
LONGEST = 54  # no label is longer, so a longer line need not be compared
NEARLY = 93  # of 100: one letter wrong in a word of ten
NEEDS_NO_COLON = frozenset({"case-number", "item-number", "document-number", "start", "end"})

_WORD_BEGINS = re.compile(r"(?<![\w/-])\S")
_NUMBER = re.compile(r"\d{1,2}\.\d{0,2}\.?[ \t]{1,8}")
_ASKED = re.compile(r"[A-ZÆØÅ][\w-]{2,40}s (?:forslag|indstilling|anbefaling)(?: til beslutning)?")
_ASKING = ("forslag", "indstilling", "anbefaling", "beslutning", "FORSLAG", "INDSTILLING", "ANBEFALING", "BESLUTNING")
# "Økonomiudvalgets indstilling: At regnskabet godkendes", "Forslag fra skolelederen: …"
_ASKED_BEFORE = re.compile(
    r"(?:[A-ZÆØÅ][\w&,/ -]{2,60}s (?:forslag|indstilling|anbefaling|beslutningsoplæg)(?: til beslutning)?"
    r"|(?:Forslag|Indstilling|Anbefaling|Oplæg) fra (?:den |det )?[a-zæøå-]{3,40}(?:en|et|ne)):"
)
_ABSENT = re.compile(
    r"(?:Afbud|Fravær|Fraværende|Ej til stede|Ikke til stede)(?: fra| var)? (?=[A-ZÆØÅ][\w-]{1,40} [A-ZÆØÅ(])"
)
# whose those are who stand below: "Deltagere fra Danske Handicaporganisationer:", "Repræsentanter for FOA: Ida Holm"
_SIDE = re.compile(
    r"(?:(?:Møde)?[Dd]eltagere|Medlemmer|Repræsentanter|Fremmødte|Mødte|Til ?stede)(?: (?:udpeget|valgt|indstillet))?"
    r" (?:fra|for|af|blandt) (?:(?:[\w-]+ )?[A-ZÆØÅ][\w.,&/ -]{1,60}|[a-zæøå-]{3,30}(?:et|en|erne|ene)):"
)
_NAME_PART = re.compile(r"[A-ZÆØÅ(].{0,40}[^.]$|[A-ZÆØÅ]\.?$|og$|samt$|\(|uden$|for$|parti\)")
_REMARK = re.compile(r" \([^()]{1,20}\)$")
_LONG_WORD = re.compile(r"[A-ZÆØÅ][a-zæøå]{8,24}:?")
_ACCESS_TOLD = re.compile(r"\(([^()]{4,40})\)|([A-ZÆØÅ][^.:]{3,40})\.")  # "(Lukket)", "Punktet er lukket."
_NUMBER_ALONE = re.compile(r"\d{1,4}[.:]?")
_HANDLED = re.compile(
    r"(?P<label>(?:Sagen )?(?:afgøres|behandles|besluttes) (?:i|af)|(?:Beslutning|Afgørelse)(?:en)? træffes (?:i|af)"
    r"|(?:Beslutnings|Afgørelses)?kompetencen?(?: har| ligger (?:i|hos))?):? "
    r"(?P<bodies>[A-ZÆØÅ][^.:;\d]{1,150}(?:udvalg|råd|bestyrelse)\w{0,2})\.?$",
    re.IGNORECASE,
)
_CODED = re.compile(
    r"(?P<label>(?:Forventet |Videre )?[Ss]agsgang) (?=[A-ZÆØÅ]{2,5}(?: ?[-–/,→>] ?[A-ZÆØÅ]{2,5}){1,8}\.?$)"
)
_CELL = re.compile(r"(?P<label>[A-ZÆØÅ][^\t]{1,40}?)(?:[ ]?\t[ \t]{0,8}| {3,30})(?=\S)")  # a table's two columns
_COUNT = re.compile(r" ?[(\[]\d{1,3}(?: stk\.)?[)\]]:?$")  # "Bilag (2)"
_OF_ITEM = re.compile(
    r"Bilag (?:til|for|vedr\.|vedrørende) (?:dagsordens)?(?:punkt|pkt\.?|sag)(?: nr\.)? ?\d{1,4}(?:: ?|\.?$)",
    re.IGNORECASE,
)
# "Bilag 3: Kort", "Bilag 2.1 Prognose pr. 30. april": with no stop behind the number, no sentence on it
_ONE_FILE = re.compile(
    r"Bilag \d{1,3}(?:[./-]\d{1,4}){0,2}[a-z]?(?:: ?| [–-] )(?=[A-ZÆØÅ])"
    r"|Bilag \d{1,3}\.\d{1,2}[a-z]? (?=[A-ZÆØÅ][^\n]{2,120}[^.:;?!]$)"
    r"(?!.* (?:er|var|blev|bliver|viser|indeholder|beskriver) )"
)
_PLAIN = re.compile(r"(?:Beslutning|Indstilling|Sagsfremstilling|Resum[eé]|Afgørelse) (?=[A-ZÆØÅ][a-zæøå]{1,30}[ .,])")
_MARKS = " \t\xa0*_"  # behind a label in bold type: "**Sted:** Lokale 3"
# who is to be called, and who sent the paper out: "Kontakt Ledelsessekretariatet Tlf. 88 88 88 88"
_CLOSES_PAGE = re.compile(
    r"Kontakt(?: os)?:? .{0,60}?(?:[Tt]lf\.?|[Tt]elefon(?:nr\.?|nummer)?|[Mm]ail|[\w.]+@).{0,80}$"
    r"|Referat(?:et)? (?:er |blev )?(?:udsendt|rundsendt|udarbejdet|skrevet|offentliggjort|taget|ført)\b.{0,40}?"
    r" (?:af|ved) [^.]{3,60}\.?$"
)
# the page on which the members sign: "Underskriftsside", "Medlemmernes underskrift", "Protokollen underskrives af"
_SIGNED = re.compile(
    r"(?:(?:(?:\w{0,20}medlemm|Formand|Deltag|Mødedeltag|\w{0,30}(?:udvalg|råd|bestyrelse))\w{2,4}s"
    r"|Referatet|\w{0,20}protokollen|Mødet) )?(?:er )?(?:hermed |digitalt? |elektronisk )?"
    r"underskr(?:ives?|evet|ift(?:er|erne)?|ifts?-?(?:side[rn]?|blad(?:et)?|ark|felt(?:er)?|del))"
    r"(?: (?:digitalt|elektronisk))?(?: (?:af|fra|for|på|til)(?: (?!den |d\. )[a-zæøå]+){0,4})?:?",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"(?<=[ \t\xa0])(?!360 )\d")  # none of a system's own name: "Public 360"
_KEYS = ("labels", "systems", "numbers")
_SPACED = re.compile(r"(?:\w )+\w")


@value()
class Label:
    """A label inside a line: its role, its own offsets, and where its value begins (the line's length if none)."""

    role: str
    begin: int
    end: int
    value: int


@cache
def label_roles() -> Mapping[str, str]:
    """Every known label, folded, with the role it plays."""
    lists = reversed(label_lists().items())
    return {fold(label): WORD_LISTS.get(role, role) for role, labels in lists for label in labels}


def fields_in(text: str, begin: int, end: int) -> list[int]:
    """Where known labels with their colons begin between two places, for labels that follow each other on one line.

    >>> fields_in("Sted: C3.40 Dato: 4. maj kl.: 9", 0, 31)
    [0, 12]
    """
    found: list[int] = []
    written = _written()
    colon, since = text.find(":", begin, end), begin
    while colon >= 0:
        last = colon - 1 if colon and text[colon - 1] in " \t" else colon
        for start in _WORD_BEGINS.finditer(text, max(since, last - _longest()), last):
            if text[start.start() : last] in written:
                found.append(start.start())
                since = colon + 1
                break
        colon = text.find(":", colon + 1, end)
    return found


@cache
def _written() -> frozenset[str]:
    """The labels as they are written before a value."""
    return frozenset(label for role, labels in label_lists().items() if role not in WORD_LISTS for label in labels)


@cache
def _longest() -> int:
    return max(map(len, _written()))


def label_lists() -> dict[str, list[str]]:
    """The labels of each role as they are written, and the words that tell what a paper or an item is."""
    lists = {role: [entry.get(key) or [] for key in _KEYS] for role, entry in _lists().items()}
    return {role: [*labels, *system_labels(systems, numbers)] for role, (labels, systems, numbers) in lists.items()}


@cache
def conclusions() -> frozenset[str]:
    """The labels, folded, over what was said and settled, where an item has no label of a verdict."""
    return frozenset(fold(label) for label in label_lists()["conclusion"])


@cache
def running_pattern() -> re.Pattern[str]:
    """A section's label inside running text without a colon, as flat transcripts print them."""
    roles = frozenset(role for role, entry in _lists().items() if entry.get("inline"))
    labels = "|".join(label for label in _alternatives(roles).split("|") if not label.endswith((r"\ i", r"\ af")))
    return re.compile(rf" (?<=[\w.,:)] )(?P<label>{labels})(?= [A-ZÆØÅ0-9]|[A-ZÆØÅ][a-zæøå]|$)")


@cache
def glued_pattern(opening: str = "") -> re.Pattern[str]:
    """A section's label, of those that open so, with its value's first word glued to it ("BeslutningGodkendt.")."""
    return re.compile(rf"(?:{_alternatives(_glued_roles(), opening)})(?=[A-ZÆØÅ0-9][\w.])")


@cache
def glued_begins() -> frozenset[str]:
    """The first three letters of the labels that a value may be glued to: most lines begin with none of them."""
    return frozenset(label[:3] for role in _glued_roles() for label in label_lists()[role])


def _glued_roles() -> frozenset[str]:
    return frozenset(role for role, entry in _lists().items() if entry.get("inline") or role == "contents")


def _lists() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(Path(__file__).with_name("labels.toml").read_text("utf-8"))


def _alternatives(roles: frozenset[str], opening: str = "") -> str:
    """The labels of some roles that open so, the longest first, as a pattern."""
    listed = (label for role, labels in label_lists().items() if role in roles for label in labels)
    chosen = {label for label in listed if label.startswith(opening)}
    return "|".join(re.escape(label) for label in sorted(chosen, key=len, reverse=True))


def fold(text: str) -> str:
    """A label without case, closing colon, doubled blanks and letter-spacing.

    >>> fold("Sagsfremstilling:"), fold("R e f e r a t"), fold("BESLUTNING ")
    ('sagsfremstilling', 'referat', 'beslutning')
    """
    text = text.strip(" \t:*_-–|?")
    if text[1:2] == " " and _SPACED.fullmatch(text):
        text = text.replace(" ", "")
    return " ".join(text.casefold().split())


@lru_cache(maxsize=2048)
def read_label(text: str) -> Label | None:
    """The label that a line is, or begins with, and where its value starts.

    >>> read_label("Mødested: C3.40")
    Label(role='place', begin=0, end=8, value=10)
    >>> read_label("1. Sagsfremstilling").role
    'case-text'
    >>> read_label("Museets direktør er med.")
    """
    roles = label_roles()
    if len(text) <= LONGEST and (role := roles.get(fold(text))):
        return Label(role, 0, len(text.rstrip(" :")), len(text))
    said = _ACCESS_TOLD.fullmatch(text) if text.endswith((".", ")")) else None
    if said and (role := roles.get(fold(said[1] or said[2]))) in {"open", "closed"}:
        return Label(role, 0, len(text), len(text))
    if text[:1] in "SsAaBbKk" and (handled := _HANDLED.match(text)):
        return Label("competence", 0, handled.end("label"), handled.start("bodies"))
    if "agsgang " in text and (coded := _CODED.match(text)):
        return Label("routing", 0, coded.end("label"), coded.end())
    cell = _CELL.match(text) if "\t" in text or "   " in text else None
    if cell and (role := roles.get(fold(cell["label"]))) in IN_TABLES:
        return Label(str(role), 0, cell.end("label"), cell.end())
    colon = text.find(":", 0, LONGEST)
    if colon > 0 and (role := roles.get(fold(_REMARK.sub("", text[:colon])))):
        value = colon + 1 + len(text[colon + 1 :]) - len(text[colon + 1 :].lstrip(_MARKS))
        return Label(role, 0, colon, value)
    number = _NUMBER.match(text) if text[:1].isdecimal() else None
    if number and len(text) <= LONGEST and roles.get(fold(text[number.end() :])) in SECTIONS - {"closing"}:
        return Label(roles[fold(text[number.end() :])], number.end(), len(text), len(text))
    absent = _ABSENT.match(text) if text[:1] in "AFEI" else None
    if absent and all(_NAME_PART.match(word) for word in text[absent.end() :].split()):
        return Label("absent", 0, len(absent[0].rstrip()), absent.end())
    bare = text.strip(" :")
    if bare.endswith(_ASKING) and _ASKED.fullmatch(bare.capitalize() if bare.isupper() else bare):
        return Label("recommendation", 0, len(text.rstrip(" :")), len(text))
    if ":" in text and (asked := _ASKED_BEFORE.match(text)):
        return Label("recommendation", 0, asked.end() - 1, len(text) - len(text[asked.end() :].lstrip()))
    if text.startswith(("Kontakt", "Referat")) and _CLOSES_PAGE.match(text):
        return Label("navigation", 0, len(text), len(text))
    return _label_without_colon(text) or _of_section(text) or _misspelt(text)


def _of_section(text: str) -> Label | None:
    """A label in rarer shapes: "Bilag (2)", "Bilag til pkt. 4:", "Bilag 2: Kort", and a roll's with whom it is of."""
    roles = label_roles()
    if len(text) <= LONGEST and "underskr" in text.lower() and _SIGNED.fullmatch(text):
        return Label("closing", 0, len(text), len(text))
    if ":" in text and (side := _SIDE.match(text)):
        return Label("present", 0, side.end() - 1, len(text) - len(text[side.end() :].lstrip()))
    counted = _COUNT.search(text) if text.endswith((")", "]", "):", "]:")) else None
    if counted and (role := roles.get(fold(text[: counted.start()]))) in SECTIONS:
        return Label(str(role), 0, counted.start(), len(text))
    if text[:1] in "Bb" and (of_item := _OF_ITEM.match(text)) is not None:
        return Label("attachments", 0, len(of_item[0].rstrip(" :")), of_item.end())
    if text[:1] == "B" and _ONE_FILE.match(text):
        return Label("attachments", 0, 0, 0)
    if text[:1] in "BISRA" and (plain := _PLAIN.match(text)) is not None:
        return Label(roles[fold(plain[0])], 0, len(plain[0].rstrip()), plain.end())
    joined = [roles.get(fold(half)) for half in text.split("/")] if len(text) <= LONGEST and "/" in text else []
    if len(joined) == 2 and joined[0] in SECTIONS and joined[1] in SECTIONS:  # "Indledning/Baggrund"
        return Label(str(joined[0]), 0, len(text.rstrip(" :")), len(text))
    return None


def _misspelt(text: str) -> Label | None:
    """A section's label with a slip of the pen in it, alone on its line ("Sagsfremstilling" without one of its l's)."""
    if " " in text or not _LONG_WORD.fullmatch(text):
        return None
    near = process.extractOne(fold(text), _section_labels(), scorer=fuzz.ratio, score_cutoff=NEARLY)
    return Label(label_roles()[near[0]], 0, len(text.rstrip(" :")), len(text)) if near else None


@cache
def _section_labels() -> tuple[str, ...]:
    return tuple(label for label, role in label_roles().items() if role in SECTIONS and len(label) >= 9)


def _label_without_colon(text: str) -> Label | None:
    """A label directly before a number: "Sag nr. 129", "Sagsnr. 299835 Byrådet Åbent punkt"."""
    digit = _DIGIT.search(text, 0, LONGEST)
    if digit is None:
        return None
    word = fold(text[: digit.start()])
    role = label_roles().get(word) or label_roles().get(word.removesuffix(" kl."))
    if role == "item-number" and word.startswith("sag"):  # "Sag nr. 00.01.00-P35-12-24"
        case = read_case_number(text[digit.start() :])
        role = "case-number" if case is not None and case[0] == 0 else role
    if word == "sag" and (read_case_number(text[digit.start() :], labelled=True) or (1, 1))[0] > 0:
        return None  # the item's own number: "Sag 143: Årsregnskab (j.nr. 20/1404)"
    if role not in NEEDS_NO_COLON or (role == "item-number" and not _NUMBER_ALONE.fullmatch(text, digit.start())):
        return None
    return Label(role, 0, len(text[: digit.start()].rstrip()), digit.start())
