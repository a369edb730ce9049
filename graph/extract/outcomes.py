"""The outcome of a verdict's text: what a body did with an item, by the formulas of Danish minutes."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from graph.danish.hints import holds, openings
from graph.danish.lexicon import table, words
from graph.danish.names import read_names
from graph.danish.sentences import sentences
from graph.values import value

# the weightiest first: what decides stands before what was only said
_WEIGHTS = (
    "adopted_with_change",
    "approved",
    "rejected",
    "recommended",
    "postponed",
    "referred",
    "noted",
    "discussed",
    "treated",
)
_FIRM = frozenset(_WEIGHTS[:6])
_TAKEN = frozenset({"noted", "discussed"})
_SHORT = 40
_ACTOR_SAID = re.compile(
    r"\b(?:orienter(?:ede|er)|redegjorde|oplyste|informerede"
    r"|meddelte(?! \w*(?:dispensation|tilladelse))|fortalte|præsenterede|gennemgik)\b"
)
# "Udvalget tog status til efterretning og bad om nye tal": the body settles it before it asks for more
_SETTLED = re.compile(
    r"\s{0,8}(?:(?:ad|punkt|pkt\.?) ?\d{1,2}[.:)]? )?"
    r"(?:(?:[\w-]{0,40}(?:udvalget|rådet|bestyrelsen|direktionen|nævnet|med)"
    r"|vi|(?!\w{0,30}(?:formand|mester|direktør|chef|leder|medlem|person|mand))[\w-]{4,40}(?:en|et|erne|ene|ne)|status|det)"
    r" (?:\w{1,30} ){0,2}?)?"
    r"(?:tog|tager|toges|tages|taget|drøftede|drøfter|drøftedes|drøftes|drøftet|noterede|noterer)\b"
    r"[^,;]{0,200}?(?:,? og (?:udvalg|råd|bestyr|\w{1,20}(?:er|ede|ad|te)\b)|,? men | samt |, (?:idet|hvor|samt) )"
)
_MEANT = re.compile(r"\b(?:skal|kan|vil|bør|ville|kunne|skulle) (?:\w+ )?(?:\w+ )?$")
_POINT = re.compile(r"\s{0,8}(?:(?:Ad|Punkt|Pkt\.?) ?(?:\d{1,2}|[a-z])|\d{1,2})[.):]?\s", re.IGNORECASE)
_AMENDMENT = re.compile(
    r"\b(?:ændringsforslag\w*|modforslag\w*|forslaget|dette forslag|underændringsforslag\w*)\b", re.IGNORECASE
)
_MOTION = re.compile(r"\b(?:foreslog|foreslår|(?:stillede|stiller|fremsatte|fremsætter) [^.]{0,40}?forslag)\b")
_CARRIED = re.compile(
    r"\W{0,3}(?:herefter |dermed )?(?:(?:blev|er|var) )?(?:\w{0,24}?forslaget|dette)\b[^.,]{0,40}?"
    r"\b(?:vedtaget|vedtages|godkendt|tiltrådt|imødekommet)\b"
)

LONGEST_SUBJECT = 120
_MINORITY = re.compile(
    r"(?:(?:Et|Et andet|Dette|Udvalgets) mindretal|Mindretallet|(?:Et|To|Tre|\d{1,2}) (?:af \w+ )?medlem(?:mer)?\b"
    r"|(?:Udvalgs|Byråds|Bestyrelses)?[Mm]edlem(?:met|merne)?\b|Listen? [A-ZÆØÅ]\b|(?:Gruppen|Partiet|Partierne)\b"
    r"|(?:[AB]-|Medarbejder|Ledelses|Leder)siden\b|[A-ZÆØÅ](?:(?:,| og) [A-ZÆØÅ]){0,6}$)"
)
# what becomes of another matter, told beside the verdict: "Taget til orientering. Punktet om kørsel udgik."
_BUT_FOR = re.compile(r",? (?:dog|idet|bortset fra|undtagen|med undtagelse af|men)\b.{0,60}$")
_OTHER_POINT = re.compile(
    r"(?:Punktet|Sagen|Emnet|Orienteringen) (?:om|vedrørende|vedr\.) [^.]{2,80}? (?:blev |er |bliver )?"
    r"(?:udgår|udgik|udsættes|udsat|udskydes|udskudt|flyttes|flyttet|behandles|overføres)\b"
    # of the agenda that is approved: "Punkt 24 udgår af dagsordenen."
    r"|(?:Punkt(?:erne)?|Pkt\.?|Sag(?:erne)?)(?: nr\.?)? \d{1,3}(?:(?:,| og| ?[-–]) ?\d{1,3}){0,4}"
    r" (?:blev |er |bliver )?"
    r"(?:udgår|udgik|udgået|tages|taget|trækkes|trukket|flyttes|fjernes|slettes)(?: \w{1,12})?"
    r" (?:af|fra|på) dagsordenen\b"
)
_BETWEEN = re.compile(r", | og | samt | \(")
_BODY = re.compile(
    r"(?:udvalg|råd|nævn|bestyrelse|direktion|kommission|styregruppe|forum|flertal|MED)(?:met|et|en|n)?(?!\w)",
    re.IGNORECASE,
)


@value()
class Verdict:
    """One verdict inside a decision's text (afgørelse), with its outcomes, the weightiest first."""

    begin: int
    end: int
    outcomes: tuple[str, ...]
    on_amendment: bool
    by_one: bool = False  # what a member or a party would have, or another matter: counts where nothing else is said


