"""Where items begin when a paper has a shape of its own: numbers alone, words before them, contents over them."""

from __future__ import annotations

import time
from typing import Any

import pytest

from graph.extract.contents import starts_by_contents
from graph.extract.minutes import extract
from graph.extract.record import record
from graph.extract.rows import read_rows
from graph.extract.series import starts_by_series
from graph.readers.choose import read_source
from tests.growth import grows_linearly

HEAD = "Teknikudvalget i Kærby\nReferat\n20. maj 2025 kl. 13.00\n\nTil stede: Egon Møllegaard, Tina Skovbo\n\n"
TITLES = ["Godkendelse af dagsorden", "Ny bro over åen", "Tilskud til foreninger"]
SECTIONS = (
    "Sagsfremstilling\n1. Baggrund\nBroen er gammel.\n2. Forslag\nDen bygges om.\n\n"
    "Indstilling\nForvaltningen indstiller, at sagen godkendes.\n\nBeslutning\nGodkendt.\n\n"
)


def items_of(text: str) -> list[dict[str, Any]]:
    """The items of a paper as they are told."""
    found: list[dict[str, Any]] = record(extract(read_source(text.encode(), title="referat.txt")))["items"]
    return found


def printed(over: str, under: str = "") -> str:
    """Three items, each with a line over its title and perhaps one under it."""
    items = [over.format(n=n) + f"\n{title}\n{under.format(n=n)}\n" + SECTIONS for n, title in enumerate(TITLES, 1)]
    return HEAD + "\n".join(items)


@pytest.mark.parametrize(
    "over",
    ["Punkt {n}.", "Punkt {n}.\n", "Pkt. {n}", "Sag nr. {n}\nÅben sag", "Emne {n}", "{n}\n13.15", "Sag {n}\n\n24/1{n}5",
     "Dagsordenspunkt nr. {n}\n", "{n}.\nÅbent punkt"],
)  # fmt: skip
def test_a_line_with_a_number_is_over_the_title(over: str) -> None:
    items = items_of(printed(over))
    assert [(item["number"], item["title"]) for item in items] == list(zip("123", TITLES, strict=True))
    assert [[one["outcome"] for one in item["decisions"]] for item in items] == [["approved"]] * 3


def test_the_fields_between_number_and_title_are_the_items_own() -> None:
    found = items_of(printed("Sag nr. {n}\nLukket sag", "Sagsid 25/100{n}"))
    assert [(item["access"], item["case_number"]) for item in found] == [("closed", f"25/100{n}") for n in (1, 2, 3)]


@pytest.mark.parametrize(
    "over", ["Pkt. {n}                  Lukket sag", "Sag nr. {n}\tLukket", "{n}.      Lukket sag"]
)
def test_the_access_beside_a_number_is_the_items(over: str) -> None:
    found = items_of(printed(over, "Sag: 00.32.00-S00-{n}-24"))
    assert [(item["number"], item["title"], item["access"]) for item in found] == [
        (number, title, "closed") for number, title in zip("123", TITLES, strict=True)
    ]


def test_numbered_chapters_of_an_account_are_no_items() -> None:
    chapters = "\n\n".join(f"Kapitel {n}\nOm stien\nStien er {n} km lang." for n in (1, 2, 3))
    text = (
        HEAD
        + f"1. Ny sti\n\nSagsfremstilling\n{chapters}\n\nBeslutning\nGodkendt.\n\n2. Eventuelt\n\nBeslutning\nIntet.\n"
    )
    assert [item["title"] for item in items_of(text)] == ["Ny sti", "Eventuelt"]


