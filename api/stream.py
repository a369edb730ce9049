"""What changed in the graph, to be followed: as a Linked Data Event Stream at /stream, and as Atom.

Every event is an immutable version of one thing, in a named graph of its own; a full page never changes, but that what
is withdrawn is dropped from it. Only the latest version of a thing is promised to stay.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from api.caching import SHORT, fresh, http_date, tag
from api.formats import JSONLD, NQUADS, TRIG, Format, negotiate
from api.html import missing_page
from api.settings import Settings
from graph.changelog import PAGE, Event, pages, read_page
from graph.errors import FormatError, UnknownValueError
from graph.store import converted
from graph.terms import PREFIXES, expand
from graph.triples.literals import node, plain

router = APIRouter(tags=["changes"])

DATA = (TRIG, JSONLD, NQUADS)
LDES, TREE, AS = "https://w3id.org/ldes#", "https://w3id.org/tree#", "https://www.w3.org/ns/activitystreams#"
STREAM_PREFIXES = {**PREFIXES, "ldes": LDES, "tree": TREE, "as": AS}
KINDS = {"created": "Create", "updated": "Update", "removed": "Delete", "withdrawn": "Delete"}
IMMUTABLE = "public, max-age=86400, immutable"
TYPE, PATH = node(expand("rdf:type")), node(expand("dct:created"))


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the log: its number, when its first and last event happened, and whether it is full."""

    number: int
    first: str
    last: str
    full: bool


def page_list(data: Path) -> list[Page]:
    """The pages of the log."""
    return [page_of(path, path.stat().st_mtime_ns) for path in pages(data)]


@lru_cache(maxsize=4096)
def page_of(path: Path, _written: int) -> Page:
    """What a page's file tells, read once for each time it is written."""
    found = read_page(path)
    return Page(int(path.stem), found[0].at, found[-1].at, len(found) == PAGE)


