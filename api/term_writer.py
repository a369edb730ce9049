"""RDF terms written into SPARQL text, where somebody else names them or another server reads them.

Every value is checked or escaped to the last character, so that no value can end its own term. Every IRI of the
standard is taken, and what some servers read otherwise is refused. `graph.questions.placing` differs: it puts IRIs of
our graph, and texts whatever they hold, into our own questions. So does `graph.triples.literals`: it writes the graph
itself, whose minted IRIs are ASCII.
"""

import re
from collections.abc import Mapping

_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_CODE_POINT = re.compile(r"\\[uU]")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def iri_text(value: str) -> str:
    """An absolute IRI as SPARQL writes it; ValueError for what is none.

    >>> iri_text("http://127.0.0.1:8000/id/cases/0707/årsplan")
    '<http://127.0.0.1:8000/id/cases/0707/årsplan>'
    >>> iri_text("http://e/> } ; DROP ALL #")
    Traceback (most recent call last):
    ...
    ValueError: 'http://e/> } ; DROP ALL #' is no absolute IRI
    """
    if not _IRI.fullmatch(value):
        raise ValueError(f"{value[:200]!r} is no absolute IRI")
    return f"<{value}>"


def term_text(term: Mapping[str, str]) -> str:
    """A SPARQL-JSON term object as SPARQL writes it; ValueError for a blank node or a broken term.

    >>> term_text({"type": "literal", "value": 'Han sagde "ja"', "xml:lang": "da"})
    '"Han sagde \\\\"ja\\\\""@da'
    """
    if term["type"] == "uri":
        return iri_text(term["value"])
    if term["type"] != "literal":
        raise ValueError(f"a {term['type']} cannot be written into a query")
    if _CODE_POINT.search(term["value"]):
        # servers that resolve \u escapes before they read strings would read another string here
        raise ValueError("a backslash before the letter u cannot be written so that all servers read the same")
    text = '"' + "".join(_escaped(sign) for sign in term["value"]) + '"'
    if "xml:lang" in term:
        if not _LANGUAGE.fullmatch(term["xml:lang"]):
            raise ValueError(f"{term['xml:lang'][:40]!r} is no language tag")
        return f"{text}@{term['xml:lang']}"
    return f"{text}^^{iri_text(term['datatype'])}" if "datatype" in term else text


def _escaped(sign: str) -> str:
    if sign in _ESCAPES:
        return _ESCAPES[sign]
    return f"\\u{ord(sign):04X}" if sign < " " or sign == "\x7f" else sign
