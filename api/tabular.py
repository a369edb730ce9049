"""The lists as tables: CSV for spreadsheets, and what its columns hold as W3C's CSV on the Web has it.

A text that a spreadsheet would run as a formula gets a quote before it; IRIs, dates and numbers are exact. Texts that
are exact too stand in the catalogue's /dumps/all.csv.zip.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from api.answers import snake, words
from api.columns import FIELDS, Words
from api.nouns import NOUNS, Field, Noun
from graph.questions.answer import JOINT
from graph.spreadsheets import sheet
from graph.terms import expand

METADATA = "application/csvm+json"
_OF_IRI = " (IRI)"
_DATATYPES: Mapping[str, object] = {
    "date": {"base": "date", "format": "yyyy-MM-dd"},
    "number": "integer",
    "text": "string",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, the field behind it, and whether it holds the field's IRIs and not its words."""

    name: str
    field: Field
    iri: bool = False

    def cell(self, value: object) -> str:
        """A field's value as this column has it."""
        if self.iri:
            things = value if isinstance(value, list) else [value]
            return JOINT.join(str(thing["id"]) for thing in things if isinstance(thing, Mapping))
        return words(value)


def columns_of(noun: Noun, fields: Sequence[str] = ()) -> list[Column]:
    """The columns of a noun's table: a field's own, and for things another with their IRIs.

    >>> [column.name for column in columns_of(NOUNS["meetings"], ["heldBy", "meetingDate"])]
    ['held_by', 'held_by_id', 'meeting_date']
    """
    found = []
    for field in noun.fields:
        if not fields or field.name in fields:
            found.append(Column(snake(field.name), field))
            if field.kind.startswith("thing"):
                found.append(Column(f"{snake(field.name)}_id", field, iri=True))
    return found


def as_csv(noun: Noun, fields: Sequence[str], members: Iterable[Mapping[str, object]]) -> str:
    """One line a thing: id, label and the columns of the fields."""
    columns = columns_of(noun, fields)
    rows = (
        (row["id"], words(row["label"]), *(column.cell(row[column.field.name]) for column in columns))
        for row in members
    )
    return sheet([("id", "label", *(column.name for column in columns)), *rows])


def metadata(base: str) -> dict[str, object]:
    """All tables with their columns, keys and what leads from one to another, as CSV on the Web."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "da"}],
        "dc:title": {"@value": "Sagsgrafs lister som tabeller", "@language": "da"},
        "tables": [table(noun, base) for noun in NOUNS.values()],
    }


def table(noun: Noun, base: str) -> dict[str, object]:
    """One noun's table."""
    columns = columns_of(noun)
    own = [column_of("id", FIELDS["id"], datatype="anyURI"), column_of("label", FIELDS["label"], datatype="string")]
    keys = [
        {"columnReference": column.name, "reference": {"resource": f"{base}/{to}.csv", "columnReference": "id"}}
        for column in columns
        if column.iri and (to := FIELDS[column.field.name].to)
    ]
    return {
        "url": f"{base}/{noun.path}.csv",
        "dc:title": {"@value": noun.da, "@language": "da"},
        "tableSchema": {
            "columns": [{**own[0], "required": True}, own[1], *map(described, columns)],
            "primaryKey": "id",
            "aboutUrl": "{+id}",
            **({"foreignKeys": keys} if keys else {}),
        },
    }


def described(column: Column) -> dict[str, object]:
    """A column of a field."""
    field, called = column.field, FIELDS[column.field.name]
    if column.iri:
        called = Words(called.da + _OF_IRI, called.en + _OF_IRI)
    datatype = "anyURI" if column.iri else _DATATYPES.get(field.kind, "string")
    found = column_of(column.name, called, datatype=datatype)
    if field.kind == "things":
        found["separator"] = JOINT
    if (column.iri or not field.kind.startswith("thing")) and field.term and not field.term.startswith("^"):
        found["propertyUrl"] = expand(field.term)
    return found


def column_of(name: str, called: Words, *, datatype: object) -> dict[str, object]:
    """A column with its name, which is its heading too, and its titles."""
    titles = {"und": name, "da": called.da, "en": called.en}
    return {"name": name, "titles": titles, "datatype": datatype}
