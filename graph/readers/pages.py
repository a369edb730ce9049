"""Places in a source's text → pages of its file."""

from __future__ import annotations

from bisect import bisect_right

from graph.model import SourceDocument


def page_of(source: SourceDocument, offset: int) -> int | None:
    """The page, counted from 1, on which a place in the text stands; None where the file has no pages.

    >>> paper = SourceDocument(title="", text="Sagsgang", text_hash="", file_hash="", media_type="", page_start=(0, 4))
    >>> page_of(paper, 3), page_of(paper, 4)
    (1, 2)
    """
    return max(bisect_right(source.page_start, offset), 1) if source.page_start else None
