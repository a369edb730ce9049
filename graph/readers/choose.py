"""The one reader that accepts a file; a new format is one new module with `accepts` and `read`, named here."""

from __future__ import annotations

from typing import Protocol

from graph.danish.language import read_language
from graph.errors import EmptySourceError, SourceError, UnreadableSourceError, UnsupportedSourceError
from graph.model import SourceDocument
from graph.readers import docx, html, pdf, text

LONGEST_LINE = 1_000_000
SUPPORTED = "ren tekst (txt), Markdown (md), webside (html), PDF eller Word (docx)"
SUPPORTED_ENGLISH = "plain text (txt), Markdown (md), a web page (html), PDF or Word (docx)"
FOREIGN = {"norwegian": ("norsk", "Norwegian"), "swedish": ("svensk", "Swedish")}


class Reader(Protocol):
    """A module that reads one format: `accepts` tells by the bytes, `read` gives the source."""

    LARGEST_FILE: int

    def accepts(self, content: bytes) -> bool:
        """Whether the bytes are of this reader's format."""
        ...

    def read(self, content: bytes, title: str) -> SourceDocument:
        """The source that the bytes hold."""
        ...


def readers() -> tuple[Reader, ...]:
    """Every reader; the order decides nothing, for at most one may accept a file."""
    return (docx, html, pdf, text)


def read_source(content: bytes, *, title: str) -> SourceDocument:
    """The source that a file's bytes hold, read by the one reader that accepts them.

    Raises SourceError where the file is empty, too large, in another language, or of a format that no reader knows.
    """
    if not content[:LONGEST_LINE].strip() and not content.strip():
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
    reader = accepting[0]
    if len(content) > reader.LARGEST_FILE:
        megabytes, most = len(content) // 1_000_000, reader.LARGEST_FILE // 1_000_000
        raise UnreadableSourceError(
            f"Filen er for stor ({megabytes} MB; højst {most} MB).",
            f"The file is too large ({megabytes} MB; at most {most} MB). Split it into several files.",
            path=title,
            advice="Del den i flere filer.",
        )
    source = reader.read(content, title)
    _check(source)
    return source


def _check(source: SourceDocument) -> None:
    if not source.text.strip():
        raise _empty(source.title)
    lines = source.text.split("\n") if len(source.text) > LONGEST_LINE else ()
    for number, line in enumerate(lines, 1):
        if len(line) > LONGEST_LINE:
            raise UnreadableSourceError(
                f"Linjen er for lang ({len(line)} tegn; højst {LONGEST_LINE}).",
                f"The line is too long ({len(line)} characters; at most {LONGEST_LINE}). Break it into lines.",
                path=source.title,
                line=number,
                advice="Del den med linjeskift.",
            )
    language = read_language(source.text)
    if language in FOREIGN:
        danish, english = FOREIGN[language]
        raise UnsupportedSourceError(
            f"Det er et {danish} mødereferat; her læses kun danske.",
            f"These are {english} minutes; only Danish ones are read here. Leave the file out.",
            path=source.title,
            advice="Lad filen være ude.",
        )


def _empty(title: str) -> SourceError:
    return EmptySourceError(
        "Der er ingen tekst i filen.",
        "There is no text in the file. If it is a scan, send it as text.",
        path=title,
        advice="Er det en indscannet fil, så send den som tekst.",
    )
