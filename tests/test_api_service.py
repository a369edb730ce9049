"""The service as its users meet it: questions, things, sources and the page of a case, over the examples' graph."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, URIRef

from api.app import create_app
from api.settings import Settings
from graph.build import build
from graph.municipalities.load import load_municipality
from graph.questions.question import questions
from graph.store import Reader, current
from tests.conftest import EXAMPLES

BASE = "http://127.0.0.1:8000"


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    """A client of the service over the examples' graph."""
    with TestClient(create_app(Settings(data=examples, deadline=5.0)), base_url=BASE) as found:
        yield found


def case(client: TestClient, words: str) -> str:
    """The path of the case whose title holds these words."""
    rows = client.get("/questions/case-route", params={"case": words}).json()["rows"]
    iri: str = rows[0]["case"]["id"]
    return iri.removeprefix(f"{BASE}/id")


@pytest.mark.parametrize("name", list(questions()))
def test_every_question_answers_as_json_csv_and_page(client: TestClient, name: str) -> None:
    answer = client.get(f"/questions/{name}").json()
    assert set(answer) == {"question", "parameters", "asOf", "storeVersion", "rows", "gaps"}
    assert answer["question"] == name
    table = client.get(f"/questions/{name}", headers={"Accept": "text/csv"})
    assert table.headers["content-type"] == "text/csv; charset=utf-8"
    assert "Accept" in table.headers["vary"].split(", ")
    assert client.get(f"/questions/{name}.csv").text == table.text
    lines = list(csv.reader(io.StringIO(table.text)))
    assert len(lines) == len(answer["rows"]) + 1
    assert lines[0][-3:] == ["quotes", "sources", "confidence"]
    page = client.get(f"/questions/{name}", headers={"Accept": "text/html"})
    assert page.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize(
    ("path", "status", "word"),
    [
        ("/questions/nothing", 404, "nothing"),
        ("/questions/case-route?cse=x", 400, "cse"),
        ("/questions/case-route?case=findes+ikke", 400, "findes ikke"),
        ("/questions/case-history?from=igår", 400, "igår"),
        ("/questions/case-route?case=af", 400, "passer på"),
        ("/questions/case-route?lang=sv", 400, "lang"),
    ],
)
def test_a_wrong_question_gets_a_problem_that_says_why(client: TestClient, path: str, status: int, word: str) -> None:
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert word in answer.json()["detail"]


def test_a_parameter_is_data_and_never_query_text(client: TestClient) -> None:
    for value in ('" } #', "<http://e/>", "x\n}", "\\u0022", "{" * 5000, "' UNION SELECT", "æøå" * 3000):
        answer = client.get("/questions/case-route", params={"case": value})
        assert answer.status_code == 400
        assert answer.json()["type"].endswith("bad-question")


