"""Departments of an administration in Danish minutes, by the shape of their names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from graph.danish.hints import any_of, holds, lowered
from graph.danish.lexicon import endings, table, words
from graph.danish.naming import (
    FIELD_LINE,
    FIELD_NAME,
    QUALITIES,
    WORD_BEGINS,
    BodyName,
    head_first,
    lists_fields,
    qualified_end,
    suspended_begin,
    without_overlaps,
)

_TEAMS = ("Team ", "enter ", "mråde ", "Afdeling ", "Sektion ", "Koncern ")
_OFFICES = ("Afdeling", "Forvaltning", "Sekretariat", "Stab")

_NAMED_AFTER = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+s (?:Afdeling|Forvaltning|Sekretariat|Stab)\b")
_TWO_WORD = re.compile(
    r"\b(?:Teknisk|Social|Juridisk|Kommunal|Økonomisk|Administrativ|[A-ZÆØÅ][a-zæøå]+) "
    r"(?:Forvaltning|Afdeling|Sekretariat|Stab)\b"
)


_TEAM = re.compile(
    r"\b(?:Team|Fagcenter|Afdeling|Sektion|Koncern|Center|(?:Fag|Service)område|Område) (?P<field>[A-ZÆØÅ][\w-]{1,40})"
    r"(?:(?:, [A-ZÆØÅ][\w-]{1,40}){0,3} (?:og|&) [A-ZÆØÅ][\w-]{2,40})?"
    r"|\b(?:Job|Borger|Familie|Unge|Ydelses|Sundheds|Social|Børne|Handicap|Rehabiliterings)center"
    r" (?P<place>[A-ZÆØÅ][\w-]{2,30})(?! [A-ZÆØÅ])"
)
# a field of the administration that acts: "By- og Miljøområdet indstiller"
_AREA = re.compile(r"(?<![\w-])[A-ZÆØÅ]\w{1,40}området ")
# what a department gives from itself: "notat fra Kultur og Fritid"
_ORIGIN = (
    r"(?:tal|notat|svar|oplæg|materiale|status|bidrag|hjælp|indstilling|oplysninger?|redegørelse|vurdering|orientering"
    r"|udkast|oversigt|beregning|forslag|rapport|bemærkninger|tilbagemelding|medarbejder|repræsentant|kolleger?|udtalelse|høringssvar|input|besked|anbefaling|rådgivning|vejledning|bistand|data|kommentarer|notits|henvendelse|melding)\w{0,3}"
)
# a department of one field, behind the word that tells where one works: "nye tal fra Økonomi"
_ONE_FIELD = re.compile(
    rf"\b(?:{_ORIGIN} fra|hos)" r" (?P<field>[A-ZÆØÅ][\w-]{1,40})(?![\w-]|,? (?:og |& |[A-ZÆØÅ])|, [A-ZÆØÅ])"
)
_FIELD_FIRST = re.compile(  # the capital first, so that the search may leap from one to the next
    r"(?P<field>[A-ZÆØÅ](?<![\w&-].)(?<!for .)(?<!og .)(?<!& .)(?<!, .)[\w-]{1,40}) (?=[a-zæøå])"
)
# what one sends to an office: "sender bemærkninger til Natur & Vandmiljø", "spørgsmål rettes til Plan og Byg"
_GIVES = r"(?:ind|til|frem)?(?:send|giv|meld|ret|stil|aflever)(?:t|l)?(?:er|es|e|te)?"
_GIVEN = (
    r"(?i:bemærkning|kommentar|input|spørgsmål|ønske|henvendelse|svar|ansøgning|tilmelding|oplysning|rettelse|fejl|idé|ide"
    r"|regning|besked|materiale)\w{0,4}"
)
# words before a department named by its field alone: where someone works, or who does the work
_AT_WORK = re.compile(
    rf"\b(?:{_ORIGIN} fra|hos|med bistand af|sammen med|i samarbejde med|v/) $"
    r"|[A-ZÆØÅ][\w.-]{1,40}(?: \([A-ZÆØÅ]\))?,? (?:fra|hos) $"
    r"|\b(?:koordineres|udarbejdet|udarbejdes|varetages|udføres|ledes|lavet|oplyst|orienteret) (?:af|i|fra) $"
    r"|\b(?!(?:behandl|drøft|beslutt|vedtag|godkend|anbefal|tiltræd|tiltrådt|udpeg|vælg|valgt|nedsat|nedsæt|afgør|bestå))"
    r"[a-zæøå]{3,24}(?:es|edes|et|te|te?s|at) af $"
    r"|\b(?:afleverer|afleveres|leverer|leveres) (?:det |den |dem |forslaget )?til $"
    rf"|\b(?:{_GIVES}) (?:[a-zæøå]+ ){{0,3}}(?:{_GIVEN})(?: [a-zæøå]+){{0,3}} til $"
    rf"|\b(?:{_GIVEN}) (?:[a-zæøå]+ ){{0,3}}(?:{_GIVES}) (?:[a-zæøå]+ ){{0,2}}til $"
    r"|\b(?:chef|leder|direktør|medarbejder|konsulent|fuldmægtig)(?:en)? (?:i|for|fra) $"
)
# inside a sentence only a name has a capital: "..., og Ejendomme har fået pladsen vurderet"
_INSIDE = re.compile(
    r"(?P<field>[A-ZÆØÅ](?<=[a-zæøå,)] .)(?<! for .)(?<!\w og .)(?<!\w & .)[\w-]{1,40})"
    r" (?:har|skal|vil|får|(?:modtog|fik|gav|skrev|sendte)\b|(?:bemyndig|pålægg|anmod|bed|opfordr|orienter)es\b"
    r"|[a-zæøå]{4,20}(?:erer|ede))\b"
)
_OF_NAME = re.compile(r"(?<![\w.-])[A-ZÆØÅ][\w-]{0,40} $")  # "Melby Skole drøftede": the school's own name
_NAMED_INSIDE = re.compile(r"(?<=[\w,] )[A-ZÆØÅ]")  # inside a sentence a capital tells a name
_OFFICERS = ("hef ", "eder ", "onsulent ", "irektør ", "medarbejder ")  # before whose name stands the office
# where the officer named before works: "Centerchef Ida Krog, Ejendomme, gennemgår"
_BESIDE = re.compile(
    r"[a-zæøå]{3,30} [A-ZÆØÅ][\w.-]{1,30}(?: [A-ZÆØÅ][\w.-]{1,30}){1,3}, "
    r"(?P<field>[A-ZÆØÅ][\w-]{1,30}(?:(?:, [A-ZÆØÅ][\w-]{1,30}){0,2} (?:og|&) [A-ZÆØÅ][\w-]{1,30})?)(?=,|\.\s|\.?$|\n)"
)
# an office named by a quality and its field, where it acts: "Kommunale Ejendomme er i gang", "hos Teknisk Drift"
_QUALIFIED = re.compile(  # the capital first, as above
    r"[KTSIACD](?<![\w-].)(?:ommunal|eknisk|ocial|ntern|dministrativ|entral|igital)e? "
    r"(?P<field>[A-ZÆØÅ][a-zæøå]{1,30})(?![\w-])"
)
_QUALITY_BEFORE = re.compile(rf"(?<![\w-])(?=[A-ZÆØÅ]){QUALITIES}[et]? $")  # "Intern Service og Ejendomme"
# an office named by its kind and its fields: "Afdelingen Erhverv og Virksomhedsmiljø"
_KIND_BEFORE = re.compile(
    r"\b(?:[Aa]fdelingen|[Ee]nheden|[Ss]ektionen|[Ff]orvaltningen|[Kk]ontoret|[Cc]ent(?:ret|eret)|[Ff]agområdet) $"
)
_AT_IT = re.compile(r" (?:er (?:i gang|ved at|på vej|blevet|sat|bedt|opmærksom)|kontaktes)\b")
# the second of two departments that act together: "Fagcenter Plan, Byg og Miljø og Kommunikation har skrevet"
_SECOND = re.compile(r" og (?P<field>[A-ZÆØÅ][\w-]{1,40}) (?:har|skal|vil|får|indstiller|foreslår|anbefaler)\b")
# who proposes, in the order of a question: "For klubben foreslår Fritid & Kultur, at"
_PROPOSES_BEFORE = re.compile(
    r"\b(?:indstiller|foreslår|anbefaler|vurderer|oplyser|bemærker|peger)(?: (?:derfor|dog|også|således|endvidere))? $"
)
# whom a body wants with it: "Udvalget ønsker Vej og Trafik med til mødet", "beder Teknik og Miljø om at"
_CALLED_IN = re.compile(
    r"\b(?:ønsker|ønskede|inviterer|inviterede|indkalder|indkaldte|inddrager|inddrog|beder|bad|anmoder|anmodede|pålægger"
    r"|pålagde|opfordrer|opfordrede|bemyndiger|bemyndigede|spørger|spurgte|orienterer|kontakter|hører|rykker|takker) $"
)
_WITH_IT = re.compile(
    r" (?:med\b|om (?:at|en|et)\b|til at\b|ind(?:draget|e)?\b|hørt\b|for (?:at|det|den|en|et)\b|til (?:mødet|næste))"
)
# what is a department's own: "efter Teknik & Miljøs vurdering"
_OWN = re.compile(
    r"(?P<s>s) (?:(?:faglige|samlede|egen|eget|egne|foreløbige|klare|umiddelbare) )?"
    r"(?:vurdering|indstilling|anbefaling|opfattelse|bemærkning|forslag|notat|beregning|oplæg|svar|redegørelse|holdning|mening)"
)
# an office without a name of its own that proposes to a body: "Sekretariatet indstiller"
_PROPOSER = re.compile(r"(?<![\w-])(?:Sekretariatet|Staben|Jobcent(?:er|ret))(?= indstiller\b)")
# how a verb ends by which a department named by its fields alone is told from the fields themselves
_ACTS = re.compile(
    r"(?!(?:eller|efter|under|over|der|hver|heller|her|er|uanset|især)\b)"
    r"(?:har|skal|vil|bør|får|ser|står|går|modtog|fik|gav|skrev|lagde|holdt|så|kom|bad|fandt|fremlagde"
    r"|(?:inviter|indkald|anmod|bed|opfordr|pålægg|bemyndig|orienter|inddrag|hør|underrett)es"
    r"|[a-zæøå]{4,20}(?<!s)te|[a-zæøå]{3,20}(?:er|ede))\b"
)
# two departments of several fields each that act together: "Børn, Skole og Kultur og Teknik og Miljø indstiller"
_BOTH = re.compile(
    rf"(?<![\w-])(?<!, )(?<!og )(?P<first>{FIELD_LINE.pattern}),? (?:og|samt) (?P<second>{FIELD_LINE.pattern})"
    r"(?= [a-zæøå])"
)


@lru_cache(maxsize=256)
def read_units(text: str) -> tuple[BodyName, ...]:
    """The departments that a text names (forvaltninger, afdelinger), in order.

    >>> [u.name for u in read_units("Plan, Teknik & Miljø indstiller, at Teknisk Forvaltning …")]
    ['Plan, Teknik & Miljø', 'Teknisk Forvaltning']
    """
    found = head_first(text, units=True)
    proposes = _proposal().search(text) is not None
    if holds(text, _OFFICES):
        found += [(m.start(), m.end()) for form in (_NAMED_AFTER, _TWO_WORD, _PROPOSER) for m in form.finditer(text)]
    if lists_fields(text):
        found += _proposers(text)
        if proposes:
            found += _both(text)
    found += _of_one_field(text)
    if proposes:
        found += _of_one_that_proposes(text)
    if holds(text, _TEAMS):
        found += [
            m.span() for m in _TEAM.finditer(text) if m["place"] or m["field"].lower() in words("bodies", "fields")
        ]
    if _unit_ending().search(lowered(text)):
        found += _by_ending(text)
    for span in tuple(found):
        if (second := _SECOND.match(text, span[1])) and second["field"].lower() in words("bodies", "fields"):
            found.append(second.span("field"))
    return without_overlaps(text, found) if found else ()


def _by_ending(text: str) -> list[tuple[int, int]]:
    """Words that end as a department's name does."""
    found = []
    called, general = endings("bodies", "unit_endings"), words("bodies", "general_units")
    capital = words("bodies", "capital_units")
    for match in _unit_word().finditer(lowered(text)):
        low = match[0].removesuffix("s")
        named = low.endswith(called) and not low.endswith(endings("bodies", "no_units")) and low not in general
        if named or (low in capital and _NAMED_INSIDE.match(text, match.start())):
            found.append((suspended_begin(text, match.start()), match.end()))
    return found


