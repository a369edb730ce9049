"""Invented minutes in the layouts that Danish municipalities publish, each beside what must be read of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.readers.choose import read_source

LAYOUTS = sorted((Path(__file__).parent / "data" / "layouts").glob("*.txt"))


def read(path: Path) -> dict[str, Any]:
    return record(extract(read_source(path.read_bytes(), title=path.name)))


def summary(found: dict[str, Any]) -> dict[str, Any]:
    """The part of a record that the expectations beside the texts hold."""
    fields = ("body", "meeting_date", "start_time", "end_time", "place", "document_kind")
    return {
        **{field: found[field] for field in fields},
        "present": [person["name"] for person in found["present"]],
        "absent": [person["name"] for person in found["absent"]],
        "items": [item_summary(item) for item in found["items"]],
    }


def item_summary(item: dict[str, Any]) -> dict[str, Any]:
    fields = ("number", "title", "access", "case_number", "routing", "proposer", "recommendation")
    return {
        **{field: item[field] for field in fields},
        "decisions": [[d["body"], d["date"], d["outcome"]] for d in item["decisions"]],
        "absent": [person["name"] for person in item["absent"]],
        "attachments": [attachment["title"] for attachment in item["attachments"]],
    }


@pytest.mark.parametrize("path", LAYOUTS, ids=lambda path: path.stem)
def test_layout_is_read(path: Path) -> None:
    assert summary(read(path)) == json.loads(path.with_suffix(".json").read_text("utf-8"))


def test_every_layout_has_its_expectation() -> None:
    assert len(LAYOUTS) >= 17
    assert all(path.with_suffix(".json").is_file() for path in LAYOUTS)
