"""Joint boards and old case systems: numbers of two parts, rolls by owner, verdicts headed by their point."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.decision_headings import read_decision_heading
from graph.extract.minutes import extract
from graph.extract.outcomes import outcomes
from graph.extract.passage import Passage
from graph.extract.record import record
from graph.extract.votes import read_vote
from graph.model import SourceDocument
from graph.readers.choose import read_source

HEAD = "NORDVAND I/S\n\nBESTYRELSESMØDE NR. 6/2023\nTorsdag den 4. maj 2023 kl. 8.30\n"
SPACES = """
Ejerkommune (stemmer)    Bestyrelsesmedlem
Nørby (5)                Ida Krogager, formand
Vestby (7)               Afbud (Bo Lindvig)
Sundby (3)               Egon Møllegaard
"""
PIPES = """
| Udpeget af | Repræsentant | Bemærkning |
|------------|--------------|------------|
| Nørby | Ida Krogager | |
| Vestby | Bo Lindvig | Afbud |
| Kærby | Vakant | |
| Sundby | Egon Møllegaard | |
"""
ITEMS = """
{0}   Dagsorden
Behandling: Godkendt.

{1}   Takster 2024
J.nr. 2023-0031
Direktionen foreslår:
  a) at taksterne hæves
Behandling: Nørby foreslog uændrede takster. Forslaget blev sat under afstemning.
   For: Nørby (5), Sundby (3) - 8 stemmer
   Imod: Vestby (7), Kærby (4) - 11 stemmer
   Hverken for eller imod: Skovby (2)
Forslaget fra Nørby faldt.
Direktionens forslag blev vedtaget.
Bilag {1}-1: Takstblad

{2}   Salg af jord
(Trukket)

{3}   Personalesag
(Fortroligt punkt)
"""


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="referat.txt")))


@pytest.mark.parametrize(
    "numbers", [("31/6", "32/6", "33/6", "34/6"), ("6/1", "6/2", "6/3", "6/4"), ("31-6", "32-6", "33-6", "34-6")]
)
def test_a_running_number_beside_the_meetings(numbers: tuple[str, ...]) -> None:
    found = read(HEAD + ITEMS.format(*numbers))
    items = found["items"]
    assert found["body"] == "Bestyrelsen"
    assert [one["number"] for one in items] == list(numbers)
    assert [one["outcome"] for one in items[1]["decisions"]] == ["rejected", "approved"]
    assert [(one["title"], one["number"]) for one in items[1]["attachments"]] == [("Takstblad", f"{numbers[1]}-1")]
    assert (items[2]["decisions"], items[3]["access"]) == ([], "closed")


def test_days_listed_in_an_item_are_no_items() -> None:
    text = "\n1. Dagsorden\nBeslutning\nGodkendt.\n\n2. Kalender\n12/6 Fest\n13/6 Møde\n14/6 Tur\nBeslutning\nIntet.\n"
    assert [one["number"] for one in read(HEAD + text)["items"]] == ["1", "2"]


@pytest.mark.parametrize("roll", [SPACES, PIPES], ids=["spaces", "pipes"])
def test_a_roll_by_whom_each_member_is_for(roll: str) -> None:
    found = read(f"{HEAD}Sted: Kontoret\n{roll}\n\n1. Dagsorden\n\nBeslutning\nGodkendt.\n")
    assert [one["name"] for one in found["present"]] == ["Ida Krogager", "Egon Møllegaard"]
    assert [one["name"] for one in found["absent"]] == ["Bo Lindvig"]


def test_a_table_of_members_and_their_substitutes_tells_of_no_presence() -> None:
    table = "\nMedlem            Suppleant\nIda Krogager      Bo Lindvig\nEgon Møllegaard   Tina Skovbo\n"
    found = read(f"{HEAD}Sted: Kontoret\n{table}\n\n1. Dagsorden\n\nBeslutning\nGodkendt.\n")
    assert "Bo Lindvig" not in [one["name"] for one in found["present"]]


def test_votes_that_owners_and_parties_cast_by_weight() -> None:
    text = "For: Nørby (5), Sundby (3) - 8 stemmer\nImod: Vestby (7), Kærby (4)\nHverken for eller imod: Skovby (2)"
    source = SourceDocument(title="t", text=text, text_hash="", file_hash="", media_type="text/plain")
    vote = read_vote(Passage(source, 0, len(text), "decision"))
    assert vote is not None
    assert (vote.votes_for, vote.votes_against, vote.votes_abstained) == (8, 11, 2)


def test_whose_motion_fell() -> None:
    assert outcomes("Forslaget fra Nørby faldt.") == ("rejected",)
    assert outcomes("Et flertal godkendte forslaget om at renovere taget.") == ("approved",)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("Behandling: Udsat til mødet den 8. juni 2023.", ["postponed"]),
        ("Behandling: Bestyrelsen tiltrådte forslaget.", ["approved"]),
        ("Behandling: Økonomiudvalget og Byrådet", []),
    ],
)
def test_the_treatment_told_on_the_labels_line(said: str, kind: list[str]) -> None:
    item = read(f"{HEAD}\n1. Dagsorden\nBaggrund: Ny plan.\n{said}\n\n2. Eventuelt\nBaggrund: Andet.\n")["items"][0]
    assert [one["outcome"] for one in item["decisions"]] == kind


@pytest.mark.parametrize(
    ("line", "body", "point"),
    [
        ("Beslutning for Punkt 12:", None, "12"),
        ("Beslutning vedr. pkt. 4", None, "4"),
        ("Beslutning til dagsordenspunkt 3: Godkendt.", None, "3"),
        ("BESLUTNING (PUNKT 9):", None, "9"),
        ("Beslutning for Punkt 7, Teknik- og Havneudvalget den 09-06-2011:", "Teknik- og Havneudvalget", "7"),
        ("Afgørelse i sag nr. 7 fra Byrådet den 9. juni 2011:", "Byrådet", "7"),
    ],
)
def test_a_verdict_headed_by_its_point(line: str, body: str | None, point: str) -> None:
    heading = read_decision_heading(line)
    assert heading is not None
    assert heading.point_span is not None
    assert (heading.body, line[slice(*heading.point_span)]) == (body, point)


@pytest.mark.parametrize(
    "line",
    ["Beslutning om punkt 12 udsættes til juni.", "Afgørelse i sag 12", "Beslutning i sag 4 er påklaget til nævnet"],
)
def test_a_sentence_on_a_verdict_is_no_heading(line: str) -> None:
    assert read_decision_heading(line) is None


def test_an_earlier_verdict_with_its_point_before_the_body() -> None:
    text = (
        "Byrådet\nReferat af møde den 8. september 2011 kl. 17\n\n"
        "12. Ny havn\n\nSagsfremstilling\nHavnen er for lille.\n\n"
        "Tidligere beslutninger:\nBeslutning for Punkt 7, Havneudvalget den 09-06-2011:\nUdsat.\n\n"
        "Beslutning for Punkt 12:\nGodkendt.\nBo Lindvig (F) var fraværende.\n"
    )
    item = read(text)["items"][0]
    assert [(one["body"], one["date"], one["outcome"], one["point"]) for one in item["decisions"]] == [
        ("Havneudvalget", "2011-06-09", "postponed", "7"),
        (None, None, "approved", "12"),
    ]
    assert [one["name"] for one in item["absent"]] == ["Bo Lindvig"]
