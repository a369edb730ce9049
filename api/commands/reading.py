"""`sagsgraf read`: one file as it is understood; touches no store."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from api.commands.options import choose
from api.settings import from_environment
from graph.errors import SagsgrafError, SourceError
from graph.extract.minutes import extract
from graph.extract.record import record
from graph.extract.rendering import render
from graph.intake import Task, read_all
from graph.model import Minutes
from graph.municipalities.load import MunicipalitySettings, load_municipality
from graph.readers.choose import read_source
from graph.sources import file_task

_NOT_TOLD = MunicipalitySettings("", "")


def read_command(
    file: Annotated[Path, typer.Argument(help="Referatet / the minutes")],
    form: Annotated[str, typer.Option("--format", help="json / text")] = "text",
    municipality: Annotated[
        str | None, typer.Option("--municipality", help="Kommunens kode eller settings-fil")
    ] = None,
) -> None:
    """Læs ét referat og vis, hvad der blev forstået. / Read one file and show what was understood."""
    choose(form, ("json", "text"), "--format")
    model = from_environment(os.environ).annotator
    task = file_task(file, load_municipality(municipality) if municipality else _NOT_TOLD)
    [(_, minutes)] = read_all([task], read=understood, model=model)
    if isinstance(minutes, SagsgrafError):
        raise minutes
    sys.stdout.write(
        json.dumps(record(minutes), ensure_ascii=False, indent=1) + "\n" if form == "json" else render(minutes)
    )


def understood(task: Task) -> Minutes:
    """All that a file states, whether or not it may be published; SourceError where it cannot be read."""
    try:
        source = read_source(task.content, title=task.title)
    except SourceError as error:
        raise error.placed(task.shown) from None
    return extract(source, task.settings if task.settings.code else None)
