"""Invented minutes in layouts without a case system: tables, letters, bare headings, two columns, answers to points."""

from __future__ import annotations

from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.readers.choose import read_source
from graph.readers.label_columns import joined_columns

HEAD = "Vandrådet i Kærby\nReferat af møde den 20. maj 2025 kl. 13.00\n\nDeltagere: Egon Møllegaard, Tina Skovbo\n\n"


def read(text: str) -> dict[str, Any]:
    return record(extract(read_source(text.encode(), title="referat.txt")))


def titles(text: str) -> list[tuple[str | None, str | None]]:
    return [(item["number"], item["title"]) for item in read(text)["items"]]


def outcomes(text: str) -> list[list[str]]:
    return [[decision["outcome"] for decision in item["decisions"]] for item in read(text)["items"]]


def attachments(text: str) -> list[list[tuple[str, str | None]]]:
    return [[(one["title"], one["access"]) for one in item["attachments"]] for item in read(text)["items"]]


def names(people: list[dict[str, Any]]) -> list[str]:
    return [person["name"] for person in people]


PIPES = """| Nr. | Emne | Konklusion | Ansvarlig |
|---|---|---|---|
| 1 | Dagsorden | Godkendt | |
| 2 | Nye brønde | Udsat til juni | Tina Skovbo |
| 3 | Eventuelt | Drøftet | |

Underskrift: Egon Møllegaard
"""
TABS = "Pkt.\tEmne\tBeslutning\n1\tDagsorden\tGodkendt\n2\tNye brønde\tUdsat til juni\n3\tEventuelt\tDrøftet\n"


@pytest.mark.parametrize("table", [PIPES, TABS], ids=["pipes", "tabs"])
def test_each_row_of_an_agenda_table_is_an_item(table: str) -> None:
    assert titles(HEAD + table) == [("1", "Dagsorden"), ("2", "Nye brønde"), ("3", "Eventuelt")]
    assert outcomes(HEAD + table) == [["approved"], ["postponed"], ["discussed"]]


def test_the_one_responsible_in_a_table_is_named_in_his_item_and_the_signature_in_none() -> None:
    assert [names(item["persons"]) for item in read(HEAD + PIPES)["items"]] == [[], ["Tina Skovbo"], []]


def test_a_table_inside_an_item_is_no_agenda() -> None:
    table = "| Nr. | Emne | Beslutning |\n|---|---|---|\n| 1 | Sti | Godkendt |\n| 2 | Bro | Udsat |\n"
    assert titles(f"{HEAD}4. Handleplan\n\nBeslutning\n\nGodkendt.\n\n{table}") == [("4", "Handleplan")]


PROSE = """{0} Velkomst
Egon Møllegaard bød velkommen til de nye medlemmer.

{1} Brønden ved skolen
Tina Skovbo har fået taget prøver. Vandet er rent.

{2} Næste møde
Den 3. september på havnekontoret.
"""


@pytest.mark.parametrize(
    "marks",
    [("1.", "2.", "3."), ("7)", "8)", "9)"), ("I.", "II.", "III."), ("A.", "B.", "C.")],
    ids=["points", "brackets", "roman", "letters"],
)
def test_titles_over_running_text_are_items(marks: tuple[str, str, str]) -> None:
    numbers = [mark.strip(".)") for mark in marks]
    expected = list(zip(numbers, ["Velkomst", "Brønden ved skolen", "Næste møde"], strict=True))
    assert titles(HEAD + PROSE.format(*marks)) == expected


@pytest.mark.parametrize("mark", ["##", "###"])
def test_headings_without_numbers_are_items(mark: str) -> None:
    text = PROSE.format(mark, mark, mark)
    assert titles(f"# Referat\n{HEAD}{text}") == [
        (None, "Velkomst"),
        (None, "Brønden ved skolen"),
        (None, "Næste møde"),
    ]


