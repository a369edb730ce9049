"""Lists, search and things over HTTP: counts, pages and filters hold together, and every id leads somewhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, URIRef

from api.app import create_app
from api.listing import Lister, Wanted
from api.nouns import NOUNS
from api.settings import Settings
from graph.listed import LISTED
from graph.store import Reader, Version, current

BASE = "http://127.0.0.1:8000"
JSON = {"Accept": "application/json"}
CLASSES = {
    "cases": "sag:Case", "meetings": "sag:Meeting", "agenda-items": "sag:AgendaItem", "decisions": "sag:Decision",
    "commitments": "sag:Commitment", "attachments": "sag:Attachment", "people": "person:Person", "bodies": "sag:Body",
    "departments": "org:OrganizationalUnit", "sdgs": "sag:SdgFraming", "sources": "sag:SourceDocument",
}  # fmt: skip
PREFIXES = """PREFIX sag: <https://w3id.org/sagsgraf/def#> PREFIX person: <http://www.w3.org/ns/person#>
PREFIX org: <http://www.w3.org/ns/org#> """


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=examples, deadline=5.0)), base_url=BASE) as found:
        yield found


def listed(client: TestClient, path: str, **given: str) -> dict[str, Any]:
    """A page of a list."""
    answer = client.get(f"/{path}", params=given, headers=JSON)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def ids(client: TestClient, path: str, **given: str) -> list[str]:
    """The ids of one page of a list."""
    return [m["id"] for m in listed(client, path, **given)["members"]]


@pytest.mark.parametrize("path", list(NOUNS))
def test_a_list_counts_what_sparql_counts(client: TestClient, examples: Path, path: str) -> None:
    query = f"{PREFIXES} SELECT (COUNT(DISTINCT ?thing) AS ?n) WHERE {{ ?thing a {CLASSES[path]} }}"
    expected = int(Reader.open(current(examples)).select(query)[0]["n"]["value"])
    found = listed(client, path, limit="200")
    assert found["count"] == expected == len(found["members"]) > 0
    assert len({m["id"] for m in found["members"]}) == expected


@pytest.mark.parametrize("path", list(NOUNS))
def test_pages_make_up_the_whole(client: TestClient, path: str) -> None:
    whole = ids(client, path, limit="200")
    answer = client.get(f"/{path}", params={"limit": "2"}, headers=JSON)
    gathered: list[str] = []
    while True:
        page = answer.json()
        assert page["count"] == len(whole)
        gathered += [m["id"] for m in page["members"]]
        if page["next"] is None:
            assert "link" not in answer.headers
            break
        assert answer.headers["link"] == f'<{page["next"]}>; rel="next"'
        answer = client.get(page["next"].removeprefix(BASE), headers=JSON)
    assert gathered == whole


@pytest.mark.parametrize("path", list(NOUNS))
def test_every_id_leads_somewhere(client: TestClient, path: str) -> None:
    for iri in ids(client, path, limit="200"):
        assert client.get(iri.removeprefix(BASE)).status_code == 200, iri


@pytest.mark.parametrize(
    ("path", "name", "choices"),
    [
        ("decisions", "body", ["Direktionen", "Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"]),
        ("meetings", "body", ["Direktionen", "Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"]),
        ("attachments", "access", ["open", "closed"]),
        ("attachments", "body", ["Direktionen", "Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"]),
    ],
)
def test_a_filter_and_its_complement_make_up_the_whole(
    client: TestClient, path: str, name: str, choices: list[str]
) -> None:
    parts = [ids(client, path, limit="200", **{name: choice}) for choice in choices]
    assert all(parts)
    assert sorted(iri for part in parts for iri in part) == sorted(ids(client, path, limit="200"))


@pytest.mark.parametrize("path", ["meetings", "agenda-items", "decisions", "commitments", "attachments"])
def test_before_and_after_a_day_make_up_the_whole(client: TestClient, path: str) -> None:
    early, late = ids(client, path, until="2024-09-17"), ids(client, path, **{"from": "2024-09-18"})
    assert early
    assert late
    assert sorted([*early, *late]) == sorted(ids(client, path))


@pytest.mark.parametrize("path", [path for path, noun in NOUNS.items() if "from" in noun.narrowing()])
def test_a_day_parts_every_list_that_knows_days(client: TestClient, path: str) -> None:
    early = listed(client, path, limit="200", until="2024-09-17")
    late = listed(client, path, limit="200", **{"from": "2024-09-18"})
    whole = listed(client, path, limit="200")
    parts = [{m["id"] for m in part["members"]} for part in (early, late)]
    assert parts[0] | parts[1] == {m["id"] for m in whole["members"]}
    both = len(parts[0] & parts[1])  # a case, a person or an attachment may be in several meetings
    assert early["count"] + late["count"] - both == whole["count"]
    assert not both or path in ("cases", "people", "attachments")


