"""A question's answer: its rows with the sentences they rest on, and what is missing.

Over any engine: `select` takes a query and bindings and gives rows of SPARQL-JSON terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from graph.questions.question import Column, Question
from graph.questions.resolve import Row, Select, bindings

_SAG = "https://w3id.org/sagsgraf/def#"
_PREFIXES = f"""PREFIX sag: <{_SAG}>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_SPANS = (
    _PREFIXES
    + """SELECT ?claim ?quote ?begin ?end ?text WHERE {
  ?claim sag:evidence ?span .
  ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?text }
ORDER BY ?text ?begin ?end"""
)
_HOW = (
    _PREFIXES
    + """SELECT ?claim ?rule ?confidence ?inferredBy ?linkRule ?reason WHERE {
  ?claim nif:confidence ?confidence .
  OPTIONAL { ?claim sag:extractionMethod ?rule } OPTIONAL { ?claim sag:inferredBy ?inferredBy }
  OPTIONAL { ?claim sag:linkRule ?linkRule } OPTIONAL { ?claim sag:reason ?reason } }
ORDER BY ?rule ?reason"""
)
_LABEL = (
    _PREFIXES
    + """SELECT ?thing ?label WHERE {
  { ?thing rdfs:label ?label } UNION { ?thing skos:prefLabel ?label } UNION { ?thing dct:title ?label } }"""
)
_MISSING = (
    _PREFIXES
    + """SELECT ?claim ?property ?reason ?text ?begin ?meeting WHERE {
  ?claim sag:missing ?gap . ?gap sag:missingProperty ?property ; sag:absenceReason ?reason .
  ?claim sag:evidence ?span . ?span nif:referenceContext ?text ; nif:beginIndex ?begin .
  OPTIONAL { ?claim (sag:statedIn|^sag:hasAttachment)/sag:onAgendaOf ?meeting } }
ORDER BY ?property ?text ?begin"""
)

JOINT = " ¶ "
Line = Callable[[str, int], int | None]
Value = str | int | float | dict[str, str] | list[dict[str, str]] | None


def no_line(text_hash: str, begin: int) -> int | None:
    """No line number, where the source's text is not at hand."""
    return None


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's answer; a row holds the columns' values, `evidence` and, where computed, `inferred`."""

    question: Question
    parameters: Mapping[str, str]
    as_of: date
    store_version: int | None
    rows: tuple[dict[str, object], ...]
    gaps: tuple[dict[str, object], ...]

    def as_json(self) -> dict[str, object]:
        """The object that `ask` prints and the address serves."""
        return {
            "question": self.question.id,
            "parameters": dict(self.parameters),
            "asOf": self.as_of.isoformat(),
            "storeVersion": self.store_version,
            "rows": list(self.rows),
            "gaps": list(self.gaps),
        }


@dataclass(slots=True)
class Asking:
    """One asking: the engine, the language, and what has been looked up on the way."""

    select: Select
    language: str
    line: Line
    labels: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[list[Row], list[Row]]] = field(default_factory=dict)

    def label(self, iri: str) -> str:
        """The name of a thing in the language asked for, else in Danish, else its key."""
        if iri not in self.labels:
            rows = self.select(_LABEL, {"thing": {"type": "uri", "value": iri}})
            found = {row["label"].get("xml:lang", ""): row["label"]["value"] for row in reversed(rows)}
            key = iri.rpartition("/")[2]
            self.labels[iri] = found.get(self.language) or found.get("da") or next(iter(found.values()), key)
        return self.labels[iri]

    def thing(self, iri: str) -> dict[str, str]:
        """A thing as {id, label}."""
        return {"id": iri, "label": self.label(iri)}

    def claim(self, iri: str) -> tuple[list[Row], list[Row]]:
        """The spans of a claim, and how it was read or linked."""
        if iri not in self.known:
            bound = {"claim": {"type": "uri", "value": iri}}
            self.known[iri] = self.select(_SPANS, bound), self.select(_HOW, bound)
        return self.known[iri]


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the engine, the day and the language, the version that answers, and how a line number is told."""

    select: Select
    today: date
    language: str = "da"
    version: int | None = None
    line: Line = no_line


def answer(question: Question, values: Mapping[str, str], asker: Asker) -> Answer:
    """The answer to a question with these parameter values; raises QuestionError where a value means nothing."""
    bound, as_of = bindings(question, values, asker.select, today=asker.today)
    asking = Asking(asker.select, asker.language, asker.line)
    rows: list[dict[str, object]] = []
    gaps: list[dict[str, object]] = []
    for raw in asker.select(question.query, bound):
        claims = raw["claims"]["value"].split() if "claims" in raw else []
        row = {**read_row(question, raw, asking), "evidence": evidence_of(claims, asking)}
        inferred = inferred_of(claims, asking)
        rows.append({**row, "inferred": inferred} if inferred else row)
        gaps += gaps_of(question, row, claims, asking=asking)
    return Answer(question, values, as_of, asker.version, tuple(rows), tuple(gaps))


