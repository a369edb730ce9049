"""Small matters listed in one line and answered by their marks; departments and bodies that an item names twice."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.readers.choose import read_source

HEAD = "Vandrådet i Kærby\nReferat af møde den 20. maj 2025 kl. 13.00\n\n"
TABLE = "Nr. | Emne | Indhold | Referat\n1 | Dagsorden | Udsendt. | Godkendt.\n"


def read(text: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = record(extract(read_source(f"{HEAD}{text}".encode(), title="referat.txt")))["items"]
    return found


@pytest.mark.parametrize(
    ("title", "listed", "told"),
    [
        ("Nyt fra lederen", "a. Ny leder b. Rust i brønden", "Ad a. Ida Krogager begynder i juni. Ad b. Den renses."),
        ("Brønden", "a) Ny leder; b) Rust i brønden", "Ad a) Ida Krogager begynder i juni. Ad b) Den renses."),
        ("Brønden", "1. Ny leder 2. Rust i brønden", "Ad 1: Ida Krogager begynder i juni. Ad 2: Den renses."),
        ("Brønden", "1. Ny leder, 2. Rust i brønden", "Vedr. 1: Ida Krogager begynder i juni. Vedr. 2: Den renses."),
        ("Brønden", "a. Ny leder b. Rust i brønden", "a. Ida Krogager begynder i juni. b. Den renses."),
    ],
)
def test_matters_in_one_cell(title: str, listed: str, told: str) -> None:
    one = read(f"{TABLE}2 | {title} | {listed} | {told} Orienteringen blev taget til efterretning.\n")[1]
    assert [matter["title"] for matter in one["subitems"]] == ["Ny leder", "Rust i brønden"]
    assert [[person["name"] for person in matter["persons"]] for matter in one["subitems"]] == [["Ida Krogager"], []]
    assert [decision["outcome"] for decision in one["decisions"]] == ["noted"]


@pytest.mark.parametrize(
    ("listed", "told"),
    [
        ("Brønden renses, jf. bilag 1. Den er gammel", "Ad 1. Drøftet."),
        ("a. Ny leder b. Rust i brønden", "Drøftet."),
        ("b. Ny leder c. Rust i brønden", "Ad b. Drøftet. Ad c. Drøftet."),
    ],
)
def test_what_is_no_list_of_matters(listed: str, told: str) -> None:
    assert read(f"{TABLE}2 | Brønden | {listed} | {told}\n")[1]["subitems"] == []


@pytest.mark.parametrize(
    ("said", "departments"),
    [
        ("Jobcenteret er spurgt. Jobcenter Kærby ansætter en leder.", ["Jobcenter Kærby"]),
        ("Jobcentret er spurgt.", ["Jobcentret"]),
        ("Jobcentret er spurgt, og Borgercenter Kærby er hørt.", ["Jobcentret", "Borgercenter Kærby"]),
    ],
)
def test_a_department_named_in_full_and_in_short_is_one(said: str, departments: list[str]) -> None:
    assert read(f"1. Brønden\n\nSagsfremstilling\n{said}\n\nBeslutning\nGodkendt.\n")[0]["departments"] == departments


def test_a_legend_of_marks_names_nobody() -> None:
    one = read("1. Brønden\n\nBeslutning\nGodkendt.\n\nForkortelser: ØK = Økonomiudvalget, BY = Byrådet\n")[0]
    assert (one["mentioned_bodies"], one["decisions"][0]["text"]) == ([], "Godkendt.")


def test_the_days_on_which_others_treat_the_matter() -> None:
    text = (
        "1. Brønden\nSagen behandles i\nØkonomiudvalget 27. maj 2025\nByrådet 3. juni 2025\n\nBeslutning\nGodkendt.\n"
    )
    named = [(one["name"], one["date"]) for one in read(text)[0]["mentioned_bodies"]]
    assert named == [("Økonomiudvalget", "2025-05-27"), ("Byrådet", "2025-06-03")]


def test_the_day_of_what_a_body_is_invited_to_is_not_its_own() -> None:
    said = "Seniorrådet og Handicaprådet inviteres til dialogmøde den 27. juni 2025."
    named = read(f"1. Brønden\n\nBeslutning\nDrøftet. {said}\n")[0]["mentioned_bodies"]
    assert [(one["name"], one["date"]) for one in named] == [("Seniorrådet", None), ("Handicaprådet", None)]
