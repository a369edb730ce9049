"""The common kinds of SHACL constraints, evaluated in one pass over the triples; pySHACL does the same far more slowly.

A shape with anything that is not known here is left to pySHACL, so that no constraint is ever passed over in silence.
`tests/test_constraints.py` compares the two, over each shape's failing snippet and over the examples.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from rdflib import RDF, RDFS, BNode, Graph, Literal, Node, URIRef
from rdflib.collection import Collection
from rdflib.namespace import SH, SKOS

from graph.statements import Triples

Result = tuple[Node, URIRef]
Values = list[Node]

# What a shape says that is no constraint.
_SAID = frozenset(
    {
        RDF.type,
        RDFS.isDefinedBy,
        SH.name,
        SH.description,
        SH.message,
        SH.severity,
        SH.path,
        SH.property,
        SH.targetClass,
        SH.targetSubjectsOf,
        SH.target,
        SH.sparql,
        SKOS.scopeNote,
        SKOS.editorialNote,
        SH.qualifiedMinCount,
    }
)


@dataclass(frozen=True, slots=True)
class At:
    """Where a constraint is asked: the triples, and what the evaluation has found out about them."""

    data: Triples
    shapes: Graph
    instances: dict[Node, frozenset[Node]] = field(default_factory=dict)
    conforming: dict[tuple[Node, Node], bool] = field(default_factory=dict)

    def of_class(self, kind: Node) -> frozenset[Node]:
        """The things of a class and of the classes under it."""
        if kind not in self.instances:
            kinds, waiting = set[Node](), [kind]
            while waiting:
                one = waiting.pop()
                if one not in kinds:
                    kinds.add(one)
                    waiting.extend(self.data.subjects(RDFS.subClassOf, one))
            self.instances[kind] = frozenset(s for one in kinds for s in self.data.subjects(RDF.type, one))
        return self.instances[kind]


@dataclass(frozen=True, slots=True)
class Asked:
    """A thing and the values of a path at it."""

    at: At
    thing: Node
    values: Values


# Whether what is asked meets one parameter of a shape.
Test = Callable[[Asked, Node], bool]


def _number(parameter: Node) -> int:
    return int(str(parameter))


def _each(test: Callable[[At, Node, Node], bool]) -> Test:
    """The test of all values by that of one."""
    return lambda asked, parameter: all(test(asked.at, value, parameter) for value in asked.values)


def _typed(_: At, value: Node, datatype: Node) -> bool:
    if not isinstance(value, Literal) or value.ill_typed:
        return False
    plain = URIRef("http://www.w3.org/2001/XMLSchema#string")
    return (value.datatype or (None if value.language else plain)) == datatype


def _kind(_: At, value: Node, kind: Node) -> bool:
    named = {BNode: "BlankNode", URIRef: "IRI", Literal: "Literal"}
    return named[type(value)] in str(kind).rpartition("#")[2]


def _compared(low: Node, high: Node, *, equal: bool) -> bool:
    """Whether two literals are in order; those that cannot be compared are not."""
    if not (isinstance(low, Literal) and isinstance(high, Literal)):
        return False
    if isinstance(low.value, bool) != isinstance(high.value, bool):  # Python would count true as 1
        return False
    try:
        return bool(low.value < high.value or (equal and low.value == high.value))
    except TypeError:
        return False


def _matches(_: At, value: Node, pattern: Node) -> bool:
    return not isinstance(value, BNode) and re.search(str(pattern), str(value)) is not None


def _conforms(at: At, value: Node, shape: Node) -> bool:
    """Whether a value meets a whole node shape; found once for each."""
    key = (value, shape)
    if key not in at.conforming:
        at.conforming[key] = not any(_faults(at, [value], shape))
    return at.conforming[key]


def _less(asked: Asked, other: Node) -> bool:
    highs = list(asked.at.data.objects(asked.thing, other))
    return all(_compared(low, high, equal=False) for low in asked.values for high in highs)


TESTS: dict[Node, Test] = {
    SH.minCount: lambda asked, n: len(asked.values) >= _number(n),
    SH.maxCount: lambda asked, n: len(asked.values) <= _number(n),
    SH.hasValue: lambda asked, wanted: wanted in asked.values,
    SH["class"]: _each(lambda at, value, kind: value in at.of_class(kind)),
    SH.datatype: _each(_typed),
    SH.nodeKind: _each(_kind),
    SH.pattern: _each(_matches),
    SH.node: _each(_conforms),
    SH.minLength: _each(lambda _, value, n: not isinstance(value, BNode) and len(str(value)) >= _number(n)),
    SH.minInclusive: _each(lambda _, value, low: _compared(low, value, equal=True)),
    SH.maxInclusive: _each(lambda _, value, high: _compared(value, high, equal=True)),
    SH.lessThan: _less,
}


def _among(members: frozenset[Node]) -> Test:
    return lambda asked, _: members.issuperset(asked.values)


def _qualified(least: int) -> Test:
    """The test whether enough values conform to the shape that only some of them must meet."""
    return lambda asked, shape: sum(_conforms(asked.at, value, shape) for value in asked.values) >= least


def _tests(at: At, part: Node) -> list[tuple[Test, Node]]:
    """The tests of a shape, each with what the shape says; of a list its members are looked up once."""
    found = [(TESTS[p], o) for p, o in at.shapes.predicate_objects(part) if p in TESTS]
    for listed in at.shapes.objects(part, SH["in"]):
        members = frozenset(Collection(at.shapes, listed))
        found.append((_among(members), listed))
    for wanted in at.shapes.objects(part, SH.qualifiedValueShape):
        least = _number(at.shapes.value(part, SH.qualifiedMinCount) or Literal(0))
        found.append((_qualified(least), wanted))
    return found


def unknown(shapes: Graph) -> set[Node]:
    """The shapes that say something which is not known here, and those that hold such a shape."""
    known = {*TESTS, *_SAID, SH["in"], SH.qualifiedValueShape}
    strange = {s for s, p, _ in shapes if str(p).startswith(str(SH)) and p not in known and _is_shape(shapes, s)}
    strange |= {s for s, path in shapes.subject_objects(SH.path) if _steps(shapes, path) is None}
    while True:
        more = {
            s for p in (SH.property, SH.node, SH.qualifiedValueShape) for o in strange for s in shapes.subjects(p, o)
        }
        if more <= strange:
            return strange
        strange |= more


def _is_shape(shapes: Graph, node: Node) -> bool:
    typed = any((node, RDF.type, kind) in shapes for kind in (SH.NodeShape, SH.PropertyShape))
    return typed or (None, SH.property, node) in shapes


def _steps(shapes: Graph, path: Node) -> list[tuple[Node, str]] | None:
    """The properties that a path goes by, each onward or back; None for a path of another kind."""
    if isinstance(path, URIRef):
        return [(path, "onward")]
    if inverse := shapes.value(path, SH.inversePath):
        return [(inverse, "back")] if isinstance(inverse, URIRef) else None
    if listed := shapes.value(path, SH.alternativePath):
        parts = [_steps(shapes, part) for part in Collection(shapes, listed)]
        return None if None in parts else [step for part in parts if part for step in part]
    return None


def faults(at: At) -> Iterator[Result]:
    """The things at fault by the shapes known here, each with its shape; targets are classes and subjects alone."""
    shapes, left = at.shapes, unknown(at.shapes)
    targets = {*shapes.subjects(SH.targetClass), *shapes.subjects(SH.targetSubjectsOf)}
    for shape in sorted(targets - left, key=str):
        focus: set[Node] = set()
        for kind in shapes.objects(shape, SH.targetClass):
            focus |= at.of_class(kind)
        for predicate in shapes.objects(shape, SH.targetSubjectsOf):
            focus.update(at.data.subjects(predicate))
        yield from _faults(at, focus, shape)


def _faults(at: At, focus: Iterable[Node], shape: Node) -> Iterator[Result]:
    """What is wrong with some things by a node shape and by the shapes of single properties in it."""
    things = list(focus)
    for part in (shape, *at.shapes.objects(shape, SH.property)):
        tests = _tests(at, part)
        path = at.shapes.value(part, SH.path)
        steps = _steps(at.shapes, path) if path else None
        for thing in things:
            values = [thing] if steps is None else _values(at.data, thing, steps)
            asked = Asked(at, thing, values)
            if not all(test(asked, said) for test, said in tests):
                yield thing, URIRef(str(part))


def _values(data: Triples, thing: Node, steps: list[tuple[Node, str]]) -> Values:
    """The values of a path at a thing, each once."""
    found: dict[Node, None] = {}
    for predicate, way in steps:
        reached = data.objects(thing, predicate) if way == "onward" else data.subjects(predicate, thing)
        found.update(dict.fromkeys(reached))
    return list(found)
