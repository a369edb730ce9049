"""What is said within an item: verdicts under other labels or none, what is asked for, who was away, where it goes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from graph.danish.bodies import read_bodies
from graph.danish.dates import read_dates
from graph.danish.units import read_units
from graph.extract.framings import read_framings
from graph.extract.minutes import extract
from graph.extract.outcomes import outcomes
from graph.extract.participations import read_participations
from graph.extract.passage import Passage
from graph.extract.record import record
from graph.model import SourceDocument
from graph.readers.choose import read_source

HEAD = """Teknik- og Klimaudvalget

Referat fra mødet tirsdag den 9. april 2024 kl. 15.00

Til stede: Bodil Krarup (A), formand, Jens Hvilsted (V), Lasse Brinch (C), Mona Fjord (F)
"""


def items_of(*bodies: str, head: str = HEAD) -> list[dict[str, Any]]:
    """The items of minutes whose points hold the given texts."""
    points = [f"Punkt {n}: Sagen om cykelstien i Nørremarken {n}\n\n{body}\n" for n, body in enumerate(bodies, 1)]
    found = record(extract(read_source("\n".join([head, *points]).encode(), title="t.txt")))["items"]
    assert isinstance(found, list)
    assert len(found) == len(bodies)
    return found


def passage(text: str, kind: str = "decision") -> Passage:
    source = SourceDocument(title="t", text=text, text_hash="", file_hash="", media_type="text/plain")
    return Passage(source, 0, len(text), kind, date(2024, 4, 9), "Teknik- og Klimaudvalget")


@pytest.mark.parametrize(
    "label",
    [
        "Konklusion:",
        "Referat",
        "Byrådets afgørelse:",
        "Udfald",
        "Vedtagelse",
        "Rådets drøftelse",
        "Aftalt",
        "Resultat:",
    ],
)
def test_a_verdict_stands_under_any_of_its_labels(label: str) -> None:
    first, second = items_of(f"Resume\nVejen er smal.\n\n{label}\nForslaget tiltrådtes.", "Beslutning\nGodkendt.")
    assert [d["outcome"] for d in first["decisions"]] == ["approved"]
    assert [d["outcome"] for d in second["decisions"]] == ["approved"]


def test_a_conclusion_is_case_text_where_a_verdict_has_its_own_label() -> None:
    (found,) = items_of("Sagsfremstilling\nVejen er smal.\n\nKonklusion\nStien afvises.\n\nBeslutning\nGodkendt.")
    assert [d["outcome"] for d in found["decisions"]] == ["approved"]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("Ok.", "approved"),
        ("Pladserne males til maj. Orienteringen blev taget til efterretning.", "noted"),
        ("Tiden var knap. Punktet nåedes ikke og overføres til mødet d. 14/5.", "postponed"),
        ("Lasse Brinch viste kortet. Udvalget besluttede at bede om et nyt tilbud.", "approved"),
        ("Ingen havde noget til referatet fra 5. marts, så det er godkendt.", "approved"),
        ("Vi blev enige om at prøve det i maj.", "approved"),
        ("Nåede vi ikke. Vi tager det på næste møde.", "postponed"),
    ],
)
def test_a_verdict_is_told_in_a_sentence_without_a_label(told: str, outcome: str) -> None:
    assert [d["outcome"] for item in items_of(told, "Beslutning\nUdsat.")[:1] for d in item["decisions"]] == [outcome]


def test_what_was_decided_elsewhere_is_no_verdict_of_this_meeting() -> None:
    first, _ = items_of("Byrådet godkendte budgettet den 3. oktober 2023.", "Beslutning\nUdsat.")
    assert first["decisions"] == []


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Toges ad notam.", "noted"),
        ("Til efterretning.", "noted"),
        ("Sendes retur til forvaltningen.", "referred"),
        ("Sagen blev tilbagevist til direktionen.", "referred"),
        ("Stadfæstet.", "approved"),
        ("Bifaldet.", "approved"),
        ("Puljen fordeltes som på listen.", "approved"),
        ("Det vedtoges at søge puljen.", "approved"),
        ("Forslaget nedstemtes.", "rejected"),
        ("Som Økonomiudvalget.", "recommended"),
        ("Flertallet (V, C) indstiller godkendelse.", "recommended"),
        ("Sagen blev genoptaget og drøftet.", "discussed"),
        ("Sagen genoptages i juni.", "postponed"),
        ("Sat i bero.", "postponed"),
        ("Et forslag om at udskyde sagen faldt. Indstillingen blev herefter tiltrådt.", "approved"),
        ("Et ændringsforslag stillet af Bo Lund (V) om at udskyde sagen blev sat til afstemning.", "other"),
        ("Bo Lund foreslog, at sagen går tilbage til Kulturudvalget. Forslaget blev vedtaget.", "referred"),
        ("Bo Lund foreslog at udsætte sagen. Forslaget blev forkastet.", "rejected"),
    ],
)
def test_the_outcome_of_other_words(text: str, outcome: str) -> None:
    assert outcomes(text)[0] == outcome


@pytest.mark.parametrize(
    ("asked", "proposer", "points"),
    [
        ("Beslutningsoplæg\nFormanden foreslår, at stien anlægges.", "Formanden", ["at stien anlægges."]),
        ("Økonomiudvalgets indstilling: At stien anlægges.", "Økonomiudvalget", ["At stien anlægges."]),
        ("Forslag fra skolelederen: Stien lukkes for biler.", "skolelederen", ["Stien lukkes for biler."]),
        ("Sagens indhold\nStien er smal. Team Trafik foreslår, at den udvides.", "Team Trafik", ["at den udvides."]),
        ("Det anbefales,\nat   stien anlægges\nat   den belyses", None, ["at stien anlægges", "at den belyses"]),
    ],
)
def test_a_recommendation_without_its_usual_label(asked: str, proposer: str | None, points: list[str]) -> None:
    (found,) = items_of(f"{asked}\n\nBeslutning\nGodkendt.")
    assert found["proposer"] == proposer
    assert [" ".join(point.split()).removeprefix("at ").removeprefix("At ") for point in found["recommendation"]] == [
        point.removeprefix("at ").removeprefix("At ") for point in points
    ]


def test_the_administration_proposes_below_a_verdict() -> None:
    (found,) = items_of("Beslutning\nUdsat.\n\nForvaltningen indstiller,\nat stien belyses\nat den saltes")
    assert found["proposer"] == "Forvaltningen"
    assert len(found["recommendation"]) == 2
    assert [d["outcome"] for d in found["decisions"]] == ["postponed"]


def test_a_verdict_stands_behind_its_heading_on_the_same_line() -> None:
    told = "Økonomiudvalget, mandag den 8. april 2024: Anbefales. Fraværende: Niels Kofoed (O)."
    (found,) = items_of(f"Sagens indhold\nStien er smal.\n\n{told}\n\nByrådets afgørelse:\nGodkendt.")
    assert [(d["body"], d["outcome"]) for d in found["decisions"]] == [
        ("Økonomiudvalget", "recommended"),
        (None, "approved"),
    ]
    assert found["absent"] == []


@pytest.mark.parametrize(
    ("field", "route"),
    [
        ("Beslutningstager: BY", ["BY"]),
        ("Sagens behandling: TKU, ØU, BY", ["TKU", "ØU", "BY"]),
        ("Behandlingsplan\nØkonomiudvalget\nByrådet", ["Økonomiudvalget", "Byrådet"]),
        ("Tidsplan\nØkonomiudvalget den 21. maj 2024\nByrådet den 28. maj", ["Økonomiudvalget", "Byrådet"]),
        ("Tidsplan\nStien bygges i maj, og Byrådet orienteres den 28. maj.", []),
        ("Politisk behandling\nByrådet den 5. marts 2024", []),
    ],
)
def test_a_route_stands_under_any_of_its_labels(field: str, route: list[str]) -> None:
    (found,) = items_of(f"{field}\n\nBeslutning\nAnbefales.")
    assert found["routing"] == route


def test_absences_told_over_the_items_count_for_theirs() -> None:
    head = HEAD + (
        "Jens Hvilsted (V) forlod mødet kl. 16.40 og var ikke til stede under punkt 2 og 3.\n"
        "Mona Fjord (F) kom til mødet kl. 15.20, efter at punkt 1 var afgjort.\n"
    )
    found = items_of(*["Beslutning\nGodkendt."] * 3, head=head)
    assert [[one["name"] for one in item["absent"]] for item in found] == [
        ["Mona Fjord"],
        ["Jens Hvilsted"],
        ["Jens Hvilsted"],
    ]


def test_who_leaves_the_room_is_absent_and_who_is_known_is_named() -> None:
    first, second = items_of(
        "Referat\nMona Fjord forlod lokalet under punktet. Tiltrådt.", "Referat\nVedtaget (imod: Lasse Brinch)."
    )
    assert [one["name"] for one in first["absent"]] == ["Mona Fjord"]
    assert [one["name"] for one in second["persons"]] == ["Lasse Brinch"]


def test_quoted_words_of_another_meeting_make_no_one_absent() -> None:
    quoted = 'På mødet den 5. marts 2024 hed det: "Drøftet. Udvalget vender tilbage. Afbud: Lasse Brinch."'
    (found,) = items_of(f"Sagsfremstilling\n{quoted}\n\nBeslutning\nGodkendt.")
    assert found["absent"] == []


def test_who_is_disqualified_is_so_in_the_items_named() -> None:
    found = read_participations(passage("Mona Fjord (F) erklærede sig inhabil i punkt 8."))
    assert [(one.participation_status, one.reason) for one in found] == [("recused", "punkt 8")]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        ("Ingeniør Pil Holmskov fra Vej og Park deltog.", ["Vej og Park"]),
        ("Staben for Kommunikation underretter naboerne.", ["Staben for Kommunikation"]),
        ("HR og Løn har lavet en opgørelse.", ["HR og Løn"]),
        ("Team Natur og Miljø vurderer, at stien kan bygges.", ["Team Natur og Miljø"]),
        ("Tiden løber fra Vej og Park i byen.", []),
        ("Team Danmark besøgte byen.", []),
    ],
)
def test_departments_by_what_they_do(text: str, units: list[str]) -> None:
    assert [unit.name for unit in read_units(text)] == units


def test_bodies_of_employees_and_with_an_adjective() -> None:
    text = "Hoved-MED og LokalMED er hørt, før Teknisk Udvalg tager stilling."
    assert [body.name for body in read_bodies(text)] == ["Hoved-MED", "LokalMED", "Teknisk Udvalg"]


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Udvalget mødes den 14/5.", ["2024-05-14"]),
        ("Svar senest 30/4.", ["2024-04-30"]),
        ("Andelen er 14/5 i år.", []),
        ("Beløbet er den 14/55 del.", []),
    ],
)
def test_a_day_without_its_year_in_figures(text: str, days: list[str]) -> None:
    found = read_dates(text, near=date(2024, 4, 9), forward=True)
    assert [str(one.date) for one in found if one.date] == days


@pytest.mark.parametrize(
    ("text", "goals"),
    [
        ("Verdensmål: 7, 12 og 13", ["7", "12", "13"]),
        ("Verdensmål\nSagen bidrager til mål 4 og delmål 11.2.", ["4", "11.2"]),
    ],
)
def test_goals_under_their_own_label(text: str, goals: list[str]) -> None:
    assert [framing.framing_goal for framing in read_framings(passage(text, "other"))] == goals


def test_a_quotation_may_hold_the_recommendation() -> None:
    (found,) = items_of(
        "> **Vi indstiller til Byrådet,**\n> - at stien belyses\n> - at den saltes\n\nBeslutning\nGodkendt."
    )
    assert found["recommendation"] == ["at stien belyses", "at den saltes"]
    assert found["proposer"] is None


def test_a_conclusion_that_settles_nothing_is_no_verdict() -> None:
    (found,) = items_of(
        "Sagsfremstilling\nVejen er smal.\n\nKonklusion\nForvaltningen vurderer, at stien kan betale sig."
    )
    assert found["decisions"] == []


def test_who_speaks_stands_behind_the_title() -> None:
    text = f"{HEAD}\nPunkt 1: Nyt fra skolerne v/ Pia Holmskov\n\nBeslutning\nTaget til efterretning.\n"
    found = record(extract(read_source(text.encode(), title="t.txt")))["items"]
    assert isinstance(found, list)
    assert [one["name"] for one in found[0]["persons"]] == ["Pia Holmskov"]


def test_a_title_holds_the_field_of_its_profession() -> None:
    found = read_participations(passage("Sygeplejefaglig leder Pia Holmskov medvirkede."))
    assert [one.had_role for one in found] == ["Sygeplejefaglig leder"]
