"""`sagsgraf read`: one file as it is understood; touches no store."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import choose
from graph.extract.minutes import extract
from graph.extract.record import record
from graph.extract.rendering import render
from graph.municipalities.load import load_municipality
from graph.readers.choose import read_source


def read_command(
    file: Annotated[Path, typer.Argument(help="Referatet / the minutes")],
    form: Annotated[str, typer.Option("--format", help="json / text")] = "text",
    municipality: Annotated[
        str | None, typer.Option("--municipality", help="Kommunens kode eller settings-fil")
    ] = None,
) -> None:
    """Læs ét referat og vis, hvad der blev forstået. / Read one file and show what was understood."""
    choose(form, ("json", "text"), "--format")
    settings = load_municipality(municipality) if municipality else None
    minutes = extract(read_source(file.read_bytes(), title=file.name), settings)
    sys.stdout.write(
        json.dumps(record(minutes), ensure_ascii=False, indent=1) + "\n" if form == "json" else render(minutes)
    )
