"""Lists of every noun over HTTP: filters, Danish order, paging by place, counts, as JSON-LD and CSV."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, PlainTextResponse

from api.context import context
from api.formats import Format, negotiate
from api.html import LIST_PAGES, THINGS_A_PAGE, language_of, render_list
from api.listing import ACCESS, GOAL, MOST, OUTCOMES, STATES, USUAL, Lister, Wanted
from api.nouns import NARROWING, NOUNS, Noun
from api.questions import DAY, language, served
from api.tabular import as_csv
from graph.errors import FormatError, UnknownValueError
from graph.history import version_folder
from graph.questions.resolve import term

router = APIRouter(tags=["lists"])

CONTEXT = "/context.jsonld"
JSON = Format("json", "", "application/ld+json", "json", (), ("application/json",))
CSV = Format("csv", "", "text/csv", "csv", ())
HTML = Format("html", "", "text/html", "html", ())
OFFERED = (JSON, CSV, HTML)
OWN = ("fields", "limit", "after", "as_of", "lang")
METHODS = ["GET", "HEAD"]
_ENUMERATED = {"state": list(STATES), "outcome": list(OUTCOMES), "access": list(ACCESS)}


@router.get(CONTEXT, summary="JSON-LD-konteksten / the JSON-LD context", openapi_extra=served("application/ld+json"))
@router.head(CONTEXT, include_in_schema=False)
async def json_ld_context() -> Response:
    """What the keys of the answers stand for; save it to read the answers without a network."""
    return JSONResponse(context(), media_type="application/ld+json", headers={"Cache-Control": "public, max-age=86400"})


async def list_things(request: Request) -> Response:
    """One page of a list; `next` leads to the page after it."""
    path, _, suffix = request.url.path.removeprefix("/en").lstrip("/").partition(".")
    noun = NOUNS[path]
    form = wanted_form(request, suffix, OFFERED)
    if form is HTML:
        return await shown_list(request, noun)
    asked = read_wanted(request, noun)
    members, onward, count = await listed(request, noun, asked, tongue=language(request))
    following = onward and address(request, noun, {**request.query_params, "after": onward}, suffix=suffix)
    headers = {"Vary": "Accept, Accept-Language"}
    if following:
        headers["Link"] = f'<{following}>; rel="next"'
    if form is CSV:
        text = as_csv(noun, asked.fields, members)
        return PlainTextResponse(text, media_type="text/csv; charset=utf-8", headers=headers)
    base = request.app.state.settings.base
    found = {
        "@context": f"{base}{CONTEXT}",
        "id": address(request, noun, request.query_params, suffix=suffix),
        "type": "List",
        "noun": noun.path,
        "count": count,
        "next": following,
        "members": members,
    }
    return JSONResponse(found, media_type="application/ld+json", headers=headers)


async def listed(
    request: Request, noun: Noun, asked: Wanted, *, tongue: str
) -> tuple[list[dict[str, object]], str | None, int]:
    """The rows of a page of a list, the place after which the next one begins, and how many things there are."""
    state = request.app.state
    version = version_folder(state.settings.data, state.version)
    lister = Lister(state.pool.select_blocking, version, tongue)
    return await run_in_threadpool(lister.page, noun, asked)


async def shown_list(request: Request, noun: Noun) -> Response:
    """A list as a page: its own where it has one, else a table that is turned leaf by leaf."""
    if noun.path in LIST_PAGES:
        answer = await LIST_PAGES[noun.path](request)
        answer.headers["Vary"] = "Accept, Accept-Language"
        return answer
    asked = read_wanted(request, noun)
    asked = replace(asked, limit=min(asked.limit, THINGS_A_PAGE))
    members, onward, count = await listed(request, noun, asked, tongue=language_of(request).code)
    return await render_list(request, noun, members, onward=onward, total=count)


def wanted_form(request: Request, suffix: str, offered: tuple[Format, ...]) -> Format:
    """The form asked for by suffix, else by Accept."""
    if suffix:
        return next(form for form in offered if form.extension == suffix)
    found = negotiate(request.headers.get("accept"), offered)
    if found is None:
        there = ", ".join(form.media_type for form in offered)
        raise FormatError(f"Listen kan fås som {there}.", english=f"The list can be had as {there}.")
    return found


def address(request: Request, noun: Noun, given: Mapping[str, str], *, suffix: str) -> str:
    """The address of a page of a list."""
    path = f"{request.app.state.settings.base}/{noun.path}{'.' if suffix else ''}{suffix}"
    return f"{path}?{urlencode(given)}" if given else path


def read_wanted(request: Request, noun: Noun) -> Wanted:
    """What is wanted, by the parameters; an unknown one is refused by name."""
    given = {name: value for name, value in request.query_params.items() if value or name in ("limit", "fields")}
    filters = filters_of(noun)
    for name in given:
        if name not in (*filters, *OWN):
            there = ", ".join([*filters, *OWN])
            raise UnknownValueError(
                f"/{noun.path} har ingen parameter »{name[:80]}«. Den har: {there}",
                english=f"/{noun.path} has no parameter {name[:80]!r}. It has: {there}",
            )
    return Wanted(
        {name: value for name, value in given.items() if name in filters},
        chosen_fields(noun, given.get("fields")),
        limit_of(given.get("limit", str(USUAL))),
        given.get("after", ""),
        day_of(given.get("as_of")),
    )


def filters_of(noun: Noun) -> list[str]:
    """The filters that a noun's list takes; all but the framings can be searched."""
    return [*(["q"] if noun.path != "sdgs" else []), *noun.narrowing()]


