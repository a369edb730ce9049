"""The catalogue for open-data portals at /catalog, and the files that it lists at /dumps/."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse

from api.caching import fresh, http_date, tag
from api.dcat.catalogue import catalogue
from api.dcat.page import catalogue_view
from api.formats import JSONLD, NTRIPLES, RDFXML, TURTLE, Format, by_name, negotiate
from api.html import METHODS, language_of, missing_page
from api.html.rendering import page
from api.settings import Settings
from graph.dumps import FOLDER, FORMS, read_catalogue
from graph.errors import FormatError, UnknownThingError, UnknownValueError
from graph.store import Version, current

router = APIRouter(tags=["catalogue"])

DATA = (TURTLE, JSONLD, RDFXML, NTRIPLES)
HTML = Format("html", "", "text/html", "html", ())
PROFILES = ("", "dcat-ap-dk")
SERIALISERS = {"turtle": "turtle", "jsonld": "json-ld", "ntriples": "nt", "rdfxml": "pretty-xml"}
FILE = re.compile(r"[a-z0-9][a-z0-9.-]{0,200}")
STANDARDS = {"": "http://data.europa.eu/r5r/", "dcat-ap-dk": "https://data.gov.dk/model/profile/dcat-ap-dk"}


@router.api_route("/en/catalog", methods=METHODS, include_in_schema=False)
@router.api_route("/catalog.html", methods=METHODS, include_in_schema=False)
async def show_catalogue(request: Request) -> Response:
    """The catalogue as a page."""
    return catalogue_page(request)


@router.get("/catalog", summary="Kataloget / the catalogue (DCAT-AP)")
@router.get("/catalog.{suffix}", summary="Kataloget i ét format / the catalogue in one format")
@router.head("/catalog", include_in_schema=False)
@router.head("/catalog.{suffix}", include_in_schema=False)
async def get_catalogue(request: Request, suffix: str = "", profile: str = "") -> Response:
    """The catalogue as DCAT-AP 3.0.1; `?profile=dcat-ap-dk` gives the Danish profile 2.0.2."""
    form = wanted_form(request, suffix)
    if form is HTML:
        return catalogue_page(request)
    if profile not in PROFILES:
        raise UnknownValueError(
            f"profile={profile[:40]}: vælg dcat-ap-dk, eller udelad den.",
            english=f"profile={profile[:40]}: choose dcat-ap-dk, or leave it out.",
        )
    settings: Settings = request.app.state.settings
    version = current(settings.data)
    body, modified = rendered(settings, version.number, profile=profile, form=form.name)
    response = Response(body, media_type=form.content_type)
    headers = {
        "Last-Modified": http_date(modified),
        "Vary": "Accept",
        "Link": ", ".join(catalogue_links(settings, profile)),
    }
    return fresh(request, response, tag(body), headers=headers)


def wanted_form(request: Request, suffix: str) -> Format:
    """The form asked for by suffix, else by Accept; raises FormatError where it is none of ours."""
    form = by_name(suffix, DATA) if suffix else negotiate(request.headers.get("accept"), (*DATA, HTML))
    if form is None:
        there = ", ".join(known.media_type for known in (*DATA, HTML))
        raise FormatError(f"Kataloget kan fås som {there}.", english=f"The catalogue can be had as {there}.")
    return form


def catalogue_page(request: Request) -> Response:
    """The catalogue for people, with schema.org in it for search engines."""
    settings: Settings = request.app.state.settings
    language = language_of(request)
    view = catalogue_view(settings, known_datasets(current(settings.data)), language=language.code)
    answer = page(request, "catalogue.html", view, language=language)
    answer.headers["Vary"] = "Accept"
    answer.headers["Link"] = ", ".join(catalogue_links(settings, ""))
    return answer


def known_datasets(version: Version) -> list[Mapping[str, Any]]:
    """What a version's dumps cover; UnknownThingError where an older Sagsgraf built it."""
    told: list[Mapping[str, Any]] = list(read_catalogue(version)["datasets"])
    if not told:
        raise UnknownThingError(
            "Versionen er bygget af en ældre Sagsgraf. Byg igen, så kommer kataloget.",
            english="An older Sagsgraf built this version. Build again to get the catalogue.",
        )
    return told


@lru_cache(maxsize=32)
def rendered(settings: Settings, number: int, *, profile: str, form: str) -> tuple[bytes, str]:
    """The catalogue of a version in a form, and when its data last changed."""
    told = known_datasets(version_of(settings, number))
    triples = catalogue(settings, told, profile=profile)
    written = triples.serialize(format=SERIALISERS[form], encoding="utf-8", **context(form))
    return written, str(told[0]["modified"])


def context(form: str) -> dict[str, Any]:
    """What JSON-LD is written with: a context of its own, so that nothing is fetched to read it."""
    return {"auto_compact": True} if form == "jsonld" else {}


def version_of(settings: Settings, number: int) -> Version:
    """A kept version by its number."""
    return Version(number, settings.data / "versions" / str(number))


def catalogue_links(settings: Settings, profile: str) -> list[str]:
    """The Link header's parts: the other forms, the licence, what it conforms to."""
    asked = f"?profile={profile}" if profile else ""
    others = [
        f'<{settings.base}/catalog.{form.extension}{asked}>; rel="alternate"; type="{form.media_type}"' for form in DATA
    ]
    return [
        f'<{settings.base}/catalog{asked}>; rel="canonical"',
        *others,
        f'<{settings.licence}>; rel="license"',
        f'<{STANDARDS[profile]}>; rel="profile"',
    ]


@router.get("/dumps/{name}", summary="En fil med data / a file of data", response_class=FileResponse)
@router.head("/dumps/{name}", include_in_schema=False)
async def get_dump(request: Request, name: str) -> Response:
    """One of the catalogue's files; parts of it by Range."""
    settings: Settings = request.app.state.settings
    version = current(settings.data)
    found = dump_named(read_catalogue(version)["datasets"], name) if FILE.fullmatch(name) else None
    if found is None:
        return missing_page(request)
    dump, modified = found
    form = next(form for form in FORMS if form.name == dump["form"])
    digest = base64.b64encode(bytes.fromhex(dump["sha256"])).decode("ascii")
    headers = {
        "Last-Modified": http_date(modified),
        "Repr-Digest": f"sha-256=:{digest}:",
        "Accept-Ranges": "bytes",
        "Link": f'<{settings.licence}>; rel="license", <{settings.base}/catalog>; rel="describedby"',
        "Access-Control-Expose-Headers": "Accept-Ranges, Content-Range, ETag, Repr-Digest",
    }
    entity_tag = f'"{dump["sha256"][:32]}"'
    # the tag has to be there before the response reads its file, which takes If-Range into account
    response = FileResponse(
        version.folder / FOLDER / name, media_type=form.compressed, headers={"ETag": entity_tag, **headers}
    )
    return fresh(request, response, entity_tag, headers=headers)


def dump_named(datasets: list[dict[str, Any]], name: str) -> tuple[dict[str, Any], str] | None:
    """A file of that name, and when its dataset last changed."""
    return next(((dump, told["modified"]) for told in datasets for dump in told["files"] if dump["name"] == name), None)