def test_topics_that_stand_apart_are_items() -> None:
    text = "Nyt fra formanden\n\nEgon har talt med borgmesteren.\n\nPumpen\n\nDen nye pumpe er bestilt.\n\n"
    assert titles(HEAD + text + "Eventuelt\n\nTina spurgte til slusen ved møllen.\n") == [
        (None, "Nyt fra formanden"),
        (None, "Pumpen"),
        (None, "Eventuelt"),
    ]


@pytest.mark.parametrize("word", ["Ad", "Ad.", "Ad pkt.", "Ad punkt"])
def test_answers_to_an_agendas_points_are_its_items(word: str) -> None:
    text = "Dagsorden\n1. Siden sidst\n2. Regnskab\n\n"
    text += f"{word} 1  Siden sidst\nGodkendt.\n\n{word} 2  Regnskab\nTina Skovbo gennemgik tallene.\n"
    assert titles(HEAD + text) == [("1", "Siden sidst"), ("2", "Regnskab")]


def test_answers_inside_a_verdict_are_no_items() -> None:
    text = "5. Takster\n\nIndstilling\n\nDet indstilles, at\n1. prisen hæves\n2. rabatten falder\n\nBeslutning\n\n"
    assert titles(HEAD + text + "Ad 1 Godkendt.\n\nAd 2 Udsat.\n") == [("5", "Takster")]


@pytest.mark.parametrize(
    "form",
    [
        "Sag {0}: {1}",
        "Sag {0}     {1}",
        "SAG NR. {0}: {1}",
        "Pkt. nr. {0}: {1}",
        "Punkt {0} · {1}",
        "Dagsordenspunkt {0} – {1}",
    ],
)
def test_a_word_before_the_number(form: str) -> None:
    first, second = form.format(143, "Årsregnskab"), form.format(144, "Vindmøller")
    text = f"{first}\nBeslutning\nGodkendt.\n\n{second}\nBeslutning\nUdsat.\n"
    assert titles(HEAD + text) == [("143", "Årsregnskab"), ("144", "Vindmøller")]
    assert [item["case_number"] for item in read(HEAD + text)["items"]] == [None, None]


def test_items_that_take_one_line_each() -> None:
    text = "1. Dagsorden: Godkendt.\n2. Busdrift på landet - Drøftet.\n3. Kostpolitik. Udsat til næste møde.\n"
    assert titles(HEAD + text) == [("1", "Dagsorden"), ("2", "Busdrift på landet"), ("3", "Kostpolitik")]
    assert outcomes(HEAD + text) == [["approved"], ["discussed"], ["postponed"]]


COLUMNS = """Mødedato            20. august 2025
Mødelokale          Lokale 7
Afbud               Hugo Sandvad (B)

Sag 8   Erhvervsfrokost
Sagsnummer          25/04420
Indstilling         Erhvervschefen indstiller, at udval-
                    get vælger en dag i oktober eller
                    november
Beslutning          Den 9. oktober blev valgt af
                    udvalget.
                    Mona Lilleør (V) var imod.

Løvlund Kommune                       Side 1 af 2

Sag 9   Havnens takster
Sagsnummer          25/04411
Beslutning          Godkendt.
"""


def test_two_printed_columns_are_read_as_labels_and_values() -> None:
    found = read(COLUMNS)
    assert [(item["number"], item["title"], item["case_number"]) for item in found["items"]] == [
        ("8", "Erhvervsfrokost", "25/04420"),
        ("9", "Havnens takster", "25/04411"),
    ]
    assert found["items"][0]["proposer"] == "Erhvervschefen"
    assert found["items"][0]["recommendation"] == ["at udvalget vælger en dag i oktober eller november"]
    assert names(found["absent"]) == ["Hugo Sandvad"]
    assert "Side 1" not in joined_columns(COLUMNS)


def test_a_text_with_a_few_aligned_fields_stays_as_it_is() -> None:
    text = HEAD + "Dato:       20. maj 2025\nSted:       Lokale 7\n\nDer blev talt om åen.\nIntet blev besluttet.\n"
    assert joined_columns(text) == text


