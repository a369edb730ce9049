"""Records of boards, commissions and joint councils with their own words for things, and what only looks like them."""

from __future__ import annotations

from typing import Any

import pytest

from graph.danish.bodies import read_bodies, read_units, same_body
from graph.danish.names import read_names
from graph.extract.case_numbers import is_case_number, read_case_number
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


def names(people: list[dict[str, Any]]) -> list[str]:
    return [person["name"] for person in people]


def outcomes(item: dict[str, Any]) -> list[str]:
    return [decision["outcome"] for decision in item["decisions"]]


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("SAG-2025-01122 kima", "SAG-2025-01122"),
        ("EMN-2024-00417 (TOLU)", "EMN-2024-00417"),
        ("24-011842 / BAKR", "24-011842"),
        ("2025-0310-VB", "2025-0310-VB"),
    ],
)
def test_a_case_number_keeps_its_authority_and_not_the_initials_behind_it(line: str, number: str) -> None:
    assert is_case_number(line)
    found = read_case_number(line)
    assert found is not None
    assert line[slice(*found)] == number
    assert item_of(f"2. Ny bro\n{line}\n\nBeslutning\nGodkendt.")["case_number"] == number


@pytest.mark.parametrize("line", ["24/12 juleaften", "12/25 kr.", "2024-2025 sæson", "SAG-2025-01122 skal udsættes"])
def test_words_behind_a_number_are_no_initials(line: str) -> None:
    assert not is_case_number(line)


@pytest.mark.parametrize("lead", ["Medlemmerne", "Borgerne", "Byrådsmedlemmerne", "Rådmændene", "Forældrene"])
def test_a_word_for_several_is_no_part_of_the_first_name(lead: str) -> None:
    found = read_names(f"{lead} Torben Lindvig Krag og Nadia Skovbo var ikke til stede.")
    assert [one.name for one in found] == ["Torben Lindvig Krag", "Nadia Skovbo"]


def test_a_leader_of_several_fields_is_no_part_of_their_names() -> None:
    found = read_names("Direktør for Børn, Unge og Læring Kasper Møllegaard fremlagde planen.")
    assert [one.name for one in found] == ["Kasper Møllegaard"]
    assert [one.name for one in read_names("Bjarne Skovbo og Arne Lind deltog.")] == ["Bjarne Skovbo", "Arne Lind"]


@pytest.mark.parametrize("place", ["Kærby Sundhedshus", "Vestby Forsamlingshus", "Lille Kærby Plejehjem"])
def test_a_house_is_no_person(place: str) -> None:
    assert read_names(f"Mødet om stien holdes i {place} på torsdag.") == ()


@pytest.mark.parametrize(
    "name",
    [
        "Det forberedende regionsråd",
        "Det Administrative Forum",
        "Det Koordinerende Samarbejdsudvalg",
        "KKR Sjælland",
        "Sundhedsrådet Midt- og Vestjylland",
        "Arbejdsmarkedsrådet Nordjylland",
        "Havneudvalget for Østkysten",
        "Beredskabsforum Fyn",
        "§ 17, stk. 4-udvalget om Unge og Natur i Byen",
        "MED Kultur og Fritid",
    ],
)
def test_a_body_keeps_its_article_its_adjective_and_what_it_is_for(name: str) -> None:
    assert [body.name for body in read_bodies(f"Sagen sendes til {name} den 3. juni 2025.")] == [name]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Det nuværende byråd udpeger to.", None),
        ("Byrådet Jens sad i, er opløst.", "Byrådet"),
        ("Klimarådet Nord for åen er nyt.", "Klimarådet"),
        ("§ 17, stk. 4-udvalget om Natur i Byrådet", "§ 17, stk. 4-udvalget om Natur"),
        ("§ 17, stk. 4-udvalget om Natur i Kærby Kommune", "§ 17, stk. 4-udvalget om Natur"),
        ("Sagen er drøftet MED Ida Skovbo.", None),
        ("Skolebestyrelsen skal høres den 3. juni.", "Skolebestyrelsen"),
        ("Skolebestyrelsen skal høres.", None),
    ],
)
def test_what_stands_beside_a_body_is_no_part_of_it(text: str, name: str | None) -> None:
    assert [body.name for body in read_bodies(text)][:1] == ([name] if name else [])


def test_a_joint_council_is_its_abbreviation_with_and_without_its_part_of_the_country() -> None:
    assert same_body("KKR", "KKR Sjælland")
    assert not same_body("KKR Nordjylland", "KKR Sjælland")


