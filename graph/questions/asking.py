"""What answers are made of: labels, values, and the sentences and reasons behind a claim, over any engine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from graph.questions.question import Column, Question
from graph.questions.resolve import Row, Select

SAG = "https://w3id.org/sagsgraf/def#"
PREFIXES = f"""PREFIX sag: <{SAG}>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_SPANS = (
    PREFIXES
    + """SELECT ?claim ?quote ?begin ?end ?text WHERE {
  ?claim sag:evidence ?span .
  ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?text }
ORDER BY ?text ?begin ?end"""
)
_HOW = (
    PREFIXES
    + """SELECT ?claim ?rule ?confidence ?inferredBy ?linkRule ?reason WHERE {
  ?claim nif:confidence ?confidence .
  OPTIONAL { ?claim sag:extractionMethod ?rule } OPTIONAL { ?claim sag:inferredBy ?inferredBy }
  OPTIONAL { ?claim sag:linkRule ?linkRule } OPTIONAL { ?claim sag:reason ?reason } }
ORDER BY ?rule ?reason"""
)
_LABEL = (
    PREFIXES
    + """SELECT ?thing ?label WHERE {
  { ?thing rdfs:label ?label } UNION { ?thing skos:prefLabel ?label } UNION { ?thing dct:title ?label } }
ORDER BY ?label"""
)

JOINT = " ¶ "
Line = Callable[[str, int], int | None]
Value = str | int | float | dict[str, str] | list[dict[str, str]] | None


def no_line(text_hash: str, begin: int) -> int | None:
    """No line number, where the source's text is not at hand."""
    return None


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
