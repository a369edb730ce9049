"""The one reader that accepts a file; a new format is one new module with `accepts` and `read`, named here."""

from __future__ import annotations

from typing import Protocol

from graph.errors import EmptySourceError, SourceError, UnreadableSourceError, UnsupportedSourceError
from graph.model import SourceDocument
from graph.readers import text

LARGEST_FILE = 20_000_000
LONGEST_LINE = 1_000_000
SUPPORTED = "ren tekst (txt) og Markdown (md)"
SUPPORTED_ENGLISH = "plain text (txt) and Markdown (md)"


class Reader(Protocol):
    """A module that reads one format: `accepts` tells by the bytes, `read` gives the source."""

    def accepts(self, content: bytes) -> bool:
        """Whether the bytes are of this reader's format."""
        ...

    def read(self, content: bytes, title: str) -> SourceDocument:
        """The source that the bytes hold."""
        ...


def readers() -> tuple[Reader, ...]:
    """Every reader; the order decides nothing, for at most one may accept a file."""
    return (text,)


def read_source(content: bytes, *, title: str) -> SourceDocument:
    """The source that a file's bytes hold, read by the one reader that accepts them.

    Raises SourceError where the file is empty, too large, or of a format that no reader knows.
    """
    if len(content) > LARGEST_FILE:
        raise UnreadableSourceError(
            f"Filen er for stor ({len(content) // 1_000_000} MB; højst {LARGEST_FILE // 1_000_000} MB).",
            f"The file is too large ({len(content) // 1_000_000} MB; at most {LARGEST_FILE // 1_000_000} MB).",
            path=title,
            advice="Del den i flere filer.",
        )
    if not content.strip():
        raise _empty(title)
    accepting = [reader for reader in readers() if reader.accepts(content)]
    if len(accepting) != 1:
        raise UnsupportedSourceError(
            "Filens format kendes ikke." if not accepting else "Flere læsere tager imod filen.",
            ("No reader knows the file's format." if not accepting else "More than one reader accepts the file.")
            + f" Save it as {SUPPORTED_ENGLISH}.",
            path=title,
            advice=f"Gem den som {SUPPORTED}.",
        )
    source = accepting[0].read(content, title)
    _check(source)
    return source


def _check(source: SourceDocument) -> None:
    if not source.text.strip():
        raise _empty(source.title)
    for number, line in enumerate(source.text.split("\n"), 1):
        if len(line) > LONGEST_LINE:
            raise UnreadableSourceError(
                f"Linjen er for lang ({len(line)} tegn; højst {LONGEST_LINE}).",
                f"The line is too long ({len(line)} characters; at most {LONGEST_LINE}).",
                path=source.title,
                line=number,
                advice="Del den med linjeskift.",
            )


def _empty(title: str) -> SourceError:
    return EmptySourceError(
        "Der er ingen tekst i filen.",
        "There is no text in the file.",
        path=title,
        advice="Er det en indscannet fil, så send den som tekst.",
    )
