"""Headers, footers and page numbers: what repeats at the edges of pages stands once in the text, or not at all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from graph.readers.page_words import Word

EDGE_LINES = 3
SHARE = 0.4  # of the pages: headers may differ between left and right pages
_NUMBER = re.compile(r"(?:Side|Page|S\.)?[ :]{0,3}[-–]? ?\d{1,4} ?[-–]?(?: ?(?:af|of|/) ?\d{1,4})?", re.IGNORECASE)
_SAID = re.compile(r"(?:Side|Page) ?:? ?\d{1,4}(?: ?(?:af|of|/) ?\d{1,4})?", re.IGNORECASE)

Key = tuple[str, int]


def without_edges(pages: Sequence[Sequence[Word]]) -> list[list[Word]]:
    """The words of each page without page numbers, and without the header and footer that an earlier page showed."""
    edges = [_edges(page) for page in pages]
    counts = Counter(key for page in edges for key in {key for key, _ in page})
    least = max(2, SHARE * len(pages))
    seen: set[Key] = set()
    found = []
    for page, own in zip(pages, edges, strict=True):
        dropped: set[int] = set()
        for key, words in own:
            text = " ".join(word.text for word in words)
            repeats = counts[key] >= least
            numbered = _SAID.fullmatch(text) or (repeats and _NUMBER.fullmatch(text))
            if numbered or (repeats and key in seen):
                dropped.update(id(word) for word in words)
        seen.update(key for key, _ in own)
        found.append([word for word in page if id(word) not in dropped])
    return found


def _edges(page: Sequence[Word]) -> list[tuple[Key, list[Word]]]:
    """The first and last lines of a page: their words without numbers and their height on the page, and the words."""
    lines: list[list[Word]] = []
    for word in sorted(page, key=lambda word: (-word.middle, word.left)):
        if lines and abs(lines[-1][0].middle - word.middle) < 0.5 * word.height:
            lines[-1].append(word)
        else:
            lines.append([word])
    chosen = lines if len(lines) <= 2 * EDGE_LINES else [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]
    found = []
    for line in chosen:
        line.sort(key=lambda word: word.left)
        words = _SAID.sub("side", " ".join(word.text for word in line)).casefold()
        words = "side" if _NUMBER.fullmatch(words) else words
        found.append(((words, round(line[0].middle / 4)), line))
    return found
