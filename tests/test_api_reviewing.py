"""`sagsgraf links`, `paths` and `network`, as a person or a program runs them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from typer import Typer
from typer.testing import CliRunner, Result

from api.app import create_app
from api.commands.paths import network_command, paths_command
from api.commands.reviewing import links_command, listed_links
from api.settings import Settings, from_environment
from graph.build import build
from graph.errors import AmbiguousValueError, SettingsError, UnknownThingError, UnknownValueError
from graph.identity.ledger import read_ledger
from graph.municipalities.load import load_municipality
from graph.store import Reader, current, quads


def run(*arguments: str, fails: bool = False, links: Path | None = None) -> Result:
    """What a command prints."""
    app = Typer()
    for name, command in (("links", links_command), ("paths", paths_command), ("network", network_command)):
        app.command(name)(command)
    result = CliRunner().invoke(app, list(arguments), env={"SAGSGRAF_KEY": "", "SAGSGRAF_LINKS": str(links or "")})
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


def test_the_reviewed_file_may_stand_elsewhere(data: Path, tmp_path: Path) -> None:
    before, reviewed = sorted(quads(current(data))), tmp_path / "kept" / "decisions.toml"
    reviewed.parent.mkdir()
    reviewed.write_text("# our decisions\n", "utf-8")
    link = next(k for k in listed_links(data) if k.rule == "case.document")
    told = ("--by", "Arkivet", "--reason", "to sager", "--data", str(data))
    run("links", link.key, "--decide", "rejected", *told, links=reviewed)
    assert reviewed.read_text("utf-8").startswith("# our decisions")
    assert [one.accepted for one in read_ledger(reviewed).decided] == [False]
    assert not (data / "links.toml").exists()
    run("links", link.key, "--decide", "undo", "--data", str(data), links=reviewed)
    assert sorted(quads(current(data))) == before
    with pytest.raises(SettingsError, match="SAGSGRAF_LINKS"):
        from_environment({"SAGSGRAF_LINKS": str(tmp_path / "nowhere.toml")})


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


def test_an_initiative_and_a_correction_have_addresses_that_answer(seeds: Path, tmp_path: Path) -> None:
    data = Path(shutil.copytree(seeds, tmp_path / "data"))
    correction = {
        "source": "seed-000.txt", "fact": "Participation", "field": "agent", "read": "Mette Løvholm",
        "quote": "Mette Løvholm deltog", "correct": "Mette Løvholt", "by": "Sekretariatet", "reason": "stavefejl",
    }  # fmt: skip
    lines = "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in correction.items())
    data.joinpath("links.toml").write_text(f"[[correction]]\n{lines}\non = 2026-01-05\n", "utf-8")
    build((), load_municipality("0707"), data=data)
    asked = (
        "SELECT DISTINCT ?s { ?s ?p ?o FILTER(CONTAINS(STR(?s), '/id/corrections/') || CONTAINS(STR(?s), '/id/in')) }"
    )
    found = {row["s"]["value"].partition("#")[0] for row in Reader.open(current(data)).select(asked)}
    with TestClient(create_app(Settings(data=data)), base_url="http://127.0.0.1:8000") as client:
        answers = {iri.split("/")[4]: client.get(iri, headers={"Accept": "text/turtle"}) for iri in sorted(found)}
        assert set(answers) == {"corrections", "initiatives"}
        assert all(answer.status_code == 200 for answer in answers.values())
        told = answers["corrections"].text
        assert "Mette Løvholt" in told
        assert "læst som »Mette Løvholm«" in told, "the original reading stands beside it"
        page = client.get(next(iri for iri in found if "/corrections/" in iri), headers={"Accept": "text/html"})
        assert page.status_code == 200
        assert "Mette Løvholm" in page.text
