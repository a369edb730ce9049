"""The OpenAPI description and the service agree: schemathesis asks what the description allows, and what it forbids.

A case, a body or a person is named by IRI, key or words: no schema tells which words name one. Where a value is meant
to be right, such a parameter gets the one of its example; all else is as schemathesis makes it.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
import uvicorn
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis.generation import GenerationMode

from api.app import create_app
from api.nouns import NARROWING, NOUNS
from api.settings import Settings
from graph.questions.question import PARAMETERS, questions

NAMED = {
    name: parameter.example for name, parameter in PARAMETERS.items() if parameter.kind not in ("date", "question")
}
NAMED |= {name: told[-1] for name, told in NARROWING.items() if told[0] in ("body", "case", "person", "department")}
# what names a thing in the addresses of the network, where `from` is no day
ENDS = {
    "/network/paths": {"from": "Lene Mikkelsen", "to": "Hovedudvalget"},
    "/network/neighbours": {"of": "Direktionen"},
}
A_THING = {"kind": "cases", "key": "0999/direktionen/2024-08-21/ab0a32c95c27.2"}
PATHS = [
    *(f"/network/{name}" for name in ("paths", "neighbours", "flows", "exports")),
    "/cases/{key}/route", "/{kind}/{key}/neighbours", "/csv-metadata.json", *(f"/{path}.csv" for path in NOUNS),
    "/questions", "/questions.ttl", "/gaps", "/search", "/calendar.ics", "/context.jsonld",
    *(f"/{path}" for path in NOUNS), *(f"/questions/{name}" for name in questions()),
    *(f"/questions/{name}/gaps" for name in questions()),
]  # fmt: skip
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
# the same requests in every run, so that a failure is of the change at hand; the soak asks others each time
RATHER_FEW = settings(
    max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), database=None, derandomize=True
)
MANY = settings(RATHER_FEW, max_examples=60, derandomize=False)


@pytest.fixture(scope="module")
def address(examples: Path) -> Iterator[str]:
    """The address of a running service over the examples."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    app = create_app(Settings(data=examples, deadline=5.0))
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    running = threading.Thread(target=server.run)
    running.start()
    for _ in range(200):
        if server.started:
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    running.join()


@pytest.fixture(scope="module")
def described(address: str) -> schemathesis.BaseSchema:
    """The description as the service gives it."""
    return schemathesis.openapi.from_url(f"{address}/openapi.json")


def about_a_thing(case: schemathesis.Case[Any]) -> schemathesis.Case[Any]:
    """A case whose path, where it names a thing, names one that there is."""
    if "key" in (case.path_parameters or {}):  # a parameter that the path has not would make the case a wrong one
        case.path_parameters = {name: A_THING[name] for name in case.path_parameters}
    return case


def asks_something(case: schemathesis.Case[Any]) -> bool:
    """Whether a case can be wrong: any text may stand where a thing is named, so such a path alone is never wrong.

    A parameter with an empty list is not sent at all.
    """
    sent = [value for value in (case.query or {}).values() if value not in (None, [], {})]
    return "key" not in (case.path_parameters or {}) or bool(sent)


def asks(described: schemathesis.BaseSchema, path: str, usual: settings) -> None:
    """Asks an address what it allows and what it forbids."""
    operation = described[path]["GET"]
    for mode in MODES:
        made = operation.as_strategy(generation_mode=mode)

        @given(made.map(about_a_thing) if mode is GenerationMode.POSITIVE else made.filter(asks_something))
        @usual
        def ask(case: schemathesis.Case[Any]) -> None:
            if case.meta is None or case.meta.generation.mode is GenerationMode.POSITIVE:
                named = {**NAMED, **ENDS.get(path, {})}
                case.query = {name: named.get(name, value) for name, value in (case.query or {}).items()}
            case.call_and_validate()

        with suppress(Unsatisfiable):  # an address without parameters takes nothing wrong
            ask()


@pytest.mark.parametrize("path", PATHS)
def test_the_service_does_as_it_says(described: schemathesis.BaseSchema, path: str) -> None:
    asks(described, path, RATHER_FEW)


@pytest.mark.soak
@pytest.mark.parametrize("path", PATHS)
def test_the_service_does_as_it_says_whatever_is_asked(described: schemathesis.BaseSchema, path: str) -> None:
    asks(described, path, MANY)


def test_a_value_that_is_not_of_the_list_is_refused_everywhere(address: str) -> None:
    description = httpx.get(f"{address}/openapi.json").json()
    wrong = []
    asked = 0
    for path, methods in description["paths"].items():
        for parameter in methods.get("get", {}).get("parameters", []):
            if parameter["in"] == "query" and "enum" in parameter["schema"]:
                name, there = parameter["name"], ENDS.get(path, {})
                url = address + path.format(**A_THING, name="route", id="sent-on")
                answer = httpx.get(url, params={**there, name: "Z\u00e5\U000e3a24"})
                asked += 1
                if not 400 <= answer.status_code < 500 or name not in answer.text:
                    wrong.append((path, name, answer.status_code))
    assert asked >= 60
    assert wrong == []


def test_a_neighbour_is_called_by_its_label_in_the_language_asked_for(address: str) -> None:
    url = "{}/{}/{}/neighbours".format(address, *A_THING.values())
    danish, english = (
        {near["id"]: near["label"] for near in httpx.get(url, params={"lang": tongue}).json()["neighbours"]}
        for tongue in ("da", "en")
    )
    assert danish.keys() == english.keys()
    assert {(danish[iri], english[iri]) for iri in danish if danish[iri] != english[iri]}
