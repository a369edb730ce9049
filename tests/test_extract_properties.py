"""What holds for any text: no error, every quote in its place, no fact twice, nothing changed by a stranger's words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.extract.coverage import coverage
from graph.extract.minutes import extract
from graph.extract.record import record
from graph.model import AgendaItem, Claim, Minutes, claims
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
TEXTS = st.lists(st.one_of(LINES, LINES, LINES, st.text(max_size=40)), max_size=30).map("\n".join)
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
    record(minutes)
    for claim in claims(minutes):
        for evidence in claim.evidence:
            assert text[evidence.begin_index : evidence.end_index] == evidence.anchor_of
    assert all(text[e.begin_index : e.end_index] == e.anchor_of for e in minutes.unclaimed)


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
            "framings": [(f.framing_level, f.framing_goal, spans(f)) for f in item.sdg_framings],
        }  # fmt: skip
        twice = {kind: [fact for fact, count in Counter(facts).items() if count > 1] for kind, facts in kinds.items()}
        assert not any(twice.values()), twice


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


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from(LAYOUTS), st.sampled_from(["case", "end"]))
def test_an_unrelated_paragraph_changes_no_other_fact(seed: int, layout: Any, where: str) -> None:
    text = layout.printed(made_paper(seed))
    stranger = "Vejret har været mildt i vinter, og vandet står højt i søen."
    account = re.search(r"Udgiften er \d+ mio\. kr\.", text) if where == "case" else None
    at = account.end() if account else len(text)
    changed = f"{text[:at]} {stranger}{text[at:]}" if account else f"{text}\n\n{stranger}\n"
    assert facts(changed) == facts(text)


def facts(text: str) -> object:
    """A record's values without their places, the text that nobody claimed, and the wording of verdicts."""
    return without(record(read(text)))


def without(value: object) -> object:
    left_out = {"evidence", "unclaimed", "source", "text", "coverage"}
    if isinstance(value, dict):
        return {key: without(inside) for key, inside in value.items() if key not in left_out}
    return [without(inside) for inside in value] if isinstance(value, list) else value
