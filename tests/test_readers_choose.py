"""Which files are read, and what the others get."""

from __future__ import annotations

import pytest

from graph.errors import EmptySourceError, SourceError, UnreadableSourceError, UnsupportedSourceError
from graph.readers.choose import LARGEST_FILE, LONGEST_LINE, read_source, readers


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptySourceError),
        (b" \n\t\r\n", EmptySourceError),
        (b"\xef\xbb\xbf", EmptySourceError),
        (b"%PDF-1.7\n%\xe2\xe3", UnsupportedSourceError),
        (b"PK\x03\x04\x14\x00\x06\x00", UnsupportedSourceError),
        (b"<!DOCTYPE html><p>Beslutning</p>", UnsupportedSourceError),
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


def test_every_text_has_exactly_one_reader() -> None:
    for content in (b"Sagsgang\n", b"# Sagsgang\n", "Åben Sag".encode("utf-16"), "Åben Sag".encode("cp1252")):
        assert sum(reader.accepts(content) for reader in readers()) == 1


def test_hashes_tell_the_bytes_from_the_text() -> None:
    unix, windows = read_source(b"Sagsgang\nDIR\n", title="a"), read_source(b"Sagsgang\r\nDIR\r\n", title="b")
    assert unix.text == windows.text
    assert unix.text_hash == windows.text_hash
    assert unix.file_hash != windows.file_hash
