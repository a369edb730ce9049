"""The catalogue as harvesters meet it: valid by DCAT-AP's own shapes, whole in every form, its files as promised."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from pyshacl import validate
from rdflib import OWL, RDF, SH, Graph, Literal, Namespace, Node, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCTERMS, FOAF

from api.app import create_app
from api.catalogue import rendered
from api.dcat.catalogue import catalogue
from api.settings import Settings, from_environment
from graph.dumps import read_catalogue
from graph.errors import SettingsError
from graph.store import current
from tests.conftest import SHARED

BASE = "http://127.0.0.1:8000"
VALIDATORS = SHARED / "validators"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
DQV = Namespace("http://www.w3.org/ns/dqv#")

# Recommended shapes: what still warns, and why it stays so.
ARGUED = {
    DCAT.bbox: "we hold no geometry: a place is a country of the EU's table or a municipality with its code",
    DCAT.centroid: "as for dcat:bbox",
}


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    """A client of the service over the examples' graph."""
    with TestClient(create_app(Settings(data=examples, contact="aabne-data@elmested.dk")), base_url=BASE) as found:
        yield found


def made(examples: Path, profile: str = "", settings: Settings | None = None) -> Graph:
    """The catalogue of the examples' graph."""
    told = read_catalogue(current(examples))["datasets"]
    return catalogue(settings or Settings(data=examples), told, profile=profile)


