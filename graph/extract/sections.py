"""A stretch of lines as labelled parts: a meeting's header or one agenda item."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from graph.extract.labels import ATTENDANCE, ITEM_FIELDS, conclusions, fold
from graph.extract.rows import Row

ONE_LINE = frozenset({"routing", "competence", "attachments"})  # with a value on the label's own line, no more follows
# who proposes to a body, where a body's own words may propose to another
_ADMINISTRATION = re.compile(
    r"(?:Det |Administration|Forvaltning|Direktion|Sekretariat|Stab|Center|Team |Borgmester|Kommunaldirektør"
    r"|(?:[A-ZÆØÅ][\w-]{0,30},? (?:og )?){0,4}[A-ZÆØÅ][\w-]{0,40}"
    r"(?:forvaltning|afdeling|direktør|chef|center|stab|sekretariat))"
)
_FILE_NAME = re.compile(r"[^\n]{2,160}\.(?:pdf|docx?|xlsx?|pptx?|odt|rtf|jpe?g|png|msg)", re.IGNORECASE)
# a list's number, which may be counted under the item's: "2. ", "2) ", "13.2 "
_COUNTED = re.compile(r"(?:(?P<of>\d{1,3})\.(?=\d))?(?P<count>\d{1,3})(?P<form>(?(of)[.)]?|[.)])) ")
_PROPOSES = re.compile(r"\bindstill(?:er|es)\b[^.]{0,80}?(?:\bat\b|:|$)")
VERDICTS = frozenset({"decision", "recommendation-decision"})


@dataclass(slots=True)
class Part:
    """Lines under one label. `kind` is the label's role, or "opening" before any label; `head` is the label's line.

    `begin` and `end` are the offsets in the source of the words under the label, `rows` its lines; the first may be
    the label's own line, where its value stands behind it.
    """

    kind: str
    head: Row | None
    rows: tuple[Row, ...]
    begin: int = field(init=False, repr=False, compare=False)
    end: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if not self.rows:
            self.begin = self.end = self.head.line.end if self.head else 0
            return
        self.begin = self.rows[0].value[0] if self.rows[0] is self.head else self.rows[0].line.begin
        self.end = max(self.begin, self.rows[-1].line.end)

    @property
    def empty(self) -> bool:
        """Whether the part holds no words of its own."""
        return self.begin >= self.end


def divide_item(rows: Sequence[Row]) -> tuple[Part, ...]:
    """The sections of an agenda item; attendance labels and the item's fields stay inside the section they stand in."""
    roles = {row.role for row in rows}
    if roles.isdisjoint(VERDICTS):
        return tuple(_parts(rows, _told_kind))
    last = max([row.line.begin for row in rows if row.heading is not None], default=0)
    between = partial(_between_kind, last=last) if last else _item_kind
    below = between if "recommendation" in roles else partial(_asked_below, between=between)
    return tuple(_parts(rows, below, any_line=last > 0))


def divide_header(rows: Sequence[Row]) -> tuple[Part, ...]:
    """The fields and roll calls over the first item."""
    return tuple(_parts(rows, _header_kind))


def _between_kind(row: Row, current: str, *, last: int) -> str:
    """The kind of part that a line opens, where what the administration proposes may stand between two verdicts.

    `last` is where the last verdict's heading stands: behind it, such a sentence is part of what was said.
    """
    between = current == "decision" and not row.role and row.line.after_blank and row.line.begin < last
    if between and _ADMINISTRATION.match(row.line.text) and _PROPOSES.search(row.line.text):
        return "recommendation"
    return _item_kind(row, current)


def _asked_below(row: Row, current: str, *, between: Callable[[Row, str], str]) -> str:
    """The kind of part that a line opens where the verdict stands over all else, what was asked for too."""
    asks = row.role == "proposal" and current == "decision" and _ADMINISTRATION.match(row.line.text) is not None
    return "recommendation" if asks else between(row, current)


