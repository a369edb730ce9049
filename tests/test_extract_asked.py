"""What is asked of a body and what it settles, as more papers print it: in capitals, in cells, over pages, by lines."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.labels import read_label
from graph.extract.minutes import extract
from graph.extract.outcomes import outcomes
from graph.extract.record import record
from graph.extract.verdict_points import verdict_cuts
from graph.readers.choose import read_source

HEAD = "Teknikudvalget\nReferat\nTirsdag den 6. maj 2025 kl. 15.00\n\n1. Cykelsti i Nørby\n"
VERDICT = "\nBeslutning\nGodkendt.\n\n2. Eventuelt\nBeslutning\nIntet.\n"
TABLE = "Nørby Ungdomsskole\nBestyrelsesmøde mandag den 12. maj 2025 kl. 17.00\nREFERAT\n\n"


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="referat.txt")))


def asked(text: str) -> tuple[str | None, list[str]]:
    item = read(f"{HEAD}{text}{VERDICT}")["items"][0]
    return item["proposer"], [point.removeprefix("at ").rstrip(",.") for point in item["recommendation"]]


@pytest.mark.parametrize(
    ("lead", "proposer"),
    [
        ("DIREKTØREN INDSTILLER,", "DIREKTØREN"),
        ("FORVALTNINGEN INDSTILLER TIL UDVALGET,", "FORVALTNINGEN"),
        ("TEKNIK OG MILJØ FORESLÅR:", "TEKNIK OG MILJØ"),
        ("BORGMESTEREN ANBEFALER", "BORGMESTEREN"),
        ("DET INDSTILLES,", None),
        ("DIREKTØRENS INDSTILLING", "DIREKTØREN"),
    ],
)
def test_who_proposes_in_capitals(lead: str, proposer: str | None) -> None:
    points = "at stien anlægges,\nat naboerne høres.\n"
    assert asked(f"SAGSFREMSTILLING\nStien er smal.\n\n{lead}\n{points}") == (
        proposer,
        ["stien anlægges", "naboerne høres"],
    )


@pytest.mark.parametrize(
    "lead", ["Direktionen indstiller, at", "Forvaltningen indstiller til udvalget, at", "DET FORESLÅS, AT"]
)
def test_points_without_marks_are_lines(lead: str) -> None:
    points = "stien anlægges\nskiltene flyttes i 2026\nårets pulje på 2 mio. kr. bruges til belysning langs stien\n"
    assert asked(f"{lead}\n{points}")[1] == points.strip().split("\n")


@pytest.mark.parametrize(
    "point",
    [
        "udvalget godkender planen for den nye sti, som skal føre fra skolen til\nhallen og forbinde de to bydele",
        "udvalget beslutter at give støtte på de vilkår, som\nforvaltningen anbefaler",
        "prognosen tages til efterretning\nLone Skovbo gennemgår prognosen",
    ],
)
def test_a_line_broken_by_the_page_is_no_point(point: str) -> None:
    assert len(asked(f"Forvaltningen indstiller, at\n{point}\n")[1]) == 1


@pytest.mark.parametrize(
    "edge",
    [
        "Nørby Kommune          Teknikudvalget 6. maj 2025          Side 2 af 9",
        "Teknikudvalget | 6. maj 2025 | Side 2",
        "Side 2",
    ],
)
def test_points_go_on_over_a_page(edge: str) -> None:
    text = f"Indstilling\nForvaltningen indstiller,\n1. at stien anlægges,\n\n{edge}\n\n2. at naboerne høres.\n"
    assert asked(text) == ("Forvaltningen", ["stien anlægges", "naboerne høres"])


@pytest.mark.parametrize("head", ["2. Beslutningspunkter", "Beslutningspunkt:", "INDSTILLINGSPUNKTER", "At-punkter"])
def test_points_under_a_heading_of_points(head: str) -> None:
    assert asked(f"1. Resume\nStien er smal.\n\n{head}\nAt 1) stien anlægges.\nAt 2) naboerne høres.\n") == (
        None,
        ["stien anlægges", "naboerne høres"],
    )


def test_a_group_of_items_is_no_recommendation() -> None:
    items = read(f"{HEAD}Drøftet.\n\nBeslutningspunkter\n\n2. Ny bænk\nGodkendt.\n\n3. Eventuelt\nIntet.\n")["items"]
    assert [item["recommendation"] for item in items] == [[], [], []]


@pytest.mark.parametrize(
    ("text", "proposer"),
    [
        ("Kultur og Fritid foreslår, at udvalget giver tilskud.", "Kultur og Fritid"),
        ("Sagsnr. 25/1234\nPlan, Byg og Miljø anbefaler over for udvalget at give tilskud.", "Plan, Byg og Miljø"),
        ("Lone Skovbo og Bo Juhl foreslår, at udvalget giver tilskud.", None),
        ("Sagsfremstilling\nStien er smal. Børn og Skole foreslår derfor, at naboerne høres.", None),
    ],
)
def test_a_department_asks_right_under_the_title(text: str, proposer: str | None) -> None:
    found, points = asked(f"{text}\n")
    assert (found, bool(points)) == (proposer, proposer is not None)


@pytest.mark.parametrize(
    ("cell", "points", "files"),
    [
        ("Lederen viser tal. Indstilling: at budgettet godkendes.", ["at budgettet godkendes."], []),
        ("Indstilling: at budgettet godkendes. Bilag: Budget 2026", ["at budgettet godkendes."], ["Budget 2026"]),
        ("Der er balance. Forslag til beslutning: At budgettet godkendes", ["At budgettet godkendes"], []),
        ("Lederen viser tal og en indstilling: den er sendt ud.", [], []),
    ],
)
def test_a_label_inside_a_cell(cell: str, points: list[str], files: list[str]) -> None:
    rows = f"Nr. | Emne | Indhold | Referat\n1 | Budget | {cell} | Godkendt.\n2 | Eventuelt | | Intet.\n"
    item = read(TABLE + rows)["items"][0]
    assert item["recommendation"] == points
    assert [one["title"] for one in item["attachments"]] == files
    assert [one["outcome"] for one in item["decisions"]] == ["approved"]


@pytest.mark.parametrize(
    "head",
    [
        "Underskriftsside",
        "UNDERSKRIFTSBLAD",
        "Medlemmernes underskrift",
        "Protokollen underskrives af",
        "Underskrives af udvalgets medlemmer",
    ],
)
def test_who_signs_is_no_file(head: str) -> None:
    items = read(f"{HEAD}Beslutning\nGodkendt.\n\nBilag\n1. Kort\n2. Notat\n\n{head}\nLone Skovbo\nBo Juhl\n")["items"]
    assert [one["title"] for one in items[0]["attachments"]] == ["Kort", "Notat"]


@pytest.mark.parametrize(
    "line", ["Referatet blev underskrevet.", "Underskriftsliste", "Underskriftsindsamling om stien"]
)
def test_what_only_speaks_of_signing(line: str) -> None:
    assert read_label(line) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ad 2: Byrådet besluttede at frigive 500.000 kr. i stedet for 750.000 kr.", "adopted_with_change"),
        ("Stien vedtages anlagt i 2027 i stedet for i 2026.", "adopted_with_change"),
        ("Udvalget godkendte løsning B frem for den foreslåede.", "adopted_with_change"),
        ("Godkendt, dog sættes taksten til 40 kr.", "adopted_with_change"),
        ("Udvalget fordelte 185.000 kr. som foreslået, dog får spejderne 5.000 kr. mere.", "adopted_with_change"),
        ("Bestyrelsen fordelte puljen som foreslået.", "approved"),
        ("Bo Juhl blev valgt i stedet for Lone Skovbo.", "approved"),
        ("Godkendt, dog noteres det, at taksten er høj.", "approved"),
        ("Vedtaget, dog stemmes der imod fra Venstre.", "approved"),
        ("Udvalget tog status til efterretning og bad om nye tal.", "noted"),
        ("Rådet drøftede planen og ønskede en ny vurdering.", "discussed"),
        ("Orienteringen blev taget til efterretning, men udvalget ønsker et notat.", "noted"),
        ("Taget til efterretning, idet udvalget bad om tal.", "noted"),
        ("Formanden drøftede planen og bad om et møde.", "other"),
        ("Formanden bad om, at sagen drøftes.", "other"),
        ("Lone Skovbo ønskede planen drøftet.", "other"),
    ],
)
def test_what_a_body_settles_beside_what_it_asks(text: str, expected: str) -> None:
    assert outcomes(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("Rapporterne blev taget til efterretning.\nOrdningen blev godkendt.", "Ordningen"),
        ("Rapporterne blev taget til efterretning. Ordningen blev godkendt.", "Ordningen"),
        ("Orienteringen blev taget til efterretning.\nPlanen blev godkendt.", None),
        ("Planen blev drøftet. Tidsplanen blev godkendt.", None),
        ("Planen blev drøftet.\nIndstillingen blev godkendt.", None),
        ("Planen blev drøftet.\nPlanen blev godkendt.", None),
    ],
)
def test_two_matters_each_with_its_verdict(text: str, second: str | None) -> None:
    assert [text[place:].split()[0] for place in verdict_cuts(text)] == ([second] if second else [])


BROAD = "Baggrund\nUdvalget har i flere år talt om åen, og der er nu regnet på, hvad det koster at grave den fri.\n"


@pytest.mark.parametrize(
    ("lines", "broad", "points"),
    [
        (["planen sendes i høring i otte uger,", "der ikke laves miljørapport."], True, 2),
        (["planen sendes i høring i otte uger,", "der ikke laves miljørapport."], False, 1),
        (["planen sendes i høring hos dem, der", "bor ved åen."], True, 1),
        (["planen sendes i høring i otte uger", "fra den dag, hvor den er trykt."], True, 1),
    ],
)
def test_lines_that_no_width_broke_are_points(lines: list[str], points: int, *, broad: bool) -> None:
    asked = "Center for Havn foreslår, at\n" + "\n".join(lines)
    text = f"1. Plan for åen\n\nForslag\n{asked}\n\n{2 * BROAD if broad else ''}\nBeslutning\nGodkendt.\n"
    (item,) = record(extract(read_source(text.encode(), title="t.txt")))["items"]
    assert len(item["recommendation"]) == points
