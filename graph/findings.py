"""Where a thing of the graph is read, and what a person calls it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rdflib import RDF, Literal, Node, URIRef
from rdflib.namespace import DCTERMS, PROV, RDFS, SKOS

from graph.report import Words
from graph.statements import Triples
from graph.terms import SAG, iri

LONGEST = 48  # a label longer than this is cut at a word

_CONTEXT = re.compile(r"/sources/([0-9a-f]+)\.txt$")
_NAMES = (DCTERMS.title, DCTERMS.description, SKOS.prefLabel, RDFS.label, SAG.recommends)
# What leads from a thing without words of its own to the thing that has them.
_TOWARDS = (SAG.statedIn, SAG.treats, SAG.inTreatment, SAG.linkSource, DCTERMS.isPartOf)
_BACK = (SAG.missing, SAG.concernsCase, SAG.hasVote, SAG.hasRoutingStep, SAG.hasAttachment, PROV.agent, SAG.targetBody)


@dataclass(frozen=True, slots=True)
class Span:
    """One evidence node: the source it points into, its offsets, and its quote."""

    source: URIRef
    source_hash: str
    begin: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in which source a thing is read; empty where no source states it."""

    source_title: str = ""
    source_hash: str = ""
    begin: int | None = None
    end: int | None = None


def read_span(data: Triples, node: Node) -> Span | None:
    """The span that a node is, or None where it is none or lacks a part."""
    begin, end = data.value(node, iri("nif:beginIndex")), data.value(node, iri("nif:endIndex"))
    context, quote = data.value(node, iri("nif:referenceContext")), data.value(node, iri("nif:anchorOf"))
    place = _CONTEXT.search(str(context))
    if not (isinstance(begin, Literal) and isinstance(end, Literal) and place):
        return None
    if not (isinstance(begin.value, int) and isinstance(end.value, int)):
        return None
    source = URIRef(str(context).removesuffix(".txt"))
    return Span(source, place[1], begin.value, end.value, str(quote))


def find_spot(data: Triples, focus: Node) -> Spot | None:
    """Where a thing is read: its own evidence, else that of the thing it belongs to, else its source as a whole."""
    for node in around(data, focus):
        spans = [span for part in (node, *data.objects(node, SAG.evidence)) if (span := read_span(data, part))]
        if spans:
            first = min(spans, key=lambda span: (_title(data, span.source), span.begin, span.end))
            return Spot(_title(data, first.source), first.source_hash, first.begin, first.end)
    for source in (focus, *data.objects(focus, DCTERMS.source)):
        if (source, RDF.type, SAG.SourceDocument) in data:
            return Spot(_title(data, source), str(data.value(source, SAG.textHash)))
    return None


def around(data: Triples, focus: Node) -> Iterator[Node]:
    """A thing, then what it belongs to: nearest first."""
    yield focus
    for towards in _TOWARDS:
        yield from data.objects(focus, towards)
    for back in _BACK:
        yield from sorted(data.subjects(back, focus), key=str)
    whole, mark, _ = str(focus).partition("#")
    if mark:
        yield URIRef(whole)


def _title(data: Triples, source: Node) -> str:
    return str(data.value(source, DCTERMS.title) or source)


def describe_label(data: Triples, focus: Node, thing: Words) -> Words:
    """What a person calls a thing: "Bilag 5", "Trine Kjær Poulsen", "Opfølgningen »Der ansættes en projektleder …«"."""
    number = data.value(focus, SAG.attachmentNumber)
    if number is not None:
        return Words(f"Bilag {number}", f"Attachment {number}")
    if (focus, RDF.type, SAG.AgendaItem) in data and (focus, DCTERMS.title, None) not in data:
        printed = data.value(focus, SAG.itemNumber)
        return Words(f"Punkt {printed}", f"Item {printed}") if printed else Words(capital(thing.da), capital(thing.en))
    agent = data.value(focus, PROV.agent)
    if agent is not None and (name := _name(data, agent)):
        return Words(capital(name), capital(name))
    if name := _step_name(data, focus) or _name(data, focus) or _quote(data, focus):
        return Words(f"{capital(thing.da)} »{shorten(name)}«", f"{capital(thing.en)} “{shorten(name)}”")
    return Words(capital(thing.da), capital(thing.en))


def _step_name(data: Triples, focus: Node) -> str:
    """A routing step by its body and date."""
    body = data.value(focus, SAG.targetBody)
    date = data.value(focus, SAG.dateAsStated)
    if body is None:
        return ""
    return " ".join((_name(data, body), str(date or ""))).strip()


def _name(data: Triples, node: Node) -> str:
    """The first of a thing's names, titles and texts."""
    for predicate in _NAMES:
        found = sorted(str(name) for name in data.objects(node, predicate))
        if found:
            return found[0]
    return ""


def _quote(data: Triples, focus: Node) -> str:
    """The words a thing is read from, or those of the thing it belongs to."""
    for node in around(data, focus):
        spans = [span for part in (node, *data.objects(node, SAG.evidence)) if (span := read_span(data, part))]
        if spans:
            return min(spans, key=lambda span: (span.source, span.begin, span.end)).quote
        if node != focus and (name := _name(data, node)):
            return name
    return ""


def shorten(text: str) -> str:
    """A text on one line, cut at a word where it is long.

    >>> shorten("Der ansættes en projektleder på en 2-årig kontrakt, jf. budgetaftalen.")
    'Der ansættes en projektleder på en 2-årig …'
    """
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text.rstrip(".")
    return f"{text[: LONGEST + 1].rpartition(' ')[0] or text[:LONGEST]} …"


def capital(text: str) -> str:
    """A text with its first letter large.

    >>> capital("økonomichef")
    'Økonomichef'
    """
    return text[:1].upper() + text[1:]
