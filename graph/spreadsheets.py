"""CSV that a spreadsheet may open: no text of it is run as a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

_FORMULA = re.compile(r"^[\s\u00a0]*[=+\-@\t\r]")


def safe(text: str) -> str:
    """A text as a spreadsheet may have it: one that would be taken for a formula gets an apostrophe in front.

    >>> safe("=HYPERLINK(…)"), safe("Økonomiudvalget")
    ("'=HYPERLINK(…)", 'Økonomiudvalget')
    """
    return f"'{text}" if _FORMULA.match(text) else text


def sheet(rows: Iterable[Iterable[object]]) -> str:
    """Rows as lines of CSV, every text of them safe; numbers stand as they are."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([safe(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return out.getvalue()
