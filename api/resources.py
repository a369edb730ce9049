"""Every IRI answers: /id/… sends on to the page or to the data, by Accept; the data is also there by suffix."""

from __future__ import annotations

import re

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from api.formats import JSONLD, NTRIPLES, RDFXML, TURTLE, Format, negotiate
from api.html import missing_page, query, render_problem, render_resource
from api.workers import QueryRequest

router = APIRouter(tags=["resources"])

HTML = Format("html", "", "text/html", "html", ())
DATA = (TURTLE, JSONLD, NTRIPLES, RDFXML)
KINDS = (
    "agenda-items", "attachments", "bodies", "cases", "decisions", "departments", "links", "meetings",
    "municipalities", "organisations", "people", "posts", "recurring-texts",
)  # fmt: skip
KEY = re.compile(r"[A-Za-z0-9._~/-]{1,400}")


def thing_iri(request: Request, kind: str, key: str) -> str | None:
    """The IRI of a thing by its path; None where the path cannot be one of ours."""
    if kind not in KINDS or not KEY.fullmatch(key):
        return None
    return f"{request.app.state.settings.base}/id/{kind}/{key}"


@router.get("/id/{kind}/{key:path}", summary="En ting / a thing", status_code=303, response_class=RedirectResponse)
async def send_on(request: Request, kind: str, key: str) -> Response:
    """Sends on (303) to the page of a thing, or to its data as Turtle, JSON-LD, N-Triples or RDF/XML, by Accept."""
    if thing_iri(request, kind, key) is None:
        return missing_page(request)
    form = negotiate(request.headers.get("accept"), (*DATA, HTML))
    if form is None:
        return not_acceptable(request)
    target = f"/{kind}/{key}" if form is HTML else f"/{kind}/{key}.{form.extension}"
    return RedirectResponse(target, status_code=303, headers={"Vary": "Accept"})


def not_acceptable(request: Request) -> Response:
    """406, with what is offered."""
    offered = ", ".join(form.media_type for form in (HTML, *DATA))
    return render_problem(request, 406, title="Formatet findes ikke her", detail=f"Her er: {offered}")


@router.get("/{kind}/{key:path}.ttl", include_in_schema=False)
@router.get("/{kind}/{key:path}.jsonld", include_in_schema=False)
@router.get("/{kind}/{key:path}.nt", include_in_schema=False)
@router.get("/{kind}/{key:path}.rdf", include_in_schema=False)
async def describe_thing(request: Request, kind: str, key: str) -> Response:
    """A thing as data: its statements and parts, their evidence, what points to it, and its neighbours' labels."""
    iri = thing_iri(request, kind, key)
    if iri is None:
        return missing_page(request)
    extension = request.url.path.rpartition(".")[2]
    form = next(form for form in DATA if form.extension == extension)
    asked = QueryRequest(query("describe"), triples=form, terms={"thing": {"type": "uri", "value": iri}})
    found = await request.app.state.pool.run(asked, lane="reserved")
    if iri.encode() not in found.body:
        return missing_page(request)
    page = f'</{kind}/{key}>; rel="alternate"; type="text/html"'
    return Response(found.body, media_type=form.content_type, headers={"Link": f'{page}, <{iri}>; rel="describes"'})


@router.get("/sources/{text_hash}.txt", summary="En kildes tekst / a source's text", response_class=PlainTextResponse)
async def source_text(request: Request, text_hash: str) -> Response:
    """The exact text that the evidence of a source counts its characters in."""
    text = request.app.state.sources.text(text_hash)
    if text is None:
        return missing_page(request)
    kept = "public, max-age=31536000, immutable"
    return PlainTextResponse(text, headers={"Cache-Control": kept, "X-Content-Type-Options": "nosniff"})


pages = APIRouter(include_in_schema=False)


@pages.get("/{kind}/{key:path}")
@pages.get("/en/{kind}/{key:path}")
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
