"""The child's side of a query worker: a process that may be killed at any moment, and often is.

Started by `api.workers` with one JSON argument. It gives up the network, caps its memory, opens the store read-only,
says that it is ready, and then answers one request at a time over its socket until that closes. Both ways a message is
lengths and bytes: a request is settings in JSON, which are often those of the request before, and the query's text; an
answer is a kind, a mark that the process wants to be replaced, and a body. A long answer goes out in pieces as it is
made, each of a kind in small letters; the last one's kind is in capitals.
"""

import fcntl
import json
import os
import re
import resource
import select
import socket
import struct
import sys
import time
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any
from xml.parsers import expat

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    Variable,
)

from api.worker_walls import shut_in

REQUEST_HEAD = struct.Struct("!II")
ANSWER_HEAD = struct.Struct("!c?I")
READY, SOLUTIONS, TRIPLES, DONE, FAILED = b"R", b"S", b"T", b"D", b"F"
PIECE = 262_144
Request = tuple[Mapping[str, Any], str]  # the settings, and the text of the query

SOLUTION_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
TRIPLE_FORMATS = {
    "turtle": RdfFormat.TURTLE,
    "jsonld": RdfFormat.JSON_LD,
    "ntriples": RdfFormat.N_TRIPLES,
    "rdfxml": RdfFormat.RDF_XML,
    "nquads": RdfFormat.N_QUADS,
    "trig": RdfFormat.TRIG,
}
_POSITION = re.compile(r"error at ([0-9]+):([0-9]+): (?:expected )?(.*)")
_SHORT = 65_536  # below this, head and body go out in one write
_LINGER = 0.0002  # seconds
_LOOK = 16  # queries between two looks at the memory: a look costs a tenth of a short query


class _AnswerError(Exception):
    """No answer can be sent: its kind, one of those that `api.workers` knows, and the words for it."""

    def __init__(self, kind: str, message: str = "") -> None:
        super().__init__(kind)
        self.kind = kind
        self.message = message


FAILURES = (_AnswerError, SyntaxError, MemoryError, OSError, ValueError, TypeError, RuntimeError)


class _Outgoing:
    """Where an answer is written: it leaves in pieces, and one octet over the limit is an error."""

    def __init__(self, channel: socket.socket, kind: bytes, *, limit: int, xml: bool) -> None:
        self._channel = channel
        self._kind = kind
        self._room = limit
        self._kept = bytearray()
        self._parser = expat.ParserCreate(namespace_separator=" ") if xml else None

    def write(self, chunk: Any) -> int:
        """Takes what the engine writes."""
        self._room -= len(chunk)
        if self._room < 0:
            raise _AnswerError("large")
        self._kept += chunk
        if len(self._kept) >= PIECE:
            send(self._channel, self._kind.lower(), self._check(last=False))
            self._kept = bytearray()
        return len(chunk)

    def flush(self) -> None:
        """Nothing: a file has this, and the engine may call it."""

    def last(self) -> bytes:
        """What has not left yet."""
        return self._check(last=True)

    def _check(self, *, last: bool) -> bytes:
        """The kept octets; the engine writes control characters, and predicates that end in a digit, as broken XML."""
        if self._parser:
            try:
                self._parser.Parse(bytes(self._kept), last)
            except expat.ExpatError as error:
                raise _AnswerError("xml", str(error)) from error
        return bytes(self._kept)


def main(argument: str) -> None:
    """Serve one store on one socket until it closes; `argument` is the JSON that `api.workers` writes."""
    settings = json.loads(argument)
    channel = socket.socket(fileno=settings["channel"])
    wall = shut_in(settings["memory"], files=0)
    try:
        _hold(os.path.dirname(settings["store"]))
        store = Store.read_only(settings["store"])
    except OSError as error:
        send(channel, FAILED, json.dumps({"kind": "store", "message": str(error)}).encode())
        return
    send(channel, READY, json.dumps({"wall": wall}).encode())
    memory = _Memory()
    tired = False
    for served, request in enumerate(requests(channel)):
        kind, body = answer(store, request, channel, limit=settings["answer"])
        if served % _LOOK == 0 or len(body) >= _SHORT:
            tired = tired or memory.resident() > settings["resident"]
        send(channel, kind, body, tired=tired or served + 1 >= settings["queries"])


def _hold(folder: str) -> None:
    """Keep a version from being removed while this process lives (`graph.holding`); OSError if it is being removed."""
    fcntl.flock(os.open(folder, os.O_RDONLY), fcntl.LOCK_SH | fcntl.LOCK_NB)


