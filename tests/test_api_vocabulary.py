"""The vocabulary as it is served: /def and each term and concept, as a page and as data, over the examples' graph."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.namespace import OWL, SH, SKOS

from api.app import create_app
from api.settings import Settings
from api.views.class_diagram import ARROWS, HIGH, PLACES, STEP_X, STEP_Y, WIDE
from api.views.vocabulary import classes_of, schemes, term_view, terms
from graph.terms import CLASSES, CONCEPTS, PROPERTIES, SAG, VOCABULARY, iri
from graph.vocabulary import minutes_shapes, vocabulary

ROOT = Path(__file__).parents[1]
BASE = "http://127.0.0.1:8000"
PAGE = {"Accept": "text/html"}
FORMATS = {
    "text/turtle": "turtle",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
    "application/n-triples": "nt",
}


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=examples, deadline=5.0)), base_url=BASE) as found:
        yield found


class Words(HTMLParser):
    """The text of a page, its links, and what opened without closing."""

    EMPTY = frozenset({"meta", "link", "input", "br", "path", "circle", "rect"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.text = ""
        self.links: list[str] = []
        self.open: list[str] = []
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        assert "style" not in values
        if href := values.get("href"):
            self.links.append(href)
        if name := values.get("id"):
            self.ids.append(name)
        if tag not in self.EMPTY:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.mark.parametrize("media_type", FORMATS)
def test_the_vocabulary_comes_as_what_is_asked_for(client: TestClient, media_type: str) -> None:
    answer = client.get("/def", headers={"Accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    assert "Accept" in answer.headers["vary"].split(", ")
    found = Graph().parse(data=answer.text, format=FORMATS[media_type])
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    ours = {s for kind in kinds for s in found.subjects(RDF.type, kind) if isinstance(s, URIRef)}
    assert ours == {SAG[name] for name in (*CLASSES, *PROPERTIES)}
    assert Graph().parse(ROOT / "ontology" / "sagsgraf.ttl").isomorphic(found)


def test_a_suffix_asks_for_a_format_and_wins_over_the_header(client: TestClient) -> None:
    for suffix, form in (("ttl", "turtle"), ("jsonld", "json-ld"), ("rdf", "xml"), ("nt", "nt")):
        for path in ("/def", "/def/heldBy", "/concept/outcome", "/concept/outcome/discussed"):
            answer = client.get(f"{path}.{suffix}", headers=PAGE)
            assert len(Graph().parse(data=answer.text, format=form)) > 5, path


def test_what_is_not_offered_is_406_and_what_is_not_there_404(client: TestClient) -> None:
    assert client.get("/def", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/def/heldBy", headers={"Accept": "image/png"}).status_code == 406
    for path in (
        "/def/nothing",
        "/def/heldBy.docx",
        "/def.docx",
        "/concept/nothing",
        "/concept/outcome/nothing",
        "/concept/Outcome",
        "/def/files/..%2Fpyproject.toml",
        "/def/files/unused.toml",
        "/concept/outcome/%3E%20%7D",
    ):
        assert client.get(path, headers=PAGE).status_code == 404, path


def test_the_page_lists_every_term_with_its_words_in_both_languages(client: TestClient) -> None:
    for path in ("/def", "/en/def"):
        page = Words(client.get(path, headers=PAGE).text)
        assert page.open == []
        assert len(page.ids) == len(set(page.ids))
        for name in (*CLASSES, *PROPERTIES):
            labels = {o.language: str(o) for o in vocabulary().objects(SAG[name], RDFS.label) if isinstance(o, Literal)}
            assert labels["da"] in page.text
            assert labels["en"] in page.text
            assert f"{path}/{name}" in page.links


def test_every_link_of_the_page_answers(client: TestClient) -> None:
    page = Words(client.get("/def", headers=PAGE).text)
    local = {link for link in page.links if link.startswith("/") and not link.startswith("/static")}
    assert len(local) > len(CLASSES) + len(PROPERTIES) + len(schemes())
    for link in sorted(local):
        assert client.get(link, headers=PAGE).status_code == 200, link


@pytest.mark.parametrize("name", [*CLASSES, *PROPERTIES])
def test_a_terms_page_tells_all_that_there_is_to_tell(client: TestClient, name: str) -> None:
    page = Words(client.get(f"/def/{name}", headers=PAGE).text)
    for predicate in (RDFS.label, SKOS.definition, SKOS.scopeNote, SKOS.example):
        for told in vocabulary().objects(SAG[name], predicate):
            assert str(told) in page.text
    assert f"/def/{name}.ttl" in page.links
    english = client.get(f"/en/def/{name}").text
    assert 'lang="en"' in english.partition(">")[2][:40]


def test_an_example_comes_from_the_graph_with_its_sentence(client: TestClient) -> None:
    page = Words(client.get("/def/plannedDate", headers=PAGE).text)
    assert re.search(r"I grafen\s*\S+#step-\S+\s*→\s*20\d\d-\d\d-\d\d", page.text)
    (read,) = [link for link in page.links if link.startswith("/sources/")]
    assert client.get(read.partition("#")[0], headers=PAGE).status_code == 200
    assert "Grafen har intet eksempel endnu." in client.get("/def/Redaction", headers=PAGE).text


def test_unused_terms_alone_have_no_example(client: TestClient) -> None:
    reasons = tomllib.loads((ROOT / "ontology" / "unused.toml").read_text("utf-8"))["reason"]
    unused = {term for reason in reasons for term in reason["terms"]}
    for name in ("Meeting", "heldBy", "Redaction", "votesFor"):
        bare = "Grafen har intet eksempel endnu." in client.get(f"/def/{name}", headers=PAGE).text
        assert bare == (name in unused), name


def test_the_shapes_that_apply_are_named(client: TestClient) -> None:
    page = client.get("/def/decisionDate", headers=PAGE).text
    assert "shape:Decision-decisionDate" in page
    assert "shape:Decision-date" in page
    for shape in minutes_shapes().subjects(SH.path, SAG.heldBy):
        view = term_view(SAG.heldBy)
        assert view is not None
        assert str(shape).rpartition("#")[2] in {row.shape.rpartition(":")[2] for row in view.requirements}


def test_every_class_has_a_requirement() -> None:
    assert [view.name.short for view in terms("class") if not view.requirements] == []


def test_a_concept_shows_its_scheme_and_a_thing_it_is_said_of(client: TestClient) -> None:
    page = Words(client.get("/concept/outcome/discussed", headers=PAGE).text)
    assert "drøftet" in page.text
    assert "/concept/outcome" in page.links
    assert [link for link in page.links if link.startswith("/decisions/")]
    data = Graph().parse(data=client.get("/concept/outcome/discussed.ttl").text)
    assert (URIRef(f"{CONCEPTS}outcome/discussed"), SKOS.inScheme, URIRef(f"{CONCEPTS}outcome")) in data


def test_a_schemes_data_is_its_file(client: TestClient) -> None:
    for scheme in ("outcome", "party", "region"):
        data = Graph().parse(data=client.get(f"/concept/{scheme}.ttl").text)
        assert data.isomorphic(Graph().parse(ROOT / "ontology" / "concepts" / f"{scheme}.ttl")), scheme


def test_the_files_are_those_of_the_project(client: TestClient) -> None:
    for name, path in (
        ("sagsgraf.ttl", "ontology/sagsgraf.ttl"),
        ("minutes.ttl", "shapes/minutes.ttl"),
        ("oslo.sssom.tsv", "ontology/mappings/oslo.sssom.tsv"),
    ):
        assert client.get(f"/def/files/{name}").content == (ROOT / path).read_bytes()


def test_the_diagram_says_what_the_vocabulary_says() -> None:
    for source, name, target in ARROWS:
        if name.startswith("sag:"):
            for end, predicate in ((source, RDFS.domain), (target, RDFS.range)):
                said = set(classes_of(vocabulary().objects(URIRef(iri(name)), predicate)))
                assert said & {URIRef(iri(end)), RDFS.Resource}, name
    assert {end for source, _, target in ARROWS for end in (source, target)} == set(PLACES)
    assert len(set(PLACES.values())) == len(PLACES)


def test_arrows_run_between_neighbours_and_the_list_says_the_same(client: TestClient) -> None:
    for source, _, target in ARROWS:
        (x, y), (u, v) = PLACES[source], PLACES[target]
        assert max(abs(x - u), abs(y - v)) == 1
    assert (STEP_X - WIDE, STEP_Y - HIGH) >= (100, 60)
    page = client.get("/def", headers=PAGE).text
    drawing = page[page.index("<svg") : page.index("</svg>")]
    told = page[page.index("</svg>") : page.index("</ul>", page.index("</svg>"))]
    for name in PLACES:
        assert f'href="/def/{name.removeprefix("sag:")}"' in drawing
    assert told.count("<li>") == drawing.count("marker-end") == len(ARROWS)


def test_addresses_in_the_vocabulary_are_those_served(client: TestClient) -> None:
    """A redirect from w3id.org would only have to change the host: the paths are the same, but for the # of terms."""
    assert VOCABULARY.endswith("/def#")
    assert client.get(f"/{CONCEPTS.partition('/sagsgraf/')[2]}outcome/discussed", headers=PAGE).status_code == 200
