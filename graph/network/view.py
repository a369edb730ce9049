"""The network of people, cases and bodies as a whole: who brokers, who appears together, which groups there are."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import networkx as nx

from graph.network.edges import PROJECTIONS, TOGETHER, Edge, Measure, Node, Select, Sentence, read_edges, read_nodes


class Network:
    """The things and connections of a graph as they stood when it was read."""

    def __init__(self, nodes: dict[str, Node], edges: Iterable[Edge]) -> None:
        self.nodes = nodes
        self.edges = [edge for edge in edges if edge.source in nodes and edge.target in nodes]

    @classmethod
    def read(cls, select: Select) -> Network:
        """The network of the default graph that a SELECT reaches."""
        return cls(read_nodes(select), read_edges(select))

    def projection(self, name: str) -> list[Edge]:
        """The edges of one of the PROJECTIONS; of co-participation one between any two who took part in one case."""
        kinds = PROJECTIONS[name]
        return self.together() if kinds == (TOGETHER,) else [edge for edge in self.edges if edge.kind in kinds]

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
        return [Edge(*ends, TOGETHER, tuple(sorted(days[ends])), tuple(sorted(said[ends]))) for ends in sorted(days)]

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
