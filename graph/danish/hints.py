"""A quick look before the long one: whether words that a pattern cannot do without stand in a text at all.

Finding a fixed word in a text costs a fiftieth of trying a pattern at each of its places, and most texts hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

from graph.danish.lexicon import table

_WORD = re.compile(r"[\w-]+")
_LETTERS = re.compile(r"\A[\w ]+")
_CHOICE = re.compile(r"\(\?:([^()]*)\)(?![?*{|])")
_GROUP = re.compile(r"\((?:[^()]|\([^()]*\))*\)")


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
def openings(patterns: tuple[str, ...]) -> tuple[str, ...]:
    """The plain letters that some patterns begin with: a text in which any of them is found holds one of these.

    >>> openings(("godkend\\\\w*", "tiltr[åæ]dt", "kommer(?: op)? i", "(?:skal|vil) til"))
    ('vil', 'skal', 'tiltr', 'kommer', 'godkend')
    """
    return _shortest({opening for pattern in patterns for opening in _begins(pattern)})


def _begins(pattern: str) -> Iterator[str]:
    """How a pattern begins: one word, or one for each choice; the empty word, which every text holds, for any other."""
    choice = _CHOICE.match(pattern)
    if "|" in _GROUP.sub("", pattern):
        yield ""
    elif choice:
        for one in choice[1].split("|"):
            yield from _begins(one)
    else:
        plain = pattern[: len(pattern) - len(_LETTERS.sub("", pattern, count=1))]
        yield plain[:-1] if pattern[len(plain) : len(plain) + 1] in ("?", "*", "{") else plain


@cache
def stems(name: str, *keys: str) -> tuple[str, ...]:
    """The shortest words of some lists: a text with any word of the lists holds one of these.

    >>> stems("bodies", "body_endings", "indefinite_endings")[:3]
    ('råd', 'nævn', 'klynge')
    """
    return _shortest({word.lower() for key in keys for word in table(name)[key]})


def _shortest(words: set[str]) -> tuple[str, ...]:
    """The words that hold none of the others, the shortest first."""
    listed = sorted(words, key=lambda word: (len(word), word))
    return tuple(word for place, word in enumerate(listed) if not any(short in word for short in listed[:place]))
