"""Verdicts, their headings, recommendations, access, absence, routes and small matters in other words of the kind."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.decision_headings import read_decision_heading
from graph.extract.decisions import read_decisions
from graph.extract.minutes import extract
from graph.extract.outcomes import outcomes
from graph.extract.passage import Passage
from graph.extract.record import record
from graph.model import SourceDocument
from graph.readers.choose import read_source

HEAD = """Kultur- og Havneudvalget

Referat fra mødet tirsdag den 9. april 2024 kl. 15.00

Til stede: Bodil Krarup (A), formand, Jens Hvilsted (V), Lasse Brinch (C), Mona Fjord (F)

3. Godkendelse af dagsorden

Beslutning
Godkendt.

"""
END = "\n\n5. Budget for havnen\n\nBeslutning\nGodkendt.\n"


def item_of(text: str, head: str = HEAD) -> dict[str, Any]:
    """The second of three items."""
    found = record(extract(read_source(f"{head}{text}{END}".encode(), title="t.txt")))["items"]
    assert isinstance(found, list)
    assert len(found) == 3
    one = found[1]
    assert isinstance(one, dict)
    return one


def verdicts(text: str) -> list[str]:
    source = SourceDocument(title="t", text=text, text_hash="", file_hash="", media_type="text/plain")
    return [one.outcome[0] for one in read_decisions(Passage(source, 0, len(text), "decision"), None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Forslaget opnåede ikke flertal.", "rejected"),
        ("Der kunne ikke opnås flertal for indstillingen.", "rejected"),
        ("Forslaget kunne ikke samle tilslutning.", "rejected"),
        ("Forslaget blev ikke fremmet.", "rejected"),
        ("Der gives ikke dispensation.", "rejected"),
        ("Udvalget besluttede at afvise ansøgningen.", "rejected"),
        ("Udvalget besluttede ikke at gå videre med broen.", "rejected"),
        ("Ikke behandlet.", "postponed"),
        ("Flyttes til næste møde.", "postponed"),
        ("Trukket af forvaltningen.", "postponed"),
        ("Forslaget sendes med ledelsens udtalelse til Ældre- og Genoptræningsudvalget.", "referred"),
        ("Det blev vedtaget, at rækværket trækkes to meter tilbage.", "approved"),
        ("Fagudvalgets indstilling følges.", "approved"),
        ("Indstillingen blev taget til følge.", "approved"),
        ("I overensstemmelse med indstillingen.", "approved"),
        ("Udvalget var enigt i indstillingen.", "approved"),
        ("Udvalget kan tilslutte sig den første del.", "approved"),
        ("Der ydes tilskud.", "approved"),
        ("Økonomiudvalget følger flertallet i Havneudvalget.", "recommended"),
        ("Byrådet følger flertallet i Økonomiudvalget.", "approved"),
        ("Udvalget besluttede at indstille, at broen males.", "recommended"),
        ("Godkendt, dog udgår punkt 3.", "adopted_with_change"),
        ("Taget til orientering. Punktet om kranen udgik.", "noted"),
        ("Punktet om kranen udgik.", "postponed"),
    ],
)
def test_the_outcome_of_words_of_the_same_kind(text: str, found: str) -> None:
    assert outcomes(text)[0] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. punkt: Anbefales med den ændring, at renten er 2 pct.\n2.-3. punkt: Anbefales.", ["recommended"] * 2),
        ("1. punkt: Anbefales.\n2.-3. punkt: Anbefales.", ["recommended"]),
        ("Planen for molen blev godkendt.\nSalget af skuret blev udsat til juni.", ["approved", "postponed"]),
        ("Planen blev godkendt.\nSagen drøftes igen i juni.", ["approved"]),
        ("Ansøgningen fra Vestby Roklub imødekommes. Ansøgningen fra Kajakklubben afslås.", ["approved", "rejected"]),
        ("Roklubben får tilskud. Kajakklubben får afslag.", ["approved", "rejected"]),
        ("Indstillingen godkendes. Der gives afslag på dispensation.", ["approved"]),
        ("Turen går til Ribe. Et forslag fra Mona Fjord om Varde faldt.", ["other", "rejected"]),
        ("Mona Fjord foreslog Varde. Et forslag fra Mona Fjord om Varde faldt.", ["rejected"]),
        ("Et flertal kunne ikke tiltræde forslaget. Et mindretal stemte for. Forslaget bortfaldt.", ["rejected"]),
        ("Indstillingen kan ikke tiltrædes. Udvalget anbefaler, at skuret rives ned.", ["rejected"]),
        (
            "Et flertal (A og V) indstiller til godkendelse.\nEt mindretal (Mona Fjord) kan ikke tiltræde, da molen er"
            " for høj og for dyr.\nLasse Brinch undlod at stemme.",
            ["recommended"],
        ),
    ],
)
def test_how_many_verdicts_a_section_gives(text: str, found: list[str]) -> None:
    assert verdicts(text) == found


@pytest.mark.parametrize(
    "heading",
    [
        "Økonomiudvalget den 2/4 2024",
        "Økonomiudvalget - 2. april 2024",
        "Økonomiudvalget (2. april 2024)",
        "Behandling i Økonomiudvalget den 2. april 2024",
        "Vedtagelse i Økonomiudvalget den 2. april 2024",
        "Fra mødet i Økonomiudvalget den 2. april 2024",
        "Økonomiudvalget, mødet den 2. april 2024",
        "Beslutning: Økonomiudvalget, 2. april 2024",
        "Beslutning i Økonomiudvalget (02-04-2024)",
        "Beslutning Økonomiudvalget 2024-04-02",
        "Beslutning fra Økonomiudvalgets møde den 2. april 2024",
        "Økonomiudvalget besluttede den 2. april 2024:",
    ],
)
def test_a_heading_names_body_and_day(heading: str) -> None:
    decided = item_of(f"4. Bolværk i Nordhavnen\n\nSagsfremstilling\nDet er råddent.\n\n{heading}\nAnbefales.")[
        "decisions"
    ]
    assert [(one["body"], one["date"], one["outcome"]) for one in decided] == [
        ("Økonomiudvalget", "2024-04-02", "recommended")
    ]


@pytest.mark.parametrize(
    "line", ["Beslutning: Udsat til mødet den 2. april 2024.", "Økonomiudvalget mødes (forventet) 2. april 2024"]
)
def test_a_day_alone_makes_no_heading(line: str) -> None:
    assert read_decision_heading(line) is None


@pytest.mark.parametrize(
    ("asked", "proposer", "points"),
    [
        ("Sagsfremstilling\nBroen er slidt.\nMona Fjord foreslog\nat broen males.", "Mona Fjord", ["at broen males."]),
        ("Sagsfremstilling\nBroen er slidt.\nUdvalget foreslog\nat broen males.", None, []),
        ("Jens Hvilsted foreslår, at broen males.", None, []),
    ],
)
def test_who_proposed(asked: str, proposer: str | None, points: list[str]) -> None:
    one = item_of(f"4. Maling af broen\n\n{asked}\n\nBeslutning\nTiltrådt.")
    assert (one["proposer"], one["recommendation"]) == (proposer, points)


def test_a_members_proposal_is_told_by_the_title() -> None:
    one = item_of(
        "4. Forslag fra Jens Hvilsted om broen\n\nJens Hvilsted foreslår, at broen males.\n\nReferat\nVedtaget."
    )
    assert (one["proposer"], one["recommendation"]) == ("Jens Hvilsted", ["at broen males."])


def test_what_was_asked_for_may_stand_below_its_verdict() -> None:
    one = item_of(
        "4. Maling af broen\n\nBeslutning\n1. Tiltrådt.\n2. Udsat.\nHavne- og Miljøforvaltningen indstiller\n"
        "1. at broen males\n2. at kranen sælges\n\nSagsfremstilling\nBroen er slidt."
    )
    assert one["proposer"] == "Havne- og Miljøforvaltningen"
    assert one["recommendation"] == ["at broen males", "at kranen sælges"]
    assert [decision["outcome"] for decision in one["decisions"]] == ["approved", "postponed"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Konklusion: Udvalget afgiver et høringssvar.", ["other"]),
        ("Konklusion: Der er enighed om at svare.", ["other"]),
        ("Konklusion: Havnen skal have en ny plan.", []),
        ("Konklusion: Udvalget skal tage stilling i maj.", []),
        ("Broen er vedtaget med den tilføjelse, at den males hvid.", ["adopted_with_change"]),
        ("Begge dele godkendt.", ["approved"]),
        ("Lokalplanen er vedtaget, og naboerne har fået brev.", []),
    ],
)
def test_a_conclusion_or_an_account_settles_the_matter_or_not(told: str, found: list[str]) -> None:
    one = item_of(f"4. Bro ved Sejlklubben\n\nBroen koster 2 mio. kr.\n{told}")
    assert [decision["outcome"] for decision in one["decisions"]] == found


def test_a_closing_formula_is_no_verdict() -> None:
    one = item_of(
        "4. Salg af skuret\n\nBeslutning\nBeslutningen offentliggøres senere.\n\nSåledes vedtaget\nBodil Krarup"
    )
    assert [decision["outcome"] for decision in one["decisions"]] == ["other"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("Mona Fjord genvalgt.", ["approved"]),
        ("Udvalget valgte Mona Fjord som formand.", ["approved"]),
        ("Udvalget tager det til efterretning.", ["noted"]),
        ("Vi nåede ikke punktet.", ["postponed"]),
        ("Sat på dagsordenen igen til maj.", ["postponed"]),
        ("Ingen kommentarer til listen.", ["other"]),
        ("Det tager to måneder, før valget kan godkendes.", []),
    ],
)
def test_what_is_told_right_under_a_title(told: str, found: list[str]) -> None:
    one = item_of(f"4. Valg af formand\n\n{told}")
    assert [decision["outcome"] for decision in one["decisions"]] == found


@pytest.mark.parametrize(
    "label", ["Udvalgsbeslutning", "Protokollat", "Beslutning fra udvalget", "Mødets resultat", "Hvad besluttede vi?"]
)
def test_a_verdict_under_a_rarer_label(label: str) -> None:
    one = item_of(f"4. Bolværk i Nordhavnen\n\nSagsfremstilling\nDet er råddent.\n\n{label}\nGodkendt.")
    assert [decision["outcome"] for decision in one["decisions"]] == ["approved"]


@pytest.mark.parametrize(
    ("told", "absent"),
    [
        ("Mona Fjord forlod mødet kl. 16.10, inden punktet blev behandlet.", ["Mona Fjord"]),
        ("Mona Fjord havde forladt mødet.", ["Mona Fjord"]),
        ("Mona Fjord var gået.", ["Mona Fjord"]),
        ("Mona Fjord meldte forfald.", ["Mona Fjord"]),
        ("Mona Fjord ankom efter behandlingen af punktet.", ["Mona Fjord"]),
        ("Under dette punkt deltog Mona Fjord ikke.", ["Mona Fjord"]),
        ("Mona Fjord forlod mødet efter punktet.", []),
        ("Tilsynet var gået godt, sagde Mona Fjord.", []),
        ("Afbud til Mona Fjord senest fredag.", []),
    ],
)
def test_who_was_absent_from_the_item(told: str, absent: list[str]) -> None:
    one = item_of(f"4. Bolværk i Nordhavnen\n\nBeslutning\nGodkendt.\n{told}")
    assert [person["name"] for person in one["absent"]] == absent


@pytest.mark.parametrize(
    ("under", "access"),
    [
        ("Offentligt punkt", "open"),
        ("Sagstype: Åben", "open"),
        ("Sagstype: Beslutningssag", None),
        ("Behandles for lukkede døre", "closed"),
        ("Lukket sag, jf. styrelseslovens § 10", "closed"),
        ("Lukkede skure skal males.", None),
    ],
)
def test_a_line_tells_whether_the_item_is_open(under: str, access: str | None) -> None:
    assert item_of(f"4. Bolværk i Nordhavnen\n{under}\n\nBeslutning\nGodkendt.")["access"] == access


def test_a_list_of_the_items_tells_which_are_closed() -> None:
    listed = (
        "PUNKTER\n3. Åbent - Godkendelse af dagsorden\n4. Lukket - Salg af skuret\n5. Åbent - Budget for havnen\n\n"
    )
    head = HEAD.replace("3. Godkendelse", f"{listed}3. Godkendelse")
    assert item_of("4. Salg af skuret\n\nBeslutning\nUdsat.", head)["access"] == "closed"


@pytest.mark.parametrize("title", ["4. Lukket Orientering: Lejemål", "4. Lukket Beslutning: Salg af skuret"])
def test_a_title_says_what_kind_of_closed_item_it_is(title: str) -> None:
    assert item_of(f"{title}\n\nBeslutning\nGodkendt.")["access"] == "closed"


@pytest.mark.parametrize(
    ("line", "routing"),
    [
        ("Besl. komp: KHU/ØU/BR", ["KHU", "ØU", "BR"]),
        ("Sagsgang KHU-ØU-BY", ["KHU", "ØU", "BY"]),
        ("Beslutning træffes af Byrådet", ["Byrådet"]),
        ("Beslutningskompetence Byrådet", ["Byrådet"]),
        ("Kompetencecentret i Byrådssalen er lejet ud.", []),
    ],
)
def test_a_route_under_other_labels(line: str, routing: list[str]) -> None:
    one = item_of(f"4. Bolværk i Nordhavnen\n\n{line}\n\nSagsfremstilling\nDet er råddent.\n\nBeslutning\nGodkendt.")
    assert one["routing"] == routing


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Journal nr.: 24/1234", "24/1234"),
        ("Sag nr. 00.01.00-P35-12-24", "00.01.00-P35-12-24"),
        ("Sagsnr.: 24-1234", "24-1234"),
        ("Sagsnummer 24.12345", "24.12345"),
        ("Sagsnr.: S2024-1234", "S2024-1234"),
        ("Sagsnr.: tildeles senere", None),
    ],
)
def test_a_case_number_behind_its_label(line: str, number: str | None) -> None:
    one = item_of(f"4. Bolværk i Nordhavnen\n{line}\n\nSagsfremstilling\nDet er råddent.\n\nBeslutning\nGodkendt.")
    assert one["case_number"] == number


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (
            "4. Orientering\na) Formanden\nHar været i Ribe.\nb) Forum\nUdgår.",
            {"Formanden": None, "Forum": "postponed"},
        ),
        ("4. Gensidig orientering\n4.1 Havnen\nNy kran.\n4.2 Museet\nIntet.", {"Havnen": None, "Museet": None}),
        ("4. Ansøgninger\n4.1. Roere\nBevilget.\n4.2. Museet\nAfslag.", {"Roere": "approved", "Museet": "rejected"}),
        ("4. Orientering om kranen\na) Pris\nDen er steget.\nb) Alder\nDen er gammel.", {}),
    ],
)
def test_small_matters_under_one_title(listed: str, found: dict[str, str | None]) -> None:
    one = item_of(listed)
    assert {matter["title"]: (matter["decision"] or {}).get("outcome") for matter in one["subitems"]} == found
    assert one["decisions"] == []


ASKED = "Sagsfremstilling\nDer er tre:\n{}\n\nBeslutning\n{}"


@pytest.mark.parametrize(
    ("stated", "decided", "found"),
    [
        (
            "a) Fest i parken, 8.000 kr.\nb) Bænke ved søen (12.500 kr.)\nc) Kor",
            "a) Bevilget.\nb) Afslag, da prisen er for høj.\nc) Udsat.\nMona Fjord var inhabil ved b.",
            [("Fest i parken", "approved"), ("Bænke ved søen", "rejected"), ("Kor", "postponed")],
        ),
        ("1. Fest - 8.000 kr.\n2. Kor", "1. Imødekommet.\n2. Afvist.", [("Fest", "approved"), ("Kor", "rejected")]),
        ("a) Fest i parken\nb) Kor", "a) Det blev en lang snak.\nb) Formanden ringer.", []),
        ("a) Fest i parken\nb) Kor\nc) Leg", "a) Bevilget.\nb) Afslag.", []),
        ("1. Prisen\n2. Kor\n\nIndstilling\n1. at prisen godkendes\n2. at kor drøftes", "1. Godkendt.\n2. Afvist.", []),
    ],
)
def test_a_verdict_answers_a_list_mark_by_mark(stated: str, decided: str, found: list[tuple[str, str]]) -> None:
    one = item_of(f"4. Puljen til havnen\n\n{ASKED.format(stated, decided)}")
    assert [(matter["title"], matter["decision"]["outcome"]) for matter in one["subitems"]] == found


@pytest.mark.parametrize(
    ("title", "said", "found", "expected"),
    [
        (
            "Meddelelser",
            "- Ny kran. Den kommer til maj. Taget til efterretning.\n- Plan for havnen. Planen blev godkendt.",
            [("Ny kran", "noted"), ("Plan for havnen", "approved")],
            ["Taget til efterretning.", "Planen blev godkendt."],
        ),
        ("Meddelelser", "- Taget til efterretning.\n- Formanden ringer.", [], None),
        ("Orientering", "Taget til efterretning.\n- Brevet er sendt.\n- Kranen er malet.", [], None),
        ("Plan for havnen", "- Planen er god. Godkendt.\n- Prisen er høj. Drøftet.", [], None),
    ],
)
def test_a_verdict_lists_small_matters(
    title: str, said: str, found: list[tuple[str, str]], expected: list[str] | None
) -> None:
    one = item_of(f"4. {title}\n\nBeslutning\n{said}")
    assert [(matter["title"], matter["decision"]["outcome"]) for matter in one["subitems"]] == found
    assert expected is None or [decision["text"] for decision in one["decisions"]] == expected
