"""What became of planned stops: met, moved, lapsed, contradicted, withdrawn, or not to be told."""

from __future__ import annotations

import pytest

from graph.corpus import quads
from graph.identity.routes import StepState, step_states
from graph.identity.turns import turns
from graph.terms import concept, expand
from tests.maker.answers import BASE
from tests.maker.hand import NAMES, Told, day, item, meeting, resolved, stop
from tests.maker.truth import TrueItem, TrueMeeting

TMU, OEK, KB, KULTUR = "Teknik- og Miljøudvalget", "Økonomiudvalget", "Kommunalbestyrelsen", "Kulturudvalget"
FIRST = "2023-01-11"
OTHER = item("Lånegaranti til vandværket")


def case(*stops: tuple[str, str], decision: str = "Sagen blev drøftet.") -> TrueItem:
    """An item of the case, planning stops."""
    return item("Bibliotek i Bakkeby", number="23/1", decision=decision, stops=[stop(body, on) for body, on in stops])


def states(told: Told) -> list[StepState]:
    """The states of all stops."""
    return step_states(told.corpus, told.across.handled, told.across.leaders, lines=told.across.bodies.lines)


def state(*meetings: TrueMeeting) -> str | None:
    """The state of the one stop that the first meeting plans for the committee of finance on 14 February."""
    told = resolved(meeting(TMU, FIRST, case((OEK, "2023-02-14"))), *meetings)
    place = NAMES.agenda_item(TMU, day(FIRST), "1")
    return next((s.state for s in states(told) if s.step.startswith(f"{place}#")), None)


def test_nothing_is_told_while_no_minutes_are_held() -> None:
    assert state() is None
    assert state(meeting(OEK, "2023-01-31", OTHER)) is None, "the minutes of another day tell nothing"


def test_met_on_the_day() -> None:
    assert state(meeting(OEK, "2023-02-14", OTHER, case())) == "met"


def test_moved_to_another_day() -> None:
    assert state(meeting(OEK, "2023-02-14", OTHER), meeting(OEK, "2023-03-14", case())) == "moved"
    assert state(meeting(OEK, "2023-02-07", case())) == "moved", "earlier than planned"


def test_a_treatment_a_year_later_is_no_move() -> None:
    assert state(meeting(OEK, "2023-02-14", OTHER), meeting(OEK, "2024-03-14", case())) == "lapsed"


def test_moved_to_another_body_of_its_kind() -> None:
    assert state(meeting(OEK, "2023-02-14", OTHER), meeting(KULTUR, "2023-02-20", case())) == "moved"
    assert state(meeting(OEK, "2023-02-14", OTHER), meeting(KB, "2023-02-20", case())) == "lapsed", (
        "a council is another kind"
    )


def test_lapsed_where_the_minutes_do_not_hold_the_case() -> None:
    assert state(meeting(OEK, "2023-02-14", OTHER)) == "lapsed"


def test_put_off_at_the_meeting_and_held_later_is_moved() -> None:
    put_off = meeting(OEK, "2023-02-14", case(decision="Sagen blev udsat."))
    assert state(put_off) == "met", "it was on the agenda"
    assert state(put_off, meeting(OEK, "2023-03-14", case())) == "moved"


@pytest.mark.parametrize(
    "decision", ["Punktet blev taget af dagsordenen.", "Sagen udgår.", "Forslaget er trukket tilbage."]
)
def test_withdrawn(decision: str) -> None:
    assert state(meeting(OEK, "2023-02-14", case(decision=decision))) == "withdrawn", "at the meeting itself"
    assert state(meeting(TMU, "2023-02-01", case(decision=decision))) == "withdrawn", "before it"


def test_contradicted_by_a_later_plan() -> None:
    replanned = meeting(TMU, "2023-02-01", case((OEK, "2023-03-14")))
    assert state(replanned) == "contradicted"
    assert state(replanned, meeting(OEK, "2023-03-14", case())) == "moved", (
        "what happened says more than what was planned"
    )


def test_a_plan_that_is_repeated_is_not_contradicted() -> None:
    assert state(meeting(TMU, "2023-02-01", case((OEK, "2023-02-14"), (OEK, "2023-03-14")))) is None


def test_two_days_planned_at_once_are_two_treatments() -> None:
    told = resolved(
        meeting(TMU, FIRST, case((OEK, "2023-02-14"), (OEK, "2023-03-14"))),
        meeting(OEK, "2023-02-14", OTHER),
        meeting(OEK, "2023-03-14", case()),
    )
    assert sorted(s.state for s in states(told)) == ["lapsed", "met"]


