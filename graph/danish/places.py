"""Municipalities and regions by the names of their lists."""

from __future__ import annotations

import re

from graph.danish.lexicon import table, words

_MUNICIPALITY = re.compile(r"(?<![\w-])([A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)?) ([Kk]ommune|[Rr]egionskommune)(?:s|ns)?\b")


def read_municipality(text: str) -> str | None:
    """The municipality or region that a text names first, as its list writes it.

    >>> read_municipality("Vedtægt for Hvidovre Kommunes borgerrådgiver")
    'Hvidovre Kommune'
    """
    for match in _MUNICIPALITY.finditer(text) if "ommune" in text else ():
        for name in (match[1], match[1].rsplit(" ", 1)[-1]):
            full = f"{name} {match[2].capitalize()}"
            if full in words("places", "municipalities"):
                return full
    return next((region for region in table("places")["regions"] if region in text), None)
