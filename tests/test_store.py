"""Versions: whole or absent, one builder at a time, and the merged layout."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import NoVersionError, StoreLockedError, VocabularyError
from graph.store import EXPORTS, Reader, current, export, only_builder, publish, quads, turtle_triples, versions
from graph.terms import PREFIXES

LINE = "<http://e/a> <http://e/p> <http://e/b> .\n"


def test_no_version_tells_how_to_build_one(tmp_path: Path) -> None:
    with pytest.raises(NoVersionError, match="sagsgraf build"):
        current(tmp_path)


def test_a_half_written_version_is_invisible_and_cleared(tmp_path: Path) -> None:
    publish(tmp_path, [LINE], {})
    (tmp_path / "versions" / "7.part" / "store").mkdir(parents=True)
    assert [v.number for v in versions(tmp_path)] == [1]
    assert publish(tmp_path, [LINE], {}).number == 2
    assert not (tmp_path / "versions" / "7.part").exists()


def test_a_version_whose_writing_failed_leaves_the_old_one(tmp_path: Path) -> None:
    publish(tmp_path, [LINE], {})

    def failing() -> list[str]:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        publish(tmp_path, (line for line in failing()), {})
    assert current(tmp_path).number == 1
    assert list(quads(current(tmp_path))) == [LINE]


def test_the_last_two_versions_are_kept(tmp_path: Path) -> None:
    for _ in range(4):
        publish(tmp_path, [LINE], {"sources": []})
    assert [v.number for v in versions(tmp_path)] == [3, 4]
    assert current(tmp_path).record["sources"] == []


def test_one_builder_at_a_time(tmp_path: Path) -> None:
    with only_builder(tmp_path), pytest.raises(StoreLockedError), only_builder(tmp_path):
        pass


def test_bindings_are_terms_and_never_text(tmp_path: Path) -> None:
    reader = Reader.open(publish(tmp_path, ['<http://e/a> <http://e/p> "x\\" } INSERT" .\n'], {}))
    query = "SELECT ?s ?o WHERE { ?s ?p ?o }"
    assert reader.select(query, {"o": {"type": "literal", "value": 'x" } INSERT'}})[0]["s"]["value"] == "http://e/a"
    with pytest.raises(ValueError, match="IRI"):
        reader.select(query, {"s": {"type": "uri", "value": "http://e/a> . <http://e/b"}})


def test_every_triple_of_a_source_stands_once_in_the_default_graph(examples: Path) -> None:
    found = Reader.open(current(examples)).select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")
    default = [line for line in quads(current(examples)) if "/graphs/" not in line.rsplit(" ", 2)[1]]
    assert int(found[0]["n"]["value"]) == len(default) == len(set(default))


@pytest.mark.parametrize("form", EXPORTS)
def test_exports_are_whole(examples: Path, form: str) -> None:
    text = "".join(export(current(examples), form, PREFIXES))
    assert "direktionen" in text
    assert text.endswith(("\n", "}", "]", ">"))


def test_broken_turtle_names_file_and_line(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("PREFIX a: <http://a/>\na:b a:c\n", "utf-8")
    with pytest.raises(VocabularyError, match=r"broken\.ttl, linje \d"):
        turtle_triples([broken])
