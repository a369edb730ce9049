"""The stations in order: the only place that knows the way from files to a published version."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from graph import __version__
from graph.audit import note_published
from graph.build_report import BuildReport as BuildReport
from graph.clearing import clear
from graph.confined import confine
from graph.corpus import quads
from graph.dumps import write_dumps
from graph.erasure.entries import read_entries
from graph.erasure.rules import Entry, Rules, rules_of
from graph.erasure.withdrawals import REPLACED, follow_version, read_withdrawals
from graph.errors import NoVersionError, SagsgrafError, SourceError
from graph.extract.annotators import Model
from graph.history import keep_beside
from graph.identity.corrections import correct
from graph.identity.keys import DEVELOPMENT_SECRET, Names
from graph.identity.keys import source as source_iri
from graph.identity.ledger import Ledger, read_ledger
from graph.identity.local_codes import settings_for
from graph.intake import Task, files_below, read_all
from graph.model import Minutes, SourceDocument
from graph.municipalities.load import MunicipalitySettings
from graph.network.drawn import keep_map
from graph.network.keeping import FORM as NETWORK_FORM
from graph.network.keeping import keep_network
from graph.openness import keep_shifts
from graph.own_questions import known_questions
from graph.privacy.closed import newly_closed
from graph.privacy.profiles import profile_of, serves_texts
from graph.privacy.reviewed import Reviewed, read_reviewed
from graph.room import need_room
from graph.search import FORM as SEARCH_FORM
from graph.sources import (
    Holdings,
    file_hash,
    file_task,
    holdings,
    keep,
    plain_settings,
    record_before,
    settled,
    stored_task,
)
from graph.store import Reader, Version, current, nothing_beside, only_builder, publish, turtle_triples
from graph.terms import turtle_files

Progress = Callable[[str, int, int], None]
LEDGER = "links.toml"  # beside the versions: people's decisions, which every build reads first


@dataclass(frozen=True, slots=True)
class Address:
    """What IRIs are made of beside the sources: the base address, and the key behind the persons' keys.

    `questions` is a folder of own questions, whose answers are kept beside ours; `links` the file of what people
    decided, LEDGER under the data folder where none is named. `profile` is how far the graph tells of people and texts;
    without one it is that of the version before. `model` may add to what the rules read.
    """

    base: str = "http://127.0.0.1:8000"
    secret: bytes = DEVELOPMENT_SECRET
    questions: Path | None = None
    links: Path | None = None
    profile: str = ""
    model: Model | None = None

    def ledger(self, data: Path) -> Path:
        """The file of what people decided about links and corrected in facts."""
        return self.links or data / LEDGER


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
    reviewed: Reviewed
    profile: str
    erased: list[Entry]
    report: BuildReport = field(default_factory=BuildReport)
    hidden: bool = False  # whether something that was shown may be shown no more
    more: Callable[[Version], None] = nothing_beside  # writes further files beside the next version's store

    def rules(self, code: str) -> Rules:
        """What was erased and may not be said in the sources of a municipality."""
        return rules_of(self.erased, self.address.secret, municipality=code)

    def gather(self, paths: Iterable[Path], settings: MunicipalitySettings) -> list[Task]:
        """The tasks of the files that are new or changed; missing and withdrawn ones are reported."""
        tasks: list[Task] = []
        withdrawals = read_withdrawals(self.data)
        rules = self.rules(settings.code)
        for path in files_below(paths):
            try:
                task = file_task(path, settings, rules=rules)
            except SourceError as error:
                self.report.failed.append(error)
                continue
            known = self.held.sources.get(task.path)
            given = file_hash(task.content)
            if known and known.is_of(given, self.address.secret) and known.municipality == settings.code:
                self.report.known.append(task.path)
            elif withdrawals.holds(given):
                self.report.withdrawn.append(task.path)
            else:
                tasks.append(task)
        return tasks

    def read(self, tasks: list[Task]) -> dict[str, Minutes]:
        """The minutes of all sources by path: those held, and the new ones that can be read."""
        before = self.tasks_before()
        found = {path: self.held.sources[path].restored(m) for path, m in self.minutes(before).items()}
        for task in before:
            known = self.held.sources[task.path]
            if task.path in found and not known.holds(found[task.path].source):
                row = keep(self.data, task, source=found[task.path].source, secret=self.address.secret)
                self.held.sources[task.path] = replace(row, given=known.given or row.given)
                self.hidden = True
        fresh = self.minutes(tasks)
        withdrawals = read_withdrawals(self.data)
        for path in [path for path, minutes in fresh.items() if withdrawals.holds(minutes.source.text_hash)]:
            self.report.withdrawn.append(path)
            del fresh[path]
        for task in tasks:
            if task.path in fresh:
                self.hidden |= task.path in found and newly_closed(found[task.path], fresh[task.path])
                self.listed(task.path, fresh[task.path].source.text_hash).append(task.path)
                source = fresh[task.path].source
                self.held.sources[task.path] = keep(self.data, task, source=source, secret=self.address.secret)
        return found | fresh

    def tasks_before(self) -> list[Task]:
        """The tasks of the sources held, each under a path and title that do not say what was erased."""
        told = self.held.municipalities
        rules = {code: self.rules(code) for code in told}
        self.held = self.held.without(rules)
        rows = self.held.sources.values()
        return [stored_task(self.data, s, told[s.municipality], rules=rules[s.municipality]) for s in rows]

    def listed(self, path: str, text_hash: str) -> list[str]:
        """The list of the report that a file belongs on which was read; one masked as before is known by its text."""
        before = self.held.sources.get(path)
        if before is None:
            return self.report.built
        return self.report.known if before.text_hash == text_hash else self.report.replaced

    def minutes(self, tasks: list[Task]) -> dict[str, Minutes]:
        """The minutes of each task that could be read, by path; the errors of the others are reported."""
        found: dict[str, Minutes] = {}
        ready = [replace(task, reviewed=self.reviewed, profile=self.profile) for task in tasks]
        for n, (task, outcome) in enumerate(read_all(ready, model=self.address.model), 1):
            self.progress("læser", n, len(tasks))
            if isinstance(outcome, SagsgrafError):
                self.report.failed.append(outcome)
            else:
                found[task.path] = settled(task, outcome)
        return found

    def corpus(self, read: dict[str, Minutes]) -> list[tuple[Minutes, Names]]:
        """Each text once, under the first of its paths' names, with the names of its municipality."""
        once: dict[str, str] = {}
        for path in sorted(read):
            first = once.setdefault(read[path].source.text_hash, path)
            if first != path and path in (*self.report.built, *self.report.replaced):
                self.report.repeated.append((path, first))
        chosen = {path: self.held.municipalities[self.held.sources[path].municipality] for path in once.values()}
        base, secret = self.address.base, self.address.secret
        return [
            (read[path], Names(base, settings_for(read[path], settings), secret)) for path, settings in chosen.items()
        ]

    def fingerprint(self) -> str:
        """What the quads depend on beside the sources: code, settings, base, key, and what people decided."""
        settings = {code: plain_settings(s) for code, s in sorted(self.held.municipalities.items())}
        secret = hashlib.sha256(self.address.secret).hexdigest()
        told = [__version__, self.address.base, secret, settings, repr(self.ledger), NETWORK_FORM, SEARCH_FORM]
        told += [self.profile, repr(self.reviewed), repr(self.erased)]
        told += [self.address.model.fingerprint()] if self.address.model else []
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
            "profile": self.profile,
            "sagsgraf": __version__,
        }
        self.report.outdated += correct(corpus, self.ledger.corrections).outdated
        lines = quads(corpus, vocabulary, self.address.base, ledger=self.ledger)
        sources = {minutes.source.text_hash: minutes.source for minutes, _ in corpus}
        beside = self.keeper(sources, built, answers_before=not (withdrawn or self.hidden))
        self.report.version = publish(self.data, lines, record, beside=beside)
        kind, reason = ("withdrawn", (withdrawn, withdrawn)) if withdrawn else ("removed", REPLACED)
        self.report.gone = sum(
            e.kind == kind for e in follow_version(self.data, self.report.version, gone=kind, reason=reason)
        )
        if self.hidden:
            clear(self.data)
        note_published(self.data, self.report.version.number)
        self.progress("skriver", 1, 1)

    def keeper(
        self, sources: Mapping[str, SourceDocument], built: str, *, answers_before: bool
    ) -> Callable[[Version], None]:
        """What writes the files beside the store of the next version: its answers, the search, and its dumps.

        `answers_before` is False where the answers of the version before may hold what was withdrawn.
        """
        base = self.address.base
        whole = serves_texts(self.profile)
        texts = {source_iri(base, key): (s.title, s.text if whole else "") for key, s in sources.items()}
        try:
            before = current(self.data)
        except NoVersionError:
            before = None
        known = known_questions(self.address.questions)
        answers = partial(keep_beside, before=before if answers_before else None, texts=texts, built=built, known=known)
        lengths = {text_hash: len(s.text) for text_hash, s in sources.items()}
        dumps = partial(write_dumps, before=before, base=base, lengths=lengths, built=built)

        def beside(version: Version) -> None:
            answers(version)
            keep_shifts(version, before, built=built)
            dumps(version)
            self.more(version)
            keep_network(version.folder, Reader.open(version).select)
            keep_map(version.folder, Reader.open(version).select)

        return beside


def opened(data: Path, address: Address, progress: Progress = no_progress) -> Builder:
    """A builder of what a data folder holds."""
    before = record_before(data)
    was = str(before.get("profile", ""))
    profile, reviewed = profile_of(address.profile, was), read_reviewed(data)
    confine(data, profile, before=was)
    ledger, erased = read_ledger(address.ledger(data)), read_entries(data, address.secret)
    builder = Builder(data, address, progress, holdings(before), ledger, reviewed, profile, erased)
    builder.hidden = bool(was) and was != profile
    return builder


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
            note_published(data, builder.report.version.number)
            return builder.report
        read = builder.read(tasks)
        if read and (
            builder.report.built or builder.report.replaced or before.get("fingerprint") != builder.fingerprint()
        ):
            builder.publish(builder.corpus(read))
        return builder.report
