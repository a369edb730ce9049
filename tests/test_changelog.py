"""The log of changes: from it alone the graph can be built again, whatever was added, changed or taken away."""

from __future__ import annotations

from pathlib import Path

from graph.changelog import PAGE, Event, events, follow, forget, latest, pages, read_page
from graph.erasure.withdrawals import follow_version, read_withdrawals
from graph.store import Version, publish, statements

BASE = "http://e"


def line(thing: str, value: str, name: str = "") -> str:
    """A statement about a thing."""
    return f'<{BASE}/id/cases/{thing}> <{BASE}/p> "{value}"{f" <{BASE}/graphs/{name}>" if name else ""} .\n'


def published(data: Path, *lines: str) -> Version:
    """A version of those lines."""
    return publish(data, lines, {"base": BASE, "built": "2026-01-01T10:00:00+00:00"})


def rebuilt(data: Path) -> set[str]:
    """The statements that a reader of the whole log ends up with."""
    known: dict[str, list[str]] = {}
    for event in events(data):
        known[event.thing] = (event.triples or "").splitlines()
    return {triple for triples in known.values() for triple in triples}


def held(version: Version) -> set[str]:
    """The statements of a version's default graph."""
    return {f"{s} {p} {o} ." for s, p, o, name in statements(version) if not name}


def kinds(fresh: list[Event]) -> list[tuple[str, str]]:
    """What happened to which thing."""
    return [(event.thing.rpartition("/")[2], event.kind) for event in fresh]


def test_the_log_follows_what_is_created_updated_and_removed(tmp_path: Path) -> None:
    first = published(tmp_path, line("a", "1"), line("a#part", "2"), line("b", "1"), line("b", "1", "g"))
    assert kinds(follow(tmp_path, first, "2026-01-01T10:00:00+00:00")) == [("a", "created"), ("b", "created")]
    second = published(tmp_path, line("a", "1"), line("a#part", "3"), line("c", "1"))
    fresh = follow(tmp_path, second, "2026-01-02T10:00:00+00:00", gone="withdrawn")
    assert kinds(fresh) == [("a", "updated"), ("c", "created"), ("b", "withdrawn")]
    assert rebuilt(tmp_path) == held(second)
    third = published(tmp_path, line("b", "1"))
    follow(tmp_path, third, "2026-01-03T10:00:00+00:00")
    assert rebuilt(tmp_path) == held(third)
    assert latest(tmp_path)[f"{BASE}/id/cases/b"].kind == "created"


def test_a_version_is_followed_once_and_a_missed_one_is_caught_up_with(tmp_path: Path) -> None:
    follow(tmp_path, published(tmp_path, line("a", "1")), "2026-01-01T10:00:00+00:00")
    published(tmp_path, line("a", "2"))  # killed before the log was told
    third = published(tmp_path, line("a", "3"))
    assert kinds(follow(tmp_path, third, "2026-01-03T10:00:00+00:00")) == [("a", "updated")]
    assert follow(tmp_path, third, "2026-01-03T10:00:00+00:00") == []
    assert rebuilt(tmp_path) == held(third)


def test_the_events_of_two_versions_never_share_a_moment(tmp_path: Path) -> None:
    moment = "2026-01-01T10:00:00+00:00"
    follow(tmp_path, published(tmp_path, line("a", "1")), moment)
    follow(tmp_path, published(tmp_path, line("a", "2")), moment)
    assert len({event.at for event in events(tmp_path)}) == 2


def test_full_pages_stay_as_they_are(tmp_path: Path) -> None:
    many = [line(f"c{n}", "1") for n in range(PAGE + 20)]
    follow(tmp_path, published(tmp_path, *many), "2026-01-01T10:00:00+00:00")
    assert [len(read_page(path)) for path in pages(tmp_path)] == [PAGE, 20]
    full = pages(tmp_path)[0].read_bytes()
    follow(tmp_path, published(tmp_path, *many, line("new", "1")), "2026-01-02T10:00:00+00:00")
    assert [len(read_page(path)) for path in pages(tmp_path)] == [PAGE, 21]
    assert pages(tmp_path)[0].read_bytes() == full


def test_forgetting_leaves_only_what_the_graph_says_now(tmp_path: Path) -> None:
    follow(tmp_path, published(tmp_path, line("a", "hemmelig"), line("b", "hemmelig")), "2026-01-01T10:00:00+00:00")
    now = published(tmp_path, line("a", "åben"))
    follow(tmp_path, now, "2026-01-02T10:00:00+00:00")
    assert forget(tmp_path) == 2
    assert not any("hemmelig" in path.read_text("utf-8") for path in pages(tmp_path))
    assert rebuilt(tmp_path) == held(now)
    assert forget(tmp_path) == 0


def test_what_is_gone_gets_a_tombstone_that_goes_when_it_comes_back(tmp_path: Path) -> None:
    follow_version(tmp_path, published(tmp_path, line("a", "1"), line("b", "1")))
    follow_version(tmp_path, published(tmp_path, line("a", "1")), gone="withdrawn", reason=("Lukket punkt", "Closed"))
    stones = read_withdrawals(tmp_path).tombstones
    assert {iri: stone.reason for iri, stone in stones.items()} == {f"{BASE}/id/cases/b": "Lukket punkt"}
    follow_version(tmp_path, published(tmp_path, line("a", "1"), line("b", "2")))
    assert read_withdrawals(tmp_path).tombstones == {}
