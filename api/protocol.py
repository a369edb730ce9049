"""What the SPARQL protocol's addresses share: reading a request within limits, and sending an answer that is never cut
without a sign.

An answer is kept back until it is whole, or too long to keep; then it is sent as it comes. If it breaks off after that,
the connection is closed without the end of the chunked body, which every client of HTTP/1.1 takes as an error; a client
of HTTP/1.0 could not tell, so it gets whole answers only.
"""

import asyncio
import ipaddress
import logging
import re
from binascii import a2b_qp
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol
from urllib.parse import parse_qsl, unquote_to_bytes

from fastapi import HTTPException, Request, Response
from starlette.types import Receive, Scope, Send

from api.admission import LIMITS
from api.metrics import Metrics
from api.worker_messages import Engine, QueryAnswer
from graph.errors import QueryError, QueryRefusedError, QueryTooLongError, SagsgrafError

FORM, QUERY, UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
SHARED = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
SPOOL = 1 << 20
LONGEST_BODY = 4 * LIMITS.octets
_LONGEST_ADDRESS = 32_768  # a query of 8 KB, with room for its letters to be percent-encoded
_MOST_PARAMETERS = 1_000
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_LOG = logging.getLogger(__name__)
Pairs = list[tuple[str, str]]
Headers = Sequence[tuple[bytes, bytes]]


class _Settings(Protocol):
    base: str


class Service(NamedTuple):
    """What a request needs of the app: who answers, the public address, the version in force, counts and the asker."""

    pool: Engine
    base: str
    version: str
    metrics: Metrics
    client: str | None


async def service_of(request: Request) -> Service:
    """The service that a request is for."""
    state = request.app.state
    settings: _Settings = state.settings
    metrics = getattr(state, "metrics", None)
    if metrics is None:
        metrics = state.metrics = Metrics()
    asker = request.scope.get("client")
    client = network_of(asker[0]) if asker else None
    return Service(state.pool, settings.base, str(getattr(state, "version", "") or ""), metrics, client)


def network_of(host: str) -> str:
    """Who asks: an IPv4 address, or the /64 network that one household has in IPv6.

    >>> network_of("2001:db8:1:2:a:b:c:d"), network_of("192.0.2.7")
    ('2001:db8:1:2::/64', '192.0.2.7')
    """
    return _household(host) if ":" in host else host


@lru_cache(maxsize=1_024)
def _household(host: str) -> str:
    try:
        return str(ipaddress.IPv6Network((ipaddress.IPv6Address(host), 64), strict=False))
    except ValueError:
        return host


def media_type_of(request: Request) -> str:
    """The body's media type; 415 if it is not in UTF-8."""
    media_type, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    charset = parameters.partition("charset=")[2].partition(";")[0].strip(" \"'")
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise HTTPException(415, {"da": "Send teksten i UTF-8.", "en": "Send the text in UTF-8."})
    return media_type.strip()


