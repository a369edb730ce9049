"""Items that were erased: their words are masked, but number, place and the labels of their sections stand.

The labels are the layout's ("Indstilling", "Beslutning i Byrådet den …") and tell nothing of the item. With them it is
still read as an item, so that those beside it keep their places and their addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from graph.erasure.rules import Rules, suppressed_spans
from graph.extract.rows import read_rows
from graph.model import AgendaItem, Evidence, Minutes, claims
from graph.privacy.masks import MASK

_SAID = re.compile(rf"[^\W_{MASK}]")
_MARKS = "#*_-•– \t"
_POINT_MARK = re.compile(r"^[ \t]*(?:[-*•–]|\d{1,2}[.)]|[a-zæøå][.)])[ \t\xa0]+", re.MULTILINE)
_PAUSE = re.compile(r"\n[ \t]*\n(?=[ \t]*[^\sa-zæøå])")
_STATING = ("case-text", "decision", "summary", "recommendation-decision")


def erased_spans(text: str, rules: Rules) -> list[tuple[int, int]]:
    """The places of a text that say what was erased, without the labels that stand whole in one of them."""
    spans = suppressed_spans(text, rules)
    return list(around(spans, labels(text))) if spans else []


def around(spans: Iterable[tuple[int, int]], kept: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Spans without those parts of them that are to be kept, both in order.

    >>> list(around([(0, 40), (50, 60)], [(10, 20), (55, 70)]))
    [(0, 10), (20, 40), (50, 60)]
    """
    places = list(kept)
    for begin, end in spans:
        for first, last in places:
            if begin < first and last <= end:
                yield begin, first
                begin = last
        yield begin, end


def labels(text: str) -> Iterator[tuple[int, int]]:
    """The places of the labels that open a section, tell whether an item is open, or its number on a line of its own.

    >>> text = "## Takster\\n\\n### **Beslutning**\\n\\nGodkendt."
    >>> [text[begin:end] for begin, end in labels(text)]
    ['### **Beslutning**']
    """
    for row in read_rows(text):
        if row.opens_section or row.role in ("open", "closed"):
            begin, end = row.line.begin, row.value[0]
            line = text.rfind("\n", 0, begin) + 1
            if not text[line:begin].strip(_MARKS):
                begin = line
            while row.alone and text[end : end + 1] in ("*", "_"):
                end += 1
            yield begin, end
        elif row.role == "item-number":
            yield row.line.begin, row.line.end


def item_span(agenda_item: AgendaItem, text: str) -> tuple[int, int]:
    """Where an item's words stand, from its title on, to the end of all that is said in it."""
    spans = [e for claim in claims(agenda_item) for e in claim.evidence]
    begin = min(e.begin_index for e in agenda_item.sentences or spans)
    line = text.find("\n", begin)
    title = text.find(agenda_item.title or "", begin, line if line > 0 else len(text))
    ends = [*(e.end_index for e in spans if isinstance(e, Evidence)), *section_ends(agenda_item)]
    return (max(title, begin), max(ends))


def section_ends(agenda_item: AgendaItem) -> Iterator[int]:
    """Where the sections of an item and of its parts end."""
    for part in (agenda_item, *agenda_item.agenda_items):
        yield from (section.end_index for section in part.sections)


def with_shells(minutes: Minutes) -> Minutes:
    """The minutes with every item as a shell of which nothing is said any more."""
    text = minutes.source.text
    if MASK not in text:
        return minutes
    kept = list(labels(text))
    shells = (shell(one) if is_erased(one, text, kept) else with_shells_below(one) for one in minutes.agenda_items)
    return replace(minutes, agenda_items=tuple(shells))


def with_shells_below(agenda_item: AgendaItem) -> AgendaItem:
    """An item with those of its sub-items as shells of which nothing but masks is left."""
    if not agenda_item.agenda_items:
        return agenda_item
    below = tuple(shell(part) if is_masked_point(part) else part for part in agenda_item.agenda_items)
    return replace(agenda_item, agenda_items=below)


def is_masked_point(part: AgendaItem) -> bool:
    """Whether the line that states a sub-item holds masks and nothing else."""
    stated = "".join(e.anchor_of for e in part.sentences[:1])
    return MASK in stated and not _SAID.search(stated)


def point_spans(part: AgendaItem, umbrella: AgendaItem, text: str) -> list[tuple[int, int]]:
    """Where the words of a sub-item stand: its point in the case text, and the one in the decision."""
    others = {e for other in umbrella.agenda_items if other is not part for one in claims(other) for e in one.evidence}
    places = {e.begin_index for one in claims(part) for e in one.evidence if e not in others}
    fields = [(s.begin_index, s.end_index) for s in umbrella.sections if s.section_kind in _STATING]
    found = {point_at(text, place, field) for field in fields or [item_span(umbrella, text)] for place in places
             if field[0] <= place < field[1]}  # fmt: skip
    return sorted(span for span in found if text[slice(*span)].strip())


def point_at(text: str, place: int, field: tuple[int, int]) -> tuple[int, int]:
    """The point of a list in a field of a text that an offset is in, without the mark before it.

    >>> text = "- Havnen. Drøftet.\\n- Taksterne.\\n  Sagen blev udsat.\\n\\nSe bilag."
    >>> text[slice(*point_at(text, text.index("udsat"), (0, len(text))))]
    'Taksterne.\\n  Sagen blev udsat.'
    """
    begin, end = field
    for mark in _POINT_MARK.finditer(text, *field):
        if mark.start() > place:
            end = mark.start()
            break
        begin = mark.end()
    if pause := _PAUSE.search(text, max(begin, place), end):
        end = pause.start()
    return begin, begin + len(text[begin:end].rstrip())


def is_erased(agenda_item: AgendaItem, text: str, kept: Iterable[tuple[int, int]]) -> bool:
    """Whether an item has nothing behind its number but masks, and the labels that are kept."""
    if agenda_item.access_rights == "closed":
        return False  # a shell of another kind
    begin, end = item_span(agenda_item, text)
    mask = text.find(MASK, begin)
    begin = max([begin, *(e.end_index for e in agenda_item.evidence if e.supports and e.end_index <= mask)])
    said = "".join(text[first:last] for first, last in around([(begin, end)], kept))
    return MASK in said and not _SAID.search(said)


def shell(agenda_item: AgendaItem) -> AgendaItem:
    """An erased item: its place and its number."""
    return AgendaItem(
        item_order=agenda_item.item_order,
        item_number=agenda_item.item_number,
        access_rights=agenda_item.access_rights,
        evidence=tuple(e for e in agenda_item.evidence if e.supports in ("", "item_number", "access_rights")),
        extraction_method=agenda_item.extraction_method,
        confidence=agenda_item.confidence,
    )


def title_is_masked(agenda_item: AgendaItem) -> bool:
    """Whether an item has no title because it was erased."""
    masked = any(MASK in e.anchor_of for e in agenda_item.evidence)
    return masked and not agenda_item.title and agenda_item.access_rights != "closed"
