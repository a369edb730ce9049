"""A source that is withdrawn is nowhere any more: not in the graph, the files, the log, or the next build."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from graph.build import build
from graph.changelog import events
from graph.dumps import read_catalogue
from graph.erasure.withdrawals import read_withdrawals
from graph.erasure.withdrawing import Receipt, withdraw
from graph.errors import UnknownValueError
from graph.municipalities.load import load_municipality
from graph.sources import holdings
from graph.store import Reader, current, versions
from tests.conftest import EXAMPLES

NAME = "direktionen-2025-02-12.md"
MEETING = "http://127.0.0.1:8000/id/meetings/0999/direktionen/2025-02-12"
REASON = "Punktet er lukket efter mødet."


@pytest.fixture(scope="module")
def withdrawn(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Receipt]:
    """A data folder from which one of the examples' minutes was withdrawn, and the receipt."""
    data = tmp_path_factory.mktemp("withdrawn") / "data"
    shutil.copytree(examples, data)
    return data, withdraw(NAME, data=data, reason=f"  {REASON}\n")


def text_hash(examples: Path) -> str:
    """The hash of the withdrawn text."""
    return next(row.text_hash for row in holdings(current(examples).record).sources.values() if row.title == NAME)


def test_the_graph_is_built_without_it(withdrawn: tuple[Path, Receipt], examples: Path) -> None:
    data, receipt = withdrawn
    gone = text_hash(examples)
    assert receipt.sources == (gone,)
    assert len(holdings(current(data).record).sources) == 5
    select = Reader.open(current(data)).select
    assert not select(f"SELECT ?p WHERE {{ {{ <{MEETING}> ?p ?o }} UNION {{ GRAPH ?g {{ <{MEETING}> ?p ?o }} }} }}")
    assert select("SELECT ?s WHERE { ?s a <https://w3id.org/sagsgraf/def#Meeting> }")


def test_neither_its_text_nor_its_name_is_left_in_any_file(withdrawn: tuple[Path, Receipt], examples: Path) -> None:
    data, _ = withdrawn
    sentences = [line for line in (EXAMPLES / NAME).read_text("utf-8").splitlines() if len(line) > 80]
    others = "".join(p.read_text("utf-8") for p in EXAMPLES.iterdir() if p.is_file() and p.name != NAME)
    own = [sentence[:60].encode() for sentence in sentences if sentence[:60] not in others]
    assert len(own) > 3
    assert any(own[0] in path.read_bytes() for path in examples.rglob("*") if path.is_file()), "it was there before"
    for path in data.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert NAME.encode() not in content, path
            assert not any(sentence in content for sentence in own), path
    assert [version.number for version in versions(data)] == [current(data).number]


def test_tombstones_hold_the_day_and_the_reason_alone(withdrawn: tuple[Path, Receipt], examples: Path) -> None:
    data, receipt = withdrawn
    found = read_withdrawals(data)
    assert len(found.tombstones) == receipt.gone > 10
    assert {stone.reason for stone in found.tombstones.values()} == {REASON}
    assert {MEETING, f"http://127.0.0.1:8000/sources/{text_hash(examples)}"} <= set(found.tombstones)


def test_the_log_carries_the_withdrawal_and_forgets_what_was_said(withdrawn: tuple[Path, Receipt]) -> None:
    data, _ = withdrawn
    told = [event for event in events(data) if event.thing == MEETING]
    assert [(event.kind, event.triples) for event in told] == [("created", ""), ("withdrawn", None)]


def test_the_dumps_and_the_catalogue_no_longer_hold_it(withdrawn: tuple[Path, Receipt]) -> None:
    data, _ = withdrawn
    told = read_catalogue(current(data))["datasets"]
    assert "years/2025" not in [row["key"] for row in told]
    assert told[0]["end"] == "2024-11-13"


def test_it_is_not_built_again_even_under_another_name(withdrawn: tuple[Path, Receipt], tmp_path: Path) -> None:
    data, _ = withdrawn
    copy = tmp_path / "en-anden-fil.md"
    shutil.copy(EXAMPLES / NAME, copy)
    report = build([EXAMPLES / NAME, copy], load_municipality(EXAMPLES / "elmested.toml"), data=data)
    assert (len(report.withdrawn), report.built, report.failed) == (2, [], [])


def test_an_unknown_source_is_an_error_and_changes_nothing(examples: Path) -> None:
    before = current(examples).number
    for name in ("findes-ikke.txt", "abcdef0123"):
        with pytest.raises(UnknownValueError, match=name):
            withdraw(name, data=examples, reason="x")
    assert current(examples).number == before


@pytest.mark.parametrize("by", ["name", "hash"])
def test_the_command_finishes_a_withdrawal_that_was_killed(
    withdrawn: tuple[Path, Receipt], examples: Path, by: str
) -> None:
    data, _ = withdrawn
    gone = text_hash(examples)
    leftover = data / "sources" / f"{gone}.txt"
    leftover.write_text("tilbage efter et strømsvigt", "utf-8")
    done = CliRunner().invoke(
        command_line(), ["withdraw", NAME if by == "name" else gone, "--reason", "x", "--data", str(data)]
    )
    assert done.exit_code == 0, done.output
    assert not leftover.exists()
