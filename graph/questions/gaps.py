"""Why a question cannot be answered in full: told by the facts that it needs and by what the graph lacks of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.questions.asking import PREFIXES, SAG, Asking
from graph.questions.placing import placed
from graph.questions.question import Column, Need, Question
from graph.questions.resolve import Row, Term

Gap = dict[str, object]

NOT_YET = "not-yet-known"
_REASONS = "https://w3id.org/sagsgraf/concept/absence-reason/"
_MISSING = (
    PREFIXES
    + """SELECT ?claim ?property ?reason ?text ?begin ?meeting WHERE {
  ?claim sag:missing ?gap . ?gap sag:missingProperty ?property ; sag:absenceReason ?reason .
  ?claim sag:evidence ?span . ?span nif:referenceContext ?text ; nif:beginIndex ?begin .
  OPTIONAL { ?claim (sag:statedIn|^sag:hasAttachment)/sag:onAgendaOf ?meeting } }
ORDER BY ?property ?text ?begin"""
)
_PLACE = (
    PREFIXES
    + """SELECT ?claim ?text ?begin ?meeting WHERE {
  ?claim sag:evidence ?span . ?span nif:referenceContext ?text ; nif:beginIndex ?begin
  OPTIONAL { ?claim sag:statedIn/sag:onAgendaOf ?meeting } }
ORDER BY ?text ?begin LIMIT 1"""
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that a question needs: of how many things, how many lack it, and whether that blocks the answer."""

    name: str
    lacking: int
    total: int
    blocked: bool

    def as_json(self) -> dict[str, object]:
        """The fact as a table."""
        return {"fact": self.name, "lacking": self.lacking, "of": self.total, "blocked": self.blocked}


def gaps_of(question: Question, row: Mapping[str, object], claims: list[str], *, asking: Asking) -> list[Gap]:
    """What a row lacks of what its question needs, each with meeting, source, line and reason."""
    lacking = [column for column in question.columns if column.missing and not row[column.name]]
    found = (missing_value(column, row, claims, asking=asking) for column in lacking)
    return [gap for gap in found if gap]


def missing_value(column: Column, row: Mapping[str, object], claims: list[str], *, asking: Asking) -> Gap | None:
    """One gap: missing from a source that should state it, or not yet known, because no minutes in the graph tell."""
    told = [gap for iri in claims for gap in asking.select(_MISSING, {"claim": {"type": "uri", "value": iri}})]
    wanted = SAG + (column.missing or "").partition(":")[2]
    for gap in told:
        if gap["property"]["value"] == wanted:
            meeting = asking.label(gap["meeting"]["value"]) if "meeting" in gap else None
            reason = asking.label(gap["reason"]["value"])
            return made(column.label(asking.language), meeting, gap, reason=reason, asking=asking)
    if unknown_yet(column, row):
        reason = asking.label(_REASONS + NOT_YET)
        return made(column.label(asking.language), meeting_meant(row), {}, reason=reason, asking=asking)
    if column.absent is None:
        return None
    places = [place for iri in claims for place in asking.select(_PLACE, {"claim": {"type": "uri", "value": iri}})]
    reason = asking.label(_REASONS + column.absent)
    first = places[0] if places else {}
    meeting = asking.label(first["meeting"]["value"]) if "meeting" in first else meeting_meant(row)
    return made(column.label(asking.language), meeting, first, reason=reason, asking=asking)


def unknown_yet(column: Column, row: Mapping[str, object]) -> bool:
    """Whether nobody can know an empty value yet, because the stop it belongs to is still to come or unrecorded."""
    state = row.get("state")
    return isinstance(state, dict) and state["id"].rpartition("/")[2] in column.unknown_in


def made(missing: str, meeting: str | None, place: Row, *, reason: str, asking: Asking) -> Gap:
    """A gap with the line of its place, where it has one."""
    source = place["text"]["value"].removesuffix(".txt") if "text" in place else None
    line = asking.line(source.rpartition("/")[2], int(place["begin"]["value"])) if source else None
    return {"missing": missing, "meeting": meeting, "source": source, "line": line, "reason": reason}


def meeting_meant(row: Mapping[str, object]) -> str | None:
    """The meeting that a row looks forward to, or stands in: its body and its date."""
    body, on = row.get("to") or row.get("body"), row.get("plannedDate") or row.get("date")
    return f"{body['label']}, {on or '?'}" if isinstance(body, dict) else None


def needed_gaps(question: Question, bound: Mapping[str, Term], asking: Asking) -> list[Gap]:
    """The things that lack a fact which the question needs, each once, with the place where they are read."""
    found: list[Gap] = []
    for need in question.needs:
        seen: set[str] = set()
        for row in asking.select(placed(lacking_query(question, need), bound), {}):
            if row["thing"]["value"] in seen:
                continue
            seen.add(row["thing"]["value"])
            meeting = asking.label(row["meeting"]["value"]) if "meeting" in row else None
            reason = asking.label(_REASONS + need.reason)
            found.append(made(need.label(asking.language), meeting, row, reason=reason, asking=asking))
    return found


def lacking_query(question: Question, need: Need) -> str:
    """The query for the things that lack a fact."""
    return (
        question.prefixes
        + f"""SELECT DISTINCT ?thing ?meeting ?text ?begin WHERE {{
  {need.things}
  FILTER NOT EXISTS {{ {need.has} }}
  OPTIONAL {{ ?claim sag:evidence ?span .
    ?span <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext> ?text ;
      <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex> ?begin }}
}}
ORDER BY ?thing ?text ?begin"""
    )


def needed_facts(question: Question, rows: list[Mapping[str, object]], asking: Asking) -> list[Fact]:
    """How much of what a question needs the graph has, by the columns of its rows and by its needs."""
    found = [column_fact(column, rows, asking) for column in question.columns if column.missing]
    return [*found, *(need_fact(question, need, asking) for need in question.needs)]


def column_fact(column: Column, rows: list[Mapping[str, object]], asking: Asking) -> Fact:
    """A column's fact; it is blocked where every row lacks it and no minutes in the graph could tell it."""
    lacking = [row for row in rows if not row[column.name]]
    blocked = bool(lacking) and len(lacking) == len(rows) and all(unknown_yet(column, row) for row in lacking)
    return Fact(column.label(asking.language), len(lacking), len(rows), blocked)


def need_fact(question: Question, need: Need, asking: Asking) -> Fact:
    """A needed fact; it is blocked where every thing lacks it and it is not yet known."""
    counting = f"{question.prefixes}SELECT DISTINCT ?thing WHERE {{ {need.things} }}"
    total = len(asking.select(counting, {}))
    lacking = len({row["thing"]["value"] for row in asking.select(lacking_query(question, need), {})})
    blocked = 0 < total == lacking and need.reason == NOT_YET
    return Fact(need.label(asking.language), lacking, total, blocked)
