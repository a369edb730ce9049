"""A page of any list as a table: the things, what is told of each, and the form that narrows the list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from api.views.answer import Cell, cell
from api.views.language import Language
from api.views.rows import Thing

# Things in one place of a row that the page shows; the data holds all of them.
THINGS_SHOWN = 3
# What the row's own link says already, or what only programs ask for.
UNSHOWN = frozenset(
    {"title", "name", "prefLabel", "description", "meetingDate", "itemOrder", "concernsCase", "textHash", "mediaType"}
)


@dataclass(frozen=True, slots=True)
class Filter:
    """One field of the form: its name in the address, its kind, its value, and where it is one of some, which."""

    name: str
    kind: str
    value: str
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def told(self) -> str:
        """The value in words."""
        return dict(self.choices).get(self.value, self.value)


@dataclass(frozen=True, slots=True)
class ListedThing:
    """One row: the thing and its cells; `more` tells how many things each cell leaves out."""

    thing: Thing
    cells: tuple[tuple[Cell, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListView:
    """A page of a list; `kept` is what narrows it as an address has it, `after` where the next page begins.

    `begun` says whether the list begins on an earlier page.
    """

    path: str
    title: str
    heading: str
    total: int
    columns: tuple[str, ...]
    rows: tuple[ListedThing, ...]
    filters: tuple[Filter, ...]
    kept: str
    after: str
    begun: bool

    @property
    def narrowed(self) -> tuple[Filter, ...]:
        """What narrows the list."""
        return tuple(one for one in self.filters if one.value)


def shown_columns(members: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> dict[str, str]:
    """The fields that a table shows of some rows, with their names: those of which anything is told.

    >>> shown_columns([{"title": "Takster", "itemNumber": "3", "parentItem": None}],
    ...               {"title": "Titel", "itemNumber": "Nr.", "parentItem": "Under"})
    {'itemNumber': 'Nr.'}
    """
    told = [name for name in labels if name not in UNSHOWN]
    return {name: labels[name] for name in told if any(row.get(name) for row in members)}


def listed_things(
    members: Sequence[Mapping[str, Any]], columns: Mapping[str, str], language: Language
) -> tuple[ListedThing, ...]:
    """The rows of a table from the members of a list as JSON has them."""
    return tuple(
        ListedThing(
            Thing(str(row["id"]), str(row.get("description") or row["label"])),
            tuple(cut_cell(cell(row.get(name), language)) for name in columns),
        )
        for row in members
    )


def cut_cell(whole: Cell) -> tuple[Cell, int]:
    """A cell with the first of its things, and how many more there are.

    >>> cut_cell(Cell(tuple(Thing("", n) for n in ("Vej", "Park", "Havn", "Skov"))))[1]
    1
    """
    return Cell(whole.parts[:THINGS_SHOWN], whole.kind), max(0, len(whole.parts) - THINGS_SHOWN)
