"""Queries answered by a SPARQL 1.1 server elsewhere: the same service, pages and questions over an engine that exists.

The setting is `sparql+http://user:password@host:port/query?store=…&graph=…`: the address of queries, that of the graph
store on the same host, and, for a server whose default graph is the union of all (Virtuoso), the name under which the
merged graph is kept. A version is put there graph by graph, the merged one last and in one request, so that questions
see the old one or the new one.

An answer is read whole before it counts: some servers cut theirs and say 200. A query that takes too long is left, and
the server is told so by the closing of the connection; whether it stops is its own affair.
"""

import asyncio
import hashlib
import http.client
import json
import time
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

from api.adaptation import PROBES, adapted, restored
from api.budget import Budgeted
from api.lanes import Clients
from api.remote_graphs import graphs_of
from api.remote_place import Passwords, Place
from api.substitution import form_of, substituted
from api.worker_failures import too_slow
from api.worker_messages import LaneName, QueryAnswer, QueryRequest, Term
from api.worker_results import solutions_in, triples_in
from graph.errors import AnswerTooLargeError, FormatError, QueryError, StoreError
from graph.store import Version

_JSON, _NTRIPLES = "application/sparql-results+json", "application/n-triples"
_UPLOAD_SECONDS = 3_600.0
_MARK = "https://w3id.org/sagsgraf/version/"


