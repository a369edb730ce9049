"""Cases across meetings: by number, reference, document, planned stop, title, official; and what keeps them apart."""

from __future__ import annotations

import pytest

from graph.identity.initiatives import procurements
from graph.identity.ledger import Decided, Ledger, short
from tests.maker.hand import NAMES, day, item, meeting, resolved, stop, who
from tests.maker.truth import TrueItem

TMU, OEK, KB, KULTUR = "Teknik- og Miljøudvalget", "Økonomiudvalget", "Kommunalbestyrelsen", "Kulturudvalget"
FILLER = [
    item(f"{word} i {place}") for word in ("Lokalplan", "Byggesag") for place in ("Tved", "Holme", "Skov", "Aal", "Bro")
]


def rule(
    first: TrueItem, second: TrueItem, *, bodies: tuple[str, str] = (TMU, TMU), on: str = "2023-04-12"
) -> str | None:
    """The rule that makes two items one case, or None; other items stand between them."""
    told = resolved(
        meeting(bodies[0], "2023-01-11", first),
        meeting(KULTUR, "2023-02-02", *FILLER),
        meeting(bodies[1], on, second),
    )
    one, other = told.case(bodies[0], "2023-01-11"), told.case(bodies[1], on)
    links = [k.rule for k in told.across.cases if k.accepted and k.source == NAMES.case(bodies[1], day(on), "1")]
    assert (one == other) == bool(links)
    return links[0] if links else None


def test_a_case_number_identifies() -> None:
    assert (
        rule(item("Cykelsti ved Tved Skole", number="22/1234"), item("Status på cykelstien", number="22/1234"))
        == "case.number"
    )


def test_one_number_with_titles_that_share_nothing_is_a_proposal() -> None:
    told = resolved(
        meeting(TMU, "2023-01-11", item("Cykelsti", number="22/1234")),
        meeting(TMU, "2023-02-11", item("Svømmehal", number="22/1234")),
    )
    assert told.rules("case.") == []
    assert told.rules("case.", "proposed") == ["case.number"]


def test_two_numbers_keep_like_titles_apart() -> None:
    assert rule(item("Cykelsti ved Tved Skole", number="22/1"), item("Cykelsti ved Tved Skole", number="22/2")) is None


def test_a_standing_number_identifies_nothing() -> None:
    told = resolved(
        *(
            meeting(TMU, f"2023-{n:02}-10", item("Orientering om byggesager", number="00.22.00-A00-1-21"))
            for n in range(1, 9)
        )
    )
    assert told.rules("case.") == []


@pytest.mark.parametrize(
    "background",
    [
        "Teknik- og Miljøudvalget behandlede sagen den 11. januar 2023, pkt. 1.",
        "Udvalget har tidligere behandlet sagen den 11. januar 2023, punkt 1.",
        "Teknik- og Miljøudvalget drøftede cykelstien den 11. januar.",
    ],
)
def test_what_the_text_says_of_an_earlier_meeting(background: str) -> None:
    later = item("Trafik ved skoler, cykelsti")
    later.background.append(background)
    assert rule(item("Cykelsti ved Tved Skole"), later) == "case.reference"


def test_a_document_that_both_carry() -> None:
    paper = [("7712345", "Notat.docx")]
    assert rule(item("Cykelsti", documents=paper), item("Status på cykelsti", documents=paper)) == "case.document"


def test_a_title_in_the_same_body() -> None:
    assert rule(item("Renovering af svømmehallen i Bakkeby"), item("Status på svømmehal i Bakkeby")) is None, (
        "hal, hallen"
    )
    assert rule(item("Renovering af biblioteket i Bakkeby"), item("Status på bibliotek i Bakkeby")) == "case.title"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Budget 2023 for havnen i Bakkeby", "Budget 2024 for havnen i Bakkeby"),
        ("Renovering af bibliotek i Bakkeby", "Renovering af bibliotek i Tingerup"),
        ("Renovering af bibliotek i Bakkeby", "Renovering af skole i Bakkeby"),
        ("Godkendelse af dagsorden", "Godkendelse af dagsorden"),
    ],
)
def test_titles_of_two_cases(first: str, second: str) -> None:
    assert rule(item(first), item(second)) is None


def test_a_title_after_two_years_is_a_proposal() -> None:
    assert (
        rule(item("Renovering af bibliotek i Bakkeby"), item("Renovering af bibliotek i Bakkeby"), on="2025-06-01")
        is None
    )