@pytest.mark.parametrize("mark", ["{n}. ", "Punkt {n}: ", "{n}) ", "Pkt. {n} "])
@pytest.mark.parametrize("label", ["", "Indhold\n"])
def test_a_list_over_the_items_is_not_them(mark: str, label: str) -> None:
    listed = label + "".join(f"{mark.format(n=n)}{title}\n" for n, title in enumerate(TITLES, 1)) + "\n"
    items = "".join(
        f"Sagsnr. 25/100{n}\n{n}. {title}\n\n{SECTIONS}Bilag\nBilag 1 - Kort\nBilag 2 - Notat\n\n"
        for n, title in enumerate(TITLES, 1)
    )
    found = items_of(HEAD + listed + items)
    assert [(item["number"], item["title"]) for item in found] == list(zip("123", TITLES, strict=True))
    assert [item["case_number"] for item in found] == ["25/1001", "25/1002", "25/1003"]
    assert [len(item["attachments"]) for item in found] == [2, 2, 2]


def test_titles_without_numbers_are_known_from_the_list() -> None:
    listed = "".join(f"{n}. {title}\n" for n, title in enumerate(TITLES, 1)) + "\n"
    found = items_of(HEAD + listed + "".join(f"{title}\n\n{SECTIONS}" for title in TITLES))
    assert [(item["number"], item["title"]) for item in found] == list(zip("123", TITLES, strict=True))


@pytest.mark.parametrize("dot", [")", ".", ":", ""])
def test_answers_to_points_whatever_stands_behind_the_number(dot: str) -> None:
    text = HEAD + "".join(f"Ad {n}{dot} {title}\nDrøftet.\n\n" for n, title in enumerate(TITLES, 1))
    assert [item["title"] for item in items_of(text)] == TITLES


def test_points_may_be_taken_in_another_order_than_the_agendas() -> None:
    listed = "Dagsorden\n1. Dagsorden godkendes\n2. Økonomi\n3. Nye stier\n4. Eventuelt\n\n"
    taken = [(1, "Dagsorden godkendes"), (3, "Nye stier"), (2, "Økonomi"), (4, "Eventuelt")]
    found = items_of(HEAD + listed + "".join(f"Ad {n}. {title}\nDrøftet.\n\n" for n, title in taken))
    assert [(item["number"], item["title"]) for item in found] == [(str(n), title) for n, title in taken]


def test_a_case_number_behind_a_title_makes_its_number_none() -> None:
    text = HEAD + "".join(
        f"SAG {n}   {title} (j.nr. 2025-10{n})\nBeslutning:   Godkendt.\n\n" for n, title in enumerate(TITLES, 12)
    )
    found = items_of(text + "SAG 15   (LUKKET) Personalesag\n")
    assert [item["number"] for item in found] == ["12", "13", "14", "15"]
    assert [(item["title"] or "").split(" (j.nr.")[0] for item in found][:3] == TITLES


@pytest.mark.parametrize(("told", "access"), [("(Lukket)", "closed"), ("[Åben]", "open"), ("(LUKKET SAG)", "closed")])
def test_access_in_brackets_before_a_title_is_no_part_of_it(told: str, access: str) -> None:
    items = "".join(f"{n}. {told} {title}\n\n{SECTIONS}" for n, title in enumerate(TITLES, 1))
    assert [(item["title"], item["access"]) for item in items_of(HEAD + items)] == [(title, access) for title in TITLES]


def test_a_table_may_have_its_lines_between_the_cells_alone() -> None:
    table = "Emne | Referat\n1. Ny bro | Godkendt.\n2. Nyt fra udvalg |\na) Stirådet | Intet.\n3. Eventuelt | Intet.\n"
    found = items_of(HEAD + table)
    assert [(item["number"], item["title"]) for item in found] == [
        ("1", "Ny bro"), ("2", "Nyt fra udvalg"), ("3", "Eventuelt"),
    ]  # fmt: skip
    assert [one["outcome"] for one in found[0]["decisions"]] == ["approved"]


@pytest.mark.parametrize("title", ["Beslutninger fra mødet den 20. maj 2025", "Beslutninger på mødet 20. maj 2025"])
def test_a_papers_title_right_over_the_first_item_is_no_verdicts(title: str) -> None:
    items = "1. Ny bro\n\nBeslutning\nGodkendt.\n\n2. Eventuelt\n\nBeslutning\nIntet.\n"
    text = f"Teknikudvalget i Kærby\n\n{title}\n\n{items}"
    assert [item["title"] for item in items_of(text)] == ["Ny bro", "Eventuelt"]


