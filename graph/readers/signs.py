"""What a file's first bytes say of its format, so that no two readers take the same file."""

from __future__ import annotations

import codecs
import re

PDF = b"%PDF-"
ZIP = b"PK\x03\x04"
_OTHERS = (ZIP, b"PK\x05\x06", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_SKIPPED = re.compile(rb"(?:\s{1,500}|<!--(?:[^-]|-(?!->)){0,4000}-->|<\?xml[^>]{0,200}>)")
_HTML = re.compile(
    rb"<(?:!doctype\s{1,20}html|html|head|body|main|article|section|div|table|h[1-6]|p|ul|ol|meta|link|style|title)\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(rb"<(?:!doctype|!entity|\?xml|[a-z][a-z0-9:-]{0,40}(?:\s[^<>]{0,400})?/?>)", re.IGNORECASE)
_LETTER = re.compile(rb"(?:^|\n)MIME-Version: ?1", re.IGNORECASE)  # a mail, or a page saved as one (mht)
_WIDE = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def head(content: bytes) -> bytes:
    """The first bytes of a file in an encoding that agrees with ASCII, without byte order mark and white space."""
    first = content[:8192]
    for mark, encoding in _WIDE:
        if first.startswith(mark) and not first.startswith(codecs.BOM_UTF32_LE):
            first = first[2:].decode(encoding, "replace").encode("utf-8", "replace")
    return first.removeprefix(codecs.BOM_UTF8).lstrip()


def is_html(content: bytes) -> bool:
    """Whether bytes begin as a web page does, after comments and an XML declaration.

    >>> is_html(b"<!-- gemt --><html lang='da'>"), is_html(b"<?xml version='1.0'?><a/>"), is_html(b"Sagsgang <b>")
    (True, False, False)
    """
    first, place = head(content), 0
    while skipped := _SKIPPED.match(first, place):
        place = skipped.end()
    return _HTML.match(first, place) is not None


def is_markup(content: bytes) -> bool:
    """Whether bytes begin as any markup language does."""
    return is_html(content) or _MARKUP.match(head(content)) is not None


def is_pdf(content: bytes) -> bool:
    """Whether bytes begin as a PDF does."""
    return head(content).startswith(PDF)


def is_other(content: bytes) -> bool:
    """Whether bytes begin as a packed or binary format that is no text."""
    return content.startswith(_OTHERS) or is_pdf(content) or _is_letter(content[:4096])


def _is_letter(first: bytes) -> bool:
    return b"mime-version" in first.lower() and _LETTER.search(first) is not None
