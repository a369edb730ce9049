"""The network in the forms that other programs read: GraphML, GEXF, Cytoscape JSON, and CSV safe for spreadsheets.

Each form is written piece by piece, so that a network of any size takes little memory.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from graph.network.edges import Edge, Node
from graph.spreadsheets import sheet

JOINT = " ¶ "
_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_COLUMNS = ("source", "source_label", "source_kind", "target", "target_label", "target_kind", "kind", "weight", "days")
_OF_NODES = ("label", "kind")
_OF_EDGES = ("kind", "weight", "days", "quotes", "sources")

Nodes = Mapping[str, Node]


def quotes(edge: Edge) -> str:
    """The sentences of a connection in one text."""
    return JOINT.join(sentence.quote for sentence in edge.sentences)


def sources(edge: Edge) -> str:
    """Where the sentences of a connection stand, in the same order."""
    return JOINT.join(f"{s.source}.txt#char={s.begin},{s.end}" for s in edge.sentences)


def as_csv(nodes: Nodes, edges: Iterable[Edge]) -> Iterator[str]:
    """One line a connection, with its sentences joined by " ¶ "."""
    yield sheet([(*_COLUMNS, "quotes", "sources")])
    for edge in edges:
        one, other = nodes[edge.source], nodes[edge.target]
        ends = (one.iri, one.label, one.kind, other.iri, other.label, other.kind)
        yield sheet([(*ends, edge.kind, edge.weight, " ".join(edge.days), quotes(edge), sources(edge))])


def as_cytoscape(nodes: Nodes, edges: Iterable[Edge]) -> Iterator[str]:
    """The elements that cytoscape.js takes: nodes and edges, each edge with its sentences."""
    yield '{"elements": {"nodes": [\n'
    yield from listed({"id": n.iri, "label": n.label, "kind": n.kind} for n in nodes.values())
    yield '], "edges": [\n'
    yield from listed(
        {
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
        for edge in edges
    )
    yield "]}}\n"


def listed(elements: Iterable[dict[str, object]]) -> Iterator[str]:
    """The elements of a JSON list, one a line."""
    before = ""
    for element in elements:
        yield before + json.dumps({"data": element}, ensure_ascii=False)
        before = ",\n"


def attribute(value: object) -> str:
    """A value as an XML attribute, quotation marks and all; what XML cannot hold is left out."""
    return quoteattr(_NOT_IN_XML.sub("", str(value)))


def of_node(node: Node) -> dict[str, object]:
    """What is told of a thing beside its address."""
    return {"label": node.label, "kind": node.kind}


def of_edge(edge: Edge) -> dict[str, object]:
    """What is told of a connection beside its ends."""
    told = (edge.kind, edge.weight, " ".join(edge.days), quotes(edge), sources(edge))
    return dict(zip(_OF_EDGES, told, strict=True))


def as_graphml(nodes: Nodes, edges: Iterable[Edge]) -> Iterator[str]:
    """GraphML, as Gephi, yEd and Cytoscape read it."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    for use, names in (("node", _OF_NODES), ("edge", _OF_EDGES)):
        for name in names:
            kind = "long" if name == "weight" else "string"
            yield f'<key id="{use}-{name}" for="{use}" attr.name="{name}" attr.type="{kind}"/>\n'
    yield '<graph edgedefault="directed">\n'
    for node in nodes.values():
        yield f"<node id={attribute(node.iri)}>{held('node', of_node(node))}</node>\n"
    for edge in edges:
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)}"
        yield f"<edge id={attribute(edge_key(edge))} {ends}>{held('edge', of_edge(edge))}</edge>\n"
    yield "</graph>\n</graphml>\n"


def held(use: str, values: Mapping[str, object]) -> str:
    """The values of a node or an edge as GraphML has them."""
    return "".join(f'<data key="{use}-{name}">{attribute(value)[1:-1]}</data>' for name, value in values.items())


def edge_key(edge: Edge) -> str:
    """A key of a connection that no other has."""
    return f"{edge.kind} {edge.source} {edge.target}"


def as_gexf(nodes: Nodes, edges: Iterable[Edge]) -> Iterator[str]:
    """GEXF, as Gephi reads it, without the day of writing: the same graph gives the same file."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield '<graph defaultedgetype="directed" mode="static">\n'
    for use, names in (("node", ("kind",)), ("edge", _OF_EDGES)):
        yield f'<attributes class="{use}">\n'
        for name in names:
            yield f'<attribute id="{name}" title="{name}" type="{"long" if name == "weight" else "string"}"/>\n'
        yield "</attributes>\n"
    yield "<nodes>\n"
    for node in nodes.values():
        start = f"<node id={attribute(node.iri)} label={attribute(node.label)}>"
        yield f"{start}{valued({'kind': node.kind})}</node>\n"
    yield "</nodes>\n<edges>\n"
    for edge in edges:
        ends = f"source={attribute(edge.source)} target={attribute(edge.target)} weight={attribute(edge.weight)}"
        yield f"<edge id={attribute(edge_key(edge))} {ends}>{valued(of_edge(edge))}</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"


def valued(values: Mapping[str, object]) -> str:
    """The values of a node or an edge as GEXF has them."""
    rows = "".join(f'<attvalue for="{name}" value={attribute(value)}/>' for name, value in values.items())
    return f"<attvalues>{rows}</attvalues>"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of the network: its media type, its file's suffix, and what writes it."""

    media_type: str
    suffix: str
    write: Callable[[Nodes, Iterable[Edge]], Iterator[str]]


FORMS: dict[str, Form] = {
    "graphml": Form("application/graphml+xml", "graphml", as_graphml),
    "gexf": Form("application/gexf+xml", "gexf", as_gexf),
    "cytoscape": Form("application/json", "cyjs", as_cytoscape),
    "csv": Form("text/csv", "csv", as_csv),
}