@pytest.mark.parametrize(
    ("text", "units"),
    [
        (
            "Det er aftalt mellem Center for Vej og Park og Center for Ejendomme.",
            ["Center for Vej og Park", "Center for Ejendomme"],
        ),
        ("Center for Særlig Social Indsats har svaret.", ["Center for Særlig Social Indsats"]),
        (
            "Center for Sund Aldring og Center for Digital Velfærd",
            ["Center for Sund Aldring", "Center for Digital Velfærd"],
        ),
        ("Rådet sender et spørgsmål til Tandplejen.", ["Tandplejen"]),
        ("Der er travlt i hjemmeplejen.", []),
        ("Kærby Skole drøftede planen.", []),
    ],
)
def test_departments_beside_each_other_and_under_their_own_names(text: str, units: list[str]) -> None:
    assert [unit.name for unit in read_units(text)] == units


def test_a_hegnsyn_is_read_as_minutes_with_its_roll_its_place_and_its_ruling() -> None:
    found = read(
        "HEGNSYNET FOR KØGE KOMMUNE\n\nHegnsynsforretning - kendelse og referat\n\nDato: 5. maj 2025 kl. 16.00\n"
        "Åstedet: Pilevej 8, 4600 Køge\n\nTil stede fra hegnsynet:\nFormand Egon Møllegaard\nSekretær Tina Skovbo\n\n"
        "For klageren: Ida Krogager\nFor modparten: Advokat Bo Lindvig for Salman Vestbo, som ikke var mødt\n\n"
        "1. Kendelsen\n\nHækken er høj.\n\nThi bestemmes:\nEjeren skal klippe hækken senest den 1. juni 2025.\n\n"
        "2. Klagevejledning\n\nKendelsen kan indbringes for retten.\n\nEgon Møllegaard        Tina Skovbo\n"
    )
    assert found["document_kind"] == "referat"
    assert found["place"] == "Pilevej 8, 4600 Køge"
    present = names(found["present"])
    assert present[:2] == ["Egon Møllegaard", "Tina Skovbo"]
    assert "Salman Vestbo" not in present
    assert [outcomes(item) for item in found["items"]] == [["other"], []]
    assert found["items"][1]["persons"] == []


@pytest.mark.parametrize("label", ["Medlemmer til stede", "Fremmødte medlemmer:", "Deltagende medlemmer"])
def test_members_who_came_are_a_roll(label: str) -> None:
    found = read(f"{HEAD}\n{label}\nFormand Egon Møllegaard, Tina Skovbo (SAND)\n{ITEM}")
    assert names(found["present"]) == ["Egon Møllegaard", "Tina Skovbo"]


def test_a_dash_in_a_grid_is_no_cross_and_does_not_end_it() -> None:
    grid = (
        "\nDeltager                Rolle             Til stede\nEgon Møllegaard (V)     Formand           X\n"
        "Tina Skovbo (A)         Medlem            -\nIda Krogager            Sekretariatet     X\n"
    )
    found = read(f"{HEAD}{grid}{ITEM}")
    assert names(found["present"]) == ["Egon Møllegaard", "Ida Krogager"]
    assert names(found["absent"]) == ["Tina Skovbo"]


def test_what_a_bracket_says_of_one_absent_is_not_said_of_the_others() -> None:
    found = read(
        f"{HEAD}\nFraværende: Tina Skovbo (Ø), Egon Møllegaard (C, punkt 1)\n"
        f"Som stedfortræder for Tina Skovbo var indkaldt Ida Krogager (Ø).\n{ITEM}\n2. Sti\n\nBeslutning\nGodkendt.\n"
    )
    assert names(found["absent"]) == ["Tina Skovbo"]
    assert [names(item["absent"]) for item in found["items"]] == [["Egon Møllegaard"], []]


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("Rådet beslutter, at\n- formanden skriver et svar\n- svaret sendes rundt.", ["approved"]),
        ("Dagsordenen godkendes. Punkt 5 tages før punkt 3.", ["approved"]),
        ("Rådet drøfter, om bussen kan komme oftere.", ["discussed"]),
        ("Rådet skal drøfte planen på næste møde.", []),
        ("Byrådet godkendte planen den 4. maj 2021.", []),
        ("Planen godkendes hvert fjerde år.", []),
    ],
)
def test_a_verdict_in_the_present_tense_is_told_without_a_label(words: str, outcome: list[str]) -> None:
    assert outcomes(item_of(f"2. Ny bus\n\n{words}")) == outcome


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        ("a) Godkendt med den tilføjelse, at stien rykkes. b) Godkendt.", ["adopted_with_change", "approved"]),
        (
            "Formanden satte 2. at til særskilt afstemning.\n2. at blev vedtaget.\n\n1. og 3. at blev tiltrådt.",
            ["approved", "approved"],
        ),
        ("1. at blev vedtaget. 2. at blev tiltrådt.", ["approved"]),
        ("Der holdtes pause. Pkt. 7 vedtaget, idet mødet flyttes til skolen.", ["adopted_with_change"]),
        ("Styregruppen anbefaler begge dele. Bo Lindvig tager forbehold for, at Byrådet godkender.", ["recommended"]),
    ],
)
def test_points_that_were_decided_apart(words: str, outcome: list[str]) -> None:
    assert outcomes(item_of(f"2. Ny sti\n\nBeslutning\n{words}")) == outcome


