"""The SPARQL endpoint: the SPARQL 1.1 Protocol for queries, and the service description.

The default graph is the store's own, where every triple stands once. A client that names several graphs in
`default-graph-uri` (or FROM) asks their merge, in which the engine returns a triple once for each graph that holds it:
count with DISTINCT there.
"""

import asyncio
import hashlib
import re
import time
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from api.admission import admit
from api.cache import ADDRESS
from api.description import DESCRIPTION
from api.formats import Wanted, wanted
from api.problems import problem_of
from api.protocol import (
    FORM,
    QUERY,
    SHARED,
    SPOOL,
    UPDATE,
    Headers,
    Pairs,
    Service,
    address_pairs,
    body_of,
    form_pairs,
    media_type_of,
    no_updates,
    one,
    respond,
    service_of,
    text_of,
    written,
    wrong_type,
)
from api.worker_messages import QueryRequest
from graph.errors import FormatError, SagsgrafError

router = APIRouter(tags=["SPARQL"])

METHODS = "GET, HEAD, POST, OPTIONS"
DATASET = ("default-graph-uri", "named-graph-uri")
_ASKING = frozenset({"query", "update", *DATASET})
_LONG = 8_192  # letters of a query that takes a while to read
_CHANGING = ("NOW", "RAND", "UUID", "BNODE")
_ALWAYS = written({**SHARED, "Vary": "Accept", "Access-Control-Expose-Headers": "ETag"})
_KEPT, _FLEETING = (
    (*_ALWAYS, *written({"Cache-Control": "public, max-age=300"})),
    (*_ALWAYS, *written({"Cache-Control": "no-cache"})),
)
_CHANGES_BY_ITSELF = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


class Asked(NamedTuple):
    """A query as the protocol carries it: its text, its dataset and the formats that suit."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    formats: Wanted

    def request(self, base: str) -> QueryRequest:
        """The query as workers take it."""
        return QueryRequest(
            self.query,
            solutions=self.formats.solutions,
            triples=self.formats.triples,
            default_graphs=self.default_graphs,
            named_graphs=self.named_graphs,
            base=base + ADDRESS,
        )


@router.get(ADDRESS, summary="Spørg i SPARQL, eller få tjenestens beskrivelse")
@router.head(ADDRESS, include_in_schema=False)
async def get_query(request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The answer to `?query=`; without a query, the service's own description."""
    pairs = address_pairs(request)
    if _ASKING.isdisjoint([name for name, _ in pairs]):
        return await _describe(request, service, _formats(request, pairs))
    return await _answer(request, service, asked_of(request, pairs))


@router.post(ADDRESS, summary="Spørg i SPARQL med POST")
async def post_query(request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The answer to a query sent as a form or as `application/sparql-query`."""
    pairs = address_pairs(request)
    media_type = media_type_of(request)
    body = await body_of(request)
    if media_type == UPDATE:
        raise no_updates()
    if media_type == FORM:
        pairs += form_pairs(body)
    elif media_type == QUERY:
        pairs.append(("query", text_of(body)))
    else:
        raise wrong_type(QUERY, FORM)
    return await _answer(request, service, asked_of(request, pairs))


@router.options(ADDRESS, include_in_schema=False)
async def preflight() -> Response:
    """Leave for scripts from anywhere to ask, without credentials."""
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=SHARED | headers)


@router.api_route(ADDRESS, methods=["PUT", "PATCH", "DELETE", "TRACE", "CONNECT"], include_in_schema=False)
async def other_method() -> Response:
    """405: the graph is only read here."""
    raise HTTPException(405, headers={"Allow": METHODS})


def asked_of(request: Request, pairs: Pairs) -> Asked:
    """What the parameters ask, if that is one query."""
    names = [name for name, _ in pairs]
    if "update" in names:
        raise no_updates()
    query = one(pairs, "query")
    default, named = (
        tuple([value for name, value in pairs if name == wished]) if wished in names else () for wished in DATASET
    )
    return Asked(query, default, named, _formats(request, pairs))


def _formats(request: Request, pairs: Pairs) -> Wanted:
    return wanted(request.headers.get("accept"), dict(pairs).get("format"))


async def _answer(request: Request, service: Service, asked: Asked) -> Response:
    """The answer, counted with its outcome."""
    begun = time.perf_counter()
    outcome = "answered"
    try:
        return await _answered(request, service, asked)
    except SagsgrafError as error:
        outcome = problem_of(error).name
        raise
    finally:
        seconds = time.perf_counter() - begun
        service.metrics.observe(outcome, seconds, query=asked.query, version=service.version)


async def _answered(request: Request, service: Service, asked: Asked) -> Response:
    await _admit(asked.query, service)
    reads = request.method in ("GET", "HEAD")
    tag = _tag(service, asked) if reads else None
    if tag and tag in _tags(request):
        response = Response(status_code=304)
        response.raw_headers = [*_headers(tag)]
        return response
    edition = service.pool.edition
    whole = request.method == "HEAD" or request.scope["http_version"] == "1.0"
    spool = service.pool.longest if whole else SPOOL
    answer = await service.pool.open(asked.request(service.base), client=service.client, spool=spool)
    # between two versions, nobody knows which of them this answer came from
    return respond(answer, _headers(tag if service.pool.edition == edition else None))


async def _admit(query: str, service: Service) -> None:
    service.pool.check(service.client)  # before all else: who may not ask at all should cost nothing
    if len(query) < _LONG:
        admit(query)
        return
    seconds, refusal = await asyncio.to_thread(_scan, query)  # up to 0.1 s: not on the loop that serves everybody
    service.pool.charge(service.client, seconds)
    if refusal:
        raise refusal


def _scan(query: str) -> tuple[float, SagsgrafError | None]:
    """The seconds of processor time that it takes to read a query, and why it is refused."""
    begun, refusal = time.thread_time(), None
    try:
        admit(query)
    except SagsgrafError as error:
        refusal = error
    return time.thread_time() - begun, refusal


async def _describe(request: Request, service: Service, formats: Wanted) -> Response:
    """The service description, in which `<>` is the very address that was asked."""
    if formats.triples is None:
        raise FormatError(
            "Tjenestens beskrivelse er RDF; bed om et RDF-format, fx text/turtle.",
            "The service description is RDF; ask for an RDF format such as text/turtle.",
        )
    address = str(request.url.replace(query="", fragment=""))
    answer = await service.pool.run(
        QueryRequest(DESCRIPTION, triples=formats.triples, base=address), lane="reserved", client=service.client
    )
    return respond(answer, _headers(None))


def _headers(tag: str | None) -> Headers:
    return (*_KEPT, (b"etag", tag.encode())) if tag else _FLEETING


def _tag(service: Service, asked: Asked) -> str | None:
    """The ETag: the version in force, the question and the formats; none where answers differ by themselves."""
    if not service.version or _changes_by_itself(asked.query):
        return None
    names = [known.name if known else "" for known in (asked.formats.solutions, asked.formats.triples)]
    parts = (service.version, *names, repr(asked.default_graphs), repr(asked.named_graphs), asked.query)
    return f'"{hashlib.sha256(chr(0).join(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'


def _changes_by_itself(query: str) -> bool:
    capitals = query.upper()  # a look for plain text costs a tenth of the pattern, and most queries hold none of it
    return any(word in capitals for word in _CHANGING) and _CHANGES_BY_ITSELF.search(query) is not None


def _tags(request: Request) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
