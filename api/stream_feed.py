"""The changes of the graph as Atom, newest first; what is gone stands as a tombstone (RFC 6721)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, register_namespace, tostring

from fastapi import APIRouter, Request, Response

from api.caching import fresh, http_date, tag
from api.html import missing_page
from api.settings import Settings
from api.stream import Page, page_list, since
from graph.changelog import Event, read_page
from graph.ntriples import parsed
from graph.terms import expand

router = APIRouter(tags=["changes"])

ATOM, TOMBSTONES = "http://www.w3.org/2005/Atom", "http://purl.org/atompub/tombstones/1.0"
LABELS = tuple(f" <{expand(name)}> " for name in ("rdfs:label", "skos:prefLabel", "dct:title"))
WORDS = {"created": "ny", "updated": "ændret"}


@router.get("/stream.atom", summary="Ændringer som Atom / changes as Atom")
@router.head("/stream.atom", include_in_schema=False)
async def get_feed(request: Request, page: int = 0, modified_since: str = "") -> Response:
    """The latest changes; `?page=` an older part, `?modified_since=` only those from a moment on."""
    settings: Settings = request.app.state.settings
    listed = page_list(settings.data)
    wanted = page or max((known.number for known in listed), default=0)
    chosen = next((known for known in listed if known.number == wanted), None)
    if chosen is None:
        return missing_page(request)
    body = feed(settings, chosen, events_since(settings.data, listed, chosen, after=since(modified_since)))
    headers = {"Last-Modified": http_date(chosen.last)}
    return fresh(request, Response(body, media_type="application/atom+xml"), tag(body), headers=headers)


def events_since(data: Path, listed: Sequence[Page], chosen: Page, *, after: datetime | None) -> list[Event]:
    """The events of a page, newest first; with a moment, those of all pages from it on."""
    if after is None:
        return [*reversed(read_page(data / "stream" / f"{chosen.number}.json"))]
    recent = [page for page in listed if datetime.fromisoformat(page.last) >= after]
    found = [event for page in recent for event in read_page(data / "stream" / f"{page.number}.json")]
    return [event for event in reversed(found) if datetime.fromisoformat(event.at) >= after]


def feed(settings: Settings, page: Page, events: Sequence[Event]) -> bytes:
    """A page of the log as an Atom feed, with a link to the one before it (RFC 5005)."""
    register_namespace("", ATOM)
    register_namespace("at", TOMBSTONES)
    root = Element(f"{{{ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "da"})
    address = f"{settings.base}/stream.atom"
    told(root, "id", address)
    told(root, "title", "Ændringer i grafen")
    told(root, "updated", page.last)
    SubElement(SubElement(root, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = settings.publisher or "Sagsgraf"
    SubElement(root, f"{{{ATOM}}}link", rel="self", href=address, type="application/atom+xml")
    SubElement(root, f"{{{ATOM}}}link", rel="license", href=settings.licence)
    if page.number > 1:
        SubElement(root, f"{{{ATOM}}}link", rel="prev-archive", href=f"{address}?page={page.number - 1}")
    for event in events:
        if event.triples is None:
            SubElement(root, f"{{{TOMBSTONES}}}deleted-entry", ref=event.thing, when=event.at)
        elif event.kept:
            entry(root, settings, event)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def entry(root: Element, settings: Settings, event: Event) -> None:
    """One change as an entry; its id is the thing's, so that a tombstone can name it."""
    own = SubElement(root, f"{{{ATOM}}}entry")
    told(own, "id", event.thing)
    told(own, "title", f"{label(event)} ({WORDS[event.kind]})")
    told(own, "updated", event.at)
    told(own, "summary", f"{(event.triples or '').count(chr(10))} udsagn")
    if event.thing.startswith(f"{settings.base}/"):
        SubElement(own, f"{{{ATOM}}}link", rel="alternate", href=event.thing)


def told(parent: Element, name: str, text: str) -> None:
    """One element with a text."""
    SubElement(parent, f"{{{ATOM}}}{name}").text = text


def label(event: Event) -> str:
    """What the thing is called, by its own statements."""
    for line in (event.triples or "").splitlines():
        if line.startswith(f"<{event.thing}> "):
            for name in LABELS:
                before, found, value = line.partition(name)
                if found and before == f"<{event.thing}>":
                    return parsed(value.removesuffix(" .")).value
    return event.thing.rpartition("/")[2]
