"""The house keeps its shape: floors, rooms, names and sizes, as the design's style page sets them."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, URIRef

from graph import model
from graph.terms import CLASSES, PROPERTIES, REUSED, VOCABULARY, expand, turtle_files

ROOT = Path(__file__).parents[1]
TOP = {
    "README.md", "CHANGELOG.md", "LICENSE", "Makefile", "pyproject.toml", "ontology", "graph", "api", "tests", "shapes",
    "examples",
}  # fmt: skip
# A module may import from the floors before its own, and from its own room.
FLOORS = (
    ("graph",), ("graph.errors", "graph.values"), ("graph.terms",), ("graph.model",),
    ("graph.danish", "graph.erasure.rules", "graph.privacy.masks"),
    ("graph.municipalities", "graph.erasure.names", "graph.erasure.search"), ("graph.readers",),
    ("graph.extract",), ("graph.erasure.items",), ("graph.identity", "graph.erasure.standins"),
    ("graph.privacy",), ("graph.triples", "graph.roles", "graph.refusals"),
    ("graph.vocabulary", "graph.corpus", "graph.report", "graph.intake", "graph.ntriples", "graph.spreadsheets"),
    ("graph.statements",),
    ("graph.findings", "graph.constraints", "graph.tables", "graph.store_grammar", "graph.kept_files"),
    ("graph.completeness", "graph.drawing", "graph.statistics", "graph.holding"),
    ("graph.validation", "graph.store", "graph.network", "graph.questions", "graph.search",
     "graph.listed"),
    ("graph.sources", "graph.history", "graph.openness", "graph.own_questions", "graph.datasets", "graph.changelog",
     "graph.erasure.entries"),
    ("graph.dumps", "graph.erasure.withdrawals",
     "graph.room", "graph.clearing", "graph.audit", "graph.build_report", "graph.confined"), ("graph.build",),
    ("graph.erasure.withdrawing", "graph.upkeep", "graph.served"),
    ("graph.masking", "graph.erasure.targets", "graph.erasure.traces"), ("graph.erasure",),
    ("graph.backup",),
    ("api",), ("api.daily_log",),
    ("api.settings", "api.formats", "api.admission", "api.figures", "api.views", "api.nouns", "api.feeds"),
    ("api.problems", "api.dcat", "api.context", "api.listing", "api.revalidation", "api.columns"),
    ("api.schemas", "api.worker_walls"),
    ("api.worker_process", "api.worker_failures", "api.budget", "api.term_writer"), ("api.worker_scratch",),
    ("api.worker_messages",), ("api.worker",),
    ("api.lanes", "api.scratch", "api.worker_results", "api.remote_graphs", "api.remote_place"),
    ("api.workers",), ("api.substitution", "api.adaptation"), ("api.remote",),
    ("api.answers", "api.steps"), ("api.forms", "api.tabular"),
    ("api.metrics", "api.update_scan"), ("api.cache", "api.protocol"), ("api.description",), ("api.sparql",),
    ("api.graph_store", "api.front"), ("api.updates", "api.following", "api.warming"), ("api.running",), ("api.html",),
    ("api.caching", "api.addresses"), ("api.links", "api.gone", "api.describing", "api.indexing"),
    ("api.resources", "api.questions", "api.stream"), ("api.lists",),
    ("api.vocabulary", "api.catalogue", "api.discovery", "api.stream_feed"),
    ("api.searching", "api.things", "api.network", "api.exports", "api.openapi"),
    ("api.rest", "api.portal", "api.gathering", "api.restricted"), ("api.serving",), ("api.app",), ("api.commands",),
    ("api.cli",),
)  # fmt: skip
ROOMS_OF_LIBRARIES = {
    "pyoxigraph": ("graph.store", "api.worker"),
    "networkx": ("graph.network",),
    "pyshacl": ("graph.validation",),
    "fastapi": ("api.",),
    "uvicorn": ("api.",),
    "typer": ("api.",),
    "jinja2": ("api.",),
    "spacy": ("graph.extract.spacy_annotator",),
}
NO_RDFLIB = (
    "graph.errors",
    "graph.model",
    "graph.danish",
    "graph.readers",
    "graph.extract",
    "graph.identity",
    "graph.municipalities",
)
UNUSED_WORDS = {
    "data",
    "info",
    "manager",
    "handler",
    "processor",
    "util",
    "utils",
    "helper",
    "helpers",
    "misc",
    "common",
}


def modules() -> list[Path]:
    """Every module of the two packages."""
    return sorted(p for package in ("graph", "api") for p in (ROOT / package).rglob("*.py"))


def dotted(path: Path) -> str:
    """A module's dotted name."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(tree: ast.AST) -> Iterator[str]:
    """The modules that a module imports."""
    for found in ast.walk(tree):
        if isinstance(found, ast.Import):
            yield from (name.name for name in found.names)
        elif isinstance(found, ast.ImportFrom):
            assert found.level == 0, "relative import"
            module = found.module or ""
            yield from (f"{module}.{name.name}" if module in ("graph", "api") else module for name in found.names)


