"""A thing as data, bounded: what stands at its own address, the sentences behind it, and what points to it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from fastapi import Request

from api.formats import Format
from api.html import iri, query
from api.workers import QueryRequest
from graph.questions.placing import placed
from graph.store import converted
from graph.terms import PREFIXES, expand
from graph.triples.literals import plain, text

BACKLINKS = 100
LABEL = f"<{expand('rdfs:label')}>"
Term = Mapping[str, str]


async def described(request: Request, thing: str, page: int) -> tuple[list[str], bool]:
    """The description of a thing as sorted lines of N-Triples, and whether more points to it than this page tells.

    There are no lines where the graph knows nothing of it. The first page holds the thing's own statements, too.
    """
    known = f"<{thing}>"
    lines: set[str] = set()
    select = request.app.state.pool.select
    asked = query("describe-back").replace("OFFSET 0", f"OFFSET {(page - 1) * BACKLINKS:d}")
    asking = [select(asked, {"thing": iri(thing)})]
    if page == 1:
        asking.append(select(placed(query("describe-own"), {"thing": iri(thing), "text": iri(f"{thing}.txt")})))
    rows, *own = await asyncio.gather(*asking)  # the one is worked on while the other is read
    for row in own[0] if own else []:
        subject = written(row["s"]) if "s" in row else known
        lines.add(f"{subject} {written(row['p']) if 'p' in row else LABEL} {written(row['o'])} .\n")
    places = list(dict.fromkeys((row["s"]["value"], row["p"]["value"]) for row in rows))
    shown = set(places[:BACKLINKS])
    for row in rows:
        if (row["s"]["value"], row["p"]["value"]) in shown:
            lines.add(f"{written(row['s'])} {written(row['p'])} {known} .\n")
            if "label" in row:
                lines.add(f"{written(row['s'])} {LABEL} {written(row['label'])} .\n")
    return sorted(lines), len(places) > BACKLINKS


async def graph_lines(request: Request, name: str) -> list[str]:
    """A named graph as sorted lines of N-Triples."""
    form = Format("ntriples", "", "application/n-triples", "nt", ())
    asked = QueryRequest("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }", triples=form, default_graphs=(name,))
    answer = await request.app.state.pool.run(asked, lane="reserved")
    return sorted(answer.body.decode("utf-8").splitlines(keepends=True))


def in_form(lines: list[str], form: Format) -> bytes:
    """Lines of N-Triples in a form, with our prefixes where it has any."""
    return converted(lines, form.name, PREFIXES)


def written(term: Term) -> str:
    """A term of an answer as N-Triples write it.

    >>> written({"type": "literal", "value": "Byggesager", "xml:lang": "da"})
    '"Byggesager"@da'
    """
    value = term["value"]
    if term["type"] == "uri":
        return f"<{value}>"
    if "xml:lang" in term:
        return text(value, term["xml:lang"])
    return f"{plain(value)}^^<{term['datatype']}>" if "datatype" in term else plain(value)
