"""Workers: they answer, they are killed, they crash, and the next query is answered all the same."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar
from xml.etree import ElementTree

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, parse

from api.formats import CSV, JSON, RDFXML, SOLUTION_FORMATS, TRIPLE_FORMATS, TSV, XML, Format
from api.workers import QueryAnswer, QueryRequest, WorkerLimits, WorkerPool
from graph.errors import (
    AnswerTooLargeError,
    ClientBusy,
    FormatError,
    QueryCrashed,
    QueryError,
    QuerySyntaxError,
    ServiceBusy,
    StoreError,
    TimeLimitExceeded,
)

EX = "http://eksempel.dk/"
TITLE = "Årsrapport for Ældre- og Handicapområdet"
ENDLESS = {
    "sorted product": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c",
    "counted product": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
    "path": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?c (!<x:x>|^!<x:x>)* ?d }",
}
BOMBS = {
    "braces": "SELECT * " + "{" * 5000 + "}" * 5000,
    "nots": "SELECT * { FILTER(" + "!" * 20_000 + "true) }",
    "unions": "SELECT * { {}" + "UNION{}" * 20_000 + " }",
}
DOUBLING = (
    "SELECT (STRLEN(?v40) AS ?n) { BIND('aaaaaaaaaaaaaaaa' AS ?v0) "
    + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
    + " }"
)
Result = TypeVar("Result")


def node(name: str) -> NamedNode:
    return NamedNode(EX + name)


def write_store(path: Path, *, title: str = TITLE, size: int = 800) -> Path:
    """A small store: one case in the default graph, three named graphs, and many links."""
    store = Store(str(path))
    store.add(Quad(node("sag"), node("titel"), Literal(title, language="da"), DefaultGraph()))
    for name in ("D1", "D2", "D3"):
        store.add(Quad(node(name), node("type"), node("Document"), node(name)))
    store.extend(Quad(node(f"n{n}"), node("link"), node(f"n{(n * 7) % size}"), DefaultGraph()) for n in range(size))
    store.flush()
    return path


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("store") / "1")


@pytest.fixture(scope="module")
def pool(store: Path) -> Iterator[WorkerPool]:
    """One pool for the tests that break nothing."""
    pool = WorkerPool(store, public=1, reserved=1, deadline=20, limits=WorkerLimits(answer=100_000))
    yield pool
    pool.close_blocking()


def with_pool(work: Callable[[WorkerPool], Awaitable[Result]], pool: WorkerPool) -> Result:
    """What `work` gives on a pool of its own, which is closed afterwards."""

    async def run() -> Result:
        await pool.start()
        try:
            return await work(pool)
        finally:
            await pool.close()

    return asyncio.run(run())


async def title_of(pool: WorkerPool) -> str:
    [row] = await pool.select(f"SELECT ?title {{ <{EX}sag> <{EX}titel> ?title }}")
    return row["title"]["value"]


def pids(pool: WorkerPool) -> list[int]:
    """The processes of a pool, by the way the system sees them: its children that are workers."""
    return [worker._process.pid for worker in pool._workers if worker._process]


@pytest.mark.parametrize("form", SOLUTION_FORMATS, ids=lambda form: form.name)
def test_solutions_come_in_every_format(pool: WorkerPool, form: Format) -> None:
    for query, sought in ((f"SELECT ?t {{ <{EX}sag> <{EX}titel> ?t }}", TITLE), ("ASK { ?s ?p ?o }", "true")):
        answer = pool.run_blocking(QueryRequest(query, solutions=form, triples=None))
        assert answer.media_type == form.content_type
        assert sought in answer.body.decode()


@pytest.mark.parametrize("form", TRIPLE_FORMATS, ids=lambda form: form.name)
def test_triples_come_in_every_format(pool: WorkerPool, form: Format) -> None:
    for query in (f"CONSTRUCT {{ ?s <{EX}titel> ?o }} {{ ?s <{EX}titel> ?o }}", f"DESCRIBE <{EX}sag>"):
        answer = pool.run_blocking(QueryRequest(query, solutions=None, triples=form))
        assert answer.media_type == form.content_type
        [quad] = list(parse(answer.body, RdfFormat.from_media_type(form.media_type)))
        assert quad.object == Literal(TITLE, language="da")


def test_a_format_of_the_wrong_kind_is_an_error(pool: WorkerPool) -> None:
    with pytest.raises(FormatError, match="RDF-format"):
        pool.run_blocking(QueryRequest("DESCRIBE <a:a>", solutions=JSON, triples=None))
    with pytest.raises(FormatError, match="resultatformat"):
        pool.run_blocking(QueryRequest("ASK {}", solutions=None))


@pytest.mark.parametrize(
    "term",
    [
        {"type": "uri", "value": EX + "sag"},
        {"type": "literal", "value": TITLE},
        {"type": "literal", "value": TITLE, "xml:lang": "da"},
        {"type": "literal", "value": "2018-12-06", "datatype": "http://www.w3.org/2001/XMLSchema#date"},
        {"type": "literal", "value": "'} ; DROP ALL # \" } UNION { ?s ?p ?o }"},
    ],
    ids=["IRI", "plain", "language", "date", "attack"],
)
def test_terms_reach_the_query_as_they_are(pool: WorkerPool, term: dict[str, str]) -> None:
    assert pool.select_blocking("SELECT ?x {}", {"x": term}) == [{"x": term}]


@pytest.mark.parametrize(
    "term",
    [{"type": "bnode", "value": "b"}, {"type": "uri", "value": "ingen iri"}, {"type": "uri", "value": "relativ"}],
)
def test_a_term_that_is_none_is_an_error(pool: WorkerPool, term: dict[str, str]) -> None:
    with pytest.raises(QueryError):
        pool.select_blocking("SELECT ?x { ?x ?p ?o }", {"x": term})


@pytest.mark.parametrize(
    ("dataset", "query", "expected"),
    [
        (((), ()), "ASK { <D1> ?p ?o }", False),
        (((), ()), "ASK { <sag> ?p ?o . GRAPH <D1> { <D1> ?q ?x } }", True),
        ((("D1", "D2"), ()), "ASK { <D1> ?p ?o . <D2> ?q ?x }", True),
        ((("D1",), ()), "ASK { <sag> ?p ?o }", False),
        ((("D1",), ()), "ASK { GRAPH ?g { ?s ?p ?o } }", False),
        (((), ("D1",)), "ASK { ?s ?p ?o }", False),
        (((), ("D1",)), "ASK { GRAPH ?g { <D1> ?p ?o } }", True),
        (((), ("D1",)), "ASK { GRAPH ?g { <D2> ?p ?o } }", False),
        (((), ("D1",)), "ASK FROM <D3> { <D3> ?p ?o }", False),
        (((), ()), "ASK FROM <D3> { <D3> ?p ?o }", True),
        ((("D0",), ()), "ASK { ?s ?p ?o }", False),
    ],
)
def test_the_dataset_is_the_one_asked_for(
    pool: WorkerPool, dataset: tuple[tuple[str, ...], tuple[str, ...]], query: str, *, expected: bool
) -> None:
    default, named = dataset
    request = QueryRequest(
        query,
        default_graphs=tuple(EX + name for name in default),
        named_graphs=tuple(EX + name for name in named),
        base=EX,
    )
    assert json.loads(pool.run_blocking(request).body)["boolean"] is expected


def test_a_syntax_error_is_placed(pool: WorkerPool) -> None:
    with pytest.raises(QuerySyntaxError, match="Syntaksfejl på linje 2, tegn 4") as caught:
        pool.run_blocking(QueryRequest("ASK {\n ?s"))
    assert (caught.value.line, caught.value.column) == (2, 4)
    assert "\\u{" not in str(caught.value)
    with pytest.raises(QuerySyntaxError):
        pool.run_blocking(QueryRequest("ASK { ?s ?p \x00 }"))
    with pytest.raises(QuerySyntaxError):
        pool.run_blocking(QueryRequest("DROP ALL"))


def test_an_answer_over_the_limit_is_an_error(pool: WorkerPool) -> None:
    with pytest.raises(AnswerTooLargeError, match="LIMIT"):
        pool.run_blocking(QueryRequest("SELECT * { ?a ?b ?c . ?d ?e ?f }"))
    assert len(pool.run_blocking(QueryRequest("SELECT * { ?a ?b ?c } LIMIT 100", solutions=CSV)).body) < 100_000


def test_an_answer_of_many_frames_comes_whole(store: Path) -> None:
    pool = WorkerPool(store, public=1, reserved=0)
    try:
        answer = pool.run_blocking(QueryRequest("SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 40000", solutions=TSV))
    finally:
        pool.close_blocking()
    assert len(answer.body) > 5_000_000
    assert answer.body.count(b"\n") == 40_001


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT ('\\u0001' AS ?x) {}", XML),
        ("CONSTRUCT { <a:a> <http://eksempel.dk/1> 1 } {}", RDFXML),
    ],
    ids=["control character", "predicate that ends in a digit"],
)
def test_what_xml_cannot_hold_is_an_error_and_not_broken_xml(pool: WorkerPool, query: str, form: Format) -> None:
    with pytest.raises(FormatError, match="XML"):
        pool.run_blocking(QueryRequest(query, solutions=form, triples=form))
    fine = pool.run_blocking(QueryRequest("SELECT ('<&>æ' AS ?x) {}", solutions=XML))
    assert "<&>æ" in "".join(ElementTree.fromstring(fine.body).itertext())  # noqa: S314 - our own answer


@pytest.mark.parametrize("query", ENDLESS.values(), ids=ENDLESS)
def test_a_query_without_end_is_stopped_at_its_deadline(store: Path, query: str) -> None:
    async def work(pool: WorkerPool) -> None:
        begin = time.monotonic()
        with pytest.raises(TimeLimitExceeded, match=r"0\.5 sekunder"):
            await pool.run(QueryRequest(query))
        assert time.monotonic() - begin < 1.5
        assert json.loads((await pool.run(QueryRequest("ASK {}"))).body)["boolean"] is True

    with_pool(work, WorkerPool(store, public=1, reserved=0, deadline=0.5))


@pytest.mark.parametrize("query", BOMBS.values(), ids=BOMBS)
def test_a_query_that_kills_its_worker_kills_nothing_else(store: Path, query: str) -> None:
    async def work(pool: WorkerPool) -> None:
        with pytest.raises(QueryCrashed):
            await pool.run(QueryRequest(query))
        assert json.loads((await pool.run(QueryRequest("ASK {}"))).body)["boolean"] is True

    with_pool(work, WorkerPool(store, public=1, reserved=0, deadline=5))


def test_a_doubling_string_stops_at_the_memory_limit(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        with pytest.raises(QueryCrashed, match="hukommelse"):
            await pool.run(QueryRequest(DOUBLING))
        assert json.loads((await pool.run(QueryRequest("ASK {}"))).body)["boolean"] is True

    with_pool(work, WorkerPool(store, public=1, reserved=0, deadline=20, limits=WorkerLimits(memory=800 << 20)))


def test_the_reserved_lane_stays_quick_while_the_public_one_is_full(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        flood = [asyncio.ensure_future(pool.run(QueryRequest(ENDLESS["counted product"]))) for _ in range(3)]
        await asyncio.sleep(0.05)
        begin = time.monotonic()
        assert await title_of(pool) == TITLE
        assert time.monotonic() - begin < 0.5
        results = await asyncio.gather(*flood, return_exceptions=True)
        assert any(isinstance(result, TimeLimitExceeded) for result in results)
        assert all(isinstance(result, TimeLimitExceeded | ServiceBusy) for result in results)

    with_pool(work, WorkerPool(store, public=1, reserved=1, deadline=0.6))


def test_one_client_waits_for_itself_and_not_others_for_it(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        greedy = [
            asyncio.ensure_future(pool.run(QueryRequest(ENDLESS["counted product"]), client="greedy")) for _ in range(4)
        ]
        await asyncio.sleep(0.05)
        with pytest.raises(ClientBusy) as caught:
            await greedy[3]
        assert caught.value.retry_after > 0
        begin = time.monotonic()
        await pool.run(QueryRequest("ASK {}"), client="patient")
        assert time.monotonic() - begin < 0.4
        results = await asyncio.gather(*greedy[:3], return_exceptions=True)
        assert [type(result) for result in results] == [TimeLimitExceeded] * 3
        await pool.run(QueryRequest("ASK {}"), client="greedy")

    with_pool(work, WorkerPool(store, public=2, reserved=0, deadline=0.5))


def test_a_full_queue_is_told_at_once(store: Path) -> None:
    async def work(pool: WorkerPool) -> list[QueryAnswer | BaseException]:
        first = asyncio.ensure_future(pool.run(QueryRequest(ENDLESS["counted product"])))
        await asyncio.sleep(0.05)
        rest = [asyncio.ensure_future(pool.run(QueryRequest("ASK {}"))) for _ in range(20)]
        begin = time.monotonic()
        with pytest.raises(ServiceBusy):
            await rest[-1]
        assert time.monotonic() - begin < 0.4
        return await asyncio.gather(first, *rest, return_exceptions=True)

    results = with_pool(work, WorkerPool(store, public=1, reserved=0, deadline=0.8))
    assert sum(isinstance(result, ServiceBusy) for result in results) >= 4


@pytest.mark.parametrize("limits", [WorkerLimits(queries=5), WorkerLimits(resident=1)], ids=["count", "memory"])
def test_a_worker_is_replaced_in_time_and_no_query_suffers(store: Path, limits: WorkerLimits) -> None:
    async def work(pool: WorkerPool) -> None:
        first = pids(pool)
        for _ in range(60):
            assert await title_of(pool) == TITLE
            await asyncio.sleep(0.005)
        assert not set(first) & set(pids(pool))

    with_pool(work, WorkerPool(store, public=0, reserved=1, limits=limits))


def test_a_worker_with_nothing_to_do_sleeps(store: Path) -> None:
    async def work(pool: WorkerPool) -> float:
        await title_of(pool)  # after which it looks for another for a moment, awake
        await asyncio.sleep(0.1)
        used = sum(map(cpu_ticks, pids(pool)))
        await asyncio.sleep(0.5)
        return (sum(map(cpu_ticks, pids(pool))) - used) / os.sysconf("SC_CLK_TCK")

    assert with_pool(work, WorkerPool(store, public=1, reserved=1)) < 0.1


def test_who_asks_sleeps_while_a_query_takes_its_time(store: Path) -> None:
    async def work(pool: WorkerPool) -> float:
        await title_of(pool)
        used = time.process_time()
        with pytest.raises(TimeLimitExceeded):
            await pool.run(QueryRequest(ENDLESS["counted product"]))
        return time.process_time() - used

    assert with_pool(work, WorkerPool(store, public=1, reserved=1, deadline=0.6)) < 0.3


def cpu_ticks(pid: int) -> int:
    """The processor's time that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def test_a_worker_that_dies_idle_is_replaced(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        for pid in pids(pool):
            os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.05)
        assert await title_of(pool) == TITLE

    with_pool(work, WorkerPool(store, public=0, reserved=2))


