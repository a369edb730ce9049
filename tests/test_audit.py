"""The audit log can be added to, and any other change shows; the service's log is kept for so many days."""

from __future__ import annotations

import json
import logging
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from api.daily_log import DailyLines, drop_old
from api.serving import JsonLines
from graph.audit import BEGINNING, BLANK, blank, note, note_published, read_acts
from graph.errors import StoreError


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder whose log has four lines."""
    note_published(tmp_path, 1)
    note_published(tmp_path, 1)
    note(tmp_path, "mask", who="DPO", reason="navn på borger", told={"spans": 2})
    note(tmp_path, "release", who="Bo Friis", reason="kommunens omstilling")
    note(tmp_path, "rollback", told={"version": 1})
    return tmp_path


def changed(data: Path, number: int, change: str, into: str) -> None:
    """The log with one line written otherwise."""
    lines = (data / "audit.jsonl").read_text("utf-8").splitlines(keepends=True)
    assert change in lines[number - 1]
    lines[number - 1] = lines[number - 1].replace(change, into)
    (data / "audit.jsonl").write_text("".join(lines), "utf-8")


def test_acts_are_chained(data: Path) -> None:
    acts = read_acts(data)
    assert [act.what for act in acts] == ["publish", "mask", "release", "rollback"]
    assert [act.before for act in acts] == [BEGINNING, *(act.hash for act in acts[:-1])]
    assert acts[1].told == {"spans": 2}


@pytest.mark.parametrize(
    ("number", "change", "into"),
    [
        (2, '"spans": 2', '"spans": 3'), (3, "Bo Friis", "Bo Frost"), (1, "publish", "restore"), (2, "navn", ""),
        (4, '"number": 4', '"number": 5'),
    ],
)  # fmt: skip
def test_the_first_line_that_was_changed_is_named(data: Path, number: int, change: str, into: str) -> None:
    changed(data, number, change, into)
    with pytest.raises(StoreError, match=f"linje {number}:"):
        read_acts(data)


def test_a_line_that_was_taken_out_shows_and_so_does_its_hash(data: Path) -> None:
    lines = (data / "audit.jsonl").read_text("utf-8").splitlines(keepends=True)
    (data / "audit.jsonl").write_text("".join(lines[:1] + lines[2:]), "utf-8")
    with pytest.raises(StoreError, match="linje 2:"):
        read_acts(data)


def test_a_name_can_be_blanked_and_the_chain_holds(data: Path) -> None:
    last = read_acts(data)[-1].hash
    assert blank(data, lambda text: "Friis" in text) == 1
    assert (read_acts(data)[2].who, read_acts(data)[2].reason) == (BLANK, BLANK)
    assert read_acts(data)[-1].hash == last
    assert "Friis" not in (data / "audit.jsonl").read_text("utf-8")


def test_a_half_line_of_a_killed_process_is_no_act(data: Path) -> None:
    with (data / "audit.jsonl").open("a", encoding="utf-8") as log:
        log.write('{"number": 5, "at"')
    note(data, "restore")
    assert [act.number for act in read_acts(data)] == [1, 2, 3, 4, 5]


def test_an_unknown_act_is_refused(data: Path) -> None:
    with pytest.raises(ValueError, match="publish"):
        note(data, "look")


def test_the_command_prints_and_verifies(data: Path) -> None:
    done = CliRunner().invoke(command_line(), ["audit", "--data", str(data)])
    assert done.exit_code == 0, done.output
    assert "mask  DPO  spans=2  navn på borger" in done.output
    assert read_acts(data)[-1].hash in done.output.replace("\n", "")
    told = CliRunner().invoke(command_line(), ["audit", "--format", "json", "--data", str(data)])
    assert [act["what"] for act in json.loads(told.stdout)] == ["publish", "mask", "release", "rollback"]
    changed(data, 2, "DPO", "xyz")
    assert isinstance(CliRunner().invoke(command_line(), ["audit", "--data", str(data)]).exception, StoreError)


def test_days_that_are_too_old_are_dropped(tmp_path: Path) -> None:
    for name in ("2026-01-01.jsonl", "2026-01-02.jsonl", "2026-01-31.jsonl", "notes.jsonl"):
        (tmp_path / name).write_text("{}\n")
    assert [path.name for path in drop_old(tmp_path, date(2026, 1, 31), days=30)] == ["2026-01-01.jsonl"]
    lines = DailyLines(tmp_path, 2)
    lines.setFormatter(JsonLines())
    record = logging.makeLogRecord(
        {"name": "sagsgraf", "msg": "started", "created": datetime(2026, 2, 1, tzinfo=UTC).timestamp()}
    )
    lines.emit(record)
    lines.emit(record)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["2026-01-31.jsonl", "2026-02-01.jsonl", "notes.jsonl"]
    assert len((tmp_path / "2026-02-01.jsonl").read_text("utf-8").splitlines()) == 2


def test_the_log_of_a_fault_does_not_quote_what_was_asked() -> None:
    try:
        raise ValueError("SELECT 'Torben Aagaard' fra 192.0.2.7")
    except ValueError as error:
        record = logging.makeLogRecord({"msg": "fault", "exc_info": (ValueError, error, error.__traceback__)})
    line = JsonLines().format(record)
    assert "Torben" not in line
    assert "192.0.2.7" not in line
    assert json.loads(line)["trace"][0] == "ValueError"
