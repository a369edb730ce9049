"""Lines broken by a page's width, and lines that only stand under each other."""

from __future__ import annotations

import pytest

from graph.danish.sentences import sentences
from graph.danish.wrapping import unwrapped

WRAPPED = """Forvaltningen har gennemgået de seks forslag, og i notatet er det vist, hvad
hvert af dem koster. Skolechef Maja Holm og Skovby Skoles leder, Bo Juhl
Krogager, fremlægger tallene for udvalget, når høringen er slut, og sagen er
klar. Det sker senest i uge 20, hvor der også bliver holdt et møde for alle, der
bor i området, og for dem, som har meldt sig til det. Sagen går så i Teknik- og
Miljøudvalget, som også skal høre de råd, der er nævnt i planen, før den bliver
vedtaget. Udvalget for Læring godkendte første udkast til planen på mødet den
7. marts 2023, og siden er der ikke ændret andet i den end de to tal i tabellen.
"""


def test_a_name_broken_by_the_width_is_one() -> None:
    text = unwrapped(WRAPPED)
    assert len(text) == len(WRAPPED)
    assert "Bo Juhl Krogager" in text
    assert "Teknik- og Miljøudvalget" in text


@pytest.mark.parametrize(
    "text",
    [
        "Deltagere\nIda Holm\nBo Juhl Krogager\nLiv Ravn\n" * 6,
        "En lang linje på en side uden fast bredde, som går videre og videre, " * 4 + "\nog så en til\n",
        WRAPPED.replace("\n", "\n\n"),
    ],
    ids=["roll", "page", "apart"],
)
def test_lines_of_their_own_stay_so(text: str) -> None:
    assert unwrapped(text) == text


@pytest.mark.parametrize(
    "own", ["at planen godkendes,", "2. Udvalget drøfter planen.", "- Notat", "Fraværende: Ida Holm"]
)
def test_what_opens_a_line_is_never_joined(own: str) -> None:
    line = "Udvalget har fået en plan, og den er så lang, at den fylder hele linjen i bladet"
    assert f"\n{own}" in unwrapped(f"{WRAPPED}{line}\n{own}\n")


def test_a_finished_roll_is_not_joined_with_the_verdict_below() -> None:
    roll = "Fraværende: Karin Bøgelund Skovgaard (V), Leif Østerby (A) og Tine Krog (A)"
    assert f"{roll}\nGodkendt." in unwrapped(f"{WRAPPED}{roll}\nGodkendt.\n")


def test_a_day_is_no_number_of_a_list() -> None:
    assert len(sentences("Udvalget godkendte planen den\n7. marts 2023.")) == 1
    assert len(sentences("Udvalget vedtog den\n7. Planen for havnen.")) == 2