def test_parallel_stops_are_met_each_for_itself() -> None:
    told = resolved(
        meeting(TMU, FIRST, case((OEK, "2023-02-14"), (KULTUR, "2023-02-14"))),
        meeting(OEK, "2023-02-14", case()),
        meeting(KULTUR, "2023-02-14", OTHER),
    )
    assert sorted(s.state for s in states(told)) == ["lapsed", "met"]


def test_an_undated_stop_is_met_by_the_next_treatment() -> None:
    told = resolved(meeting(TMU, FIRST, case((OEK, ""))), meeting(OEK, "2023-05-14", case()))
    assert [s.state for s in states(told)] == ["met"]
    assert states(resolved(meeting(TMU, FIRST, case((OEK, ""))))) == []


def test_a_stop_back_in_the_planner_is_met_by_a_later_meeting_only() -> None:
    again = meeting(TMU, FIRST, case((TMU, "")))
    assert states(resolved(again)) == []
    assert [s.state for s in states(resolved(again, meeting(TMU, "2023-02-11", case())))] == ["met"]


def test_a_state_names_its_treatment_and_its_sources() -> None:
    told = resolved(meeting(TMU, FIRST, case((OEK, "2023-02-14"))), meeting(OEK, "2023-02-14", case()))
    (found,) = states(told)
    assert found.treatment == f"{NAMES.agenda_item(OEK, day('2023-02-14'), '1')}#treatment"
    assert set(found.sources) == {minutes.source.text_hash for minutes, _ in told.corpus}


def test_a_stop_of_a_renamed_committee_is_met_by_its_successor() -> None:
    told = resolved(
        meeting("Miljøudvalget", "2021-11-10", item("Spildevand", number="21/7")),
        meeting("Miljøudvalget", "2021-12-10", case(("Miljøudvalget", "2022-01-12")), item("Affald", number="21/8")),
        meeting(
            "Klima- og Miljøudvalget",
            "2022-01-12",
            case(),
            item("Spildevand, gebyrer", number="21/7"),
            item("Affald, gebyrer", number="21/8"),
        ),
    )
    assert [s.state for s in states(told)] == ["met"]


def test_turns_that_decisions_give_a_case() -> None:
    told = resolved(
        meeting(OEK, FIRST, case(decision="Sagen sendes tilbage til Teknik- og Miljøudvalget.")),
        meeting(TMU, "2023-02-11", case(decision="Sagen blev genoptaget og drøftet.")),
    )
    found = list(turns(told.across.handled))
    assert [turn.kind for turn in found] == ["sent-back", "reopened"]
    for turn in found:
        text = next(m.source.text for m, _ in told.corpus if m.source.text_hash == turn.sighting.source)
        assert (
            text[turn.sighting.evidence.begin_index : turn.sighting.evidence.end_index]
            == turn.sighting.evidence.anchor_of
        )


def test_a_turn_stands_at_its_decision_with_the_sentence_behind() -> None:
    told = resolved(
        meeting(OEK, FIRST, case(decision="Sagen sendes tilbage til Teknik- og Miljøudvalget.")),
        meeting(TMU, "2023-02-11", case(decision="Sagen blev genoptaget og drøftet.")),
    )
    lines = list(quads(told.corpus, [], BASE))
    for body, on, kind in ((OEK, FIRST, "sent-back"), (TMU, "2023-02-11", "reopened")):
        decision = NAMES.decision(body, day(on), "1")
        said = f"<{decision}> <{expand('sag:turn')}> <{concept('turn', kind)}>"
        assert f"{said} <{BASE}/graphs/computed> .\n" in lines
        assert f"{said} .\n" in lines
        (link,) = {s.split(" ")[0] for s in lines if f'<{expand("sag:linkRule")}> "decision.turn.{kind}"' in s}
        assert f"{link} <{expand('sag:linkSource')}> <{decision}> .\n" in lines
        assert any(s.startswith(f"{link} <{expand('sag:evidence')}>") for s in lines)


def test_a_plan_alone_turns_nothing() -> None:
    agenda = meeting(OEK, FIRST, case(decision=""))
    assert not any(expand("sag:turn") in line for line in quads(resolved(agenda).corpus, [], BASE))