@pytest.mark.parametrize(
    "head",
    ["{n} - {t}", "{n} – {t}", "Titel: {t}", "Sagstitel: {t}", "Emne: {t}", "25/10{n} {t}",
     "Punkt nr.: {n}\nTitel: {t}"],
)  # fmt: skip
@pytest.mark.parametrize("verdict", ["Beslutning\nGodkendt.", "Beslutning: Godkendt."])
def test_ways_to_head_an_item(head: str, verdict: str) -> None:
    text = HEAD + "".join(head.format(n=n, t=title) + f"\n{verdict}\n\n" for n, title in enumerate(TITLES, 1))
    found = items_of(text)
    assert [item["title"] for item in found] == TITLES
    assert [[one["outcome"] for one in item["decisions"]] for item in found] == [["approved"]] * 3
    assert [item["number"] for item in found] == (["1", "2", "3"] if "{n}" in head.replace("10{n}", "") else [None] * 3)


def test_items_whose_labels_differ_are_divided_at_their_titles() -> None:
    text = "Ny sti\nBeslutning: Godkendt.\n\nNy bro\nSagsfremstilling: Broen er 9 m.\nBeslutning: Udsat.\n"
    assert [item["title"] for item in items_of(HEAD + text)] == ["Ny sti", "Ny bro"]


def test_files_named_by_the_items_number_are_no_items() -> None:
    text = "1. Ny sti ved åen\nGodkendt.\n\n2. Ny bro over åen\nGodkendt.\n\nBilag\nPunkt 2: Kort over broen.pdf\n"
    assert [item["title"] for item in items_of(HEAD + text)] == ["Ny sti ved åen", "Ny bro over åen"]


@pytest.mark.parametrize(
    ("first", "rest"),
    [("Ny sti ved", "åen i Kærby"), ("Tilskud til foreninger i Kærby og omegn for de næste to år", "2025 og 2026")],
)
def test_a_title_may_be_broken_over_a_lines_end(first: str, rest: str) -> None:
    text = f"Pkt. 1 Eventuelt\n\nBeslutning\nIntet.\n\nPkt. 2 {first}\n{rest}\n\nBeslutning\nUdsat.\n"
    whole = f"{first} {rest}" if rest[0].islower() else first
    assert [item["title"] for item in items_of(HEAD + text)] == ["Eventuelt", whole]


@pytest.mark.parametrize("below", ["drøftet.", "Stien er lang.", "- at stien anlægges"])
def test_what_stands_under_a_title_is_no_part_of_it(below: str) -> None:
    text = f"1. Ny sti ved åen\n{below}\n\n2. Eventuelt\nIntet.\n\n3. Næste møde\nIntet.\n"
    assert [item["title"] for item in items_of(HEAD + text)] == ["Ny sti ved åen", "Eventuelt", "Næste møde"]


def test_a_case_number_behind_a_title_is_the_items() -> None:
    text = "1. Ny sti - 25/1001\n\nBeslutning\nGodkendt.\n\n2. Ny bro (25/1002)\n\nBeslutning\nUdsat.\n"
    assert [item["case_number"] for item in items_of(HEAD + text)] == ["25/1001", "25/1002"]


def test_fields_under_a_title_are_not_the_next_items() -> None:
    text = (
        "1. Godkendelse af dagsorden\nSagsnr. 25/1001\n\n2. Udbud\nSagsnr. 25/1002\nLukket sag\n\n"
        "3. Ny sti\nSagsnr. 25/1003\nÅben sag\n\nBeslutning\nGodkendt.\n\n"
        "4. Eventuelt\nÅben sag\n\nBeslutning\nIntet.\n"
    )
    assert [(item["case_number"], item["access"]) for item in items_of(HEAD + text)] == [
        ("25/1001", None), ("25/1002", "closed"), ("25/1003", "open"), (None, "open"),
    ]  # fmt: skip


