"""The same minutes as a web page, a PDF and a Word file: a text's blocks, written as people's programs write them."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from docx import Document
from docx.shared import Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

_HEADING = re.compile(r"#{1,6} \*{0,2}(.+?)\*{0,2}$")
_BULLET = re.compile(r"(?:  • |- )(.+)$")
_NUMBERED = re.compile(r"  (\d{1,2})\. (.+)$")
_TITLE = re.compile(r"(?:\d{1,3}\. )?[A-ZÆØÅ][^.:,]{2,80}$")
MENU = ("Forside", "Borger", "Erhverv", "Politik", "Dagsordener og referater", "Kontakt")


@dataclass(frozen=True, slots=True)
class Block:
    """Lines of a text that belong together: kind is heading, bullets, numbered, rows or lines."""

    kind: str
    lines: tuple[str, ...]


def blocks(text: str) -> Iterator[Block]:
    """The blocks of a text, parted by empty lines or by a change of kind.

    >>> [(block.kind, block.lines) for block in blocks("## Beslutning\\n\\n  1. at a\\n  2. at b\\n")]
    [('heading', ('Beslutning',)), ('numbered', ('at a', 'at b'))]
    """
    kind = ""
    lines: list[str] = []
    for line in [*text.strip("\n").split("\n"), ""]:
        own, words = _kind(line)
        if own != kind or not own:
            if lines:
                yield Block("heading" if _is_title(kind, lines) else kind, tuple(lines))
            lines = []
        kind = own
        if own:
            lines.append(words)


def _kind(line: str) -> tuple[str, str]:
    if not line.strip():
        return "", ""
    for kind, pattern, group in (("heading", _HEADING, 1), ("bullets", _BULLET, 1), ("numbered", _NUMBERED, 2)):
        if found := pattern.match(line):
            return kind, found[group]
    return ("rows" if "\t" in line else "lines"), line.strip("*")


def _is_title(kind: str, lines: list[str]) -> bool:
    return kind == "lines" and len(lines) == 1 and _TITLE.match(lines[0]) is not None


def as_html(text: str, *, title: str, encoding: str = "utf-8") -> bytes:
    """A web page with the minutes, between a menu, a cookie banner, buttons and a footer."""
    menu = "".join(f'<li><a href="/{n}">{words}</a></li>' for n, words in enumerate(MENU))
    body = "\n".join(_html(block) for block in blocks(text))
    page = (
        f'<!doctype html>\n<html lang="da"><head><meta charset="{encoding}"><title>{html.escape(title)}</title>'
        "<style>p { margin: 0 }</style><script>if (1 < 2) document.title += '</p>';</script></head>\n"
        f'<body class="has-menu"><div id="cookie-banner" role="dialog"><p>Vi bruger cookies.</p><button>Tillad alle'
        f"</button></div><header><nav><ul>{menu}</ul></nav></header>\n<main>\n"
        f'<a class="skip-link" href="#top">Gå til indhold</a>{body}\n<button onclick="print()">Udskriv</button>'
        "</main>\n"
        "<footer><p>Elmested Kommune, Torvet 1, Bakkeby. Telefon 00 00 00 00</p></footer></body></html>\n"
    )
    return page.encode(encoding, "xmlcharrefreplace")


def _html(block: Block) -> str:
    lines = [html.escape(line) for line in block.lines]
    if block.kind == "heading":
        return f"<h2>{lines[0]}</h2>"
    if block.kind in {"bullets", "numbered"}:
        tag = "ul" if block.kind == "bullets" else "ol"
        return f"<{tag}>{''.join(f'<li>{line}</li>' for line in lines)}</{tag}>"
    if block.kind == "rows":
        rows = ("".join(f"<td>{cell}</td>" for cell in line.split("\t")) for line in lines)
        return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in rows)}</tbody></table>"
    return f"<p>{'<br>'.join(lines)}</p>"


def as_docx(text: str) -> bytes:
    """A Word file with the minutes: headings, lists of Word's own numbering, tables."""
    document = Document()
    for block in blocks(text):
        if block.kind == "heading":
            document.add_heading(block.lines[0], 2)
        elif block.kind == "rows":
            cells = [line.split("\t") for line in block.lines]
            table = document.add_table(len(cells), max(map(len, cells)))
            for y, row in enumerate(cells):
                for x, cell in enumerate(row):
                    table.cell(y, x).text = cell
        elif block.kind == "bullets":
            for line in block.lines:
                document.add_paragraph(line, style="List Bullet")
        elif block.kind == "numbered":
            for number, line in enumerate(block.lines, 1):
                document.add_paragraph(f"  {number}. {line}")
        else:
            paragraph = document.add_paragraph("\n".join(block.lines))
            paragraph.paragraph_format.space_after = Pt(6)
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def as_pdf(text: str, *, header: str = "Elmested Kommune", height: float = A4[1]) -> bytes:
    """A PDF with the minutes on as many pages as they take, each with a header and "Side N"."""
    plain = ParagraphStyle("plain", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=9)
    heading = ParagraphStyle("heading", parent=plain, fontName="Helvetica-Bold", spaceBefore=4)
    listed = ParagraphStyle("listed", parent=plain, leftIndent=24, bulletIndent=8, spaceAfter=0)

    def edges(canvas: Canvas, page: SimpleDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, height - 40, header)
        canvas.drawString(480, 30, f"Side {page.page}")

    story: list[object] = []
    for block in blocks(text):
        lines = [html.escape(line) for line in block.lines]
        if block.kind == "heading":
            story.append(Paragraph(lines[0], heading))
        elif block.kind in {"bullets", "numbered"}:
            for number, line in enumerate(lines, 1):
                mark = "•" if block.kind == "bullets" else f"{number}."
                story.append(Paragraph(line, listed, bulletText=mark))
            story.append(Spacer(1, 9))
        elif block.kind == "rows":
            cells = [[Paragraph(cell, plain) for cell in line.split("\t")] for line in lines]
            story.append(Table(cells, style=[("VALIGN", (0, 0), (-1, -1), "TOP")]))
        else:
            story.append(Paragraph("<br/>".join(lines), plain))
    stream = BytesIO()
    paper = SimpleDocTemplate(stream, pagesize=(A4[0], height), invariant=1, title=header)
    paper.build(story, onFirstPage=edges, onLaterPages=edges)
    return stream.getvalue()


def written(text: str, suffix: str, *, title: str = "Referat") -> bytes:
    """A text as a file of the format that a suffix names: .txt, .html, .pdf or .docx."""
    if suffix == ".html":
        return as_html(text, title=title)
    if suffix == ".pdf":
        return as_pdf(text)
    return as_docx(text) if suffix == ".docx" else text.encode()
