"""The list of attachments that some minutes print once, behind the last item, with each item's title over its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.extract.rows import Row
from graph.extract.sections import Part

_NUMBER = re.compile(r"(?:(?:Pkt|Punkt|Nr|Sag)\.? ?)?\d{1,4}[.:]?[ \t]{1,9}")


def share_out(titles: Sequence[str], last: Sequence[Part]) -> tuple[tuple[Part, ...], dict[int, Part]]:
    """The last item's parts without what belongs to other items, and a list of attachments for each item by its place.

    `titles` are the items' titles in order. A list that repeats none of them is the last item's own.
    """
    places = {title.casefold(): place for place, title in enumerate(titles) if title}
    kept: list[Part] = []
    shared: dict[int, Part] = {}
    for part in last:
        rows = _by_item(part, places) if part.kind == "attachments" else {}
        if not rows:
            kept.append(part)
            continue
        kept.append(replace(part, rows=tuple(rows.pop(-1, ()))))
        shared.update({place: Part("attachments", part.head, tuple(own)) for place, own in rows.items() if own})
    return tuple(kept), shared


def _by_item(part: Part, places: dict[str, int]) -> dict[int, list[Row]]:
    """The rows of a list under the place of the item whose title stands over them; -1 for those before any."""
    found: dict[int, list[Row]] = {}
    current = -1
    for row in part.rows:
        number = _NUMBER.match(row.line.text)
        place = places.get(row.line.text[number.end() :].casefold()) if number else None
        if place is None:
            found.setdefault(current, []).append(row)
        else:
            current = place
            found.setdefault(current, [])
    return found if set(found) - {-1} else {}
