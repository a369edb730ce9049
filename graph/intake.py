"""Files → Minutes, each read in a child process with memory and time limits, so that one bad file stops nothing.

What a child is given is the file's bytes; what it gives back is the Minutes or the error that names the file. Its time
is the processor's, which the child counts itself, so that a busy machine stops no file; the clock stops a sleeper.
"""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from pickle import UnpicklingError
from time import monotonic

from graph.erasure.items import erased_spans
from graph.erasure.rules import NOTHING, Rules
from graph.erasure.standins import extract_masked
from graph.errors import ExhaustedSourceError, SagsgrafError, SettingsError, SourceError
from graph.extract.annotators import Model, load_annotator, with_candidates
from graph.extract.minutes import contradicts
from graph.model import Minutes, SourceDocument
from graph.municipalities.load import MunicipalitySettings
from graph.privacy.closed import closed_places, closed_spans, with_shells
from graph.privacy.gate import details
from graph.privacy.hidden_places import without_places
from graph.privacy.masks import masked_text
from graph.privacy.profiles import USUAL, names_officials, tells_closed_matter, tells_closed_titles
from graph.privacy.reviewed import Reviewed, text_hash
from graph.readers.bounds import OVERDUE, address_space, allow_seconds, bound_process, collect_seldom, ticks_of
from graph.readers.choose import read_source
from graph.refusals import died, held, no_minutes, other_municipality, outdated_mask, overdue, unclear_closed, unnamed
from graph.roles import by_posts, without_names

STARTING = 60.0  # seconds that a new process may take until it has its file, however busy the machine is


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take: the processor's seconds, and bytes of address space."""

    seconds: float = 60.0
    memory: int = 1 << 30


@dataclass(frozen=True, slots=True)
class Task:
    """One file to read for a municipality.

    `path` identifies it from build to build, `shown` is how it was given, `title` the name that the source goes by.
    `rules` is what was erased, `reviewed` what people masked and released, `profile` how far the graph tells of people.
    `media_type` is set where the content is the masked text that was kept of a file, and is that file's.
    """

    path: str
    shown: str
    title: str
    content: bytes
    settings: MunicipalitySettings
    rules: Rules = NOTHING
    reviewed: Reviewed = field(default_factory=Reviewed)
    profile: str = USUAL
    media_type: str = ""


Outcome = Minutes | SagsgrafError
Reading = Callable[[Task], Minutes]


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
    """The minutes of one file as they are published; raises SourceError where it cannot be read, or must be held."""
    try:
        source = read_source(task.content, title=task.title)
    except SourceError as error:
        raise error.placed(task.shown) from None
    if task.media_type:
        source = replace(source, media_type=task.media_type)
    elif task.reviewed.outdated(task.path, source.text) and not task.reviewed.released(source.text_hash):
        raise outdated_mask(task.shown)
    # the one place where what people masked and what was erased is taken out, before anything is read from the text
    spans = task.reviewed.spans(source.text)
    released = task.reviewed.released(task.path if task.media_type else text_hash(masked_text(source.text, spans)))
    source = masked(source, (*spans, *erased_spans(source.text, task.rules)))
    minutes = without_closed(task, extract_masked(source, task.settings))
    found = () if released else details(minutes)
    if found:
        raise held(task.shown, minutes.source.text, found)
    refuse(task, minutes)
    if names_officials(task.profile):
        return minutes
    text = without_names(minutes, task.settings)
    return with_shells(by_posts(changed(minutes.source, text), task.settings))


def masked(source: SourceDocument, spans: Iterable[tuple[int, int]]) -> SourceDocument:
    """A source with places of its text masked; itself where there are none."""
    return changed(source, masked_text(source.text, spans))


def changed(source: SourceDocument, text: str) -> SourceDocument:
    """A source with another text, which is all that is kept of it."""
    if text == source.text:
        return source
    own = text_hash(text)
    return replace(source, text=text, text_hash=own, file_hash=own, page_start=())


def without_closed(task: Task, minutes: Minutes) -> Minutes:
    """The minutes with their closed matter as shells, and what their text told of it masked.

    What is stated beside it is read from the masked text; where that is divided otherwise, for the closed items had
    nothing left to be told by, it is what was read before without all that rests on the masked places.
    """
    if tells_closed_matter(task.profile):
        return minutes
    spans = closed_spans(minutes, titles=tells_closed_titles(task.profile))
    if not spans:
        return with_shells(minutes)
    source = masked(minutes.source, spans)
    again = extract_masked(source, task.settings)
    if closed_places(again) == closed_places(minutes):
        return with_shells(again)
    apart = without_places(minutes, spans)
    if apart is None:
        raise unclear_closed(task.shown)
    return replace(apart, source=source)


