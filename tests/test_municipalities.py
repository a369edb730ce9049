"""Settings of municipalities: the list, the files, and what a wrong file gets."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from graph.errors import SettingsError
from graph.municipalities.load import load_municipality, municipalities
from graph.sources import plain_settings, read_settings

EXAMPLE = Path(__file__).parents[1] / "examples" / "minutes" / "elmested.toml"


def test_the_official_list_holds_every_municipality() -> None:
    every = municipalities()
    assert len(every) == 98
    assert all(len(code) == 4 and code == settings.code for code, settings in every.items())
    assert every["0400"].name == "Bornholms Regionskommune"


def test_norddjurs_knows_its_codes() -> None:
    norddjurs = load_municipality("0707")
    assert norddjurs == load_municipality("707")
    assert norddjurs.bodies["ØK"] == "Økonomiudvalget"
    assert norddjurs.kinds["Direktionen"] == "management"


def test_the_example_has_a_file_of_its_own() -> None:
    assert load_municipality(EXAMPLE).name == "Elmested Kommune"


@pytest.mark.parametrize(
    ("words", "line", "told"),
    [
        ('name = "A"\n', 1, "code"),
        ('code = "0999"\n', 1, "name"),
        ('code = "0999"\nname = "A"\nbodys = 1\n', 3, "bodys"),
        ('code = "0999"\nname = "A"\n[kinds]\nDirektionen = "board"\n', 4, "Direktionen"),
        ('code = "0999"\nname = "A"\n[bodies]\nDIR = 3\n', 3, "bodies"),
    ],
)
def test_a_wrong_file_is_told_with_its_line(tmp_path: Path, words: str, line: int, told: str) -> None:
    path = tmp_path / "kommune.toml"
    path.write_text(words, "utf-8")
    with pytest.raises(SettingsError) as caught:
        load_municipality(path)
    assert f"{path}, linje {line}: {told}" in str(caught.value)
    assert f"{path}, line {line}: {told}" in caught.value.english


@pytest.mark.parametrize("wrong", ["9999", "findes-ikke.toml", ""])
def test_what_is_neither_code_nor_file_is_refused(wrong: str) -> None:
    with pytest.raises(SettingsError):
        load_municipality(wrong)


def test_broken_toml_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "kommune.toml"
    path.write_text("code = ", "utf-8")
    with pytest.raises(SettingsError, match=r"kommune\.toml"):
        load_municipality(path)


HEAD = 'code = "0999"\nname = "A"\n'
CODE = '[[codes]]\ncode = "TU"\nbody = "Teknikudvalget"\n'


@pytest.mark.parametrize(
    ("words", "line", "told"),
    [
        ("codes = 1\n", 3, "codes"),
        (f"{CODE}from = 2022-01-01\nuntil = 2021-01-01\n", 3, "codes: TU"),
        (f"{CODE}until = 2022-01-01\n{CODE}from = 2022-01-01\n", 3, "codes: TU"),
        (f'{CODE}from = "2022"\n', 3, "codes: TU"),
        (f"{CODE}since = 2022-01-01\n", 3, "codes: TU"),
        ('[[codes]]\ncode = "TU"\n', 3, "codes: body"),
        ('[[successions]]\nold = "A"\nnew = "B"\n', 3, "successions: A"),
        ('[[successions]]\nold = "A"\nnew = 1\non = 2022-01-01\n', 3, "successions: new"),
    ],
)
def test_what_holds_for_a_time_is_checked(tmp_path: Path, words: str, line: int, told: str) -> None:
    test_a_wrong_file_is_told_with_its_line(tmp_path, HEAD + words, line, told)


def test_a_code_stands_for_one_body_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "kommune.toml"
    path.write_text(f'{HEAD}[bodies]\nTU = "Turismeudvalget"\n{CODE}from = 2018-01-01\nuntil = 2021-12-31\n', "utf-8")
    local = load_municipality(path)
    assert local.bodies["TU"] == "TU", "told by the day alone"
    days = [None, date(2017, 12, 31), date(2018, 1, 1), date(2021, 12, 31), date(2022, 1, 1)]
    assert [local.on(day).bodies["TU"] for day in days] == [
        "Turismeudvalget", "Turismeudvalget", "Teknikudvalget", "Teknikudvalget", "Turismeudvalget",
    ]  # fmt: skip
    assert read_settings(json.loads(json.dumps(plain_settings(local)))) == local
