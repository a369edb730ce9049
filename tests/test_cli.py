"""The command line as a person types it: what it prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from graph import __version__
from tests.conftest import EXAMPLES

ROOT = Path(__file__).parents[1]


def sagsgraf(*arguments: str | Path, written: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs the command line in a process of its own."""
    command = [sys.executable, "-c", "from api.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, input=written, cwd=ROOT, check=False, timeout=120)


def test_version() -> None:
    assert sagsgraf("--version").stdout == f"sagsgraf {__version__}\n"


def test_read_prints_a_record_or_what_was_understood() -> None:
    file = EXAMPLES / "direktionen-2024-08-21.md"
    found = json.loads(sagsgraf("read", file, "--format", "json").stdout)
    assert (found["body"], found["meeting_date"], len(found["items"][0]["subitems"])) == (
        "Direktionen",
        "2024-08-21",
        3,
    )
    text = sagsgraf("read", file, "--format", "text").stdout
    assert "Fælles materielgård i Bakkeby" in text
    assert "Ikke forstået" in text


def test_to_read_a_file_loads_neither_the_service_nor_the_checks() -> None:
    told = "import sys; from api.cli import function; function('read'); print({'fastapi', 'pyshacl'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_ask_as_json_is_the_address_own_object(examples: Path) -> None:
    done = sagsgraf("ask", "case-route", "case=materielgård", "--format", "json", "--data", examples)
    found = json.loads(done.stdout)
    assert list(found) == ["question", "parameters", "asOf", "storeVersion", "rows", "gaps"]
    assert len(found["rows"]) == 4


def test_ask_as_a_table_shows_rows_and_sentences(examples: Path) -> None:
    done = sagsgraf("ask", "overdue-stops", "as_of=2025-03-20", "--data", examples)
    assert "Økonomiudvalget" in done.stdout
    assert "»Sagen behandles i Økonomiudvalget den 18. marts" in done.stdout


def test_gaps_alone(examples: Path) -> None:
    done = sagsgraf("ask", "commitments", "--gaps", "--data", examples)
    assert "Hvornår: Direktionen, 21. aug. 2024 – ikke oplyst (linje 29)" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("ask", "nothing"), 2, "intet spørgsmål"),
        (("ask", "case-route", "case=zzz"), 2, "Ingen sag passer"),
        (("ask", "case-route", "cse=zzz"), 2, "cse"),
        (("ask", "case-route", "case"), 2, "name=value"),
        (("ask", "case-route", "--format", "xml"), 2, "table"),
        (("query", "missing.rq"), 1, "missing.rq"),
        (("build", "examples/minutes", "--municipality", "0000"), 2, "0000"),
        (("read", "missing.txt"), 1, "missing.txt"),
    ],
)
def test_wrong_usage_is_one_line_and_the_right_status(
    examples: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    data = () if arguments[0] == "read" else ("--data", examples)
    done = sagsgraf(*arguments, *data)
    assert done.returncode == status, done.stderr
    assert words in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_without_a_graph_it_tells_how_to_build_one(tmp_path: Path) -> None:
    done = sagsgraf("ask", "case-route", "--data", tmp_path)
    assert done.returncode == 1
    assert "sagsgraf build" in done.stderr


def test_query_from_standard_input_under_the_limits(examples: Path) -> None:
    count = "SELECT (COUNT(?case) AS ?cases) WHERE { ?case a <https://w3id.org/sagsgraf/def#Case> }"
    assert sagsgraf("query", "-", "--format", "csv", "--data", examples, written=count).stdout.split() == ["cases", "5"]
    refused = sagsgraf(
        "query", "-", "--data", examples, written="SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    )
    assert refused.returncode == 2
    assert "SERVICE" in refused.stderr


def test_export_is_the_whole_graph(examples: Path) -> None:
    lines = sagsgraf("export", "--data", examples).stdout.splitlines()
    assert lines == sorted(lines)
    assert any("/graphs/links> ." in line for line in lines)


def test_check_ends_with_zero_where_nothing_is_wrong(examples: Path) -> None:
    done = sagsgraf("check", "--data", examples)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Bilag 3 er lukket uden begrundelse" in done.stdout
    english = sagsgraf("check", "--data", examples, "--lang", "en").stdout
    assert "line" in english
    assert json.loads(sagsgraf("check", "--data", examples, "--format", "json").stdout)


def test_build_reports_and_ends_with_one_where_a_file_fails(tmp_path: Path) -> None:
    good, bad = EXAMPLES / "direktionen-2024-08-21.md", tmp_path / "bad.txt"
    bad.write_bytes(b"\x00\x01\x02" * 100)
    done = sagsgraf("build", good, bad, "--municipality", EXAMPLES / "elmested.toml", "--data", tmp_path / "data")
    assert done.returncode == 1
    assert "1 nye" in done.stderr
    assert "1 afvist" in done.stderr
    assert "version 1 er i kraft" in done.stderr
    assert "SAGSGRAF_KEY" in done.stderr
