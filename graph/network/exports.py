"""The network in the forms that other programs read: GraphML, GEXF, Cytoscape JSON, and CSV safe for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import networkx as nx

from graph.network.edges import Edge, Node
from graph.network.view import Network

_STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WRITTEN_ON = re.compile(r' lastmodifieddate="[^"]*"')
_COLUMNS = ("source", "source_label", "source_kind", "target", "target_label", "target_kind", "kind", "weight", "days")


def cell(value: str) -> str:
    """A text as a spreadsheet may have it: one that would be taken for a formula gets an apostrophe in front.

    >>> cell("=HYPERLINK(…)"), cell("Økonomiudvalget")
    ("'=HYPERLINK(…)", 'Økonomiudvalget')
    """
    return f"'{value}" if value.startswith(_STARTS_FORMULA) else value


def as_csv(network: Network, edges: list[Edge]) -> str:
    """One line a connection, with its sentences joined by " ¶ "."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow((*_COLUMNS, "quotes", "sources"))
    for edge in edges:
        one, other = network.nodes[edge.source], network.nodes[edge.target]
        quotes = " ¶ ".join(sentence.quote for sentence in edge.sentences)
        sources = " ¶ ".join(f"{s.source}.txt#char={s.begin},{s.end}" for s in edge.sentences)
        texts = (one.iri, one.label, one.kind, other.iri, other.label, other.kind, edge.kind)
        days = " ".join(edge.days)
        rows.writerow((*map(cell, texts), edge.weight, days, cell(quotes), cell(sources)))
    return out.getvalue()


def as_cytoscape(network: Network, edges: list[Edge]) -> str:
    """The elements that cytoscape.js takes: nodes and edges, each edge with its sentences."""
    nodes = [{"data": {"id": n.iri, "label": n.label, "kind": n.kind}} for n in used(network, edges)]
    drawn = [
        {
            "data": {
                "id": f"{edge.kind} {edge.source} {edge.target}",
                "source": edge.source,
                "target": edge.target,
                "kind": edge.kind,
                "weight": edge.weight,
                "days": list(edge.days),
                "sentences": [
                    {"quote": s.quote, "source": s.source, "begin": s.begin, "end": s.end} for s in edge.sentences
                ],
            }
        }
        for edge in edges
    ]
    return json.dumps({"elements": {"nodes": nodes, "edges": drawn}}, ensure_ascii=False, indent=1) + "\n"


def used(network: Network, edges: list[Edge]) -> list[Node]:
    """The things that some connections join, in a steady order."""
    ends = {end for edge in edges for end in (edge.source, edge.target)}
    return [network.nodes[iri] for iri in sorted(ends)]


def drawn(network: Network, edges: list[Edge]) -> nx.MultiDiGraph:
    """The connections as a graph with plain values alone, as GraphML and GEXF want them."""
    whole = nx.MultiDiGraph()
    for node in used(network, edges):
        whole.add_node(node.iri, label=node.label, kind=node.kind)
    for edge in edges:
        quotes = " ¶ ".join(sentence.quote for sentence in edge.sentences)
        days = " ".join(edge.days)
        whole.add_edge(
            edge.source, edge.target, key=edge.kind, kind=edge.kind, weight=edge.weight, days=days, quotes=quotes
        )
    return whole


def as_graphml(network: Network, edges: list[Edge]) -> str:
    """GraphML, as Gephi, yEd and Cytoscape read it."""
    return "\n".join(nx.generate_graphml(drawn(network, edges), named_key_ids=True)) + "\n"


def as_gexf(network: Network, edges: list[Edge]) -> str:
    """GEXF, as Gephi reads it, without the day of writing: the same graph gives the same file."""
    return _WRITTEN_ON.sub("", "\n".join(nx.generate_gexf(drawn(network, edges)))) + "\n"


FORMS: dict[str, Callable[[Network, list[Edge]], str]] = {
    "graphml": as_graphml,
    "gexf": as_gexf,
    "cytoscape": as_cytoscape,
    "csv": as_csv,
}


def export(network: Network, projection: str, form: str) -> str:
    """One of the view's projections in one of the FORMS."""
    return FORMS[form](network, network.projection(projection))
