"""Whatever an asker writes is a value: never a change of the query, never a fault of ours."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from api.app import create_app
from api.listing import values_of
from api.settings import Settings
from graph.errors import UnknownValueError
from graph.questions.placing import placed
from graph.questions.question import question
from graph.questions.resolve import Term, bindings
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
    block = values_of(iris, "thing")
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


def test_a_query_holds_a_value_only_where_its_variable_stands(reader: Reader) -> None:
    about = question("sent-on")
    from_, _ = bindings(about, {"from": "2024-01-01"}, reader.select, today=date(2025, 6, 1))
    query = placed(about.query, from_)
    assert query.count('"2024-01-01"') == query.count("VALUES ?givenFrom")
    with pytest.raises(UnknownValueError):
        bindings(about, {"from": '2024-01-01" }'}, reader.select, today=date(2025, 6, 1))
