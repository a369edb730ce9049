"""What a client already has: entity tags, dates, and the answer that nothing is new."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime

from fastapi import Request, Response

SHARED = {"Access-Control-Allow-Origin": "*", "X-Content-Type-Options": "nosniff"}
SHORT = "public, max-age=300"


def tag(*parts: object) -> str:
    """An entity tag for what depends on these parts.

    >>> tag("catalogue", 1) == tag("catalogue", 1), tag("ab", "c") == tag("a", "bc")
    (True, False)
    """
    told = "\x00".join(str(part) for part in parts)
    return f'"{hashlib.sha256(told.encode()).hexdigest()[:16]}"'


def http_date(moment: str) -> str:
    """A moment of ISO 8601 as HTTP writes it.

    >>> http_date("2026-11-21T20:52:27+00:00")
    'Sat, 21 Nov 2026 20:52:27 GMT'
    """
    return format_datetime(datetime.fromisoformat(moment).astimezone(UTC), usegmt=True)


def fresh(
    request: Request, response: Response, entity_tag: str, *, headers: Mapping[str, str] | None = None
) -> Response:
    """The response with its tag and headers, or 304 where the client has it already."""
    told = {**SHARED, "Cache-Control": SHORT, "ETag": entity_tag, **(headers or {})}
    asked = [t.strip().removeprefix("W/") for t in request.headers.get("if-none-match", "").split(",")]
    if entity_tag in asked or "*" in asked:
        return Response(status_code=304, headers=told)
    response.headers.update(told)
    return response
