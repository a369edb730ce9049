"""Minutes without what rests on some places of their text, where the masked text cannot be read as they were."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from typing import Any, TypeVar

from graph.model import AgendaItem, Attachment, Claim, Minutes, Section
from graph.privacy.closed import NAMING, shell

Kind = TypeVar("Kind", bound=Claim)


def without_places(minutes: Minutes, spans: tuple[tuple[int, int], ...]) -> Minutes | None:
    """The minutes without what rests on some places of their text; None where an open item or the meeting does.

    A claim that rests on several places goes if one of them is to be hidden. What a closed attachment is called stays
    while its numbers go, as the places say. The text is the caller's to mask.
    """
    hidden = Places(spans)
    meeting = _claim_without(minutes.meeting, hidden)
    items = tuple(_item_without(item, hidden) for item in minutes.agenda_items)
    if meeting is None or not all(items):
        return None
    unclaimed = tuple(e for e in minutes.unclaimed if not hidden.touch(e.begin_index, e.end_index))
    return replace(minutes, meeting=meeting, agenda_items=tuple(filter(None, items)), unclaimed=unclaimed)


class Places:
    """Places of a text, each (begin, end), sorted and without overlaps."""

    def __init__(self, spans: tuple[tuple[int, int], ...]) -> None:
        self.begins: list[int] = []
        self.ends: list[int] = []
        for begin, end in sorted(spans):
            if self.ends and begin <= self.ends[-1]:
                self.ends[-1] = max(self.ends[-1], end)
            else:
                self.begins.append(begin)
                self.ends.append(end)

    def touch(self, begin: int, end: int) -> bool:
        """Whether a place shares a character with any of these."""
        after = bisect_right(self.ends, begin)
        return after < len(self.begins) and self.begins[after] < end


def _item_without(item: AgendaItem, hidden: Places) -> AgendaItem | None:
    """An item without what rests on hidden places: a closed one loses at most its title."""
    if item.access_rights == "closed":
        shown = tuple(e for e in item.evidence if not hidden.touch(e.begin_index, e.end_index))
        title = item.title if any(e.supports == "title" for e in shown) else None
        return replace(shell(item), title=title, evidence=tuple(e for e in shown if e.supports in NAMING))
    parts = tuple(_item_without(part, hidden) for part in item.agenda_items)
    files = tuple(_attachment_without(one, hidden) for one in item.attachments)
    bare = _claim_without(replace(item, agenda_items=(), attachments=()), hidden)
    if bare is None or not all(parts):
        return None
    return replace(bare, agenda_items=tuple(filter(None, parts)), attachments=tuple(filter(None, files)))


def _attachment_without(attachment: Attachment, hidden: Places) -> Attachment | None:
    """An attachment without the numbers that are hidden; None where its title is."""
    gone = {e.supports for e in attachment.evidence if hidden.touch(e.begin_index, e.end_index)}
    if gone - {"identifier", "case_file"}:
        return None
    return replace(
        attachment,
        identifier=None if "identifier" in gone else attachment.identifier,
        case_file=None if "case_file" in gone else attachment.case_file,
        evidence=tuple(e for e in attachment.evidence if e.supports not in gone),
    )


def _claim_without(claim: Kind, hidden: Places) -> Kind | None:
    """A claim without the claims inside it that rest on hidden places; None where it does so itself."""
    if any(hidden.touch(e.begin_index, e.end_index) for e in claim.evidence):
        return None
    if isinstance(claim, Section) and hidden.touch(claim.begin_index, claim.end_index):
        return None
    inside: dict[str, Any] = {}
    for name in claim.__dataclass_fields__:
        value = getattr(claim, name)
        if name == "evidence":
            continue
        if isinstance(value, Claim):
            inside[name] = _claim_without(value, hidden)
        elif isinstance(value, tuple) and value and isinstance(value[0], Claim):
            inside[name] = tuple(filter(None, (_claim_without(part, hidden) for part in value)))
    return replace(claim, **inside) if inside else claim
