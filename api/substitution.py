"""Values put for variables in the text of a query, for servers that take no values beside it.

The text is read token by token, and each value is written by `api.term_writer`. A variable that SELECT names stays in
the answer: `SELECT ?sag` becomes `SELECT (<…> AS ?sag)`. As the last part of a GROUP BY or ORDER BY it becomes a
constant, which changes nothing.
"""

import re
from collections.abc import Mapping

from api.admission import TOKEN
from api.term_writer import term_text

_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})
_CLAUSES = frozenset({"SELECT", "WHERE", "GROUP", "ORDER", "HAVING", "LIMIT", "OFFSET", "VALUES", "FROM"})


def substituted(query: str, terms: Mapping[str, Mapping[str, str]]) -> str:
    """The query with these terms for these variables; ValueError for a term that cannot be written.

    >>> substituted("SELECT ?s ?x { ?s <a:b> ?o FILTER(?o > ?x) }", {"x": {"type": "literal", "value": "å"}})
    'SELECT ?s ("å" AS ?x) { ?s <a:b> ?o FILTER(?o > "å") }'
    """
    written = {name: term_text(term) for name, term in terms.items()}
    if not written:
        return query
    reading = _Reading(written)
    return "".join(reading.replaced(token) for token in TOKEN.finditer(query))


def form_of(query: str) -> str:
    """SELECT, ASK, CONSTRUCT or DESCRIBE, or "" for what is none of them.

    >>> form_of("PREFIX select: <http://e/SELECT> # SELECT\\nask { ?s select:ask ?o }")
    'ASK'
    """
    for token in TOKEN.finditer(query):
        if token.lastgroup == "run" and query[token.end() : token.end() + 1] != ":" and token.group().upper() in _FORMS:
            return token.group().upper()
    return ""


class _Reading:
    """Where in the query the reading is: each brace has a clause of its own, and each parenthesis a depth."""

    def __init__(self, written: Mapping[str, str]) -> None:
        self._written = written
        self._clauses = [""]
        self._depth = [0]

    def replaced(self, token: re.Match[str]) -> str:
        """What stands for one token."""
        kind, text = token.lastgroup, token.group()
        if kind == "sign":
            self._sign(text)
        elif kind == "run":
            word = text.upper()
            if word in _CLAUSES and token.string[token.end() : token.end() + 1] != ":":
                self._clauses[-1] = word
        elif kind == "variable" and text[1:] in self._written:
            return self._variable(text[1:])
        return text

    def _sign(self, sign: str) -> None:
        if sign == "{":
            self._clauses.append("")
            self._depth.append(0)
        elif sign == "}" and len(self._clauses) > 1:
            self._clauses.pop()
            self._depth.pop()
        elif sign in "()":
            self._depth[-1] += 1 if sign == "(" else -1

    def _variable(self, name: str) -> str:
        term, clause = self._written[name], self._clauses[-1]
        if self._depth[-1] or clause not in ("SELECT", "GROUP", "ORDER"):
            return term
        if clause != "SELECT":
            return f"({term})"
        return f"({term} AS ?{name})" if len(self._clauses) == 1 else ""
