"""The network view: ways with the sentence on each step, brokers, groups and cores, and files for other programs."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import networkx as nx
import pytest

from graph.errors import AmbiguousValueError, StoreError, TimeLimitExceeded, UnknownValueError
from graph.network.edges import BODY, CASE, PERSON, PROJECTIONS, Called, Computed, Edge, Node, Sentence
from graph.network.exports import FORMS
from graph.network.keeping import write_network
from graph.network.kept import KeptNetwork, opened
from graph.network.view import Network
from graph.sources import text_of
from graph.store import Reader, current
from tests.growth import grows_linearly


@pytest.fixture(scope="module")
def seen(seeds: Path) -> Iterator[KeptNetwork]:
    """The network of the two Norddjurs minutes."""
    with opened(current(seeds).folder) as network:
        yield network


@pytest.fixture(scope="module")
def yard(examples: Path) -> Iterator[KeptNetwork]:
    """The network of the examples."""
    with opened(current(examples).folder) as network:
        yield network


@pytest.fixture(scope="module")
def whole(examples: Path) -> Network:
    """The network of the examples as it is measured."""
    return Network.read(Reader.open(current(examples)).select)


def written(network: KeptNetwork, projection: str, form: str) -> str:
    """A part of a network as a file."""
    return "".join(FORMS[form].write(network.used(projection), network.projection(projection)))


def test_how_bettina_andersen_and_the_council_are_connected(seen: KeptNetwork) -> None:
    ways = seen.ways(seen.thing("Bettina Andersen"), seen.thing("Kommunalbestyrelsen"))
    named = [[step.here.label.split(" ")[0] for step in way] + [way[-1].there.label] for way in ways]
    assert named == [["Bettina", "Kommende", "Direktionen", "TRIO-stormøde", "Kommunalbestyrelsen"]]
    (way,) = ways
    assert [step.edge.kind for step in way] == ["took-part", "treated", "treated", "sent-to"]
    assert any("Økonomichef Bettina Andersen deltog" in s.quote for s in way[0].edge.sentences)
    assert any("Kommunalbestyrelsen d. 13. december" in s.quote for s in way[3].edge.sentences)


def test_what_is_inferred_stands_beside_the_words(seen: KeptNetwork) -> None:
    (way,) = seen.ways(seen.thing("Bettina Andersen"), seen.thing("Kommunalbestyrelsen"))
    alone = next(s for s in way[0].edge.sentences if s.quote == "Økonomichefen redegjorde for udbudsprocessen.")
    assert [one.rule for one in alone.computed] == ["post-in-same-item"]
    assert alone.computed[0].reasons
    assert {one.rule for s in way[3].edge.sentences for one in s.computed} == {"year-on-or-after-meeting"}
    (joined,) = way[0].there.joined
    assert (joined.rule, joined.score) == ("case.title", 0.85)
    assert "titlerne deler de sjældne ord: erp, system, udbud" in joined.reasons
    assert joined.link.startswith("http://127.0.0.1:8000/id/links/")


@pytest.mark.parametrize("name", ["seen", "yard"])
def test_every_connection_rests_on_words_of_a_source(
    name: str, request: pytest.FixtureRequest, seeds: Path, examples: Path
) -> None:
    network: KeptNetwork = request.getfixturevalue(name)
    data = seeds if name == "seen" else examples
    edges = [edge for projection in PROJECTIONS for edge in network.projection(projection)]
    assert len(edges) > 10
    for edge in edges:
        assert edge.sentences
        assert edge.days
        for sentence in edge.sentences:
            text = text_of(data, sentence.source.rpartition("/")[2])
            assert text is not None
            assert text[sentence.begin : sentence.end] == sentence.quote


def test_what_is_kept_is_what_the_graph_holds(yard: KeptNetwork, whole: Network) -> None:
    for name in PROJECTIONS:
        assert list(yard.projection(name)) == whole.projection(name), name
    assert list(yard.used("all").values()) == [whole.nodes[iri] for iri in sorted(yard.used("all"))]
    assert yard.brokers() == whole.brokers()


def test_a_way_is_as_short_as_any(yard: KeptNetwork, whole: Network) -> None:
    plain = nx.Graph((e.source, e.target) for e in whole.edges if e.kind != "sends-on")
    ends = sorted(yard.used("all"))[::5]
    for one in ends:
        for other in ends:
            ways = yard.ways(yard.thing(one), yard.thing(other), most=50)
            if one == other or not nx.has_path(plain, one, other):
                assert ways == []
                continue
            found = [[step.here.iri for step in way] + [other] for way in ways]
            expected = list(nx.all_shortest_paths(plain, one, other))
            assert sorted(found) == sorted(expected)[: len(found)] or len(expected) > 50
            assert len(found) == min(50, len(expected))


def test_a_way_is_the_same_backwards(yard: KeptNetwork) -> None:
    one, other = yard.thing("Lene Mikkelsen"), yard.thing("Hovedudvalget")
    there, back = yard.ways(one, other), yard.ways(other, one)
    assert there
    assert sorted(len(way) for way in there) == sorted(len(way) for way in back)
    assert {step.edge for way in there for step in way} == {step.edge for way in back for step in way}


def test_a_thing_is_meant_by_address_key_or_words(seen: KeptNetwork, seeds: Path) -> None:
    one = seen.thing("Bettina Andersen")
    assert [seen.thing(w) for w in (one.iri, one.iri.partition("/id/")[2], " bettina  ANDERSEN", "andersen")] == [
        one
    ] * 4
    replaced = seen.thing("udbud erp").joined[0].link
    rows = Reader.open(current(seeds)).select(f"SELECT ?s WHERE {{ <{replaced}> <{LINK_SOURCE}> ?s }}")
    assert seen.thing(rows[0]["s"]["value"]).label == "Kommende udbud af ERP-system", "a key that another holds for"
    with pytest.raises(AmbiguousValueError, match=r"passer på \d+"):
        seen.thing("e")
    for nobody in ("Nobody", "", "  ", "%", "' OR 1=1 --"):
        with pytest.raises(UnknownValueError):
            seen.thing(nobody)
    with pytest.raises(UnknownValueError):
        seen.thing("Bettina Andersen", BODY)


LINK_SOURCE = "https://w3id.org/sagsgraf/def#linkSource"
SAID = (Sentence("2023-01-01", "s", 0, 4, "sagt"),)


def small() -> tuple[dict[str, Node], list[Edge]]:
    """A route from A over B to C, and two persons in one case."""
    kinds = {"A": BODY, "B": BODY, "C": BODY, "x": CASE, "p": PERSON, "q": PERSON, "r": PERSON}
    nodes = {key: Node(key, kind, f"={key}") for key, kind in kinds.items()}
    edges = [
        Edge("A", "B", "sends-on", ("2023-01-01",), SAID),
        Edge("B", "C", "sends-on", ("2023-01-01",), SAID),
        Edge("p", "x", "took-part", ("2023-01-01",), SAID),
        Edge("q", "x", "took-part", ("2023-01-01", "2023-02-01"), (*SAID, Sentence("2023-02-01", "s", 0, 4, "sagt"))),
        Edge("r", "x", "took-part", ("2023-03-01",), (Sentence("2023-03-01", "s", 0, 4, "sagt"),)),
    ]
    return nodes, edges


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[KeptNetwork]:
    """The small network, kept."""
    write_network(tmp_path, Network(*small()), Called({}, {}))
    with opened(tmp_path) as network:
        yield network


def test_the_body_that_brokers_the_routes_stands_first(kept: KeptNetwork) -> None:
    assert [(m.node.iri, m.value) for m in kept.brokers()] == [("B", 0.5), ("A", 0.0), ("C", 0.0)]


def test_flows_between_days(kept: KeptNetwork) -> None:
    assert [(s.here.iri, s.there.iri) for s in kept.flows()] == [("A", "B"), ("B", "C")]
    assert [(s.here.iri, s.there.iri) for s in kept.flows(kept.thing("C"))] == [("B", "C")]
    assert kept.flows(first="2023-01-02") == kept.flows(last="2022-12-31") == []


def test_what_stands_around_a_thing_comes_in_pages(kept: KeptNetwork) -> None:
    first = kept.around(kept.thing("x"), limit=2)
    assert ([s.there.iri for s in first.steps], first.count) == (["q", "p"], 3)
    assert first.onward is not None
    rest = kept.around(kept.thing("x"), limit=2, after=first.onward)
    assert ([s.there.iri for s in rest.steps], rest.onward) == (["r"], None)
    assert kept.around(kept.thing("x"), kinds=("sat-in",)).count == 0


def test_what_takes_too_long_is_ended(tmp_path: Path) -> None:
    write_network(tmp_path, Network(*small()), Called({}, {}))
    with pytest.raises(TimeLimitExceeded), opened(tmp_path, seconds=-1) as network:
        network.ways(network.thing("p"), network.thing("q"))


def test_a_version_without_a_network_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="sagsgraf build"), opened(tmp_path):
        pass


def test_keeping_costs_what_there_is(tmp_path: Path) -> None:
    """Persons in fifty bodies: twice as many take twice as long to write."""

    def seconds(size: int) -> float:
        nodes = {f"p{n}": Node(f"p{n}", PERSON, f"{n}") for n in range(size)}
        nodes |= {f"b{n}": Node(f"b{n}", BODY, f"{n}") for n in range(50)}
        edges = [Edge(f"p{n}", f"b{n % 50}", "promised", ("2023-01-01",), SAID) for n in range(size)]
        folder = tmp_path / f"{time.monotonic_ns()}"
        folder.mkdir()
        begun = time.process_time()
        write_network(folder, Network(nodes, edges), Called({}, {}))
        return time.process_time() - begun

    assert grows_linearly(seconds, 2_000, 8_000)


def test_who_appears_together_does_so_in_one_meeting() -> None:
    network = Network(*small())
    assert [(e.source, e.target, e.weight) for e in network.together()] == [("p", "q", 1)]
    assert [(m.node.iri, m.value) for m in network.cores()] == [("p", 1.0), ("q", 1.0)]


def test_communities_are_steady_and_whole(whole: Network) -> None:
    groups = whole.communities()
    assert groups == whole.communities()
    members = [node for group in groups for node in group]
    assert len(members) == len(set(members)) > 3


@pytest.mark.parametrize("projection", PROJECTIONS)
@pytest.mark.parametrize("form", FORMS)
def test_files_are_steady_and_whole(yard: KeptNetwork, projection: str, form: str) -> None:
    text = written(yard, projection, form)
    assert text == written(yard, projection, form)
    edges = list(yard.projection(projection))
    assert edges or projection == "co-participation", "no two took part in one item of the examples"
    if form == "csv":
        assert len(list(csv.DictReader(io.StringIO(text)))) == len(edges)
    elif form == "cytoscape":
        assert len(json.loads(text)["elements"]["edges"]) == len(edges)
    else:
        assert sum(e.tag.endswith("}edge") for e in ElementTree.fromstring(text).iter()) == len(edges)  # noqa: S314


def test_graphml_and_gexf_are_read_by_networkx(yard: KeptNetwork, tmp_path: Path) -> None:
    edges, path = list(yard.projection("all")), tmp_path / "network"
    for form, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        path.write_text(written(yard, "all", form), "utf-8")
        found = read(path)
        assert found.number_of_edges() == len(edges)
        assert {values["label"] for _, values in found.nodes(data=True)} == {n.label for n in yard.used("all").values()}
        said = {" ".join(values["quotes"].split()) for _, _, values in found.edges(data=True)}
        assert said == {" ".join(" ¶ ".join(s.quote for s in edge.sentences).split()) for edge in edges}


def test_a_text_that_is_markup_stays_a_text(tmp_path: Path) -> None:
    nodes, edges = small()
    nodes["p"] = Node("p", PERSON, "<b>&\"'\x0b\ufffe", (Computed("person.middle", 0.9, ("fordi",)),))
    write_network(tmp_path, Network(nodes, edges), Called({}, {}))
    with opened(tmp_path) as network:
        for form in ("graphml", "gexf"):
            text = written(network, "people-cases", form)
            assert "<b>" not in text
            ElementTree.fromstring(text)  # noqa: S314
        assert network.thing("p").joined == nodes["p"].joined


def test_a_cell_that_a_spreadsheet_would_reckon_is_made_safe(kept: KeptNetwork) -> None:
    rows = list(csv.DictReader(io.StringIO(written(kept, "all", "csv"))))
    assert {row["source_label"][:2] for row in rows} == {"'="}
