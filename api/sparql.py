"""The SPARQL endpoint: the SPARQL 1.1 Protocol for queries, and the service description.

The default graph is the store's own, where every triple stands once. A client that names several graphs in
`default-graph-uri` (or FROM) asks their merge, in which the engine returns a triple once for each graph that holds it:
count with DISTINCT there.
"""

import asyncio
import hashlib
import ipaddress
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Protocol
from urllib.parse import parse_qsl

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from api.admission import LIMITS, admit
from api.formats import FORMATS, Wanted, wanted
from api.workers import QueryAnswer, QueryRequest, WorkerPool
from graph.errors import FormatError, QueryError, QueryRefusedError, QueryTooLongError

router = APIRouter(tags=["SPARQL"])

ADDRESS = "/sparql"
METHODS = "GET, HEAD, POST, OPTIONS"
FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
DATASET = ("default-graph-uri", "named-graph-uri")
_LONGEST_ADDRESS = 32_768  # a query of 8 KB, with room for its letters to be percent-encoded
_LONGEST_BODY = 4 * LIMITS.octets
_MOST_PARAMETERS = 1_000
_CHANGES_BY_ITSELF = re.compile(r"\b(NOW|RAND|UUID|STRUUID|BNODE)\b", re.IGNORECASE)
_SHARED = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}

_DESCRIPTION = f"""PREFIX sd: <http://www.w3.org/ns/sparql-service-description#>
CONSTRUCT {{
  <> a sd:Service ; sd:endpoint <> ; sd:supportedLanguage sd:SPARQL11Query ;
    sd:resultFormat {", ".join(f"<{known.iri}>" for known in FORMATS)} ;
    sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ] .
}} WHERE {{}}"""


class _Settings(Protocol):
    base: str


@dataclass(frozen=True, slots=True)
class Service:
    """What a request needs of the app: its workers, its public address, the version in force and the asker."""

    pool: WorkerPool
    base: str
    version: str
    client: str | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as the protocol carries it: its text, its dataset and the formats that suit."""

    query: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    formats: Wanted


def service_of(request: Request) -> Service:
    """The service that a request is for."""
    state = request.app.state
    pool: WorkerPool = state.pool
    settings: _Settings = state.settings
    client = network_of(request.client.host) if request.client else None
    return Service(pool, settings.base, str(getattr(state, "version", "") or ""), client)


def network_of(host: str) -> str:
    """Who asks: an IPv4 address, or the /64 network that one household has in IPv6.

    >>> network_of("2001:db8:1:2:a:b:c:d"), network_of("192.0.2.7")
    ('2001:db8:1:2::/64', '192.0.2.7')
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    return host if address.version == 4 else str(ipaddress.ip_network((address, 64), strict=False))


