"""A source is held until a person masks or releases it, and closed matter stands as shells; both reach every file."""

from __future__ import annotations

import gzip
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.cli import command_line
from graph.audit import read_acts
from graph.build import BuildReport, build
from graph.errors import HeldSourceError, SettingsError, UnknownValueError
from graph.masking import Signature, Spans, lines_of, mask, release
from graph.municipalities.load import load_municipality
from graph.privacy.masks import masked_text
from graph.privacy.reviewed import FILE, parse_reviewed, read_reviewed
from graph.search import search
from graph.store import Reader, current, export
from graph.terms import PREFIXES
from tests.conftest import EXAMPLES

BEGINNING = """Økonomiudvalget
Mødedato: 17. september 2024

1. Budget 2025

Sagsfremstilling

Budgettet drøftes efter høringen.
"""
HEARING = "Høringssvar fra Ole Birkholm, cpr-nr. 010190-1234, er vedlagt.\n"
OPEN = """
Beslutning

Godkendt.

2. {title}

Sagsfremstilling

Kanariefuglen ansættes med løntrin zebrafink.

Bilag

1 Åben Notat om papegøjen (4711/24)

Beslutning

Økonomichef Ib Undulat deltog. Godkendt.

3. Eventuelt

Beslutning

Intet til dette punkt.
"""
CANARIES = ("Kanariefugl", "zebrafink", "papegøje", "4711/24", "Undulat", "kanariefugl")
SIGNED = Signature("Sekretariatet", "står i et høringssvar")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    return tmp_path


def write(folder: Path, text: str) -> Path:
    """The minutes as a file."""
    path = folder / "in" / "referat.txt"
    path.write_text(text, "utf-8")
    return path


def places(*spans: tuple[int, int]) -> Spans:
    """What gives the same places of every text."""
    return lambda _: spans


def built(folder: Path) -> BuildReport:
    return build([folder / "in"], load_municipality(EXAMPLES / "elmested.toml"), data=folder / "data")


def everywhere(data: Path, *words: str) -> list[str]:
    """The files under a data folder, and the export of its graph, that hold one of some words."""
    found = []
    for path in sorted(p for p in data.rglob("*") if p.is_file()):
        content = path.read_bytes()
        content += gzip.decompress(content) if path.suffix == ".gz" else b""
        found += [f"{path.relative_to(data)}: {word}" for word in words if word.encode() in content]
    whole = "".join(export(current(data), "nquads", PREFIXES))
    return [*found, *(f"graph: {word}" for word in words if word in whole)]


def test_a_held_source_is_told_with_its_line_and_what_to_do(folder: Path) -> None:
    write(folder, BEGINNING + HEARING + OPEN.format(title="Ansættelse"))
    (error,) = built(folder).failed
    assert isinstance(error, HeldSourceError)
    assert error.line == 9
    assert "linje 9: et CPR-nummer" in str(error)
    assert "sagsgraf mask FIL --line 9" in str(error)
    assert "line 9: a CPR number" in error.english
    assert not list((folder / "data").glob("versions/*"))


def test_a_masked_source_is_built_and_its_number_is_nowhere(folder: Path) -> None:
    path = write(folder, BEGINNING + HEARING + OPEN.format(title="Ansættelse"))
    data = folder / "data"
    text = path.read_text("utf-8")
    at = text.index("010190-1234")
    done = mask(str(path), places((at, at + 11)), data=data, signature=SIGNED)
    assert done.left == ()
    assert done.text == masked_text(text, [(at, at + 11)])
    assert len(done.text) == len(text)
    for _ in range(2):  # the file with the number in it is known, and masked again
        report = built(folder)
        assert not report.failed
        assert everywhere(data, "010190", "1234,") == []
    assert report.known == [str(path)]
    assert search(current(data).folder, "høringssvar", kind="sources")
    (act,) = [act for act in read_acts(data) if act.what == "mask"]
    assert (act.who, act.reason) == ("Sekretariatet", "står i et høringssvar")
    path.write_text(text.replace("Budgettet", "Budgettet for 2025"), "utf-8")
    assert "er ændret, siden noget i den blev maskeret" in str(built(folder).failed[0])


def test_masks_follow_one_another(folder: Path) -> None:
    path = write(folder, BEGINNING + HEARING + OPEN.format(title="Ansættelse"))
    data = folder / "data"
    text = path.read_text("utf-8")
    for word in ("010190-1234", "Ole Birkholm"):
        begin = text.index(word)
        mask(str(path), places((begin, begin + len(word))), data=data, signature=SIGNED)
    assert not built(folder).failed
    assert everywhere(data, "010190", "Ole Birkholm") == []
    assert len(read_reviewed(data).masks) == 2


