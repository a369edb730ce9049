"""What the commands share: options, settings and where they speak to people."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from api.settings import Settings, from_environment
from graph.build import Address

WIDTH = 120
Data = Annotated[Path | None, typer.Option("--data", help="Datamappen / the data folder (./data)")]
Language = Annotated[str, typer.Option("--lang", help="da / en")]


def console() -> Console:
    """What people read: standard error, so that answers on standard output stay whole."""
    return Console(stderr=True, highlight=False)


def output() -> Console:
    """Where answers go: as wide as the terminal, or wide enough to read where there is none."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH)


def choose(written: str, allowed: tuple[str, ...], option: str) -> str:
    """The value of an option that takes a few words; wrong usage where it is none of them."""
    if written not in allowed:
        raise typer.BadParameter(f"{written!r}: ventede / expected {', '.join(allowed)}", param_hint=option)
    return written


def address_of(settings: Settings) -> Address:
    """What a build needs of the settings: the base, the persons' key, and the files that people keep."""
    return Address(
        settings.base, settings.key, settings.questions, settings.links, settings.profile, settings.annotator
    )


def settings_for(data: Path | None) -> Settings:
    """The settings of the environment with the data folder given."""
    return from_environment(os.environ, data=data)