@router.get(ADDRESS, summary="Spørg i SPARQL, eller få tjenestens beskrivelse")
@router.head(ADDRESS, include_in_schema=False)
async def get_query(request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The answer to `?query=`; without a query, the service's own description."""
    pairs = _address_pairs(request)
    if not any(name in ("query", "update", *DATASET) for name, _ in pairs):
        return await _describe(request, service, _formats(request, pairs))
    return await _answer(request, service, _asked(request, pairs))


@router.post(ADDRESS, summary="Spørg i SPARQL med POST")
async def post_query(request: Request, service: Annotated[Service, Depends(service_of)]) -> Response:
    """The answer to a query sent as a form or as `application/sparql-query`."""
    pairs = _address_pairs(request)
    media_type = _media_type(request)
    body = await _body(request)
    if media_type == UPDATE:
        raise _no_updates()
    if media_type == FORM:
        pairs += _pairs(body)
    elif media_type == QUERY:
        if not body.strip():
            raise _no_query()
        pairs.append(("query", _text(body)))
    else:
        raise HTTPException(
            415,
            {"da": f"Send forespørgslen som {QUERY} eller {FORM}.", "en": f"Send the query as {QUERY} or {FORM}."},
            headers={"Accept-Post": f"{QUERY}, {FORM}"},
        )
    return await _answer(request, service, _asked(request, pairs))


@router.options(ADDRESS, include_in_schema=False)
async def preflight() -> Response:
    """Leave for scripts from anywhere to ask, without credentials."""
    headers = {
        "Allow": METHODS,
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": "86400",
    }
    return Response(status_code=204, headers=_SHARED | headers)


@router.api_route(ADDRESS, methods=["PUT", "PATCH", "DELETE", "TRACE", "CONNECT"], include_in_schema=False)
async def other_method() -> Response:
    """405: the graph is only read here."""
    raise HTTPException(405, headers={"Allow": METHODS})


def _media_type(request: Request) -> str:
    """The body's media type; 415 if it is not in UTF-8."""
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise HTTPException(415, {"da": "Send forespørgslen i UTF-8.", "en": "Send the query in UTF-8."})
    return media_type.strip()


async def _body(request: Request) -> bytes:
    """The body, unless it is longer than any query may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > _LONGEST_BODY:
            raise QueryTooLongError(
                f"Forespørgslen er for lang: der tages højst {LIMITS.octets} oktetter.",
                f"The query is too long: at most {LIMITS.octets} octets are taken.",
            )
    return bytes(body)


def _address_pairs(request: Request) -> list[tuple[str, str]]:
    """The parameters of the request line."""
    written: bytes = request.scope["query_string"]
    if len(written) > _LONGEST_ADDRESS:
        raise HTTPException(
            414,
            {
                "da": f"Adressen er for lang. Send forespørgslen med POST som {QUERY}.",
                "en": f"The address is too long. Send the query by POST as {QUERY}.",
            },
        )
    return _pairs(written)


def _pairs(written: bytes) -> list[tuple[str, str]]:
    """The names and values of a form."""
    try:
        return parse_qsl(_text(written), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise QueryError("Parametrene kan ikke læses som UTF-8.", "The parameters cannot be read as UTF-8.") from error


def _text(octets: bytes) -> str:
    try:
        return octets.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QueryError("Forespørgslen er ikke skrevet i UTF-8.", "The query is not written in UTF-8.") from error


def _asked(request: Request, pairs: Sequence[tuple[str, str]]) -> Asked:
    """What the parameters ask, if that is one query."""
    if any(name == "update" for name, _ in pairs):
        raise _no_updates()
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1:
        raise QueryError("Send kun én forespørgsel ad gangen.", "Send one query at a time.")
    if not queries or not queries[0].strip():
        raise _no_query()
    default, named = (tuple(value for name, value in pairs if name == wished) for wished in DATASET)
    return Asked(queries[0], default, named, _formats(request, pairs))


def _formats(request: Request, pairs: Sequence[tuple[str, str]]) -> Wanted:
    return wanted(request.headers.get("accept"), dict(pairs).get("format"))


async def _answer(request: Request, service: Service, asked: Asked) -> Response:
    await _admit(asked.query)
    reads = request.method in ("GET", "HEAD")
    tag = _tag(service, asked) if reads else None
    if tag and tag in _tags(request):
        return Response(status_code=304, headers=_headers(tag))
    answer = await service.pool.run(
        QueryRequest(
            asked.query,
            solutions=asked.formats.solutions,
            triples=asked.formats.triples,
            default_graphs=asked.default_graphs,
            named_graphs=asked.named_graphs,
            base=service.base + ADDRESS,
        ),
        client=service.client,
    )
    return _respond(answer, tag)


async def _admit(query: str) -> None:
    if len(query) < 8_192:
        admit(query)
    else:
        await asyncio.to_thread(admit, query)  # up to 0.1 s: not on the loop that serves everybody


async def _describe(request: Request, service: Service, formats: Wanted) -> Response:
    """The service description, in which `<>` is the very address that was asked."""
    if formats.triples is None:
        raise FormatError(
            "Tjenestens beskrivelse er RDF; bed om et RDF-format, fx text/turtle.",
            "The service description is RDF; ask for an RDF format such as text/turtle.",
        )
    address = str(request.url.replace(query="", fragment=""))
    answer = await service.pool.run(
        QueryRequest(_DESCRIPTION, triples=formats.triples, base=address), lane="reserved", client=service.client
    )
    return _respond(answer, None)


def _respond(answer: QueryAnswer, tag: str | None) -> Response:
    return Response(answer.body, media_type=answer.media_type, headers=_headers(tag))


def _headers(tag: str | None) -> Mapping[str, str]:
    caching = {"ETag": tag, "Cache-Control": "public, max-age=300"} if tag else {"Cache-Control": "no-cache"}
    return {**_SHARED, "Vary": "Accept", "Access-Control-Expose-Headers": "ETag", **caching}


def _tag(service: Service, asked: Asked) -> str | None:
    """The ETag: the version in force, the question and the formats; none where answers differ by themselves."""
    if not service.version or _CHANGES_BY_ITSELF.search(asked.query):
        return None
    names = [known.name if known else "" for known in (asked.formats.solutions, asked.formats.triples)]
    parts = (service.version, *names, repr(asked.default_graphs), repr(asked.named_graphs), asked.query)
    return f'"{hashlib.sha256(chr(0).join(parts).encode("utf-8", "replace")).hexdigest()[:32]}"'


def _tags(request: Request) -> list[str]:
    return [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]


def _no_query() -> QueryError:
    return QueryError(
        "Der er ingen forespørgsel. Send den i parameteren query.", "There is no query. Send it in the parameter query."
    )


def _no_updates() -> QueryRefusedError:
    return QueryRefusedError(
        "Her kan grafen kun læses; opdateringer tages ikke imod.",
        "The graph is read-only here; updates are not taken.",
        reason="update",
    )
