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


SIX = "".join(f"\n\n{n}. Emne nummer {n}\n\nBeslutning:\nGodkendt." for n in range(3, 7))


@pytest.mark.parametrize(
    ("told", "away"),
    [
        ("Ida Krogager (F), deltog fra punkt 3", "12"),
        ("Ida Krogager (F) (ankom under pkt. 3)", "12"),
        ("Ida Krogager (F) - kom til mødet under behandlingen af sag 3", "12"),
        ("Ida Krogager (F), mødte først efter punkt 3", "123"),
        ("Ida Krogager (F), forlod mødet efter punkt 4", "56"),
        ("Ida Krogager (F), gik kl. 15.10 før punkt 4", "456"),
        ("Ida Krogager (F), deltog til og med pkt. 4", "56"),
        ("Ida Krogager (F), deltog til pkt. 4", "456"),
        ("Ida Krogager (F), deltog kun i punkt 2-4", "156"),
        ("Ida Krogager (F), fraværende fra punkt 4", "456"),
        ("Ida Krogager (F), deltog ikke i punkt 4", "4"),
        ("Ida Krogager (F), punkt 4", "4"),
    ],
)
def test_the_absent_are_told_to_have_been_there_for_some_items(told: str, away: str) -> None:
    roll = f"Medlemmer\nEgon Møllegaard (A)\nIda Krogager (F)\nBo Lindvig (V)\n\nIkke til stede\n{told}\nBo Lindvig (V)"
    found = record(extract(read_source(f"{HEAD}{roll}{ITEMS}{SIX}".encode(), title="referat.txt")))
    assert roles(found["present"]) == [("Egon Møllegaard", None), ("Ida Krogager", None)]
    assert roles(found["absent"]) == [("Bo Lindvig", None)]
    assert "".join(item["number"] for item in found["items"] if item["absent"]) == away


@pytest.mark.parametrize("told", ["Ida Krogager gik kl. 14.15 efter punkt 1.", "Ida Krogager deltog under punkt 1."])
def test_a_sentence_that_calls_nobody_absent_makes_nobody_absent(told: str) -> None:
    found = read(f"Til stede\nEgon Møllegaard (A)\nIda Krogager (F)\n{told}")
    assert found["absent"] == []
    assert [item["absent"] for item in found["items"]] == [[], []]


@pytest.mark.parametrize(
    ("first", "second", "third"),
    [
        ("Ledelsesside", "Medarbejderside", "Arbejdsmiljøgruppen"),
        ("Forældrevalgte", "Medarbejdervalgte medlemmer", "Elevrepræsentanter"),
        ("A-side:", "B-side:", "Arbejdsmiljørepræsentanter:"),
    ],
)
def test_a_roll_stands_under_its_groups_alone(first: str, second: str, third: str) -> None:
    groups = f"{first}\nIda Krogager (formand)\nBo Lindvig\n{second}\nEgon Møllegaard, FOA\n{third}\nTina Skovbo"
    found = read(f"Sted: Lokale 2\n\n{groups}\nAfbud fra Bo Lindvig. Suppleant for Bo Lindvig: Liv Ravnholt, FOA")
    present = {"Ida Krogager": "formand", "Tina Skovbo": None, "Liv Ravnholt": "stedfortræder for Bo Lindvig"}
    assert dict(roles(found["present"])) == present | {"Egon Møllegaard": "FOA"}
    assert [one["name"] for one in found["absent"]] == ["Bo Lindvig"]
    assert found["place"] == "Lokale 2"
