"""`sagsgraf read` of files that mean harm: the same guard as a build has, and one line of what was wrong."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.commands.reading import understood
from graph.errors import ExhaustedSourceError, UnreadableSourceError
from graph.intake import Limits, Task, read_all
from graph.model import Minutes
from graph.municipalities.load import MunicipalitySettings, load_municipality
from graph.sources import file_task
from tests.conftest import EXAMPLES

NOT_TOLD = MunicipalitySettings("", "")
LIMITS = Limits(memory=300 << 20)


def test_a_file_over_its_memory_is_stopped_and_told_of() -> None:
    lines = Task("lines.txt", "lines.txt", "lines.txt", b"xy\n" * 3_000_000, NOT_TOLD)
    [(_, outcome)] = read_all([lines], jobs=1, limits=LIMITS, read=understood)
    assert isinstance(outcome, ExhaustedSourceError)
    assert str(outcome).startswith("lines.txt: ")


@pytest.mark.parametrize(("settings", "named"), [(NOT_TOLD, None), (EXAMPLES / "elmested.toml", "Elmested Kommune")])
def test_a_file_is_read_for_the_municipality_given(settings: MunicipalitySettings | Path, named: str | None) -> None:
    known = settings if isinstance(settings, MunicipalitySettings) else load_municipality(settings)
    text = "Beslutning i Direktionen den 04-05-2024\n\nGodkendt.\n"
    task = Task("x.txt", "x.txt", "x.txt", text.encode(), known)
    [(_, minutes)] = read_all([task], jobs=1, limits=LIMITS, read=understood)
    assert isinstance(minutes, Minutes)
    assert minutes.meeting.municipality == named


def test_a_file_too_large_for_any_reader_is_not_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "stor.pdf"
    path.touch()
    os.truncate(path, 1 << 40)
    with pytest.raises(UnreadableSourceError, match=r"stor.pdf: filen er for stor \(over 100 MB\)"):
        file_task(path, NOT_TOLD)
