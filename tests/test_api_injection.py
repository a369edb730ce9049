"""Whatever an asker writes is a value: never a change of the query, never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.nouns import NOUNS
from api.settings import Settings
from graph.errors import UnknownValueError
from graph.questions.placing import Term, placed, values_block
from graph.questions.question import question
from graph.questions.resolve import bindings
from graph.search import matching
from graph.store import Reader, current

BASE = "http://127.0.0.1:8000"
NASTY = [
    '" } #', "<http://e/> } UNION { ?s ?p ?o", "x\n}", "\\u0022 }", "' UNION SELECT", "{" * 10_000, "æøå" * 3_400,
    '"""', "?asOf", "} # {", "http://e/a b", "http://e/> <http://e/b", "\x00", "\u202e", "*", "NEAR(a b)",
    "a OR b", "title:x", "-", "sag:Case", "http://[", "$case", "2024-02-30",
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(NASTY), st.text(max_size=200), st.text('"{}<>\\\n\r\t#?$ ', max_size=40))
QUIET = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    app = create_app(Settings(data=examples, deadline=5.0))
    with TestClient(app, base_url=BASE, raise_server_exceptions=True) as found:
        yield found


@pytest.fixture(scope="module")
def reader(examples: Path) -> Reader:
    return Reader.open(current(examples))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
@example('" } SELECT ?s WHERE { ?s ?p ?o } #')
def test_a_text_comes_out_of_a_query_as_it_went_in(reader: Reader, value: str) -> None:
    query = placed("SELECT ?v WHERE { FILTER(BOUND(?v)) }", {"v": {"type": "literal", "value": value}})
    rows = reader.select(query)
    assert [row["v"]["value"] for row in rows] == [value.replace("\x00", "�")]


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
@example("http://e/> } #")
def test_an_iri_stays_in_its_brackets(reader: Reader, value: str) -> None:
    term: Term = {"type": "uri", "value": value}
    try:
        query = placed("SELECT ?v WHERE { FILTER(BOUND(?v)) }", {"v": term})
    except ValueError:
        return
    assert query == f"SELECT ?v WHERE {{ VALUES ?v {{ <{value}> }} FILTER(BOUND(?v)) }}"
    assert not set(value) & set('<>"{}|^`\\ \n\r\t')


@settings(max_examples=200, deadline=None)
@given(st.lists(WORDS, max_size=4))
def test_a_block_of_iris_has_only_iris(iris: list[str]) -> None:
    block = values_block("thing", iris)
    inside = block.removeprefix("VALUES ?thing { ").removesuffix(" }")
    assert all(part.startswith("<") and part.endswith(">") and part.count("<") == 1 for part in inside.split())


@settings(max_examples=200, deadline=None)
@given(WORDS)
def test_a_search_is_only_words(value: str) -> None:
    for part in (matching(value) or "").split():
        assert part.startswith('"')
        assert part.endswith('"*')
        assert part[1:-2].isalnum()


@QUIET
@given(st.sampled_from(["case", "body", "person", "to", "from", "until", "as_of", "fact", "question", "since"]), WORDS)
def test_a_parameter_of_a_question_is_a_value_or_refused(client: TestClient, name: str, value: str) -> None:
    about = {"person": "commitments", "fact": "why", "question": "changes", "since": "changes"}.get(name, "sent-on")
    answer = client.get(f"/questions/{about}", params={name: value})
    assert answer.status_code in (200, 400, 404), (name, value, answer.text)
    if answer.status_code != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert len(answer.text) < 5_000, "a long value is not told back whole"


@QUIET
@given(st.sampled_from(["q", "body", "case", "person", "department", "from", "until", "after", "limit", "fields",
                        "state", "outcome", "access", "sdg", "modified_since", "lang"]), WORDS)  # fmt: skip
def test_a_parameter_of_a_list_is_a_value_or_refused(client: TestClient, name: str, value: str) -> None:
    answer = client.get("/cases", params={name: value}, headers={"Accept": "application/json"})
    assert answer.status_code in (200, 400), (name, value, answer.text)
    if answer.status_code == 200:
        assert {m["type"] for m in answer.json()["members"]} <= {"Case"}


