"""Persons, titles and parties as Danish minutes print them."""

from __future__ import annotations

import pytest

from graph.danish.name_lists import read_name_list
from graph.danish.names import read_names
from graph.danish.titles import post_of


@pytest.mark.parametrize(
    ("text", "name", "party", "title"),
    [
        ("Økonomichef Bettina Andersen deltager under punktet.", "Bettina Andersen", None, "Økonomichef"),
        (
            "Konstitueret socialchef Marie-Louise Ifversen deltog.",
            "Marie-Louise Ifversen",
            None,
            "Konstitueret socialchef",
        ),
        ("Direktør for Kultur og Fritid Jens Hansen deltog.", "Jens Hansen", None, "Direktør for Kultur og Fritid"),
        ("Hanne Ravn, skoleleder på Nordskolen, deltager.", "Hanne Ravn", None, "skoleleder på Nordskolen"),
        ("Plan- og byggechef Ömer Aslan deltog.", "Ömer Aslan", None, "Plan- og byggechef"),
        ("1. stedfortræder på liste V, Kim Østergaard, møder.", "Kim Østergaard", "V", "1. stedfortræder"),
        ("Lars Bo Hansen blev enstemmigt valgt som formand.", "Lars Bo Hansen", None, "formand"),
        ("Formanden, Peter Sørensen, bød velkommen.", "Peter Sørensen", None, "Formanden"),
        ("Birgitte Poulsen ((Ø))", "Birgitte Poulsen", "Ø", None),
        ("Kaj Kirk (Uden for parti)", "Kaj Kirk", "Uden for parti", None),
        ("Jens Lose(V)", "Jens Lose", "V", None),
        ("Hans Nissen, A, deltog ikke.", "Hans Nissen", "A", None),
        ("Christian de Jonquiéres (C)", "Christian de Jonquiéres", "C", None),
        ("C. A. Ben Haddou (B)", "C. A. Ben Haddou", "B", None),
        ("Kim Valentins fravær giver ret til en stedfortræder.", "Kim Valentin", None, None),
    ],
)
def test_a_name_with_its_party_and_title(text: str, name: str, party: str | None, title: str | None) -> None:
    assert [(p.name, p.party, p.title) for p in read_names(text)] == [(name, party, title)]


@pytest.mark.parametrize(
    "text",
    [
        "Boliger på Carl Nielsens Vej 25 og i Hans Broges Gade",
        "Grenaa Havn A/S og Dansk Industri orienterede om Jyske Bank.",
        "Dansk Folkeparti stillede ændringsforslag. Liberal Alliance stemte imod.",
        "Teknisk Forvaltning, Region Midtjylland og Aarhus Byråd",
        "Lokal Fællesvarme. Slots- og Kulturstyrelsen. Nordjyllands Historiske Museum",
        "ProjekterAnsøgt beløbBevillingKommentarer",
    ],
)
def test_places_parties_and_organisations_are_no_persons(text: str) -> None:
    assert read_names(text) == ()


def test_an_unknown_given_name_counts_beside_a_known_one() -> None:
    assert [p.name for p in read_names("Peter Andersen, Xeno Quist og Linda Peitersen")] == [
        "Peter Andersen",
        "Xeno Quist",
        "Linda Peitersen",
    ]


def test_a_list_in_all_its_shapes() -> None:
    text = (
        "Formand Erik Nielsen (A)\n• Gert winther (V)\nBritt Jensen (A), sag 129-138\nArne Leyh Petersen, Kurt Andresen"
    )
    assert [(p.name, p.remark) for p in read_name_list(text)] == [
        ("Erik Nielsen", None),
        ("Gert winther", None),
        ("Britt Jensen", "sag 129-138"),
        ("Arne Leyh Petersen", None),
        ("Kurt Andresen", None),
    ]


def test_two_columns_on_one_line_are_two_names() -> None:
    assert [p.name for p in read_name_list("Steen Pedersen Trine Mette Holm\nJonna Præst Anders Gerner Frost")] == [
        "Steen Pedersen",
        "Trine Mette Holm",
        "Jonna Præst",
        "Anders Gerner Frost",
    ]


@pytest.mark.parametrize(
    ("title", "post", "status"),
    [
        ("Økonomichefen", "økonomichef", None),
        ("Konstitueret socialchef", "socialchef", "acting"),
        ("fhv. borgmester", "borgmester", "former"),
        ("HR-chefen", "HR-chef", None),
        ("Rådmanden", "rådmand", None),
        ("Direktøren for Kultur og Fritid", "direktør for Kultur og Fritid", None),
    ],
)
def test_the_post_of_a_title(title: str, post: str, status: str | None) -> None:
    assert post_of(title) == (post, status)


@pytest.mark.parametrize(
    ("text", "name", "title"),
    [
        ("Formand for Kaffestuen Vibeke Lauritzen fortæller.", "Vibeke Lauritzen", "Formand for Kaffestuen"),
        ("Ny SFO-leder er Heino Vang Holm fra 1. oktober.", "Heino Vang Holm", "SFO-leder"),
        ("Jan Ole Stenholm er tovholder.", "Jan Ole Stenholm", "tovholder"),
        ("Facilitator: Sille Ranch Holm fra huset.", "Sille Ranch Holm", "Facilitator"),
        ("Stadsgartner Sune Holm deltog.", "Sune Holm", "Stadsgartner"),
        ("Leder af HR-analyse Kamma Holm deltog.", "Kamma Holm", None),
        ("Sine Maj Holm deltog.", "Sine Maj Holm", None),
        ("Tove Gl. Holm deltog.", "Tove Gl. Holm", None),
        ("Dorthe Ny Mikkelsen deltog.", "Dorthe Ny Mikkelsen", None),
    ],
)
def test_names_beside_the_words_that_tell_of_them(text: str, name: str, title: str | None) -> None:
    assert [(p.name, p.title) for p in read_names(text)] == [(name, title)]


@pytest.mark.parametrize("text", ["Boliger ved Rebæk Søpark", "Mandag Maj Juni", "Rektor er Teknik og Miljø"])
def test_places_and_days_are_no_persons(text: str) -> None:
    assert read_names(text) == ()


@pytest.mark.parametrize("text", ["Kystsikring ved Ho Bugt", "Stien ved Store Odde", "Projektet ved Vester Mose"])
def test_waters_and_heaths_are_no_persons(text: str) -> None:
    assert read_names(text) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Susanne Kær Jøns begynder den 1. maj.", "Susanne Kær Jøns"),
        ("Susanne Kær Jøns skal følge sagen.", "Susanne Kær Jøns"),
        ("Susanne Kær Jønsens forslag faldt.", "Susanne Kær Jønsen"),
        ("Susanne Moses fravær", "Susanne Mose"),
    ],
)
def test_an_s_is_the_name_s_own_before_a_verb(text: str, name: str) -> None:
    assert [p.name for p in read_names(text)] == [name]


def test_a_party_tells_a_person_from_a_works() -> None:
    assert [p.name for p in read_names("Til stede: Kurt Saltværk (C) og Ida Holm (A)")] == ["Kurt Saltværk", "Ida Holm"]
    assert [p.name for p in read_names("Vi besøgte Aalborg Saltværk (nyt)")] == []
