"""The pages of data quality and about the data."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request, Response

from api.html.rendering import METHODS, language_of, page, select_once, soon, version_of, worded
from api.settings import Settings
from api.views.asking import Terms, page_before
from api.views.quality import about_view, quality_view
from graph.report import Report
from graph.sources import holdings, text_of
from graph.statements import Statements
from graph.store import Reader, Version, merged
from graph.validation import check

router = APIRouter(include_in_schema=False)

# A check reads the whole graph into memory and takes seconds; with more facts it is made by `sagsgraf check` alone.
CHECKED = 10_000


@router.api_route("/quality", methods=METHODS)
@router.api_route("/en/quality", methods=METHODS)
async def quality(request: Request) -> Response:
    """How complete the sources are, what rests on sentences, and what there is to mend."""
    rows = await select_once(request, "quality")
    reasons = await select_once(request, "quality-reasons")
    facts = int(rows[0]["facts"]["value"]) if rows else 0
    version = version_of(request) if facts <= CHECKED else None
    report = await soon(request, "report", lambda: asyncio.to_thread(checked, version)) if version else None
    language = await worded(request)
    making = version is not None and report is None
    view = quality_view(rows, reasons, report, language=language.code, making=making)
    return page(request, "quality.html", view, language=language)


def checked(version: Version) -> Report:
    """The report on a version."""
    folder = version.folder.parents[1]
    hashes = {row.text_hash for row in holdings(version.record).sources.values()}
    texts = {found: text for found in hashes if (text := text_of(folder, found)) is not None}
    return check(Statements.read(merged(version)), texts=texts, select=Reader.open(version).select)


@router.api_route("/about", methods=METHODS)
@router.api_route("/en/about", methods=METHODS)
async def about(request: Request, of: str = "") -> Response:
    """The data: coverage, basis, method, licence, accuracy, privacy, retention, and how to object or correct.

    With `of`, the path of a page, the letters begun are about that.
    """
    version = version_of(request)
    record = version.record if version else {}
    terms = terms_of(request.app.state.settings, page_before(of))
    view = about_view(await select_once(request, "coverage"), record, str(request.app.state.version), terms=terms)
    return page(request, "about.html", view, language=language_of(request))


def terms_of(settings: Settings, about: str) -> Terms:
    """Who publishes, and on which terms, as the settings have it."""
    days = settings.log_days if settings.log else 0
    return Terms(settings.contact, settings.licence, settings.base, settings.publisher, days, about)
