"""Page numbers, and the head that each page repeats below its number: no words of what goes on over the page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from graph.extract.labels import read_label

LEAST_PAGES = 2
LONGEST_HEAD = 2  # lines
SHARE = 0.6  # of the pages: the last one may end with its number, and left and right pages differ
# (the line's end comes first in the pattern, so that the search may leap from one to the next)
_NUMBER = re.compile(
    r"\n[ \t]*(?:(?:Side|SIDE|Page) ?:? ?(?P<said>\d{1,4})(?: ?(?:af|of|/) ?(?P<of>\d{1,4}))?"
    r"|(?P<slashed>\d{1,3}) ?/ ?(?P<all>\d{1,3})|[-–] ?(?P<dashed>\d{1,3}) ?[-–])[ \t]*(?=\n|$)"
)
# at the end of a head's line: "Teknikudvalget 6. maj 2025      Side 2 af 9"
_BEHIND_HEAD = re.compile(r"(?:Side|SIDE|Page) ?:? ?(?P<said>\d{1,4})(?: ?(?:af|of|/) ?(?P<of>\d{1,4}))?[ \t]*(?=\n|$)")
_GAPS = ("  ", "\t", " | ", " - ", " – ", " · ")

Span = tuple[int, int]


@lru_cache(maxsize=4)
def without_page_breaks(text: str) -> str:
    """The text with each sign in its place, and blanks for the pages' numbers and the heads that stand below them;
    the first page's head stays.

    >>> page = "\\n 1 / 3\\nÆldrerådet  3-5-2011\\n"
    >>> text = page + "den" + page.replace("1 /", "2 /") + "7. maj." + page.replace("1 /", "3 /")
    >>> without_page_breaks(text).split()
    ['Ældrerådet', '3-5-2011', 'den', '7.', 'maj.']
    """
    numbers = _numbers(text)
    if not numbers:
        return text
    over = [line for line in text[: numbers[0][0]].split("\n") if line.strip()]
    first = len(over) <= LONGEST_HEAD
    heads = _repeated(text, [list(_below(text, end)) for _, end in numbers], first=first)
    blanks = [*numbers, *heads, *_repeated(text, [list(_above(text, begin)) for begin, _ in numbers], first=first)]
    pieces: list[str] = []
    last = 0
    for begin, end in sorted(blanks):
        pieces += (text[last:begin], " " * (end - begin))
        last = end
    return "".join((*pieces, text[last:]))


def _repeated(text: str, pages: Sequence[Sequence[Span]], *, first: bool) -> Iterator[Span]:
    """Those of the lines beside the pages' numbers that most pages print; of the first page none where it is the
    paper's own head."""
    counts = Counter(head for lines in pages for head in {_words(text[slice(*span)]) for span in lines})
    least = max(LEAST_PAGES, SHARE * sum(map(bool, pages)))
    for lines in pages[first:]:
        for begin, end in lines:
            if counts[_words(text[begin:end])] < least or read_label(text[begin:end].strip()) is not None:
                break
            yield begin, end


def _numbers(text: str) -> list[Span]:
    """The lines that hold a page's number, where they count the pages; the first with a head stays, for it tells of
    the meeting."""
    series: dict[str, list[tuple[int, Span]]] = {}
    for found in _NUMBER.finditer(text):
        kind = f"{found.lastgroup} {found['all'] or found['of'] or ''}"
        number = int(found["said"] or found["slashed"] or found["dashed"])
        series.setdefault(kind, []).append((number, (found.start() + 1, found.end())))
    for found in _BEHIND_HEAD.finditer(text) if " Side" in text or "\tSide" in text else ():
        begin = text.rfind("\n", 0, found.start()) + 1
        head = text[begin : found.start()]
        if head.strip() and head.endswith(_GAPS):
            kind = f"head {_words(head)} {found['of']}"
            series.setdefault(kind, []).append((int(found["said"]), (begin, found.end())))
    counted = {kind: pages for kind, pages in series.items() if _counts(kind, pages)}
    return sorted(span for kind, pages in counted.items() for _, span in pages[kind.startswith("head ") :])


def _counts(kind: str, pages: Sequence[tuple[int, Span]]) -> bool:
    """Whether numbers are pages': each one more than the one before, and "3/12" up to the last of all."""
    numbers = [number for number, _ in pages]
    first = numbers[0]
    if len(pages) < LEAST_PAGES or numbers != list(range(first, first + len(pages))):
        return False
    form, _, last = kind.partition(" ")
    return form != "all" or str(numbers[-1]) == last


def _below(text: str, end: int) -> Iterator[Span]:
    """The first lines below a page's number that hold words."""
    begin, left = end + 1, LONGEST_HEAD
    while begin < len(text) and left:
        stop = text.find("\n", begin)
        stop = stop if stop >= 0 else len(text)
        if text[begin:stop].strip():
            left -= 1
            yield begin, stop
        begin = stop + 1


def _above(text: str, begin: int) -> Iterator[Span]:
    """The line right above a page's number that is part of a head itself."""
    last = begin - 1
    first = text.rfind("\n", 0, max(last, 0)) + 1
    if last > 0 and _NUMBER.match(text, last) is None and text[first:last].strip():
        yield first, last


def _words(line: str) -> str:
    return " ".join(line.split())
