"""The wall around a graph for internal use: every address is for this machine alone, or for whoever has the token."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import compare_digest
from urllib.parse import urlsplit

from fastapi.responses import JSONResponse
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import MEDIA_TYPE
from api.settings import Settings
from graph.confined import is_internal
from graph.errors import SettingsError

_ALONE = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
_REFUSED = {
    401: ("Denne tjeneste kræver et token.", "This service wants a token (Authorization: Bearer …)."),
    403: ("Denne tjeneste er til internt brug.", "This service is for internal use, on this machine alone."),
}


def may_serve(settings: Settings, host: str) -> None:
    """Nothing, where a service may be opened at a host; SettingsError where it would lay an internal graph open."""
    if not is_internal(settings.data):
        return
    if settings.store:
        raise SettingsError(
            f"SAGSGRAF_STORE: {settings.data} er til internt brug og lægges ikke på en anden server.",
            english=f"SAGSGRAF_STORE: {settings.data} is for internal use and is not put on another server.",
        )
    if not (settings.internal_token or is_loopback(host)):
        raise SettingsError(
            f"--host {host}: {settings.data} er til internt brug og udstilles kun på 127.0.0.1. "
            "Sæt SAGSGRAF_INTERNAL_TOKEN, hvis andre maskiner skal kunne nå den med det.",
            english=f"--host {host}: {settings.data} is for internal use and is served on 127.0.0.1 alone. "
            "Set SAGSGRAF_INTERNAL_TOKEN if other machines are to reach it with that.",
        )


def is_loopback(host: str) -> bool:
    """Whether a host is this machine.

    >>> [is_loopback(host) for host in ("127.0.0.1", "::1", "localhost", "0.0.0.0", "sagsgraf.dk")]
    [True, True, True, False, False]
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@dataclass(frozen=True, slots=True)
class Restricted:
    """An app around another, which asks for the token where there is one, and else answers this machine alone.

    No page of another site may read along in a browser: what is said for scripts from anywhere is left out.
    """

    app: ASGIApp
    token: str

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = self.refusal(Headers(scope=scope), scope.get("client"))
        if status:
            await refused(status)(scope, receive, send)
            return

        async def closed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name in [name for name in headers if name.startswith("access-control-")]:
                    del headers[name]
                headers.update(_ALONE)
            await send(message)

        await self.app(scope, receive, closed)

    def refusal(self, headers: Mapping[str, str], client: tuple[str, int] | None) -> int:
        """The status to refuse a request with; 0 where it may be answered."""
        if self.token:
            given = headers.get("authorization", "").removeprefix("Bearer ")
            return 0 if compare_digest(given.encode(), self.token.encode()) else 401
        told = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        forwarded = any(name in headers for name in ("forwarded", "x-forwarded-for", "x-forwarded-host"))
        near = client is not None and is_loopback(client[0]) and is_loopback(told)
        return 0 if near and not forwarded else 403


def refused(status: int) -> JSONResponse:
    """The problem document of a refusal."""
    danish, english = _REFUSED[status]
    headers = {**_ALONE, **({"WWW-Authenticate": 'Bearer realm="sagsgraf"'} if status == 401 else {})}
    content = {"title": danish, "status": status, "detail": danish, "detail_en": english}
    return JSONResponse(content, status_code=status, headers=headers, media_type=MEDIA_TYPE)
