"""The slot for a statistical model, with a tiny one that marks what it was told to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from graph.errors import SourceError
from graph.extract.annotators import Candidate, load_annotator, with_candidates
from graph.extract.minutes import extract
from graph.model import Minutes
from graph.readers.choose import read_source

TEXT = """Byrådet den 4. maj 2022

1. Havneplan

Sagsfremstilling
Vejchef Ib Holst deltager. Bølgebryderlauget har skrevet til Økonomiudvalget.

Beslutning
Godkendt.
"""


@dataclass(frozen=True)
class Marker:
    """Marks every print of some words."""

    words: tuple[tuple[str, str, float], ...]

    def annotate(self, text: str) -> Iterator[Candidate]:
        for words, kind, confidence in self.words:
            begin = text.find(words)
            yield Candidate(begin, begin + len(words), kind, confidence)


def read() -> Minutes:
    return extract(read_source(TEXT.encode(), title="x.txt"))


def test_a_candidate_is_added_and_weighs_little() -> None:
    annotated = with_candidates(read(), Marker((("Bølgebryderlauget", "organisation", 0.99),)), name="tiny")
    added = [m for m in annotated.agenda_items[0].mentions if m.extraction_method == "annotator.tiny"]
    assert [(m.pref_label, m.mention_kind, m.confidence) for m in added] == [("Bølgebryderlauget", "organisation", 0.6)]
    assert added[0].evidence[0].anchor_of == "Bølgebryderlauget"


def test_what_a_rule_found_stands_unchanged() -> None:
    plain = read()
    marker = Marker((("Ib Holst", "person", 0.5), ("Økonomiudvalget", "organisation", 0.5)))
    assert with_candidates(plain, marker, name="tiny") == plain


def test_all_but_the_mentions_is_the_same() -> None:
    plain = read()
    annotated = with_candidates(plain, Marker((("lauget", "organisation", 0.4),)), name="tiny")
    item = replace(annotated.agenda_items[0], mentions=plain.agenda_items[0].mentions)
    assert replace(annotated, agenda_items=(item,)) == plain


@pytest.mark.parametrize("one", [("findes ikke", "organisation", 0.5), ("Godkendt", "verb", 0.5)])
def test_a_bad_candidate_is_left_out(one: tuple[str, str, float]) -> None:
    plain = read()
    assert with_candidates(plain, Marker((one,)), name="tiny") == plain


def test_a_model_that_is_not_installed_is_refused() -> None:
    with pytest.raises(SourceError, match="ikke installeret"):
        load_annotator("findes-ikke", Path("model"))
