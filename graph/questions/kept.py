"""Whole answers kept beside a version: made when it is published, told on whatever day is asked on.

A question whose header says `kept` counts over all of the graph, which takes long; asked without filters, it is
answered from here. Where the rows depend on the day, `due` names the column whose date decides: a row holds from the
day after it on, and the number that the header calls `told` counts the days since.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from graph.questions.question import Question

Table = Mapping[str, Any]
Tables = Callable[[str, str], Table | None]  # the id of a question and a language → its kept answer

EVERY_DAY = date(9999, 12, 31)  # the day on which all rows hold


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
