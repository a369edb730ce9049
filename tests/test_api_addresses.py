"""Every IRI answers: a table of addresses and wishes, every subject of the graph, and what is gone."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import Dataset, Graph, URIRef
from rdflib.namespace import DCTERMS

from api.addresses import address_of
from api.app import create_app
from api.links import VOCABULARY_LICENCE
from api.settings import Settings
from graph.erasure.withdrawing import withdraw
from graph.store import Reader, current, statements

BASE = "http://127.0.0.1:8000"
OURS = "https://w3id.org/sagsgraf"
TTL, LD, NT, RDF = "text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml"
HTML, TRIG, NQ, JSON = "text/html", "application/trig", "application/n-quads", "application/json"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
READERS = {TTL: "turtle", LD: "json-ld", NT: "nt", RDF: "xml", TRIG: "trig", NQ: "nquads"}
CASE = "/cases/0999/direktionen/2024-08-21/ab0a32c95c27.1"
VOCABULARY = ("/def", "/def/heldBy", "/concept/outcome", "/concept/outcome/discussed")
BODY, MEETING = "/bodies/0999/direktionen", "/meetings/0999/direktionen/2024-08-21"
WEIGHED = "Accept"  # the answer says in Vary that it depends on Accept
LINKED = ("canonical", "alternate", "describedby", "describes", "license")

# address, Accept → status, media type or where it sends on, whether Accept was weighed, relations of Link
TABLE = [
    *((f"/id{BODY}", accept, 303, f"{BODY}{suffix}", WEIGHED, LINKED) for accept, suffix in (
        (TTL, ".ttl"), (LD, ".jsonld"), (NT, ".nt"), (RDF, ".rdf"), (JSON, ".json"), (HTML, ""), (BROWSER, ""),
        ("*/*", ".ttl"), ("", ".ttl"), ("text/*;q=0.5, application/ld+json", ".jsonld"),
        ("text/turtle;q=0.1, application/rdf+xml;q=0.9", ".rdf"), ("text/html;q=0.4, text/turtle;q=0.5", ".ttl"),
        ("application/n-triples, */*;q=0.1", ".nt"), ("text/turtle;q=0, */*", ".jsonld"),
    )),
    *((f"/id{BODY}", accept, 406, "application/problem+json", WEIGHED, ()) for accept in (
        "image/png", "application/pdf", "text/csv", "application/ld+json;q=0",
    )),
    *((f"/id{MEETING}.{suffix}", "*/*", 303, f"{MEETING}.{suffix}", "", LINKED) for suffix in (
        "ttl", "jsonld", "rdf", "nt", "json",
    )),
    (f"/id{MEETING}.html", TTL, 303, MEETING, "", LINKED),
    *((f"{place}.{suffix}", "*/*", 200, media_type, WEIGHED, LINKED) for place in (BODY, MEETING, CASE)
      for suffix, media_type in (("ttl", TTL), ("jsonld", LD), ("rdf", RDF), ("nt", NT))),
    (f"{BODY}.html", "*/*", 303, BODY, "", LINKED),
    (f"{BODY}.ttl", RDF, 200, TTL, WEIGHED, LINKED),
    *((BODY, accept, 303, f"{BODY}{suffix}", WEIGHED, LINKED) for accept, suffix in (
        (TTL, ".ttl"), (LD, ".jsonld"), (RDF, ".rdf"), (JSON, ".json"),
    )),
    *((place, accept, 200, HTML, "", LINKED) for place in (BODY, MEETING, CASE)
      for accept in (HTML, BROWSER, "*/*")),
    (BODY, "image/png", 406, "application/problem+json", WEIGHED, ()),
    *(("{source}", accept, 200, media_type, "", LINKED) for accept, media_type in (
        (TTL, TTL), (LD, LD), (RDF, RDF), (NT, NT), (HTML, HTML), ("*/*", HTML),
    )),
    ("{source}", "image/png", 406, "application/problem+json", WEIGHED, ()),
    *(("{source}.txt", accept, 200, "text/plain", WEIGHED, LINKED) for accept in ("*/*", "text/plain", BROWSER)),
    *(("{source}.txt", accept, 303, f"{{source}}{suffix}", WEIGHED, LINKED) for accept, suffix in (
        (TTL, ".ttl"), (LD, ".jsonld"), (RDF, ".rdf"),
    )),
    ("{source}.ttl", "*/*", 200, TTL, WEIGHED, LINKED),
    *((f"/graphs/{name}", accept, 200, accept, WEIGHED, ("license", "canonical"))
      for name in ("links", "computed", "vocabulary") for accept in (TTL, LD, TRIG, NQ)),
    *((place, accept, 200, accept, "", LINKED) for place in VOCABULARY
      for accept in (TTL, LD, RDF, HTML)),
    ("/concept/outcome/discussed.ttl", "*/*", 200, TTL, "", LINKED),
    ("/graphs/{hash}", "*/*", 200, TTL, WEIGHED, ("license", "canonical")),
    ("/graphs/{hash}.nq", TTL, 200, NQ, WEIGHED, ("license", "canonical")),
    ("/graphs/links", HTML, 406, HTML, WEIGHED, ()),
    *((f"/network/{name}", accept, 200, media_type, WEIGHED, ("alternate",)) for name in (
        "paths?from=Lene+Mikkelsen&to=Hovedudvalget", "neighbours?of=Direktionen", "flows",
    ) for accept, media_type in ((LD, LD), (JSON, LD), ("text/csv", "text/csv"), ("*/*", LD))),
    *((f"/network/{name}", "image/png", 406, "application/problem+json", WEIGHED, ()) for name in ("flows", "exports")),
    *(("/network/exports", accept, 200, media_type, WEIGHED, ()) for accept, media_type in (
        ("*/*", "application/graphml+xml"), ("application/gexf+xml", "application/gexf+xml"), (JSON, JSON),
        ("text/csv", "text/csv"),
    )),
    ("/network/flows.csv", LD, 200, "text/csv", WEIGHED, ("alternate",)),
    ("/network/paths", "*/*", 400, "application/problem+json", WEIGHED, ()),
    ("/graphs/nothing", TTL, 404, HTML, "", ()),
    ("/id/bodies/0999/findes-ikke", TTL, 303, "/bodies/0999/findes-ikke.ttl", WEIGHED, LINKED),
    ("/bodies/0999/findes-ikke.ttl", TTL, 404, HTML, "", ()),
    ("/id/nothing/x", TTL, 404, HTML, "", ()),
    ("/id/cases/a%20b", TTL, 404, HTML, "", ()),
    ("/sources/0000.ttl", TTL, 404, HTML, "", ()),
]  # fmt: skip


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    """A client of the service over the examples' graph."""
    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as found:
        yield found


