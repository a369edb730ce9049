"""The walkthrough is what happens: its cells, its curl lines and its R are run on the graph of `make serve`."""

from __future__ import annotations

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from graph.build import Address, build
from graph.municipalities.load import load_municipality
from tests.services import SAGSGRAF, Served, end, free_port, wait_for

EXAMPLES = Path(__file__).parents[1] / "examples"
TEXT = (EXAMPLES / "walkthrough.md").read_text("utf-8")
SCRIPT = EXAMPLES / "walkthrough.py"
BASE = "http://127.0.0.1:8000"
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def blocks(language: str) -> list[tuple[str, str]]:
    """The blocks in a language, each with the output that is shown under it."""
    found = [(match[1], match[2]) for match in BLOCK.finditer(TEXT)]
    following = [*found[1:], ("", "")]
    return [
        (code, shown if kind == "text" else "")
        for (own, code), (kind, shown) in zip(found, following, strict=True)
        if own == language
    ]


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service over the graph that `make serve` builds."""
    data, port = tmp_path_factory.mktemp("walkthrough"), free_port()
    address = f"http://127.0.0.1:{port}"
    report = build(
        [EXAMPLES / "minutes", EXAMPLES / "more"],
        load_municipality(EXAMPLES / "minutes" / "elmested.toml"),
        data=data,
        address=Address(address),
    )
    assert not report.failed
    command = [*SAGSGRAF, "serve", "--data", str(data), "--port", str(port)]
    environment = {**os.environ, "SAGSGRAF_BASE": address}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as process:
        wait_for(Served(port, process))
        yield address
        end(process)


def test_the_script_has_the_cells_that_are_shown() -> None:
    cells = [cell.strip() for cell in re.split(r"^# %%.*\n", SCRIPT.read_text("utf-8"), flags=re.MULTILINE)[1:]]
    assert cells == [code.strip() for code, _ in blocks("python")]


def test_the_cells_print_what_is_shown(base: str, tmp_path: Path) -> None:
    script = tmp_path / "walkthrough.py"
    script.write_text(SCRIPT.read_text("utf-8").replace(BASE, base), "utf-8")
    environment = {**os.environ, "PYTHONUTF8": "1"}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "".join(shown for _, shown in blocks("python"))


def test_curl_prints_what_is_shown(base: str) -> None:
    lines = [line for code, _ in blocks("console") for line in code.splitlines()]
    commands = [number for number, line in enumerate(lines) if line.startswith("$ ")]
    assert commands
    for number in commands:
        following = next((n for n in commands if n > number), len(lines))
        command = shlex.split(lines[number].removeprefix("$ ").replace(BASE, base))
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.stdout.splitlines() == lines[number + 1 : following], done.stderr


def test_r_prints_what_is_shown(base: str, tmp_path: Path) -> None:
    ((code, shown),) = blocks("r")
    if shutil.which("Rscript"):
        script = tmp_path / "walkthrough.R"
        script.write_text(code.replace(BASE, base), "utf-8")
        done = subprocess.run(["Rscript", script], capture_output=True, text=True, check=False)
        assert done.stdout.split() == shown.split(), done.stderr
    else:
        print("no Rscript here: the request is made as R's read.csv makes it")  # noqa: T201
    query = re.search(r'query <- "(.*?)"', code, re.DOTALL)
    assert query
    address = f"{base}/sparql?format=csv&query={quote(query[1], safe='')}"  # as URLencode(query, reserved = TRUE) does
    with urlopen(Request(address, headers={"User-Agent": "R (4.3.1 x86_64-pc-linux-gnu)", "Accept": "*/*"})) as answer:
        names, *rows = csv.reader(answer.read().decode("utf-8").splitlines())
    printed = [names, *([str(number), *row] for number, row in enumerate(rows, 1))]  # R numbers the rows
    assert [line.split() for line in shown.splitlines()] == [" ".join(row).split() for row in printed]
