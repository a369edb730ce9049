"""Wordings of municipalities whose papers came later: access, files, departments, bodies, rolls and verdicts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.danish.bodies import read_bodies
from graph.danish.names import read_names
from graph.danish.units import read_units
from graph.extract.attachments import read_attachments
from graph.extract.decisions import read_decisions
from graph.extract.mentions import read_mentions
from graph.extract.minutes import extract
from graph.extract.passage import Passage
from graph.extract.record import record
from graph.readers.choose import read_source

HEAD = "Kærby Kommune\nFritidsudvalget\nReferat\nMødedato: 20. maj 2025\n"


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="referat.txt")))


def passage(text: str, kind: str) -> Passage:
    source = read_source(text.encode(), title="referat.txt")
    return Passage(source, 0, len(source.text), kind, date(2025, 5, 20), "Fritidsudvalget")


# --- access


@pytest.mark.parametrize(
    ("beside", "access"),
    [
        ("Åben sag", "open"),
        ("Lukket sag", "closed"),
        ("(lukket)", "closed"),
        ("Åbent punkt", "open"),
        ("- Fortrolig", "closed"),
    ],
)
def test_the_access_beside_a_case_number(beside: str, access: str) -> None:
    (item, _) = read(
        f"{HEAD}\n7. Ny bane i Østby\n23/14820                {beside}\n\nBeslutning\nGodkendt.\n"
        "\n8. Eventuelt\nBeslutning\nIntet.\n"
    )["items"]
    assert (item["case_number"], item["access"]) == ("23/14820", access)


ITEMS = "\n1 Godkendelse af dagsorden\nBeslutning\nGodkendt.\n\n2 Baner i Østby\nBeslutning\nDrøftet.\n"


@pytest.mark.parametrize(
    ("over", "below", "first"),
    [
        ("ÅBEN DAGSORDEN\n", "\nLUKKET DAGSORDEN\n\n3 Personalesag\nBeslutning\nGodkendt.\n", "open"),
        ("Åben dagsorden\n", "", "open"),
        ("", "", None),
    ],
)
def test_a_heading_that_is_an_agendas_name_opens_the_open_items(over: str, below: str, first: str | None) -> None:
    found = [item["access"] for item in read(f"{HEAD}\n{over}{ITEMS}{below}")["items"]]
    assert found == [first, first, *(["closed"] if below else [])]


# --- files


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "1   Åben   Plan for Østby - endelig               4410227",
            [("Plan for Østby - endelig", "4410227", "open")],
        ),
        ("1   Lukket Tilbud                   4402971", [("Tilbud", "4402971", "closed")]),
        ("1 Rapport (3271164)\n2 Kort", [("Rapport", "3271164", None), ("Kort", None, None)]),
        ("1   Rapport          Lukket    4410227", [("Rapport", "4410227", "closed")]),
        ("3271164 Rapport", [("Rapport", "3271164", None)]),
        ("Rapport - 3271164", [("Rapport", "3271164", None)]),
        ("Rapport, dok. 3271164", [("Rapport", "3271164", None)]),
        ("(lukket) Tilbud\n[Åben] Kort", [("Tilbud", None, "closed"), ("Kort", None, "open")]),
        ("Bilag 2 (lukket): Tilbud", [("Tilbud", None, "closed")]),
        ("Bilag A: Tilbud", [("Tilbud", None, None)]),
        ("2. (åben) Kort", [("Kort", None, "open")]),
        # what is a title's own
        ("Budget 2024", [("Budget 2024", None, None)]),
        ("2 modeller for skolen\n3 kort", [("2 modeller for skolen", None, None), ("3 kort", None, None)]),
        ("20240501 Notat", [("20240501 Notat", None, None)]),
        ("Åben skole i Østby", [("Åben skole i Østby", None, None)]),
    ],
)
def test_what_stands_round_a_files_title(text: str, expected: list[tuple[str, str | None, str | None]]) -> None:
    found = read_attachments(passage(text, "attachments"))
    assert [(one.title, one.identifier, one.access_rights) for one in found] == expected


def test_what_a_page_prints_at_its_edge_is_no_file() -> None:
    edge = "\n                    Kærby Kommune\nFritidsudvalget  -  20. maj 2025          Side {}\n\n"
    pages = (f"{n}. Sag om bane {n}\n\nBeslutning\nGodkendt.\n\nBilag\nNotat {n}\n{edge.format(n)}" for n in (1, 2, 3))
    assert [[a["title"] for a in item["attachments"]] for item in read(HEAD + "\n" + "".join(pages))["items"]] == [
        ["Notat 1"],
        ["Notat 2"],
        ["Notat 3"],
    ]


# --- departments, bodies and the days they meet


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("For klubben foreslår Fritid & Kultur, at taksten stiger.", ["Fritid & Kultur"]),
        ("Det er Teknik & Miljøs vurdering, at vejen holder.", ["Teknik & Miljø"]),
        ("Udvalget ønsker Vej og Trafik med til mødet.", ["Vej og Trafik"]),
        ("Udvalget beder Teknik og Miljø om at se på stien.", ["Teknik og Miljø"]),
        ("Sekretariatet indstiller til udvalget, at planen godkendes.", ["Sekretariatet"]),
        ("Udvalget ønsker Kultur og Fritid prioriteret.", []),
        ("Forvaltningen indstiller, at planen godkendes.", []),
        ("Sekretariatet sender en plan ud.", []),
    ],
)
def test_departments_told_by_what_they_do(text: str, expected: list[str]) -> None:
    assert [unit.name for unit in read_units(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nordlands Udviklingsråd ønsker torvet først.", []),
        ("Vejen Erhvervsråd blev hørt.", ["Vejen Erhvervsråd"]),
        ("Valg til bestyrelsen for Business Østby.", []),
        ("Planen er sendt til skolebestyrelser og MED-udvalg.", []),
        ("Planen er drøftet i MED-udvalget.", ["MED-udvalget"]),
    ],
)
def test_what_is_no_body_of_the_municipality(text: str, expected: list[str]) -> None:
    assert [body.name for body in read_bodies(text)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Svaret sendes til Teknikudvalget inden mødet den 5. december 2025.", date(2025, 12, 5)),
        ("Møde med Økonomiudvalget holdes den 27. august 2025.", date(2025, 8, 27)),
        ("På mødet den 20. juni 2018 (sag nr. 14) besluttede Byrådet at se på behovet.", date(2018, 6, 20)),
        ("Økonomiudvalget har fået et brev, og en messe holdes den 27. august 2025.", None),
        ("Teknikudvalget får svar inden fristen den 5. december 2025.", None),
    ],
)
def test_the_day_of_a_bodys_meeting(text: str, expected: date | None) -> None:
    assert [m.mention_date for m in read_mentions(passage(text, "case-text")) if m.mention_kind == "body"] == [expected]


def test_bodies_to_be_heard_in_a_routing_field_are_named() -> None:
    (item, _) = read(
        f"{HEAD}\n1. Plan\n\nHøring og sagsgang\nSagen sendes i høring i Seniorrådet og Handicaprådet.\n"
        "Fritidsudvalget, Byrådet\n\nBeslutning\nGodkendt.\n\n2. Eventuelt\n\nBeslutning\nIntet.\n"
    )["items"]
    assert [body["name"] for body in item["mentioned_bodies"]] == ["Seniorrådet", "Handicaprådet"]


# --- the header


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("ÆLDRERÅDET I KÆRBY KOMMUNE\n\nReferat af møde den 11. maj 2023", "ældrerådet"),
        ("Landsbyudvalget (§ 17, stk. 4)\nMandag den 18. september 2023\nReferat", "landsbyudvalget"),
        ("Østskolen, Kærby Kommune\nSkolebestyrelsesmøde den 23. januar 2024 kl. 17.00", "skolebestyrelsen"),
    ],
)
def test_whose_meeting_it_is(head: str, expected: str) -> None:
    roll = "Medlemmer\nBente Skovdal, Borgerrådet - til stede\nBo Juhl (A) - afbud\n"
    assert read(f"{head}\n\n{roll}{ITEMS}")["body"].casefold() == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("Mandag den 18. september 2023\nKl. 16.30\nKærby Gl. Skole", "Kærby Gl. Skole"),
        ("Mødet den 23. januar 2024 kl. 17.00-19.30 på personalestuen", "personalestuen"),
        ("Mandag den 18. september 2023\nKl. 16.30\nIda Holm Krog", None),
    ],
)
def test_where_it_is_held(lines: str, expected: str | None) -> None:
    assert read(f"Skolerådet\nReferat\n{lines}\n{ITEMS}")["place"] == expected


def test_a_web_pages_path_tells_what_the_paper_is() -> None:
    page = "Forside > Skolerådet > {}\n\nSkolerådet\nMandag den 18. september 2023\n{}"
    assert read(page.format("Referater", ITEMS))["document_kind"] == "referat"
    assert read(page.format("Dagsordener og referater", ITEMS))["document_kind"] is None


# --- rolls


def test_a_roll_with_a_cell_on_each_line() -> None:
    roll = """Deltagere:
