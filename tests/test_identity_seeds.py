"""The two Norddjurs minutes, and what further minutes of the bodies that they name would change."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from graph.build import build
from graph.corpus import quads
from graph.identity.across import Across, identify
from graph.identity.keys import Names
from graph.identity.ledger import Decided, Ledger, short, written
from graph.identity.routes import step_states
from graph.intake import Task, read_task
from graph.model import Minutes
from graph.municipalities.load import load_municipality
from graph.store import current
from graph.store import quads as stored
from tests.conftest import SEEDS, asking, values

BASE = "http://127.0.0.1:8000"
TRIO = "TRIO-stormøde – Fremtidens arbejdsfællesskaber"
WITH_TRIO = (
    "## TRIO-stormøde og fremtidens arbejdsfællesskaber\n\n*Åben Sag*\n\n### Sagsfremstilling\n\nProduktet fra de fire "
    "workshops forelægges.\n\n### Beslutning i Økonomiudvalget den 06-12-2022\n\nGodkendt.\n"
)
WITHOUT_TRIO = (
    "## Lånegaranti til vandværket\n\n*Åben Sag*\n\n### Sagsfremstilling\n\nVandværket søger om en garanti.\n\n"
    "### Beslutning i Økonomiudvalget den 06-12-2022\n\nGodkendt.\n"
)


def read(*texts: str) -> list[tuple[Minutes, Names]]:
    """The seeds with further minutes."""
    if not all(path.exists() for path in SEEDS):
        pytest.skip("../shared/reading is absent: the Norddjurs minutes are not part of the project")
    settings = load_municipality("0707")
    files = [(path.name, path.read_bytes()) for path in SEEDS]
    files += [(f"more-{n}.md", text.encode()) for n, text in enumerate(texts)]
    names = Names(BASE, settings)
    return [(read_task(Task(name, name, name, content, settings)), names) for name, content in files]


def states(corpus: list[tuple[Minutes, Names]]) -> dict[str, tuple[str, str | None]]:
    """The state and the treatment of each stop of the TRIO case, by body."""
    across: Across = identify(corpus)
    told = step_states(corpus, across.handled, across.leaders, lines=across.bodies.lines)
    return {s.step.rpartition("-")[2]: (s.state, s.treatment) for s in told if "#step-prose" in s.step}


def test_the_erp_tender_is_one_case_with_its_reasons() -> None:
    links = [link for link in identify(read()).cases if link.accepted]
    (link,) = links
    assert link.rule == "case.title"
    assert "titlerne deler de sjældne ord: erp, system, udbud" in link.reasons
    assert {seen.evidence.anchor_of[:28] for seen in link.sightings} == {
        "Kommende udbud af ERP-system",
        "Økonomichefen orienterer om ",
    }


def test_bettina_andersen_is_one_person_and_ifversen_acting_on_one_day_alone() -> None:
    lines = list(quads(read(), [], BASE))
    people = {line.split(" ")[0] for line in lines if '"Bettina Andersen"' in line and "foaf/0.1/name" in line}
    assert len(people) == 1
    acting = {line.split(" ")[0] for line in lines if "holding-status/acting" in line}
    assert len(acting) == 1
    assert acting.pop().endswith("#holding-socialchef-2022-10-12>")


def test_minutes_that_treat_the_case_meet_the_stop_and_link_both_ways() -> None:
    before, after = states(read()), states(read(WITH_TRIO))
    assert before == {}
    state, treatment = after["oekonomiudvalget"]
    assert state == "met"
    assert treatment is not None
    assert treatment.startswith(f"{BASE}/id/agenda-items/0707/oekonomiudvalget/2022-12-06/")
    assert set(after) == {"oekonomiudvalget"}
    linked = [link for link in identify(read(WITH_TRIO)).cases if link.accepted and "oekonomiudvalget" in link.source]
    assert [(link.rule, "direktionen/2022-10-12" in link.target) for link in linked] == [("case.announced", True)]


def test_minutes_without_the_case_let_the_stop_lapse() -> None:
    assert states(read(WITHOUT_TRIO))["oekonomiudvalget"] == ("lapsed", None)
    assert states(read(WITHOUT_TRIO, WITH_TRIO))["oekonomiudvalget"][0] == "met", "two files of one meeting"


def test_taking_the_minutes_away_restores_the_former_quads(tmp_path: Path, seeds: Path) -> None:
    """Through the store: the file is added, is changed to one without the case, and goes back."""
    more, settings = tmp_path / "oekonomiudvalget.md", load_municipality("0707")
    before = sorted(stored(current(seeds)))
    for text, state in ((WITH_TRIO, "behandlet som planlagt"), (WITHOUT_TRIO, "bortfaldet")):
        data = tmp_path / state
        more.write_text(text, "utf-8")
        build([*SEEDS, more], settings, data=data)
        route = values(asking(data)("case-route", case=TRIO), "body", "state")
        assert ("Økonomiudvalget", state) in route
    bare = tmp_path / "bare"
    build(SEEDS, settings, data=bare)
    assert sorted(stored(current(bare))) == before


def test_a_decision_survives_every_build_and_leaves_no_trace_once_undone(tmp_path: Path, seeds: Path) -> None:
    settings, before = load_municipality("0707"), sorted(stored(current(seeds)))
    (link,) = (k for k in identify(read()).cases if k.accepted)
    one = Decided(
        short(link.source), short(link.target), "Arkivet", date(2026, 1, 5), "det er to udbud", accepted=False
    )
    tmp_path.joinpath("links.toml").write_text(written(one), "utf-8")
    build(SEEDS, settings, data=tmp_path)
    refused = sorted(stored(current(tmp_path)))
    assert len({row[0] for row in values(asking(tmp_path)("case-history"), "case")}) == 4
    build(SEEDS, settings, data=tmp_path)
    assert sorted(stored(current(tmp_path))) == refused
    tmp_path.joinpath("links.toml").unlink()
    build(SEEDS, settings, data=tmp_path)
    assert sorted(stored(current(tmp_path))) == before


def test_an_empty_ledger_is_no_ledger() -> None:
    corpus = read()
    assert list(quads(corpus, [], BASE, ledger=Ledger())) == list(quads(corpus, [], BASE))
