"""The JSON-LD context of the answers: each key of the table of names to its property, by the nouns' fields."""

from __future__ import annotations

from api.nouns import NOUNS, Field
from graph.terms import PREFIXES, expand

_HYDRA = "http://www.w3.org/ns/hydra/core#"
_CLASSES = {"Person": expand("person:Person"), "OrganizationalUnit": expand("org:OrganizationalUnit")}


def context() -> dict[str, object]:
    """The context as an object; every key of a list's rows that is a property of the graph stands in it.

    A key belongs to its row's type: the agenda items of a meeting are others than those of a case.
    """
    terms: dict[str, object] = {
        "id": "@id",
        "type": "@type",
        "label": expand("rdfs:label"),
        "members": {"@id": f"{_HYDRA}member", "@container": "@set"},
        "next": {"@id": f"{_HYDRA}next", "@type": "@id"},
        "count": f"{_HYDRA}totalItems",
        "rows": {"@id": f"{_HYDRA}member", "@container": "@set"},
        "steps": {"@id": f"{_HYDRA}member", "@container": "@list"},
        "evidence": {"@id": expand("sag:evidence"), "@container": "@set"},
        "quote": expand("nif:anchorOf"),
        "begin": {"@id": expand("nif:beginIndex"), "@type": expand("xsd:integer")},
        "end": {"@id": expand("nif:endIndex"), "@type": expand("xsd:integer")},
        "page": {"@id": expand("sag:pageNumber"), "@type": expand("xsd:integer")},
        "source": {"@id": expand("prov:wasDerivedFrom"), "@type": "@id"},
        "rule": expand("sag:extractionMethod"),
        "confidence": {"@id": expand("nif:confidence"), "@type": expand("xsd:decimal")},
    }
    for noun in NOUNS.values():
        fields = {field.name: mapped(field) for field in noun.fields if field.term}
        terms[noun.type] = {"@id": _CLASSES.get(noun.type, expand(f"sag:{noun.type}")), "@context": fields}
    return {"@context": {"@version": 1.1, **PREFIXES, **terms}}


def mapped(field: Field) -> dict[str, str]:
    """What a field's key stands for."""
    if field.term.startswith("^"):
        return {"@reverse": expand(field.term[1:])}
    found = {"@id": expand(field.term)}
    if field.kind == "date":
        found["@type"] = expand("xsd:date")
    if field.kind == "text" and field.term.partition(":")[0] in ("dct", "skos"):
        found["@language"] = "da"
    return found
