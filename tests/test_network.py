"""The network view: ways with the sentence on each step, brokers, groups and cores, and files for other programs."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from graph.network.edges import BODY, CASE, PERSON, Edge, Node, Sentence
from graph.network.exports import FORMS, export
from graph.network.view import PROJECTIONS, Network
from graph.sources import text_of
from graph.store import Reader, current


@pytest.fixture(scope="module")
def seen(seeds: Path) -> Network:
    """The network of the two Norddjurs minutes."""
    return Network.read(Reader.open(current(seeds)).select)


@pytest.fixture(scope="module")
def yard(examples: Path) -> Network:
    """The network of the examples."""
    return Network.read(Reader.open(current(examples)).select)


def iri(network: Network, label: str) -> str:
    """The one thing whose name holds these words."""
    (found,) = (node.iri for node in network.nodes.values() if label in node.label)
    return found


def test_how_bettina_andersen_and_the_council_are_connected(seen: Network) -> None:
    ways = seen.ways(iri(seen, "Bettina Andersen"), iri(seen, "Kommunalbestyrelsen"))
    named = [[step.here.label.split(" ")[0] for step in way] + [way[-1].there.label] for way in ways]
    assert named == [["Bettina", "Kommende", "Direktionen", "TRIO-stormøde", "Kommunalbestyrelsen"]]
    (way,) = ways
    assert [step.edge.kind for step in way] == ["took-part", "treated", "treated", "sent-to"]
    assert any("Økonomichef Bettina Andersen deltog" in s.quote for s in way[0].edge.sentences)
    assert any("Kommunalbestyrelsen d. 13. december" in s.quote for s in way[3].edge.sentences)


@pytest.mark.parametrize("name", ["seen", "yard"])
def test_every_connection_rests_on_words_of_a_source(
    name: str, request: pytest.FixtureRequest, seeds: Path, examples: Path
) -> None:
    network: Network = request.getfixturevalue(name)
    data = seeds if name == "seen" else examples
    assert len(network.edges) > 10
    for edge in network.edges:
        assert edge.sentences
        assert edge.days
        for sentence in edge.sentences:
            text = text_of(data, sentence.source.rpartition("/")[2])
            assert text is not None
            assert text[sentence.begin : sentence.end] == sentence.quote


def test_a_way_is_the_same_backwards(yard: Network) -> None:
    one, other = iri(yard, "Lene Mikkelsen"), iri(yard, "Hovedudvalget")
    there, back = yard.ways(one, other), yard.ways(other, one)
    assert there
    assert sorted(len(way) for way in there) == sorted(len(way) for way in back)
    assert {step.edge for way in there for step in way} == {step.edge for way in back for step in way}


def test_things_without_a_way_have_none(yard: Network) -> None:
    start = iri(yard, "Lene Mikkelsen")
    assert yard.ways(start, start) == []
    assert yard.ways(start, "http://127.0.0.1:8000/id/people/0999/nobody") == []


def small() -> Network:
    """A route from A over B to C, and two persons in one case."""
    said = (Sentence("2023-01-01", "s", 0, 4, "sagt"),)
    kinds = {"A": BODY, "B": BODY, "C": BODY, "x": CASE, "p": PERSON, "q": PERSON, "r": PERSON}
    nodes = {key: Node(key, kind, f"={key}") for key, kind in kinds.items()}
    edges = [
        Edge("A", "B", "sends-on", ("2023-01-01",), said),
        Edge("B", "C", "sends-on", ("2023-01-01",), said),
        Edge("p", "x", "took-part", ("2023-01-01",), said),
        Edge("q", "x", "took-part", ("2023-01-01", "2023-02-01"), said),
        Edge("r", "x", "took-part", ("2023-03-01",), said),
    ]
    return Network(nodes, edges)


def test_the_body_that_brokers_the_routes_stands_first() -> None:
    assert [(m.node.iri, m.value) for m in small().brokers()] == [("B", 0.5), ("A", 0.0), ("C", 0.0)]


def test_who_appears_together_does_so_in_one_meeting() -> None:
    assert [(e.source, e.target, e.weight) for e in small().together()] == [("p", "q", 1)]
    assert [(m.node.iri, m.value) for m in small().cores()] == [("p", 1.0), ("q", 1.0)]


def test_communities_are_steady_and_whole(yard: Network) -> None:
    groups = yard.communities()
    assert groups == yard.communities()
    members = [node for group in groups for node in group]
    assert len(members) == len(set(members)) > 3


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("form", FORMS)
def test_files_are_steady_and_whole(yard: Network, projection: str, form: str) -> None:
    text = export(yard, projection, form)
    assert text == export(yard, projection, form)
    edges = yard.projection(projection)
    assert edges or projection == "co-participation", "no two took part in one item of the examples"
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(text)))) == len(edges)
    elif form == "cytoscape":
        assert len(json.loads(text)["elements"]["edges"]) == len(edges)
    else:
        assert sum(e.tag.endswith("}edge") for e in ElementTree.fromstring(text).iter()) == len(edges)  # noqa: S314


def test_graphml_and_gexf_are_read_by_networkx(yard: Network, tmp_path: Path) -> None:
    path = tmp_path / "network"
    path.write_text(export(yard, "all", "graphml"), "utf-8")
    found = nx.read_graphml(path, force_multigraph=True)
    assert found.number_of_edges() == len(yard.edges)
    assert any(values["quotes"] for _, _, values in found.edges(data=True))
    path.write_text(export(yard, "all", "gexf"), "utf-8")
    assert nx.read_gexf(path).number_of_nodes() == found.number_of_nodes()


def test_a_cell_that_a_spreadsheet_would_reckon_is_made_safe() -> None:
    rows = list(csv.DictReader(io.StringIO(export(small(), "all", "csv"))))
    assert {row["source_label"][:2] for row in rows} == {"'="}