def refuse(task: Task, minutes: Minutes) -> None:
    """Raises SourceError where a file is no minutes, names no body or date, or is another municipality's."""
    stated = contradicts(minutes, task.settings)
    if stated:
        raise other_municipality(task.shown, stated=stated, given=task.settings)
    if not (minutes.meeting.meeting_date or minutes.meeting.held_by or any(a.sections for a in minutes.agenda_items)):
        raise no_minutes(task.shown)
    if minutes.meeting.meeting_date is None or minutes.meeting.held_by is None:
        raise unnamed(task.shown, what="dato" if minutes.meeting.meeting_date is None else "organ")


def serve_tasks(connection: Connection, limits: Limits, *, read: Reading, model: Model | None) -> None:
    """What a child process does: says that it has a task, reads it, and sends back the minutes or the error.

    After a file that was too much for it the process ends, for its memory is spent.
    """
    try:
        annotator = load_annotator(model) if model else None
    except SettingsError as error:
        connection.send(error)
        return
    memory = limits.memory + (address_space() if annotator else 0)  # a model's own size is no fault of a file
    bound_process(memory)
    collect_seldom()
    while True:
        allow_seconds(0)
        try:
            task: Task = connection.recv()
        except EOFError:
            return
        allow_seconds(limits.seconds)
        connection.send(None)
        try:
            minutes = read(task)
            connection.send(with_candidates(minutes, annotator, rule=model.rule) if annotator and model else minutes)
        except SourceError as error:
            connection.send(error)
        except (MemoryError, RecursionError):
            connection.send(died(task.shown, None))
            return


@contextmanager
def apart_from_main() -> Iterator[None]:
    """Within it, what is started does not import the program that starts it: a reader needs nothing of the service."""
    main = sys.modules["__main__"]
    path = main.__dict__.pop("__file__", None)
    try:
        yield
    finally:
        if path is not None:
            main.__file__ = path


class Child:
    """One reading process, with the task that it is at and the moment at which it is asked whether it sleeps."""

    def __init__(self, limits: Limits, *, read: Reading, model: Model | None) -> None:
        context = multiprocessing.get_context("spawn")
        self.limits = limits
        self.connection, far = context.Pipe()
        work = partial(serve_tasks, far, limits, read=read, model=model)
        self.process: BaseProcess = context.Process(target=work, daemon=True)
        with apart_from_main():
            self.process.start()
        far.close()
        self.task: Task | None = None
        self.until = 0.0
        self.worked = 0

    def begin(self, task: Task) -> None:
        """Sends a task; its time runs from the moment the process has it."""
        self.task, self.until = task, monotonic() + STARTING
        with suppress(BrokenPipeError):  # a process that died is found by its closed connection
            self.connection.send(task)

    def asleep(self) -> bool:
        """Whether it has done nothing since it was last asked; it has as long again until the next time."""
        before, self.worked = self.worked, ticks_of(self.process.pid or 0)
        self.until = monotonic() + self.limits.seconds
        return self.worked == before

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
    read: Reading = read_task,
    model: Model | None = None,
) -> Iterator[tuple[Task, Outcome]]:
    """Each task with its minutes or its error, as they are done; a child over its limits is ended and replaced.

    `read` is what a child does with a task, `model` what may add to the minutes; SettingsError where it cannot be had.
    """
    waiting = list(reversed(tasks))
    begun = partial(Child, limits, read=read, model=model)
    children = [begun() for _ in range(min(jobs, len(tasks)))]
    try:
        for child in children:
            child.begin(waiting.pop())
        while any(child.task for child in children):
            ready = wait([c.connection for c in children if c.task], timeout=0.2)
            for n, child in enumerate(children):
                done = finish(child, answered=child.connection in ready)
                if done is None:
                    continue
                if isinstance(done[1], SettingsError):
                    raise done[1]
                yield done
                child.task = None
                if isinstance(done[1], ExhaustedSourceError):
                    child.end()
                    if waiting:
                        children[n] = child = begun()
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
            if child.process.exitcode == OVERDUE:
                return task, overdue(task.shown, child.limits.seconds)
            return task, died(task.shown, child.process.exitcode)
        if outcome is None:
            child.until = monotonic() + child.limits.seconds
            return None
        return task, outcome
    late = monotonic() > child.until and child.asleep()
    return (task, overdue(task.shown, child.limits.seconds)) if late else None
