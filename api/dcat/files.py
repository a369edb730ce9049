"""The files of a dataset, and the stream of its changes, as distributions."""

from __future__ import annotations

from rdflib import RDF, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, XSD

from api.dcat.authorities import EU, IANA
from api.dcat.frame import DCAT, Catalogue, Told, distribution, standard
from api.dcat.words import ABOUT, Words, file_words
from graph.dumps import FORMS, Form

SPDX = Namespace("http://spdx.org/rdf/terms#")
LDES = "https://w3id.org/ldes/specification"
FILE_TYPES = {
    "nquads": "RDF_N_QUADS", "trig": "RDF_TRIG", "turtle": "RDF_TURTLE", "ntriples": "RDF_N_TRIPLES",
    "jsonld": "JSON_LD", "csv": "CSV", "graphml": "XML",
}  # fmt: skip


def describe_file(made: Catalogue, told: Told, dump: Told) -> URIRef:
    """One file of a dataset."""
    form: Form = next(form for form in FORMS if form.name == dump["form"])
    node, address = made.iri(f"file-{dump['name']}"), URIRef(f"{made.settings.base}/dumps/{dump['name']}")
    title, text = file_words(form)
    distribution(made, node, told)
    made.word(node, DCTERMS.title, title)
    made.word(node, DCTERMS.description, text)
    made.add(node, DCAT.accessURL, address)
    made.add(node, DCAT.downloadURL, address)
    made.add(node, DCAT.mediaType, URIRef(IANA + form.media_type))
    packed = DCAT.packageFormat if form.compressed == "application/zip" else DCAT.compressFormat
    made.add(node, packed, URIRef(IANA + form.compressed))
    made.add(node, DCTERMS["format"], URIRef(f"{EU}file-type/{FILE_TYPES[form.name]}"))
    size = XSD.decimal if made.danish else XSD.nonNegativeInteger
    written = f"{dump['size']}.0" if made.danish else str(dump["size"])  # as Turtle writes a decimal
    made.add(node, DCAT.byteSize, Literal(written, datatype=size))
    kind = "sha1" if made.danish else "sha256"
    checksum = made.iri(f"checksum-{dump['name']}")
    made.add(node, SPDX.checksum, checksum)
    made.add(checksum, RDF.type, SPDX.Checksum)
    made.add(checksum, SPDX.algorithm, SPDX[f"checksumAlgorithm_{kind}"])
    made.add(checksum, SPDX.checksumValue, Literal(dump[kind], datatype=XSD.hexBinary, normalize=False))
    return node


def describe_stream(made: Catalogue, told: Told) -> URIRef:
    """The stream of changes, from which the whole graph can be copied and followed."""
    node, address = made.iri("stream"), URIRef(f"{made.settings.base}/stream")
    distribution(made, node, told)
    made.word(node, DCTERMS.title, ABOUT["stream"])
    made.word(node, DCTERMS.description, ABOUT["stream-text"])
    made.add(node, DCAT.accessURL, address)
    made.add(node, DCAT.mediaType, URIRef(f"{IANA}application/trig"))
    made.add(node, DCTERMS["format"], URIRef(f"{EU}file-type/RDF_TRIG"))
    standard(made, node, LDES, words=Words("Linked Data Event Streams", "Linked Data Event Streams"))
    return node
