"""The OpenAPI description: every address with words, examples and its answer's shape, for people and generators."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from api.formats import JSONLD, NQUADS, NTRIPLES, RDFXML, TRIG, TURTLE
from api.nouns import NOUNS, Noun
from api.questions import documented
from api.schemas import camel, components, ref, several
from graph.questions.question import Question

Operation = dict[str, Any]
JSON, JSON_LD, PROBLEM = "application/json", "application/ld+json", "application/problem+json"
_NO_WORD = re.compile(r"\W")

TAGS = (
    ("questions", "Spørgsmålene, hver række med sine sætninger / the questions, every row with its sentences"),
    ("lists", "Lister over sager, møder, personer … / lists of cases, meetings, people …"),
    ("tables", "De samme lister som hele CSV-filer / the same lists as whole CSV files"),
    ("search", "Søgning / search"),
    ("resources", "Én ting ad gangen / one thing at a time"),
    ("network", "Hvordan ting hænger sammen / how things are connected"),
    ("catalogue", "Kataloget og dets filer / the catalogue and its files"),
    ("changes", "Hvad der er kommet, rettet og trukket tilbage / what was added, corrected and withdrawn"),
    ("SPARQL", "Egne forespørgsler / queries of one's own"),
    ("vocabulary", "Ordforrådet / the vocabulary"),
    ("operation", "Om tjenesten lever / whether the service lives"),
)
_INTRODUCTION = """{words}

**Begynd / begin:** `GET /questions` viser, hvad der kan spørges om; `GET /cases` og de andre lister, hvad der er. /
`GET /questions` shows what can be asked; `GET /cases` and the other lists what there is.

**Sider / pages:** en liste kommer 50 ad gangen; `next` (og Link-hovedet) er adressen på resten, null på den sidste. /
a list comes 50 at a time; `next` (and the Link header) is the address of the rest, null on the last page.

**Fejl / errors:** `application/problem+json` (RFC 9457), på dansk eller engelsk efter `lang=` eller Accept-Language. /
in Danish or English by `lang=` or Accept-Language. En ukendt parameter afvises ved navn. / An unknown parameter is
refused by name."""
_LIST = """Listen, med filtre; `count` er, hvor mange der er i alt. Bladr ved at hente `next`, til den er null.
`fields=` nøjes med nogle felter, og `.csv` efter stien giver hele tabellen.{since}

The list, with filters; `count` is how many there are in all. Page by fetching `next` until it is null. `fields=` keeps
to some fields, and `.csv` after the path gives the whole table.{since_en}"""
_SINCE = " `modified_since=` viser kun det, der bygger på kilder, som er kommet til siden den dag."
_SINCE_EN = " `modified_since=` shows only what rests on sources that were added since that day."
_TABLE = """Hele listen som CSV, til regneark: en tekst, som et regneark ville køre som formel, får en apostrof foran.
Kolonnerne er beskrevet i `/{path}.csv-metadata.json` (CSV on the Web), som Link-hovedet fører til. Teksterne
uændret står i `/dumps/all.csv.zip`.

