"""How well the gate tells private detail from what only looks like it: two thousand made texts, and real minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from graph.extract.minutes import extract
from graph.privacy.gate import details
from graph.readers.choose import read_source
from graph.readers.text import read
from tests.conftest import EXAMPLES, ROOT, SHARED
from tests.maker.private import KINDS, texts

TEXTS = 2000
# what is found of each kind, at the least: names that no list knows, and blocks of lines, are the ones missed
RECALL = {"cpr": 0.99, "phone": 0.93, "mail": 0.96, "address": 0.82, "health": 0.85}
MOST_FALSE = 0.002  # of the details found in innocent lines of texts that hold a private one, too


@dataclass(slots=True)
class Figures:
    """What was found in the made texts: planted ones by kind, innocent texts held, and false finds beside planted."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    held: list[str] = field(default_factory=list)
    beside: int = 0


@pytest.fixture(scope="module")
def figures() -> Figures:
    told = Figures()
    for made in texts(7, TEXTS):
        found = details(extract(read(made.text.encode(), "made.txt")))
        begin = made.text.index(made.planted)
        end = begin + len(made.planted)
        told.planted[made.kind] += 1
        told.found[made.kind] += any(d.kind == made.kind and d.begin < end and d.end > begin for d in found)
        if made.kind:
            told.beside += sum(d.begin >= end or d.end <= begin for d in found)
        else:
            told.held += [made.text[d.begin : d.end] for d in found]
    return told


def test_no_innocent_text_of_a_thousand_is_held(figures: Figures) -> None:
    assert figures.planted[""] == TEXTS // 2
    assert figures.held == []
    assert figures.beside <= MOST_FALSE * TEXTS


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_planted_is_found(figures: Figures, kind: str, record_property: Callable[[str, object], None]) -> None:
    assert figures.planted[kind] == TEXTS // 2 // len(KINDS)
    recall = figures.found[kind] / figures.planted[kind]
    record_property(f"recall of {kind}", round(recall, 3))
    assert recall >= RECALL[kind]


REAL = sorted((SHARED / "reading" / "texts").glob("*.txt"))
OURS = sorted(p for folder in (EXAMPLES, ROOT / "examples" / "more") for p in folder.iterdir() if p.suffix != ".toml")


@pytest.mark.parametrize("path", [*OURS, *REAL], ids=lambda path: path.name)
def test_minutes_with_their_members_and_officials_pass(path: Path) -> None:
    assert details(extract(read_source(path.read_bytes(), title=path.name))) == ()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ansøger 010190-1234 skriver.", ["cpr"]),
        ("Cpr 01 01 90 1234.", ["cpr"]),
        ("Sagsnr. 330-2018-010190-1234.", []),
        ("P-nr. 0101901234.", []),
        ("Ole Holm, Elmevej 4, 8500 Grenaa, klager.", ["address"]),
        ("Ole Holm søger om carport på Elmevej 4, 8500 Grenaa.", []),
        ("Økonomichef Ole Holm, Elmevej 4, deltog.", []),
        ("Nabo Ole Holm, tlf. 86 12 34 56, klager.", ["phone"]),
        ("Sagsbehandler: Ole Holm, tlf. 86 12 34 56", []),
        ("Ole Holm, Teknik og Miljø, tlf. 86 12 34 56", []),
        ("Ole Holm lider af demens.", ["health"]),
        ("Socialchef Ole Holm orienterede om demens.", []),
        ("Ole Holm holdt oplæg om demens.", []),
    ],
)
def test_a_detail_counts_beside_a_citizen(text: str, found: list[str]) -> None:
    assert [d.kind for d in details(extract(read(text.encode(), "a.txt")))] == found