def test_an_official_who_comes_along() -> None:
    chief = [who("Lars Holm", post="havnechef", status="recorded")]
    first, second = item("Bådpladser", people=chief), item("Bådpladser, ventelister", people=chief)
    assert rule(first, second) == "case.title"
    assert rule(item("Bådpladser"), item("Bådpladser, ventelister")) is None


def test_an_announced_day_joins_two_bodies_and_another_day_does_not() -> None:
    first = item("Takster for bådpladser", stops=[stop(OEK, "2023-02-14")])
    assert rule(first, item("Bådpladser 2023"), bodies=(TMU, OEK), on="2023-02-14") == "case.announced"
    assert rule(first, item("Bådpladser 2023"), bodies=(TMU, KB), on="2023-02-14") is None


def test_an_item_is_of_one_case_though_two_cases_share_the_announced_day() -> None:
    """Two items of one meeting are never one case, whatever both share with an earlier one."""
    told = resolved(
        meeting(TMU, "2023-01-11", item("Bibliotek i Bakkeby", stops=[stop(OEK, "2023-02-14")])),
        meeting(OEK, "2023-02-14", item("Bibliotek i Bakkeby"), item("Bibliotek i Bakkeby, parkering")),
    )
    cases = {told.case(OEK, "2023-02-14", key) for key in ("1", "2")}
    assert len(cases) == 2
    assert told.case(TMU, "2023-01-11") in cases


def test_a_case_that_is_seen_many_times_stays_one() -> None:
    days = [f"{year}-{month:02}-10" for year in (2022, 2023, 2024) for month in range(1, 12)]
    told = resolved(
        *(meeting(TMU, on, item("Status på genopretning af Tingerup Sø")) for on in days),
        meeting(KULTUR, "2022-02-02", *FILLER),
    )
    assert len({told.case(TMU, on) for on in days}) == 1


@pytest.mark.parametrize("accepted", [True, False])
def test_what_a_person_decided_holds_and_is_shown(accepted: bool) -> None:  # noqa: FBT001
    first, second = item("Cykelsti i Tved", number="22/1"), item("Svømmehal", number="22/2")
    if not accepted:
        second = item("Cykelsti i Tved", number="22/1")
    keys = (NAMES.case(TMU, day("2023-02-11"), "1"), NAMES.case(TMU, day("2023-01-11"), "1"))
    ledger = Ledger(
        (Decided(short(keys[0]), short(keys[1]), "Arkivet", day("2024-01-01"), "set i sagen", accepted=accepted),)
    )
    told = resolved(meeting(TMU, "2023-01-11", first), meeting(TMU, "2023-02-11", second), ledger=ledger)
    assert (told.case(TMU, "2023-01-11") == told.case(TMU, "2023-02-11")) == accepted
    (link,) = told.across.cases
    assert link.review_status == ("accepted" if accepted else "rejected")
    assert any("Arkivet den 2024-01-01: set i sagen" in reason for reason in link.reasons)


def test_a_refused_link_is_not_made_by_a_detour() -> None:
    """A and C are refused; B is of the same number as both, so it goes with one of them alone."""
    days = ("2023-01-11", "2023-02-11", "2023-03-11")
    keys = [short(NAMES.case(TMU, day(on), "1")) for on in days]
    ledger = Ledger((Decided(keys[2], keys[0], "Arkivet", day("2024-01-01"), "to sager", accepted=False),))
    told = resolved(*(meeting(TMU, on, item("Cykelsti i Tved", number="22/1")) for on in days), ledger=ledger)
    assert told.case(TMU, days[0]) != told.case(TMU, days[2])
    assert told.case(TMU, days[1]) in (told.case(TMU, days[0]), told.case(TMU, days[2]))


def test_a_procurement_holds_the_cases_that_buy_the_same() -> None:
    told = resolved(
        meeting(TMU, "2022-01-11", item("Kommende udbud af ERP-system")),
        meeting(TMU, "2022-03-11", item("Status på udbud af ERP-system (økonomi og løn)")),
        meeting(OEK, "2025-03-11", item("Implementering af nyt ERP-system")),
        meeting(KULTUR, "2022-03-11", item("Implementering af sorgpolitik")),
    )
    (found,) = procurements(told.across.handled, told.across.leaders)
    assert (found.procures, found.phases) == ("ERP-system", ("kommende udbud", "status på udbud", "implementering"))
    assert found.cases == (told.case(OEK, "2025-03-11"), told.case(TMU, "2022-01-11"))
    assert len(found.sightings) == 3
