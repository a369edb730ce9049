"""What the REST addresses have in common: leave for scripts from anywhere, compression, revalidation, and OpenAPI."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from api import lists, questions, searching, things
from api.questions import documented
from api.revalidation import Revalidation
from graph.history import version_folder
from graph.questions.question import questions as all_questions

ROUTERS = (questions.router, lists.router, searching.router, things.router)
EXPOSED = ["ETag", "Last-Modified", "Link", "Content-Language", "Retry-After"]
_OWN_WAYS = "/sparql"  # the SPARQL endpoint answers for itself


class Beside:
    """An app that leads the SPARQL endpoint past what the REST addresses have around them."""

    def __init__(self, app: ASGIApp, built: Callable[[], tuple[int, datetime]]) -> None:
        self.app = app
        kept = Revalidation(app, built)
        open_ = CORSMiddleware(
            kept, allow_origins=["*"], allow_methods=["GET", "HEAD", "OPTIONS"], allow_headers=["*"],
            expose_headers=EXPOSED, max_age=86_400,
        )  # fmt: skip
        self.wrapped = GZipMiddleware(open_, minimum_size=1_000)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers by one way or the other."""
        outside = scope["type"] != "http" or scope["path"].startswith(_OWN_WAYS)
        await (self.app if outside else self.wrapped)(scope, receive, send)


def furnish(app: FastAPI) -> None:
    """Give an app the REST addresses, before the pages, which take addresses of every form."""
    app.add_middleware(Beside, built=lambda: built_of(app))
    for router in ROUTERS:
        app.include_router(router)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]


def built_of(app: FastAPI) -> tuple[int, datetime]:
    """The number of the version in force and the moment of its building."""
    number = app.state.version
    known: tuple[int, datetime] | None = getattr(app.state, "built", None)
    if known is None or known[0] != number:
        record = version_folder(app.state.settings.data, number).record
        moment = datetime.fromisoformat(str(record["built"])).astimezone(UTC).replace(microsecond=0)
        known = app.state.built = (number, moment)
    return known


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description: the routes, and an entry for every question, made from its file."""
    if app.openapi_schema is None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # a route with GET and HEAD has one name for both
            made = get_openapi(
                title=app.title, version=app.version, description=app.description, routes=app.routes,
                openapi_version=app.openapi_version,
            )  # fmt: skip
        for question in all_questions().values():
            told = documented(question)
            made["paths"][f"/questions/{question.id}"] = {"get": told}
            lacking = {"200": {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}}
            made["paths"][f"/questions/{question.id}/gaps"] = {
                "get": {
                    **told,
                    "operationId": f"gaps-{question.id}",
                    "summary": f"Hvad der mangler / what is missing: {question.id}",
                    "parameters": [p for p in told["parameters"] if p["name"] != "evidence"],
                    "responses": lacking,
                }
            }
        for path in made["paths"].values():
            path.pop("head", None)
            for operation in path.values():
                add_problems(operation)
        app.openapi_schema = made
    return app.openapi_schema


def add_problems(operation: dict[str, Any]) -> None:
    """Every answer that is none is a problem document (RFC 9457)."""
    problem = {"application/problem+json": {"schema": {"type": "object"}}}
    told = operation.setdefault("responses", {})
    told.pop("422", None)
    told.setdefault("default", {"description": "Et problem / a problem (RFC 9457)", "content": problem})
