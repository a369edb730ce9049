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
_OTHER_ENDS = "\r\x0c\x85\u2028\u2029"
_CONTROL_BYTES = bytes(byte for byte in range(32) if byte not in (9, 10, 12, 13))
_BINARY_SHARE = 0.02
_DOS = bytes([0x91, 0x9B, 0x86, 0x92, 0x9D, 0x8F])  # æøåÆØÅ in code page 850
_WINDOWS = "æøåÆØÅ".encode("cp1252")
_TWICE = {  # letters of UTF-8 that a program took for Windows' or DOS' and wrote as UTF-8 once more
    **{letter.encode().decode("cp1252"): letter for letter in "æøåÆØÅéüö"},
    **{letter.encode().decode("cp850"): letter for letter in "æøåÆØÅéüö"},
    "├╕": "ø",
}
_MOJIBAKE = re.compile("|".join(map(re.escape, _TWICE)))


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
    dos, windows = (sum(content.count(byte) for byte in letters) for letters in (_DOS, _WINDOWS))
    fallback = "cp850" if content.count(_DOS[1]) and content.count(_DOS[2]) and dos > 4 * windows else "cp1252"
    return "\n".join(_line(line, fallback) for line in content.split(b"\n"))


def _line(line: bytes, fallback: str) -> str:
    """A line of a file that is not UTF-8 all through: as UTF-8 where it is, for files are put together of pieces."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode(fallback, "replace")


def mended(text: str) -> str:
    """A text with the Danish letters that were encoded twice put right.

    >>> mended("Regionsr├ådet og Ã¦ldrerÃ¥det")
    'Regionsrådet og ældrerådet'
    """
    return _MOJIBAKE.sub(_letter, text) if "Ã" in text or "├" in text else text


def _letter(found: re.Match[str]) -> str:
    """The letter meant: a capital Æ never follows a small letter, so there it is an å whose second half is lost."""
    inside = found.start() > 0 and found.string[found.start() - 1].islower()
    return "å" if found[0] == "├å" and inside else _TWICE[found[0]]


def clean(text: str) -> str:
    """A text as sources keep it: `\\n` line ends, NFC, tabs kept, other control characters and direction marks gone.

    >>> clean("A\\u030aben Sag\\r\\n\\x00Sagsgang")
    'Åben Sag\\nSagsgang'
    """
    lines = _LINE_ENDS.sub("\n", text) if any(end in text for end in _OTHER_ENDS) else text
    return mended(unicodedata.normalize("NFC", _CONTROLS.sub("", lines)))


def is_binary(content: bytes) -> bool:
    """Whether bytes are no text: more than a few control bytes, where no byte order mark explains the zeros.

    >>> is_binary(b"PK\\x03\\x04\\x00\\x00\\x08\\x00"), is_binary("Sagsgang\\n".encode())
    (True, False)
    """
    if content.startswith(tuple(mark for mark, _ in _BOMS)):
        return False
    head = content[:65536]
    controls = len(head) - len(head.translate(None, _CONTROL_BYTES))
    return controls > len(head) * _BINARY_SHARE
