"""Why a question cannot be answered in full: told by the facts that it needs and by what the graph lacks of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.questions.asking import SAG, Asking
from graph.questions.placing import Term, placed
from graph.questions.question import Column, Need, Question
from graph.questions.resolve import Row

Gap = dict[str, object]

NOT_YET = "not-yet-known"
_NAMED = ("meeting", "reason")
_REASONS = "https://w3id.org/sagsgraf/concept/absence-reason/"
LACKING = ("missing", "place")  # what is looked up of the claims behind a row that lacks a value


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


def gaps_of(question: Question, rows: Iterable[tuple[Gap, list[str]]], asking: Asking) -> list[Gap]:
    """What rows lack of what their question needs, each with meeting, source, line and reason.

    A row comes with the claims it rests on.
    """
    wanted = [column for column in question.columns if column.missing]
    lacking = [(column, row, claims) for row, claims in rows for column in wanted if not row[column.name]]
    told = asking.rows("missing", (iri for _, _, claims in lacking for iri in claims))
    places = asking.rows("place", told) if any(column.absent for column, _, _ in lacking) else {}
    found = [*told.values(), *places.values()]
    asking.learn_labels(row[name]["value"] for rows in found for row in rows for name in _NAMED if name in row)
    gaps = (
        missing_value(column, row, [gap for iri in claims for gap in told[iri]], asking=asking)
        or absent_value(column, row, [place for iri in claims for place in places.get(iri, ())], asking=asking)
        for column, row, claims in lacking
    )
    return [gap for gap in gaps if gap]


def lacks(question: Question, raw: Row) -> bool:
    """Whether a row of a question's query lacks a value that its question needs."""
    return any(column.missing and not raw.get(column.name, {}).get("value") for column in question.columns)


def reasons_named(question: Question, rows: Iterable[Row]) -> set[str]:
    """The reasons that the gaps of rows may name beside those that the graph tells of a claim."""
    absent = {column.absent for column in question.columns if column.absent}
    return {_REASONS + reason for reason in (NOT_YET, *absent)} if any(lacks(question, row) for row in rows) else set()


def missing_value(column: Column, row: Gap, told: Iterable[Row], *, asking: Asking) -> Gap | None:
    """One gap: missing from a source that should state it, or not yet known, because no minutes in the graph tell."""
    wanted = SAG + (column.missing or "").partition(":")[2]
    for gap in told:
        if gap["property"]["value"] == wanted:
            meeting = asking.label(gap["meeting"]["value"]) if "meeting" in gap else None
            reason = asking.label(gap["reason"]["value"])
            return made(column.label(asking.language), meeting, gap, reason=reason, asking=asking)
    if unknown_yet(column, row):
        reason = asking.label(_REASONS + NOT_YET)
        return made(column.label(asking.language), meeting_meant(row), {}, reason=reason, asking=asking)
    return None


def absent_value(column: Column, row: Gap, places: list[Row], *, asking: Asking) -> Gap | None:
    """The gap of a column that has a reason where the graph tells none, at the first place behind the row."""
    if column.absent is None:
        return None
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
        rows = asking.select(placed(lacking_query(question, need), bound), {})
        once = {row["thing"]["value"]: row for row in reversed(rows)}
        asking.learn_labels(row["meeting"]["value"] for row in once.values() if "meeting" in row)
        reason = asking.label(_REASONS + need.reason)
        for row in reversed(once.values()):
            meeting = asking.label(row["meeting"]["value"]) if "meeting" in row else None
            found.append(made(need.label(asking.language), meeting, row, reason=reason, asking=asking))
    return found


def lacking_query(question: Question, need: Need) -> str:
    """The query for the things that lack a fact."""
    return (
        question.prefixes
        + f"""SELECT DISTINCT ?thing ?meeting ?text ?begin WHERE {{
  {need.things}
  OPTIONAL {{ {need.has} BIND(true AS ?had) }} FILTER(!BOUND(?had))
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
