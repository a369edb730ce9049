"""The command line: `sagsgraf` and its commands.

Exit status 0: done; 1: some input failed, or violations were found; 2: wrong usage.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import typer

from api.commands.asking import ask_command, check_command, query_command
from api.commands.auditing import audit_command
from api.commands.backing_up import backup_command, restore_command
from api.commands.building import build_command, export_command, versions_command
from api.commands.erasing import erase_command
from api.commands.masking import mask_command, release_command
from api.commands.options import console
from api.commands.paths import network_command, paths_command
from api.commands.reading import read_command
from api.commands.reviewing import links_command
from api.commands.serving import serve_command
from api.commands.upkeep import rollback_command, watch_command
from api.commands.withdrawing import withdraw_command
from graph import __version__
from graph.errors import QuestionError, SagsgrafError, SettingsError

COMMANDS: dict[str, Callable[..., None]] = {
    "read": read_command,
    "build": build_command,
    "check": check_command,
    "ask": ask_command,
    "query": query_command,
    "links": links_command,
    "paths": paths_command,
    "network": network_command,
    "export": export_command,
    "versions": versions_command,
    "rollback": rollback_command,
    "watch": watch_command,
    "withdraw": withdraw_command,
    "erase": erase_command,
    "audit": audit_command,
    "backup": backup_command,
    "restore": restore_command,
    "mask": mask_command,
    "release": release_command,
    "serve": serve_command,
}


def command_line() -> typer.Typer:
    """The commands put together."""
    app = typer.Typer(
        help="Danske kommuners referater som vidensgraf, hvor hver kendsgerning peger på den sætning, der siger den.",
        no_args_is_help=True,
        add_completion=False,
    )
    for name, command in COMMANDS.items():
        app.command(name)(command)
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
