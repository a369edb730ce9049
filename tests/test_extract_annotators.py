"""The slot for a statistical model, with a tiny one that marks what it was told to."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from api.settings import from_environment
from graph.errors import SettingsError
from graph.extract.annotators import Candidate, Model, load_annotator, with_candidates
from graph.extract.minutes import extract
from graph.model import AgendaItem, Evidence, Minutes
from graph.privacy.closed import with_shells
from graph.readers.choose import read_source
from tests.growth import grows_linearly

TEXT = """Byrådet den 4. maj 2022

1. Havneplan

Sagsfremstilling
Vejchef Ib Holst deltager. Bølgebryderlauget har skrevet til Økonomiudvalget. Svar til Bølgebryderlauget vedlægges.
Brevet er vedlagt af Ulla Toft.

Beslutning
Godkendt.

2. Lukket - Køb af Bådhuset

Sagsfremstilling
Rorklubben sælger.

Beslutning
Godkendt.
"""
LAUG = ("Bølgebryderlauget", "organisation", 0.99)


@dataclass(frozen=True)
class Marker:
    """Marks every print of some words."""

    words: tuple[tuple[str, str, float], ...]

    def annotate(self, text: str) -> Iterator[Candidate]:
        for words, kind, confidence in self.words:
            begin = text.find(words)
            while begin >= 0:
                yield Candidate(begin, begin + len(words), kind, confidence)
                begin = text.find(words, begin + 1)


@dataclass(frozen=True)
class Pointer:
    """Marks places, whatever stands there."""

    marked: tuple[Candidate, ...]

    def annotate(self, text: str) -> tuple[Candidate, ...]:
        return self.marked


def read() -> Minutes:
    return extract(read_source(TEXT.encode(), title="x.txt"))


def annotated(*words: tuple[str, str, float]) -> Minutes:
    return with_candidates(read(), Marker(words), rule="annotator.tiny")


def test_a_candidate_is_added_once_with_its_sentences_and_weighs_little() -> None:
    [added] = [m for m in annotated(LAUG).agenda_items[0].mentions if m.extraction_method == "annotator.tiny"]
    assert (added.pref_label, added.mention_kind, added.confidence) == ("Bølgebryderlauget", "organisation", 0.6)
    assert [e.anchor_of for e in added.sentences] == [
        "Bølgebryderlauget har skrevet til Økonomiudvalget.",
        "Svar til Bølgebryderlauget vedlægges.",
    ]
    assert all(TEXT[e.begin_index : e.end_index] == e.anchor_of for e in added.evidence)


def test_what_a_rule_found_stands_unchanged() -> None:
    assert annotated(("Ib Holst", "person", 0.5), ("Økonomiudvalget", "organisation", 0.5)) == read()


def test_all_but_what_is_added_is_the_same() -> None:
    plain = read()
    found = annotated(LAUG, ("Ulla", "person", 0.4))
    first, before = found.agenda_items[0], plain.agenda_items[0]
    assert first.mentions[: len(before.mentions)] == before.mentions
    assert first.participations[: len(before.participations)] == before.participations
    bare = replace(first, mentions=before.mentions, participations=before.participations)
    assert replace(found, agenda_items=(bare, *found.agenda_items[1:])) == plain


@pytest.mark.parametrize("kind", ["person", "organisation", "department", "body"])
def test_a_person_is_merely_named_whatever_the_model_takes_it_for(kind: str) -> None:
    text = TEXT.replace("Brevet er vedlagt af Ulla Toft.", "Tak.\n\nUlla Toft")
    plain = extract(read_source(text.encode(), title="x.txt"))
    bare = replace(plain, agenda_items=tuple(replace(item, participations=()) for item in plain.agenda_items))
    found = with_candidates(bare, Marker((("Ulla Toft", kind, 0.5),)), rule="annotator.tiny")
    [one] = found.agenda_items[0].participations
    assert (one.agent, one.participation_status, one.extraction_method) == ("Ulla Toft", "mentioned", "annotator.tiny")
    assert found.agenda_items[0].mentions == plain.agenda_items[0].mentions


def test_a_closed_item_gets_nothing() -> None:
    plain = with_shells(read())
    assert plain.agenda_items[1].access_rights == "closed"
    marker = Marker((("Bådhuset", "organisation", 0.5), ("Rorklubben", "organisation", 0.5)))
    assert with_candidates(plain, marker, rule="annotator.tiny") == plain


def test_a_candidate_goes_to_the_matter_it_stands_in() -> None:
    whole = read()
    parent, matter = whole.agenda_items
    begin = TEXT.index("Rorklubben")
    matter = replace(matter, access_rights="open")
    nested = replace(whole, agenda_items=(replace(parent, agenda_items=(matter,)),))
    found = with_candidates(nested, Marker((("Rorklubben", "organisation", 0.5), LAUG)), rule="annotator.tiny")
    [outer] = found.agenda_items
    assert "Rorklubben" not in {m.pref_label for m in outer.mentions}
    assert "Bølgebryderlauget" in {m.pref_label for m in outer.mentions}
    assert outer.agenda_items[0].mentions[-1].evidence[1].begin_index == begin


BEGIN = TEXT.index("Bølgebryderlauget")
BAD = [
    Candidate(BEGIN, BEGIN + 5, "verb", 0.5),
    Candidate(BEGIN, BEGIN, "organisation", 0.5),
    Candidate(-5, 5, "organisation", 0.5),
    Candidate(BEGIN, len(TEXT) + 1, "organisation", 0.5),
    Candidate(BEGIN, BEGIN + 201, "organisation", 0.5),
    Candidate(TEXT.index("\n\nBeslutning"), TEXT.index("\n\nBeslutning") + 2, "organisation", 0.5),
    Candidate(BEGIN, BEGIN + 5, "organisation", math.nan),
    Candidate(BEGIN, BEGIN + 5, "organisation", -0.1),
]


@pytest.mark.parametrize("one", BAD, ids=str)
def test_a_bad_candidate_is_left_out(one: Candidate) -> None:
    assert with_candidates(read(), Pointer((one,)), rule="annotator.tiny") == read()


def seconds(items: int) -> float:
    """What the adding takes in minutes with so many items, each with a candidate."""
    line = "Brev fra Bølgebryderlauget er vedlagt.\n"
    places = [Evidence(n * len(line), (n + 1) * len(line), line) for n in range(items)]
    many = tuple(AgendaItem(item_order=n, evidence=(place,)) for n, place in enumerate(places))
    whole = replace(read(), source=replace(read().source, text=line * items), agenda_items=many)
    began = time.process_time()
    found = with_candidates(whole, Marker((LAUG,)), rule="annotator.tiny")
    took = time.process_time() - began
    assert all(len(one.mentions) == 1 for one in found.agenda_items)
    return took


def test_the_cost_grows_with_the_text_alone() -> None:
    assert grows_linearly(seconds, 200, 1600)


def test_a_model_that_is_not_installed_is_refused_with_those_that_are() -> None:
    with pytest.raises(SettingsError, match=r"ANNOTATOR=nix:/m: nix er ikke installeret\. Installeret er: spacy"):
        from_environment({"SAGSGRAF_ANNOTATOR": "nix:/m"})


def test_a_path_with_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"der er ingen model i .*her"):
        from_environment({"SAGSGRAF_ANNOTATOR": f"spacy:{tmp_path / 'her'}"})
    named = from_environment({"SAGSGRAF_ANNOTATOR": f"spacy:{tmp_path}"}).annotator
    assert named == Model("spacy", tmp_path)
    with pytest.raises(SettingsError, match="kan ikke indlæses"):
        load_annotator(named)
    with pytest.raises(SettingsError, match="stien til modellen mangler"):
        load_annotator(Model("spacy"))


def test_no_model_is_used_unless_asked_for() -> None:
    assert from_environment({}).annotator is None


def test_another_model_has_another_fingerprint(tmp_path: Path) -> None:
    (tmp_path / "model").write_text("en")
    before = Model("spacy", tmp_path).fingerprint()
    assert before == Model("spacy", tmp_path).fingerprint()
    assert before != Model("spacy", tmp_path / "model").fingerprint() != Model("spacy").fingerprint()
    (tmp_path / "model").write_text("to")
    assert before != Model("spacy", tmp_path).fingerprint()
