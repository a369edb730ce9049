"""Queries made up by chance over a small graph, and what engines are known to answer in other ways, with the reason."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from rdflib import Graph, Literal, URIRef

E = "http://eksempel.dk/"
XSD = "http://www.w3.org/2001/XMLSchema#"
Row = tuple[tuple[str, str], ...]
_TITLES = ("Årsrapport", "Ældreområdet", "Budget 2024", "øvrige sager", "Budgetopfølgning", "Åben skole")


def _graph() -> Iterator[str]:
    for n, title in enumerate(_TITLES):
        case = f"<{E}sag{n}>"
        yield f"{case} <{E}type> <{E}Sag> ."
        yield f'{case} <{E}titel> "{title}" .'
        yield f'{case} <{E}nummer> "{n * 3 % 7}"^^<{XSD}integer> .'
        yield f'{case} <{E}dato> "2024-0{n % 5 + 1}-1{n}"^^<{XSD}date> .'
        yield f"{case} <{E}naeste> <{E}sag{(n + 1) % len(_TITLES)}> ."
        yield f"{case} <{E}organ> <{E}organ{n % 3}> ."
        if n % 2:
            yield f'{case} <{E}note> "bemærkning {n}" .'
    for n in range(3):
        yield f"<{E}organ{n}> <{E}type> <{E}Organ> ."
        yield f'<{E}organ{n}> <{E}navn> "Udvalget {n}" .'


GRAPH = "\n".join(_graph()) + "\n"

_PATTERNS = (
    "?sag e:type e:Sag",
    "?sag e:titel ?titel",
    "?sag e:nummer ?nummer",
    "?sag e:dato ?dato",
    "?sag e:naeste ?anden",
    "?sag e:organ ?organ",
    "?sag e:note ?note",
    "?organ e:navn ?navn",
    "?sag e:naeste/e:organ ?tredje",
    "?anden ^e:naeste ?sag",
)
_FILTERS = (
    "?nummer > 2",
    "?nummer IN (1, 3, 5)",
    "CONTAINS(?titel, 'a')",
    "STRSTARTS(?titel, 'Å')",
    "REGEX(?titel, '^[BÅ]')",
    "BOUND(?note)",
    "!BOUND(?note)",
    "?dato >= '2024-02-01'^^xsd:date",
    "YEAR(?dato) = 2024",
    "MONTH(?dato) < 3",
    "?sag != ?anden",
    "STRLEN(?titel) > 10",
    "LCASE(?titel) = 'årsrapport'",
    "isIRI(?organ)",
    "EXISTS { ?sag e:note ?enhver }",
    "NOT EXISTS { ?sag e:note ?enhver }",
    "COALESCE(?nummer, 0) < 4 || ?nummer = 5",
)
_BINDS = (
    "BIND(?nummer + 1 AS ?mere)",
    "BIND(STRLEN(?titel) AS ?mere)",
    "BIND(UCASE(?titel) AS ?mere)",
    "BIND(CONCAT(?titel, ' – ', STR(?nummer)) AS ?mere)",
    "BIND(IF(?nummer > 3, 'stor', 'lille') AS ?mere)",
    "BIND(STR(?sag) AS ?mere)",
    "BIND(SUBSTR(?titel, 2, 4) AS ?mere)",
    "BIND(REPLACE(?titel, 'e', 'æ') AS ?mere)",
)
_GROUPS = (
    "OPTIONAL {{ {0} }}",
    "OPTIONAL {{ {0} . {1} }}",
    "{{ {0} }} UNION {{ {1} }}",
    "MINUS {{ {0} }}",
    "{{ SELECT DISTINCT ?sag {{ {0} }} }}",
    "VALUES ?organ {{ e:organ0 e:organ2 }}",
)
_AGGREGATES = ("COUNT(*)", "COUNT(DISTINCT ?organ)", "SUM(?nummer)", "MIN(?titel)", "MAX(?nummer)", "MIN(?dato)")

Answered = list[Row] | str


@dataclass(frozen=True)
class Known:
    """An engine's other answer: to which queries, what it looks like, and why it is so."""

    engine: str
    pattern: str
    seen: Callable[[list[Row], Answered], bool]
    reason: str


