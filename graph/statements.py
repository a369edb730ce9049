"""Triples kept by their property, for a check of a whole store: read in a pass, and asked in one step.

It answers to the few methods of rdflib's Graph that a check needs; a Graph itself takes ten times as long to fill.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import BNode, Graph, Literal, Node, URIRef

from graph.ntriples import parsed

Pairs = dict[Node, list[Node]]


class Statements:
    """Triples by property, then by subject and by object; nobody may add to them once they are read."""

    def __init__(self, triples: Iterable[tuple[Node, Node, Node]]) -> None:
        self._objects: dict[Node, Pairs] = defaultdict(dict)
        self._subjects: dict[Node, Pairs] = {}
        for s, p, o in triples:
            self._objects[p].setdefault(s, []).append(o)

    @classmethod
    def read(cls, text: str) -> Statements:
        r"""The statements of N-Triples as the store writes it: one a line, single blanks between terms, each line once.

        >>> found = Statements.read('<urn:a> <urn:title> "Sagen drøftes"@da .\n')
        >>> str(found.value(URIRef("urn:a"), URIRef("urn:title")))
        'Sagen drøftes'
        """
        return cls(_triples(text))

    def objects(self, subject: Node, predicate: Node) -> Iterator[Node]:
        """The values of a property of a thing."""
        return iter(self._objects.get(predicate, {}).get(subject, ()))

    def subjects(self, predicate: Node, object: Node | None = None) -> Iterator[Node]:  # noqa: A002 - as rdflib's
        """The things that have a property, or that have it with a value."""
        if object is None:
            return iter(self._objects.get(predicate, {}))
        return iter(self._by_object(predicate).get(object, ()))

    def subject_objects(self, predicate: Node) -> Iterator[tuple[Node, Node]]:
        """Every thing with every value of a property."""
        return ((s, o) for s, found in self._objects.get(predicate, {}).items() for o in found)

    def value(self, subject: Node | None = None, predicate: Node | None = None) -> Node | None:
        """The first value of a property of a thing, or None."""
        if subject is None or predicate is None:
            return None
        return next(self.objects(subject, predicate), None)

    def __contains__(self, triple: tuple[Node | None, Node, Node | None]) -> bool:
        """Whether a triple is there; None stands for anything."""
        s, p, o = triple
        if s is None:
            return p in self._objects if o is None else o in self._by_object(p)
        found = self._objects.get(p, {}).get(s, ())
        return bool(found) if o is None else o in found

    def _by_object(self, predicate: Node) -> Pairs:
        """The things by their values of a property; made when it is first asked for."""
        if predicate not in self._subjects:
            turned: Pairs = {}
            for s, o in self.subject_objects(predicate):
                turned.setdefault(o, []).append(s)
            self._subjects[predicate] = turned
        return self._subjects[predicate]


Triples = Graph | Statements


def _triples(text: str) -> Iterator[tuple[Node, Node, Node]]:
    """The triples of N-Triples; a term that comes again is the same object."""
    terms: dict[str, Node] = {}
    for line in text.splitlines():
        s, p, rest = line.split(" ", 2)
        o = rest[:-2]
        yield _term(s, terms), _term(p, terms), _term(o, terms)


def _term(written: str, terms: dict[str, Node]) -> Node:
    found = terms.get(written)
    if found is None:
        found = terms[written] = _read(written)
    return found


def _read(written: str) -> Node:
    if written.startswith("_:"):
        return BNode(written[2:])
    term = parsed(written)
    if term.is_iri:
        return URIRef(term.value)
    if term.language:
        return Literal(term.value, lang=term.language, normalize=False)
    plain = term.datatype == "http://www.w3.org/2001/XMLSchema#string"
    return Literal(term.value, datatype=None if plain else URIRef(term.datatype), normalize=False)
