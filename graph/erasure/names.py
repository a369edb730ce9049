"""The ways a person's name is written, so that none of them is left when it is erased."""

from __future__ import annotations

from itertools import product

from graph.erasure.rules import words
from graph.errors import UnknownValueError

_MOST_PARTS = 8


def name_variants(name: str) -> list[str]:
    """Every way of writing a name: in full, without middle names, with initials, and the last name first.

    Capitals, aa for å, accents and the genitive are alike in any case (`graph.erasure.rules`). Raises UnknownValueError
    for what is no full name.

    >>> name_variants("Trine Kjær Poulsen")[:4]
    ['poulsen trine', 'poulsen trine kjaer', 't k poulsen', 't kjaer poulsen']
    >>> "tk poulsen" in name_variants("Trine Kjær Poulsen")
    True
    """
    parts = words(name)
    if not 2 <= len(parts) <= _MOST_PARTS or len(parts[-1]) < 2:
        raise UnknownValueError(
            f"{name}: skriv for- og efternavn (højst {_MOST_PARTS} ord).",
            english=f"{name}: write given name and surname (at most {_MOST_PARTS} words).",
        )
    first, *middle, last = parts
    found: set[str] = set()
    for chosen in product((first, first[0]), *((part, part[0], "") for part in middle)):
        given = [part for part in chosen if part]
        found.add(" ".join([*given, last]))
        if all(len(part) == 1 for part in given):
            found.add(" ".join(["".join(given), last]))
        if all(len(part) > 1 for part in given):
            found.add(" ".join([last, *given]))
    return sorted(found)
