"""Rolls drawn as grids, and what else the paper's head and foot tell of who was there."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.readers.choose import read_source

HEAD = "Fritidsrådet i Kærby\nReferat af møde den 20. maj 2025 kl. 13.00\n"
ITEM = "\n\n1. Dagsorden\n\nBeslutning\nGodkendt.\n"
SPACES = """
Medlem                 Valgt af        Mødt   Afbud   Udeblevet
Egon Møllegaard        Idrætten          x
Tina Skovbo (A)        Byrådet                  x
Bo Lindvig             Spejderne                          x
Ida Krogager           Oplysning         x"""
TABS = "\nNavn\tTil stede\tFravær\nEgon Møllegaard\tX\t\nTina Skovbo (A)\t\tX\nBo Lindvig\t\tX\nIda Krogager\tX\t"
PIPES = """
| Navn | Deltog | Afbud |
| Egon Møllegaard | ✓ | |
| Tina Skovbo (A) | | ✓ |
| Bo Lindvig | | ✓ |
| Ida Krogager | ✓ | |"""


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="referat.txt")))


def names(people: list[dict[str, Any]]) -> list[str]:
    return [person["name"] for person in people]


@pytest.mark.parametrize("grid", [SPACES, TABS, PIPES], ids=["spaces", "tabs", "pipes"])
def test_a_cross_tells_who_met_and_who_did_not(grid: str) -> None:
    found = read(f"{HEAD}Sted: Hallen{grid}{ITEM}")
    assert names(found["present"]) == ["Egon Møllegaard", "Ida Krogager"]
    assert names(found["absent"]) == ["Tina Skovbo", "Bo Lindvig"]
    assert found["place"] == "Hallen"
    assert found["absent"][0]["party"] == "A"


def test_a_grid_without_crosses_makes_no_one_absent() -> None:
    grid = "\nMedlem                 Mødt   Afbud\nEgon Møllegaard\nTina Skovbo"
    assert names(read(f"{HEAD}{grid}{ITEM}")["absent"]) == []


def test_every_line_of_a_grid_bears_out_its_cross() -> None:
    text = f"{HEAD}{SPACES}{ITEM}"
    (away, *_) = read(text)["absent"]
    (begin, end), *_ = away["evidence"]["statement"]
    assert text[begin:end].split() == ["Tina", "Skovbo", "(A)", "Byrådet", "x"]


@pytest.mark.parametrize(
    ("roll", "present", "absent"),
    [
        (
            "Til stede: Egon Møllegaard\nFraværende:\nBo Lindvig\n"
            "Fra forvaltningen deltog parkchef Tina Skovbo og stadsgartner Ida Krogager.",
            ["Egon Møllegaard", "Tina Skovbo", "Ida Krogager"],
            ["Bo Lindvig"],
        ),
        (
            "Til stede: Egon Møllegaard\nAfbud: Bo Lindvig og Tina Skovbo. For Tina Skovbo mødte Ida Krogager (DSR).",
            ["Egon Møllegaard", "Ida Krogager"],
            ["Bo Lindvig", "Tina Skovbo"],
        ),
        (
            "Til stede: Egon Møllegaard\nAfbud: Bo Lindvig (Ida Krogager deltog som suppleant) og Tina Skovbo, Byrådet",
            ["Egon Møllegaard", "Ida Krogager"],
            ["Bo Lindvig", "Tina Skovbo"],
        ),
        (
            "Ledersiden: Chef Egon Møllegaard\nMedarbejdersiden: TR Ida Krogager\nAfbud: Bo Lindvig",
            ["Egon Møllegaard", "Ida Krogager"],
            ["Bo Lindvig"],
        ),
        (
            "Til stede: Egon Møllegaard og Ida Krogager (elevråd, punkt 1-2)\nAfbud: Bo Lindvig",
            ["Egon Møllegaard", "Ida Krogager"],
            ["Bo Lindvig"],
        ),
        (
            "Til stede: Egon Møllegaard\nFraværende: Bo Lindvig\nAdministration: Konsulent Ida Krogager",
            ["Egon Møllegaard", "Ida Krogager"],
            ["Bo Lindvig"],
        ),
    ],
    ids=["sentence", "for-whom", "in-brackets", "sides", "some-items", "administration"],
)
def test_who_was_there(roll: str, present: list[str], absent: list[str]) -> None:
    found = read(f"{HEAD}{roll}{ITEM}")
    assert (names(found["present"]), names(found["absent"])) == (present, absent)


@pytest.mark.parametrize(
    "foot",
    [
        "Referent: Ida Krogager",
        "Underskrevet elektronisk\nFormand            Næstformand\nEgon Møllegaard    Tina Skovbo",
        "Egon Møllegaard\nUdvalgsformand",
    ],
)
def test_who_signs_is_no_part_of_the_last_item(foot: str) -> None:
    text = f"{HEAD}\n\n1. Dagsorden\n\nGodkendt.\n\n2. Eventuelt\n\nBo Lindvig spurgte til hegnet.\n\n{foot}\n"
    assert names(read(text)["items"][-1]["persons"]) == ["Bo Lindvig"]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Referat\nMøde: Ekstraordinært møde i Sektor-MED Social\nDato: 20. maj 2025", "Sektor-MED Social"),
        ("Udvalget for regional udvikling - Referat\n20-05-2025 15:00", "Udvalget for regional udvikling"),
        ("Opgaveudvalget Levende Byer\n§ 17, stk. 4-udvalg\nReferat, 20. maj 2025", "Opgaveudvalget Levende Byer"),
        ("§ 17, stk. 4-udvalg om Fremtidens Havn\nREFERAT\n20. maj 2025", "§ 17, stk. 4-udvalg om Fremtidens Havn"),
        ("Direktionsmøde\nReferat\nDato: 20. maj 2025", "Direktionen"),
        ("Referat fra økonomiudvalgsmøde\nDato: 20. maj 2025", "Økonomiudvalget"),
    ],
)  # fmt: skip
def test_the_body_over_the_paper(head: str, body: str) -> None:
    assert read(f"{head}\n{ITEM}")["body"] == body


def test_times_and_place_told_in_sentences() -> None:
    told = "Mødet begyndte kl. 17.00 og sluttede kl. 18.52\nMødet blev holdt på Kærby Rådhus, udvalgsværelse 3\n"
    found = read(f"Referat\nKulturudvalgets møde mandag den 5. maj 2025\n{told}\nTil stede: Bo Lindvig\n{ITEM}")
    assert (found["start_time"], found["end_time"]) == ("17:00", "18:52")
    assert found["place"] == "Kærby Rådhus, udvalgsværelse 3"


def test_a_rule_under_a_verdicts_label_makes_no_minutes() -> None:
    agenda = "DAGSORDEN\nKulturudvalget den 20. maj 2025\n\n1. Dagsorden\n\nBeslutning\n\n________________\n"
    assert read(agenda)["document_kind"] == "dagsorden"
    assert read(agenda.replace("________________", "Godkendt."))["document_kind"] == "referat"


def test_a_dated_stop_of_a_route_is_named_with_its_day() -> None:
    route = "Behandling\nKulturudvalget den 20. maj 2025, Magistraten den 2. juni 2025 og Byrådet den 9. juni 2025.\n"
    (found,) = read(
        f"Kulturudvalget\nReferat af møde den 20. maj 2025\n\n1. Ny hal\n\n{route}\nBeslutning\nGodkendt.\n"
    )["items"]
    assert [(one["name"], one["date"]) for one in found["mentioned_bodies"]] == [
        ("Magistraten", "2025-06-02"),
        ("Byrådet", "2025-06-09"),
    ]


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("Besøg i hallen ved centerleder Ida Krogager", "centerleder"),
        ("Nyt om hallen v. leder af Hallen Ida Krogager", "leder af Hallen"),
    ],
)
def test_who_is_named_behind_ved_in_a_title_has_the_title_s_role(title: str, role: str) -> None:
    (found,) = read(f"{HEAD}\n\n1. {title}\n\nBeslutning\nDrøftet.\n")["items"]
    assert [(one["name"], one["role"]) for one in found["persons"]] == [("Ida Krogager", role)]


def test_a_place_behind_ved_is_no_person() -> None:
    (found,) = read(f"{HEAD}\n\n1. Ny sti ved Rebæk Søpark\n\nBeslutning\nDrøftet.\n")["items"]
    assert found["persons"] == []


@pytest.mark.parametrize(
    "grid",
    [
        "Rådets medlemmer      Fraværende\nEgon Møllegaard\nTina Skovbo (A)      X\nBo Lindvig",
        "Navn                 Mødt\nEgon Møllegaard      x\nTina Skovbo (A)\nBo Lindvig           x",
        "Medlem\tAfbud\nEgon Møllegaard\t\nTina Skovbo (A)\tX\nBo Lindvig\t",
        "| Navn | Afbud |\n|---|---|\n| Egon Møllegaard | |\n| Tina Skovbo (A) | x |\n| Bo Lindvig | |",
    ],
    ids=["absent", "present", "tabs", "pipes"],
)
def test_where_one_column_tells_all_a_line_without_a_cross_tells_the_other(grid: str) -> None:
    found = read(f"{HEAD}\n{grid}\n\nIda Krogager (A) deltog som stedfortræder for Tina Skovbo (A).{ITEM}")
    assert names(found["present"]) == ["Egon Møllegaard", "Bo Lindvig", "Ida Krogager"]
    assert names(found["absent"]) == ["Tina Skovbo"]


def test_a_column_without_a_cross_tells_nothing() -> None:
    found = read(f"{HEAD}\nMedlemmer      Fraværende\nEgon Møllegaard\nTina Skovbo (A){ITEM}")
    assert (names(found["present"]), names(found["absent"])) == (["Egon Møllegaard", "Tina Skovbo"], [])


@pytest.mark.parametrize(
    ("told", "there"),
    [
        ("Stedfortræder for Egon Møllegaard (A)", True),
        ("1. suppleant for Egon Møllegaard", True),
        ("Mødt for Egon Møllegaard (A)", True),
        ("Deltog fra kl. 14.30", True),
        ("Forlod mødet kl. 15.00", True),
        ("Mødte ikke", False),
        ("Syg", False),
        ("Har ikke meldt afbud", False),
    ],
)
def test_a_cell_tells_in_its_own_words_who_was_there(told: str, *, there: bool) -> None:
    grid = f"Deltagere\nNavn  Fremmøde\nEgon Møllegaard (A)   Afbud\nIda Krogager   Til stede\nBo Lindvig (A)    {told}"
    found = read(f"{HEAD}{grid}{ITEM}")
    assert names(found["present"]) == ["Ida Krogager", *(["Bo Lindvig"] if there else [])]
    assert names(found["absent"]) == ["Egon Møllegaard", *([] if there else ["Bo Lindvig"])]
    role = "stedfortræder for Egon Møllegaard" if " for " in told else None
    assert all(one["role"] == role for one in found["present"][1:])


CARDS = """
Deltagere (5)
Egon Møllegaard
Formand
{met}
Tina Skovbo (A)
{away}
Ida Krogager
Stedfortræder for Tina Skovbo
{met}
Bo Lindvig
{met}
"""


@pytest.mark.parametrize(
    ("met", "away"), [("Deltog", "Afbud"), ("Til stede", "Fraværende"), ("Har deltaget", "Deltog ikke")]
)
def test_a_word_below_each_name_tells_who_was_there(met: str, away: str) -> None:
    found = read(f"{HEAD}{CARDS.format(met=met, away=away)}{ITEM}")
    assert names(found["present"]) == ["Egon Møllegaard", "Ida Krogager", "Bo Lindvig"]
    assert names(found["absent"]) == ["Tina Skovbo"]
    assert [one["role"] for one in found["present"]] == ["Formand", "stedfortræder for Tina Skovbo", None]


def test_a_label_over_the_names_it_heads_is_no_word_below_one() -> None:
    found = read(f"{HEAD}\nDeltog\nEgon Møllegaard\nBo Lindvig\nAfbud\nTina Skovbo\nDeltog ikke\nIda Krogager{ITEM}")
    assert names(found["present"]) == ["Egon Møllegaard", "Bo Lindvig"]
    assert names(found["absent"]) == ["Tina Skovbo", "Ida Krogager"]
