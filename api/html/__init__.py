"""The pages for people. Danish stands at /, English at /en/.

Every page is whole without JavaScript and asks this service alone for its files. Pages with a graph or the query
editor run a script of our own beside that; all others may run nothing.
"""

from __future__ import annotations

from fastapi import APIRouter

from api.html import about, case_pages, finding, graphs, openness, queries, things
from api.html.answers import render_question, render_questions, render_resource
from api.html.case_pages import cases
from api.html.listed import THINGS_A_PAGE, render_list
from api.html.rendering import (
    METHODS,
    iri,
    language_of,
    literal,
    missing_page,
    page,
    query,
    render_gone,
    render_problem,
    secure,
    select,
    untold_text,
    worded,
)
from api.html.things import bodies, elected_of, goals, people
from api.html.troubles import ProblemPages, answer_unforeseen

__all__ = [
    "LIST_PAGES", "METHODS", "THINGS_A_PAGE", "ProblemPages", "answer_unforeseen", "cases", "elected_of", "iri",
    "language_of", "literal", "missing_page", "page", "query", "render_gone", "render_list", "render_problem",
    "render_question", "render_questions", "render_resource", "router", "secure", "select", "untold_text", "worded",
]  # fmt: skip

# The pages of lists by their noun, for a router that answers the same addresses with data as well.
LIST_PAGES = {"bodies": bodies, "cases": cases, "people": people, "sdgs": goals}

router = APIRouter(include_in_schema=False)
for part in (case_pages, things, about, openness, finding, graphs, queries):
    router.include_router(part.router)
