"""The plain page of any thing: its statements as a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from api.views.language import Language
from api.views.rows import Row, Thing, day, grouped, word
from graph.terms import expand

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


def resource_view(iri: str, rows: Iterable[Row], *, label: str, language: Language) -> ResourceView:
    """The page of a thing from rows of ?property, ?propertyLabel and ?value, ?valueLabel or ?subject, ?subjectLabel."""
    own: list[Row] = []
    said: list[Row] = []
    for line in rows:
        (said if "subject" in line else own).append(line)
    return ResourceView(
        iri=iri,
        label=label,
        statements=tuple(statements(own, "value", language)),
        said=tuple(statements(said, "subject", language)),
    )


def statements(rows: Iterable[Row], column: str, language: Language) -> Iterable[Statement]:
    """The statements by property, each value once."""
    for iri, same in grouped(rows, "property").items():
        if iri == LABEL:  # it is the page's heading already
            continue
        own = next((language(phrase) for name, phrase in REUSED_WORDS.items() if expand(name) == iri), "")
        said = word(same[0], "propertyLabel" if language.code == "da" else "propertyLabelEn")
        name = own or said or word(same[0], "propertyLabel") or language.concept(iri)
        values = tuple(dict.fromkeys(value(row, column, language) for row in same))
        yield Statement(Thing(iri, name), values[:SHOWN], max(0, len(values) - SHOWN))


def value(row: Row, column: str, language: Language) -> Thing:
    """One value: a thing by its label, a sentence by its place in the source, a date as people write it, or text."""
    told = word(row, column)
    if row[column].get("type") == "uri":
        source, _, place = told.partition("#char=")
        if place and source.endswith(".txt"):
            return Thing(f"{source.removesuffix('.txt')}#char={place}", language("tegn {place}", {"place": place}))
        return Thing(told, word(row, f"{column}Label") or told.rpartition("/")[2] or told)
    return Thing("", language.day(day(row, column)) or told)
