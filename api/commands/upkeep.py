"""`sagsgraf rollback` and `watch`: which version is in force, and building when files change."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

import typer

from api.commands.building import Municipality, show_build
from api.commands.options import Data, address_of, console, settings_for
from graph.build import build
from graph.errors import SagsgrafError
from graph.municipalities.load import load_municipality
from graph.upkeep import rollback

Seen = dict[Path, tuple[int, int]]


def rollback_command(
    number: Annotated[int | None, typer.Argument(help="Versionens nummer / the version's number")] = None,
    data: Data = None,
) -> None:
    """Sæt en bevaret version i kraft igen; en kørende tjeneste følger med. / Put a kept version in force again."""
    version = rollback(settings_for(data).data, number)
    console().print(f"version {version.number} fra {version.record['built']} er i kraft")


def watch_command(
    folders: Annotated[list[Path], typer.Argument(help="Mapper, der holdes øje med / folders to watch")],
    municipality: Municipality,
    every: Annotated[float, typer.Option("--every", help="Sekunder mellem hvert kig / seconds", min=0.1)] = 2.0,
    data: Data = None,
) -> None:
    """Byg og udgiv, når filer kommer til eller ændres. / Build and publish when files come or change."""
    settings, known = settings_for(data), load_municipality(municipality)
    built: Seen = {}
    before = seen(folders)
    while True:
        now = seen(folders)
        if now != built and now == before:  # at rest: nobody is writing them
            try:
                address = address_of(settings)
                show_build(build(folders, known, data=settings.data, address=address), "text")
            except SagsgrafError as error:
                console().print(f"[red]✗[/] {error}", soft_wrap=True)
            built = now
        before = now
        time.sleep(every)


def seen(folders: Iterable[Path]) -> Seen:
    """Every file below the folders, with when it was written and its size."""
    found: Seen = {}
    for path in (path for folder in folders for path in sorted(folder.rglob("*"))):
        try:
            told = path.stat()
        except OSError:
            continue  # it went away between the two looks
        if path.is_file():
            found[path] = (told.st_mtime_ns, told.st_size)
    return found
