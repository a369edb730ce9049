"""The pages over a small graph written by hand (data/case.ttl), for the tests of the pages."""

from __future__ import annotations

import asyncio
import hashlib
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pyoxigraph as ox
import uvicorn
from fastapi import FastAPI, Request, Response

from api.html import render_problem, render_question, render_questions, render_resource, router
from graph.questions.question import questions

BASE = "http://127.0.0.1:8000"
DATA = Path(__file__).parent / "data"
CASE = "0999/direktionen/2023-03-08/3f2a9c1b7d04.1"

# Titles as hostile as a source may print them: markup, quotes, no blanks, right-to-left marks.
NASTY = {
    "markup": "<script>alert(1)</script><b>Fed</b> & \"citat\" 'apostrof' {{ 7*7 }}",
    "long": "Kommunalbestyrelsesmødeprotokol" * 10,
    "rtl": "Sag \u202e med vendt \u2067tekst og \u05e9\u05dc\u05d5\u05dd",
}

ANSWER: Mapping[str, Any] = {
    "question": {
        "id": "sent-on",
        "title": "Sendt videre",
        "description": "Hvilke sager er sendt videre?",
        "parameters": ["case", "to", "from", "as_of"],
    },
    "parameters": {"case": NASTY["markup"]},
    "asOf": "2023-06-01",
    "storeVersion": "1",
    "columns": [
        {"name": "case", "label": "Sag"},
        {"name": "to", "label": "Til"},
        {"name": "plannedDate", "label": "Dato"},
        {"name": "days", "label": "Dage"},
        {"name": "bodies", "label": "Alle organer i rækkefølge"},
        {"name": "description", "label": "Hvad der blev aftalt"},
    ],
    "rows": [
        {
            "case": {"id": f"{BASE}/id/cases/{CASE}", "label": "Nyt bibliotek ved havnen"},
            "to": {"id": "javascript:alert(1)", "label": NASTY["long"]},
            "plannedDate": "2023-04-12",
            "days": 12,
            "bodies": [{"id": f"{BASE}/id/bodies/0999/{n}", "label": f"Udvalg {n}"} for n in range(3)],
            "description": NASTY["markup"],
            "evidence": [
                {
                    "quote": "Sagen behandles i Hovedudvalget den 12. april",
                    "source": f"{BASE}/sources/ab.txt",
                    "begin": 10,
                    "end": 55,
                    "rule": "route.dated",
                    "confidence": 0.85,
                }
            ],
            "inferred": {"rule": "case.title", "score": 0.8, "reasons": ["Titlerne ligner hinanden"]},
        }
    ],
    "gaps": [
        {"missing": "udfald", "meeting": "Hovedudvalget, 2023-04-12", "source": None, "line": None, "reason": "ukendt"},
        {"missing": "organ", "meeting": None, "source": f"{BASE}/sources/ab", "line": 7, "reason": "ikke oplyst"},
    ],
}

# What a source prints, as the graph holds it.
PRINTED = {
    "http://purl.org/dc/terms/title",
    "http://purl.org/dc/terms/description",
    "http://xmlns.com/foaf/0.1/name",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf",
    *(
        f"https://w3id.org/sagsgraf/def#{name}"
        for name in ("recommends", "routeAsStated", "dateAsStated", "dueAsStated")
    ),
}


class StorePool:
    """Answers the pages' queries from a store in memory, as the workers do: rows of SPARQL JSON terms."""

    def __init__(self, store: ox.Store) -> None:
        self.store = store

    async def select(
        self, query: str, substitutions: Mapping[str, Mapping[str, str]]
    ) -> list[dict[str, dict[str, str]]]:
        """The rows of a query."""
        terms: dict[ox.Variable, ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple] = {
            ox.Variable(name): term_of(value) for name, value in substitutions.items()
        }
        found = self.store.query(query, substitutions=terms)
        assert isinstance(found, ox.QuerySolutions)
        names = [variable.value for variable in found.variables]
        return [
            {name: json_of(term) for name, term in zip(names, row, strict=True) if term is not None} for row in found
        ]


def term_of(value: Mapping[str, str]) -> ox.NamedNode | ox.Literal:
    """A term to ask with."""
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    datatype = ox.NamedNode(value["datatype"]) if "datatype" in value else None
    return ox.Literal(value["value"], datatype=datatype)


