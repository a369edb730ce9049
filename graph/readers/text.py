"""Plain text and Markdown → SourceDocument: the text is kept as it stands, marks and all.

Only the two columns of a printed page, labels and their values, are laid out anew (see label_columns).
"""

from __future__ import annotations

import hashlib
import re

from graph.model import SourceDocument
from graph.readers.decoding import clean, decode, is_binary
from graph.readers.label_columns import joined_columns
from graph.readers.signs import is_markup, is_other

LARGEST_FILE = 20_000_000

_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)


def accepts(content: bytes) -> bool:
    """Whether the bytes are text without markup of another format."""
    return not (is_other(content) or is_markup(content) or is_binary(content))


def read(content: bytes, title: str) -> SourceDocument:
    """The source with its cleaned text."""
    text = joined_columns(clean(decode(content)))
    return source_document(text, content, title=title, media_type=media_type(text))


def source_document(text: str, content: bytes, *, title: str, media_type: str) -> SourceDocument:
    """A source of cleaned text and of the bytes it was read from, with the hash of each."""
    encoded = text.encode("utf-8", "surrogatepass")
    file_hash = hashlib.sha256(content).hexdigest()
    return SourceDocument(
        title=title,
        text=text,
        text_hash=file_hash if encoded == content else hashlib.sha256(encoded).hexdigest(),
        file_hash=file_hash,
        media_type=media_type,
    )


def media_type(text: str) -> str:
    """What kind of text it is.

    >>> media_type("## Punkter til behandling"), media_type("Punkter til behandling")
    ('text/markdown', 'text/plain')
    """
    return "text/markdown" if "# " in text and _HEADING.search(text) else "text/plain"
