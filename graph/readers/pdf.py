"""PDF → SourceDocument: the words by their places on the page, put together as lines, and where each page begins."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from graph.errors import EmptySourceError, SourceError, UnreadableSourceError
from graph.model import SourceDocument
from graph.readers.decoding import clean
from graph.readers.page_columns import in_reading_order
from graph.readers.page_edges import without_edges
from graph.readers.page_paragraphs import paragraphs
from graph.readers.page_words import Word, page_lines
from graph.readers.signs import is_pdf
from graph.readers.text import source_document

LARGEST_FILE = 100_000_000
MOST_PAGES = 5_000
MOST_LETTERS = 20_000_000
MOST_LETTERS_OF_PAGE = 200_000

_PASSWORD = 4  # FPDF_ERR_PASSWORD
_SOFT_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}


def accepts(content: bytes) -> bool:
    """Whether the bytes are a PDF."""
    return is_pdf(content)


def read(content: bytes, title: str) -> SourceDocument:
    """The source with the pages' text; headers and footers that repeat are left out, but for the first."""
    try:
        paper = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error, title) from None
    try:
        pages = _pages(paper, title)
        width = max((paper.get_page_size(number)[0] for number in range(len(paper))), default=0.0)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error, title) from None
    finally:
        paper.close()
    lines = [in_reading_order(page_lines(words)) for words in without_edges(pages)]
    text, starts = assembled(lines, width)
    if not text.strip():
        raise EmptySourceError(
            f"Der er ingen tekst på PDF-filens {len(pages)} sider; den er formentlig scannet.",
            f"There is no text on the {len(pages)} pages of the PDF; it is probably a scan. "
            "Send the file that it was printed from, or read the scan by OCR first.",
            path=title,
            advice="Send den fil, som den er skrevet ud fra, eller lad et OCR-program læse den først.",
        )
    source = source_document(text, content, title=title, media_type="application/pdf")
    return replace(source, page_start=starts)


def _pages(paper: pypdfium2.PdfDocument, title: str) -> list[list[Word]]:
    """The words of each page."""
    if len(paper) > MOST_PAGES:
        raise too_long(f"{len(paper)} sider; højst {MOST_PAGES}", f"{len(paper)} pages; at most {MOST_PAGES}", title)
    found, letters = [], 0
    for number in range(len(paper)):
        page = paper[number]
        words = list(page_words(page, title))
        page.close()
        letters += sum(len(word.text) for word in words)
        if letters > MOST_LETTERS:
            raise too_long(f"over {MOST_LETTERS} tegn", f"over {MOST_LETTERS} characters", title)
        found.append(words)
    return found


def page_words(page: pypdfium2.PdfPage, title: str) -> Iterator[Word]:
    """The words of a page with their boxes, in the order of the file."""
    sheet = page.get_textpage()
    count = sheet.count_chars()
    if count > MOST_LETTERS_OF_PAGE:
        raise too_long(f"{count} tegn på en side", f"{count} characters on one page", title)
    box = pdfium.FS_RECTF()
    reference, raw = ctypes.byref(box), sheet.raw
    letters: list[str] = []
    left = right = bottom = top = 0.0
    for n in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, n)
        letter = _SOFT_HYPHENS.get(code) or chr(code)
        if letter.isspace() or code == 0:
            if letters:
                yield Word(clean("".join(letters)), left, right, bottom, top)
                letters = []
            continue
        pdfium.FPDFText_GetLooseCharBox(raw, n, reference)
        apart = (
            box.left - right > 0.3 * (top - bottom)
            or box.left < left
            or abs(box.bottom - bottom) > 0.5 * (top - bottom)
        )
        if letters and apart:
            yield Word(clean("".join(letters)), left, right, bottom, top)
            letters = []
        if not letters:
            left, bottom, top = box.left, box.bottom, box.top
        letters.append(letter)
        right = box.right
    if letters:
        yield Word(clean("".join(letters)), left, right, bottom, top)
    sheet.close()


def assembled(pages: list[list[list[Word]]], width: float) -> tuple[str, tuple[int, ...]]:
    """The text of all pages, and the offset at which each page begins."""
    pieces: list[str] = []
    starts: list[int] = []
    length = 0
    for piece, page in paragraphs(pages, width):
        while len(starts) <= page:
            starts.append(length + (len(piece) - len(piece.lstrip("\n"))))
        pieces.append(piece)
        length += len(piece)
    text = "".join(pieces) + "\n" if pieces else ""
    starts += [length] * (len(pages) - len(starts))
    return text, tuple(starts)


def too_long(what: str, english: str, title: str) -> UnreadableSourceError:
    """The error for a PDF with more in it than minutes have."""
    return UnreadableSourceError(
        f"PDF-filen er for stor ({what}).",
        f"The PDF is too large ({english}). Split it into several files.",
        path=title,
        advice="Del den i flere filer.",
    )


def _unreadable(error: pypdfium2.PdfiumError, title: str) -> SourceError:
    if getattr(error, "err_code", None) == _PASSWORD:
        return UnreadableSourceError(
            "PDF-filen er låst med en adgangskode.",
            "The PDF is locked by a password. Save it without one.",
            path=title,
            advice="Gem den uden adgangskode.",
        )
    return UnreadableSourceError(
        "PDF-filen er beskadiget og kan ikke åbnes.",
        "The PDF is damaged and cannot be opened. Fetch it again, or save it as text.",
        path=title,
        advice="Hent den igen, eller gem den som tekst.",
    )
