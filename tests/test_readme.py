"""What the README and the walkthrough show is what happens."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from pathlib import Path
from urllib.parse import quote

from api.cli import COMMANDS
from api.settings import Settings
from tests.services import served

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def shown(text: str, program: str) -> list[tuple[str, str]]:
    """A program's commands in the console blocks of a page, each with the output shown under it."""
    found: list[tuple[str, str]] = []
    for block in re.findall(r"```console\n(.*?)```", text, re.DOTALL):
        for part in block.split("$ ")[1:]:
            command, _, output = part.partition("\n")
            if command.startswith(f"{program} "):
                found.append((command, output))
    return found


def matches(output: str, pattern: str) -> bool:
    """Whether an output is what is shown, where "..." stands for anything."""
    expression = ".*".join(re.escape(part) for part in pattern.strip().split("..."))
    return re.fullmatch(expression, output.strip(), re.DOTALL) is not None


def test_the_commands_shown_print_what_is_shown(tmp_path: Path) -> None:
    commands = shown(README, "sagsgraf")
    assert len(commands) >= 2
    for command, output in commands:
        arguments = command.replace("--data data", f"--data {tmp_path / 'data'}").split()[1:]
        program = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
        done = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, env=os.environ, check=False)
        assert done.returncode == 0, done.stderr
        assert matches(done.stdout, output), done.stdout


def test_the_addresses_shown_answer_what_is_shown(examples: Path) -> None:
    commands = shown(README, "curl")
    assert len(commands) >= 4
    with served(examples) as service:
        for command, output in commands:
            own = command.replace("127.0.0.1:8000", f"127.0.0.1:{service.port}")
            done = subprocess.run(shlex.split(own), capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            assert matches(done.stdout.replace("\r\n", "\n"), output) if output else done.stdout, done.stdout
            assert "/problem/" not in done.stdout
        for page in re.findall(r"<http://127\.0\.0\.1:8000(/[^>]+)>", README):
            answer = service.get(quote(page, safe="/?=&"))
            assert answer.status == 200, page


def test_every_setting_and_every_command_is_told_of() -> None:
    for part in fields(Settings):
        assert f"SAGSGRAF_{part.name.upper()}" in README
    for name in COMMANDS:
        assert f"sagsgraf {name}" in README, f"the README does not show `sagsgraf {name}`"


def test_pictures_are_there() -> None:
    for picture in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README):
        assert (ROOT / picture).stat().st_size > 10_000
