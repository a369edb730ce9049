"""Answers kept from version to version, and what is new, corrected or withdrawn between two of them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from graph.questions.question import Question

Kept = Mapping[str, object]
Row = Mapping[str, object]

NEW, CORRECTED, WITHDRAWN = "new", "corrected", "withdrawn"
WORDS = {
    NEW: {"da": "nyt", "en": "new"},
    CORRECTED: {"da": "rettet", "en": "corrected"},
    WITHDRAWN: {"da": "trukket tilbage", "en": "withdrawn"},
}
LONGEST_LOG = 20_000


@dataclass(frozen=True, slots=True)
class Change:
    """One answer of a question that is new, corrected or withdrawn: in which version, on which day."""

    question: str
    kind: str
    key: str
    version: int
    on: str
    row: Row
    claims: tuple[str, ...]
    before: Row | None = None

    def as_json(self) -> dict[str, object]:
        """The change as it is kept."""
        return {name: getattr(self, name) for name in self.__slots__}


def read_changes(rows: Iterable[Mapping[str, object]]) -> list[Change]:
    """The changes that a version keeps."""
    return [Change(**{**row, "claims": tuple(row["claims"])}) for row in rows]  # type: ignore[arg-type]


def plain(value: object) -> object:
    """A value for comparison: things by their IRIs."""
    if isinstance(value, Mapping):
        return value["id"]
    return sorted(str(plain(v)) for v in value) if isinstance(value, list) else value


def row_key(question: Question, row: Row) -> str:
    """A steady key of one row, from its key columns; 16 hexadecimal digits."""
    keys = [plain(row[c.name]) for c in question.columns if c.key] or [plain(row[c.name]) for c in question.columns]
    return hashlib.sha256(json.dumps([question.id, keys], ensure_ascii=False).encode()).hexdigest()[:16]


def told(question: Question, row: Row) -> list[object]:
    """What of a row is compared: all but what depends on the day one asks."""
    return [steady(row[c.name]) if c.told else plain(row[c.name]) for c in question.columns]


def steady(value: object) -> object:
    """A value that the day may change: a state that minutes tell, and nothing else."""
    if isinstance(value, Mapping) and value["id"].rpartition("/")[2] not in ("pending", "overdue"):
        return value["id"]
    return None


def keyed(question: Question, rows: Iterable[Kept]) -> dict[str, Kept]:
    """Kept rows by their keys; of rows with one key the later ones get a number."""
    found: dict[str, Kept] = {}
    for kept in rows:
        key = own = row_key(question, row_of(kept))
        n = 1
        while own in found:
            n += 1
            own = f"{key}-{n}"
        found[own] = kept
    return found


def row_of(kept: Kept) -> Row:
    """The columns of a kept row."""
    row = kept["row"]
    if not isinstance(row, Mapping):
        raise TypeError("a kept row is a table of columns")
    return row


def claims_of(kept: Kept) -> tuple[str, ...]:
    """The claims that a kept row rests on."""
    claims = kept["claims"]
    return tuple(str(c) for c in claims) if isinstance(claims, list) else ()


def changes_between(
    question: Question, before: Iterable[Kept], after: Iterable[Kept], *, version: int, on: str
) -> list[Change]:
    """What changed in a question's answer from one version to the next, in the order of the rows."""
    old, new = keyed(question, before), keyed(question, after)
    found: list[Change] = []
    for key, kept in new.items():
        row = row_of(kept)
        if key not in old:
            found.append(Change(question.id, NEW, key, version, on, row, claims_of(kept)))
        elif told(question, row) != told(question, row_of(old[key])):
            found.append(
                Change(question.id, CORRECTED, key, version, on, row, claims_of(kept), before=row_of(old[key]))
            )
    gone = [(key, kept) for key, kept in old.items() if key not in new]
    found += [Change(question.id, WITHDRAWN, key, version, on, row_of(kept), ()) for key, kept in gone]
    return found


def sentence(question: Question, row: Row, language: str) -> str:
    """A row in one line, each value with its column's heading.

    >>> from graph.questions.question import question
    >>> print(sentence(question("overdue-stops"), {"case": None, "to": {"id": "x", "label": "Økonomiudvalget"},
    ...     "plannedDate": "2022-12-06", "daysOverdue": 1, "body": None}, "da"))
    Organ: Økonomiudvalget; Planlagt til: 2022-12-06
    """
    shown = [(c.label(language), written(row[c.name])) for c in question.columns if not c.told]
    return "; ".join(f"{name}: {value}" for name, value in shown if value)


def written(value: object) -> str:
    """A value as text."""
    if isinstance(value, Mapping):
        return str(value["label"])
    if isinstance(value, list):
        return ", ".join(written(v) for v in value)
    return "" if value is None else str(value)
