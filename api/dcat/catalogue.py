"""The catalogue as DCAT-AP 3.0.1, or as the Danish profile 2.0.2, which contradicts it on four points.

The Danish profile wants sizes as xsd:decimal, languages and availability from other addresses than the EU's tables
have now, and SHA-1.
"""

from __future__ import annotations

from collections.abc import Sequence

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, FOAF, RDFS

from api.dcat.authorities import EU, licence_name, licence_title, licence_type, with_names
from api.dcat.files import SPDX, describe_file, describe_stream
from api.dcat.frame import DCAT, DCATAP, Catalogue, Told, alike, dataset_iri, period, standard
from api.dcat.quality import describe_metrics, describe_quality
from api.dcat.services import describe_services
from api.dcat.words import ABOUT, KEYWORDS, Words, dataset_words
from api.settings import Settings
from graph.completeness import DQV
from graph.terms import VOCABULARY

VCARD = Namespace("http://www.w3.org/2006/vcard/ns#")
BOUND = {"dcatap": DCATAP, "spdx": SPDX, "vcard": VCARD, "dqv": DQV}


def catalogue(settings: Settings, datasets: Sequence[Told], *, profile: str = "") -> Graph:
    """The catalogue of what a version's dumps cover; `profile` is "" or "dcat-ap-dk"."""
    made = Catalogue(settings, list(datasets), profile == "dcat-ap-dk")
    for prefix, namespace in BOUND.items():
        made.triples.bind(prefix, namespace)
    describe_catalogue(made)
    describe_people(made)
    describe_series(made)
    for told in datasets:
        describe_dataset(made, told)
    describe_services(made)
    describe_metrics(made)
    return with_names(made.triples)


def describe_catalogue(made: Catalogue) -> None:
    """The catalogue itself."""
    own = made.iri()
    made.add(own, RDF.type, DCAT.Catalog)
    made.word(own, DCTERMS.title, ABOUT["catalogue"].of(made.name))
    made.word(own, DCTERMS.description, ABOUT["catalogue-text"].of(made.name))
    alike(made, own, made.whole)
    made.add(own, DCTERMS.language, *(URIRef(made.language + code) for code in ("DAN", "ENG")))
    made.add(own, DCTERMS.license, URIRef(made.settings.licence))
    made.add(own, DCAT.themeTaxonomy, URIRef(f"{EU}data-theme"))
    made.add(own, FOAF.homepage, made.page("/"))
    made.add(own, DCAT.dataset, *(dataset_iri(made, told) for told in made.datasets))
    made.add(own, DCAT.service, made.iri("sparql"), made.iri("rest"))


def describe_people(made: Catalogue) -> None:
    """The publisher, whom to ask, and the licence."""
    made.add(made.publisher, RDF.type, FOAF.Agent)
    made.add(made.publisher, FOAF.name, Literal(made.name, "da"))
    made.add(made.publisher, DCTERMS.type, URIRef("http://purl.org/adms/publishertype/LocalAuthority"))
    contact = made.iri("contact")
    made.add(contact, RDF.type, VCARD.Organization, VCARD.Kind)
    made.add(contact, VCARD.fn, Literal(made.name, "da"))
    written = made.settings.contact
    if "@" in written and "://" not in written:
        made.add(contact, VCARD.hasEmail, URIRef(f"mailto:{written}"))
    else:
        made.add(contact, VCARD.hasURL, URIRef(written or f"{made.settings.base}/"))
    licence = URIRef(made.settings.licence)
    made.add(licence, RDF.type, DCTERMS.LicenseDocument)
    made.add(licence, RDFS.label, Literal(licence_name(str(licence)), "en"))
    made.add(licence, DCTERMS.title, Literal(licence_title(str(licence))))
    made.add(licence, DCTERMS.type, licence_type(str(licence)))


def describe_series(made: Catalogue) -> None:
    """The series of the years' datasets."""
    years = [told for told in made.datasets if told["key"].startswith("years/")]
    if not years:
        return
    series = made.iri("years")
    made.add(series, RDF.type, DCAT.DatasetSeries)
    made.word(series, DCTERMS.title, ABOUT["series"].of(made.name))
    made.word(series, DCTERMS.description, ABOUT["series-text"].of(made.name))
    alike(made, series, {**made.whole, "modified": max(told["modified"] for told in years)})
    made.add(series, DCAT.contactPoint, made.iri("contact"))
    made.add(series, DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/IRREG"))
    period(made, series, made.whole)
    for before, told in zip([None, *years], years, strict=False):
        made.add(dataset_iri(made, told), DCAT.inSeries, series)
        if before:
            made.add(dataset_iri(made, told), DCAT.prev, dataset_iri(made, before))


def describe_dataset(made: Catalogue, told: Told) -> None:
    """One dataset with its files and what is known of its quality."""
    node = dataset_iri(made, told)
    title, text = dataset_words(told, made.name)
    made.add(node, RDF.type, DCAT.Dataset)
    made.word(node, DCTERMS.title, title)
    made.word(node, DCTERMS.description, text)
    alike(made, node, told)
    made.add(node, DCTERMS.identifier, Literal(str(node)))
    made.add(node, DCAT.contactPoint, made.iri("contact"))
    made.add(node, DCAT.theme, URIRef(f"{EU}data-theme/GOVE"))
    for words in (*KEYWORDS, *((Words(told["label"], told["label"]),) if told["label"] else ())):
        made.word(node, DCAT.keyword, words)
    made.add(node, DCTERMS.accrualPeriodicity, URIRef(f"{EU}frequency/IRREG"))
    made.add(node, DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC"))
    made.add(node, DCTERMS.language, URIRef(f"{made.language}DAN"))
    standard(made, node, VOCABULARY.rstrip("#"), words=Words("Sagsgrafs ordforråd", "The Sagsgraf vocabulary"))
    made.add(node, DCAT.landingPage, made.page(told["body"].partition("/id")[2] or "/"))
    provenance = made.iri("provenance")
    made.add(node, DCTERMS.provenance, provenance)
    made.add(provenance, RDF.type, DCTERMS.ProvenanceStatement)
    made.word(provenance, RDFS.label, ABOUT["provenance"])
    period(made, node, told)
    for dump in told["files"]:
        made.add(node, DCAT.distribution, describe_file(made, told, dump))
    if told["key"] == "all":
        made.add(node, DCAT.distribution, describe_stream(made, told))
    describe_quality(made, node, told)
