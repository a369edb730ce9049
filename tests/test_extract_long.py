"""Long documents: reading costs in proportion to their length, whatever shape they are long in, up to 5 MB."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from graph.extract.minutes import extract
from graph.intake import Limits, Task, read_all
from graph.model import Minutes
from graph.municipalities.load import load_municipality
from graph.readers.choose import read_source
from tests.growth import grows_linearly
from tests.maker.long_papers import SHAPES

SETTINGS = Path(__file__).parents[1] / "examples" / "minutes" / "elmested.toml"
SHORT, LONG = 20_000, 80_000
HALF, FIVE = 500_000, 5_000_000  # characters; five million are over 5 MB, for Danish letters take two bytes
PATIENCE = 900.0  # a soak may share its machine; the bench tells how the rate stands against the reader's 60 seconds
EACH = pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)


def seconds_of(shape: Callable[[int], str]) -> Callable[[int], float]:
    """The processor's seconds that reading takes, by length."""
    made = cache(lambda length: shape(length).encode())

    def seconds(length: int) -> float:
        content = made(length)
        began = time.process_time()
        extract(read_source(content, title="long.txt"))
        return time.process_time() - began

    return seconds


@EACH
def test_cost_is_linear_in_length(shape: Callable[[int], str]) -> None:
    assert grows_linearly(seconds_of(shape), SHORT, LONG)


@EACH
def test_a_long_text_is_read_to_its_end(shape: Callable[[int], str]) -> None:
    text = shape(SHORT)
    minutes = extract(read_source(text.encode(), title="long.txt"))
    last = max(section.end_index for item in minutes.agenda_items for section in item.sections)
    assert last > 0.98 * len(minutes.source.text)


@pytest.mark.soak
@EACH
def test_5_mb_cost_ten_times_half_a_megabyte(shape: Callable[[int], str]) -> None:
    assert grows_linearly(seconds_of(shape), HALF, FIVE, within=1.5)


@pytest.mark.soak
@EACH
def test_a_reading_process_takes_5_mb_in_its_memory(shape: Callable[[int], str]) -> None:
    content = shape(FIVE).encode()
    task = Task("long.txt", "long.txt", "long.txt", content, load_municipality(SETTINGS))
    [(_, minutes)] = read_all([task], jobs=1, limits=Limits(seconds=PATIENCE))
    assert isinstance(minutes, Minutes), minutes
    assert len(minutes.agenda_items) > 1
