"""Who was away from a meeting, who came in whose place, and who was there for a part of it, in many wordings."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.readers.choose import read_source

HEAD = "Vandrådet i Kærby\nReferat af møde den 20. maj 2025 kl. 13.00\n\n"
ITEMS = "\n\n1. Dagsorden\n\nBeslutning:\nGodkendt.\n\n2. Ny brønd\n\nBeslutning:\nGodkendt.\n"
STANDS_IN = ("Bo Lindvig", "stedfortræder for Ida Krogager")


def read(roll: str) -> dict[str, Any]:
    return record(extract(read_source(f"{HEAD}{roll}{ITEMS}".encode(), title="referat.txt")))


def roles(people: list[dict[str, Any]]) -> list[tuple[str, str | None]]:
    return [(person["name"], person["role"]) for person in people]


@pytest.mark.parametrize(
    "roll",
    [
        "Afbud\nIda Krogager, F. Som stedfortræder mødte Bo Lindvig, F.",
        "Afbud: Ida Krogager (F). Som suppleant deltog Bo Lindvig (F).",
        "Afbud\nIda Krogager (F). Stedfortræder: Bo Lindvig (F)",
        "Fraværende: Ida Krogager (F). Stedfortræderen Bo Lindvig (F) deltog.",
        "Fraværende: Ida Krogager (F). I hendes sted var indkaldt Bo Lindvig (F).",
        "Fraværende: Ida Krogager (F). Bo Lindvig (F) er indkaldt i hendes sted.",
        "Fraværende: Ida Krogager (F). Hendes plads blev overtaget af Bo Lindvig (F).",
        "Fraværende: Ida Krogager (F). I dennes sted mødte stedfortræder Bo Lindvig (F).",
        "Fraværende: Ida Krogager (F), i hvis sted Bo Lindvig (F) deltog",
        "Fraværende: Ida Krogager (F) (afløser: Bo Lindvig (F))",
    ],
)
def test_who_came_in_whose_place(roll: str) -> None:
    one = read(roll)
    assert STANDS_IN in roles(one["present"])
    assert [name for name, _ in roles(one["absent"])] == ["Ida Krogager"]


def test_the_last_named_is_the_one_stood_in_for() -> None:
    one = read("Fraværende: Eva Tangmose (A) og Ida Krogager (F). I sidstnævntes sted mødte Bo Lindvig (F).")
    assert roles(one["present"]) == [STANDS_IN]
    assert roles(one["absent"]) == [("Eva Tangmose", None), ("Ida Krogager", None)]


@pytest.mark.parametrize(
    "told",
    [
        " - Bo Lindvig (V) deltog fra kl. 17:45",
        ". Bo Lindvig (V) ankom kl. 17:45.",
        ", Bo Lindvig (V) forlod mødet kl. 19.00",
        ", Bo Lindvig (V) til kl. 17.45",
        "; Bo Lindvig (V) kom lidt for sent",
        "\nBo Lindvig (V) (mødte 18.10)",
    ],
)
def test_who_was_there_for_a_part_was_there(told: str) -> None:
    one = read(f"Til stede: Eva Tangmose (A), Bo Lindvig (V)\nFraværende: Ida Krogager (F){told}")
    assert roles(one["present"]) == [("Eva Tangmose", None), ("Bo Lindvig", None)]
    assert roles(one["absent"]) == [("Ida Krogager", None)]


@pytest.mark.parametrize("told", ["", " (mødte ikke)", " (syg)", ", ferie"])
def test_who_was_away_stays_away(told: str) -> None:
    one = read(f"Til stede: Eva Tangmose (A)\nFraværende: Ida Krogager (F), Bo Lindvig (V){told}")
    assert [name for name, _ in roles(one["absent"])] == ["Ida Krogager", "Bo Lindvig"]


def test_a_party_behind_a_comma_before_a_post() -> None:
    one = read("Medlemmer\nEva Tangmose, A (formand)\nBo Lindvig, V")
    told = [(person["name"], person["party"], person["role"]) for person in one["present"]]
    assert told == [("Eva Tangmose", "A", "formand"), ("Bo Lindvig", "V", None)]