def test_matters_with_a_labelled_verdict_each_leave_the_item_none_of_its_own() -> None:
    item = item_of(
        "2. Meddelelser\n\n2.a Trivsel 2025\nTina Skovbo orienterede.\nKonklusion: Taget til efterretning.\n\n"
        "2.b Ny politik\nDen er kort.\nKonklusion: Politikken blev godkendt.\n"
    )
    told = [(one["title"], one["decision"]["outcome"]) for one in item["subitems"]]
    assert told == [("Trivsel 2025", "noted"), ("Ny politik", "approved")]
    assert item["decisions"] == []


def test_files_on_a_line_of_their_own_without_a_label() -> None:
    item = item_of("2. Ny plads\nBilag 2.1 Skitse, Bilag 2.2 Budget (fortroligt)\n\nBeslutning\nGodkendt.")
    assert [(one["title"], one["access"]) for one in item["attachments"]] == [("Skitse", None), ("Budget", "closed")]
    item = item_of("2. Ny plan\nBilag: Udkast af 1. maj 2025. Høringsfrist den 5. juni 2025.\n\nBeslutning\nUdsat.")
    assert [one["title"] for one in item["attachments"]] == ["Udkast af 1. maj 2025"]
    assert item_of("2. Ny plan\nBilag 2.1 Budgettet viser et fald\n\nBeslutning\nUdsat.")["attachments"] == []


@pytest.mark.parametrize(
    ("words", "proposer", "points"),
    [
        ("Det forberedende udvalg indstiller,\nat planen godkendes.", "Det forberedende udvalg", 1),
        ("Det foreslås,\nat prisen beregnes.\n(Stillet af Enhedslisten og Venstre)", "Enhedslisten og Venstre", 1),
        ("Staben indstiller, at den godkendes, og at den ses efter.\nIda Krogager spurgte om prisen.", "Staben", 2),
        ("Det indstilles, at planen godkendes.", None, 1),
    ],
)
def test_who_proposes_and_what(words: str, proposer: str | None, points: int) -> None:
    item = item_of(f"2. Ny plan\n\nIndstilling\n{words}\n\nBeslutning\nGodkendt.")
    assert (item["proposer"], len(item["recommendation"])) == (proposer, points)


@pytest.mark.parametrize(
    ("lines", "body"),
    [
        ("Vandværket\nBestyrelsesmøde nr. 3/2025\nReferat", "Bestyrelsen"),
        ("Styregruppen for Naturpark Kæret\nReferat", "Styregruppen for Naturpark Kæret"),
        ("KKR\nNORDJYLLAND\n\nReferat\nKKR Nordjylland", "KKR Nordjylland"),
    ],
)
def test_whose_meeting_it_is(lines: str, body: str) -> None:
    assert read(f"{lines}\nDato: 5. maj 2025 kl. 13.00\n{ITEM}")["body"] == body


def test_what_closes_a_page_belongs_to_no_item() -> None:
    foot = "\nReferatet er udsendt den 24. maj af Tina Skovbo\nTil toppen\nKontakt Politisk Sekretariat  Tlf. 123456\n"
    item = read(f"{HEAD}{ITEM}{foot}Nyhedsbrev   Cookies\n")["items"][0]
    assert (item["persons"], item["departments"]) == ([], [])
    items = read(f"{HEAD}{ITEM}\nTil toppen\n\n2. LUKKET: Køb af hus\n\nTilbage til oversigten\n")["items"]
    assert [one["number"] for one in items] == ["1", "2"]


def test_absence_from_work_is_nobodys_absence() -> None:
    item = item_of("2. Trivsel\n\nIda Krogager spurgte, om der måles på fravær efter ulykker.\n\nBeslutning\nDrøftet.")
    assert item["absent"] == []
