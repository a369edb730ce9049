"""The search file of a version: Danish folding, prefixes, ranking, marked hits and words to try instead."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from graph.errors import StoreError
from graph.search import FILE, MARK, Entry, called, count, named, search, snippet, suggestions, write_search
from graph.store import current

ENTRIES = [
    Entry("http://e/1", "cases", "Skolestruktur på Ærø", "Rådet drøftede sagen om Ærøskøbing Skole."),
    Entry("http://e/2", "cases", "Ny færgerute", "Færgen sejler til Ærø og Skjoldnæs."),
    Entry("http://e/3", "people", "Åse Øjvind", "skoleleder"),
    Entry("http://e/4", "sources", "referat.txt", "Ord " * 200 + "skolen er lukket " + "ord " * 200),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("search")
    write_search(made, ENTRIES)
    return made


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ærø", ["http://e/1", "http://e/2"]),
        ("AEROE", ["http://e/1", "http://e/2"]),
        ("ær", ["http://e/1", "http://e/2"]),
        ("skole", ["http://e/1", "http://e/3", "http://e/4"]),
        ("skole ærø", ["http://e/1"]),
        ("aase", ["http://e/3"]),
        ("Åse ØJVIND", ["http://e/3"]),
        ("findes", []),
        ("", []),
        ('"*', []),
    ],
)
def test_words_and_beginnings_of_words_are_found(folder: Path, query: str, found: list[str]) -> None:
    assert sorted(hit.iri for hit in search(folder, query)) == found
    assert sum(count(folder, query).values()) == len(found)


def test_a_word_in_the_title_weighs_most(folder: Path) -> None:
    assert [hit.iri for hit in search(folder, "ærø")] == ["http://e/1", "http://e/2"]
    assert search(folder, "skole")[0].iri == "http://e/1"


def test_one_kind_alone_and_page_by_page(folder: Path) -> None:
    assert named(folder, "skole", kind="people") == ["http://e/3"]
    assert count(folder, "skole", kind="people") == {"people": 1}
    pages = [search(folder, "skole", skip=n, most=1) for n in range(4)]
    assert [len(page) for page in pages] == [1, 1, 1, 0]


def test_the_snippet_is_cut_around_the_hit(folder: Path) -> None:
    (hit,) = search(folder, "lukket")
    assert len(hit.snippet) < 320
    assert f"{MARK[0]}lukket{MARK[1]}" in hit.snippet
    assert hit.snippet.startswith("… ")
    assert hit.snippet.endswith(" …")
    assert snippet("Titel", "Ingen hit her", ["titel"]) == f"{MARK[0]}Titel{MARK[1]}"


def test_a_slip_gets_the_word_that_was_meant(folder: Path) -> None:
    assert "skolestruktur" in suggestions(folder, "skolestruktyr")
    assert suggestions(folder, "skole") == []


def test_what_is_published_can_be_searched(examples: Path) -> None:
    folder = current(examples).folder
    assert count(folder, "byggesagsarkivet")["cases"] == 1
    assert [hit.title for hit in search(folder, "lene mikkelsen", kind="people")] == ["Lene Mikkelsen"]


def test_a_version_without_names_says_what_to_do(tmp_path: Path) -> None:
    write_search(tmp_path, ENTRIES)
    with sqlite3.connect(tmp_path / FILE) as base:
        base.execute("DROP TABLE names")
    base.close()
    with pytest.raises(StoreError, match="sagsgraf build"):
        called(tmp_path, "case", "skole")


def test_control_characters_in_a_name_are_no_query(tmp_path: Path) -> None:
    write_search(tmp_path, ENTRIES, [("case", "http://127.0.0.1:8000/id/cases/1", "Skole i Bakkeby")])
    assert [name for _, name in called(tmp_path, "case", "skole \x00bakkeby")] == ["Skole i Bakkeby"]
