"""The vocabulary: what it must hold, its style, its form on disk, and what follows from it."""

from __future__ import annotations

import re
from pathlib import Path

import owlrl
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, FOAF, ORG, PROV, SH, SKOS

from graph.store import current
from graph.store import merged as merged_version
from graph.terms import CLASSES, CONCEPTS, PROPERTIES, SAG, SDG, VOCABULARY, turtle_files
from graph.validation import Checked, core_results, rule_results
from graph.vocabulary import check_known, merged, minutes_shapes, read_turtle, vocabulary

ROOT = Path(__file__).parents[1]
TURTLE = [*turtle_files("ontology"), *turtle_files("shapes")]
SCHEMES = [path for path in turtle_files("ontology") if path.parent.name == "concepts" and path.stem != "sdg-labels"]
STYLE = "https://w3id.org/sagsgraf/style#"


@pytest.fixture(scope="module")
def style() -> Graph:
    return merged(read_turtle(path for path in turtle_files("shapes") if path.stem == "ontology-style"))


def local_names(kind: URIRef) -> set[str]:
    return {str(term).removeprefix(VOCABULARY) for term in vocabulary().subjects(RDF.type, kind) if "#" in str(term)}


def test_the_classes_are_those_of_the_code() -> None:
    assert local_names(OWL.Class) == set(CLASSES)


def test_the_properties_are_those_of_the_code() -> None:
    assert local_names(OWL.ObjectProperty) | local_names(OWL.DatatypeProperty) == set(PROPERTIES)


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_a_turtle_file_equals_its_own_serialisation(path: Path) -> None:
    triples = Graph().parse(path, format="turtle")
    assert path.read_text("utf-8") == triples.serialize(format="longturtle")


def test_the_vocabulary_the_concepts_and_the_shapes_keep_to_the_style(style: Graph) -> None:
    checked = Checked(merged(read_turtle(TURTLE)), style, {})
    assert {*core_results(checked), *rule_results(checked)} == set()


TERM = f"""PREFIX sag: <{VOCABULARY}> PREFIX skos: <{SKOS}> PREFIX owl: <{OWL}>
PREFIX rdfs: <{RDFS}> PREFIX dct: <{DCTERMS}>
PREFIX sh: <{SH}> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> PREFIX vann: <http://purl.org/vocab/vann/>
PREFIX concept: <{CONCEPTS}>
"""
UNSTYLED = {
    "Term": "<http://example.org/x> rdfs:isDefinedBy <https://w3id.org/sagsgraf/def>",
    "Term-label": 'sag:X rdfs:isDefinedBy sag: ; rdfs:label "kun dansk"@da',
    "Term-definition": 'sag:X rdfs:isDefinedBy sag: ; skos:definition "uden punktum"@da , "One."@en',
    "Term-scopeNote": 'sag:X rdfs:isDefinedBy sag: ; skos:scopeNote "uden sprog"',
    "Term-example": "sag:X rdfs:isDefinedBy sag:",
    "Term-equivalentClass": "sag:X rdfs:isDefinedBy sag: ; owl:equivalentClass sag:Y",
    "Term-type": "sag:X rdfs:isDefinedBy sag:",
    "Class-any": "sag:X rdfs:isDefinedBy sag: ; a owl:Class",
    "Class-superclass": "sag:X rdfs:subClassOf <https://data.vlaanderen.be/ns/besluit#Besluit>",
    "Class-isDefinedBy": "sag:X rdfs:subClassOf sag:Y",
    "Property-domain": "sag:x a owl:ObjectProperty",
    "Property-range": "sag:x a owl:DatatypeProperty",
    "Property-isDefinedBy": "sag:x a owl:DatatypeProperty",
    "Property-seeAlso": "sag:x a owl:ObjectProperty ; rdfs:seeAlso <https://w3id.org/sagsgraf/concept/unknown>",
    "DatatypeProperty-range": "sag:x a owl:DatatypeProperty ; rdfs:range xsd:gYear",
    "Ontology-title": 'sag: owl:versionIRI <http://example.org/1.0.0> ; dct:title "kun dansk"@da',
    "Ontology-license": "sag: owl:versionIRI <http://example.org/1.0.0>",
    "Ontology-creator": "sag: owl:versionIRI <http://example.org/1.0.0>",
    "Ontology-version": "sag: owl:versionIRI <http://example.org/newest>",
    "Ontology-prefix": 'sag: owl:versionIRI <http://example.org/1.0.0> ; vann:preferredNamespacePrefix "x"',
    "Ontology-changeNote": "sag: owl:versionIRI <http://example.org/1.0.0>",
    "Ontology-imports": "sag: owl:versionIRI <http://example.org/1.0.0> ; owl:imports <http://www.w3.org/ns/prov#>",
    "Scheme-prefLabel": 'concept:x skos:hasTopConcept <x> ; skos:prefLabel "kun dansk"@da',
    "Scheme-definition": "concept:x skos:hasTopConcept <x>",
    "Scheme-license": "concept:x skos:hasTopConcept <x>",
    "Concept": "<http://example.org/x> skos:topConceptOf concept:x",
    "Concept-prefLabel": "<http://example.org/x> skos:topConceptOf concept:x",
    "Concept-definition": "<http://example.org/x> skos:topConceptOf concept:x",
    "Concept-inScheme": "<http://example.org/x> skos:topConceptOf concept:x ; skos:inScheme concept:x",
    "Concept-notation": "<http://example.org/x> skos:topConceptOf concept:x",
    "Shape-name": "<http://example.org/x> a sh:PropertyShape",
    "Shape-message": '<http://example.org/x> a sh:PropertyShape ; sh:message "Kun dansk. Skriv det."@da',
    "Shape-severity": "<http://example.org/x> a sh:PropertyShape",
}