The whole list as CSV, for spreadsheets: a text that a spreadsheet would run as a formula gets an apostrophe before it.
The columns are described at `/{path}.csv-metadata.json` (CSV on the Web), where the Link header leads. The unchanged
texts stand in `/dumps/all.csv.zip`."""

# what the parameters of addresses mean that do not say so themselves
_MEANINGS = {
    "lang": "Sproget / the language",
    "evidence": "Hvor meget belæg: alt, kun ordene eller intet / how much evidence: all, the words alone, none",
    "kind": "Tingens slags, som stien i listen / the kind of thing, as in the list's path",
    "key": "Tingens nøgle: det, der står efter slagsen i dens IRI / the key: what follows the kind in its IRI",
    "name": "Navnet / the name",
    "page": "Hvilken del, fra 1 / which part, from 1",
    "number": "Sidens nummer / the number of the page",
    "text_hash": "SHA-256 af kildens tekst, som den står i dens IRI / SHA-256 of the text, as in the source's IRI",
    "scheme": "Begrebslisten / the concept scheme",
    "suffix": "Formatets endelse / the ending of the format",
    "profile": "dcat-ap-dk for den danske profil / for the Danish profile",
    "modified_since": "Kun ændringer siden denne dag / only changes since this day",
}
_RDF = (TURTLE.media_type, JSONLD.media_type, NTRIPLES.media_type, RDFXML.media_type)
# the answers of addresses that say nothing of their forms
_FORMS: Mapping[str, Iterable[str]] = {
    "/catalog": (*_RDF, "text/html"), "/catalog.{suffix}": _RDF, "/def": (*_RDF, "text/html"),
    "/def/{name}": (*_RDF, "text/html"), "/def/files/{name}": ("application/octet-stream",),
    "/concept/{scheme}": (*_RDF, "text/html"), "/concept/{scheme}/{key}": (*_RDF, "text/html"),
    "/graphs/{name}": (*_RDF, TRIG.media_type, NQUADS.media_type), "/dumps/{name}": ("application/octet-stream",),
    "/stream": (TRIG.media_type,), "/stream/{number}": (TRIG.media_type,), "/stream.atom": ("application/atom+xml",),
    "/sources/{text_hash}.txt": ("text/plain",), "/gsp": (*_RDF, TRIG.media_type, NQUADS.media_type),
}  # fmt: skip
_EXAMPLE = (
    "SELECT ?sag ?titel { ?sag a <https://w3id.org/sagsgraf/def#Case> ; <http://purl.org/dc/terms/title> ?titel }"
)
_QUERY = {"type": "string", "example": _EXAMPLE}
_QUERY_FORMS = {
    "application/sparql-results+json": {"schema": {"type": "object"}}, "text/csv": {"schema": {"type": "string"}},
    TURTLE.media_type: {"schema": {"type": "string"}},
}  # fmt: skip
_SPARQL: Mapping[str, Operation] = {
    "get": {"parameters": [
        {"name": "query", "in": "query", "required": False, "schema": {"type": "string"}, "example": _EXAMPLE,
         "description": "Forespørgslen, SPARQL 1.1; uden den kommer tjenestens beskrivelse / the query; "
                        "without it, the description of the service"},
    ]},
    "post": {"requestBody": {"required": True, "content": {
        "application/x-www-form-urlencoded": {"schema": {"type": "object", "properties": {"query": _QUERY}}},
        "application/sparql-query": {"schema": _QUERY},
    }}},
}  # fmt: skip
_GRAPH = {"name": "graph", "in": "query", "required": False, "schema": {"type": "string", "format": "uri"},
          "description": "Grafens IRI; ellers ?default / the graph's IRI; else ?default"}  # fmt: skip
# the shapes of the answers that are no list's and no question's
_SHAPES = {
    "/questions": (JSON, several(ref("QuestionListing"))),
    "/gaps": (JSON, several(ref("QuestionGaps"))),
    "/search": (JSON, ref("SearchAnswer")),
    "/cases/{key}/route": (JSON, ref("CaseRouteAnswer")),
    "/{kind}/{key}/neighbours": (JSON_LD, ref("ThingWithNeighbours")),
    "/network/exports": (JSON, {"type": "object"}),
}


def described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of an app, made once."""
    if app.openapi_schema is None:
        app.openapi_schema = made(app)
    return app.openapi_schema