class RemoteEngine(Budgeted):
    """A SPARQL server elsewhere, asked in the same way as the pool of workers."""

    def __init__(
        self, place: Place, version: Version, *, workers: int = 2, deadline: float = 10.0, budget: float | None = None
    ) -> None:
        super().__init__(budget)
        self.place = place
        self.deadline = deadline
        self.restarts = 0
        self.longest = 10_000_000
        self._clients = Clients()
        self._threads = {
            "public": ThreadPoolExecutor(workers, "public"),
            "reserved": ThreadPoolExecutor(workers, "reserved"),
        }
        self._version = version
        self._merged = ""
        self._opener = build_opener(ProxyHandler({}))
        self._passwords = Passwords(place)
        self._faults: frozenset[str] = frozenset()

    @property
    def alive(self) -> int:
        """How many queries may be under way."""
        return sum(threads._max_workers for threads in self._threads.values())

    @property
    def waiting(self) -> int:
        """How many queries wait."""
        return sum(threads._work_queue.qsize() for threads in self._threads.values())

    @property
    def edition(self) -> str:
        """The version that is answered from."""
        return str(self._version.number)

    async def start(self) -> None:
        """See that the server answers, which faults it has, and that it holds the version."""
        await asyncio.to_thread(self._probe)
        await asyncio.to_thread(self._put_version, self._version)

    async def close(self) -> None:
        """Leave nothing running."""
        for threads in self._threads.values():
            threads.shutdown(wait=False, cancel_futures=True)

    async def switch(self, store_path: Path) -> None:
        """Put another version there, and answer from it when it is whole."""
        await asyncio.to_thread(self._put_version, Version(int(store_path.parent.name), store_path.parent))

    async def run(self, request: QueryRequest, *, lane: LaneName = "public", client: str | None = None) -> QueryAnswer:
        """The whole answer to a query."""
        if client is None:
            return await self._run(request, lane)
        await self._clients.enter(client)
        begun = time.monotonic()
        try:
            self.check(client)
            return await self._run(request, lane)
        finally:
            self.charge(client, time.monotonic() - begun)
            self._clients.leave(client)

    async def open(self, request: QueryRequest, *, client: str | None = None, spool: int = 1 << 20) -> QueryAnswer:
        """The whole answer: another server's answer counts when it is whole, not before."""
        return await self.run(request, client=client)

    async def select(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The rows of a SELECT of our own."""
        answer = await self.run(QueryRequest(query, terms=terms or {}), lane="reserved")
        return _rows(answer)

    def select_blocking(self, query: str, terms: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """`select` for code that is not asynchronous."""
        return _rows(self.ask(QueryRequest(query, terms=terms or {})))

    async def _run(self, request: QueryRequest, lane: LaneName) -> QueryAnswer:
        threads = self._threads["reserved" if lane == "reserved" else "public"]
        loop = asyncio.get_running_loop()
        try:
            return await asyncio.wait_for(loop.run_in_executor(threads, self.ask, request), self.deadline)
        except TimeoutError:
            raise too_slow(self.deadline) from None

    def ask(self, request: QueryRequest) -> QueryAnswer:
        """The answer from the server, read whole."""
        solutions = form_of(request.query) in ("SELECT", "ASK")
        wanted = request.solutions if solutions else request.triples
        if wanted is None:
            raise FormatError("Denne forespørgsel svares i en anden slags format.", "This query has other formats.")
        pairs = [("query", self._text(request))]
        pairs += [("default-graph-uri", name) for name in request.default_graphs or self._own_default(request)]
        pairs += [("named-graph-uri", name) for name in request.named_graphs]
        headers = {"Accept": _JSON if solutions else _NTRIPLES, "Content-Type": "application/x-www-form-urlencoded"}
        body = self._send("POST", self.place.query, urlencode(pairs).encode(), headers=headers)
        if "separator" in self._faults:
            body = restored(body.decode()).encode()
        try:
            return QueryAnswer(wanted, solutions_in(body, wanted) if solutions else triples_in(body, wanted))
        except (ValueError, KeyError, SyntaxError) as error:
            raise StoreError(
                "Serveren bag tjenesten svarede med et afbrudt svar.", "The server behind sent a broken answer."
            ) from error

    def _own_default(self, request: QueryRequest) -> tuple[str, ...]:
        return (self._merged,) if self._merged and not request.named_graphs else ()

    def _text(self, request: QueryRequest) -> str:
        try:
            text = substituted(request.query, request.terms)
        except ValueError as error:
            raise QueryError(f"En værdi kan ikke bruges: {error}", f"A value cannot be used: {error}") from error
        text = adapted(text, self._faults)
        return f"BASE <{request.base}>\n{text}" if request.base else text

    def _probe(self) -> None:
        """Which known faults the server has; StoreError if it does not answer at all."""
        found = set()
        for fault, query in PROBES.items():
            if b"true" not in self.ask(QueryRequest(query)).body:
                found.add(fault)
        self._faults = frozenset(found)

    def _put_version(self, version: Version) -> None:
        """See that the server holds a version; the merged graph comes last, and then the mark that all is there."""
        merged = f"{self.place.graph}/{version.number}" if self.place.graph else ""
        told = json.dumps(version.record, sort_keys=True).encode()
        mark = f"{_MARK}{version.number}-{hashlib.sha256(told).hexdigest()[:16]}"
        if b"true" not in self.ask(QueryRequest("ASK { ?s ?p ?o }", default_graphs=(mark,))).body:
            held = set()
            for name, triples in graphs_of(version):
                self._put_graph(name or merged, triples)
                held.add(name or merged)
            self._put_graph(mark, [f"<{mark}> <{_MARK}holds> <{mark}> .\n"])
            self._drop_others(held | {mark, self._merged})
        self._merged, self._version = merged, version

    def _put_graph(self, name: str, triples: Iterable[str]) -> None:
        """Put a graph there in one request, in place of what it held; "" is the default graph."""
        body, media_type = "".join(triples).encode(), "text/turtle; charset=utf-8"
        self._send("PUT", self._graph_address(name), body, headers={"Content-Type": media_type})

    def _drop_others(self, kept: set[str]) -> None:
        """Take away the graphs of ours that no longer belong to a version."""
        beginnings = (*{name.rpartition("/")[0] + "/" for name in kept if "/graphs/" in name}, _MARK)
        rows = _rows(self.ask(QueryRequest("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }")))
        for name in {row["g"]["value"] for row in rows} - kept:
            if name.startswith(beginnings):
                self._send("DELETE", self._graph_address(name), None, headers={})

    def _graph_address(self, name: str) -> str:
        return f"{self.place.store}?{urlencode({'graph': name}) if name else 'default'}"

    def _send(self, method: str, address: str, body: bytes | None, *, headers: Mapping[str, str]) -> bytes:
        seconds = self.deadline if method == "POST" else _UPLOAD_SECONDS
        request = Request(address, body, dict(headers), method=method)  # noqa: S310 - http or https, by Place.of
        try:
            if method != "POST":
                self._passwords.tell(request)
            with self._opener.open(request, timeout=seconds) as response:
                answer: bytes = response.read(self.longest + 1)
        except HTTPError as error:
            with error:
                words = error.read(400).decode("utf-8", "replace")
            if method == "DELETE" and error.code == 404:
                return b""
            raise _failure(error.code, words) from None
        except TimeoutError:
            raise too_slow(self.deadline) from None
        except (URLError, OSError, http.client.HTTPException) as error:
            raise StoreError(
                "Serveren bag tjenesten svarer ikke.", f"The server behind does not answer: {error}"
            ) from error
        if len(answer) > self.longest:
            raise AnswerTooLargeError("Svaret er længere, end der sendes. Sæt LIMIT på.", "Too long: add a LIMIT.")
        return answer


def _rows(answer: QueryAnswer) -> list[dict[str, Term]]:
    rows: list[dict[str, Term]] = json.loads(answer.body)["results"]["bindings"]
    return rows


def _failure(status: int, words: str) -> QueryError | StoreError:
    """The error for a status of the server; some say 500 where the query is at fault."""
    told = " ".join(words.split())[:200]
    if status in (400, 422) or (status == 500 and "SPARQL compiler" in words):
        return QueryError(f"Forespørgslen kan ikke gennemføres: {told}", f"The query cannot be carried out: {told}")
    return StoreError("Serveren bag tjenesten svarer med en fejl.", f"The server behind answers {status}: {told}")
