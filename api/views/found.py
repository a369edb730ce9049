"""What the search page shows: what was found, and the links that narrow it, each with its number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from urllib.parse import urlencode

from api.views.rows import Row, access, grouped, word
from graph.identity.words import is_standing
from graph.search import Place

FOUND_A_PAGE = 20
FACETS_SHOWN = 12
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
# What one thing found is called.
ONE_OF = {
    "cases": "sag",
    "meetings": "møde",
    "decisions": "beslutning",
    "people": "person",
    "bodies": "organ",
    "departments": "afdeling",
    "attachments": "bilag (ét)",
    "agenda-items": "punkt",
}
# What a search can be narrowed by beside the kind, by the name in the address, and its heading.
NARROWING = {
    "body": "Organ",
    "year": "År",
    "department": "Afdeling",
    "sdg": "Verdensmål",
    "access": "Adgang",
}
# How each of them stands in a row of facets.rq: the column of the value, and of its name.
COLUMNS = {"body": "body", "department": "unit", "sdg": "goal"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What is asked: words, one kind or all, values by what narrows, and how many to skip."""

    words: str
    kind: str
    narrowed: Mapping[str, str]
    skip: int

    def address(self, name: str = "", value: str = "") -> str:
        """The query string of this search with one thing narrowed otherwise; an empty value takes it away."""
        told = {"q": self.words, "kind": self.kind, **self.narrowed}
        if name:
            told[name] = value
        return urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Found:
    """One thing found: its title and the words around the hit, cut so that `marked` pieces are hits."""

    iri: str
    kind: str
    title: str
    pieces: tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to narrow the search: its value in the address, its name, how much it leaves, whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundView:
    """The search page: what was asked, what was found, the facets with their numbers, and where it goes on.

    `cut` says how many of the best were looked at where there are more of them.
    """

    asked: Search
    places: tuple[Place, ...]
    kinds: tuple[Choice, ...]
    facets: tuple[tuple[str, tuple[Choice, ...]], ...]
    before: int | None
    after: int | None
    total: int
    cut: int
    found: tuple[Found, ...] = ()
    suggestions: tuple[str, ...] = ()

    def with_found(self, found: Sequence[Found], suggestions: Iterable[str]) -> FoundView:
        """The page with the words of what is shown, and words to try where nothing was found."""
        return replace(self, found=tuple(found), suggestions=tuple(suggestions))


def marked(snippet: str, signs: tuple[str, str]) -> tuple[tuple[str, bool], ...]:
    """A snippet in pieces; those between the signs are hits.

    >>> marked("om ⟦udbud⟧ i år", ("⟦", "⟧"))
    (('om ', False), ('udbud', True), (' i år', False))
    """
    cuts = [0, *(n for n, c in enumerate(snippet) if c in signs), len(snippet)]
    pieces = ((snippet[a:b].strip("".join(signs)), snippet[a : a + 1] == signs[0]) for a, b in pairwise(cuts))
    return tuple((text, hit) for text, hit in pieces if text)


def found_view(
    asked: Search, places: Sequence[Place], rows: Iterable[Row], *, counts: Mapping[str, int], most: int
) -> FoundView:
    """The page from the best places of a search, the rows of facets.rq on them, and how many there are of each kind."""
    rows_of = grouped(rows, "thing")
    facts = {place.iri: facts_of(rows_of.get(place.iri, ())) for place in places}
    kept = [place for place in ordered(places) if fits(place, facts[place.iri], asked, but="")]
    skip = asked.skip if asked.skip < len(kept) else 0
    facets = ((name, choices(name, places, facts, asked=asked)) for name in NARROWING)
    return FoundView(
        asked=asked,
        places=tuple(kept[skip : skip + FOUND_A_PAGE]),
        kinds=kinds(places, facts, asked),
        facets=tuple((name, found) for name, found in facets if found),
        before=max(0, skip - FOUND_A_PAGE) if skip else None,
        after=skip + FOUND_A_PAGE if len(kept) > skip + FOUND_A_PAGE else None,
        total=len(kept),
        cut=most if sum(counts.values()) > len(places) else 0,
    )


Facts = Mapping[str, Mapping[str, str]]


def ordered(places: Iterable[Place]) -> list[Place]:
    """Best first; of those that weigh about the same the case comes before its items and decisions.

    What stands on every agenda ("Godkendelse af dagsorden") comes behind all else.
    """
    order = list(FACETS)
    known = [place for place in places if place.kind in FACETS]
    return sorted(known, key=lambda place: (is_standing(place.title), -round(place.score), order.index(place.kind)))


def facts_of(rows: Iterable[Row]) -> Facts:
    """The values of one thing by what narrows, each with its name."""
    found: dict[str, dict[str, str]] = {name: {} for name in NARROWING}
    for row in rows:
        for name, column in COLUMNS.items():
            if value := word(row, column):
                found[name][short(value)] = word(row, f"{column}Label") or value
        if year := word(row, "date")[:4]:
            found["year"][year] = year
        if kept := access(row):
            found["access"][kept] = kept
    return found


def short(iri: str) -> str:
    """The short form of a thing's IRI in an address: what stands behind its kind.

    >>> short("http://127.0.0.1:8000/id/bodies/0707/direktionen"), short("http://metadata.un.org/sdg/4")
    ('0707/direktionen', '4')
    """
    _, _, path = iri.partition("/id/")
    return path.partition("/")[2] if path else iri.rpartition("/")[2]


def fits(place: Place, facts: Facts, asked: Search, *, but: str) -> bool:
    """Whether a thing is of the kind asked for and has the values asked for; `but` names one that is not looked at."""
    if asked.kind and but != "kind" and place.kind != asked.kind:
        return False
    return all(value in facts[name] for name, value in asked.narrowed.items() if name != but)


def kinds(places: Iterable[Place], facts: Mapping[str, Facts], asked: Search) -> tuple[Choice, ...]:
    """The kinds to choose from, with how many each leaves."""
    counted = Counter(place.kind for place in places if fits(place, facts[place.iri], asked, but="kind"))
    return tuple(
        Choice(kind, told, counted[kind], kind == asked.kind) for kind, told in FACETS.items() if counted[kind]
    )


def choices(name: str, places: Iterable[Place], facts: Mapping[str, Facts], *, asked: Search) -> tuple[Choice, ...]:
    """The values to narrow by, those that leave most first (years the newest first); one alone is no choice."""
    counted: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for place in places:
        if place.kind in FACETS and fits(place, facts[place.iri], asked, but=name):
            counted.update(facts[place.iri][name].keys())
            labels.update(facts[place.iri][name])
    chosen = asked.narrowed.get(name, "")
    if len(counted) < 2 and not chosen:
        return ()
    order = sorted(counted, reverse=True) if name == "year" else sorted(counted, key=lambda v: (-counted[v], labels[v]))
    shown = dict.fromkeys([*([chosen] if chosen else []), *order[:FACETS_SHOWN]])
    return tuple(Choice(value, labels.get(value, value), counted[value], value == chosen) for value in shown)