def made(app: FastAPI) -> dict[str, Any]:
    """The description: the routes, and an entry for every question, made from its file."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a route with GET and HEAD has one name for both
        found = get_openapi(
            title=app.title, version=app.version, description=_INTRODUCTION.format(words=app.description),
            routes=app.routes, openapi_version=app.openapi_version,
            tags=[{"name": name, "description": words} for name, words in TAGS],
            servers=[{"url": app.state.settings.base}],
        )  # fmt: skip
    paths, questions = found["paths"], app.state.questions
    for question in questions.values():
        paths[f"/questions/{question.id}"] = {"get": asking(question, questions)}
        paths[f"/questions/{question.id}/gaps"] = {"get": lacking(question, questions)}
    for noun in NOUNS.values():
        describe_list(noun, paths[f"/{noun.path}"]["get"])
        paths[f"/{noun.path}.csv"]["get"]["description"] = _TABLE.format(path=noun.path)
    for path, (form, schema) in _SHAPES.items():
        answer_of(paths[path]["get"])[form] = {"schema": schema}
    for path, forms in _FORMS.items():
        paths[path]["get"]["responses"]["200"]["content"] = {form: {"schema": {}} for form in forms}
    for method, more in _SPARQL.items():
        paths["/sparql"][method] |= more
        paths["/sparql"][method]["responses"]["200"]["content"] = dict(_QUERY_FORMS)
    paths["/gsp"]["get"]["parameters"] = [_GRAPH]
    taken: set[str] = set()
    for path, operations in paths.items():
        operations.pop("head", None)
        for method, operation in operations.items():
            finish(operation, path, method)
            if operation["operationId"] in taken:
                operation["operationId"] += "-as"
            taken.add(operation["operationId"])
    found["components"] = {"schemas": components(questions)}
    return found


def asking(question: Question, questions: Mapping[str, Question]) -> Operation:
    """A question's answer."""
    told = documented(question, questions)
    content = answer_of(told)
    content[JSON] = content[JSON_LD] = {"schema": ref(f"{camel(question.id)}Answer")}
    return told


def lacking(question: Question, questions: Mapping[str, Question]) -> Operation:
    """What a question's answer lacks."""
    told = documented(question, questions)
    content = {JSON: {"schema": ref("Gaps")}}
    return {
        **told,
        "operationId": f"gaps-{question.id}",
        "summary": f"Hvad der mangler / what is missing: {question.id}",
        "parameters": [p for p in told["parameters"] if p["name"] != "evidence"],
        "responses": {"200": {"description": "Det, der mangler / what is missing", "content": content}},
    }


def describe_list(noun: Noun, told: Operation) -> None:
    """Say of a noun's list how it is paged, and give its shape."""
    dated = "modified_since" in noun.narrowing()
    told["description"] = _LIST.format(since=_SINCE if dated else "", since_en=_SINCE_EN if dated else "")
    answer_of(told)[JSON_LD] = {"schema": ref(f"{noun.type}List")}
    onward = {"description": "Næste side: rel=next / the next page", "schema": {"type": "string"}}
    told["responses"]["200"]["headers"] = {"Link": onward}


def answer_of(told: Operation) -> dict[str, Any]:
    """The forms of an operation's answer."""
    answer: dict[str, Any] = told["responses"]["200"]
    forms: dict[str, Any] = answer.setdefault("content", {})
    return forms


def finish(operation: Operation, path: str, method: str) -> None:
    """Put in what an operation does not say itself: a plain name, words on its parameters, and its problems."""
    ending = "_" + _NO_WORD.sub("_", path.lstrip("/")) + f"_{method}"
    operation["operationId"] = operation["operationId"].removesuffix(ending).replace("_", "-")
    parameters = {(told["name"], told["in"]): told for told in operation.get("parameters", ())}  # the route's own last
    for (name, _), told in parameters.items():
        if name in _MEANINGS and not told.get("description"):
            told["description"] = _MEANINGS[name]
    operation["parameters"] = list(parameters.values())
    for answer in operation["responses"].values():
        forms = answer.get("content", {})
        if len(forms) > 1 and forms.get(JSON) == {"schema": {}}:
            del forms[JSON]  # what FastAPI takes for granted
    add_problems(operation)


def add_problems(operation: Operation) -> None:
    """Every answer that is none is a problem document (RFC 9457)."""
    problem = {PROBLEM: {"schema": ref("Problem")}}
    told = operation.setdefault("responses", {})
    told.pop("422", None)
    told.setdefault("default", {"description": "Et problem / a problem (RFC 9457)", "content": problem})
