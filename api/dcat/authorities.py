"""Names of the tables of others that the catalogue points into, each with its class and its labels.

They are few and fixed; a harvester that does not know them can so read the catalogue without asking anybody.
"""

from __future__ import annotations

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDFS, SKOS

EU = "http://publications.europa.eu/resource/authority/"
ADMS = Namespace("http://purl.org/adms/")
IANA = "https://www.iana.org/assignments/media-types/"

LICENCE_NAMES = {
    "CC_BY_4_0": "Creative Commons Attribution 4.0 International",
    "CC0": "Creative Commons CC0 1.0 Universal",
    "CC_BYSA_4_0": "Creative Commons Attribution–ShareAlike 4.0 International",
    "COM_REUSE": "European Commission reuse notice",
}
# the titles by which CKAN knows the same licences: it finds a licence by them where the address says nothing to it
CKAN_TITLES = {
    "CC_BY_4_0": "Creative Commons Attribution",
    "CC0": "Creative Commons CCZero",
    "CC_BYSA_4_0": "Creative Commons Attribution Share-Alike",
}
LICENCE_TYPES = {"CC0": "PublicDomain", "CC_BYSA_4_0": "ViralEffect-ShareAlike"}

# address → class, Danish, English
NAMES = {
    f"{EU}data-theme/GOVE": (SKOS.Concept, "Regeringen og den offentlige sektor", "Government and public sector"),
    f"{EU}data-theme": (SKOS.ConceptScheme, "Datatema", "Data theme"),
    f"{EU}frequency/IRREG": (DCTERMS.Frequency, "uregelmæssig", "irregular"),
    f"{EU}access-right/PUBLIC": (DCTERMS.RightsStatement, "offentlig", "public"),
    f"{EU}country/DNK": (DCTERMS.Location, "Danmark", "Denmark"),
    f"{EU}language/DAN": (DCTERMS.LinguisticSystem, "dansk", "Danish"),
    f"{EU}language/ENG": (DCTERMS.LinguisticSystem, "engelsk", "English"),
    f"{EU}planned-availability/STABLE": (SKOS.Concept, "stabil", "stable"),
    "http://data.europa.eu/r5r/availability/stable": (SKOS.Concept, "stabil", "stable"),
    f"{EU}file-type/RDF_N_QUADS": (DCTERMS.MediaTypeOrExtent, "N-Quads", "N-Quads"),
    f"{EU}file-type/RDF_TRIG": (DCTERMS.MediaTypeOrExtent, "TriG", "TriG"),
    f"{EU}file-type/RDF_TURTLE": (DCTERMS.MediaTypeOrExtent, "Turtle", "Turtle"),
    f"{EU}file-type/RDF_N_TRIPLES": (DCTERMS.MediaTypeOrExtent, "N-Triples", "N-Triples"),
    f"{EU}file-type/JSON_LD": (DCTERMS.MediaTypeOrExtent, "JSON-LD", "JSON-LD"),
    f"{EU}file-type/CSV": (DCTERMS.MediaTypeOrExtent, "CSV", "CSV"),
    f"{EU}file-type/XML": (DCTERMS.MediaTypeOrExtent, "XML", "XML"),
    f"{EU}file-type/SPARQLQRES": (DCTERMS.MediaTypeOrExtent, "SPARQL-svar", "SPARQL results"),
    f"{ADMS}publishertype/LocalAuthority": (SKOS.Concept, "kommune", "Local authority"),
    f"{ADMS}licencetype/Attribution": (SKOS.Concept, "navngivelse", "Attribution"),
    f"{ADMS}licencetype/PublicDomain": (SKOS.Concept, "fri brug", "Public domain"),
    f"{ADMS}licencetype/ViralEffect-ShareAlike": (SKOS.Concept, "del på samme vilkår", "Share alike"),
    f"{ADMS}licencetype/UnknownIPR": (SKOS.Concept, "ikke nærmere angivet", "Unknown IPR"),
}


def with_names(triples: Graph) -> Graph:
    """The same triples with class and labels for each address of another's table that they point to."""
    pointed = {str(o) for o in triples.objects() if isinstance(o, URIRef)}
    for address in sorted(pointed):
        media_type = address.removeprefix(IANA)
        if address in NAMES:
            kind, danish, english = NAMES[address]
            label = DCTERMS.title if kind == SKOS.ConceptScheme else SKOS.prefLabel
            triples.add((URIRef(address), RDF.type, kind))
            triples.add((URIRef(address), label, Literal(danish, "da")))
            triples.add((URIRef(address), label, Literal(english, "en")))
        elif media_type != address:
            triples.add((URIRef(address), RDF.type, DCTERMS.MediaType))
            triples.add((URIRef(address), RDFS.label, Literal(media_type)))
    return triples


def licence_type(licence: str) -> URIRef:
    """What kind of licence it is, as ADMS has it.

    >>> licence_type("http://publications.europa.eu/resource/authority/licence/CC0")
    rdflib.term.URIRef('http://purl.org/adms/licencetype/PublicDomain')
    """
    key = licence.rpartition("/licence/")[2]
    known = LICENCE_TYPES.get(key, "Attribution" if key in LICENCE_NAMES else "UnknownIPR")
    return URIRef(f"{ADMS}licencetype/{known}")


def licence_title(licence: str) -> str:
    """The title by which CKAN knows the licence; its address where it knows none."""
    return CKAN_TITLES.get(licence.rpartition("/licence/")[2], licence)


def licence_name(licence: str) -> str:
    """What people call the licence; its address where we know no name."""
    return LICENCE_NAMES.get(licence.rpartition("/licence/")[2], licence)
