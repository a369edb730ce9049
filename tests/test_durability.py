"""Builders that are killed, and disks that are full: the version in force is whole, and the service goes on."""

from __future__ import annotations

import contextlib
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from graph.build import build
from graph.municipalities.load import load_municipality
from graph.store import current, quads, versions
from tests.conftest import EXAMPLES
from tests.services import Served, served

POINTS = ("written", "loaded", "renamed", "in force")
NAMES = ("hovedudvalget-2024-09-04.txt", "elmested.toml")
WORDS = ("Torben Aagaard", "Torben Aaboe")
MANY = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
# builds one file in two texts by turns, says which is built, and may be told to die at a point on the way
BUILDER = """
import itertools, os, signal, sys
from pathlib import Path
from graph import build as building, store
from graph.municipalities.load import load_municipality

source, data, settings, first, point, room = sys.argv[1:]
store.reached = lambda here: os.kill(os.getpid(), signal.SIGKILL) if here == point else None
if room == "unasked":
    building.need_room = lambda data, paths: None
texts = [Path(f"{source}.{n}").read_bytes() for n in "01"]
known = load_municipality(settings)
print("begin", flush=True)
for n in itertools.islice(itertools.count(int(first)), 50):
    Path(f"{source}.part").write_bytes(texts[n % 2])
    os.replace(f"{source}.part", source)
    report = building.build([Path(source)], known, data=Path(data))
    print(n % 2, report.version.number, flush=True)
"""


@dataclass
class Scene:
    """A data folder whose one source has two texts, and the quads that each of them gives."""

    source: Path
    data: Path
    settings: Path
    wholes: list[list[str]]

    def builder(self, first: int, point: str = "", room: str = "asked") -> subprocess.Popen[str]:
        """A builder at work."""
        arguments = [str(self.source), str(self.data), str(self.settings), str(first), point, room]
        return subprocess.Popen([sys.executable, "-c", BUILDER, *arguments], stdout=subprocess.PIPE, text=True)

    def state(self) -> int:
        """Which of the two texts the version in force was built from; an AssertionError if it is not whole."""
        found = sorted(quads(current(self.data)))
        assert found in self.wholes, f"version {current(self.data).number} is neither of the two"
        return self.wholes.index(found)


def made(folder: Path, data: Path) -> Scene:
    """The scene, with the first text built."""
    folder.mkdir(parents=True)
    for name in NAMES:
        shutil.copy(EXAMPLES / name, folder / name)
    source, settings = (folder / name for name in NAMES)
    text = source.read_text("utf-8")
    for number, word in enumerate(WORDS):
        Path(f"{source}.{number}").write_text(text.replace(WORDS[0], word), "utf-8")
    scene = Scene(source, data, settings, [])
    for number in (1, 0):
        shutil.copy(f"{source}.{number}", source)
        shutil.rmtree(data / "versions", ignore_errors=True)
        (data / "CURRENT").unlink(missing_ok=True)
        build([source], load_municipality(settings), data=data)
        scene.wholes.insert(0, sorted(quads(current(data))))
    assert scene.wholes[0] != scene.wholes[1]
    return scene


def kill(scene: Scene, point: str, chosen: random.Random) -> tuple[int, int]:
    """Kill one builder, at a point or at a moment; the text last acknowledged, and the one in force.

    An AssertionError where a version that was acknowledged is lost.
    """
    before = scene.state()
    with scene.builder(1 - before, point) as builder:
        assert builder.stdout is not None
        assert builder.stdout.readline() == "begin\n"
        if not point:
            time.sleep(chosen.uniform(0.0, 2.5))
            builder.kill()
        told = [tuple(map(int, line.split())) for line in builder.stdout.read().splitlines()]
    acknowledged, number = told[-1] if told else (before, 0)
    found, found_number = scene.state(), current(scene.data).number
    assert found_number >= number, "an acknowledged version is lost"
    assert found == acknowledged or found_number > number, "an acknowledged text is lost"
    return acknowledged, found


def assert_serving(service: Served) -> None:
    answer = service.ask(MANY)
    assert answer.status == 200, answer.body
    assert service.process.poll() is None


def check_kills(scene: Scene, points: list[str]) -> None:
    chosen = random.Random(7)
    with served(scene.data) as service:
        for point in points:
            acknowledged, found = kill(scene, point, chosen)
            if point in ("written", "loaded", "renamed"):
                assert found == acknowledged, f"killed at {point!r}: nothing new may be in force"
            if point == "in force":
                assert found == 1 - acknowledged, "killed when it was in force: it stays so"
            assert_serving(service)
    assert len(versions(scene.data)) <= 4, "leftovers are cleared by the next build"


def test_a_killed_builder_leaves_a_whole_version(tmp_path: Path) -> None:
    check_kills(made(tmp_path / "source", tmp_path / "data"), [*POINTS, "", "", ""])


@pytest.mark.soak
def test_two_hundred_killed_builders(tmp_path: Path) -> None:
    check_kills(made(tmp_path / "source", tmp_path / "data"), [*POINTS, ""] * 40)


@contextlib.contextmanager
def small_disk(folder: Path, size: int) -> Iterator[Path]:
    """A disk of so many megabytes; the test is skipped where none can be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}m", "tmpfs", str(folder)]
    if shutil.which("mount") is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small tmpfs needs root")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def fill(disk: Path, leave: int) -> Path:
    """A file that leaves so many octets free."""
    ballast = disk / "ballast"
    free = shutil.disk_usage(disk).free
    with ballast.open("wb") as out:
        for _ in range(max(0, free - leave) // 65_536):
            out.write(bytes(65_536))
    return ballast


def check_full_disk(tmp_path: Path, runs: int) -> None:
    with small_disk(tmp_path / "disk", 96) as disk:
        scene = made(tmp_path / "source", disk / "data")
        chosen, before = random.Random(11), 0
        with served(scene.data) as service:
            for _ in range(runs):
                before = scene.state()
                ballast = fill(disk, chosen.randrange(20_000, 1_500_000))
                with scene.builder(1 - before, room="unasked") as builder:
                    assert builder.wait(120) != 0, "there was no room"
                assert scene.state() == before
                assert_serving(service)
                ballast.unlink()
                assert_serving(service)
            with scene.builder(1 - before) as builder:
                assert builder.stdout is not None
                assert builder.stdout.readline() == "begin\n"
                assert builder.stdout.readline().split()[0] == str(1 - before), "with room again, it builds"
                builder.kill()
            scene.state()


def test_a_full_disk_leaves_the_old_version_serving(tmp_path: Path) -> None:
    check_full_disk(tmp_path, 1)


@pytest.mark.soak
def test_ten_times_a_full_disk(tmp_path: Path) -> None:
    check_full_disk(tmp_path, 10)


def test_without_room_nothing_is_begun(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 96) as disk:
        scene = made(tmp_path / "source", disk / "data")
        fill(disk, 4_000_000)
        command = [sys.executable, "-c", "from api.cli import main; main()", "build", f"{scene.source}.1"]
        options = ["--municipality", str(scene.settings), "--data", str(scene.data)]
        done = subprocess.run([*command, *options], capture_output=True, text=True, check=False)
        assert done.returncode == 1
        assert "MB fri" in done.stderr
        assert [version.number for version in versions(scene.data)] == [current(scene.data).number]
