"""The child's side of the scratch store: the one process that has it open, and the only one here that writes.

It answers queries as `api.worker_process` does, and takes changes beside: an update, or what becomes of one graph. Each
change is one transaction. It parses RDF from outside, so it has the same walls as the others: a text that kills it
kills nothing else.
"""

import json
import socket
import sys
from collections.abc import Mapping
from typing import Any

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store, parse

from api.worker_process import DONE, FAILED, FAILURES, READY, answer, failure, requests, send
from api.worker_walls import shut_in

_LARGEST_FILE = 1 << 30
_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def main(argument: str) -> None:
    """Serve the scratch store on one socket until it closes."""
    settings = json.loads(argument)
    channel = socket.socket(fileno=settings["channel"])
    wall = shut_in(settings["memory"], files=_LARGEST_FILE)
    try:
        store = Store(settings["store"])
    except OSError as error:
        send(channel, FAILED, failure(error))
        return
    send(channel, READY, json.dumps({"wall": wall}).encode())
    for request in requests(channel):
        change, _ = request
        if "change" in change:
            send(channel, *_changed(store, change))
        else:
            send(channel, *answer(store, request, channel, limit=settings["answer"]))


def _changed(store: Store, request: Mapping[str, Any]) -> tuple[bytes, bytes]:
    try:
        existed = _change(store, request)
        store.flush()
    except FAILURES as error:
        return FAILED, failure(error)
    return DONE, json.dumps({"existed": existed}).encode()


def _change(store: Store, request: Mapping[str, Any]) -> bool:
    """Make the change; whether the graph was there before."""
    if request["change"] == "update":
        store.update(request["update"], base_iri=request["base"])
        return True
    name = NamedNode(request["graph"]) if request["graph"] is not None else None
    existed = name is None or store.contains_named_graph(name)
    target = f"GRAPH {name}" if name else "DEFAULT"
    if request["change"] == "delete":
        store.update(f"DROP SILENT {target}")
        return existed
    triples = "\n".join(_triples(request))
    inside = f"GRAPH {name} {{ {triples} }}" if name else triples
    steps = [f"INSERT DATA {{ {inside} }}"]
    if name:
        steps.insert(0, f"CREATE SILENT {target}")
    if request["change"] == "put":
        steps.insert(0, f"DROP SILENT {target}")
    store.update(" ;\n".join(steps))
    return existed


def _triples(request: Mapping[str, Any]) -> list[str]:
    """The triples of the parts sent, as the engine itself writes them; blank nodes of two parts stay two."""
    found = []
    for number, (form, text) in enumerate(request["parts"]):
        for quad in parse(text, _FORMATS[form], base_iri=request["base"], without_named_graphs=True):
            terms = (quad.subject, quad.predicate, quad.object)
            found.append(
                " ".join(f"_:p{number}{t.value}" if isinstance(t, BlankNode) else str(t) for t in terms) + " ."
            )
    return found


if __name__ == "__main__":
    main(sys.argv[1])
