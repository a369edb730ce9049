"""Faults in our own Turtle: each names file, line and term."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.errors import VocabularyError
from graph.terms import PREFIXES as KNOWN
from graph.terms import turtle_files
from graph.vocabulary import check_known, check_paths, minutes_shapes, read_turtle, scheme_keys, vocabulary

PREFIXES = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX shape: <https://w3id.org/sagsgraf/shape#>

"""


def written(folder: Path, turtle: str) -> Path:
    path = folder / "minutes.ttl"
    path.write_text(PREFIXES + turtle, "utf-8")
    return path


def test_broken_turtle_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, "shape:A a sh:NodeShape ;\n    sh:targetClass sag:Case ;\n    sh:name [ .\n")
    with pytest.raises(VocabularyError, match=r"minutes\.ttl, linje 7: .*Turtle") as caught:
        read_turtle([path])
    assert (caught.value.path, caught.value.line, caught.value.term) == ("minutes.ttl", 7, "shape:A")


def test_a_file_that_is_not_utf8_is_told(tmp_path: Path) -> None:
    path = tmp_path / "minutes.ttl"
    path.write_bytes(b'<x> <y> "\xe6" .')
    with pytest.raises(VocabularyError, match="UTF-8"):
        read_turtle([path])


def test_a_shape_without_path_is_told_with_line_and_term(tmp_path: Path) -> None:
    path = written(tmp_path, "shape:A a sh:NodeShape ;\n    sh:property shape:A-title .\n")
    with pytest.raises(VocabularyError) as caught:
        check_paths(read_turtle([path]))
    assert (caught.value.path, caught.value.line, caught.value.term) == ("minutes.ttl", 6, "shape:A-title")


@pytest.mark.parametrize(
    ("turtle", "term"),
    [
        ("shape:A sh:targetClass sag:Sag .", "sag:Sag"),
        ("shape:A sh:hasValue <https://w3id.org/sagsgraf/concept/outcome/godkendt> .", "concept:outcome/godkendt"),
        ('shape:A sh:select "SELECT $this WHERE { $this sag:heldIn ?x }" .', "sag:heldIn"),
        (
            'shape:A sh:select "SELECT * { ?x ?y <https://w3id.org/sagsgraf/concept/outcome/ja> }" .',
            "concept:outcome/ja",
        ),
    ],
)
def test_an_unknown_name_is_told_with_line_and_term(tmp_path: Path, turtle: str, term: str) -> None:
    path = written(tmp_path, f"{turtle}\n")
    with pytest.raises(VocabularyError) as caught:
        check_known(read_turtle([path]), vocabulary())
    assert (caught.value.path, caught.value.line, caught.value.term) == ("minutes.ttl", 5, term)


def test_our_own_files_are_sound() -> None:
    assert len(vocabulary()) > 3000
    assert len(minutes_shapes()) > 1000


def test_the_keys_of_a_scheme() -> None:
    assert scheme_keys(vocabulary(), "choice") == {"for", "against", "abstained"}


@pytest.mark.parametrize(
    ("folder", "name", "text", "line", "term"),
    [
        ("ontology", "sagsgraf.ttl", "sag:heldBy a owl:ObjectProperty\n    rdfs:label 'x' .\n", 3, "sag:heldBy"),
        (
            "ontology",
            "outcome.ttl",
            "<x> skos:inScheme <https://w3id.org/sagsgraf/concept/udfald> .\n",
            2,
            "concept:udfald",
        ),
        ("ontology", "sagsgraf.ttl", "sag:Body rdfs:subClassOf sag:Organ .\n", 2, "sag:Organ"),
        ("shapes", "minutes.ttl", "shape:A sh:targetClass ;\n", 2, "shape:A"),
        ("shapes", "minutes.ttl", "shape:A a sh:PropertyShape .\n", 2, "shape:A"),
        ("shapes", "minutes.ttl", "shape:A sh:targetClass sag:Sag .\n", 2, "sag:Sag"),
    ],
)
def test_a_fault_stops_the_check_with_file_line_and_term(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, *, folder: str, name: str, text: str, line: int, term: str
) -> None:
    """As `sagsgraf check` meets it: all our files, and one more that is broken."""
    namespaces = ("owl", "rdfs", "skos", "sag", "sh")
    head = (
        " ".join(f"PREFIX {p}: <{KNOWN[p]}>" for p in namespaces) + " PREFIX shape: <https://w3id.org/sagsgraf/shape#>"
    )
    broken = tmp_path / name
    broken.write_text(f"{head}\n{text}", "utf-8")
    monkeypatch.setattr(
        "graph.vocabulary.turtle_files", lambda asked: [*turtle_files(asked), *([broken] if asked == folder else [])]
    )
    read = {"ontology": vocabulary.__wrapped__, "shapes": minutes_shapes.__wrapped__}[folder]
    with pytest.raises(VocabularyError) as caught:
        read()
    assert (caught.value.path, caught.value.line, caught.value.term) == (name, line, term)
    assert f"{name}, linje {line}" in str(caught.value)
