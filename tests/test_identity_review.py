"""The reviewed file: decisions and corrections take effect first, are shown, and leave no trace once taken out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from graph.corpus import quads
from graph.errors import SettingsError
from graph.identity.corrections import correct
from graph.identity.keys import Names
from graph.identity.ledger import (
    Correction,
    Decided,
    Ledger,
    parse_ledger,
    short,
    with_decision,
    without_decision,
    written,
)
from graph.model import Minutes
from tests.maker.answers import BASE, Resolved
from tests.maker.hand import NAMES, item, meeting, resolved, who
from tests.maker.world import make_municipality

TODAY = date(2026, 1, 5)


@pytest.fixture(scope="module")
def made() -> Resolved:
    return Resolved.of(make_municipality(5, 150))


def lines(corpus: list[tuple[Minutes, Names]], ledger: Ledger | None = None) -> set[str]:
    """All quads of a corpus."""
    return set(quads(corpus, [], BASE, ledger=ledger))


def decision(source: str, target: str, *, accepted: bool) -> Decided:
    """A decision about two things."""
    return Decided(short(source), short(target), "Arkivet", TODAY, "set i sagssystemet", accepted=accepted)


def test_refusing_and_undoing_give_the_same_quads_back(made: Resolved) -> None:
    before = lines(made.corpus)
    link = next(k for k in made.across.cases if k.accepted)
    refused = lines(made.corpus, Ledger((decision(link.source, link.target, accepted=False),)))
    assert f"<{link.source}> <http://purl.org/dc/terms/isReplacedBy>" in "".join(before)
    assert refused != before
    assert "review-status/rejected" in "".join(refused)
    assert "Arkivet" in "".join(refused)
    assert lines(made.corpus, Ledger()) == before


def test_accepting_a_proposal_and_undoing_give_the_same_quads_back(made: Resolved) -> None:
    before = lines(made.corpus)
    link = next(k for k in made.across.links if not k.accepted)
    accepted = lines(made.corpus, Ledger((decision(link.source, link.target, accepted=True),)))
    gained, lost = "".join(accepted - before), "".join(before - accepted)
    assert "review-status/accepted" in gained
    assert "review-status/proposed" in lost
    assert "/isReplacedBy>" in gained
    assert lines(made.corpus) == before


def test_a_decision_about_things_that_are_not_held_waits(made: Resolved) -> None:
    ledger = Ledger(
        (decision(f"{BASE}/id/cases/0998/x/2020-01-01/1", f"{BASE}/id/cases/0998/x/2020-02-01/1", accepted=True),)
    )
    assert lines(made.corpus, ledger) == lines(made.corpus)


def test_the_file_can_be_written_read_and_undone() -> None:
    first = Decided("a", "b", "x", TODAY, "y", accepted=True)
    text = f"# vores egne noter\n\n{written(first)}"
    one = Decided("c", "d", 'Anna "A" Holm', TODAY, "to sager, se \\ journal", accepted=False)
    more = with_decision(text, one)
    assert parse_ledger(more).decided == (first, one)
    assert parse_ledger(with_decision(more, replace(one, accepted=True))).decided[1].accepted
    assert parse_ledger(without_decision(more, "d", "c")).decided == parse_ledger(text).decided
    assert "# vores egne noter" in without_decision(more, "a", "b")
    assert parse_ledger(written(one)).decided == (one,)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[link]\n", "ikke gyldig TOML"),
        ("[[links]]\n", "links"),
        ('[[link]]\nsource = "a"\n', "link 1: target"),
        (
            '[[link]]\nsource = "a"\ntarget = "b"\ndecision = "accepted"\nby = "x"\non = "i går"\nreason = "y"\n',
            "link 1: on",
        ),
        ('[[correction]]\nsource = "a"\nfakt = "x"\n', "correction 1: fakt"),
        ('link = "a"\n', "link 1"),
    ],
)
def test_a_file_that_cannot_be_understood_is_told_of(text: str, told: str) -> None:
    with pytest.raises(SettingsError) as raised:
        parse_ledger(text, "links.toml")
    assert "links.toml" in str(raised.value)
    assert told in str(raised.value)


OEK = "Økonomiudvalget"
SAID = meeting(OEK, "2023-01-10", item("Budget", people=[who("Mette Løvholm", post="økonomichef", status="recorded")]))
MISREAD = Correction(
    source="Økonomiudvalget-2023-01-10.txt",
    fact="Participation",
    field="agent",
    quote="økonomichef Mette Løvholm",
    read="Mette Løvholm",
    correct="Mette Løvholt",
    by="Sekretariatet",
    on=TODAY,
    reason="stavefejl i referatet",
)


def test_a_corrected_name_takes_effect_and_the_reading_stands_beside_it() -> None:
    corpus = resolved(SAID).corpus
    before, after = lines(corpus), lines(corpus, Ledger((), (MISREAD,)))
    person = NAMES.person("Mette Løvholt")
    assert not any(person in line for line in before)
    assert any(person in line for line in after)
    assert not any(NAMES.person("Mette Løvholm") in line for line in after)
    noted = [line for line in after if "/id/corrections/" in line]
    assert any("»Mette Løvholm« → »Mette Løvholt«" in line for line in noted)
    assert any("stavefejl i referatet" in line for line in noted)
    assert any("Sekretariatet" in line for line in noted)
    assert any("#evidence>" in line for line in noted)
    assert lines(corpus) == before


def test_a_withdrawn_fact_is_gone() -> None:
    corpus = resolved(SAID).corpus
    after = lines(corpus, Ledger((), (replace(MISREAD, correct=None),)))
    assert not any("#participation-" in line and "/id/corrections/" not in line for line in after)


@pytest.mark.parametrize(
    ("fact", "field", "quote", "read", "now"),
    [
        ("Decision", "outcome", "Sagen blev drøftet.", "discussed", "noted"),
        ("Decision", "decision_date", "Sagen blev drøftet.", "2023-01-10", "2023-01-11"),
        ("PostHolding", "post", "økonomichef Mette", "økonomichef", "kontorchef"),
        ("AgendaItem", "title", "1. Budget", "Budget", "Budget 2024"),
    ],
)
def test_any_field_of_any_fact_can_be_corrected(fact: str, field: str, quote: str, read: str, now: str) -> None:
    one = replace(MISREAD, fact=fact, field=field, quote=quote, read=read, correct=now)
    found = correct(resolved(SAID).corpus, (one,))
    assert [a.correction for a in found.applied] == [one]
    assert (
        now in repr(found.corpus[0][0])
        or date.fromisoformat(now) == found.corpus[0][0].agenda_items[0].decisions[0].decision_date
    )
    assert not found.outdated


@pytest.mark.parametrize(
    "changed",
    [
        {"read": "Mette Lund"},
        {"quote": "socialchef Mette"},
        {"source": "en anden.txt"},
        {"field": "navn"},
        {"fact": "Vote"},
    ],
)
def test_a_correction_that_its_source_no_longer_bears_out_is_told_of(changed: dict[str, str]) -> None:
    corpus = resolved(SAID).corpus
    one = replace(MISREAD, **changed)  # type: ignore[arg-type]
    found = correct(corpus, (one,))
    assert found.corpus == corpus
    assert found.outdated == (one,)


def test_a_corrected_name_is_linked_as_corrected() -> None:
    """What is corrected is put right before linking: the misread name and the right one become one person."""
    later = meeting(
        OEK, "2023-02-10", item("Regnskab", people=[who("Mette Løvholt", post="økonomichef", status="recorded")])
    )
    corpus = resolved(SAID, later).corpus
    people = {line.split(" ")[0] for line in lines(corpus, Ledger((), (MISREAD,))) if "person#Person" in line}
    assert people == {f"<{NAMES.person('Mette Løvholt')}>"}