LISTS = [
    ("Bilag\nKort over åen | offentlig\nPrøver | ikke offentlig\n", [("Kort over åen", "open"), ("Prøver", "closed")]),
    ("Bilag (2)\n25/118-4  Kort  [Åben]\n25/118-6  Prøver  [Lukket]\n", [("Kort", "open"), ("Prøver", "closed")]),
    ("Filer: [Kort.pdf] (lukket) · [Prøver.xlsx] (åben)\n", [("Kort.pdf", "closed"), ("Prøver.xlsx", "open")]),
    (
        "Bilag: Kort (åben), Prøver (fortrolig) samt Brev (åben)\n",
        [("Kort", "open"), ("Prøver", "closed"), ("Brev", "open")],
    ),
    ("Bilag\nÅbent bilag: Kort\nLukket bilag: Prøver\n", [("Kort", "open"), ("Prøver", "closed")]),
    ("Vedlagte dokumenter\no  Bilag 1 - Kort (offentligt)\n", [("Kort", "open")]),
    ("Bilag 2.1: Kort\n", [("Kort", None)]),
]


@pytest.mark.parametrize(("printed", "expected"), LISTS, ids=[str(n) for n in range(len(LISTS))])
def test_lists_of_attachments(printed: str, expected: list[tuple[str, str | None]]) -> None:
    assert attachments(f"{HEAD}4. Åen\n\nBeslutning\n\nGodkendt.\n\n{printed}") == [expected]


@pytest.mark.parametrize(
    "closing",
    [
        "Bilagsfortegnelse\nSag 4: Kort (åben)\nSag 5: Prøver (lukket); Brev (åben)\n",
        "Bilag til punkt 4\nKort (åben)\nBilag til punkt 5\nPrøver (lukket)\nBrev (åben)\n",
        "Bilag til pkt. 4: Kort (åben)\nBilag til pkt. 5: Prøver (lukket), Brev (åben)\n",
        "Bilag til sagerne\nKort (åben) - hører til pkt. 4\nPrøver (lukket) og Brev (åben) - hører til pkt. 5\n",
    ],
    ids=["inline", "heads", "labels", "behind"],
)
def test_a_list_at_the_end_is_shared_out_by_number(closing: str) -> None:
    text = "4. Åen\n\nBeslutning\n\nGodkendt.\n\n5. Prøver\n\nBeslutning\n\nUdsat.\n\n"
    assert attachments(HEAD + text + closing) == [[("Kort", "open")], [("Prøver", "closed"), ("Brev", "open")]]


@pytest.mark.parametrize(
    ("title", "access"),
    [
        ("Tillægspunkt 4 (lukket): Køb", "closed"),
        ("Punkt 4: Køb [Åben]", "open"),
        ("4. Køb (fortroligt)", "closed"),
        ("4. Køb (lukket sag)", "closed"),
        ("4. Ikke offentlig: Køb", "closed"),
        ("4. Køb\nSagsid.: 23/41     Initialer: mlk     Lukket sag", "closed"),
        ("4. Køb\nJournalnr. 17.01.00-P20-3-24 · Offentlig", "open"),
    ],
)
def test_where_access_is_told(title: str, access: str) -> None:
    assert [item["access"] for item in read(f"{HEAD}{title}\n\nBeslutning\n\nGodkendt.\n")["items"]] == [access]


@pytest.mark.parametrize(
    "absent",
    [
        "Lovligt forfald: Rosa Enghave",
        "Meldte afbud: Rosa Enghave",
        "Meldt fra: Rosa Enghave",
        "Ikke fremmødt: Rosa Enghave",
        "Medlemmer: Ida Krog (A), Rosa Enghave (V) - meldt fra",
    ],
)
def test_who_was_absent(absent: str) -> None:
    found = read(f"{HEAD}{absent}\n\n1. Åen\n\nBeslutning\n\nGodkendt.\n")
    assert names(found["absent"]) == ["Rosa Enghave"]
    assert "Rosa Enghave" not in names(found["present"])


