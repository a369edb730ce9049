"""What belongs to the list of each noun and where it stands there: kept beside a version, a page is found at once.

A place is a thing's sort key, a space and its IRI, so that places are in the order of the list and no two are alike.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Container, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path

from graph.kept_files import read_only
from graph.terms import PREFIXES, prefix_lines

FILE = "lists.sqlite"
DANISH = 'REPLACE(REPLACE(REPLACE(REPLACE(LCASE(STR({})), "aa", "å"), "æ", "{{"), "ø", "|"), "å", "}}")'
PLACED = 'BIND(CONCAT(STR(?sort), " ", STR(?thing)) AS ?place)'
# a noun's path → the pattern of its things, and the one that leads from ?thing to ?sort
LISTED: Mapping[str, tuple[str, str]] = {
    "cases": ("?thing a sag:Case .", "?thing sag:sortKey ?sort ."),
    "meetings": ("?thing a sag:Meeting .", "?thing sag:meetingDate ?sort ."),
    "agenda-items": (
        "?thing a sag:AgendaItem .",
        "?thing sag:onAgendaOf ?of ; sag:itemOrder ?order . ?of sag:meetingDate ?on . "
        'BIND(CONCAT(STR(?on), " ", SUBSTR(STR(1000000 + ?order), 2)) AS ?sort)',
    ),
    "decisions": ("?thing a sag:Decision .", "?thing sag:decisionDate ?sort ."),
    "commitments": (
        "?thing a sag:Commitment .",
        "?thing sag:statedIn ?in . ?in sag:onAgendaOf ?of . ?of sag:meetingDate ?sort .",
    ),
    "attachments": ("?thing a sag:Attachment .", f"?thing dct:title ?named . BIND({DANISH.format('?named')} AS ?sort)"),
    "people": ("?thing a person:Person .", "?thing sag:sortKey ?sort ."),
    "bodies": ("?thing a sag:Body .", "?thing sag:sortKey ?sort ."),
    "departments": (
        "?thing a org:OrganizationalUnit .",
        f"?thing skos:prefLabel ?named . BIND({DANISH.format('?named')} AS ?sort)",
    ),
    "sdgs": (
        "?thing a sag:SdgFraming .",
        "?thing sag:frames ?framed . ?framed sag:onAgendaOf ?of . ?of sag:meetingDate ?sort .",
    ),
    "sources": ("?thing a sag:SourceDocument .", f"?thing dct:title ?named . BIND({DANISH.format('?named')} AS ?sort)"),
}
_PREFIXES = prefix_lines(PREFIXES)
_TABLES = """
CREATE TABLE places (noun TEXT, place TEXT, PRIMARY KEY (noun, place)) WITHOUT ROWID;
CREATE TABLE counts (noun TEXT PRIMARY KEY, things INTEGER);
"""
Select = Callable[[str], list[dict[str, Mapping[str, str]]]]


def write_places(folder: Path, select: Select) -> None:
    """Writes the lists of a version into its folder."""
    with sqlite3.connect(folder / FILE) as base:
        base.executescript(_TABLES)
        for noun, (things, key) in LISTED.items():
            found = select(f"{_PREFIXES}SELECT DISTINCT ?place WHERE {{ {things} {key} {PLACED} }}")
            base.executemany("INSERT INTO places VALUES (?, ?)", ((noun, row["place"]["value"]) for row in found))
            counted = select(f"{_PREFIXES}SELECT (COUNT(DISTINCT ?thing) AS ?count) WHERE {{ {things} }}")
            base.execute("INSERT INTO counts VALUES (?, ?)", (noun, int(counted[0]["count"]["value"])))
    base.close()


def thing_at(place: str) -> str:
    """The thing that stands at a place.

    >>> thing_at("2024-08-21 http://127.0.0.1:8000/id/meetings/0999/direktionen/2024-08-21")
    'http://127.0.0.1:8000/id/meetings/0999/direktionen/2024-08-21'
    """
    return place.rpartition(" ")[2]


def places(
    folder: Path, noun: str, *, after: str, most: int, among: Container[str] | None = None
) -> tuple[list[str], int] | None:
    """The first places of a list after one, of all things or of some, and how many things the whole list holds.

    None where an older Sagsgraf built the version without its lists.
    """
    path = folder / FILE
    if not path.is_file():
        return None
    with closing(read_only(path)) as base:
        (count,) = base.execute("SELECT things FROM counts WHERE noun = ?", (noun,)).fetchone()
        rows = base.execute("SELECT place FROM places WHERE noun = ? AND place > ? ORDER BY place", (noun, after))
        fitting = (place for (place,) in rows if among is None or thing_at(place) in among)
        return list(islice(fitting, most)), count
