"""The network of people, cases and bodies: shortest ways between things, who brokers, who appears together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, islice, pairwise

import networkx as nx

from graph.network.edges import BODY, CASE, ENDS, PERSON, Edge, Node, Select, Sentence, read_edges, read_nodes

PROJECTIONS = ("all", "people-cases", "body-flow", "co-participation")
_MOST_WALKED = 500
ORDER = {kind: place for place, kind in enumerate(ENDS)}


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a way: from a thing to the next by one connection, whichever way round it is stated."""

    here: Node
    there: Node
    edge: Edge


@dataclass(frozen=True, slots=True)
class Measure:
    """A thing with what was measured of it."""

    node: Node
    value: float


class Network:
    """The things and connections of a graph as they stood when it was read."""

    def __init__(self, nodes: dict[str, Node], edges: Iterable[Edge]) -> None:
        self.nodes = nodes
        self.edges = [edge for edge in edges if edge.source in nodes and edge.target in nodes]
        self.between: dict[frozenset[str], list[Edge]] = {}
        for edge in self.edges:
            self.between.setdefault(frozenset((edge.source, edge.target)), []).append(edge)

    @classmethod
    def read(cls, select: Select) -> Network:
        """The network of the default graph that a SELECT reaches."""
        return cls(read_nodes(select), read_edges(select))

    def ways(self, start: str, goal: str, *, most: int = 5) -> list[list[Step]]:
        """The shortest ways between two things, at most so many; none where they are unconnected.

        A way leads from body to body over the case that was sent on, so that every step has a sentence of its own.
        """
        plain = nx.Graph()
        plain.add_edges_from(
            sorted(
                tuple(sorted(ends)) for ends, edges in self.between.items() if {e.kind for e in edges} != {"sends-on"}
            )
        )
        if start == goal or start not in plain or goal not in plain or not nx.has_path(plain, start, goal):
            return []
        found = islice(nx.all_shortest_paths(plain, start, goal), _MOST_WALKED)
        walked = sorted(found, key=lambda way: [self.nodes[iri].label for iri in way])
        return [[self.step(one, other) for one, other in pairwise(way)] for way in walked[:most]]

    def step(self, here: str, there: str) -> Step:
        """The step between two connected things, by the connection that most meetings state."""
        edges = self.between[frozenset((here, there))]
        best = min(edges, key=lambda edge: (-edge.weight, ORDER[edge.kind], edge.source))
        return Step(self.nodes[here], self.nodes[there], best)

    def projection(self, name: str) -> list[Edge]:
        """The edges of one of the PROJECTIONS; of co-participation one between any two who took part in one case."""
        if name == "all":
            return self.edges
        if name == "people-cases":
            return [edge for edge in self.edges if ENDS[edge.kind] == (PERSON, CASE)]
        if name == "body-flow":
            return [edge for edge in self.edges if ENDS[edge.kind] == (BODY, BODY)]
        return self.together()

    def together(self) -> list[Edge]:
        """Who took part in a case, or sat in a body, on the same days: one edge a pair, with what says so."""
        by_place: dict[str, list[Edge]] = {}
        for edge in self.edges:
            if edge.kind in ("took-part", "sat-in"):
                by_place.setdefault(edge.target, []).append(edge)
        days: dict[tuple[str, str], set[str]] = {}
        said: dict[tuple[str, str], set[Sentence]] = {}
        for _, edges in sorted(by_place.items()):
            for one, other in combinations(sorted(edges, key=lambda e: e.source), 2):
                shared, ends = set(one.days) & set(other.days), (one.source, other.source)
                if shared and one.source != other.source:
                    days.setdefault(ends, set()).update(shared)
                    said.setdefault(ends, set()).update(
                        s for s in (*one.sentences, *other.sentences) if s.day in shared
                    )
        return [Edge(*ends, "together", tuple(sorted(days[ends])), tuple(sorted(said[ends]))) for ends in sorted(days)]

    def drawn(self, name: str) -> nx.Graph:
        """A projection as a graph of its own, with weights; the flow between bodies has a direction."""
        drawn = nx.DiGraph() if name == "body-flow" else nx.Graph()
        for edge in self.projection(name):
            weight = edge.weight
            if drawn.has_edge(edge.source, edge.target):
                weight += drawn[edge.source][edge.target]["weight"]
            drawn.add_edge(edge.source, edge.target, weight=weight)
        return drawn

    def brokers(self) -> list[Measure]:
        """The bodies that lie on most ways between others along the routes, the foremost first."""
        found = nx.betweenness_centrality(self.drawn("body-flow"))
        return self.measured(found)

    def cores(self, name: str = "co-participation") -> list[Measure]:
        """For each thing the densest core that it belongs to (k-core), the densest first."""
        drawn = self.drawn(name).to_undirected()
        drawn.remove_edges_from(list(nx.selfloop_edges(drawn)))
        return self.measured(nx.core_number(drawn))

    def communities(self, name: str = "people-cases") -> list[list[Node]]:
        """The groups that are more connected within than without, the largest first."""
        drawn = self.drawn(name).to_undirected()
        if not drawn.number_of_edges():
            return []
        found = nx.community.louvain_communities(drawn, weight="weight", seed=1)
        groups = [sorted((self.nodes[iri] for iri in group), key=lambda n: (n.label, n.iri)) for group in found]
        return sorted(groups, key=lambda group: (-len(group), group[0].label, group[0].iri))

    def measured(self, values: dict[str, float]) -> list[Measure]:
        """What was measured, the highest first."""
        found = [Measure(self.nodes[iri], float(value)) for iri, value in values.items()]
        return sorted(found, key=lambda m: (-m.value, m.node.label, m.node.iri))