@QUIET
@given(WORDS)
def test_a_search_never_fails(client: TestClient, value: str) -> None:
    assert client.get("/search", params={"q": value}).status_code == 200


@QUIET
@given(st.sampled_from(["/questions/", "/cases/", "/people/", "/id/cases/", "/sources/"]), WORDS)
def test_an_address_names_a_thing_or_none(client: TestClient, path: str, value: str) -> None:
    words = "".join(f"%{octet:02X}" for octet in value.encode("utf-8", "replace"))[:3_000]
    for behind in ("", "/route", "/neighbours", ".json", ".csv"):
        answer = client.get(f"{path}{words}{behind}", headers={"Accept": "application/json"}, follow_redirects=False)
        assert answer.status_code in (200, 303, 400, 404, 406), (path, value, answer.text)


# breaks out of a string, an IRI, a group and a comment, should any of them be pasted together
BREAKING = '" } UNION { ?s ?p ?o } #\\\n<http://e/> } \u0027 ] ; . '
ASKED_FOR_A_QUERY = ("/sparql",)  # whoever writes there writes SPARQL


@pytest.fixture(scope="module")
def operations(client: TestClient) -> list[tuple[str, dict[str, Any]]]:
    """Every address that the OpenAPI has, with its parameters."""
    paths = client.get("/openapi.json").json()["paths"]
    found = [(path, told["get"]) for path, told in paths.items() if "get" in told and path not in ASKED_FOR_A_QUERY]
    assert len(found) > 90
    return found


def asked_with(client: TestClient, path: str, told: dict[str, Any], *, name: str, value: str) -> Response:
    """The answer where one parameter has a value, and those that must be there have their examples'."""
    given = {p["name"]: p["example"] for p in told["parameters"] if p.get("required") and "example" in p}
    given |= {p["name"]: "0999" for p in told["parameters"] if p["in"] == "path" and p["name"] not in given}
    given[name] = value
    for parameter in told["parameters"]:
        if parameter["in"] == "path":
            words = quote(str(given.pop(parameter["name"])).encode("utf-8", "replace"), safe="")[:6_000]
            path = path.replace(f"{{{parameter['name']}}}", words)
    return client.get(path, params=given, headers={"Accept": "application/json"}, follow_redirects=False)


def test_every_parameter_of_every_address_takes_a_value_or_refuses_it(
    client: TestClient, operations: list[tuple[str, dict[str, Any]]]
) -> None:
    asked = 0
    for path, told in operations:
        for parameter in told.get("parameters", ()):
            answer = asked_with(client, path, told, name=parameter["name"], value=BREAKING)
            assert answer.status_code < 500, (path, parameter["name"], answer.text[:500])
            asked += 1
    assert asked > 400


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), WORDS)
def test_no_value_of_any_parameter_makes_a_fault(
    client: TestClient, operations: list[tuple[str, dict[str, Any]]], data: st.DataObject, value: str
) -> None:
    path, told = data.draw(st.sampled_from([pair for pair in operations if pair[1].get("parameters")]))
    name = data.draw(st.sampled_from([parameter["name"] for parameter in told["parameters"]]))
    answer = asked_with(client, path, told, name=name, value=value)
    assert answer.status_code < 500, (path, name, value, answer.text[:500])


NARROWED = [(path, name) for path, noun in NOUNS.items() for name in noun.narrowing()]


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(NARROWED), WORDS)
def test_a_filter_never_adds_to_a_list(client: TestClient, narrowed: tuple[str, str], value: str) -> None:
    path, name = narrowed
    answer = client.get(f"/{path}.csv", params={name: value})
    if answer.status_code == 200:
        whole = client.get(f"/{path}.csv").text.splitlines()
        assert set(answer.text.splitlines()) <= set(whole)
    else:
        assert answer.status_code == 400


def test_a_query_holds_a_value_only_where_its_variable_stands(reader: Reader) -> None:
    about = question("sent-on")
    from_, _ = bindings(about, {"from": "2024-01-01"}, reader.select, today=date(2025, 6, 1))
    query = placed(about.query, from_)
    assert query.count('"2024-01-01"') == query.count("VALUES ?givenFrom")
    with pytest.raises(UnknownValueError):
        bindings(about, {"from": '2024-01-01" }'}, reader.select, today=date(2025, 6, 1))
