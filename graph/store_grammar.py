"""What the engine says of a query before it is asked of anything: the names of its rows, or where it is wrong."""

from __future__ import annotations

import re

import pyoxigraph

_PLACE = re.compile(r"error at (\d+):(\d+): (?:expected (?:one of )?)?(.*)", re.DOTALL)
_CHARACTERS = re.compile(r"\[[^\]]*\]|[,'|\s]+$")


class GrammarError(Exception):
    """A query that the engine does not take: the line (from 1) and what it expected there."""

    def __init__(self, line: int, expected: str) -> None:
        super().__init__(expected)
        self.line = line
        self.expected = expected


def names_of(query: str) -> list[str] | None:
    """The names that a SELECT gives its rows; None for a query of another kind; GrammarError where it is none.

    >>> names_of("SELECT ?sag (COUNT(*) AS ?antal) { ?sag ?p ?o } GROUP BY ?sag")
    ['sag', 'antal']
    >>> names_of("ASK {}")
    """
    try:
        answer = pyoxigraph.Store().query(query)
    except SyntaxError as error:
        place = _PLACE.match(str(error))
        words = _CHARACTERS.sub("", place[3]).strip(" ,") if place else str(error)
        raise GrammarError(int(place[1]) if place else 1, words) from None
    return [variable.value for variable in answer.variables] if isinstance(answer, pyoxigraph.QuerySolutions) else None
