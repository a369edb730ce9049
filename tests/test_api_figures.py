"""The drawings of the pages."""

from __future__ import annotations

import gzip
from datetime import date
from xml.etree import ElementTree

import pytest

from api.figures import LOCKS, MARKS, lock, mark
from api.figures.lines import line
from api.figures.maps import Spot, map_picture
from api.views.found import Search, found_view
from api.views.language import Language, phrases
from api.views.route import Stop, conflicts, route
from api.views.rows import Row, Thing
from api.views.state import state_sentence
from api.views.table import Table, Value
from graph.search import Place
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


def test_names_on_the_map_cover_no_other_and_stay_text() -> None:
    spots = [Spot(0, 0, "bodies", "Økonomiudvalget"), Spot(3, 1, "bodies", "Byrådet"), Spot(0, 400, "bodies", "<b>&")]
    drawn = ElementTree.fromstring(map_picture(spots, [(0, 2)], scheme="dark", width="wide"))  # noqa: S314 - our own
    assert [text.text for text in drawn.iter("{http://www.w3.org/2000/svg}text")] == ["Økonomiudvalget", "<b>&"]
    assert len(drawn.findall("{http://www.w3.org/2000/svg}path")) == 2


def test_a_map_of_two_thousand_things_is_small_and_grows_in_step() -> None:
    def drawn(count: int) -> str:
        spots = [Spot(n % 90 * 30.0, n // 90 * 30.0, "cases") for n in range(count)]
        ties = [(n, n * 7 % count) for n in range(count) for _ in range(2)]
        return map_picture(spots, ties, scheme="light", width="narrow")

    assert len(gzip.compress(drawn(2000).encode())) < 60_000
    assert len(drawn(2000)) < 2.4 * len(drawn(1000))


def test_a_line_goes_by_time_and_has_a_point_for_every_number() -> None:
    drawn = str(line([("2025", 2025, 2), ("2023", 2023, 8), ("2024", 2024, 5)], "Sager <om året>"))
    assert drawn.index("2023: 8") < drawn.index("2024: 5") < drawn.index("2025: 2")
    assert drawn.count("<circle") == 3
    assert "&lt;om året&gt;" in drawn


@pytest.mark.parametrize(
    ("names", "rows", "line_points", "bars"),
    [
        (("dag", "n"), [("2024-01-01", True, "3"), ("2024-02-01", True, "4"), ("2024-03-01", True, "5")], 3, 0),
        (("år", "n"), [("2022", False, "3"), ("2023", False, "4"), ("2024", False, "5")], 3, 0),
        (("organ", "n"), [("Direktionen", False, "3"), ("Hovedudvalget", False, "4")], 0, 2),
        (("dag", "n"), [("2024-01-01", True, "tre"), ("2024-02-01", True, "4"), ("2024-03-01", True, "5")], 0, 0),
    ],
)
def test_an_answer_is_a_line_bars_or_a_table_alone(
    names: tuple[str, str], rows: list[tuple[str, bool, str]], *, line_points: int, bars: int
) -> None:
    cells = tuple(
        (Value(when, "", "", timed=timed), Value(much, "", "figure" if much.isdigit() else ""))
        for when, timed, much in rows
    )
    table = Table(names, cells, 0)
    assert (len(table.line), len(table.bars)) == (line_points, bars)


def test_facets_count_what_each_would_leave() -> None:
    places = [Place(n, f"http://e/id/cases/0999/{n}", "cases", 1.0) for n in range(3)]
    rows = [
        {
            "thing": uri(place.iri),
            "body": uri(f"http://e/id/bodies/0999/{body}"),
            "date": {"type": "literal", "value": day},
        }
        for place, body, day in zip(
            places, ("dir", "dir", "hu"), ("2024-01-01", "2023-01-01", "2024-05-01"), strict=True
        )
    ]
    asked = Search(words="sag", kind="", narrowed={"year": "2024"}, skip=0)
    view = found_view(asked, places, rows, counts={"cases": 3}, most=300)
    counted = {name: {choice.value: choice.count for choice in choices} for name, choices in view.facets}
    assert counted == {"body": {"0999/dir": 1, "0999/hu": 1}, "year": {"2024": 2, "2023": 1}}
    assert [place.number for place in view.places] == [0, 2]
    assert asked.address("body", "0999/hu") == "q=sag&year=2024&body=0999%2Fhu"
    assert asked.address("year") == "q=sag"


def uri(value: str) -> dict[str, str]:
    """An IRI as a row has it."""
    return {"type": "uri", "value": value}
