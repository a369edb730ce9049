"""A line that may open an agenda item, as the ways of telling numbered items weigh it."""

from __future__ import annotations

from graph.values import value


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
