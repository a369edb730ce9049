"""`using-graph-uri` and `using-named-graph-uri` of an update request, written into the update as USING clauses."""

from collections.abc import Iterator, Sequence

from api.admission import TOKEN
from api.term_writer import iri_text
from graph.errors import QueryError

_OPEN, _SHUT = frozenset("{(["), frozenset("})]")


def with_dataset(update: str, default: Sequence[str], named: Sequence[str]) -> str:
    """The update with USING clauses for these graphs in every operation that has a WHERE.

    QueryError where the update names a dataset itself (USING or WITH), or where DELETE WHERE leaves no room for one.

    >>> with_dataset("INSERT { ?s a <x:y> } WHERE { ?s ?p 'WHERE' }", ["http://e/1"], [])
    "INSERT { ?s a <x:y> } USING <http://e/1> WHERE { ?s ?p 'WHERE' }"
    """
    if not default and not named:
        return update
    try:
        clauses = [f"USING {iri_text(name)} " for name in default]
        clauses += [f"USING NAMED {iri_text(name)} " for name in named]
    except ValueError as error:
        raise QueryError(f"Ingen IRI: {error}", f"No IRI: {error}") from error
    pieces, end, before = [], 0, ""
    for word, at in _words(update):
        if word in ("USING", "WITH"):
            raise QueryError(
                f"Datasættet står både i adressen og som {word} i opdateringen. Vælg ét af stederne.",
                f"The dataset stands both in the request line and as {word} in the update. Choose one place.",
            )
        if word == "WHERE":
            if before == "DELETE":
                raise QueryError(
                    "DELETE WHERE kan ikke få et datasæt i adressen. Skriv DELETE { … } WHERE { … }.",
                    "DELETE WHERE cannot have a dataset in the request line. Write DELETE { … } WHERE { … }.",
                )
            pieces += [update[end:at], *clauses]
            end = at
        before = word
    return "".join([*pieces, update[end:]])


def _words(update: str) -> Iterator[tuple[str, int]]:
    """The bare words outside all brackets, in capitals, each with its place; a bracket counts as the word {}."""
    depth = 0
    for token in TOKEN.finditer(update):
        text = token.group()
        if token.lastgroup == "sign" and text in _OPEN:
            depth += 1
            yield "{}", token.start()
        elif token.lastgroup == "sign" and text in _SHUT:
            depth -= 1
        elif token.lastgroup == "run" and not depth and update[token.end() : token.end() + 1] != ":":
            yield text.upper(), token.start()
