"""The stations in order: the only place that knows the way from files to a published version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from graph import __version__
from graph.corpus import quads
from graph.dumps import write_dumps
from graph.errors import NoVersionError, SagsgrafError, SourceError
from graph.history import keep_beside
from graph.identity.corrections import correct
from graph.identity.keys import DEVELOPMENT_SECRET, Names
from graph.identity.keys import source as source_iri
from graph.identity.ledger import Correction, Ledger, read_ledger
from graph.intake import Task, files_below, read_all
from graph.model import Minutes, SourceDocument
from graph.municipalities.load import MunicipalitySettings
from graph.room import need_room
from graph.sources import Holdings, file_hash, file_task, holdings, keep, plain_settings, stored_task
from graph.store import Version, current, only_builder, publish, turtle_triples
from graph.terms import turtle_files
from graph.withdrawals import REPLACED, follow_version, read_withdrawals

Progress = Callable[[str, int, int], None]
LEDGER = "links.toml"  # beside the versions: people's decisions, which every build reads first


@dataclass(frozen=True, slots=True)
class Address:
    """What IRIs are made of beside the sources: the base address, and the key behind the persons' keys."""

    base: str = "http://127.0.0.1:8000"
    secret: bytes = DEVELOPMENT_SECRET


@dataclass(slots=True)
class BuildReport:
    """What a build did with each file, by path: built, known and skipped, replaced, the same as another, or refused.

    `withdrawn` are files that `sagsgraf withdraw` took out of the graph and that are not built again;
    `gone` counts the things that are no more.
    `outdated` are the corrections that their source no longer bears out, and that so had no effect.
    """

    version: Version | None = None
    built: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    repeated: list[tuple[str, str]] = field(default_factory=list)
    failed: list[SagsgrafError] = field(default_factory=list)
    withdrawn: list[str] = field(default_factory=list)
    gone: int = 0
    outdated: list[Correction] = field(default_factory=list)


def no_progress(station: str, done: int, total: int) -> None:
    """Tells nobody."""


