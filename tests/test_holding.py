"""A version that is being read stays, whoever publishes; what must go goes all the same, and its readers are named."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from api.following import Reading
from api.workers import QueryRequest, WorkerPool
from graph.errors import StoreError
from graph.holding import Held, destroy, holders, remove_unheld
from graph.store import Version, publish, versions

LINE = "<http://e/a> <http://e/p> <http://e/b> .\n"


def publish_more(data: Path, number: int = 3) -> list[int]:
    """The numbers of the versions that are there when so many more were published."""
    for _ in range(number):
        publish(data, [LINE], {})
    return [version.number for version in versions(data)]


def test_what_is_held_stays_until_it_is_let_go(tmp_path: Path) -> None:
    held = [Held(publish(tmp_path, [LINE], {}).folder) for _ in range(2)]
    assert publish_more(tmp_path) == [1, 2, 4, 5]
    held[0].release()
    assert publish_more(tmp_path, 1) == [2, 5, 6]
    held[1].release()
    assert publish_more(tmp_path, 1) == [6, 7]


def test_a_worker_holds_its_version_as_long_as_it_lives(tmp_path: Path) -> None:
    pool = WorkerPool(publish(tmp_path, [LINE], {}).store, public=1, reserved=0)
    try:
        asked = QueryRequest("ASK { <http://e/a> ?p ?o }")
        assert b"true" in pool.run_blocking(asked).body
        assert publish_more(tmp_path) == [1, 3, 4]
        assert b"true" in pool.run_blocking(asked).body
    finally:
        pool.close_blocking()
    assert publish_more(tmp_path, 1) == [4, 5]


def test_requests_hold_the_version_they_began_on(tmp_path: Path) -> None:
    reading = Reading(publish(tmp_path, [LINE], {}))
    with reading:
        with reading:
            reading.close()
        assert publish_more(tmp_path) == [1, 3, 4]
    assert publish_more(tmp_path, 1) == [4, 5]


def test_what_is_being_removed_cannot_be_held(tmp_path: Path) -> None:
    folder = publish(tmp_path, [LINE], {}).folder
    assert remove_unheld(folder)
    assert remove_unheld(folder), "as often as one likes"
    with pytest.raises(StoreError, match="fjernes"):
        Held(folder)
    with pytest.raises(StoreError):
        Reading(Version(1, folder))


def test_destroying_waits_a_while_and_names_who_reads(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = publish(tmp_path, [LINE], {}).folder
    held = Held(folder)
    if Path("/proc/locks").is_file():
        assert holders(folder) == [os.getpid()]
    with caplog.at_level(logging.WARNING):
        destroy(folder, patience=0.1)
    assert not list(folder.parent.iterdir())
    assert "end the processes" in caplog.text
    held.release()


def test_what_nobody_holds_is_destroyed_without_a_word(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    folder = publish(tmp_path, [LINE], {}).folder
    Held(folder).release()
    destroy(folder)
    assert (folder.exists(), caplog.text) == (False, "")
