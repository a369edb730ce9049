"""The service on a million quads beside `oxigraph serve` and rdflib-endpoint, in one run and on one machine.

Load comes from wrk (apt install wrk), 16 connections on 127.0.0.1, each request as from one of 4,096 clients, since
one client may have only one query running and two waiting: with 64, the 15 others went round them all four times while
one query took 0.1 s, and the fourth got 429. Small queries differ from request to request, so that none comes from a
cache, but for the row that measures the cache. The pool runs on uvloop, as in the service.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from urllib.request import urlopen

import pyoxigraph
import uvloop

from api.workers import QueryRequest, WorkerPool
from graph import __version__
from graph.store import Version, publish
from tests.services import Served, free_port, served

THINGS = 62_500  # with 8 triples each, in a named graph and in the default graph: a million quads
SECONDS = 6
WARMING = 25  # seconds in which a service that has just begun makes its pages ready, and has less time for others
SAG, DCT, BASE = "https://w3id.org/sagsgraf/def#", "http://purl.org/dc/terms/", "http://127.0.0.1:8000"
RECORD = {"sagsgraf": __version__, "built": "2026-01-01T00:00:00+00:00", "sources": [], "municipalities": {}}
SCRIPT = """
local number = 0
request = function()
  number = (number + 7919) % {things}
  local path = "{path}?query=SELECT%20%3Fp%20%3Fo%20%7B%20%3Chttp%3A%2F%2F127.0.0.1%3A8000%2Fid%2Fcases%2F0999%2F"
    .. {case} .. "%3E%20%3Fp%20%3Fo%20%7D"
  local client = "10.0." .. math.floor(number / 64) % 64 .. "." .. (number % 64)
  return wrk.format("GET", path, {{["X-Forwarded-For"] = client,
    ["Accept"] = "application/sparql-results+json"}})
end
"""


def quads(things: int) -> Iterator[str]:
    """Cases with title, number, meeting, body, date and kin, each in a graph of its own and in the default graph."""
    for n in range(things):
        case, meeting = f"<{BASE}/id/cases/0999/{n}>", f"<{BASE}/id/meetings/0999/{n % 5_000}>"
        triples = [
            f"{case} <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{SAG}Case>",
            f'{case} <{DCT}title> "Budgetopfølgning nr. {n} for børne- og ældreområdet"@da',
            f'{case} <{DCT}identifier> "{n:08d}"',
            f"{case} <{SAG}duringMeeting> {meeting}",
            f"{case} <{SAG}targetBody> <{BASE}/id/bodies/0999/{n % 40}>",
            f'{case} <{SAG}plannedDate> "20{n % 30:02d}-0{n % 9 + 1}-1{n % 10}"^^<http://www.w3.org/2001/XMLSchema#date>',
            f"{case} <{DCT}relation> <{BASE}/id/cases/0999/{(n * 31) % things}>",
            f'{case} <{SAG}stepOrder> "{n % 12}"^^<http://www.w3.org/2001/XMLSchema#integer>',
        ]
        for triple in triples:
            yield f"{triple} .\n"
            yield f"{triple} <{BASE}/graphs/{n // 10}> .\n"


@contextmanager
def running(*command: str, ready: str) -> Iterator[None]:
    """A peer, until its address answers."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        try:
            for _ in range(1_200):
                try:
                    urlopen(ready, timeout=5).read()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            process.terminate()


def load(folder: Path, port: int, path: str, *, cached: bool = False, seconds: int = SECONDS) -> tuple[float, int]:
    """Requests a second under 16 connections, and how many were not answered with 200."""
    script = folder / "load.lua"
    case = "7" if cached else "number"
    script.write_text(SCRIPT.format(things=THINGS, path=path, case=case))
    command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--timeout", "10s", "-s", str(script), f"http://127.0.0.1:{port}"]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    failed = sum(int(number) for number in re.findall(r"(?:connect|read|write|timeout|responses:) (\d+)", told))
    assert rate is not None, told
    return float(rate[1]), failed


