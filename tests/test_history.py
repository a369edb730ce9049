"""What versions keep: changes told by key, what the day alone changes left out, and since when a source is known."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from graph.build import build
from graph.history import changes, kept, seen
from graph.municipalities.load import load_municipality
from graph.questions.changes import Change, changes_between
from graph.questions.question import question
from graph.store import current
from tests.conftest import EXAMPLES


def row(to: str, state: str, outcome: str = "") -> dict[str, object]:
    """A kept row of »sent-on« with little in it."""
    things = [{"id": f"http://e/outcome/{outcome}", "label": outcome}] if outcome else []
    return {
        "row": {
            "case": {"id": "http://e/case", "label": "Sagen"}, "body": {"id": "http://e/body", "label": "Organet"},
            "sentOn": "2022-10-12", "to": {"id": f"http://e/{to}", "label": to}, "plannedDate": "2022-12-06",
            "dateAsStated": None, "state": {"id": f"http://e/step-status/{state}", "label": state}, "outcome": things,
        },
        "claims": ["http://e/claim"],
    }  # fmt: skip


def told(before: list[dict[str, object]], after: list[dict[str, object]]) -> list[tuple[str, str]]:
    """The kinds of changes between two answers of »sent-on«, with the body sent to."""
    found = changes_between(question("sent-on"), before, after, version=2, on="2026-11-21")
    return [(change.kind, str(change.row["to"]["label"])) for change in found]  # type: ignore[index]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [row("ØK", "pending")], [("new", "ØK")]),
        ([row("ØK", "pending")], [row("ØK", "pending")], []),
        ([row("ØK", "pending")], [row("ØK", "overdue")], []),
        ([row("ØK", "overdue")], [row("ØK", "met", "discussed")], [("corrected", "ØK")]),
        ([row("ØK", "overdue")], [row("ØK", "lapsed")], [("corrected", "ØK")]),
        ([row("ØK", "pending"), row("KB", "pending")], [row("KB", "pending")], [("withdrawn", "ØK")]),
        ([row("ØK", "pending")], [row("ØK", "pending"), row("ØK", "pending")], [("new", "ØK")]),
    ],
)
def test_changes(
    before: list[dict[str, object]], after: list[dict[str, object]], expected: list[tuple[str, str]]
) -> None:
    assert told(before, after) == expected


def test_a_row_keeps_its_key_while_it_changes() -> None:
    about = question("sent-on")
    (first,) = changes_between(about, [], [row("ØK", "pending")], version=1, on="2026-11-20")
    (then,) = changes_between(about, [row("ØK", "pending")], [row("ØK", "met")], version=2, on="2026-11-21")
    assert isinstance(first, Change)
    assert first.key == then.key
    assert then.before == first.row


def test_a_source_that_is_replaced_takes_its_answers_with_it(tmp_path: Path) -> None:
    folder, data = tmp_path / "minutes", tmp_path / "data"
    shutil.copytree(EXAMPLES, folder)
    elmested = load_municipality(EXAMPLES / "elmested.toml")
    build([folder], elmested, data=data)
    first = current(data)
    known = seen(first)
    assert len(known) == 6
    assert {change.kind for change in changes(first)} == {"new"}
    path = folder / "direktionen-2024-08-21.md"
    path.write_text(path.read_text("utf-8").replace(" inden 1. november", ""), "utf-8")
    build([folder], elmested, data=data)
    second = current(data)
    assert len(seen(second)) == 6
    assert sum(seen(second).get(iri) == moment for iri, moment in known.items()) >= 5
    latest = {(c.question, c.kind) for c in changes(second) if c.version == second.number}
    assert {("commitments", "withdrawn"), ("commitments", "new")} <= latest
    assert [c for c in changes(second) if c.version == first.number], "the log goes back"
    assert set(kept(second, "answers.json")) == set(kept(first, "answers.json"))
