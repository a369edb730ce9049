"""Our own Turtle as read: the ontology with its concepts, and the shapes; a fault in it names file, line and term."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from rdflib import RDF, Graph, Node, URIRef
from rdflib.namespace import SH, SKOS
from rdflib.plugins.parsers.notation3 import BadSyntax

from graph.errors import VocabularyError
from graph.terms import CONCEPTS, PREFIXES, VOCABULARY, turtle_files

Turtle = dict[Path, Graph]


@cache
def vocabulary() -> Graph:
    """The ontology, the concept schemes and the labels as one set of triples; nobody may add to it.

    Raises VocabularyError where a file is broken, or names a term or concept of ours that no file defines.
    """
    files = read_turtle(turtle_files("ontology"))
    whole = merged(files)
    check_known(files, whole)
    return whole


@cache
def minutes_shapes() -> Graph:
    """The shapes that minutes are checked by; nobody may add to them.

    Raises VocabularyError where a file is broken, a shape has no path, or a term or concept is unknown.
    """
    files = read_turtle(path for path in turtle_files("shapes") if path.name != "ontology-style.ttl")
    check_paths(files)
    check_known(files, vocabulary())
    return merged(files)


def read_turtle(paths: Iterable[Path]) -> Turtle:
    """Every file's triples; raises VocabularyError with the file and line that do not parse."""
    return {path: _read(path) for path in paths}


def merged(files: Turtle) -> Graph:
    """The triples of several files as one set."""
    whole = Graph()
    for triples in files.values():
        whole += triples
    return whole


def _read(path: Path) -> Graph:
    try:
        return Graph().parse(data=path.read_text("utf-8"), format="turtle")
    except BadSyntax as error:
        line = error.lines + 1
        raise VocabularyError(
            "Filen er ikke gyldig Turtle. Ret linjen.",
            "Not valid Turtle. Mend the line.",
            path=path.name,
            line=line,
            term=_subject_above(path, line),
        ) from error
    except UnicodeDecodeError as error:
        raise VocabularyError(
            "Filen er ikke UTF-8. Gem den som UTF-8.", "Not UTF-8. Save it as UTF-8.", path=path.name
        ) from error


def _subject_above(path: Path, line: int) -> str:
    """The term that a line is said of: the last name at the start of a line, up to that one."""
    lines = path.read_text("utf-8").splitlines()[:line]
    starts = [
        text.split()[0] for text in lines if re.match(r"[A-Za-z<]", text) and not re.match(r"(?i)PREFIX|BASE", text)
    ]
    return starts[-1] if starts else ""


def check_paths(files: Turtle) -> None:
    """Nothing where every property shape has a path; raises VocabularyError for the first that has none."""
    for path, triples in files.items():
        shapes = {*triples.subjects(RDF.type, SH.PropertyShape), *triples.objects(None, SH.property)}
        for shape in sorted(shapes, key=str):
            if (shape, SH.path, None) not in triples:
                raise VocabularyError(
                    "Kravet har ingen egenskab at gælde for. Skriv sh:path.",
                    "The shape is about no property. Write sh:path.",
                    path=path.name,
                    line=line_of(path, shape),
                    term=short(shape),
                )


def check_known(files: Turtle, known: Graph) -> None:
    """Nothing where every term and concept of ours is defined; raises VocabularyError for the first that is not."""
    defined = {str(node) for node in known.subjects()}
    for path, triples in files.items():
        for name in sorted(set(_our_names(triples))):
            if name not in defined:
                raise VocabularyError(
                    "Navnet findes ikke i ordforrådet. Ret det, eller tilføj det i ontology/.",
                    "The vocabulary has no such name. Mend it, or add it in ontology/.",
                    path=path.name,
                    line=line_of(path, URIRef(name)),
                    term=short(URIRef(name)),
                )


def _our_names(triples: Graph) -> Iterator[str]:
    """The terms and concepts of ours that some triples use, those inside their queries too."""
    for triple in triples:
        for node in triple:
            if isinstance(node, URIRef) and str(node).startswith((VOCABULARY, CONCEPTS)):
                yield str(node)
    for query in triples.objects(None, SH.select):
        yield from (VOCABULARY + local for local in re.findall(r"\bsag:(\w+)", str(query)))
        yield from re.findall(rf"<({re.escape(CONCEPTS)}[^>]+)>", str(query))


def line_of(path: Path, node: Node) -> int | None:
    """The line of a file on which a name first stands, counted from 1."""
    written = (f"<{node}>", short(node), str(node))
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if any(re.search(rf"{re.escape(name)}(?![\w-])", line) for name in written):
            return number
    return None


def short(node: Node) -> str:
    """A name as Turtle writes it, with its prefix where it has one of ours.

    >>> short(URIRef("https://w3id.org/sagsgraf/def#heldBy"))
    'sag:heldBy'
    """
    text = str(node)
    prefixes = {**PREFIXES, "shape": "https://w3id.org/sagsgraf/shape#", "concept": CONCEPTS}
    for prefix, namespace in prefixes.items():
        if text.startswith(namespace):
            return f"{prefix}:{text.removeprefix(namespace)}"
    return text


def scheme_keys(known: Graph, scheme: str) -> frozenset[str]:
    """The keys of one of our concept schemes."""
    concepts = known.subjects(SKOS.inScheme, URIRef(CONCEPTS + scheme))
    return frozenset(str(concept).rpartition("/")[2] for concept in concepts)