def room(module: str) -> str | None:
    """The room of the house that a module stands in."""
    rooms = [r for floor in FLOORS for r in floor if module == r or module.startswith(f"{r}.")]
    return max(rooms, key=len) if rooms else None


def floor(module: str) -> int:
    """The number of a module's floor, counted from the ground."""
    own = room(module)
    return next(n for n, rooms in enumerate(FLOORS) if own in rooms)


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_imports_go_down(path: Path) -> None:
    own = dotted(path)
    assert own in ("graph", "api") or room(own) not in ("graph", "api"), f"{own} stands in no room: add it to FLOORS"
    for target in imports(ast.parse(path.read_text("utf-8"))):
        if target.split(".")[0] in ("graph", "api"):
            inside = room(target) == room(own) and room(own) not in ("graph", "api")
            assert inside or floor(target) < floor(own), f"{own} imports {target} from its own floor or above"


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_libraries_stay_in_their_rooms(path: Path) -> None:
    own = dotted(path)
    for target in imports(ast.parse(path.read_text("utf-8"))):
        library = target.split(".")[0]
        allowed = ROOMS_OF_LIBRARIES.get(library)
        assert allowed is None or own.startswith(allowed), f"{own} imports {library}"
        assert library != "rdflib" or not own.startswith(NO_RDFLIB), f"{own} imports rdflib"


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_modules_and_functions_are_small(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 300
    for found in ast.walk(ast.parse(text)):
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (found.end_lineno or 0) - found.lineno + 1
            assert length <= 60, f"{found.name} has {length} lines"
            inner = [n for n in ast.walk(found) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inner, f"{found.name} imports inside"
    assert "TYPE_CHECKING" not in text


@pytest.mark.parametrize("path", modules(), ids=dotted)
def test_public_names_say_what_they_are(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    assert ast.get_docstring(tree), "the module has no docstring"
    assert not UNUSED_WORDS & set(path.stem.split("_"))
    for found in tree.body:
        if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            words = set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", found.name).lower().split("_"))
            assert not UNUSED_WORDS & words, found.name
            assert found.name.startswith("_") or ast.get_docstring(found), f"{found.name} has no docstring"


def test_catch_all_only_at_the_edges() -> None:
    for path in modules():
        for found in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(found, ast.ExceptHandler):
                names = [n.id for n in ast.walk(found.type) if isinstance(n, ast.Name)] if found.type else ["Exception"]
                caught = {"Exception", "BaseException"} & set(names)
                assert not caught or dotted(path) in ("api.problems", "api.cli", "api.worker_process"), dotted(path)


def test_top_level_holds_nothing_else() -> None:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    seen = {line.split("/")[0] for line in listed if line and not line.startswith(".")}
    assert seen <= TOP


def test_terms_are_those_of_the_ontology() -> None:
    ontology = Graph()
    for path in turtle_files("ontology"):
        ontology.parse(path)
    classes = {str(s) for s in ontology.subjects(RDF.type, OWL.Class) if str(s).startswith(VOCABULARY)}
    kinds = (OWL.ObjectProperty, OWL.DatatypeProperty)
    properties = {str(s) for kind in kinds for s in ontology.subjects(RDF.type, kind) if str(s).startswith(VOCABULARY)}
    assert classes == {VOCABULARY + name for name in CLASSES}
    assert properties == {VOCABULARY + name for name in PROPERTIES}
    assert (URIRef(VOCABULARY.rstrip("#")), RDF.type, OWL.Ontology) in ontology


def test_model_is_named_by_the_vocabulary() -> None:
    reused = {"Claim", "Evidence", "Minutes"}  # nif:RFC5147String; what a claim is; the record of one source as a whole
    plural = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() + "s" for name in CLASSES}
    known = {re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower() for name in PROPERTIES}
    for name, kind in vars(model).items():
        if is_dataclass(kind) and kind.__module__ == model.__name__:
            assert name in reused or name in CLASSES, name
            for part in fields(kind):
                assert part.name in known | plural or expand(REUSED[part.name]), f"{name}.{part.name}"


def test_wheel_holds_the_two_packages_and_every_turtle_file(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(tmp_path), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(next(tmp_path.glob("*.whl"))) as wheel:
        names = wheel.namelist()
    assert {n.split("/")[0] for n in names if ".dist-info" not in n} == {"graph", "api"}
    for folder in ("ontology", "shapes"):
        for path in turtle_files(folder):
            assert f"graph/_data/{path.relative_to(ROOT).as_posix()}" in names
    assert any(n.startswith("api/pages/static/fonts/") and n.endswith(".woff2") for n in names)
    assert {p.name for p in (ROOT / "graph/questions").glob("*.rq")} <= {n.rpartition("/")[2] for n in names}
