"""An asker's values put into a query: as a VALUES block in every group that names their variable itself.

A group behind OPTIONAL or EXISTS has them from the group it stands in, and a block there would only be read once more.
A group of which only the branches of a UNION name it has none: Virtuoso would drop the rows of the other branches.

The engine's own substitution joins a value with the whole answer, after grouping: a FILTER never sees it, and a query
about one case reads all of them. A value is an RDF term here, checked and escaped; a query is one of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

Term = Mapping[str, str]

# what a brace may not be found in: comments, IRIs, strings
_TOKEN = re.compile(r"#[^\n]*|<[^<>\"{}|^`\\\s]*>|\"(?:[^\"\\]|\\.)*\"|[{}]")
# No blank of any kind: the IRIs are those of a graph of ours. What others may write is wider, see api.term_writer.
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20\s<>\"{}|^`\\]*")
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\x00": "�"})
_BEHIND = re.compile(r"\s*SELECT\b", re.IGNORECASE)
_GIVEN = re.compile(r"\b(?:OPTIONAL|EXISTS)\s*$", re.IGNORECASE)
_BEFORE = re.compile(r"\bVALUES\s+\?\w+\s*$", re.IGNORECASE)


def placed(query: str, terms: Mapping[str, Term]) -> str:
    """The query with the terms in their places.

    >>> placed("SELECT ?a WHERE { ?a ?p ?b . OPTIONAL { ?a ?q ?c } }", {"b": {"type": "uri", "value": "http://e/b"}})
    'SELECT ?a WHERE { VALUES ?b { <http://e/b> } ?a ?p ?b . OPTIONAL { ?a ?q ?c } }'
    """
    inserts: list[tuple[int, str]] = []
    rest = query
    for begin, end in groups(query):
        named = [name for name in terms if re.search(rf"\?{name}\b", rest[begin:end])]
        inserts += [(begin, f" VALUES ?{name} {{ {written(terms[name])} }}") for name in named]
        rest = rest[:begin] + " " * (end - begin) + rest[end:]
    found, reached = [], 0
    for at, block in sorted(inserts, key=lambda pair: pair[0]):
        found += [query[reached:at], block]
        reached = at
    return "".join([*found, query[reached:]])


def groups(query: str) -> Iterator[tuple[int, int]]:
    """Where the graph patterns that a value is put into begin and end, without their braces; inner ones come first."""
    open_: list[tuple[int, bool]] = []
    for token in _TOKEN.finditer(query):
        if token[0] == "{":
            given = _GIVEN.search(query, max(0, token.start() - 60), token.start()) is not None
            open_.append((token.end(), given and not (open_ and open_[-1][1])))
        elif token[0] == "}":
            begin, given = open_.pop()
            if given or _BEHIND.match(query, begin) or _BEFORE.search(query, max(0, begin - 60), begin - 1):
                continue
            yield begin, token.start()


def written(term: Term) -> str:
    r"""A term as SPARQL writes it; raises ValueError for an IRI that could break out of its brackets.

    >>> written({"type": "literal", "value": 'et "ord"\n'})
    '"et \\"ord\\"\\n"'
    """
    if term["type"] == "uri":
        return iri(term["value"])
    text = f'"{term["value"].translate(_ESCAPES)}"'
    return f"{text}^^{iri(term['datatype'])}" if "datatype" in term else text


def values_block(name: str, iris: Iterable[str]) -> str:
    """A VALUES block of IRIs that a graph gave; what is none, and could break out of its brackets, is left out.

    >>> values_block("thing", ["http://e/a", "http://e/> } #"])
    'VALUES ?thing { <http://e/a> }'
    """
    return f"VALUES ?{name} {{ {' '.join(f'<{value}>' for value in iris if _IRI.fullmatch(value))} }}"


def iri(value: str) -> str:
    """An IRI in its brackets."""
    if not _IRI.fullmatch(value):
        raise ValueError(f"{value!r} is no IRI")
    return f"<{value}>"