@cache
def _unit_ending() -> re.Pattern[str]:
    """How a department's name ends, in lower case."""
    return re.compile(rf"{any_of((*words('bodies', 'unit_endings'), *words('bodies', 'capital_units')))}s?(?![\w-])")


@cache
def _unit_word() -> re.Pattern[str]:
    return re.compile(WORD_BEGINS + _unit_ending().pattern)


def _proposers(text: str) -> list[tuple[int, int]]:
    """Departments named by their field alone, told by what they do: "Plan, Teknik & Miljø indstiller"."""
    found = []
    for match in FIELD_NAME.finditer(text):
        begin, last = match.span()
        quality = _QUALITY_BEFORE.search(text, max(0, begin - 20), begin)
        begin = quality.start() if quality else begin
        noun = qualified_end(text, match[0].rindex(" ") + 1 + match.start())
        last = max(last, noun)
        own = _OWN.match(text, last - 1)
        end = last - bool(own)
        follow = text[last + 1 : last + 20]
        before = text[max(0, begin - 60) : begin].replace("\n", " ")
        works = (_AT_WORK.search(before) or _PROPOSES_BEFORE.search(before) or own) is not None
        works = works or _KIND_BEFORE.search(before) is not None
        works = works or bool(_CALLED_IN.search(before) and _WITH_IT.match(text, end))
        fields = [w.lower() for w in re.split(r", | og | & ", text[match.start() : match.end() - bool(own)])]
        known = sum(f in words("bodies", "fields") for f in fields[: -1 if noun > 0 else None]) + (noun > 0)
        acts = text.startswith(" ", last) and (
            follow.startswith(_proposing()) or (known == len(fields) and _ACTS.match(follow) is not None)
        )
        if (works or acts) and not _goes_on(before) and known * 2 >= len(fields):
            found.append((begin, end))
    return found


