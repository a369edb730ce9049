"""Grids of bodies with crosses: in a row, one to a line, or ticked off; what only looks like one is none."""

from __future__ import annotations

import pytest

from graph.extract.minutes import extract
from graph.extract.passage import Passage
from graph.extract.record import record
from graph.extract.route_grids import read_grid
from graph.extract.rows import read_rows
from graph.readers.choose import read_source
from graph.readers.text import source_document


def stops(text: str) -> list[str | None]:
    source = source_document(text, b"", title="prøve", media_type="text/plain")
    steps = read_grid(Passage(source, 0, len(text), "routing"), read_rows(text))
    for step in steps:
        assert all(text[words.begin_index : words.end_index] == words.anchor_of for words in step.evidence)
    assert [step.step_order for step in steps] == list(range(1, len(steps) + 1))
    return [step.target_body for step in steps]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("DIR | SKU | ØKU | BYR\n |  | x | x", ["ØKU", "BYR"]),
        ("DIR | SKU | ØKU | BYR\n | x |  | ", ["SKU"]),
        ("| SKU | ØKU | BYR |\n|---|---|---|\n| X |  | X |", ["SKU", "BYR"]),
        ("SKU\tØKU\tBYR\n\t✓\t", ["ØKU"]),
        ("    LMU     HMU     DIR\n            X       X", ["HMU", "DIR"]),
        ("    LMU HMU DIR\n         (x)", ["HMU"]),
        ("LMU HMU DIR\nX X X", ["LMU", "HMU", "DIR"]),
        ("Fagudvalg   Økonomiudvalget   Byrådet\n    x             -            x", ["Fagudvalg", "Byrådet"]),
        (
            "Fase | Skoleudvalget | Økonomiudvalget | Byrådet\nIndstiller | x | |\nBeslutter | | | x",
            ["Skoleudvalget", "Byrådet"],
        ),
        ("SKU | x\nØKU | \nBYR | x", ["SKU", "BYR"]),
        ("☐ SKU ☒ ØKU ☒ BYR", ["ØKU", "BYR"]),
        ("[ ] Skoleudvalget\n[x] Økonomiudvalget\n[x] Byrådet", ["Økonomiudvalget", "Byrådet"]),
    ],
)
def test_a_body_with_a_cross_is_a_stop(text: str, expected: list[str]) -> None:
    assert stops(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "LMU HMU DIR BYR\nX X",  # the empty cells are gone
        "          LMU   HMU\nX",  # so is the indentation
        "Ja | Nej\nx | ",
        "JA   NEJ\nX",
        "Positiv | Neutral | Negativ\n | x | ",
        "Vej | Ejer | Status\nBakkevej | Byrådet | x",
        "SKU | ØKU\n14 | 3",
        "SKU | ØKU | BYR\n |  | ",
        "Formanden talte i  Økonomiudvalget  og Byrådet\nx",
        "[x] Åben\n[ ] Lukket",
    ],
)
def test_what_only_looks_like_a_grid_is_no_route(text: str) -> None:
    assert stops(text) == []


HEAD = "Elmested Kommune\nByrådet\nDagsorden\nDato: 3. marts 2025\nSted: Salen\n\n"


def test_an_item_has_the_crossed_bodies_alone_for_its_route_and_what_stands_below_is_read() -> None:
    text = (
        f"{HEAD}1. Ferieplan\n\n   SKU   ØKU   BYR\n         X     X\n\nSkolechef Ane Bakkegård deltager.\n\n"
        "Indstilling\nDirektionen indstiller, at planen drøftes.\n\n"
        "2. Skolebuds\n\nBeslutningskompetence\n☐ Skoleudvalget\n☒ Økonomiudvalget\n☒ Byrådet\n\n"
        "Indstilling\nDirektionen indstiller, at sagen drøftes.\n"
    )
    found = record(extract(read_source(text.encode(), title="a.txt"), None))
    first, second = found["items"]
    assert first["routing"] == ["ØKU", "BYR"]
    assert [person["name"] for person in first["persons"]] == ["Ane Bakkegård"]
    assert second["routing"] == ["Økonomiudvalget", "Byrådet"]


@pytest.mark.parametrize(
    ("proposal", "points"),
    [
        (
            "HR-chefen indstiller, at HMU\n  -  godkender planen.\n  -  drøfter ferien.",
            ["godkender planen.", "drøfter ferien."],
        ),
        ("Sekretariatet foreslår, at rådet\n• vælger en formand", ["vælger en formand"]),
        ("Personalechefen indstiller følgende\n- planen følges", ["planen følges"]),
        ("Vi anbefaler, at man ser på\n- bænke\n- lys", []),
    ],
)
def test_a_list_goes_on_with_a_proposal_without_a_label(proposal: str, points: list[str]) -> None:
    text = f"{HEAD}1. Ferieplan\n\n{proposal}\n\n2. Eventuelt\n\nIntet.\n"
    found = record(extract(read_source(text.encode(), title="a.txt"), None))
    assert found["items"][0]["recommendation"] == points
