"""Lists of files printed as tables: with columns' names over them, cells for kind, size and day, and a number first."""

from __future__ import annotations

import pytest

from graph.extract.attachments import read_attachments
from graph.extract.file_columns import are_columns, head_files
from graph.extract.minutes import extract
from graph.extract.passage import Passage
from graph.extract.record import record
from graph.readers.choose import read_source
from graph.readers.text import source_document

File = tuple[str | None, str, str | None]


def files(text: str) -> list[File]:
    source = source_document(text, b"", title="prøve", media_type="text/plain")
    found = read_attachments(Passage(source, 0, len(text), "attachments"))
    for one in found:
        assert all(text[words.begin_index : words.end_index] == words.anchor_of for words in one.evidence)
    return [(one.attachment_number, one.title, one.access_rights) for one in found]


MAP: File = (None, "Kort over Mosen", None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kort over Mosen | PDF", [MAP]),
        ("Kort over Mosen\tWord\t340 KB", [MAP]),
        ("Kort over Mosen    PDF    12 sider", [MAP]),
        ("| Kort over Mosen | 12-03-2024 |", [MAP]),
        ("Kort over Mosen | PDF | Lukket", [(None, "Kort over Mosen", "closed")]),
        ("Åben | Kort over Mosen | Hent", [(None, "Kort over Mosen", "open")]),
        (
            "Nr.   Titel             Åben/Lukket\n1     Kort over Mosen   Åben\n2     Notat om løn      Lukket",
            [("1", "Kort over Mosen", "open"), ("2", "Notat om løn", "closed")],
        ),
        (
            "Nr. | Titel | Dato\n3 | Kort over Mosen | 1.4.2024\n7 | Notat | 2.4.2024",
            [("3", *MAP[1:]), ("7", "Notat", None)],
        ),
        ("2 | Kort.pdf | PDF\n4 | Notat.docx | Word", [("2", "Kort.pdf", None), ("4", "Notat.docx", None)]),
        ("Klima 2025 | Strategi 2030", [(None, "Klima 2025 | Strategi 2030", None)]),
        ("Notat PDF", [(None, "Notat PDF", None)]),
        ("Referat af møde 12-03-2024", [(None, "Referat af møde 12-03-2024", None)]),
    ],
)
def test_a_file_is_called_what_its_own_cell_says(text: str, expected: list[File]) -> None:
    assert files(text) == expected


@pytest.mark.parametrize(
    "head", ["Bilag | Type", "Nr.   Bilag        Dato", "Filnavn\tStørrelse", "| # | Bilag | Åben |"]
)
def test_columns_of_files_open_a_list_without_a_label(head: str) -> None:
    row = "1 | Kort over Mosen | PDF" if "Nr" in head or "#" in head else "Kort over Mosen | PDF"
    text = (
        "Elmested Kommune\nByrådet\nReferat\nDato: 3. marts 2025\n\n1. Mosen\n\nBeslutning\nGodkendt.\n\n"
        f"{head}\n{row}\n\n2. Eventuelt\n\nBeslutning\nIntet.\n"
    )
    found = record(extract(read_source(text.encode(), title="a.txt"), None))
    assert [one["title"] for one in found["items"][0]["attachments"]] == ["Kort over Mosen"]
    assert [one["outcome"] for one in found["items"][0]["decisions"]] == ["approved"]


@pytest.mark.parametrize(
    "line", ["Nr. | Titel | Bilag", "Bilag | Kort over Mosen", "Bilag", "Vej | Type", "Titel   Dato"]
)
def test_other_lines_head_no_list_of_files(line: str) -> None:
    assert not head_files(line)
    assert not are_columns("Kort | Åben")
