"""Agendas printed as one table: a row for each item, with columns for its number, its title and what was decided."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from graph.extract.labels import SECTIONS, Label, fields_in, fold, label_roles, read_label
from graph.extract.lines import Line
from graph.extract.rows import Row
from graph.extract.starts import Start, title_span
from graph.values import value

_NUMBERS = frozenset(
    {"#", "nr", "nr.", "pkt", "pkt.", "punkt", "punkt nr.", "pkt. nr.", "punktnr.", "sag nr.", "dagsordenspunkt nr."}
)
_TITLES = frozenset(
    {"emne", "emner", "titel", "overskrift", "sag", "sager", "punkt", "punkter", "dagsordenspunkt", "dagsordenspunkter"}
    | {"dagsorden", "tema", "sagens titel", "sagstitel", "emne/sag", "indhold", "sag/emne", "punkt/emne"}
)
_TOLD = frozenset(
    {"referat", "beslutninger", "aftale", "aftaler", "konklusion", "konklusioner", "drøftelse/beslutning"}
)
_NUMBER = re.compile(r"\d{1,4}(?=[.:)]?$)|(?<=^Pkt\. )\d{1,4}$|(?<=^Punkt )\d{1,4}$")
_IN_TITLE = re.compile(r"\d{1,4}(?=[.:)] )")
_PART = re.compile(r"[a-z][.)] ")  # of the item above
_RULE = re.compile(r"[ |:+=-]{3,400}")
_BREAK = re.compile(r"[|\t]")
_IN_CELLS = frozenset({"recommendation", "attachments"})
_STOPS = frozenset(".:;!?|\t")
LEAST = 2  # items: one row with such columns may be a table of something else


@value()
class Columns:
    """The roles of a table's columns, in order: number, title, a section's, or none."""

    mark: str
    roles: tuple[str, ...]


def with_tables(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The rows, with a row for each cell where the lines are those of an agenda's table.

    >>> from graph.extract.rows import read_rows
    >>> text = "| Nr. | Emne | Referat |\\n|---|---|---|\\n| 1 | Budget | Godkendt |\\n| 2 | Eventuelt | Intet |"
    >>> [(row.role, row.line.text) for row in with_tables(read_rows(text))][2:]
    [('', '2 | Eventuelt'), ('decision', 'Intet')]
    """
    if not any("\t" in row.line.text or "|" in row.line.text for row in rows):
        return tuple(rows)
    found: list[Row] = []
    columns: Columns | None = None
    below = False  # what stands under the table belongs to none of its items
    for row in rows:
        if columns is not None and row.line.mark == "+":
            found.append(row)  # the rest of a cell
        elif columns is None or columns.mark not in row.line.text:
            below, columns = below or columns is not None, _columns(row.line)
            ends = below and not row.role and row.line.after_blank
            if columns is None:
                found.append(Row(row.line, label=Label("closing", 0, 0, 0)) if ends else row)
                below = below and not ends
        elif not _RULE.fullmatch(row.line.text):
            found.extend(_cut(row.line, columns))
    entries = sum(row.line.mark == "|" for row in found)
    return tuple(found) if entries >= LEAST else tuple(rows)


def starts_by_table(rows: Sequence[Row]) -> list[Start]:
    """The items of an agenda's table; none where a section stands over it, for then it is a table inside an item."""
    starts = []
    for index, row in enumerate(rows):
        if row.line.mark == "|":
            text = row.line.text
            own = _NUMBER.match(text.split("|")[0].split("\t")[0].strip())
            number = own or _IN_TITLE.match(text)
            cut = max((found.end() for found in _BREAK.finditer(text)), default=0) if own else 0
            cut = number.end() + 1 if number and not own else cut
            span = (row.line.begin, row.line.begin + len(number[0])) if number else None
            starts.append(Start(index, index + 1, span, title_span(row, cut)))
        elif row.opens_section and not starts:
            return []
    return starts


def _columns(line: Line) -> Columns | None:
    """The columns that a line heads, if it heads those of an agenda."""
    mark = "|" if "|" in line.text else "\t"
    if mark not in line.text:
        return None
    roles: list[str] = []
    for begin, end in _cells(line.text, mark):
        word = fold(line.text[begin:end]).strip("*")
        if word in _NUMBERS and not roles:
            roles.append("number")
        elif word in _TITLES and "title" not in roles:
            roles.append("title")
        else:
            role = "decision" if word in _TOLD else label_roles().get(word, "other")
            roles.append(role if role in SECTIONS else "other")
    told = "decision" in roles or "recommendation" in roles
    return Columns(mark, tuple(roles)) if "title" in roles and told else None


def _cut(line: Line, columns: Columns) -> Iterator[Row]:
    """The title's line, and a line for each cell behind it, headed as its column is."""
    cells = _cells(line.text, columns.mark)
    if len(cells) < len(columns.roles):
        cells += [(len(line.text), len(line.text))] * (len(columns.roles) - len(cells))
    by_role = list(zip(columns.roles, cells, strict=False))
    title = next(span for role, span in by_role if role == "title")
    number = next((span for role, span in by_role if role == "number"), title)
    if title[0] >= title[1]:
        return
    if _PART.match(line.text, title[0]):
        yield Row(_part(line, 0, len(line.text), mark=""))
        return
    begin = number[0] if number[0] < number[1] and number[1] <= title[0] else title[0]
    yield Row(_part(line, begin, title[1], mark="|"))
    for role, (first, last) in by_role:
        if role not in {"number", "title"} and first < last:
            cuts = [at for at in fields_in(line.text, first, last) if _opens(line.text[:last], at, role)]
            if first not in cuts:
                yield Row(_part(line, first, min([last, *cuts]), mark=""), label=Label(role, 0, 0, 0))
            for begin, end in pairwise([*cuts, last]):
                yield Row(_part(line, begin, end, mark=""), label=read_label(line.text[begin:end]))


def _opens(text: str, begin: int, role: str) -> bool:
    """Whether a label inside a cell opens what another column might have held ("Indstilling: at …")."""
    label = read_label(text[begin:])
    return label is not None and label.role in _IN_CELLS - {role} and text[:begin].rstrip()[-1:] in _STOPS


def _part(line: Line, begin: int, end: int, *, mark: str) -> Line:
    return Line(line.begin + begin, line.begin + end, line.text[begin:end], mark, mark == "|")


def _cells(text: str, mark: str) -> list[tuple[int, int]]:
    """Where the words of a row's cells begin and end."""
    begin, end = int(text.startswith("|")), len(text)
    if begin:
        end = len(text.rstrip()) - text.rstrip().endswith("|")
    cells = []
    while begin <= end:
        cut = text.find(mark, begin, end)
        cut = end if cut < 0 else cut
        words = text[begin:cut]
        left = begin + len(words) - len(words.lstrip())
        cells.append((left, max(left, left + len(words.strip()))))
        begin = cut + 1
    return cells