def requests(channel: socket.socket) -> Iterator[Request]:
    """The requests that come in, until the socket closes."""
    incoming = channel.makefile("rb")
    arriving = select.poll()
    arriving.register(channel, select.POLLIN)
    while len(head := incoming.read(REQUEST_HEAD.size)) == REQUEST_HEAD.size:
        settings, text = REQUEST_HEAD.unpack(head)
        yield _read_settings(incoming.read(settings)), incoming.read(text).decode("utf-8", "surrogatepass")
        _linger(arriving)


def _linger(arriving: select.poll) -> None:
    """Look for the next request a moment before sleeping: to be woken takes as long as a short query's work.

    Whoever else wants the processor goes first.
    """
    until = time.monotonic() + _LINGER
    while not arriving.poll(0) and time.monotonic() < until:
        os.sched_yield()


@lru_cache(maxsize=64)
def _read_settings(octets: bytes) -> Mapping[str, Any]:
    settings: dict[str, Any] = json.loads(octets)
    return settings


def send(channel: socket.socket, kind: bytes, body: bytes, *, tired: bool = False) -> None:
    """Send one message."""
    head = ANSWER_HEAD.pack(kind, tired, len(body))
    if len(body) < _SHORT:
        channel.sendall(head + body)
    else:
        channel.sendall(head)
        channel.sendall(body)


def answer(store: Store, request: Request, channel: socket.socket, *, limit: int) -> tuple[bytes, bytes]:
    """The kind of the answer and its body, or what is left of it when its first pieces have been sent."""
    try:
        return _evaluate(store, request, channel, limit=limit)
    except FAILURES as error:
        return FAILED, failure(error)


def failure(error: BaseException) -> bytes:
    """A failure as `api.worker_failures` reads it."""
    match error:
        case _AnswerError():
            told: dict[str, str | int | None] = {"kind": error.kind, "message": error.message}
        case SyntaxError():
            told = _syntax(str(error))
        case MemoryError():
            told = {"kind": "memory"}
        case OSError():
            told = {"kind": "store", "message": str(error)}
        case _:
            told = {"kind": "query", "message": str(error)}
    return json.dumps(told).encode()


def _evaluate(store: Store, request: Request, channel: socket.socket, *, limit: int) -> tuple[bytes, bytes]:
    settings, query = request
    results = store.query(
        query,
        base_iri=settings["base"],
        default_graph=None if settings["default"] is None else [NamedNode(name) for name in settings["default"]],
        named_graphs=None if settings["named"] is None else [NamedNode(name) for name in settings["named"]],
        substitutions={Variable(name): _term(term) for name, term in settings["terms"].items()} or None,
    )
    kind = TRIPLES if isinstance(results, QueryTriples) else SOLUTIONS
    name = settings["triples" if kind == TRIPLES else "solutions"]
    if name is None:
        raise _AnswerError("format", "triples" if kind == TRIPLES else "solutions")
    outgoing = _Outgoing(channel, kind, limit=limit, xml=name in ("xml", "rdfxml"))
    if isinstance(results, QueryTriples):
        results.serialize(outgoing, TRIPLE_FORMATS[name])  # type: ignore[arg-type] # it asks for no more than write
    else:
        results.serialize(outgoing, SOLUTION_FORMATS[name])  # type: ignore[arg-type]
    return kind, outgoing.last()


def _term(term: Mapping[str, str]) -> NamedNode | Literal:
    """The RDF term that a SPARQL-JSON term object stands for."""
    if term["type"] == "uri":
        return NamedNode(term["value"])
    if term["type"] != "literal":
        raise ValueError(f"a {term['type']} cannot be put into a query")
    if "xml:lang" in term:
        return Literal(term["value"], language=term["xml:lang"])
    return Literal(term["value"], datatype=NamedNode(term["datatype"]) if "datatype" in term else None)


def _syntax(message: str) -> dict[str, str | int | None]:
    found = _POSITION.match(message)
    if not found:
        return {"kind": "syntax", "message": message[:300], "line": None, "column": None}
    # the signs and words that would fit; the ranges of letters that the engine lists after them help nobody
    expected = found[3].partition(", [")[0].partition(", _")[0][:300]
    return {"kind": "syntax", "message": expected, "line": int(found[1]), "column": int(found[2])}


class _Memory:
    """How much of the machine's memory this process holds (0 where the system does not say)."""

    def __init__(self) -> None:
        # not getrusage: its peak is inherited from the parent, through exec
        self._statm = os.open("/proc/self/statm", os.O_RDONLY) if os.path.exists("/proc/self/statm") else None

    def resident(self) -> int:
        """Octets resident now."""
        if self._statm is None:
            return 0
        return int(os.pread(self._statm, 100, 0).split()[1]) * resource.getpagesize()


if __name__ == "__main__":
    main(sys.argv[1])