@pytest.mark.parametrize(
    "line",
    [
        "Ikke mødt: Bo Juhl (afbud), Rosa Enghave (erstattet af Ida Krog)",
        "Forhindret: Bo Juhl (A) og Rosa Enghave (V); for sidstnævnte gav Ida Krog (V) møde.",
        "Afbud: Bo Juhl og Rosa Enghave, for hvem Ida Krog deltog",
        "Medlemmer: Tove Lind (A), Rosa Enghave (V) (erstattes af Ida Krog (V))\nAfbud: Bo Juhl",
    ],
)
def test_who_stood_in_for_whom(line: str) -> None:
    found = read(f"{HEAD}{line}\n\n1. Åen\n\nBeslutning\n\nGodkendt.\n")
    roles = {person["name"]: person["role"] for person in found["present"]}
    assert roles["Ida Krog"] == "stedfortræder for Rosa Enghave"
    assert sorted(names(found["absent"])) == ["Bo Juhl", "Rosa Enghave"]


def test_who_was_away_from_some_items_was_at_the_meeting() -> None:
    left = "Tina Skovbo forlod mødet kl. 14.10 og var ikke til stede under punkt 2."
    items = "1. Åen\n\nBeslutning\n\nGodkendt.\n\n2. Slusen\n\nBeslutning\n\nUdsat.\n"
    found = read(f"{HEAD}Fra forvaltningen\nBo Juhl, chef\n\n{left}\n\n{items}")
    assert "Tina Skovbo" in names(found["present"])
    assert [names(item["absent"]) for item in found["items"]] == [[], ["Tina Skovbo"]]


def test_the_headers_other_words() -> None:
    head = "Udvalget for Handel, Turisme og Maritim Udvikling\nTillægsreferat, 14. januar 2025\n\n"
    fields = "Hvornår: 14. januar 2025\nKlokken: 9.30 - 11.00\n**Hvor:** Kajgade 2\nOrdstyrer: Bo Juhl\n\n"
    found = read(f"{head}{fields}1. Kajen\n\nBeslutning\n\nGodkendt.\n")
    assert found["body"] == "Udvalget for Handel, Turisme og Maritim Udvikling"
    assert (found["meeting_date"], found["start_time"], found["end_time"]) == ("2025-01-14", "09:30", "11:00")
    assert (found["place"], found["document_kind"], names(found["present"])) == ("Kajgade 2", "referat", ["Bo Juhl"])


def test_the_unit_that_someone_leads_is_no_part_of_the_name() -> None:
    found = read(
        f"{HEAD}Gæster: leder af Visitation Ditte Kolding og chef for Drift Søren Holm\n\n1. Åen\n\nGodkendt.\n"
    )
    assert names(found["present"])[-2:] == ["Ditte Kolding", "Søren Holm"]


FILES = """
Bilag
Nr.  Titel                                Dokument-id     Adgang
1    Tegning af ny bro                    4471120         Åben
2    Overslag fra entreprenør             4471138         Lukket
"""


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (FILES, [("Tegning af ny bro", "open"), ("Overslag fra entreprenør", "closed")]),
        ("\nBilag\n710-2025-84410-3  Målinger (åben)\n", [("Målinger", "open")]),
        ("\nBilag\nKort over brønde (pdf, 9,8 MB)\nNotat [12 kB]\n", [("Kort over brønde", None), ("Notat", None)]),
        ("\nBilag: Udkast til vandplan 2026, Følgebrev\n", [("Udkast til vandplan 2026", None), ("Følgebrev", None)]),
        ("\nBilag: Udkast til vandplan, september 2025\n", [("Udkast til vandplan, september 2025", None)]),
        ("\nBilag: 1. Målinger\n       2. Kurver fra værket\n", [("Målinger", None), ("Kurver fra værket", None)]),
        (
            "\nBilag\nMålinger\n\nKærby Kommune            Side 4 af 6\nKurver\n   Side 5\n",
            [("Målinger", None), ("Kurver", None)],
        ),
        (
            "\nBilag\n1. Målinger (DokumentID: 4102233 - EMN-2018-01877)\n2. Kurver [Dok.nr. 55-2025]\n",
            [("Målinger", None), ("Kurver", None)],
        ),
        (
            "\nBilag\n38114/25\tÅben\tMålinger.pdf\t(38114/25)\n38115/25 Lukket Kurver\n",
            [("Målinger.pdf", "open"), ("Kurver", "closed")],
        ),
        (
            "\nBilag\nÅben Dialog i Kærby\nBudget for Side 3\n",
            [("Åben Dialog i Kærby", None), ("Budget for Side 3", None)],
        ),
    ],
    ids=[
        "columns",
        "identifier-first",
        "size",
        "comma",
        "comma-in-title",
        "numbered-behind-label",
        "page-foot",
        "file-number",
        "number-then-access",
        "no-access-no-page",
    ],
)
def test_a_file_is_told_without_its_columns(listed: str, expected: list[tuple[str, str | None]]) -> None:
    text = f"{HEAD}1. Dagsorden\n\nBeslutning\nGodkendt.\n\n2. Nye brønde\n\nBeslutning\nGodkendt.\n{listed}"
    assert attachments(text) == [[], expected]