def _both(text: str) -> list[tuple[int, int]]:
    """Two departments named by their fields alone that propose together."""
    found = []
    for match in _BOTH.finditer(text):
        fields = [field.lower() for name in ("first", "second") for field in re.split(r", | og | & ", match[name])]
        if text.startswith(_proposing(), match.end() + 1) and all(f in words("bodies", "fields") for f in fields):
            found += [match.span("first"), match.span("second")]
    return found


def _goes_on(before: str) -> bool:
    """Whether what stands before a name is more of the same list, and no clause that ends there (", og ")."""
    return before.endswith((" for ", " og ", ", ", "MED ")) and not before.endswith(", og ")


@cache
def _proposing() -> tuple[str, ...]:
    return tuple(table("bodies")["proposing"])


@cache
def _proposal() -> re.Pattern[str]:
    return re.compile(any_of(_proposing()))


def _of_one_field(text: str) -> list[tuple[int, int]]:
    """Departments of one field, told by what they do or by who works there: "Økonomi har", "tal fra Økonomi"."""
    found = []
    if " fra " in text or " hos " in text:
        found += [m.span("field") for m in _ONE_FIELD.finditer(text) if m["field"].lower() in words("bodies", "fields")]
    if ", " in text and holds(text, _OFFICERS):
        beside = _BESIDE.finditer(text)
        found += [
            m.span("field") for m in beside if m["field"].split(" ")[0].strip(",").lower() in words("bodies", "fields")
        ]
    for match in _INSIDE.finditer(text):
        named = match["field"].lower() in words("bodies", "fields")
        if named and not _OF_NAME.search(text, max(0, match.start() - 40), match.start()):
            found.append(match.span("field"))
    return found + _qualified(text)


def _of_one_that_proposes(text: str) -> list[tuple[int, int]]:
    """Departments of one field that propose: "HR indstiller", "By- og Miljøområdet indstiller"."""
    found = [
        m.span("field")
        for m in _FIELD_FIRST.finditer(text)
        if m["field"].lower() in words("bodies", "fields") and text.startswith(_proposing(), m.end())
    ]
    if "området " in text:
        areas = [m for m in _AREA.finditer(text) if text.startswith(_proposing(), m.end())]
        found += [(suspended_begin(text, m.start()), m.end() - 1) for m in areas]
    return found


def _qualified(text: str) -> list[tuple[int, int]]:
    """Departments named by a quality and a field, told by what they do or by who works there."""
    found = []
    for match in _QUALIFIED.finditer(text):
        acts = _AT_IT.match(text, match.end()) or (
            text.startswith(" ", match.end()) and _ACTS.match(text, match.end() + 1)
        )
        if match["field"].lower() in words("bodies", "fields"):
            before = text[max(0, match.start() - 60) : match.start()].replace("\n", " ")
            if (acts or _AT_WORK.search(before)) and not _goes_on(before):
                found.append(match.span())
    return found
