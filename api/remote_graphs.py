"""A version of ours as the graphs that another server is given."""

import re
from collections.abc import Iterator

from graph.store import Version, quads

_QUAD = re.compile(r'(\S+ \S+ (?:"(?:[^"\\]|\\.)*"(?:\^\^<[^>]*>|@\S+)?|\S+))(?: (\S+))? \.\n')


def graphs_of(version: Version) -> Iterator[tuple[str | None, list[str]]]:
    """Each graph's IRI with its triples as lines of N-Triples; the default graph comes last, by the name None."""
    found: dict[str | None, list[str]] = {}
    for line in quads(version):
        triple, name = parted(line)
        found.setdefault(name, []).append(triple)
    default = found.pop(None, [])
    yield from sorted(((name or "", lines) for name, lines in found.items()))
    yield None, default


def parted(line: str) -> tuple[str, str | None]:
    """The triple of a line of N-Quads, and the IRI of its graph.

    >>> parted('<http://e/a> <http://e/b> "et <c> ." <http://e/g> .\\n')
    ('<http://e/a> <http://e/b> "et <c> ." .\\n', 'http://e/g')
    """
    found = _QUAD.fullmatch(line)
    if not found:
        raise ValueError(f"not a line of N-Quads: {line[:200]!r}")
    return f"{found[1]} .\n", found[2].strip("<>") if found[2] else None
