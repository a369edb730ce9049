"""The names of the vocabulary and their use: each in the examples' graph or listed with its reason; none undefined."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from rdflib import RDF, Graph, URIRef
from rdflib.namespace import SKOS

from graph.build import build
from graph.municipalities.load import load_municipality
from graph.store import current, merged
from graph.terms import CLASSES, CONCEPTS, PREFIXES, PROPERTIES, REUSED, SAG, VOCABULARY, expand
from graph.vocabulary import vocabulary
from tests.conftest import EXAMPLES

ROOT = Path(__file__).parents[1]
DESIGN = ROOT.parent / "shared" / "ontology.md"
OURS = {*CLASSES, *PROPERTIES}


@pytest.fixture(scope="module")
def stated(tmp_path_factory: pytest.TempPathFactory) -> Graph:
    """The graph of all the examples without the vocabulary that is kept beside it."""
    data = tmp_path_factory.mktemp("all")
    elmested = load_municipality(EXAMPLES / "elmested.toml")
    assert not build([EXAMPLES, EXAMPLES.parent / "more"], elmested, data=data).failed
    defined = set(vocabulary().subjects())
    whole = Graph().parse(data=merged(current(data)), format="nt")
    found = Graph()
    found += (triple for triple in whole if triple[0] not in defined and "/genid/" not in str(triple[0]))
    return found


def names(triples: Graph, namespace: str) -> set[str]:
    """The local names of a namespace that some triples use anywhere."""
    return {str(n).removeprefix(namespace) for t in triples for n in t if str(n).startswith(namespace)}


def unused() -> dict[str, str]:
    """The terms that are listed as not used, each with its reason in Danish."""
    table = tomllib.loads((ROOT / "ontology" / "unused.toml").read_text("utf-8"))
    rows = [(term, reason) for reason in table["reason"] for term in reason["terms"]]
    assert len({term for term, _ in rows}) == len(rows), "a term is listed twice"
    for reason in table["reason"]:
        assert reason["da"].endswith(".")
        assert reason["en"].endswith(".")
    return {term: reason["da"] for term, reason in rows}


def test_every_term_is_used_by_the_examples_or_listed_with_its_reason(stated: Graph) -> None:
    used = names(stated, VOCABULARY)
    assert OURS - used == set(unused())


def test_the_examples_use_no_name_of_ours_that_is_not_defined(stated: Graph) -> None:
    assert names(stated, VOCABULARY) <= OURS
    concepts = {str(concept).removeprefix(CONCEPTS) for concept in vocabulary().subjects(SKOS.inScheme)}
    used = names(stated, CONCEPTS)
    assert used
    assert used <= concepts


def test_the_examples_use_reused_names_of_the_prefixes_we_list(stated: Graph) -> None:
    kinds = set(stated.objects(None, RDF.type))
    for node in {*stated.predicates(), *kinds}:
        assert str(node).startswith(tuple(PREFIXES.values())), node


def written() -> Iterator[tuple[Path, str]]:
    """Every name of ours that stands in code, queries, tables and templates; one made of parts as `votes{…}`."""
    for folder in ("graph", "api"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in (".py", ".rq", ".toml", ".html") and "static" not in path.parts:
                text = path.read_text("utf-8")
                for name in re.findall(rf"(?:\bsag:|\bSAG\.|{VOCABULARY})([A-Za-z]\w*\{{?)", text):
                    yield path, name


def test_code_queries_and_templates_use_no_name_that_is_not_defined() -> None:
    found = list(written())
    assert len(found) > 100
    starts = tuple(f"{term[:n]}{{" for term in OURS for n in range(4, len(term)))
    assert [(path.name, name) for path, name in found if name not in (*OURS, *starts)] == []


def test_every_reused_name_has_a_prefix() -> None:
    for name in REUSED.values():
        assert expand(name)
        if name.startswith("sag:"):
            assert URIRef(expand(name)) == SAG[name.removeprefix("sag:")]


def test_every_term_that_the_design_names_is_there() -> None:
    if not DESIGN.exists():
        pytest.skip("the design's pages lie in the shared folder beside the checkout, which is not here")
    designed = set(re.findall(r"\bsag:([A-Za-z]+)", DESIGN.read_text("utf-8")))
    assert len(designed) > 80
    assert designed <= OURS
