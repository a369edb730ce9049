"""Rolls, fields, own meetings, departments and files as other papers write them, with what only looks like them."""

from __future__ import annotations

from typing import Any

import pytest

from graph.danish.bodies import read_bodies, read_units
from graph.extract.minutes import extract
from graph.extract.record import record
from graph.readers.choose import read_source

HEAD = "Fritidsrådet\nReferat af møde den 20. maj 2025 kl. 13.00\n"
ITEM = "\n\n1. Dagsorden\n\nBeslutning\nGodkendt.\n"


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="referat.txt")))


def item_of(text: str) -> dict[str, Any]:
    """The second of three items."""
    items = read(f"{HEAD}{ITEM}\n{text}\n\n3. Eventuelt\n\nIntet.\n")["items"]
    assert [one["number"] for one in items] == ["1", "2", "3"]
    found = items[1]
    assert isinstance(found, dict)
    return found


def roll(found: dict[str, Any], key: str) -> list[tuple[str, str | None]]:
    return [(one["name"], one["role"]) for one in found[key]]


@pytest.mark.parametrize("mark", ["x", "Ja", "Mødt", "✓"])
def test_a_grid_of_one_column_tells_by_mark_and_by_word(mark: str) -> None:
    grid = (
        "\nNavn | Rolle | Fremmødt\n"
        f"Egon Møllegaard | Formand | {mark}\nTina Skovbo | Medlem | Afbud\nIda Krogager | Medlem | {mark}\n"
        f"Bo Lindvig | 1. suppleant for Tina Skovbo | {mark}\n"
    )
    found = read(f"{HEAD}{grid}{ITEM}")
    assert {name for name, _ in roll(found, "present")} == {"Egon Møllegaard", "Ida Krogager", "Bo Lindvig"}
    assert ("Bo Lindvig", "stedfortræder for Tina Skovbo") in roll(found, "present")
    assert [name for name, _ in roll(found, "absent")] == ["Tina Skovbo"]


def test_a_table_without_a_column_of_attendance_is_no_grid() -> None:
    found = read(f"{HEAD}\nNavn | Rolle\nEgon Møllegaard | Formand\nTina Skovbo | Medlem\n{ITEM}")
    assert found["absent"] == []


@pytest.mark.parametrize(
    "told",
    [
        "Tina Skovbo (A), hvor Bo Lindvig (A) indtræder",
        "Tina Skovbo (A), hvor Bo Lindvig (A) mødte i stedet",
        "Tina Skovbo (A), idet Bo Lindvig (A) deltager som stedfortræder",
    ],
)
def test_who_takes_the_place_of_one_who_sent_word(told: str) -> None:
    found = read(f"{HEAD}Afbud: {told}\n{ITEM}")
    assert [name for name, _ in roll(found, "absent")] == ["Tina Skovbo"]
    assert roll(found, "present") == [("Bo Lindvig", "stedfortræder for Tina Skovbo")]


MEMBERS = "\nMedlemmer:\nBorgmester Egon Møllegaard\nPolitidirektør Tina Skovbo\nIda Krogager\n\n"


@pytest.mark.parametrize("why", ["var forhindret", "havde meldt afbud", "var syg"])
def test_one_who_is_away_may_be_named_by_post(why: str) -> None:
    told = f"Politiet var repræsenteret ved vicepolitiinspektør Bo Lindvig, da politidirektøren {why}."
    found = read(f"{HEAD}{MEMBERS}{told}\n{ITEM}")
    assert [name for name, _ in roll(found, "absent")] == ["Tina Skovbo"]
    assert ("Bo Lindvig", "stedfortræder for Tina Skovbo") in roll(found, "present")


def test_a_post_that_no_member_holds_makes_nobody_absent() -> None:
    found = read(f"{HEAD}{MEMBERS}Skolechefen var forhindret.\n{ITEM}")
    assert found["absent"] == []


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Udsat til rådets møde den 10. juni 2025.", "2025-06-10"),
        ("Rådet vil gerne se en plan på mødet den 10. juni.", "2025-06-10"),
        ("Stillingtagen udskydes til mødet tirsdag den 10. juni 2025.", "2025-06-10"),
        ("Sagen drøftes igen på næste møde den 10. juni 2025.", "2025-06-10"),
    ],
)
def test_the_day_of_a_later_meeting_is_the_body_s_own(words: str, day: str) -> None:
    bodies = item_of(f"2. Nye brønde\n\nBeslutning\n{words}")["mentioned_bodies"]
    assert [(one["name"], one["date"]) for one in bodies] == [("Fritidsrådet", day)]


@pytest.mark.parametrize(
    "words",
    [
        "Der er borgermøde den 10. juni 2025.",
        "Der holdes et møde den 10. juni 2025 med naboerne.",
        "Brevet blev læst op på mødet den 8. april 2025.",
        "Svaret ventes til mødet den 10. juni 2025 med lodsejerne.",
    ],
)
def test_other_meetings_and_earlier_ones_are_not_the_body_s_own(words: str) -> None:
    assert item_of(f"2. Nye brønde\n\nBeslutning\n{words}")["mentioned_bodies"] == []


def test_the_meeting_of_a_body_named_before_is_not_the_own() -> None:
    words = "Økonomiudvalget tager stilling på mødet den 10. juni 2025."
    assert "Fritidsrådet" not in {one["name"] for one in item_of(f"2. Nye brønde\n\n{words}")["mentioned_bodies"]}


