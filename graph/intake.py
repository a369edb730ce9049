"""Files → Minutes, each read in a child process with memory and time limits, so that one bad file stops nothing.

What a child is given is the file's bytes; what it gives back is the Minutes or the error that names the file.
"""

from __future__ import annotations

import multiprocessing
import resource
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from pickle import UnpicklingError
from time import monotonic

from graph.danish.cpr import find_cpr
from graph.errors import (
    ContradictedMunicipalityError,
    ExhaustedSourceError,
    HeldSourceError,
    SagsgrafError,
    SourceError,
    UnsupportedSourceError,
)
from graph.extract.minutes import contradicts, extract
from graph.model import Minutes
from graph.municipalities.load import MunicipalitySettings
from graph.readers.choose import read_source

STARTING = 60.0  # seconds that a new process may take until it has its file, however busy the machine is


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take: seconds, and bytes of address space."""

    seconds: float = 60.0
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read for a municipality.

    `path` identifies it from build to build, `shown` is how it was given, `title` the name that the source goes by.
    """

    path: str
    shown: str
    title: str
    content: bytes
    settings: MunicipalitySettings


Outcome = Minutes | SagsgrafError


def files_below(paths: Iterable[Path]) -> list[Path]:
    """The files of a list of files and folders, folders walked; hidden files and settings (.toml) are left out."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir():
            inside = (p for p in sorted(path.rglob("*")) if p.is_file() and p.suffix != ".toml")
            found.update(
                dict.fromkeys(p for p in inside if not any(part.startswith(".") for part in p.relative_to(path).parts))
            )
        else:
            found[path] = None
    return list(found)


def is_source(relative: Path, path: Path) -> bool:
    """Whether a file found in a folder is read: neither hidden, nor settings, nor in a hidden folder."""
    return path.is_file() and path.suffix != ".toml" and not any(part.startswith(".") for part in relative.parts)


def read_task(task: Task) -> Minutes:
    """The minutes of one file; raises SourceError where it cannot be read, must be held, or names no body or date."""
    try:
        source = read_source(task.content, title=task.title)
    except SourceError as error:
        raise error.placed(task.shown) from None
    offset = find_cpr(source.text)
    if offset is not None:
        raise personal_number(task.shown, line=source.text.count("\n", 0, offset) + 1)
    minutes = extract(source, task.settings)
    stated = contradicts(minutes, task.settings)
    if stated:
        raise other_municipality(task.shown, stated=stated, given=task.settings)
    if not (minutes.meeting.meeting_date or minutes.meeting.held_by or any(a.sections for a in minutes.agenda_items)):
        raise no_minutes(task.shown)
    if minutes.meeting.meeting_date is None or minutes.meeting.held_by is None:
        raise unnamed(task.shown, what="dato" if minutes.meeting.meeting_date is None else "organ")
    return minutes


def personal_number(path: str, *, line: int) -> SourceError:
    """The error for a source that holds a CPR number."""
    return HeldSourceError(
        "her står et CPR-nummer; filen er holdt tilbage og ikke offentliggjort.",
        english="a CPR number stands here; the file is held back and not published. Mask the number and build again.",
        path=path,
        line=line,
        advice="Fjern eller overstreg nummeret, og byg igen.",
    )


def other_municipality(path: str, *, stated: str, given: MunicipalitySettings) -> SourceError:
    """The error for a source that names another municipality as its own."""
    return ContradictedMunicipalityError(
        f"teksten siger {stated}, men --municipality {given.code} er {given.name}.",
        english=f"the text says {stated}, but --municipality {given.code} is {given.name}. Give the right code.",
        path=path,
        advice="Angiv den rigtige kode.",
    )


def no_minutes(path: str) -> SourceError:
    """The error for a file in which nothing looks like minutes."""
    return UnsupportedSourceError(
        "her er intet referat: hverken organ, dato eller kendte overskrifter som Sagsfremstilling og Beslutning.",
        english="no minutes here: neither body, date nor known headings. Leave it out, or see the README's layouts.",
        path=path,
        advice="Lad filen være ude, eller se i README, hvilke opsætninger der læses.",
    )


def unnamed(path: str, *, what: str) -> SourceError:
    """The error for minutes that state no date or no body."""
    english = {"dato": "date", "organ": "body"}[what]
    return SourceError(
        f"mødets {what} står ikke i teksten; ventede fx »Beslutning i Økonomiudvalget den 06-12-2022«.",
        english=f"the meeting's {english} is not stated; expected e.g. a decision heading. Add it to the file.",
        path=path,
        advice="Skriv det i filen.",
    )


def serve_tasks(connection: Connection, limits: Limits) -> None:
    """What a child process does: says that it has a task, reads it, and sends back the minutes or the error.

    After a file that was too much for it the process ends, for its memory is spent.
    """
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    while True:
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        connection.send(None)
        try:
            connection.send(read_task(task))
        except SourceError as error:
            connection.send(error)
        except (MemoryError, RecursionError):
            connection.send(exhausted(task.shown, why="for meget hukommelse", english="too much memory"))
            return


def exhausted(path: str, *, why: str, english: str) -> SourceError:
    """The error for a file whose reading went over a limit."""
    return ExhaustedSourceError(
        f"læsningen brugte {why} og blev stoppet.",
        english=f"reading took {english} and was stopped. Split the file into smaller ones.",
        path=path,
        advice="Del filen i mindre filer.",
    )


class Child:
    """One reading process, with the task that it is at and the moment it must be done."""

    def __init__(self, limits: Limits) -> None:
        context = multiprocessing.get_context("spawn")
        self.limits = limits
        self.connection, far = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve_tasks, args=(far, limits), daemon=True)
        self.process.start()
        far.close()
        self.task: Task | None = None
        self.until = 0.0

    def begin(self, task: Task) -> None:
        """Sends a task; its time runs from the moment the process has it."""
        self.task, self.until = task, monotonic() + STARTING
        with suppress(BrokenPipeError):  # a process that died is found by its closed connection
            self.connection.send(task)

    def end(self) -> None:
        """Ends the process, in whatever state it is."""
        self.connection.close()
        self.process.kill()
        self.process.join()


def read_all(
    tasks: list[Task],
    *,
    jobs: int = 2,
    limits: Limits = Limits(),
) -> Iterator[tuple[Task, Outcome]]:
    """Each task with its minutes or its error, as they are done; a child over its limits is ended and replaced."""
    waiting = list(reversed(tasks))
    children = [Child(limits) for _ in range(min(jobs, len(tasks)))]
    try:
        for child in children:
            child.begin(waiting.pop())
        while any(child.task for child in children):
            ready = wait([c.connection for c in children if c.task], timeout=0.2)
            for n, child in enumerate(children):
                done = finish(child, answered=child.connection in ready)
                if done is None:
                    continue
                yield done
                child.task = None
                if isinstance(done[1], ExhaustedSourceError):
                    child.end()
                    if waiting:
                        children[n] = child = Child(limits)
                if waiting:
                    child.begin(waiting.pop())
    finally:
        for child in children:
            child.end()


def finish(child: Child, *, answered: bool) -> tuple[Task, Outcome] | None:
    """The outcome of a child's task where it answered, died or ran over its time; None while it is at work."""
    task = child.task
    if task is None:
        return None
    if answered:
        try:
            outcome: Outcome | None = child.connection.recv()
        except (EOFError, OSError, UnpicklingError):
            child.process.join(timeout=1)
            return task, died(task.shown, child.process.exitcode)
        if outcome is None:
            child.until = monotonic() + child.limits.seconds
            return None
        return task, outcome
    if monotonic() > child.until:
        seconds = f"{child.limits.seconds:.0f}"
        return task, exhausted(task.shown, why=f"over {seconds} sekunder", english=f"over {seconds} seconds")
    return None


def died(path: str, code: int | None) -> SourceError:
    """The error for a file whose reading ended the process: killed for its memory, or by a fault of ours."""
    if code is None or code < 0:
        return exhausted(path, why="for meget hukommelse", english="too much memory")
    return ExhaustedSourceError(
        "læsningen gik ned på grund af en fejl i Sagsgraf.",
        english="reading ended by a fault in Sagsgraf. Leave the file out, and tell us of it.",
        path=path,
        advice="Lad filen være ude, og fortæl os om den.",
    )
