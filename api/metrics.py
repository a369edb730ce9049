"""How the service is doing: counts for Prometheus, `/health`, `/ready`, and the log of slow queries.

Nothing here says who asked or what: a slow query is named by a hash, which whoever has its text can compute.
"""

import hashlib
import logging
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from itertools import accumulate

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, PlainTextResponse

from api.worker_messages import QueryRequest
from graph.errors import SagsgrafError

router = APIRouter(tags=["operation"])

SLOW_SECONDS = 1.0
_BUCKETS = (0.005, 0.025, 0.1, 0.5, 1.0, 5.0, 10.0)
_SLOW = logging.getLogger("sagsgraf.slow")


class Metrics:
    """Counts since the start: queries by outcome, and how long they took."""

    def __init__(self) -> None:
        self.outcomes: Counter[str] = Counter()
        self.within = [0] * (len(_BUCKETS) + 1)  # for each bucket, how many it holds that the one before does not
        self.seconds = 0.0

    def observe(self, outcome: str, seconds: float = 0.0, *, query: str = "", version: str = "") -> None:
        """Count a query, and log it where it was slow."""
        self.outcomes[outcome] += 1
        self.seconds += seconds
        self.within[bisect_left(_BUCKETS, seconds)] += 1
        if seconds >= SLOW_SECONDS:
            told = {"query": query_hash(query), "seconds": round(seconds, 3), "outcome": outcome, "version": version}
            _SLOW.warning("slow query", extra={"told": told})

    def lines(self) -> Iterator[str]:
        """The counts as Prometheus reads them."""
        yield "# HELP sagsgraf_queries_total Queries by outcome.\n# TYPE sagsgraf_queries_total counter\n"
        for outcome, number in sorted(self.outcomes.items()):
            yield f'sagsgraf_queries_total{{outcome="{outcome}"}} {number}\n'
        yield "# HELP sagsgraf_query_seconds Time to answer a query.\n# TYPE sagsgraf_query_seconds histogram\n"
        for bucket, number in zip(_BUCKETS, accumulate(self.within), strict=False):
            yield f'sagsgraf_query_seconds_bucket{{le="{bucket:g}"}} {number}\n'
        total = self.outcomes.total()
        yield f'sagsgraf_query_seconds_bucket{{le="+Inf"}} {total}\n'
        yield f"sagsgraf_query_seconds_sum {self.seconds:.6f}\nsagsgraf_query_seconds_count {total}\n"


def query_hash(query: str) -> str:
    """The name of a query in the log.

    >>> query_hash("ASK { ?sag ?p ?o }")
    '9b69a723ed0bdc37'
    """
    return hashlib.sha256(query.encode("utf-8", "replace")).hexdigest()[:16]


@router.get("/health", summary="Lever tjenesten? / is the service alive?")
async def health() -> Response:
    """200 as long as the process answers at all."""
    return JSONResponse({"status": "ok"}, headers={"Cache-Control": "no-store"})


@router.get("/ready", summary="Kan den svare? / can it answer?")
async def ready(request: Request) -> Response:
    """200 when a query is answered, with the version in force; else 503."""
    state = request.app.state
    try:
        await state.pool.run(QueryRequest("ASK {}"), lane="reserved")
    except (SagsgrafError, RuntimeError):
        return JSONResponse({"status": "unready"}, status_code=503, headers={"Cache-Control": "no-store"})
    return JSONResponse({"status": "ready", "version": state.version}, headers={"Cache-Control": "no-store"})


@router.get("/metrics", summary="Tal for Prometheus / figures for Prometheus", response_class=PlainTextResponse)
async def metrics(request: Request) -> Response:
    """Queries by outcome and time, workers, the queue and the version, in Prometheus' text format."""
    state = request.app.state
    gauges = {
        "workers": ("gauge", "Worker processes alive.", state.pool.alive),
        "queue": ("gauge", "Queries that wait for a worker.", state.pool.waiting),
        "worker_restarts_total": ("counter", "Worker processes replaced.", state.pool.restarts),
        "version": ("gauge", "The version in force.", state.version or 0),
    }
    told = [
        f"# HELP sagsgraf_{name} {words}\n# TYPE sagsgraf_{name} {kind}\nsagsgraf_{name} {value}\n"
        for name, (kind, words, value) in gauges.items()
    ]
    counts: Metrics = state.metrics
    content = "".join([*told, *counts.lines()])
    return PlainTextResponse(content, media_type="text/plain; version=0.0.4", headers={"Cache-Control": "no-store"})
