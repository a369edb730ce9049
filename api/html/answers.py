"""What other routers' answers look like as a page: questions, and things without a page of their own kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from api.html.rendering import language_of, page
from api.views.answer import answer_view
from api.views.evidence import Lines
from api.views.resource import resource_view
from api.views.rows import Row


def render_questions(request: Request, questions: Iterable[Mapping[str, Any]]) -> HTMLResponse:
    """The list of questions, each {id, title, description}, as a page."""
    return page(request, "questions.html", list(questions), language=language_of(request))


def render_question(request: Request, answer: Mapping[str, Any]) -> HTMLResponse:
    """The answer to a question as a page; `?page=` turns the pages of a long one."""
    language = language_of(request)
    asked = request.query_params.get("page", "1")
    number = int(asked) if asked.isdigit() and len(asked) < 6 else 1
    kept = urlencode([(name, value) for name, value in request.query_params.multi_items() if name != "page"])
    view = answer_view(answer, language, lines=Lines(request.app.state.sources.text), page=number, kept=kept)
    return page(request, "question.html", view, language=language)


def render_resource(request: Request, address: str, *, label: str, statements: Iterable[Row]) -> HTMLResponse:
    """The plain page of a thing; for the rows see `api.views.resource.resource_view`."""
    language = language_of(request)
    lines = Lines(request.app.state.sources.text)
    view = resource_view(address, statements, label=label, language=language, lines=lines)
    return page(request, "resource.html", view, language=language)
