"""What the pages of the vocabulary show: its terms and concepts, their words, their use and what is asked of each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from markupsafe import Markup
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Node, URIRef
from rdflib.collection import Collection
from rdflib.namespace import DCTERMS, SH, SKOS

from api.views.alignments import Alignment, Name, alignments
from api.views.rows import Row, Thing, word
from graph.terms import CONCEPTS, PREFIXES, VOCABULARY
from graph.vocabulary import minutes_shapes, short, vocabulary

ONTOLOGY = URIRef(VOCABULARY.rstrip("#"))
_KINDS = {OWL.Class: "class", OWL.ObjectProperty: "property", OWL.DatatypeProperty: "property"}


@dataclass(frozen=True, slots=True)
class Arrow:
    """A property that leads from one main class to another."""

    source: Name
    label: Name
    target: Name


@dataclass(frozen=True, slots=True)
class Requirement:
    """A shape that applies: its name, how grave it is, and what it says."""

    shape: str
    severity: str
    da: str
    en: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermView:
    """All that the vocabulary says of one term or concept."""

    name: Name
    kind: str
    definition: dict[str, str]
    note: dict[str, str]
    examples: tuple[str, ...]
    above: tuple[Name, ...] = ()
    below: tuple[Name, ...] = ()
    domain: tuple[Name, ...] = ()
    range: tuple[Name, ...] = ()
    used_with: tuple[Name, ...] = ()
    scheme: Name | None = None
    requirements: tuple[Requirement, ...] = ()
    alignments: tuple[Alignment, ...] = ()


def placed(iri: str) -> str:
    """The IRI to link to: a span of a source's text is shown on the page of the source.

    >>> placed("http://127.0.0.1:8000/sources/ab.txt#char=0,9")
    'http://127.0.0.1:8000/sources/ab#char=0,9'
    """
    return iri.replace(".txt#char=", "#char=")


@dataclass(frozen=True, slots=True)
class Served:
    """A thing of the graph that shows a term: its value, and the words it is read from with their place."""

    thing: Thing
    value: Thing | None
    quote: str
    span: str

    @classmethod
    def read(cls, row: Row) -> Served:
        """The example in a row of term-examples.rq or concept-example.rq."""
        thing = placed(word(row, "thing"))
        value = word(row, "value") if word(row, "value") != word(row, "thing") else ""
        iri = placed(value) if row.get("value", {}).get("type") == "uri" else ""
        name = word(row, "thingLabel") or thing.partition("/id/")[2] or thing
        shown = Thing(iri, word(row, "valueLabel") or value) if value else None
        return cls(Thing(thing, name), shown, word(row, "quote"), placed(word(row, "span")))


@dataclass(frozen=True, slots=True, kw_only=True)
class VocabularyView:
    """A page of the vocabulary: all of it, one term, or one scheme; `served` holds examples by the term's IRI."""

    words: Mapping[str, str]
    edition: Mapping[str, str]
    sections: tuple[tuple[str, tuple[TermView, ...]], ...] = ()
    served: Mapping[str, Served] = field(default_factory=dict)
    schemes: tuple[Name, ...] = ()
    diagram: Markup | None = None
    arrows: tuple[Arrow, ...] = ()
    files: tuple[str, ...] = ()
    heading: Name | None = None
    term: TermView | None = None
    values: tuple[TermView, ...] = ()


def literals(node: Node, predicate: URIRef) -> dict[str, str]:
    """The words of a thing by their language, those without one under the empty name."""
    found = sorted(o for o in vocabulary().objects(node, predicate) if isinstance(o, Literal))
    return {o.language or "": str(o) for o in found}


def named(node: Node) -> Name:
    """A node of the vocabulary by its words."""
    words = literals(node, RDFS.label) or literals(node, SKOS.prefLabel)
    text = str(node)
    path = ""
    if text.startswith(VOCABULARY):
        path = f"/def/{text.removeprefix(VOCABULARY)}"
    elif text.startswith(CONCEPTS):
        path = f"/concept/{text.removeprefix(CONCEPTS)}"
    return Name(text, short(node), words.get("da", ""), words.get("en", ""), path)


def term_view(iri: URIRef) -> TermView | None:
    """The view of a class, property or concept; None where the vocabulary has none by that IRI."""
    known = vocabulary()
    kinds = [_KINDS[kind] for kind in known.objects(iri, RDF.type) if isinstance(kind, URIRef) and kind in _KINDS]
    if (iri, RDF.type, SKOS.Concept) in known:
        kinds.append("concept")
    if not kinds or not str(iri).startswith((VOCABULARY, CONCEPTS)):
        return None
    scheme = known.value(iri, RDFS.seeAlso) or known.value(iri, SKOS.inScheme)
    return TermView(
        name=named(iri),
        kind=kinds[0],
        definition=literals(iri, SKOS.definition),
        note=literals(iri, SKOS.scopeNote),
        examples=tuple(sorted(map(str, known.objects(iri, SKOS.example)))),
        above=names(above for kind in ABOVE for above in known.objects(iri, kind)),
        below=names(below for kind in ABOVE for below in known.subjects(kind, iri)),
        domain=names(classes_of(known.objects(iri, RDFS.domain))),
        range=names(classes_of(known.objects(iri, RDFS.range))),
        used_with=properties_of().get(iri, ()),
        scheme=named(scheme) if scheme and str(scheme).startswith(CONCEPTS) else None,
        requirements=requirements().get(iri, ()),
        alignments=tuple(row for term, row in alignments() if term == short(iri)),
    )