def test_the_two_sides_of_a_committee_of_staff_are_present_together() -> None:
    sides = (
        "MED-udvalget i Kærby\nReferat af møde den 20. maj 2025\nMødet startet: 13.00\n\nDeltagere fra ledelsessiden:\n"
        "Direktør Egon Møllegaard (formand)\n\nMedarbejderrepræsentanter:\nTina Skovbo, FOA (næstformand)\n\n"
        "Fraværende: Bo Lindvig\nSekretær: Ida Krogager\n\n1. Dagsorden\n\nBeslutning\nGodkendt.\n"
    )
    found = read(sides)
    assert found["start_time"] == "13:00"
    assert names(found["present"]) == ["Egon Møllegaard", "Tina Skovbo", "Ida Krogager"]
    assert names(found["absent"]) == ["Bo Lindvig"]


@pytest.mark.parametrize(
    ("told", "outcome"),
    [
        ("Punktet udsættes til næste møde.", "postponed"),
        ("Rådet drøftede udkastet. Der er bekymring for prisen.", "discussed"),
        ("Referatet er godkendt og underskrevet.", "approved"),
    ],
)
def test_a_sentence_without_a_heading_may_settle_the_matter(told: str, outcome: str) -> None:
    account = f"Der er kommet breve om brønden ved skolen.\n{told}"
    text = f"{HEAD}1. Dagsorden\n\nGodkendt.\n\n2. Nye brønde\n\n{account}\n"
    assert outcomes(text) == [["approved"], [outcome]]


def test_a_draft_discussed_at_an_earlier_meeting_is_no_verdict_of_this_one() -> None:
    account = "Rådet drøftede udkastet den 4. april 2025. Formanden fortæller om brevene."
    assert outcomes(f"{HEAD}1. Dagsorden\n\nGodkendt.\n\n2. Nye brønde\n\n{account}\n") == [["approved"], []]


@pytest.mark.parametrize("said", ["Godkendt.", "Ad 1: Godkendt.\nAd 2: Godkendt."])
def test_a_verdict_dated_but_without_a_body_is_the_meeting_s_own(said: str) -> None:
    decided = read(f"{HEAD}1. Dagsorden\n\nBeslutning den 20-05-2025\n{said}\n")["items"][0]["decisions"]
    assert [(one["body"], one["date"], one["outcome"]) for one in decided] == [(None, "2025-05-20", "approved")]


def test_where_a_meeting_is_held_is_told_without_the_verb() -> None:
    head = (
        "Vandrådet i Kærby\nReferat\nOnsdag den 21. maj 2025 kl. 16:00\nMødet afholdes på Rådhuset i Kærby, stuen\n\n"
    )
    assert read(f"{head}1. Dagsorden\n\nGodkendt.\n")["place"] == "Rådhuset i Kærby, stuen"