def since(written: str) -> datetime | None:
    """The moment of `?modified_since=`, a date or a date with a time; UnknownValueError where it is neither.

    >>> since("2026-01-31")
    datetime.datetime(2026, 1, 31, 0, 0, tzinfo=datetime.timezone.utc)
    """
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written.replace(" ", "+"))
    except ValueError:
        raise UnknownValueError(
            f"modified_since={written[:40]}: skriv en dato som 2026-01-31.",
            english=f"modified_since={written[:40]}: write a date such as 2026-01-31.",
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@router.get("/stream", summary="Ændringer som Linked Data Event Stream / changes as an event stream")
@router.head("/stream", include_in_schema=False)
async def get_stream(request: Request, modified_since: str = "") -> Response:
    """The stream and links to its pages; `?modified_since=` leaves out those that end before a moment."""
    form = wanted_form(request)
    settings: Settings = request.app.state.settings
    after = since(modified_since)
    found = [page for page in page_list(settings.data) if after is None or datetime.fromisoformat(page.last) >= after]
    own = f"{settings.base}/stream" + (f"?modified_since={quote(modified_since, safe=':+-')}" if after else "")
    body = converted(root_lines(settings, own, found), form.name, STREAM_PREFIXES)
    headers = {
        "Vary": "Accept",
        "Cache-Control": SHORT,
        **({"Last-Modified": http_date(found[-1].last)} if found else {}),
    }
    return fresh(request, Response(body, media_type=form.content_type), tag(body), headers=headers)


@router.get("/stream/{number}", summary="En side af strømmen / a page of the stream")
@router.head("/stream/{number}", include_in_schema=False)
async def get_page(request: Request, number: int) -> Response:
    """The events of one page, each in a named graph."""
    form = wanted_form(request)
    settings: Settings = request.app.state.settings
    page = next((page for page in page_list(settings.data) if page.number == number), None)
    if page is None:
        return missing_page(request)
    events = read_page(settings.data / "stream" / f"{number}.json")
    body = converted(page_lines(settings, page, events), form.name, STREAM_PREFIXES)
    headers = {
        "Vary": "Accept",
        "Cache-Control": IMMUTABLE if page.full else SHORT,
        "Last-Modified": http_date(page.last),
        "Link": f'<{settings.licence}>; rel="license", <{settings.base}/stream>; rel="collection"',
    }
    return fresh(request, Response(body, media_type=form.content_type), tag(body), headers=headers)


def wanted_form(request: Request) -> Format:
    """The form asked for by Accept; only those with named graphs can hold a stream."""
    form = negotiate(request.headers.get("accept"), DATA)
    if form is None:
        there = ", ".join(known.media_type for known in DATA)
        raise FormatError(f"Strømmen kan fås som {there}.", english=f"The stream can be had as {there}.")
    return form


def stream_iri(settings: Settings) -> str:
    """The stream itself; /stream is the page that leads to its events."""
    return node(f"{settings.base}/stream#events")


def root_lines(settings: Settings, own: str, found: Sequence[Page]) -> Iterator[str]:
    """The stream, its rules, and a link to each page with the moments between which its events lie."""
    stream, root = stream_iri(settings), node(own)
    yield from stream_lines(settings)
    yield f"{stream} {node(TREE + 'view')} {root} .\n"
    yield f"{root} {TYPE} {node(TREE + 'Node')} .\n"
    yield f"{root} {node(LDES + 'retentionPolicy')} {node(own + '#retention')} .\n"
    yield f"{node(own + '#retention')} {TYPE} {node(LDES + 'LatestVersionSubset')} .\n"
    yield f'{node(own + "#retention")} {node(LDES + "amount")} "1"^^{node(expand("xsd:integer"))} .\n'
    for page in found:
        target = node(f"{settings.base}/stream/{page.number}")
        limits = [("GreaterThanOrEqualToRelation", page.first)]
        if page.full:
            limits.append(("LessThanOrEqualToRelation", page.last))
        for kind, moment in limits:
            relation = node(f"{own}#{'from' if kind.startswith('G') else 'until'}-{page.number}")
            yield f"{root} {node(TREE + 'relation')} {relation} .\n"
            yield f"{relation} {TYPE} {node(TREE + kind)} .\n"
            yield f"{relation} {node(TREE + 'path')} {PATH} .\n"
            yield f"{relation} {node(TREE + 'value')} {moment_literal(moment)} .\n"
            yield f"{relation} {node(TREE + 'node')} {target} .\n"


def stream_lines(settings: Settings) -> Iterator[str]:
    """What holds for the whole stream."""
    stream = stream_iri(settings)
    yield f"{stream} {TYPE} {node(LDES + 'EventStream')} .\n"
    yield f"{stream} {node(LDES + 'timestampPath')} {PATH} .\n"
    yield f"{stream} {node(LDES + 'versionOfPath')} {node(expand('dct:isVersionOf'))} .\n"
    yield f"{stream} {node(expand('dct:license'))} {node(settings.licence)} .\n"


def page_lines(settings: Settings, page: Page, events: Sequence[Event]) -> Iterator[str]:
    """The events of a page: each a member with its own graph; one whose text was dropped is no member any more."""
    stream, own = stream_iri(settings), node(f"{settings.base}/stream/{page.number}")
    yield from stream_lines(settings)
    yield f"{stream} {node(TREE + 'view')} {own} .\n"
    yield f"{own} {TYPE} {node(TREE + 'Node')} .\n"
    for event in events:
        if event.kept:
            member = node(f"{settings.base}/stream/{page.number}#v{event.number}")
            yield f"{stream} {node(TREE + 'member')} {member} .\n"
            yield f"{member} {TYPE} {node(AS + KINDS[event.kind])} .\n"
            yield f"{member} {node(expand('dct:isVersionOf'))} <{event.thing}> .\n"
            yield f"{member} {PATH} {moment_literal(event.at)} .\n"
            for line in (event.triples or "").splitlines():
                yield f"{line.removesuffix(' .')} {member} .\n"


def moment_literal(moment: str) -> str:
    """A moment as a term."""
    return f"{plain(moment)}^^{node(expand('xsd:dateTime'))}"
