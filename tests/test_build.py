"""Building: the same quads whatever the order, a changed file replaces its own facts, and bad files stop nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.build import Address, BuildReport, build
from graph.municipalities.load import MunicipalitySettings, load_municipality
from graph.store import current, quads, versions
from tests.conftest import EXAMPLES, asking, values

FILES = sorted(p for p in EXAMPLES.iterdir() if p.suffix != ".toml")


@pytest.fixture(scope="module")
def elmested() -> MunicipalitySettings:
    return load_municipality(EXAMPLES / "elmested.toml")


def lines(data: Path) -> list[str]:
    """All quads of the version in force, sorted."""
    return sorted(quads(current(data)))


def test_the_order_of_files_and_of_builds_does_not_matter(
    tmp_path: Path, examples: Path, elmested: MunicipalitySettings
) -> None:
    for seed in range(3):
        data, order = tmp_path / str(seed), FILES.copy()
        random.Random(seed).shuffle(order)
        build(order[:2], elmested, data=data)
        build(order[2:], elmested, data=data)
        assert lines(data) == lines(examples)


def test_a_known_file_is_skipped_and_no_version_made(tmp_path: Path, elmested: MunicipalitySettings) -> None:
    first = build(FILES, elmested, data=tmp_path)
    again = build(FILES, elmested, data=tmp_path)
    assert (len(first.built), len(again.built), len(again.known)) == (6, 0, 6)
    assert [v.number for v in versions(tmp_path)] == [1]


def test_a_changed_file_replaces_exactly_its_own_facts(tmp_path: Path, elmested: MunicipalitySettings) -> None:
    folder = tmp_path / "minutes"
    shutil.copytree(EXAMPLES, folder)
    data = tmp_path / "data"
    build([folder], elmested, data=data)
    before = set(lines(data))
    changed = folder / "hovedudvalget-2024-09-04.txt"
    text = changed.read_text("utf-8")
    changed.write_text(text.replace("Torben Aagaard", "Torben Aaboe"), "utf-8")
    report = build([folder], elmested, data=data)
    assert report.replaced == [str(changed)]
    after = set(lines(data))
    assert not any("Torben Aaboe" in line for line in before)
    assert any("Torben Aaboe" in line for line in after)
    changed.write_text(text, "utf-8")
    build([folder], elmested, data=data)
    assert set(lines(data)) == before, "the former text gives the former quads back"
    assert [v.number for v in versions(data)] == [2, 3], "the last two versions are kept"


def test_minutes_without_the_case_turn_a_stop_to_lapsed_and_with_it_to_met(
    tmp_path: Path, elmested: MunicipalitySettings
) -> None:
    without = [p for p in FILES if not p.name.startswith("oekonomiudvalget")]
    build(without, elmested, data=tmp_path)
    assert state(tmp_path, "Fælles materielgård") == "dato passeret", "no minutes of that meeting are held"
    build(FILES, elmested, data=tmp_path)
    assert state(tmp_path, "Fælles materielgård") == "behandlet som planlagt"
    assert state(tmp_path, "Takster for") == "bortfaldet", "the minutes are held and the case is not in them"


def state(data: Path, case: str) -> object:
    """The state of a case's stop in Økonomiudvalget on 17 September."""
    rows = values(asking(data)("case-route", case=case), "date", "state")
    return dict(rows)["2024-09-17"]


def minutes(case_text: str, verdict: str) -> bytes:
    """A file of minutes with this case text, decided under this heading."""
    parts = ("Åben Sag", "Sagsfremstilling", case_text, "Indstilling", "Det indstilles, at sagen drøftes.", verdict)
    return "\n\n".join((*parts, "Drøftet.\n")).encode()


BAD = {
    "empty.txt": b"",
    "blank.md": b"\n \n\t\n",
    "binary.txt": bytes(range(256)) * 20,
    "shopping.txt": "Mælk\nBrød\nto poser kartofler\n".encode(),
    "undated.txt": minutes("Der er noget at drøfte.", "Beslutning i Økonomiudvalget"),
    "elsewhere.txt": minutes("Direktionen i Norddjurs Kommune er enig.", "Beslutning i Direktionen den 12-10-2022"),
    "cpr.txt": minutes("Ansøgeren, 010190-1234, har klaget.", "Beslutning i Økonomiudvalget den 12-10-2024"),
}


