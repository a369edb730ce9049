"""PDF: lines, columns and tables put together from where the words stand, page by page."""

from __future__ import annotations

from io import BytesIO

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from graph.errors import EmptySourceError, UnreadableSourceError
from graph.model import SourceDocument
from graph.readers.pdf import accepts, read
from tests.bad_files import printed
from tests.maker.files import as_pdf

PROSE = (
    "Vej- og parkdriften og havnedriften har i dag til huse på hver sin adresse, og begge bygninger trænger til en "
    "gennemgribende renovering. Direktionen drøfter forslaget om at samle driften på ét sted."
)
Placed = tuple[float, float, str]


def paper(*pages: list[Placed]) -> SourceDocument:
    """A PDF with words at places (from the left and from the top, in points) on its pages, as it is read."""
    stream = BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for page in pages:
        canvas.setFont("Helvetica", 10)
        for left, down, words in page:
            canvas.drawString(left, A4[1] - down, words)
        canvas.showPage()
    canvas.save()
    assert accepts(stream.getvalue())
    return read(stream.getvalue(), "a.pdf")


def test_a_paragraph_is_one_line_and_a_heading_its_own() -> None:
    text = read(as_pdf(f"Sagsfremstilling\n\n{PROSE}\n\nBeslutning\n\nGodkendt.\n", header=""), "a.pdf").text
    assert text == f"Sagsfremstilling\n\n{PROSE}\n\nBeslutning\n\nGodkendt.\n"


def test_lists_keep_their_marks() -> None:
    text = read(as_pdf(f"Indstilling\n\n  1. at {PROSE}\n  2. at det sker\n", header=""), "a.pdf").text
    assert text == f"Indstilling\n\n1. at {PROSE}\n2. at det sker\n"


def test_headers_and_page_numbers_go_and_the_first_header_stays() -> None:
    pages: list[list[Placed]] = [
        [(72, 40, "Byrådet, 12-03-2024"), (72, 100, f"Punkt {n}"), (72, 130, "Godkendt."), (480, 800, f"Side {n} af 3")]
        for n in (1, 2, 3)
    ]
    text = paper(*pages).text
    assert text.count("Byrådet") == 1
    assert "Side" not in text
    assert [f"Punkt {n}" in text for n in (1, 2, 3)] == [True] * 3


def test_the_page_of_a_place_can_be_told() -> None:
    source = paper([(72, 100, "Punkt 1")], [(72, 100, "Punkt 2")], [], [(72, 100, "Punkt 4")])
    assert [source.text[begin : begin + 7] for begin in source.page_start] == [
        "Punkt 1",
        "Punkt 2",
        "Punkt 4",
        "Punkt 4",
    ]
    long = read(as_pdf(f"Sagsfremstilling\n\n{PROSE * 20}\n\nBeslutning\n", header="", height=300), "a.pdf")
    assert len(long.page_start) > 1
    assert list(long.page_start) == sorted(long.page_start)


def test_a_paragraph_goes_on_over_a_page_break() -> None:
    text = read(as_pdf(f"Sagsfremstilling\n\n{PROSE} {PROSE} {PROSE} {PROSE}\n", header="", height=240), "a.pdf").text
    assert f"{PROSE} {PROSE} {PROSE} {PROSE}" in text


def test_words_cut_in_a_narrow_cell_are_put_together() -> None:
    text = paper(
        [
            (72, 100, "Forvaltning"), (150, 100, "Titel"), (300, 100, "Status"),
            (72, 130, "Økonomiudval"), (150, 130, "Notat om de personalemæssige"), (300, 130, "Åben"),
            (72, 142, "gets sekretær"), (150, 142, "forhold"),
            (72, 172, "Direktionen"), (150, 172, "Plan"), (300, 172, "Lukket"),
        ]
    ).text  # fmt: skip
    assert text == (
        "Forvaltning\tTitel\tStatus\nØkonomiudvalgets sekretær\tNotat om de personalemæssige forhold\tÅben\n"
        "Direktionen\tPlan\tLukket\n"
    )


def test_a_table_over_a_page_break_has_its_header_once() -> None:
    head = [(72.0, 100.0, "Nr. og dokument"), (200.0, 100.0, "Adgang"), (320.0, 100.0, "Titel")]

    def row(n: int, down: float) -> list[Placed]:
        return [(72, down, f"{n} - 771{n}"), (200, down, "Åben"), (320, down, f"Notat nummer {n}.docx")]

    text = paper([*head, *row(1, 120), *row(2, 140)], [*head, *row(3, 120), *row(4, 140)]).text
    assert text.count("Adgang") == 1
    assert [f"{n} - 771{n}\tÅben\tNotat nummer {n}.docx" in text.split("\n") for n in range(1, 5)] == [True] * 4


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [(60.0, 100.0 + 13 * n, f"venstre spalte har linje {n:02d} med nogle ord") for n in range(20)]
    right = [(310.0, 100.0 + 13 * n, f"højre spalte har en linje {n:02d} og flere ord") for n in range(20)]
    mixed = [line for pair in zip(left, right, strict=True) for line in pair]
    words = paper([(60, 60, "Referat af mødet den 12. marts 2024"), *mixed]).text.split()
    assert words.index("højre") > len(words) - words[::-1].index("venstre") - 1
    assert words[:2] == ["Referat", "af"]


def test_a_word_hyphened_at_the_line_s_end_is_whole() -> None:
    full = "Kommunalbestyrelsen drøftede forslaget til en ny og samlet orden for kommunens parker og hav-"
    text = paper([(72, 100, full), (72, 113, "ne og veje.")]).text
    assert (
        text
        == "Kommunalbestyrelsen drøftede forslaget til en ny og samlet orden for kommunens parker og havne og veje.\n"
    )


def test_a_scan_is_told_to_be_one() -> None:
    with pytest.raises(EmptySourceError, match="scannet") as caught:
        read(printed(2), "scan.pdf")
    assert "OCR" in caught.value.english


def test_a_password_is_told() -> None:
    with pytest.raises(UnreadableSourceError, match="adgangskode"):
        read(printed(1, "Beslutning", password="hemmeligt"), "a.pdf")  # noqa: S106


def test_half_a_file_is_damaged_or_read() -> None:
    whole = as_pdf(PROSE)
    with pytest.raises(UnreadableSourceError, match="beskadiget"):
        read(whole[:200], "a.pdf")
