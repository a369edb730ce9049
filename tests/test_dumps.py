"""The dumps hold the graph: read by an independent reader, each gives the store's own statements again."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from rdflib import Dataset, Graph, Literal, Node, URIRef
from rdflib.namespace import XSD

from graph.dumps import FOLDER, read_catalogue, read_statistics, write_dumps
from graph.ntriples import Term, parsed
from graph.store import Version, current, publish, quads, statements
from graph.tables import tables

Quads = set[tuple[Node | None, ...]]
READERS = {"ttl": "turtle", "nt": "nt", "jsonld": "json-ld", "nq": "nquads", "trig": "trig"}


@pytest.fixture(scope="module")
def version(examples: Path) -> Version:
    """The version of the examples' graph."""
    return current(examples)


def unpacked(version: Version, ending: str) -> str:
    """A dump of the whole as text."""
    return gzip.decompress((version.folder / FOLDER / f"all.{ending}.gz").read_bytes()).decode("utf-8")


def stored(version: Version, *, merged: bool) -> Quads:
    """What the store holds, as rdflib reads it: the default graph alone, or every quad."""
    if not merged:
        return read("".join(quads(version)), "nquads")
    text = "".join(f"{s} {p} {o} .\n" for s, p, o, name in statements(version) if not name)
    return {(*triple,) for triple in Graph().parse(data=text, format="nt")}


def read(text: str, form: str) -> Quads:
    """The quads of a text, without the default graph's name."""
    dataset = Dataset()
    dataset.parse(data=text, format=form)
    return {
        (s, p, o, None if str(name).endswith("default") else URIRef(str(name))) for s, p, o, name in dataset.quads()
    }


@pytest.mark.parametrize("ending", ["ttl", "nt", "jsonld"])
def test_a_merged_dump_is_the_default_graph(version: Version, ending: str) -> None:
    found = {(*triple,) for triple in Graph().parse(data=unpacked(version, ending), format=READERS[ending])}
    assert len(found) > 5_000
    assert found == stored(version, merged=True)


@pytest.mark.parametrize("ending", ["nq", "trig"])
def test_a_dump_with_provenance_is_the_whole_store(version: Version, ending: str) -> None:
    found = read(unpacked(version, ending), READERS[ending])
    assert len({row[3] for row in found}) == 10, "six sources, links, computed, vocabulary and the default graph"
    assert found == stored(version, merged=False)


def test_json_ld_needs_no_context_of_another_place(version: Version) -> None:
    assert "@context" not in unpacked(version, "jsonld")


def test_the_tables_lead_back_to_the_same_triples_by_their_metadata(version: Version) -> None:
    with zipfile.ZipFile(version.folder / FOLDER / "all.csv.zip") as archive:
        files = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    found = set(triples_of_tables(files))
    told = {(parsed(s).value, p[1:-1], parsed(o)) for s, p, o, name in statements(version) if not name}
    assert found == told
    assert {"case.csv", "meeting.csv", "routing-step.csv", "decision.csv", "csv-metadata.json"} <= set(files)


def triples_of_tables(files: dict[str, str]) -> Iterator[tuple[str, str, Term]]:
    """What a CSVW reader makes of the tables: this follows the W3C's csv2rdf in its minimal mode."""
    for described in json.loads(files["csv-metadata.json"])["tables"]:
        columns = {column["name"]: column for column in described["tableSchema"]["columns"]}
        for row in csv.DictReader(io.StringIO(files[described["url"]], newline="")):
            for name, cell in row.items():
                column = columns[name]
                if column.get("suppressOutput") or not cell:
                    continue
                for value in cell.split(column["separator"]) if "separator" in column else [cell]:
                    yield row["id"], column["propertyUrl"], term_of(column, value)


def term_of(column: dict[str, Any], value: str) -> Term:
    """A cell's value as a term."""
    if "valueUrl" in column:
        return Term(value)
    if "lang" in column:
        return Term(value, language=column["lang"])
    kind = column["datatype"]
    return Term(value, datatype=kind["@id"] if isinstance(kind, dict) else f"{XSD}{kind}")


def test_values_that_hold_the_separator_or_are_empty_survive_the_tables() -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    rows = [
        ("<http://e/a>", label, '"¶ og ‖"@da', ""),
        ("<http://e/a>", label, '"to, \\"linjer\\"\\nher"@da', ""),
        ("<http://e/b>", label, '"=1+1"', ""),
        ("<http://e/b>", "<http://e/p>", "<http://e/a>", ""),
    ]
    found = set(triples_of_tables(tables(rows)))
    assert found == {(parsed(s).value, p[1:-1], parsed(o)) for s, p, o, _ in rows}