def test_fields_over_a_title_are_its_own() -> None:
    text = "".join(
        f"Sagsnr. 25/100{n}\nÅben sag\n{n}. {t}\n\nBeslutning\nGodkendt.\n\n" for n, t in enumerate(TITLES, 1)
    )
    assert [item["case_number"] for item in items_of(HEAD + text)] == ["25/1001", "25/1002", "25/1003"]


@pytest.mark.parametrize("number", ["{n}/24", "{n}/2024"])
def test_a_number_with_its_year_is_the_items(number: str) -> None:
    text = "".join(f"{number.format(n=n)} {title} (10 min.)\nGodkendt.\n\n" for n, title in enumerate(TITLES, 1))
    assert [item["number"] for item in items_of(HEAD + text)] == [number.format(n=n) for n in (1, 2, 3)]


def test_a_case_number_is_no_items_number_though_it_holds_a_year() -> None:
    text = "1. Ny sti\n\nSagsfremstilling\n12/24 Ansøgning om støtte er behandlet.\n\nBeslutning\nGodkendt.\n"
    assert [item["number"] for item in items_of(HEAD + text)] == ["1"]


def test_a_label_that_counts_on_from_title_to_title_is_a_title() -> None:
    text = "1. Nyt fra rådet\nRådet holdt fest.\n\n2. Økonomi\nDer er brugt 4.000 kr. Taget til efterretning.\n\n"
    items = items_of(HEAD + text + "3. Eventuelt\nIntet.\n")
    assert [item["title"] for item in items] == ["Nyt fra rådet", "Økonomi", "Eventuelt"]
    assert [one["outcome"] for one in items[1]["decisions"]] == ["noted"]


def test_numbered_sections_of_an_item_are_no_titles() -> None:
    text = "Punkt 7\nNy bro over åen\n\n1. Sagsfremstilling\nBroen er gammel.\n\n2. Økonomi\nDen koster 4 mio. kr.\n\n"
    items = items_of(HEAD + text + "3. Beslutning\nGodkendt.\n\nPunkt 8\nEventuelt\n\n1. Beslutning\nIntet.\n")
    assert [item["title"] for item in items] == ["Ny bro over åen", "Eventuelt"]


def test_the_heads_of_a_tables_columns_are_no_section_over_its_items() -> None:
    text = "Punkt\nReferat\nOpfølgning\n" + "".join(
        f"{n}. {title}\nRådet talte om det. Taget til efterretning.\nFormanden følger op\n"
        for n, title in enumerate(TITLES, 21)
    )
    assert [(item["number"], item["title"]) for item in items_of(HEAD + text)] == list(
        zip(["21", "22", "23"], TITLES, strict=True)
    )


def test_a_verdict_on_a_point_is_no_title() -> None:
    text = "Punkt 7: Ny bro\n\nBeslutning\nPkt. 7 vedtaget, idet Egon Møllegaard tog forbehold.\n\nPunkt 8: Eventuelt\n"
    items = items_of(HEAD + text + "\nBeslutning\nIntet.\n")
    assert [(item["number"], item["title"]) for item in items] == [("7", "Ny bro"), ("8", "Eventuelt")]
    assert [one["outcome"] for one in items[0]["decisions"]] == ["approved"]


def test_long_lists_take_no_more_than_their_share() -> None:
    def seconds(count: int) -> float:
        listed = "".join(f"{n}. Sag om vej nummer {n}\n" for n in range(1, count))
        rows = read_rows(listed + "\n" + "".join(f"Punkt {n}\nSag om vej nummer {n}\n\n" for n in range(1, count)))
        begun = time.process_time()
        assert len(starts_by_contents(rows)) == len(starts_by_series(rows)) == count - 1
        return time.process_time() - begun

    assert grows_linearly(seconds, 1_000, 8_000)


