"""A verdict point by point, what one member would have, verdicts without a label, and lists of small matters."""

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
"""


def items_of(text: str, head: str = HEAD) -> list[dict[str, Any]]:
    found = record(extract(read_source(f"{head}\n{text}".encode(), title="t.txt")))["items"]
    assert isinstance(found, list)
    return found


def verdicts(text: str) -> list[str]:
    source = SourceDocument(title="t", text=text, text_hash="", file_hash="", media_type="text/plain")
    return [one.outcome[0] for one in read_decisions(Passage(source, 0, len(text), "decision"), None)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ad 1. Godkendt.\nAd 2. Udsat til maj.", ["approved", "postponed"]),
        ("1. at: Godkendt.\n2. at: Hjemvises til forvaltningen.", ["approved", "referred"]),
        ("Første at: Anbefales.\nAndet at: Udvalget anbefaler ikke, at hallen lukkes.", ["recommended", "rejected"]),
        ("a. Drøftet.\nb. Taget til efterretning.", ["discussed", "noted"]),
        ("Pkt. 1 og 2 tiltrådt. Pkt. 3 blev ikke godkendt.", ["approved", "rejected"]),
        ("Indstillingens punkt 1 anbefales. Punkt 2 udsættes.", ["recommended", "postponed"]),
        ("Anbefales for så vidt angår første pind. Anden pind blev ikke anbefalet.", ["recommended", "rejected"]),
        ("1) Godkendt.\n2) Godkendt.\n3) Imødekommes ikke.", ["approved", "rejected"]),
        ("Havnens Roklub: Bevilget.\nBakkeby Skakklub: Afslag, da puljen er tom.", ["approved", "rejected"]),
        ("Ad 1: Mona Fjord skriver et udkast.\nAd 2: Til efterretning.", ["other", "noted"]),
        (
            "Havnens Kor: 5.000 kr. bevilges.\nBakkeby Kor: Sagen udsættes, til der er budget.",
            ["approved", "postponed"],
        ),
        ("Drøftet. Mona Fjord deltog.\nDet blev besluttet, at der laves en plan.", ["discussed", "approved"]),
        ("Drøftet. Et forslag om at lukke skolen blev forkastet.", ["discussed", "rejected"]),
        ("Taget til efterretning. Udvalget besluttede samtidig at sende planen til Ældrerådet.", ["noted", "referred"]),
    ],
)
def test_a_body_decides_otherwise_on_the_next_point(text: str, found: list[str]) -> None:
    assert verdicts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ad 1. Godkendt.\nAd 2. Godkendt.", ["approved"]),
        ("Godkendt. Punkt 4 rykkes op som punkt 2.", ["approved"]),
        ("Dagsordenen godkendt. Pkt. 5 udgår.", ["approved"]),
        ("Punkt 5 udgår af dagsordenen. I øvrigt godkendt.", ["approved"]),
        ("Drøftet, og det blev besluttet, at der laves en plan.", ["approved"]),
        ("Udvalget besluttede:\n1. at støtte festugen.\n2. at udsætte loppetorvet.", ["approved"]),
        ("Godkendt.\n\nAfbud: 1. suppleant Mona Fjord", ["approved"]),
        ("________________", []),
        ("– – –", []),
    ],
)
def test_points_that_are_no_verdicts_of_their_own(text: str, found: list[str]) -> None:
    assert verdicts(text)[: len(found) + 1] == found


def test_a_carried_motion_is_one_verdict_and_one_behind_an_amendment_another() -> None:
    voted = "For stemte Bodil Krarup. Imod stemte Lasse Brinch og Mona Fjord.\n"
    assert verdicts(f"Forslaget blev sat til afstemning.\n{voted}Forslaget er vedtaget.") == ["approved"]
    carried = "For forslaget stemte 3. Imod stemte 2. Forslaget blev vedtaget.\n"
    assert verdicts(f"Mona Fjord foreslog en bro til.\n{carried}Planen blev herefter godkendt.") == ["approved"] * 2
    assert verdicts(f"Mona Fjord foreslog en bro til.\n{carried}Indstillingen blev herefter godkendt.") == ["approved"]
    assert len(verdicts(f"Ændringsforslaget blev sat til afstemning.\n{voted}Indstillingen er vedtaget.")) == 2


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Anbefales.\n\nMona Fjord (F) kan ikke anbefale punkt 2.", "recommended"),
        ("Godkendt.\nListe Ø kunne ikke tiltræde indstillingen.", "approved"),
        ("Godkendt.\nEnhedslisten og Alternativet kan ikke godkende finansieringen.", "approved"),
        ("Tiltrådt.\nEt mindretal kan ikke anbefale planen.", "approved"),
        ("Tiltrådt.\nMedarbejdersiden kunne ikke tiltræde planen.", "approved"),
        ("Havneudvalget kan ikke anbefale planen.", "rejected"),
        ("Udvalget anbefaler ikke, at broen fjernes.", "rejected"),
        ("Et flertal kan ikke anbefale planen.", "rejected"),
        ("Ikke anbefalet.", "rejected"),
        ("Udvalget indstiller herefter med 5 stemmer mod 1 forvaltningens indstilling vedtaget.", "recommended"),
        ("Udvalget besluttede at sende planen i høring.", "referred"),
        ("Det indstillede udvalg blev tiltrådt.", "approved"),
    ],
)
def test_what_one_member_would_have_is_not_what_the_body_did(text: str, outcome: str) -> None:
    assert outcomes(text)[0] == outcome


@pytest.mark.parametrize(
    ("title", "told", "outcome"),
    [
        ("Lejrskoler", "Udgår, da Mona Fjord ikke var til stede.", "postponed"),
        ("Nyt fra medlemmerne", "Intet nyt.", "other"),
        ("Eventuelt", "Der var intet til punktet.", "other"),
        ("Valg til følgegruppen", "Der var to kandidater. Mona Fjord er valgt.", "approved"),
        ("Udpegning til Havnerådet", "Som repræsentant udpegedes Lasse Brinch.", "approved"),
        ("Høring om havneplan", "Rådet bakker op om planen.", "approved"),
        ("Høring om takster", "Rådet finder, at taksterne er for høje.", "other"),
        ("Velkomst", "Referatet fra den 12. marts 2024 blev godkendt.", "approved"),
    ],
)
def test_a_verdict_without_a_label(title: str, told: str, outcome: str) -> None:
    first, *_ = items_of(f"Punkt 1: {title}\n\n{told}\n\nPunkt 2: Budget for havnen\n\nBeslutning\nGodkendt.\n")
    assert [one["outcome"] for one in first["decisions"]] == [outcome]


@pytest.mark.parametrize(
    "told",
    [
        "Mona Fjord er valgt ind i regionens ungdomsråd.",
        "Byrådet godkendte planen den 3. marts 2023.",
        "Havnen har fået nyt bolværk.",
    ],
)
def test_an_account_that_settles_nothing(told: str) -> None:
    first, *_ = items_of(f"Punkt 1: Status for havnen\n\n{told}\n\nPunkt 2: Budget\n\nBeslutning\nGodkendt.\n")
    assert first["decisions"] == []


def test_a_list_under_a_collecting_title_holds_small_matters() -> None:
    listed = "a. Rampe ved museet, 38.000 kr.: Bevilget.\nb. Bænke i parken: Udsat til juni."
    first, second, third, *_ = items_of(
        f"1. Ansøgninger til havnepuljen\n\n{listed}\n\n2. Orienteringer\n\na. Ny havnefoged\nb. Stormen i januar\n\n"
        "Beslutning\nTil efterretning.\n\n3. Mål for havnen\n\na. Flere gæster\nb. Rent vand\n\nBeslutning\nGodkendt.\n"
    )
    assert [one["title"] for one in first["subitems"]] == ["Rampe ved museet", "Bænke i parken"]
    assert [one["outcome"] for one in first["decisions"]] == ["approved", "postponed"]
    assert [one["title"] for one in second["subitems"]] == ["Ny havnefoged", "Stormen i januar"]
    assert third["subitems"] == []


@pytest.mark.parametrize(
    ("line", "body"),
    [
        ("BESLUTNING I UDVALGET FOR HAVN OG KYST DEN 11-09-2019", "UDVALGET FOR HAVN OG KYST"),
        ("Beslutning i Havneudvalget den 11. september 2019", "Havneudvalget"),
    ],
)
def test_a_heading_in_capitals(line: str, body: str) -> None:
    heading = read_decision_heading(line)
    assert heading is not None
    assert heading.body == body
    assert heading.date_span is not None


def test_one_label_stands_over_a_route_or_over_what_was_done() -> None:
    done, route, past = items_of(
        "Punkt 1: Havneplan\n\nSagens behandling\nHavneplanen blev godkendt.\n\n"
        "Punkt 2: Broplan\n\nSagens behandling\nHavneudvalget 20.05.2024\nByrådet 27.05.2024\n\nBeslutning\nUdsat.\n\n"
        "Punkt 3: Bådplan\n\nSagens behandling\n\n"
        "Udvalget for det kystnære liv, 20. februar 2024\nPkt. 1 anbefales.\n\n"
        "Kultur- og Havneudvalget, 9. april 2024\nFor indstillingen stemte 4. Imod stemte 1.\nVedtaget.\n"
    )
    assert [one["outcome"] for one in done["decisions"]] == ["approved"]
    assert route["routing"] == ["Havneudvalget", "Byrådet"]
    assert [(one["body"], one["date"], one["outcome"]) for one in past["decisions"]] == [
        ("Udvalget for det kystnære liv", "2024-02-20", "recommended"),
        ("Kultur- og Havneudvalget", "2024-04-09", "approved"),
    ]
    assert past["routing"] == []


def test_a_proposal_stands_between_two_verdicts_or_over_its_points() -> None:
    first, second = items_of(
        "Punkt 1: Regnskab\n\nHavneudvalget, den 16. marts 2024:\nAnbefales.\n\n"
        "Administrationen indstiller, at regnskabet oversendes.\n\n"
        "Kultur- og Havneudvalget, den 9. april 2024:\nVedtaget.\n\n"
        "Punkt 2: Kaj\n\nHavneforvaltningen indstiller til byrådet\n\nat kajen udbedres, og\nat kajen males.\n\n"
        "Beslutning\nAnbefales.\n"
    )
    assert first["proposer"] == "Administrationen"
    assert [one["outcome"] for one in first["decisions"]] == ["recommended", "approved"]
    assert second["recommendation"] == ["at kajen udbedres, og", "at kajen males."]


def test_an_absence_told_in_one_item_holds_for_the_items_it_names() -> None:
    first, second, third = items_of(
        "Sag nr. 1\nBroplan\n\nBeslutning\nGodkendt.\n\nLasse Brinch deltog ikke i behandlingen af sag nr. 1 og 2.\n\n"
        "Sag nr. 2\nBådplan\n\nBeslutning\nGodkendt.\n\nSag nr. 3\nHavneplan\n\nBeslutning\nGodkendt.\n"
    )
    assert [[one["name"] for one in item["absent"]] for item in (first, second, third)] == [
        ["Lasse Brinch"],
        ["Lasse Brinch"],
        [],
    ]


def test_the_contents_tell_which_items_are_closed() -> None:
    found = items_of(
        "Åben dagsorden\n1. Broplan\n2. Bådplan for indre havn\nLukket dagsorden\n3. Salg af areal\n\n"
        "Punkt 1.\n\nBroplan\n\nBeslutning:\nGodkendt.\n\nPunkt 2.\n\nBådplan for indre havn\n\nBeslutning:\nUdsat.\n\n"
        "Punkt 3.\n\nSalg af areal\n\nBeslutning:\nGodkendt.\n"
    )
    assert [item["access"] for item in found] == ["open", "open", "closed"]


@pytest.mark.parametrize(
    ("title", "access"),
    [
        ("(Åben) Broplan", "open"),
        ("Ny vagtordning på havnen – fortroligt", "closed"),
        ("Broen er lukket", None),
        ("Et åbent kulturliv", None),
    ],
)
def test_a_title_tells_its_access(title: str, access: str | None) -> None:
    (found,) = items_of(f"Punkt 1: {title}\n\nBeslutning\nGodkendt.\n")
    assert found["access"] == access


def test_a_case_number_stands_behind_a_title_or_has_letters_first() -> None:
    first, second = items_of(
        "1. Broplan for havnen ( 2025-0005112 )\n\nBeslutning\nGodkendt.\n\n"
        "2. Bådplan\n\nSagsnr.: GEO-2024-00112\n\nBeslutning\nGodkendt.\n"
    )
    assert [first["case_number"], second["case_number"]] == ["2025-0005112", "GEO-2024-00112"]


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Taksterne går videre til 2. behandling i Byrådet den 5. november 2024.", "referred"),
        ("Budgettet gik videre til andenbehandling.", "referred"),
        ("Forslaget går videre til Kultur- og Fritidsudvalget.", "referred"),
        ("Tilbage til Teknisk Forvaltning, som skal regne på årskort.", "referred"),
        ("Sagen retur til fornyet behandling i Økonomiudvalget.", "referred"),
        ("Godkendt. Puljen går videre til næste år.", "approved"),
        ("Drøftet. Formanden vender tilbage til udvalget med svar.", "discussed"),
        ("Godkendt til 2. behandling.", "approved"),
    ],
)
def test_what_goes_on_to_another_reading_is_referred(text: str, outcome: str) -> None:
    assert outcomes(text)[0] == outcome


@pytest.mark.parametrize(
    "line",
    [
        "Byrådet 17-09-2024 (1. behandling): Sendes videre.",
        "Byrådet 17-09-2024, 1. behandling: Sendes videre.",
        "Beslutning i Byrådet den 17. september 2024 (ekstraordinært møde):",
        "Byrådets beslutning den 17. september 2024, anden behandling",
    ],
)
def test_a_note_on_the_reading_stands_behind_the_day(line: str) -> None:
    heading = read_decision_heading(line)
    assert heading is not None
    assert heading.body == "Byrådet"
    assert read_decision_heading("Byrådet 17-09-2024 talte om 1. behandling: Sendes videre.") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            'Ændringsforslag 1 fra Mona Fjord (F): "Badet holder åbent."\nFor stemte 4. Imod stemte 6. Forslaget er '
            'forkastet.\nÆndringsforslag 2 fra Lasse Brinch (C): "Der spares på kaffe."\n9 stemte for. Mona Fjord '
            "stemte imod. Forslaget er vedtaget.\nBudgettet blev derpå vedtaget med den ændring, som følger af 2.",
            ["rejected", "approved", "adopted_with_change"],
        ),
        (
            "Forslag A (V): Broen males. Forslaget blev forkastet.\nForslag B (F): Broen rives.\nForslaget blev udsat.",
            ["rejected", "postponed"],
        ),
        ("Forslag 1 og 2 blev drøftet.", ["discussed"]),
        ("Ændringsforslag 1 fra Mona Fjord (F) er vedlagt.\nGodkendt.", ["approved"]),
    ],
)
def test_motions_are_voted_on_one_by_one(text: str, found: list[str]) -> None:
    assert verdicts(text) == found


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("Mona Fjord (F) blev valgt, med Vera Klit (C) som suppleant.", "suppleant"),
        ("Mona Fjord (F) udpeges som medlem og Vera Klit (C) som personlig stedfortræder.", "stedfortræder"),
        ("Som suppleant for Mona Fjord (F) valgtes Vera Klit (C).", "suppleant"),
        ("Mona Fjord (F) og som suppleant Vera Klit (C).", "suppleant"),
        ("Valgt blev Mona Fjord (F) med Vera Klit (C) og Bo Sande (A) som suppleanter.", "suppleant"),
        (
            "Vera Klit (C) deltog som suppleant for Mona Fjord (F). Mona Fjord blev valgt.",
            "stedfortræder for Mona Fjord",
        ),
    ],
)
def test_a_substitute_who_is_elected_stands_in_for_nobody_here(told: str, role: str) -> None:
    text = f"1. Valg til museets bestyrelse\n\nBeslutning\n{told}\n"
    found = record(extract(read_source(f"{HEAD}\n{text}".encode(), title="t.txt")))
    (item,) = found["items"]
    assert {one["name"]: one["role"] for one in item["persons"]}["Vera Klit"] == role
    here = [one["name"] for one in (*found["present"], *found["absent"])]
    assert ("Vera Klit" in here) == role.startswith("stedfortræder for")