ABOVE = (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader)


def names(nodes: Iterable[Node]) -> tuple[Name, ...]:
    """Some nodes by their words, each once, in the order of their IRIs."""
    return tuple(named(node) for node in sorted(set(nodes), key=str))


def classes_of(nodes: Iterable[Node]) -> Iterator[Node]:
    """The classes that a domain or range names, those of a union one by one."""
    for node in nodes:
        union = vocabulary().value(node, OWL.unionOf) if isinstance(node, BNode) else None
        yield from Collection(vocabulary(), union) if union else (node,)


@cache
def properties_of() -> dict[Node, tuple[Name, ...]]:
    """The properties whose domain is a class, or a union with it, by class."""
    found: dict[Node, set[Node]] = {}
    for term, domain in vocabulary().subject_objects(RDFS.domain):
        for kind in classes_of([domain]):
            found.setdefault(kind, set()).add(term)
    return {kind: names(nodes) for kind, nodes in found.items()}


@cache
def requirements() -> dict[Node, tuple[Requirement, ...]]:
    """The shapes that apply to each term: to a class those about its things, to a property those that ask for it."""
    shapes = minutes_shapes()
    found: dict[Node, list[Requirement]] = {}
    for shape in sorted({*shapes.subjects(SH.message)}, key=str):
        said = {o.language: str(o) for o in shapes.objects(shape, SH.message) if isinstance(o, Literal)}
        severity = str(shapes.value(shape, SH.severity)).rpartition("#")[2].lower()
        for subject in subjects_of(shapes, shape):
            found.setdefault(subject, []).append(Requirement(short(shape), severity, said["da"], said["en"]))
    return {subject: tuple(rows) for subject, rows in found.items()}


def subjects_of(shapes: Graph, shape: Node) -> set[Node]:
    """The classes and properties that a shape is about: its target, its path, and the names in its query."""
    owner = shapes.value(None, SH.property, shape) or shape
    found = {*shapes.objects(owner, SH.targetClass), *shapes.objects(owner, SH.targetSubjectsOf)}
    paths = [shapes.value(shape, SH.path)]
    while paths:
        path = paths.pop()
        if isinstance(path, URIRef):
            found.add(path)
        elif path is not None:
            paths.extend(o for _, p, o in shapes.triples((path, None, None)) if p != RDF.type and o != RDF.nil)
    for part in (*shapes.objects(shape, SH.sparql), *shapes.objects(shape, SH.target)):
        query = str(shapes.value(part, SH.select))
        found.update(URIRef(VOCABULARY + name) for name in re.findall(r"\bsag:(\w+)", query))
    return found


@cache
def terms(kind: str) -> tuple[TermView, ...]:
    """Every class or every property of ours, by name."""
    known = vocabulary()
    found = {s for type_, word in _KINDS.items() if word == kind for s in known.subjects(RDF.type, type_)}
    ours = sorted(str(node) for node in found if str(node).startswith(VOCABULARY))
    return tuple(view for iri in ours if (view := term_view(URIRef(iri))))


@cache
def schemes() -> tuple[Name, ...]:
    """Our concept schemes."""
    return names(s for s in vocabulary().subjects(RDF.type, SKOS.ConceptScheme) if str(s).startswith(CONCEPTS))


def concepts_in(scheme: URIRef) -> tuple[TermView, ...]:
    """The concepts of a scheme, by key."""
    found = sorted(vocabulary().subjects(SKOS.inScheme, scheme), key=str)
    return tuple(view for concept in found if isinstance(concept, URIRef) and (view := term_view(concept)))


def edition() -> dict[str, str]:
    """The version, the licence and the address of the vocabulary."""
    known = vocabulary()
    return {
        "iri": str(ONTOLOGY),
        "version": str(known.value(ONTOLOGY, OWL.versionInfo)),
        "licence": str(known.value(ONTOLOGY, DCTERMS.license)),
    }


def described(iris: Sequence[Node]) -> Graph:
    """The statements about some nodes, with those of their blank nodes and fragments."""
    known, found = vocabulary(), Graph()
    for prefix, namespace in PREFIXES.items():
        found.bind(prefix, namespace, replace=True)
    waiting, seen = list(iris), set[Node]()
    while waiting:
        node = waiting.pop()
        seen.add(node)
        for triple in known.triples((node, None, None)):
            found.add(triple)
            within = isinstance(triple[2], BNode) or str(triple[2]).startswith(f"{node}#")
            if within and triple[2] not in seen:
                waiting.append(triple[2])
    return found


def defined_nodes() -> list[Node]:
    """The ontology, who made it, and each of its terms: what its own file tells of."""
    known = vocabulary()
    makers = known.objects(ONTOLOGY, DCTERMS.creator)
    return [ONTOLOGY, *makers, *sorted(known.subjects(RDFS.isDefinedBy, ONTOLOGY), key=str)]


def scheme_nodes(scheme: URIRef) -> list[Node]:
    """A scheme, its concepts and the nodes under their IRIs."""
    start = f"{scheme}/"
    below = {node for node in vocabulary().subjects() if str(node).startswith((start, f"{scheme}#"))}
    return [scheme, *sorted(below, key=str)]
