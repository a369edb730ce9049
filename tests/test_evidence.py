"""Every fact in the graph points to words that stand in its source exactly where it says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import cast

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from graph.build import build
from graph.municipalities.load import load_municipality
from graph.questions.answer import Asker, answer
from graph.questions.question import question
from graph.readers.choose import read_source
from graph.sources import text_of
from graph.store import Reader, current, quads
from graph.terms import PREFIXES, expand
from tests.conftest import EXAMPLES

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


PAGES = (
    "Referat af møde i Direktionen den 4. maj 2024\n\n1. Bådpladser\n\nBeslutning\nGodkendt.",
    "",
    "2. Havneplan\n\nBeslutning\nDet blev aftalt, at Lene Mikkelsen udarbejder en plan inden den 3. juni 2024.",
)


def test_evidence_from_a_paper_with_pages_tells_its_page(tmp_path: Path) -> None:
    path = tmp_path / "referat.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    for page in PAGES:
        for n, line in enumerate(page.split("\n")):
            canvas.drawString(72, 770 - 16 * n, line)
        canvas.showPage()
    canvas.save()
    assert not build([path], load_municipality(EXAMPLES / "elmested.toml"), data=tmp_path / "d").failed
    reader = Reader.open(current(tmp_path / "d"))
    begun = reader.select(f"{PREFIX} SELECT ?start {{ ?source sag:pageStart ?start }}")
    page_start = read_source(path.read_bytes(), title=path.name).page_start
    assert {int(row["start"]["value"]) for row in begun} == set(page_start)
    rows = reader.select(f"{PREFIX} SELECT ?begin ?page {{ ?span nif:beginIndex ?begin ; sag:pageNumber ?page }}")
    assert len(rows) == len(list(spans(tmp_path / "d")))
    pages = {(int(row["begin"]["value"]) >= page_start[2], int(row["page"]["value"])) for row in rows}
    assert pages == {(False, 1), (True, 3)}
    found = answer(question("commitments"), {}, Asker(reader.select, date(2025, 6, 1), "da", 1)).rows
    assert [span["page"] for row in found for span in cast("list[dict[str, int]]", row["evidence"])] == [3]