def test_the_drawing_holds_the_things_and_what_joins_them(version: Version) -> None:
    root = ElementTree.fromstring(unpacked(version, "graphml"))  # noqa: S314 - our own file
    space = "{http://graphml.graphdrawing.org/xmlns}"
    nodes = {node.get("id") for node in root.iter(f"{space}node")}
    edges = [(edge.get("source"), edge.get("target")) for edge in root.iter(f"{space}edge")]
    ours = {s[1:-1] for s, _, _, name in statements(version) if not name and s.startswith("<http://127.0.0.1:8000/")}
    assert nodes == ours
    assert len(edges) > 500
    assert all(source in nodes and target in nodes for source, target in edges)


def test_every_file_is_listed_with_its_size_and_checksum(version: Version) -> None:
    told = read_catalogue(version)["datasets"]
    listed = {dump["name"]: dump for dataset in told for dump in dataset["files"]}  # type: ignore[attr-defined]
    there = {path.name for path in (version.folder / FOLDER).iterdir()}
    assert set(listed) == there
    for name, dump in listed.items():
        content = (version.folder / FOLDER / name).read_bytes()
        assert (dump["size"], dump["sha256"]) == (len(content), hashlib.sha256(content).hexdigest()), name


def test_the_parts_are_the_years_and_the_bodies(version: Version) -> None:
    told = {str(row["key"]): row for row in read_catalogue(version)["datasets"]}
    assert list(told) == [
        "all", "years/2024", "years/2025", "bodies/0999/direktionen", "bodies/0999/hovedudvalget",
        "bodies/0999/kommunalbestyrelsen", "bodies/0999/oekonomiudvalget",
    ]  # fmt: skip
    whole = told["all"]
    assert (whole["begin"], whole["end"]) == ("2024-08-21", "2025-02-12")
    for row in told.values():
        assert set(row["measurements"]) == {"stated", "confidence", "coverage"}  # type: ignore[call-overload]
    assert len(told["years/2025"]["sources"]) == 1  # type: ignore[arg-type]


def test_a_part_tells_all_that_the_graph_says_of_its_things(version: Version) -> None:
    text = gzip.decompress((version.folder / FOLDER / "bodies-0999-hovedudvalget.ttl.gz").read_bytes()).decode()
    part = Graph().parse(data=text, format="turtle")
    whole = Graph().parse(data=unpacked(version, "nt"), format="nt")
    meeting = URIRef("http://127.0.0.1:8000/id/meetings/0999/hovedudvalget/2024-09-04")
    assert set(part.predicate_objects(meeting)) == set(whole.predicate_objects(meeting)) != set()
    assert 0 < len(part) < len(whole) / 5
    other = URIRef("http://127.0.0.1:8000/id/meetings/0999/kommunalbestyrelsen/2024-09-24")
    assert (other, None, None) not in part


def test_dates_change_only_where_the_content_does(tmp_path: Path) -> None:
    line, other = "<http://e/a> <http://e/p> <http://e/b> .\n", "<http://e/a> <http://e/p> <http://e/c> .\n"
    dates = []
    before: Version | None = None
    for built, content in (("2026-01-01", [line]), ("2026-01-02", [line]), ("2026-01-03", [line, other])):

        def beside(version: Version, built: str = built) -> None:
            write_dumps(version, before, base="http://e", lengths={}, built=built)  # noqa: B023 - called at once

        before = publish(tmp_path, content, {}, beside=beside)
        row = read_catalogue(before)["datasets"][0]
        dates.append((row["issued"], row["modified"]))
    assert dates == [("2026-01-01", "2026-01-01"), ("2026-01-01", "2026-01-01"), ("2026-01-01", "2026-01-03")]


def test_the_statistics_are_those_of_the_graph(version: Version) -> None:
    counts = read_statistics(version)
    triples = Graph().parse(data=unpacked(version, "nt"), format="nt")
    assert counts["triples"] == len(triples)
    assert counts["subjects"] == len(set(triples.subjects()))
    for term, count in dict(counts["properties"]).items():  # type: ignore[call-overload]
        assert count == len(set(triples.subject_objects(URIRef(term)))), term
    classes = dict(counts["classes"])  # type: ignore[call-overload]
    assert classes["https://w3id.org/sagsgraf/def#Meeting"] == 6
    links = dict(counts["links"])  # type: ignore[call-overload]
    assert sum(links["sdg"].values()) > 0
    assert Literal("") not in links