def outcomes(text: str) -> tuple[str, ...]:
    """The outcomes of a decision's text, the weightiest first; ("other",) where no formula is found.

    >>> outcomes("Godkendt."), outcomes("Indstilles godkendt."), outcomes("Ingen.")
    (('approved',), ('recommended',), ('other',))
    >>> outcomes("Direktionen drøftede og behandlede produktet.")
    ('discussed', 'treated')
    >>> outcomes("1. Anbefales.\\n2. Anbefales ikke.")[0]
    'recommended'
    >>> outcomes("Borgmesteren meddelte, at punkt 9 om Lokalplan 460 udgår. Godkendt.")
    ('approved',)
    """
    verdicts = read_verdicts(text)
    main = [v for v in verdicts if not v.on_amendment] or list(verdicts)
    keys = {key for verdict in main for key in verdict.outcomes}
    if "adopted_with_change" in keys:
        keys.discard("approved")
    first = main[0].outcomes if main and _POINT.match(text, text.rfind("\n", 0, main[0].begin) + 1) else ()
    ordered = (*first, *(key for key in _WEIGHTS if key in keys and key not in first))
    return ordered or ("other",)


@lru_cache(maxsize=128)
def read_verdicts(text: str) -> tuple[Verdict, ...]:
    """Each sentence of a decision that gives a verdict; an amendment's is marked.

    >>> [(v.outcomes, v.on_amendment) for v in read_verdicts("Forslaget falder.\\n\\nDagsorden er godkendt.")]
    [(('rejected',), True), (('approved',), False)]
    """
    found = []
    asked: tuple[str, ...] = ()
    moved: tuple[int, int] | None = None
    for begin, end in sentences(text):
        words = text[begin:end].lower()
        keys = _of_sentence(words)
        if motion := _MOTION.search(words):
            asked = _asked_for(words[motion.end() :])
            keys = () if set(keys) <= set(asked) else keys  # asked for, not yet decided
            moved = moved or (begin, end)
        elif asked and keys == ("approved",) and _CARRIED.match(words):
            keys = asked  # what a carried motion asked for is what was decided
        if keys:
            amendment = bool(_AMENDMENT.search(text, begin, end)) and "rejected" in keys
            found.append(Verdict(begin, end, keys, amendment, by_one=_is_beside(text, begin, end)))
    if not all(v.by_one for v in found):
        found = [v for v in found if not v.by_one]
    if not found and moved and asked:
        found = [Verdict(*moved, asked, on_amendment=False)]  # nobody is said to be against
    if any(not v.on_amendment and _FIRM & set(v.outcomes) for v in found):
        return tuple(found)
    return tuple(Verdict(v.begin, v.end, v.outcomes, on_amendment=False) for v in found)


