"""The check as a secretary and the build meet it: what it finds in real minutes, and that all of it is true."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import Graph

from graph.build import build
from graph.municipalities.load import load_municipality
from graph.report import Report
from graph.store import current
from graph.validation import check

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "reading" / "texts"
EXAMPLES = ROOT / "examples" / "minutes"
CONFORMING = Path(__file__).parent / "data" / "shapes" / "conforming.ttl"


def built(paths: list[Path], municipality: str | Path, data: Path) -> tuple[Graph, Mapping[str, str]]:
    """The default graph of minutes, and their texts by hash."""
    report = build(paths, load_municipality(municipality), data=data)
    assert report.failed == []
    store = pyoxigraph.Store.read_only(str(current(data).store))
    quads = store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())
    triples = pyoxigraph.serialize((quad.triple for quad in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    texts = {path.stem: path.read_text("utf-8") for path in (data / "sources").glob("*.txt")}
    return Graph().parse(data=triples, format="nt"), texts


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Report:
    if not SEEDS.is_dir():
        pytest.skip("the two Norddjurs minutes lie in the shared folder beside the checkout, which is not here")
    paths = [SEEDS / "seed-000.txt", SEEDS / "seed-002.txt"]
    graph, texts = built(paths, "0707", tmp_path_factory.mktemp("seeds"))
    return check(graph, texts=texts)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> Report:
    paths = sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".toml")
    graph, texts = built(paths, EXAMPLES / "elmested.toml", tmp_path_factory.mktemp("examples"))
    return check(graph, texts=texts)


def found(report: Report, title: str, severity: str) -> set[tuple[str, int | None]]:
    """The shapes that find something in a source, each with its line."""
    return {(f.shape, f.line) for f in report.findings if f.source_title == title and f.severity == severity}


def test_the_seeds_and_the_examples_are_sound(seeds: Report, examples: Report) -> None:
    assert [f.sentence() for f in (*seeds.findings, *examples.findings) if f.severity == "violation"] == []
    assert seeds.conforms
    assert examples.conforms


def test_the_warnings_of_the_first_seed_are_true(seeds: Report) -> None:
    """Each warning, and why it is true of the minutes of 12 October 2022.

    - Lines 25, 29, 30: no number of a case is printed anywhere but in the list of attachments.
    - Line 25: Sagsgang says DIR alone; the text sends the case to Hovedudvalget, Økonomiudvalget, Kommunalbestyrelsen.
    - Line 27: Trine Kjær Poulsen "deltager" beforehand; the decision says only that Mette Løvholm did.
    - Line 36: nothing tells who of Direktionen was there (the heading of the decision is where the meeting is named).
    - Line 39: "Der bliver indgået aftale" and "Der ansættes en projektleder" have neither owner nor day.
    - Line 40: "Det blev aftalt at supplere" likewise; "forud for politisk behandling" names neither body nor day.
    - Lines 48, 49: attachments 5 and 6 are Lukket with nothing said of why; "_fortrolig" in a file name is no reason.
    """
    assert found(seeds, "seed-000.txt", "warning") == {
        ("AgendaItem-caseNumber", 25),
        ("AgendaItem-caseNumber", 29),
        ("AgendaItem-caseNumber", 30),
        ("AgendaItem-route", 25),
        ("Participation-recorded", 27),
        ("Meeting-attendance", 36),
        ("Commitment-due", 39),
        ("Commitment-due", 40),
        ("Commitment-owner", 39),
        ("Commitment-owner", 40),
        ("RoutingStep-date", 40),
        ("RoutingStep-targetBody", 40),
        ("Attachment-reason", 48),
        ("Attachment-reason", 49),
    }


def test_the_warnings_of_the_second_seed_are_true(seeds: Report) -> None:
    """Each warning, and why it is true of the minutes of 22 February 2023.

    - Line 25: the item prints no number of a case. - Line 31: nothing tells who of Direktionen was there.
    - Line 33: økonomichef Bettina Andersen is to present the timetable, by no stated day (so: an owner, no deadline).
    - Line 37: the only attachment is Lukket, with nothing said of why.
    """
    assert found(seeds, "seed-002.txt", "warning") == {
        ("AgendaItem-caseNumber", 25),
        ("Meeting-attendance", 31),
        ("Commitment-due", 33),
        ("Attachment-reason", 37),
    }


def test_the_remarks_of_the_seeds_are_true(seeds: Report) -> None:
    """No item number, place or clock time is printed in either; the route's dates lack the year; SKI has no number.

    The second seed's only sub-item is numbered 1, so its umbrella alone lacks a number.
    """
    assert found(seeds, "seed-000.txt", "info") == {
        ("AgendaItem-itemNumber", 3),
        ("AgendaItem-itemNumber", 25),
        ("AgendaItem-itemNumber", 29),
        ("AgendaItem-itemNumber", 30),
        ("RoutingStep-year", 27),
        ("Meeting-place", 36),
        ("Meeting-startedAtTime", 36),
    }
    assert found(seeds, "seed-002.txt", "info") == {
        ("AgendaItem-itemNumber", 3),
        ("Meeting-place", 31),
        ("Meeting-startedAtTime", 31),
        ("PolicyReference-number", 33),
    }


def test_a_secretary_reads_what_to_mend_and_where(seeds: Report) -> None:
    sentences = {finding.sentence() for finding in seeds.findings}
    assert "Bilag 5 er lukket uden begrundelse, linje 48" in sentences
    assert "Trine Kjær Poulsen er varslet, men nævnes ikke i beslutningen, linje 27" in sentences
    assert "Sagstrinnet »Hovedudvalget 11. november« har en dato uden årstal, linje 27" in sentences


def test_the_danish_text_has_no_jargon(seeds: Report, examples: Report) -> None:
    for report in (seeds, examples):
        text = report.text()
        for word in ("http", "sag:", "node", "shape", "SHACL", "missing", "Violation"):
            assert word not in text


def test_quotes_are_compared_only_where_the_text_is_at_hand() -> None:
    graph = Graph().parse(CONFORMING)
    texts = {"a" * 64: "Sagen drøftes.\n\nDirektionen udsatte sagen.\n"}
    (fault,) = check(graph, texts=texts).findings
    assert (fault.shape, fault.line) == ("Evidence-quote", 3)
    unread = check(graph)
    assert unread.conforms
    assert [count.shape for count in unread.unmatched] == ["Evidence-quote"]


def test_without_the_text_a_finding_has_its_source_but_no_line() -> None:
    graph = Graph().parse(CONFORMING)
    graph.remove((None, rdflib.URIRef("https://w3id.org/sagsgraf/def#confidentialityReason"), None))
    (fault,) = check(graph).findings
    assert fault.sentence() == "Bilag 2 er lukket uden begrundelse"
    assert (fault.source_title, fault.line) == ("referat.txt", None)


def test_a_shape_with_nothing_to_check_has_not_passed() -> None:
    report = check(Graph())
    assert report.findings == ()
    assert {count.shape for count in report.unmatched} == {count.shape for count in report.shapes}


def test_checking_changes_neither_the_triples_nor_rdflib() -> None:
    graph = Graph().parse(CONFORMING)
    before, switch = set(graph), rdflib.NORMALIZE_LITERALS
    check(graph)
    assert set(graph) == before
    assert switch == rdflib.NORMALIZE_LITERALS


def test_the_same_triples_give_the_same_report() -> None:
    graph = Graph().parse(CONFORMING)
    graph.remove((None, rdflib.RDFS.label, None))
    graph.remove((None, rdflib.DCTERMS.title, None))
    assert check(graph).json() == check(Graph() + graph).json()
