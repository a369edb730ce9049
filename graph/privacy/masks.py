"""Text with places blacked out: as long as before, so that every offset into it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable

MASK = "█"
_SEEN = re.compile(r"\S")


def masked_text(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """The text with the characters of some spans (begin, end) masked one for one; white space and line ends are kept.

    >>> masked_text("Ansøger 010190-1234, Elmevej 4", [(8, 19)])
    'Ansøger ███████████, Elmevej 4'
    """
    parts: list[str] = []
    reached = 0
    for begin, end in sorted(spans):
        begin, end = max(begin, reached), min(end, len(text))
        if begin < end:
            parts += [text[reached:begin], _SEEN.sub(MASK, text[begin:end])]
            reached = end
    return "".join([*parts, text[reached:]])
