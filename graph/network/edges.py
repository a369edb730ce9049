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
PREFIX source: <https://w3id.org/sagsgraf/concept/step-source/>
PREFIX review: <https://w3id.org/sagsgraf/concept/review-status/>
"""
_SPAN = (
    "?claim sag:evidence ?span . ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; "
    "nif:referenceContext ?text . "
    "OPTIONAL { ?claim sag:extractionMethod ?rule } OPTIONAL { ?claim nif:confidence ?sure }"
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
    # a name of a file goes along with the case, and a field names the bodies that had it too: neither sends it on
    "sends-on": (
        "?claim sag:targetBody ?other ; sag:statedIn ?item ; sag:stepSource ?how . ?item sag:onAgendaOf ?meeting . "
        "?meeting sag:heldBy ?one ; sag:meetingDate ?day . FILTER(?one != ?other && ?how != source:attachment) "
        "OPTIONAL { ?item sag:concernsCase ?case }"
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
TOGETHER = "together"
# each part of the network that can be had alone, with the kinds of connections in it
PROJECTIONS: dict[str, tuple[str, ...]] = {
    "all": tuple(ENDS),
    "people-cases": tuple(kind for kind, ends in ENDS.items() if ends == (PERSON, CASE)),
    "body-flow": tuple(kind for kind, ends in ENDS.items() if ends == (BODY, BODY)),
    "co-participation": (TOGETHER,),
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
    TOGETHER: ("optræder sammen med", "appears together with"),
}
_LABELS = {
    PERSON: "SELECT ?thing ?label WHERE { ?thing a person:Person ; skos:prefLabel ?label }",
    CASE: "SELECT ?thing ?label WHERE { ?thing a sag:Case ; dct:title ?label }",
    BODY: "SELECT ?thing ?label WHERE { ?thing a sag:Body ; skos:prefLabel ?label }",
}
_HAD = """SELECT ?case ?body (MIN(?day) AS ?first) WHERE {
  ?item sag:concernsCase ?case ; sag:onAgendaOf ?meeting . ?meeting sag:heldBy ?body ; sag:meetingDate ?day }
