"""Where else a thing is to be found: the Link header of its page and of its data."""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send

from api.addresses import Address, address_of, vocabulary_address
from api.settings import Settings

VOCABULARY_LICENCE = "https://spdx.org/licenses/MPL-2.0"  # as ontology/sagsgraf.ttl says


class Links:
    """An app around another, which tells with every thing's page and data where its other forms are."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, with a Link header where the answer is about a thing."""
        path = scope["path"] if scope["type"] == "http" else ""
        asked = address_of(path) or vocabulary_address(path)
        if asked is None:
            await self.app(scope, receive, send)
            return
        settings: Settings = scope["app"].state.settings

        async def linked(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start" and message["status"] in (200, 303, 304):
                headers = MutableHeaders(scope=message)
                known = [headers["link"]] if "link" in headers else []
                headers["link"] = ", ".join([*known, *links(settings, asked)])
            await send(message)

        await self.app(scope, receive, linked)


def links(settings: Settings, asked: Address) -> list[str]:
    """The parts of the Link header: the page, the data in every form, what it is about, and the licence."""
    page, base = asked.page, settings.base
    others = [
        f'<{base}{page}{"" if suffix == "html" else f".{suffix}"}>; rel="alternate"; type="{media_type}"'
        for suffix, media_type in asked.suffixes.items()
        if suffix != (asked.suffix or "html")
    ]
    return [
        f'<{base}{page}>; rel="canonical"',
        *others,
        f'<{base}{page}.ttl>; rel="describedby"; type="text/turtle"',
        f'<{asked.iri(base)}>; rel="describes"',
        f'<{VOCABULARY_LICENCE if asked.of_vocabulary else settings.licence}>; rel="license"',
    ]