def test_an_asker_who_leaves_frees_the_worker(store: Path) -> None:
    async def work(pool: WorkerPool) -> None:
        asked = asyncio.ensure_future(pool.run(QueryRequest(ENDLESS["counted product"]), lane="reserved"))
        await asyncio.sleep(0.05)
        asked.cancel()
        begin = time.monotonic()
        assert await title_of(pool) == TITLE
        assert time.monotonic() - begin < 5

    with_pool(work, WorkerPool(store, public=0, reserved=1, deadline=30))


def test_a_new_version_answers_and_the_old_one_finishes(store: Path, tmp_path: Path) -> None:
    newer = write_store(tmp_path / "2", title="Budget 2019")

    async def work(pool: WorkerPool) -> None:
        slow = "SELECT ?t (COUNT(*) AS ?n) { ?s <%stitel> ?t . ?a ?b ?c . ?d ?e ?f } GROUP BY ?t" % EX  # noqa: UP031
        running = asyncio.ensure_future(pool.run(QueryRequest(slow), lane="reserved"))
        await asyncio.sleep(0.02)
        before = pids(pool)
        await pool.switch(newer)
        assert pool.store_path == newer
        assert await title_of(pool) == "Budget 2019"
        assert TITLE in (await running).body.decode()
        await asyncio.sleep(0.3)
        assert not set(before) & set(pids(pool))
        with pytest.raises(StoreError):
            await pool.switch(tmp_path / "findes ikke")
        assert await title_of(pool) == "Budget 2019"
        assert len(pids(pool)) == 3

    with_pool(work, WorkerPool(store, public=1, reserved=2, deadline=20))