@dataclass(slots=True)
class Builder:
    """One build: a data folder, what it holds, and what is told of the way."""

    data: Path
    address: Address
    progress: Progress
    held: Holdings
    ledger: Ledger
    report: BuildReport = field(default_factory=BuildReport)

    def gather(self, paths: Iterable[Path], settings: MunicipalitySettings) -> list[Task]:
        """The tasks of the files that are new or changed; missing and withdrawn ones are reported."""
        tasks: list[Task] = []
        withdrawals = read_withdrawals(self.data)
        for path in files_below(paths):
            try:
                task = file_task(path, settings)
            except SourceError as error:
                self.report.failed.append(error)
                continue
            known = self.held.sources.get(task.path)
            if known and known.file_hash == file_hash(task.content) and known.municipality == settings.code:
                self.report.known.append(task.path)
            elif withdrawals.holds(file_hash(task.content)):
                self.report.withdrawn.append(task.path)
            else:
                tasks.append(task)
        return tasks

    def read(self, tasks: list[Task]) -> dict[str, Minutes]:
        """The minutes of all sources by path: those held, and the new ones that can be read."""
        before = [
            stored_task(self.data, row, self.held.municipalities[row.municipality])
            for row in self.held.sources.values()
        ]
        found = self.minutes(before)
        fresh = self.minutes(tasks)
        withdrawals = read_withdrawals(self.data)
        for path in [path for path, minutes in fresh.items() if withdrawals.holds(minutes.source.text_hash)]:
            self.report.withdrawn.append(path)
            del fresh[path]
        for task in tasks:
            if task.path in fresh:
                listed = self.report.replaced if task.path in self.held.sources else self.report.built
                listed.append(task.path)
                self.held.sources[task.path] = keep(self.data, task, fresh[task.path].source)
        return found | fresh

    def minutes(self, tasks: list[Task]) -> dict[str, Minutes]:
        """The minutes of each task that could be read, by path; the errors of the others are reported."""
        found: dict[str, Minutes] = {}
        for n, (task, outcome) in enumerate(read_all(tasks), 1):
            self.progress("læser", n, len(tasks))
            if isinstance(outcome, SagsgrafError):
                self.report.failed.append(outcome)
            else:
                found[task.path] = outcome
        return found

    def corpus(self, read: dict[str, Minutes]) -> list[tuple[Minutes, Names]]:
        """Each text once, under the first of its paths' names, with the names of its municipality."""
        once: dict[str, str] = {}
        for path in sorted(read):
            first = once.setdefault(read[path].source.text_hash, path)
            if first != path and path in (*self.report.built, *self.report.replaced):
                self.report.repeated.append((path, first))
        chosen = {path: self.held.municipalities[self.held.sources[path].municipality] for path in once.values()}
        return [
            (read[path], Names(self.address.base, settings, self.address.secret)) for path, settings in chosen.items()
        ]

    def fingerprint(self) -> str:
        """What the quads depend on beside the sources: code, settings, base, key, and what people decided."""
        settings = {code: plain_settings(s) for code, s in sorted(self.held.municipalities.items())}
        secret = hashlib.sha256(self.address.secret).hexdigest()
        told = [__version__, self.address.base, secret, settings, repr(self.ledger)]
        return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()

    def publish(self, corpus: list[tuple[Minutes, Names]], *, withdrawn: str = "") -> None:
        """Writes and puts in force a version of the corpus; `withdrawn` is the reason where a source was taken out."""
        self.progress("skriver", 0, 1)
        vocabulary = turtle_triples([*turtle_files("ontology")])
        built = datetime.now(UTC).isoformat(timespec="seconds")
        record = {
            **self.held.record(),
            "base": self.address.base,
            "built": built,
            "fingerprint": self.fingerprint(),
            "sagsgraf": __version__,
        }
        self.report.outdated += correct(corpus, self.ledger.corrections).outdated
        lines = quads(corpus, vocabulary, self.address.base, ledger=self.ledger)
        sources = {minutes.source.text_hash: minutes.source for minutes, _ in corpus}
        beside = self.keeper(sources, built, answers_before=not withdrawn)
        self.report.version = publish(self.data, lines, record, beside=beside)
        kind, reason = ("withdrawn", (withdrawn, withdrawn)) if withdrawn else ("removed", REPLACED)
        self.report.gone = sum(
            e.kind == kind for e in follow_version(self.data, self.report.version, gone=kind, reason=reason)
        )
        self.progress("skriver", 1, 1)

    def keeper(
        self, sources: Mapping[str, SourceDocument], built: str, *, answers_before: bool
    ) -> Callable[[Version], None]:
        """What writes the files beside the store of the next version: its answers, the search, and its dumps.

        `answers_before` is False where the answers of the version before may hold what was withdrawn.
        """
        base = self.address.base
        texts = {source_iri(base, text_hash): (s.title, s.text) for text_hash, s in sources.items()}
        try:
            before = current(self.data)
        except NoVersionError:
            before = None
        answers = partial(keep_beside, before=before if answers_before else None, texts=texts, built=built)
        lengths = {text_hash: len(s.text) for text_hash, s in sources.items()}
        dumps = partial(write_dumps, before=before, base=base, lengths=lengths, built=built)

        def beside(version: Version) -> None:
            answers(version)
            dumps(version)

        return beside


def record_before(data: Path) -> dict[str, object]:
    """The record of the version in force; empty where there is none."""
    try:
        return current(data).record
    except NoVersionError:
        return {}


def opened(data: Path, address: Address, progress: Progress = no_progress) -> Builder:
    """A builder of what a data folder holds."""
    return Builder(data, address, progress, holdings(record_before(data)), read_ledger(data / LEDGER))


def build(
    paths: Iterable[Path],
    settings: MunicipalitySettings,
    *,
    data: Path,
    address: Address | None = None,
    progress: Progress = no_progress,
) -> BuildReport:
    """Adds files to the graph under a data folder and publishes a version of all it holds.

    A file that cannot be read is reported and the others are built. Known content is skipped; a changed file from the
    same path replaces what it said before. Where nothing is new, the version in force stays. Raises StoreLockedError
    where another build is under way.
    """
    paths = list(paths)
    with only_builder(data):
        need_room(data, paths)
        before = record_before(data)
        builder = opened(data, address or Address(), progress)
        builder.held.municipalities[settings.code] = settings
        tasks = builder.gather(paths, settings)
        if not tasks and before.get("fingerprint") == builder.fingerprint():
            builder.report.version = current(data)
            follow_version(data, builder.report.version)
            return builder.report
        read = builder.read(tasks)
        if read and (
            builder.report.built or builder.report.replaced or before.get("fingerprint") != builder.fingerprint()
        ):
            builder.publish(builder.corpus(read))
        return builder.report
