"""Those whom the header names, in the items: by their given name alone, behind "ved", under an account they sign."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.model import AgendaItem
from graph.readers.choose import read_source

HEAD = """Brugerrådet på Plejecenter Solbakken
Referat fra mødet tirsdag den 9. april 2024 kl. 15.00
Til stede: Aase Lyngbo (beboer), Torben Hårvig (pårørende), Torben Krog (beboer), Per Fjord (pårørende)

"""


def items_of(text: str) -> tuple[AgendaItem, ...]:
    return extract(read_source(f"{HEAD}{text}".encode(), title="t.txt")).agenda_items


def recorded(text: str) -> dict[str, Any]:
    return record(extract(read_source(f"{HEAD}{text}".encode(), title="t.txt")))


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("Aase bød velkommen.", ["Aase Lyngbo"]),
        ("Aases forslag blev drøftet.", ["Aase Lyngbo"]),
        ("Torben laver et opslag.", []),  # there are two
        ("Aase Holm fra Visitationen kom.", ["Aase Holm"]),  # somebody else
        ("Vi hørte om Plejecenter Aase.", []),
        ("Per 1. maj er porten lukket.", []),
    ],
)
def test_a_given_name_alone_is_the_only_one_of_that_name(said: str, names: list[str]) -> None:
    first, _ = items_of(f"1) Velkomst\n{said}\n\n2) Eventuelt\nIntet.\n")
    assert [one.agent for one in first.participations] == names


def test_a_given_name_says_that_it_was_inferred() -> None:
    first, _ = items_of("1) Velkomst\nAase bød velkommen.\n\n2) Eventuelt\nIntet.\n")
    (one,) = first.participations
    assert (one.inferred_by, one.confidence) == ("given-name-in-header", 0.6)
    assert [e.anchor_of for e in one.evidence] == ["Aase bød velkommen.", "Aase"]


def test_who_is_known_may_stand_behind_ved() -> None:
    first, second = items_of("1) Nyt fra huset ved Per Fjord\nIntet.\n\n2) Stien ved Store Lyng\nIntet.\n")
    assert [one.agent for one in first.participations] == ["Per Fjord"]
    assert second.participations == ()


def test_who_signs_an_account_has_the_title_below() -> None:
    signed = "Mikkel Brandt-Juhl\nadministrerende direktør\n/ Anja Fuglsang\nkontorchef\n"
    first, _ = items_of(f"1) Broen\nSagsfremstilling\nBroen er smal.\n\n{signed}\n2) Eventuelt\nIntet.\n")
    roles = [(one.agent, one.had_role) for one in first.participations]
    assert roles == [("Mikkel Brandt-Juhl", "administrerende direktør"), ("Anja Fuglsang", "kontorchef")]


def test_the_absent_of_an_item_are_disqualified_where_their_line_says_so() -> None:
    roll = "Fraværende:\nMedlem: Per Fjord - inhabil\nMedlem: Aase Lyngbo\n"
    (first, _) = recorded(f"1) Broen\n{roll}\nBeslutning\nGodkendt.\n\n2) Eventuelt\nIntet.\n")["items"]
    roles = {one["name"]: one["role"] for one in first["persons"]}
    assert roles["Per Fjord"] == "inhabil"
    assert roles["Aase Lyngbo"] != "inhabil"