def json_of(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> dict[str, str]:
    """A term as SPARQL JSON writes it."""
    assert not isinstance(term, ox.Triple)
    if isinstance(term, ox.Literal):
        more = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": "literal", "value": term.value, **more}
    return {"type": "uri" if isinstance(term, ox.NamedNode) else "bnode", "value": term.value}


def texts() -> dict[str, str]:
    """The sources' texts by hash."""
    read = [path.read_text(encoding="utf-8") for path in sorted(DATA.glob("case-*.txt"))]
    return {hashlib.sha256(text.encode()).hexdigest(): text for text in read}


def store_of_case() -> ox.Store:
    """The graph written by hand, with a case for each nasty title."""
    store = ox.Store()
    store.load(path=str(DATA / "case.ttl"), format=ox.RdfFormat.TURTLE)
    sag, dct = "https://w3id.org/sagsgraf/def#", "http://purl.org/dc/terms/"
    for name, title in NASTY.items():
        case = ox.NamedNode(f"{BASE}/id/cases/0999/direktionen/2023-03-08/{name}")
        kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        store.add(ox.Quad(case, kind, ox.NamedNode(f"{sag}Case")))
        store.add(ox.Quad(case, ox.NamedNode(f"{dct}title"), ox.Literal(title, language="da")))
        store.add(ox.Quad(case, ox.NamedNode(f"{sag}sortKey"), ox.Literal(name)))
    return store


def hostile_store() -> ox.Store:
    """The same graph with a nasty text in the place of everything that a source prints."""
    store, nasty = store_of_case(), list(NASTY.values())
    printed = [quad for quad in store if isinstance(quad.object, ox.Literal) and quad.predicate.value in PRINTED]
    for n, quad in enumerate(sorted(printed, key=str)):
        store.remove(quad)
        text = ox.Literal(nasty[n % len(nasty)], language="da")
        store.add(ox.Quad(quad.subject, quad.predicate, text, quad.graph_name))
    return store


def make_app(store: ox.Store | None = None) -> FastAPI:
    """The pages over a graph, and one route for each of the renderers that other routers use."""
    app = FastAPI()
    app.state.pool = StorePool(store_of_case() if store is None else store)
    app.state.settings = SimpleNamespace(
        base=BASE, data=None, deadline=10.0, contact="data@elmested.dk", licence="", publisher="", log=None, log_days=30
    )
    app.state.sources = SimpleNamespace(text=texts().get)
    app.state.version = "1"
    app.state.questions = questions()
    app.include_router(router)
    for prefix in ("", "/en"):
        app.add_api_route(f"{prefix}/questions", list_questions)
        app.add_api_route(f"{prefix}/questions/{{question_id}}", answer_question)
        app.add_api_route(f"{prefix}/organisations/{{key:path}}", show_person)
        app.add_api_route(f"{prefix}/problem", show_problem)
    return app


async def list_questions(request: Request) -> Response:
    """The list of questions."""
    return render_questions(request, [ANSWER["question"]])


async def answer_question(request: Request, question_id: str) -> Response:
    """The same answer to every question; to `long` a hundred times over."""
    return render_question(request, {**ANSWER, "rows": ANSWER["rows"] * (100 if question_id == "long" else 1)})


async def show_person(request: Request) -> Response:
    """A plain page whose label and values are hostile."""
    row = {"property": {"type": "uri", "value": "http://xmlns.com/foaf/0.1/name"}}
    rows = [{**row, "value": {"type": "literal", "value": title}} for title in NASTY.values()]
    evidence = {"type": "uri", "value": f"{BASE}/sources/ab.txt#char=1,9"}
    rows.append({"property": {"type": "uri", "value": "https://w3id.org/sagsgraf/def#evidence"}, "value": evidence})
    rows.append({**row, "subject": {"type": "uri", "value": f"{BASE}/id/meetings/0999/direktionen/2023-03-08"}})
    return render_resource(request, f"{BASE}/id/people/0999/x", label=NASTY["markup"], statements=rows)


async def show_problem(request: Request) -> Response:
    """A problem."""
    return render_problem(request, 503, title="For travlt", detail=NASTY["long"])


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address that the app answers at while the block runs."""
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="error", lifespan="on"))
    thread = threading.Thread(target=asyncio.run, args=(server.serve(),), daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)
