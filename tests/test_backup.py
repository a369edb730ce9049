"""A graph comes back from its archive as it was; what was erased since does not; a strange archive is refused."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from graph.audit import read_acts
from graph.backup import backup, restore
from graph.build import Address, build
from graph.erasure.erasing import Wish, erase
from graph.erasure.withdrawing import withdraw
from graph.errors import SettingsError, StoreError
from graph.identity.keys import Names
from graph.municipalities.load import load_municipality
from graph.store import current, quads
from tests.conftest import EXAMPLES
from tests.test_erasing import NAME, TOLD, found_in

SETTINGS = load_municipality(EXAMPLES / "elmested.toml")
FILES = ("hovedudvalget-2024-09-04.txt", "kommunalbestyrelsen-2024-09-24.txt")
OURS = Address(secret=b"the secret of this house")
KEY = Names(OURS.base, SETTINGS, OURS.secret).person(NAME).rpartition("/")[2]
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A data folder of two sources, and its archive."""
    folder = tmp_path_factory.mktemp("backup")
    build([EXAMPLES / name for name in FILES], SETTINGS, data=folder / "data", address=OURS)
    backup(folder / "kopi.zip", data=folder / "data", address=OURS)
    return folder / "data", folder / "kopi.zip"


@pytest.fixture(scope="module")
def since(kept: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder after a person was erased and a source withdrawn, which the archive knows nothing of."""
    data = tmp_path_factory.mktemp("since") / "data"
    shutil.copytree(kept[0], data)
    erase(Wish("person", NAME, "Anmodning."), data=data, address=OURS)
    withdraw(FILES[1], data=data, reason="Lukket.", address=OURS)
    return data


def test_a_graph_comes_back_as_it_was(kept: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAGSGRAF_KEY", OURS.secret.decode())
    done = CliRunner().invoke(
        command_line(), ["restore", str(kept[1]), "--data", str(tmp_path / "d"), "--author", "IT"]
    )
    assert done.exit_code == 0, done.output
    assert sorted(quads(current(tmp_path / "d"))) == sorted(quads(current(kept[0])))
    assert [act.what for act in read_acts(tmp_path / "d")] == ["publish", "restore"]
    assert build([EXAMPLES / FILES[0]], SETTINGS, data=tmp_path / "d", address=OURS).known, "its sources are known"


def test_a_graph_comes_back_with_the_profile_it_had(tmp_path: Path) -> None:
    quiet = Address(secret=OURS.secret, profile="republisher")
    build([EXAMPLES / FILES[0]], SETTINGS, data=tmp_path / "data", address=quiet)
    backup(tmp_path / "kopi.zip", data=tmp_path / "data", address=quiet)
    restore(tmp_path / "kopi.zip", data=tmp_path / "again", address=OURS)  # OURS names no profile
    assert current(tmp_path / "again").record["profile"] == "republisher"
    with pytest.raises(SettingsError, match="publisher"):
        restore(tmp_path / "kopi.zip", data=tmp_path / "more", address=replace(OURS, profile="publisher"))
    assert not list((tmp_path / "more").glob("sources/*"))


def test_the_archive_holds_the_key_as_a_fingerprint_alone(kept: tuple[Path, Path], tmp_path: Path) -> None:
    with zipfile.ZipFile(kept[1]) as archive:
        assert not any(OURS.secret in archive.read(name) for name in archive.namelist())
    with pytest.raises(SettingsError, match="SAGSGRAF_KEY"):
        restore(kept[1], data=tmp_path / "e", address=Address())


def test_what_was_erased_or_withdrawn_since_stays_so(kept: tuple[Path, Path], since: Path, tmp_path: Path) -> None:
    assert KEY in (kept[0] / "stream" / "1.json").read_text("utf-8")
    for name in ("suppressed.json", "withdrawn.json"):
        shutil.copy(since / name, tmp_path / name)
    done = restore(kept[1], data=tmp_path, address=OURS)
    assert done.places == ()
    assert found_in(tmp_path, *TOLD, KEY, FILES[1]) == []
    assert set(quads(current(tmp_path))) == set(quads(current(since)))


def test_a_newer_list_can_be_given(kept: tuple[Path, Path], since: Path, tmp_path: Path) -> None:
    restore(kept[1], data=tmp_path, address=OURS, erased=since / "suppressed.json")
    assert found_in(tmp_path, *TOLD, KEY) == []
    assert FILES[1] in json.dumps(current(tmp_path).record)


def test_a_graph_is_never_overwritten(kept: tuple[Path, Path]) -> None:
    with pytest.raises(StoreError, match="allerede"):
        restore(kept[1], data=kept[0], address=OURS)


def listed(members: Members) -> Members:
    """The files of an archive with a manifest that fits them."""
    told = json.loads(members["manifest.json"])
    told["files"] = {name: sha256(content).hexdigest() for name, content in members.items() if name != "manifest.json"}
    return {**members, "manifest.json": json.dumps(told).encode()}


STRANGE: dict[str, Callable[[Members], Members]] = {
    "a path out of the folder": lambda files: listed({**files, "../../udenfor.txt": b"x"}),
    "a path from the root": lambda files: listed({**files, "/etc/cron.d/x": b"x"}),
    "a file of another name": lambda files: listed({**files, "sources/kode.py": b"x"}),
    "a file that was changed": lambda files: {**files, "record.json": files["record.json"] + b" "},
    "a file too many": lambda files: {**files, f"sources/{'0' * 64}": b"x"},
    "a file too few": lambda files: {k: v for k, v in files.items() if not k.startswith("sources/")},
    "no manifest": lambda files: {k: v for k, v in files.items() if k != "manifest.json"},
    "a broken manifest": lambda files: {**files, "manifest.json": b"{"},
    "another base": lambda files: {
        **files,
        "manifest.json": files["manifest.json"].replace(b"127.0.0.1", b"192.0.2.7"),
    },
}


@pytest.mark.parametrize("how", STRANGE)
def test_a_strange_archive_is_refused_and_nothing_written(kept: tuple[Path, Path], tmp_path: Path, how: str) -> None:
    with zipfile.ZipFile(kept[1]) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(tmp_path / "fremmed.zip", "w") as archive:
        for name, content in STRANGE[how](members).items():
            archive.writestr(name, content)
    with pytest.raises((StoreError, SettingsError)):
        restore(tmp_path / "fremmed.zip", data=tmp_path / "d", address=OURS)
    assert [path.name for path in (tmp_path / "d").iterdir()] == ["LOCK"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d", "fremmed.zip"]


def test_a_bomb_and_a_text_are_no_archives(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "bombe.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("manifest.json", "{}")
        with archive.open("record.json", "w", force_zip64=True) as out:
            for _ in range(300):
                out.write(bytes(1 << 20))
    (tmp_path / "tekst.zip").write_text("ikke et arkiv")
    for name in ("bombe.zip", "tekst.zip"):
        with pytest.raises(StoreError):
            restore(tmp_path / name, data=tmp_path / "d", address=OURS)
