"""How a page stays small: lists and texts are cut the harder, the larger the page came out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import ceil, log

# An old computer on a slow line has a page of this many bytes at once.
LARGEST_PAGE = 30_000
# A page that is larger is made anew, up to so many times, each time with this part of what its lists and texts held.
_TIMES, _PART = 10, 0.7


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, cut between two words; the whole of it stands where its link leads.

    >>> cut("Sagen blev drøftet i udvalget.", 20), cut("Godkendt.", 20)
    ('Sagen blev drøftet …', 'Godkendt.')
    """
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0].rstrip(' ,;:') or text[: most - 2]} …"


def part_of(share: float, most: int) -> int:
    """A share of a number, one at the least."""
    return max(1, int(share * most))


def fitted(make: Callable[[Callable[[int], int]], str]) -> str:
    """The page that `make` gives with the fullest lists that keep it small; the smallest where none does.

    A page is mostly lists and texts, so its weight tells at which making it may be small: those before are passed over,
    and tried only where the page came out so small that lists within lists must have made it so.
    """
    times, passed = 0, 0
    text = make(share_of(times))
    while (weight := len(text.encode())) > LARGEST_PAGE and times < _TIMES:
        passed = times + 1
        times = min(_TIMES, times + ceil(log(LARGEST_PAGE / weight, _PART)))
        text = make(share_of(times))
    while times > passed and len(text.encode()) < LARGEST_PAGE / 2:
        times -= 1
        fuller = make(share_of(times))
        if len(fuller.encode()) > LARGEST_PAGE:
            break
        text = fuller
    return text


def share_of(times: int) -> Callable[[int], int]:
    """What tells how many of a list, or how much of a text, may stand in a page that is made anew so many times.

    >>> [share_of(times)(12) for times in range(_TIMES + 1)]
    [12, 8, 5, 4, 2, 2, 1, 1, 1, 1, 1]
    """
    return partial(part_of, _PART**times)
