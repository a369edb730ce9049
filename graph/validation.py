"""A graph against our shapes: what is wrong, what is missing, and on which line a person can mend it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

import pyshacl
from rdflib import RDF, RDFS, Graph, Literal, Node, URIRef
from rdflib.namespace import OWL, SH, SKOS
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import ResultRow

from graph.completeness import Expectation, measure
from graph.constraints import At, Result, faults, unknown
from graph.findings import Spot, describe_label, find_spot, read_span
from graph.report import SEVERITIES, Finding, Report, ShapeCount, Words
from graph.statements import Statements, Triples
from graph.terms import iri, prefix_lines
from graph.vocabulary import minutes_shapes, vocabulary

SHAPES = "https://w3id.org/sagsgraf/shape#"
QUOTE = URIRef(f"{SHAPES}Evidence-quote")

TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.target)

# The rows of a SELECT as SPARQL-JSON terms: how the store's own engine answers.
Select = Callable[[str], list[dict[str, Mapping[str, str]]]]

_SEVERITY = {SH.Violation: "violation", SH.Warning: "warning", SH.Info: "info"}


@dataclass(frozen=True, slots=True)
class Checked:
    """What is checked: the triples with our concepts among them, the shapes, and the sources' texts by their hash."""

    data: Triples
    shapes: Graph
    texts: Mapping[str, str]
    select: Select | None = None
    instances: dict[Node, frozenset[Node]] = field(default_factory=dict)

    @property
    def at(self) -> At:
        """Where constraints are asked; what is found out about classes is kept for the next shape."""
        return At(self.data, self.shapes, self.instances)


def check(data: Triples, *, texts: Mapping[str, str] | None = None, select: Select | None = None) -> Report:
    """What our shapes find in the default graph's triples; `texts` maps a source's hash to its text.

    Without a source's text its quotes cannot be compared and its lines not be counted; all else is checked. `select`
    answers queries over the same triples far faster than rdflib does; Statements can be asked in no other way.
    """
    checked = Checked(with_vocabulary(data), minutes_shapes(), texts or {}, select)
    results = {*core_results(checked), *rule_results(checked), *quote_results(checked)}
    findings = sorted((_finding(checked, *result) for result in results), key=_order)
    asked = list(_asked(checked))
    return Report(
        findings=tuple(findings),
        shapes=tuple(_counts(asked, Counter(shape for _, shape in results))),
        scores=measure(checked.data, _expectations(checked, asked, results)),
    )


def with_vocabulary(data: Triples) -> Triples:
    """The triples with our concepts among them; the same object where they are already there."""
    if isinstance(data, Statements) or (None, RDF.type, OWL.Ontology) in data:
        return data
    whole = Graph()
    whole += _asked_of_vocabulary()
    whole += data
    return whole


@cache
def _asked_of_vocabulary() -> Graph:
    """What shapes and reports ask of the vocabulary: schemes, superclasses and names; the rest would only take time."""
    found = Graph()
    for predicate in (SKOS.inScheme, RDFS.subClassOf, RDFS.label, SKOS.prefLabel):
        found += vocabulary().triples((None, predicate, None))
    return found


def core_results(checked: Checked) -> Iterator[Result]:
    """The things at fault by the shapes that need no query, each with the shape that says so."""
    yield from faults(checked.at)
    left = {shape for target in TARGETS for shape in checked.shapes.subjects(target)} & unknown(checked.shapes)
    if left:
        yield from ((focus, shape) for focus, shape in oracle_results(checked) if _owners(checked, shape) & left)


def oracle_results(checked: Checked) -> Iterator[Result]:
    """What pySHACL finds by the shapes that need no query: for what is too rare to be known to `graph.constraints`.

    It gets triples and never files: its own loading alters a switch of rdflib's and may leave it altered.
    """
    if isinstance(checked.data, Statements):
        raise TypeError("pySHACL checks a Graph alone")
    core = Graph()
    core += (triple for triple in checked.shapes if triple[1] != SH.sparql)
    _, results, _ = pyshacl.validate(checked.data, shacl_graph=core, inplace=True)
    for result in results.objects(None, SH.result):
        focus, shape = results.value(result, SH.focusNode), results.value(result, SH.sourceShape)
        if focus is not None and isinstance(shape, URIRef):
            yield focus, shape


def _owners(checked: Checked, shape: Node) -> set[Node]:
    """A shape and the node shapes that it is a part of."""
    return {shape, *checked.shapes.subjects(SH.property, shape)}


def rule_results(checked: Checked) -> Iterator[Result]:
    """The things at fault by the shapes that are queries, each with its shape.

    One query finds them all; pySHACL would parse and run it again for every thing.
    """
    for shape, rule in checked.shapes.subject_objects(SH.sparql):
        about = focus_nodes(checked, shape)
        if about:
            yield from ((thing, URIRef(str(shape))) for thing in _answers(checked, rule) if thing in about)


def _answers(checked: Checked, rule: Node) -> Iterator[Node]:
    """The things that the query of a rule or a target finds."""
    shapes = checked.shapes
    declared = shapes.objects(shapes.value(rule, SH.prefixes), SH.declare)
    prefixes = tuple(sorted((str(shapes.value(d, SH.prefix)), str(shapes.value(d, SH.namespace))) for d in declared))
    text = str(shapes.value(rule, SH.select))
    if checked.select:
        query = prefix_lines(dict(prefixes)) + text
        yield from (URIRef(row["this"]["value"]) for row in checked.select(query) if "this" in row)
    elif isinstance(checked.data, Graph):
        yield from (row[0] for row in checked.data.query(_prepared(text, prefixes)) if isinstance(row, ResultRow))
    else:
        raise TypeError("Statements answer no query: give `select`")