@pytest.fixture(scope="module")
def bad(tmp_path_factory: pytest.TempPathFactory, elmested: MunicipalitySettings) -> BuildReport:
    """A build of the examples with bad files, a duplicate and a missing file beside them."""
    folder = tmp_path_factory.mktemp("bad")
    shutil.copytree(EXAMPLES, folder / "good")
    for name, content in BAD.items():
        (folder / name).write_bytes(content)
    shutil.copy(FILES[0], folder / "zz-copy.md")
    return build([folder, folder / "missing.txt"], elmested, data=folder / ".data")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.txt", "ingen tekst"),
        ("blank.md", "ingen tekst"),
        ("binary.txt", "format kendes ikke"),
        ("shopping.txt", "intet referat"),
        ("undated.txt", "dato"),
        ("elsewhere.txt", "Norddjurs Kommune"),
        ("cpr.txt", "CPR"),
        ("missing.txt", "findes ikke"),
    ],
)
def test_a_bad_file_gets_one_clear_message(bad: BuildReport, name: str, words: str) -> None:
    told = [str(error) for error in bad.failed if f"/{name}" in str(error)]
    assert len(told) == 1, [str(e) for e in bad.failed]
    assert words.casefold() in told[0].casefold()
    assert "\n" not in told[0]


def test_a_cpr_number_is_told_with_its_line_and_not_repeated(bad: BuildReport) -> None:
    (told,) = (str(error) for error in bad.failed if "/cpr.txt" in str(error))
    assert "linje 5" in told
    assert "010190" not in told


def test_the_good_files_beside_bad_ones_are_built(bad: BuildReport, examples: Path) -> None:
    assert len(bad.failed) == len(BAD) + 1
    assert bad.version is not None
    assert sorted(quads(bad.version)) == lines(examples)
    assert len(bad.repeated) == 1, "the copy is told of and built once"


def test_nothing_of_a_held_source_is_kept(bad: BuildReport) -> None:
    assert bad.version is not None
    data = bad.version.folder.parents[1]
    kept = [path for path in data.rglob("*") if path.is_file()]
    assert kept
    assert not any(b"010190" in path.read_bytes() for path in kept)


def test_base_and_key_are_in_the_iris(tmp_path: Path, elmested: MunicipalitySettings) -> None:
    build(FILES[:1], elmested, data=tmp_path, address=Address("https://sagsgraf.example", b"a key of our own"))
    text = "".join(lines(tmp_path))
    assert "https://sagsgraf.example/id/people/0999/" in text
    assert "127.0.0.1" not in text


def building(data: Path, files: list[Path]) -> subprocess.Popen[bytes]:
    """A build in a process group of its own, so that it can be killed whole."""
    command = [sys.executable, "-c", "from api.cli import main; main()", "build", *map(str, files)]
    options = ["--municipality", str(EXAMPLES / "elmested.toml"), "--data", str(data)]
    return subprocess.Popen([*command, *options], stderr=subprocess.DEVNULL, start_new_session=True)


@pytest.mark.parametrize("share", [0.3, 0.6, 0.75, 0.9, 0.97])
def test_a_killed_build_leaves_the_old_version_in_force(
    tmp_path: Path, elmested: MunicipalitySettings, share: float
) -> None:
    build(FILES[:3], elmested, data=tmp_path)
    before, began = lines(tmp_path), time.monotonic()
    whole = tmp_path.with_name(f"{tmp_path.name}-whole")
    shutil.copytree(tmp_path, whole)
    assert building(whole, FILES).wait(timeout=60) == 0
    took = time.monotonic() - began
    process = building(tmp_path, FILES)
    time.sleep(took * share)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait(timeout=10)
    assert lines(tmp_path) in (before, lines(whole)), "either version whole, never anything between"
    report = build(FILES, elmested, data=tmp_path)
    assert not report.failed
    assert lines(tmp_path) == lines(whole), "the next build finishes the work"
