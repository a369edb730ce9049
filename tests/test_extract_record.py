"""The record for programs and the text for people: both say what was read, and where."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from graph.extract.minutes import extract
from graph.extract.record import record
from graph.extract.rendering import render
from graph.model import Minutes
from graph.municipalities.load import load_municipality
from graph.readers.choose import read_source

EXAMPLES = Path(__file__).parents[1] / "examples" / "minutes"


def minutes_of(name: str) -> Minutes:
    path = EXAMPLES / name
    return extract(read_source(path.read_bytes(), title=name), load_municipality(EXAMPLES / "elmested.toml"))


def objects(thing: object) -> Iterator[dict[str, Any]]:
    """Every object of a record that carries evidence."""
    if isinstance(thing, dict):
        if "evidence" in thing:
            yield thing
        for key, value in thing.items():
            if key != "evidence":
                yield from objects(value)
    elif isinstance(thing, list):
        for value in thing:
            yield from objects(value)


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*-*.*")), ids=lambda path: path.name)
def test_every_object_says_where_it_was_read(path: Path) -> None:
    minutes = minutes_of(path.name)
    found = list(objects(record(minutes)))
    assert len(found) > 10
    for thing in found:
        assert thing["evidence"]
        for places in thing["evidence"].values():
            assert all(0 <= begin < end <= len(minutes.source.text) for begin, end in places)


def test_a_value_is_the_words_at_its_place() -> None:
    minutes = minutes_of("kommunalbestyrelsen-2024-09-24.txt")
    text, found = minutes.source.text, record(minutes)

    def words(thing: dict[str, Any], key: str) -> str:
        begin, end = thing["evidence"][key][0]
        return text[begin:end]

    assert words(found, "body") == found["body"] == "Kommunalbestyrelsen"
    assert words(found, "meeting_date") == "24-09-2024"
    (item,) = found["items"]
    assert words(item, "title") == item["title"]
    assert words(item, "access") == "Åben Sag"
    assert words(item, "proposer") == item["proposer"] == "Økonomiudvalget"
    assert words(item["attachments"][0], "document_id") == item["attachments"][0]["document_id"]
    assert words(item["decisions"][0], "date") == "24-09-2024"


def test_silence_is_no_absence() -> None:
    subitem = record(minutes_of("direktionen-2024-08-21.md"))["items"][0]["subitems"][0]
    states = {person["name"]: (person["planned"], person["attended"]) for person in subitem["persons"]}
    assert states == {"Torben Aagaard": (True, True), "Anders Kofoed": (True, None)}


def test_the_text_for_people_names_the_line() -> None:
    minutes = minutes_of("kommunalbestyrelsen-2024-09-24.txt")
    rows = render(minutes).splitlines()
    source = minutes.source.text.splitlines()
    (decision,) = [row for row in rows if "Beslutning, Kommunalbestyrelsen 2024-09-24: godkendt" in row]
    assert source[int(decision.split()[0]) - 1].startswith("Godkendt.")
    assert any("Sagsgang 1: ØK (felt)" in row for row in rows)


def test_the_text_for_people_counts_the_votes() -> None:
    words = "Byrådet den 3. maj 2021\n\n1. Budget\n\nBeslutning\nGodkendt med 34 stemmer imod 15."
    assert "godkendt (34 for, 15 imod)" in render(extract(read_source(words.encode(), title="a")))


def test_the_text_for_people_tells_what_nobody_claimed() -> None:
    source = read_source(
        "Byrådet den 3. maj 2021\nHusk kaffen\n\n1. Budget\n\nBeslutning\nGodkendt.".encode(), title="a"
    )
    assert render(extract(source)).splitlines()[-2:] == ["Ikke forstået (1):", "     2  Husk kaffen"]