@pytest.mark.parametrize("heading", ["", "Punkter\n", "Punkter på mødet\n", "ÅBEN DAGSORDEN            Side\n"])
@pytest.mark.parametrize("page", ["", "      4", " ........ 4"])
def test_titles_in_a_list_are_nobody_at_the_meeting(heading: str, page: str) -> None:
    titles = ["Godkendelse af dagsorden", "Regnskab 2024-2025 for Kærby Hallerne", "Bane ved Åby Stadion"]
    listed = "".join(f"{n}. {title}{page}\n" for n, title in enumerate(titles, 36))
    items = "".join(f"{n}. {title}\nBeslutning\nGodkendt.\n\n" for n, title in enumerate(titles, 36))
    roll = f"{HEAD.strip()}\n\nIkke til stede\nIda Krogager (A)\n\n"
    found = record(extract(read_source(f"{roll}{heading}{listed}\n{items}".encode(), title="referat.txt")))
    assert [item["title"] for item in found["items"]] == titles
    assert [one["name"] for one in found["absent"]] == ["Ida Krogager"]
    assert [one["name"] for one in found["present"]] == ["Egon Møllegaard", "Tina Skovbo"]


@pytest.mark.parametrize(
    ("title", "access"),
    [
        ("Beslutning (lukket): Leje af jord", "closed"),
        ("Ejendomssag [fortrolig] - salg af grund", "closed"),
        ("Orientering fra formanden (lukket punkt): ansættelse", "closed"),
        ("Drøftelse (åben): Leje af jord", "open"),
        ("Butikker (lukkede): plan for midtbyen", None),
        ("Plan (åbne arealer): høring", None),
    ],
)
def test_a_title_tells_its_access_before_the_colon(title: str, access: str | None) -> None:
    found = items_of(f"{HEAD}1. Dagsorden\nBeslutning\nGodkendt.\n\n2. {title}\n\n3. Eventuelt\nIntet.\n")
    assert [item["access"] for item in found] == [None, access, None]


@pytest.mark.parametrize(
    ("first", "second", "matters"),
    [
        ("2.1 Trivsel 2025", "2.2 Støj i køkkenet", ["Trivsel 2025", "Støj i køkkenet"]),
        ("2.1. Trivsel 2025", "2.2. Støj i køkkenet", ["Trivsel 2025", "Støj i køkkenet"]),
        ("2.a Trivsel 2025", "2.b Støj i køkkenet", ["Trivsel 2025", "Støj i køkkenet"]),
        ("3.1 Trivsel 2025", "3.2 Støj i køkkenet", []),
        ("2.1 Trivsel 2025", "2.4 Støj i køkkenet", []),
    ],
)
def test_small_matters_count_below_their_item(first: str, second: str, matters: list[str]) -> None:
    told = f"{first}\nTaget til efterretning.\n{second}\nUdsat til næste møde."
    found = items_of(f"{HEAD}1. Dagsorden\nGodkendt.\n\n2. Arbejdsmiljø\n{told}\n\n3. Eventuelt\nIntet.\n")
    assert [matter["title"] for matter in found[1]["subitems"]] == matters
    assert [one["decision"]["outcome"] for one in found[1]["subitems"]] == (["noted", "postponed"] if matters else [])


CLOSED = "Du kan ikke se indholdet af lukkede punkter."


@pytest.mark.parametrize(
    ("chips", "title", "notice"),
    [
        (("Åben", "Lukket"), "Lukket punkt", CLOSED),
        (("Åben", "Lukket"), "Salg af grund", CLOSED),
        (("Åbent", "Lukket"), "Lukket sag", "Punktet er fortroligt og vises ikke."),
        (("Åbent", "Lukket"), "Salg af grund", "Sagen behandles for lukkede døre."),
    ],
)
def test_a_word_of_access_stands_alone_below_the_number(chips: tuple[str, str], title: str, notice: str) -> None:
    listed = f"Punkter (2)\n7\nBænke ved åen\n8\n{title}\n\n"
    first = f"7\n{chips[0]}\nBænke ved åen\n\nBeslutning\nGodkendt.\n\nFiler (1)\nKort\nPDF\n38 KB\n\n"
    found = items_of(f"{HEAD}{listed}{first}8\n{chips[1]}\n{title}\n\n{notice}\n")
    assert [(one["number"], one["title"], one["access"]) for one in found] == [
        ("7", "Bænke ved åen", "open"),
        ("8", title, "closed"),
    ]
    assert [one["title"] for one in found[0]["attachments"]] == ["Kort"]