def pool_cost(version: Version) -> tuple[float, float]:
    """Milliseconds for a small query in this process, and how many more through the pool.

    Both are asked by turns, in blocks short enough that a machine shared with others is as fast for the one as for the
    other; of the blocks the median counts.
    """
    query = f"SELECT ?p ?o {{ <{BASE}/id/cases/0999/7> ?p ?o }}"
    store = pyoxigraph.Store.read_only(str(version.store))

    def inside() -> None:
        answer = store.query(query)
        assert isinstance(answer, pyoxigraph.QuerySolutions)
        answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON)

    async def by_turns() -> list[tuple[float, float]]:
        pool = WorkerPool(version.store, public=1, reserved=0)
        await pool.start()
        blocks = []
        try:
            for _ in range(60):
                bare, pooled = [], []
                for _ in range(100):
                    begun = time.perf_counter()
                    inside()
                    bare.append(time.perf_counter() - begun)
                for _ in range(100):
                    begun = time.perf_counter()
                    await pool.run(QueryRequest(query))
                    pooled.append(time.perf_counter() - begun)
                blocks.append((median(bare), median(pooled)))
        finally:
            await pool.close()
        return blocks

    blocks = uvloop.run(by_turns())
    return 1_000 * median(bare for bare, _ in blocks), 1_000 * median(pooled - bare for bare, pooled in blocks)


def memory(service: Served) -> tuple[float, float, int]:
    """The megabytes that a service and its workers hold, what they share counted once, and in each; how many."""
    pids = [service.process.pid]
    for pid in pids:
        pids += [int(n) for n in Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()]
    rollups = [Path(f"/proc/{pid}/smaps_rollup").read_text("ascii") for pid in pids]
    pss, rss = (
        sum(int(n) for text in rollups for n in re.findall(rf"^{kind}: +(\d+)", text, re.MULTILINE)) / 1_000
        for kind in ("Pss", "Rss")
    )
    return pss, rss, len(pids)


def publishing_under_load(folder: Path, data: Path, port: int) -> tuple[float, int]:
    """The rate and the failures while two versions are published."""

    def publish_twice() -> None:
        for _ in range(2):
            time.sleep(1.0)
            publish(data, quads(5_000), RECORD)

    publisher = threading.Thread(target=publish_twice)
    publisher.start()
    found = load(folder, port, "/sparql", seconds=12)
    publisher.join()
    return found


def main() -> None:
    """All figures, each with what it is measured against."""
    if not shutil.which("wrk"):
        sys.exit("wrk is not installed (apt install wrk): nothing was measured")
    bin_folder = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data = folder / "data"
        data.mkdir()
        version = publish(data, quads(THINGS), RECORD)
        peer = folder / "oxigraph"
        shutil.copytree(version.store, peer)
        triples = folder / "triples.nt"
        triples.write_text("".join(line for line in quads(THINGS) if "/graphs/" not in line), "utf-8")

        bare, more = pool_cost(version)
        print(f"a small query in the process {bare:.3f} ms, through the pool {more:.3f} ms more (0.100)")

        port = free_port()
        serve = (
            str(bin_folder / "oxigraph"),
            "serve-read-only",
            "--location",
            str(peer),
            "--bind",
            f"127.0.0.1:{port}",
        )
        with running(*serve, ready=f"http://127.0.0.1:{port}/"):
            oxigraph, failed = load(folder, port, "/query")
            print(f"oxigraph serve: {oxigraph:,.0f} requests/s ({failed} failed)")
        with served(data) as service:
            pss, rss, processes = memory(service)
            print(f"idle: {pss:.0f} MB in {processes} processes (400); {rss:.0f} MB, counting shared pages in each")
            time.sleep(WARMING)
            ours, failed = load(folder, service.port, "/sparql")
            print(f"ours: {ours:,.0f} requests/s ({failed} failed), {ours / oxigraph:.2f} of oxigraph serve (0.20)")
            kept, failed = load(folder, service.port, "/sparql", cached=True)
            print(f"ours, kept: {kept:,.0f} requests/s ({failed} failed), {kept / oxigraph:.2f} of it (0.40)")
            rate, failed = publishing_under_load(folder, data, service.port)
            print(f"ours while two versions are published: {rate:,.0f} requests/s, {failed} failed (0)")
        port = free_port()
        program = str(bin_folder / "rdflib-endpoint")
        peer_serve = (program, "serve", "--host", "127.0.0.1", "--port", str(port), str(triples))
        with running(*peer_serve, ready=f"http://127.0.0.1:{port}/?query=ASK%7B%7D"):
            rdflib, failed = load(folder, port, "/")
            print(
                f"rdflib-endpoint: {rdflib:,.0f} requests/s ({failed} failed); ours is {ours / rdflib:.1f} times (4.0)"
            )


if __name__ == "__main__":
    main()
