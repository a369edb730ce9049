"""What the search page shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

FOUND_A_PAGE = 20
# The kinds that have a page worth finding, in the order that the facets stand in.
FACETS = {
    "cases": "sager",
    "meetings": "møder",
    "decisions": "beslutninger",
    "people": "personer",
    "bodies": "organer",
    "departments": "afdelinger",
    "attachments": "bilag",
    "agenda-items": "punkter",
}


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its title and the words around the hit, cut so that `marked` pieces are hits."""

    iri: str
    kind: str
    title: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView:
    """The search page: what was asked, what was found, the facets with their numbers, and where it goes on."""

    words: str
    kind: str
    found: tuple[Found, ...]
    facets: tuple[tuple[str, str, int], ...]
    suggestions: tuple[str, ...]
    before: int | None
    after: int | None
    total: int


def marked(snippet: str, signs: tuple[str, str]) -> tuple[tuple[str, bool], ...]:
    """A snippet in pieces; those between the signs are hits.

    >>> marked("om ⟦udbud⟧ i år", ("⟦", "⟧"))
    (('om ', False), ('udbud', True), (' i år', False))
    """
    cuts = [0, *(n for n, c in enumerate(snippet) if c in signs), len(snippet)]
    pieces = ((snippet[a:b].strip("".join(signs)), snippet[a : a + 1] == signs[0]) for a, b in pairwise(cuts))
    return tuple((text, hit) for text, hit in pieces if text)


def found_view(
    asked: tuple[str, str, int], found: Sequence[Found], counts: Mapping[str, int], *, suggestions: Iterable[str]
) -> FoundView:
    """The page for the words, kind and number of things skipped that were asked; `found` may hold one too many."""
    words, kind, skip = asked
    return FoundView(
        words=words,
        kind=kind,
        found=tuple(found[:FOUND_A_PAGE]),
        facets=tuple((name, told, counts[name]) for name, told in FACETS.items() if counts.get(name)),
        suggestions=tuple(suggestions),
        before=max(0, skip - FOUND_A_PAGE) if skip else None,
        after=skip + FOUND_A_PAGE if len(found) > FOUND_A_PAGE else None,
        total=sum(counts.values()) if not kind else counts.get(kind, 0),
    )
