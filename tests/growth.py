"""How the cost of some work grows with its size, told on a machine that is busy with other things too."""

from __future__ import annotations

from collections.abc import Callable


def grows_linearly(seconds: Callable[[int], float], short: int, long: int, *, within: float = 2.0) -> bool:
    """Whether the longer work takes no more than twice its share (or as said), at its best in one of five trials.

    Work that grows with the square of its size fails every trial; a disturbed clock does not.
    """
    for _ in range(5):
        least = max(min(seconds(short), seconds(short)), 0.02)
        if seconds(long) < within * long / short * least:
            return True
    return False
