"""The short way to the query address: a GET with a query goes past the routing and all that stands around it, which
would cost as much as the query.

Everything else, and every app that does without this, takes the routes, which do the same.
"""

from fastapi import Request
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Receive, Scope, Send

from api.cache import ADDRESS
from api.problems import problem_response
from api.protocol import service_of
from api.sparql import get_query
from graph.errors import SagsgrafError


class Front:
    """An app around another, which answers queries by GET itself."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or pass on."""
        if scope["type"] != "http" or scope["path"] != ADDRESS or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            response = await get_query(request, await service_of(request))
        except (SagsgrafError, HTTPException) as error:
            response = await problem_response(request, error)
        await response(scope, receive, send)
