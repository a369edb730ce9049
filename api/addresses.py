"""Which thing an address of the service is about, and where else that thing is to be found."""

from __future__ import annotations

import re
from dataclasses import dataclass

KINDS = (
    "agenda-items", "attachments", "bodies", "cases", "decisions", "departments", "links", "meetings",
    "municipalities", "organisations", "people", "posts", "recurring-texts",
)  # fmt: skip
KEY = re.compile(r"[A-Za-z0-9._~/-]{1,400}")
NAME = re.compile(r"[a-z0-9]{1,64}")
# suffix → media type, in our own order of liking
SUFFIXES = {
    "ttl": "text/turtle",
    "jsonld": "application/ld+json",
    "json": "application/json",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "html": "text/html",
}


@dataclass(frozen=True, slots=True)
class Address:
    """An address taken apart: the thing's path below the base, the page's path, the suffix, and whether it is English.

    `thing` is the path of the IRI: `/id/cases/…`, `/sources/…`.
    """

    thing: str
    page: str
    suffix: str = ""
    english: bool = False


def split(path: str) -> tuple[str, str]:
    """A path and the suffix that chooses a form; the last dot of a key chooses none.

    >>> split("/cases/0707/direktionen/2022-10-12/40.1.ttl"), split("/cases/0707/direktionen/2022-10-12/40.1")
    (('/cases/0707/direktionen/2022-10-12/40.1', 'ttl'), ('/cases/0707/direktionen/2022-10-12/40.1', ''))
    """
    stem, dot, suffix = path.rpartition(".")
    return (stem, suffix) if dot and suffix in SUFFIXES else (path, "")


def address_of(path: str) -> Address | None:
    """What an address is about; None where it is no thing's.

    >>> address_of("/en/cases/0999/hovedudvalget/2024-09-04/3").thing
    '/id/cases/0999/hovedudvalget/2024-09-04/3'
    """
    english = path.startswith("/en/")
    whole, suffix = split(path.removeprefix("/en") if english else path)
    parts = whole.removeprefix("/id").split("/", 2)
    if len(parts) < 3:
        return None
    _, kind, key = parts
    if kind in KINDS and KEY.fullmatch(key):
        return Address(f"/id/{kind}/{key}", f"/{kind}/{key}", suffix, english)
    if kind == "sources" and NAME.fullmatch(key.removesuffix(".txt")) and not whole.startswith("/id/"):
        own = f"/sources/{key.removesuffix('.txt')}"
        return Address(own, own, "txt" if key.endswith(".txt") else suffix, english)
    return None
