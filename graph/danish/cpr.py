"""Personal identification numbers (CPR): what makes a source be held back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

_DAY = r"(?P<day>\d\d)(?P<dot>[. ]?)(?P<month>\d\d)(?P=dot)(?P<century>(?:19|20)?)(?P<year>\d\d)"
_NUMBER = re.compile(
    rf"(?:(?<![\w])|(?<=cpr))(?<!\d[./,-]){_DAY}(?P<gap> ?[-–‑—−][ \n]?| ?)\d{{4}}(?![\w/]|-\d|[.,]\d)",
    re.IGNORECASE,
)
_TOLD = re.compile(r"\b(?:cpr|personnummer|person-nr|født|f\.)[^\n\d]{0,20}$", re.IGNORECASE)
# ten digits in a row that are another register's: production units, accounts, cases
_OTHER = re.compile(
    r"\b(?:p-?(?:nr|nummer|numre)|produktionsenhed\w*|konto\w*|sags?-?(?:nr|nummer|id)|sag|dok\w*[.-]?(?:nr|nummer|id)?"
    r"|journal\w*[.-]?(?:nr|nummer)?|j\.? ?nr|faktura\w*|ordre\w*|ean\w*|gln\w*|bfe\w*|esdh\w*|id|matrikel\w*)"
    r"[.:]*(?: ?(?:nr|nummer)\.?)?:? ?(?:\d{4}[ -])?$",
    re.IGNORECASE,
)
_REACH = 48


def find_cpr(text: str) -> int | None:
    """The offset of the first CPR number in a text, or None.

    >>> find_cpr("Ansøger 010190-1234 skriver")
    8
    >>> find_cpr("Sag 330-2018-3619, dok. 132893/22, journal 320190-1234, P-nr. 1003456789") is None
    True
    """
    return next((begin for begin, _ in cpr_numbers(text)), None)


def cpr_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Where a text holds CPR numbers: a day as DDMMYY and four digits, with or without a hyphen between them.

    The modulus-11 check is no help: numbers given since 2007 need not pass it. Where dots or blanks stand among the
    digits, a hyphen or a word like "cpr" is asked for, or every table of amounts would be full of them.

    >>> [text[b:e] for text in ["Cpr-nr. 01 01 90 1234 og 01.01.1990-1234"] for b, e in cpr_numbers(text)]
    ['01 01 90 1234', '01.01.1990-1234']
    >>> list(cpr_numbers("100522 1400 og 06.12.22 1400"))
    []
    """
    for match in _NUMBER.finditer(text):
        if is_date(match["day"], match["month"], match["year"]) and _is_one(text, match):
            yield match.span()


def _is_one(text: str, match: re.Match[str]) -> bool:
    """Whether digits that begin as a day are a CPR number, by how they are written and by the words before them."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    if match["gap"].strip():
        return True
    if match["gap"] or match["dot"] or match["century"]:
        return _TOLD.search(before) is not None
    return _OTHER.search(before) is None


def is_date(day: str, month: str, year: str) -> bool:
    """Whether three pairs of digits are a date of this century or the last."""
    for century in ("19", "20"):
        try:
            date.fromisoformat(f"{century}{year}-{month}-{day}")
        except ValueError:
            continue
        return True
    return False