@pytest.mark.parametrize("name", UNSTYLED)
def test_the_style_shape_finds_what_it_is_for(style: Graph, name: str) -> None:
    data = Graph().parse(data=f"{TERM}BASE <http://example.org/> {UNSTYLED[name]} .", format="turtle")
    checked = Checked(data, style, {})
    assert STYLE + name in {str(shape) for _, shape in (*core_results(checked), *rule_results(checked))}


def test_every_style_shape_has_a_failing_snippet(style: Graph) -> None:
    parts = set(style.subjects(RDF.type, SH.PropertyShape)) | set(style.subjects(SH.message))
    assert {str(part).removeprefix(STYLE) for part in parts} == set(UNSTYLED)


@pytest.mark.parametrize("kinds", [(OWL.Class,), (OWL.ObjectProperty, OWL.DatatypeProperty)])
def test_a_label_names_one_term_only(kinds: tuple[URIRef, ...]) -> None:
    terms = [term for kind in kinds for term in vocabulary().subjects(RDF.type, kind)]
    labels = [label for term in terms for label in vocabulary().objects(term, RDFS.label)]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_scheme_is_one_file_named_after_it(path: Path) -> None:
    triples = Graph().parse(path, format="turtle")
    scheme = URIRef(CONCEPTS + path.stem)
    assert set(triples.subjects(RDF.type, SKOS.ConceptScheme)) == {scheme}
    concepts = set(triples.subjects(SKOS.inScheme, scheme))
    assert concepts == set(triples.objects(scheme, SKOS.hasTopConcept))
    for concept in concepts:
        assert str(concept) == f"{scheme}/{triples.value(concept, SKOS.notation)}"


def test_concepts_that_the_code_names_are_there() -> None:
    schemes = {path.stem for path in SCHEMES}
    concepts = {str(concept) for concept in vocabulary().subjects(SKOS.inScheme)}
    for path in (ROOT / "graph").rglob("*.py"):
        for scheme, key in re.findall(r'"([a-z-]+)/([a-z_-]+)"', path.read_text("utf-8")):
            if scheme in schemes:
                assert f"{CONCEPTS}{scheme}/{key}" in concepts, path.name


def test_questions_use_no_name_of_ours_that_is_not_there() -> None:
    names = {str(term) for term in vocabulary().subjects()}
    for path in (ROOT / "graph" / "questions").glob("*.rq"):
        text = path.read_text("utf-8")
        for local in re.findall(r"\bsag:(\w+)", text):
            assert VOCABULARY + local in names, (path.name, local)
        for concept in re.findall(rf"<({CONCEPTS}[^>]+/[^>]+)>", text):
            assert concept in names, (path.name, concept)


