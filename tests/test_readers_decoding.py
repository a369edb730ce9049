"""The right characters from any encoding, and nothing that is no text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.readers.decoding import clean, decode, is_binary

WORDS = "Åben sag på Ærø – drøftet"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_every_encoding_gives_the_same_words(encoding: str) -> None:
    assert decode(WORDS.encode(encoding)) == WORDS


def test_a_declared_charset_counts_where_utf8_fails() -> None:
    assert decode("charset=iso-8859-15 pris 5 €".encode("iso-8859-15")).endswith("€")


def test_dos_letters_are_told_from_windows_quotes() -> None:
    assert decode("Åben sag på Ærø: drøftet".encode("cp850")) == "Åben sag på Ærø: drøftet"
    assert decode("‘Det er sagen’ – sagde han".encode("cp1252")) == "‘Det er sagen’ – sagde han"


def test_a_file_put_together_of_pieces_is_read_line_by_line() -> None:
    assert decode("Åben sag\n".encode() + "Ærø\n".encode("cp1252")) == "Åben sag\nÆrø\n"


def test_letters_encoded_twice_are_put_right() -> None:
    assert clean("Byrådets økonomi".encode().decode("cp1252")) == "Byrådets økonomi"
    assert clean("Byrådets økonomi".encode().decode("cp850")) == "Byrådets økonomi"


def test_an_unknown_declared_charset_is_passed_over() -> None:
    assert decode(b"charset=klingon \xc5ben") == "charset=klingon Åben"


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("a\r\nb\rc\u2028d\x0ce", "a\nb\nc\nd\ne"),
        ("A\u030aben", "Åben"),
        ("Sag\x00s\x1bgang\x9c", "Sagsgang"),
        ("\u202eSagsgang\u2066", "Sagsgang"),
        ("1\t2\n", "1\t2\n"),
    ],
)
def test_clean_text(dirty: str, expected: str) -> None:
    assert clean(dirty) == expected


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(unicodedata.category(letter) == "Cc" and letter not in "\t\n" for letter in once)


@given(st.text(alphabet=st.characters(exclude_categories=["Cc", "Cs"])))
def test_text_is_never_taken_for_binary(text: str) -> None:
    assert not is_binary(text.encode("utf-8"))
