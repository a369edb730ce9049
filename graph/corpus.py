"""All sources of a graph together → its quads: named graphs, and each triple once in the default graph.

A named graph holds the keys that its own text mints; in the default graph a linked case goes by its earliest key.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from graph.identity.attachments import link_attachments
from graph.identity.cases import Link, handled_items, leading_cases, link_cases
from graph.identity.departments import responsible_units
from graph.identity.departures import departures
from graph.identity.keys import Names, named_graph
from graph.identity.reports import link_reports
from graph.identity.routes import step_states
from graph.identity.standing import standing_texts
from graph.model import Minutes
from graph.terms import expand
from graph.triples.computed import describe_departures, describe_units
from graph.triples.describe import describe
from graph.triples.links import describe_computed, describe_leaders, describe_links
from graph.triples.literals import Triple, node

TITLE, ALTERNATIVE = node(expand("dct:title")), node(expand("dct:alternative"))
LABELS = frozenset({node(expand("rdfs:label")), node(expand("sag:sortKey"))})
AS_MINTED = frozenset(node(expand(p)) for p in ("sag:linkSource", "sag:linkTarget", "dct:isReplacedBy"))


@dataclass(frozen=True, slots=True)
class Across:
    """What holds across the sources of a corpus."""

    links: list[Link]
    leaders: dict[str, str]
    triples: dict[str, list[Triple]]


def identify(corpus: Sequence[tuple[Minutes, Names]], base: str) -> Across:
    """The links, states and standing texts of a corpus, whichever order its sources come in."""
    handled = handled_items(corpus)
    cases = link_cases(handled)
    leaders = leading_cases(cases)
    units, followed = responsible_units(handled, leaders), departures(handled)
    beside = [*link_attachments(handled), *link_reports(handled, cases, leaders)]
    links = [*cases, *beside, *(u.link for u in units), *(d.link for d in followed)]
    triples = {
        "links": [*describe_links(links, base), *describe_leaders(leaders)],
        "computed": [
            *describe_computed(step_states(corpus, handled, leaders), standing_texts(corpus), base),
            *describe_departures(followed),
            *describe_units(units),
        ],
    }
    return Across(links, leaders, triples)


def quads(corpus: Iterable[tuple[Minutes, Names]], vocabulary: Iterable[Triple], base: str) -> Iterator[str]:
    """Every quad of the graph as a line of N-Quads; the same sources give the same lines in the same order."""
    steady = sorted(corpus, key=lambda pair: pair[0].source.text_hash)
    across = identify(steady, base)
    leaders = {node(case): node(leader) for case, leader in across.leaders.items()}
    merged: dict[Triple, None] = {}
    graphs = {minutes.source.text_hash: describe(minutes, names) for minutes, names in steady}
    for name, triples in graphs.items():
        yield from in_graph(triples, node(named_graph(base, name)))
        merged.update(dict.fromkeys(replaced(triples, leaders)))
    for name, beside in (*across.triples.items(), ("vocabulary", list(vocabulary))):
        yield from in_graph(beside, node(named_graph(base, name)))
        merged.update(dict.fromkeys(replaced(beside, leaders)))
    yield from (f"{s} {p} {o} .\n" for s, p, o in merged)


def in_graph(triples: Iterable[Triple], name: str) -> Iterator[str]:
    """Triples as lines of N-Quads in one graph, each once."""
    return (f"{s} {p} {o} {name} .\n" for s, p, o in dict.fromkeys(triples))


def replaced(triples: Iterable[Triple], leaders: dict[str, str]) -> Iterator[Triple]:
    """Triples with linked case keys replaced; the title of a replaced case becomes an alternative one."""
    for s, p, o in triples:
        if p in AS_MINTED:
            yield s, p, o
        elif s in leaders:
            if p in LABELS:
                continue
            yield leaders[s], ALTERNATIVE if p == TITLE else p, o
        else:
            yield s, p, leaders.get(o, o)
