"""`sagsgraf build`, `versions` and `export`: what fills the data folder and what it holds."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from api.commands.options import Data, address_of, choose, console, settings_for
from graph.build import BuildReport, build
from graph.municipalities.load import load_municipality
from graph.sources import holdings
from graph.store import EXPORTS, Version, current, export, versions
from graph.terms import PREFIXES

Municipality = Annotated[str, typer.Option("--municipality", help="Kommunens kode eller en settings-fil (.toml)")]


def build_command(
    paths: Annotated[list[Path], typer.Argument(help="Filer og mapper / files and folders")],
    municipality: Municipality,
    data: Data = None,
    form: Annotated[str, typer.Option("--format", help="text / json")] = "text",
) -> None:
    """Læg referater i grafen og udgiv en ny version. / Add minutes to the graph and publish a version."""
    choose(form, ("json", "text"), "--format")
    settings = settings_for(data)
    told = console()
    if settings.development:
        told.print(
            "[yellow]SAGSGRAF_KEY er ikke sat: personers nøgler dannes med en kendt udviklingsnøgle.[/] "
            "(SAGSGRAF_KEY is not set: persons' keys are made with a known development key.)"
        )
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=told, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def progress(station: str, done: int, total: int) -> None:
            if station not in tasks:
                tasks[station] = bars.add_task(station, total=total)
            bars.update(tasks[station], completed=done, total=total)

        report = build(
            paths,
            load_municipality(municipality),
            data=settings.data,
            address=address_of(settings),
            progress=progress,
        )
    show_build(report, form)
    raise typer.Exit(1 if report.failed else 0)


def show_build(report: BuildReport, form: str) -> None:
    """What a build did, for a program or for a person."""
    if form == "json":
        failed = [{"message": str(error), "english": error.english} for error in report.failed]
        shown = {"version": report.version.number if report.version else None, "failed": failed}
        lists = {name: getattr(report, name) for name in ("built", "known", "replaced", "repeated", "withdrawn")}
        sys.stdout.write(json.dumps({**shown, **lists}, ensure_ascii=False, indent=1) + "\n")
        return
    told = console()
    for error in report.failed:
        told.print(f"[red]✗[/] {error}", soft_wrap=True)
    for path, first in report.repeated:
        told.print(f"[yellow]=[/] {path}: samme tekst som {first}; den bygges én gang.", soft_wrap=True)
    for path in report.withdrawn:
        told.print(f"[yellow]–[/] {path}: er trukket tilbage og bygges ikke.", soft_wrap=True)
    for correction in report.outdated:
        told.print(
            f"[yellow]![/] {correction.source}: kilden siger ikke længere det, som rettelsen retter.", soft_wrap=True
        )
    lists = {"nye": report.built, "ændrede": report.replaced, "kendte": report.known, "afvist": report.failed}
    counts = ", ".join(f"{len(files)} {word}" for word, files in lists.items())
    version = f"version {report.version.number} er i kraft" if report.version else "ingen version er udgivet"
    told.print(f"[bold]{counts}[/] – {version}")


def export_command(
    form: Annotated[str, typer.Option("--format", help=" / ".join(EXPORTS))] = "nquads",
    data: Data = None,
) -> None:
    """Skriv grafen ud. / Write the graph out."""
    choose(form, tuple(EXPORTS), "--format")
    sys.stdout.writelines(export(current(settings_for(data).data), form, PREFIXES))


def versions_command(data: Data = None) -> None:
    """Vis de versioner, der er bevaret. / Show the versions that are kept."""
    folder = settings_for(data).data
    in_force = current(folder).number
    for version in versions(folder):
        sys.stdout.write(version_line(version, in_force=version.number == in_force) + "\n")


def version_line(version: Version, *, in_force: bool) -> str:
    """One version with its date, its sources and whether it is in force."""
    sources = holdings(version.record).sources
    return f"{version.number}  {version.record['built']}  {len(sources)} kilder{'  i kraft' if in_force else ''}"