@pytest.fixture(scope="module")
def text_hash(examples: Path) -> str:
    """The hash of one of the examples' texts."""
    rows = Reader.open(current(examples)).select(
        "SELECT ?s WHERE { ?s a <https://w3id.org/sagsgraf/def#SourceDocument> } ORDER BY ?s LIMIT 1"
    )
    return rows[0]["s"]["value"].rpartition("/")[2]


def test_the_table_is_long_enough() -> None:
    assert len({(address, accept) for address, accept, *_ in TABLE}) == len(TABLE) >= 60


@pytest.mark.parametrize(("address", "accept", "status", "expected", "vary", "relations"), TABLE)
def test_an_address_answers_a_wish(
    client: TestClient, text_hash: str, address: str, accept: str, status: int, expected: str, vary: str,
    relations: tuple[str, ...],
) -> None:  # fmt: skip
    places = {"source": f"/sources/{text_hash}", "hash": text_hash}
    answer = client.get(address.format(**places), headers={"Accept": accept}, follow_redirects=False)
    assert answer.status_code == status
    if status == 303:
        assert answer.headers["location"] == expected.format(**places)
    else:
        assert answer.headers["content-type"].partition(";")[0] == expected
    if vary:
        assert vary in re.split(r",\s*", answer.headers["vary"])
    for relation in relations:
        assert f'rel="{relation}"' in answer.headers["link"]
    if status == 200 and expected in READERS and not address.startswith("/network"):  # its context is served here
        assert len(Dataset().parse(data=answer.text, format=READERS[expected])) > 0


def test_406_says_what_is_offered(client: TestClient) -> None:
    told = client.get(f"/id{BODY}", headers={"Accept": "image/png"}).json()
    assert all(media_type in told["detail"] for media_type in (TTL, LD, NT, RDF, HTML))


def test_the_vocabulary_goes_by_the_licence_of_its_own_file(client: TestClient) -> None:
    triples = Graph().parse(data=client.get("/def", headers={"Accept": TTL}).text, format="turtle")
    assert set(triples.objects(URIRef(f"{OURS}/def"), DCTERMS.license)) == {URIRef(VOCABULARY_LICENCE)}


def test_head_answers_like_get(client: TestClient, text_hash: str) -> None:
    for path in (f"/id{BODY}", f"{BODY}.ttl", f"/sources/{text_hash}.txt", "/graphs/links", "/stream", "/catalog"):
        got, asked = client.get(path, follow_redirects=False), client.head(path, follow_redirects=False)
        assert (asked.status_code, asked.content) == (got.status_code, b""), path
        assert asked.headers.get("content-type") == got.headers.get("content-type"), path


def dereferenced(iri: str) -> str:
    """The address that an IRI leads to here: w3id.org sends ours on, fragments are the document's."""
    if iri == OURS:  # the project, which the vocabulary tells of
        return f"{BASE}/def"
    own = f"{BASE}{iri.removeprefix(OURS)}" if iri.startswith(OURS) else iri
    return own.partition("#")[0]


