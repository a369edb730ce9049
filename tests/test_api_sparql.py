"""The SPARQL endpoint: the protocol's own tests (A, B, C and D at the public address, E), and ours (H)."""

import http.client
import json
import socket
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
import uvicorn
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store
from pyshacl import validate
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import RDF

from api import sparql
from api.problems import add_problem_handlers
from api.workers import WorkerPool

D = "http://kasei.us/2009/09/sparql/data/data{}.rdf"
D0, D1, D2, D3 = (D.format(number) for number in range(4))
FORM, SQ, SU = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
TITLE = "Årsrapport for Ældreområdet"
OTHER_DEFAULT = {"default-graph-uri": D0}
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n0 ?o }"
Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class Settings:
    """What the endpoint reads of the settings."""

    base: str = "http://127.0.0.1:8000"
    deadline: float = 2.0


def make_app(store: Path) -> FastAPI:
    """A service with nothing but the endpoint."""
    settings = Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.pool = WorkerPool(store, public=1, reserved=1, deadline=settings.deadline)
        await app.state.pool.start()
        yield
        await app.state.pool.close()

    app = FastAPI(lifespan=lifespan)
    app.state.settings = settings
    app.state.version = 7
    app.include_router(sparql.router)
    add_problem_handlers(app)
    return app


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("store") / "1"
    written = Store(str(path))
    for name in (D1, D2, D3):
        thing = NamedNode(name)
        written.add(Quad(thing, NamedNode(TYPE), NamedNode("http://xmlns.com/foaf/0.1/Document"), thing))
    for number in range(300):
        thing = NamedNode(f"http://eksempel.dk/{number}")
        written.add(Quad(thing, NamedNode("http://eksempel.dk/titel"), Literal(TITLE), DefaultGraph()))
    written.flush()
    return path


@pytest.fixture(scope="module")
def client(store: Path) -> Iterator[TestClient]:
    with TestClient(make_app(store)) as client:
        yield client


def get(client: TestClient, pairs: Pairs | dict[str, str], **headers: str) -> Response:
    return client.get("/sparql?" + urlencode(pairs), headers=headers)


def post(client: TestClient, content: bytes | str, media_type: str | None, pairs: Pairs | None = None) -> Response:
    """A POST; without a media type there is no Content-Type header at all."""
    headers = {"Content-Type": media_type} if media_type else {}
    answer = client.post("/sparql?" + urlencode(pairs or []), content=content, headers=headers)
    assert ("content-type" in answer.request.headers) is bool(media_type)
    return answer


def assert_true(answer: Response) -> None:
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/sparql-results+json"
    assert answer.json()["boolean"] is True


def assert_problem(answer: Response, *statuses: int) -> None:
    """A 4xx with a whole problem document that gives nothing away."""
    assert answer.status_code in (statuses or range(400, 500)), answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == answer.status_code
    assert problem["title"]
    assert "Traceback" not in answer.text
    assert ".py" not in answer.text


BOTH = f"ASK {{ <{D1}> a ?type . <{D2}> a ?type . }}"
BOTH_NAMED = f"ASK {{ GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
FULL = f"ASK {{ <{D3}> a ?type GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }} }}"
DEFAULT_0 = [("default-graph-uri", D0)]
DEFAULT_1_2 = [("default-graph-uri", D1), ("default-graph-uri", D2)]
NAMED_1_2 = [("named-graph-uri", D1), ("named-graph-uri", D2)]


