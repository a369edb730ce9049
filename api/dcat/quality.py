"""What is known of the quality of a dataset, as DQV measurements."""

from __future__ import annotations

from decimal import Decimal

from rdflib import RDF, Literal, URIRef
from rdflib.namespace import RDFS, XSD

from api.dcat.frame import Catalogue, Told
from api.dcat.words import METRICS
from graph.completeness import DQV

METRIC = "https://w3id.org/sagsgraf/metric/"


def describe_quality(made: Catalogue, node: URIRef, told: Told) -> None:
    """The measurements of one dataset."""
    for name, value in told["measurements"].items():
        measurement = made.iri(f"{name}-{told['key'].replace('/', '-')}")
        made.add(node, DQV.hasQualityMeasurement, measurement)
        made.add(measurement, RDF.type, DQV.QualityMeasurement)
        made.add(measurement, DQV.computedOn, node)
        made.add(measurement, DQV.isMeasurementOf, URIRef(METRIC + name))
        made.add(measurement, DQV.value, Literal(Decimal(str(value))))


def describe_metrics(made: Catalogue) -> None:
    """What each measurement means."""
    for name, words in METRICS.items():
        metric = URIRef(METRIC + name)
        made.add(metric, RDF.type, DQV.Metric)
        made.word(metric, RDFS.label, words)
        made.add(metric, DQV.expectedDataType, XSD.decimal)
