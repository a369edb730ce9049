"""How the cost of some work grows with its size, told on a machine that is busy with other things too."""

from __future__ import annotations

import gc
from collections.abc import Callable


def grows_linearly(seconds: Callable[[int], float], short: int, long: int, *, within: float = 2.0) -> bool:
    """Whether the longer work takes no more than twice its share (or as said), at its best in one of five trials.

    Work that grows with the square of its size fails every trial; a disturbed clock does not. Unused objects are looked
    for when all is done: that costs in proportion to what the tests before have left in memory.
    """
    gc.disable()
    try:
        for _ in range(5):
            least = max(min(seconds(short), seconds(short)), 0.02)
            if seconds(long) < within * long / short * least:
                return True
        return False
    finally:
        gc.enable()