@cache
def _prepared(text: str, prefixes: tuple[tuple[str, str], ...]) -> Query:
    return prepareQuery(text, initNs=dict(prefixes))


def quote_results(checked: Checked) -> Iterator[Result]:
    """The evidence whose quote is not what stands at its place in the source's text."""
    for node in checked.data.subjects(RDF.type, iri("nif:RFC5147String")):
        span = read_span(checked.data, node)
        text = checked.texts.get(span.source_hash) if span else None
        if span and text is not None and text[span.begin : span.end] != span.quote:
            yield node, QUOTE


def _finding(checked: Checked, focus: Node, shape: URIRef) -> Finding:
    data, shapes = checked.data, checked.shapes
    spot = find_spot(data, focus) or Spot()
    thing, problem, advice = _message(shapes, shape)
    text = checked.texts.get(spot.source_hash)
    return Finding(
        severity=_SEVERITY[URIRef(str(shapes.value(shape, SH.severity)))],
        shape=str(shape).removeprefix(SHAPES),
        focus=str(focus),
        label=describe_label(data, focus, thing),
        message=problem,
        advice=advice,
        source_title=spot.source_title,
        source_hash=spot.source_hash,
        begin=spot.begin,
        end=spot.end,
        line=None if text is None or spot.begin is None else text.count("\n", 0, spot.begin) + 1,
    )


def _order(finding: Finding) -> tuple[object, ...]:
    return (
        finding.source_title,
        SEVERITIES.index(finding.severity),
        finding.line or 0,
        finding.shape,
        finding.focus,
    )


def _message(shapes: Graph, shape: URIRef) -> tuple[Words, Words, Words]:
    """A shape's message in three parts: the thing it begins with, what is wrong, and what to do."""
    owner = shapes.value(None, SH.property, shape) or shape
    thing = _words(shapes, owner, SH.name)
    parts = [_parted(part) for part in _pair(_words(shapes, shape, SH.message), thing)]
    (problem, advice), (problem_en, advice_en) = parts
    return thing, Words(problem, problem_en), Words(advice, advice_en)


def _pair(message: Words, thing: Words) -> tuple[str, str]:
    """The message in both languages without the thing's name before it."""
    return message.da[len(thing.da) :].strip(), message.en[len(thing.en) :].strip()


def _parted(message: str) -> tuple[str, str]:
    """A message's first sentence without its full stop, and what follows it."""
    problem, _, advice = message.partition(". ")
    return problem, advice


def _words(shapes: Triples, node: Node, predicate: URIRef) -> Words:
    found = {o.language: str(o) for o in shapes.objects(node, predicate) if isinstance(o, Literal)}
    return Words(found.get("da", ""), found.get("en", ""))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A shape, what it is about, the shapes of single properties in it (else itself), and the things it is asked of."""

    about: Words
    parts: tuple[URIRef, ...]
    focus_nodes: frozenset[Node]


def _asked(checked: Checked) -> Iterator[_Asked]:
    """Every shape with the things it is about."""
    shapes = checked.shapes
    for shape in sorted({shape for target in TARGETS for shape in shapes.subjects(target)}, key=str):
        parts = sorted(shapes.objects(shape, SH.property), key=str) or [shape]
        named = tuple(URIRef(str(part)) for part in parts)
        yield _Asked(_about(checked, shape), named, frozenset(focus_nodes(checked, shape)))


def _counts(asked: list[_Asked], at_fault: Counter[URIRef]) -> Iterator[ShapeCount]:
    for row in asked:
        for part in row.parts:
            yield ShapeCount(
                shape=str(part).removeprefix(SHAPES),
                about=row.about,
                focus_nodes=len(row.focus_nodes),
                findings=at_fault[part],
            )


def _expectations(checked: Checked, asked: list[_Asked], results: set[Result]) -> Iterator[Expectation]:
    """What is expected in minutes: the shapes that warn."""
    for row in asked:
        for part in row.parts:
            if checked.shapes.value(part, SH.severity) == SH.Warning:
                lacking = frozenset(focus for focus, shape in results if shape == part)
                yield Expectation(str(part).removeprefix(SHAPES), row.about, row.focus_nodes, lacking)


def _about(checked: Checked, shape: Node) -> Words:
    """What a shape is about: as it says itself, else what the vocabulary calls its class, else the thing's name."""
    classes = list(checked.shapes.objects(shape, SH.targetClass))
    said = _words(checked.shapes, shape, SH.description)
    called = _words(checked.data, classes[0], RDFS.label) if len(classes) == 1 else Words("", "")
    return next((words for words in (said, called) if words.da), _words(checked.shapes, shape, SH.name))


def focus_nodes(checked: Checked, shape: Node) -> set[Node]:
    """The things a shape is about; of the quotes those alone whose source's text is at hand."""
    data, shapes = checked.data, checked.shapes
    found = {node for target in shapes.objects(shape, SH.targetClass) for node in checked.at.of_class(target)}
    for predicate in shapes.objects(shape, SH.targetSubjectsOf):
        found.update(data.subjects(predicate))
    for target in shapes.objects(shape, SH.target):
        found.update(_answers(checked, target))
    if shape == QUOTE:
        spans = {node: read_span(data, node) for node in found}
        return {node for node, span in spans.items() if span and span.source_hash in checked.texts}
    return found
