"""The files that pages refer to, each with a mark of its content so that browsers may keep it for good."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".woff2": "font/woff2",
}

PACKED = (".css", ".js", ".svg", ".txt")


@dataclass(frozen=True, slots=True)
class Asset:
    """A file to serve as it is, or packed by gzip where that makes it much smaller; else `packed` is empty."""

    content: bytes
    media_type: str
    version: str
    packed: bytes = b""


@cache
def assets() -> Mapping[str, Asset]:
    """All files under pages/static that a browser may ask for, by their path there."""
    root = Path(__file__).parents[1] / "pages" / "static"
    return {
        path.relative_to(root).as_posix(): made(path.read_bytes(), path.suffix)
        for path in sorted(root.rglob("*"))
        if path.suffix in MEDIA_TYPES
    }


def compact(style: str) -> str:
    r"""A style sheet without the blanks that only its authors need.

    >>> compact("body {\n  margin: 0; color: var(--ink);\n}\n")
    'body{margin:0;color:var(--ink);}'
    """
    dense = re.sub(r" ?([{};]) ?", r"\1", re.sub(r"\s+", " ", style))
    return dense.replace(": ", ":").replace(", ", ",").replace(" > ", ">")


def made(content: bytes, suffix: str) -> Asset:
    """One file with its media type and version."""
    served = compact(content.decode()).encode() if suffix == ".css" else content
    packed = gzip.compress(served, 9, mtime=0) if suffix in PACKED else b""
    return Asset(served, MEDIA_TYPES[suffix], hashlib.sha256(served).hexdigest()[:12], packed)


def asset(name: str) -> str:
    """The address of a file, with its version."""
    return f"/static/{name}?v={assets()[name].version}"
