"""Whole answers kept beside a version: made when it is published, told on whatever day is asked on.

A question whose header says `kept` counts over all of the graph, which takes long; asked without filters, it is
answered from here. Where the rows depend on the day, `due` names the column whose date decides: a row holds from the
day after it on, and the number that the header calls `told` counts the days since.

Of every other question all rows are kept as the engine gives them, to be found by the one thing that is asked about.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from graph.questions.placing import Term
from graph.questions.question import Question
from graph.questions.resolve import Row

Table = Mapping[str, Any]
Tables = Callable[[str, str], Table | None]  # the id of a question and a language → its kept answer

EVERY_DAY = date(9999, 12, 31)  # the day on which all rows hold
FIRST_DAY = date(1, 1, 1)  # the day on which nothing is due yet
_STATUS = "https://w3id.org/sagsgraf/concept/step-status/"
_PENDING, OVERDUE = f"{_STATUS}pending", f"{_STATUS}overdue"

# a question's id, a column with a thing → the rows that name it there, as on the first day
Rows = Callable[[str, tuple[str, str]], list[Row] | None]

# things and claims → what is kept of each by part, as `graph.questions.asking` names them
Behind = Callable[[Iterable[str]], Mapping[str, Mapping[str, list[Row]]]]


def nothing_behind(iris: Iterable[str]) -> Mapping[str, Mapping[str, list[Row]]]:
    """Nothing kept of any thing, where no version's files are at hand."""
    return {}


def no_rows(question: str, about: tuple[str, str]) -> list[Row] | None:
    """No kept rows, where no version's files are at hand."""
    return None


def no_table(question: str, language: str) -> Table | None:
    """No kept answer, where no version's files are at hand."""
    return None


def answered_by_table(question: Question, values: Mapping[str, str]) -> bool:
    """Whether a question with these parameter values has a kept answer: the day alone may be given."""
    return question.kept and set(values) <= {"as_of"}


def told_on(question: Question, table: Table, as_of: date) -> list[tuple[dict[str, object], list[str]]]:
    """The rows of a kept answer that hold on a day, each with its claims."""
    rows = zip(table["rows"], table["claims"], strict=True)
    if not question.due:
        return list(rows)
    counted = [column.name for column in question.columns if column.told]
    found = []
    for row, claims in rows:
        days = (as_of - date.fromisoformat(row[question.due])).days
        if days > 0:
            found.append(({**row, **dict.fromkeys(counted, days)}, claims))
    return found


def narrowable(question: Question) -> list[str]:
    """The columns by which the kept rows of a question are found: things that a parameter narrows the answer to."""
    things = {column.name for column in question.columns if column.kind == "thing"}
    found = [question.variable(name) for name in question.parameters]
    if question.rows != "graph" or question.required or (question.kept and question.due):
        return []
    if "as_of" in question.parameters and not question.due:
        return []
    return [name for name in found if name in things]


def asked_about(question: Question, bound: Mapping[str, Term]) -> tuple[str, str] | None:
    """The column and the thing that alone are asked about, beside the day; None where there is more or less."""
    given = [(name, term["value"]) for name, term in bound.items() if name != "asOf"]
    return given[0] if len(given) == 1 and given[0][0] in narrowable(question) else None


def as_on(question: Question, row: Row, as_of: date) -> Row:
    """A kept row as it is on a day: what was pending is overdue from the day after its date on."""
    if question.due not in row or date.fromisoformat(row[question.due]["value"]) >= as_of:
        return row
    overdue: Term = {"type": "uri", "value": OVERDUE}
    return {name: overdue if term["value"] == _PENDING else term for name, term in row.items()}