@pytest.mark.parametrize(
    ("accept", "status", "suffix"),
    [
        ("text/html", 303, ""),
        ("text/html,application/xhtml+xml,*/*;q=0.8", 303, ""),
        ("text/turtle", 303, ".ttl"),
        ("application/ld+json", 303, ".jsonld"),
        ("application/rdf+xml", 303, ".rdf"),
        ("application/n-triples", 303, ".nt"),
        ("image/png", 406, None),
    ],
)
def test_an_iri_sends_on_by_accept(client: TestClient, accept: str, status: int, suffix: str | None) -> None:
    path = case(client, "materielgård")
    answer = client.get(f"/id{path}", headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == status
    assert suffix is None or answer.headers["location"] == f"{path}{suffix}"
    assert "Accept" in answer.headers.get("vary", "Accept")


@pytest.mark.parametrize(
    ("suffix", "form", "media_type"),
    [
        ("ttl", "turtle", "text/turtle; charset=utf-8"),
        ("jsonld", "json-ld", "application/ld+json"),
        ("rdf", "xml", "application/rdf+xml"),
        ("nt", "nt", "application/n-triples"),
    ],
)
def test_a_thing_as_data_holds_its_own_statements(client: TestClient, suffix: str, form: str, media_type: str) -> None:
    path = case(client, "materielgård")
    answer = client.get(f"{path}.{suffix}")
    assert answer.headers["content-type"] == media_type
    found = Graph().parse(data=answer.text, format=form)
    thing = URIRef(f"{BASE}/id{path}")
    assert (thing, URIRef("http://purl.org/dc/terms/title"), None) in found
    assert (None, URIRef("https://w3id.org/sagsgraf/def#concernsCase"), thing) in found, "what points to it"
    assert len(found) < 500, "a bounded description, not the whole graph"


def test_every_subject_of_ours_answers_as_data(client: TestClient, examples: Path) -> None:
    query = 'SELECT DISTINCT ?s WHERE { ?s a ?kind FILTER(STRSTARTS(STR(?s), "http://127.0.0.1:8000/id/")) }'
    things = {row["s"]["value"].partition("#")[0] for row in Reader.open(current(examples)).select(query)}
    assert len(things) > 60
    for thing in sorted(things):
        answer = client.get(thing, headers={"Accept": "text/turtle"})
        assert answer.status_code == 200, thing
        assert (URIRef(thing), None, None) in Graph().parse(data=answer.text, format="turtle"), thing


@pytest.mark.parametrize("kind", ["bodies", "meetings", "agenda-items", "people", "posts", "decisions", "attachments"])
def test_every_kind_of_thing_has_a_page(client: TestClient, examples: Path, kind: str) -> None:
    query = f'SELECT ?s WHERE {{ ?s a ?k FILTER(STRSTARTS(STR(?s), "{BASE}/id/{kind}/") && !CONTAINS(STR(?s), "#")) }}'
    thing = Reader.open(current(examples)).select(query)[0]["s"]["value"]
    answer = client.get(thing, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert "<h1" in answer.text


def test_a_linked_case_sends_on_to_the_earliest(client: TestClient, examples: Path) -> None:
    query = "SELECT ?later ?first WHERE { ?later <http://purl.org/dc/terms/isReplacedBy> ?first }"
    rows = [row for row in Reader.open(current(examples)).select(query) if "/cases/" in row["later"]["value"]]
    assert len(rows) == 6
    for row in rows:
        answer = client.get(row["later"]["value"], headers={"Accept": "text/html"})
        assert answer.history[-1].status_code == 303
        assert str(answer.url).endswith(row["first"]["value"].removeprefix(f"{BASE}/id"))


def test_the_text_of_a_source_is_served_as_its_evidence_counts_it(client: TestClient) -> None:
    row = client.get("/questions/overdue-stops", params={"as_of": "2025-06-01"}).json()["rows"][0]
    for span in row["evidence"]:
        text = client.get(f"{span['source']}.txt").text
        assert text[span["begin"] : span["end"]] == span["quote"]


def test_unknown_addresses_say_so(client: TestClient) -> None:
    for path in ("/cases/0999/nowhere", "/nothing/here", "/sources/abc.txt", "/cases/0999/x.ttl", "/id/nothing/x"):
        assert client.get(path).status_code == 404, path


def test_the_openapi_names_every_address(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    assert {"/sparql", "/questions", "/questions/sent-on", "/id/{kind}/{key}"} <= set(paths)


def test_a_new_version_is_answered_from_without_a_restart(tmp_path: Path) -> None:
    files = sorted(p for p in EXAMPLES.iterdir() if p.suffix != ".toml")
    settings = load_municipality(EXAMPLES / "elmested.toml")
    build(files[:1], settings, data=tmp_path)
    with TestClient(create_app(Settings(data=tmp_path)), base_url=BASE) as client:
        before = client.get("/questions/case-route").json()
        build(files, settings, data=tmp_path)
        for _ in range(100):
            after = client.get("/questions/case-route").json()
            if after["storeVersion"] != before["storeVersion"]:
                break
            time.sleep(0.1)
        assert (before["storeVersion"], after["storeVersion"]) == (1, 2)
        assert len(after["rows"]) > len(before["rows"])
