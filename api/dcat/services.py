"""The two services that the data can be asked through."""

from __future__ import annotations

from rdflib import RDF, URIRef
from rdflib.namespace import DCTERMS

from api.dcat.authorities import EU
from api.dcat.frame import DCAT, Catalogue, dataset_iri, standard
from api.dcat.words import KEYWORDS, SERVICES, Words

# name → address, description, what it conforms to
_SERVICES = {
    "sparql": (
        "/sparql", "/sparql", "https://www.w3.org/TR/sparql11-protocol/",
        Words("SPARQL 1.1-protokol", "SPARQL 1.1 Protocol")
    ),
    "rest": ("/", "/openapi.json", "https://spec.openapis.org/oas/v3.1.0", Words("OpenAPI 3.1", "OpenAPI 3.1")),
}  # fmt: skip


def describe_services(made: Catalogue) -> None:
    """Both services."""
    for name, (address, description, conforms, words) in _SERVICES.items():
        node = made.iri(name)
        title, text = SERVICES[name]
        made.add(node, RDF.type, DCAT.DataService)
        made.word(node, DCTERMS.title, title)
        made.word(node, DCTERMS.description, text)
        made.add(node, DCAT.endpointURL, URIRef(made.settings.base + address))
        made.add(node, DCAT.endpointDescription, URIRef(made.settings.base + description))
        made.add(node, DCTERMS.publisher, made.publisher)
        made.add(node, DCAT.contactPoint, made.iri("contact"))
        made.add(node, DCAT.theme, URIRef(f"{EU}data-theme/GOVE"))
        for keyword in KEYWORDS:
            made.word(node, DCAT.keyword, keyword)
        made.add(node, DCTERMS.accessRights, URIRef(f"{EU}access-right/PUBLIC"))
        made.add(node, DCTERMS.license, URIRef(made.settings.licence))
        made.add(node, DCAT.landingPage, made.page("/"))
        standard(made, node, conforms, words=words)
        made.add(node, DCAT.servesDataset, *(dataset_iri(made, told) for told in made.datasets))
