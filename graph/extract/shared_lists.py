"""The list of attachments that some minutes print once, behind the last item, sorted by the items they go with.

An item is named by its title, by its number and title, or by its number alone: on a line of its own over its
attachments ("Bilag til punkt 4"), before them ("Sag 143: ...") or behind them ("hører til pkt. 3").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from graph.extract.rows import Row
from graph.extract.sections import Part

_NUMBER = re.compile(r"(?:(?:Pkt|Punkt|Nr|Sag)\.? ?)?\d{1,4}[.:]?[ \t]{1,9}")
_OF_ITEM = re.compile(
    r"(?:Bilag (?:til|for|vedr\.|vedrørende) )?(?:dagsordens)?(?:pkt\.?|punkt|sag|ad|ad pkt\.)(?: nr\.)? ?"
    r"(?P<number>\d{1,4})(?:[ \t]{0,4}[:.–-][ \t]{0,4}|[ \t]{2,9}|$)",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"(?:\b(?:tilhører|hører til)|[-–(] ?(?:til|vedr\.|vedrørende)) (?:dagsordens)?(?:pkt\.|punkt|sag)(?: nr\.)? ?"
    r"(?P<number>\d{1,4})\)?\.?$"
)
# a title's last words, which name its files in the list behind the last item: "Budget - bilag 1", "(bilag 2 og 3)"
_NAMES_FILES = re.compile(
    r"(?: [-–]|,)? ?[(\[]?\b(?:jf\.? |se )?bilag(?: nr\.)? "
    r"(?P<numbers>\d{1,3}[a-z]?(?:(?:, ?| og | ?[-–] ?| & )\d{1,3}[a-z]?){0,9})[)\]]?(?: \(\d{1,3} min\.?\))?$",
    re.IGNORECASE,
)
_FILE_NUMBER = re.compile(r"(?:Bilag )?(?P<number>\d{1,3}[a-z]?)(?:[:.)]| [-–]) ?\S", re.IGNORECASE)
_STRETCH = re.compile(r"(\d{1,3}) ?[-–] ?(\d{1,3})")
_MOST_FILES = 30


def share_out(
    titles: Sequence[str], numbers: Sequence[str], last: Sequence[Part]
) -> tuple[tuple[Part, ...], dict[int, list[Part]]]:
    """The last item's parts without what belongs to other items, and lists of attachments for the items by place.

    `titles` and `numbers` are the items' own in order, empty where one has none. A list that names none of them is
    the last item's own.
    """
    named = {title.casefold(): place for place, title in enumerate(titles) if title}
    numbered = {number: place for place, number in enumerate(numbers) if number}
    files = {number: place for place, title in enumerate(titles) for number in _files_named(title)}
    kept: list[Part] = []
    shared: dict[int, list[Part]] = {}
    for part in last:
        rows = _by_item(part, named, numbered) or _by_number(part, files) if part.kind == "attachments" else {}
        if not rows:
            kept.append(part)
            continue
        kept.append(replace(part, rows=tuple(rows.pop(-1, ()))))
        for place, own in rows.items():
            if own:
                shared.setdefault(place, []).extend(_stretches(part, own))
    return tuple(kept), shared


def _stretches(part: Part, rows: Sequence[Row]) -> Iterator[Part]:
    """The rows as parts, each of rows that follow each other in the list; its label goes with its own line alone."""
    places = {row.line.begin: place for place, row in enumerate(part.rows)}
    held: list[Row] = []
    for row in rows:
        here = places.get(row.line.begin, -9)
        if held and here != places.get(held[-1].line.begin, -9) + 1:
            yield _listed(part, held)
            held = []
        held.append(row)
    yield _listed(part, held)


def _listed(part: Part, rows: Sequence[Row]) -> Part:
    return Part("attachments", part.head if rows[0] is part.head else None, tuple(rows))


def _by_item(part: Part, named: Mapping[str, int], numbered: Mapping[str, int]) -> dict[int, list[Row]]:
    """The rows of a list under the place of the item that each goes with; -1 for those before any."""
    found: dict[int, list[Row]] = {}
    heads = _OF_ITEM.match(part.head.line.text) if part.head is not None else None
    current = numbered.get(heads["number"], -1) if heads else -1
    for row in part.rows:
        text = row.line.text
        number = _NUMBER.match(text)
        place = named.get(text[number.end() :].casefold()) if number else None
        if place is not None:
            current = place
            found.setdefault(current, [])
            continue
        own, behind = _OF_ITEM.match(text), _BEHIND.search(text)
        if own is not None and row is not part.head and own["number"] in numbered:
            current = numbered[own["number"]]
            found.setdefault(current, [])
            if own.end() < len(text) and text[own.end() :].casefold() not in named:
                found[current].append(_from(row, own.end()))
        elif behind is not None and behind["number"] in numbered:
            found.setdefault(numbered[behind["number"]], []).append(row)
        else:
            found.setdefault(current, []).append(row)
    return found if set(found) - {-1} else {}


def _files_named(title: str) -> Iterator[str]:
    """The numbers of the files that a title says go with it ("Princip for lektier - bilag 2 og 3")."""
    found = _NAMES_FILES.search(title) if "ilag" in title else None
    if found is None:
        return
    if stretch := _STRETCH.fullmatch(found["numbers"]):
        first, last = int(stretch[1]), int(stretch[2])
        yield from map(str, range(first, min(last, first + _MOST_FILES) + 1))
    else:
        yield from (number.casefold() for number in re.findall(r"\d{1,3}[a-z]?", found["numbers"]))


def _by_number(part: Part, files: Mapping[str, int]) -> dict[int, list[Row]]:
    """The rows of a list under the place of the item whose title names the file's number; -1 for the others."""
    found: dict[int, list[Row]] = {}
    for row in part.rows if files else ():
        number = _FILE_NUMBER.match(row.line.text)
        found.setdefault(files.get(number["number"].casefold(), -1) if number else -1, []).append(row)
    return found if set(found) - {-1} else {}


def _from(row: Row, cut: int) -> Row:
    """The row from a place in its line on."""
    line = row.line
    return Row(replace(line, begin=line.begin + cut, text=line.text[cut:]))
