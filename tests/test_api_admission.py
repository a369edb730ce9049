"""Admission: what may run, what may not, however it is spelled, and how long it takes to tell."""

import time
from contextlib import suppress
from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings, strategies
from pyoxigraph import QuerySolutions, Store

from api import admission
from api.admission import LIMITS, Limits, admit
from graph.errors import QueryError, QueryRefusedError, QuerySyntaxError, QueryTooComplexError, QueryTooLongError
from tests.growth import grows_linearly

PREFIXES = "PREFIX ex: <http://127.0.0.1:1/> PREFIX : <http://127.0.0.1:1/> PREFIX service: <http://127.0.0.1:1/s#> "
# The engine makes no connection to port 1. With this prefix `ex:1` is an IRI and `ex:SERVICE` is not, for a port is a
# number: then the engine reads `ex:` and the keyword.
PORT_PREFIX = "PREFIX ex: <http://127.0.0.1:> PREFIX : <http://127.0.0.1:1/> "

WITH_SERVICE = {
    "plain": "{ SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "lower": "{ service <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "mixed": "{ sErViCe SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "no space": "{SERVICE<http://127.0.0.1:1/>{?s ?p ?o}}",
    "silent": "{SERVICESILENT<http://127.0.0.1:1/>{?s ?p ?o}}",
    "comment": "{ SERVICE# her\n<http://127.0.0.1:1/> { ?s ?p ?o } }",
    "comment by return": "{ # her\r SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "variable": "{ VALUES ?x { <http://127.0.0.1:1/> } SERVICE ?x { ?s ?p ?o } }",
    "no space before a variable": "{ SERVICE?x{ ?s ?p ?o } }",
    "grown into a name": "{ SERVICE:a { ?s ?p ?o } }",
    "grown into a prefix": "{ SERVICEex:1 { ?s ?p ?o } }",
    "after true": "{ ?s ?p trueSERVICE <http://127.0.0.1:1/> { } }",
    "after a number": "{ ?s ?p 1e5SERVICE <http://127.0.0.1:1/> { } }",
    "after a full stop": "{ ?s ?p :a.b.SERVICE <http://127.0.0.1:1/> { } }",
    "after a variable's full stop": "{ ?s ?p ?o.SERVICE <http://127.0.0.1:1/> { } }",
    "prefix that takes no name": "{ ?s ?p ex:SERVICE <http://127.0.0.1:1/> { } }",
    "prefix that takes no name, silent": "{ ?s ?p ex:SERVICE SILENT :a { } }",
    "end of FILTER in an IRI": "{ FILTER(?a<2)SERVICE#>\n:a { } }",
    "string in an IRI": "{ FILTER(?a<'>')SERVICE :a { } }#'",
    "comment in an IRI": "{ FILTER(?a<1#>'''\n)SERVICE :a { } }#'''",
    "long string with a wrong escape": "{ ('''a' 1) ?p ?o SERVICE :a { } }#\\x'''",
    "long string with half a letter": "{ ('''a' 1) ?p ?o SERVICE :a { } }#\\uD800'''",
    "escaped quote": "{ BIND('\\u0027' AS ?v) SERVICE :a { } #'\n}",
    "escaped letter": "{ \\u0053ERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
    "in EXISTS": "{ FILTER NOT EXISTS { SERVICE :a { } } }",
    "in a sub-query": "{ { SELECT * { SERVICE :a { } } } }",
    "after another group": "{ OPTIONAL { } SERVICE :a { } }",
}

HARMLESS = {
    "name": "SELECT * { ?s ex:service ?o }",
    "name with a capital": "SELECT * { ?s a ex:Service . OPTIONAL { ?s ex:p ?o } }",
    "prefix": "SELECT * { ?s service:of ?o . { ?o ex:p 1 } UNION { ?o ex:p 2 } }",
    "prefix at the end": "SELECT * { ?s a service:Desk } ORDER BY ?s",
    "graph by that name": "SELECT * { GRAPH service:g { ?s ?p ?o } }",
    "from by that name": "SELECT * FROM service:g { ?s ?p ?o }",
    "variable": "SELECT ?service $load { ?service ?p $load . OPTIONAL { ?service ex:p ?x } }",
    "string": "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1:1/> { }', \"LOAD\", '''\nSERVICE''' }",
    "language": "SELECT * { ?s ?p 'borgerservice'@en-service }",
    "IRI": "SELECT * { ?s <http://127.0.0.1:1/service#load> <http://127.0.0.1:1/(a)/SERVICE> }",
    "apostrophe in an IRI": "SELECT ?service { ?service ex:p <http://127.0.0.1:1/o'brien#service> }",
    "comment": "SELECT * { ?s ?p ?o } # SERVICE LOAD INSERT {{{{",
    "comparison": "SELECT * { ?s ?p ?o FILTER(?o<5&&?o>3) FILTER(?o < 5) FILTER(?o<=?p) }",
    "insert as a name": "SELECT ?insert { ?insert ex:delete 'DROP ALL' }",
    "escape in a string": "SELECT * { ?s ?p '\\u0041', \"\\u0022\", '\\U0001F600' }",
    "Danish": "SELECT ?møde { ?møde ex:årsag 'Ældre- og Handicapudvalget'@da }",
    "list of 2,000": "SELECT * { ?s ?p ?o FILTER(?o IN (" + ", ".join(map(str, range(2000))) + ")) }",
    "rows": "SELECT * { VALUES (?a ?b) { " + "(1 ex:b) " * 2000 + "} }",
    "typed rows": "SELECT * { VALUES ?a { " + '"1"^^ex:t ' * 2000 + "} }",
    "big template": "CONSTRUCT { " + "?s ex:p ?o . " * 200 + "} WHERE { ?s ?p ?o }",
    "40 patterns": "SELECT * { " + "?s ex:p ?o ; ex:q [ ex:r ?x ] . " * 20 + "}",
    "path": "SELECT * { ?s (ex:a|^ex:b)+/ex:c*/!(ex:d|a) ?o }",
    "list": "SELECT * { ?s ex:p (1 2 3) }",
    "aggregate": "SELECT (COUNT(DISTINCT ?s) AS ?n) (GROUP_CONCAT(?o; SEPARATOR=', ') AS ?all) { ?s ?p ?o }",
}

UPDATES = {
    "insert": "INSERT DATA { <a> <b> <c> }",
    "delete": "delete where { ?s ?p ?o }",
    "clear": "CLEAR ALL",
    "drop": "DROP SILENT ALL",
    "create": "CREATE GRAPH <g>",
    "add": "ADD DEFAULT TO <g>",
    "move": "MOVE DEFAULT TO <g>",
    "copy": "COPY DEFAULT TO <g>",
    "load": "LOAD <http://127.0.0.1:1/>",
    "with": "WITH <g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "after a prologue": "# SELECT\nBASE <http://x/> PREFIX select: <x> PREFIX ex:<y>\nINSERT { } WHERE { }",
}

TOO_COMPLEX = {
    "braces": "SELECT * " + "{" * 5000 + "}" * 5000,
    "parentheses": "SELECT * { FILTER(" + "(" * 100 + "1" + ")" * 100 + ") }",
    "calls": "SELECT * { FILTER(" + "STR(" * 100 + "1" + ")" * 100 + ") }",
    "square brackets": "SELECT * { " + "[ ex:p " * 100 + "1" + "]" * 100 + " ex:p 1 }",
    "sub-queries": "SELECT * {" * 100 + "}" * 100,
    "exists": "SELECT * { FILTER " + "EXISTS{ FILTER " * 100 + "(1)" + "}" * 101,
    "not": "SELECT * { FILTER(" + "!" * 10240 + "true) }",
    "and": "SELECT * { FILTER(1" + "&&1" * 10240 + ") }",
    "plus": "SELECT * { FILTER(1" + "+1" * 10240 + ") }",
    "minus": "SELECT * { FILTER(1" + "-1" * 10240 + ") }",
    "unions": "SELECT * { {}" + "UNION{}" * 5000 + " }",
    "MINUS": "SELECT * { " + "MINUS{}" * 5000 + " }",
    "binds": "SELECT * { " + "".join(f"BIND(1 AS ?v{n})" for n in range(3000)) + " }",
    "columns": "SELECT " + "".join(f"(1 AS ?v{n})" for n in range(4000)) + " {}",
    "conditions": "SELECT (1 AS ?x) {} HAVING " + "(1)" * 10240,
    "described": "DESCRIBE " + "<a> " * 10240,
    "reified": "SELECT * { " + "<<" * 6000 + " }",
    "reified in a template": "CONSTRUCT { " + "<<" * 6000 + " } {}",
    "patterns": "SELECT * { " + "?s ex:p ?o . " * 320 + " }",
    "objects": "SELECT * { ?s ex:p ?o" + ",?o" * 320 + " }",
    "predicates": "SELECT * { ?s ex:p ?o" + ";ex:p ?o" * 320 + " }",
    "optionals": "SELECT * { " + "OPTIONAL { ?s ex:p ?o } " * 320 + " }",
    "long list": "SELECT * { ?s ex:p (" + "1 " * 320 + ") }",
    "long path": "SELECT * { ?s ex:p" + "/ex:p" * 320 + " ?o }",
    "values": "SELECT * { " + "VALUES ?x {1}" * 320 + " }",
    "graphs": "SELECT * { " + "GRAPH ?g {}" * 320 + " }",
}


@pytest.mark.parametrize("prefixes", [PREFIXES, PORT_PREFIX], ids=["names", "ports"])
@pytest.mark.parametrize("pattern", WITH_SERVICE.values(), ids=WITH_SERVICE)
def test_service_is_refused_however_it_is_spelled(pattern: str, prefixes: str) -> None:
    with pytest.raises(QueryError):
        admit(f"{prefixes}SELECT * {pattern}")


def test_the_engine_does_take_those_spellings_for_service() -> None:
    """Most of the list above is SERVICE to the engine: with another word in its place, it is no SPARQL at all."""
    taken = 0
    for pattern in WITH_SERVICE.values():
        for prefixes in (PREFIXES, PORT_PREFIX):
            query = f"{prefixes}SELECT * {pattern}"
            taken += is_sparql(query) and not is_sparql(query.replace("SERVICE", "SERVICF"))
    assert taken > 30


def is_sparql(query: str) -> bool:
    """Whether the engine can parse it; SERVICE then fails, for it goes to no port that can be called."""
    try:
        Store().query(query)
    except SyntaxError:
        return False
    except (OSError, RuntimeError):
        return True
    return True


@pytest.mark.parametrize("query", HARMLESS.values(), ids=HARMLESS)
def test_words_that_only_look_like_it_are_let_through(query: str) -> None:
    assert is_sparql(PREFIXES + query), "the example itself is no SPARQL"
    admit(PREFIXES + query)


@pytest.mark.parametrize("query", UPDATES.values(), ids=UPDATES)
def test_updates_are_refused(query: str) -> None:
    with pytest.raises(QueryRefusedError) as caught:
        admit(query)
    assert caught.value.reason == "update"


@pytest.mark.parametrize("query", TOO_COMPLEX.values(), ids=TOO_COMPLEX)
def test_what_would_choke_the_engine_is_refused(query: str) -> None:
    with pytest.raises(QueryTooComplexError, match="Del den op"):
        admit(PREFIXES + query)


def test_the_limits_themselves_are_let_through() -> None:
    depth = LIMITS.nesting
    admit("SELECT * " + "{" * depth + "}" * depth)
    with pytest.raises(QueryTooComplexError):
        admit("SELECT * " + "{" * (depth + 1) + "}" * (depth + 1))


def test_the_engine_survives_all_limits_at_once() -> None:
    """In this very process: nesting of the dearest kind, and every operator left, on top of each other."""
    deep = "FILTER EXISTS{" * 31 + "FILTER(" + "STR(" * 30 + "1" + ")" * 31 + "}" * 31
    operators = LIMITS.operators - 31 * 2 - 30 - 2 - 100
    query = "SELECT * {" + deep.replace("1", "!" * operators + "true") + "}"
    admit(query)
    Store().query(query)


def test_the_engine_reads_an_escaped_quote_as_part_of_the_string() -> None:
    """If a later engine decodes escapes before it divides the text, admission must do so too."""
    answer = Store().query("SELECT ('\\u0027' AS ?x) {}")
    assert isinstance(answer, QuerySolutions)
    assert [str(row["x"]) for row in answer] == ['"\'"']


def test_a_long_text_is_refused_by_octets() -> None:
    admit("ASK {} #" + "a" * 60_000)
    with pytest.raises(QueryTooLongError, match="65536"):
        admit("ASK {} #" + "å" * 40_000)
    with pytest.raises(QueryTooLongError):
        admit("ASK {}", Limits(octets=5))


@pytest.mark.parametrize(
    ("query", "line", "column"), [('ASK {\n ?s ?p "aben }', 2, 8), ("ASK { ?s ?p '\\q' }", 1, 13), ("'''a''", 1, 1)]
)
def test_an_open_string_is_placed(query: str, line: int, column: int) -> None:
    with pytest.raises(QuerySyntaxError) as caught:
        admit(query)
    assert (caught.value.line, caught.value.column) == (line, column)


PIECES = [
    *("a.", '\\"', '"\\"', "<a", "a:", "''", "<", "?a", "#\n", "(1)", "{}", "\\u", "@a", "..", "--", "a:%41", "<a>"),
    *(
        '"',
        "'''a",
        '"""',
        "1,",
        "a:\\'",
        "<a#>",
        "SERVICE",
        "a:SERVICE ",
        "\\",
        "\x00",
        "é",
        "?",
        "@",
        "|}",
        "<<(",
        "'a",
    ),
]


PLAIN = ["SELECT ", "ASK", "WHERE", " LIMIT 5", "a", " a ", "?a", "$b ", "{", "}", ".", ";", ",", "*", " ", "\n",
         "<http://a/b#c>", "<https://a/(o'b)>", "DISTINCT "]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_time_is_linear_in_hostile_text(piece: str) -> None:
    for before in ("", "ASK { VALUES ?x { ", "ASK { ?s ?p (", '"""', "'"):
        text = (before + piece * LIMITS.octets)[: LIMITS.octets - 4]
        assert grows_linearly(partial(seconds, text), len(text) // 4, len(text))


def seconds(text: str, length: int) -> float:
    """What it takes to look through so many characters of a text."""
    begin = time.process_time()
    with suppress(QueryError):
        admit(text[:length], Limits(nesting=10**6, operators=10**6, patterns=10**6))
    return time.process_time() - begin


@settings(max_examples=400, deadline=None)
@given(strategies.lists(strategies.sampled_from(PLAIN + PIECES[:8]), max_size=30))
def test_what_a_look_lets_through_the_scan_lets_through_as_well(pieces: list[str]) -> None:
    query = "".join(pieces)
    if admission._is_plain(query, LIMITS):
        reading = admission._Reading(LIMITS)
        for token in admission.TOKEN.finditer(query):
            if token.lastgroup != "blank":
                reading.take(token)
        assert not reading.ambiguous


@pytest.mark.parametrize(
    "piece", ["SERVICE", "aSERVICE", "SELECTSERVICE", "LIMIT 1SERVICE", "service", "<a:b>", "#", "("]
)
def test_a_look_is_not_enough_for(piece: str) -> None:
    plain = "SELECT DISTINCT ?s { ?s a <http://example.org/a'b#(c)> ; ?p * . } LIMIT 5 "
    assert admission._is_plain(plain, LIMITS)
    assert not admission._is_plain(plain + piece, LIMITS)
    assert not admission._is_plain(plain + "{" * (LIMITS.nesting + 1), LIMITS)


@pytest.mark.parametrize(("first", "second"), list(pairwise(PIECES)))
def test_nothing_but_a_query_error_comes_of_odd_text(first: str, second: str) -> None:
    for text in (first + second, second + first + second, first * 3 + second * 3):
        with suppress(QueryError):
            admit(text)
