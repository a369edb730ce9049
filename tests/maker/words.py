"""What made municipalities are named from: bodies, people, places and matters, all in Danish."""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from pathlib import Path

TERM = date(2022, 1, 1)
ALWAYS = date(2000, 1, 1)

# key, kind, code, names
BODIES: tuple[tuple[str, str, str, tuple[tuple[date, str], ...]], ...] = (
    ("direktionen", "management", "DIR", ((ALWAYS, "Direktionen"),)),
    ("hovedudvalget", "med", "HU", ((ALWAYS, "Hovedudvalget"),)),
    ("oekonomi", "committee", "ØK", ((ALWAYS, "Økonomiudvalget"),)),
    ("kommunalbestyrelsen", "council", "KB", ((ALWAYS, "Kommunalbestyrelsen"),)),
    ("teknik", "committee", "", ((ALWAYS, "Teknik- og Miljøudvalget"), (TERM, "Klima- og Miljøudvalget"))),
    ("boern", "committee", "BUU", ((ALWAYS, "Børne- og Ungdomsudvalget"),)),
    ("social", "committee", "SSU", ((ALWAYS, "Social- og Sundhedsudvalget"),)),
    ("kultur", "committee", "", ((ALWAYS, "Kultur- og Fritidsudvalget"), (TERM, "Fritids- og Landdistriktsudvalget"))),
    ("arbejdsmarked", "committee", "AMU", ((ALWAYS, "Arbejdsmarkedsudvalget"),)),
    ("aeldreraadet", "other", "", ((ALWAYS, "Ældrerådet"),)),
    ("handicapraadet", "other", "", ((ALWAYS, "Handicaprådet"),)),
    ("med-teknik", "med", "", ((ALWAYS, "MED-udvalget for Teknik og Miljø"),)),
)


@cache
def words(name: str) -> tuple[str, ...]:
    """One of the lists of words.toml: given, middle, last, parties, posts, places, matters, acts, …"""
    return tuple(tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))[name])
