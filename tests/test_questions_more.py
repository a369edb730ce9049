"""The other eleven questions over the two Norddjurs minutes, and over the examples as worked out by hand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.build import build
from graph.history import changes
from graph.municipalities.load import load_municipality
from graph.questions.answer import Asker, answer, summary
from graph.questions.question import question, questions
from graph.store import Reader, current
from tests.conftest import SEEDS, Ask, asking, quotes, values

TRIO = "TRIO-stormøde – Fremtidens arbejdsfællesskaber"
ERP = "Kommende udbud af ERP-system"
SOCIAL = "Udviklingsproces på socialområdet"
YARD = "Fælles materielgård i Bakkeby"
ARCHIVE = "Digitalisering af byggesagsarkivet"
FEES = "Takster for udlejning af kommunens lokaler"
BUDGET = "Ny model for budgetopfølgning i de decentrale enheder"
SERVICE = "Organisering af borgerservice"
DIR, HU, OEK, KB = "Direktionen", "Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"
AGREED_A = "Der bliver indgået aftale med leverandør om at bistå i processen."
AGREED_B = "Der ansættes en projektleder på en 2-årig kontrakt, jf. budgetaftalen."


@pytest.fixture(scope="module")
def ask(seeds: Path) -> Ask:
    return asking(seeds)


@pytest.fixture(scope="module")
def ask_examples(examples: Path) -> Ask:
    return asking(examples)


def named(row: dict[str, Any], column: str) -> set[str]:
    """The labels of the things in one column."""
    return {thing["label"] for thing in row[column]}


def test_route_conflicts(ask: Ask) -> None:
    (row,) = ask("route-conflicts").rows
    assert row["case"]["label"] == TRIO  # type: ignore[index]
    assert row["routeAsStated"] == "DIR"
    assert named(row, "field") == {DIR}
    assert named(row, "prose") == named(row, "attachment") == {HU, OEK, KB}
    assert any("Dagsordenspunkt_TRIO-stormøde HU ØK KB.docx" in quote for quote in quotes(row))


def test_route_conflicts_of_the_examples(ask_examples: Ask) -> None:
    found = ask_examples("route-conflicts")
    told = [(*pair, named(row, "field"), named(row, "prose"), named(row, "attachment"))
            for pair, row in zip(values(found, "case", "body", "date"), found.rows, strict=True)]  # fmt: skip
    assert told == [
        (YARD, DIR, "2024-08-21", {DIR}, {HU, OEK, KB}, {HU, OEK, KB}),
        (FEES, DIR, "2024-08-21", {DIR}, {OEK}, set()),
        (YARD, HU, "2024-09-04", {HU}, set(), {HU, OEK, KB}),
        (YARD, OEK, "2024-09-17", {OEK, KB}, {KB}, {HU, OEK, KB}),
        (YARD, KB, "2024-09-24", {OEK, KB}, set(), {HU, OEK, KB}),
        (BUDGET, DIR, "2025-02-12", {DIR}, {OEK, KB}, set()),
    ]
    assert quotes(found.rows[1]) == ["DIR", "Sagen forelægges for Økonomiudvalget den 17. september."]


def test_followed_up(ask: Ask) -> None:
    found = ask("followed-up")
    assert values(found, "commitment", "case", "body", "date", "days", "commitmentStatus") == [
        (AGREED_A, ERP, DIR, "2023-02-22", 133, "aftalt"),
        (AGREED_B, ERP, DIR, "2023-02-22", 133, "aftalt"),
    ]
    for row in found.rows:
        assert row["inferred"]["rule"] == "commitment.case-returned"  # type: ignore[index]
        assert row["inferred"]["score"] == 0.85  # type: ignore[index]
        assert "det aftalte nævnes ikke" in str(row["inferred"])
    assert [gap["meeting"] for gap in found.gaps] == [f"{DIR}, 12. okt. 2022", f"{DIR}, 22. feb. 2023"]


def test_followed_up_in_the_examples(ask_examples: Ask) -> None:
    found = ask_examples("followed-up")
    assert values(found, "case", "owner", "body", "date", "days", "daysAfterDue", "commitmentStatus") == [
        (YARD, "Torben Aagaard", HU, "2024-09-04", 14, None, "meldt tilbage"),
        (ARCHIVE, "Jonas Eskildsen", DIR, "2024-11-13", 84, 12, "meldt tilbage"),
        (BUDGET, "Lene Mikkelsen", DIR, "2025-02-12", 91, 11, "meldt tilbage"),
    ]
    assert quotes(found.rows[1])[1] == (
        "Projektleder Jonas Eskildsen deltog under punktet og fremlagde tidsplanen for scanningen."
    )
    assert len(found.gaps) == 2, "of two agreements nothing later is held"


@pytest.mark.parametrize(
    ("fixture", "years", "meetings"), [("ask", [2022, 2023], 2), ("ask_examples", [2024, 2025], 3)]
)
def test_sdg_counts(request: pytest.FixtureRequest, fixture: str, years: list[int], meetings: int) -> None:
    found = request.getfixturevalue(fixture)("sdg-counts")
    assert [row["year"] for row in found.rows] == years
    for row in found.rows:
        assert (row["level"]["label"], row["goal"], row["cases"]) == ("programmet som helhed", None, 0)
        assert (row["standingTexts"], row["standingMeetings"]) == (1, meetings)
    assert sum(row["meetings"] for row in found.rows) == meetings


def test_travelling_documents(ask: Ask, ask_examples: Ask) -> None:
    columns = ("title", "caseFile", "case", "bodies", "stepSource", "meetings")
    assert values(ask("travelling-documents"), *columns) == [
        ("Dagsordenspunkt_TRIO-stormøde HU ØK KB.docx", "132889/22", TRIO, (HU, KB, OEK), "bilagets navn",
         (f"{DIR}, 12. okt. 2022",)),
    ]  # fmt: skip
    assert values(ask_examples("travelling-documents"), *columns) == [
        ("Fælles materielgård i Bakkeby HU ØK KB.docx", "45123/24", YARD, (HU, KB, OEK), "bilagets navn",
         (f"{DIR}, 21. aug. 2024", f"{HU}, 4. sep. 2024", f"{KB}, 24. sep. 2024", f"{OEK}, 17. sep. 2024")),
    ]  # fmt: skip


def test_frameworks(ask: Ask) -> None:
    found = values(ask("frameworks"), "reference", "section", "case", "date", "standingText")
    assert sorted(found, key=str) == sorted([
        ("økonomiaftalen 2019", "sagsfremstilling", None, "2022-10-12", 2),
        ("Region Midtjyllands udviklingsstrategi", "sagsfremstilling", None, "2022-10-12", 2),
        ("budgetaftalen", "beslutning", ERP, "2022-10-12", 0),
        ("kompetenceplanen", "beslutning", SOCIAL, "2022-10-12", 0),
        ("SKI-aftalen", "beslutning", ERP, "2023-02-22", 0),
    ], key=str)  # fmt: skip


def test_frameworks_of_the_examples(ask_examples: Ask) -> None:
    found = ask_examples("frameworks")
    assert values(found, "reference", "referenceKind", "section", "body") == [
        ("budgetaftalen 2024", "aftale", "sagsfremstilling", OEK),
        ("budgetaftalen", "aftale", "beslutning", OEK),
        ("planlovens § 15", "lov", "beslutning", KB),
    ]
    assert quotes(found.rows[2]) == [
        "Kommunalbestyrelsen lagde til grund, at støjvolden mod vest fastlægges i en lokalplan, jf. planlovens § 15."
    ]


def test_departures(ask: Ask) -> None:
    found = ask("departures")
    assert values(found, "case", "date", "recommended", "followed") == [
        (TRIO, "2022-10-12", "at punkterne behandles.", "ja"),
        (ERP, "2022-10-12", "at punkterne behandles.", "delvis"),
        (SOCIAL, "2022-10-12", "at punkterne behandles.", "delvis"),
        (ERP, "2023-02-22", "at punkterne behandles.", "delvis"),
    ]
    added = [str(row["added"] or "") for row in found.rows]
    assert added[0] == ""
    assert set(added[1].split(" ¶ ")) == {AGREED_A, AGREED_B}
    assert added[2].startswith("Det blev aftalt at supplere med hensyn til MED")
    assert "SKI-aftalen" in added[3]
    assert "præsenterer tidsplan" in added[3]
    assert all(row["inferred"]["rule"] == "decision.follows" for row in found.rows)  # type: ignore[index]


def test_departures_of_the_examples(ask_examples: Ask) -> None:
    found = {
        (case, day): followed for case, day, followed in values(ask_examples("departures"), "case", "date", "followed")
    }
    assert found == {
        (YARD, "2024-08-21"): "delvis",
        (ARCHIVE, "2024-08-21"): "delvis",
        (FEES, "2024-08-21"): "ja",
        (YARD, "2024-09-04"): "ja",
        (YARD, "2024-09-17"): "delvis",
        (YARD, "2024-09-24"): "delvis",
        (ARCHIVE, "2024-11-13"): "ja",
        (BUDGET, "2024-11-13"): "delvis",
        (SERVICE, "2024-11-13"): "delvis",
        (ARCHIVE, "2025-02-12"): "ja",
        (BUDGET, "2025-02-12"): "delvis",
    }


def test_lead_times_say_what_is_missing(ask: Ask) -> None:
    found = ask("lead-times")
    assert found.rows == ()
    told = [(gap["missing"], gap["reason"]) for gap in found.gaps]
    assert told == [
        *[("Endelig afgørelse i et politisk organ", "endnu ikke kendt")] * 3,
        *[("Ansvarlig afdeling, som referatet siger", "ikke oplyst")] * 3,
    ]
    assert all(gap["meeting"] and gap["source"] for gap in found.gaps)


def test_lead_times_of_the_examples(ask_examples: Ask) -> None:
    (row,) = ask_examples("lead-times").rows
    assert values(ask_examples("lead-times"), "case", "department", "first", "body", "date", "days") == [
        (YARD, "Vej- og park", "2024-08-21", KB, "2024-09-24", 34)
    ]
    assert "Godkendt." in quotes(row)
    assert row["inferred"]["rule"] == "department.post"  # type: ignore[index]


def test_hearings(ask: Ask) -> None:
    found = ask("hearings")
    assert values(found, "case", "to", "plannedDate", "duty", "state", "outcome") == [
        (TRIO, HU, "2022-11-11", None, "dato passeret", ()),
        (SOCIAL, "MED", None, None, None, ()),
    ]
    assert named(found.rows[0], "before") == {OEK, KB}
    assert [gap["reason"] for gap in found.gaps] == ["ikke oplyst", "ikke oplyst"]
    assert quotes(found.rows[1])[0].startswith("Det blev aftalt at supplere med hensyn til MED")


def test_hearings_of_the_examples(ask_examples: Ask) -> None:
    found = ask_examples("hearings")
    assert values(found, "case", "to", "plannedDate", "outcome") == [(YARD, HU, "2024-09-04", ("drøftet",))]
    assert "Sagen blev drøftet." in quotes(found.rows[0])


def test_responsibility(ask: Ask) -> None:
    found = ask("responsibility")
    assert values(found, "case", "department", "person", "post", "holdingStatus", "changedOn") == [
        (TRIO, None, None, None, None, None),
        (ERP, "Økonomi", "Bettina Andersen", "økonomichef", None, None),
        (SOCIAL, "Social", "Marie-Louise Ifversen", "socialchef", "konstitueret", None),
    ]
    assert ["inferred" in row for row in found.rows] == [False, True, True]
    assert quotes(found.rows[2]) == ["Konstitueret socialchef Marie-Louise Ifversen deltog under emnet."]


def test_responsibility_of_the_examples(ask_examples: Ask) -> None:
    assert values(ask_examples("responsibility"), "case", "department", "person", "holdingStatus", "changedOn") == [
        (YARD, "Vej- og park", "Torben Aagaard", None, None),
        (ARCHIVE, None, None, None, None),
        (FEES, "Økonomi", "Lene Mikkelsen", "konstitueret", "2024-11-13"),
        (BUDGET, "Økonomi", "Lene Mikkelsen", None, None),
        (SERVICE, None, None, None, None),
    ]


def test_changes_when_the_second_minutes_come(seeds: Path, tmp_path: Path) -> None:
    for path in SEEDS:
        assert not build([path], load_municipality("0707"), data=tmp_path).failed
    version = current(tmp_path)
    asker = Asker(Reader.open(version).select, date(2025, 6, 1), "da", version.number, changes=lambda: changes(version))
    found = answer(question("changes"), {}, asker)
    told = {(row["question"], row["change"]) for row in found.rows}
    assert told == {
        *((name, "nyt") for name in ("case-route", "case-history", "followed-up", "officials-over-time", "commitments",
                                     "sdg-framing", "sdg-counts", "closed-attachments", "frameworks", "departures")),
        *((name, "rettet") for name in ("sdg-framing", "sdg-counts", "frameworks")),
    }  # fmt: skip
    corrected = [row for row in found.rows if (row["question"], row["change"]) == ("sdg-framing", "rettet")]
    assert [(row["answer"], row["before"]) for row in corrected] == [(
        "Punkt: Punkter til behandling; Organ: Direktionen; Dato: 2022-10-12; Niveau: programmet som helhed; "
        "Møder med samme tekst: 2",
        "Punkt: Punkter til behandling; Organ: Direktionen; Dato: 2022-10-12; Niveau: programmet som helhed; "
        "Møder med samme tekst: 0",
    )]  # fmt: skip
    only = answer(question("changes"), {"question": "frameworks"}, asker)
    assert any("SKI-aftalen" in str(row["answer"]) and row["change"] == "nyt" for row in only.rows)
    everything = answer(question("changes"), {"since": "2000-01-01"}, asker)
    assert {row["version"] for row in everything.rows} == {1, 2}
    assert answer(question("changes"), {"since": "9999-01-01"}, asker).rows == ()


def test_why_shows_what_is_behind_a_fact(ask_examples: Ask) -> None:
    fact = str(ask_examples("commitments").rows[0]["evidence"][0]["source"])  # type: ignore[index]
    decision = ask_examples("departures").rows[0]["case"]["id"]  # type: ignore[index]
    assert ask_examples("why", fact=fact).rows == (), "a source rests on no sentence"
    found = ask_examples("why", fact=decision)
    assert found.rows
    for row in found.rows:
        assert quotes(row)
        assert row["rule"]
        assert row["confidence"]
        assert len(str(row["textHash"])) == 64


def test_only_two_questions_are_blocked(ask: Ask, seeds: Path) -> None:
    version = current(seeds)
    asker = Asker(Reader.open(version).select, date(2025, 6, 1), "da", version.number)
    told = {row["question"]: [f["fact"] for f in row["facts"] if f["blocked"]] for row in summary(asker)}  # type: ignore[attr-defined]
    assert {name: facts for name, facts in told.items() if facts} == {
        "sent-on": ["Udfald dér"],
        "lead-times": ["Endelig afgørelse i et politisk organ"],
    }
    blocked = [(gap["missing"], gap["reason"]) for gap in ask("why").gaps]
    assert blocked == [
        ("Udfald dér", "1 sent-on: 4/4"),
        ("Endelig afgørelse i et politisk organ", "16 lead-times: 3/3"),
    ]


def test_there_are_twenty_questions() -> None:
    assert [q.number for q in questions().values()] == list(range(1, 21))
    for about in questions().values():
        assert all(about.title[tongue] and about.description[tongue] for tongue in ("da", "en")), about.id
        assert any(column.key for column in about.columns), f"{about.id}: nothing tells its rows apart"


@pytest.mark.parametrize("name", [q for q in questions() if q not in ("changes", "why")])
def test_every_row_of_the_examples_rests_on_sentences(ask_examples: Ask, name: str) -> None:
    found = ask_examples(name)
    assert found.rows
    assert all(quotes(row) for row in found.rows)


@pytest.mark.parametrize(
    ("name", "given", "rows"),
    [
        ("announced-not-recorded", {"case": ARCHIVE}, 0),
        ("announced-not-recorded", {"case": YARD}, 1),
        ("announced-not-recorded", {"from": "2025-01-01"}, 0),
        ("case-history", {"from": "2025-01-01"}, 2),
        ("case-history", {"until": "2024-08-31", "body": DIR}, 3),
        ("commitments", {"person": "Lene Mikkelsen"}, 2),
        ("sent-on", {"to": KB}, 3),
        ("sent-on", {"to": KB, "body": OEK}, 1),
        ("frameworks", {"case": ARCHIVE}, 0),
        ("travelling-documents", {"to": HU}, 1),
        ("responsibility", {"person": "Lene Mikkelsen"}, 2),
        ("closed-attachments", {"from": "2025-01-01"}, 1),
    ],
)
def test_parameters_narrow_the_answer(ask_examples: Ask, name: str, given: dict[str, str], rows: int) -> None:
    assert len(ask_examples(name, **given).rows) == rows