class TestQuery:
    """A: queries that must be answered."""

    def test_query_get(self, client: TestClient) -> None:
        assert_true(get(client, [("query", "ASK {}"), *DEFAULT_0]))

    def test_query_post_form(self, client: TestClient) -> None:
        assert_true(post(client, "query=ASK%20%7B%7D", FORM, DEFAULT_0))

    def test_query_post_direct(self, client: TestClient) -> None:
        assert_true(post(client, "ASK {}", SQ))

    def test_query_dataset_default_graphs_get(self, client: TestClient) -> None:
        assert_true(get(client, [("query", BOTH), *DEFAULT_1_2]))

    def test_query_dataset_default_graphs_post(self, client: TestClient) -> None:
        assert_true(post(client, BOTH, SQ, DEFAULT_1_2))

    def test_query_dataset_named_graphs_get(self, client: TestClient) -> None:
        assert_true(get(client, [("query", BOTH_NAMED), *NAMED_1_2]))

    def test_query_dataset_named_graphs_post(self, client: TestClient) -> None:
        assert_true(post(client, BOTH_NAMED, SQ, NAMED_1_2))

    def test_query_dataset_full(self, client: TestClient) -> None:
        assert_true(post(client, FULL, SQ, [("default-graph-uri", D3), *NAMED_1_2]))

    def test_query_multiple_dataset(self, client: TestClient) -> None:
        inside = f"GRAPH ?g1 {{ <{D1}> a ?type }} GRAPH ?g2 {{ <{D2}> a ?type }}"
        assert_true(post(client, f"ASK FROM <{D3}> {{ {inside} }}", SQ, NAMED_1_2))
        # the request line's dataset wins: D3 is then in no graph of it
        wins = post(client, f"ASK FROM <{D3}> {{ <{D3}> a ?type }}", SQ, NAMED_1_2)
        assert wins.json()["boolean"] is False

    def test_query_content_type_select(self, client: TestClient) -> None:
        answer = post(client, "SELECT (1 AS ?value) {}", SQ, DEFAULT_0)
        assert answer.headers["content-type"] == "application/sparql-results+json"
        assert answer.json()["results"]["bindings"][0]["value"]["value"] == "1"

    def test_query_content_type_ask(self, client: TestClient) -> None:
        assert_true(post(client, "ASK {}", SQ, DEFAULT_0))

    @pytest.mark.parametrize(
        ("query", "size"),
        [("DESCRIBE <http://example.org/>", 0), ("CONSTRUCT { <s> <p> 1 } WHERE {}", 1)],
        ids=["query_content_type_describe", "query_content_type_construct"],
    )
    def test_graphs(self, client: TestClient, query: str, size: int) -> None:
        answer = post(client, query, SQ, DEFAULT_0)
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "text/turtle; charset=utf-8"
        triples = Graph().parse(data=answer.text, format="turtle")
        assert len(triples) == size
        assert all(str(subject) == "http://127.0.0.1:8000/s" for subject in triples.subjects())


class TestWrongQuery:
    """B: queries that must be refused."""

    def test_bad_query_method(self, client: TestClient) -> None:
        for method in ("PUT", "PATCH", "DELETE"):
            url = "/sparql?" + urlencode([("query", "ASK {}"), *DEFAULT_0])
            answer = client.request(method, url, headers={"Content-Type": FORM})
            assert_problem(answer, 405)
            assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"

    def test_bad_multiple_queries(self, client: TestClient) -> None:
        assert_problem(get(client, [("query", "ASK {}"), ("query", "SELECT * {}")]), 400)

    def test_bad_query_wrong_media_type(self, client: TestClient) -> None:
        answer = post(client, "ASK {}", "text/plain")
        assert_problem(answer, 415)
        assert SQ in answer.headers["accept-post"]
        english = client.post("/sparql?lang=en", content="ASK {}", headers={"Content-Type": "text/plain"})
        assert english.json()["detail"].startswith("Send the text as application/sparql-query")

    def test_bad_query_missing_form_type(self, client: TestClient) -> None:
        assert_problem(post(client, "query=ASK%20%7B%7D", None), 415)

    def test_bad_query_missing_direct_type(self, client: TestClient) -> None:
        assert_problem(post(client, "ASK {}", None), 415)

    def test_bad_query_non_utf8(self, client: TestClient) -> None:
        assert_problem(post(client, "ASK {}".encode("utf-16"), SQ + "; charset=UTF-16"), 415)
        assert_problem(post(client, "ASK {}".encode("utf-16"), SQ), 400)

    def test_bad_query_syntax(self, client: TestClient) -> None:
        answer = get(client, {"query": "ASK {"})
        assert_problem(answer, 400)
        assert (answer.json()["line"], answer.json()["column"]) == (1, 6)
        assert "linje 1, tegn 6" in answer.json()["detail"]


