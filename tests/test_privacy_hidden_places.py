"""Closed matter in papers that the masked text cannot be divided as the whole one was: hidden, and the rest told."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.erasure.standins import extract_masked
from graph.errors import SagsgrafError
from graph.intake import Task, masked, without_closed
from graph.model import Evidence, Minutes
from graph.municipalities.load import load_municipality
from graph.privacy.closed import closed_places, closed_spans
from graph.privacy.hidden_places import Places, without_places
from graph.privacy.masks import MASK
from graph.readers.choose import read_source
from tests.maker.layouts import LAYOUTS
from tests.maker.papers import made_paper

ELMESTED = Path(__file__).parents[1] / "examples" / "minutes" / "elmested.toml"
HEAD = "Byrådet i Elmested Kommune\nReferat\n20. maj 2025\n\nTil stede: Egon Møllegaard, Tina Skovbo\n\n"
OPEN = "12. Ny sti\n\nBeslutning\nGodkendt. Tina Skovbo stemte imod.\n\n"
# the closed item is told by its verdict alone, of which nothing is left when it is masked
BARE = HEAD + OPEN + "13. Lukket punkt: Grundsalg\nGodkendt, idet prisen er 4 mio. kr. til Hjalmar Strandby.\n"


def told(text: str) -> Minutes:
    """A paper as it goes into a graph that tells no closed matter."""
    settings = load_municipality(ELMESTED)
    source = read_source(text.encode(), title="referat.txt")
    name = "referat.txt"
    task = Task(path=name, shown=name, title=name, content=text.encode(), settings=settings)
    return without_closed(task, extract_masked(source, settings))


def words_of(thing: object) -> str:
    return repr(thing)


@pytest.mark.parametrize("seed", range(0, 84, 2))
def test_no_made_paper_is_held_for_what_is_closed_in_it(seed: int) -> None:
    text = LAYOUTS[seed % len(LAYOUTS)].printed(made_paper(seed))
    settings = load_municipality(ELMESTED)
    whole = extract_masked(read_source(text.encode(), title="referat.txt"), settings)
    found = told(text)
    assert closed_places(found) == closed_places(whole)
    for begin, end in closed_spans(whole):
        assert {sign for sign in found.source.text[begin:end] if not sign.isspace()} <= {MASK}
    assert [item.title for item in found.agenda_items] == [item.title for item in whole.agenda_items]


def test_what_is_hidden_stands_nowhere_and_what_is_open_stays() -> None:
    whole = extract_masked(read_source(BARE.encode(), title="referat.txt"), load_municipality(ELMESTED))
    spans = closed_spans(whole)
    assert spans
    apart = without_places(whole, spans)
    assert apart is not None
    hidden = words_of((apart.meeting, apart.agenda_items, apart.unclaimed))
    assert not any(word in hidden for word in ("4 mio", "Strandby", "idet"))
    first, second = apart.agenda_items
    assert (first.decisions, first.participations) == (
        whole.agenda_items[0].decisions, whole.agenda_items[0].participations,
    )  # fmt: skip
    assert (second.access_rights, second.decisions, second.participations) == ("closed", (), ())
    assert apart.meeting.participations == whole.meeting.participations


def test_a_place_touches_what_it_shares_a_character_with() -> None:
    places = Places(((10, 20), (15, 25), (40, 41)))
    assert [places.touch(*span) for span in ((0, 10), (9, 11), (24, 30), (25, 40), (40, 41), (41, 50))] == [
        False, True, True, False, True, False,
    ]  # fmt: skip


def test_an_open_item_that_rests_on_what_is_hidden_is_not_told() -> None:
    whole = extract_masked(read_source(BARE.encode(), title="referat.txt"), load_municipality(ELMESTED))
    title = next(e for e in whole.agenda_items[0].evidence if e.supports == "title")
    assert isinstance(title, Evidence)
    assert without_places(whole, ((title.begin_index, title.end_index),)) is None


def test_every_word_told_is_in_the_text_that_is_kept() -> None:
    found = told(BARE)
    assert not isinstance(found, SagsgrafError)
    for item in found.agenda_items:
        for evidence in item.evidence:
            assert found.source.text[evidence.begin_index : evidence.end_index] == evidence.anchor_of
    assert found.source == masked(found.source, ())
