"""Problem documents as pages: a browser that asked for a page gets words and a way onward, whatever went wrong."""

from __future__ import annotations

import json
from collections.abc import Mapping

from fastapi import Request, Response
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.html.rendering import language_of, render_problem
from api.problems import MEDIA_TYPE, PROBLEMS, answer_unforeseen_error, instead
from graph.errors import SagsgrafError

KEPT = ("retry-after", "vary", "cache-control")


class ProblemPages:
    """An app around another, which shows its problem documents as pages to whoever wants pages before all else."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers as the app does, problems for browsers excepted."""
        if scope["type"] != "http" or not wants_page(scope):
            await self.app(scope, receive, send)
            return
        begun: Message = {}
        said = bytearray()

        async def shown(message: Message) -> None:
            if message["type"] == "http.response.start" and is_problem(message):
                begun.update(message)
            elif not begun:
                await send(message)
            else:
                said.extend(message.get("body", b""))
                if not message.get("more_body"):
                    page = problem_page(Request(scope), begun, json.loads(bytes(said) or b"{}"))
                    await page(scope, receive, send)

        await self.app(in_words_of_page(scope), receive, shown)


def in_words_of_page(scope: Scope) -> Scope:
    """A request that likes its page's language best: the problem is told in that, whatever the browser likes."""
    others = [(name, value) for name, value in scope["headers"] if name != b"accept-language"]
    return {**scope, "headers": [*others, (b"accept-language", language_of(Request(scope)).code.encode())]}


def wants_page(scope: Scope) -> bool:
    """Whether somebody wants a page before all else, as browsers do."""
    return Headers(scope=scope).get("accept", "").startswith("text/html")


async def answer_unforeseen(request: Request, error: Exception) -> Response:
    """The answer to an error that nobody foresaw: a page for browsers, if a page can still be made."""
    told = await answer_unforeseen_error(request, error)
    if not wants_page(request.scope):
        return told
    start = {"status": told.status_code, "headers": told.raw_headers}
    return instead(told, lambda: problem_page(request, start, json.loads(bytes(told.body))))


def is_problem(start: Message) -> bool:
    """Whether a response is a problem document."""
    return Headers(raw=start["headers"]).get("content-type", "").startswith(MEDIA_TYPE)


def problem_page(request: Request, start: Message, problem: Mapping[str, object]) -> Response:
    """A problem document as a page with the headers that still hold."""
    in_english = language_of(request).code == "en"
    name = str(problem.get("type", "")).rpartition("/")[2]
    known = next((kind for kind in PROBLEMS.values() if kind.name == name), None)
    title = (known.english if in_english else known.danish) if known else str(problem.get("title", ""))
    detail = problem.get("detail_en" if in_english else "detail") or problem.get("detail", "")
    if known is PROBLEMS[SagsgrafError]:  # which says nothing of what is inside
        detail = language_of(request)("Fejlen er vores og står i tjenestens log. Prøv igen om lidt.")
    headers = Headers(raw=start["headers"])
    wait = headers.get("retry-after", "")
    seconds = int(wait) if wait.isascii() and wait.isdigit() else 0
    page = render_problem(request, start["status"], title=title, detail=str(detail), wait=seconds)
    page.headers.update({name: headers[name] for name in KEPT if name in headers})
    return page