def test_a_released_source_is_built_as_it_stands(folder: Path) -> None:
    path = write(folder, BEGINNING + HEARING + OPEN.format(title="Ansættelse"))
    release(str(path), data=folder / "data", signature=SIGNED)
    assert not built(folder).failed
    path.write_text(path.read_text("utf-8").replace("Budgettet", "Budgettet for 2025"), "utf-8")
    assert isinstance(built(folder).failed[0], HeldSourceError)


def test_a_published_source_is_masked_at_once_and_its_earlier_text_destroyed(folder: Path) -> None:
    path = write(folder, BEGINNING + OPEN.format(title="Ansættelse"))
    data = folder / "data"
    built(folder)
    assert everywhere(data, "zebrafink")
    before = current(data).number
    done = mask(str(path), lambda text: lines_of(text, 18, 18), data=data, signature=SIGNED)
    assert done.version is not None
    assert done.version.number == current(data).number > before
    assert everywhere(data, "zebrafink", "Kanariefugl") == []


def test_what_is_closed_afterwards_is_gone_everywhere_and_comes_back_when_it_is_opened(folder: Path) -> None:
    data = folder / "data"
    write(folder, BEGINNING + OPEN.format(title="Ansættelse"))
    built(folder)
    assert {found.split(": ")[1] for found in everywhere(data, *CANARIES)} >= {"Kanariefugl", "Undulat", "papegøje"}
    write(folder, BEGINNING + OPEN.format(title="Lukket punkt: Ansættelse"))
    for _ in range(2):
        assert not built(folder).failed
        assert everywhere(data, *CANARIES) == []
    rows = Reader.open(current(data)).select(
        "PREFIX sag: <https://w3id.org/sagsgraf/def#> PREFIX dct: <http://purl.org/dc/terms/> "
        "SELECT ?title ?n { ?i a sag:AgendaItem ; dct:title ?title ; sag:itemOrder ?n ; dct:accessRights ?r "
        'FILTER(STRENDS(STR(?r), "NON_PUBLIC")) }'
    )
    assert [(row["title"]["value"], row["n"]["value"]) for row in rows] == [("Lukket punkt: Ansættelse", "2")]
    write(folder, BEGINNING + OPEN.format(title="Ansættelse"))
    built(folder)
    assert {found.split(": ")[1] for found in everywhere(data, *CANARIES)} >= {"Kanariefugl", "Undulat", "papegøje"}
    assert search(current(data).folder, "zebrafink")


def test_the_commands_say_what_they_did(folder: Path) -> None:
    path = write(folder, BEGINNING + HEARING + OPEN.format(title="Ansættelse"))
    data = ["--data", str(folder / "data")]
    run = CliRunner().invoke
    done = run(command_line(), ["mask", str(path), "--found", "--reason", "cpr", *data])
    assert done.exit_code == 0, done.output
    assert "linje 9: Høringssvar fra Ole Birkholm, cpr-nr. ███████████, er vedlagt." in done.output
    assert run(command_line(), ["mask", str(path), "--reason", "cpr", *data]).exit_code == 2
    assert run(command_line(), ["mask", str(path), "--line", "x", "--reason", "cpr", *data]).exit_code == 2
    done = run(command_line(), ["release", str(path), "--reason", "set igennem", "--author", "Bo", *data])
    assert "frigivet" in done.output
    assert [one.by for one in read_reviewed(folder / "data").releases] == ["Bo"]


def test_what_cannot_be_masked_is_told(folder: Path) -> None:
    path = write(folder, BEGINNING)
    for where, told in (((3, 3), "intet at maskere"), ((99, 99), "linje 1-9")):
        with pytest.raises(UnknownValueError, match=told):
            mask(str(path), partial(lines_of, first=where[0], last=where[1]), data=folder / "data", signature=SIGNED)
    with pytest.raises(UnknownValueError, match="hverken en fil eller en kilde"):
        mask("intet.txt", places((0, 1)), data=folder / "data", signature=SIGNED)
    with pytest.raises(UnknownValueError, match="skriv hvorfor"):
        release(str(path), data=folder / "data", signature=Signature("Bo", " "))
    assert not (folder / "data" / FILE).exists()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[[mask]", "ikke gyldig TOML"),
        ("[[masks]]", "ventede kun tabellerne mask og release"),
        ('[[release]]\nsource = "a"', "release 1: text: nøglen mangler"),
        ('[[release]]\ncolour = "a"', "release 1: colour: nøglen kendes ikke"),
        (
            '[[mask]]\nsource="a"\nlength=3\nspans=[[1]]\ntext="b"\nby="x"\non=2026-01-05\nreason="y"',
            "mask 1: spans: ventede par",
        ),
    ],
)
def test_a_reviewed_file_that_cannot_be_understood_is_refused(text: str, told: str) -> None:
    with pytest.raises(SettingsError, match=told):
        parse_reviewed(text)
