"""What every page knows: its language, its own address and how to address things."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from api.views.language import Language

GOALS = "http://metadata.un.org/sdg"


@dataclass(frozen=True, slots=True)
class Frame:
    """The frame of one page: `t` gives its phrases, `base` starts the graph's own IRIs, `path` is its own address."""

    t: Language
    base: str
    path: str

    def link(self, iri: str) -> str:
        """The address to link to: pages by a path of this service in this language, others as they are.

        >>> Frame(Language("en", {}, {}), "http://127.0.0.1:8000", "/").link("http://127.0.0.1:8000/id/cases/0707/x/K.1")
        '/en/cases/0707/x/K.1'
        """
        if iri == GOALS or iri.startswith(f"{GOALS}/"):
            return f"{self.t.prefix}/sdgs{iri.removeprefix(GOALS)}"
        if iri.startswith(f"{self.base}/"):
            return self.link(iri.removeprefix(self.base).removeprefix("/id"))
        if iri.startswith("/"):
            return f"{self.t.prefix}{local(iri)}"
        return iri if urlsplit(iri).scheme in ("http", "https") else ""

    def at(self, path: str) -> bool:
        """Whether this page is that one or one below it."""
        own = self.path.partition("?")[0].removeprefix(self.t.prefix)
        return own == path or own.startswith(f"{path}/")

    def short(self, iri: str) -> str:
        """The short name of a thing in addresses: the path behind /id/, or sdgs/N."""
        if iri == GOALS or iri.startswith(f"{GOALS}/"):
            return f"sdgs{iri.removeprefix(GOALS)}"
        return iri.removeprefix(f"{self.base}/id/")

    def suffixed(self, iri: str, suffix: str) -> str:
        """The address of a thing's statements in a format: one address for both languages.

        >>> frame = Frame(Language("en", {}, {}), "http://127.0.0.1:8000", "/")
        >>> frame.suffixed("http://127.0.0.1:8000/id/bodies/0707/x", ".ttl")
        '/bodies/0707/x.ttl'
        """
        return f"{local(iri.removeprefix(self.base).removeprefix('/id'))}{suffix}"

    @property
    def other(self) -> str:
        """This page in the other language."""
        if self.t.code == "da":
            return f"/en{self.path}"
        return local(self.path.removeprefix("/en"))


def local(path: str) -> str:
    """A path that stays with this service: two slashes in front would name another one.

    >>> local("//ond.example/cases")
    '/ond.example/cases'
    """
    return f"/{path.lstrip('/')}"
