"""The connections that the graph holds between people, cases and bodies, each with the sentences that state it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Term = Mapping[str, str]
Select = Callable[[str, Mapping[str, Term]], list[dict[str, Term]]]

PERSON, CASE, BODY = "person", "case", "body"

_PREFIXES = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX person: <http://www.w3.org/ns/person#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX treatment: <https://w3id.org/sagsgraf/concept/treatment-status/>
PREFIX participation: <https://w3id.org/sagsgraf/concept/participation-status/>
"""
_SPAN = (
    "?claim sag:evidence ?span . ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; "
    "nif:referenceContext ?text ."
)
_QUERIES = {
    "took-part": (
        "?claim prov:agent ?one ; sag:participationStatus participation:recorded ; sag:inTreatment/sag:treats ?item . "
        "?one a person:Person . ?item sag:concernsCase ?other ; sag:onAgendaOf/sag:meetingDate ?day ."
    ),
    "announced": (
        "?claim prov:agent ?one ; sag:participationStatus participation:announced ; sag:inTreatment/sag:treats ?item . "
        "?one a person:Person . ?item sag:concernsCase ?other ; sag:onAgendaOf/sag:meetingDate ?day ."
    ),
    "undertook": (
        "?claim a sag:Commitment ; sag:owner ?one ; sag:statedIn ?item . ?one a person:Person . "
        "?item sag:concernsCase ?other ; sag:onAgendaOf/sag:meetingDate ?day ."
    ),
    "promised": (
        "?claim a sag:Commitment ; sag:owner ?one ; sag:recipient ?other ; sag:statedIn ?item . "
        "?one a person:Person . ?other a sag:Body . ?item sag:onAgendaOf/sag:meetingDate ?day ."
    ),
    "sat-in": (
        "?claim prov:agent ?one ; sag:participationStatus participation:present ; sag:duringMeeting ?meeting . "
        "?one a person:Person . ?meeting sag:heldBy ?other ; sag:meetingDate ?day ."
    ),
    "treated": (
        "?claim prov:wasGeneratedBy ?treated ; sag:decidedBy ?other ; sag:decisionDate ?day . "
        "?treated sag:treats/sag:concernsCase ?one ; sag:treatmentStatus treatment:held ."
    ),
    "sent-to": (
        "?one sag:hasRoutingStep ?claim . ?claim sag:targetBody ?other ; sag:statedIn ?item . "
        "?item sag:onAgendaOf/sag:meetingDate ?day ."
    ),
    "sends-on": (
        "?claim sag:targetBody ?other ; sag:statedIn/sag:onAgendaOf ?meeting . "
        "?meeting sag:heldBy ?one ; sag:meetingDate ?day . FILTER(?one != ?other)"
    ),
}
ENDS = {
    "took-part": (PERSON, CASE),
    "announced": (PERSON, CASE),
    "undertook": (PERSON, CASE),
    "promised": (PERSON, BODY),
    "sat-in": (PERSON, BODY),
    "treated": (CASE, BODY),
    "sent-to": (CASE, BODY),
    "sends-on": (BODY, BODY),
}
WORDS = {
    "took-part": ("deltog i behandlingen af", "took part in"),
    "announced": ("er varslet til", "is announced to"),
    "undertook": ("påtog sig noget i", "undertook something in"),
    "promised": ("skylder noget til", "owes something to"),
    "sat-in": ("sad med i", "sat in"),
    "treated": ("er behandlet i", "was treated in"),
    "sent-to": ("er sendt til", "was sent to"),
    "sends-on": ("sender sager til", "sends cases to"),
}
_LABELS = {
    PERSON: "SELECT ?thing ?label WHERE { ?thing a person:Person ; skos:prefLabel ?label }",
    CASE: "SELECT ?thing ?label WHERE { ?thing a sag:Case ; dct:title ?label }",
    BODY: "SELECT ?thing ?label WHERE { ?thing a sag:Body ; skos:prefLabel ?label }",
}


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """Words of a source that state a connection, where they stand, and the day of the meeting that they are about."""

    day: str
    source: str
    begin: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Node:
    """A person, a case or a body in the network."""

    iri: str
    kind: str
    label: str


@dataclass(frozen=True, slots=True)
class Edge:
    """One kind of connection between two things, with every sentence that states it and the days of the meetings."""

    source: str
    target: str
    kind: str
    days: tuple[str, ...]
    sentences: tuple[Sentence, ...]

    @property
    def weight(self) -> int:
        """In how many meetings it is stated."""
        return len(self.days)


def read_nodes(select: Select) -> dict[str, Node]:
    """Every person, case and body of the default graph, by address."""
    found: dict[str, Node] = {}
    for kind, query in _LABELS.items():
        rows = sorted((row["thing"]["value"], row["label"]["value"]) for row in select(_PREFIXES + query, {}))
        for iri, label in rows:
            found.setdefault(iri, Node(iri, kind, label))
    return found


def read_edges(select: Select, kinds: Iterable[str] = tuple(_QUERIES)) -> list[Edge]:
    """The connections of the default graph of some kinds, in a steady order."""
    found: list[Edge] = []
    for kind in kinds:
        query = f"{_PREFIXES}SELECT ?one ?other ?day ?quote ?begin ?end ?text WHERE {{ {_QUERIES[kind]} {_SPAN} }}"
        sentences: dict[tuple[str, str], set[Sentence]] = defaultdict(set)
        days: dict[tuple[str, str], set[str]] = defaultdict(set)
        for row in select(query, {}):
            ends = row["one"]["value"], row["other"]["value"]
            days[ends].add(row["day"]["value"])
            sentences[ends].add(
                Sentence(
                    row["day"]["value"],
                    row["text"]["value"].removesuffix(".txt"),
                    int(row["begin"]["value"]),
                    int(row["end"]["value"]),
                    row["quote"]["value"],
                )
            )
        found += [
            Edge(*ends, kind, tuple(sorted(days[ends])), tuple(sorted(said)))
            for ends, said in sorted(sentences.items())
        ]
    return found