GROUP BY ?case ?body"""
_ALSO_CALLED = "SELECT ?thing ?name WHERE { ?thing skos:altLabel|dct:alternative ?name }"
_REPLACED = "SELECT ?thing ?now WHERE { ?thing dct:isReplacedBy ?now }"
_JOINED = """SELECT ?link ?one ?other ?rule ?score ?reason WHERE {
  ?link sag:reviewStatus review:accepted ; sag:linkSource ?one ; sag:linkTarget ?other ; sag:linkRule ?rule ;
    nif:confidence ?score . OPTIONAL { ?link sag:reason ?reason } }"""
_INFERRED = """SELECT ?claim ?rule ?sure ?reason WHERE {
  ?claim sag:inferredBy ?rule ; nif:confidence ?sure .
  OPTIONAL { ?claim sag:reason ?reason FILTER(LANG(?reason) = "da") } }"""
_SCORED = """SELECT ?claim ?rule ?score WHERE {
  ?link sag:linkSource ?claim ; sag:linkRule ?rule ; nif:confidence ?score ; sag:reviewStatus review:accepted }"""


@dataclass(frozen=True, slots=True, order=True)
class Computed:
    """What a connection or a thing stands on beside words: a rule of ours, how sure it is, why, and its link if any."""

    rule: str
    score: float
    reasons: tuple[str, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """Words of a source that state a connection, where they stand, and the day of the meeting that they are about.

    `computed` is what had to be worked out beside the words: who a post alone stands for, which year is meant.
    """

    day: str
    source: str
    begin: int
    end: int
    quote: str
    rule: str = ""
    confidence: float = 1.0
    computed: tuple[Computed, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """A person, a case or a body in the network; `joined` are the links by which several keys are this one thing."""

    iri: str
    kind: str
    label: str
    joined: tuple[Computed, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Measure:
    """A thing with what was measured of it."""

    node: Node
    value: float


@dataclass(frozen=True, slots=True)
class Called:
    """What things are called beside their own key and label: other names, and keys that another holds for."""

    names: dict[str, tuple[str, ...]]
    replaced: dict[str, str]


def read_nodes(select: Select) -> dict[str, Node]:
    """Every person, case and body of the default graph, by address."""
    found: dict[str, Node] = {}
    joined = read_joined(select)
    for kind, query in _LABELS.items():
        rows = sorted((row["thing"]["value"], row["label"]["value"]) for row in select(_PREFIXES + query, {}))
        for iri, label in rows:
            found.setdefault(iri, Node(iri, kind, label, joined.get(iri, ())))
    return found


def read_called(select: Select) -> Called:
    """The other names of things, and the keys that were replaced."""
    names: dict[str, set[str]] = defaultdict(set)
    for row in select(_PREFIXES + _ALSO_CALLED, {}):
        names[row["thing"]["value"]].add(row["name"]["value"])
    replaced = {row["thing"]["value"]: row["now"]["value"] for row in select(_PREFIXES + _REPLACED, {})}
    return Called({iri: tuple(sorted(said)) for iri, said in names.items()}, replaced)


def read_joined(select: Select) -> dict[str, tuple[Computed, ...]]:
    """For each thing that several keys stand for the accepted links that make them one."""
    leaders = {row["thing"]["value"]: row["now"]["value"] for row in select(_PREFIXES + _REPLACED, {})}
    told: dict[tuple[str, str, str, float], set[str]] = defaultdict(set)
    for row in select(_PREFIXES + _JOINED, {}):
        one, other = (leaders.get(row[end]["value"], row[end]["value"]) for end in ("one", "other"))
        if one == other:
            key = one, row["link"]["value"], row["rule"]["value"], float(row["score"]["value"])
            told[key] |= {row["reason"]["value"]} if "reason" in row else set()
    found: dict[str, list[Computed]] = defaultdict(list)
    for (iri, link, rule, score), reasons in sorted(told.items()):
        found[iri].append(Computed(rule, score, tuple(sorted(reasons)), link))
    return {iri: tuple(links) for iri, links in found.items()}


def read_computed(select: Select) -> dict[str, tuple[Computed, ...]]:
    """For each claim of which something was inferred the rules that did, with reasons and scores."""
    scores = {
        (row["claim"]["value"], row["rule"]["value"]): float(row["score"]["value"])
        for row in select(_PREFIXES + _SCORED, {})
    }
    told: dict[tuple[str, str, float], set[str]] = defaultdict(set)
    for row in select(_PREFIXES + _INFERRED, {}):
        claim, rule = row["claim"]["value"], row["rule"]["value"]
        score = scores.get((claim, rule), float(row["sure"]["value"]))
        told[claim, rule, score] |= {row["reason"]["value"]} if "reason" in row else set()
    found: dict[str, list[Computed]] = defaultdict(list)
    for (claim, rule, score), reasons in sorted(told.items()):
        found[claim].append(Computed(rule, score, tuple(sorted(reasons))))
    return {claim: tuple(rules) for claim, rules in found.items()}


def read_had(select: Select) -> dict[tuple[str, str], str]:
    """The first day on which each body had each case on its agenda."""
    rows = select(_PREFIXES + _HAD, {})
    return {(row["case"]["value"], row["body"]["value"]): row["first"]["value"] for row in rows if "case" in row}


def sent_back_in_time(row: Mapping[str, Term], had: Mapping[tuple[str, str], str]) -> bool:
    """Whether a case is said to go to a body that had it before: a field names the stops behind it too."""
    ends = row["case"]["value"] if "case" in row else "", row["other"]["value"]
    return had.get(ends, "9999") < row["day"]["value"]


def read_edges(select: Select, kinds: Iterable[str] = tuple(_QUERIES)) -> list[Edge]:
    """The connections of the default graph of some kinds, in a steady order."""
    found: list[Edge] = []
    computed, had = read_computed(select), read_had(select)
    for kind in kinds:
        query = (
            f"{_PREFIXES}SELECT ?claim ?one ?other ?day ?quote ?begin ?end ?text ?rule ?sure ?case "
            f"WHERE {{ {_QUERIES[kind]} {_SPAN} }}"
        )
        said: dict[tuple[str, str], set[Sentence]] = defaultdict(set)
        for row in select(query, {}):
            if sent_back_in_time(row, had):
                continue
            said[row["one"]["value"], row["other"]["value"]].add(sentence(row, computed))
        found += [
            Edge(*ends, kind, tuple(sorted({one.day for one in its})), tuple(sorted(its)))
            for ends, its in sorted(said.items())
        ]
    return found


def sentence(row: Mapping[str, Term], computed: Mapping[str, tuple[Computed, ...]]) -> Sentence:
    """The sentence of one row."""
    return Sentence(
        row["day"]["value"],
        row["text"]["value"].removesuffix(".txt"),
        int(row["begin"]["value"]),
        int(row["end"]["value"]),
        row["quote"]["value"],
        row["rule"]["value"] if "rule" in row else "",
        float(row["sure"]["value"]) if "sure" in row else 1.0,
        computed.get(row["claim"]["value"], ()),
    )
