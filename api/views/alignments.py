"""What other vocabularies have that resembles ours: the rows of the mapping files."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from graph.terms import turtle_files


@dataclass(frozen=True, slots=True)
class Name:
    """A term, concept or foreign name with its words in both languages and the page that tells of it."""

    iri: str
    short: str
    da: str
    en: str
    path: str

    def word(self, code: str) -> str:
        """What it is called in a language, else its short name."""
        return (self.da if code == "da" else self.en) or self.short


@dataclass(frozen=True, slots=True)
class Alignment:
    """What another vocabulary has that resembles a term, and in which way."""

    relation: str
    target: Name
    comment: str


@cache
def alignments() -> tuple[tuple[str, Alignment], ...]:
    """Every row of the mapping files, with the term of ours that it is about."""
    return tuple(row for path in mapping_files() for row in aligned(path))


def mapping_files() -> list[Path]:
    """The mapping files, by name."""
    (ontology,) = (path for path in turtle_files("ontology") if path.name == "sagsgraf.ttl")
    return sorted((ontology.parent / "mappings").glob("*.sssom.tsv"))


def aligned(path: Path) -> Iterator[tuple[str, Alignment]]:
    """The rows of one mapping file."""
    lines = path.read_text("utf-8").splitlines()
    head = [line.removeprefix("#") for line in lines if line.startswith("#")]
    prefixes = dict(line.strip().split(": ", 1) for line in head if line.startswith("  "))
    for row in csv.DictReader(lines[len(head) :], delimiter="\t"):
        prefix, _, local = row["object_id"].partition(":")
        target = Name(prefixes[prefix] + local, row["object_id"], row["object_label"], row["object_label"], "")
        yield row["subject_id"], Alignment(row["predicate_id"], target, row["comment"])
