"""The vocabulary as pages and as data: /def, every term and concept at its own address, and the files to download."""

from __future__ import annotations

import asyncio
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse
from rdflib import Node, URIRef

from api.formats import JSONLD, NTRIPLES, RDFXML, TURTLE, Format, negotiate
from api.html import METHODS, iri, language_of, missing_page, page, query
from api.resources import HTML, not_acceptable
from api.views.alignments import mapping_files
from api.views.class_diagram import PLACES, arrows, diagram
from api.views.frame import Frame
from api.views.rows import Row, word
from api.views.vocabulary import (
    Served,
    VocabularyView,
    concepts_in,
    defined_nodes,
    described,
    edition,
    named,
    scheme_nodes,
    schemes,
    term_view,
    terms,
)
from graph.terms import CLASSES, CONCEPTS, PROPERTIES, VOCABULARY, turtle_files

router = APIRouter(tags=["vocabulary"])

DATA = (TURTLE, JSONLD, NTRIPLES, RDFXML)
SERIALISERS = {"turtle": "longturtle", "jsonld": "json-ld", "ntriples": "nt", "rdfxml": "xml"}
SUFFIXES = {form.extension: form for form in DATA}
FILE = re.compile(r"[a-z-]+\.(?:ttl|sssom\.tsv|rq)")
KEPT = "public, max-age=3600"
# One part of term-examples.rq: a limit on the whole would not give each term its own.
EXAMPLE = """{{ SELECT ?term ?thing ?value ?span ?quote WHERE {{
  VALUES ?term {{ <{term}> }} {pattern} OPTIONAL {{ ?thing sag:evidence ?span . ?span nif:anchorOf ?quote }}
}} LIMIT 1 }}"""


@cache
def words(code: str) -> Mapping[str, str]:
    """The words of these pages in a language."""
    table = tomllib.loads((Path(__file__).parent / "pages" / "vocabulary.toml").read_text(encoding="utf-8"))
    found: Mapping[str, str] = table[code]
    return found


@cache
def examples_query(names: tuple[str, ...]) -> str:
    """The query for one thing of the graph for each of some terms of ours."""
    pattern = {True: "?thing a ?term BIND (?thing AS ?value)", False: "?thing ?term ?value"}
    parts = (EXAMPLE.format(term=VOCABULARY + name, pattern=pattern[name in CLASSES]) for name in names)
    return query("term-examples").replace("{ }", f"{{ {' UNION '.join(parts)} }}", 1)


async def served(request: Request, names: Sequence[str]) -> dict[str, Served]:
    """For each term that the graph uses, by IRI, a thing that shows it."""
    rows: list[Row] = await request.app.state.pool.select(examples_query(tuple(names)))
    return {word(row, "term"): Served.read(row) for row in rows}


def divided(name: str) -> tuple[str, Format | None]:
    """A name without the suffix that chooses a format, and that format.

    >>> divided("heldBy.ttl")[0], divided("heldBy")
    ('heldBy', ('heldBy', None))
    """
    stem, dot, suffix = name.rpartition(".")
    return (stem, SUFFIXES[suffix]) if dot and suffix in SUFFIXES else (name, None)


def chosen(request: Request, form: Format | None) -> Format | None:
    """The format that the address names, the page for an address under /en/, else what the client likes best."""
    if form or request.url.path.startswith("/en/"):
        return form or HTML
    return negotiate(request.headers.get("accept"), (*DATA, HTML))


async def statements_of(nodes: Callable[[], Sequence[Node]], form: Format) -> Response:
    """Statements about some nodes in a format."""

    def written() -> bytes:
        return described(nodes()).serialize(format=SERIALISERS[form.name], encoding="utf-8")

    headers = {"Cache-Control": KEPT, "Vary": "Accept", "X-Content-Type-Options": "nosniff"}
    return Response(await asyncio.to_thread(written), media_type=form.content_type, headers=headers)


def shown(request: Request, view: VocabularyView) -> Response:
    """A page of the vocabulary."""
    response = page(request, "vocabulary.html", view, language=language_of(request))
    response.headers["Vary"] = "Accept"
    return response


