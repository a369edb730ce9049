"""What holds for any text: no error, every quote in its place, no fact twice, nothing changed by a stranger's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.danish.sentences import sentences
from graph.extract.coverage import coverage
from graph.extract.minutes import extract
from graph.extract.record import record
from graph.model import AgendaItem, Claim, Minutes, Section, claims
from graph.readers.text import source_document
from tests.maker.layouts import LAYOUTS
from tests.maker.papers import made_paper

LINES = st.sampled_from(
    [
        "",
        " ",
        "Referat",
        "Beslutning",
        "BeslutningGodkendt.",
        "Indstilling",
        "Sagsfremstilling",
        "Bilag",
        "1",
        "2.",
        "14)",
        "1. Godkendelse af dagsorden",
        "12. Budget 2024 - 2. behandling",
        "Sag nr. 129",
        "Punkt 3: Orientering",
        "Lukket: Nej",
        "Sagsnr.: 00.17.00-A00-8-16",
        "25/19069 -",
        "ØK/BY",
        "x",
        "DIR",
        "Sagsgang",
        "Historik",
        "Fraværende: Jens Kr. Yde (A)",
        "Byrådet, 10. september 2019, pkt. 65:",
        "Anbefales.",
        "Mødested\tLokale 3",
        "Dato: 31-02-2019",
        "kl. 25:61",
        "Administrationen indstiller til Byrådet",
        "at | dagsordenen godkendes |",
        "• at der gives 1,2 mio. kr.",
        "Transkript",
        "Lars Holm (V) deltog i stedet for Ole Bak (A).",
        "For stemte 14 (A, B). Imod stemte 3 (O).",
        "KB = Kommunalbestyrelsen",
        "\u202e\x00",
        "Sagen behandles i Økonomiudvalget d. 6. december og Byrådet d. 13.",
        "Verdensmål 3, 4-6 og delmål 11.2",
        "1 - 4120311 - Åben - Kort.pdf (221145/24) (H)",
        "Beslutning i Direktionen den 12-10-2022",
        "Dagsordenspunkt nr. ",
    ]
)
MIXED = st.lists(st.one_of(LINES, LINES, LINES, st.text(max_size=40)), max_size=30).map("\n".join)


@st.composite
def damaged_papers(draw: st.DrawFn) -> str:
    """A made paper in some layout, cut and put together again in ways that no damage known has done."""
    text = draw(st.sampled_from(LAYOUTS)).printed(made_paper(draw(st.integers(0, 500))))
    for _ in range(draw(st.integers(0, 6))):
        begin = draw(st.integers(0, len(text)))
        end = min(len(text), begin + draw(st.integers(0, 200)))
        middle = draw(st.sampled_from([text[begin:end] * 2, "", " ", "\n", draw(LINES), text[begin:end][::-1]]))
        text = text[:begin] + middle + text[end:]
    return text


TEXTS = st.one_of(MIXED, damaged_papers())
# fields whose value is what the source prints, but for blanks and marks
AS_QUOTED = (
    "agent", "party", "item_number", "case_number", "route_as_stated", "recommended_by", "owner", "due_as_stated",
    "identifier", "case_file", "attachment_number", "source_flag",
)  # fmt: skip
STRANGERS = (
    "Vejret har været mildt i vinter, og vandet står højt i søen.",
    "Bænkene i parken er malet grønne, og stien langs åen er ryddet for sne.",
    "Det regner mere end før, også om sommeren.",
)
ANY = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def read(text: str) -> Minutes:
    return extract(
        source_document(text, text.encode("utf-8", "surrogatepass"), title="any.txt", media_type="text/plain")
    )


def all_items(minutes: Minutes) -> Iterator[AgendaItem]:
    for item in minutes.agenda_items:
        yield item
        yield from item.agenda_items


@ANY
@given(TEXTS)
def test_any_text_is_read_and_every_quote_stands_in_its_place(text: str) -> None:
    minutes = read(text)
    for claim in claims(minutes):
        for evidence in claim.evidence:
            assert text[evidence.begin_index : evidence.end_index] == evidence.anchor_of
        if isinstance(claim, Section):
            assert 0 <= claim.begin_index <= claim.end_index <= len(text)
    assert all(text[e.begin_index : e.end_index] == e.anchor_of for e in minutes.unclaimed)
    for begin, end in places(record(minutes)):
        assert 0 <= begin <= end <= len(text)


def places(value: object) -> Iterator[list[int]]:
    """Every place in the text that a record gives."""
    if isinstance(value, dict):
        for key, inside in value.items():
            if key == "evidence":
                yield from (place for found in inside.values() for place in found)
            else:
                yield from places(inside)
    elif isinstance(value, list):
        for inside in value:
            yield from places(inside)


@ANY
@given(TEXTS)
def test_a_value_is_made_of_the_words_it_rests_on(text: str) -> None:
    for claim in claims(read(text)):
        for field in AS_QUOTED:
            value = getattr(claim, field, None)
            quotes = [letters(evidence.anchor_of) for evidence in claim.evidence if evidence.supports == field]
            assert not (value and quotes) or any(letters(value) in quote for quote in quotes), (claim, field)


def letters(words: str) -> str:
    return re.sub(r"\W", "", words).casefold()


@ANY
@given(TEXTS)
def test_no_fact_is_claimed_twice(text: str) -> None:
    for item in all_items(read(text)):
        kinds: dict[str, list[object]] = {
            "participations": [(p.agent, p.acting_as and p.acting_as.post, p.participation_status, p.had_role)
                               for p in item.participations],
            "mentions": [(m.pref_label.casefold(), m.mention_kind, m.mention_date) for m in item.mentions],
            "attachments": [spans(a) for a in item.attachments],
            "decisions": [spans(d) for d in item.decisions],
            "recommendations": [spans(r) for r in item.recommendations],
            "framings": [(f.framing_level, f.framing_goal) for f in item.sdg_framings],
            "steps": [(s.target_body, s.planned_date, s.step_source, spans(s)) for s in item.routing_steps],
            "commitments": [spans(c) for c in item.commitments],
            "references": [r.title.casefold() for r in item.policy_references],
            "recurring": [spans(r) for r in item.recurring_texts],
            "sections": [spans(s) for s in item.sections],
        }  # fmt: skip
        twice = {kind: [fact for fact, count in Counter(facts).items() if count > 1] for kind, facts in kinds.items()}
        assert not any(twice.values()), twice


@ANY
@given(TEXTS)
def test_no_two_items_claim_one_fact(text: str) -> None:
    items = read(text).agenda_items
    for kind in ("decisions", "recommendations", "attachments", "commitments", "sections", "recurring_texts"):
        found = Counter(spans(fact) for item in items for fact in getattr(item, kind))
        assert not [fact for fact, count in found.items() if count > 1], kind


def spans(claim: Claim) -> tuple[tuple[int, int, str], ...]:
    return tuple((e.begin_index, e.end_index, e.supports) for e in claim.evidence)


@ANY
@given(TEXTS)
def test_items_do_not_overlap_and_coverage_is_a_share(text: str) -> None:
    minutes = read(text)
    assert 0 <= coverage(minutes) <= 1
    stretches = [(e.begin_index, e.end_index) for e in minutes.unclaimed]
    assert stretches == sorted(stretches)
    assert all(before[1] <= after[0] for before, after in pairwise(stretches))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10_000), st.sampled_from(LAYOUTS), st.sampled_from(STRANGERS), st.data())
def test_an_unrelated_paragraph_changes_no_other_fact(
    seed: int, layout: Any, stranger: str, data: st.DataObject
) -> None:
    text = layout.printed(made_paper(seed))
    at = data.draw(st.sampled_from([len(text), *account_stops(text)]))
    changed = f"{text[:at]} {stranger}{text[at:]}" if at < len(text) else f"{text}\n\n{stranger}\n"
    assert facts(changed) == facts(text)


def account_stops(text: str) -> Iterator[int]:
    """The ends of the sentences in the accounts of a text."""
    for item in read(text).agenda_items:
        for section in item.sections:
            if section.section_kind in {"case-text", "summary"}:
                account = text[section.begin_index : section.end_index]
                yield from (section.begin_index + end for _, end in sentences(account) if account[end - 1] == ".")


def facts(text: str) -> object:
    """A record's values with the words they rest on, without the wording of whole sections and what nobody claimed."""
    return without(record(read(text)), text)


def without(value: object, text: str) -> object:
    left_out = {"unclaimed", "source", "text", "coverage", "statement"}
    if isinstance(value, dict):
        return {key: without(inside, text) for key, inside in value.items() if key not in left_out}
    if isinstance(value, list):
        place = len(value) == 2 and all(isinstance(one, int) for one in value)
        return text[slice(*value)] if place else [without(inside, text) for inside in value]
    return value
