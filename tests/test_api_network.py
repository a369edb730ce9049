"""The network over HTTP: each step of a way with its sentence, what stands around a thing, flows, files of all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from rdflib import Graph, Literal, URIRef

from api.app import create_app
from api.settings import Settings
from tests.test_api_injection import WORDS

BASE = "http://127.0.0.1:8000"
QUOTE = URIRef("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf")
BETTINA = "/network/paths?from=Bettina+Andersen&to=Kommunalbestyrelsen"


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    """A client of the service over the examples."""
    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as found:
        yield found


@pytest.fixture(scope="module")
def norddjurs(seeds: Path) -> Iterator[TestClient]:
    """A client of the service over the two Norddjurs minutes."""
    with TestClient(create_app(Settings(data=seeds)), base_url=BASE) as found:
        yield found


def problem(client: TestClient, path: str, status: int = 400) -> dict[str, Any]:
    """The problem document that an address answers."""
    answer = client.get(path)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    found: dict[str, Any] = answer.json()
    return found


def test_how_two_are_connected_sentence_by_sentence(norddjurs: TestClient) -> None:
    found = norddjurs.get(BETTINA).json()
    assert (found["from"]["label"], found["to"]["label"], found["count"]) == (
        "Bettina Andersen", "Kommunalbestyrelsen", 1,
    )  # fmt: skip
    (way,) = found["members"]
    assert [step["connection"] for step in way["steps"]] == ["took-part", "treated", "treated", "sent-to"]
    for step in way["steps"]:
        assert step["evidence"]
        for said in step["evidence"]:
            text = norddjurs.get(f"{said['source'].removeprefix(BASE)}.txt").text
            assert text[said["begin"] : said["end"]] == said["quote"]
            assert 0 < said["confidence"] <= 1
    assert way["steps"][0]["to"]["joinedBy"][0]["rule"] == "case.title", "one case by a link, which the step tells"
    assert [one["rule"] for one in way["steps"][3]["evidence"][0]["inferred"]] == ["year-on-or-after-meeting"]


def test_the_words_are_those_of_the_language_asked_for(norddjurs: TestClient) -> None:
    told = {
        lang: norddjurs.get(f"{BETTINA}&lang={lang}").json()["members"][0]["steps"][3]["label"] for lang in ("da", "en")
    }
    assert [told[lang].split("arbejdsfællesskaber ")[1] for lang in told] == [
        "er sendt til Kommunalbestyrelsen", "was sent to Kommunalbestyrelsen",
    ]  # fmt: skip


def test_it_is_json_ld_by_the_served_context(norddjurs: TestClient) -> None:
    answer, context = norddjurs.get(BETTINA), norddjurs.get("/context.jsonld").json()["@context"]
    assert answer.headers["content-type"] == "application/ld+json"
    known = {**answer.json(), "@context": context}
    triples = Graph().parse(data=json.dumps(known), format="json-ld", publicID=BASE)
    quotes = {s["quote"] for step in known["members"][0]["steps"] for s in step["evidence"]}
    assert {str(o) for o in triples.objects(None, QUOTE) if isinstance(o, Literal)} == quotes


def test_the_same_as_csv_one_line_a_step(norddjurs: TestClient) -> None:
    answer = norddjurs.get(BETTINA.replace("paths", "paths.csv"))
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["path"], row["step"], row["connection"]) for row in rows] == [
        ("1", "1", "took-part"), ("1", "2", "treated"), ("1", "3", "treated"), ("1", "4", "sent-to"),
    ]  # fmt: skip
    assert all(row["quotes"] and row["sources"].startswith(f"{BASE}/sources/") for row in rows)


@pytest.mark.parametrize("path", ["paths?from=Lene+Mikkelsen&to=Hovedudvalget", "neighbours?of=Direktionen", "flows"])
def test_each_answer_leads_to_its_page(client: TestClient, path: str) -> None:
    page = client.get(f"/network/{path}").headers["link"].partition(">")[0].removeprefix("<")
    answer = client.get(page, headers={"Accept": "text/html"})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/html")


def test_what_stands_around_a_thing_in_pages_and_by_kind(client: TestClient) -> None:
    path, seen, pages = "/network/neighbours?of=Direktionen&limit=3", [], 0
    while path:
        answer = client.get(path)
        found = answer.json()
        seen += [(step["connection"], step["to"]["id"]) for step in found["members"]]
        assert (found["next"] is None) == ('rel="next"' not in answer.headers["link"])
        path, pages = (found["next"] or "").removeprefix(BASE), pages + 1
    assert len(seen) == len(set(seen)) == found["count"] > 3
    assert pages == (len(seen) - 1) // 3 + 1
    treated = client.get("/network/neighbours?of=Direktionen&kind=treated&limit=200").json()
    assert {other for _, other in seen if _ == "treated"} == {step["to"]["id"] for step in treated["members"]}
    rows = list(csv.DictReader(io.StringIO(client.get("/network/neighbours.csv?of=Direktionen&limit=200").text)))
    assert [(row["connection"], row["to"]) for row in rows] == seen


def test_flows_narrowed_by_body_and_day(client: TestClient) -> None:
    found = client.get("/network/flows").json()
    ends = {(step["from"]["label"], step["to"]["label"]) for step in found["members"]}
    assert ("Direktionen", "Økonomiudvalget") in ends
    assert all(step["evidence"] for step in found["members"])
    assert {one["label"] for one in found["brokers"]} == {label for pair in ends for label in pair}
    own = client.get("/network/flows?body=Hovedudvalget").json()["members"]
    assert own
    assert all("Hovedudvalget" in (step["from"]["label"], step["to"]["label"]) for step in own)
    early, late = (client.get(f"/network/flows?{w}").json()["members"] for w in ("until=2024-09-30", "from=2024-10-01"))
    days = sorted(day for step in found["members"] for day in step["days"])
    assert sorted(day for step in (*early, *late) for day in step["days"]) == days


@pytest.mark.parametrize("form", ["graphml", "gexf", "cytoscape", "csv"])
def test_the_network_as_a_file(client: TestClient, tmp_path: Path, form: str) -> None:
    answer = client.get(f"/network/exports?form={form}")
    assert f'filename="network-all.{"cyjs" if form == "cytoscape" else form}"' in answer.headers["content-disposition"]
    edges = list(csv.DictReader(io.StringIO(client.get("/network/exports", headers={"Accept": "text/csv"}).text)))
    path = tmp_path / "network"
    path.write_text(answer.text, "utf-8")
    if form in ("graphml", "gexf"):
        found = (nx.read_graphml if form == "graphml" else nx.read_gexf)(path)
        assert found.number_of_edges() == len(edges)
    elif form == "cytoscape":
        assert len(answer.json()["elements"]["edges"]) == len(edges)
    else:
        assert all(row["quotes"] for row in edges)
    flow = client.get(f"/network/exports?form={form}&projection=body-flow")
    assert 0 < len(flow.text) < len(answer.text)


def test_what_is_asked_wrongly_is_said_by_name(client: TestClient) -> None:
    for path, name in {
        "paths?from=Direktionen": "to", "paths?from=&to=Direktionen": "from", "neighbours": "of",
        "paths?from=Direktionen&to=Hovedudvalget&deep=3": "deep", "flows?since=2024-01-01": "since",
        "exports?form=xls": "xls", "exports?projection=x": "projection", "neighbours?of=Direktionen&kind=x": "kind",
        "neighbours?of=Direktionen&after=1": "after", "neighbours?of=Direktionen&limit=0": "limit",
        "paths?from=Direktionen&to=Hovedudvalget&most=51": "most", "flows?from=igår": "from",
        "flows?lang=de&body=Direktionen": "lang", "flows?body=Lene+Mikkelsen": "Lene Mikkelsen",
    }.items():  # fmt: skip
        told = problem(client, f"/network/{path}")
        assert name in told["detail"], path
        assert name in told["detail_en"], path
    told = problem(client, "/network/paths?from=e&to=Direktionen&lang=en")
    assert "fits" in told["detail"]
    assert problem(client, "/network/neighbours.json?of=Nobody")["status"] == 400


def test_a_client_that_has_the_answer_is_told_so(client: TestClient) -> None:
    for path in ("/network/flows", "/network/exports?form=csv", "/network/neighbours?of=Direktionen"):
        tag = client.get(path).headers["etag"]
        assert client.get(path, headers={"If-None-Match": tag}).status_code == 304
        asked = client.head(path)
        assert (asked.status_code, asked.content) == (200, b"")


def test_an_answer_that_takes_too_long_is_none(examples: Path) -> None:
    with TestClient(create_app(Settings(data=examples, deadline=1e-9)), base_url=BASE) as hurried:
        told = problem(hurried, "/network/paths?from=Lene+Mikkelsen&to=Hovedudvalget", 504)
        assert told["title"] == "Forespørgslen tog for lang tid"


def test_a_flood_is_told_to_wait(examples: Path) -> None:
    @dataclass
    class Crowded:
        """A lane before which many wait."""

        tasks_waiting: int = 1_000

        def statistics(self) -> Crowded:
            return self

    app = create_app(Settings(data=examples))
    with TestClient(app, base_url=BASE) as crowded:
        app.state.network_lane = Crowded()
        assert problem(crowded, "/network/flows", 503)["title"] == "Tjenesten har travlt"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS)
def test_whatever_is_written_is_a_value(client: TestClient, value: str) -> None:
    for path, name in (("paths", "from"), ("neighbours", "of"), ("neighbours", "after"), ("flows", "body")):
        answer = client.get(
            f"/network/{path}",
            params={"of": "Direktionen", "to": "Direktionen", name: value}
            if path == "paths"
            else {"of": "Direktionen", name: value}
            if path == "neighbours"
            else {name: value},
        )
        assert answer.status_code in (200, 400), (path, name, value)
