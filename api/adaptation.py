"""What a server's known faults ask for: queries written so that it answers them rightly, or refused with a word.

Each fault has a probe, which a sound server answers with true. Seen in Virtuoso 7.2.5: REGEX with the flag "i" finds
nothing where the pattern holds a letter beyond ASCII; a separator beyond ASCII comes out as "?"; and the difference of
two dates is a number of seconds, not a duration.
"""

import re
from collections.abc import Set

from api.admission import TOKEN
from graph.errors import QueryRefusedError

_DATE = "<http://www.w3.org/2001/XMLSchema#date>"
PROBES = {
    "regex": 'ASK { FILTER(REGEX("ÆLDREOMRÅDET", "ældreområdet", "i")) }',
    "separator": (
        'ASK { { SELECT (GROUP_CONCAT(?x; separator="¶") AS ?all) { VALUES ?x { "a" "b" } } } '
        'FILTER(CONTAINS(?all, "¶")) }'
    ),
    "dates": f'ASK {{ FILTER(STR("2024-03-02"^^{_DATE} - "2024-03-01"^^{_DATE}) = "P1D") }}',
}
_FOLDING = re.compile(r"REGEX|REPLACE", re.IGNORECASE)
_SEPARATOR = re.compile(r'(separator\s*=\s*)"([^"\\]*[^\x00-\x7f][^"\\]*)"', re.IGNORECASE)
_VALUE = r"(?:[?$]\w+|\"[^\"\\]*\"\^\^<[^>]*>)"
_DAYS = re.compile(rf'REPLACE\(STR\(({_VALUE}) - ({_VALUE})\), "\^P\(\[0-9\]\+\)D\$", "\$1"\)')


def adapted(query: str, faults: Set[str]) -> str:
    """The query as a server with these faults answers it rightly; QueryRefusedError with a way out if there is none.

    >>> adapted('SELECT (GROUP_CONCAT(?x; separator=" ¶ ") AS ?all) {}', {"separator"})
    'SELECT (GROUP_CONCAT(?x; separator="|~U+20-B6-20~|") AS ?all) {}'
    >>> adapted('ASK { FILTER(REGEX(?t, "ældre", "i")) }', {"regex"})
    Traceback (most recent call last):
    ...
    graph.errors.QueryRefusedError: REGEX med "i" og danske bogstaver svarer forkert her. Brug CONTAINS(LCASE(…), …).
    """
    if "regex" in faults and _FOLDING.search(query) and _folds(query):
        raise QueryRefusedError(
            'REGEX med "i" og danske bogstaver svarer forkert her. Brug CONTAINS(LCASE(…), …).',
            'REGEX with "i" and letters beyond ASCII answers wrongly here. Use CONTAINS(LCASE(…), …).',
            reason="fault",
        )
    if "separator" in faults:
        query = _SEPARATOR.sub(lambda found: f'{found[1]}"{_mark(found[2])}"', query)
    if "dates" in faults:
        query = _DAYS.sub(r"STR(<http://www.w3.org/2001/XMLSchema#integer>((\1 - \2) / 86400))", query)
    return query


def restored(text: str) -> str:
    """An answer with the separators that were asked for.

    >>> restored("Drøftet.|~U+20-B6-20~|Godkendt.")
    'Drøftet. ¶ Godkendt.'
    """
    return _MARK.sub(lambda found: "".join(chr(int(sign, 16)) for sign in found[1].split("-")), text)


_MARK = re.compile(r"\|~U\+([0-9A-F]+(?:-[0-9A-F]+)*)~\|")


def _mark(separator: str) -> str:
    return f"|~U+{'-'.join(f'{ord(sign):X}' for sign in separator)}~|"


def _folds(query: str) -> bool:
    """Whether flags with an i stand in it, and a string with a letter beyond ASCII."""
    strings = [token.group() for token in TOKEN.finditer(query) if token.lastgroup == "string"]
    flags = [text for text in strings if "i" in text and len(text) <= 6]
    return bool(flags) and any(not text.isascii() for text in strings)