@cache
def _forms() -> tuple[tuple[str, tuple[str, ...], re.Pattern[str]], ...]:
    """One pattern an outcome, over lower-case text, with what it cannot do without."""
    listed = table("verdicts")["outcomes"]
    return tuple(
        (key, openings(tuple(listed[key])), re.compile(rf"(?<!\w)(?:{'|'.join(listed[key])})(?!\w)"))
        for key in _WEIGHTS
        if key in listed
    )


@cache
def _pattern(section: str, key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(table('verdicts')[section][key])})(?!\w)")


def _is_beside(text: str, begin: int, end: int) -> bool:
    return _OTHER_POINT.match(text, begin, end) is not None or is_dissent(text, begin, end)


def is_dissent(text: str, begin: int, end: int) -> bool:
    """Whether a sentence tells in the active voice what a person, a party or a minority thinks of the matter.

    >>> text = "Lone Friis Holm (Ø) kan ikke anbefale punkt 2."
    >>> is_dissent(text, 0, len(text)), is_dissent("Udvalget kan ikke anbefale.", 0, 27)
    (True, False)
    """
    verb = _pattern("asides", "dissents").search(text, begin, min(end, begin + LONGEST_SUBJECT))
    if verb is None or verb.start() == begin:
        return False
    subject = text[begin : verb.start()].strip()
    if _MINORITY.match(subject) or words("people", "party_names").intersection(_BETWEEN.split(subject)):
        return True
    names = [name for name in read_names(text) if begin <= name.begin and name.end <= verb.start()]
    return bool(names) and _BODY.search(subject) is None


def _of_sentence(text: str) -> tuple[str, ...]:
    """The outcomes that a sentence gives, or none where it is an aside about something else."""
    keys: dict[str, int] = {}
    for key, hints, form in _forms():
        match = form.search(text) if holds(text, hints) else None
        if match is not None:
            keys[key] = match.start()
    aside = _pattern("asides", "other").search(text)
    if aside is not None and not _bare(text, keys):  # what is decided before the aside stands
        settles = _FIRM | _TAKEN if _SETTLED.match(text) else _FIRM
        keys = {key: place for key, place in keys.items() if key in settles and place < aside.start()}
    return _resolved(text, keys) if keys else ()


def _asked_for(text: str) -> tuple[str, ...]:
    """What a motion would do with the matter, where it would do anything else than settle it."""
    return tuple(key for key, _, form in _forms() if key in ("postponed", "referred") and form.search(text))[:1]


def _bare(text: str, keys: dict[str, int]) -> bool:
    """Whether the sentence opens with its formula ("Godkendt. …", "Godkendt, idet A tog forbehold")."""
    return min(keys.values(), default=3) < 3 or (len(text) < _SHORT and bool(_FIRM & keys.keys()))


def _resolved(text: str, keys: dict[str, int]) -> tuple[str, ...]:
    """One sentence's outcomes after what excludes what: a report is no approval, "indstilles godkendt" no final one."""
    if "noted" in keys and (said := _ACTOR_SAID.search(text)):
        keys = {key: place for key, place in keys.items() if key == "noted" or place < said.start()}
    if "rejected" in keys:
        return ("rejected",)
    if "recommended" in keys:
        keys = {key: place for key, place in keys.items() if key not in ("approved", "referred")}
    if "postponed" in keys and "approved" in keys and _BUT_FOR.search(text, keys["approved"], keys["postponed"]):
        keys.pop("postponed")  # "Godkendt, dog udgår punkt 3."
    if "postponed" in keys:
        keys = {
            key: place for key, place in keys.items() if key not in ("approved", "treated", "discussed", "referred")
        }
    if "referred" in keys:
        keys = {key: place for key, place in keys.items() if key not in ("treated", "discussed")}
        if "approved" in keys and text.startswith("beslutte", keys["approved"]):
            keys.pop("approved")  # to send it on is what was decided
    keys = {key: place for key, place in keys.items() if not _MEANT.search(text, max(0, place - 30), place)}
    if "approved" in keys and _pattern("changed", "forms").search(text, keys["approved"]):
        keys["adopted_with_change"] = keys.pop("approved")
    return tuple(key for key in _WEIGHTS if key in keys)
