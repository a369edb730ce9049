"""`sagsgraf backup` and `restore`: what a graph is made from, in one file, and a graph made from it again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from api.commands.building import show_build
from api.commands.options import Data, address_of, console, settings_for
from graph.backup import backup, restore


def backup_command(
    file: Annotated[Path, typer.Argument(help="Filen, der skrives (.zip) / the file to write")],
    data: Data = None,
) -> None:
    """Gem kilder, beslutninger og lister i én fil; nøglen er ikke med. / Keep all but the key in one file."""
    settings = settings_for(data)
    count = backup(file, data=settings.data, address=address_of(settings))
    console().print(f"{count} filer er gemt i {file}. SAGSGRAF_KEY er ikke med: gem den et andet sted.", soft_wrap=True)


def restore_command(
    file: Annotated[Path, typer.Argument(help="En fil fra sagsgraf backup / a file of sagsgraf backup")],
    erased: Annotated[Path | None, typer.Option("--erased", help="En nyere suppressed.json / a newer list")] = None,
    author: Annotated[str, typer.Option("--author", help="Hvem der gendanner / who restores")] = "",
    data: Data = None,
) -> None:
    """Byg en graf af en sikkerhedskopi; det slettede forbliver slettet. / Build a graph from a backup."""
    settings = settings_for(data)
    done = restore(file, data=settings.data, address=address_of(settings), author=author, erased=erased)
    show_build(done.report, "text")
    for place in done.places:
        console().print(f"[red]✗[/] {place}: her står noget, der er slettet.", soft_wrap=True)
    console().print(f"{done.files} filer er gennemsøgt for det slettede: {len(done.places)} træffere.")
    raise typer.Exit(1 if done.report.failed or done.places else 0)
