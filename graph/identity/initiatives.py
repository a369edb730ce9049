"""Undertakings that hold several cases: what is bought, from the first word of a tender to its last, in any body."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.identity.handled import Handled, sighted
from graph.identity.links import Sighting
from graph.identity.words import telling_words

_BUYS = re.compile(
    r"\b(?P<phase>(?:(?:kommende|status på|forberedelse af|resultat af|evaluering af|annullering af|afsluttet) )*"
    r"(?P<act>(?:gen|for)?udbud(?:et)?|indkøb(?:et)?|anskaffelse(?:n)?|implementering(?:en)?|kontrakt(?:en)?))"
    r" (?:af|om|på|til|vedr\.?) (?:(?:et|en|nyt|ny|nye|det|den|de) )*(?P<what>[^(.,:;–]{3,80})",
    re.IGNORECASE,
)
_TENDERS = ("udbud", "indkøb", "anskaffelse")
_SPOKEN_ON = re.compile(r"\s+(?:drøftes|behandles|orienteres|drøftet|fra|i perioden)\b.*")


@dataclass(frozen=True, slots=True)
class Procurement:
    """Something that is to be bought (udbud), with the cases about it and the words of their titles."""

    iri: str
    procures: str
    phases: tuple[str, ...]
    cases: tuple[str, ...]
    sightings: tuple[Sighting, ...]


@dataclass(frozen=True, slots=True)
class Bought:
    """What one item's title says is bought, how far it has come, and the case it is of."""

    handled: Handled
    case: str
    what: str
    phase: str
    tender: bool


def procurements(handled: Iterable[Handled], leaders: Mapping[str, str]) -> list[Procurement]:
    """The procurements that titles name, each with every case that buys the same; in a steady order."""
    found: dict[tuple[str, frozenset[str]], list[Bought]] = defaultdict(list)
    for h in handled:
        bought = read_bought(h, leaders.get(h.case, h.case))
        words = telling_words(bought.what) if bought else frozenset()
        if bought and words:
            found[h.names.settings.code, words].append(bought)
    return [procurement(rows) for _, rows in sorted(found.items(), key=_first) if any(row.tender for row in rows)]


def _first(entry: tuple[tuple[str, frozenset[str]], list[Bought]]) -> str:
    return min(row.case for row in entry[1])


def read_bought(handled: Handled, case: str) -> Bought | None:
    """What an item's title says is bought, or None."""
    found = _BUYS.search(handled.title)
    if found is None:
        return None
    what = _SPOKEN_ON.sub("", " ".join(found["what"].split())).strip()
    tender = any(word in found["act"].casefold() for word in _TENDERS)
    return Bought(handled, case, what, found["phase"].casefold(), tender)


def procurement(rows: list[Bought]) -> Procurement:
    """The procurement of items that buy the same; its key is that of the earliest case."""
    ordered = sorted(rows, key=lambda row: row.handled.order)
    first = ordered[0]
    return Procurement(
        iri=first.case.replace("/id/cases/", "/id/initiatives/"),
        procures=first.what,
        phases=tuple(dict.fromkeys(row.phase for row in ordered)),
        cases=tuple(sorted({row.case for row in ordered})),
        sightings=tuple(dict.fromkeys(seen for row in ordered for seen in sighted(row.handled))),
    )
