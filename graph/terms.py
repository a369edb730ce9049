"""The names we write: the closed SAG namespace, prefixes, the table from model to RDF, and where our Turtle lies.

`SAG.heldBy` gives the IRI; a name that the ontology lacks raises AttributeError, so a slip is found where it is made.
`tests/test_house.py` keeps these lists equal to `ontology/sagsgraf.ttl`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from rdflib import Namespace, URIRef
from rdflib.namespace import ClosedNamespace

CLASSES = (
    "AgendaItem", "Attachment", "Ballot", "Body", "Case", "Commitment", "Decision", "DescribedAgent",
    "FrameworkAgreement", "GoalFraming", "Initiative", "ItemTreatment", "Link", "Meeting", "Mention",
    "MinuteStatement", "MissingValue", "Participation", "PolicyReference", "PostHolding", "Procurement",
    "ProgrammeFraming", "Recommendation", "RecurringText", "Redaction", "ReferencedEvent", "RoutingStep",
    "SdgFraming", "Section", "SourceDocument", "Vote",
)  # fmt: skip

PROPERTIES = (
    "absenceReason", "actingAs", "attachmentNumber", "bodyKind", "castBy", "centralPurchasingBody", "choice",
    "commitmentStatus", "component", "concernsCase", "confidentialityReason", "dateAsStated", "datePrecision",
    "decidedBy", "decisionDate", "documentKind", "dueAsStated", "dueDate", "duringMeeting", "evidence",
    "extractionMethod", "fileHash", "followsRecommendation", "followsStep", "frames", "framingGoal",
    "framingLevel", "framingProgramme", "hasAttachment", "hasRoutingStep", "hasVote", "heldBy", "holdingStatus",
    "inTreatment", "inferredBy", "itemNumber", "itemOrder", "itemPoint", "kleFacet", "kleNumber", "knownOn",
    "linkRule", "linkSource", "linkTarget", "matchBasis", "meetingDate", "mentionDate", "mentionKind", "mentions",
    "missing", "missingProperty", "onAgendaOf", "outcome", "owner", "pageNumber", "pageStart", "parentItem",
    "partOfInitiative",
    "participationStatus", "party", "phase", "plannedDate", "post", "procures", "realisedBy", "reason",
    "recipient", "recommendedBy", "recommends", "redactedProperty", "redactionReason", "redacts",
    "referenceKind", "repeats", "responseTo", "responsibleUnit", "reviewStatus", "routeAsStated",
    "sectionKind", "sortKey", "sourceFlag", "statedIn", "stepOrder", "stepRole", "stepSource", "stepStatus",
    "substitutes", "supports", "targetBody", "textHash", "treatmentStatus", "treats", "turn",
    "versionLabel",
    "viaFrameworkAgreement", "votesAbstained", "votesAgainst", "votesFor",
)  # fmt: skip

VOCABULARY = "https://w3id.org/sagsgraf/def#"
CONCEPTS = "https://w3id.org/sagsgraf/concept/"
SDG = "http://metadata.un.org/sdg"
ACCESS_RIGHT = "http://publications.europa.eu/resource/authority/access-right/"
# how a source keeps an item or attachment → the EU's concept of it
ACCESS_RIGHTS = {"open": f"{ACCESS_RIGHT}PUBLIC", "closed": f"{ACCESS_RIGHT}NON_PUBLIC"}

SAG = ClosedNamespace(VOCABULARY, [*CLASSES, *PROPERTIES])

PREFIXES = {
    "sag": VOCABULARY,
    "adms": "http://www.w3.org/ns/adms#",
    "bv": "https://data.vlaanderen.be/ns/besluitvorming#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "m8g": "http://data.europa.eu/m8g/",
    "nif": "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "person": "http://www.w3.org/ns/person#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sh": "http://www.w3.org/ns/shacl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vann": "http://purl.org/vocab/vann/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

# Fields of graph.model whose RDF property is reused, or whose name the property carries only in part.
REUSED = {
    "access_rights": "dct:accessRights",
    "agent": "prov:agent",
    "anchor_of": "nif:anchorOf",
    "begin_index": "nif:beginIndex",
    "case_file": "adms:identifier",
    "case_number": "adms:identifier",
    "cast_abstained": "sag:castBy",
    "cast_against": "sag:castBy",
    "cast_for": "sag:castBy",
    "confidence": "nif:confidence",
    "description": "dct:description",
    "end_index": "nif:endIndex",
    "end_time": "prov:endedAtTime",
    "had_role": "prov:hadRole",
    "identifier": "adms:identifier",
    "media_type": "dcat:mediaType",
    "meeting": "dct:source",
    "municipality": "org:unitOf",
    "place": "prov:atLocation",
    "pref_label": "skos:prefLabel",
    "source": "dct:source",
    "start_time": "prov:startedAtTime",
    "text": "nif:isString",
    "title": "dct:title",
    "unclaimed": "nif:anchorOf",
    "vote": "sag:hasVote",
}


def expand(name: str) -> str:
    """The full IRI of a prefixed name.

    >>> expand("sag:heldBy")
    'https://w3id.org/sagsgraf/def#heldBy'
    """
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def prefix_lines(prefixes: Mapping[str, str]) -> str:
    """The lines that declare prefixes in SPARQL and Turtle.

    >>> prefix_lines({"org": "http://www.w3.org/ns/org#"})
    'PREFIX org: <http://www.w3.org/ns/org#>\\n'
    """
    return "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items())


def concept(scheme: str, key: str) -> str:
    """The IRI of one of our concepts; keys are English.

    >>> concept("outcome", "discussed")
    'https://w3id.org/sagsgraf/concept/outcome/discussed'
    """
    if not re.fullmatch(r"[a-z][a-z_-]*", key):
        raise ValueError(f"{key!r} is no concept key: lower-case English letters, '-' and '_' only")
    return f"{CONCEPTS}{scheme}/{key}"


def namespace(prefix: str) -> Namespace:
    """An open namespace of the prefix table, for reused vocabularies."""
    return Namespace(PREFIXES[prefix])


def iri(name: str) -> URIRef:
    """A prefixed name as an rdflib IRI."""
    return URIRef(expand(name))


def turtle_files(folder: str) -> list[Path]:
    """The Turtle files of "ontology" or "shapes", sorted; under _data in a wheel, else beside the package."""
    here = Path(__file__).parent
    for root in (here / "_data" / folder, here.parent / folder):
        if root.is_dir():
            return sorted(root.rglob("*.ttl"))
    raise FileNotFoundError(f"the folder {folder}/ is missing beside the package: install Sagsgraf again")