def _told_kind(row: Row, current: str) -> str:
    """The kind of part that a line opens in an item without a verdict's label: an account or a conclusion is it."""
    told = row.label is not None and fold(row.line.text[: row.label.end]) in conclusions()
    return "decision" if told else _item_kind(row, current)


def _item_kind(row: Row, current: str) -> str:
    """The kind of part that a line opens, empty where it goes on with the current one."""
    if not row.role:
        return ""
    if row.role == "proposal":
        below = current == "decision" and row.line.after_blank and _ADMINISTRATION.match(row.line.text) is not None
        inside = current in {"recommendation", "recommendation-decision", "decision"} and not below
        return "" if inside else "recommendation"
    if row.role == "contents":
        return "other"
    if row.role == "conclusion":
        return "case-text"
    if row.role == "minutes":
        return "decision" if row.line.text.casefold().startswith("beslutninger") else ""
    return row.role if row.opens_section else ""


def _header_kind(row: Row, current: str) -> str:
    return row.role if row.role and row.role not in {"navigation", "case-number"} else ""


def _parts(rows: Sequence[Row], kind_of: Callable[[Row, str], str], *, any_line: bool = False) -> Iterator[Part]:
    """The parts that lines open as `kind_of` tells; a line without a role opens one only with `any_line`."""
    kind, outer = "opening", "opening"
    head: Row | None = None
    held: list[Row] = []
    for row in rows:
        opened = kind_of(row, kind) if row.role or any_line else ""
        if opened == kind == "attachments" and row.label and not row.label.end and (not held or held[0] is not head):
            opened = ""  # "Bilag 1: Kort" under a label of its own
        if opened:
            if head is not None or held:
                yield Part(kind, head, tuple(held))
            outer = kind if kind not in ONE_LINE else outer
            kind, head, held = opened, row, []
            if not row.alone:
                held = [row]
            continue
        if row.role == "navigation":
            continue
        if row.line.mark == "p" and head is not None:
            yield Part(kind, head, tuple(held))
            kind, head, held = "opening", None, []
        if kind in ONE_LINE and head is not None and held and held[0] is head and not _counts_on(held, row):
            yield Part(kind, head, tuple(held))
            kind, head, held = outer, None, []
        held.append(row)
    if head is not None or held:
        yield Part(kind, head, tuple(held))


def _counts_on(held: Sequence[Row], row: Row) -> bool:
    """Whether a line is the next of a numbered list that begins behind its label ("Bilag: 1. Kort", "2. Notat"),
    or the next file's name ("Bilag: Kort.pdf", "Notat.pdf")."""
    if held[0].role == "attachments" and _FILE_NAME.fullmatch(row.line.text):
        return True
    begin, end = held[-1].value
    before = held[-1].line.text[len(held[-1].line.text) - (end - begin) :]
    last, here = _COUNTED.match(before), _COUNTED.match(row.line.text)
    if last is None or here is None:
        return False
    return here["form"] == last["form"] and here["of"] == last["of"] and int(here["count"]) == int(last["count"]) + 1


def fields(parts: Sequence[Part]) -> Iterator[tuple[Row, tuple[int, int]]]:
    """The item's own fields with the places of their values, which may stand on the line below the label."""
    for part in parts:
        for index, row in enumerate(part.rows):
            if row.role in ITEM_FIELDS and not row.heading:
                following = part.rows[index + 1] if index + 1 < len(part.rows) else None
                if row.bare_case_number:
                    yield row, (row.line.begin, row.line.end)
                elif not row.alone:
                    yield row, row.value
                elif row.role not in {"open", "closed"} and following is not None and not following.role:
                    yield row, (following.line.begin, following.line.end)


def rolls(part: Part) -> Iterator[tuple[str, tuple[int, int]]]:
    """Attendance labels inside a section, with the place of the names behind them."""
    for row in part.rows:
        if row.role in ATTENDANCE and not row.alone:
            yield row.role, row.value
