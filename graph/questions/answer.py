"""A question's answer: its rows with the sentences they rest on, and what is missing.

Over any engine: `select` takes a query and bindings and gives rows of SPARQL-JSON terms.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from graph.questions.asking import (
    JOINT,
    Asking,
    Line,
    claims_of,
    evidence_of,
    inferred_of,
    no_line,
    read_row,
    things_named,
)
from graph.questions.changes import WORDS, Change, sentence
from graph.questions.gaps import Fact, Gap, gaps_of, needed_facts, needed_gaps, reasons_named
from graph.questions.kept import (
    EVERY_DAY,
    Behind,
    Rows,
    Table,
    Tables,
    answered_by_table,
    as_on,
    asked_about,
    no_rows,
    no_table,
    nothing_behind,
    told_on,
)
from graph.questions.placing import Term, placed
from graph.questions.question import Question, question, questions
from graph.questions.resolve import Names, Select, bindings
from graph.questions.resolve import Row as RawRow

__all__ = ["JOINT", "Answer", "Asker", "Asking", "answer", "asked_facts", "made_table", "no_line", "summary"]

Changes = Callable[[], list[Change]]
Row = dict[str, object]


def no_changes() -> list[Change]:
    """No changes, where no earlier version is at hand."""
    return []


@dataclass(frozen=True, slots=True)
class Answer:
    """A question's answer; a row holds the columns' values, `evidence` and, where computed, `inferred`.

    `claims` holds for each row the claims it rests on.
    """

    question: Question
    parameters: Mapping[str, str]
    as_of: date
    store_version: int | None
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]
    claims: tuple[tuple[str, ...], ...] = ()

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


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks: the engine, the day and language, the version that answers, its lines and what changed in it.

    `known` are the questions there are: ours, unless a municipality has its own beside them. `names` finds things by
    words, where there is an index of them; `tables` are the whole answers that the version keeps, `rows` those about
    one thing, and `behind` what stands behind them.
    """

    select: Select
    today: date
    language: str = "da"
    version: int | None = None
    line: Line = no_line
    changes: Changes = no_changes
    known: Mapping[str, Question] = field(default_factory=questions)
    names: Names | None = None
    tables: Tables = no_table
    rows: Rows = no_rows
    behind: Behind = nothing_behind

    def asking(self) -> Asking:
        """A fresh asking."""
        return Asking(self.select, self.language, self.line, self.behind)


def answer(question: Question, values: Mapping[str, str], asker: Asker) -> Answer:
    """The answer to a question with these parameter values; raises QuestionError where a value means nothing."""
    bound, as_of = bindings(question, values, asker.select, today=asker.today, names=asker.names)
    table = asker.tables(question.id, asker.language) if answered_by_table(question, values) else None
    if table is not None:
        return from_table(question, values, asker, as_of=as_of, table=table)
    asking = asker.asking()
    if question.rows == "changes":
        found = changed_rows(values, asker, asking)
    elif all(name in values for name in question.required):
        raw = kept_rows(question, bound, asker, as_of=as_of)
        if raw is None:
            raw = asking.select(placed(question.query, bound), {})
        named = things_named(question, raw) | reasons_named(question, raw)
        asking.learn(named, (iri for row in raw for iri in claims_of(row)))
        found = read_rows(question, raw, asking)
    else:
        found = []
    asking.learn_claims(iri for _, claims in found for iri in claims)
    rows = tuple(finished(row, claims, asking) for row, claims in found)
    gaps = gaps_of(question, found, asking)
    gaps += needed_gaps(question, bound, asking)
    if question.summary and not all(name in values for name in question.required):
        gaps += blocked_gaps(asker, as_of)
    claims_behind = tuple(tuple(claims) for _, claims in found)
    return Answer(question, values, as_of, asker.version, rows, tuple(gaps), claims_behind)


def from_table(question: Question, values: Mapping[str, str], asker: Asker, *, as_of: date, table: Table) -> Answer:
    """The answer that a version keeps, as it is on a day."""
    found = told_on(question, table, as_of)
    rows, claims = tuple(row for row, _ in found), tuple(tuple(behind) for _, behind in found)
    return Answer(question, values, as_of, asker.version, rows, tuple(table["gaps"]), claims)


