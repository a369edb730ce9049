"""The same minutes as text, web page, PDF and Word file give the same record; the examples are such files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.municipalities.load import load_municipality
from graph.readers.choose import read_source
from tests.conftest import EXAMPLES, ROOT
from tests.maker.files import as_pdf, written

TEXTS = sorted((Path(__file__).parent / "data" / "minutes").glob("*.txt"))
PLAIN = [*TEXTS, *sorted(EXAMPLES.glob("*-*.txt"))]
MORE = sorted((ROOT / "examples" / "more").iterdir())
# where words stand, and how much of the text is claimed: a PDF prints its header beside the minutes
OF_THE_FILE = {"coverage", "evidence", "source", "unclaimed"}


def record_of(content: bytes, title: str) -> dict[str, Any]:
    """What a file states, without where it stands."""
    minutes = extract(read_source(content, title=title), load_municipality(EXAMPLES / "elmested.toml"))
    found = bare(record(minutes))
    assert isinstance(found, dict)
    return found


def bare(thing: object) -> object:
    if isinstance(thing, dict):
        return {key: bare(value) for key, value in thing.items() if key not in OF_THE_FILE}
    return [bare(value) for value in thing] if isinstance(thing, list) else thing


@pytest.mark.parametrize("suffix", [".html", ".pdf", ".docx"])
@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.stem)
def test_the_same_minutes_in_another_format_give_the_same_record(path: Path, suffix: str) -> None:
    text = path.read_text("utf-8")
    assert record_of(written(text, suffix), path.name) == record_of(text.encode(), path.name)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.stem)
def test_page_breaks_change_nothing(path: Path) -> None:
    text = path.read_text("utf-8")
    assert record_of(as_pdf(text, height=420), path.name) == record_of(text.encode(), path.name)


def test_there_are_enough_of_them() -> None:
    assert len(TEXTS) == len(MORE) >= 10
    assert {path.suffix for path in MORE} == {".txt", ".html", ".pdf", ".docx"}


@pytest.mark.parametrize("path", MORE, ids=lambda path: path.name)
def test_an_example_states_what_its_text_states(path: Path) -> None:
    text = TEXTS[[text.stem for text in TEXTS].index(path.stem)]
    found = record_of(path.read_bytes(), path.name)
    assert found == record_of(text.read_bytes(), path.name)
    assert found["body"]
    assert found["meeting_date"] in path.name


def test_the_examples_hold_what_they_are_there_to_show() -> None:
    records = {path.stem: record_of(path.read_bytes(), path.name) for path in MORE}
    items = [item for found in records.values() for item in found["items"]]
    assert any(decision["vote"] for item in items for decision in item["decisions"])
    assert any(person["role"] == "inhabil" for item in items for person in item["persons"])
    assert any((one["role"] or "").startswith("stedfortræder for") for r in records.values() for one in r["present"])
    assert sum(item["access"] == "closed" for item in items) >= 2
    assert any("4" in map(str, item["sdgs"]) for item in items if isinstance(item["sdgs"], list))
    both = [records[f"teknik-og-miljoeudvalget-2024-10-08-{kind}"] for kind in ("dagsorden", "referat")]
    assert [found["document_kind"] for found in both] == ["dagsorden", "referat"]
    assert [len(item["decisions"]) for found in both for item in found["items"]] == [0, 0, 1, 1]
