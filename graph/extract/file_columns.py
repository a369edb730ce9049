"""The names of the columns over a list of files that is printed as a table: "Nr. | Titel | Åben/Lukket"."""

from __future__ import annotations

import re

_BREAK = re.compile(r"[ \t]{0,60}[|\t][ \t]{0,60}| {2,60}")
_NUMBERS = re.compile(r"(?:bilags?[ -]?)?(?:#|nr\.?|nummer)|løbenr\.?", re.IGNORECASE)
_FILE = re.compile(
    r"(?:vedhæftede? )?(?:bilag|fil|filer|filnavn)|bilagets (?:navn|titel|nummer)"
    r"|(?:bilags?|fil)[ -]?(?:nr\.?|nummer|titel|navn)",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:dokument|dok\.?|sags?|fil)?[ -]?(?:nr\.?|nummer|titel|navn|id|type|dato|størrelse|status|format)|dokument|emne"
    r"|beskrivelse|betegnelse|adgang|offentlighed|offentlig|åbent?|lukket|åbent?/lukket|version|#|løbenr\.?"
    r"|oprettet|kb|mb|side[rt]?|sidetal|hent|vis|link|download",
    re.IGNORECASE,
)
LONGEST = 120


def are_columns(line: str) -> bool:
    """Whether a line holds only names of such columns, two or more.

    >>> are_columns("| Dok.nr. | Titel | Adgang |"), are_columns("Kort | Åben")
    (True, False)
    """
    names = _names(line)
    return len(names) > 1 and all(_NAME.fullmatch(name) or _FILE.fullmatch(name) for name in names)


def numbers_first(line: str) -> bool:
    """Whether such names begin with that of the files' numbers, which need not count from one."""
    return are_columns(line) and _NUMBERS.fullmatch(_names(line)[0]) is not None


def head_files(line: str) -> bool:
    """Whether such names open a list of files by themselves, with no label over it: the first, or the next to a number,
    says that files stand below.

    >>> head_files("Bilag | Type"), head_files("Nr.  Bilag  Dato"), head_files("Nr. | Titel | Bilag")
    (True, True, False)
    """
    if not are_columns(line):
        return False
    first, second = _names(line)[:2]
    return _FILE.fullmatch(first) is not None or bool(_NUMBERS.fullmatch(first) and _FILE.fullmatch(second))


def _names(line: str) -> list[str]:
    short = len(line) <= LONGEST and ("|" in line or "\t" in line or "  " in line)
    return [name for name in _BREAK.split(line.strip(" \t|")) if name] if short else []
