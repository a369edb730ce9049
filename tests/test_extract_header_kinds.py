"""Invented papers: what they call their body and themselves, who was there, and how they print their lists of files."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.attachments import read_attachments
from graph.extract.mentions import read_mentions
from graph.extract.minutes import extract
from graph.extract.passage import Passage
from graph.extract.record import record
from graph.readers.choose import read_source
from graph.readers.text import source_document

ITEM = "\n\n1. Bænke ved åen\n\nBeslutning\nGodkendt.\n"


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="blad.txt")))


def passage(text: str, kind: str = "case-text") -> Passage:
    return Passage(source_document(text, b"", title="prøve", media_type="text/plain"), 0, len(text), kind)


def names(people: list[dict[str, Any]]) -> list[str]:
    return [person["name"] for person in people]


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("Ældrerådet i Kærby Kommune\nReferat af mødet den 4. maj 2023", "Ældrerådet"),
        ("KÆRBY KOMMUNE                     BYRÅDET\n\nReferat\nTorsdag den 4. maj 2023", "BYRÅDET"),
        ("Kærby Kommune\t\tKommunalbestyrelsen\nReferat 4. maj 2023", "Kommunalbestyrelsen"),
        ("Åskolen\nSkolebestyrelsen, møde nr. 3\nReferat 4. maj 2023", "Skolebestyrelsen"),
        ("Sundhedsklynge Kærby - politisk niveau\nReferat\n4. maj 2023", "Sundhedsklynge Kærby"),
        ("Brugerråd Solgården\nReferat af mødet den 4. maj 2023", "Brugerråd Solgården"),
        ("Referat af møde i Område-MED Børn og Skole\nTid: 4. maj 2023 kl. 9", "Område-MED Børn og Skole"),
        ("Bruger- og pårørenderådet på Plejecenter Solbakken", "Bruger- og pårørenderådet"),
    ],
)
def test_the_body_that_a_header_names(head: str, body: str) -> None:
    assert read(head + ITEM)["body"] == body


def test_only_a_verdict_of_the_meeting_itself_makes_an_agenda_minutes() -> None:
    head = "Dagsorden\ntil mødet i Byrådet\nden 4. maj 2023 kl. 17\n\n1. Bænke\n\nIndstilling\nAt der opstilles to.\n"
    earlier = "Beslutning i Økonomiudvalget den 20-04-2023:\nAnbefales.\n"
    assert read(head + earlier)["document_kind"] == "dagsorden"
    assert read(f"{head}{earlier}Beslutning i Byrådet den 04-05-2023:\nGodkendt.\n")["document_kind"] == "referat"


def test_decisions_from_a_meeting_are_its_minutes() -> None:
    assert (
        read(
            "Økonomiudvalget\nBeslutninger fra mødet den 4. maj 2023\nMødet startet: kl. 16:00\nSted: Rådhuset" + ITEM
        )["document_kind"]
        == "referat"
    )


HEAD = "Byrådet\nReferat af mødet den 4. maj 2023\n\n"


@pytest.mark.parametrize(
    ("roll", "present"),
    [
        (
            "Deltagere\nIda Krog (A)\n\nAfbud\nBo Juhl (V)\n\nSom stedfortrædere deltog\nLiv Ravn (V) for Bo Juhl",
            ["Ida Krog", "Liv Ravn"],
        ),
        (
            "Medlemmer\nIda Krog (A)\n\nAfbud\nBo Juhl\n\nØvrige\nCenterchef Liv Ravn, Ejendomme",
            ["Ida Krog", "Liv Ravn"],
        ),
        (
            "Mødested: Rådhuset\nLedelse: Skolechef Ida Krog (formand), lærer Liv Ravn\nMedarbejdere: FTR Mona Dahl",
            ["Ida Krog", "Liv Ravn", "Mona Dahl"],
        ),
        ("Medlemmer\nIda Krog (A)\nLiv Ravn (V) - fraværende fra pkt. 2", ["Ida Krog", "Liv Ravn"]),
        ("Til stede: Ida Krog, Emil Ravn Havn, Mona Dahl", ["Ida Krog", "Emil Ravn Havn", "Mona Dahl"]),
        ("Afbud: Bo Juhl\nMødet blev ledet af 1. viceborgmester Ida Krog, da Bo Juhl havde forfald.", ["Ida Krog"]),
    ],
    ids=["substitutes", "others", "groups", "partly", "harbour", "chaired"],
)
def test_who_was_there(roll: str, present: list[str]) -> None:
    assert sorted(names(read(HEAD + roll + ITEM)["present"])) == sorted(present)


def test_words_before_a_colon_that_name_nobody_are_no_roll() -> None:
    assert read(f"{HEAD}Bemærk: Mødet sendes direkte fra salen.{ITEM}")["present"] == []


def test_whom_every_item_calls_absent_was_not_there() -> None:
    away = "Beslutning\nIkke til stede: Bo Juhl (V)\nGodkendt.\n"
    found = read(f"{HEAD}Medlemmer\nIda Krog (A)\nBo Juhl (V)\n\n1. Bænke ved åen\n\n{away}\n2. Stier\n\n{away}")
    assert (names(found["present"]), names(found["absent"])) == (["Ida Krog"], ["Bo Juhl"])


def test_a_speaker_who_could_not_come_is_absent_from_the_item_alone() -> None:
    told = "Sagsfremstilling\nDirektør Liv Ravn præsenterer planen på mødet.\n\nBeslutning\n"
    said = "Drøftet. Liv Ravn var forhindret, og plantechef Mona Dahl deltog i stedet.\n"
    found = read(f"{HEAD}Til stede: Ida Krog, Bo Juhl\n\n1. Bænke ved åen\n\n{told}{said}")
    assert (names(found["absent"]), names(found["items"][0]["absent"])) == ([], ["Liv Ravn"])


def test_the_part_played_here_goes_before_the_absence_elsewhere() -> None:
    past = "Beslutning i Teknisk Udvalg den 20-04-2023:\nAnbefales.\nFraværende: Ida Krog (A)\n\n"
    own = "Beslutning i Byrådet den 04-05-2023:\nGodkendt.\nIda Krog (A) var inhabil og deltog ikke.\n"
    (person,) = read(f"{HEAD}1. Bænke ved åen\n\n{past}{own}")["items"][0]["persons"]
    assert person["role"] == "inhabil"


FILES = [
    ("1 (Åben) Notat om stier", [("Notat om stier", "open")]),
    ("Lukket  Vurdering af bud   17471/22", [("Vurdering af bud", "closed")]),
    ("1. Handleplan (3418827 - EMN-2023-00418)", [("Handleplan", None)]),
    ("Takster 2019 (dok.nr.198822/18)", [("Takster 2019", None)]),
    ("Kærby Byråd · Møde den 28-11-2023 · Side 4", []),
    ("Mødet slut kl. 21.05", []),
    ("Lokalplan 12 - forslag", [("Lokalplan 12 - forslag", None)]),
]


@pytest.mark.parametrize(("line", "expected"), FILES, ids=[str(n) for n in range(len(FILES))])
def test_a_line_of_a_list_of_files(line: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(one.title, one.access_rights) for one in read_attachments(passage(line, "attachments"))] == expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        ("Budget 2024; Tidsplan", ["Budget 2024", "Tidsplan"]),
        ("Forslag til plan - Referat af borgermøde - Indsigelse fra naboer", 3),
        ("Lokalplan 12 - Kærby Nord", ["Lokalplan 12 - Kærby Nord"]),
        ("Plan.docx\nHøringsnotat.docx\nRådet fik kaffe.", ["Plan.docx", "Høringsnotat.docx"]),
    ],
)
def test_files_behind_the_label(listed: str, expected: list[str] | int) -> None:
    (item,) = read(f"{HEAD}1. Bænke ved åen\n\nBeslutning\nGodkendt.\n\nBilag: {listed}\n")["items"]
    titles = [one["title"] for one in item["attachments"]]
    assert titles == (listed.split(" - ") if expected == 3 else expected)


def test_two_labels_joined_by_a_stroke_are_one() -> None:
    (item,) = read(f"{HEAD}1. Bænke\n\nBilag:\nKort\n\nIndledning/Baggrund\nByrådet vil have bænke.\n")["items"]
    assert [one["title"] for one in item["attachments"]] == ["Kort"]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("Byrådet 1. behandler budgettet den 28. september og 2. behandler det den 12. oktober 2022.", [9, 10]),
        ("Hovedudvalget har afgivet høringssvar den 15. november 2022.", [11]),
        ("Ældrerådet, som behandler høringssvarene den 5. december 2022, er enigt.", [12]),
        ("Byrådet har bedt om høringssvar inden den 5. december 2022.", [None]),
    ],
)
def test_the_days_of_a_body(text: str, dates: list[int | None]) -> None:
    found = [one.mention_date.month if one.mention_date else None for one in read_mentions(passage(text))]
    assert found == dates


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Kommunalbestyrelsens mødesal, Kærby Rådhus", "Kommunalbestyrelsens mødesal, Kærby Rådhus"),
        ("Teknikudvalgets mødelokale 2 på rådhuset", "Teknikudvalgets mødelokale 2 på rådhuset"),
        ("Festsalen, Kærby Kulturhus", "Festsalen, Kærby Kulturhus"),
        ("Mødelokalet, 2. sal", "Mødelokalet, 2. sal"),
        ("Foreningernes lokaler er lukket i sommerferien", None),
        ("Foreningernes lokale tilbud", None),
    ],
)
@pytest.mark.parametrize("under", ["Møde nr. 4\n", "Møde nr. 4\nUdsendt med mail\n"])
def test_a_room_stands_on_a_line_of_its_own(line: str, place: str | None, under: str) -> None:
    head = f"Kærby Kommune\nProtokol fra møde i Teknikudvalget\nTorsdag den 4. maj 2023 kl. 17:30\n{under}{line}"
    found = read(f"{head}\n\nDeltagere: Ida Krogager (A), Bo Lindvig (V){ITEM}")
    assert (found["place"], found["body"]) == (place, "Teknikudvalget")


@pytest.mark.parametrize(
    ("line", "title", "number"),
    [
        ("Bilag 1. Kvalitetsrapport 2023/24", "Kvalitetsrapport 2023/24", None),
        ("Regnskab for skoleåret 2023/2024", "Regnskab for skoleåret 2023/2024", None),
        ("Budget (2025-2028)", "Budget (2025-2028)", None),
        ("Årsberetning (2024)", "Årsberetning (2024)", None),
        ("Referat (12.05.2024)", "Referat (12.05.2024)", None),
        ("Kort over søen 2023/004512", "Kort over søen", "2023/004512"),
        ("Kort over søen 188412/24", "Kort over søen", "188412/24"),
        ("Kort over søen (24/004512-3)", "Kort over søen", "24/004512-3"),
    ],
)
def test_years_behind_a_title_are_no_number_of_a_file(line: str, title: str, number: str | None) -> None:
    assert [(one.title, one.identifier) for one in read_attachments(passage(line, "attachments"))] == [(title, number)]


@pytest.mark.parametrize(
    "below",
    ["PDF\n4,2 MB", "(docx, 38 KB)", "PDF-fil · 910 KB · 12 sider", "Filtype: PDF\nStørrelse: 3 MB\nHent", "3 sider"],
)
def test_the_kind_and_size_of_a_file_are_no_file(below: str) -> None:
    lines = passage(f"Kort over åen\n{below}\nSpørgsmål og svar\n{below}", "attachments")
    assert [one.title for one in read_attachments(lines)] == ["Kort over åen", "Spørgsmål og svar"]


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Kort over åen PDF 4,2 MB", "Kort over åen"),
        ("Kort over åen - 910 KB", "Kort over åen"),
        ("PDF-kort over åen", "PDF-kort over åen"),
        ("Type 2-boliger ved åen", "Type 2-boliger ved åen"),
        ("Tegning 3 B", "Tegning 3 B"),
    ],
)
def test_the_size_behind_a_file_is_no_part_of_its_title(line: str, title: str) -> None:
    assert [one.title for one in read_attachments(passage(line, "attachments"))] == [title]


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        (
            "Protokol for mødet torsdag den 4. maj 2023 kl. 17.30, Salen i Kærby. Mødet var åbent.",
            (None, "2023-05-04", "17:30", "Salen i Kærby", "referat"),
        ),
        (
            "Referat af møde i Havneudvalget torsdag den 4. maj 2023 kl. 17.30 i Mødelokale 2. Mødet var åbent.",
            ("Havneudvalget", "2023-05-04", "17:30", "Mødelokale 2", "referat"),
        ),
        (
            "Den 4. maj 2023 kl. 17.30 holdt Havneudvalget møde i Mødelokale 2 på rådhuset. Mødet var åbent.",
            ("Havneudvalget", "2023-05-04", "17:30", "Mødelokale 2 på rådhuset", None),
        ),
        (
            "Torsdag den 4. maj 2023 kl. 17.30 afholdtes møde i Havneudvalget på Kærby Rådhus. Mødet var åbent.",
            ("Havneudvalget", "2023-05-04", "17:30", "Kærby Rådhus", None),
        ),
        (
            "Referat fra mødet den 2. april 2023 blev godkendt uden bemærkninger fra nogen.",
            (None, None, None, None, None),
        ),
        ("Referat fra mødet kan læses på kommunens hjemmeside i 14 dage efter mødet.", (None, None, None, None, None)),
    ],
)
def test_a_sentence_tells_when_and_where_the_meeting_was(sentence: str, stated: tuple[str | None, ...]) -> None:
    found = read(f"Kærby Kommune\n\n{sentence}\n\nTil stede: Ida Krogager (A) og Bo Lindvig (V).{ITEM}")
    keys = ("body", "meeting_date", "start_time", "place", "document_kind")
    assert tuple(found[key] for key in keys) == stated
