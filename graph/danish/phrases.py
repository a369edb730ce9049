"""Small phrases of Danish minutes: numbers of agenda items, paragraphs, words of time and place in a clause."""

from __future__ import annotations

import re

_ITEM_WORD = re.compile(
    r"\b(?:punkt(?:erne)?|pkt\.?|sag(?:erne)?|sager|dagsordenspunkt(?:erne)?)(?: nr\.?)? (?=\d)", re.IGNORECASE
)
_NUMBERS = re.compile(r"(\d{1,4})(?:\. ?)?(?: ?[-–] ?(\d{1,4})(?!\d))?(?: ?, ?| og | samt | eller )?(?=(\d)|)")
_LONGEST_RANGE = 200


def item_numbers(text: str) -> tuple[str, ...]:
    """The numbers of the agenda items that a phrase names, ranges written out.

    >>> item_numbers("deltog ikke i behandlingen af pkt. 1 og 9"), item_numbers("sag 129-131")
    (('1', '9'), ('129', '130', '131'))
    """
    numbers: list[str] = []
    for match in _ITEM_WORD.finditer(text):
        place: int | None = match.end()
        while place is not None and len(numbers) < _LONGEST_RANGE:
            number = _NUMBERS.match(text, place)
            if number is None:
                break
            first, last = int(number[1]), int(number[2] or number[1])
            numbers += [str(n) for n in range(first, last + 1)] if 0 <= last - first < _LONGEST_RANGE else [number[1]]
            place = number.end() if number[3] and number[0][-1] in " ," else None
    return tuple(dict.fromkeys(numbers))


def paragraphs(text: str) -> tuple[tuple[int, int], ...]:
    """The lines of a text that hold something, as (begin, end) without the blanks around them.

    >>> paragraphs("Godkendt.\\n\\n  Drøftet.")
    ((0, 9), (13, 21))
    """
    spans = []
    begin = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            first = begin + line.index(stripped)
            spans.append((first, first + len(stripped)))
        begin += len(line) + 1
    return tuple(spans)
