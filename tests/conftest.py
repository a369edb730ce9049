"""The graphs that many tests ask: the two Norddjurs minutes, and the examples' invented municipality."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from graph.build import build
from graph.municipalities.load import load_municipality
from graph.questions.answer import Answer, Asker, answer
from graph.questions.question import question
from graph.store import Reader, current

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "minutes"
SHARED = ROOT.parent / "shared"
SEEDS = [SHARED / "reading" / "texts" / f"{name}.txt" for name in ("seed-000", "seed-002")]
AS_OF = "2025-06-01"

Ask = Callable[..., Answer]


def asking(data: Path) -> Ask:
    """What asks a question of the graph in a data folder: `ask("case-route", case="TRIO", language="en")`."""
    version = current(data)
    reader = Reader.open(version)

    def ask(name: str, language: str = "da", **values: str) -> Answer:
        asker = Asker(reader.select, date(2025, 6, 1), language, version.number)
        return answer(question(name), values, asker)

    return ask


def values(found: Answer, *columns: str) -> list[tuple[Any, ...]]:
    """The rows of an answer with things by their labels, in the order of the columns named."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return value["label"]
        return tuple(plain(v) for v in value) if isinstance(value, list) else value

    return [tuple(plain(row[column]) for column in columns) for row in found.rows]


def quotes(row: dict[str, Any]) -> list[str]:
    """The sentences that a row rests on."""
    return [span["quote"] for span in row["evidence"]]


@pytest.fixture(scope="session")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the two Norddjurs minutes."""
    if not all(path.exists() for path in SEEDS):
        pytest.skip("../shared/reading is absent: the Norddjurs minutes are not part of the project")
    data = tmp_path_factory.mktemp("seeds")
    report = build(SEEDS, load_municipality("0707"), data=data)
    assert not report.failed
    return data


@pytest.fixture(scope="session")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the examples' minutes."""
    data = tmp_path_factory.mktemp("examples")
    report = build([EXAMPLES], load_municipality(EXAMPLES / "elmested.toml"), data=data)
    assert not report.failed
    return data
