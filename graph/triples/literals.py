"""How values are written in N-Triples: one function a kind of value, each gives one term as text."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

Triple = tuple[str, str, str]

_XSD = "http://www.w3.org/2001/XMLSchema#"
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"})
_SPECIAL = re.compile(r'[\\"\n\r\t]')
# printable ASCII but for the blank and <>"{}|^`\\
_IRI = re.compile(r"[!#-;=?-\[\]_a-z~]+")


@lru_cache(maxsize=1 << 16)
def node(iri: str) -> str:
    """An IRI as a term; one with a blank, a quote or a bracket is refused.

    >>> node("http://127.0.0.1:8000/id/bodies/0707/direktionen")
    '<http://127.0.0.1:8000/id/bodies/0707/direktionen>'
    """
    if not _IRI.fullmatch(iri):
        raise ValueError(f"{iri!r} is no IRI we mint: ASCII without blanks, quotes and brackets only")
    return f"<{iri}>"


def escaped(value: str) -> str:
    """A value as it stands between quotes; most hold nothing to escape, and looking is cheaper than translating."""
    return value.translate(_ESCAPES) if _SPECIAL.search(value) else value


def text(value: str, language: str = "da") -> str:
    r"""A text in a language.

    >>> text('Sagen "drøftes"')
    '"Sagen \\"drøftes\\""@da'
    """
    return f'"{escaped(value)}"@{language}'


def plain(value: str) -> str:
    """A string without language: numbers as printed, hashes, rule names."""
    return f'"{escaped(value)}"'


def integer(value: int) -> str:
    """A whole number."""
    return f'"{value}"^^<{_XSD}integer>'


def decimal(value: float) -> str:
    """A decimal number with two digits at most.

    >>> decimal(0.9)
    '"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return f'"{round(value, 2)}"^^<{_XSD}decimal>'


def day(value: date) -> str:
    """A date."""
    return f'"{value.isoformat()}"^^<{_XSD}date>'


def moment(value: date, clock: str) -> str:
    """A date with a clock time HH:MM, as printed, without time zone."""
    return f'"{value.isoformat()}T{clock}:00"^^<{_XSD}dateTime>'
