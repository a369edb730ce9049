"""A quick look before the long one: whether words that a pattern cannot do without stand in a text at all.

Finding a fixed word in a text costs a fiftieth of trying a pattern at each of its places, and most texts hold none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache

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


def any_of(words: Iterable[str]) -> str:
    """Some words as one pattern, which tells them apart letter by letter and so tries all of them in one go.

    >>> any_of(("råd", "rådet", "nævn"))
    '(?:nævn|råd(?:et)?)'
    """
    rests: dict[str, list[str]] = {}
    for word in sorted(set(words)):
        rests.setdefault(word[:1], []).append(word[1:])
    whole = rests.pop("", None) is not None
    choices = [re.escape(letter) + (any_of(rest) if any(rest) else "") for letter, rest in rests.items()]
    return choices[0] if len(choices) == 1 and not whole else f"(?:{'|'.join(choices)}){'?' * whole}"


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


def _shortest(words: set[str]) -> tuple[str, ...]:
    """The words that hold none of the others, the shortest first."""
    listed = sorted(words, key=lambda word: (len(word), word))
    return tuple(word for place, word in enumerate(listed) if not any(short in word for short in listed[:place]))