@pytest.mark.parametrize(
    ("told", "start", "place"),
    [
        ("Mødet blev holdt onsdag den 21. maj 2025 på Kærby Rådhus, lokale 12.", None, "Kærby Rådhus, lokale 12"),
        ("Mødet fandt sted den 21. maj 2025 kl. 13.00-15.00 i Kulturhuset.", "13:00", "Kulturhuset"),
        ("Mødet afholdes på Kærby Bibliotek onsdag den 21. maj 2025 kl. 13.", "13:00", "Kærby Bibliotek"),
        ("Der blev afholdt ordinært møde onsdag den 21. maj 2025 kl. 9 i mødelokale 4.", "09:00", "mødelokale 4"),
        ("Rådet mødtes den 21. maj 2025 hos Kærby Vandværk.", None, "Kærby Vandværk"),
        ("Mødet blev holdt virtuelt den 21. maj 2025.", None, None),
        ("Onsdag den 21. maj 2025 kl. 16.00\nByrådets mødesal", "16:00", "Byrådets mødesal"),
        ("Onsdag den 21. maj 2025 kl. 16.00\nKærby Byråds beretning", "16:00", None),
        ("Dato: 21. maj 2025\nTid: 16.30-18.10", "16:30", None),
        ("Dato: 21. maj 2025\nTid: fra 12.10-2024 gælder nye tider", None, None),
    ],
)
def test_when_and_where_a_meeting_is_held_in_a_sentence_or_a_line(
    told: str, start: str | None, place: str | None
) -> None:
    found = read(f"Vandrådet i Kærby\nReferat\n{told}\n\n1. Dagsorden\n\nBeslutning\nGodkendt.\n")
    assert (found["body"], found["meeting_date"]) == ("Vandrådet", "2025-05-21")
    assert (found["start_time"], found["place"]) == (start, place)


@pytest.mark.parametrize(
    "label",
    [
        "Deltagere fra Danske Handicaporganisationer:",
        "Repræsentanter for Dansk Industri:",
        "Medlemmer udpeget af Kærby Byråd:",
        "Til stede fra Kærby Kommune:",
    ],
)
def test_whose_those_of_a_roll_are(label: str) -> None:
    text = (
        f"Vandrådet i Kærby\nReferat af møde den 20. maj 2025\nSted: Huset\n\n{label}\nEgon Møllegaard\nTina Skovbo\n"
    )
    found = read(f"{text}\nAfbud: Tina Skovbo\n\n1. Dagsorden\n\nBeslutning\nGodkendt.\n")
    assert (names(found["present"]), names(found["absent"])) == (["Egon Møllegaard"], ["Tina Skovbo"])
    assert found["place"] == "Huset"


@pytest.mark.parametrize("roll", ["Mødet sluttede kl. 15.05\nAfbud: Ida Krogager", "Fraværende:\nIda Krogager"])
def test_a_roll_under_the_last_files_is_the_meetings(roll: str) -> None:
    found = read(f"{HEAD}1. Dagsorden\n\nBeslutning\nGodkendt.\n\nBilag\nKort over søen\nDeltagerliste\n\n{roll}\n")
    assert [one["title"] for one in found["items"][0]["attachments"]] == ["Kort over søen", "Deltagerliste"]
    assert (names(found["absent"]), names(found["items"][0]["absent"])) == (["Ida Krogager"], [])


@pytest.mark.parametrize(
    "text",
    [
        "{told}\n\n1. Dagsorden\n\nGodkendt.\n",
        "1. Dagsorden\n\nGodkendt.\n\n2. Søen\n\nBeslutning\nGodkendt.\n\nBilag\nKort\n\nSlut kl. 15\n{told}\n",
    ],
    ids=["head", "foot"],
)
@pytest.mark.parametrize(
    "told",
    [
        "Afbud: Ida Krogager (V). Som stedfortræder deltog Bo Lindvig (V).",
        "Afbud: Ida Krogager (V)\nSuppleant: Bo Lindvig (for Ida Krogager)",
    ],
)
def test_who_came_for_the_one_told_absent_before(told: str, text: str) -> None:
    found = read(f"{HEAD}{text.format(told=told)}")
    stands = [one["role"] for one in found["present"] if one["name"] == "Bo Lindvig"]
    assert (stands, names(found["absent"])) == (["stedfortræder for Ida Krogager"], ["Ida Krogager"])


