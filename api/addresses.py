"""Which thing an address of the service is about, and where else that thing is to be found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.terms import CONCEPTS, VOCABULARY

KINDS = (
    "agenda-items", "attachments", "bodies", "cases", "corrections", "decisions", "departments", "initiatives",
    "links", "meetings", "municipalities", "organisations", "people", "posts", "recurring-texts",
)  # fmt: skip
KEY = re.compile(r"[A-Za-z0-9._~/-]{1,400}")
NAME = re.compile(r"[a-z0-9]{1,64}")
TERM = re.compile(r"/def(/[A-Za-z]+)?|/concept/[a-z-]+(/[A-Za-z0-9_.-]+)?")
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

    `thing` is the path of the IRI: `/id/cases/…`, `/sources/…`; a term or concept of the vocabulary has its whole IRI.
    """

    thing: str
    page: str
    suffix: str = ""
    english: bool = False

    def iri(self, base: str) -> str:
        """The IRI of the thing."""
        return self.thing if self.of_vocabulary else base + self.thing

    @property
    def of_vocabulary(self) -> bool:
        """Whether it is a term or concept, which is described at any service alike."""
        return self.thing.startswith(("http://", "https://"))

    @property
    def suffixes(self) -> dict[str, str]:
        """The suffixes that choose a form of it, each with its media type."""
        own = ("ttl", "jsonld", "nt", "rdf") if self.of_vocabulary else SUFFIXES
        return {suffix: SUFFIXES[suffix] for suffix in own}


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


def vocabulary_address(path: str) -> Address | None:
    """What an address of the vocabulary is about; None where it is none of a term or concept.

    >>> vocabulary_address("/en/concept/outcome/discussed").thing
    'https://w3id.org/sagsgraf/concept/outcome/discussed'
    >>> vocabulary_address("/def/heldBy.ttl").thing
    'https://w3id.org/sagsgraf/def#heldBy'
    """
    english = path.startswith("/en/")
    whole, suffix = split(path.removeprefix("/en") if english else path)
    if not TERM.fullmatch(whole):
        return None
    _, kind, *parts = whole.split("/")
    if kind == "concept":
        return Address(f"{CONCEPTS}{'/'.join(parts)}", whole, suffix, english)
    return Address(f"{VOCABULARY}{parts[0]}" if parts else VOCABULARY.rstrip("#"), whole, suffix, english)
