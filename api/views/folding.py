"""How a page stays small: lists and texts are cut the harder, the larger the page came out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

# An old computer on a slow line has a page of this many bytes at once.
LARGEST_PAGE = 30_000
# A page that is larger is made anew, up to so many times, each time with this part of what its lists and texts held.
TIMES, PART = 10, 0.7


def cut(text: str, most: int) -> str:
    """A text of at most so many characters, cut between two words; the whole of it stands where its link leads.

    >>> cut("Sagen blev drøftet i udvalget.", 20), cut("Godkendt.", 20)
    ('Sagen blev drøftet …', 'Godkendt.')
    """
    if len(text) <= most:
        return text
    return f"{text[: most - 1].rpartition(' ')[0].rstrip(' ,;:') or text[: most - 2]} …"


def fits() -> Iterator[Callable[[int], int]]:
    """For each making of a page what tells how many of a list, or how much of a text, may stand there.

    >>> [fit(12) for fit in fits()]
    [12, 8, 5, 4, 2, 2, 1, 1, 1, 1, 1]
    """
    for times in range(TIMES + 1):
        yield partial(part_of, PART**times)


def part_of(share: float, most: int) -> int:
    """A share of a number, one at the least."""
    return max(1, int(share * most))


def fitted(make: Callable[[Callable[[int], int]], str]) -> str:
    """The page that `make` gives with the fullest lists that keep it small; the smallest where none does."""
    text = ""
    for fit in fits():
        text = make(fit)
        if len(text.encode()) <= LARGEST_PAGE:
            break
    return text
