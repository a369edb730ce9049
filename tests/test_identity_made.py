"""On a made municipality with known truth: people, cases, bodies and the states of stops, by kind of variation."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.corpus import quads
from graph.identity.across import identify
from graph.identity.keys import Names, treated_items
from graph.identity.ledger import Decided, Ledger, short
from graph.identity.person_mentions import person_mentions
from graph.intake import Task, read_task
from graph.model import Minutes
from tests.benchmarks.bench_identity import Figures
from tests.maker.answers import BASE, Resolved
from tests.maker.layout_norddjurs import printed as as_norddjurs
from tests.maker.measures import Row, printed, scores
from tests.maker.minutes import minutes_of, settings_of
from tests.maker.truth import TrueItem
from tests.maker.world import make_municipality

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module", params=[1, 2])
def made(request: pytest.FixtureRequest) -> Resolved:
    """A municipality of 12 bodies and 2,000 items in three years."""
    return Resolved.of(make_municipality(request.param))


def test_it_is_as_large_and_as_varied_as_it_should_be(made: Resolved) -> None:
    true = made.true
    assert len(true.bodies) == 12
    assert sum(len(meeting.items) for meeting in true.minutes) >= 2000
    assert {row.variation for row in made.people()} == {"full", "initials", "middle", "spelling", "post"}
    assert {row.variation for row in made.bodies()} == {"plain", "other form", "renamed"}
    ways = {"standing", "first", "number", "reference", "document", "title", "announced", "planned"}
    assert {row.variation for row in made.cases()} == ways
    assert {row.true for row in made.states()} == {"met", "moved", "lapsed", "pending", "withdrawn", "contradicted"}


def test_people(made: Resolved) -> None:
    found = scores(made.people())
    assert found["all"].precision >= 0.99, printed("people", found)
    assert found["all"].recall >= 0.97, printed("people", found)


def test_cases(made: Resolved) -> None:
    found = scores(made.cases())
    assert found["all"].precision >= 0.97, printed("cases", found)
    assert found["all"].recall >= 0.90, printed("cases", found)


def test_bodies(made: Resolved) -> None:
    found = scores(made.bodies())
    assert min(found["all"].precision, found["all"].recall) >= 0.99, printed("bodies", found)


def test_states_of_stops(made: Resolved) -> None:
    rows = made.states()
    wrong = [row for row in rows if row.true != row.found]
    assert len(rows) > 200
    assert len(wrong) <= 0.03 * len(rows), wrong


def test_every_link_has_its_reasons_and_the_words_of_both_sides(made: Resolved) -> None:
    texts = {minutes.source.text_hash: minutes.source.text for minutes, _ in made.corpus}
    assert len(made.across.links) > 500
    for link in made.across.links:
        assert link.reasons, link
        assert len(link.sightings) >= 2, link
        for seen in link.sightings:
            words = texts[seen.source][seen.evidence.begin_index : seen.evidence.end_index]
            assert words == seen.evidence.anchor_of


def test_no_proposal_takes_effect(made: Resolved) -> None:
    proposed = [link for link in made.across.cases if not link.accepted]
    assert proposed
    leaders = made.across.leaders
    assert all(leaders.get(k.source, k.source) != leaders.get(k.target, k.target) for k in proposed)


@pytest.fixture(scope="module")
def small() -> list[tuple[Minutes, Names]]:
    """The minutes of a small municipality."""
    return Resolved.of(make_municipality(5, 150)).corpus


@given(st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_order_of_sources_never_matters(small: list[tuple[Minutes, Names]], random: Random) -> None:
    other = small.copy()
    random.shuffle(other)
    assert list(quads(other, [], BASE)) == list(quads(small, [], BASE))


@given(st.randoms(use_true_random=False))
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neither_does_the_order_of_decisions(small: list[tuple[Minutes, Names]], random: Random) -> None:
    """Whatever people decide, the decisions and the sources may come in any order, and undone they leave no trace."""
    links = [k for k in identify(small).links if k.rule.startswith(("case.", "person.", "attachment.", "post."))]
    decided = [
        Decided(short(k.source), short(k.target), "x", date(2026, 1, 5), "y", accepted=random.random() < 0.5)
        for k in random.sample(links, 8)
    ]
    once = list(quads(small, [], BASE, ledger=Ledger(tuple(decided))))
    random.shuffle(decided)
    other = small.copy()
    random.shuffle(other)
    assert list(quads(other, [], BASE, ledger=Ledger(tuple(decided)))) == once
    ledger = Ledger(tuple(decided)).at(BASE)
    reviewed = {frozenset((k.source, k.target)): k for k in identify(small, ledger).links if k.reviewed_by}
    for one in ledger.decided:
        assert reviewed[one.ends].accepted == one.accepted


def test_several_municipalities_are_never_mixed() -> None:
    """Two municipalities with the very same minutes share no thing but the words of their sources."""
    true = make_municipality(3, 150)
    corpora = []
    for code in ("0998", "0997"):
        true.code = code
        names = Names(BASE, settings_of(true))
        corpora.append([(minutes_of(meeting), names) for meeting in true.minutes])
    both = identify([*corpora[0], *corpora[1]])
    alone = [identify(corpus) for corpus in corpora]
    assert both.leaders == {**alone[0].leaders, **alone[1].leaders}
    for link in both.links:
        assert ("/0998/" in link.source) == ("/0998/" in link.target)
    assert len(both.links) == sum(len(one.links) for one in alone)


def test_the_whole_way_from_files_as_norddjurs_prints_them() -> None:
    """The same truth printed as files, read again and resolved: fewer marks are printed, so less can be told."""
    true = make_municipality(7, 400)
    local = settings_of(true)
    names = Names(BASE, local)
    corpus: list[tuple[Minutes, Names]] = []
    expected: list[tuple[TrueItem, str]] = []
    for meeting in true.minutes:
        for n, item in enumerate(meeting.items):
            text = as_norddjurs(meeting, item, marked=n % 2 == 0)
            minutes = read_task(Task(f"{len(corpus)}", "made", f"{len(corpus)}.txt", text.encode(), local))
            corpus.append((minutes, names))
            row = treated_items(minutes.agenda_items)[0]
            expected.append((item, names.case(minutes.meeting.held_by or "", meeting.day, row.key)))
    across = identify(corpus)
    cases = [Row(i.case, across.leaders.get(c, c), i.told_by) for i, c in expected if i.told_by != "standing"]
    told = scores(cases)
    assert told["all"].precision >= 0.97, printed("cases", told)
    assert told["all"].recall >= 0.90, printed("cases", told)
    posts = {m.place: m.name for m in person_mentions(corpus)}
    assert sum(name is None for name in posts.values()) > 5
    assert across.holders
    named = {(one.written or one.post) for meeting in true.minutes for item in meeting.items for one in item.people}
    assert {name for name in posts.values() if name} <= named


def figures(*sizes: int) -> list[Figures]:
    """What the benchmark measures in a process of its own, so that the memory is that of the work alone."""
    code = "import sys; from tests.benchmarks.bench_identity import run; print([run(int(n)) for n in sys.argv[1:]])"
    command = [sys.executable, "-c", code, *map(str, sizes)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    rows = re.findall(r"mentions=(\d+), persons=(\d+), seconds=([\d.e-]+), memory=(\d+)", done.stdout)
    return [Figures(int(n), int(persons), float(seconds), int(memory)) for n, persons, seconds, memory in rows]


def test_60_000_mentions_are_resolved_in_500_megabytes() -> None:
    (many,) = figures(60_000)
    assert many.mentions == 60_000
    assert many.persons > 1_000
    assert many.memory < 500 << 20


@pytest.mark.soak
def test_600_000_mentions_are_resolved_in_ninety_seconds() -> None:
    few, many = figures(60_000, 600_000)
    assert many.seconds < 90
    assert many.seconds < 20 * few.seconds, "the cost grows near linearly"
