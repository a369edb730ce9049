"""The command line: `sagsgraf` and its commands.

Exit status 0: done; 1: some input failed, or violations were found; 2: wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from api.commands.options import console
from graph import __version__
from graph.errors import QuestionError, SagsgrafError, SettingsError

# a command's name → its module and its function
COMMANDS = {
    "read": "reading.read_command",
    "build": "building.build_command",
    "check": "asking.check_command",
    "ask": "asking.ask_command",
    "query": "asking.query_command",
    "links": "reviewing.links_command",
    "paths": "paths.paths_command",
    "network": "paths.network_command",
    "export": "building.export_command",
    "versions": "building.versions_command",
    "rollback": "upkeep.rollback_command",
    "watch": "upkeep.watch_command",
    "withdraw": "withdrawing.withdraw_command",
    "erase": "erasing.erase_command",
    "audit": "auditing.audit_command",
    "backup": "backing_up.backup_command",
    "restore": "backing_up.restore_command",
    "mask": "masking.mask_command",
    "release": "masking.release_command",
    "serve": "serving.serve_command",
}


class Commands(TyperGroup):
    """The commands, each imported when it is asked for: to read a file nobody waits for the service."""

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """The command of a name, with its options; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        one = typer.Typer(add_completion=False)
        one.command(cmd_name)(function(cmd_name))
        return get_command(one)


def function(name: str) -> Callable[..., None]:
    """The function behind a command."""
    module, _, function_name = COMMANDS[name].partition(".")
    found: Callable[..., None] = getattr(import_module(f"api.commands.{module}"), function_name)
    return found


def unread() -> None:
    """What stands for a command until it is asked for: its name alone is known."""


def command_line() -> typer.Typer:
    """The commands put together."""
    app = typer.Typer(
        cls=Commands,
        help="Danske kommuners referater som vidensgraf, hvor hver kendsgerning peger på den sætning, der siger den.",
        no_args_is_help=True,
        add_completion=False,
    )
    for name in COMMANDS:
        app.command(name)(unread)
    return app


def main() -> None:
    """What the script `sagsgraf` runs: an error that a person can act on is one line, never a traceback."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"sagsgraf {__version__}\n")
        return
    try:
        command_line()()
    except SagsgrafError as error:
        console().print(f"[red]✗[/] {error}", soft_wrap=True)
        sys.exit(2 if isinstance(error, QuestionError | SettingsError) else 1)
    except OSError as error:
        console().print(f"[red]✗[/] {error.filename or ''}: {error.strerror}", soft_wrap=True)
        sys.exit(1)