KNOWN = (
    Known(
        "rdflib",
        r"GROUP BY",
        lambda ours, its: ours == [] and its == [()],
        "grouping no rows gives no group; rdflib 7.6 gives one without a key",
    ),
    Known(
        "virtuoso",
        r"(YEAR|MONTH)\(\?dato\)",
        lambda _, its: isinstance(its, str) and "DT001" in its,
        "a function of an unbound date is an error in the filter, which then is false; Virtuoso fails the whole query",
    ),
    Known(
        "virtuoso",
        r"MINUS \{ \?organ e:navn \?navn \}",
        lambda ours, its: its == [] != ours,
        "MINUS of solutions that share no variable takes nothing away; Virtuoso takes everything",
    ),
    Known(
        "virtuoso",
        r"\{ SELECT DISTINCT \?sag \{ \?organ e:navn \?navn \} \}",
        lambda ours, its: its == [] != ours,
        "an unbound variable of a sub-query joins with any value; Virtuoso joins it as a null that equals nothing",
    ),
    Known(
        "virtuoso",
        r"CONCAT\(\?titel, ' – '",
        lambda _, its: "Ã" in str(its),
        "CONCAT of two texts that both hold letters beyond ASCII: Virtuoso encodes one of them twice",
    ),
)


def reason_for(engine: str, query: str, *, ours: list[Row], its: Answered) -> str:
    """Why an engine is known to answer a query so, or ""."""
    for known in KNOWN:
        if known.engine == engine and re.search(known.pattern, query) and known.seen(ours, its):
            return known.reason
    return ""


def made_queries(number: int, seed: int = 1965) -> Iterator[str]:
    """So many queries, the same for the same seed."""
    chosen = random.Random(seed)
    for _ in range(number):
        yield f"PREFIX e: <{E}> PREFIX xsd: <{XSD}> {_query(chosen)}"


def _query(chosen: random.Random) -> str:
    body = " . ".join(["?sag e:titel ?titel . ?sag e:nummer ?nummer", *chosen.sample(_PATTERNS, chosen.randint(1, 3))])
    if chosen.random() < 0.6:
        body += " " + chosen.choice(_GROUPS).format(*chosen.sample(_PATTERNS, 2))
    if chosen.random() < 0.4:
        body += " " + chosen.choice(_BINDS)
    for condition in chosen.sample(_FILTERS, chosen.randint(0, 2)):
        body += f" FILTER({condition})"
    if chosen.random() < 0.25:
        counted = chosen.choice(_AGGREGATES)
        having = " HAVING (COUNT(*) > 1)" if chosen.random() < 0.3 else ""
        return f"SELECT ?organ ({counted} AS ?n) {{ {body} . ?sag e:organ ?organ }} GROUP BY ?organ{having}"
    distinct = "DISTINCT " if chosen.random() < 0.4 else ""
    names = ["?sag", *chosen.sample(["?titel", "?nummer", "?organ", "?note", "?mere", "?anden"], chosen.randint(1, 3))]
    return f"SELECT {distinct}{' '.join(names)} {{ {body} }}"


def rows_of(body: bytes) -> list[Row]:
    """The rows of a JSON answer, sorted, each a sorted list of variable and term."""
    bindings = json.loads(body)["results"]["bindings"]
    return sorted(tuple(sorted((name, _term(term)) for name, term in row.items())) for row in bindings)


def rows_of_rdflib(dataset: Graph, query: str) -> list[Row]:
    """The rows that rdflib gives."""
    found = []
    for row in dataset.query(query).bindings:
        terms = {}
        for name, term in row.items():
            if isinstance(term, URIRef):
                terms[str(name)] = {"type": "uri", "value": str(term)}
            elif isinstance(term, Literal):
                terms[str(name)] = {"type": "literal", "value": str(term), "datatype": str(term.datatype or "")}
        found.append(tuple(sorted((name, _term(term)) for name, term in terms.items())))
    return sorted(found)


def _term(term: dict[str, str]) -> str:
    """A term as text; numbers by value, so that 3 and 3.0 are one."""
    if term["type"] == "uri":
        return f"<{term['value']}>"
    if term.get("datatype", "").endswith(("integer", "decimal", "double", "int")):
        try:
            return str(Decimal(term["value"]).normalize())
        except InvalidOperation:
            return term["value"]
    return json.dumps(term["value"], ensure_ascii=False)
