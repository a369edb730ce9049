"""The service put together: routers, workers and the version in force."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from fastapi import FastAPI
from starlette.types import ASGIApp, Receive, Scope, Send

from api import html, portal, resources, rest, vocabulary
from api.cache import ADDRESS
from api.following import Anew
from api.problems import add_problem_handlers
from api.restricted import Restricted
from api.running import furnish, lifespan, with_front
from api.settings import Settings
from graph import __version__
from graph.confined import is_internal
from graph.own_questions import known_questions
from graph.served import served_texts
from graph.sources import text_of

DESCRIPTION = """Danske kommuners referater som vidensgraf, hvor hver kendsgerning peger på den sætning, der siger den.

Minutes of Danish municipal bodies as a knowledge graph in which every fact points to the sentence that states it."""


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts of the sources under a data folder."""

    data: Path

    def text(self, text_hash: str) -> str | None:
        """The text of a source in force as it is served; None where there is none, or the profile serves no texts."""
        return text_of(self.data, text_hash) if text_hash in served_texts(self.data) else None

    def line(self, text_hash: str, begin: int) -> int | None:
        """The line of an offset in a source, counted from 1."""
        text = self.text(text_hash)
        return None if text is None else text.count("\n", 0, begin) + 1


class _App(FastAPI):
    """An app whose query address is reached before everything that stands around the others."""

    @cached_property
    def short_way(self) -> ASGIApp:
        """The way that a request to the query address takes."""
        return with_front(super().__call__, html.answer_unforeseen)

    @cached_property
    def walled(self) -> ASGIApp:
        """The way that every request takes: through a wall, where the graph is for internal use."""
        settings: Settings = self.state.settings
        return Restricted(self.answer, settings.internal_token) if is_internal(settings.data) else self.answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, where it may be answered."""
        await self.walled(scope, receive, send)

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "http" and scope["path"] == ADDRESS:
            scope["app"] = self
            await self.short_way(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(settings: Settings) -> FastAPI:
    """The service over the data folder of the settings; the version in force is opened when it starts."""
    app = _App(
        title="Sagsgraf", version=__version__, description=DESCRIPTION, lifespan=lifespan, docs_url=None, redoc_url=None
    )
    app.state.settings = settings
    app.state.sources = Sources(settings.data)
    app.state.questions = known_questions(settings.questions)
    add_problem_handlers(app)
    app.add_exception_handler(Exception, html.answer_unforeseen)
    app.add_middleware(html.ProblemPages)
    furnish(app, settings)  # before the pages, which take addresses of every form
    rest.furnish(app)
    portal.furnish(app)
    for router in (vocabulary.router, resources.router, resources.described_pages, html.router, resources.pages):
        app.include_router(router)
    app.add_middleware(Anew)  # the last one added stands outermost
    return app
