"""Reading measured against what is true: made papers in every layout, whole and damaged in the ways minutes are."""

from __future__ import annotations

from random import Random

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.readers.choose import read_source
from tests.maker.damage import DAMAGES
from tests.maker.layouts import LAYOUTS, LayoutOf
from tests.maker.marking import Marks, mark
from tests.maker.papers import Paper, made_paper

WHOLE, DAMAGED = 0.98, 0.85
EACH = pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)


def marks_of(paper: Paper, layout: LayoutOf, text: str) -> Marks:
    found = record(extract(read_source(text.encode(), title=f"{layout.name}.txt")))
    return mark(found, paper, layout)


def whole(layout: LayoutOf, count: int) -> Marks:
    total = Marks()
    for seed in range(count):
        paper = made_paper(seed)
        total.add(marks_of(paper, layout, layout.printed(paper)))
    return total


def damaged(count: int) -> dict[str, tuple[float, Marks]]:
    """The F1 that each kind of damage costs, and the marks of the damaged texts."""
    plain = Marks()
    for layout in LAYOUTS:
        plain.add(whole(layout, count))
    found = {}
    for damage in DAMAGES:
        total = Marks()
        for layout in LAYOUTS:
            for seed in range(count):
                paper = made_paper(seed)
                total.add(marks_of(paper, layout, damage(layout.printed(paper), Random(seed))))
        found[damage.__name__] = (plain.f1() - total.f1(), total)
    return found


def printed(found: dict[str, tuple[float, Marks]]) -> None:
    for name, (drop, marks) in found.items():
        print(f"{name:18} F1 {marks.f1():.4f}, {drop:+.4f} lost")  # noqa: T201 - the drop per kind is what is asked for


@EACH
def test_made_papers_are_read(layout: LayoutOf) -> None:
    marks = whole(layout, 10)
    assert marks.f1() >= WHOLE, marks.notes[:20]


def test_damage_costs_little() -> None:
    found = damaged(5)
    printed(found)
    assert {name: marks.f1() for name, (_, marks) in found.items() if marks.f1() < DAMAGED} == {}


def test_a_wrong_record_is_marked_down() -> None:
    paper, other = made_paper(1), made_paper(2)
    assert marks_of(paper, LAYOUTS[0], LAYOUTS[0].printed(other)).f1() < 0.5


@pytest.mark.soak
@EACH
def test_500_made_papers_are_read(layout: LayoutOf) -> None:
    assert whole(layout, 500).f1() >= WHOLE


@pytest.mark.soak
def test_damage_of_500_papers_of_every_layout() -> None:
    found = damaged(500)
    printed(found)
    assert {name: marks.f1() for name, (_, marks) in found.items() if marks.f1() < DAMAGED} == {}
