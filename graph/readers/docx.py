"""Word files (docx) → SourceDocument: paragraphs, lists and tables in their order, changes as if accepted.

The parts are read as XML, for a package for writing such files passes over content controls and the numbers of lists.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from graph.model import SourceDocument
from graph.readers.decoding import clean
from graph.readers.docx_lists import Lists, Styles, W
from graph.readers.packed import Package
from graph.readers.page_lines import PageLines, squeeze
from graph.readers.signs import ZIP
from graph.readers.text import source_document

LARGEST_FILE = 100_000_000
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_SKIPPED = frozenset(
    {W + "del", W + "moveFrom", W + "instrText", W + "delText", W + "txbxContent", W + "pPr", W + "rPr"}
    | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_BOXES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HOLDERS = frozenset(W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


def accepts(content: bytes) -> bool:
    """Whether the bytes are a Word file."""
    return content.startswith(ZIP) and b"word/document" in content


def read(content: bytes, title: str) -> SourceDocument:
    """The source with the file's text; headers, footers and comments are left out."""
    package = Package(content, title)
    document = package.xml("word/document.xml")
    if document is None:
        raise package.damaged()
    styles = Styles(package.xml("word/styles.xml"))
    writer = Writer(styles, Lists(package.xml("word/numbering.xml"), styles))
    body = document.find(W + "body")
    if body is not None:
        writer.spaced = _has_empty_paragraphs(body)
        writer.blocks(body)
    return source_document(clean(writer.lines.text()), content, title=title, media_type=MEDIA_TYPE)


def _has_empty_paragraphs(body: etree._Element) -> bool:
    """Whether a file parts its paragraphs by empty ones, so that its lines are as close as they are written."""
    own = [paragraph_text(paragraph).strip() for paragraph in body.iterfind(W + "p")]
    return sum(not words for words in own[1:-1]) * 5 > len(own)


class Writer:
    """Writes the blocks of a Word file as lines."""

    def __init__(self, styles: Styles, lists: Lists) -> None:
        self.styles, self.lists = styles, lists
        self.lines = PageLines()
        self.spaced = False
        self.in_list = False

    def blocks(self, parent: etree._Element) -> None:
        """The paragraphs and tables of a body, a cell, a content control or a text box."""
        for block in parent:
            if block.tag == W + "p":
                self.paragraph(block)
            elif block.tag == W + "tbl":
                self.table(block)
            elif block.tag in _HOLDERS:
                self.blocks(block)

    def paragraph(self, paragraph: etree._Element) -> None:
        """A paragraph with its number, and the text boxes that hang on it."""
        words = paragraph_text(paragraph)
        heading = self.styles.is_heading(paragraph)
        mark = self.lists.mark(paragraph) if words.strip() else None
        if heading or not words.strip() or (not self.spaced and not (mark and self.in_list)):
            self.lines.end_block()
        if mark:
            self.lines.begin_list_item(mark, "" if heading else "  ")
        for number, line in enumerate(words.split("\n")):
            if number:
                self.lines.end_line()
            for place, part in enumerate(line.split("\t")):
                if place:
                    self.lines.tab()
                self.lines.write(part)
        self.lines.end_list_item()
        self.in_list = bool(mark) and not heading
        if heading:
            self.lines.end_block()
        for box in paragraph.iter(W + "txbxContent"):
            if next(box.iterancestors(_BOXES), None) is None:
                self.blocks(box)

    def table(self, table: etree._Element) -> None:
        """A table: a line for each row, or all that its cells hold where one holds more than a line."""
        rows = [list(row.iterfind(W + "tc")) for row in table.iter(W + "tr") if _of(row, table)]
        if all(_is_line(cell) for row in rows for cell in row):
            self.lines.table([[squeeze(" ".join(cell_lines(cell))) for cell in row] for row in rows])
        else:
            self.lines.end_block()
            for row in rows:
                for cell in row:
                    self.blocks(cell)
        self.in_list = False


def _of(row: etree._Element, table: etree._Element) -> bool:
    return next(row.iterancestors(W + "tbl"), None) is table


def cell_lines(cell: etree._Element) -> Iterator[str]:
    """The paragraphs of a cell that hold words."""
    for paragraph in cell.iterfind(f".//{W}p"):
        if words := squeeze(paragraph_text(paragraph)):
            yield words


def _is_line(cell: etree._Element) -> bool:
    return len(list(cell_lines(cell))) <= 1 and cell.find(f".//{W}tbl") is None


def paragraph_text(paragraph: etree._Element) -> str:
    """The words of a paragraph; tabs and line breaks as they stand, deleted words and fields' codes not."""
    return "".join(_words(paragraph))


def _words(node: etree._Element) -> Iterator[str]:
    for part in node:
        if part.tag in _SKIPPED:
            continue
        if part.tag == W + "t":
            yield part.text or ""
        elif part.tag == W + "tab":
            yield "\t"
        elif part.tag in {W + "br", W + "cr"}:
            yield "\n"
        elif part.tag == W + "noBreakHyphen":
            yield "-"
        else:
            yield from _words(part)
