"""What answers are made of: labels, values, and the sentences and reasons behind a claim, over any engine.

All that an answer needs of one kind is looked up in one query, so that its cost is not that of its rows' round trips.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from graph.questions.kept import Behind, nothing_behind
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
_SPAN = """@claim@ ?claim sag:evidence ?span .
  ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?text
  OPTIONAL { ?span sag:pageNumber ?page }"""
_HOW = """@claim@ ?claim nif:confidence ?confidence .
  OPTIONAL { ?claim sag:extractionMethod ?rule } OPTIONAL { ?claim sag:inferredBy ?inferredBy }
  OPTIONAL { ?claim sag:linkRule ?linkRule } OPTIONAL { ?claim sag:reason ?reason }"""
_LABEL = """{ @thing@ ?thing rdfs:label ?label } UNION { @thing@ ?thing skos:prefLabel ?label }
  UNION { @thing@ ?thing dct:title ?label }"""
_ALL = f"SELECT * WHERE {{ {_LABEL} UNION {{ {_SPAN} }} UNION {{ {_HOW} }} }}"
_MISSING = """SELECT ?claim ?property ?reason ?text ?begin ?meeting WHERE {
  @claim@ ?claim sag:missing ?gap . ?gap sag:missingProperty ?property ; sag:absenceReason ?reason .
  ?claim sag:evidence ?span . ?span nif:referenceContext ?text ; nif:beginIndex ?begin .
  OPTIONAL { ?claim sag:statedIn ?item . ?item sag:onAgendaOf ?stated }
  OPTIONAL { ?bearer sag:hasAttachment ?claim ; sag:onAgendaOf ?attached }
  BIND(COALESCE(?stated, ?attached) AS ?meeting) }
ORDER BY ?property ?text ?begin"""
_PLACE = """SELECT ?claim ?text ?begin ?meeting WHERE {
  @claim@ ?claim sag:evidence ?span . ?span nif:referenceContext ?text ; nif:beginIndex ?begin
  OPTIONAL { ?claim sag:statedIn ?item . ?item sag:onAgendaOf ?meeting } }
ORDER BY ?text ?begin"""
# what is looked up of a thing or a claim → the variable where several are put, and the query
PARTS = {
    "label": ("thing", f"SELECT ?thing ?label WHERE {{ {_LABEL} }}"),
    "span": ("claim", f"SELECT * WHERE {{ {_SPAN} }}"),
    "how": ("claim", f"SELECT * WHERE {{ {_HOW} }}"),
    "missing": ("claim", _MISSING),
    "place": ("claim", _PLACE),
}
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
    behind: Behind = nothing_behind
    told: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    known: dict[str, tuple[list[Row], list[Row]]] = field(default_factory=dict)

    def rows(self, part: str, iris: Iterable[str]) -> dict[str, list[Row]]:
        """The rows of one of PARTS by the thing they are about: as they are kept, else as the engine tells them."""
        wanted = list(dict.fromkeys(iris))
        name, query = PARTS[part]
        new = self.lacking(part, wanted)
        self.keep(part, new, self.found(query, name, new))
        return {iri: self.told[iri][part] for iri in wanted}

    def lacking(self, part: str, iris: Iterable[str]) -> list[str]:
        """The things of which a part is not known yet, once what is kept of them is."""
        wanted = list(dict.fromkeys(iris))
        self.recall(wanted)
        return [iri for iri in wanted if part not in self.told[iri]]

    def recall(self, iris: Iterable[str]) -> None:
        """Looks up what is kept of things and claims."""
        new = [iri for iri in iris if iri not in self.told]
        kept = self.behind(new) if new else {}
        self.told |= {iri: dict(kept.get(iri, {})) for iri in new}

    def keep(self, part: str, iris: Iterable[str], rows: Iterable[Row]) -> None:
        """Keeps the rows of a part of some things."""
        for iri in iris:
            self.told[iri][part] = []
        for row in rows:
            self.told[row[PARTS[part][0]]["value"]][part].append(row)

    def found(self, query: str, name: str, iris: list[str]) -> list[Row]:
        """The rows of a query for several things, so many at a time as an engine takes."""
        blocks = (values_block(name, iris[n : n + _AT_ONCE]) for n in range(0, len(iris), _AT_ONCE))
        return [row for block in blocks for row in self.select(PREFIXES + query.replace(f"@{name}@", block), {})]

    def learn(self, things: Iterable[str], claims: Iterable[str]) -> None:
        """Looks up the names of things and what stands behind claims: all at once, where they are not very many."""
        things, claims = sorted({*things}), list(dict.fromkeys(claims))
        self.recall([*things, *claims])
        new, behind = self.lacking("label", things), self.lacking("span", claims)
        if new and behind and len(new) + len(behind) <= _AT_ONCE:
            query = _ALL.replace("@thing@", values_block("thing", new))
            rows = self.select(PREFIXES + query.replace("@claim@", values_block("claim", behind)), {})
            self.keep("label", new, (row for row in rows if "label" in row))
            self.keep("span", behind, (row for row in rows if "quote" in row))
            self.keep("how", behind, (row for row in rows if "confidence" in row))
        self.learn_labels(things)
        self.learn_claims(claims)

    def learn_labels(self, iris: Iterable[str]) -> None:
        """Looks up the names of things: in the language asked for, else in Danish, else in any, else the key."""
        for iri, rows in self.rows("label", sorted({*iris} - {*self.labels})).items():
            told = sorted(rows, key=lambda row: row["label"]["value"], reverse=True)
            found = {row["label"].get("xml:lang", ""): row["label"]["value"] for row in told}
            key = iri.rpartition("/")[2]
            self.labels[iri] = found.get(self.language) or found.get("da") or next(iter(found.values()), key)

    def learn_claims(self, iris: Iterable[str]) -> None:
        """Looks up the spans of claims, by their places, and how each was read or linked."""
        new = [iri for iri in dict.fromkeys(iris) if iri not in self.known]
        spans, how = self.rows("span", new), self.rows("how", new)
        for iri in new:
            read = sorted(how[iri], key=lambda row: [worth(row, "rule"), worth(row, "reason")])
            self.known[iri] = sorted(spans[iri], key=place_of), read

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


def place_of(span: Row) -> tuple[str, int, int]:
    """Where a span stands."""
    return span["text"]["value"], int(span["begin"]["value"]), int(span["end"]["value"])


def worth(row: Row, name: str) -> str:
    """A value of a row; empty where it has none."""
    return row[name]["value"] if name in row else ""


def things_named(question: Question, rows: Iterable[Row]) -> set[str]:
    """The things that the rows of a question's query name in its columns."""
    one = [column.name for column in question.columns if column.kind == "thing"]
    several = [column.name for column in question.columns if column.kind == "things"]
    found: set[str] = set()
    for row in rows:
        found.update(row[name]["value"] for name in one if name in row)
        found.update(iri for name in several if name in row for iri in row[name]["value"].split())
    return found - {""}


def claims_of(raw: Row) -> list[str]:
    """The claims that a row rests on."""
    return raw["claims"]["value"].split() if "claims" in raw else []


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
