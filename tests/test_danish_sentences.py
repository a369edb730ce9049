"""Where Danish sentences end: abbreviations, ordinals, initials, bullets and broken lines."""

from __future__ import annotations

import pytest

from graph.danish.sentences import sentences


def split(text: str) -> list[str]:
    return [text[b:e] for b, e in sentences(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Det behandles i Økonomiudvalget d. 6. december kl. 16.30, jf. bilag nr. 4.",
        "Jens Kr. Yde, Joachim P. Kjeldsen og Kenneth F. Christensen stemte for.",
        "Mht. f.eks. den 2. behandling af § 17, stk. 4 bl.a. om 100.000 kr. til puljen.",
        "Kim Østergaard er 1. stedfortræder.",
    ],
)
def test_abbreviations_ordinals_and_initials_end_no_sentence(text: str) -> None:
    assert split(text) == [text]


def test_a_year_or_an_amount_ends_a_sentence() -> None:
    assert split("Det skete i 2022. Direktionen drøftede det. Puljen er 5 mio. kr. Udvalget enedes.") == [
        "Det skete i 2022.",
        "Direktionen drøftede det.",
        "Puljen er 5 mio. kr.",
        "Udvalget enedes.",
    ]


def test_a_broken_line_goes_on_in_lower_case() -> None:
    text = "- Udvikling. Direktionen\n\ndrøfter produktet.\n\n- Udbud drøftes."
    assert split(text)[1] == "Direktionen\n\ndrøfter produktet."


def test_wrapped_prose_is_joined_and_labels_are_not() -> None:
    wrapped = "Udvalget drøftede på mødet forslaget til den nye plan for området omkring\nRådhuset i Grenaa."
    assert split(wrapped) == [wrapped]
    assert split("Medlemmer: Bo Ek\nFraværende: Ib Ko") == ["Medlemmer: Bo Ek", "Fraværende: Ib Ko"]


def test_bullets_and_blank_lines_are_boundaries() -> None:
    assert split("Godkendt\n\nMartin Bech var fraværende.\n• Orientering\n• Drøftelse") == [
        "Godkendt",
        "Martin Bech var fraværende.",
        "Orientering",
        "Drøftelse",
    ]
