"""Which files are read, and what the others get."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import EmptySourceError, SourceError, UnreadableSourceError, UnsupportedSourceError
from graph.readers.choose import LONGEST_LINE, read_source, readers
from graph.readers.decoding import clean
from graph.readers.text import LARGEST_FILE
from tests.bad_files import NORWEGIAN, SWEDISH, corpus
from tests.maker.files import written


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptySourceError),
        (b" \n\t\r\n", EmptySourceError),
        (b"\xef\xbb\xbf", EmptySourceError),
        (b"%PDF-1.7\n%\xe2\xe3", UnreadableSourceError),
        (b"PK\x03\x04\x14\x00\x06\x00", UnsupportedSourceError),
        (b"<!DOCTYPE html><nav>Forside</nav>", EmptySourceError),
        (b"  <?xml version='1.0'?><a/>", UnsupportedSourceError),
        (bytes(range(256)) * 8, UnsupportedSourceError),
        (b"a" * (LARGEST_FILE + 1), UnreadableSourceError),
        (b"Sagsgang\n" + b"a" * (LONGEST_LINE + 1), UnreadableSourceError),
    ],
)
def test_what_is_no_text_is_refused_by_name(content: bytes, error: type[SourceError]) -> None:
    with pytest.raises(error) as caught:
        read_source(content, title="møde.bin")
    assert str(caught.value).startswith("møde.bin")
    assert caught.value.english.startswith("møde.bin")


def test_a_line_too_long_is_named_by_its_number() -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        read_source(b"Sagsgang\n" + b"a" * (LONGEST_LINE + 1), title="a.txt")
    assert caught.value.line == 2


def test_content_decides_and_not_the_name() -> None:
    source = read_source(b"## Punkter til behandling\n", title="dagsorden.pdf")
    assert source.media_type == "text/markdown"
    assert source.title == "dagsorden.pdf"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_every_text_has_exactly_one_reader(encoding: str) -> None:
    for text in ("Åben Sag\n", "# Åben Sag\n", "<!-- gemt --> <html><p>Åben Sag", "<h1>Åben Sag</h1>"):
        assert sum(reader.accepts(text.encode(encoding)) for reader in readers()) == 1


def test_every_format_has_exactly_one_reader() -> None:
    for suffix in (".txt", ".html", ".pdf", ".docx"):
        assert sum(reader.accepts(written("Beslutning\n\nGodkendt.", suffix)) for reader in readers()) == 1


def test_no_file_has_two_readers() -> None:
    for name, content, _ in corpus():
        assert sum(reader.accepts(content) for reader in readers()) <= 1, name


def test_minutes_of_neighbours_are_told_by_their_language() -> None:
    with pytest.raises(UnsupportedSourceError, match="norsk"):
        read_source(NORWEGIAN.encode(), title="moetebok.txt")
    with pytest.raises(UnsupportedSourceError, match="svensk"):
        read_source(written(SWEDISH, ".html"), title="protokoll.html")


BEGINNINGS = (
    b"",
    b"<html><body>",
    b"<!doctype html><table><tr>",
    b"PK\x03\x04word/document",
    b"\xff\xfe",
    b"\xef\xbb\xbf#",
)
PIECES = (
    b"<table>", b"<tr><td>", b"</td>", b"<ol start=x>", b"<li value=9>", b"<dl><dt>", b"<dd>", b"<br/>", b"<button>",
    b"&aelig;", b"<div role=dialog>", b"</div>", b"\n", b"Beslutning", b"Godkendt.", b"\t", b"\xe6", b"\xc3\x86",
    b"<!--", b"<script>",
)  # fmt: skip


@given(st.sampled_from(BEGINNINGS), st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=40))
def test_any_bytes_give_a_clean_source_or_a_clear_error(beginning: bytes, pieces: list[bytes]) -> None:
    with suppress(SourceError):
        source = read_source(beginning + b"".join(pieces), title="fil")
        assert source.text.strip()
        assert source.text == clean(source.text)


def test_hashes_tell_the_bytes_from_the_text() -> None:
    unix, windows = read_source(b"Sagsgang\nDIR\n", title="a"), read_source(b"Sagsgang\r\nDIR\r\n", title="b")
    assert unix.text == windows.text
    assert unix.text_hash == windows.text_hash
    assert unix.file_hash != windows.file_hash
