"""Lines broken at a page's width: the break inside a paragraph is a blank, and nothing ends there."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from statistics import median

NARROWEST, WIDEST = 60, 130  # signs of a line in a paper of a fixed width
LEAST_BROKEN = 4  # lines that the width has plainly broken: the next one goes on in lower case

_COLUMNS = re.compile(r"\S(?:\t| {3})")
# what opens a line of its own; a day that is broken from its "den" is no number of a list
_OWN_LINE = re.compile(
    r"[^\w\"”»(]|\d{1,3}[.)] (?!(?:januar|februar|marts|april|maj|ju[nl]i|august|\w{4,5}ember|oktober)\b)"
    r"|[a-z][.)] |[Aa]t\b|[A-ZÆØÅ][\w .-]{1,30}:"
)
_ENDS = (".", "!", "?", ")")


@lru_cache(maxsize=4)
def unwrapped(text: str) -> str:
    """The text with each sign in its place, and a blank for every line's end that only the page's width has made:
    the next line's first word would have had no room.

    >>> lines = ["Sagen skal til behandling i det stående udvalg, og skolechef Maja Holm", "Krog deltager, når den er"]
    >>> lines += ["på udvalgets næste møde, som bliver holdt på rådhuset den 3. maj, og når", "svarene er talt op."]
    >>> unwrapped("\\n".join(lines * 4))[61:75]
    'Maja Holm Krog'
    """
    lines = text.split("\n")
    width = _width(lines)
    if not width:
        return text
    pieces = [lines[0]]
    for line, below in pairwise(lines):
        pieces += (" " if _goes_on(line, below, width) else "\n", below)
    return "".join(pieces)


def _width(lines: list[str]) -> int:
    """How long a line can be, where the paper has a fixed width; else 0."""
    broken = [pair for pair in pairwise(lines) if pair[1][:1].islower() and _goes_on(*pair, NARROWEST)]
    if len(broken) < LEAST_BROKEN or any(len(line) > WIDEST and _COLUMNS.search(line) is None for line in lines):
        return 0
    return min(int(median(_reach(*pair) for pair in broken)) - 1, max(len(line) for line, _ in broken))


def _reach(line: str, below: str) -> int:
    """How long a line would have been with the next one's first word."""
    return len(line) + 1 + len(below.partition(" ")[0])


def _goes_on(line: str, below: str, width: int) -> bool:
    """Whether a line's last sentence goes on in the next, which only the width has parted from it."""
    first = below.partition(" ")[0]
    if not first or _reach(line, below) <= width or not line or line[-1] in ":;|" or line[0] in "|#":
        return False
    ended = line.endswith(_ENDS) and not first[0].islower()
    return not ended and _OWN_LINE.match(below) is None and _COLUMNS.search(line) is None


def runs_wider(text: str, width: int) -> bool:
    """Whether two of a text's lines are so much longer than some others that no page's width broke those.

    >>> runs_wider("Brev\\nEn meget lang linje.\\nOg en til, lige så lang.", 4), runs_wider("Brev\\nEn til.", 4)
    (True, False)
    """
    return _second_longest(text) > 2 * width


@lru_cache(maxsize=4)
def _second_longest(text: str) -> int:
    return sorted([0, *map(len, text.split("\n"))])[-2]
