"""The authorised address: the protocol's own tests for updates (C, D) and the graph store (F), and who may use it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from rdflib import Graph
from rdflib.compare import isomorphic

from api.app import create_app
from api.settings import Settings
from graph.store import current, quads

BASE = "http://127.0.0.1:8000"
TOKEN = "et-langt-hemmeligt-ord"  # noqa: S105 - of this test alone
UPDATES, STORE = "/scratch/sparql", "/scratch/gsp"
D1, D2, D3 = (f"http://kasei.us/2009/09/sparql/data/data{number}.rdf" for number in (1, 2, 3))
FORM, SQ, SU = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
PREFIXES = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX dct: <http://purl.org/dc/terms/> "
TURTLE = "text/turtle; charset=utf-8"
Pairs = list[tuple[str, str]]


@pytest.fixture(scope="module")
def service(examples: Path) -> Iterator[TestClient]:
    """A client with the token, of a service whose scratch store is open."""
    settings = Settings(data=examples, update_token=TOKEN)
    headers = {"Authorization": f"Bearer {TOKEN}"}
    with TestClient(create_app(settings), base_url=BASE, headers=headers) as found:
        yield found


@pytest.fixture
def client(service: TestClient) -> TestClient:
    """The same client, on a fresh scratch store."""
    assert update(service, "CLEAR ALL").status_code == 204
    return service


def update(client: TestClient, text: str, pairs: Pairs | None = None) -> Response:
    address = f"{UPDATES}?{urlencode(pairs or [])}"
    return client.post(address, content=text.encode(), headers={"Content-Type": SU})


def holds(client: TestClient, pattern: str) -> bool:
    answer = client.post(UPDATES, content=f"{PREFIXES} ASK {{ {pattern} }}".encode(), headers={"Content-Type": SQ})
    assert answer.status_code == 200, answer.text
    return bool(answer.json()["boolean"])


def documents(*names: str) -> str:
    return " ".join(f"GRAPH <{name}> {{ <{name}> a foaf:Document }}" for name in names)


class TestUpdate:
    """C: updates that must be made."""

    def test_update_post_form(self, client: TestClient) -> None:
        update(client, "INSERT DATA { <a:a> <a:b> 1 }")
        answer = client.post(UPDATES, content="update=CLEAR+ALL", headers={"Content-Type": FORM})
        assert answer.status_code == 204
        assert not holds(client, "?s ?p ?o")

    def test_update_post_direct(self, client: TestClient) -> None:
        assert update(client, "CLEAR ALL").status_code == 204

    def test_update_dataset_default_graph(self, client: TestClient) -> None:
        target = "http://example.org/protocol-update-dataset-test/"
        text = (
            f"{PREFIXES} CLEAR ALL ; INSERT DATA {{ {documents(D1)} }} ; "
            f"INSERT {{ GRAPH <{target}> {{ ?s a dct:BibliographicResource }} }} WHERE {{ ?s a foaf:Document }}"
        )
        assert update(client, text, [("using-graph-uri", D1)]).status_code == 204
        assert holds(client, f"GRAPH <{target}> {{ <{D1}> a dct:BibliographicResource }}")

    @pytest.mark.parametrize(
        ("parameter", "where", "name"),
        [
            ("using-graph-uri", "?s a foaf:Document", "graphs"),
            ("using-named-graph-uri", "GRAPH ?g { ?s a foaf:Document }", "named-graphs"),
        ],
        ids=["update_dataset_default_graphs", "update_dataset_named_graphs"],
    )
    def test_update_dataset_graphs(self, client: TestClient, parameter: str, where: str, name: str) -> None:
        target = f"http://example.org/protocol-update-dataset-{name}-test/"
        text = (
            f"{PREFIXES} DROP ALL ; INSERT DATA {{ {documents(D1, D2, D3)} }} ; "
            f"INSERT {{ GRAPH <{target}> {{ ?s a dct:BibliographicResource }} }} WHERE {{ {where} }}"
        )
        assert update(client, text, [(parameter, D1), (parameter, D2)]).status_code == 204
        kind = "a dct:BibliographicResource"
        both = f"<{D1}> {kind} . <{D2}> {kind} . FILTER NOT EXISTS {{ <{D3}> {kind} }}"
        assert holds(client, f"GRAPH <{target}> {{ {both} }}")

    def test_update_dataset_full(self, client: TestClient) -> None:
        target, inside = "http://example.org/protocol-update-dataset-full-test/", "<http://example.org/in>"
        text = (
            f"{PREFIXES} DROP ALL ; INSERT DATA {{ {documents(D1, D2, D3)} }} ; "
            f"INSERT {{ GRAPH <{target}> {{ ?s {inside} ?in }} }} WHERE {{ "
            "{ GRAPH ?g { ?s a foaf:Document } BIND(?g AS ?in) } UNION "
            '{ ?s a foaf:Document . BIND("default" AS ?in) } }'
        )
        assert update(client, text, [("using-graph-uri", D1), ("using-named-graph-uri", D2)]).status_code == 204
        found = f'<{D1}> {inside} "default" . <{D2}> {inside} <{D2}> . FILTER NOT EXISTS {{ <{D3}> ?p ?o }}'
        assert holds(client, f"GRAPH <{target}> {{ {found} }}")

    def test_update_base_uri(self, client: TestClient) -> None:
        target = "http://example.org/protocol-base-test/"
        data = f"INSERT DATA {{ GRAPH <{target}> {{ <http://example.org/s> <http://example.org/p> <test> }} }}"
        assert update(client, f"CLEAR SILENT GRAPH <{target}> ; {data}").status_code == 204
        thing = "<http://example.org/s> <http://example.org/p> ?o"
        assert holds(client, f'GRAPH <{target}> {{ {thing} FILTER(isIRI(?o) && STR(?o) != "test") }}')


CONFLICT = (
    f"{PREFIXES} WITH <http://example/addresses> DELETE {{ ?person foaf:givenName 'Bill' }} "
    "INSERT { ?person foaf:givenName 'William' } WHERE { ?person foaf:givenName 'Bill' }"
)
WRONG: dict[str, tuple[str, str, bytes, str | None]] = {
    "bad_update_get": ("GET", "update=CLEAR%20ALL", b"", None),
    "bad_multiple_updates": ("POST", "", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": ("POST", "", b"CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": ("POST", "", b"update=CLEAR%20NAMED", None),
    "bad_update_non_utf8": ("POST", "", "CLEAR NAMED".encode("utf-16"), f"{SU}; charset=UTF-16"),
    "bad_update_syntax": ("POST", "", b"update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": (
        "POST",
        urlencode({"using-named-graph-uri": "http://example/people"}),
        CONFLICT.encode(),
        SU,
    ),
    "using_with_delete_where": ("POST", urlencode({"using-graph-uri": D1}), b"DELETE WHERE { ?s ?p ?o }", SU),
    "using_no_iri": ("POST", urlencode({"using-graph-uri": "a> } ; DROP ALL #"}), b"CLEAR ALL", SU),
    "load": ("POST", "", b"LOAD <http://127.0.0.1:9/>", SU),
    "service": ("POST", "", b"INSERT { <a:a> <a:a> ?o } WHERE { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", SU),
    "update_and_query": ("POST", "query=ASK%7B%7D", b"CLEAR ALL", SU),
}


class TestWrongUpdate:
    """D: updates that must be refused, and leave the store as it was."""

    @pytest.mark.parametrize(("method", "parameters", "content", "media_type"), WRONG.values(), ids=WRONG)
    def test_refused(
        self, client: TestClient, method: str, parameters: str, *, content: bytes, media_type: str | None
    ) -> None:
        update(client, "INSERT DATA { <a:a> <a:b> 1 . GRAPH <a:g> { <a:a> <a:b> 2 } }")
        headers = {"Content-Type": media_type} if media_type else {}
        answer = client.request(method, f"{UPDATES}?{parameters}", content=content, headers=headers)
        assert 400 <= answer.status_code < 500, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert holds(client, "<a:a> <a:b> 1 . GRAPH <a:g> { <a:a> <a:b> 2 }")


PERSON = (
    "PREFIX foaf: <http://xmlns.com/foaf/0.1/> PREFIX v: <http://www.w3.org/2006/vcard/ns#> "
    '<http://example.org/person> a foaf:Person ; foaf:businessCard [ a v:VCard ; v:fn "{}" ] .'
)
T1, T2 = PERSON.format("John Doe"), PERSON.format("Jane Doe")
T3 = 'PREFIX foaf: <http://xmlns.com/foaf/0.1/> [] a foaf:Person ; foaf:givenName "Alice" .'
FAMILY = '<http://example.org/person> <http://xmlns.com/foaf/0.1/familyName> "Doe" .'
GIVEN = '<http://example.org/person> <http://xmlns.com/foaf/0.1/givenName> "Jane" .'
BOTH_WAYS = pytest.mark.parametrize("way", ["indirect", "direct"])


def address(name: str, way: str) -> str:
    """Where a graph is put: its name in a parameter, or the address itself."""
    if way == "direct":
        return f"{STORE}/{name}"
    return f"{STORE}?graph={BASE}/{name}"


def put(client: TestClient, where: str, text: str, method: str = "PUT", media_type: str = TURTLE) -> int:
    answer = client.request(method, where, content=text.encode(), headers={"Content-Type": media_type})
    return answer.status_code


def assert_graph(client: TestClient, where: str, *texts: str) -> None:
    answer = client.get(where, headers={"Accept": "text/turtle"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
    expected = Graph()
    for text in texts:
        expected.parse(data=text, format="turtle")
    assert isomorphic(Graph().parse(data=answer.text, format="turtle"), expected), answer.text


class TestGraphStore:
    """F: the graph store protocol."""

    @BOTH_WAYS
    def test_put_get_repeat(self, client: TestClient, way: str) -> None:
        where = address("person/1.ttl", way)
        assert put(client, where, T1) == 201
        assert_graph(client, where, T1)
        assert put(client, where, T2) in (200, 204)
        assert_graph(client, where, T2)

    def test_put_get_default(self, client: TestClient) -> None:
        assert put(client, f"{STORE}?default", T3) in (200, 201, 204)
        assert_graph(client, f"{STORE}?default", T3)

    @BOTH_WAYS
    def test_put_delete_get_delete(self, client: TestClient, way: str) -> None:
        where = address("person/2.ttl", way)
        assert put(client, where, T3) in (200, 201, 204)
        assert client.delete(where).status_code in (200, 204)
        assert client.get(where).status_code == 404
        assert client.delete(where).status_code == 404

    @BOTH_WAYS
    def test_post_get_post_get(self, client: TestClient, way: str) -> None:
        where = address("person/1.ttl", way)
        assert put(client, where, T2, "POST") in (200, 201, 204)
        assert_graph(client, where, T2)
        files = {
            "one": ("one.ttl", FAMILY.encode(), "text/turtle"),
            "two": ("two.ttl", GIVEN.encode(), TURTLE),
        }
        assert client.post(where, files=files).status_code in (200, 204)
        assert_graph(client, where, T2, FAMILY, GIVEN)

    def test_post_get_new_graph(self, client: TestClient) -> None:
        answer = client.post(STORE, content=T3.encode(), headers={"Content-Type": TURTLE})
        assert answer.status_code == 201
        assert_graph(client, answer.headers["location"], T3)

    @BOTH_WAYS
    def test_head_existing(self, client: TestClient, way: str) -> None:
        where = address("person/1.ttl", way)
        put(client, where, T1)
        answer = client.head(where, headers={"Accept": "text/turtle"})
        assert (answer.status_code, answer.content) == (200, b"")
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"

    def test_head_non_existing_indirect(self, client: TestClient) -> None:
        assert client.head(address("person/4.ttl", "indirect")).status_code == 404

    def test_put_get_uri_pct_encoded_indirect(self, client: TestClient) -> None:
        assert put(client, f"{STORE}?graph={quote(f'{BASE}/person/5.ttl', safe='')}", T1) == 201
        assert_graph(client, f"{STORE}?graph={BASE}/person/5.ttl", T1)

    def test_put_get_uri_pct_encoded_twice(self, client: TestClient) -> None:
        once, twice = (f"{STORE}?graph={BASE}/person/{number}.ttl" for number in ("%31", "%2531"))
        assert put(client, once, T1) == 201
        assert put(client, twice, T3) == 201
        assert_graph(client, once, T1)
        assert_graph(client, twice, T3)
        assert holds(client, f"GRAPH <{BASE}/person/1.ttl> {{ ?s ?p ?o }}")
        assert holds(client, f"GRAPH <{BASE}/person/%31.ttl> {{ ?s ?p ?o }}")

    @pytest.mark.parametrize(
        ("where", "text", "media_type", "status"),
        [
            (f"{STORE}?graph=a:g", "<a:a> <a:b>", "text/turtle", 400),
            (f"{STORE}?graph=a:g", "<a:a> <a:b> 1 .", "text/plain", 415),
            (f"{STORE}?graph=a:g", "<a:a> <a:b> 1 .", "", 415),
            (f"{STORE}?graph=relativ", "<a:a> <a:b> 1 .", "text/turtle", 400),
            (f"{STORE}?graph=a:g> {{}} ; DROP ALL %23", "<a:a> <a:b> 1 .", "text/turtle", 400),
            (f"{STORE}?graph=a:g&default", "<a:a> <a:b> 1 .", "text/turtle", 400),
            (STORE, "<a:a> <a:b> 1 .", "text/turtle", 400),
        ],
    )
    def test_what_is_no_graph(self, client: TestClient, where: str, text: str, *, media_type: str, status: int) -> None:
        update(client, "INSERT DATA { <a:a> <a:b> 1 }")
        assert put(client, where, text, "PUT", media_type) == status
        assert holds(client, "<a:a> <a:b> 1")

    def test_other_methods(self, client: TestClient) -> None:
        answer = client.patch(STORE)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, PUT, POST, DELETE, OPTIONS")

    def test_a_text_that_kills_its_reader_kills_nothing_else(self, client: TestClient) -> None:
        bomb = '{"a:p":' * 200_000 + "1" + "}" * 200_000
        assert put(client, f"{STORE}?graph=a:g", bomb, "PUT", "application/ld+json") in (400, 503)
        assert update(client, "INSERT DATA { <a:a> <a:b> 1 }").status_code == 204


class TestReadingOnly:
    """The graph store of the published version: read by everybody, changed by nobody."""

    def test_a_graph_is_read(self, client: TestClient, examples: Path) -> None:
        name = client.get("/sparql", params={"query": "SELECT ?g { GRAPH ?g {} } ORDER BY ?g LIMIT 1"})
        graph_name = name.json()["results"]["bindings"][0]["g"]["value"]
        lines = [line for line in quads(current(examples)) if line.endswith(f" <{graph_name}> .\n")]
        answer = client.get("/gsp", params={"graph": graph_name}, headers={"Accept": "application/n-triples"})
        assert len(answer.text.splitlines()) == len(lines) > 0
        assert client.head("/gsp", params={"graph": graph_name}).status_code == 200
        whole = client.get("/gsp?default", headers={"Accept": "application/n-triples"})
        assert len(whole.text.splitlines()) > 1_000
        assert client.get("/gsp?graph=a:nothing").status_code == 404
        assert client.get("/gsp").status_code == 400
        assert client.get("/gsp?default", headers={"Accept": "text/csv"}).status_code == 406

    @pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
    def test_nothing_is_written(self, client: TestClient, method: str, examples: Path) -> None:
        before = sorted(quads(current(examples)))
        for where in ("/gsp?default", "/gsp?graph=a:g", "/gsp/person/1.ttl"):
            answer = client.request(method, where, content=T1.encode(), headers={"Content-Type": TURTLE})
            assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD, OPTIONS")
        update(client, "INSERT DATA { <a:a> <a:b> 1 }")
        assert sorted(quads(current(examples))) == before


def test_without_the_token_nobody_comes_in(client: TestClient) -> None:
    for where in (UPDATES, f"{STORE}?default"):
        for given in ("", "Bearer forkert", f"Basic {TOKEN}"):
            answer = client.get(where, headers={"Authorization": given})
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"


def test_it_is_off_where_no_token_is_set(examples: Path) -> None:
    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as shut:
        for method, where in (("POST", UPDATES), ("PUT", STORE), ("DELETE", f"{STORE}?default"), ("GET", UPDATES)):
            answer = shut.request(method, where, headers={"Authorization": "Bearer "})
            assert answer.status_code == 404
