"""Where machines look first: VoID, sitemap, robots.txt and llms.txt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, Literal, Namespace, URIRef

from api.app import create_app
from api.settings import Settings
from graph.store import Reader, current
from tests.conftest import EXAMPLES

BASE = "http://127.0.0.1:8000"
VOID = Namespace("http://rdfs.org/ns/void#")
WHOLE = URIRef(f"{BASE}/catalog#all")


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    """A client of the service over the examples' graph."""
    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as found:
        yield found


@pytest.mark.parametrize(
    ("accept", "form"), [("text/turtle", "turtle"), ("application/ld+json", "json-ld"), ("application/rdf+xml", "xml")]
)
def test_void_counts_what_the_endpoint_counts(client: TestClient, examples: Path, accept: str, form: str) -> None:
    found = Graph().parse(data=client.get("/.well-known/void", headers={"Accept": accept}).text, format=form)
    select = Reader.open(current(examples)).select
    triples = select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }")[0]["n"]["value"]
    assert found.value(WHOLE, VOID.triples) == Literal(int(triples))
    classes = {
        found.value(p, VOID["class"]): found.value(p, VOID.entities) for p in found.objects(WHOLE, VOID.classPartition)
    }
    counted = select("SELECT ?kind (COUNT(?s) AS ?n) WHERE { ?s a ?kind } GROUP BY ?kind")
    assert classes == {URIRef(row["kind"]["value"]): Literal(int(row["n"]["value"])) for row in counted}
    properties = {found.value(p, VOID.property) for p in found.objects(WHOLE, VOID.propertyPartition)}
    assert properties == {URIRef(row["p"]["value"]) for row in select("SELECT DISTINCT ?p WHERE { ?s ?p ?o }")}


def test_void_names_the_endpoint_the_dumps_and_the_links_out(client: TestClient) -> None:
    found = Graph().parse(data=client.get("/.well-known/void").text, format="turtle")
    assert found.value(WHOLE, VOID.sparqlEndpoint) == URIRef(f"{BASE}/sparql")
    dumps = list(found.objects(WHOLE, VOID.dataDump))
    assert len(dumps) == 5
    assert all(client.head(str(dump)).status_code == 200 for dump in dumps)
    targets = set(found.objects(None, VOID.objectsTarget))
    assert URIRef("http://metadata.un.org/sdg") in targets
    assert all(int(str(found.value(link, VOID.triples))) > 0 for link in found.objects(WHOLE, VOID.subset))
    assert client.get("/.well-known/void", headers={"Accept": "image/png"}).status_code == 406


def test_the_sitemap_names_pages_that_are_there_and_no_people(client: TestClient) -> None:
    root = ElementTree.fromstring(client.get("/sitemap.xml").text)  # noqa: S314 - our own file
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = {url.findtext(f"{space}loc", ""): url.findtext(f"{space}lastmod", "") for url in root}
    assert len(urls) > 50
    assert not any("/people/" in url for url in urls)
    things = [url for url, modified in urls.items() if modified]
    assert things
    for url in sorted(things)[::10]:
        assert client.get(url, headers={"Accept": "text/html"}).status_code == 200, url


def test_robots_are_led_away_from_people_and_to_the_sitemap(client: TestClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert {"User-agent: *", "Disallow: /people/", "Disallow: /sparql", f"Sitemap: {BASE}/sitemap.xml"} <= set(lines)


def test_llms_txt_tells_the_limits_and_leads_to_what_is_there(client: TestClient) -> None:
    text = client.get("/llms.txt").text
    assert text.startswith("# Sagsgraf\n")
    for address in (part.partition(")")[0] for part in text.split("](")[1:]):
        assert client.get(address).status_code == 200, address
    assert 'never "not treated"' in text


def test_the_usual_place_leads_to_the_catalogue(client: TestClient) -> None:
    assert client.get("/.well-known/dcat", follow_redirects=False).headers["location"] == "/catalog"


def test_the_guide_for_portals_names_only_what_is_there(client: TestClient) -> None:
    guide = (EXAMPLES.parent / "portals.md").read_text("utf-8")
    paths = set(re.findall(r"`(?:https://[a-z.]+)?(/[a-z.-]+[^` ]*)`", guide))
    assert {"/catalog", "/catalog.jsonld", "/stream", "/dumps/all.nq.gz", "/.well-known/void"} <= paths
    for path in sorted(paths):
        assert client.get(path).status_code == 200, path
    names = {f"SAGSGRAF_{part.name.upper()}" for part in fields(Settings)}
    assert set(re.findall(r"SAGSGRAF_[A-Z]+", guide)) <= names