def test_who_came_is_told_in_the_item_that_closes_the_meeting() -> None:
    told = "Mødet sluttede kl. 15.\n\nAfbud: Ida Krogager (V). Som stedfortræder deltog Bo Lindvig (V)."
    found = read(f"{HEAD}1. Dagsorden\n\nGodkendt.\n\n2. Lukning af mødet\n\n{told}\n")
    assert [one["role"] for one in found["present"] if one["name"] == "Bo Lindvig"] == [
        "stedfortræder for Ida Krogager"
    ]


@pytest.mark.parametrize(
    ("title", "named"),
    [
        ("Budget 2026 (Ida Krogager)", ["Ida Krogager"]),
        ("Nyt fra kontoret (v/ Bo Lindvig)", ["Bo Lindvig"]),
        ("Plan for stien (Anna Anchers Plads)", []),
        ("Plan for stien (Kærby Nord)", []),
    ],
)
def test_the_one_in_brackets_behind_a_title(title: str, named: list[str]) -> None:
    one = read(f"{HEAD}1. {title}\n\nBeslutning\nDrøftet.\n")["items"][0]
    assert (one["title"], names(one["persons"])) == (title, named)


@pytest.mark.parametrize("told", ["Punktet er lukket.", "Lukket punkt.", "Sagen behandles for lukkede døre."])
def test_access_told_in_a_sentence(told: str) -> None:
    text = f"{HEAD}1. Dagsorden\n\nGodkendt.\n\n2. Køb af brønd\n\n{told}\n\n3. Eventuelt\n\nIntet at referere.\n"
    assert [item["access"] for item in read(text)["items"]] == [None, "closed", None]
    assert outcomes(text)[2] == ["other"]


@pytest.mark.parametrize(
    ("said", "name", "role"),
    [
        ("Bo Lindvig godkendt som bestyrer.", "Bo Lindvig", "bestyrer"),
        ("Bo Lindvig ansættes som leder af museet.", "Bo Lindvig", "leder"),
        ("Indehaver Bo Lindvig mødte og redegjorde for sagen.", "Bo Lindvig", "Indehaver"),
        ("Politikommissær Bo Lindvig deltog.", "Bo Lindvig", "Politikommissær"),
        ("Bo Lindvig godkendte som den sidste planen.", "Bo Lindvig", None),
    ],
)
def test_what_someone_is_approved_as_or_owns(said: str, name: str, role: str | None) -> None:
    one = read(f"{HEAD}1. Bevilling til kroen\n\nBeslutning\nGodkendt.\n{said}\n")["items"][0]
    assert [(person["name"], person["role"]) for person in one["persons"]] == [(name, role)]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Da der var stemmelighed, bortfaldt forslaget.", ["rejected"]),
        ("Dermed faldt forslaget.", ["rejected"]),
        ("Hermed er forslaget vedtaget.", ["approved"]),
        ("Indstillingen blev godkendt.", ["other", "approved"]),
    ],
)
def test_a_vote_and_what_came_of_it_are_one_verdict(said: str, expected: list[str]) -> None:
    vote = "For forslaget stemte Ida Krogager (B).\nImod stemte Bo Lindvig (V)."
    assert outcomes(f"{HEAD}1. Forslag om brønden\n\nBeslutning\n{vote}\n{said}\n") == [expected]


def test_a_local_committee_calls_itself_by_its_kind() -> None:
    text = "Kærby Lokaludvalg\nReferat af møde den 20. maj 2025\n\n1. Svar\n\nBeslutning\nDet er lokaludvalgets svar. "
    named = read(f"{text}Handicaprådet, Hegnsynet og Driftscenteret er spurgt.\n")["items"][0]
    assert [one["name"] for one in named["mentioned_bodies"]] == ["Handicaprådet", "Hegnsynet"]
    assert named["departments"] == ["Driftscenteret"]
