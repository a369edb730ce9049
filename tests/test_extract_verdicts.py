"""Outcomes and votes of decisions."""

from __future__ import annotations

import pytest

from graph.extract.outcomes import outcomes, read_verdicts
from graph.extract.passage import Passage
from graph.extract.votes import read_vote
from graph.model import SourceDocument


def passage(text: str) -> Passage:
    source = SourceDocument(title="t", text=text, text_hash="", file_hash="", media_type="text/plain")
    return Passage(source, 0, len(text), "decision")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tiltrådt.", ("approved",)),
        ("HMU besluttede at godkende dagsordnen.", ("approved",)),
        ("1. - 2. Anbefalet med den ændring at opfølgningen flyttes.", ("recommended",)),
        ("Indstilles godkendt.", ("recommended",)),
        ("Oversendes til Byrådet med anbefaling", ("recommended",)),
        ("Sagens behandling blev udsat i mødet den 28. august 2019.", ("postponed",)),
        ("Udvalget besluttede at udsætte sagen til næste møde.", ("postponed",)),
        ("Fremsendes til Magistraten. Afdelingen har ikke mere at sige.", ("referred",)),
        ("Sagen taget til orientering.", ("noted",)),
        ("Borgmesteren orienterede om en kommende sag.", ("noted",)),
        ("Direktionen drøftede og behandlede produktet.", ("discussed", "treated")),
        ("Godkendt, dog således at beløbet nedsættes.", ("adopted_with_change",)),
        ("Udvalget tiltrådte indstillingen, idet Per Madsen (Ø) tog forbehold.", ("approved",)),
        ("Kan ikke godkendes.", ("rejected",)),
        ("Ingen.\n\nMartin Bech var fraværende.", ("other",)),
        ("Byrådet godkendte indstillingen med 20 stemmer for og 5 imod.", ("approved",)),
    ],
)
def test_the_outcome_of_a_formula(text: str, found: tuple[str, ...]) -> None:
    assert outcomes(text) == found


def test_a_plan_is_no_verdict() -> None:
    assert outcomes("Det behandles i Hovedudvalget den 11. november.") == ("other",)
    assert outcomes("Det færdige produkt sendes til deltagerne.") == ("other",)


def test_the_verdict_stands_after_notes_and_speeches() -> None:
    text = "Afbud fra Ib Holm.\n\nBorgmesteren meddelte, at punkt 9 udgår.\n\nVenstre ønskede ordet.\n\nGodkendt."
    assert outcomes(text) == ("approved",)


def test_a_rejected_amendment_is_told_from_the_main_motion() -> None:
    text = "Ændringsforslaget blev ikke vedtaget med 1 stemme mod 8.\n\nDagsordenen blev herefter godkendt."
    assert [(v.outcomes, v.on_amendment) for v in read_verdicts(text)] == [
        (("rejected",), True),
        (("approved",), False),
    ]
    assert outcomes(text) == ("approved",)


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("Ændringsforslaget blev ikke vedtaget med 1 stemme mod 8. 1 undlod at stemme.", (1, 8, 1)),
        ("Vedtaget med 34 stemmer imod 15.", (34, 15, None)),
        ("Forslaget blev forkastet med 4 stemmer mod 2.", (2, 4, None)),
        ("Forslaget blev forkastet med 3 stemmer for og 15 imod.", (3, 15, None)),
        ("For stemte Bo Holm og Ib Krag. Imod stemte Lis Lund (Ø).", (2, 1, None)),
        ("Der blev stemt. Ti stemte for, tre stemte imod og to undlod.", (10, 3, 2)),
        ("For: 2 (Bo Holm (A), Ib Krag (V))\n\nImod: 1 (Lis Lund (Ø))", (2, 1, None)),
        ("For forslaget stemmer:\n\nBo Holm, Ib Krag og Pia Bo.\n\nHenning Holm undlader at stemme.", (3, None, 1)),
    ],
)
def test_votes_as_printed_or_counted(text: str, counts: tuple[int | None, ...]) -> None:
    vote = read_vote(passage(text))
    assert vote is not None
    assert (vote.votes_for, vote.votes_against, vote.votes_abstained) == counts


def test_voters_by_name() -> None:
    vote = read_vote(passage("For: 1 (Bo Holm (A))\n\nLis Lund (Ø) og Pia Bo (F) stemte imod."))
    assert vote is not None
    assert (vote.cast_for, vote.cast_against) == (("Bo Holm",), ("Lis Lund", "Pia Bo"))


def test_no_vote_where_nobody_voted() -> None:
    assert read_vote(passage("Godkendt.\n\nFor så vidt angår sag 179 udsættes den.")) is None
