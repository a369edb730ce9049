"""Web pages: the minutes and nothing of the page around them, in lines as plain minutes have them."""

from __future__ import annotations

import time

import pytest

from graph.errors import UnreadableSourceError
from graph.readers.html import MOST_TAGS, accepts, read

PAGE = """<!DOCTYPE html>
<html lang="da"><head><meta charset="{charset}"><title>Byrådet 12. marts 2024 | Elmested Kommune</title>
<script>document.write("<p>Sagsfremstilling</p>");</script></head>
<body class="page has-menu">
<div class="cookie-banner"><p>Vi bruger cookies på Ærø.</p><button>OK</button></div>
<header role="banner"><nav><ul><li><a href="/">Forside</a></li><li>Politik</li></ul></nav></header>
<div class="wrapper"><div class="breadcrumbs">Du er her: Forside</div>
{minutes}
</div>
<footer>Elmested Kommune<p>Sikker mail</p></footer></body></html>"""


def text_of(minutes: str, charset: str = "utf-8") -> str:
    return read(PAGE.format(minutes=minutes, charset=charset).encode(charset), "side.html").text


def test_menus_banners_and_buttons_are_left_out() -> None:
    text = text_of("<main><h1>Referat</h1><p>Beslutning</p><p>Godkendt.</p><button>Print</button></main>")
    assert text == "Referat\n\nBeslutning\n\nGodkendt.\n"


@pytest.mark.parametrize("around", ["<main>{}</main>", "<div><div id=x7>{}</div></div>", "<article>{}</article>", "{}"])
def test_the_minutes_are_found_in_any_container(around: str) -> None:
    minutes = "<h2>1. Budget</h2><h3>Indstilling</h3><p>at budgettet godkendes</p><h3>Beslutning</h3><p>Godkendt.</p>"
    text = text_of(around.format(minutes))
    assert text.endswith("1. Budget\n\nIndstilling\n\nat budgettet godkendes\n\nBeslutning\n\nGodkendt.\n")
    assert "cookies" not in text
    assert "Politik" not in text


def test_a_second_article_is_no_reason_to_drop_the_first() -> None:
    text = text_of("<article><h2>Indstilling</h2></article><article><h2>Beslutning</h2></article>")
    assert "Indstilling" in text
    assert "Beslutning" in text


def test_the_page_s_title_tells_body_and_date_where_the_text_does_not() -> None:
    assert text_of("<main><p>Beslutning</p></main>").startswith("Byrådet 12. marts 2024\n\nBeslutning")
    assert "marts" not in text_of("<main><h1>Økonomiudvalget</h1><p>Beslutning</p></main>")


def test_lists_have_bullets_or_their_numbers() -> None:
    text = text_of(
        "<ul><li>en</li><li><p>to</p></li></ul><ol start=3><li>tre</li><li>fire<br>linjer</li></ol>"
        "<ol type=a><li>fem</ol>"
    )
    assert "  • en\n  • to\n\n  3. tre\n  4. fire\nlinjer\n\n  a. fem\n" in text


def test_cells_of_a_row_stand_on_one_line() -> None:
    text = text_of(
        "<table><tr><td>1 - 7712345</td><td>Åben</td><td>Notat om   drift.docx</td></tr>"
        "<tr><td>2 -</td><td>Lukket</td><td></td></tr></table>"
        "<table><tr><th>Mødested:</th><td>Salen</td></tr></table>"
    )
    assert "1 - 7712345\tÅben\tNotat om drift.docx\n2 -\tLukket\n\nMødested: Salen\n" in text


def test_a_table_that_only_lays_out_is_read_as_paragraphs() -> None:
    text = text_of("<table><tr><td><h2>Beslutning</h2><p>Godkendt.</p></td><td><p>Side</p></td></tr></table>")
    assert "Beslutning\n\nGodkendt.\n\nSide\n" in text


def test_a_grid_of_bodies_has_a_line_for_each_cell() -> None:
    text = text_of(
        "<table><tr><td>DIR</td><td>FOU</td><td>TMU</td><td>BYR</td></tr><tr><td></td><td>x</td><td></td><td>x</td></tr>"
        "</table>"
    )
    assert "DIR\n\nFOU\n\nTMU\n\nBYR\n\n \n\n x\n\n \n\n x\n" in text


def test_fold_out_texts_are_read_and_their_signposts_are_not() -> None:
    text = text_of(
        "<h3><button aria-expanded=false>2. Budget<span class=sr-only>Klik for at folde ud</span></button></h3>"
        "<div hidden style='display:none'><details><summary>Beslutning</summary><p>Udsat.</p></details></div>"
    )
    assert "2. Budget\n\nBeslutning\n\nUdsat.\n" in text


def test_definitions_are_fields() -> None:
    text = text_of("<dl><dt>Mødedato</dt><dd>6. maj 2024</dd><dt>Sted:</dt><dd>Salen</dd></dl><p>Beslutning")
    assert "Mødedato: 6. maj 2024\nSted: Salen\n" in text


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16"])
def test_the_charset_is_the_page_s_own(charset: str) -> None:
    assert "Åben sag på Ærø" in text_of("<main><h1>Åben sag på Ærø</h1></main>", charset)


@pytest.mark.parametrize(
    "content",
    [b"<!doctype HTML>", b"\n <HTML>", b"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>", b"<!-- x --><div>"],
)
def test_pages_are_told_by_their_beginning(content: bytes) -> None:
    assert accepts(content)


@pytest.mark.parametrize("content", [b"Sagsgang <b>", b"<?xml version='1.0'?><a/>", b"<svg>", b"a < b"])
def test_other_files_are_no_pages(content: bytes) -> None:
    assert not accepts(content)


@pytest.mark.parametrize("inside", ["<div>" * 300_000, "<p " + " a" * 2_000_000 + ">", "<br>" * (MOST_TAGS + 1)])
def test_too_much_of_anything_is_told_at_once(inside: str) -> None:
    began = time.monotonic()
    with pytest.raises(UnreadableSourceError, match="for mange"):
        read(f"<html><body>{inside}".encode(), "side.html")
    assert time.monotonic() - began < 10
