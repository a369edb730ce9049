"""Every IRI answers: /id/… sends on to the page or to the data, by Accept or by suffix; so do sources and named graphs.

What was withdrawn is answered by `api.gone`, the Link headers are added by `api.links`.
"""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse
from fastapi.routing import APIRoute
from starlette.datastructures import Headers
from starlette.routing import Match
from starlette.types import Scope

from api.addresses import KEY, KINDS, NAME, address_of, split
from api.caching import fresh, tag
from api.describing import described, graph_lines, in_form
from api.formats import JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TURTLE, Format, negotiate
from api.html import METHODS, missing_page, query, render_problem, render_resource, untold_text
from graph.errors import FormatError
from graph.store import GENID

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


async def send_described(request: Request, thing: str, form: Format, *, page: int = 1) -> Response:
    """A thing as data in a form, with a link to what more points to it."""
    lines, more = await described(request, thing, page)
    if not lines:
        return missing_page(request)
    headers = {"Vary": "Accept"}
    if more:
        headers["Link"] = f'<{request.url.path}?page={page + 1}>; rel="next"'
    body = in_form(lines, form)
    return fresh(request, Response(body, media_type=form.content_type), tag(body), headers=headers)


@router.api_route("/{kind}/{key:path}.ttl", methods=METHODS, include_in_schema=False)
@router.api_route("/{kind}/{key:path}.jsonld", methods=METHODS, include_in_schema=False)
@router.api_route("/{kind}/{key:path}.nt", methods=METHODS, include_in_schema=False)
@router.api_route("/{kind}/{key:path}.rdf", methods=METHODS, include_in_schema=False)
@router.api_route("/{kind}/{key:path}.html", methods=METHODS, include_in_schema=False)
async def describe_thing(request: Request, page: int = 1) -> Response:
    """A thing as data: its statements and parts, their evidence, what points to it, and its neighbours' labels."""
    asked = address_of(request.url.path)
    if asked is None or asked.english or not 1 <= page <= LAST_PAGE:
        return missing_page(request)
    if asked.suffix == "html":
        return RedirectResponse(asked.page, status_code=303)
    form = next(form for form in DATA if form.extension == asked.suffix)
    return await send_described(request, request.app.state.settings.base + asked.thing, form, page=page)


@router.get("/sources/{text_hash}.txt", summary="En kildes tekst / a source's text", response_class=PlainTextResponse)
@router.head("/sources/{text_hash}.txt", include_in_schema=False)
async def source_text(request: Request, text_hash: str) -> Response:
    """The exact text that the evidence of a source counts its characters in; as data, the sentences within it."""
    text = request.app.state.sources.text(text_hash)
    if text is None:
        return untold_text(request)
    form = negotiate(request.headers.get("accept"), (TEXT, *DATA, JSON))
    if form is None:
        raise no_such_form((TEXT, *DATA, JSON))
    if form is not TEXT:
        target = f"/sources/{text_hash}.{form.extension}"
        return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})
    kept = "public, max-age=86400"  # not for ever: a source may be withdrawn
    return fresh(request, PlainTextResponse(text), tag(text_hash), headers={"Vary": "Accept", "Cache-Control": kept})


class DescribedRoute(APIRoute):
    """A route at the address of a page, for those who ask for data there; everybody else goes on to the page."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """No match where the page is wanted, or the address is no thing's."""
        if scope["type"] == "http":
            asked = address_of(scope["path"])
            accept = Headers(scope=scope).get("accept")
            if asked is None or asked.english or asked.suffix or negotiate(accept, (HTML, *DATA, JSON)) is HTML:
                return Match.NONE, {}
        return super().matches(scope)


described_pages = APIRouter(route_class=DescribedRoute, include_in_schema=False)


@described_pages.api_route("/{kind}/{key:path}", methods=METHODS)
async def describe_at_page(request: Request) -> Response:
    """A thing as data at the address of its page: a source at once, as it is a document; other things by 303."""
    asked = address_of(request.url.path)
    form = negotiate(request.headers.get("accept"), (*DATA, JSON))
    if form is None:
        raise no_such_form((HTML, *DATA, JSON))
    if asked and asked.thing == asked.page and form is not JSON:
        return await send_described(request, request.app.state.settings.base + asked.thing, form)
    return RedirectResponse(f"{request.url.path}.{form.extension}", status_code=303, headers={"Vary": "Accept"})


@router.api_route("/.well-known/genid/{name}", methods=METHODS, include_in_schema=False)
async def unnamed_node(request: Request, name: str) -> Response:
    """A node of the vocabulary that has no name of its own (RDF 1.1, section 3.5), as data."""
    form = negotiate(request.headers.get("accept"), DATA)
    if form is None:
        raise no_such_form(DATA)
    return await send_described(request, f"{GENID}{name}", form) if NAME.fullmatch(name) else missing_page(request)


@router.get("/graphs/{name}", summary="En navngiven graf / a named graph")
@router.head("/graphs/{name}", include_in_schema=False)
async def named_graph(request: Request, name: str) -> Response:
    """All that one source states, or the links, the computed facts or the vocabulary, as data."""
    stem, dot, suffix = name.rpartition(".")
    forms = {form.extension: form for form in GRAPH_FORMS}
    form = forms.get(suffix) if dot else negotiate(request.headers.get("accept"), GRAPH_FORMS)
    if form is None:
        raise no_such_form(GRAPH_FORMS)
    settings = request.app.state.settings
    iri = f"{settings.base}/graphs/{stem if dot else name}"
    lines = await graph_lines(request, iri) if NAME.fullmatch(stem if dot else name) else []
    if not lines:
        return missing_page(request)
    if form in (TRIG, NQUADS):
        lines = [f"{line.rpartition(' .')[0]} <{iri}> .\n" for line in lines]
    body = in_form(lines, form)
    headers = {"Vary": "Accept", "Link": f'<{settings.licence}>; rel="license", <{iri}>; rel="canonical"'}
    return fresh(request, Response(body, media_type=form.content_type), tag(body), headers=headers)


pages = APIRouter(include_in_schema=False)


@pages.api_route("/{kind}/{key:path}", methods=METHODS)
@pages.api_route("/en/{kind}/{key:path}", methods=METHODS)
async def thing_page(request: Request, kind: str, key: str) -> Response:
    """The plain page of a thing that has no page of its own kind."""
    iri = thing_iri(request, kind, key)
    rows = (
        await request.app.state.pool.select(query("statements"), {"thing": {"type": "uri", "value": iri}})
        if iri
        else []
    )
    if iri is None or not rows:
        return missing_page(request)
    labels = [row["valueLabel" if "valueLabel" in row else "value"]["value"] for row in rows if is_label(row)]
    return render_resource(request, iri, label=labels[0] if labels else key, statements=rows)


def is_label(row: dict[str, dict[str, str]]) -> bool:
    """Whether a statement gives the thing's label."""
    return row["property"]["value"].endswith(("#label", "#prefLabel", "/title")) and "value" in row
