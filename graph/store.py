"""The store: numbered versions on disk, each read-only once published, and the name of the one in force.

`DATA/sources/` holds the files as read and the texts as served, `DATA/versions/<n>/` an Oxigraph store with its record,
`DATA/CURRENT` the number in force, replaced by rename. A version is written under another name and renamed when it is
whole, so that a build that is killed leaves nothing visible.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from graph.errors import NoVersionError, StoreLockedError, VocabularyError
from graph.holding import remove_unheld

KEPT = 2
GENID = "https://w3id.org/sagsgraf/.well-known/genid/"

Term = Mapping[str, str]
RdfTerm = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple


@dataclass(frozen=True, slots=True)
class Version:
    """One published version: its number, its folder and its record."""

    number: int
    folder: Path

    @property
    def store(self) -> Path:
        """The folder of the Oxigraph store."""
        return self.folder / "store"

    @property
    def record(self) -> dict[str, object]:
        """What was built, from which sources, with which settings, and when."""
        loaded: dict[str, object] = json.loads((self.folder / "record.json").read_text("utf-8"))
        return loaded


def versions(data: Path) -> list[Version]:
    """The published versions under a data folder, oldest first."""
    folder = data / "versions"
    numbers = (int(p.name) for p in folder.iterdir() if p.name.isdigit()) if folder.is_dir() else iter(())
    return [Version(n, folder / str(n)) for n in sorted(numbers)]


def current(data: Path) -> Version:
    """The version in force; raises NoVersionError where nothing has been built."""
    number = number_in_force(data)
    if number is None:
        raise no_version(data)
    version = Version(number, data / "versions" / str(number))
    if not version.store.is_dir():
        raise no_version(data)
    return version


def no_version(data: Path) -> NoVersionError:
    """The error that tells how to build a first version."""
    return NoVersionError(
        f"{data}: her er ingen graf endnu. Byg en med: sagsgraf build MAPPE --municipality KODE --data {data}",
        english=f"{data}: no graph here yet. Build one with: sagsgraf build FOLDER --municipality CODE --data {data}",
    )


@contextmanager
def only_builder(data: Path) -> Iterator[None]:
    """Holds the data folder's lock while one builder works; raises StoreLockedError where another one does."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "LOCK").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreLockedError(
                f"{data}: en anden bygning er i gang. Vent, til den er færdig.",
                english=f"{data}: another build is under way. Wait until it is done.",
            ) from None
        yield


def nothing_beside(version: Version) -> None:
    """Writes no files beside the store."""


