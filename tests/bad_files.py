"""A corpus of files that are no minutes, or that mean harm, each with the words that its reader must be told.

`python tests/bad_files.py FOLDER` writes them all.
"""

from __future__ import annotations

import gzip
import random
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from graph.readers.docx_lists import W

Bad = tuple[str, bytes, str]
NOTHING = "ingen tekst"
FORMAT = "format kendes ikke"
NO_MINUTES = "intet referat"
DAMAGED = "beskadiget"
LARGE = "for stor"
PACKED = "pakket"
MANY = "for mange"
DECISION = "Beslutning i Økonomiudvalget den 12-10-2024\n\nDrøftet.\n"
_NAMESPACE = f'xmlns:w="{W.strip("{}")}"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_LAUGHS = (
    '<!DOCTYPE a [<!ENTITY l0 "ha">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12)) + "]>"
)


def texts() -> Iterator[Bad]:
    """Plain text: empty, endless, of no known characters, or not of a Danish body."""
    noise = random.Random(4).randbytes(50_000)
    yield "empty.txt", b"", NOTHING
    yield "blanks.txt", b" \n\t\r\n" * 1000, NOTHING
    yield "newlines.txt", b"\n" * 5_000_000, NOTHING
    yield "mark-only.txt", b"\xef\xbb\xbf", NOTHING
    yield "zeros.txt", bytes(100_000), FORMAT
    yield "noise.txt", noise, FORMAT
    yield "utf16-without-mark.txt", DECISION.encode("utf-16-le") * 20, FORMAT
    yield "line.txt", b"Sagsgang " * 250_000, "for lang"
    yield "huge.txt", b"Sagsgang\n" * 2_400_000, LARGE
    yield "brackets.txt", b"(" * 400_000 + b"\n", NO_MINUTES
    yield "accents.txt", ("a" + "\u0301" * 300_000).encode(), NO_MINUTES
    yield "directions.txt", "\u202eReferat\u2066 af \u200fintet\n".encode() * 2000, NO_MINUTES
    yield "mixed.txt", "Æbler\n".encode() + "Pærer på fad\n".encode("cp1252") * 200, NO_MINUTES
    yield "surrogates.txt", b"\xed\xa0\x80\xed\xb0\x80 M\xe6lk\n" * 500, NO_MINUTES
    yield "shopping.txt", "Mælk\nBrød\nto poser kartofler\n".encode(), NO_MINUTES
    yield "cpr.txt", ("Sagsfremstilling\n\nAnsøgeren, 010190-1234, klager.\n\n" + DECISION).encode(), "CPR"
    yield "undated.txt", "Sagsfremstilling\n\nIntet.\n\nBeslutning i Økonomiudvalget\n\nDrøftet.\n".encode(), "dato"
    yield "elsewhere.txt", ("Direktionen i Norddjurs Kommune mødtes.\n\n" + DECISION).encode(), "Norddjurs Kommune"
    yield "norwegian.txt", NORWEGIAN.encode(), "norsk"
    yield "swedish.txt", SWEDISH.encode(), "svensk"


NORWEGIAN = (
    "Møteprotokoll\n\nUtvalg: Formannskapet\nMøtested: Rådhuset\nMøtedato: 04.05.2021\n\nForfall meldt:\nKari Li\n\n"
    "PS 12/21 Godkjenning av innkalling\n\nSaksbehandler: Per Moen\n\nRådmannens innstilling:\nInnkallingen godkjennes."
    "\n\nVedtak:\nEnstemmig vedtatt.\n"
)
SWEDISH = (
    "Sammanträdesprotokoll\n\nKommunstyrelsen\nPlats och tid: Stadshuset, 13.00\nBeslutande: Anna Lind (S)\n"
    "Ersättare: Bo Ek (M)\nUtses att justera: Eva Strand\n\n§ 45 Årsredovisning\n\nBeslut\n\nKommunstyrelsen godkänner "
    "årsredovisningen.\n\nSammanfattning av ärendet\n\nJäv: ingen.\n"
)


