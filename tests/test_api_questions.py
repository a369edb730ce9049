"""Every question in its six forms, with its gaps and its feeds; the calendar; the questions as SHACL."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from api.app import create_app
from api.settings import Settings
from graph.questions.question import PARAMETERS, questions
from graph.store import Reader, current

BASE = "http://127.0.0.1:8000"
ATOM = "{http://www.w3.org/2005/Atom}"
SH = "http://www.w3.org/ns/shacl#"


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=examples, deadline=5.0)), base_url=BASE) as found:
        yield found


def fact_of(name: str) -> dict[str, str]:
    """What a question cannot do without."""
    return {p: PARAMETERS[p].example for p in questions()[name].required}


@pytest.mark.parametrize("name", list(questions()))
def test_every_question_has_six_forms(client: TestClient, name: str) -> None:
    given = fact_of(name)
    whole = client.get(f"/questions/{name}.json", params=given)
    rows = whole.json()["rows"]
    assert rows, "on the examples every question has an answer"
    assert client.get(f"/questions/{name}", params=given).json() == whole.json()
    table = list(csv.reader(io.StringIO(client.get(f"/questions/{name}.csv", params=given).text)))
    assert len(table) == len(rows) + 1
    assert client.get(f"/questions/{name}.html", params=given).headers["content-type"].startswith("text/html")
    linked = client.get(f"/questions/{name}", params=given, headers={"Accept": "application/ld+json"})
    assert linked.headers["content-type"] == "application/ld+json"
    assert linked.json()["rows"] == rows
    context = client.get("/context.jsonld").json()["@context"]
    assert Graph().parse(data=json.dumps({**linked.json(), "@context": context}), format="json-ld")
    facts = client.get(f"/questions/{name}", params=given, headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=facts.text, format="turtle")
    quotes = {
        str(quote)
        for quote in graph.objects(
            None, URIRef("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf")
        )
    }
    assert {span["quote"] for row in rows for span in row["evidence"]} <= quotes, "the facts hold every sentence"


@pytest.mark.parametrize(
    "name", [q for q in questions() if questions()[q].rows == "graph" and not questions()[q].required]
)
def test_every_question_is_a_feed(client: TestClient, name: str) -> None:
    rows = client.get(f"/questions/{name}").json()["rows"]
    answer = client.get(f"/questions/{name}.atom")
    assert answer.headers["content-type"] == "application/atom+xml"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == len(rows), "in a first version every row is new"
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert root.find(f"{ATOM}link[@rel='self']") is not None
    for path in ("title", "updated", "id"):
        assert root.findtext(f"{ATOM}{path}")
    told = client.get(f"/questions/{name}", headers={"Accept": "application/feed+json"}).json()
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert [item["id"] for item in told["items"]] == ids
    assert "»" in told["items"][0]["content_text"], "with the sentence"
    assert client.get(f"/questions/{name}.atom?since=9999-01-01").text.count("<entry>") == 0
    assert client.get(f"/questions/{name}.atom?case=x").status_code == 400


def test_evidence_as_much_as_is_wanted(client: TestClient) -> None:
    full, short, none = (
        client.get("/questions/commitments", params={"evidence": wish}).json()["rows"][0]
        for wish in ("full", "short", "none")
    )
    assert short["evidence"] == [span["quote"] for span in full["evidence"]]
    assert "evidence" not in none
    assert client.get("/questions/commitments?evidence=some").status_code == 400


def test_gaps_of_one_question_and_of_all(client: TestClient) -> None:
    found = client.get("/questions/lead-times/gaps").json()
    assert found["facts"][0] == {
        "fact": "Endelig afgørelse i et politisk organ", "lacking": 4, "of": 5, "blocked": False
    }  # fmt: skip
    assert all(gap["line"] for gap in found["gaps"]), "the line that a secretary could mend"
    narrowed = client.get("/questions/lead-times/gaps", params={"case": "byggesagsarkivet"}).json()
    assert len(narrowed["gaps"]) == 2
    rows = client.get("/gaps").json()
    assert [row["number"] for row in rows] == list(range(1, 19))
    assert client.get("/gaps?lang=en").json()[15]["facts"][0]["fact"] == "Final decision in a political body"


def test_the_calendar_holds_meetings_and_planned_stops(client: TestClient) -> None:
    answer = client.get("/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = answer.text.replace("\r\n ", "").split("\r\n")
    assert all(len(line.encode()) <= 75 for line in answer.text.split("\r\n"))
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")
    events = [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]
    assert "Direktionen" in events
    assert "Økonomiudvalget: Ny model for budgetopfølgning i de decentrale enheder" in events
    place = lines.index("SUMMARY:Økonomiudvalget: Ny model for budgetopfølgning i de decentrale enheder")
    assert lines[place - 2 : place + 2] == [
        "DTSTART;VALUE=DATE:20250318", "DTEND;VALUE=DATE:20250319", lines[place], "STATUS:TENTATIVE"
    ]  # fmt: skip
    only = client.get("/calendar.ics", params={"body": "Hovedudvalget"}).text
    assert 0 < only.count("BEGIN:VEVENT") < lines.count("BEGIN:VEVENT")
    assert client.get("/calendar.ics?body=nothing").status_code == 400


def test_the_questions_are_example_queries_that_run(client: TestClient, examples: Path) -> None:
    graph = Graph().parse(data=client.get("/questions.ttl").text, format="turtle")
    reader = Reader.open(current(examples))
    found = dict(graph.subject_objects(URIRef(f"{SH}select")))
    assert len(found) == 19
    for node, query in found.items():
        assert (node, RDF.type, URIRef(f"{SH}SPARQLSelectExecutable")) in graph
        assert reader.select(str(query)), node


def test_openapi_has_every_question_and_every_list(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    for name, about in questions().items():
        told = described["paths"][f"/questions/{name}"]["get"]
        assert {p["name"] for p in told["parameters"]} == {*about.parameters, "lang", "evidence"}
        assert set(told["responses"]["200"]["content"]) >= {"application/json", "text/turtle", "application/atom+xml"}
    operations = [o["operationId"] for path in described["paths"].values() for o in path.values()]
    assert len(set(operations)) == len(operations)
    assert described["info"]["version"]


def examples_of(operation: dict[str, Any]) -> list[dict[str, str]]:
    """Each example of an operation alone, but for what must be there with it."""
    shown = {p["name"]: p for p in operation.get("parameters", ()) if "example" in p}
    told = {
        name: ",".join(p["example"]) if isinstance(p["example"], list) else str(p["example"])
        for name, p in shown.items()
    }
    needed = {name: told[name] for name, p in shown.items() if p["required"]}
    return [{**needed, name: value} for name, value in told.items()]


def test_every_example_in_the_openapi_runs(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    run = 0
    for path, operations in described["paths"].items():
        for given in examples_of(operations.get("get", {})):
            own = {name: value for name, value in given.items() if f"{{{name}}}" not in path}
            answer = client.get(path.format(**given), params=own)
            assert answer.status_code == 200, (path, given, answer.text)
            run += 1
    assert run > 250