DOCUMENT = "PREFIX foaf: <http://xmlns.com/foaf/0.1/> "
INSERT = DOCUMENT + f"CLEAR ALL ; INSERT DATA {{ GRAPH <{D1}> {{ <{D1}> a foaf:Document }} }}"
CONFLICT = DOCUMENT + "WITH <http://example/addresses> DELETE { ?p foaf:givenName 'Bill' } WHERE { ?p ?q 'Bill' }"
UPDATES: dict[str, tuple[str, bytes, str | None]] = {
    "update_post_form": ("", b"update=CLEAR+ALL", FORM),
    "update_post_direct": ("", b"CLEAR ALL", SU),
    "update_dataset_default_graph": (urlencode({"using-graph-uri": D1}), INSERT.encode(), SU),
    "update_dataset_default_graphs": (urlencode({"using-graph-uri": D2}), INSERT.encode(), SU),
    "update_dataset_named_graphs": (urlencode({"using-named-graph-uri": D1}), INSERT.encode(), SU),
    "update_dataset_full": (urlencode({"using-graph-uri": D1, "using-named-graph-uri": D2}), INSERT.encode(), SU),
    "update_base_uri": ("", b"INSERT DATA { GRAPH <g> { <s> <p> <test> } }", SU),
    "bad_multiple_updates": ("", b"update=CLEAR%20NAMED&update=CLEAR%20DEFAULT", FORM),
    "bad_update_wrong_media_type": ("", b"CLEAR NAMED", "text/plain"),
    "bad_update_missing_form_type": ("", b"update=CLEAR%20NAMED", None),
    "bad_update_non_utf8": ("", "CLEAR NAMED".encode("utf-16"), SU + "; charset=UTF-16"),
    "bad_update_syntax": ("", b"update=CLEAR%20XYZ", FORM),
    "bad_update_dataset_conflict": (
        urlencode({"using-named-graph-uri": "http://example/people"}),
        CONFLICT.encode(),
        SU,
    ),
    "update_in_the_address": ("update=CLEAR%20ALL", b"ASK {}", SQ),
    "update_as_a_query": ("", b"CLEAR ALL", SQ),
}


class TestUpdate:
    """C and D at the public address: every update is refused, and nothing changes."""

    @pytest.fixture(autouse=True)
    def unchanged(self, client: TestClient) -> Iterator[None]:
        count = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
        before = get(client, {"query": count}).json()
        yield
        assert get(client, {"query": count}).json() == before
        assert before["results"]["bindings"][0]["n"]["value"] == "303"

    @pytest.mark.parametrize(("parameters", "content", "media_type"), UPDATES.values(), ids=UPDATES)
    def test_update(self, client: TestClient, parameters: str, content: bytes, *, media_type: str | None) -> None:
        headers = {"Content-Type": media_type} if media_type else {}
        assert_problem(client.post("/sparql?" + parameters, content=content, headers=headers))

    def test_bad_update_get(self, client: TestClient) -> None:
        assert_problem(get(client, {"update": "CLEAR ALL"}), 403)


SHAPE = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
[] a sh:NodeShape ; sh:targetClass sd:Service ;
  sh:property [ sh:path sd:endpoint ; sh:minCount 1 ; sh:maxCount 1 ; sh:nodeKind sh:IRI ] ,
    [ sh:path sd:supportedLanguage ; sh:minCount 1 ; sh:in ( sd:SPARQL10Query sd:SPARQL11Query ) ] ,
    [ sh:path sd:resultFormat ; sh:minCount 10 ; sh:pattern "^http://www.w3.org/ns/formats/" ] ,
    [ sh:path sd:inputFormat ; sh:maxCount 0 ] ,
    [ sh:path sd:feature ; sh:maxCount 0 ] ,
    [ sh:path sd:defaultDataset ; sh:maxCount 1 ; sh:class sd:Dataset ;
      sh:node [ sh:property [ sh:path sd:defaultGraph ; sh:minCount 1 ; sh:maxCount 1 ; sh:class sd:Graph ] ] ] .
