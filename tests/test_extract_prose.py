"""Routing, commitments, mentions, framings and references in prose, and the time they take on hostile lines."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from graph.danish.name_lists import read_name_list
from graph.extract.commitments import read_commitments
from graph.extract.framings import read_framings, read_recurring
from graph.extract.mentions import read_mentions
from graph.extract.outcomes import outcomes
from graph.extract.participations import read_participations
from graph.extract.passage import Passage
from graph.extract.references import read_references
from graph.extract.steps import join_steps, read_codes, read_steps
from graph.extract.votes import read_vote
from graph.model import SourceDocument
from tests.growth import grows_linearly

SEEDS = Path(__file__).parents[1].parent / "shared" / "reading" / "texts"
ROUTE = "Det behandles i Hovedudvalget den 11. november, Økonomiudvalget d. 6. december og Byrådet d. 13. december."


def passage(text: str, kind: str = "decision", body: str = "Direktionen") -> Passage:
    source = SourceDocument(title="t", text=text, text_hash="", file_hash="", media_type="text/plain")
    return Passage(source, 0, len(text), kind, date(2022, 10, 12), body)


def test_one_verb_sends_to_several_bodies() -> None:
    steps = read_steps(passage(ROUTE, "case-text"))
    assert [(s.target_body, str(s.planned_date), s.step_order) for s in steps] == [
        ("Hovedudvalget", "2022-11-11", 1),
        ("Økonomiudvalget", "2022-12-06", 2),
        ("Byrådet", "2022-12-13", 3),
    ]
    assert {s.inferred_by for s in steps} == {"year-on-or-after-meeting"}
    assert steps[0].sentences[0].anchor_of == ROUTE


def test_the_same_stop_in_two_sections_is_one_with_both_sentences() -> None:
    twice = read_steps(passage(ROUTE, "case-text")) + read_steps(passage(f"Drøftet. {ROUTE}"), first_order=4)
    assert [len(s.sentences) for s in join_steps(twice)] == [2, 2, 2]


def test_a_stop_of_which_only_the_kind_is_told() -> None:
    step = read_steps(passage("Direktionen behandlede forslaget forud for politisk behandling."))[0]
    assert (step.target_body, step.step_role, step.date_precision) == (None, "political-treatment", "vague")
    assert read_steps(passage("Oplæg holdes forinden politisk behandling i fagudvalgene.", "case-text")) == ()


def test_past_handling_is_no_plan() -> None:
    assert read_steps(passage("Sagen blev behandlet i Byrådet den 3. maj.")) == ()
    assert read_steps(passage(ROUTE, "history")) == ()


def test_a_recommendation_names_its_bodies_in_the_order_they_come() -> None:
    text = "Direktøren indstiller til Byrådet via Økonomiudvalget og Klimaudvalget, at planen vedtages."
    steps = read_steps(passage(text, "recommendation"))
    assert [s.target_body for s in steps] == ["Økonomiudvalget", "Klimaudvalget", "Byrådet"]


def test_codes_in_lists_and_file_names() -> None:
    codes = {"HU": "Hovedudvalget", "ØK": "Økonomiudvalget", "KB": "Kommunalbestyrelsen"}
    found = read_codes("Dagsordenspunkt_TRIO-stormøde HU ØK KB.docx", codes)
    assert [c.body for c in found] == ["Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"]
    assert [(c.code, c.step_order) for c in read_codes("KF/AU, SO", {})] == [("KF", 1), ("AU", 1), ("SO", 2)]
    assert [(c.code, c.step_order) for c in read_codes("ØK/BY", {})] == [("ØK", 1), ("BY", 2)]


@pytest.mark.parametrize(
    ("text", "owner", "due"),
    [
        ("Der ansættes en projektleder på en 2-årig kontrakt.", None, None),
        ("Der bliver indgået aftale med leverandør om at bistå.", None, None),
        ("Det blev aftalt, at økonomichef Bo Holm præsenterer planen.", "Bo Holm", None),
        ("Forvaltningen udarbejder et notat inden 1. november.", "Forvaltningen", "inden 1. november"),
        ("Administrationen blev bedt om at undersøge sagen senest i uge 45.", "Administrationen", "senest i uge 45"),
    ],
)
def test_a_commitment_with_owner_and_due_date(text: str, owner: str | None, due: str | None) -> None:
    assert [(c.owner, c.due_as_stated) for c in read_commitments(passage(text))] == [(owner, due)]


@pytest.mark.parametrize(
    "text",
    [
        "Der forventes en betydelig involvering fra medarbejderne.",
        "Der skal være en særlig opmærksomhed om ressourceforbruget.",
        "Der er bl.a. fokus på øget digitalisering.",
        "Der udbydes via SKI-aftalen.",
    ],
)
def test_an_expectation_is_no_commitment(text: str) -> None:
    assert read_commitments(passage(text)) == ()


def test_a_case_text_commits_to_nothing() -> None:
    assert read_commitments(passage("Der ansættes en projektleder.", "case-text")) == ()


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are shared beside the checkout")
def test_the_commitments_of_the_seeds() -> None:
    first = (SEEDS / "seed-000.txt").read_text("utf-8").split("Beslutning i Direktionen")[1]
    second = (SEEDS / "seed-002.txt").read_text("utf-8").split("Beslutning i Direktionen")[1]
    rules = [c.extraction_method for c in read_commitments(passage(first))]
    assert rules == ["commit.contract", "commit.hire", "commit.agree"]
    found = read_commitments(passage(second))
    assert [(c.owner, c.recipient, c.due_as_stated) for c in found] == [("Bettina Andersen", "de to chefgrupper", None)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Puljen var på Foreningsrådets bord den 23. april 2019.", [("Foreningsrådet", "2019-04-23")]),
        ("Byrådet sagde ja til planen for hjemløse den 6. marts 2019.", [("Byrådet", "2019-03-06")]),
        ("HMU talte om det den 19. januar 2017 og 4. september 2017.", [("HMU", "2017-01-19"), ("HMU", "2017-09-04")]),
        ("Referat fra HMU-mødet den 4. september 2017", [("HMU", "2017-09-04")]),
        ("Den 3. marts 2020 besluttede Byrådet at købe grunden.", [("Byrådet", "2020-03-03")]),
        ("Ældrerådet hørte om planen i høring til den 1. maj 2020.", [("Ældrerådet", "None")]),
        ("Direktionen drøftede det.", []),
    ],
)
def test_bodies_with_their_dates(text: str, names: list[tuple[str, str]]) -> None:
    assert [(m.pref_label, str(m.mention_date)) for m in read_mentions(passage(text))] == names


def test_described_bodies_departments_and_organisations() -> None:
    text = "Planen vises i de to chefgrupper. KL og Region Midtjylland hørte Teknisk Forvaltning."
    assert [(m.pref_label, m.mention_kind) for m in read_mentions(passage(text))] == [
        ("chefgrupper", "described-body"),
        ("Teknisk Forvaltning", "department"),
        ("KL", "organisation"),
        ("Region Midtjylland", "organisation"),
    ]


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("Direktionen arbejder med FN's 17 verdensmål. Verdensmålene er en ramme.", [("programme", None)]),
        ("Sagen bidrager til verdensmål nr. 3, 4 og 11.", [("goal", "3"), ("goal", "4"), ("goal", "11")]),
        ("Verdensmål 4: “Kvalitetsuddannelse” og delmål 4.7", [("goal", "4"), ("target", "4.7")]),
        ("Klimaindsats og livet på land uden nogen ramme", []),
    ],
)
def test_framings(text: str, levels: list[tuple[str, str | None]]) -> None:
    assert [(f.framing_level, f.framing_goal) for f in read_framings(passage(text))] == levels


def test_standing_text_is_told_by_its_letters() -> None:
    text = "Direktionen arbejder med FN's 17 verdensmål som en overordnet begrebsramme for kommunens udvikling."
    one, other = read_recurring(passage(f"{text}\n\n{text.upper()}\n\nKort."))
    assert one.text_hash == other.text_hash == read_framings(passage(text))[0].text_hash


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("jf. budgetaftalen. Der udbydes via SKI-aftalen.", ["budgetaftalen", "SKI-aftalen"]),
        ("I økonomiaftalen mellem regeringen og KL for 2019 står", ["økonomiaftalen 2019"]),
        ("en eksplicitering af kompetenceplanens bestemmelser", ["kompetenceplanen"]),
        ("ramme for Region Midtjyllands udviklingsstrategi.", ["Region Midtjyllands udviklingsstrategi"]),
        ("efter planlovens § 15, stk. 2", ["planlovens § 15, stk. 2"]),
        ("præsenterer tidsplan, vagtplan og aftalen", []),
    ],
)
def test_what_a_text_leans_on(text: str, titles: list[str]) -> None:
    assert [r.title for r in read_references(passage(text))] == titles


HOSTILE = (
    "a",
    "A-",
    "Aa ",
    "A B ",
    "Jens Hansen, ",
    "1.1.2000 ",
    " ",
    "Byrådet den 3. maj, ",
    "afbud fra Bo Ek ",
    "SDG 3, ",
)
EXTRACTORS: tuple[Callable[[Passage], object], ...] = (
    read_participations,
    read_steps,
    read_commitments,
    read_mentions,
    read_framings,
    read_recurring,
    read_references,
    read_vote,
    lambda p: outcomes(p.text),
    lambda p: read_name_list(p.text),
)


@pytest.mark.parametrize("unit", HOSTILE)
def test_twice_the_hostile_line_takes_no_more_than_about_twice_the_time(unit: str) -> None:
    def seconds(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size] + "xy"[next(runs) % 2] * next(runs)
        begin = time.process_time()
        for extract in EXTRACTORS:
            extract(passage(text))
        return time.process_time() - begin

    runs = count(1)  # a text of its own for every run: what is cached would flatter
    assert grows_linearly(seconds, 12_500, 50_000)
