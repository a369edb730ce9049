"""Answers that break off: too long, too slow, or their worker killed on the way. None passes for a whole one."""

from __future__ import annotations

import http.client
import json
import os
import random
import signal
import threading
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
import uvicorn
from fastapi import FastAPI
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from rdflib import Graph

from api import sparql
from api.problems import add_problem_handlers
from api.settings import Settings
from api.workers import WorkerLimits, WorkerPool
from tests.services import Answer, read

ROWS = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
TRIPLES = "CONSTRUCT { ?a <a:b> ?n } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i BIND(CONCAT(?c, ?f, ?i) AS ?n) }"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f }"  # 90,000 rows
ACCEPTS = {
    "application/sparql-results+json": ROWS,
    "application/sparql-results+xml": ROWS,
    "text/csv": ROWS,
    "text/tab-separated-values": ROWS,
    "text/turtle": TRIPLES,
    "application/n-triples": TRIPLES,
    "application/rdf+xml": TRIPLES,
    "application/ld+json": TRIPLES,
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "1"
    written = Store(str(path))
    for number in range(300):
        thing = NamedNode(f"http://eksempel.dk/{number}")
        written.add(Quad(thing, NamedNode("http://eksempel.dk/titel"), Literal(f"Årsrapport {number}"), DefaultGraph()))
    written.flush()
    return path


@contextmanager
def serving(store: Path, *, answer: int, deadline: float) -> Iterator[tuple[int, FastAPI]]:
    """The endpoint on a port, with these limits."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = WorkerPool(store, public=2, reserved=1, deadline=deadline, limits=WorkerLimits(answer=answer))
        await app.state.pool.start()
        yield
        await app.state.pool.close()

    app = FastAPI(lifespan=lifespan)
    app.state.settings = Settings()
    app.state.version = 1
    app.include_router(sparql.router)
    add_problem_handlers(app)
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="critical"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        yield server.servers[0].sockets[0].getsockname()[1], app
    finally:
        server.should_exit = True
        thread.join()


def ask(port: int, query: str, accept: str) -> Answer:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": accept})
        return read(connection)
    finally:
        connection.close()


def passes_for_whole(answer: Answer, accept: str) -> bool:
    """Whether a client would take this for a whole answer."""
    if answer.status != 200 or not answer.whole:
        return False
    try:
        if "json" in accept:
            json.loads(answer.body)
        elif "xml" in accept:
            ElementTree.fromstring(answer.body)  # noqa: S314 - our own answer
        elif accept in ("text/turtle", "application/n-triples"):
            Graph().parse(data=answer.body, format="turtle")
    except (ValueError, SyntaxError):
        return False
    return True


def cut_answers(store: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """So many answers that break off after they have begun, by how: the number that passes for whole, and the rest."""
    monkeypatch.setattr(sparql, "SPOOL", 100_000)
    found: Counter[str] = Counter()
    accepts = list(ACCEPTS)
    with serving(store, answer=600_000, deadline=5.0) as (port, _):
        for n in range(number // 2):
            accept = accepts[n % len(accepts)]
            answer = ask(port, ACCEPTS[accept], accept)
            found["begun"] += answer.status == 200
            found["whole"] += passes_for_whole(answer, accept)
    with serving(store, answer=1 << 40, deadline=0.6) as (port, app):
        for n in range(number - number // 2):
            accept = accepts[n % len(accepts)]
            if n % 4:
                delay = 0.05 + 0.3 * random.random()
                threading.Timer(delay, kill_busy, [app]).start()
            answer = ask(port, ACCEPTS[accept], accept)
            found["begun"] += answer.status == 200
            found["whole"] += passes_for_whole(answer, accept)
    return found


def kill_busy(app: FastAPI) -> None:
    """Kill every public worker that has a query."""
    for worker in list(app.state.pool._workers):
        if worker._arrival and worker._process:
            os.kill(worker._process.pid, signal.SIGKILL)


def test_a_cut_answer_never_passes_for_a_whole_one(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = cut_answers(store, 48, monkeypatch)
    assert found["whole"] == 0
    assert found["begun"] >= 24, "most of them had begun to be sent"


@pytest.mark.soak
def test_none_of_a_thousand_cut_answers_passes_for_whole(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = cut_answers(store, 1_000, monkeypatch)
    print(f"1,000 cut answers: {found['begun']} begun with 200, {found['whole']} pass for whole")  # noqa: T201
    assert found["whole"] == 0
    assert found["begun"] >= 500


@pytest.mark.parametrize("accept", ["application/sparql-results+xml", "text/csv"])
def test_a_long_answer_comes_whole_in_parts(store: Path, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    monkeypatch.setattr(sparql, "SPOOL", 100_000)
    with serving(store, answer=1 << 30, deadline=20) as (port, _):
        answer = ask(port, LONG, accept)
        assert passes_for_whole(answer, accept)
        assert answer.body.count(b"<result>" if "xml" in accept else b"\r\n") == 90_000 + ("csv" in accept)
        assert ask(port, "ASK {}", "application/json").status == 200


def test_a_client_of_http_1_0_gets_whole_answers_or_an_error(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "SPOOL", 100_000)
    monkeypatch.setattr(http.client.HTTPConnection, "_http_vsn", 10)
    monkeypatch.setattr(http.client.HTTPConnection, "_http_vsn_str", "HTTP/1.0")
    with serving(store, answer=600_000, deadline=5.0) as (port, _):
        assert ask(port, ROWS, "text/csv").status == 422
        assert ask(port, "SELECT * { ?a ?b ?c }", "text/csv").body.count(b"\r\n") == 301


def test_an_asker_who_leaves_in_the_middle_frees_the_worker(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sparql, "SPOOL", 100_000)
    with serving(store, answer=1 << 40, deadline=20.0) as (port, _):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", f"/sparql?query={quote(ROWS)}")
        assert connection.getresponse().read(100_000)
        connection.close()
        begun = time.monotonic()
        assert ask(port, "ASK {}", "*/*").status == 200  # the same client: it would have to wait for its own turn
        assert time.monotonic() - begun < 5
