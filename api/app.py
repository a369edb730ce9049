"""The service put together: routers, workers and the version in force."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI

from api import html, questions, resources, sparql, vocabulary
from api.problems import add_problem_handlers
from api.settings import Settings
from api.workers import WorkerLimits, WorkerPool
from graph import __version__
from graph.errors import StoreError
from graph.sources import text_of
from graph.store import current

WATCH_SECONDS = 1.0

DESCRIPTION = """Danske kommuners referater som vidensgraf, hvor hver kendsgerning peger på den sætning, der siger den.

Minutes of Danish municipal bodies as a knowledge graph in which every fact points to the sentence that states it."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts of the sources under a data folder."""

    data: Path

    def text(self, text_hash: str) -> str | None:
        """The text of one source as it is served, or None where no such source is kept."""
        return text_of(self.data, text_hash)

    def line(self, text_hash: str, begin: int) -> int | None:
        """The line of an offset in a source, counted from 1."""
        text = self.text(text_hash)
        return None if text is None else text.count("\n", 0, begin) + 1


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Runs the workers on the version in force, and changes to a new one when it is published."""
    settings: Settings = app.state.settings
    version = current(settings.data)
    app.state.pool = WorkerPool(
        version.store,
        public=settings.workers,
        deadline=settings.deadline,
        limits=WorkerLimits(memory=settings.memory),
    )
    app.state.version = version.number
    await app.state.pool.start()
    watching = asyncio.create_task(follow_versions(app))
    try:
        yield
    finally:
        watching.cancel()
        with suppress(asyncio.CancelledError):
            await watching
        await app.state.pool.close()


async def follow_versions(app: FastAPI) -> None:
    """Looks every second whether another version is in force, and sends the workers to it."""
    while True:
        await asyncio.sleep(WATCH_SECONDS)
        with suppress(StoreError):
            version = current(app.state.settings.data)
            if version.number != app.state.version:
                await app.state.pool.switch(version.store)
                app.state.version = version.number


def create_app(settings: Settings) -> FastAPI:
    """The service over the data folder of the settings; the version in force is opened when it starts."""
    app = FastAPI(
        title="Sagsgraf", version=__version__, description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.settings = settings
    app.state.sources = Sources(settings.data)
    add_problem_handlers(app)
    for router in (sparql.router, questions.router, vocabulary.router, resources.router, html.router, resources.pages):
        app.include_router(router)
    return app
