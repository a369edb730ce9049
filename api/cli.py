"""The command line: `sagsgraf` and its commands.

Exit status 0: done; 1: some input failed, or violations were found; 2: wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from graph.extract.rendering import render
from rdflib import Graph
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from api.answers import as_csv, as_table, gap_lines, listed
from api.app import create_app
from api.serving import run_query, serve_forever
from api.settings import Settings, from_environment
from graph import __version__
from graph.build import Address, BuildReport, build
from graph.errors import QuestionError, SagsgrafError, SettingsError
from graph.extract.minutes import extract
from graph.extract.record import record
from graph.municipalities.load import load_municipality
from graph.questions.answer import Answer, Asker, answer
from graph.questions.question import question, questions
from graph.readers.choose import read_source
from graph.sources import holdings, text_of, texts
from graph.store import EXPORTS, Reader, Version, current, export, merged, versions
from graph.terms import PREFIXES
from graph.validation import check

Data = Annotated[Path | None, typer.Option("--data", help="Datamappen / the data folder (./data)")]
Language = Annotated[str, typer.Option("--lang", help="da / en")]
Municipality = Annotated[str, typer.Option("--municipality", help="Kommunens kode eller en settings-fil (.toml)")]

app = typer.Typer(
    help="Danske kommuners referater som vidensgraf, hvor hver kendsgerning peger på den sætning, der siger den.",
    no_args_is_help=True,
    add_completion=False,
)


def console() -> Console:
    """What people read: standard error, so that answers on standard output stay whole."""
    return Console(stderr=True, highlight=False)


def choose(written: str, allowed: tuple[str, ...], option: str) -> str:
    """The value of an option that takes a few words; wrong usage where it is none of them."""
    if written not in allowed:
        raise typer.BadParameter(f"{written!r}: ventede / expected {', '.join(allowed)}", param_hint=option)
    return written


def settings_for(data: Path | None) -> Settings:
    """The settings of the environment with the data folder given."""
    return from_environment(os.environ, data=data)


@app.command("read")
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


@app.command("build")
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
        tasks: dict[str, int] = {}

        def progress(station: str, done: int, total: int) -> None:
            task = tasks.setdefault(station, bars.add_task(station, total=total))
            bars.update(task, completed=done, total=total)  # type: ignore[arg-type]

        report = build(
            paths,
            load_municipality(municipality),
            data=settings.data,
            address=Address(settings.base, settings.key),
            progress=progress,
        )
    show_build(report, form)
    raise typer.Exit(1 if report.failed else 0)


def show_build(report: BuildReport, form: str) -> None:
    """What a build did, for a program or for a person."""
    if form == "json":
        failed = [{"message": str(error), "english": error.english} for error in report.failed]
        shown = {"version": report.version.number if report.version else None, "failed": failed}
        lists = {name: getattr(report, name) for name in ("built", "known", "replaced", "repeated")}
        sys.stdout.write(json.dumps({**shown, **lists}, ensure_ascii=False, indent=1) + "\n")
        return
    told = console()
    for error in report.failed:
        told.print(f"[red]✗[/] {error}", soft_wrap=True)
    for path, first in report.repeated:
        told.print(f"[yellow]=[/] {path}: samme tekst som {first}; den bygges én gang.", soft_wrap=True)
    lists = {"nye": report.built, "ændrede": report.replaced, "kendte": report.known, "afvist": report.failed}
    counts = ", ".join(f"{len(files)} {word}" for word, files in lists.items())
    version = f"version {report.version.number} er i kraft" if report.version else "ingen version er udgivet"
    told.print(f"[bold]{counts}[/] – {version}")


@app.command("check")
def check_command(
    data: Data = None,
    lang: Language = "da",
    form: Annotated[str, typer.Option("--format", help="text / json / html")] = "text",
) -> None:
    """Vis, hvad der mangler, og hvor det kan rettes. / Show what is missing and where to mend it."""
    choose(lang, ("da", "en"), "--lang")
    choose(form, ("text", "json", "html"), "--format")
    settings = settings_for(data)
    version = current(settings.data)
    triples = Graph().parse(data=merged(version), format="nt")
    report = check(triples, texts=texts(settings.data, holdings(version.record).sources.values()))
    shown: dict[str, Callable[[str], str]] = {"text": report.text, "json": report.json, "html": report.html}
    sys.stdout.write(shown[form](lang).rstrip("\n") + "\n")
    raise typer.Exit(0 if report.conforms else 1)


@app.command("ask")
def ask_command(
    name: Annotated[str | None, typer.Argument(metavar="ID", help="Spørgsmålet / the question")] = None,
    values: Annotated[list[str] | None, typer.Argument(metavar="name=value …")] = None,
    listing: Annotated[bool, typer.Option("--list", help="Vis spørgsmålene / list the questions")] = False,
    gaps: Annotated[bool, typer.Option("--gaps", help="Vis kun det, der mangler / only what is missing")] = False,
    form: Annotated[str, typer.Option("--format", help="table / json / csv")] = "table",
    data: Data = None,
    lang: Language = "da",
) -> None:
    """Stil et af spørgsmålene. / Ask one of the questions."""
    choose(lang, ("da", "en"), "--lang")
    choose(form, ("table", "json", "csv"), "--format")
    if listing or name is None:
        show_questions(form, lang)
        return
    settings = settings_for(data)
    version = current(settings.data)
    given = dict(pair(value) for value in values or [])
    asker = Asker(Reader.open(version).select, date.today(), lang, version.number, line=line_in(settings.data))
    show_answer(answer(question(name), given, asker), form=form, lang=lang, gaps=gaps)


def pair(written: str) -> tuple[str, str]:
    """A parameter as written, name=value."""
    name, sign, value = written.partition("=")
    if not sign:
        raise typer.BadParameter(f"{written!r}: skriv name=value / write name=value")
    return name, value


def line_in(data: Path) -> Callable[[str, int], int | None]:
    """What tells the line of an offset in a kept source."""

    def line(text_hash: str, begin: int) -> int | None:
        text = text_of(data, text_hash)
        return None if text is None else text.count("\n", 0, begin) + 1

    return line


def show_questions(form: str, lang: str) -> None:
    """The questions there are, each with its parameters."""
    found = listed(questions().values(), lang)
    if form == "json":
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    told = Console(highlight=False)
    for row in found:
        told.print(f"[bold]{row['id']}[/]  {row['title']}")
        told.print(f"    [dim]{' '.join(f'{p}=…' for p in questions()[str(row['id'])].parameters)}[/]")


def show_answer(found: Answer, *, form: str, lang: str, gaps: bool) -> None:
    """An answer as JSON, CSV or a table with what is missing below it; with `gaps` only what is missing."""
    if form == "json":
        whole = found.as_json()
        shown = {key: whole[key] for key in ("question", "asOf", "storeVersion", "gaps")} if gaps else whole
        sys.stdout.write(json.dumps(shown, ensure_ascii=False, indent=1) + "\n")
        return
    if form == "csv" and not gaps:
        sys.stdout.write(as_csv(found))
        return
    told = Console(highlight=False)
    if not gaps:
        told.print(as_table(found, lang))
    lines = gap_lines(found, lang)
    if lines:
        told.print({"da": "Det mangler:", "en": "Missing:"}[lang], style="bold")
    for line in lines:
        told.print(f"  – {line}", markup=False)
    if not found.rows and not lines:
        told.print({"da": "Ingen rækker.", "en": "No rows."}[lang])


@app.command("query")
def query_command(
    file: Annotated[str, typer.Argument(help="En fil med SPARQL, eller - / a file of SPARQL, or -")],
    form: Annotated[str, typer.Option("--format", help="table / json / csv / xml / tsv / turtle / …")] = "table",
    data: Data = None,
) -> None:
    """Kør en SPARQL-forespørgsel under samme grænser som tjenesten. / Run a SPARQL query under the service's limits."""
    text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    settings = settings_for(data)
    body = run_query(text, form, store=current(settings.data).store, settings=settings)
    sys.stdout.write(body if body.endswith("\n") else body + "\n")