@pytest.mark.parametrize("path", [path for path, noun in NOUNS.items() if "body" in noun.narrowing()])
def test_the_bodies_cover_every_list_that_knows_bodies(client: TestClient, path: str) -> None:
    bodies = [m["label"] for m in listed(client, "bodies")["members"]]
    found = {iri for body in bodies for iri in ids(client, path, limit="200", body=body)}
    assert found == set(ids(client, path, limit="200"))


def test_a_case_has_its_agenda_items_and_nothing_else(client: TestClient) -> None:
    items = set(ids(client, "agenda-items", limit="200"))
    for case in listed(client, "cases")["members"]:
        own = {item["id"] for item in case["agendaItems"]}
        assert own <= items
        assert own == set(ids(client, "agenda-items", limit="200", case=case["id"]))


@pytest.mark.parametrize(
    ("path", "given", "labels"),
    [
        (
            "cases",
            {"state": "overdue", "as_of": "2025-06-01"},
            ["Ny model for budgetopfølgning i de decentrale enheder"],
        ),
        ("cases", {"state": "overdue", "as_of": "2025-02-28"}, []),
        ("cases", {"state": "lapsed"}, ["Takster for udlejning af kommunens lokaler"]),
        ("cases", {"department": "Vej- og park"}, ["Fælles materielgård i Bakkeby"]),
        ("cases", {"q": "bygge"}, ["Digitalisering af byggesagsarkivet"]),
        ("cases", {"q": "FAELLES bakke"}, ["Fælles materielgård i Bakkeby"]),
        ("cases", {"outcome": "approved"}, ["Fælles materielgård i Bakkeby"]),
        ("people", {"case": "byggesagsarkivet"}, ["Jonas Eskildsen"]),
        ("people", {"body": "Hovedudvalget"}, ["Torben Aagaard"]),
        ("meetings", {"person": "Torben Aagaard"}, ["Direktionen, 21. aug. 2024", "Hovedudvalget, 4. sep. 2024"]),
        ("sources", {"body": "Hovedudvalget"}, ["hovedudvalget-2024-09-04.txt"]),
        ("sources", {"modified_since": "9999-01-01"}, []),
        ("sdgs", {"sdg": "4"}, []),
    ],
)
def test_filters(client: TestClient, path: str, given: dict[str, str], labels: list[str]) -> None:
    found = listed(client, path, **given)
    assert [m["label"] for m in found["members"]] == labels
    assert found["count"] == len(labels)


def test_people_come_in_danish_order(client: TestClient) -> None:
    assert [m["label"] for m in listed(client, "people")["members"]] == [
        "Anders Kofoed", "Bodil Krogsgaard", "Jonas Eskildsen", "Lene Mikkelsen", "Torben Aagaard"
    ]  # fmt: skip


def test_only_the_fields_asked_for(client: TestClient) -> None:
    (first, *_) = listed(client, "decisions", fields="outcome,decisionDate")["members"]
    assert set(first) == {"id", "type", "label", "outcome", "decisionDate"}


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("/cases?cse=1", "cse"),
        ("/meetings?state=met", "state"),
        ("/cases?fields=nothing", "nothing"),
        ("/cases?limit=0", "limit"),
        ("/cases?limit=201", "limit"),
        ("/cases?state=gone", "gone"),
        ("/cases?body=Rådet", "Rådet"),
        ("/cases?from=igår", "igår"),
        ("/sdgs?sdg=18", "18"),
        ("/search?kind=posts", "posts"),
        ("/search?skip=-1", "skip"),
        ("/search?p=1", "p"),
        ("/gaps?x=1", "x"),
        ("/calendar.ics?x=1", "x"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(client: TestClient, address: str, word: str) -> None:
    answer = client.get(address, headers=JSON)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert word in answer.json()["detail"]
    english = client.get(address, headers={**JSON, "Accept-Language": "en"}).json()["detail"]
    assert english != answer.json()["detail"]


def test_a_list_is_json_ld_with_the_served_context(client: TestClient) -> None:
    context = client.get("/context.jsonld").json()
    found = listed(client, "meetings")
    assert found["@context"] == f"{BASE}/context.jsonld"
    graph = Graph().parse(data=client.get("/meetings", headers=JSON).text.replace(
        f'"{found["@context"]}"', json.dumps(context["@context"])), format="json-ld")  # fmt: skip
    meeting = URIRef(found["members"][0]["id"])
    body = URIRef(found["members"][0]["heldBy"]["id"])
    assert (meeting, URIRef("https://w3id.org/sagsgraf/def#heldBy"), body) in graph
    day = graph.value(meeting, URIRef("https://w3id.org/sagsgraf/def#meetingDate"))
    assert str(day) == found["members"][0]["meetingDate"]
    assert (None, URIRef("https://w3id.org/sagsgraf/def#onAgendaOf"), meeting) in graph


def test_csv_has_the_same_things(client: TestClient) -> None:
    answer = client.get("/attachments.csv?limit=200")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0][:4] == ["id", "label", "title", "attachment_number"]
    assert [row[0] for row in rows[1:]] == ids(client, "attachments", limit="200")
    assert client.get("/attachments?limit=200", headers={"Accept": "text/csv"}).text == answer.text


