"""Who took part, was announced, absent, recused or a substitute."""

from __future__ import annotations

from datetime import date

import pytest

from graph.extract.participations import elsewhere, join_posts, read_attendance, read_participations
from graph.extract.passage import Passage
from graph.model import Participation, SourceDocument


def passage(text: str, kind: str = "decision") -> Passage:
    source = SourceDocument(title="t", text=text, text_hash="", file_hash="", media_type="text/plain")
    return Passage(source, 0, len(text), kind, date(2022, 10, 12), "Direktionen")


def told(text: str, kind: str = "decision") -> list[tuple[str | None, str, str | None]]:
    return [(p.agent, p.participation_status, p.had_role) for p in read_participations(passage(text, kind))]


def test_announced_is_not_recorded() -> None:
    plan = "Mette Løvholm og Trine Kjær Poulsen deltager under drøftelsen af punktet."
    assert told(plan, "case-text") == [
        ("Mette Løvholm", "announced", None),
        ("Trine Kjær Poulsen", "announced", None),
    ]
    assert told("Mette Løvholm deltog under drøftelsen.") == [("Mette Løvholm", "recorded", None)]
    assert told("Mette Løvholm deltog i workshoppen.", "case-text") == [("Mette Løvholm", "mentioned", None)]


def test_a_title_gives_a_post_with_how_it_is_held() -> None:
    one = read_participations(passage("Konstitueret socialchef Marie-Louise Ifversen deltog under emnet."))[0]
    assert one.acting_as is not None
    assert (one.acting_as.post, one.acting_as.holding_status) == ("socialchef", "acting")
    assert {e.supports: e.anchor_of for e in one.evidence if e.supports} == {
        "agent": "Marie-Louise Ifversen",
        "had_role": "Konstitueret socialchef",
    }


def test_a_bare_post_takes_the_name_of_its_holder() -> None:
    text = "Økonomichefen redegjorde. Det blev aftalt, at økonomichef Bettina Andersen præsenterer planen."
    found = join_posts(read_participations(passage(text)))
    assert [(p.agent, p.participation_status, p.inferred_by) for p in found] == [
        ("Bettina Andersen", "recorded", "post-in-same-item")
    ]
    assert len(found[0].sentences) == 2


def test_two_holders_of_a_post_give_no_name() -> None:
    text = "Centerchefen redegjorde. Centerchef Bo Lund sagde tak. Centerchef Ib Krag sagde nej."
    found = join_posts(read_participations(passage(text)))
    assert [p.agent for p in found if p.participation_status == "recorded"] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "Martin Bech og Lis Holm var fraværende.",
        "Afbud: Martin Bech, Lis Holm",
        "Der er afbud fra Martin Bech og Lis Holm.",
        "Ikke til stede: Martin Bech og Lis Holm.",
        "Fraværende:\nMartin Bech (V)\nLis Holm (A)\n\nGodkendt.",
        "Martin Bech (V) og Lis Holm (A) deltog ikke i sagens behandling.",
        "Medlemmerne var mødt, bortset fra Martin Bech og Lis Holm.",
        "Martin Bech og Lis Holm udeblev uden afbud.",
    ],
)
def test_absence_in_its_forms(text: str) -> None:
    assert [(a, s) for a, s, _ in told(text)] == [("Martin Bech", "absent"), ("Lis Holm", "absent")]


def test_an_empty_label_takes_nobody_from_the_next_line() -> None:
    assert told("Fraværende: \nOle Kristensen orienterede om en henvendelse.") == [("Ole Kristensen", "recorded", None)]


@pytest.mark.parametrize(
    "text",
    [
        "Jonas Holm deltog i stedet for Steen Lund.",
        "Afbud fra Steen Lund. I stedet mødte Jonas Holm.",
        "Afbud fra Steen Lund stedfortræder Jonas Holm",
        "Som stedfortræder for Steen Lund mødte Jonas Holm.",
        "Steen Lund havde meldt afbud, og Jonas Holm deltog i stedet.",
        "Afbud: Steen Lund – Jonas Holm deltog som stedfortræder.",
    ],
)
def test_a_substitute_in_both_directions(text: str) -> None:
    found = {p.agent: p for p in read_participations(passage(text, "attendance"))}
    assert found["Jonas Holm"].substitutes == "Steen Lund"
    assert found["Jonas Holm"].participation_status == "recorded"
    assert found["Steen Lund"].participation_status == "absent"


def test_recusal_and_its_reason_told_afterwards() -> None:
    assert told("Jakob Holm forlod lokalet grundet inhabilitet.") == [("Jakob Holm", "recused", "inhabil")]
    assert told("Partiet spurgte, om borgmesteren var inhabil. Det var hun ikke.") == []
    later = "Bo Lund deltog ikke i behandlingen af pkt. 1 og 9. Pkt. 9 var på grund af inhabilitet."
    found = read_participations(passage(later, "attendance"))
    assert [(p.participation_status, p.reason) for p in found] == [("absent", "pkt. 1 og 9"), ("recused", "Pkt. 9")]


def test_citizens_who_are_heard_are_only_mentioned() -> None:
    text = "Der var foretræde i:\n\n• Til punkt 10 foretræder Mette Bugge, ejer af en café, og Søren Bo, beboer."
    assert told(text, "other") == [("Mette Bugge", "mentioned", "foretræde"), ("Søren Bo", "mentioned", "foretræde")]


def test_past_handling_and_other_bodies_give_mentions_only() -> None:
    assert told("Fravær: Morten Holm (G)", "history") == [("Morten Holm", "mentioned", "fraværende")]
    away = read_participations(passage("Morten Holm (G) deltog ikke i sagens behandling."))
    assert [p.had_role for p in elsewhere(away, "Økonomiudvalget")] == ["fraværende i Økonomiudvalget"]


def test_attendance_list_with_remarks() -> None:
    text = "Formand Erik Nielsen (A)\nBirgitte Holm (A), Suppleant for Brian Møller (A)\nBritt Jensen (A) (afbud)"
    found = read_attendance(passage(text, "attendance"), "present")

    def row(p: Participation) -> tuple[str | None, str, str | None, str | None]:
        return p.agent, p.participation_status, p.had_role, p.substitutes

    assert [row(p) for p in found] == [
        ("Erik Nielsen", "present", "Formand", None),
        ("Birgitte Holm", "present", "stedfortræder for Brian Møller", "Brian Møller"),
        ("Britt Jensen", "absent", None, None),
    ]


def test_evidence_points_at_the_words() -> None:
    whole = passage("Godkendt.\n\nØkonomichef Bettina Andersen deltog under punktet.")
    for one in read_participations(whole.part(11, whole.end)):
        for e in one.evidence:
            assert whole.source.text[e.begin_index : e.end_index] == e.anchor_of
        assert one.sentences[0].anchor_of == "Økonomichef Bettina Andersen deltog under punktet."
