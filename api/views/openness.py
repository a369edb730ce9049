"""What the page of openness shows: closed items and attachments by body and quarter, and what was closed or opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from api.views.language import Language
from api.views.rows import Row, Thing, count, thing, word
from graph.spreadsheets import sheet

FEWEST = 3  # a count under it is not told, lest it point at one matter
UNDER = f"<{FEWEST}"
COLUMNS = ("body", "bodyLabel", "quarter", "closedItems", "closedAttachments", "closedLater", "openedLater")


@dataclass(frozen=True, slots=True)
class Closed:
    """How much of a body's matter is closed in a quarter; None where it is fewer than FEWEST.

    `later` says whether something of it was closed after it had been open, `opened` whether something was opened.
    """

    body: Thing
    quarter: str
    items: int | None
    attachments: int | None
    later: bool = False
    opened: bool = False

    def told(self, t: Language) -> str:
        """The quarter as people write it.

        >>> Closed(Thing("", ""), "2024 Q3", 4, None).told(Language("da", {}, {}))
        '3. kvartal 2024'
        """
        year, _, number = self.quarter.partition(" Q")
        return t("{number}. kvartal {year}", {"number": number, "year": year})


@dataclass(frozen=True, slots=True)
class Shown:
    """An agenda item that was closed or opened afterwards, itself or one of its attachments, and when."""

    item: str
    meeting: Thing
    to: str
    on: str


@dataclass(frozen=True, slots=True)
class OpennessView:
    """The page of openness."""

    rows: tuple[Closed, ...]
    shown: tuple[Shown, ...]
    fewest: int = FEWEST


def openness_view(
    items: Iterable[Row], attachments: Iterable[Row], shifts: Sequence[tuple[str, str, Row]]
) -> OpennessView:
    """The page from the rows of openness-items.rq and -attachments.rq, and what was closed or opened.

    Each of the latter is where it went to, the day, and the row of openness-thing.rq.
    """
    closed, files = counted(items), counted(attachments)
    moved = {(*place(row), to) for to, _, row in shifts}
    labels = {key: label for found in (closed, files) for key, (label, _) in found.items()}
    labels |= {place(row): word(row, "bodyLabel") for _, _, row in shifts}
    rows = [
        Closed(
            Thing(body, label),
            quarter,
            told(closed.get((body, quarter), ("", 0))[1]),
            told(files.get((body, quarter), ("", 0))[1]),
            later=(body, quarter, "closed") in moved,
            opened=(body, quarter, "open") in moved,
        )
        for (body, quarter), label in labels.items()
    ]
    rows.sort(key=lambda row: (row.body.label, row.body.iri))
    rows.sort(key=lambda row: row.quarter, reverse=True)
    shown = (Shown(word(row, "item"), meeting, to, on) for to, on, row in shifts if (meeting := thing(row, "meeting")))
    return OpennessView(tuple(rows), tuple(dict.fromkeys(shown)))


def counted(rows: Iterable[Row]) -> dict[tuple[str, str], tuple[str, int]]:
    """The body's name and the count of each body and quarter."""
    return {(word(row, "body"), word(row, "quarter")): (word(row, "bodyLabel"), count(row, "closed")) for row in rows}


def place(row: Row) -> tuple[str, str]:
    """The body and quarter of a row with a date.

    >>> place({"body": {"value": "b"}, "date": {"value": "2024-09-17"}})
    ('b', '2024 Q3')
    """
    year, month = word(row, "date").split("-")[:2]
    return word(row, "body"), f"{year} Q{(int(month) + 2) // 3}"


def told(number: int) -> int | None:
    """A count that may be told; None for one that is too small.

    >>> told(3), told(2), told(0)
    (3, None, None)
    """
    return number if number >= FEWEST else None


def as_rows(view: OpennessView) -> list[dict[str, object]]:
    """The rows as JSON has them; null is a count under FEWEST."""
    values = ((r.body.iri, r.body.label, r.quarter, r.items, r.attachments, r.later, r.opened) for r in view.rows)
    return [dict(zip(COLUMNS, row, strict=True)) for row in values]


def as_csv(view: OpennessView) -> str:
    """The rows as a table; a count under FEWEST is written so."""
    return sheet([COLUMNS, *((written(value) for value in row.values()) for row in as_rows(view))])


def written(value: object) -> object:
    """A value as a table has it: a truth as XML Schema writes it, a count that is not told as what it is under.

    >>> written(True), written(None), written(4)
    ('true', '<3', 4)
    """
    if isinstance(value, bool):
        return str(value).lower()
    return UNDER if value is None else value
