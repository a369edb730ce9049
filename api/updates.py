"""The authorised address: SPARQL updates and graph-store writes, into a scratch store of its own.

Off unless a token is set. It never touches a published version; what is tried out here is asked here.
"""

import hashlib
import hmac
from email import policy
from email.parser import BytesParser
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException, Request, Response

from api.admission import UPDATE_LIMITS, admit, admit_update
from api.formats import Format
from api.graph_store import FORMATS, graph_of, preflight_response, read_graph
from api.protocol import (
    FORM,
    QUERY,
    SHARED,
    UPDATE,
    Pairs,
    address_pairs,
    body_of,
    form_pairs,
    media_type_of,
    one,
    respond,
    text_of,
    written,
    wrong_type,
)
from api.scratch import Scratch
from api.sparql import asked_of
from api.update_scan import with_dataset
from api.worker_messages import ChangeRequest
from graph.errors import QueryError, UnknownThingError

ADDRESS = "/scratch/sparql"
STORE = "/scratch/gsp"
METHODS = "GET, HEAD, POST, OPTIONS"
STORE_METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"
MULTIPART = "multipart/form-data"
_LONGEST = 4 * UPDATE_LIMITS.octets
_USING = ("using-graph-uri", "using-named-graph-uri")


async def authorised(request: Request) -> None:
    """Nothing, for a client with the token; 404 where the address is off, 401 without the token."""
    token: str = getattr(request.app.state.settings, "update_token", "")
    if not token:
        raise HTTPException(404)
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
        raise HTTPException(401, headers={"WWW-Authenticate": "Bearer"})


async def scratch_of(request: Request) -> Scratch:
    """The scratch store of the app."""
    scratch: Scratch = request.app.state.scratch
    return scratch


router = APIRouter(tags=["scratch"], dependencies=[Depends(authorised)], include_in_schema=False)
Store = Annotated[Scratch, Depends(scratch_of)]


@router.api_route(ADDRESS, methods=["GET", "HEAD"])
async def get_query(request: Request, scratch: Store) -> Response:
    """The answer to a query on the scratch store; an update is not taken by GET."""
    return await _query(request, scratch, address_pairs(request))


@router.post(ADDRESS)
async def post_either(request: Request, scratch: Store) -> Response:
    """A query or an update, sent as a form or by its own media type."""
    pairs = address_pairs(request)
    media_type = media_type_of(request)
    body = await body_of(request, _LONGEST)
    if media_type == FORM:
        pairs += form_pairs(body)
    elif media_type == UPDATE:
        pairs.append(("update", text_of(body)))
    elif media_type == QUERY:
        pairs.append(("query", text_of(body)))
    else:
        raise wrong_type(UPDATE, QUERY, FORM)
    if any(name == "update" for name, _ in pairs):
        return await _update(request, scratch, pairs)
    return await _query(request, scratch, pairs)


@router.api_route(ADDRESS, methods=["PUT", "PATCH", "DELETE"])
async def other_method() -> Response:
    """405."""
    raise HTTPException(405, headers={"Allow": METHODS})


async def _query(request: Request, scratch: Scratch, pairs: Pairs) -> Response:
    asked = asked_of(request, pairs)
    admit(asked.query)
    answer = await scratch.ask(asked.request(request.app.state.settings.base))
    return respond(answer, written({**SHARED, "Cache-Control": "no-store"}))


async def _update(request: Request, scratch: Scratch, pairs: Pairs) -> Response:
    if any(name == "query" for name, _ in pairs):
        raise QueryError("Send enten query eller update.", "Send either query or update.")
    update = one(pairs, "update")
    admit_update(update)
    default, named = ([value for name, value in pairs if name == wished] for wished in _USING)
    base = request.app.state.settings.base + ADDRESS
    await scratch.change(ChangeRequest("update", base, update=with_dataset(update, default, named)))
    return Response(status_code=204, headers={"Cache-Control": "no-store"})


@router.api_route(STORE, methods=["GET", "HEAD"])
@router.api_route(STORE + "/{name:path}", methods=["GET", "HEAD"])
async def get_graph(request: Request, scratch: Store) -> Response:
    """One graph of the scratch store."""
    return await read_graph(request, graph_of(request, request.app.state.settings.base), scratch.ask)


@router.put(STORE)
@router.put(STORE + "/{name:path}")
async def put_graph(request: Request, scratch: Store) -> Response:
    """Replace one graph: 201 where it is new, 204 where it was there."""
    name = graph_of(request, request.app.state.settings.base)
    parts = await _parts(request)
    existed = await scratch.change(ChangeRequest("put", name or _base(request), graph=name, parts=parts))
    return Response(status_code=204 if existed else 201)


@router.post(STORE)
@router.post(STORE + "/{name:path}")
async def post_graph(request: Request, scratch: Store) -> Response:
    """Add to one graph, or make a new one that gets its name from what it holds."""
    parts = await _parts(request)
    if request.url.path.rstrip("/").endswith(STORE) and not address_pairs(request):
        mark = hashlib.sha256(repr(parts).encode()).hexdigest()[:16]
        name: str | None = f"{_base(request)}/{mark}"
        headers = {"Location": str(name)}
    else:
        name, headers = graph_of(request, request.app.state.settings.base), {}
    existed = await scratch.change(ChangeRequest("post", name or _base(request), graph=name, parts=parts))
    return Response(status_code=204 if existed else 201, headers=headers)


@router.delete(STORE)
@router.delete(STORE + "/{name:path}")
async def delete_graph(request: Request, scratch: Store) -> Response:
    """Take one graph away; 404 where there is none."""
    name = graph_of(request, request.app.state.settings.base)
    if not await scratch.change(ChangeRequest("delete", _base(request), graph=name)):
        raise UnknownThingError("Der er ingen sådan graf.", "There is no such graph.")
    return Response(status_code=204)


@router.options(STORE)
@router.options(STORE + "/{name:path}")
async def preflight() -> Response:
    """What may be done here."""
    return preflight_response(STORE_METHODS)


@router.patch(STORE)
@router.patch(STORE + "/{name:path}")
async def no_patching() -> Response:
    """405: graphs are put, added to and taken away."""
    raise HTTPException(405, headers={"Allow": STORE_METHODS})


def _base(request: Request) -> str:
    return f"{request.app.state.settings.base}{STORE}"


async def _parts(request: Request) -> tuple[tuple[str, str], ...]:
    """The RDF texts of a body, each with the name of its format."""
    media_type = media_type_of(request)
    body = await body_of(request, _LONGEST)
    if media_type != MULTIPART:
        return ((_form(media_type).name, text_of(body)),)
    head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
    whole = BytesParser(policy=policy.HTTP).parsebytes(head + body)
    parts = [part for part in whole.iter_parts() if not part.is_multipart()] if whole.is_multipart() else []
    if not parts:
        raise QueryError("Der er ingen dele at læse.", "There are no parts to read.")
    texts = [part.get_payload(decode=True) for part in parts]
    return tuple(
        (_form(part.get_content_type()).name, text_of(text if isinstance(text, bytes) else b""))
        for part, text in zip(parts, texts, strict=True)
    )


def _form(media_type: str) -> Format:
    for known in FORMATS:
        if media_type in (known.media_type, *known.also):
            return known
    raise wrong_type(*(known.media_type for known in FORMATS), MULTIPART)
