"""The sentences behind what a page says, each with its place in the source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from api.views.rows import Row, count, key, word

Texts = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a source that a statement rests on; `line` is None where the source's text is not held."""

    text: str
    source: str
    begin: int
    end: int
    line: int | None
    kind: str
    rule: str = ""
    confidence: float | None = None

    @property
    def iri(self) -> str:
        """The address of the sentence on the source's page."""
        return f"{self.source}#char={self.begin},{self.end}"

    @property
    def place(self) -> tuple[str, int]:
        """The line that it stands on, or where it begins in a source whose text is not held."""
        return self.source, self.begin if self.line is None else self.line


Quotes = Mapping[str, tuple[Quote, ...]]


def one_a_line(found: Iterable[Quote]) -> tuple[Quote, ...]:
    """The first quote of each line of each source."""
    lines: dict[tuple[str, int], Quote] = {}
    for quote in found:
        lines.setdefault(quote.place, quote)
    return tuple(lines.values())


def hash_of(source: str) -> str:
    """The hash in a source's address, with or without .txt behind it.

    >>> hash_of("http://127.0.0.1:8000/sources/ab12.txt")
    'ab12'
    """
    return source.rpartition("/")[2].removesuffix(".txt")


@dataclass(frozen=True, slots=True)
class Lines:
    """Tells on which line of its source a place stands; `texts` gives a source's text by its hash."""

    texts: Texts
    known: dict[str, str | None] = field(default_factory=dict)

    def line(self, source: str, begin: int) -> int | None:
        r"""The line, counted from 1; None where the source's text is not held.

        >>> Lines({"ab12": "Sagsgang\nDIR\n"}.get).line("http://127.0.0.1:8000/sources/ab12.txt", 9)
        2
        """
        hashed = hash_of(source)
        if hashed not in self.known:
            self.known[hashed] = self.texts(hashed)
        text = self.known[hashed]
        return None if text is None else text.count("\n", 0, begin) + 1


def quotes(evidence: Iterable[Row], sources: Iterable[Row], lines: Lines) -> Quotes:
    """The sentences by the node they support."""
    kinds = {hash_of(word(row, "source")): key(word(row, "kind")) for row in sources}
    found: dict[str, dict[str, Quote]] = {}
    for row in evidence:
        source, begin = word(row, "text"), count(row, "begin")
        quote = Quote(
            text=word(row, "quote"),
            source=source.removesuffix(".txt"),
            begin=begin,
            end=count(row, "end"),
            line=lines.line(source, begin),
            kind=kinds.get(hash_of(source), ""),
            rule=word(row, "rule"),
            confidence=float(word(row, "confidence")) if "confidence" in row else None,
        )
        found.setdefault(word(row, "node"), {})[quote.iri] = quote
    return {node: tuple(group.values()) for node, group in found.items()}


def quoted(row: Row, lines: Lines) -> Quote | None:
    """The sentence in a row's columns quote, begin, end and text; None where it has none."""
    if "quote" not in row or "text" not in row:
        return None
    source, begin = word(row, "text"), count(row, "begin")
    return Quote(
        text=word(row, "quote"),
        source=source.removesuffix(".txt"),
        begin=begin,
        end=count(row, "end"),
        line=lines.line(source, begin),
        kind="",
    )


def all_quoted(rows: Iterable[Row], lines: Lines) -> tuple[Quote, ...]:
    """The different sentences of some rows, in the order they come."""
    return tuple(dict.fromkeys(quote for row in rows if (quote := quoted(row, lines))))
