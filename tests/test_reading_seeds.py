"""The two minutes from Norddjurs that the project starts from, read whole."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.model import AgendaItem, Minutes
from graph.municipalities.load import load_municipality
from graph.readers.choose import read_source

READING = Path(__file__).parents[1].parent / "shared" / "reading"
SEEDS = ("seed-000", "seed-002")

pytestmark = pytest.mark.skipif(not READING.is_dir(), reason="the hand-marked minutes lie beside the checkout")


def minutes_of(name: str) -> Minutes:
    content = (READING / "texts" / f"{name}.txt").read_bytes()
    return extract(read_source(content, title=f"{name}.txt"), load_municipality("0707"))


def gold(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((READING / "gold" / f"{name}.json").read_text("utf-8"))
    return found


def matter(minutes: Minutes, order: int) -> AgendaItem:
    return minutes.agenda_items[0].agenda_items[order - 1]


@pytest.mark.parametrize("name", SEEDS)
def test_the_meeting(name: str) -> None:
    found, wanted = record(minutes_of(name)), gold(name)
    for field in ("municipality", "body", "meeting_date", "start_time", "place"):
        assert found[field] == wanted[field]


@pytest.mark.parametrize("name", SEEDS)
def test_the_umbrella_item(name: str) -> None:
    found, wanted = record(minutes_of(name))["items"], gold(name)["items"]
    assert len(found) == len(wanted) == 1
    for field in ("access", "routing", "proposer", "recommendation", "sdgs"):
        assert found[0][field] == wanted[0][field]
    for row, expected in zip(found[0]["attachments"], wanted[0]["attachments"], strict=True):
        assert {key: row[key] for key in expected} == expected


@pytest.mark.parametrize("name", SEEDS)
def test_the_matters_under_it(name: str) -> None:
    found, wanted = record(minutes_of(name))["items"][0]["subitems"], gold(name)["items"][0]["subitems"]
    assert [row["title"] for row in found] == [row["title"] for row in wanted]
    for row, expected in zip(found, wanted, strict=True):
        persons = [(p["name"], p["role"], p["planned"], p["attended"]) for p in row["persons"]]
        assert persons == [(p["name"], p["role"], p["planned"], p["attended"]) for p in expected["persons"]]
        assert row["decision"]["outcome"] in [
            expected["decision"]["outcome"],
            *expected["decision"].get("outcome_alt", []),
        ]


def test_a_stop_planned_twice_is_one_step_with_two_sentences() -> None:
    steps = matter(minutes_of("seed-000"), 1).routing_steps
    assert [(step.target_body, step.planned_date) for step in steps] == [
        ("Hovedudvalget", date(2022, 11, 11)),
        ("Økonomiudvalget", date(2022, 12, 6)),
        ("Kommunalbestyrelsen", date(2022, 12, 13)),
    ]
    assert all(len(step.sentences) == 2 for step in steps)


def test_a_file_name_tells_a_route() -> None:
    steps = [s for s in minutes_of("seed-000").agenda_items[0].routing_steps if s.step_source == "attachment"]
    assert [(step.target_body, step.step_order) for step in steps] == [("HU", 1), ("ØK", 2), ("KB", 3)]
    assert all(step.sentences[0].anchor_of.startswith("3 - 3366952") for step in steps)


def test_a_verdict_is_what_the_decision_adds() -> None:
    decision = matter(minutes_of("seed-000"), 1).decisions[0]
    assert decision.description.startswith("Direktionen drøftede og behandlede produktet, som blev udarbejdet")
    assert decision.decided_by == "Direktionen"


def test_a_statement_broken_by_an_empty_line_is_one() -> None:
    first = matter(minutes_of("seed-000"), 1)
    assert {one.agent for one in first.participations if one.participation_status == "announced"} == {
        "Mette Løvholm",
        "Trine Kjær Poulsen",
    }


def test_standing_text_belongs_to_the_umbrella() -> None:
    for name in SEEDS:
        umbrella = minutes_of(name).agenda_items[0]
        assert umbrella.sdg_framings
        assert umbrella.recurring_texts
        assert not any(part.sdg_framings or part.recurring_texts for part in umbrella.agenda_items)
    first, second = (minutes_of(name).agenda_items[0] for name in SEEDS)
    assert {r.text_hash for r in first.recurring_texts} & {r.text_hash for r in second.recurring_texts}


def test_nothing_in_the_seeds_is_left_unclaimed() -> None:
    assert [minutes_of(name).unclaimed for name in SEEDS] == [(), ()]
