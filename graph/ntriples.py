"""Terms of N-Triples read back: IRIs and literals, and the document that an IRI is served in."""

from __future__ import annotations

import re
from dataclasses import dataclass

Statement = tuple[str, str, str, str]

XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LITERAL = re.compile(r'"((?:[^"\\]|\\.)*)"(?:@([A-Za-z0-9-]+)|\^\^<([^>]*)>)?', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_LETTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


@dataclass(frozen=True, slots=True)
class Term:
    """One term: an IRI, or a literal with its language or datatype."""

    value: str
    language: str = ""
    datatype: str = ""

    @property
    def is_iri(self) -> bool:
        """Whether it is an IRI: literals have a language or a datatype."""
        return not (self.language or self.datatype)


def parsed(term: str) -> Term:
    r"""A term as written in N-Triples; raises ValueError where it is none that the store holds.

    >>> parsed('"Sagen \\"drøftes\\""@da')
    Term(value='Sagen "drøftes"', language='da', datatype='')
    """
    if term.startswith("<"):
        return Term(_unescaped(term[1:-1]))
    found = _LITERAL.fullmatch(term)
    if found is None:
        raise ValueError(f"{term[:80]!r} is neither an IRI nor a literal")
    value, language, datatype = found.groups()
    return Term(_unescaped(value), language or "", datatype or ("" if language else XSD_STRING))


def document(term: str) -> str:
    """The IRI of the document that a subject is described in: the IRI without its fragment.

    A sentence of a source's text belongs to the source.

    >>> document("<http://127.0.0.1:8000/sources/ab.txt#char=0,9>")
    'http://127.0.0.1:8000/sources/ab'
    """
    iri, _, fragment = term[1:-1].partition("#")
    return iri.removesuffix(".txt") if fragment.startswith("char=") else iri


def line(statement: Statement) -> str:
    """A statement as a line of N-Quads; in the default graph it is one of N-Triples."""
    s, p, o, name = statement
    return f"{s} {p} {o} {name} .\n" if name else f"{s} {p} {o} .\n"


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(_meant, text) if "\\" in text else text


def _meant(found: re.Match[str]) -> str:
    short, long, letter = found.groups()
    return chr(int(short or long, 16)) if short or long else _LETTERS.get(letter, letter)