@app.command("export")
def export_command(
    form: Annotated[str, typer.Option("--format", help=" / ".join(EXPORTS))] = "nquads",
    data: Data = None,
) -> None:
    """Skriv grafen ud. / Write the graph out."""
    choose(form, tuple(EXPORTS), "--format")
    sys.stdout.writelines(export(current(settings_for(data).data), form, PREFIXES))


@app.command("versions")
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


@app.command("serve")
def serve_command(
    data: Data = None,
    host: Annotated[str, typer.Option("--host")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port")] = 8000,
) -> None:
    """Start tjenesten. / Start the service."""
    settings = settings_for(data)
    current(settings.data)
    serve_forever(create_app(settings), host=host, port=port)


def main() -> None:
    """What the script `sagsgraf` runs: an error that a person can act on is one line, never a traceback."""
    if sys.argv[1:] == ["--version"]:
        sys.stdout.write(f"sagsgraf {__version__}\n")
        return
    try:
        app()
    except SagsgrafError as error:
        console().print(f"[red]✗[/] {error}", soft_wrap=True)
        sys.exit(2 if isinstance(error, QuestionError | SettingsError) else 1)
    except OSError as error:
        console().print(f"[red]✗[/] {error.filename or ''}: {error.strerror}", soft_wrap=True)
        sys.exit(1)
