"""Departments of an administration in Danish minutes, by the shape of their names."""

from __future__ import annotations

import re
from functools import lru_cache

from graph.danish.hints import holds, lowered, stems
from graph.danish.lexicon import endings, table, tails, words
from graph.danish.naming import (
    FIELD_NAME,
    WORD,
    BodyName,
    head_first,
    lists_fields,
    suspended_begin,
    without_overlaps,
)

_TEAMS = ("Team ", "Fagcenter ", "Afdeling ", "Sektion ")
_OFFICES = ("Afdeling", "Forvaltning", "Sekretariat", "Stab")

_NAMED_AFTER = re.compile(r"\b[A-ZÆØÅ][a-zæøå]+s (?:Afdeling|Forvaltning|Sekretariat|Stab)\b")
_TWO_WORD = re.compile(
    r"\b(?:Teknisk|Social|Juridisk|Kommunal|Økonomisk|Administrativ|[A-ZÆØÅ][a-zæøå]+) "
    r"(?:Forvaltning|Afdeling|Sekretariat|Stab)\b"
)


_TEAM = re.compile(
    r"\b(?:Team|Fagcenter|Afdeling|Sektion) (?P<field>[A-ZÆØÅ][\w-]{2,40})(?: (?:og|&) [A-ZÆØÅ][\w-]{2,40})?"
)
# words before a department named by its field alone: where someone works, or who does the work
_AT_WORK = re.compile(
    r"[A-ZÆØÅ][\w.-]{1,40}(?: \([A-ZÆØÅ]\))?,? (?:fra|hos) $"
    r"|\b(?:koordineres|udarbejdet|udarbejdes|varetages|udføres|ledes|lavet|oplyst|orienteret) (?:af|i|fra) $"
    r"|\b(?:afleverer|afleveres|leverer|leveres) (?:det |den |dem |forslaget )?til $"
    r"|\b(?:chef|leder|direktør|medarbejder|konsulent|fuldmægtig)(?:en)? (?:i|for|fra) $"
)


@lru_cache(maxsize=256)
def read_units(text: str) -> tuple[BodyName, ...]:
    """The departments that a text names (forvaltninger, afdelinger), in order.

    >>> [u.name for u in read_units("Plan, Teknik & Miljø indstiller, at Teknisk Forvaltning …")]
    ['Plan, Teknik & Miljø', 'Teknisk Forvaltning']
    """
    found = head_first(text, units=True)
    if holds(text, _OFFICES):
        found += [(m.start(), m.end()) for form in (_NAMED_AFTER, _TWO_WORD) for m in form.finditer(text)]
    if lists_fields(text):
        found += _proposers(text)
    if holds(text, _TEAMS):
        found += [m.span() for m in _TEAM.finditer(text) if m["field"].lower() in words("bodies", "fields")]
    if holds(lowered(text), stems("bodies", "unit_endings")):
        found += _by_ending(text)
    return without_overlaps(text, found)


def _by_ending(text: str) -> list[tuple[int, int]]:
    """Words that end as a department's name does."""
    found, last_letters = [], tails("bodies", "unit_endings")
    for match in WORD.finditer(text):
        low = match[0].lower().removesuffix("s")
        if (
            low[-3:] in last_letters
            and low.endswith(endings("bodies", "unit_endings"))
            and low not in words("bodies", "general_units")
        ):
            found.append((suspended_begin(text, match.start()), match.end()))
    return found


def _proposers(text: str) -> list[tuple[int, int]]:
    """Departments named by their field alone, told by what they do: "Plan, Teknik & Miljø indstiller"."""
    found = []
    for match in FIELD_NAME.finditer(text):
        follow = text[match.end() + 1 : match.end() + 20]
        before = text[max(0, match.start() - 60) : match.start()]
        works = _AT_WORK.search(before) is not None
        fields = [w.lower() for w in re.split(r", | og | & ", match[0])]
        if (
            (works or (follow.startswith(tuple(table("bodies")["proposing"])) and text[match.end() :][:1] == " "))
            and not before.endswith((" for ", " og ", ", "))
            and sum(f in words("bodies", "fields") for f in fields) * 2 >= len(fields)
        ):
            found.append(match.span())
    return found
