"""Our own evaluation of the common constraints against pySHACL's, over each failing snippet and over the examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Graph, Literal, Node, URIRef
from rdflib.namespace import SH, XSD

from graph.constraints import At, faults, unknown
from graph.statements import Statements, Triples
from graph.store import Reader, current, merged
from graph.validation import Checked, check, core_results, oracle_results
from graph.vocabulary import merged as merged_files
from graph.vocabulary import minutes_shapes, read_turtle, vocabulary
from tests.test_ontology import TERM, UNSTYLED
from tests.test_shapes import CONFORMING, FAILING, alone, broken

EX = "http://example.org/"
PREFIXES = f"""PREFIX sh: <{SH}> PREFIX xsd: <{XSD}> PREFIX ex: <{EX}> BASE <{EX}>
"""
SHAPE = (
    "ex:Shape a sh:NodeShape ; sh:targetClass ex:Thing ; sh:property ex:part . ex:part a sh:PropertyShape ; sh:path "
)


@pytest.fixture(scope="module")
def conforming() -> Graph:
    """The conforming snippet with the vocabulary."""
    triples = Graph().parse(CONFORMING, format="turtle")
    triples += vocabulary()
    return triples


def ours(data: Triples, shapes: Graph) -> set[tuple[Node, URIRef]]:
    return set(faults(At(data, shapes)))


def theirs(data: Graph, shapes: Graph) -> set[tuple[Node, URIRef]]:
    return set(oracle_results(Checked(data, shapes, {})))


def test_every_shape_for_minutes_is_known() -> None:
    assert unknown(minutes_shapes()) == set()


@pytest.mark.parametrize("name", [name for name in FAILING if name != "Evidence-quote"])
def test_pyshacl_finds_the_same_in_a_failing_snippet(conforming: Graph, name: str) -> None:
    shapes = alone(minutes_shapes(), name)
    data = broken(conforming, *FAILING[name])
    found = ours(data, shapes)
    assert found == theirs(data, shapes)
    if not any(True for _ in shapes.objects(None, SH.sparql)):
        assert found


def test_pyshacl_finds_the_same_in_the_examples(examples: Path) -> None:
    data = Graph().parse(data=merged(current(examples)), format="nt")
    found = ours(data, minutes_shapes())
    assert found == theirs(data, minutes_shapes())
    assert len(found) > 20


VALUES = (
    "5", "-1", "2.5", '"5"', '"fem"@da', "ex:a", "[]", "true", '"2024-13-01"^^xsd:date', '"2024-08-21"^^xsd:date',
    '"x"^^xsd:integer', '""', "1, 2", "ex:a, ex:b", '"a"@da, "a"@en',
)  # fmt: skip
PARAMETERS = (
    "sh:datatype xsd:integer", "sh:datatype xsd:string", "sh:datatype xsd:date", "sh:datatype xsd:decimal",
    "sh:minInclusive 0", "sh:maxInclusive 3", "sh:nodeKind sh:IRI", "sh:nodeKind sh:Literal",
    "sh:nodeKind sh:BlankNodeOrIRI", 'sh:pattern "^[0-9]+$"', "sh:minLength 1", "sh:minCount 2", "sh:maxCount 1",
    "sh:in ( 5 ex:a )", "sh:hasValue ex:a", "sh:hasValue 5", "sh:class ex:Kind", "sh:lessThan ex:other",
    "sh:node ex:Inner", "sh:qualifiedMinCount 1 ; sh:qualifiedValueShape ex:Inner",
)  # fmt: skip


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_each_constraint_means_what_it_means_to_pyshacl(parameter: str) -> None:
    """Kinds of values, each at a thing of its own, and one thing without any.

    Two differences are pySHACL's: it stops at a blank node under sh:lessThan, and it takes a date or a truth value for
    less than a number, where SHACL says that what cannot be compared is a violation.
    """
    inner = "ex:Inner a sh:NodeShape ; sh:property ex:in . ex:in a sh:PropertyShape ; sh:path ex:q ; sh:minCount 1 ."
    shapes = Graph().parse(data=f"{PREFIXES}{SHAPE} ex:p ; {parameter} . {inner}", format="turtle")
    compared = parameter in ("sh:lessThan ex:other", "sh:maxInclusive 3")
    values = [value for value in VALUES if not (compared and value.endswith(("[]", "true", "xsd:date")))]
    things = " ".join(f"ex:t{n} a ex:Thing ; ex:p {value} ; ex:other 3 ." for n, value in enumerate(values))
    data = Graph().parse(data=f"{PREFIXES}{things} ex:t a ex:Thing . ex:a a ex:Kind ; ex:q 1 .", format="turtle")
    assert unknown(shapes) == set()
    assert ours(data, shapes) == theirs(data, shapes)


@pytest.mark.parametrize(
    "path", ["ex:p", "[ sh:inversePath ex:p ]", "[ sh:alternativePath ( ex:p ex:q [ sh:inversePath ex:r ] ) ]"]
)
def test_paths_lead_where_pyshacl_goes(path: str) -> None:
    shapes = Graph().parse(data=f"{PREFIXES}{SHAPE} {path} ; sh:minCount 1 ; sh:maxCount 1 .", format="turtle")
    things = "ex:a a ex:Thing ; ex:p ex:b ; ex:q ex:b, ex:c . ex:b a ex:Thing ; ex:r ex:a . ex:c a ex:Thing ."
    data = Graph().parse(data=PREFIXES + things, format="turtle")
    assert unknown(shapes) == set()
    found = ours(data, shapes)
    assert found == theirs(data, shapes)
    assert found


@pytest.mark.parametrize(
    "strange",
    ["sh:equals ex:q", "sh:languageIn ( 'da' )", "sh:uniqueLang true", "sh:deactivated true", "sh:or ( ex:A )"],
)
def test_what_is_not_known_is_left_to_pyshacl(strange: str) -> None:
    shapes = Graph().parse(data=f"{PREFIXES}{SHAPE} ex:p ; {strange} .", format="turtle")
    assert URIRef(f"{EX}Shape") in unknown(shapes)
    path = Graph().parse(data=f"{PREFIXES}{SHAPE} ( ex:p ex:q ) ; sh:minCount 1 .", format="turtle")
    assert URIRef(f"{EX}Shape") in unknown(path)
    data = Graph().parse(data=f"{PREFIXES}ex:a a ex:Thing .", format="turtle")
    assert ours(data, path) == set()
    assert set(core_results(Checked(data, path, {}))) == {(URIRef(f"{EX}a"), URIRef(f"{EX}part"))}


def test_the_style_shapes_find_by_both_ways_together_what_pyshacl_finds() -> None:
    root = Path(__file__).parents[1]
    style = merged_files(read_turtle([root / "shapes" / "ontology-style.ttl"]))
    for name, snippet in UNSTYLED.items():
        data = Graph().parse(data=f"{TERM}BASE <{EX}> {snippet} .", format="turtle")
        checked = Checked(data, style, {})
        assert set(core_results(checked)) == set(oracle_results(checked)), name


def test_a_class_counts_with_the_classes_under_it() -> None:
    data = Graph().parse(
        data=f"{PREFIXES}PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "ex:Small rdfs:subClassOf ex:Thing . ex:Tiny rdfs:subClassOf ex:Small . ex:Thing rdfs:subClassOf ex:Tiny . "
        "ex:a a ex:Tiny .",
        format="turtle",
    )
    shapes = Graph().parse(data=f"{PREFIXES}{SHAPE} ex:p ; sh:minCount 1 .", format="turtle")
    assert ours(data, shapes) == {(URIRef(f"{EX}a"), URIRef(f"{EX}part"))}


def test_statements_read_what_a_graph_reads(examples: Path) -> None:
    text = merged(current(examples))
    whole, read = Graph().parse(data=text, format="nt"), Statements.read(text)
    for s, p, o in whole:
        assert (s, p, o) in read
    for p in set(whole.predicates()):
        assert sorted(read.subject_objects(p)) == sorted(whole.subject_objects(p))
        assert set(read.subjects(p)) == set(whole.subjects(p))
    some = next(whole.subjects(RDF.type, URIRef("https://w3id.org/sagsgraf/def#Meeting")))
    assert set(read.objects(some, RDF.type)) == set(whole.objects(some, RDF.type))
    assert (some, RDF.type, Literal("x")) not in read
    assert (None, URIRef(f"{EX}none"), None) not in read


def test_the_stores_engine_and_rdflib_give_the_same_report(examples: Path) -> None:
    version = current(examples)
    text = merged(version)
    slow = check(Graph().parse(data=text, format="nt"))
    fast = check(Statements.read(text), select=Reader.open(version).select)
    assert fast.json() == slow.json()


def test_statements_alone_answer_no_query() -> None:
    with pytest.raises(TypeError, match="select"):
        check(Statements.read('<urn:a> <urn:b> "c" .\n'))
