"""Word files: paragraphs, lists and tables in their order, and nothing that would be unpacked without end."""

from __future__ import annotations

from io import BytesIO

import pytest
from docx import Document

from graph.errors import SourceError, UnreadableSourceError
from graph.readers.docx import accepts, read
from tests.bad_files import body, word


def text_of(inside: str) -> str:
    return read(word(body(inside)), "a.docx").text


def paragraph(words: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def test_a_file_of_word_s_own_lists_and_tables() -> None:
    document = Document()
    document.add_heading("1. Godkendelse af dagsorden", 1)
    document.add_paragraph("Borgmesteren indstiller,")
    for words in ("at dagsordenen godkendes", "at mødet holdes"):
        document.add_paragraph(words, style="List Number")
    document.add_paragraph("et punkt", style="List Bullet")
    table = document.add_table(1, 3)
    for cell, words in zip(table.rows[0].cells, ("1 - 77123", "Åben", "Notat.docx"), strict=True):
        cell.text = words
    document.add_paragraph("2 - 77124\tÅben\nsidste linje")
    stream = BytesIO()
    document.save(stream)
    assert accepts(stream.getvalue())
    assert read(stream.getvalue(), "a.docx").text == (
        "1. Godkendelse af dagsorden\n\nBorgmesteren indstiller,\n\n  1. at dagsordenen godkendes\n"
        "  2. at mødet holdes\n  • et punkt\n\n1 - 77123\tÅben\tNotat.docx\n\n2 - 77124\tÅben\nsidste linje\n"
    )


def test_content_controls_and_accepted_changes_are_read() -> None:
    control = f"<w:sdt><w:sdtContent>{paragraph('Beslutning')}</w:sdtContent></w:sdt>"
    deleted = "<w:del><w:r><w:delText>Udsat.</w:delText></w:r></w:del>"
    inserted = "<w:ins><w:r><w:t>Godkendt.</w:t></w:r></w:ins>"
    assert text_of(f"{control}<w:p>{deleted}{inserted}</w:p>") == "Beslutning\n\nGodkendt.\n"


def test_codes_of_fields_are_no_words() -> None:
    assert text_of("<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>Side</w:t></w:r></w:p>") == "Side\n"


def test_empty_paragraphs_are_the_writer_s_empty_lines() -> None:
    lines = ["Udvalg: Byrådet", "Sted: Salen", "", "Beslutning", "", "Godkendt."]
    assert text_of("".join(map(paragraph, lines))) == "Udvalg: Byrådet\nSted: Salen\n\nBeslutning\n\nGodkendt.\n"


def test_a_table_that_only_lays_out_is_read_as_paragraphs() -> None:
    cell = f"<w:tc>{paragraph('Beslutning')}{paragraph('Godkendt.')}</w:tc>"
    assert text_of(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>") == "Beslutning\n\nGodkendt.\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (word(body(" " * 120_000_000)), "pakket ud"),
        (word(body(""), more=2001), "pakket ud"),
        (word(body("<w:p/>").replace("<w:doc", "<!DOCTYPE a><w:doc", 1)), "DOCTYPE"),
        (word("ikke XML"), "beskadiget"),
        (word(body("<w:p/>"), name="word/document2.xml"), "beskadiget"),
    ],
)
def test_what_is_unsafe_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableSourceError, match=words):
        read(content, "a.docx")


def test_half_a_file_is_damaged() -> None:
    whole = word(body(paragraph("Beslutning")))
    for length in range(40, len(whole) - 1, 37):
        with pytest.raises(SourceError):
            read(whole[:length], "a.docx")
