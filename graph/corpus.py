"""All sources of a graph together → its quads: named graphs, and each triple once in the default graph.

A named graph holds the keys that its own text mints; in the default graph a linked case goes by its earliest key, a
person by the fullest name's, a body by the settings'. What people corrected is put right before anything else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.identity.across import Across, identify
from graph.identity.corrections import Applied, correct
from graph.identity.departments import responsible_units
from graph.identity.departures import departures
from graph.identity.initiatives import procurements
from graph.identity.keys import Names, held, named_graph
from graph.identity.ledger import Ledger
from graph.identity.reports import link_reports
from graph.identity.routes import step_states
from graph.identity.standing import standing_texts
from graph.identity.turns import link_turns, turns
from graph.model import Minutes
from graph.terms import expand
from graph.triples.computed import describe_departures, describe_turns, describe_units
from graph.triples.describe import describe
from graph.triples.links import (
    describe_computed,
    describe_corrections,
    describe_leaders,
    describe_links,
    describe_procurements,
)
from graph.triples.literals import Triple, node

ALTERNATIVES = {
    node(expand("dct:title")): node(expand("dct:alternative")),
    node(expand("skos:prefLabel")): node(expand("skos:altLabel")),
}
# what only the key that holds says of a thing
OWN = frozenset(node(expand(p)) for p in ("rdfs:label", "sag:sortKey", "sag:bodyKind"))
WHO = frozenset(node(expand(p)) for p in ("prov:agent", "org:member", "sag:owner", "sag:substitutes"))
AS_MINTED = frozenset(node(expand(p)) for p in ("sag:linkSource", "sag:linkTarget", "dct:isReplacedBy"))


@dataclass(frozen=True, slots=True)
class Replacements:
    """What the default graph says instead of what a source's text mints.

    `leaders` gives for a key the one that holds; `placed` a key for a subject and what it points at, where one name
    stands for several persons or a post for its holder; `shared` the persons whom one key stands for.
    """

    leaders: dict[str, str]
    placed: dict[tuple[str, str], str]
    shared: dict[str, tuple[str, ...]]

    def of(self, triples: Iterable[Triple]) -> Iterator[Triple]:
        """The triples as they stand in the default graph."""
        leaders, placed, shared = self.leaders, self.placed, self.shared
        for s, p, o in triples:
            if p in AS_MINTED:
                yield s, p, o
            elif s in shared:
                yield from ((person, p, o) for person in shared[s])
            elif s in leaders:
                if p not in OWN:
                    yield leaders[s], ALTERNATIVES.get(p, p), leaders.get(o, o)
            else:
                own = placed.get((s, o), o) if p in WHO else o
                yield s, p, leaders.get(own, own)


def replacements(across: Across) -> Replacements:
    """The replacements that hold across a corpus, as terms."""
    people = across.people
    leaders = {node(key): node(leader) for key, leader in across.leaders.items()}
    placed = {(node(place), node(key)): node(iri) for (place, key), iri in people.placed.items()}
    placed |= {(node(place), node(post)): node(person) for (place, post), person in across.holders.items()}
    shared: dict[str, set[str]] = {}
    for (_, key), iri in people.placed.items():
        shared.setdefault(node(key), set()).add(leaders.get(node(iri), node(iri)))
    for key in map(node, across.unplaced):
        if key in shared:
            shared[key].add(leaders.get(key, key))
    return Replacements(leaders, placed, {key: tuple(sorted(persons)) for key, persons in shared.items()})


def beside(
    corpus: Sequence[tuple[Minutes, Names]], across: Across, *, applied: Iterable[Applied], base: str
) -> dict[str, list[Triple]]:
    """The graphs that stand beside the sources' own: links, and what is computed from several sources."""
    handled, leaders = across.handled, across.leaders
    units, followed = responsible_units(handled, leaders), departures(handled)
    reports = link_reports(handled, across.cases, leaders)
    turned = list(turns(h for h in handled if held(h.minutes)))
    links = [*across.links, *reports, *(u.link for u in units), *(d.link for d in followed), *link_turns(turned)]
    states = step_states(corpus, handled, leaders, lines=across.bodies.lines)
    return {
        "links": [
            *describe_links(links, base),
            *describe_leaders(across.leaders),
            *describe_corrections(applied, base),
        ],
        "computed": [
            *describe_computed(states, standing_texts(corpus), base),
            *describe_departures(followed),
            *describe_units(units),
            *describe_turns(turned),
            *describe_procurements(procurements(handled, leaders), base),
        ],
    }


def quads(
    corpus: Iterable[tuple[Minutes, Names]], vocabulary: Iterable[Triple], base: str, *, ledger: Ledger | None = None
) -> Iterator[str]:
    """Every quad of the graph as a line of N-Quads; the same sources give the same lines in the same order."""
    reviewed = (ledger or Ledger()).at(base)
    mended = correct(sorted(corpus, key=lambda pair: pair[0].source.text_hash), reviewed.corrections)
    across = identify(mended.corpus, reviewed)
    instead = replacements(across)
    merged: dict[Triple, None] = {}
    for minutes, names in mended.corpus:
        triples = describe(minutes, names)
        yield from in_graph(triples, node(named_graph(base, minutes.source.text_hash)))
        merged.update(dict.fromkeys(instead.of(triples)))
    graphs = beside(mended.corpus, across, applied=mended.applied, base=base)
    for name, more in (*graphs.items(), ("vocabulary", list(vocabulary))):
        yield from in_graph(more, node(named_graph(base, name)))
        merged.update(dict.fromkeys(instead.of(more)))
    yield from (f"{s} {p} {o} .\n" for s, p, o in merged)


def in_graph(triples: Iterable[Triple], name: str) -> Iterator[str]:
    """Triples as lines of N-Quads in one graph, each once."""
    return (f"{s} {p} {o} {name} .\n" for s, p, o in dict.fromkeys(triples))
