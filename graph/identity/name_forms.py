"""Two ways of writing one person's name: spelling, initials, a middle name left out."""

from __future__ import annotations

from functools import lru_cache

from graph.identity.keys import normal

_FOLDED = str.maketrans({"é": "e", "è": "e", "ö": "ø", "ä": "æ", "ü": "y", "á": "a"})

SPELLING, MIDDLE, INITIALS = "spelling", "middle", "initials"

Form = tuple[str, ...]


@lru_cache(maxsize=1 << 18)
def name_form(name: str) -> Form:
    """The parts of a name as they are compared: lower case, aa as å, no accents.

    >>> name_form("Torben Aagaard") == name_form("Torben Ågård")
    True
    """
    return tuple(normal(name).translate(_FOLDED).replace("aa", "å").split())


def block(form: Form) -> tuple[str, str]:
    """What two forms of one name always share: the last name, and the first letter."""
    return form[-1], form[0][0]


def fits(short: Form, full: Form) -> str | None:
    """How a shorter form of a name fits a fuller one: spelling, middle, initials; None where it does not.

    >>> full = name_form("Trine Kjær Poulsen")
    >>> [fits(name_form(short), full) for short in ("Trine Poulsen", "T.K. Poulsen", "Tina Poulsen")]
    ['middle', 'initials', None]
    """
    if short == full:
        return SPELLING
    if len(short) < 2 or len(full) < 2 or short[-1] != full[-1] or len(short) > len(full):
        return None
    if not _same_or_initial(short[0], full[0]):
        return None
    place = 1
    for part in short[1:-1]:
        while place < len(full) - 1 and not _same_or_initial(part, full[place]):
            place += 1
        if place == len(full) - 1:
            return None
        place += 1
    return INITIALS if any(len(part) == 1 for part in short) else MIDDLE


def _same_or_initial(part: str, full: str) -> bool:
    return part == full or (len(part) == 1 and full.startswith(part))


def fullness(form: Form) -> tuple[int, int]:
    """How much a form tells: its parts that are no initials, and all its parts."""
    return sum(len(part) > 1 for part in form), len(form)