def test_every_subject_of_the_graph_dereferences_to_data_that_contains_it(client: TestClient, examples: Path) -> None:
    subjects = {s[1:-1] for s, _, _, _ in statements(current(examples))}
    ours = {iri for iri in subjects if iri.startswith((BASE, OURS))}
    others = subjects - ours
    assert len(ours) > 600
    assert all(iri.startswith(("http://metadata.un.org/sdg", "http://publications.europa.eu/")) for iri in others)
    read: dict[str, Graph] = {}
    for iri in sorted(ours):
        address = dereferenced(iri)
        if address not in read:
            answer = client.get(address, headers={"Accept": TTL})
            assert answer.status_code == 200, (iri, answer.status_code)
            assert answer.headers["content-type"].startswith(TTL), iri
            read[address] = Graph().parse(data=answer.text, format="turtle")
        assert (URIRef(iri), None, None) in read[address], iri


def test_the_thing_s_own_statements_are_all_there(client: TestClient, examples: Path) -> None:
    whole = Graph()
    for s, p, o, name in statements(current(examples)):
        if not name and s.startswith(f"<{BASE}/id/meetings/"):
            whole.parse(data=f"{s} {p} {o} .", format="nt")
    assert len(whole) > 50
    for subject in set(whole.subjects()):
        found = Graph().parse(data=client.get(str(subject), headers={"Accept": TTL}).text, format="turtle")
        assert set(whole.predicate_objects(subject)) <= set(found.predicate_objects(subject)), subject


def test_what_points_to_a_thing_comes_in_pages(client: TestClient, examples: Path) -> None:
    counted = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p <%s> }"
    rows = Reader.open(current(examples)).select(counted % f"{BASE}/id{BODY}")
    expected, found, path, pages = int(rows[0]["n"]["value"]), set(), f"{BODY}.nt", 0
    while path:
        answer = client.get(path)
        triples = Graph().parse(data=answer.text, format="nt")
        found |= set(triples.subject_predicates(URIRef(f"{BASE}/id{BODY}")))
        more = re.search(r'<([^>]*)>; rel="next"', answer.headers["link"])
        path, pages = (more.group(1) if more else ""), pages + 1
    assert len(found) == expected > 3
    assert pages == (expected - 1) // 100 + 1
    assert client.get(f"{BODY}.nt?page=99").status_code == 404
    assert client.get(f"{BODY}.nt?page=0").status_code == 404


@pytest.mark.parametrize(
    "path",
    [BODY, MEETING, CASE, "/decisions/0999/kommunalbestyrelsen/2024-09-24/92441e8f3046", "/posts/0999/vej-og-parkchef",
     "/organisations/fn", "/municipalities/0999", "/departments/0999/oekonomi"],
)  # fmt: skip
def test_json_ld_round_trips_without_the_network(client: TestClient, path: str) -> None:
    json_ld = client.get(f"{path}.jsonld").text
    assert "@context" not in json_ld
    lines = set(Graph().parse(data=client.get(f"{path}.nt").text, format="nt"))
    assert set(Graph().parse(data=json_ld, format="json-ld")) == lines != set()


def test_turtle_is_written_with_prefixes(client: TestClient) -> None:
    text = client.get(f"{MEETING}.ttl").text
    assert "@prefix sag: <https://w3id.org/sagsgraf/def#>" in text
    assert "sag:heldBy" in text


def test_an_address_that_is_no_thing_s_is_none() -> None:
    for path in (
        "/",
        "/cases",
        "/catalog",
        "/questions/case-route",
        "/static/pages.css",
        "/id/sources/ab",
        "/dumps/x.nt",
    ):
        assert address_of(path) is None, path


def test_withdrawn_things_answer_410_with_the_day_and_the_reason(examples: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(examples, data)
    with TestClient(create_app(Settings(data=data)), base_url=BASE) as client:
        meeting = "/meetings/0999/direktionen/2025-02-12"
        assert client.get(f"{meeting}.ttl").status_code == 200
        receipt = withdraw("direktionen-2025-02-12.md", data=data, reason="Lukket punkt.")
        gone = receipt.sources[0]
        for path in (f"/id{meeting}", meeting, f"/en{meeting}", f"{meeting}.ttl", f"{meeting}.json",
                     f"/sources/{gone}", f"/sources/{gone}.txt", f"/graphs/{gone}"):  # fmt: skip
            answer = client.get(path, headers={"Accept": TTL})
            assert answer.status_code == 410, path
            told = answer.json()
            assert told["detail"].endswith("Lukket punkt."), path
            assert re.fullmatch(r"\d{4}-\d\d-\d\d", told["withdrawn"])
            page = client.get(path, headers={"Accept": BROWSER})
            assert (page.status_code, "Lukket punkt." in page.text) == (410, True), path
            assert page.headers["x-robots-tag"] == "noindex"
        assert client.get(f"{MEETING}.ttl").status_code == 200