Navn
Valgt af
Mødt
Egon Møllegaard, formand
Idrætten
Ja
Tina Skovbo
Byrådet
Afbud
Bo Lindvig
Spejderne, suppleant for Tina Skovbo
Ja
Ida Krogager
Oplysning
Nej
"""
    found = read(f"{HEAD}{roll}{ITEMS}")
    assert [one["name"] for one in found["present"]] == ["Egon Møllegaard", "Bo Lindvig"]
    assert [one["name"] for one in found["absent"]] == ["Tina Skovbo", "Ida Krogager"]
    assert found["present"][1]["role"] == "stedfortræder for Tina Skovbo"


def test_a_cross_below_a_name_counts_the_columns_by_its_lines() -> None:
    roll = "Medlemmer\nTil stede\nFraværende\nEgon Møllegaard (V)\nX\n\nTina Skovbo (A)\n\nX\nBo Lindvig (C)\nX\n\n"
    found = read(f"{HEAD}{roll}{ITEMS}")
    assert [one["name"] for one in found["present"]] == ["Egon Møllegaard", "Bo Lindvig"]
    assert [one["name"] for one in found["absent"]] == ["Tina Skovbo"]


@pytest.mark.parametrize(
    "behind", ["(suppleant Bo Lindvig deltager)", "(i stedet: Bo Lindvig)", "(Bo Lindvig deltog som suppleant)"]
)
def test_who_came_for_one_of_the_absent(behind: str) -> None:
    found = read(f"{HEAD}Deltagere: Egon Møllegaard\nAfbud:\nIda Krogager\nTina Skovbo {behind}\n{ITEMS}")
    assert {one["name"] for one in found["absent"]} == {"Ida Krogager", "Tina Skovbo"}
    assert found["present"][1] | {"evidence": None} == {
        "name": "Bo Lindvig",
        "party": None,
        "role": "stedfortræder for Tina Skovbo",
        "evidence": None,
    }


@pytest.mark.parametrize("verb", ["udpeges", "vælges til nævnet", "indstilles som medlem"])
def test_who_gives_up_a_seat_is_not_absent(verb: str) -> None:
    item = read(f"{HEAD}\n1 Nævn\nForslag\nDet foreslås, at Bo Lindvig {verb} i stedet for Tina Skovbo.\n{ITEMS}")
    assert item["items"][0]["absent"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tilsynsførende Liv Skovbo deltager.", [("Liv Skovbo", "Tilsynsførende")]),
        ("Ny lærer, Liv Skovbo, begynder i maj.", [("Liv Skovbo", "lærer")]),
        ("Mødet blev ledet af en lærer, Liv Skovbo deltog.", [("Liv Skovbo", None)]),
        ("Liv Skovbo (A), formand\nBo Lindvig (C)", [("Liv Skovbo", "formand"), ("Bo Lindvig", None)]),
    ],
)
def test_whose_post_it_is(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(name.name, name.title) for name in read_names(text)] == expected


# --- verdicts


@pytest.mark.parametrize(
    ("title", "account", "expected"),
    [
        ("Dagsorden", "Dagsordenen godkendt med den tilføjelse, at busser tages først.", "adopted_with_change"),
        ("Politik", "Udkastet blev drøftet.", "discussed"),
        ("Forslag om fri", "Der var ikke enighed. Forslaget nyder derfor ikke fremme.", "rejected"),
        ("Røg", "Bo spurgte til reglerne. Sendes til drøftelse i fagudvalget for løn.", "referred"),
        ("Nyt", "Bo Lindvig fortalte om loven. Til orientering.", "noted"),
        ("Handicappris", "Der er seks forslag. Prisen gives til Café Kram.", "other"),
        ("Havn", "Planen vedtaget i 2019 skal ses efter.", None),
        ("Sprog", "Prisen gives hvert år i maj.", None),
    ],
)
def test_a_verdict_told_without_a_label(title: str, account: str, expected: str | None) -> None:
    items = read(f"{HEAD}\n1. {title}\n{account}\n\n2. Næste møde\nSes i juni.\n\n3. Budget\nDrøftet.\n")["items"]
    assert [one["outcome"] for one in items[0]["decisions"]] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Udvalget vedtog planen. Ida Holm (A) stemte imod.\nTidsplanen blev godkendt.", ["approved", "approved"]),
        ("Et flertal (A og V) godkendte. Bo Juhl (Ø) stemte imod.\nAt-punkt 3 blev godkendt.", ["approved"] * 2),
        ("Taksterne godkendt med den ændring, at kort koster 40 kr.\n2. at: Godkendt.",
         ["adopted_with_change", "approved"]),
        ("Bo Juhl foreslog 2027.\nDette forslag faldt, idet Ø (1) stemte for.\n\nPunkterne 1-3 blev godkendt.",
         ["rejected", "approved"]),
        ("Punkt 1 blev sat til afstemning.\nFor stemte 6: A. Imod stemte 1: Ø.\nPunkt 1 blev dermed vedtaget.",
         ["approved"]),
        ("Udvalget godkendte. Ida Holm (A) stemte imod.\nIndstillingen blev godkendt.", ["approved"]),
        ("Godkendt.\n2. behandling sker i maj.", ["approved"]),
        ("Sygefraværet faldt. Taget til efterretning.", ["noted"]),
    ],
)  # fmt: skip
def test_verdicts_on_more_than_one_point(text: str, expected: list[str]) -> None:
    assert [one.outcome[0] for one in read_decisions(passage(text, "decision"), None)] == expected
