"""The merged graph as CSV: one table a class, one row a thing, with CSVW metadata that leads back to the same triples.

The cells are exact: whoever opens them in a spreadsheet should import every column as text.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from graph.ntriples import Statement, parsed
from graph.terms import PREFIXES, VOCABULARY, expand

TYPE = f"<{expand('rdf:type')}>"
XSD = PREFIXES["xsd"]
# no text of ours holds the first; where one does, the next is taken
SEPARATORS = ("¶", "‖", "␞", "␟")
_BUILT_IN = {
    XSD + name: name for name in ("string", "integer", "decimal", "date", "dateTime", "boolean", "nonNegativeInteger")
}
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: a property with one kind of value."""

    name: str
    property: str
    language: str
    datatype: str

    def described(self, separator: str) -> dict[str, object]:
        """The column in CSVW."""
        told: dict[str, object] = {"name": self.name, "titles": self.name, "propertyUrl": self.property}
        if separator:
            told["separator"] = separator
        if self.language:
            return {**told, "lang": self.language, "datatype": "string"}
        if self.datatype:
            name = _BUILT_IN.get(self.datatype)
            return {**told, "datatype": name or {"base": "string", "@id": self.datatype}}
        return {**told, "valueUrl": f"{{+{self.name}}}"}


@dataclass(frozen=True, slots=True)
class Row:
    """One thing as a row: its subject as a term, its IRI, the table it stands in, and its values by column."""

    subject: str
    iri: str
    table: str
    cells: Mapping[Column, list[str]]


def tables(statements: Iterable[Statement]) -> dict[str, str]:
    """The CSV files of the default graph's statements by name, and their metadata as csv-metadata.json."""
    return files_of(rows_of(statements))


def rows_of(statements: Iterable[Statement]) -> list[Row]:
    """The things of the default graph's statements as rows, in order."""
    things: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for s, p, o, _ in statements:
        things[s].append((p, o))
    return [row(thing, sorted(told)) for thing, told in sorted(things.items())]


def row(thing: str, told: list[tuple[str, str]]) -> Row:
    """One thing as a row, from its properties and values."""
    cells: dict[Column, list[str]] = {}
    for p, o in told:
        value = parsed(o)
        cells.setdefault(column(p, value.language, value.datatype), []).append(value.value)
    return Row(thing, parsed(thing).value, table_name(told), cells)


def files_of(rows: Iterable[Row]) -> dict[str, str]:
    """The CSV files of rows by name, and their metadata as csv-metadata.json."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for found in rows:
        grouped[found.table].append(found)
    files: dict[str, str] = {}
    described = []
    for name, members in sorted(grouped.items()):
        text, columns = table(members)
        files[f"{name}.csv"] = text
        described.append({"url": f"{name}.csv", "tableSchema": {"aboutUrl": "{+id}", "columns": columns}})
    whole = {"@context": "http://www.w3.org/ns/csvw", "tables": described}
    return {**files, "csv-metadata.json": json.dumps(whole, ensure_ascii=False)}


def table_name(told: Iterable[tuple[str, str]]) -> str:
    """The table that a thing stands in: its class, ours before others.

    >>> table_name([(TYPE, f"<{VOCABULARY}RoutingStep>")])
    'routing-step'
    """
    kinds = sorted(o[1:-1] for p, o in told if p == TYPE)
    own = [kind for kind in kinds if kind.startswith(VOCABULARY)]
    return hyphened(local([*own, *kinds][0])) if kinds else "other"


def table(members: list[Row]) -> tuple[str, list[dict[str, object]]]:
    """One table as CSV, and its columns in CSVW."""
    by_column: dict[Column, list[list[str]]] = defaultdict(list)
    for found in members:
        for each, values in found.cells.items():
            by_column[each].append(values)
    columns = sorted(by_column, key=lambda c: (c.property, c.language, c.datatype))
    names = distinct([c.name for c in columns])
    separators = [separator(by_column[c]) for c in columns]
    cells = list(zip(columns, separators, strict=True))
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["id", *names])
    for found in members:
        writer.writerow([found.iri, *(mark.join(found.cells.get(c, ())) for c, mark in cells)])
    named = zip(columns, names, separators, strict=True)
    described = [Column(name, c.property, c.language, c.datatype).described(mark) for c, name, mark in named]
    return out.getvalue(), [{"name": "id", "titles": "id", "suppressOutput": True}, *described]


@cache
def column(predicate: str, language: str, datatype: str) -> Column:
    """The column of a kind of value; texts of different languages stand in different ones."""
    name = hyphened(local(predicate[1:-1])) + (f"-{language}" if language else "")
    return Column(name.replace("-", "_"), predicate[1:-1], language, datatype)


def separator(found: list[list[str]]) -> str:
    """What stands between several values of a cell; empty where no cell has several."""
    if all(len(values) == 1 and values[0] for values in found):
        return ""
    return next(mark for mark in SEPARATORS if not any(mark in value for values in found for value in values))


def distinct(names: list[str]) -> list[str]:
    """Names with a number behind those that were there before, and behind "id", which is the thing's own.

    >>> distinct(["title", "title", "id"])
    ['title', 'title_2', 'id_2']
    """
    seen = {"id": 1}
    found = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        found.append(f"{name}_{seen[name]}" if seen[name] > 1 else name)
    return found


def local(iri: str) -> str:
    """The last part of an IRI."""
    return re.split(r"[#/]", iri.rstrip("#/"))[-1]


@cache
def hyphened(name: str) -> str:
    """A name in lower case with hyphens.

    >>> hyphened("RoutingStep"), hyphened("RFC5147String")
    ('routing-step', 'rfc5147-string')
    """
    return re.sub(r"[^a-z0-9-]+", "-", _CAPITAL.sub("-", name).lower()).strip("-") or "other"
