"""Whether bytes say what was erased: as text in any encoding we write, escaped, compressed, or inside an archive."""

from __future__ import annotations

import gzip
import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from graph.erasure.rules import Rules, suppressed_spans

_CHUNK, _OVERLAP = 1 << 24, 1 << 16
LARGEST = 1 << 28  # octets of one unpacked part; ours are far below
_WRITTEN = re.compile(rb"(?:[\t\n\r\x20-\x7e]|[\xc2-\xf4][\x80-\xbf]{1,3}){5,}")  # what is text in a binary file
_JSON = re.compile(r"\\u([0-9a-fA-F]{4})")
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}|\\u[0-9a-fA-F]{4}|&#?\w+;")
_SORT_KEY = re.compile(r"[a-z][{|}]|[{|}][a-z]")
_SORTED = str.maketrans("{|}", "æøå")


def says(content: bytes, rules: Rules) -> bool:
    """Whether bytes say what was erased."""
    return any(count(text, rules) for text in texts(content))


def hits(path: Path, rules: Rules) -> int:
    """How often a file, or its name, says what was erased."""
    found = count(path.name, rules)
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(0)
        if head.startswith((b"\x1f\x8b", b"PK", b"%PDF")):
            return found + sum(count(text, rules) for text in texts(file.read()))
        before = b""
        while chunk := file.read(_CHUNK):
            found += sum(count(text, rules) for text in texts(before + chunk))
            before = chunk[-_OVERLAP:]
    return found


def count(text: str, rules: Rules) -> int:
    """How often a text says what was erased."""
    return len(suppressed_spans(text, rules))


def texts(content: bytes) -> Iterator[str]:
    """What bytes can be read as: plain, unescaped, as sorting writes it, and every part of an archive."""
    for part in parts(content):
        binary = b"\0" in part
        written = b"\n".join(_WRITTEN.findall(part)) if binary else part
        text = written.decode("utf-8", "replace")
        yield text
        if "\ufffd" in text and not binary:
            yield written.decode("cp1252", "replace")
        if escaped := lines_with(_ESCAPED, text):
            yield html.unescape(_JSON.sub(lambda m: chr(int(m[1], 16)), unquote(escaped, errors="replace")))
        if sorted_by := lines_with(_SORT_KEY, text):
            yield sorted_by.translate(_SORTED)
        if b"\xfe\xff" in part or b"\xff\xfe" in part[:2]:
            yield part.decode("utf-16-be", "replace")
            yield part.decode("utf-16-le", "replace")


def lines_with(pattern: re.Pattern[str], text: str) -> str:
    """The lines of a text in which a pattern is found."""
    return "\n".join(line for line in text.split("\n") if pattern.search(line)) if pattern.search(text) else ""


def parts(content: bytes) -> Iterator[bytes]:
    """What is packed in bytes; the bytes themselves where they are no archive."""
    if content.startswith(b"\x1f\x8b"):
        with gzip.open(io.BytesIO(content)) as packed:
            yield packed.read(LARGEST)
    elif content.startswith(b"PK"):
        yield from members(content)
    else:
        yield content
        if content.startswith(b"%PDF"):
            yield from map(inflated, _STREAM.findall(content))


def members(content: bytes) -> Iterator[bytes]:
    """The files of a zip archive with their names; nothing of one that is broken."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                yield member.filename.encode()
                with archive.open(member) as file:
                    yield file.read(LARGEST)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError):
        return


def inflated(stream: bytes) -> bytes:
    """A stream of a PDF as it was before it was packed; empty where it is packed in another way."""
    try:
        return zlib.decompressobj().decompress(stream, LARGEST)
    except zlib.error:
        return b""
