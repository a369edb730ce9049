"""The stream of changes: whoever walks it has the graph, after additions, changes and withdrawals."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, Dataset, Graph, Literal, Namespace, Node, URIRef
from rdflib.namespace import DCTERMS

from api.app import create_app
from api.settings import Settings
from graph.build import build
from graph.changelog import events
from graph.erasure.withdrawing import withdraw
from graph.municipalities.load import load_municipality
from graph.store import current, statements
from tests.conftest import EXAMPLES

BASE = "http://127.0.0.1:8000"
LDES, TREE = Namespace("https://w3id.org/ldes#"), Namespace("https://w3id.org/tree#")
AS = Namespace("https://www.w3.org/ns/activitystreams#")
ATOM, STONES = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
Triples = set[tuple[Node, Node, Node]]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of its own: one source, then one changed and the others added, then one withdrawn."""
    folder = tmp_path_factory.mktemp("stream")
    minutes = folder / "minutes"
    minutes.mkdir()
    settings = load_municipality(EXAMPLES / "elmested.toml")
    for path in EXAMPLES.iterdir():
        shutil.copy(path, minutes)
    first = minutes / "direktionen-2024-08-21.md"
    build([first], settings, data=folder / "data")
    first.write_text(first.read_text("utf-8").replace("materielgård", "materielplads"), "utf-8")
    build([minutes], settings, data=folder / "data")
    withdraw("direktionen-2025-02-12.md", data=folder / "data", reason="Lukket punkt.")
    return folder / "data"


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    """A client of the service over that folder."""
    with TestClient(create_app(Settings(data=data)), base_url=BASE) as found:
        yield found


def stored(data: Path) -> Triples:
    """The default graph of the version in force."""
    text = "".join(f"{s} {p} {o} .\n" for s, p, o, name in statements(current(data)) if not name)
    return set(Graph().parse(data=text, format="nt"))


def walked(get: Callable[[str], Dataset]) -> dict[Node, tuple[str, Node, Triples]]:
    """The last version of each thing by walking every page from the root: when, what happened, and what it says."""
    todo, seen, last = [f"{BASE}/stream"], set[str](), dict[Node, tuple[str, Node, Triples]]()
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        found = get(address)
        plain = found.default_graph
        todo += [str(o) for o in plain.objects(None, TREE.node)]
        for member in plain.objects(None, TREE.member):
            thing, at = plain.value(member, DCTERMS.isVersionOf), str(plain.value(member, DCTERMS.created))
            kind = plain.value(member, RDF.type)
            assert thing is not None
            assert kind is not None
            told = set(found.graph(member))
            if thing not in last or last[thing][0] < at:
                last[thing] = (at, kind, told)
    return last


@pytest.mark.parametrize(
    ("accept", "form"),
    [("application/trig", "trig"), ("application/n-quads", "nquads"), ("application/ld+json", "json-ld")],
)
def test_a_walk_over_the_pages_builds_the_graph_again(client: TestClient, data: Path, accept: str, form: str) -> None:
    def get(address: str) -> Dataset:
        answer = client.get(address, headers={"Accept": accept})
        assert answer.headers["content-type"].partition(";")[0] == accept
        found = Dataset()
        found.parse(data=answer.text, format=form)
        return found

    last = walked(get)
    copied = set().union(*(triples for _, _, triples in last.values()))
    assert copied == stored(data)
    kinds = {kind for _, kind, _ in last.values()}
    assert kinds == {AS.Create, AS.Update, AS.Delete}
    meeting = URIRef(f"{BASE}/id/meetings/0999/direktionen/2025-02-12")
    assert last[meeting][1:] == (AS.Delete, set()), "the tombstone holds the id and the date alone"


def test_the_root_tells_the_rules_of_the_stream(client: TestClient) -> None:
    found = Dataset()
    found.parse(data=client.get("/stream").text, format="trig")
    plain = found.default_graph
    stream = URIRef(f"{BASE}/stream#events")
    assert (stream, RDF.type, LDES.EventStream) in plain
    assert plain.value(stream, LDES.timestampPath) == DCTERMS.created
    assert plain.value(stream, LDES.versionOfPath) == DCTERMS.isVersionOf
    assert plain.value(stream, TREE.view) == URIRef(f"{BASE}/stream")
    policy = plain.value(URIRef(f"{BASE}/stream"), LDES.retentionPolicy)
    assert (policy, RDF.type, LDES.LatestVersionSubset) in plain
    assert plain.value(policy, LDES.amount) == Literal(1)
    for relation in plain.objects(URIRef(f"{BASE}/stream"), TREE.relation):
        assert plain.value(relation, TREE.path) == DCTERMS.created
        assert plain.value(relation, TREE.value) is not None


def test_full_pages_may_be_kept_and_the_last_may_not(client: TestClient, data: Path) -> None:
    count = len(list((data / "stream").glob("*.json")))
    assert count > 2
    assert "immutable" in client.get("/stream/1").headers["cache-control"]
    assert "immutable" not in client.get(f"/stream/{count}").headers["cache-control"]
    tag = client.get("/stream/1").headers["etag"]
    assert client.get("/stream/1", headers={"If-None-Match": tag}).status_code == 304
    assert client.get(f"/stream/{count + 1}").status_code == 404
    assert client.get("/stream/1", headers={"Accept": "text/turtle"}).status_code == 406, "Turtle has no named graphs"


def test_modified_since_leaves_out_what_is_older(client: TestClient, data: Path) -> None:
    def targets(since: str) -> set[Node]:
        found = Dataset()
        found.parse(data=client.get("/stream", params={"modified_since": since}).text, format="trig")
        return set(found.default_graph.objects(None, TREE.node))

    last = max(event.at for event in events(data))
    assert len(targets("2000-01-01")) > len(targets(last)) > 0
    assert targets("2999-01-01") == set()
    assert client.get("/stream?modified_since=igår").status_code == 400
    assert client.get('/stream?x="<{>&modified_since=2026-01-01').status_code == 200, "foreign letters stay outside"
    assert client.get("/stream.atom?modified_since=igår").status_code == 400
    recent = ElementTree.fromstring(client.get("/stream.atom", params={"modified_since": last}).text)  # noqa: S314
    assert len(recent) > 5
    expected = sum(event.at >= last and event.kept for event in events(data))
    assert len(recent.findall(f"{ATOM}entry")) + len(recent.findall(f"{STONES}deleted-entry")) == expected


def test_atom_tells_the_same_newest_first_with_tombstones(client: TestClient, data: Path) -> None:
    entries, stones, path = [], [], "/stream.atom"
    while path:
        answer = client.get(path)
        assert answer.headers["content-type"] == "application/atom+xml"
        root = ElementTree.fromstring(answer.text)  # noqa: S314 - our own feed
        entries += [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
        stones += [stone.get("ref", "") for stone in root.findall(f"{STONES}deleted-entry")]
        older = [link.get("href", "") for link in root.findall(f"{ATOM}link") if link.get("rel") == "prev-archive"]
        path = older[0] if older else ""
    told = [event for event in reversed(list(events(data))) if event.kept]
    assert entries == [event.thing for event in told if event.triples is not None]
    assert sorted(stones) == sorted(event.thing for event in told if event.triples is None)
    assert client.get("/stream.atom?page=99").status_code == 404
