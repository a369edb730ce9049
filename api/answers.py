"""An answer as CSV, as a table for the terminal, and as what a page is made from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from rich.table import Table
from rich.text import Text

from graph.questions.answer import JOINT, Answer
from graph.questions.question import Question
from graph.spreadsheets import sheet

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
    """One line a row: the columns in snake_case, then quotes, sources and confidence, several joined by " ¶ ".

    A text that a spreadsheet would run as a formula gets a quote before it.
    """
    columns = [column.name for column in answer.question.columns]
    rows: list[list[object]] = [[*(snake(name) for name in columns), "quotes", "sources", "confidence"]]
    for row in answer.rows:
        spans = evidence(row)
        behind = (
            JOINT.join(str(span["quote"]) for span in spans),
            JOINT.join(f"{span['source']}.txt#char={span['begin']},{span['end']}" for span in spans),
            JOINT.join(str(span["confidence"]) for span in spans),
        )
        values = (row[name] for name in columns)
        rows.append([*(value if isinstance(value, int) else words(value) for value in values), *behind])
    return sheet(rows)


def as_table(answer: Answer, language: str) -> Table:
    """The rows as a table for a terminal, numbered; what is alike in all of them is said once, above."""
    filled = [c for c in answer.question.columns if any(words(row[c.name]) for row in answer.rows)]
    alike = [c for c in filled if len(answer.rows) > 1 and len({words(row[c.name]) for row in answer.rows}) == 1]
    said = "".join(f"\n{c.label(language)}: {words(answer.rows[0][c.name])}" for c in alike)
    table = Table(title=Text(answer.question.title[language] + said, style="bold"), title_justify="left")
    table.add_column("#", justify="right", style="dim")
    shown = [c for c in filled if c not in alike]
    for column in shown:
        justify: Literal["left", "right"] = "right" if column.kind == "number" else "left"
        table.add_column(column.label(language), justify=justify, overflow="fold", no_wrap=column.kind == "date")
    for number, row in enumerate(answer.rows, 1):
        table.add_row(str(number), *(Text(words(row[column.name])) for column in shown))
    return table


def behind(answer: Answer, language: str) -> Iterator[tuple[str, str]]:
    """The numbers of the rows that rest on the same, and the sentences they rest on, with what was inferred."""
    told: dict[str, list[str]] = {}
    for number, row in enumerate(answer.rows, 1):
        lines = list(dict.fromkeys(f"»{' '.join(str(span['quote']).split())}«" for span in evidence(row)))
        inferred = row.get("inferred")
        if isinstance(inferred, Mapping):
            lines.append(f"({word('inferred', language)}: {'; '.join(inferred['reasons']) or inferred['rule']})")
        told.setdefault("\n".join(lines), []).append(str(number))
    for text, numbers in told.items():
        yield ", ".join(numbers), text


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
