"""Labels, verdicts' headings and lines: what opens what, in every print that was met."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.extract.case_numbers import is_case_number, read_case_number
from graph.extract.decision_headings import read_decision_heading
from graph.extract.labels import WORD_LISTS, fields_in, label_lists, label_roles, read_label
from graph.extract.lines import read_lines
from graph.extract.rows import read_rows


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("Sagsgang", "routing"),
        ("FORVENTET SAGSGANG:", "routing"),
        ("Sagsforløb: ØK/BY", "routing"),
        ("Beslutningskompetence", "competence"),
        ("Historik", "history"),
        ("Det indstilles:", "recommendation"),
        ("Borgmesterens indstilling", "recommendation"),
        ("S a g s f r e m s t i l l i n g", "case-text"),
        ("Sagsfremstillig", "case-text"),
        ("3. Sagsfremstilling", "case-text"),
        ("Sagsnr. (ESDH): 21/123", "case-number"),
        ("Sagsnr. 299835 Byrådet Åbent punkt", "case-number"),
        ("EDOC nr.: 21/1234", "case-number"),
        ("Acadre sags-nr. 21/1234", "case-number"),
        ("SBSYS-sag: 21/1234", "case-number"),
        ("Public 360 nr. 21/1234", "case-number"),
        ("KMD Nova sagsnummer: S2021-1234", "case-number"),
        ("Fold punktet ud", "navigation"),
        ("SKJUL PUNKT", "navigation"),
        ("Mødets punkter", "contents"),
        ("Start kl. 15.00", "start"),
        ("Afbud fra Lars Kvist (A) og Mona Lind", "absent"),
        ("Medlemmerne var mødt, bortset fra:", "absent"),
        ("Lukkede sager", "closed"),
    ],
)
def test_a_label_has_its_role(line: str, role: str) -> None:
    label = read_label(line)
    assert label is not None
    assert label.role == role


@pytest.mark.parametrize(
    "line",
    [
        "Museets direktør er med fra kl. 15.00.",
        "Afbud fra Lars Kvist. I stedet mødte Mona Lind.",
        "Punkt 172: Frigivelse af anlægsbevilling",
        "Sagen handler om indstilling af et nyt medlem",
        "40. Godkendelse af dagsorden",
        "SBSYS er kommunens system til 2.400 sager",
        "Vis punktet på kortet",
        "",
    ],
)
def test_a_sentence_is_no_label(line: str) -> None:
    assert read_label(line) is None


def test_no_label_plays_two_roles_by_accident() -> None:
    assert label_roles()["dagsorden"] == "agenda"
    assert label_roles()["åben dagsorden"] in {"agenda", "open"}
    assert all(label == label.casefold() for label in label_roles())


@pytest.mark.parametrize(
    ("line", "body", "point"),
    [
        ("Beslutning i Direktionen den 12-10-2022", "Direktionen", None),
        ("Beslutning Teknik- og Miljøudvalget den 01-09-2021", "Teknik- og Miljøudvalget", None),
        ("Beslutning fra Plan & Miljøudvalget 10-06-2013", "Plan & Miljøudvalget", None),
        ("Borgerrepræsentationens beslutning i mødet den 14. juni 2007", "Borgerrepræsentationen", None),
        ("Økonomiudvalget, 14. maj 2019, pkt. 88:", "Økonomiudvalget", "88"),
        ("Kultur- og Idrætsudvalget, 03-04-2019, pkt. 42", "Kultur- og Idrætsudvalget", "42"),
        ("Byrådet, den 23. april 2012, sag nr. 7", "Byrådet", "7"),
        ("Social- og Sundhedsudvalget, den 5. marts 2018:", "Social- og Sundhedsudvalget", None),
        ("Beslutning i Økonomiudvalget", "Økonomiudvalget", None),
    ],
)
def test_a_verdicts_heading(line: str, body: str, point: str | None) -> None:
    heading = read_decision_heading(line)
    assert heading is not None
    assert heading.body == body
    assert (line[slice(*heading.point_span)] if heading.point_span else None) == point


@pytest.mark.parametrize(
    "line",
    [
        "Byrådet sagde ja til masterplanen den 6. marts 2019.",
        "Foreningsrådet så på 11 ansøgninger den 23. april 2019:",
        "Kommunalbestyrelsen den 26. januar 2021",
        "31. oktober 2019: Et lukket punkt mangler.",
        "Beslutning",
    ],
)
def test_a_sentence_is_no_heading(line: str) -> None:
    assert read_decision_heading(line) is None


def test_in_past_handling_a_date_and_a_body_head_a_verdict() -> None:
    heading = read_decision_heading("15-08-2019 Borgmesterens Afdeling påtegning", in_history=True)
    assert heading is not None
    assert heading.body == "Borgmesterens Afdeling"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("BeslutningGodkendt.", ["Beslutning", "Godkendt."]),
        ("Sagens kerneBeslutningGodkendt.", ["Sagens kerne", "Beslutning", "Godkendt."]),
        ("(V).157. Endelig vedtagelse", ["(V).", "157. Endelig vedtagelse"]),
        ("Sagsid.: 20/33839, Sagsinitialer: AGVA", ["Sagsid.: 20/33839,", "Sagsinitialer: AGVA"]),
        ("Sagsnr.: 1/2     Dok.nr.: 3     Åbent", ["Sagsnr.: 1/2", "Dok.nr.: 3", "Åbent"]),
        ("Åbent - 00.17.00-A00-8-16", ["Åbent -", "00.17.00-A00-8-16"]),
        ("J.nr.: 00.01.00. Sagnr.: 11/496", ["J.nr.: 00.01.00.", "Sagnr.: 11/496"]),
        ("### **Beslutning**", ["Beslutning"]),
    ],
)
def test_what_stands_side_by_side_is_split(text: str, parts: list[str]) -> None:
    assert [line.text for line in read_lines(text)] == parts


def test_offsets_of_lines_are_exact() -> None:
    text = "## **Punkter**\n\n  • Første punkt \n1. Andet\n\tSagsnr.: 1/22   Åbent"
    assert all(text[line.begin : line.end] == line.text for line in read_lines(text))


@pytest.mark.parametrize(
    "number",
    [
        "85.02.02-G01-1-17",
        "18.15.00-Ø40-2-19",
        "00.01.00P35-0098",
        "17.00.00A00",
        "00.22.00-3584-18",
        "19/2484",
        "2008/048591",
        "\n    330-2018-3619",
        "1-13-3-57-16",
        "M4/2010/00450",
        "BR 366/07",
    ],
)
def test_every_form_of_case_number(number: str) -> None:
    number = number.strip()
    assert is_case_number(number)
    found = read_case_number(f"Sagsnr. {number} Åben")
    assert found is not None
    assert f"Sagsnr. {number} Åben"[slice(*found)] == number


@pytest.mark.parametrize("text", ["26. jan 2021", "12-10-2022", "kl. 15:00", "8961 Allingåbro", "2018/19"])
def test_dates_and_addresses_are_no_case_numbers(text: str) -> None:
    assert not is_case_number(text) or text == "2018/19"


def test_a_body_and_a_day_head_a_verdict_only_where_one_follows() -> None:
    heading, sentence = "Byplanudvalget den 10. december 2014", "Anbefales."
    assert [row.role for row in read_rows(f"{heading}\n{sentence}")] == ["decision", ""]
    assert [row.role for row in read_rows(f"Sagsgang\n{heading}")] == ["routing", ""]


@cache
def written_labels() -> tuple[str, ...]:
    """The labels that may stand before a value, the longest first."""
    listed = (label for role, labels in label_lists().items() if role not in WORD_LISTS for label in labels)
    return tuple(sorted(set(listed), key=lambda label: (-len(label), label)))


@cache
def one_pattern() -> re.Pattern[str]:
    """All of them in one pattern: slow, and plainly right."""
    return re.compile(rf"(?<![\w/-])(?:{'|'.join(map(re.escape, written_labels()))})[ \t]?:")


PIECES = st.one_of(
    st.sampled_from(written_labels()),
    st.sampled_from([":", " :", "\t:", " ", "::", "/", "-", "Ældre ", "kl. 15:00", "a", "(", "9"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=12).map("".join), st.integers(0, 12))
def test_fields_on_one_line_are_those_that_one_pattern_of_all_labels_finds(line: str, begin: int) -> None:
    assert fields_in(line, begin, len(line)) == [found.start() for found in one_pattern().finditer(line, begin)]