async def body_of(request: Request, longest: int = LONGEST_BODY) -> bytes:
    """The body, unless it is longer than it may be."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > longest:
            raise QueryTooLongError(
                f"Der er sendt for meget: der tages højst {longest} oktetter.",
                f"Too much has been sent: at most {longest} octets are taken.",
            )
    return bytes(body)


def address_pairs(request: Request) -> Pairs:
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
    if written.startswith(b"query=") and b"&" not in written:
        return [("query", text_of(_unescaped(written[6:].replace(b"+", b" "))))]  # most are of this form
    return form_pairs(written)


def _unescaped(octets: bytes) -> bytes:
    """What percent signs stand for; they are read as quoted-printable, at a tenth of the cost, where all are escapes.

    >>> _unescaped(b"%3Fs%C3%B8%3D1")
    b'?s\\xc3\\xb8=1'
    """
    if _NO_ESCAPE.search(octets):
        return unquote_to_bytes(octets)
    return a2b_qp(octets.replace(b"=", b"=3D").replace(b"%", b"="))


def form_pairs(written: bytes) -> Pairs:
    """The names and values of a form."""
    try:
        return parse_qsl(text_of(written), keep_blank_values=True, errors="strict", max_num_fields=_MOST_PARAMETERS)
    except ValueError as error:
        raise QueryError("Parametrene kan ikke læses som UTF-8.", "The parameters cannot be read as UTF-8.") from error


def text_of(octets: bytes) -> str:
    """Text in UTF-8; QueryError if it is none."""
    try:
        return octets.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError as error:
        raise QueryError("Forespørgslen er ikke skrevet i UTF-8.", "The query is not written in UTF-8.") from error


def one(pairs: Sequence[tuple[str, str]], name: str) -> str:
    """The one text of a query or an update; QueryError if there are none or several.

    >>> one([("query", "ASK {}"), ("default-graph-uri", "a:b")], "query")
    'ASK {}'
    """
    texts = [value for key, value in pairs if key == name]
    if len(texts) > 1:
        raise QueryError("Send kun én forespørgsel ad gangen.", "Send one query at a time.")
    if not texts or not texts[0].strip():
        raise QueryError(
            f"Der er ingen forespørgsel. Send den i parameteren {name}.",
            f"There is no query. Send it in the parameter {name}.",
        )
    return texts[0]


def wrong_type(*taken: str) -> HTTPException:
    """415, with the media types that are taken."""
    return HTTPException(
        415,
        {"da": f"Send teksten som {' eller '.join(taken)}.", "en": f"Send the text as {' or '.join(taken)}."},
        headers={"Accept-Post": ", ".join(taken)},
    )


def no_updates() -> QueryRefusedError:
    """The refusal of whatever would change the graph."""
    return QueryRefusedError(
        "Her kan grafen kun læses; opdateringer tages ikke imod.",
        "The graph is read-only here; updates are not taken.",
        reason="update",
    )


def written(headers: Mapping[str, str]) -> Headers:
    """Headers as they are sent.

    >>> written({"Vary": "Accept"})
    ((b'vary', b'Accept'),)
    """
    return tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items())


def respond(answer: QueryAnswer, headers: Headers) -> Response:
    """The answer as a response, whole or as it comes."""
    return WholeResponse(answer, headers) if answer.arrival is None else ArrivingResponse(answer, headers)


class WholeResponse(Response):
    """A whole answer, with its headers as they are given: they are ours, and need no looking through."""

    def __init__(self, answer: QueryAnswer, headers: Headers) -> None:
        self.status_code = 200
        self.background = None
        self.body = answer.body
        length = b"%d" % len(answer.body)
        self.raw_headers = [(b"content-type", answer.media_type.encode()), (b"content-length", length), *headers]


class ArrivingResponse(Response):
    """A long answer sent as it comes; one that breaks off ends the connection without an end of the body."""

    def __init__(self, answer: QueryAnswer, headers: Headers) -> None:
        super().__init__()
        self.raw_headers = [(b"content-type", answer.media_type.encode()), *headers]
        self.answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send all of it, or stop."""
        arrival = self.answer.arrival
        if arrival is None:
            raise ValueError("a whole answer needs no waiting for the rest")
        await send({"type": "http.response.start", "status": self.status_code, "headers": self.raw_headers})
        leaving = asyncio.ensure_future(_departure(receive))
        leaving.add_done_callback(lambda _: arrival.abandon())  # a server takes what is sent to nobody without a word
        try:
            await send({"type": "http.response.body", "body": self.answer.body, "more_body": True})
            async for piece in arrival.rest():
                await send({"type": "http.response.body", "body": piece, "more_body": True})
        except SagsgrafError as error:
            _LOG.warning("An answer broke off on its way: %s", error.english)
            return
        finally:
            leaving.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _departure(receive: Receive) -> None:
    """Returns when the client has gone."""
    while (await receive())["type"] != "http.disconnect":
        pass
