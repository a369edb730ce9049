"""A catalogue being written: what all its parts say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from rdflib import RDF, Graph, Literal, Namespace, Node, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDFS, SKOS, XSD

from api.dcat.authorities import EU
from api.dcat.words import Words
from api.settings import Settings

# rdflib knows DCAT 2 alone
DCAT = Namespace("http://www.w3.org/ns/dcat#")
DCATAP = Namespace("http://data.europa.eu/r5r/")
Told = Mapping[str, Any]


@dataclass(slots=True)
class Catalogue:
    """A catalogue being written: who publishes, what was built, and whether in the Danish profile."""

    settings: Settings
    datasets: list[Told]
    danish: bool
    triples: Graph = field(default_factory=Graph)

    def iri(self, name: str = "") -> URIRef:
        """A node within the catalogue."""
        return URIRef(f"{self.settings.base}/catalog" + (f"#{name}" if name else ""))

    def page(self, path: str) -> URIRef:
        """An address of the service, which is a document."""
        address = URIRef(self.settings.base + path)
        self.add(address, RDF.type, FOAF.Document)
        return address

    def add(self, subject: Node, predicate: URIRef, *values: Node) -> None:
        """One triple for each value."""
        for value in values:
            self.triples.add((subject, predicate, value))

    def word(self, subject: Node, predicate: URIRef, words: Words) -> None:
        """A text in both languages."""
        self.add(subject, predicate, Literal(words.da, "da"), Literal(words.en, "en"))

    @property
    def whole(self) -> Told:
        """The dataset that holds everything."""
        return self.datasets[0]

    @property
    def language(self) -> str:
        """Where the table of languages stands: the Danish profile has it at another address."""
        return EU.replace("/authority/", "/dataset/") + "language/" if self.danish else f"{EU}language/"

    @property
    def places(self) -> list[tuple[str, str]]:
        """The municipalities, each with its address and name."""
        return [(iri, name) for iri, name in self.whole["municipalities"]]

    @property
    def publisher(self) -> URIRef:
        """Who publishes: the municipality where there is one and no other is named."""
        own = len(self.places) == 1 and not self.settings.publisher
        return URIRef(self.places[0][0]) if own else self.iri("publisher")

    @property
    def name(self) -> str:
        """What the publisher is called."""
        return self.settings.publisher or ", ".join(name for _, name in self.places) or "Sagsgraf"


def alike(made: Catalogue, node: URIRef, told: Told) -> None:
    """What the catalogue, its series and its datasets all say: publisher, place, dates."""
    made.add(node, DCTERMS.publisher, made.publisher)
    made.add(node, DCTERMS.issued, Literal(told["issued"], datatype=XSD.dateTime))
    made.add(node, DCTERMS.modified, Literal(told["modified"], datatype=XSD.dateTime))
    made.add(node, DCTERMS.spatial, URIRef(f"{EU}country/DNK"))
    for iri, name in told["municipalities"]:
        place = made.iri(f"place-{iri.rpartition('/')[2]}")
        made.add(node, DCTERMS.spatial, place)
        made.add(place, RDF.type, DCTERMS.Location)
        made.add(place, SKOS.prefLabel, Literal(name, "da"))
        made.add(place, DCTERMS.identifier, Literal(iri.rpartition("/")[2]))
        made.add(place, RDFS.seeAlso, URIRef(iri))


def period(made: Catalogue, node: URIRef, told: Told) -> None:
    """The days that a dataset covers."""
    if told["begin"]:
        days = made.iri(f"period-{told['key'].replace('/', '-')}")
        made.add(node, DCTERMS.temporal, days)
        made.add(days, RDF.type, DCTERMS.PeriodOfTime)
        made.add(days, DCAT.startDate, Literal(told["begin"], datatype=XSD.date))
        made.add(days, DCAT.endDate, Literal(told["end"], datatype=XSD.date))


def standard(made: Catalogue, node: URIRef, address: str, *, words: Words) -> None:
    """What something conforms to."""
    made.add(node, DCTERMS.conformsTo, URIRef(address))
    made.add(URIRef(address), RDF.type, DCTERMS.Standard)
    made.word(URIRef(address), DCTERMS.title, words)


def distribution(made: Catalogue, node: URIRef, told: Told) -> None:
    """What all distributions say."""
    made.add(node, RDF.type, DCAT.Distribution)
    made.add(node, DCTERMS.license, URIRef(made.settings.licence))
    made.add(node, DCTERMS.issued, Literal(told["issued"], datatype=XSD.dateTime))
    made.add(node, DCTERMS.modified, Literal(told["modified"], datatype=XSD.dateTime))
    made.add(node, DCTERMS.language, URIRef(f"{made.language}DAN"))
    stable = "http://data.europa.eu/r5r/availability/stable" if made.danish else f"{EU}planned-availability/STABLE"
    made.add(node, DCATAP.availability, URIRef(stable))


def dataset_iri(made: Catalogue, told: Told) -> URIRef:
    """The address of a dataset."""
    return made.iri(told["key"].replace("/", "-"))
