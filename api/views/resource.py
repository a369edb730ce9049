"""The plain page of any thing: its statements as a list."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import URIRef

from api.views.evidence import Lines
from api.views.language import Language
from api.views.rows import Row, Thing, day, grouped, word
from api.views.vocabulary import named
from graph.terms import CONCEPTS, VOCABULARY, expand

# What we call the reused properties; our own have their words in the vocabulary.
REUSED_WORDS = {
    "dct:accessRights": "adgang",
    "dct:description": "beskrivelse",
    "dct:source": "kilde",
    "dct:title": "titel",
    "adms:identifier": "nummer",
    "foaf:name": "navn som trykt",
    "nif:confidence": "sikkerhed",
    "org:member": "person",
    "org:organization": "organisation",
    "org:postIn": "stilling i",
    "org:unitOf": "hører under",
    "prov:agent": "hvem",
    "prov:hadRole": "stilling",
    "prov:wasGeneratedBy": "truffet under",
    "rdf:type": "art",
    "skos:prefLabel": "navn",
}
LABEL = expand("rdfs:label")
# How a statement was read comes behind what it says.
LAST = [expand(name) for name in ("dct:source", "sag:evidence", "sag:extractionMethod", "nif:confidence", "rdf:type")]
# What the parts of a thing are called, by what their names begin with.
_PARTS_OF = {
    "commitment": "aftalt opfølgning",
    "participation": "deltagelse",
    "recommendation": "indstilling",
    "step": "sagstrin",
    "treatment": "behandling",
    "vote": "afstemning",
}
_PART = re.compile(r"#([a-z]+)(?:-(\d+))?[^#]*")

# A body may have thousands of meetings; its page shows the first, its data all.
SHOWN = 25


@dataclass(frozen=True, slots=True)
class Statement:
    """One property with its values, things or texts as things without an IRI; `more` are too many to show."""

    property: Thing
    values: tuple[Thing, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ResourceView:
    """The plain page of a thing; `said` is what others state of it, by the property they use."""

    iri: str
    label: str
    statements: tuple[Statement, ...]
    said: tuple[Statement, ...]


def resource_view(iri: str, rows: Iterable[Row], *, label: str, language: Language, lines: Lines) -> ResourceView:
    """The page of a thing from rows of ?property, ?propertyLabel and ?value, ?valueLabel or ?subject, ?subjectLabel."""
    own: list[Row] = []
    said: list[Row] = []
    for line in rows:
        (said if "subject" in line else own).append(line)
    return ResourceView(
        iri=iri,
        label=label,
        statements=tuple(statements(own, "value", language, lines=lines)),
        said=tuple(statements(said, "subject", language, lines=lines)),
    )


def statements(rows: Iterable[Row], column: str, language: Language, *, lines: Lines) -> Iterable[Statement]:
    """The statements by property, each value once, those of how it was read last."""
    by_property = grouped(rows, "property")
    for iri in sorted(by_property, key=lambda iri: LAST.index(iri) + 1 if iri in LAST else 0):
        same = by_property[iri]
        if iri == LABEL:  # it is the page's heading already
            continue
        own = next((language(phrase) for name, phrase in REUSED_WORDS.items() if expand(name) == iri), "")
        said = word(same[0], "propertyLabel" if language.code == "da" else "propertyLabelEn")
        name = own or said or word(same[0], "propertyLabel") or language.concept(iri)
        values = tuple(dict.fromkeys(value(row, column, language, lines=lines) for row in same))
        yield Statement(Thing(iri, name), values[:SHOWN], max(0, len(values) - SHOWN))


def value(row: Row, column: str, language: Language, *, lines: Lines) -> Thing:
    """One value: a thing by its name, a sentence by its line in the source, a date as people write it, or text."""
    told = word(row, column)
    if row[column].get("type") == "uri":
        source, _, place = told.partition("#char=")
        if place and source.endswith(".txt"):
            line = lines.line(source, int(place.partition(",")[0]))
            shown = language("linje {line}", {"line": line}) if line else language("tegn {place}", {"place": place})
            return Thing(f"{source.removesuffix('.txt')}#char={place}", shown)
        return Thing(told, named_in(told, language) or word(row, f"{column}Label") or told.rpartition("/")[2] or told)
    if word(row, "property") == expand("nif:confidence"):
        return Thing("", f"{round(100 * float(told))} %")
    return Thing("", language.day(day(row, column)) or told)


def named_in(iri: str, language: Language) -> str:
    """What a concept, a term or a part of a thing is called in the page's language; empty for all else.

    >>> named_in("http://127.0.0.1:8000/id/agenda-items/0999/x/1#recommendation-2", Language("da", {}, {}))
    'indstilling 2'
    """
    if iri.startswith((CONCEPTS, VOCABULARY)):
        return named(URIRef(iri)).word(language.code)
    part = _PART.search(iri)
    if part is None or part[1] not in _PARTS_OF:
        return ""
    return f"{language(_PARTS_OF[part[1]])} {part[2] or ''}".strip()
