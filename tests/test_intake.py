"""Files that mean harm: each gets its reason in its own time and memory, and the good ones beside it are read."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from graph.errors import ExhaustedSourceError, SagsgrafError
from graph.intake import Limits, Outcome, Task, read_all, read_task
from graph.model import Minutes
from graph.municipalities.load import MunicipalitySettings, load_municipality
from tests.bad_files import Bad, corpus
from tests.conftest import EXAMPLES, ROOT

GOOD = sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".toml")
MORE = sorted((ROOT / "examples" / "more").iterdir())
SECONDS = 30.0


@pytest.fixture(scope="module")
def elmested() -> MunicipalitySettings:
    return load_municipality(EXAMPLES / "elmested.toml")


def tasks_of(bad: tuple[Bad, ...], settings: MunicipalitySettings) -> list[Task]:
    """The bad files with the good ones strewn among them."""
    tasks = [Task(name, name, name, content, settings) for name, content, _ in bad]
    for number, path in enumerate(GOOD):
        tasks.insert(number * len(bad) // len(GOOD), Task(path.name, path.name, path.name, path.read_bytes(), settings))
    return tasks


def read_among(bad: tuple[Bad, ...], settings: MunicipalitySettings) -> dict[str, Outcome]:
    """The outcome of every file by its name; no one file may take much longer than its limit."""
    found: dict[str, Outcome] = {}
    began = time.monotonic()
    for task, outcome in read_all(tasks_of(bad, settings), limits=Limits(seconds=SECONDS)):
        assert time.monotonic() - began < 2 * SECONDS, task.path
        found[task.path] = outcome
        began = time.monotonic()
    return found


def check(scale: int, settings: MunicipalitySettings) -> None:
    bad = corpus(scale)
    assert len({name for name, _, _ in bad}) == len(bad) >= 60
    found = read_among(bad, settings)
    wrong = {}
    for name, _, words in bad:
        told = found[name]
        if not isinstance(told, SagsgrafError) or words.casefold() not in str(told).casefold():
            wrong[name] = str(told)[:200]
        else:
            assert str(told).startswith(name)
            assert "\n" not in str(told)
            assert told.english != str(told)
    assert not wrong
    assert all(isinstance(found[path.name], Minutes) for path in GOOD)
    assert Limits().memory <= 1 << 30, "the kernel gives no child more than a gigabyte"


def test_every_bad_file_gets_its_reason_and_the_good_ones_are_read(elmested: MunicipalitySettings) -> None:
    check(1, elmested)


def damaged(content: bytes, seed: int) -> bytes:
    """A file with a few of its bytes changed."""
    chance, changed = random.Random(seed), bytearray(content)
    for _ in range(1 + seed % 9):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


@pytest.mark.parametrize("path", [path for path in MORE if path.suffix in {".pdf", ".docx", ".html"}][::3])
def test_a_damaged_file_is_read_or_told_of(path: Path, elmested: MunicipalitySettings) -> None:
    content = path.read_bytes()
    tasks = [Task(str(n), str(n), path.name, damaged(content, n), elmested) for n in range(60)]
    outcomes = [outcome for _, outcome in read_all(tasks, limits=Limits(seconds=SECONDS))]
    assert len(outcomes) == len(tasks)
    assert not any("fejl i Sagsgraf" in str(outcome) for outcome in outcomes if isinstance(outcome, SagsgrafError))


@pytest.mark.soak
def test_larger_bombs_take_no_more(elmested: MunicipalitySettings) -> None:
    check(4, elmested)


def slow(settings: MunicipalitySettings) -> Task:
    """A file that takes many seconds to read."""
    return Task("slow.txt", "slow.txt", "slow.txt", b"Sagsfremstilling\n\nNoget.\n\n" * 700_000, settings)


def good(number: int, settings: MunicipalitySettings) -> Task:
    path = GOOD[number]
    return Task(path.name, path.name, path.name, path.read_bytes(), settings)


def test_a_file_over_its_time_is_stopped_and_the_next_ones_are_read(elmested: MunicipalitySettings) -> None:
    tasks = [slow(elmested), good(0, elmested), good(1, elmested)]
    found = {task.path: outcome for task, outcome in read_all(tasks, jobs=1, limits=Limits(seconds=2))}
    assert isinstance(found["slow.txt"], ExhaustedSourceError)
    assert "over 2 sekunder" in str(found["slow.txt"])
    assert "over 2 seconds" in found["slow.txt"].english
    assert all(isinstance(found[path.name], Minutes) for path in GOOD[:2])


def read_after_a_wait(task: Task) -> Minutes:
    """As on a machine that gives the reader a tenth of its time."""
    for _ in range(40):
        until = time.process_time() + 0.01
        while time.process_time() < until:
            pass
        time.sleep(0.1)
    return read_task(task)


def never_read(task: Task) -> Minutes:
    time.sleep(600)
    return read_task(task)


def test_what_a_busy_machine_makes_a_file_wait_is_none_of_its_time(elmested: MunicipalitySettings) -> None:
    [(_, outcome)] = read_all([good(0, elmested)], jobs=1, limits=Limits(seconds=3), read=read_after_a_wait)
    assert isinstance(outcome, Minutes), outcome


def test_a_reader_that_sleeps_is_stopped_by_the_clock(elmested: MunicipalitySettings) -> None:
    [(_, outcome)] = read_all([good(0, elmested)], jobs=1, limits=Limits(seconds=1), read=never_read)
    assert isinstance(outcome, ExhaustedSourceError)
    assert "over 1 sekunder" in str(outcome)


def test_a_file_over_its_memory_is_stopped_and_the_next_ones_are_read(elmested: MunicipalitySettings) -> None:
    lines = Task("lines.txt", "lines.txt", "lines.txt", b"xy\n" * 6_600_000, elmested)
    tasks = [lines, good(0, elmested), good(1, elmested)]
    found = {task.path: outcome for task, outcome in read_all(tasks, jobs=1, limits=Limits(memory=400 << 20))}
    assert isinstance(found["lines.txt"], ExhaustedSourceError)
    assert "for meget hukommelse" in str(found["lines.txt"])
    assert all(isinstance(found[path.name], Minutes) for path in GOOD[:2])


def test_no_file_at_all_is_no_work() -> None:
    assert list(read_all([])) == []
