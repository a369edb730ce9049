"""What runs beside the requests: the engine on the version in force, the watch for a new one, and the scratch store."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp

from api import graph_store, metrics, sparql, updates
from api.cache import AnswerCache
from api.following import Reading, follow_versions
from api.front import Front
from api.metrics import Metrics
from api.remote import RemoteEngine
from api.remote_place import Place
from api.scratch import Scratch
from api.settings import Settings
from api.warming import keep_warm
from api.worker_messages import Engine
from api.workers import WorkerLimits, WorkerPool
from graph.store import Version, current

ROUTERS = (sparql.router, graph_store.router, updates.router, metrics.router)
_LOG = logging.getLogger("sagsgraf.service")


def engine_for(settings: Settings, version: Version) -> Engine:
    """What answers queries on that version, as the settings have it."""
    if settings.store:
        return RemoteEngine(
            Place.of(settings.store),
            version,
            workers=settings.workers,
            deadline=settings.deadline,
            budget=settings.budget,
        )
    limits = WorkerLimits(memory=settings.memory, slow=settings.workers, budget=settings.budget)
    return WorkerPool(version.store, public=settings.workers, deadline=settings.deadline, limits=limits)


def furnish(app: FastAPI, settings: Settings) -> None:
    """Give an app what the SPARQL addresses need: counts, kept answers, a scratch store where one is allowed."""
    app.state.metrics = Metrics()
    app.state.scratch = Scratch(settings.data / "scratch", deadline=settings.deadline, memory=settings.memory)
    for router in ROUTERS:
        app.include_router(router)


def with_front(app: ASGIApp, answer_unforeseen: Callable[[Request, Exception], Awaitable[Response]]) -> ASGIApp:
    """An app with the short way to the query address before it, and before that the answers that are kept."""
    return ServerErrorMiddleware(AnswerCache(Front(app)), handler=answer_unforeseen)


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Runs the workers on the version in force, and changes to a new one when it is published."""
    version = current(app.state.settings.data)
    app.state.pool = engine_for(app.state.settings, version)
    app.state.version, app.state.reading = version.number, Reading(version)
    app.state.following = asyncio.Lock()
    await app.state.pool.start()
    watching = [asyncio.create_task(follow_versions(app))]
    if getattr(app.state, "warms", False):
        watching.append(asyncio.create_task(keep_warm(app)))
    _LOG.info("started", extra={"told": {"version": version.number}})
    try:
        yield
    finally:
        for watch in watching:
            watch.cancel()
        await asyncio.gather(*watching, return_exceptions=True)
        await app.state.scratch.close()
        await app.state.pool.close()
        app.state.reading.close()