def read_row(question: Question, raw: Row, asking: Asking) -> dict[str, object]:
    """The values of one row by column."""
    return {column.name: read_value(column, raw, asking) for column in question.columns}


def read_value(column: Column, raw: Row, asking: Asking) -> Value:
    """One value: a thing as {id, label}, several as a list of them, a number, a text; None where there is none."""
    written = raw[column.name]["value"] if column.name in raw else ""
    if not written:
        return [] if column.kind == "things" else None
    if column.kind == "thing":
        return asking.thing(written)
    if column.kind == "things":
        return [asking.thing(iri) for iri in sorted(written.split())]
    if column.kind == "number":
        return int(written)
    return JOINT.join(part for part in written.split(JOINT) if part) or None


def evidence_of(claims: list[str], asking: Asking) -> list[dict[str, object]]:
    """The sentences that the claims of a row rest on, each once, in the order of the sources' texts."""
    found: dict[tuple[str, int, int], dict[str, object]] = {}
    for iri in claims:
        spans, how = asking.claim(iri)
        rule = (how[0].get("rule") or how[0].get("linkRule") or {}).get("value") if how else None
        for span in spans:
            begin, end = int(span["begin"]["value"]), int(span["end"]["value"])
            source = span["text"]["value"].removesuffix(".txt")
            found.setdefault(
                (source, begin, end),
                {
                    "quote": span["quote"]["value"],
                    "source": source,
                    "begin": begin,
                    "end": end,
                    "rule": rule,
                    "confidence": float(how[0]["confidence"]["value"]) if how else None,
                },
            )
    return [found[key] for key in sorted(found)]


def inferred_of(claims: list[str], asking: Asking) -> dict[str, object] | None:
    """Rule, score and reasons where a row rests on something computed or linked; the least certain one speaks."""
    found: list[tuple[float, str, list[str]]] = []
    for iri in claims:
        how = [row for row in asking.claim(iri)[1] if "inferredBy" in row or "linkRule" in row]
        if how:
            rule = (how[0].get("inferredBy") or how[0]["linkRule"])["value"]
            reasons = [row["reason"]["value"] for row in how if spoken(row, how, asking.language)]
            found.append((float(how[0]["confidence"]["value"]), rule, list(dict.fromkeys(reasons))))
    if not found:
        return None
    score, rule, reasons = min(found)
    return {"rule": rule, "score": score, "reasons": reasons}


def spoken(row: Row, how: list[Row], language: str) -> bool:
    """Whether a row's reason is to be shown: in the language asked for, or in Danish where there is none."""
    spoken_in = {r["reason"].get("xml:lang") for r in how if "reason" in r}
    return "reason" in row and row["reason"].get("xml:lang") == (language if language in spoken_in else "da")


def gaps_of(
    question: Question, row: Mapping[str, object], claims: list[str], *, asking: Asking
) -> list[dict[str, object]]:
    """What a row lacks of what its question needs, each with meeting, source, line and reason."""
    lacking = [column for column in question.columns if column.missing and not row[column.name]]
    found = (missing_value(column, row, claims, asking=asking) for column in lacking)
    return [gap for gap in found if gap]


def missing_value(
    column: Column, row: Mapping[str, object], claims: list[str], *, asking: Asking
) -> dict[str, object] | None:
    """One gap: missing from a source that should state it, or not yet known, because no minutes in the graph tell."""
    told = [gap for iri in claims for gap in asking.select(_MISSING, {"claim": {"type": "uri", "value": iri}})]
    wanted = _SAG + (column.missing or "").partition(":")[2]
    for gap in told:
        if gap["property"]["value"] == wanted:
            source, begin = gap["text"]["value"].removesuffix(".txt"), int(gap["begin"]["value"])
            return {
                "missing": column.label(asking.language),
                "meeting": asking.label(gap["meeting"]["value"]) if "meeting" in gap else None,
                "source": source,
                "line": asking.line(source.rpartition("/")[2], begin),
                "reason": asking.label(gap["reason"]["value"]),
            }
    state = row.get("state")
    if not isinstance(state, dict) or state["id"].rpartition("/")[2] not in column.unknown_in:
        return None
    return {
        "missing": column.label(asking.language),
        "meeting": meeting_meant(row),
        "source": None,
        "line": None,
        "reason": asking.label("https://w3id.org/sagsgraf/concept/absence-reason/not-yet-known"),
    }


def meeting_meant(row: Mapping[str, object]) -> str | None:
    """The meeting that a row looks forward to: its body and its date."""
    body, on = row.get("to") or row.get("body"), row.get("plannedDate") or row.get("date")
    return f"{body['label']}, {on or '?'}" if isinstance(body, dict) else None
