"""Numbered items that no label follows: titles over running text, and answers to an agenda's points ("Ad 1")."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from graph.extract.candidates import Candidate
from graph.extract.contents import is_section
from graph.extract.rows import Row

_TITLE = re.compile(r"[\"”»§A-ZÆØÅ0-9][^\n]{1,120}[^.,;:\n]$|[A-ZÆØÅ][\wæøåÆØÅ. ]{1,30}\.$")
_SENTENCE = re.compile(r"\b(?:blev|er|var|har|skal|indstiller|foreslår|godkendes|drøftes)\b")
LEAST = 3  # numbered titles in a row, where nothing else tells that they are an agenda's


def answered(rows: Sequence[Row], candidates: Sequence[Candidate]) -> list[Candidate]:
    """The points that "Ad 1", "Ad 2" ... answer, where they are the items: no section stands over the first.

    They may have been taken in another order than the agenda's.
    """
    if len(candidates) < LEAST - 1 or any(is_section(row) for row in rows[: candidates[0].row]):
        return []
    numbers = sorted(candidate.number for candidate in candidates)
    apart = all(_apart(rows, candidate) for candidate in candidates[1:])
    return list(candidates) if apart and all(b - a == 1 for a, b in pairwise(numbers)) else []


def told(rows: Sequence[Row], candidates: Sequence[Candidate], firm: Sequence[Candidate]) -> list[Candidate]:
    """The longest run of titles, each numbered one more than the last, that holds all the firm ones and more."""
    heads = _column_heads(rows, {candidate.row for candidate in candidates})
    sections = (n for n, row in enumerate(rows) if row.opens_section or row.role == "proposal")
    above = next((n for n in sections if n not in heads), len(rows))
    runs: list[list[Candidate]] = []
    known = {candidate.row for candidate in firm}
    for candidate in candidates:
        if candidate.row not in known and not _is_title(rows, candidate):
            continue
        if runs and candidate.number == runs[-1][-1].number + 1:
            runs[-1].append(candidate)
        elif candidate.row < above or candidate.row in known:
            runs.append([candidate])
    best = max(runs, key=len, default=[])
    whole = known < {candidate.row for candidate in best}
    return best if whole and len(best) >= LEAST and best[0].row < above else []


def _column_heads(rows: Sequence[Row], titles: set[int]) -> range:
    """The heads of a table's columns over the first title, one a line ("Punkt", "Referat", "Opfølgning")."""
    end = min(titles, default=0)
    begin = end
    while begin and rows[begin - 1].role and rows[begin - 1].alone:
        begin -= 1
    first = next((n for n in range(begin, end) if rows[n].role == "item-number"), end)
    return range(first, end)


def _is_title(rows: Sequence[Row], candidate: Candidate) -> bool:
    """Whether a numbered line is printed as a title: apart or over running text, and no sentence."""
    if not _TITLE.match(candidate.text.strip()) or _SENTENCE.search(candidate.text):
        return False
    return _apart(rows, candidate) or _over_text(rows, candidate)


def _apart(rows: Sequence[Row], candidate: Candidate) -> bool:
    line = rows[candidate.row].line
    return line.after_blank or line.mark == "#"


def _over_text(rows: Sequence[Row], candidate: Candidate) -> bool:
    """Whether a sentence stands right under a line."""
    below = rows[candidate.row + 1 : candidate.row + 2]
    return (
        bool(below) and not below[0].role and below[0].line.text.endswith(".") and not below[0].line.text[0].isdigit()
    )