@router.api_route("/def", methods=METHODS, summary="Ordforrådet / the vocabulary")
@router.api_route("/en/def", methods=METHODS, include_in_schema=False)
@router.api_route("/def.{suffix}", methods=METHODS, include_in_schema=False)
async def whole(request: Request, suffix: str = "") -> Response:
    """The vocabulary as a page, Turtle, JSON-LD, N-Triples or RDF/XML, by Accept or suffix."""
    if suffix and suffix not in SUFFIXES:
        return missing_page(request)
    form = chosen(request, SUFFIXES.get(suffix))
    if form is None:
        return not_acceptable(request)
    if form is not HTML:
        return await statements_of(defined_nodes, form)
    code = language_of(request).code
    frame = Frame(language_of(request), request.app.state.settings.base, request.url.path)
    links = {name: frame.link(f"/def/{name.partition(':')[2]}") for name in PLACES}
    return shown(
        request,
        VocabularyView(
            words=words(code),
            edition=edition(),
            sections=(("classes", await asyncio.to_thread(terms, "class")), ("properties", terms("property"))),
            schemes=schemes(),
            diagram=diagram(code, links, words(code)["diagram"]),
            arrows=arrows(),
            files=("sagsgraf.ttl", "minutes.ttl", *(path.name for path in mapping_files())),
        ),
    )


@router.api_route("/def/files/{name}", methods=METHODS, summary="En fil / a file", response_class=FileResponse)
async def file(request: Request, name: str) -> Response:
    """One of the files behind the vocabulary, as it is kept: the ontology, the shapes, a scheme or a mapping."""
    kept = {path.name: path for path in (*turtle_files("ontology"), *turtle_files("shapes"), *mapping_files())}
    if not FILE.fullmatch(name) or name not in kept:
        return missing_page(request)
    kind = TURTLE.content_type if name.endswith(".ttl") else "text/tab-separated-values; charset=utf-8"
    return FileResponse(kept[name], media_type=kind, headers={"X-Content-Type-Options": "nosniff"})


@router.api_route("/def/{name}", methods=METHODS, summary="En klasse eller egenskab / a class or property")
@router.api_route("/en/def/{name}", methods=METHODS, include_in_schema=False)
async def term(request: Request, name: str) -> Response:
    """A class or property with its words, an example from the graph and the shapes that apply."""
    local, suffix = divided(name)
    node = URIRef(VOCABULARY + local)
    view = await asyncio.to_thread(term_view, node) if local in (*CLASSES, *PROPERTIES) else None
    form = chosen(request, suffix)
    if view is None or form is None:
        return missing_page(request) if view is None else not_acceptable(request)
    if form is not HTML:
        return await statements_of(lambda: [node], form)
    code = language_of(request).code
    return shown(
        request,
        VocabularyView(
            words=words(code),
            edition=edition(),
            term=view,
            served=await served(request, (local,)),
            values=concepts_in(URIRef(view.scheme.iri)) if view.scheme and view.kind == "property" else (),
        ),
    )


@router.api_route("/concept/{scheme}", methods=METHODS, summary="En begrebsliste / a concept scheme")
@router.api_route("/en/concept/{scheme}", methods=METHODS, include_in_schema=False)
async def scheme_page(request: Request, scheme: str) -> Response:
    """A concept scheme with its concepts."""
    key, suffix = divided(scheme)
    node = URIRef(CONCEPTS + key) if re.fullmatch(r"[a-z-]+", key) else None
    found = await asyncio.to_thread(concepts_in, node) if node else ()
    form = chosen(request, suffix)
    if node is None or not found or form is None:
        return missing_page(request) if form else not_acceptable(request)
    if form is not HTML:
        return await statements_of(lambda: scheme_nodes(node), form)
    view = VocabularyView(words=words(language_of(request).code), edition=edition(), heading=named(node), values=found)
    return shown(request, view)


@router.api_route("/concept/{scheme}/{key}", methods=METHODS, summary="Et begreb / a concept")
@router.api_route("/en/concept/{scheme}/{key}", methods=METHODS, include_in_schema=False)
async def concept(request: Request, scheme: str, key: str) -> Response:
    """A concept with its words and an example from the graph."""
    local, suffix = divided(key)
    known = re.fullmatch(r"[a-z-]+/[a-z0-9_-]+", f"{scheme}/{local}")
    node = URIRef(f"{CONCEPTS}{scheme}/{local}") if known else None
    view = await asyncio.to_thread(term_view, node) if node else None
    form = chosen(request, suffix)
    if node is None or view is None or form is None:
        return missing_page(request) if form else not_acceptable(request)
    if form is not HTML:
        return await statements_of(lambda: [node], form)
    rows: list[Row] = await request.app.state.pool.select(query("concept-example"), {"term": iri(str(node))})
    found = {word(row, "term"): Served.read(row) for row in rows}
    code = language_of(request).code
    return shown(request, VocabularyView(words=words(code), edition=edition(), term=view, served=found))
