"""Which SPARQL queries are let through to a worker: a scan of the text, in time linear in its length.

The engine's parser recurses without a limit and its planner takes time by the cube of the patterns in a group
(oxigraph 0.5.13, main thread of 8 MB: 2,454 nested `{`, 5,428 nested `(`, 947 nested EXISTS, 1,110 nested function
calls, 2,878 MINUS or AS, 7,455 UNION, 10,240 `!` or `&&` overflow it; 256 patterns plan for 15 s). The caps
below take at most half of that stack together. What slips through is still stopped by the worker's deadline and by its
death, and a worker has no network where the host allows it; this scan is the first wall, not the only one.

SERVICE is refused however it is spelled. The engine knows no word boundaries (`SERVICEex:a{}`, `trueSERVICE`) and
tries another reading when one fails, so a text that two readings could split differently is refused, never guessed at.
"""

import re
from dataclasses import dataclass

from graph.errors import QueryRefusedError, QuerySyntaxError, QueryTooComplexError, QueryTooLongError


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one query may ask for."""

    octets: int = 65_536
    nesting: int = 64
    operators: int = 1_000
    patterns: int = 100


LIMITS = Limits()
# for the authorised address: whole graphs are written, by somebody with a token, into a store of their own
UPDATE_LIMITS = Limits(octets=1_048_576, operators=50_000, patterns=50_000)

_HEX = "[0-9A-Fa-f]"
# a wrong escape makes the engine read a string in another way, so only those that it takes count as escapes
_ESCAPE = rf"\\[tbnrf\"'\\]|\\u(?![dD][89a-fA-F]){_HEX * 4}|\\U(?!0000[dD][89a-fA-F])(?:000{_HEX}|0010){_HEX * 4}"
TOKEN = re.compile(
    r"(?P<blank>[ \t\r\n]+|#[^\r\n]*)"
    r'|(?P<iri><[^<>"{}|^`\x00-\x20]*>)'
    rf'|(?P<string>"""(?:[^"\\]|"(?!"")|{_ESCAPE})*"""'
    rf"|'''(?:[^'\\]|'(?!'')|{_ESCAPE})*'''"
    rf'|"(?!"")(?:[^"\\\r\n]|{_ESCAPE})*"'
    rf"|'(?!'')(?:[^'\\\r\n]|{_ESCAPE})*')"
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<language>@[A-Za-z][A-Za-z0-9-]*)"
    r"|(?P<run>[\w.-]+)"
    rf"|(?P<local>:(?:[\w:-]|%{_HEX}{_HEX}|\\[_~.!$&'()*+,;=/?#@%-])*)"
    r"|(?P<sign>.)",
    re.DOTALL,
)
# nothing of what the scan below looks for can stand in a short text of these: three words that are whole, variables,
# IRIs that read in one way alone, and signs
_PLAIN = re.compile(
    r"(?:[ \t\r\n{}.;,*]|[?$]\w+|<https?://[^<>\"{}|^`\x00-\x20]*>"
    r"|\b(?:SELECT|ASK|DISTINCT|WHERE|LIMIT[ ][0-9]+|a)\b)*+"
)
_SHORT = 1_000
_UPDATES = frozenset({"ADD", "CLEAR", "COPY", "CREATE", "DELETE", "DROP", "INSERT", "LOAD", "MOVE", "WITH"})
_PROLOGUE = frozenset({"BASE", "PREFIX", "VERSION"})
_NAMES_A_GRAPH = frozenset({"GRAPH", "FROM", "NAMED"})
_PATTERNS, _EXPRESSION, _LIST, _ROWS = "patterns", "expression", "list", "rows"
_AWAITS_ROWS = frozenset({"VALUES", "CONSTRUCT"})


def admit(query: str, limits: Limits = LIMITS) -> None:
    """Nothing, if the query may be run; else the error that says why not.

    >>> admit("SELECT ?navn { ?service <http://example.org/SERVICE> ?navn } # LOAD")
    >>> admit("SELECT * { ?s ?p ?o . SERVICE <http://example.org/> { ?s ?q ?x } }")
    Traceback (most recent call last):
    ...
    graph.errors.QueryRefusedError: SERVICE er slået fra her: spørgsmål sendes ikke videre til andre tjenester.
    """
    _admit(query, _Reading(limits))


def admit_update(update: str, limits: Limits = UPDATE_LIMITS) -> None:
    """Nothing, if the update may be run on a scratch store; else the error that says why not.

    >>> admit_update("INSERT DATA { <a:a> <a:b> 'LOAD' }")
    >>> admit_update("CLEAR ALL ; LOAD <http://example.org/>")
    Traceback (most recent call last):
    ...
    graph.errors.QueryRefusedError: LOAD er slået fra her: intet hentes andre steder fra.
    """
    _admit(update, _Reading(limits, changes=True))


def _is_plain(query: str, limits: Limits) -> bool:
    """Whether a look at the whole text is enough, as it is for most queries; it costs a fifth of the scan.

    >>> _is_plain("SELECT ?p ?o { <http://127.0.0.1:8000/id/cases/0707/1> ?p ?o }", LIMITS)
    True
    >>> _is_plain("SELECT * { ?s a ?class . SERVICE <http://example.org/> { } }", LIMITS)
    False
    """
    few = len(query) <= _SHORT and sum(map(query.count, "{.;,")) <= limits.nesting
    return few and _PLAIN.fullmatch(query) is not None


def _admit(query: str, reading: "_Reading") -> None:
    limits = reading.limits
    if len(query.encode("utf-8", "replace")) > limits.octets:
        raise QueryTooLongError(
            f"Forespørgslen er for lang: der tages højst {limits.octets} oktetter.",
            f"The query is too long: at most {limits.octets} octets are taken.",
        )
    if _is_plain(query, limits):
        return
    for token in TOKEN.finditer(query):
        if token.lastgroup != "blank":
            reading.take(token)
    if reading.ambiguous and "service" in query.lower():
        raise _ambiguous(reading.ambiguous)


class _Reading:
    """What has been seen so far of one query."""

    def __init__(self, limits: Limits, *, changes: bool = False) -> None:
        self.limits = limits
        self.changes = changes
        self.brackets: list[str] = []
        self.operators = 0
        self.patterns = 0
        self.operation = ""
        self.awaits_rows = False
        self.word = ""  # the bare word just before this token, in capitals, or ""
        self.maybe_service = False  # a name with SERVICE in it, and since then only what may come before its {
        self.ambiguous = ""

    def take(self, token: re.Match[str]) -> None:
        """Count one token, or raise."""
        kind, text = token.lastgroup, token.group()
        word = self.word
        self.word = ""
        if kind in ("string", "language"):
            self.maybe_service = False
        if kind == "sign":
            self._sign(token, text, word)
        elif kind == "run":
            self._run(token, text, word)
        elif kind == "local":
            self._name(text, word)
        elif kind == "iri" and _reads_as_comparison(text):
            self.ambiguous = text
        if kind in ("iri", "local", "variable") and not self.brackets:
            self._operator(1)  # the parser recurses over what DESCRIBE lists
        if self.brackets and self.brackets[-1] is _LIST and kind not in ("sign", "language"):
            self._pattern(1)
        if self.operators > self.limits.operators:
            raise _too_much("operatorer og nøgleord", "operators and keywords", self.limits.operators)
        if self.patterns > self.limits.patterns:
            raise _too_much("mønstre", "patterns", self.limits.patterns)

    def _inside(self, kind: str) -> bool:
        return bool(self.brackets) and self.brackets[-1] is kind

    def _operator(self, number: int) -> None:
        if not self._inside(_ROWS):
            self.operators += number

    def _pattern(self, number: int) -> None:
        if not self._inside(_ROWS):
            self.patterns += number

    def _sign(self, token: re.Match[str], sign: str, word: str) -> None:
        if sign != "{":
            self.maybe_service = False
        if sign in "{([":
            self._open(sign, word)
        elif sign in "})]":
            if self.brackets:
                self.brackets.pop()
        elif sign in ";," and self._inside(_PATTERNS):
            self._pattern(1)
        elif sign == "<":
            self.operators += 1  # `<<` nests without a bracket, in templates and rows as well
        elif sign in "!&|+*/~":
            self._operator(1)
            if sign == "/" and not self._inside(_EXPRESSION):
                self._pattern(1)
        elif sign in "\"'":
            raise _misplaced(
                token,
                "strengen, der begynder her, slutter ikke, eller har en forkert escape.",
                "the string that begins here does not end, or holds a wrong escape.",
            )
        elif sign == "\\" and token.string[token.end() : token.end() + 1] in ("u", "U"):
            raise _misplaced(
                token,
                "en escape som \\u0041 må kun stå i en streng eller en IRI.",
                "an escape such as \\u0041 may only stand in a string or an IRI.",
            )

    def _open(self, sign: str, word: str) -> None:
        around = self.brackets[-1] if self.brackets else _EXPRESSION
        if around is _ROWS:
            kind = _ROWS
        elif sign == "(":
            # `FILTER (` and `STR(` are calls; `?s ?p (` and `a (` open a list, whose every member is two patterns
            kind = _EXPRESSION if around is _EXPRESSION or word not in ("", "A") else _LIST
        elif sign == "{" and self.awaits_rows:
            kind = _ROWS
        else:
            kind = _PATTERNS
            self._pattern(1)
        if not self.brackets:
            self._operator(1)  # HAVING takes any number of conditions, one inside the other to the planner
        if sign == "{":
            self.awaits_rows = False
            if self.maybe_service:
                raise _service()
        self.brackets.append(kind)
        if len(self.brackets) > self.limits.nesting:
            raise _too_much("parenteser inde i hinanden", "nested brackets", self.limits.nesting)

    def _run(self, token: re.Match[str], run: str, word: str) -> None:
        """A bare word, a number, a full stop, or the prefix of a name."""
        if self._inside(_PATTERNS):
            self._pattern(run.count("."))
        if self._inside(_EXPRESSION):
            self._operator(run.count("-"))
        if token.string[token.end() : token.end() + 1] == ":":
            self.word = word  # `GRAPH ex:a`: for the local part, GRAPH is still the word before
            self.maybe_service |= "SERVICE" in run.upper() and word not in _NAMES_A_GRAPH
            return
        capitals = run.strip(".-").upper()
        self.maybe_service &= capitals == "SILENT"
        if "SERVICE" in capitals:
            raise _service()
        if capitals[:1].isalpha():
            self._keyword(capitals)

    def _keyword(self, word: str) -> None:
        self.word = word
        self._operator(1)
        self.awaits_rows = word in _AWAITS_ROWS
        if word == "VALUES":
            self._pattern(1)
        if self.changes:
            if word == "LOAD":
                raise QueryRefusedError(
                    "LOAD er slået fra her: intet hentes andre steder fra.",
                    "LOAD is switched off here: nothing is fetched from elsewhere.",
                    reason="load",
                )
        elif not self.operation and word not in _PROLOGUE:
            self.operation = word
            if word in _UPDATES:
                raise QueryRefusedError(
                    f"{word} ændrer grafen, og her kan den kun læses. Brug SELECT, ASK, CONSTRUCT eller DESCRIBE.",
                    f"{word} changes the graph, which is read-only here. Use SELECT, ASK, CONSTRUCT or DESCRIBE.",
                    reason="update",
                )

    def _name(self, local: str, word: str) -> None:
        """`:SERVICE` may be a name, or an empty name and the keyword, where the prefix ends in a way that fits."""
        self.maybe_service |= "SERVICE" in local.upper() and word not in _NAMES_A_GRAPH


def _reads_as_comparison(iri: str) -> bool:
    """Whether `<…>` could also be "less than", with a string, a comment or the end of a FILTER inside.

    >>> _reads_as_comparison("<http://example.org/o'brien#(1)>"), _reads_as_comparison("<2)SERVICE#>")
    (False, True)
    """
    before = re.split("[#')]", iri, maxsplit=1)[0]
    return before != iri and "://" not in before  # no expression holds `://`


def _service() -> QueryRefusedError:
    return QueryRefusedError(
        "SERVICE er slået fra her: spørgsmål sendes ikke videre til andre tjenester.",
        "SERVICE is switched off here: questions are not passed on to other services.",
        reason="service",
    )


def _ambiguous(iri: str) -> QueryRefusedError:
    return QueryRefusedError(
        f"{iri[:80]} kan læses på to måder. Skriv IRI'en helt ud med http://, eller sæt mellemrum om <.",
        f"{iri[:80]} can be read in two ways. Write the IRI in full with http://, or put spaces around <.",
        reason="service",
    )


def _too_much(danish: str, english: str, limit: int) -> QueryTooComplexError:
    return QueryTooComplexError(
        f"Forespørgslen er for stor: der tages højst {limit} {danish}. Del den op.",
        f"The query is too large: at most {limit} {english} are taken. Split it up.",
    )


def _misplaced(token: re.Match[str], danish: str, english: str) -> QuerySyntaxError:
    before = token.string[: token.start()]
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    return QuerySyntaxError(danish, english, line=line, column=column)
