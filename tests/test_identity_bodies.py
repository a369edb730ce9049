"""Bodies: one under several names, codes that are local, and one that takes over from another."""

from __future__ import annotations

import pytest

from graph.identity.keys import Names
from graph.identity.ledger import Decided, Ledger, short
from graph.municipalities.load import load_municipality
from tests.maker.answers import BASE
from tests.maker.hand import NAMES, day, item, meeting, resolved, who

ROLL = tuple(who(f"{name} Holm") for name in ("Anne", "Bo", "Carl", "Dorte", "Eva"))


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("ØK", "Økonomiudvalget"),
        ("Økonomiudvalgets", "Økonomiudvalget"),
        ("økonomiudvalg", "Økonomiudvalget"),
        ("Økonomi", "Økonomiudvalget"),
        ("Kommunalbestyrelsen 2022-25", "Kommunalbestyrelsen"),
        ("14-17 Kommunalbestyrelsen", "Kommunalbestyrelsen"),
        ("Prøvelund Kommunalbestyrelse", "Kommunalbestyrelsen"),
        ("Kommunalbestyrelsen i Prøvelund Kommune", "Kommunalbestyrelsen"),
        ("Teknik og Miljøudvalget", "Teknik- og Miljøudvalget"),
        ("Teknik- & Miljøudvalget", "Teknik- og Miljøudvalget"),
        ("Udvalget for Teknik og Miljø", "Teknik- og Miljøudvalget"),
        ("Teknik og Miljø", "Teknik- og Miljøudvalget"),
        ("MED-udvalget for Teknik og Miljø", "MED-udvalget for Teknik og Miljø"),
        ("Ældrerådets", "Ældrerådet"),
        ("HU", "HU"),
        ("TEKNIK", "TEKNIK"),
    ],
)
def test_the_name_a_body_goes_by(written: str, name: str) -> None:
    assert NAMES.body_name(written) == name


def test_a_code_is_local_to_its_municipality() -> None:
    norddjurs = Names(BASE, load_municipality("0707"))
    assert norddjurs.body_name("HU") == "Hovedudvalget"
    assert NAMES.body_name("HU") == "HU"


def test_two_ways_of_writing_a_body_that_no_settings_know_are_one() -> None:
    told = resolved(
        meeting("Fritids- og Landdistriktsudvalget", "2023-01-10", item("Hal")),
        meeting("Fritids- og Landdistriktsudvalget", "2023-02-10", item("Sø")),
        meeting("Udvalget for Fritid og Landdistrikter", "2023-03-10", item("Skov")),
    )
    assert told.across.leaders[NAMES.body("Udvalget for Fritid og Landdistrikter")] == NAMES.body(
        "Fritids- og Landdistriktsudvalget"
    )


def successors(second: str, on: str = "2022-01-12", *, same: int = 5) -> list[str]:
    """The status of the link from a committee to one that meets after it, with so many of its five members."""
    other = tuple(who(f"{name} Krogh") for name in ("Finn", "Gitte", "Hans", "Ida", "Jens"))
    told = resolved(
        meeting("Miljøudvalget", "2021-12-08", item("Affald"), roll=ROLL),
        meeting(second, on, item("Spildevand"), roll=(*ROLL[:same], *other[same:])),
    )
    same_line = told.across.bodies.line(NAMES.body("Miljøudvalget")) == told.across.bodies.line(NAMES.body(second))
    found = [k.review_status for k in told.across.bodies.links]
    assert same_line == (found == ["accepted"])
    assert NAMES.body("Miljøudvalget") not in told.across.leaders, "a predecessor stays a body of its own"
    return found


def test_a_committee_that_takes_over_with_the_same_members_and_field() -> None:
    assert successors("Klima- og Miljøudvalget") == ["accepted"]


def test_a_field_alone_or_members_alone_are_a_proposal() -> None:
    assert successors("Klima- og Miljøudvalget", same=1) == ["proposed"]
    assert successors("Kulturudvalget") == ["proposed"]


def test_neither_field_nor_members_nor_time_is_nothing() -> None:
    assert successors("Kulturudvalget", same=1) == []
    assert successors("Klima- og Miljøudvalget", "2023-06-01") == []


def test_a_succession_that_the_text_states() -> None:
    text = "Planudvalget har afløst det tidligere udvalg."
    stated = item("Nye udvalg")
    stated.background += [text, "Planudvalget (tidligere Byggeudvalget) er nedsat."]
    told = resolved(
        meeting("Byggeudvalget", "2020-01-08", item("Byggesag")),
        meeting("Planudvalget", "2023-01-08", item("Lokalplan")),
        meeting("Kommunalbestyrelsen", "2022-01-10", stated),
    )
    (link,) = told.across.bodies.links
    assert (link.rule, link.sightings[0].evidence.anchor_of) == ("body.stated", "Planudvalget (tidligere Byggeudvalget")
    assert told.across.bodies.line(NAMES.body("Byggeudvalget")) == told.across.bodies.line(NAMES.body("Planudvalget"))


def test_a_refused_succession_is_none() -> None:
    ends = short(NAMES.body("Miljøudvalget")), short(NAMES.body("Klima- og Miljøudvalget"))
    told = resolved(
        meeting("Miljøudvalget", "2021-12-08", item("Affald"), roll=ROLL),
        meeting("Klima- og Miljøudvalget", "2022-01-12", item("Spildevand"), roll=ROLL),
        ledger=Ledger((Decided(*ends, "Arkivet", day("2024-01-01"), "nyt udvalg", accepted=False),)),
    )
    assert told.rules("body.", "rejected") == ["body.succession"]
    assert told.across.bodies.line(NAMES.body("Miljøudvalget")) == NAMES.body("Miljøudvalget")
