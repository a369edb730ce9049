"""Bytes of text → clean text: the right characters, `\\n` line ends, NFC, and no control characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"(?:charset|encoding) ?= ?[\"']?([A-Za-z0-9_-]{2,30})")
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_LINE_ENDS = re.compile("\r\n|[\r\x0c\x85\u2028\u2029]")
_BINARY_SHARE = 0.02


def decode(content: bytes) -> str:
    """The characters of a file: by its byte order mark, else as UTF-8, else as it declares, else as Windows wrote them.

    >>> decode("Åben Sag".encode("cp1252"))
    'Åben Sag'
    """
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        pass
    declared = _DECLARED.search(content, 0, 2048)
    if declared is not None:
        try:
            return content.decode(declared[1].decode("ascii"))
        except (LookupError, UnicodeDecodeError):
            pass
    return content.decode("cp1252", "replace")


def clean(text: str) -> str:
    """A text as sources keep it: `\\n` line ends, NFC, tabs kept, other control characters and direction marks gone.

    >>> clean("A\\u030aben Sag\\r\\n\\x00Sagsgang")
    'Åben Sag\\nSagsgang'
    """
    return unicodedata.normalize("NFC", _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)))


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text: more than a few control bytes, where no byte order mark explains the zeros.

    >>> is_binary(b"PK\\x03\\x04\\x00\\x00\\x08\\x00"), is_binary("Sagsgang\\n".encode())
    (True, False)
    """
    if content.startswith(tuple(mark for mark, _ in _BOMS)):
        return False
    head = content[:65536]
    controls = sum(head.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13))
    return controls > len(head) * _BINARY_SHARE
