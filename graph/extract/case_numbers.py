"""Case numbers in the forms that Danish authorities print."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import product

_FORMS = (
    r"\d{2}\.\d{2}\.\d{2}-[A-ZÆØÅ]\d{2}-\d{1,6}-\d{2}",  # KLE: 85.02.02-G01-1-17, 18.15.00-Ø40-2-19
    r"\d{2}\.\d{2}\.\d{2}[-.]?[A-ZÆØÅ]\d{2}(?:-\d{1,6}){0,2}",  # KLE, older: 00.01.00P35-0098, 17.00.00A00
    r"\d{2}\.\d{2}\.\d{2}-\d{1,6}-\d{2}",  # 00.22.00-3584-18
    r"\d{1,2}-\d{1,3}-\d{1,3}-\d{1,5}-\d{2}",  # the regions': 1-13-3-57-16
    r"\d{3}-\d{4}-\d{2,7}",  # the municipality's code first: 330-2018-3619
    r"[A-Z]\d{4}-\d{3,7}",  # S2024-1234
    r"[A-Z]\d/\d{4}/\d{3,6}",  # M4/2010/00450
    r"[A-ZÆØÅ]{2,4} \d{1,4}/(?:\d{2}|20\d{2})",  # BR 366/07
    r"\d{4}[/-]\d{3,7}",  # 2008/048591
    r"\d{2}/\d{2,7}",  # 19/2484
    r"\d{2}-\d{5,7}",  # 24-011842
    r"[A-ZÆØÅ]{2,5}-\d{4}-\d{3,7}",  # EMN-2018-01877, GEO-2024-00112
    r"20\d{2}-\d{2,4}-\d{3,5}",  # 2025-000-5112
)
_AUTHORITY = r"(?:-[A-ZÆØÅ]{2,4}(?![\w-]))?"  # whose case it is, behind its number: 2024-0117-ØB
_ANY = re.compile(rf"(?<![\w./-])(?:{'|'.join(_FORMS)}){_AUTHORITY}(?![\w/])")
_NOTHING_MORE = re.compile(r"(?:[ \t.–-]|[JS](?:ags)?\.?nr\.?)*(?:[ \t]{2,}\d{2}/\d{2,7}|\d{4}-\d{3,7})?[ \t]*")
# "23/14820      Åben sag", "27.00.00-A00-3-22 (lukket)": the access in the next column
_WITH_ACCESS = re.compile(
    r"(?:[ \t]{0,60}[-–|,(]|[ \t])[ \t]{0,60}"
    r"(?:åbent?|lukket|(?:ikke[- ])?offentligt?|fortroligt?)(?: (?:sag|punkt|dagsordenspunkt|møde))?\)?\.?[ \t]*",
    re.IGNORECASE,
)
# "SAG-2024-05502 lahe", "24-011842 (MIHB)": the initials of whose desk it lies on, behind a number that is no year
_WITH_INITIALS = re.compile(
    r"[ \t]{1,3}(?:[-–/|][ \t]{1,3})?(?:[a-zæøå]{3,5}|[A-ZÆØÅ]{2,5}|\((?:[a-zæøå]{2,5}|[A-ZÆØÅ]{2,5})\))[ \t]*"
)
_LONG = re.compile(r"\d{5}|[A-ZÆØÅ]{2}")
_SHORT = re.compile(r"\d{2,4}(?:/| [/-] |-)\d{1,7}(?![\w/.-])|\d{2}\.\d{3,6}(?![\w/.-])")
_PLAIN = re.compile(
    r"\d{5,11}(?![\w./-])|\d{1,3}(?:-\d{1,5}){2,6}(?![\w./-])"
)  # 299835, 1-00-7-18: behind a label only


def read_case_number(text: str, *, labelled: bool = False) -> tuple[int, int] | None:
    """Offsets of the first case number in a text; a plain number counts only behind a label.

    >>> text = "Åbent - 00.17.00-A00-8-16"
    >>> begin, end = read_case_number(text)
    >>> text[begin:end]
    '00.17.00-A00-8-16'
    >>> read_case_number("299835 Byrådet Åbent punkt", labelled=True)
    (0, 6)
    """
    found = _ANY.search(text)
    if found is None and labelled:
        found = _SHORT.match(text) or _PLAIN.match(text)
    return found.span() if found else None


def system_labels(systems: Iterable[str], numbers: Sequence[str]) -> list[str]:
    """The labels before a case number that name the case system, as they are written.

    >>> system_labels(["SBSYS"], ["sag"])
    ['SBSYS sag', 'SBSYS sag.', 'SBSYS-sag', 'SBSYS-sag.', 'SBSYSsag', 'SBSYSsag.']
    """
    return ["".join(parts) for parts in product(systems, (" ", "-", ""), numbers, ("", "."))]


def is_case_number(text: str) -> bool:
    """Whether a line holds a case number and nothing else, or the case's access beside it.

    >>> is_case_number("85.02.02-G01-1-17"), is_case_number("25/19069 -"), is_case_number("26. jan 2021")
    (True, True, False)
    >>> is_case_number("23/14820   Åben sag"), is_case_number("23/14820 Åben skole")
    (True, False)
    >>> is_case_number("GEO-2024-00112 mkla"), is_case_number("10/12 juni")
    (True, False)
    """
    if text[1:2].islower() or text[1:2].isspace():
        return False  # the second sign of them all is a digit, a capital or a dash
    found = _ANY.match(text)
    behind = (_NOTHING_MORE, _WITH_ACCESS, *((_WITH_INITIALS,) if found and _LONG.search(found[0]) else ()))
    return found is not None and any(more.fullmatch(text, found.end()) for more in behind)
