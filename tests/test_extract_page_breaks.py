"""Page numbers and repeated heads inside what goes on over a page, and what only looks like them."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.page_breaks import without_page_breaks
from graph.extract.record import record
from graph.readers.choose import read_source

HEAD = "Referat fra Teknikudvalgets møde den 9. juni 2011 kl. 14\n\n1. Dagsorden\nBeslutning\nGodkendt.\n\n"
TEXT = """2. Kloakplan for Nørby
Sagsfremstilling
Planen omfatter 61 ejendomme. Efter udvalget går sagen til Økonomiudvalget den
{one}
22. august 2011.

Indstilling
Forvaltningen indstiller, at planen godkendes.

Beslutning
Udsat, fordi udvalget vil høre fra
{two}
beboerne i Nørby.
{three}
"""
EDGES = [
    ("\n{:>60} / 3\nTeknikudvalget            09-06-2011\n", ""),
    ("\nSide {} af 3\n\nElmested Kommune\nTeknikudvalget 09-06-2011\n", ""),
    ("\n- {} -\n\n", ""),
    ("\nElmested Kommune\nTeknikudvalget 09-06-2011                Side {}\n\n", "Elmested Kommune\n"),
]


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="referat.txt")))


@pytest.mark.parametrize(("edge", "over"), EDGES, ids=["slash", "of", "dashes", "head"])
def test_a_sentence_goes_on_over_a_page(edge: str, over: str) -> None:
    first = edge.format(1) if over else ""
    pages = [edge.format(number) for number in ((2, 3, 4) if over else (1, 2, 3))]
    found = read(first + HEAD + TEXT.format(one=pages[0], two=pages[1], three=pages[2]))
    item = found["items"][1]
    assert found["body"] == "Teknikudvalget"
    assert [(one["name"], one["date"]) for one in item["mentioned_bodies"]] == [("Økonomiudvalget", "2011-08-22")]
    assert [one["text"] for one in item["decisions"]] == ["Udsat, fordi udvalget vil høre fra beboerne i Nørby."]


@pytest.mark.parametrize(
    "text",
    [
        "Indhold\nSide 3\nSide 7\nSide 9\n",
        "Møder\n1 / 6\n8 / 6\n15 / 6\n",
        "Sager\n1/24\nDagsorden\n2/24\nPuljer\n3/24\nBudget\n",
        "Budget\n  Bro    Side 2\n  Sti    Side 3\n",
        "Bilag\nKort over Side 4\n",
    ],
)
def test_what_is_no_page_number_stays(text: str) -> None:
    assert without_page_breaks(text) == text


def test_each_sign_keeps_its_place_and_a_verdict_above_a_number_stays() -> None:
    text = "Råd\n\n1. A\nGodkendt.\nSide 1 af 3\n2. B\nGodkendt.\nSide 2 af 3\n3. C\nGodkendt.\nSide 3 af 3\n"
    found = without_page_breaks(text)
    assert len(found) == len(text)
    assert found.split() == [word for word in text.split() if word not in {"Side", "1", "2", "3", "af"}]


def test_a_label_at_the_top_of_each_page_is_no_head() -> None:
    text = "A\nB\nC\nSide 1 af 3\nBeslutning\nX\nSide 2 af 3\nBeslutning\nY\nSide 3 af 3\n"
    assert without_page_breaks(text).split().count("Beslutning") == 2
