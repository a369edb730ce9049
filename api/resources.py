"""Every IRI answers: /id/… sends on to the page or to the data, by Accept or by suffix; so do sources and named graphs.

What was withdrawn is answered by `api.gone`, the Link headers are added by `api.links`.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from api import html
from api.addresses import KEY, KINDS, NAME, SUFFIXES, address_of, split
from api.caching import fresh, tag
from api.describing import described, graph_lines, in_form
from api.formats import JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TURTLE, Format, negotiate
from api.html import missing_page, query, render_problem, render_resource
from graph.errors import FormatError

router = APIRouter(tags=["resources"])

HTML = Format("html", "", "text/html", "html", ())
JSON = Format("json", "", "application/json", "json", ())
DATA = (TURTLE, JSONLD, NTRIPLES, RDFXML)
OFFERED = (*DATA, JSON, HTML)
TEXT = Format("text", "", "text/plain", "txt", ())
GRAPH_FORMS = (*DATA, TRIG, NQUADS)
LAST_PAGE = 100_000


def thing_iri(request: Request, kind: str, key: str) -> str | None:
    """The IRI of a thing by its path; None where the path cannot be one of ours."""
    if kind not in KINDS or not KEY.fullmatch(key):
        return None
    return f"{request.app.state.settings.base}/id/{kind}/{key}"


def no_such_form(offered: Sequence[Format]) -> FormatError:
    """406, with what is offered."""
    there = ", ".join(form.media_type for form in offered)
    return FormatError(f"Her er: {there}.", english=f"There is: {there}.")


def not_acceptable(request: Request) -> Response:
    """406 as a page, with what is offered."""
    offered = ", ".join(form.media_type for form in (HTML, *DATA))
    return render_problem(request, 406, title="Formatet findes ikke her", detail=f"Her er: {offered}")


@router.get("/id/{kind}/{key:path}", summary="En ting / a thing", status_code=303, response_class=RedirectResponse)
@router.head("/id/{kind}/{key:path}", include_in_schema=False)
async def send_on(request: Request, kind: str, key: str) -> Response:
    """Sends on (303) to the page of a thing, or to its data as Turtle, JSON-LD, N-Triples or RDF/XML, by Accept."""
    stem, suffix = split(f"/{kind}/{key}")
    if thing_iri(request, kind, stem.removeprefix(f"/{kind}/")) is None:
        return missing_page(request)
    if suffix:
        return RedirectResponse(stem if suffix == "html" else f"{stem}.{suffix}", status_code=303)
    form = negotiate(request.headers.get("accept"), OFFERED)
    if form is None:
        raise no_such_form(OFFERED)
    target = stem if form is HTML else f"{stem}.{form.extension}"
    return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})


async def send_data(request: Request, thing: str, form: Format, page: int = 1) -> Response:
    """A thing as data in a form, with a link to what more points to it."""
    lines, more = await described(request, thing, page)
    if not lines:
        return missing_page(request)
    headers = {"Vary": "Accept"}
    if more:
        headers["Link"] = f'<{request.url.path}?page={page + 1}>; rel="next"'
    body = in_form(lines, form)
    return fresh(request, Response(body, media_type=form.content_type), tag(body), headers=headers)


async def describe_thing(request: Request, kind: str, key: str, page: int = 1) -> Response:
    """A thing as data: its statements and parts, their evidence, what points to it, and its neighbours' labels."""
    asked = address_of(request.url.path)
    if asked is None or asked.english or kind not in KINDS or not 1 <= page <= LAST_PAGE:
        return missing_page(request)
    if asked.suffix == "html":
        return RedirectResponse(asked.page, status_code=303)
    form = next(form for form in (*DATA, JSON) if form.extension == asked.suffix)
    return await send_data(request, request.app.state.settings.base + asked.thing, form, page)


for _suffix in SUFFIXES:  # registers nothing but addresses of this very router
    for _method in ("GET", "HEAD"):
        router.add_api_route(
            f"/{{kind}}/{{key:path}}.{_suffix}", describe_thing, methods=[_method], include_in_schema=False
        )