"""


class TestServiceDescription:
    """E: what the endpoint says of itself."""

    @pytest.mark.parametrize(
        ("accept", "form", "media_type"),
        [
            (None, "turtle", "text/turtle; charset=utf-8"),
            ("text/turtle", "turtle", "text/turtle; charset=utf-8"),
            ("application/rdf+xml", "xml", "application/rdf+xml"),
            ("application/ld+json", "json-ld", "application/ld+json"),
        ],
    )
    def test_returns_rdf_with_endpoint(
        self, client: TestClient, accept: str | None, form: str, *, media_type: str
    ) -> None:
        answer = client.get("/sparql", headers={"Accept": accept or "*/*"})
        assert (answer.status_code, answer.headers["content-type"]) == (200, media_type)
        triples = Graph().parse(data=answer.text, format=form)
        assert list(triples.objects(predicate=SD.endpoint)) == [URIRef("http://testserver/sparql")]

    def test_conforms_to_schema(self, client: TestClient) -> None:
        triples = Graph().parse(data=client.get("/sparql").text, format="turtle")
        assert len(list(triples.subjects(RDF.type, SD.Service))) == 1
        conforms, _, report = validate(triples, shacl_graph=Graph().parse(data=SHAPE, format="turtle"))
        assert conforms, report

    def test_follows_the_address_asked(self, client: TestClient) -> None:
        answer = client.get("https://sagsgraf.dk:8443/sparql")
        assert "<https://sagsgraf.dk:8443/sparql>" in answer.text

    def test_is_rdf_or_nothing(self, client: TestClient) -> None:
        assert_problem(client.get("/sparql", headers={"Accept": "text/csv"}), 406)
        assert client.head("/sparql").status_code == 200

    def test_a_dataset_without_a_query_is_no_request_for_it(self, client: TestClient) -> None:
        assert_problem(get(client, DEFAULT_0), 400)


SELECT, CONSTRUCT = "SELECT ?t { ?s <http://eksempel.dk/titel> ?t } LIMIT 2", "CONSTRUCT WHERE { ?s ?p ?o }"
ACCEPTED = [
    ("application/sparql-results+json", SELECT),
    ("application/sparql-results+xml", SELECT),
    ("text/csv", SELECT),
    ("text/tab-separated-values", SELECT),
    ("application/sparql-results+xml", "ASK {}"),
    ("text/csv", "ASK {}"),
    ("text/turtle", CONSTRUCT),
    ("application/n-triples", CONSTRUCT),
    ("application/rdf+xml", CONSTRUCT),
    ("application/ld+json", CONSTRUCT),
    ("application/trig", "DESCRIBE <http://eksempel.dk/1>"),
    ("application/n-quads", "DESCRIBE <http://eksempel.dk/1>"),
]


class TestOurOwn:
    """H: what the protocol's tests leave out."""

    @pytest.mark.parametrize(("accept", "query"), ACCEPTED)
    def test_accept_matrix(self, client: TestClient, accept: str, query: str) -> None:
        answer = get(client, {"query": query}, Accept=f"image/png, {accept};q=0.5, text/*;q=0.1")
        assert answer.status_code == 200
        assert answer.headers["content-type"].removesuffix("; charset=utf-8") == accept
        assert "Accept" in answer.headers["vary"]
        if "xml" in accept:
            ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
        if "json" in accept:
            json.loads(answer.content)
        assert TITLE in json.dumps(answer.text, ensure_ascii=False) or query == "ASK {}"

    def test_accept_unknown(self, client: TestClient) -> None:
        answer = get(client, {"query": "ASK {}"}, Accept="image/png")
        assert_problem(answer, 406)
        assert "json, xml, csv" in answer.json()["detail"]
        assert_problem(get(client, {"query": CONSTRUCT}, Accept="text/csv"), 406)

    def test_format_by_name(self, client: TestClient) -> None:
        answer = get(client, {"query": SELECT, "format": "csv"}, Accept="application/sparql-results+json")
        assert answer.text == f"t\r\n{TITLE}\r\n{TITLE}\r\n"
        assert_problem(get(client, {"query": SELECT, "format": "xlsx"}), 406)

    def test_head_query(self, client: TestClient) -> None:
        url = "/sparql?" + urlencode({"query": SELECT})
        head, whole = client.head(url), client.get(url)
        assert (head.status_code, head.headers["content-length"]) == (200, str(len(whole.content)))

    def test_options_preflight(self, client: TestClient) -> None:
        answer = client.options("/sparql", headers={"Origin": "https://a.dk", "Access-Control-Request-Method": "POST"})
        assert (answer.status_code, answer.content) == (204, b"")
        assert answer.headers["access-control-allow-origin"] == "*"
        assert answer.headers["access-control-allow-methods"] == "GET, HEAD, POST, OPTIONS"
        assert "access-control-allow-credentials" not in answer.headers

    def test_scripts_may_read_answers_and_errors(self, client: TestClient) -> None:
        for query in ("ASK {}", "ASK {"):
            answer = get(client, {"query": query}, Origin="https://a.dk")
            assert answer.headers["access-control-allow-origin"] == "*"

    def test_empty_query(self, client: TestClient) -> None:
        assert_problem(get(client, {"query": ""}), 400)
        assert_problem(get(client, {"query": " \n"}), 400)
        assert_problem(post(client, "", SQ), 400)
        assert_problem(post(client, "", FORM), 400)

    def test_query_in_both_places(self, client: TestClient) -> None:
        assert_problem(post(client, "ASK {}", SQ, [("query", "ASK {}")]), 400)
        assert_problem(post(client, "query=ASK%7B%7D", FORM, [("query", "ASK {}")]), 400)

    def test_charset_utf8(self, client: TestClient) -> None:
        query = f"ASK {{ ?s ?p '{TITLE}' }}"
        assert_true(get(client, {"query": query}))
        assert_true(post(client, query.encode(), SQ + "; charset=UTF-8"))
        assert_true(post(client, urlencode({"query": query}), FORM + ';charset="utf-8"'))
        assert_true(post(client, query.replace("{ ", "{\r\n"), SQ))

    @pytest.mark.parametrize("content", [b"ASK { ?s ?p 'bl\xe5' }", b"ASK { \x00 }", b"\xff\xfeA\x00"])
    def test_bytes_that_are_no_text(self, client: TestClient, content: bytes) -> None:
        assert_problem(post(client, content, SQ), 400)
        assert_problem(client.get("/sparql?query=" + quote(content)), 400)

    def test_bom(self, client: TestClient) -> None:
        assert_true(post(client, "\ufeffASK {}".encode(), SQ))

    @pytest.mark.parametrize("query", ["SELECT * { SERVICE <%s> { } }", "LOAD <%s>", "ASK FROM <%s> { ?s ?p ?o }"])
    def test_nothing_is_fetched(self, client: TestClient, query: str) -> None:
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            listener.listen()
            listener.settimeout(0.1)
            answer = get(client, {"query": query % f"http://127.0.0.1:{listener.getsockname()[1]}/"})
            with pytest.raises(TimeoutError):
                listener.accept()
        if "FROM" in query:
            assert answer.json()["boolean"] is False
        else:
            assert_problem(answer, 403)

    def test_limit_time(self, client: TestClient) -> None:
        begin = time.monotonic()
        answer = get(client, {"query": ENDLESS})
        assert time.monotonic() - begin < 3.0
        assert_problem(answer, 504)
        assert "sekunder" in answer.json()["detail"]
        assert "seconds" in answer.json()["detail_en"]
        assert int(answer.headers["retry-after"]) > 0
        assert_true(get(client, {"query": "ASK {}"}))

    def test_limit_size(self, client: TestClient) -> None:
        """An answer that is not kept back; what a cut one looks like stands in test_api_cut.py."""
        url = "/sparql?" + urlencode({"query": "SELECT * { ?a ?b ?c . ?d ?e ?f }"})
        answer = client.head(url)  # whole or not at all
        assert answer.status_code == 422

    def test_limit_length(self, client: TestClient) -> None:
        assert_problem(post(client, "ASK {} #" + "a" * 65_536, SQ), 413)
        assert_problem(post(client, "ASK {} #" + "a" * 300_000, SQ), 413)
        answer = get(client, {"query": "ASK {} #" + "a" * 40_000})
        assert_problem(answer, 414)
        assert "POST" in answer.json()["detail"]

    def test_big_get(self, client: TestClient) -> None:
        assert_true(get(client, {"query": "ASK {} #" + "å" * 4_000}))

    def test_limit_nesting(self, client: TestClient) -> None:
        assert_problem(post(client, "SELECT * " + "{" * 5_000 + "}" * 5_000, SQ), 400)
        assert_true(get(client, {"query": "ASK {}"}))

    def test_limit_memory(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        """A worker that dies: what admission let through by mistake must not take the service down."""
        monkeypatch.setattr(sparql, "admit", lambda query: None)
        answer = post(client, "SELECT * " + "{" * 5_000 + "}" * 5_000, SQ)
        assert_problem(answer, 503)
        assert answer.headers["retry-after"]
        assert_true(get(client, {"query": "ASK {}"}))

    def test_errors_in_english(self, client: TestClient) -> None:
        by_parameter = get(client, {"query": "ASK {", "lang": "en"}, **{"Accept-Language": "da"})
        by_header = get(client, {"query": "ASK {"}, **{"Accept-Language": "en-GB,en;q=0.9,da;q=0.5"})
        for answer in (by_parameter, by_header):
            assert answer.headers["content-language"] == "en"
            assert answer.json()["detail"].startswith("Syntax error at line 1")
        danish = get(client, {"query": "ASK {"}, **{"Accept-Language": "da, en;q=0.9"})
        assert danish.json()["detail"].startswith("Syntaksfejl på linje 1")

    def test_etag(self, client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
        first = get(client, {"query": SELECT})
        tag = first.headers["etag"]
        again = get(client, {"query": SELECT}, **{"If-None-Match": f'"andet", W/{tag}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert get(client, {"query": SELECT}, Accept="text/csv").headers["etag"] != tag
        assert get(client, [("query", SELECT), *DEFAULT_0]).headers["etag"] != tag
        assert "etag" not in get(client, {"query": "SELECT (NOW() AS ?n) {}"}).headers
        app = client.app
        assert isinstance(app, FastAPI)
        monkeypatch.setattr(app.state, "version", 8)
        newer = get(client, {"query": SELECT}, **{"If-None-Match": tag})
        assert (newer.status_code, newer.headers["etag"] == tag) == (200, False)

    def test_unknown_parameters_are_left_alone(self, client: TestClient) -> None:
        assert_true(get(client, {"query": "ASK {}", "timeout": "99", "using-graph-uri": D1}))


def test_a_real_server_answers_and_takes_odd_requests(store: Path) -> None:
    """Through uvicorn and a socket, where the client adds nothing of its own."""
    server = uvicorn.Server(uvicorn.Config(make_app(store), host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
        expected = {
            ("POST", b"ASK {}"): 415,
            ("POST", b"query=ASK%20%7B%7D"): 415,
            ("PUT", b""): 405,
            ("HEAD", b""): 200,
        }
        for (method, body), status in expected.items():
            connection.putrequest(method, "/sparql", skip_accept_encoding=True)
            connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status, method
        connection.request("GET", "/sparql?query=" + quote("ASK {}"))
        assert json.loads(connection.getresponse().read()) == {"head": {}, "boolean": True}
        connection.close()
    finally:
        server.should_exit = True
        thread.join()