def chosen_fields(noun: Noun, written: str | None) -> tuple[str, ...]:
    """The fields named in `fields=`, checked; none where it is not given."""
    names = () if written is None else tuple(written.split(","))
    there = [field.name for field in noun.fields]
    for name in names:
        if name not in there:
            raise UnknownValueError(
                f"/{noun.path} har intet felt »{name[:80]}«. Det har: {', '.join(there)}",
                english=f"/{noun.path} has no field {name[:80]!r}. It has: {', '.join(there)}",
            )
    return names


def limit_of(written: str) -> int:
    """How many things a page holds."""
    if re.fullmatch(r"[0-9]{1,3}", written) and 1 <= int(written) <= MOST:
        return int(written)
    raise UnknownValueError(f"limit={written[:40]}: vælg 1-{MOST}.", english=f"limit={written[:40]}: choose 1-{MOST}.")


def day_of(written: str | None) -> date:
    """The day asked on; today where none is given."""
    if written is None:
        return date.today()
    return date.fromisoformat(term("date", "as_of", value=written, select=lambda _query, _terms: [])["value"])


def parameters_of(noun: Noun) -> list[dict[str, Any]]:
    """The parameters of a noun's list as OpenAPI has them."""
    shown = [parameter(name, *NARROWING[name][1:], schema=schema_of(name)) for name in filters_of(noun)]
    fields: dict[str, Any] = {"type": "array", "items": {"type": "string", "enum": [f.name for f in noun.fields]}}
    first = noun.fields[0].name
    shown.append(parameter("fields", "Kun disse felter", "Only these fields", [first], schema=fields))
    number = {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL}
    shown.append(parameter("limit", "Hvor mange ad gangen", "How many at a time", 10, schema=number))
    shown.append(parameter("after", "Fra »next«: hvor siden begynder", "From next: where the page begins", "a",
                           schema={"type": "string"}))  # fmt: skip
    if "state" in noun.narrowing():
        shown.append(parameter("as_of", "Dagen, der spørges på", "The day asked on", "2025-06-01",
                               schema=DAY))  # fmt: skip
    tongue = {"type": "string", "enum": ["da", "en"]}
    return [*shown, parameter("lang", "Sproget", "The language", "da", schema=tongue)]


def parameter(name: str, da: str, en: str, example: object, *, schema: dict[str, Any]) -> dict[str, Any]:  # noqa: PLR0917
    """One query parameter as OpenAPI has it."""
    found = {"name": name, "in": "query", "required": False, "description": f"{da} / {en}", "schema": schema}
    return {**found, "example": example, **({"explode": False} if schema.get("type") == "array" else {})}


def schema_of(name: str) -> dict[str, Any]:
    """What a filter takes."""
    kind = NARROWING[name][0]
    if kind in _ENUMERATED:
        return {"type": "string", "enum": [*_ENUMERATED[kind], ""]}
    if kind in ("date", "moment"):
        return DAY
    return {"type": "string", "pattern": f"^({GOAL.pattern})?$"} if kind == "sdg" else {"type": "string"}


def documented(noun: Noun) -> dict[str, Any]:
    """What OpenAPI says of a noun's list beside its summary."""
    content: dict[str, Any] = {"application/ld+json": {"schema": {"type": "object"}}, "text/csv": {"schema": {}}}
    content["text/html"] = {"schema": {}}
    return {"parameters": parameters_of(noun), "responses": {"200": {"description": "OK", "content": content}}}


for _noun in NOUNS.values():
    router.add_api_route(
        f"/{_noun.path}", list_things, methods=["GET"], summary=f"{_noun.da} / {_noun.en}",
        openapi_extra=documented(_noun), operation_id=f"list-{_noun.path}", response_class=Response,
    )  # fmt: skip
    for _path, _methods in ((f"/{_noun.path}", ["HEAD"]), (f"/{_noun.path}.json", METHODS)):
        router.add_api_route(_path, list_things, methods=_methods, include_in_schema=False)
    if _noun.path not in LIST_PAGES:
        router.add_api_route(f"/en/{_noun.path}", list_things, methods=METHODS, include_in_schema=False)