def made_table(question: Question, asker: Asker) -> Table:
    """A question's whole answer as it is kept."""
    found = answer(question, {}, replace(asker, today=EVERY_DAY))
    return {"rows": found.rows, "claims": found.claims, "gaps": found.gaps}


def graph_rows(question: Question, bound: Mapping[str, Term], asking: Asking) -> list[tuple[Row, list[str]]]:
    """The rows of a question's query, each with its claims."""
    return read_rows(question, asking.select(placed(question.query, bound), {}), asking)


def kept_rows(question: Question, bound: Mapping[str, Term], asker: Asker, *, as_of: date) -> list[RawRow] | None:
    """The rows about the one thing asked about as the version keeps them; None where the graph has to be asked."""
    about = asked_about(question, bound)
    kept = asker.rows(question.id, about) if about else None
    return None if kept is None else [as_on(question, row, as_of) for row in kept]


def read_rows(question: Question, found: list[RawRow], asking: Asking) -> list[tuple[Row, list[str]]]:
    """The rows that an engine gave, read by column, each with its claims."""
    asking.learn_labels(things_named(question, found))
    return [(read_row(question, raw, asking), claims_of(raw)) for raw in found]


def changed_rows(values: Mapping[str, str], asker: Asker, asking: Asking) -> list[tuple[Row, list[str]]]:
    """What changed: since a day, or since the version before, in one question or in all."""
    since = date.fromisoformat(values["since"]).isoformat() if "since" in values else None
    if "question" in values:
        question(values["question"], asker.known)
    wanted = [
        change
        for change in asker.changes()
        if (change.on[:10] >= since if since else change.version == asker.version)
        and values.get("question", change.question) == change.question
        and change.question in asker.known
    ]
    return [(change_row(change, asker), list(change.claims)) for change in wanted]


def change_row(change: Change, asker: Asker) -> Row:
    """One change as a row."""
    about, language = asker.known[change.question], asker.language
    return {
        "question": change.question,
        "title": about.title[language],
        "change": WORDS[change.kind][language],
        "answer": sentence(about, change.row, language),
        "before": sentence(about, change.before, language) if change.before else None,
        "version": change.version,
        "date": change.on[:10],
    }


def finished(row: Row, claims: list[str], asking: Asking) -> Row:
    """A row with its sentences and, where it rests on something computed, the reasons."""
    whole = {**row, "evidence": evidence_of(claims, asking)}
    inferred = inferred_of(claims, asking)
    return {**whole, "inferred": inferred} if inferred else whole


def asked_facts(found: Answer, asker: Asker) -> list[Fact]:
    """How much of what a question needs the graph has, by the rows of its answer and by its needs."""
    return needed_facts(found.question, [dict(row) for row in found.rows], asker.asking())


def summary(asker: Asker) -> list[dict[str, object]]:
    """For every question how many rows it has, how much of what it needs is missing, and whether that blocks it."""
    found: list[dict[str, object]] = []
    for about in asker.known.values():
        if about.rows != "graph" or about.required:
            continue
        asking = asker.asking()
        bound, _ = bindings(about, {}, asker.select, today=asker.today)
        rows = [row for row, _ in graph_rows(about, bound, asking)]
        facts = needed_facts(about, [dict(row) for row in rows], asking)
        found.append(
            {
                "question": about.id,
                "number": about.number,
                "title": about.title[asker.language],
                "rows": len(rows),
                "facts": [fact.as_json() for fact in facts],
                "blocked": any(fact.blocked for fact in facts),
            }
        )
    return found


def blocked_gaps(asker: Asker, as_of: date) -> list[Gap]:
    """Which questions are blocked, and by which missing facts: the gaps that no meeting in the graph could fill."""
    asked = Asker(asker.select, as_of, asker.language, known=asker.known)
    gaps: list[Gap] = []
    for row in summary(asked):
        facts = row["facts"]
        for fact in facts if isinstance(facts, list) else []:
            if fact["blocked"]:
                reason = f"{row['number']} {row['question']}: {fact['lacking']}/{fact['of']}"
                gaps.append({"missing": fact["fact"], "meeting": None, "source": None, "line": None, "reason": reason})
    return gaps
