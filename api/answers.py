"""An answer as CSV, as a table for the terminal, and as what a page is made from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from rich.table import Table
from rich.text import Text

from graph.questions.answer import JOINT, Answer
from graph.questions.question import Question

WORDS = {
    "evidence": {"da": "Belæg", "en": "Evidence"},
    "inferred": {"da": "udledt", "en": "inferred"},
    "line": {"da": "linje", "en": "line"},
}


def word(name: str, language: str) -> str:
    """A word of the table in the language asked for."""
    return WORDS[name][language]


def snake(name: str) -> str:
    """A column's name as CSV has it.

    >>> snake("plannedDate")
    'planned_date'
    """
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def words(value: object) -> str:
    """A value as text: things by their labels, several joined."""
    if isinstance(value, Mapping):
        return str(value["label"])
    if isinstance(value, list):
        return JOINT.join(words(v) for v in value)
    return "" if value is None else str(value)


def evidence(row: Mapping[str, object]) -> list[Mapping[str, object]]:
    """The evidence of a row."""
    found = row["evidence"]
    return found if isinstance(found, list) else []


def as_csv(answer: Answer) -> str:
    """One line a row: the columns in snake_case, then quotes, sources and confidence, several joined by " ¶ "."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = [column.name for column in answer.question.columns]
    writer.writerow([*(snake(name) for name in columns), "quotes", "sources", "confidence"])
    for row in answer.rows:
        spans = evidence(row)
        behind = (
            JOINT.join(str(span["quote"]) for span in spans),
            JOINT.join(f"{span['source']}.txt#char={span['begin']},{span['end']}" for span in spans),
            JOINT.join(str(span["confidence"]) for span in spans),
        )
        writer.writerow([*(words(row[name]) for name in columns), *behind])
    return out.getvalue()


def as_table(answer: Answer, language: str) -> Table:
    """The rows as a table for a terminal, each with the sentences it rests on below it."""
    table = Table(title=answer.question.title[language], title_justify="left", show_lines=True, expand=True)
    for column in answer.question.columns:
        table.add_column(column.label(language), justify="right" if column.kind == "number" else "left")
    table.add_column(word("evidence", language), ratio=2, style="dim")
    for row in answer.rows:
        cells = [Text(words(row[column.name])) for column in answer.question.columns]
        quotes = "\n".join(f"»{span['quote']}«" for span in evidence(row))
        inferred = row.get("inferred")
        if isinstance(inferred, Mapping):
            quotes += f"\n({word('inferred', language)}: {'; '.join(inferred['reasons']) or inferred['rule']})"
        table.add_row(*cells, Text(quotes))
    return table


def gap_lines(answer: Answer, language: str) -> list[str]:
    """What is missing, one line a gap, each once."""
    lines = [
        f"{gap['missing']}: {gap['meeting'] or '–'} – {gap['reason']}"
        + (f" ({word('line', language)} {gap['line']})" if gap["line"] else "")
        for gap in answer.gaps
    ]
    return list(dict.fromkeys(lines))


def listed(questions: Iterable[Question], language: str) -> list[dict[str, object]]:
    """The questions as a list for JSON and pages."""
    return [
        {
            "id": question.id,
            "number": question.number,
            "title": question.title[language],
            "description": question.description[language],
            "parameters": list(question.parameters),
            "columns": [{"name": c.name, "label": c.label(language)} for c in question.columns],
        }
        for question in questions
    ]


def as_page(answer: Answer, language: str) -> dict[str, object]:
    """The answer with its question's texts and its columns' headings, for the page."""
    (about,) = listed([answer.question], language)
    return {**answer.as_json(), "question": about, "columns": about["columns"]}