def findings(triples: Graph, name: str) -> tuple[set[tuple[Node | None, Node | None]], int]:
    """What some shapes find, as (path, focus node), and on how many nodes they looked."""
    path = VALIDATORS / name
    if not path.exists():
        pytest.skip("../shared/validators is absent: others' shapes are not part of the project")
    shapes = Graph().parse(path)
    shapes.remove((None, OWL.imports, None))
    targets = set(shapes.objects(None, SH.targetClass))
    focus = {node for kind in targets for node in triples.subjects(RDF.type, kind)}
    _, report, _ = validate(triples, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    results = report.subjects(RDF.type, SH.ValidationResult)
    return {(report.value(r, SH.resultPath), report.value(r, SH.focusNode)) for r in results}, len(focus)


@pytest.mark.parametrize(
    ("name", "profile", "least"),
    [
        ("dcat-ap-3.0.1-shapes.ttl", "", 70),
        ("dcat-ap-3.0.1-range.ttl", "", 40),
        ("dcat-ap-3.0.1-deprecateduris.ttl", "", 30),
        ("dcat-ap-dk-2.0.2-shapes.ttl", "dcat-ap-dk", 90),
    ],
)
def test_the_shapes_of_others_find_nothing(examples: Path, name: str, profile: str, least: int) -> None:
    found, focus = findings(made(examples, profile), name)
    assert focus >= least, "shapes that look at nothing pass anything"
    assert found == set()


def test_each_warning_of_the_recommended_shapes_is_argued(examples: Path) -> None:
    found, focus = findings(made(examples), "dcat-ap-3.0.1-shapes_recommended.ttl")
    assert focus >= 45
    assert {path for path, _ in found} == set(ARGUED)
    assert all(node == URIRef(EU_DENMARK) or "#place-" in str(node) for _, node in found)


EU_DENMARK = "http://publications.europa.eu/resource/authority/country/DNK"


@pytest.mark.parametrize("spoilt", [DCTERMS.title, DCTERMS.publisher, DCAT.accessURL, SPDX.checksumValue])
def test_the_shapes_would_find_what_is_missing(examples: Path, spoilt: URIRef) -> None:
    triples = made(examples)
    triples.remove((None, spoilt, None))
    found, _ = findings(triples, "dcat-ap-3.0.1-shapes.ttl")
    assert found


def test_the_danish_profile_differs_only_where_it_contradicts(examples: Path) -> None:
    plain, danish = made(examples), made(examples, "dcat-ap-dk")
    changed = {p for triples in (plain - danish, danish - plain) for _, p, _ in triples}
    about = {DCTERMS.language, DCAT.byteSize, URIRef("http://data.europa.eu/r5r/availability")}
    about |= {SPDX.algorithm, SPDX.checksumValue}
    names = {RDF.type, URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")}
    assert changed == about | names


def test_every_dataset_says_what_a_portal_shows(examples: Path) -> None:
    triples = made(examples)
    datasets = set(triples.subjects(RDF.type, DCAT.Dataset))
    assert len(datasets) == 7
    for dataset in datasets:
        for words in (DCTERMS.title, DCTERMS.description):
            texts = [o for o in triples.objects(dataset, words) if isinstance(o, Literal)]
            assert {text.language for text in texts} == {"da", "en"}
        for needed in (DCTERMS.publisher, DCAT.contactPoint, DCAT.theme, DCTERMS.temporal, DCAT.distribution,
                       DCTERMS.spatial, DCTERMS.provenance, DCTERMS.conformsTo, DQV.hasQualityMeasurement):  # fmt: skip
            assert (dataset, needed, None) in triples, (dataset, needed)
    series = set(triples.subjects(RDF.type, DCAT.DatasetSeries))
    assert {s for s, _ in triples.subject_objects(DCAT.inSeries)} < datasets
    assert set(triples.objects(None, DCAT.inSeries)) == series != set()
    for distribution in triples.subjects(RDF.type, DCAT.Distribution):
        assert (distribution, DCTERMS.license, None) in triples
    for service in (URIRef(f"{BASE}/catalog#sparql"), URIRef(f"{BASE}/catalog#rest")):
        assert (URIRef(f"{BASE}/catalog"), DCAT.service, service) in triples
        assert triples.value(service, DCAT.endpointDescription)


def test_publisher_contact_and_licence_come_from_the_settings(examples: Path) -> None:
    settings = replace(
        Settings(data=examples), publisher="Elmested Byråd", contact="data@elmested.dk", licence="https://e.dk/vilkår"
    )
    triples = made(examples, settings=settings)
    publisher = triples.value(URIRef(f"{BASE}/catalog"), DCTERMS.publisher)
    assert triples.value(publisher, FOAF.name) == Literal("Elmested Byråd", "da")
    assert URIRef("mailto:data@elmested.dk") in set(triples.objects())
    assert set(triples.objects(None, DCTERMS.license)) == {URIRef("https://e.dk/vilkår")}
    own = made(examples)
    assert own.value(URIRef(f"{BASE}/catalog"), DCTERMS.publisher) == URIRef(f"{BASE}/id/municipalities/0999")


@pytest.mark.parametrize(
    ("accept", "suffix", "form", "media_type"),
    [
        ("text/turtle", "ttl", "turtle", "text/turtle; charset=utf-8"),
        ("application/ld+json", "jsonld", "json-ld", "application/ld+json"),
        ("application/rdf+xml", "rdf", "xml", "application/rdf+xml"),
        ("application/n-triples", "nt", "nt", "application/n-triples"),
    ],
)
@pytest.mark.parametrize("profile", ["", "dcat-ap-dk"])
def test_the_catalogue_is_the_same_in_every_form(
    client: TestClient, examples: Path, accept: str, suffix: str, form: str, media_type: str, profile: str
) -> None:
    asked = {"profile": profile} if profile else {}
    by_accept = client.get("/catalog", params=asked, headers={"Accept": accept})
    assert by_accept.headers["content-type"] == media_type
    assert "Accept" in by_accept.headers["vary"]
    by_suffix = client.get(f"/catalog.{suffix}", params=asked)
    assert by_suffix.content == by_accept.content
    found = Graph().parse(data=by_suffix.text, format=form)
    assert isomorphic(found, made(examples, profile, client.app.state.settings))  # type: ignore[attr-defined]


def test_the_catalogue_says_where_else_it_is_and_what_is_new(client: TestClient) -> None:
    answer = client.get("/catalog")
    for rel in ("canonical", "alternate", "license", "profile"):
        assert f'rel="{rel}"' in answer.headers["link"]
    assert answer.headers["last-modified"].endswith("GMT")
    again = client.get("/catalog", headers={"If-None-Match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head("/catalog").headers["etag"] == answer.headers["etag"]
    assert client.get("/catalog", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/catalog.xlsx").status_code == 406
    assert client.get("/catalog", params={"profile": "unknown"}).status_code == 400


def test_every_file_of_the_catalogue_is_served_as_it_is_described(client: TestClient, examples: Path) -> None:
    triples = made(examples)
    files = list(triples.subject_objects(DCAT.downloadURL))
    assert len(files) == 25
    for distribution, address in files:
        answer = client.get(str(address))
        assert answer.status_code == 200, address
        assert "content-encoding" not in answer.headers
        assert len(answer.content) == int(str(triples.value(distribution, DCAT.byteSize)))
        checksum = triples.value(triples.value(distribution, SPDX.checksum), SPDX.checksumValue)
        assert hashlib.sha256(answer.content).hexdigest() == str(checksum)


def test_a_broken_download_is_resumed(client: TestClient) -> None:
    whole = client.get("/dumps/all.nq.gz")
    tag = whole.headers["etag"]
    half = len(whole.content) // 2
    start = client.get("/dumps/all.nq.gz", headers={"Range": f"bytes=0-{half - 1}"})
    rest = client.get("/dumps/all.nq.gz", headers={"Range": f"bytes={half}-", "If-Range": tag})
    assert (start.status_code, rest.status_code) == (206, 206)
    assert rest.headers["content-range"] == f"bytes {half}-{len(whole.content) - 1}/{len(whole.content)}"
    assert start.content + rest.content == whole.content
    changed = client.get("/dumps/all.nq.gz", headers={"Range": f"bytes={half}-", "If-Range": '"another"'})
    assert (changed.status_code, changed.content) == (200, whole.content)
    beyond = client.get("/dumps/all.nq.gz", headers={"Range": f"bytes={len(whole.content)}-"})
    assert beyond.status_code == 416
    assert client.get("/dumps/all.nq.gz", headers={"If-None-Match": tag}).status_code == 304
    assert client.head("/dumps/all.nq.gz").headers["content-length"] == str(len(whole.content))


def test_only_listed_files_are_served(client: TestClient) -> None:
    for name in ("record.json", "..%2Frecord.json", "all.nq", "%2e%2e%2fCURRENT"):
        assert client.get(f"/dumps/{name}").status_code == 404, name


def test_the_catalogue_is_made_once_for_a_version(examples: Path) -> None:
    settings = Settings(data=examples)
    number = current(examples).number
    first = rendered(settings, number, profile="", form="turtle")
    assert rendered(settings, number, profile="", form="turtle") is first


@pytest.mark.parametrize(
    ("path", "word"), [("/catalog", "Filer"), ("/en/catalog", "Files"), ("/catalog.html", "Filer")]
)
def test_the_page_lists_every_file_and_tells_search_engines(client: TestClient, path: str, word: str) -> None:
    answer = client.get(path, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})
    assert answer.headers["content-type"].startswith("text/html")
    assert word in answer.text
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', answer.text, re.DOTALL)
    assert block
    told = json.loads(block.group(1))
    assert {row["@type"] for row in told} == {"Dataset"}
    files = {file["contentUrl"].removeprefix(BASE) for row in told for file in row["distribution"]}
    assert len(files) == 25
    assert all(f'href="{file}"' in answer.text for file in files)
    assert all(row["license"] and row["creator"]["name"] and row["temporalCoverage"] for row in told)


@pytest.mark.parametrize(
    ("name", "value"),
    [("SAGSGRAF_LICENCE", "CC BY"), ("SAGSGRAF_LICENCE", "https://e.dk/<x>"), ("SAGSGRAF_CONTACT", "ring til os")],
)
def test_a_setting_that_is_no_address_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        from_environment({name: value})


def test_settings_are_taken_as_they_are_written() -> None:
    found = from_environment({"SAGSGRAF_PUBLISHER": " Elmested  Kommune", "SAGSGRAF_CONTACT": "https://e.dk/kontakt"})
    assert (found.publisher, found.contact) == ("Elmested Kommune", "https://e.dk/kontakt")
    assert found.licence.endswith("/CC_BY_4_0")