def pages() -> Iterator[Bad]:
    """Web pages, and other markup that is none."""
    start = b"<!doctype html><html><body>"
    yield "nested.html", start + b"<div>" * 300_000 + b"x", MANY
    yield "attributes.html", start + b"<p " + b" ".join(b"a%x" % n for n in range(2_000_000)) + b">x", MANY
    yield "tags.html", start + b"<br>" * 1_000_000, MANY
    yield "unclosed.html", start + b"<p " * 1_000_000, MANY
    yield "bold.html", start + b"".join(b"<p><b id=%d>x" % n for n in range(50_000)), MANY
    yield "lists.html", start + b"<ul><li>" * 5_000, MANY
    yield "script.html", start + b"<script>" + b"if (a<b) { c() }\n" * 100_000, NOTHING
    yield "comment.html", b"<!-- " + b"-" * 1_000_000, "for lang"
    yield "menu.html", start + b"<nav><ul><li>Forside<li>Kontakt</ul></nav>", NOTHING
    yield "picture.html", start + b'<img src="data:image/png;base64,' + b"A" * 15_000_000 + b'">', NOTHING
    yield "line.html", start + b"<p>" + b"Sagsgang " * 250_000, "for lang"
    yield "huge.html", start + b"<p>Sagsgang</p>" * 1_500_000, LARGE
    yield "cut.html", start + b"<p>Vi bruger cookies</p><table><tr><td>Bes", NO_MINUTES
    yield "zeros.html", b"<html><body><p>" + b"M\x00\x00lk " * 1000, NO_MINUTES
    yield "laughs.html", b"<!DOCTYPE html [" + _LAUGHS.encode() + b"]><html><body>&l11;</body>", NO_MINUTES
    yield "laughs.xml", b'<?xml version="1.0"?>' + _LAUGHS.encode() + b"<a>&l11;</a>", FORMAT
    yield (
        "outside.xml",
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        FORMAT,
    )
    yield "drawing.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><text>Beslutning</text></svg>', FORMAT


def word(document: str, *, more: int = 0, name: str = "word/document.xml") -> bytes:
    """A Word file with a document part, and as many empty parts more."""
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr(name, document)
        for number in range(more):
            package.writestr(f"word/media/{number}", b"")
    return stream.getvalue()


def body(inside: str) -> str:
    """A document part with something in its body."""
    return f'<?xml version="1.0"?><w:document {_NAMESPACE}><w:body>{inside}</w:body></w:document>'


def words(scale: int) -> Iterator[Bad]:
    """Word files, and other packed ones."""
    paragraph = "<w:p><w:r><w:t>Beslutning</w:t></w:r></w:p>"
    whole = word(body(paragraph * 50))
    begin = whole.index(b"word/document.xml") + len("word/document.xml") + 30
    inside = whole[begin : begin + 20]
    yield "bomb.docx", word(body(" " * (120_000_000 * scale))), PACKED
    yield "paragraphs.docx", word(body("<w:p/>" * (15_000_000 * scale))), PACKED
    yield "members.docx", word(body(paragraph), more=2_500), PACKED
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:doc'
    yield "outside.docx", word(body("&x;").replace("<w:doc", outside, 1)), "DOCTYPE"
    yield "laughs.docx", word(body("&l11;").replace("<w:doc", f"{_LAUGHS}<w:doc", 1)), DAMAGED
    yield "deep.docx", word(body("<w:sdt><w:sdtContent>" * 3000)), DAMAGED
    yield "cut.docx", whole[: len(whole) // 2], DAMAGED
    yield "flipped.docx", whole.replace(inside, bytes(len(inside)), 1), DAMAGED
    yield "unnamed.docx", word(body(paragraph), name="word/document2.xml"), DAMAGED
    yield "no-xml.docx", word("Beslutning"), DAMAGED
    yield "empty.docx", word(body("")), NOTHING
    yield "sheet.xlsx", word(body(paragraph), name="xl/workbook.xml"), FORMAT
    yield "old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), FORMAT
    yield "rich.rtf", b"{\\rtf1\\ansi Beslutning}", FORMAT
    yield "packed.gz", gzip.compress(DECISION.encode()), FORMAT


def pdf(objects: list[bytes]) -> bytes:
    """A PDF of objects numbered from 1, the first its catalogue; without a table, as damaged ones are."""
    inside = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, words) for n, words in enumerate(objects, 1))
    return b"%PDF-1.4\n" + inside + b"trailer\n<< /Root 1 0 R >>\n%%EOF\n"


