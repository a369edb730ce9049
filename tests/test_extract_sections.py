"""What one section states: routes, recommendations, verdicts, attachments, and the matters under an umbrella item."""

from __future__ import annotations

import pytest

from graph.extract.attachments import read_attachments, read_quoted_attachments
from graph.extract.decisions import read_decisions
from graph.extract.layout import divide
from graph.extract.passage import Passage
from graph.extract.recommendations import read_recommendations
from graph.extract.route_grids import read_grid
from graph.extract.routes import read_route, read_title_route
from graph.extract.rows import read_rows
from graph.extract.sections import divide_item
from graph.extract.umbrella import read_matters
from graph.readers.text import source_document


def passage(text: str, kind: str = "decision") -> Passage:
    return Passage(source_document(text, b"", title="prøve", media_type="text/plain"), 0, len(text), kind)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("DIR", [("DIR", 1)]),
        ("ØK/BY", [("ØK", 1), ("BY", 2)]),
        ("KF, ØK, BY", [("KF", 1), ("ØK", 2), ("BY", 3)]),
        ("KF/AU/TM, SO", [("KF", 1), ("AU", 1), ("TM", 1), ("SO", 2)]),
        ("Kommunalbestyrelsen beslutter.", [("Kommunalbestyrelsen", 1)]),
        ("Udvikling, By og Land", [("Udvikling, By og Land", 1)]),
        ("Alle fagudvalg, Økonomiudvalget", [("Alle fagudvalg", 1), ("Økonomiudvalget", 2)]),
    ],
)
def test_a_field_states_a_route(text: str, steps: list[tuple[str, int]]) -> None:
    found = read_route(passage(text, "routing"))
    assert [(step.target_body, step.step_order) for step in found] == steps
    assert all(step.step_source == "field" for step in found)


def grid(cells: str) -> list[str | None]:
    text = "DIR\n\nTMU\n\nØKE\n\nBYR\n\n" + cells
    return [step.target_body for step in read_grid(passage(text, "routing"), read_rows(text))]


def test_in_a_grid_the_place_decides() -> None:
    assert grid(" \n\n x\n\n \n\n x\n") == ["TMU", "BYR"]


def test_a_grid_that_lost_its_empty_cells_tells_nothing() -> None:
    assert grid("x\nx\n") == []


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("MBU/ØU/KB - Lokalplan 28.4", ["MBU", "ØU", "KB"]),
        ("MBU - Takster", ["MBU"]),
        ("EU - støtte", []),
        ("Takster", []),
    ],
)
def test_a_title_may_begin_with_its_route(title: str, codes: list[str]) -> None:
    found = [step.target_body for step in read_title_route(passage(title, "routing"))]
    assert found == codes or (title.startswith("EU") and found == ["EU"])


@pytest.mark.parametrize(
    ("text", "proposer", "points"),
    [
        ("Kommunaldirektøren indstiller, at punkterne behandles.", "Kommunaldirektøren", ["at punkterne behandles."]),
        (
            "Direktøren for Kultur indstiller til Byrådet:\n\n1. At den drøftes.",
            "Direktøren for Kultur",
            ["At den drøftes."],
        ),
        ("Det indstilles, at HMU\n\n  • godkender dagsordenen", None, ["godkender dagsordenen"]),
        ("Administrationen indstiller\nat | referatet godkendes |", "Administrationen", ["referatet godkendes"]),
        (
            "Det indstilles:\nAt 1) byrådet ser på sagen.\nAt 2) den drøftes.",
            None,
            ["byrådet ser på sagen.", "den drøftes."],
        ),
        (
            "Økonomiudvalget indstiller,\n1. at en bevilling\ngives\n2. at den frigives.\n\nEn bemærkning.",
            "Økonomiudvalget",
            ["at en bevilling gives", "at den frigives."],
        ),
        ("Miljøudvalget abefaler over for regionsrådet:", "Miljøudvalget", []),
        ("Til godkendelse.", None, ["Til godkendelse."]),
        ("", None, None),
    ],
)
def test_who_recommends_what(text: str, proposer: str | None, points: list[str] | None) -> None:
    found = read_recommendations(passage(text, "recommendation"))
    assert [one.recommended_by for one in found] == ([] if points is None else [proposer])
    assert [list(one.recommends) for one in found] == ([] if points is None else [points])


def outcomes(text: str) -> list[str]:
    return [decision.outcome[0] for decision in read_decisions(passage(text), None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Godkendt.", ["approved"]),
        ("", []),
        ("Fraværende: \nAfbud: Lars Kvist\n", []),
        ("Fraværende: \nGodkendt.", ["approved"]),
        ("Ingen.", ["other"]),
        ("Et forslag fra liste Ø blev forkastet.\n\nIndstillingen blev godkendt.", ["rejected", "approved"]),
        ("Godkendt.\n\nFor stemte: A og B.\nImod stemte: C.", ["approved"]),
    ],
)
def test_one_verdict_or_two(text: str, expected: list[str]) -> None:
    assert outcomes(text) == expected


