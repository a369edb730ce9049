"""The merged graph as GraphML, for programs that draw networks: things with their labels, and what joins them."""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree.ElementTree import Element, SubElement, tostring

from graph.ntriples import Statement, parsed
from graph.tables import TYPE, local
from graph.terms import expand

LABEL = f"<{expand('rdfs:label')}>"
_KEYS = (("label", "node"), ("type", "node"), ("property", "edge"))


def graphml(statements: Iterable[Statement], base: str) -> bytes:
    """The things of a graph's own addresses and the statements between them."""
    rows = sorted(s for s in statements if s[0].startswith(f"<{base}/"))
    things = {s for s, _, _, _ in rows}
    root = Element("graphml", xmlns="http://graphml.graphdrawing.org/xmlns")
    for name, kind in _KEYS:
        SubElement(root, "key", {"id": name, "for": kind, "attr.name": name, "attr.type": "string"})
    whole = SubElement(root, "graph", id="sagsgraf", edgedefault="directed")
    labels = {s: parsed(o).value for s, p, o, _ in rows if p == LABEL}
    kinds = {s: local(o[1:-1]) for s, p, o, _ in reversed(rows) if p == TYPE}
    for thing in sorted(things):
        node = SubElement(whole, "node", id=thing[1:-1])
        for name, value in (("label", labels.get(thing)), ("type", kinds.get(thing))):
            if value:
                SubElement(node, "data", key=name).text = value
    for s, p, o, _ in rows:
        if o in things:
            edge = SubElement(whole, "edge", source=s[1:-1], target=o[1:-1])
            SubElement(edge, "data", key="property").text = p[1:-1]
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written
