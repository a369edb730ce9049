"""`sagsgraf ask`, `query` and `check`: what the graph answers, and what it lacks."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from api.answers import as_csv, as_table, behind, gap_lines, listed
from api.commands.options import Data, Language, choose, output, settings_for
from api.serving import run_query
from graph.history import changes
from graph.own_questions import known_questions
from graph.questions.answer import Answer, Asker, answer
from graph.questions.question import Question, question
from graph.sources import holdings, text_of, texts
from graph.statements import Statements
from graph.store import Reader, current, merged
from graph.validation import check


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
    found = texts(settings.data, holdings(version.record).sources.values())
    report = check(Statements.read(merged(version)), texts=found, select=Reader.open(version).select)
    shown: dict[str, Callable[[str], str]] = {"text": report.text, "json": report.json, "html": report.html}
    sys.stdout.write(shown[form](lang).rstrip("\n") + "\n")
    raise typer.Exit(0 if report.conforms else 1)


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
    settings = settings_for(data)
    known = known_questions(settings.questions)
    if listing or name is None:
        show_questions(known, form, lang)
        return
    version = current(settings.data)
    given = dict(pair(value) for value in values or [])
    asker = Asker(
        Reader.open(version).select,
        date.today(),
        lang,
        version.number,
        line=line_in(settings.data),
        changes=lambda: changes(version),
        known=known,
    )
    show_answer(answer(question(name, known), given, asker), form=form, lang=lang, gaps=gaps)


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


def show_questions(known: Mapping[str, Question], form: str, lang: str) -> None:
    """The questions there are, each with its parameters."""
    found = listed(known.values(), lang)
    if form == "json":
        sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")
        return
    told = output()
    for row in found:
        told.print(f"[bold]{row['id']}[/]  {row['title']}")
        told.print(f"    [dim]{' '.join(f'{p}=…' for p in known[str(row['id'])].parameters)}[/]")


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
    told = output()
    if not gaps:
        told.print(as_table(found, lang))
        sentences = Table.grid(padding=(0, 1))
        for numbers, text in behind(found, lang):
            sentences.add_row(Text(numbers, style="dim"), Text(text))
        told.print(sentences)
    lines = gap_lines(found, lang)
    if lines:
        told.print({"da": "Det mangler:", "en": "Missing:"}[lang], style="bold")
    for line in lines:
        told.print(f"  – {line}", markup=False)
    if not found.rows and not lines:
        told.print({"da": "Ingen rækker.", "en": "No rows."}[lang])


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
