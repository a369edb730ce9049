"""Every fact in the graph points to words that stand in its source exactly where it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.sources import text_of
from graph.store import Reader, current, quads
from graph.terms import PREFIXES, expand

PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
SPANS = f"""{PREFIX}
SELECT ?span ?quote ?begin ?end ?text WHERE {{
  ?span a nif:RFC5147String ; nif:anchorOf ?quote ; nif:beginIndex ?begin ; nif:endIndex ?end .
  ?span nif:referenceContext ?text }}"""
CLAIMS = f"""{PREFIX}
SELECT ?claim ?kind WHERE {{
  ?claim a ?kind ; nif:confidence ?confidence . FILTER NOT EXISTS {{ ?claim sag:evidence ?span }} }}"""

KINDS = (
    "AgendaItem", "Attachment", "Commitment", "Decision", "Meeting", "Participation", "PolicyReference", "PostHolding",
    "Recommendation", "RoutingStep", "SdgFraming",
)  # fmt: skip


@pytest.fixture(scope="module", params=["seeds", "examples"])
def graph_data(request: pytest.FixtureRequest) -> Path:
    """The data folder of each graph in turn."""
    data: Path = request.getfixturevalue(request.param)
    return data


def spans(data: Path) -> Iterator[tuple[str, str, int, int]]:
    """Every evidence span: its source's hash, its quote and its offsets."""
    for row in Reader.open(current(data)).select(SPANS):
        text_hash = row["text"]["value"].rpartition("/")[2].removesuffix(".txt")
        yield text_hash, row["quote"]["value"], int(row["begin"]["value"]), int(row["end"]["value"])


def test_every_quote_is_the_text_at_its_offsets(graph_data: Path) -> None:
    found = list(spans(graph_data))
    assert len(found) > 50
    for text_hash, quote, begin, end in found:
        text = text_of(graph_data, text_hash)
        assert text is not None
        assert text[begin:end] == quote
        assert quote.strip() == quote != ""


def test_every_claim_has_evidence_rule_confidence_and_source(graph_data: Path) -> None:
    reader = Reader.open(current(graph_data))
    assert reader.select(CLAIMS) == []
    for kind in KINDS:
        query = f"""SELECT ?claim ?rule ?confidence ?source WHERE {{ ?claim a <{expand(f"sag:{kind}")}> .
          OPTIONAL {{ ?claim <{expand("sag:extractionMethod")}> ?rule }}
          OPTIONAL {{ ?claim <{expand("nif:confidence")}> ?confidence }}
          OPTIONAL {{ ?claim <{expand("dct:source")}> ?source }} }}"""
        rows = reader.select(query)
        assert rows, f"no {kind} in the graph"
        for row in rows:
            assert {"rule", "confidence", "source"} <= set(row), row
            assert row["rule"]["value"]
            assert 0 < float(row["confidence"]["value"]) <= 1


def test_every_concept_and_term_is_in_the_vocabulary(graph_data: Path) -> None:
    ours = "<https://w3id.org/sagsgraf/"
    known: set[str] = set()
    used: set[str] = set()
    for line in quads(current(graph_data)):
        subject, rest = line.split(" ", 1)
        known.update([subject] if subject.startswith(ours) else [])
        used.update(t for t in rest.split(" ") if t.startswith(ours))
    missing = {t for t in used - known if "/genid/" not in t and "/def/" not in t}
    assert missing == set()


def test_closed_attachments_carry_no_number(graph_data: Path) -> None:
    query = f"""{PREFIX}
    SELECT ?attachment ?identifier WHERE {{
      ?attachment a sag:Attachment ;
        dct:accessRights <http://publications.europa.eu/resource/authority/access-right/NON_PUBLIC> .
      OPTIONAL {{ ?attachment adms:identifier ?identifier }} }}"""
    rows = Reader.open(current(graph_data)).select(query)
    assert len(rows) in (3, 4)
    assert not any("identifier" in row for row in rows)
