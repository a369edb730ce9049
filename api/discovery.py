"""Where machines look first: VoID at /.well-known/void, sitemap, robots.txt, llms.txt."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from xml.etree.ElementTree import Element, SubElement, tostring

from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse, RedirectResponse

from api.caching import fresh, http_date, tag
from api.formats import JSONLD, NTRIPLES, RDFXML, TURTLE, negotiate
from api.html import METHODS, missing_page
from api.settings import Settings
from graph.changelog import followed, latest
from graph.dumps import FORMS, read_catalogue, read_statistics
from graph.errors import FormatError
from graph.statistics import TARGETS
from graph.store import converted, current
from graph.terms import PREFIXES, VOCABULARY, expand
from graph.triples.literals import integer, node, text

router = APIRouter(include_in_schema=False)

DATA = (TURTLE, JSONLD, NTRIPLES, RDFXML)
VOID = "http://rdfs.org/ns/void#"
TYPE = node(expand("rdf:type"))
FULL_PAGE = 50_000  # a sitemap may name no more
PLACES = ("cases", "meetings", "agenda-items", "bodies", "decisions", "attachments", "departments")
HIDDEN = ("/people/", "/id/people/", "/sparql", "/network/", "/search")

ROBOTS = """User-agent: *
{hidden}
Crawl-delay: 2
Sitemap: {base}/sitemap.xml
"""
LLMS = """# Sagsgraf

> Minutes of Danish municipal bodies as a knowledge graph in which every fact points to the sentence that states it.
> Texts are in Danish; names of classes and properties are in English.

## Data
- [Catalogue, DCAT-AP 3]({base}/catalog): every dataset and file
- [Whole graph, Turtle]({base}/dumps/all.ttl.gz), [N-Quads with provenance]({base}/dumps/all.nq.gz): do not crawl
- [Stream of changes]({base}/stream): created, changed and withdrawn things
- [Vocabulary]({base}/def) and [statistics]({base}/.well-known/void)

## Asking
- [Questions]({base}/questions): twenty questions, as JSON or CSV, each row with the sentences it rests on
- [SPARQL]({base}/sparql): read only; one query at a time, {deadline:g} seconds; 429 and 503 tell when to return
- [OpenAPI]({base}/openapi.json)

