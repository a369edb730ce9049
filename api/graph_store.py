"""The graph store protocol: whole graphs by `?graph=IRI`, `?default`, or the address itself; here for reading.

What a published version holds is read by everybody and changed by nobody. `api.updates` has the same addresses for the
scratch store, where an authorised client may write.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from api.formats import JSONLD, NTRIPLES, RDFXML, TURTLE, negotiate
from api.protocol import SHARED, Service, address_pairs, respond, service_of, written
from api.term_writer import iri_text
from api.worker_messages import QueryAnswer, QueryRequest
from graph.errors import FormatError, QueryError, UnknownThingError

router = APIRouter(tags=["SPARQL"])

ADDRESS = "/gsp"
READING = "GET, HEAD, OPTIONS"
FORMATS = (TURTLE, JSONLD, NTRIPLES, RDFXML)
_THERE = "ASK { ?s ?p ?o }"
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
Ask = Callable[[QueryRequest], Awaitable[QueryAnswer]]


def graph_of(request: Request, base: str) -> str | None:
    """The graph that a request is about, None for the default graph; QueryError if it names none or several."""
    pairs = [(name, value) for name, value in address_pairs(request) if name in ("graph", "default")]
    path = request.scope.get("raw_path", b"").partition(b"?")[0].decode("ascii", "replace") or request.url.path
    if path.rstrip("/").endswith(ADDRESS):
        if len(pairs) != 1:
            raise QueryError("Nævn én graf: ?graph=IRI eller ?default.", "Name one graph: ?graph=IRI or ?default.")
        [(name, value)] = pairs
        if name == "default":
            return None
    elif pairs:
        raise QueryError("Grafen er nævnt to gange.", "The graph is named twice.")
    else:
        value = base + path
    try:
        iri_text(value)
    except ValueError:
        raise QueryError("Grafens navn er ingen hel IRI.", "The graph's name is no absolute IRI.") from None
    return value


async def read_graph(request: Request, graph_name: str | None, ask: Ask) -> Response:
    """One graph in the form that the client likes best; UnknownThingError where there is none."""
    form = negotiate(request.headers.get("accept"), FORMATS)
    if form is None:
        there = ", ".join(known.media_type for known in FORMATS)
        raise FormatError(f"En graf kan fås som {there}.", f"A graph can be had as {there}.")
    default = (graph_name,) if graph_name is not None else ()
    exists = await ask(QueryRequest(_THERE, default_graphs=default))
    if graph_name is not None and b"true" not in exists.body:
        raise UnknownThingError(f"Der er ingen graf {graph_name[:200]}.", f"There is no graph {graph_name[:200]}.")
    answer = await ask(QueryRequest(_WHOLE, triples=form, default_graphs=default))
    return respond(answer, written({**SHARED, "Vary": "Accept", "Cache-Control": "no-cache"}))


def preflight_response(methods: str) -> Response:
    """Leave for scripts from anywhere to use these methods, without credentials."""
    return Response(status_code=204, headers=SHARED | {"Allow": methods, "Access-Control-Allow-Methods": methods})


@router.api_route(ADDRESS, methods=["GET", "HEAD"], summary="En hel graf / a whole graph")
@router.api_route(ADDRESS + "/{name:path}", methods=["GET", "HEAD"], include_in_schema=False)
async def get_graph(request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """A graph of the version in force."""

    async def ask(asked: QueryRequest) -> QueryAnswer:
        return await service.pool.run(asked, client=service.client)

    return await read_graph(request, graph_of(request, service.base), ask)


@router.options(ADDRESS, include_in_schema=False)
@router.options(ADDRESS + "/{name:path}", include_in_schema=False)
async def preflight() -> Response:
    """What may be done here."""
    return preflight_response(READING)


@router.api_route(ADDRESS, methods=["PUT", "POST", "DELETE", "PATCH"], include_in_schema=False)
@router.api_route(ADDRESS + "/{name:path}", methods=["PUT", "POST", "DELETE", "PATCH"], include_in_schema=False)
async def no_writing() -> Response:
    """405: a published version is not changed."""
    raise HTTPException(
        405,
        {"da": "Grafen kan kun læses her.", "en": "The graph is read-only here."},
        headers={"Allow": READING},
    )
