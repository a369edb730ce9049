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
_SPAN = """@claim@ ?claim sag:evidence ?span .
  ?span nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end ; nif:referenceContext ?text
  OPTIONAL { ?span sag:pageNumber ?page }"""
_HOW = """@claim@ ?claim nif:confidence ?confidence .
  OPTIONAL { ?claim sag:extractionMethod ?rule } OPTIONAL { ?claim sag:inferredBy ?inferredBy }
  OPTIONAL { ?claim sag:linkRule ?linkRule } OPTIONAL { ?claim sag:reason ?reason }"""
_LABEL = """{ @thing@ ?thing rdfs:label ?label } UNION { @thing@ ?thing skos:prefLabel ?label }
  UNION { @thing@ ?thing dct:title ?label }"""
_ALL = f"SELECT * WHERE {{ {_LABEL} UNION {{ {_SPAN} }} UNION {{ {_HOW} }} }}"
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
        return by_thing(wanted, name, self.found(query, name, wanted))

    def found(self, query: str, name: str, iris: list[str]) -> list[Row]:
        """The rows of a query for several things, so many at a time as an engine takes."""
        blocks = (values_block(name, iris[n : n + _AT_ONCE]) for n in range(0, len(iris), _AT_ONCE))
        return [row for block in blocks for row in self.select(PREFIXES + query.replace(f"@{name}@", block), {})]

    def learn(self, things: Iterable[str], claims: Iterable[str]) -> None:
        """Looks up the names of things and what stands behind claims: all at once, where they are not very many."""
        new, behind = (
            sorted({*things} - {*self.labels}),
            [iri for iri in dict.fromkeys(claims) if iri not in self.known],
        )
        if not (new and behind) or len(new) + len(behind) > _AT_ONCE:
            self.learn_labels(new)
            self.learn_claims(behind)
            return
        query = _ALL.replace("@thing@", values_block("thing", new)).replace("@claim@", values_block("claim", behind))
        rows = self.select(PREFIXES + query, {})
        self.keep_labels(new, [row for row in rows if "label" in row])
        spans, how = [row for row in rows if "quote" in row], [row for row in rows if "confidence" in row]
        self.keep_claims(behind, spans, how)

    def learn_labels(self, iris: Iterable[str]) -> None:
        """Looks up the names of things: in the language asked for, else in Danish, else in any, else the key."""
        new = sorted({*iris} - {*self.labels})
        self.keep_labels(new, self.found(f"SELECT ?thing ?label WHERE {{ {_LABEL} }}", "thing", new))

    def learn_claims(self, iris: Iterable[str]) -> None:
        """Looks up the spans of claims, and how each was read or linked."""
        new = [iri for iri in dict.fromkeys(iris) if iri not in self.known]
        spans, how = (self.found(f"SELECT * WHERE {{ {part} }}", "claim", new) for part in (_SPAN, _HOW))
        self.keep_claims(new, spans, how)

    def keep_labels(self, iris: Iterable[str], rows: list[Row]) -> None:
        """Keeps the names of things, from the rows of their labels."""
        of = by_thing(iris, "thing", sorted(rows, key=lambda row: row["label"]["value"]))
        for iri, told in of.items():
            found = {row["label"].get("xml:lang", ""): row["label"]["value"] for row in reversed(told)}
            key = iri.rpartition("/")[2]
            self.labels[iri] = found.get(self.language) or found.get("da") or next(iter(found.values()), key)

    def keep_claims(self, iris: list[str], spans: list[Row], how: list[Row]) -> None:
        """Keeps the spans of claims, by their places, and how each was read."""
        where = by_thing(iris, "claim", sorted(spans, key=place_of))
        read = by_thing(iris, "claim", sorted(how, key=lambda row: [worth(row, "rule"), worth(row, "reason")]))
        self.known |= {iri: (where[iri], read[iri]) for iri in iris}

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


def by_thing(iris: Iterable[str], name: str, rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Rows by the thing that each is about."""
    found: dict[str, list[Row]] = {iri: [] for iri in iris}
    for row in rows:
        found[row[name]["value"]].append(row)
    return found


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
