"""The drawings of the pages."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest

from api.figures import LOCKS, MARKS, lock, mark
from api.views.language import Language, phrases
from api.views.route import Stop, conflicts, route
from api.views.rows import Row, Thing
from api.views.state import state_sentence
from graph.terms import concept

DANISH = Language("da", phrases("da"), {})
TODAY = date(2023, 6, 1)


def literal(value: str) -> dict[str, str]:
    return {"type": "literal", "value": value}


def step(number: int, body: str = "", day: str = "", *, source: str = "prose", status: str = "") -> Row:
    """A row of case-steps.rq."""
    row: dict[str, dict[str, str]] = {"step": literal(f"s{number}"), "source": literal(concept("step-source", source))}
    if body:
        row |= {"body": literal(f"b/{body}"), "bodyLabel": literal(body)}
    if day:
        row["date"] = literal(day)
    if status:
        row["status"] = literal(concept("step-status", status))
    return row


def met(number: int, body: str, treatment: str) -> Row:
    """A step that a treatment has met."""
    return {**step(number, body, "2023-05-02", status="met"), "treatment": literal(treatment)}


def treated(body: str, day: str, status: str = "held") -> Row:
    """A row of case-items.rq."""
    return {
        "item": literal(f"i/{day}"),
        "treatment": literal(f"t/{day}"),
        "meeting": literal(f"m/{day}"),
        "date": literal(day),
        "body": literal(f"b/{body}"),
        "bodyLabel": literal(body),
        "status": literal(concept("treatment-status", status)),
    }


def stops(items: list[Row], steps: list[Row]) -> list[tuple[str, str, str]]:
    """A route as body, day and state."""
    made = route({"items": items, "steps": steps, "decisions": []}, {}, TODAY)
    return [(stop.body.label if stop.body else "", str(stop.day or ""), stop.state) for stop in made]


@pytest.mark.parametrize("state", MARKS)
def test_every_mark_is_sound_svg_of_its_own_shape_without_styles(state: str) -> None:
    drawn = ElementTree.fromstring(mark(state))  # noqa: S314 - our own constant
    assert drawn.get("class") == f"mark {state}"
    assert drawn.get("aria-hidden") == "true"
    assert "style" not in mark(state)
    assert [other for other in MARKS if MARKS[other] == MARKS[state]] == [state]


def test_a_state_without_a_mark_gets_the_plain_ring() -> None:
    assert mark('x"><script>') == mark("pending")


def test_locks_differ_and_an_unknown_access_has_none() -> None:
    assert LOCKS["open"] != LOCKS["closed"]
    assert lock("") == lock("NON_PUBLIC") == ""


def test_stops_stand_in_order_of_time_and_those_without_a_date_last() -> None:
    items = [treated("Direktionen", "2023-03-08")]
    steps = [step(1, "Kommunalbestyrelsen"), step(2, "Økonomiudvalget", "2023-07-04"), step(3)]
    assert stops(items, steps) == [
        ("Direktionen", "2023-03-08", "treated"),
        ("Økonomiudvalget", "2023-07-04", "pending"),
        ("Kommunalbestyrelsen", "", "undated"),
        ("", "", "undated"),
    ]


def test_a_stop_that_was_met_is_the_treatment_itself() -> None:
    items = [treated("Direktionen", "2023-03-08"), treated("Økonomiudvalget", "2023-05-02")]
    assert stops(items, [met(1, "Økonomiudvalget", "t/2023-05-02")]) == [
        ("Direktionen", "2023-03-08", "treated"),
        ("Økonomiudvalget", "2023-05-02", "treated"),
    ]


@pytest.mark.parametrize("status", ["moved", "lapsed", "contradicted", "withdrawn"])
def test_a_state_that_the_graph_has_settled_is_never_told_by_the_day(status: str) -> None:
    assert stops([], [step(1, "Økonomiudvalget", "2023-04-18", status=status)]) == [
        ("Økonomiudvalget", "2023-04-18", status)
    ]


def test_an_agenda_alone_treats_nothing() -> None:
    items = [treated("Direktionen", "2023-07-01", "planned"), treated("Direktionen", "2023-05-01", "planned")]
    assert [state for *_, state in stops(items, [])] == ["overdue", "pending"]


def test_field_and_file_names_support_stops_and_never_double_them() -> None:
    items = [treated("Direktionen", "2023-03-08")]
    steps = [
        step(1, "Direktionen", source="field"),
        step(2, "Økonomiudvalget", "2023-07-04"),
        step(3, "Økonomiudvalget", source="attachment"),
        step(4, "Hovedudvalget", source="attachment"),
    ]
    assert [body for body, *_ in stops(items, steps)] == ["Direktionen", "Økonomiudvalget"]


def test_disagreement_about_the_route_is_told() -> None:
    items = [treated("Direktionen", "2023-03-08")]
    steps = [
        step(1, "Direktionen", source="field"),
        step(2, "Økonomiudvalget", "2023-07-04"),
        step(3, "Økonomiudvalget", "2023-07-11"),
        step(4, "Hovedudvalget", source="attachment"),
    ]
    assert conflicts({"items": items, "steps": steps}, DANISH) == (
        "Feltet Sagsgang nævner Direktionen; teksten sender også sagen til Økonomiudvalget.",
        "Et bilags navn nævner Hovedudvalget, som teksten ikke sender sagen til.",
        "Flere datoer er nævnt for Økonomiudvalget: 4. jul. 2023 og 11. jul. 2023.",
    )
    assert conflicts({"items": items, "steps": [steps[1]]}, DANISH) == ()


def test_a_file_of_the_umbrella_item_disagrees_with_no_case() -> None:
    steps = [step(1, "Økonomiudvalget", "2023-07-04"), step(2, "Hovedudvalget", source="attachment")]
    above = [steps[0], {**steps[1], "umbrella": literal("i/above")}]
    assert conflicts({"items": [], "steps": above}, DANISH) == ()
    assert len(conflicts({"items": [], "steps": steps}, DANISH)) == 1


def stop(body: str, day: date | None, state: str) -> Stop:
    return Stop(body=Thing(f"b/{body}", body) if body else None, day=day, state=state)


@pytest.mark.parametrize(
    ("planned", "told"),
    [
        ([], "Behandlet i Direktionen 8. mar. 2023."),
        (
            [stop("Økonomiudvalget", date(2023, 7, 4), "pending")],
            "Behandlet i Direktionen 8. mar. 2023. Sendt videre til Økonomiudvalget; mødet er ikke i grafen endnu.",
        ),
        (
            [stop("", None, "undated")],
            "Behandlet i Direktionen 8. mar. 2023. Sendt videre; organet er ikke oplyst.",
        ),
        (
            [stop("Økonomiudvalget", date(2023, 4, 4), "lapsed")],
            "Behandlet i Direktionen 8. mar. 2023. Kom ikke på det planlagte møde i Økonomiudvalget.",
        ),
    ],
)
def test_the_state_says_no_more_than_is_known(planned: list[Stop], told: str) -> None:
    assert state_sentence([stop("Direktionen", date(2023, 3, 8), "treated"), *planned], {}, DANISH) == told


def test_many_treatments_are_told_by_number_and_the_latest() -> None:
    days = [stop("Direktionen", date(2023, month, 1), "treated") for month in range(1, 6)]
    assert state_sentence(days, {("b/Direktionen", date(2023, 5, 1)): "godkendt"}, DANISH) == (
        "Behandlet fem gange, senest godkendt i Direktionen 1. maj 2023."
    )