def stream(content: bytes, filters: bytes) -> bytes:
    """A stream object."""
    return b"<< /Length %d /Filter [%s] >>\nstream\n%s\nendstream" % (len(content), filters, content)


def papers(scale: int) -> Iterator[Bad]:
    """PDF files."""
    catalogue, kids = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>"
    twice = zlib.compress(zlib.compress(b" " * (500_000_000 * scale), 1), 9)
    yield "head.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", DAMAGED
    yield "noise.pdf", b"%PDF-1.7\n" + random.Random(5).randbytes(100_000), DAMAGED
    yield "loop.pdf", pdf([catalogue, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]), ""
    yield "bomb.pdf", pdf([catalogue, kids, page, stream(twice, b"/FlateDecode /FlateDecode")]), ""
    yield "arrays.pdf", pdf([catalogue, kids, page, b"[" * 200_000 + b"]" * 200_000]), ""
    yield "negative.pdf", pdf([catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count -5 >>", page, b"null"]), ""
    yield "scan.pdf", printed(3), NOTHING
    yield "pages.pdf", printed(5_001), "5001 sider"
    yield "locked.pdf", printed(1, "Beslutning", password="hemmeligt"), "adgangskode"  # noqa: S106
    yield "letters.pdf", printed(1, "Beslutning " * 20_000), "mødets dato"
    yield "cut.pdf", printed(5, "Beslutning")[:400], DAMAGED


def printed(count: int, words: str = "", *, password: str | None = None) -> bytes:
    """A PDF with the same words on each of its pages."""
    paper = BytesIO()
    canvas = Canvas(paper, pagesize=A4, invariant=1, encrypt=password)
    for _ in range(count):
        canvas.drawString(72, 700, words)
        canvas.showPage()
    canvas.save()
    return paper.getvalue()


def others() -> Iterator[Bad]:
    """Files of other kinds, some under the name of a kind that is read."""
    picture = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sIIBBBBB", 13, b"IHDR", 1, 1, 8, 2, 0, 0, 0) + bytes(500)
    yield "picture.png", picture, FORMAT
    yield "picture.txt", picture, FORMAT
    yield "photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + random.Random(6).randbytes(5000), FORMAT
    yield "program.html", b"\x7fELF\x02\x01\x01" + bytes(3000), FORMAT
    yield "saved.mht", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\n<html>Beslutning", FORMAT
    yield "table.db", b"SQLite format 3\x00" + bytes(4080), FORMAT
    yield "shopping.pdf", b"M\xc3\xa6lk\nBr\xc3\xb8d\n", NO_MINUTES


def bad_files(scale: int = 1) -> Iterator[Bad]:
    """Every bad file: its name, its bytes, and words of the message that it must get ("" where any reason will do).

    `scale` makes the bombs larger.
    """
    yield from texts()
    yield from pages()
    yield from words(scale)
    yield from papers(scale)
    yield from others()


@cache
def corpus(scale: int = 1) -> tuple[Bad, ...]:
    """All bad files, made once."""
    return tuple(bad_files(scale))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for file, content, _ in bad_files():
        (folder / file).write_bytes(content)