def publish(
    data: Path,
    quads: Iterable[str],
    record: Mapping[str, object],
    *,
    beside: Callable[[Version], None] = nothing_beside,
) -> Version:
    """Writes a new version from lines of N-Quads and puts it in force; the last two are kept, and what is being read.

    `beside` writes files beside the store before the version is whole; it gets the version where it lies until then.
    """
    folder = data / "versions"
    folder.mkdir(parents=True, exist_ok=True)
    for leftover in folder.glob("*.part"):
        shutil.rmtree(leftover)
    number = max((v.number for v in versions(data)), default=0) + 1
    clear_unused(data)
    part = folder / f"{number}.part"
    part.mkdir()
    lines = part / "quads.nq"
    with lines.open("w", encoding="utf-8") as out:
        out.writelines(quads)
    reached("written")
    store = pyoxigraph.Store(str(part / "store"))
    store.bulk_load(path=str(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    store.flush()
    del store
    lines.unlink()
    reached("loaded")
    beside(Version(number, part))
    write_whole(part / "record.json", json.dumps(record, ensure_ascii=False, indent=1, sort_keys=True))
    synchronise(part)
    version = Version(number, folder / str(number))
    part.rename(version.folder)
    synchronise(folder)
    reached("renamed")
    before = number_in_force(data)
    write_whole(data / "CURRENT", str(number))
    reached("in force")
    for old in versions(data)[: -KEPT + 1]:
        if old.number != before:  # where a service goes over to the new one, and what runs may end
            remove_unheld(old.folder)  # what is still being read is removed by a later building
    return version


def clear_unused(data: Path) -> None:
    """Removes what killed builders and slow readers left: all but the version in force and the newest before it."""
    in_force = number_in_force(data)
    before = max((v.number for v in versions(data) if in_force and v.number < in_force), default=None)
    for version in versions(data):
        if in_force and version.number not in (in_force, before):
            remove_unheld(version.folder)


def reached(point: str) -> None:
    """Nothing. The points on the way to a published version have names, so that tests can kill the builder there."""


def number_in_force(data: Path) -> int | None:
    """The number that CURRENT names, whether or not there is such a version."""
    try:
        return int((data / "CURRENT").read_text("ascii"))
    except (FileNotFoundError, ValueError):
        return None


def write_whole(path: Path, content: str | bytes) -> None:
    """Writes a file so that a reader finds the old one or the new one, never a part; a text in UTF-8."""
    part = path.with_name(path.name + ".part")
    with part.open("wb") as out:
        out.write(content.encode("utf-8") if isinstance(content, str) else content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(path)
    synchronise(path.parent)


def synchronise(folder: Path) -> None:
    """Sees that a folder's entries are on disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def statements(version: Version) -> Iterator[tuple[str, str, str, str]]:
    """Every quad of a version as terms of N-Quads, in no steady order; the default graph's name is empty."""
    for quad in pyoxigraph.Store.read_only(str(version.store)):
        graph_name = "" if isinstance(quad.graph_name, pyoxigraph.DefaultGraph) else str(quad.graph_name)
        yield str(quad.subject), str(quad.predicate), str(quad.object), graph_name


def quads(version: Version) -> Iterator[str]:
    """Every quad of a version as a line of N-Quads, in no steady order."""
    for s, p, o, graph_name in statements(version):
        yield f"{s} {p} {o} {graph_name} .\n" if graph_name else f"{s} {p} {o} .\n"


@dataclass(frozen=True, slots=True)
class Reader:
    """Answers our own questions over one version, in this process and without limits: for the command line alone."""

    store: pyoxigraph.Store

    @classmethod
    def open(cls, version: Version) -> Reader:
        """A reader of a published version."""
        return cls(pyoxigraph.Store.read_only(str(version.store)))

    def select(self, query: str, bindings: Mapping[str, Term] | None = None) -> list[dict[str, Term]]:
        """The rows of a SELECT as SPARQL-JSON terms; the bindings replace projected variables."""
        substitutions: dict[pyoxigraph.Variable, RdfTerm] = {
            pyoxigraph.Variable(name): from_json(term) for name, term in (bindings or {}).items()
        }
        answer = self.store.query(query, substitutions=substitutions)
        if not isinstance(answer, pyoxigraph.QuerySolutions):
            raise TypeError("a SELECT query was expected")
        found = json.loads(answer.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b"{}")
        rows: list[dict[str, Term]] = found["results"]["bindings"]
        return rows


def from_json(term: Term) -> RdfTerm:
    """A SPARQL-JSON term as the engine's own; raises ValueError for an IRI that is none."""
    if term["type"] == "uri":
        return pyoxigraph.NamedNode(term["value"])
    if "xml:lang" in term:
        return pyoxigraph.Literal(term["value"], language=term["xml:lang"])
    if "datatype" in term:
        return pyoxigraph.Literal(term["value"], datatype=pyoxigraph.NamedNode(term["datatype"]))
    return pyoxigraph.Literal(term["value"])


def turtle_triples(paths: Iterable[Path]) -> list[tuple[str, str, str]]:
    """The triples of Turtle files as N-Triples terms, blank nodes by IRI; VocabularyError where one is broken."""
    dataset = pyoxigraph.Dataset()
    for path in paths:
        try:
            for quad in pyoxigraph.parse(path=str(path), format=pyoxigraph.RdfFormat.TURTLE):
                dataset.add(quad)
        except SyntaxError as error:
            raise VocabularyError(
                f"Turtle-filen kan ikke læses: {error.msg}",
                english=f"the Turtle file cannot be read: {error.msg}",
                path=str(path),
                line=error.lineno,
            ) from None
    dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
    return sorted((skolem(q.subject), str(q.predicate), skolem(q.object)) for q in dataset)


def skolem(term: object) -> str:
    """A term as text; a blank node gets an IRI (RDF 1.1, section 3.5), for the engine renames blank nodes."""
    return f"<{GENID}{term.value}>" if isinstance(term, pyoxigraph.BlankNode) else str(term)


EXPORTS = {
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
}


def export(version: Version, form: str, prefixes: Mapping[str, str]) -> Iterator[str]:
    """A version in one of the `EXPORTS`, in pieces: N-Quads and TriG with all graphs, the others the default graph.

    N-Quads and N-Triples come sorted, so that equal graphs are equal files.
    """
    if form == "nquads":
        yield from sorted(quads(version))
        return
    store = pyoxigraph.Store.read_only(str(version.store))
    if form == "ntriples":
        yield from sorted(f"{q.subject} {q.predicate} {q.object} .\n" for q in default_quads(store))
        return
    whole = EXPORTS[form].supports_datasets and form == "trig"
    graph_name = None if whole else pyoxigraph.DefaultGraph()
    dumped = store.dump(format=EXPORTS[form], from_graph=graph_name, prefixes=dict(prefixes))
    yield (dumped or b"").decode("utf-8")


def converted(lines: Iterable[str], form: str, prefixes: Mapping[str, str]) -> bytes:
    """Lines of N-Quads in one of the `EXPORTS`, in their order; forms without graphs take the default graph's lines."""
    parsed = pyoxigraph.parse("".join(lines), format=pyoxigraph.RdfFormat.N_QUADS)
    kind = EXPORTS[form]
    if kind.supports_datasets:
        return pyoxigraph.serialize(parsed, format=kind, prefixes=dict(prefixes)) or b""
    return pyoxigraph.serialize((q.triple for q in parsed), format=kind, prefixes=dict(prefixes)) or b""


def default_quads(store: pyoxigraph.Store) -> Iterator[pyoxigraph.Quad]:
    """The quads of the default graph."""
    return store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())


def merged(version: Version) -> str:
    """The default graph of a version as N-Triples text: what shapes are checked against."""
    store = pyoxigraph.Store.read_only(str(version.store))
    return "".join(f"{q.subject} {q.predicate} {q.object} .\n" for q in default_quads(store))
