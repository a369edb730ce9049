"""The lists of facts among the concepts: as the sources give them, and nothing that was not checked."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from rdflib import Literal, URIRef
from rdflib.namespace import DCTERMS, SKOS, Namespace

from graph.municipalities.load import municipalities
from graph.terms import CONCEPTS, SDG
from graph.vocabulary import vocabulary

REFERENCE = Path(__file__).parents[2] / "shared" / "reference"
DCAT = Namespace("http://www.w3.org/ns/dcat#")
ADMS = Namespace("http://www.w3.org/ns/adms#")


def concept(path: str) -> URIRef:
    return URIRef(CONCEPTS + path)


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a list that the facts come from."""
    if not REFERENCE.is_dir():
        pytest.skip("the lists of sources lie in the shared folder beside the checkout, which is not here")
    with (REFERENCE / f"{name}.tsv").open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def danish(node: URIRef) -> str:
    (name,) = [
        str(o) for o in vocabulary().objects(node, SKOS.prefLabel) if isinstance(o, Literal) and o.language == "da"
    ]
    return name


def standing(region: URIRef, day: str) -> bool:
    """Whether a region stands on a day."""
    period = vocabulary().value(region, DCTERMS.temporal)
    assert period is not None
    start, end = vocabulary().value(period, DCAT.startDate), vocabulary().value(period, DCAT.endDate)
    return str(start) <= day and (end is None or day <= str(end))


def test_the_municipalities_are_those_that_the_reader_knows() -> None:
    known = {code: s for code, s in municipalities().items() if code.isdecimal()}
    listed = set(vocabulary().subjects(SKOS.inScheme, concept("municipality")))
    assert listed == {concept(f"municipality/{code}") for code in known}
    assert len(listed) == 98
    for code, settings in known.items():
        assert danish(concept(f"municipality/{code}")) == settings.name


def test_every_municipality_belongs_to_one_region_on_any_day() -> None:
    regions = set(vocabulary().subjects(SKOS.inScheme, concept("region")))
    for code, settings in municipalities().items():
        own = [r for r in vocabulary().objects(concept(f"municipality/{code}"), SKOS.broadMatch) if r in regions]
        for day in ("2007-01-01", "2022-10-12", "2026-12-31", "2027-01-01"):
            (region,) = [r for r in own if isinstance(r, URIRef) and standing(r, day)]
            if day < "2027":
                assert danish(region) == settings.region


def test_the_regions_follow_one_another() -> None:
    for old in ("hovedstaden", "sjaelland"):
        new = concept("region/oestdanmark")
        assert vocabulary().value(concept(f"region/{old}"), DCTERMS.isReplacedBy) == new
        assert (standing(concept(f"region/{old}"), "2026-12-31"), standing(new, "2026-12-31")) == (True, False)
        assert (standing(concept(f"region/{old}"), "2027-01-01"), standing(new, "2027-01-01")) == (False, True)


def letters(year: str) -> dict[str, str]:
    """The list letters seen in a year, each with its party."""
    found = {}
    for party in vocabulary().subjects(SKOS.inScheme, concept("party")):
        for letter in vocabulary().objects(party, ADMS.identifier):
            if year in map(str, vocabulary().objects(letter, DCTERMS.date)):
                found[str(vocabulary().value(letter, SKOS.notation))] = danish(URIRef(str(party)))
    return found


def test_a_letter_is_one_partys_in_a_year_and_may_be_anothers_later() -> None:
    assert letters("2001")["D"] == "Centrum-Demokraterne"
    assert letters("2021")["D"] == "Nye Borgerlige"
    assert letters("2021")["S"] == "Slesvigsk Parti"
    assert letters("2021")["A"] == "Socialdemokratiet"


@pytest.mark.parametrize("year", ["2001", "2017", "2021", "2022"])
def test_the_letters_of_a_year_are_those_of_the_sources(year: str) -> None:
    seen = [row for row in rows("parties") if row["letter"] and year in row["seen_in"].split(";")]
    assert letters(year) == {row["letter"]: row["name"] for row in seen}
    assert len(seen) > 8


def test_nothing_links_to_wikidata_and_no_cvr_number_is_given() -> None:
    text = " ".join(str(node) for triple in vocabulary() for node in triple)
    assert "wikidata.org" not in text
    cvr = {row["cvr"] for row in rows("municipalities") if row["cvr"]}
    assert len(cvr) > 90
    assert [number for number in cvr if number in text] == []


def test_goals_and_targets_are_those_of_the_un() -> None:
    for row in rows("sdg_goals"):
        names = set(vocabulary().objects(URIRef(row["uri"]), SKOS.prefLabel))
        assert names == {Literal(row["name_da"], "da"), Literal(row["name_en"], "en")}
    targets = {URIRef(row["uri"]): URIRef(f"{SDG}/{row['goal']}") for row in rows("sdg_targets")}
    told = {s: o for s, o in vocabulary().subject_objects(SKOS.broader) if str(s).startswith(SDG)}
    assert told == targets
    assert len(targets) == 169
