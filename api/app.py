"""The service put together: routers, workers and the version in force."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fastapi import FastAPI

from api import html, portal, resources, rest, vocabulary
from api.problems import add_problem_handlers
from api.running import furnish, lifespan
from api.settings import Settings
from graph import __version__
from graph.sources import text_of

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


def create_app(settings: Settings) -> FastAPI:
    """The service over the data folder of the settings; the version in force is opened when it starts."""
    app = FastAPI(
        title="Sagsgraf", version=__version__, description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.settings = settings
    app.state.sources = Sources(settings.data)
    add_problem_handlers(app)
    furnish(app, settings)  # before the pages, which take addresses of every form
    rest.furnish(app)
    portal.furnish(app)
    for router in (vocabulary.router, resources.router, resources.described_pages, html.router, resources.pages):
        app.include_router(router)
    return app
