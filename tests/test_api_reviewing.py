"""`sagsgraf links`, `paths` and `network`, as a person or a program runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from typer import Typer
from typer.testing import CliRunner, Result

from api.commands.paths import network_command, paths_command
from api.commands.reviewing import links_command, listed_links
from graph.errors import AmbiguousValueError, UnknownThingError, UnknownValueError
from graph.identity.ledger import read_ledger
from graph.store import current, quads


def run(*arguments: str, fails: bool = False) -> Result:
    """What a command prints."""
    app = Typer()
    for name, command in (("links", links_command), ("paths", paths_command), ("network", network_command)):
        app.command(name)(command)
    result = CliRunner().invoke(app, list(arguments), env={"SAGSGRAF_KEY": ""})
    if not fails and result.exception:
        raise result.exception
    return result


@pytest.fixture
def data(examples: Path, tmp_path: Path) -> Path:
    """A copy of the examples' graph that may be changed."""
    return Path(shutil.copytree(examples, tmp_path / "data"))


def test_links_are_listed_with_reasons_and_sentences(examples: Path) -> None:
    rows = json.loads(
        run("links", "--status", "all", "--rule", "case.", "--format", "json", "--data", str(examples)).stdout
    )
    assert len(rows) > 3
    for row in rows:
        assert row["reasons"]
        assert row["quotes"]
        assert row["source"].startswith("cases/0999/")
    table = run("links", "--status", "accepted", "--data", str(examples)).stdout
    assert "case.document" in table
    assert "godkendt" in table
    csv = run("links", "--status", "all", "--format", "csv", "--data", str(examples)).stdout
    assert csv.startswith("key,source,target,rule,score,status,by,reasons,quotes")


def test_a_link_is_refused_and_the_refusal_undone(data: Path) -> None:
    before = sorted(quads(current(data)))
    link = next(k for k in listed_links(data) if k.rule == "case.document")
    told = ("--by", "Arkivet", "--reason", "to sager", "--data", str(data))
    run("links", link.key[:10], "--decide", "rejected", *told)
    (refused,) = (k for k in listed_links(data) if k.key == link.key)
    assert (refused.status, refused.by) == ("rejected", "Arkivet")
    assert [one.accepted for one in read_ledger(data / "links.toml").decided] == [False]
    assert sorted(quads(current(data))) != before
    run("links", link.key, "--decide", "undo", "--data", str(data))
    assert sorted(quads(current(data))) == before


def test_a_decision_needs_a_name_and_a_reason(data: Path) -> None:
    link = listed_links(data)[0]
    assert run("links", link.key, "--decide", "accepted", "--data", str(data), fails=True).exit_code == 2
    told = ("--by", "x", "--reason", "y", "--data", str(data))
    assert isinstance(run("links", "ffff", "--decide", "accepted", *told, fails=True).exception, UnknownThingError)
    assert run("links", link.key, "--decide", "maybe", *told, fails=True).exit_code == 2
    assert not (data / "links.toml").exists()


def test_paths_show_the_sentence_of_every_step(seeds: Path) -> None:
    text = run("paths", "Bettina Andersen", "Kommunalbestyrelsen", "--data", str(seeds)).stdout
    assert "Bettina Andersen – Kommende udbud af ERP-system – Direktionen" in text
    assert text.count("»") == 4
    found = json.loads(run("paths", "bettina", "kommunalb", "--format", "json", "--data", str(seeds)).stdout)
    assert [step["connection"] for step in found[0]] == ["took-part", "treated", "treated", "sent-to"]
    assert all(step["evidence"] for step in found[0])


def test_paths_between_what_is_unknown_or_not_one(seeds: Path) -> None:
    assert isinstance(
        run("paths", "Nobody", "Direktionen", "--data", str(seeds), fails=True).exception, UnknownValueError
    )
    assert isinstance(run("paths", "a", "Direktionen", "--data", str(seeds), fails=True).exception, AmbiguousValueError)
    assert "Ingen vej" in run("paths", "Direktionen", "Direktionen", "--data", str(seeds)).stdout


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape", "csv"])
def test_the_network_is_written_out(examples: Path, form: str) -> None:
    assert "Hovedudvalget" in run("network", "--format", form, "--data", str(examples)).stdout


@pytest.mark.parametrize("measure", ["brokers", "communities", "cores"])
def test_the_network_is_measured(examples: Path, measure: str) -> None:
    told = run("network", "--measure", measure, "--data", str(examples)).stdout
    assert told.strip() or measure == "cores", "no two took part in one item of the examples"
