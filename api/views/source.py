"""The text of a source cut into pieces, so that every span with evidence is an element that an address can point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.views.evidence import hash_of
from api.views.rows import Row, Thing, count, distinct, grouped, thing, word

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Piece:
    """A step in writing a source's text out.

    `kind` is text (words as they stand), line (a new line begins; its number), open (a span begins; its address) or
    close (the span opened last ends). A span that crosses another's end is opened again behind it, without address;
    `crosses` marks its first part, so that the style sheet can mark the rest when an address points to it.
    """

    kind: str
    text: str = ""
    crosses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceView:
    """The page of a source."""

    iri: str
    title: str
    kinds: tuple[str, ...]
    meetings: tuple[Thing, ...]
    cases: tuple[Thing, ...]
    pieces: tuple[Piece, ...]
    spans: int

    @classmethod
    def made(cls, rows: Sequence[Row], spans: Sequence[Row], told: Iterable[Row], *, text: str, iri: str) -> SourceView:
        """The page from the rows of source.rq, source-spans.rq and source-cases.rq."""
        marked = [(count(row, "begin"), count(row, "end")) for row in spans]
        return cls(
            iri=iri,
            title=next(iter(distinct(rows, "title")), hash_of(iri)),
            kinds=distinct(rows, "kind"),
            meetings=tuple(dict.fromkeys(meeting for row in rows if (meeting := thing(row, "meeting")))),
            cases=tuple(Thing(case, word(same[0], "title")) for case, same in grouped(told, "case").items()),
            pieces=tuple(pieces(text, marked)),
            spans=len(set(marked)),
        )


def pieces(text: str, spans: Iterable[Span]) -> Iterator[Piece]:
    r"""The text in the order it is written, each span opened and closed inside the one around it.

    >>> [piece.text or piece.kind for piece in pieces("Sagen drøftes.", [(6, 13)])]
    ['1', 'Sagen ', 'char=6,13', 'drøftes', 'close', '.']
    """
    opening: dict[int, list[Span]] = {}
    for begin, end in sorted(set(spans), key=lambda span: (span[0], -span[1])):
        if 0 <= begin < end <= len(text):
            opening.setdefault(begin, []).append((begin, end))
    starts = {0, *(end.end() for end in re.finditer("\n", text) if end.end() < len(text))}
    crossing = crossed(span for group in opening.values() for span in group)
    ends = {end for group in opening.values() for _, end in group}
    cuts = sorted({*starts, *opening, *ends, len(text)})
    inside: list[int] = []
    number = 0
    for begin, end in pairwise(cuts):
        yield from closed(inside, begin)
        if begin in starts:
            number += 1
            yield Piece("line", str(number))
        for span in opening.get(begin, ()):
            yield from opened(inside, span, crosses=span in crossing)
        yield Piece("text", text[begin:end])
    yield from closed(inside, len(text))


def closed(inside: list[int], at: int) -> Iterator[Piece]:
    """Closes the spans that end here; those inside them that go on are opened again."""
    if at not in inside:
        return
    outermost = inside.index(at)
    going_on = [end for end in inside[outermost:] if end != at]
    yield from (Piece("close") for _ in inside[outermost:])
    del inside[outermost:]
    yield from (Piece("open") for _ in going_on)
    inside.extend(going_on)


def opened(inside: list[int], span: Span, *, crosses: bool) -> Iterator[Piece]:
    """Opens a span inside those already open."""
    inside.append(span[1])
    yield Piece("open", f"char={span[0]},{span[1]}", crosses)


def crossed(spans: Iterable[Span]) -> set[Span]:
    """The spans that begin inside another one and end outside it.

    >>> crossed([(0, 10), (5, 15), (6, 8)])
    {(5, 15)}
    """
    known = sorted(spans)
    return {
        (begin, end)
        for n, (begin, end) in enumerate(known)
        if any(other < begin < last < end for other, last in known[:n])
    }
