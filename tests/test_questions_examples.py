"""The nine questions over the examples' minutes, as of 2025-06-01: answers worked out by hand from the six files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Ask, asking, quotes, values

YARD = "Fælles materielgård i Bakkeby"
ARCHIVE = "Digitalisering af byggesagsarkivet"
FEES = "Takster for udlejning af kommunens lokaler"
BUDGET = "Ny model for budgetopfølgning i de decentrale enheder"
SERVICE = "Organisering af borgerservice"
DIR, HU, OEK, KB = "Direktionen", "Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"
NEW, MET, LATE = "behandlet", "behandlet som planlagt", "dato passeret"


@pytest.fixture(scope="module")
def ask(examples: Path) -> Ask:
    return asking(examples)


def test_sent_on(ask: Ask) -> None:
    assert values(ask("sent-on"), "case", "body", "to", "plannedDate", "state", "outcome") == [
        (YARD, DIR, HU, "2024-09-04", MET, ("drøftet",)),
        (YARD, DIR, OEK, "2024-09-17", MET, ("anbefalet",)),
        (YARD, DIR, KB, "2024-09-24", MET, ("godkendt",)),
        (FEES, DIR, OEK, "2024-09-17", "bortfaldet", ()),
        (YARD, OEK, KB, "2024-09-24", MET, ("godkendt",)),
        (SERVICE, DIR, None, None, "afventer", ()),
        (BUDGET, DIR, OEK, "2025-03-18", "dato passeret", ()),
        (BUDGET, DIR, KB, "2025-03-25", "dato passeret", ()),
    ]


@pytest.mark.parametrize(
    ("case", "stops"),
    [
        (YARD, [(DIR, "2024-08-21", NEW), (HU, "2024-09-04", MET), (OEK, "2024-09-17", MET), (KB, "2024-09-24", MET)]),
        (ARCHIVE, [(DIR, "2024-08-21", NEW), (DIR, "2024-11-13", NEW), (DIR, "2025-02-12", NEW)]),
        (FEES, [(DIR, "2024-08-21", NEW), (OEK, "2024-09-17", "bortfaldet")]),
        (BUDGET, [(DIR, "2024-11-13", NEW), (DIR, "2025-02-12", NEW), (OEK, "2025-03-18", LATE),
                  (KB, "2025-03-25", LATE)]),
        (SERVICE, [(DIR, "2024-11-13", NEW), (None, None, "afventer")]),
    ],
)  # fmt: skip
def test_case_route(ask: Ask, case: str, stops: list[tuple[str | None, ...]]) -> None:
    assert values(ask("case-route", case=case), "body", "date", "state") == stops


def test_case_route_of_all_cases_holds_no_more(ask: Ask) -> None:
    assert len(ask("case-route").rows) == 15


def test_overdue_stops(ask: Ask) -> None:
    expected = [(BUDGET, OEK, "2025-03-18"), (BUDGET, KB, "2025-03-25")]
    assert values(ask("overdue-stops"), "case", "to", "plannedDate") == expected
    assert values(ask("overdue-stops", as_of="2025-03-20"), "case", "to", "plannedDate") == expected[:1]
    assert ask("overdue-stops", as_of="2025-02-28").rows == ()


def test_case_history(ask: Ask) -> None:
    found = ask("case-history")
    assert sorted(values(found, "case", "date", "body", "outcome")) == sorted([
        (YARD, "2024-08-21", DIR, ("drøftet",)),
        (YARD, "2024-09-04", HU, ("drøftet",)),
        (YARD, "2024-09-17", OEK, ("anbefalet",)),
        (YARD, "2024-09-24", KB, ("godkendt",)),
        (ARCHIVE, "2024-08-21", DIR, ("drøftet",)),
        (ARCHIVE, "2024-11-13", DIR, ("taget til efterretning",)),
        (ARCHIVE, "2025-02-12", DIR, ("taget til efterretning",)),
        (FEES, "2024-08-21", DIR, ("drøftet",)),
        (BUDGET, "2024-11-13", DIR, ("taget til efterretning",)),
        (BUDGET, "2025-02-12", DIR, ("anbefalet",)),
        (SERVICE, "2024-11-13", DIR, ("drøftet",)),
    ])  # fmt: skip


def test_announced_not_recorded(ask: Ask) -> None:
    found = ask("announced-not-recorded")
    assert values(found, "person", "post", "case", "date") == [("Anders Kofoed", "havnechef", YARD, "2024-08-21")]
    assert quotes(found.rows[0]) == [
        "Vej- og parkchef Torben Aagaard og havnechef Anders Kofoed deltager under punktet."
    ]


def test_officials_over_time(ask: Ask) -> None:
    found = ask("officials-over-time")
    assert sorted(values(found, "person", "date", "body", "post", "holdingStatus"), key=str) == [
        ("Jonas Eskildsen", "2024-08-21", DIR, "projektleder", None),
        ("Jonas Eskildsen", "2024-11-13", DIR, "projektleder", None),
        ("Jonas Eskildsen", "2025-02-12", DIR, "projektleder", None),
        ("Lene Mikkelsen", "2024-08-21", DIR, "økonomichef", "konstitueret"),
        ("Lene Mikkelsen", "2024-11-13", DIR, "økonomichef", None),
        ("Lene Mikkelsen", "2025-02-12", DIR, "økonomichef", None),
        ("Torben Aagaard", "2024-08-21", DIR, "vej- og parkchef", None),
        ("Torben Aagaard", "2024-09-04", HU, "vej- og parkchef", None),
    ]
    inferred = [row for row in found.rows if "inferred" in row]
    assert [row["date"] for row in inferred] == ["2024-11-13"], "only there does the post stand for the name"


def test_commitments(ask: Ask) -> None:
    found = values(ask("commitments"), "case", "date", "owner", "post", "recipient", "dueAsStated", "dueDate")
    expected = [
        (ARCHIVE, "2024-08-21", "Jonas Eskildsen", None, None, "inden 1. november", "2024-11-01"),
        (YARD, "2024-08-21", "Torben Aagaard", None, HU, None, None),
        (SERVICE, "2024-11-13", None, None, None, None, None),
        (BUDGET, "2024-11-13", "Lene Mikkelsen", "økonomichef", None, "inden 1. februar", "2025-02-01"),
        (BUDGET, "2025-02-12", "Lene Mikkelsen", "økonomichef", OEK, "til økonomiudvalgets møde den 18. marts",
         "2025-03-18"),
    ]  # fmt: skip
    assert sorted(found, key=str) == sorted(expected, key=str)


def test_sdg_framing(ask: Ask) -> None:
    assert values(ask("sdg-framing"), "agendaItem", "date", "level", "goal", "standingText") == [
        ("Punkter til behandling", day, "programmet som helhed", None, 3)
        for day in ("2024-08-21", "2024-11-13", "2025-02-12")
    ]


def test_closed_attachments(ask: Ask) -> None:
    found = ask("closed-attachments")
    assert sorted(values(found, "quarter", "body", "closed", "total", "withoutReason", "reasons")) == [
        ("2024 Q3", DIR, 1, 3, 1, None),
        ("2024 Q3", HU, 0, 2, 0, None),
        ("2024 Q3", KB, 0, 1, 0, None),
        ("2024 Q3", OEK, 1, 3, 1, None),
        ("2024 Q4", DIR, 1, 3, 1, None),
        ("2025 Q1", DIR, 1, 2, 1, None),
    ]
    assert quotes(found.rows[0])[0].startswith("3 -\tLukket\tTakster - gældende lejeaftaler _fortrolig.pdf")