STOPS = "Fritidsrådet 20. maj 2025\nØkonomiudvalget {} 2025\nKommunalbestyrelsen {} 2025\n\nResumé:\nDer er to tilbud."


def test_stops_to_come_under_a_label_of_past_handling_are_a_route() -> None:
    found = item_of("2. Nye brønde\n\nPolitisk behandling:\n" + STOPS.format("3. juni", "17. juni"))
    assert found["routing"] == ["Fritidsrådet", "Økonomiudvalget", "Kommunalbestyrelsen"]
    assert found["decisions"] == []


def test_stops_of_the_past_are_no_route() -> None:
    found = item_of("2. Nye brønde\n\nPolitisk behandling:\n" + STOPS.format("3. april", "17. april"))
    assert found["routing"] == []


@pytest.mark.parametrize("title", ["Åben - Nye brønde", "Åbent punkt - Nye brønde", "Offentligt: Nye brønde"])
def test_a_title_s_first_word_tells_that_the_item_is_open(title: str) -> None:
    assert item_of(f"2. {title}\n\nBeslutning\nGodkendt.")["access"] == "open"


def test_an_open_house_is_no_access() -> None:
    assert item_of("2. Åbent hus - nye brønde\n\nBeslutning\nGodkendt.")["access"] is None


@pytest.mark.parametrize("label", ["j.nr. ", "J. nr. ", "sagsnr. ", "Sags-id: ", "journalnr. ", ""])
def test_the_case_number_in_brackets_behind_a_title(label: str) -> None:
    assert item_of(f"2. Regnskab 2024 ({label}2025-0042)\n\nBeslutning\nGodkendt.")["case_number"] == "2025-0042"


def test_a_stretch_of_years_in_brackets_is_no_case_number() -> None:
    assert item_of("2. Plan for stier (2024-2028)\n\nBeslutning\nGodkendt.")["case_number"] is None


def test_the_case_officer_beside_the_case_number() -> None:
    text = "2. Nye brønde\nJournalnr.  09.00.00-P15-2-21     Sagsbehandler  Ida Krogager\n\nBeslutning\nGodkendt."
    assert roll(item_of(text), "persons") == [("Ida Krogager", "Sagsbehandler")]


def test_who_was_away_in_a_quoted_verdict_was_away_from_that_body() -> None:
    quoted = (
        'Sagen blev udsat i Teknikudvalget den 1. april 2025:\n"Udsat, til der er en pris. Fraværende: Bo Lindvig."'
    )
    found = item_of(f"2. Nye brønde\n\nSagsfremstilling\n{quoted}\n\nBeslutning\nGodkendt.")
    assert roll(found, "persons") == [("Bo Lindvig", "fraværende i Teknikudvalget")]
    assert found["absent"] == []


FILES = "\n\nBilag\nBilag 1: Regnskab\nBilag 2: Kort fra 2015\nBilag 3: Udkast til kort\n\nReferent: Ida Krogager\n"


def test_files_listed_last_go_with_the_items_whose_titles_name_them() -> None:
    items = "1. Budget - bilag 1\n\nGodkendt.\n\n2. Kort (bilag 2 og 3)\n\nGodkendt.\n\n3. Eventuelt\n\nIntet."
    found = [[one["title"] for one in item["attachments"]] for item in read(f"{HEAD}\n{items}{FILES}")["items"]]
    assert found == [["Regnskab"], ["Kort fra 2015", "Udkast til kort"], []]


def test_files_that_no_title_names_stay_with_the_last_item() -> None:
    items = "1. Budget for havnen\n\nBeslutning\nGodkendt.\n\n2. Kort over stierne\n\nBeslutning\nGodkendt."
    text = f"{HEAD}\n{items}{FILES}"
    found = [[one["title"] for one in item["attachments"]] for item in read(text)["items"]]
    assert found == [[], ["Regnskab", "Kort fra 2015", "Udkast til kort"]]


def test_a_list_of_files_goes_on_as_its_numbers_do() -> None:
    text = "2. Nye brønde\n\nBeslutning\nGodkendt.\nBilag:   2.1 Årsrapport\n         2.2 Protokol (fortroligt)"
    found = item_of(text)["attachments"]
    assert [(one["title"], one["access"]) for one in found] == [("Årsrapport", None), ("Protokol", "closed")]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Børn, Skole og Kultur og Teknik og Miljø indstiller", ["Børn, Skole og Kultur", "Teknik og Miljø"]),
        ("Afdelingen for Natur og Miljø og Vejafdelingen foreslår", ["Afdelingen for Natur og Miljø", "Vejafdelingen"]),
        ("Plan og Kultur inviteres til mødet.", ["Plan og Kultur"]),
        ("Plan og Kultur prioriteres i budgettet.", []),
    ],
)
def test_departments_side_by_side(text: str, names: list[str]) -> None:
    assert [unit.name for unit in read_units(text)] == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("BØRNE- OG SKOLEUDVALGET", ["BØRNE- OG SKOLEUDVALGET"]),
        ("ØU den 3. juni og BY den 17. juni", ["ØU", "BY"]),
        ("En BY i udvikling", []),
    ],
)
def test_bodies_in_capitals(text: str, names: list[str]) -> None:
    assert [body.name for body in read_bodies(text)] == names


def test_the_kind_of_paper_behind_a_body_is_no_part_of_its_name() -> None:
    found = read("Udvalget for Teknik og Miljø - Referat\n\n20-05-2025 08:30\n" + ITEM)
    assert found["body"] == "Udvalget for Teknik og Miljø"