## Limits of what is said
- A planned stop whose date has passed without minutes is "overdue", never "not treated".
- "Announced" (concept announced) is a plan; "recorded" is a record. Do not tell the one as the other.
- Links between meetings carry a score and reasons; those under review are proposals.
- What answers 410 has been withdrawn: delete it, and do not repeat it.
"""


@router.api_route("/void", methods=METHODS)
@router.api_route("/.well-known/void", methods=METHODS)
async def get_void(request: Request) -> Response:
    """What the graph holds, as VoID."""
    form = negotiate(request.headers.get("accept"), DATA)
    if form is None:
        there = ", ".join(known.media_type for known in DATA)
        raise FormatError(f"VoID kan fås som {there}.", english=f"VoID can be had as {there}.")
    settings: Settings = request.app.state.settings
    version = current(settings.data)
    counts: dict[str, Any] = dict(read_statistics(version))
    if not counts:
        return missing_page(request)
    told = read_catalogue(version)["datasets"][0]
    lines = void_lines(settings, counts, told)
    body = converted(lines, form.name, {**PREFIXES, "void": VOID})
    headers = {"Vary": "Accept", "Last-Modified": http_date(str(told["modified"]))}
    return fresh(request, Response(body, media_type=form.content_type), tag(body), headers=headers)


def void_lines(settings: Settings, counts: dict[str, Any], told: dict[str, Any]) -> Iterator[str]:
    """The statistics as lines of N-Triples."""
    own, whole = f"{settings.base}/.well-known/void", f"{settings.base}/catalog#all"
    yield f"{node(own)} {TYPE} {node(VOID + 'DatasetDescription')} .\n"
    yield f"{node(own)} {node(expand('foaf:topic'))} {node(whole)} .\n"
    yield f"{node(whole)} {TYPE} {node(VOID + 'Dataset')} .\n"
    yield f"{node(whole)} {node(expand('dct:title'))} {text('Referater som vidensgraf')} .\n"
    yield f"{node(whole)} {node(expand('dct:license'))} {node(settings.licence)} .\n"
    for name, address in (("sparqlEndpoint", "/sparql"), ("uriSpace", "/id/")):
        target = node(settings.base + address) if name == "sparqlEndpoint" else f'"{settings.base}{address}"'
        yield f"{node(whole)} {node(VOID + name)} {target} .\n"
    yield f"{node(whole)} {node(VOID + 'vocabulary')} {node(VOCABULARY)} .\n"
    for dump in told["files"]:
        if dump["form"] in {form.name for form in FORMS} - {"csv", "graphml"}:
            yield f"{node(whole)} {node(VOID + 'dataDump')} {node(settings.base + '/dumps/' + dump['name'])} .\n"
    totals = {"triples": "triples", "distinctSubjects": "subjects", "distinctObjects": "objects"}
    for name, counted in totals.items():
        yield f"{node(whole)} {node(VOID + name)} {integer(counts[counted])} .\n"
    yield from partitions(own, whole, counts)
    yield from linksets(own, whole, counts)


def partitions(own: str, whole: str, counts: dict[str, Any]) -> Iterator[str]:
    """How many things each class has and how often each property is used."""
    for kind, counted, link, name, number in (
        ("class", "classes", "classPartition", "class", "entities"),
        ("property", "properties", "propertyPartition", "property", "triples"),
    ):
        for n, (term, count) in enumerate(counts[counted].items(), 1):
            part = node(f"{own}#{kind}-{n}")
            yield f"{node(whole)} {node(VOID + link)} {part} .\n"
            yield f"{part} {node(VOID + name)} {node(term)} .\n"
            yield f"{part} {node(VOID + number)} {integer(count)} .\n"


def linksets(own: str, whole: str, counts: dict[str, Any]) -> Iterator[str]:
    """What leads from here to others' things."""
    for name, found in counts["links"].items():
        for n, (term, count) in enumerate(found.items(), 1):
            links = node(f"{own}#links-{name}-{n}")
            yield f"{links} {TYPE} {node(VOID + 'Linkset')} .\n"
            yield f"{node(whole)} {node(VOID + 'subset')} {links} .\n"
            yield f"{links} {node(VOID + 'subjectsTarget')} {node(whole)} .\n"
            yield f"{links} {node(VOID + 'objectsTarget')} {node(TARGETS[name])} .\n"
            yield f"{links} {node(VOID + 'linkPredicate')} {node(term)} .\n"
            yield f"{links} {node(VOID + 'triples')} {integer(count)} .\n"


@router.api_route("/sitemap.xml", methods=METHODS)
async def get_sitemap(request: Request) -> Response:
    """The pages worth finding, each with the day it last changed; people's pages are not among them."""
    settings: Settings = request.app.state.settings
    body = sitemap(settings, followed(settings.data))
    return fresh(request, Response(body, media_type="application/xml"), tag(body))


@lru_cache(maxsize=2)
def sitemap(settings: Settings, _version: int) -> bytes:
    """The sitemap of the version that the log has come to, made once."""
    root = Element("urlset", xmlns="http://www.sitemaps.org/schemas/sitemap/0.9")
    for path in ("/", "/questions", "/cases", "/catalog", "/def"):
        SubElement(SubElement(root, "url"), "loc").text = settings.base + path
    starts = tuple(f"{settings.base}/id/{place}/" for place in PLACES)
    known = [event for event in latest(settings.data).values() if event.triples is not None]
    for event in sorted((e for e in known if e.thing.startswith(starts)), key=lambda e: e.thing)[: FULL_PAGE - 10]:
        url = SubElement(root, "url")
        SubElement(url, "loc").text = event.thing.replace("/id/", "/", 1)
        SubElement(url, "lastmod").text = event.at
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


@router.api_route("/robots.txt", methods=METHODS)
async def get_robots(request: Request) -> Response:
    """What crawlers should leave: people's pages, and what makes the engine work."""
    hidden = "\n".join(f"Disallow: {path}" for path in HIDDEN)
    return PlainTextResponse(ROBOTS.format(hidden=hidden, base=request.app.state.settings.base))


@router.api_route("/llms.txt", methods=METHODS)
async def get_llms(request: Request) -> Response:
    """What a language model should know before it reads here."""
    settings: Settings = request.app.state.settings
    return PlainTextResponse(LLMS.format(base=settings.base, deadline=settings.deadline))


@router.api_route("/.well-known/dcat", methods=METHODS)
async def find_catalogue() -> Response:
    """The catalogue, for those who try the usual place."""
    return RedirectResponse("/catalog", status_code=303)
