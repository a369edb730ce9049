"""The alignments: SSSOM files that a tool can read, about terms that are there, and never said to be the same."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import RDFS

from graph.store import current, merged
from graph.terms import CLASSES, PROPERTIES, SAG
from graph.vocabulary import vocabulary

ROOT = Path(__file__).parents[1]
FILES = sorted((ROOT / "ontology" / "mappings").glob("*.sssom.tsv"))
COLUMNS = [
    "subject_id",
    "subject_label",
    "predicate_id",
    "object_id",
    "object_label",
    "mapping_justification",
    "comment",
]
OA = "http://www.w3.org/ns/oa#"


def read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """A file's metadata lines and its rows."""
    lines = path.read_text("utf-8").splitlines()
    metadata = [line.removeprefix("#") for line in lines if line.startswith("#")]
    return metadata, list(csv.DictReader(lines[len(metadata) :], delimiter="\t"))


def test_there_are_mappings() -> None:
    assert {path.name.partition(".")[0] for path in FILES} >= {"oslo", "eli-dl", "oparl", "popolo", "oda", "schema-org"}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_mapping_file_keeps_to_sssom(path: Path) -> None:
    metadata, rows = read(path)
    keys = {line.partition(":")[0] for line in metadata if not line.startswith(" ")}
    assert {"curie_map", "license", "mapping_set_id", "mapping_set_version", "subject_source"} <= keys
    prefixes = {line.strip().partition(":")[0] for line in metadata if line.startswith("  ")}
    assert rows
    assert list(rows[0]) == COLUMNS
    for row in rows:
        assert None not in row.values()
        for column in ("subject_id", "predicate_id", "object_id", "mapping_justification"):
            assert row[column].partition(":")[0] in prefixes


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_mapping_starts_at_a_term_of_ours_and_claims_no_sameness(path: Path) -> None:
    _, rows = read(path)
    pairs = [(row["subject_id"], row["object_id"]) for row in rows]
    assert len(pairs) == len(set(pairs))
    for row in rows:
        local = row["subject_id"].removeprefix("sag:")
        assert local in {*CLASSES, *PROPERTIES}
        labels = {str(label) for label in vocabulary().objects(SAG[local], RDFS.label)}
        assert row["subject_label"] in labels
        assert row["predicate_id"] in {"skos:closeMatch", "skos:broadMatch", "skos:relatedMatch"}
        assert row["object_id"] not in {"besluit:Besluit", "eli:LegalResource"}


def test_evidence_becomes_web_annotations() -> None:
    data = Graph().parse(Path(__file__).parent / "data" / "shapes" / "conforming.ttl")
    query = (ROOT / "ontology" / "mappings" / "web-annotations.rq").read_text("utf-8")
    annotations = data.query(query).graph
    assert annotations is not None
    decision = URIRef("http://127.0.0.1:8000/id/decisions/9901/1")
    (annotation,) = annotations.subjects(URIRef(f"{OA}hasBody"), decision)
    assert (annotation, RDF.type, URIRef(f"{OA}Annotation")) in annotations
    target = annotations.value(annotation, URIRef(f"{OA}hasTarget"))
    selectors = list(annotations.objects(target, URIRef(f"{OA}hasSelector")))
    assert [str(q) for s in selectors for q in annotations.objects(s, URIRef(f"{OA}exact"))] == [
        "Direktionen drøftede sagen."
    ]
    places = {int(str(n)) for s in selectors for p in ("start", "end") for n in annotations.objects(s, URIRef(OA + p))}
    assert places == {16, 43}
    evidence = set(data.subject_objects(SAG.evidence))
    assert len(set(annotations.subjects(RDF.type, URIRef(f"{OA}Annotation")))) == len(evidence)


def test_all_evidence_of_the_examples_becomes_annotations_with_both_selectors(examples: Path) -> None:
    """Each quote stands in its text at the place that the other selector gives."""
    data = Graph().parse(data=merged(current(examples)), format="nt")
    query = (ROOT / "ontology" / "mappings" / "web-annotations.rq").read_text("utf-8")
    found = data.query(query).graph
    assert found is not None
    oa = Namespace(OA)
    texts = {path.stem: path.read_text("utf-8") for path in (examples / "sources").glob("*.txt")}
    annotations = set(found.subjects(RDF.type, oa.Annotation))
    assert len(annotations) == len(set(data.subject_objects(SAG.evidence))) > 100
    for annotation in annotations:
        (fact,), (target,) = set(found.objects(annotation, oa.hasBody)), set(found.objects(annotation, oa.hasTarget))
        assert (fact, SAG.evidence, target) in data
        (source,) = found.objects(target, oa.hasSource)
        kinds = {k: s for s in found.objects(target, oa.hasSelector) for k in found.objects(s, RDF.type)}
        place, words = kinds[oa.TextPositionSelector], kinds[oa.TextQuoteSelector]
        (begin,), (end,) = set(found.objects(place, oa.start)), set(found.objects(place, oa.end))
        (exact,) = set(found.objects(words, oa.exact))
        text = texts[str(source).rpartition("/")[2].removesuffix(".txt")]
        assert text[int(str(begin)) : int(str(end))] == str(exact)