def test_a_case_has_its_page_where_a_page_is_asked_for(client: TestClient) -> None:
    assert client.get("/cases", headers={"Accept": "text/html"}).headers["content-type"].startswith("text/html")


def test_search_goes_across_kinds(client: TestClient) -> None:
    found = client.get("/search", params={"q": "materielgård"}).json()
    assert found["count"] == sum(found["counts"].values()) > 5
    assert {"cases", "agenda-items", "attachments", "sources"} <= set(found["counts"])
    begin, end = found["mark"]
    assert all(begin in hit["snippet"] and end in hit["snippet"] for hit in found["hits"])
    scores = [hit["score"] for hit in found["hits"]]
    assert scores == sorted(scores, reverse=True)
    only = client.get("/search", params={"q": "materielgård", "kind": "cases"}).json()
    assert only["count"] == found["counts"]["cases"] == len(only["hits"])
    parts = [client.get("/search", params={"q": "materielgård", "limit": "3", "skip": str(n)}).json()["hits"]
             for n in range(0, found["count"], 3)]  # fmt: skip
    assert sum(map(len, parts)) == found["count"]


def test_search_suggests_what_is_near(client: TestClient) -> None:
    found = client.get("/search", params={"q": "projektlader"}).json()
    assert (found["count"], found["hits"]) == (0, [])
    assert "projektleder" in found["suggestions"]


def test_the_route_of_a_case_and_its_neighbours(client: TestClient) -> None:
    case = ids(client, "cases", q="materielgård")[0].removeprefix(f"{BASE}/id")
    route = client.get(f"{case}/route").json()
    assert [row["body"]["label"] for row in route["rows"]] == [
        "Direktionen", "Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"
    ]  # fmt: skip
    found = client.get(f"{case}/neighbours").json()
    assert {n["property"] for n in found["neighbours"] if n["direction"] == "in"} >= {"sag:concernsCase"}
    assert client.get("/cases/0999/nothing/route").status_code == 404
    assert client.get("/cases/0999/nothing/neighbours").status_code == 404


def test_an_answer_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/cases", headers=JSON)
    assert first.headers["cache-control"] == "public, max-age=60"
    again = client.get("/cases", headers={**JSON, "If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    dated = client.get("/cases", headers={**JSON, "If-Modified-Since": first.headers["last-modified"]})
    assert dated.status_code == 304
    other = client.get("/cases?limit=1", headers={**JSON, "If-None-Match": first.headers["etag"]})
    assert other.status_code == 200
    assert "etag" not in client.get("/cases?x=1", headers=JSON).headers


def test_answers_are_compressed_and_open_to_scripts(client: TestClient) -> None:
    answer = client.get("/cases", headers={**JSON, "Accept-Encoding": "gzip", "Origin": "https://example.org"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["access-control-allow-origin"] == "*"
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    preflight = client.options("/meetings", headers=asked)
    assert preflight.status_code == 200
    assert "GET" in preflight.headers["access-control-allow-methods"]
    assert client.head("/meetings", headers=JSON).content == b""
    assert client.delete("/meetings").status_code == 405


@pytest.mark.parametrize("path", list(NOUNS))
def test_a_kept_list_is_the_engine_s(examples: Path, path: str) -> None:
    version = current(examples)
    noun, lister = NOUNS[path], Lister(Reader.open(version).select, version)
    assert LISTED[path] == (noun.things, noun.key)
    outcomes = [{"outcome": "approved"}] if "outcome" in noun.narrowing() else []
    for filters in ({}, *outcomes):
        after = ""
        for _ in range(3):
            wanted = Wanted(filters, limit=4, after=after)
            patterns, terms = lister.narrowed(noun, wanted)
            kept = lister.kept(noun, patterns, terms, wanted=wanted)
            assert kept == lister.found(noun, patterns, terms, wanted=wanted)
            after = kept[0][-1] if kept and kept[0] else after


def test_a_version_without_lists_is_asked_of_the_engine(examples: Path, tmp_path: Path) -> None:
    version = current(examples)
    select, wanted = Reader.open(version).select, Wanted({}, limit=5)
    bare = Lister(select, Version(version.number, tmp_path))
    assert bare.kept(NOUNS["cases"], [], {}, wanted=wanted) is None
    assert bare.page(NOUNS["cases"], wanted) == Lister(select, version).page(NOUNS["cases"], wanted)
