"""A line that may open an agenda item, as the ways of telling numbered items weigh it."""

from __future__ import annotations

from collections.abc import Mapping

from graph.values import value

LEAST_PAIRS = 2  # numbers of two parts with an item's label below them
_SERIES = 3  # of them that count on
_MOST = 99  # items of one meeting


@value()
class Candidate:
    """A line that may open an item.

    `explicit` tells that a word stands before the number ("Pkt. 33"), `bare` that nothing stands behind it, `paged`
    that a page's number ends the line, `answers` that the line answers a point ("Ad 3").
    """

    row: int
    number: int
    number_span: tuple[int, int]
    title: tuple[int, int]
    text: str
    explicit: bool
    bare: bool
    paged: bool = False
    answers: bool = False


def is_year(number: str) -> bool:
    """Whether the number behind a slash is a year's: "24" or "2024"."""
    return len(number) in (2, 4) and number.removeprefix("20")[:1] in ("1", "2") and len(number.removeprefix("20")) == 2


def counted_pairs(pairs: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """The items' numbers by row, where of two numbers one stays (the meeting's or the year's) and the other counts on.

    >>> counted_pairs({3: (22, 4), 9: (23, 4), 12: (24, 4), 20: (24, 12)})
    {3: 22, 9: 23, 12: 24}
    >>> counted_pairs({3: (4, 1), 9: (4, 2), 12: (4, 3)})
    {3: 1, 9: 2, 12: 3}
    >>> counted_pairs({3: (25, 101), 9: (25, 102), 12: (25, 103)})  # cases of a year
    {}
    """
    best: dict[int, int] = {}
    for counts in (0, 1):
        series: dict[int, dict[int, int]] = {}
        for row, pair in pairs.items():
            if not counts or pair[1] <= _MOST:
                series.setdefault(pair[1 - counts], {})[row] = pair[counts]
        for numbers in series.values():
            told = set(numbers.values())
            run = {row: number for row, number in numbers.items() if {number - 1, number + 1} & told}
            best = run if len(set(run.values())) >= max(_SERIES, len(set(best.values())) + 1) else best
    return best
