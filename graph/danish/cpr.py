"""Personal identification numbers (CPR): what makes a source be held back."""

from __future__ import annotations

import re
from datetime import date

_NUMBER = re.compile(r"(?<![\w/.-])(\d\d)(\d\d)(\d\d)[-–]?(\d{4})(?![\w/]|-\d)")


def find_cpr(text: str) -> int | None:
    """The offset of the first CPR number: a date-valid DDMMYY and four digits, with or without hyphen; else None.

    The modulus-11 check is no help: numbers given since 2007 need not pass it.

    >>> find_cpr("Ansøger 010190-1234 skriver")
    8
    >>> find_cpr("Sag 330-2018-3619, dok. 132893/22, journal 320190-1234") is None
    True
    """
    return next((m.start() for m in _NUMBER.finditer(text) if is_date(m[1], m[2], m[3])), None)


def is_date(day: str, month: str, year: str) -> bool:
    """Whether three pairs of digits are a date of this century or the last."""
    for century in ("19", "20"):
        try:
            date.fromisoformat(f"{century}{year}-{month}-{day}")
        except ValueError:
            continue
        return True
    return False