def test_the_goals_have_names_on_their_own_addresses() -> None:
    goals = {goal for goal in vocabulary().subjects(SKOS.prefLabel) if re.fullmatch(rf"{SDG}/\d+", str(goal))}
    targets = {target for target in vocabulary().subjects(SKOS.broader) if str(target).startswith(SDG)}
    assert (len(goals), len(targets)) == (17, 169)
    assert Literal("Kvalitetsuddannelse", "da") in set(vocabulary().objects(URIRef(f"{SDG}/4"), SKOS.prefLabel))
    assert vocabulary().value(URIRef(f"{SDG}/4.7"), SKOS.broader) == URIRef(f"{SDG}/4")


def test_the_shapes_use_known_names_only() -> None:
    check_known({path: Graph().parse(path) for path in turtle_files("shapes")}, vocabulary())


def test_every_class_has_a_shape() -> None:
    targets = set(minutes_shapes().objects(None, SH.targetClass))
    assert {SAG[name] for name in CLASSES} <= targets


@pytest.fixture(scope="module")
def stated(examples: Path) -> Graph:
    """The examples' graph as built, without the vocabulary kept beside it, and one thing of every other kind."""
    defined = set(vocabulary().subjects())
    whole = Graph().parse(data=merged_version(current(examples)), format="nt")
    triples = Graph().parse(Path(__file__).parent / "data" / "shapes" / "conforming.ttl")
    triples += (triple for triple in whole if triple[0] not in defined and "/genid/" not in str(triple[0]))
    return triples


@pytest.fixture(scope="module")
def closure(stated: Graph) -> Graph:
    """What follows by OWL RL from our vocabulary, the examples' graph, and what PROV, ORG and FOAF keep apart.

    A fact points to its source by dct:source: a meeting is an activity, and PROV derives entities alone.
    """
    triples = Graph()
    triples += Graph().parse(ROOT / "ontology" / "sagsgraf.ttl")
    triples += stated
    for one, other in ((PROV.Entity, PROV.Activity), (FOAF.Document, FOAF.Organization), (FOAF.Person, FOAF.Document)):
        triples.add((one, OWL.disjointWith, other))
    triples.add((ORG.OrganizationalUnit, OWL.disjointWith, ORG.FormalOrganization))
    triples.add((PROV.wasDerivedFrom, RDFS.domain, PROV.Entity))
    triples.add((PROV.wasGeneratedBy, RDFS.range, PROV.Activity))
    triples.add((PROV.wasAssociatedWith, RDFS.domain, PROV.Activity))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(triples)
    return triples


def test_nothing_contradicts_itself(closure: Graph) -> None:
    faults = [str(o) for s, p, o in closure if isinstance(s, BNode) and "error" in str(p).lower()]
    assert faults == []


def test_a_meeting_that_is_also_a_thing_would_be_found_out() -> None:
    """So that the test before this one can fail."""
    triples = Graph()
    triples.add((PROV.Entity, OWL.disjointWith, PROV.Activity))
    triples += Graph().parse(ROOT / "ontology" / "sagsgraf.ttl")
    triples.add((BNode(), RDF.type, SAG.Meeting))
    meeting = triples.value(None, RDF.type, SAG.Meeting)
    assert meeting is not None
    triples.add((meeting, RDF.type, SAG.Case))
    owlrl.DeductiveClosure(owlrl.OWLRL_Semantics).expand(triples)
    assert any(isinstance(s, BNode) and "error" in str(p).lower() for s, p, _ in triples)


def test_no_decision_becomes_a_legal_act(closure: Graph) -> None:
    kinds = {str(kind) for kind in closure.objects(None, RDF.type)}
    assert not [kind for kind in kinds if "besluit" in kind or "ontology/eli" in kind]


def test_no_one_takes_part_who_was_not_said_to(closure: Graph, stated: Graph) -> None:
    """Nobody is added, announced stays announced, and what ties a person to a meeting is a participation alone."""
    for kind in (SAG.Participation, SAG.Decision):
        assert set(closure.subjects(RDF.type, kind)) == set(stated.subjects(RDF.type, kind))
    for predicate in (PROV.agent, SAG.participationStatus, SAG.inTreatment, SAG.duringMeeting, SAG.realisedBy):
        assert set(closure.subject_objects(predicate)) == set(stated.subject_objects(predicate))
    people = set(stated.subjects(RDF.type, FOAF.Person))
    assert len(people) > 5
    assert not people & set(closure.objects(None, PROV.wasAssociatedWith))


def test_no_two_things_become_one(closure: Graph) -> None:
    assert [(a, b) for a, b in closure.subject_objects(OWL.sameAs) if a != b and isinstance(a, URIRef)] == []
