"""The lists without a page made for them alone: a table with a form, for a browser at `/meetings` and its like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import Request, Response

from api.columns import FIELDS
from api.html.rendering import page, worded
from api.listing import ACCESS, OUTCOMES, STATES
from api.nouns import NARROWING, Noun
from api.views.language import Language
from api.views.listed import Filter, ListView, listed_things, shown_columns
from graph.terms import CONCEPTS

THINGS_A_PAGE = 25
_SCHEMES = {"state": ("step-status", STATES), "outcome": ("outcome", OUTCOMES)}
_DAYS = ("date", "moment")


async def render_list(
    request: Request, noun: Noun, members: Sequence[Mapping[str, Any]], *, onward: str | None, total: int
) -> Response:
    """A page of a list as a table, with the filters of the address in the form, and where it goes on."""
    language, given = await worded(request), request.query_params
    english = language.code == "en"
    labels = {field.name: FIELDS[field.name].en if english else FIELDS[field.name].da for field in noun.fields}
    columns = shown_columns(members, labels)
    filters = tuple(field_of(name, given.get(name, ""), language) for name in ("q", *noun.narrowing()))
    view = ListView(
        path=f"/{noun.path}",
        title=noun.en if english else noun.da,
        heading=labels.get("description") or (FIELDS["label"].en if english else FIELDS["label"].da),
        total=total,
        columns=tuple(columns.values()),
        rows=listed_things(members, columns, language),
        filters=filters,
        kept=urlencode([(name, value) for name, value in given.items() if value and name not in ("after", "lang")]),
        after=urlencode({"after": onward}) if onward else "",
        begun=bool(given.get("after")),
    )
    answer = page(request, "list.html", view, language=language)
    answer.headers["Vary"] = "Accept, Accept-Language"
    return answer


def field_of(name: str, value: str, language: Language) -> Filter:
    """One filter as a field of the form, with what was asked."""
    kind = NARROWING[name][0]
    if kind in _SCHEMES:
        scheme, known = _SCHEMES[kind]
        return Filter(name, "one", value, tuple((one, language.concept(f"{CONCEPTS}{scheme}/{one}")) for one in known))
    if kind == "access":
        return Filter(
            name, "one", value, tuple((one, language({"open": "åben", "closed": "lukket"}[one])) for one in ACCESS)
        )
    return Filter(name, "date" if kind in _DAYS else "search" if kind == "words" else "text", value)
