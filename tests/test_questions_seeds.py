"""The nine questions over the two Norddjurs minutes give the answers of the project's question list, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Ask, asking, quotes, values

TRIO = "TRIO-stormøde – Fremtidens arbejdsfællesskaber"
ERP = "Kommende udbud af ERP-system"
SOCIAL = "Udviklingsproces på socialområdet"
PLAN = (
    "Det behandles i Hovedudvalget den 11. november, Økonomiudvalget d. 6. december "
    "og Kommunalbestyrelsen d. 13. december."
)


@pytest.fixture(scope="module")
def ask(seeds: Path) -> Ask:
    return asking(seeds)


def test_sent_on(ask: Ask) -> None:
    found = ask("sent-on")
    assert values(found, "case", "body", "to", "plannedDate", "dateAsStated", "state", "outcome") == [
        (TRIO, "Direktionen", "Hovedudvalget", "2022-11-11", "11. november", "dato passeret", ()),
        (TRIO, "Direktionen", "Økonomiudvalget", "2022-12-06", "6. december", "dato passeret", ()),
        (TRIO, "Direktionen", "Kommunalbestyrelsen", "2022-12-13", "13. december", "dato passeret", ()),
        (SOCIAL, "Direktionen", None, None, "forud for politisk behandling", "afventer", ()),
    ]
    assert quotes(found.rows[0]) == [PLAN, PLAN]
    unknown = [(gap["missing"], gap["meeting"], gap["reason"]) for gap in found.gaps if gap["source"] is None]
    assert ("Udfald dér", "Hovedudvalget, 2022-11-11", "endnu ikke kendt") in unknown
    stated = [(gap["missing"], gap["meeting"], gap["reason"]) for gap in found.gaps if gap["source"]]
    assert stated == [
        ("Sendt til", "Direktionen, 12. okt. 2022", "ikke oplyst"),
        ("Planlagt til", "Direktionen, 12. okt. 2022", "ikke oplyst"),
    ]


def test_case_route(ask: Ask) -> None:
    found = ask("case-route", case="TRIO-stormøde")
    assert values(found, "body", "date", "state") == [
        ("Direktionen", "2022-10-12", "behandlet"),
        ("Hovedudvalget", "2022-11-11", "dato passeret"),
        ("Økonomiudvalget", "2022-12-06", "dato passeret"),
        ("Kommunalbestyrelsen", "2022-12-13", "dato passeret"),
    ]
    for row in found.rows[1:]:
        assert quotes(row) == [PLAN, PLAN], "case text and decision both state the stop"
        assert row["inferred"] == {
            "rule": "year-on-or-after-meeting",
            "score": 0.85,
            "reasons": ["året står ikke i teksten; det første år, hvor datoen ligger på eller efter mødet, er valgt"],
        }


def test_case_route_before_the_dates(ask: Ask) -> None:
    found = ask("case-route", case="TRIO-stormøde", as_of="2022-10-31")
    assert [state for (state,) in values(found, "state")] == ["behandlet", "afventer", "afventer", "afventer"]


def test_overdue_stops(ask: Ask) -> None:
    found = ask("overdue-stops")
    assert values(found, "case", "to", "plannedDate", "body") == [
        (TRIO, "Hovedudvalget", "2022-11-11", "Direktionen"),
        (TRIO, "Økonomiudvalget", "2022-12-06", "Direktionen"),
        (TRIO, "Kommunalbestyrelsen", "2022-12-13", "Direktionen"),
    ]
    assert ask("overdue-stops", as_of="2022-10-31").rows == ()
    assert len(ask("overdue-stops", to="Økonomiudvalget").rows) == 1
    assert values(ask("overdue-stops", as_of="2022-12-07"), "to", "daysOverdue") == [
        ("Hovedudvalget", 26),
        ("Økonomiudvalget", 1),
    ]


def test_case_history(ask: Ask) -> None:
    found = ask("case-history")
    assert values(found, "case", "date", "outcome") == [
        (TRIO, "2022-10-12", ("drøftet", "behandlet")),
        (ERP, "2022-10-12", ("drøftet",)),
        (ERP, "2023-02-22", ("taget til efterretning",)),
        (SOCIAL, "2022-10-12", ("behandlet",)),
    ]
    first, second = (row for row in found.rows if row["case"] == found.rows[1]["case"])
    assert "projektleder på en 2-årig kontrakt" in str(first["agreed"])
    assert "aftale med leverandør" in str(first["agreed"])
    assert "SKI-aftalen" in str(second["decision"])
    assert "de to chefgrupper" in str(second["agreed"])
    assert second["inferred"] == {
        "rule": "case.title",
        "score": 0.85,
        "reasons": [
            "samme organ (Direktionen) inden for 24 måneder",
            "titlerne deler de sjældne ord: erp, system, udbud",
            "titlerne ligner hinanden (100 af 100)",
        ],
    }


def test_announced_not_recorded(ask: Ask) -> None:
    found = ask("announced-not-recorded")
    assert values(found, "person", "post", "case", "body", "date") == [
        ("Trine Kjær Poulsen", None, TRIO, "Direktionen", "2022-10-12")
    ]
    assert quotes(found.rows[0]) == ["Mette Løvholm og Trine Kjær Poulsen deltager under drøftelsen af punktet."]


def test_officials_over_time(ask: Ask) -> None:
    found = ask("officials-over-time")
    assert values(found, "person", "date", "post", "holdingStatus") == [
        ("Bettina Andersen", "2022-10-12", "økonomichef", None),
        ("Bettina Andersen", "2023-02-22", "økonomichef", None),
    ]
    named, by_post = found.rows
    assert quotes(named) == ["Økonomichef Bettina Andersen deltog under punktet."]
    assert "inferred" not in named
    assert quotes(by_post)[0] == "Økonomichefen redegjorde for udbudsprocessen."
    assert by_post["inferred"] == {
        "rule": "post-in-same-item",
        "score": 0.75,
        "reasons": ["kun stillingen er nævnt; navnet står ved samme stilling et andet sted i punktet"],
    }


def test_commitments(ask: Ask) -> None:
    found = ask("commitments")
    assert values(found, "case", "date", "owner", "post", "recipient", "dueAsStated") == [
        (ERP, "2022-10-12", None, None, None, None),
        (ERP, "2022-10-12", None, None, None, None),
        (SOCIAL, "2022-10-12", None, None, None, None),
        (ERP, "2023-02-22", "Bettina Andersen", "økonomichef", "de to chefgrupper", None),
    ]
    starts = [str(row["commitment"])[:30] for row in found.rows]
    assert starts == [
        "Der bliver indgået aftale med ",
        "Der ansættes en projektleder p",
        "Det blev aftalt at supplere me",
        "Det blev aftalt, at økonomiche",
    ]
    assert {(gap["missing"], gap["line"] is None, gap["reason"]) for gap in found.gaps} == {
        ("Af hvem", True, "ikke oplyst"),
        ("Hvornår", True, "ikke oplyst"),
    }


def test_sdg_framing(ask: Ask) -> None:
    found = ask("sdg-framing")
    assert values(found, "agendaItem", "date", "level", "goal", "standingText") == [
        ("Punkter til behandling", "2022-10-12", "programmet som helhed", None, 2),
        ("Punkter til behandling", "2023-02-22", "programmet som helhed", None, 2),
    ]


def test_closed_attachments(ask: Ask) -> None:
    found = ask("closed-attachments")
    assert values(found, "body", "quarter", "closed", "total", "withoutReason", "reasons") == [
        ("Direktionen", "2022 Q4", 2, 6, 2, None),
        ("Direktionen", "2023 Q1", 1, 1, 1, None),
    ]
    assert len(quotes(found.rows[0])) == 2


@pytest.mark.parametrize(
    "name",
    ["sent-on", "case-route", "overdue-stops", "case-history", "announced-not-recorded", "officials-over-time",
     "commitments", "sdg-framing", "closed-attachments"],
)  # fmt: skip
def test_every_row_rests_on_sentences(ask: Ask, name: str) -> None:
    found = ask(name)
    assert found.rows
    for row in found.rows:
        assert quotes(row), f"{name}: a row without evidence"
        assert all(span["rule"] and span["confidence"] for span in row["evidence"])  # type: ignore[attr-defined]


def test_english(ask: Ask) -> None:
    found = ask("case-route", language="en", case="TRIO-stormøde")
    assert [state for (state,) in values(found, "state")] == ["treated", "overdue", "overdue", "overdue"]
