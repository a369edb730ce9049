"""A quick look before the long one: whether words that a pattern cannot do without stand in a text at all.

Finding a fixed word in a text costs a fiftieth of trying a pattern at each of its places, and most texts hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from graph.danish.lexicon import table

_WORD = re.compile(r"[\w-]+")


def holds(text: str, hints: Iterable[str]) -> bool:
    """Whether any of some words, or parts of words, stands in a text.

    >>> holds("Indstillingen tiltrædes", ("til ", "træd")), holds("Godkendt.", ("til ", "træd"))
    (True, False)
    """
    for hint in hints:  # noqa: SIM110 - a generator inside any() costs more than the whole search
        if hint in text:
            return True
    return False


@lru_cache(maxsize=256)
def lowered(text: str) -> str:
    """A text in lower case with every letter in its place, made once for all who look into it.

    >>> lowered("Åben Sag"), len(lowered("İzmir"))
    ('åben sag', 5)
    """
    return text.replace("İ", "I").lower()  # the one letter that becomes two


@lru_cache(maxsize=256)
def last_letters(text: str) -> frozenset[str]:
    """The last three letters of every word of a text, in lower case.

    >>> sorted(last_letters("Økonomichefen kom."))
    ['fen', 'kom']
    """
    return frozenset([word[-3:] for word in _WORD.findall(lowered(text))])


@cache
def stems(name: str, *keys: str) -> tuple[str, ...]:
    """The shortest words of some lists: a text with any word of the lists holds one of these.

    >>> stems("bodies", "body_endings", "indefinite_endings")[:3]
    ('råd', 'nævn', 'udvalg')
    """
    listed = sorted({word.lower() for key in keys for word in table(name)[key]}, key=lambda word: (len(word), word))
    return tuple(word for place, word in enumerate(listed) if not any(short in word for short in listed[:place]))
