"""Any text in: the words behind every fact are exact, and nothing is lost or raised."""

from __future__ import annotations

import json
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import SourceError
from graph.extract.minutes import contradicts, extract, refuse_empty
from graph.extract.record import record
from graph.extract.rendering import render
from graph.model import Minutes, claims
from graph.municipalities.load import load_municipality
from graph.readers.choose import read_source
from graph.readers.text import source_document
from tests.growth import grows_linearly

HERE = Path(__file__).parent
TEXTS = sorted([*(HERE / "data" / "layouts").glob("*.txt"), *(HERE.parent / "examples" / "minutes").glob("*-*.*")])
LINES = [line for path in TEXTS for line in path.read_text("utf-8").split("\n")]


def read(text: str) -> Minutes:
    return extract(source_document(text, b"", title="prøve", media_type="text/plain"))


def assert_exact(minutes: Minutes) -> None:
    text = minutes.source.text
    for claim in claims(minutes):
        for evidence in claim.evidence:
            assert text[evidence.begin_index : evidence.end_index] == evidence.anchor_of
    for evidence in minutes.unclaimed:
        assert text[evidence.begin_index : evidence.end_index] == evidence.anchor_of


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_quote_is_exact_and_every_claim_has_one(path: Path) -> None:
    minutes = extract(read_source(path.read_bytes(), title=path.name))
    assert_exact(minutes)
    for claim in claims(minutes):
        assert claim.evidence, claim
        assert claim.extraction_method, claim
        assert 0 < claim.confidence <= 1


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*LINES, "", "1. ", "- ", "Punkt 3"]), max_size=50))
def test_any_order_of_real_lines_is_read(lines: list[str]) -> None:
    minutes = read("\n".join(lines))
    assert_exact(minutes)
    json.dumps(record(minutes))
    assert render(minutes).endswith("\n")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_read(text: str) -> None:
    assert_exact(read(text))


def test_reading_is_linear_in_the_number_of_items() -> None:
    text = (HERE / "data" / "layouts" / "untitled-by-access.txt").read_text("utf-8")
    numbered = "".join(f"{n}. Takster {n}\n\nBeslutning\n\nGodkendt.\n\n" for n in range(1, 400))

    def seconds(words: str, times: int) -> float:
        begun = time.process_time()
        read(words * times)
        return time.process_time() - begun

    assert grows_linearly(partial(seconds, text), 10, 80)
    assert grows_linearly(partial(seconds, numbered), 1, 4)


RUNS = [
    "- ",
    "1. ",
    "**",
    "(",
    "Beslutning ",
    "Bilag: ",
    "A. ",
    "Punkt ",
    "A",
    "a",
    "A-",
    "1",
    "\t",
    " x",
    "Åben ",
    "x\n\n",
]


@pytest.mark.parametrize("before", ["", "1. Takster", "Afbud fra ", "Beslutning i ", "Indstilling\nMona indstiller "])
@pytest.mark.parametrize("run", RUNS)
def test_long_runs_are_read_in_linear_time(run: str, before: str) -> None:
    def seconds(length: int) -> float:
        begun = time.process_time()
        read(before + run * (length // len(run)) + ".\n")
        return time.process_time() - begun

    assert grows_linearly(seconds, 10_000, 40_000)


def test_the_result_is_the_same_each_time() -> None:
    source = read_source(TEXTS[0].read_bytes(), title="a")
    assert extract(source) == extract(source)


def test_a_text_that_is_no_minutes_is_refused_by_name() -> None:
    with pytest.raises(SourceError, match=r"brev\.txt"):
        refuse_empty(read("Kære alle\n\nTak for sidst."), "brev.txt")


def test_what_nobody_claimed_is_told() -> None:
    minutes = read("Byrådet den 3. maj 2021\nHusk kaffen\n\n1. Budget\n\nBeslutning\nGodkendt.")
    assert [evidence.anchor_of for evidence in minutes.unclaimed] == ["Husk kaffen"]


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Direktionen i Norddjurs Kommune drøfter sagen.", "Norddjurs Kommune"),
        ("Norddjurs Kommune\n\nBeslutning\nGodkendt.", "Norddjurs Kommune"),
        ("Direktionen i Elmested Kommune drøfter sagen.", "Elmested Kommune"),
        ("Sagen er drøftet med Syddjurs Kommune.", None),
        ("Direktionen i Aarhus Kommune drøfter sagen.", None),
        ("Sagsgang\nDIR", None),
    ],
)
def test_a_text_of_another_municipality_is_told(text: str, stated: str | None) -> None:
    assert contradicts(read(text), load_municipality("0751")) == stated
