"""The answer to a question as its page shows it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from api.views.evidence import Lines, Quote
from api.views.language import Language
from api.views.rows import Thing

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# Rows on one page of an answer; the data holds all of them.
ROWS_A_PAGE = 12
# What stands between the points of a text in an answer.
_POINT = "¶"
# A value up to this long stands on one line, as a date or a number does.
SHORT = 14


@dataclass(frozen=True, slots=True)
class Cell:
    """The values in one place of a row: things, or texts as things without an IRI."""

    parts: tuple[Thing, ...]
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question can be narrowed by, with the value it was asked with."""

    name: str
    value: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One row with the sentences behind it and, where it was inferred, the rule, score and reasons."""

    cells: tuple[Cell, ...]
    quotes: tuple[Quote, ...]
    rule: str
    score: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerGap:
    """What an answer lacks, where a secretary could mend it, and why."""

    missing: Cell
    meeting: Cell
    source: Thing | None
    reason: Cell


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """The page of a question."""

    id: str
    title: str
    description: str
    parameters: tuple[Parameter, ...]
    as_of: str
    told_as_of: str
    columns: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    total: int
    page: int
    pages: int
    kept: str
    gaps: tuple[AnswerGap, ...]
    more_gaps: int


def answer_view(
    answer: Mapping[str, Any], language: Language, *, lines: Lines, page: int = 1, kept: str = ""
) -> AnswerView:
    """One page of a question's answer in the form of questions.md; `kept` is the address's query without `page`."""
    names = [column["name"] for column in answer["columns"]]
    question, given = answer["question"], answer.get("parameters") or {}
    # one missing thing is told once, however many rows lack it
    gaps = tuple(dict.fromkeys(gap(line, language) for line in answer.get("gaps", ())))
    rows = answer["rows"]
    pages = max(1, -(-len(rows) // ROWS_A_PAGE))
    at = min(max(1, page), pages)
    return AnswerView(
        id=question["id"],
        title=question["title"],
        description=question.get("description") or "",
        parameters=tuple(
            Parameter(name, str(given.get(name) or ""), "date" if name in ("from", "until") else "text")
            for name in dict.fromkeys((*question.get("parameters", ()), *given))
            if name != "as_of"
        ),
        as_of=str(answer.get("asOf") or ""),
        told_as_of="; ".join(part.label for part in cell(answer.get("asOf"), language).parts),
        columns=tuple(column["label"] for column in answer["columns"]),
        rows=tuple(
            answer_row(line, names, language, lines=lines) for line in rows[(at - 1) * ROWS_A_PAGE : at * ROWS_A_PAGE]
        ),
        total=len(rows),
        page=at,
        pages=pages,
        kept=kept,
        gaps=gaps[:ROWS_A_PAGE],
        more_gaps=max(0, len(gaps) - ROWS_A_PAGE),
    )


def answer_row(line: Mapping[str, Any], columns: Iterable[str], language: Language, *, lines: Lines) -> AnswerRow:
    """One row of the answer."""
    inferred = line.get("inferred") or {}
    score = inferred.get("score")
    return AnswerRow(
        cells=tuple(cell(line.get(name), language) for name in columns),
        quotes=tuple(quote(evidence, lines) for evidence in line.get("evidence", ())),
        rule=str(inferred.get("rule") or ""),
        score="" if score is None else str(score),
        reasons=tuple(str(reason) for reason in inferred.get("reasons") or ()),
    )


def cell(value: object, language: Language) -> Cell:
    """A value of an answer.

    >>> cell("2022-11-11", Language("da", {}, {})).parts[0].label
    '11. nov. 2022'
    """
    if isinstance(value, list | tuple):
        return Cell(tuple(part for one in value for part in cell(one, language).parts))
    if isinstance(value, Mapping):
        iri = str(value.get("id") or "")
        return Cell((Thing(iri, str(value.get("label") or iri)),))
    if isinstance(value, int | float):
        return Cell((Thing("", language.decimal(str(value))),), "figure")
    written = "" if value is None else str(value)
    told = language.dated(written) if _DAY.fullmatch(written) else written
    points = tuple(Thing("", point) for part in told.split(_POINT) if (point := part.strip()))
    return Cell(points, "short" if len(told) <= SHORT else "")


def quote(evidence: Mapping[str, Any], lines: Lines) -> Quote:
    """A sentence behind a row."""
    confidence, source = evidence.get("confidence"), str(evidence["source"]).removesuffix(".txt")
    return Quote(
        text=str(evidence["quote"]),
        source=source,
        begin=int(evidence["begin"]),
        end=int(evidence["end"]),
        line=lines.line(source, int(evidence["begin"])),
        kind="",
        rule=str(evidence.get("rule") or ""),
        confidence=None if confidence is None else float(confidence),
    )


def gap(told: Mapping[str, Any], language: Language) -> AnswerGap:
    """What the answer lacks; the source leads to the line where it could be mended."""
    source, line = told.get("source"), told.get("line")
    place = f"{language('Kilde')}, {language('linje {line}', {'line': line})}" if line else language("Kilde")
    return AnswerGap(
        missing=cell(told.get("missing"), language),
        meeting=dated(cell(told.get("meeting"), language), language),
        source=Thing(f"{source}#L{line}" if line else str(source), place) if source else None,
        reason=cell(told.get("reason"), language),
    )


def dated(told: Cell, language: Language) -> Cell:
    """A cell with the dates inside its words as people write them.

    >>> dated(Cell((Thing("", "Hovedudvalget, 2023-04-12"),)), Language("da", {}, {})).parts[0].label
    'Hovedudvalget, 12. apr. 2023'
    """
    return Cell(tuple(Thing(part.iri, language.dated(part.label)) for part in told.parts), told.kind)
