"""What answers are made of: labels, values, and the sentences and reasons behind a claim, over any engine.

All that an answer needs of one kind is looked up in one query, so that its cost is not that of its rows' round trips.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from graph.questions.placing import values_block
from graph.questions.question import Column, Question
from graph.questions.resolve import Row, Select

SAG = "https://w3id.org/sagsgraf/def#"
PREFIXES = f"""PREFIX sag: <{SAG}>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
_SPANS = """SELECT ?claim ?quote ?begin ?end ?text ?page WHERE {
  @claim@ ?claim sag:evidence ?span .
  ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?text
  OPTIONAL { ?span sag:pageNumber ?page } }
ORDER BY ?text ?begin ?end"""
_HOW = """SELECT ?claim ?rule ?confidence ?inferredBy ?linkRule ?reason WHERE {
  @claim@ ?claim nif:confidence ?confidence .
  OPTIONAL { ?claim sag:extractionMethod ?rule } OPTIONAL { ?claim sag:inferredBy ?inferredBy }
  OPTIONAL { ?claim sag:linkRule ?linkRule } OPTIONAL { ?claim sag:reason ?reason } }
ORDER BY ?rule ?reason"""
_LABEL = """SELECT ?thing ?label WHERE {
  { @thing@ ?thing rdfs:label ?label } UNION { @thing@ ?thing skos:prefLabel ?label }
  UNION { @thing@ ?thing dct:title ?label } }
ORDER BY ?label"""
_AT_ONCE = 500  # things in one query; more make texts that other engines do not take

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

    def about(self, query: str, name: str, iris: Iterable[str]) -> dict[str, list[Row]]:
        """The rows of a query by the thing they are about, for several things at once.

        The query has `@name@` where the things are put, as the values of ?name.
        """
        wanted = list(dict.fromkeys(iris))
        found: dict[str, list[Row]] = {iri: [] for iri in wanted}
        for begin in range(0, len(wanted), _AT_ONCE):
            block = values_block(name, wanted[begin : begin + _AT_ONCE])
            for row in self.select(PREFIXES + query.replace(f"@{name}@", block), {}):
                found[row[name]["value"]].append(row)
        return found

    def learn_labels(self, iris: Iterable[str]) -> None:
        """Looks up the names of things: in the language asked for, else in Danish, else in any, else the key."""
        new = {iri for iri in iris if iri not in self.labels}
        for iri, rows in self.about(_LABEL, "thing", sorted(new)).items():
            found = {row["label"].get("xml:lang", ""): row["label"]["value"] for row in reversed(rows)}
            key = iri.rpartition("/")[2]
            self.labels[iri] = found.get(self.language) or found.get("da") or next(iter(found.values()), key)

    def learn_claims(self, iris: Iterable[str]) -> None:
        """Looks up the spans of claims, and how each was read or linked."""
        new = [iri for iri in iris if iri not in self.known]
        spans, how = self.about(_SPANS, "claim", new), self.about(_HOW, "claim", new)
        self.known |= {iri: (spans[iri], how[iri]) for iri in spans}

    def label(self, iri: str) -> str:
        """The name of a thing."""
        if iri not in self.labels:
            self.learn_labels([iri])
        return self.labels[iri]

    def thing(self, iri: str) -> dict[str, str]:
        """A thing as {id, label}."""
        return {"id": iri, "label": self.label(iri)}

    def claim(self, iri: str) -> tuple[list[Row], list[Row]]:
        """The spans of a claim, and how it was read or linked."""
        if iri not in self.known:
            self.learn_claims([iri])
        return self.known[iri]


def things_named(question: Question, rows: Iterable[Row]) -> set[str]:
    """The things that the rows of a question's query name in its columns."""
    one = [column.name for column in question.columns if column.kind == "thing"]
    several = [column.name for column in question.columns if column.kind == "things"]
    found: set[str] = set()
    for row in rows:
        found.update(row[name]["value"] for name in one if name in row)
        found.update(iri for name in several if name in row for iri in row[name]["value"].split())
    return found - {""}


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
                    **({"page": int(span["page"]["value"])} if "page" in span else {}),
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