def test_a_store_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    pool = WorkerPool(tmp_path / "ingen")
    with pytest.raises(StoreError, match="Grafen kan ikke læses"):
        pool.select_blocking("ASK {}")
    pool.close_blocking()


def test_a_process_that_cannot_start_is_an_error(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/findes/ikke/python")
    pool = WorkerPool(store)
    with pytest.raises(StoreError, match="kom ikke i gang"):
        pool.select_blocking("ASK {}")
    pool.close_blocking()


def test_too_little_memory_to_start_is_an_error(store: Path) -> None:
    pool = WorkerPool(store, limits=WorkerLimits(memory=64 << 20))
    with pytest.raises(StoreError, match="for lidt hukommelse"):
        pool.select_blocking("ASK {}")
    pool.close_blocking()


def test_a_pool_that_is_not_started_says_so(store: Path) -> None:
    with pytest.raises(RuntimeError, match="not started"):
        asyncio.run(WorkerPool(store).run(QueryRequest("ASK {}")))


def test_other_threads_ask_through_the_running_loop(store: Path) -> None:
    async def work(pool: WorkerPool) -> list[dict[str, str]]:
        rows = await asyncio.gather(*(asyncio.to_thread(pool.select_blocking, "SELECT (1 AS ?x) {}") for _ in range(8)))
        return [dict(row[0]["x"]) for row in rows]

    assert {term["value"] for term in with_pool(work, WorkerPool(store, public=0, reserved=1))} == {"1"}


def test_nothing_is_left_running(store: Path) -> None:
    seen: list[int] = []

    async def work(pool: WorkerPool) -> None:
        seen.extend(pids(pool))
        with pytest.raises(TimeLimitExceeded):
            await pool.run(QueryRequest(ENDLESS["counted product"]))

    with_pool(work, WorkerPool(store, public=1, reserved=1, deadline=0.2))
    assert len(seen) == 2
    for pid in seen:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_worker_has_little_to_reach(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGSGRAF_KEY", "en nøgle af seksten tegn")
    pool = WorkerPool(store, public=1, reserved=1)
    pool.select_blocking("SELECT * {}")
    with socket.socket() as open_in_parent:
        open_in_parent.bind(("127.0.0.1", 0))
        for pid in pids(pool):
            process = Path("/proc") / str(pid)
            links = [os.readlink(link) for link in (process / "fd").iterdir()]
            assert sum(link.startswith("socket:") for link in links) == 1
            limits = (process / "limits").read_text()
            assert [line.split()[-3:-1] for line in limits.splitlines() if line.startswith("Max address")] == [
                [str(1 << 30), str(1 << 30)]
            ]
            assert "Max core file size        0 " in limits
            assert int((process / "stat").read_text().rpartition(")")[2].split()[16]) >= 5  # nice
            assert b"SELECT" not in (process / "cmdline").read_bytes()
            assert b"SAGSGRAF_" not in (process / "environ").read_bytes(), "some settings are secret"
            [peak] = [line.split()[1] for line in (process / "status").read_text().splitlines() if "VmPeak" in line]
            assert int(peak) < (1 << 19), "half of what it may reserve, or threads that start together break it"
    pool.close_blocking()


@pytest.mark.skipif(sys.platform != "linux", reason="walls are Linux's")
def test_service_reaches_nothing_even_when_admission_is_passed_by(pool: WorkerPool) -> None:
    calls: list[int] = []
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.settimeout(0.3)
        with pytest.raises(StoreError, match=r"[Nn]etwork|[Pp]ermission"):
            pool.run_blocking(
                QueryRequest(f"SELECT * {{ SERVICE <http://127.0.0.1:{listener.getsockname()[1]}/> {{}} }}")
            )
        with pytest.raises(TimeoutError):
            calls.append(listener.accept()[0].fileno())
    assert calls == []


@pytest.mark.skipif(sys.platform != "linux", reason="the filter is Linux's")
def test_the_filter_that_stands_in_for_a_namespace_forbids_sockets() -> None:
    code = (
        "import ctypes, socket\nfrom api.worker_walls import _forbid_sockets\n"
        "assert _forbid_sockets(ctypes.CDLL(None, use_errno=True))\n"
        "try: socket.socket()\nexcept PermissionError: print('shut')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "shut\n"


def test_a_worker_loads_no_more_than_it_needs() -> None:
    code = "import sys, api.worker_process as w; print({'fastapi', 'rdflib', 'pydantic', 'asyncio'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.skipif(sys.platform != "linux", reason="prctl is Linux's")
def test_workers_die_with_a_parent_that_is_killed(store: Path) -> None:
    code = (
        "import sys, time\nfrom pathlib import Path\nfrom api.workers import WorkerPool, QueryRequest\n"
        "pool = WorkerPool(Path(sys.argv[1]), public=1, reserved=0, deadline=60)\n"
        "pool.run_blocking(QueryRequest('ASK {}'))\n"
        "print(*[w._process.pid for w in pool._workers], flush=True)\n"
        f"pool.run_blocking(QueryRequest({ENDLESS['counted product']!r}))"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(store)], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid = int(parent.stdout.readline())
        parent.kill()
    deadline = time.monotonic() + 5
    while is_running(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_running(pid)


def is_running(pid: int) -> bool:
    """Whether a process lives (one that is dead and not yet buried does not)."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_broken_format_stays_a_request_and_not_a_string(pool: WorkerPool) -> None:
    """Queries with every odd character cross the socket as they are."""
    odd = "".join(chr(code) for code in (0x22, 0x27, 0xE6, 0x1F600, 0x2028, 0x7F))
    [row] = pool.select_blocking("SELECT ?x {}", {"x": {"type": "literal", "value": odd}})
    assert row["x"]["value"] == odd
