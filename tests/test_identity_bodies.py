"""Bodies: one under several names, codes that are local, and one that takes over from another."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.build import build
from graph.identity.keys import Names
from graph.identity.ledger import Decided, Ledger, short
from graph.municipalities.load import load_municipality
from graph.store import Reader, current
from graph.terms import expand
from tests.maker.answers import BASE
from tests.maker.hand import NAMES, day, item, meeting, resolved, who
from tests.maker.truth import TrueMeeting

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


CODES = """code = "0997"
name = "Prøvelund Kommune"
[bodies]
KMU = "Klima- og Miljøudvalget"
[[codes]]
code = "TU"
body = "Teknikudvalget"
until = 2021-12-31
[[codes]]
code = "TU"
body = "Trafik- og Teknikudvalget"
from = 2022-01-01
[[successions]]
old = "Teknikudvalget"
new = "Trafik- og Teknikudvalget"
on = 2022-01-01
"""
MINUTES = """## {title}

*Åben Sag*

Sagsgang: TU

### Sagsfremstilling

{more}

### Beslutning i {body} den {day}

Drøftet.
"""


def stops(folder: Path, *meetings: tuple[str, str, str]) -> tuple[dict[str, str], list[str]]:
    """For each day the body that the code TU stands for in the graph, and the bodies that took over; by a build."""
    settings = folder / "kommune.toml"
    settings.write_text(CODES, "utf-8")
    for n, (body, on, more) in enumerate(meetings):
        text = MINUTES.format(title=f"Punkt {n}", body=body, day=on, more=more)
        folder.joinpath(f"{n}.md").write_text(text, "utf-8")
    report = build(sorted(folder.glob("*.md")), load_municipality(settings), data=folder / "data")
    assert not report.failed
    build((), load_municipality(settings), data=folder / "data")  # the settings as they were kept
    select = Reader.open(current(folder / "data")).select
    asked = f"""SELECT ?day ?name WHERE {{ ?step <{expand("sag:targetBody")}> ?body ; <{expand("sag:statedIn")}> ?item .
        ?body <{expand("skos:prefLabel")}> ?name . ?item <{expand("sag:onAgendaOf")}> ?meeting .
        ?meeting <{expand("sag:meetingDate")}> ?day }}"""
    found = {row["day"]["value"]: row["name"]["value"] for row in select(asked)}
    old = select(f"SELECT ?new WHERE {{ ?new <{expand('dct:replaces')}> ?old }}")
    return found, [row["new"]["value"].rpartition("/")[2] for row in old]


def test_a_code_stands_for_the_body_of_its_time(tmp_path: Path) -> None:
    found, successors_ = stops(
        tmp_path,
        ("Økonomiudvalget", "01-12-2021", "Sagen kom fra Teknikudvalget."),
        ("Økonomiudvalget", "12-01-2022", "Intet."),
        ("Økonomiudvalget", "02-02-2022", "Koder: TU = Turismeudvalget"),
    )
    assert found == {
        "2021-12-01": "Teknikudvalget",
        "2022-01-12": "Trafik- og Teknikudvalget",
        "2022-02-02": "Turismeudvalget",
    }, "a paper's own legend wins over the settings"
    assert successors_ == ["trafik-og-teknikudvalget"]


def test_a_body_that_changes_with_the_term_follows_where_nothing_else_can_be_meant() -> None:
    old, new = "Teknik- og Miljøudvalget", "Klima- og Miljøudvalget"
    some = (*ROLL[:2], *(who(f"{name} Krogh") for name in ("Finn", "Gitte", "Hans")))

    def rules(last: str, first: str, *more: TrueMeeting) -> tuple[list[str], list[str]]:
        """The rules of the accepted and the proposed links."""
        told = resolved(
            meeting(old, last, item("Affald"), roll=ROLL), meeting(new, first, item("Skov"), roll=some), *more
        )
        return told.rules("body."), told.rules("body.", "proposed")

    assert rules("2021-12-10", "2022-01-20") == (["body.succession"], [])
    assert rules("2022-12-10", "2023-01-20") == ([], ["body.succession"]), "no new term begins between them"
    rival = meeting("Teknik- og Erhvervsudvalget", "2022-01-21", item("Havn"), roll=some)
    assert rules("2021-12-10", "2022-01-20", rival)[0] == [], "two divide the fields between them"
