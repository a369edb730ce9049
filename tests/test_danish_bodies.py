"""Bodies, departments and municipalities by the shape of their names."""

from __future__ import annotations

import pytest

from graph.danish.bodies import nominative, read_bodies, read_municipality, read_units, same_body


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Teknik- og Miljøudvalgets beslutning", ["Teknik- og Miljøudvalget"]),
        ("når Plan-, Miljø og Klimaudvalget mødes", ["Plan-, Miljø og Klimaudvalget"]),
        ("Social-, Sundheds- og Ældreudvalget og Byrådet", ["Social-, Sundheds- og Ældreudvalget", "Byrådet"]),
        ("sendes til Økonomiudvalget og Klimaudvalget", ["Økonomiudvalget", "Klimaudvalget"]),
        (
            "Udvalget for Klima, Teknik og Miljø og Økonomiudvalget",
            ["Udvalget for Klima, Teknik og Miljø", "Økonomiudvalget"],
        ),
        ("Udvalget for sundhed og omsorg behandler sagen", ["Udvalget for sundhed og omsorg"]),
        ("Fremsendes til Aarhus Byråd og Norddjurs Beskæftigelsesråd", ["Aarhus Byråd", "Norddjurs Beskæftigelsesråd"]),
        ("møde i Det fælles Landdistriktsråd", ["Det fælles Landdistriktsråd"]),
        ("§17, stk. 4-udvalget for Bosætning", ["§17, stk. 4-udvalget for Bosætning"]),
        ("over for forretningsudvalget og regionsrådet", ["forretningsudvalget", "regionsrådet"]),
        ("HMU talte om det i ØK", ["HMU", "ØK"]),
    ],
)
def test_bodies_by_shape(text: str, names: list[str]) -> None:
    assert [b.name for b in read_bodies(text)] == names


@pytest.mark.parametrize(
    "text",
    [
        "behandling i fagudvalgene",
        "udvalget og rådet",
        "på socialområdet",
        "i EU og i MED",
        "DIR\nKFU\nTMU\n x",
        "skolebestyrelsen",
    ],
)
def test_what_is_meant_in_general_is_no_body(text: str) -> None:
    assert read_bodies(text) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Teknisk Forvaltning indstiller", ["Teknisk Forvaltning"]),
        ("Borgmesterens Afdeling påtegning", ["Borgmesterens Afdeling"]),
        (
            "som Magistratsafdelingen for Sociale forhold og Beskæftigelse indstillede",
            ["Magistratsafdelingen for Sociale forhold og Beskæftigelse"],
        ),
        (
            "HR- og Økonomiafdelingen samt Børne- og Ungeforvaltningen",
            ["HR- og Økonomiafdelingen", "Børne- og Ungeforvaltningen"],
        ),
        ("Center for Plan og Miljø indstiller", ["Center for Plan og Miljø"]),
        ("Direktøren for Teknik og Miljø indstiller. Forvaltningen anbefaler.", []),
    ],
)
def test_departments(text: str, names: list[str]) -> None:
    assert [u.name for u in read_units(text)] == names


def test_the_same_body_under_two_names() -> None:
    assert same_body("Byrådet", "Odense Byråd")
    assert same_body("Økonomiudvalgets", "økonomiudvalg")
    assert not same_body("Byrådet", "Handicaprådet")
    assert nominative("Kommunalbestyrelsens") == "Kommunalbestyrelsen"


def test_the_municipality() -> None:
    assert read_municipality("Mødet i Bornholms Regionskommune") == "Bornholms Regionskommune"
    assert read_municipality("Rådet og Region Midtjylland giver") == "Region Midtjylland"
    assert read_municipality("en anden kommune") is None