def test_a_vote_on_another_matter_is_a_verdict_of_its_own() -> None:
    text = (
        "Dagsordenen blev godkendt.\n\nOm sag 179 foreslog borgmesteren at vente, til naboerne er hørt om planen."
        "\n\nDer blev stemt om forslaget:\n\nFor: 2 (Mona Lind (A), Lars Kvist (V))\n\nImod: 1 (Ida Holm (B))"
    )
    first, second = read_decisions(passage(text), None)
    assert first.vote is None
    assert second.vote is not None
    assert second.vote.votes_for == 2


@pytest.mark.parametrize(
    ("line", "title", "number", "access"),
    [
        ("1 - 3366958\tÅben\tNotat.docx\t(132893/22)\t(H)", "Notat.docx", "1", "open"),
        ("5 -\tLukket\tAfrapportering 4 okt.pdf\t()\t()", "Afrapportering 4 okt.pdf", "5", "closed"),
        ("1 - Lukket Notat - Status på udbud () ()", "Notat - Status på udbud", "1", "closed"),
        ("1 Åben Takster 2009 (12345/09)", "Takster 2009", "1", "open"),
        ("Bilag 2 - Tegning (lukket)", "Tegning", "2", "closed"),
        ("Lukket - Vurdering.pdf", "Vurdering.pdf", None, "closed"),
        ("• Høringssvar fra Ældrerådet", "Høringssvar fra Ældrerådet", None, None),
    ],
)
def test_a_line_of_attachments(line: str, title: str, number: str | None, access: str | None) -> None:
    (found,) = read_attachments(passage(line, "attachments"))
    assert (found.title, found.attachment_number, found.access_rights) == (title, number, access)


def test_a_closed_attachment_has_no_numbers_of_its_own() -> None:
    (found,) = read_attachments(passage("5 -\tLukket\tAfrapportering.pdf\t()\t()", "attachments"))
    assert (found.identifier, found.case_file, found.source_flag) == (None, None, None)


def test_attachments_glued_together_are_two() -> None:
    found = read_attachments(passage("Bilag 1: KortBilag 2: Høringssvar", "attachments"))
    assert [(one.attachment_number, one.title) for one in found] == [("1", "Kort"), ("2", "Høringssvar")]


@pytest.mark.parametrize("line", ["Ingen bilag", "Der er ingen bilag.", "-", "Se sagen på kommunens hjemmeside."])
def test_no_attachment(line: str) -> None:
    assert read_attachments(passage(line, "attachments")) == ()


def test_a_quoted_title_is_an_attachment() -> None:
    (found,) = read_quoted_attachments(passage('at beslutte ændringer jf. bilag "Oversigt over ændringer"'))
    assert found.title == "Oversigt over ændringer"


UMBRELLA = """Sagsfremstilling

Direktionen har følgende punkter til behandling:

- Fælles lager. Driften har to adresser. Havnechef Anders Kofoed deltager under punktet.
- Ny hjemmeside drøftes. Se vedlagte bilag.

Beslutning i Direktionen den 21-08-2024

- Fælles lager. Driften har to adresser. Direktionen drøftede forslaget.
- Ny hjemmeside. Sagen udsættes.
"""


def test_an_umbrella_item_has_matters() -> None:
    parts = divide_item(read_rows(UMBRELLA))
    found = read_matters(UMBRELLA, parts)
    assert [UMBRELLA[slice(*matter.title)] for matter in found] == ["Fælles lager", "Ny hjemmeside"]
    verdicts = [UMBRELLA[slice(*matter.decision)] for matter in found if matter.decision]
    assert verdicts == ["Direktionen drøftede forslaget.", "Sagen udsættes."]


def test_an_agenda_has_matters_without_verdicts() -> None:
    agenda = UMBRELLA.split("Beslutning", maxsplit=1)[0]
    found = read_matters(agenda, divide_item(read_rows(agenda)))
    assert len(found) == 2
    assert not any(matter.decision for matter in found)


def test_points_of_a_verdict_are_no_matters() -> None:
    text = "Sagsfremstilling\n\nTo mål:\n\n- flere træer\n- færre biler\n\nBeslutning\n\n1. Godkendt.\n2. Udsat.\n"
    assert read_matters(text, divide_item(read_rows(text))) == ()


def test_numbered_points_of_a_recommendation_open_no_items() -> None:
    asked = "1. Takster\n\nIndstilling\n\n1. Taksterne sættes op\n2. Taksterne meldes ud\n\n"
    decided = "Beslutning\n\n1. Godkendt.\n2. Udsat.\n\n"
    layout = divide(asked + decided + "2. Eventuelt\n\nBeslutning\n\nIntet.")
    assert [item.head.text for item in layout.items] == ["1. Takster", "2. Eventuelt"]
