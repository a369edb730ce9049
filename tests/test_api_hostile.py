"""Hostile queries and hostile clients: each gets its error in time, nobody else suffers, and nothing is fetched."""

from __future__ import annotations

import json
import random
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.services import Served, served

DEADLINE = 2.0
ANY = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i"
WALL = "http://127.0.0.1:{port}/"


def doubling(times: int) -> str:
    """A string that doubles so many times."""
    return "BIND('aaaa' AS ?v0) " + " ".join(f"BIND(CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(times))


SMALL = "SELECT ?p { <http://127.0.0.1:8000/id/bodies/0999/direktionen> ?p ?o } LIMIT 5"

KINDS = {
    # nesting
    "braces": "SELECT * " + "{" * 2_600 + "}" * 2_600,
    "parentheses": "SELECT * { FILTER(" + "(" * 6_000 + "1" + ")" * 6_000 + ") }",
    "nots": "SELECT * { FILTER(" + "!" * 12_000 + "true) }",
    "sub-selects": "SELECT * " + "{ SELECT * " * 1_300 + "{}" + " }" * 1_300,
    "exists": "ASK { " + "FILTER EXISTS { ?a ?b ?c " * 1_000 + "}" * 1_000 + " }",
    "minus": "ASK { " + "MINUS { ?a ?b ?c " * 3_000 + "}" * 3_000 + " }",
    "unions": "SELECT * { {}" + " UNION {}" * 9_000 + " }",
    "ands": "SELECT * { FILTER(true" + " && true" * 11_000 + ") }",
    "sums": "SELECT (1" + " + 1" * 11_000 + " AS ?n) {}",
    "paths in parentheses": "ASK { ?a " + "(" * 3_000 + "<a:p>" + ")" * 3_000 + " ?b }",
    "calls": "SELECT (" + "STR(" * 1_200 + "1" + ")" * 1_200 + " AS ?n) {}",
    "lists": "ASK { ?a ?b " + "(" * 700 + "1" + ")" * 700 + " }",
    "blank nodes": "ASK { ?a ?b " + "[ ?p " * 3_000 + "1" + " ]" * 3_000 + " }",
    "quoted triples": "ASK { " + "<<( ?a ?b " * 1_500 + "1" + " )>>" * 1_500 + " ?p ?o }",
    # the planner
    "320 optionals": "SELECT * { " + " ".join(f"OPTIONAL {{ ?s <a:p{n}> ?o{n} }}" for n in range(320)) + " }",
    "320 patterns": "SELECT * { " + " ".join(f"?s <a:p{n}> ?o{n} ." for n in range(320)) + " }",
    "long sequence path": "ASK { ?a " + "/".join(["<a:p>"] * 400) + " ?b }",
    # products
    "counted product": f"SELECT (COUNT(*) AS ?n) {{ {ANY} . ?j ?k ?l }}",
    "sorted product": f"SELECT * {{ {ANY} }} ORDER BY ?c ?f ?i LIMIT 500",
    "sorted at random": f"SELECT * {{ {ANY} }} ORDER BY RAND() LIMIT 1",
    "distinct product": f"SELECT DISTINCT ?a ?e ?i {{ {ANY} }} OFFSET 900000000",
    "grouped product": f"SELECT ?c (COUNT(DISTINCT ?f) AS ?n) {{ {ANY} }} GROUP BY ?c",
    "joined product": f"SELECT (GROUP_CONCAT(?c) AS ?all) {{ {ANY} }}",
    "filtered product": f"ASK {{ {ANY} FILTER(CONCAT(STR(?c), STR(?f), STR(?i)) = 'nothing') }}",
    "minus product": f"SELECT (COUNT(*) AS ?n) {{ {ANY} MINUS {{ ?x ?y ?z . ?d ?e ?f }} }}",
    "sampled product": f"SELECT (MAX(CONCAT(STR(?c), STR(?f))) AS ?n) {{ {ANY} }}",
    "not exists product": f"ASK {{ {ANY} FILTER NOT EXISTS {{ ?x ?y ?z . ?d ?e ?f }} FILTER(?a = ?d && ?a != ?d) }}",
    "product of counted rows": f"SELECT (SUM(?n) AS ?m) {{ {{ SELECT ?a (COUNT(*) AS ?n) {{ {ANY} }} GROUP BY ?a }} }}",
    # paths
    "star of everything": "SELECT (COUNT(*) AS ?n) { ?a (!<a:p>|^!<a:p>)* ?b . ?c (!<a:p>|^!<a:p>)* ?d }",
    "star on star": "SELECT (COUNT(*) AS ?n) { ?a ((!<a:p>)*|(^!<a:p>)*)* ?b . ?b ((!<a:p>)*|(^!<a:p>)*)* ?c }",
    "plus product": "SELECT (COUNT(*) AS ?n) { ?a (<>|!<>)+ ?b . ?c (<>|!<>)+ ?d . ?e (<>|!<>)+ ?f }",
    # memory
    "string doubling": f"SELECT (STRLEN(?v60) AS ?n) {{ {doubling(60)} }}",
    "replace that grows": (f"SELECT (STRLEN(REPLACE(REPLACE(?v20, 'a', ?v20), 'a', ?v20)) AS ?n) {{ {doubling(20)} }}"),
    "values and values": "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?v{n} {{ {'1 ' * 900} }}" for n in range(6))
    + " }",
    "huge values": "SELECT (COUNT(*) AS ?n) { VALUES ?v { " + "1 " * 40_000 + "} " + ANY + " }",
    # the network
    "service": f"SELECT * {{ SERVICE <{WALL}> {{ ?s ?p ?o }} }}",
    "service silent": f"SELECT * {{ sErViCe SILENT <{WALL}> {{ ?s ?p ?o }} }}",
    "service without a space": f"PREFIX e: <{WALL}> SELECT * {{ SERVICEe:a{{}} }}",
    "service behind a comment": f"SELECT * {{ # {{\n SERVICE # }}\n <{WALL}> {{ ?s ?p ?o }} }}",
    "service behind a string": f"SELECT * {{ BIND('\\'' AS ?x) SERVICE <{WALL}> {{}} BIND(\"'\" AS ?y) }}",
    "service escaped": f"SELECT * {{ \\u0053ERVICE <{WALL}> {{ ?s ?p ?o }} }}",
    "service by a variable": f"SELECT * {{ VALUES ?v {{ <{WALL}> }} SERVICE ?v {{ ?s ?p ?o }} }}",
    "load": f"LOAD <{WALL}>",
    "load silent": f"lOaD SILENT <{WALL}> INTO GRAPH <a:g>",
    "load after an update": f"INSERT DATA {{}} ; LOAD <{WALL}>",
    "load behind a comment": f"# SELECT\nLOAD # x\n<{WALL}>",
    "load of a file": "LOAD <file:///etc/passwd>",
}
SHORT = (
    "braces", "nots", "unions", "320 optionals", "counted product", "joined product", "star of everything",
    "string doubling", "values and values", "service", "service escaped", "load",
)  # fmt: skip


@contextmanager
def listener() -> Iterator[tuple[int, list[str]]]:
    """A port outside the service, and who has come there."""
    seen: list[str] = []
    with socket.socket() as outside:
        outside.bind(("127.0.0.1", 0))
        outside.listen()
        outside.settimeout(0.2)
        over = threading.Event()

        def watch() -> None:
            while not over.is_set():
                try:
                    seen.append(str(outside.accept()[1]))
                except TimeoutError:
                    continue

        thread = threading.Thread(target=watch)
        thread.start()
        try:
            yield int(outside.getsockname()[1]), seen
        finally:
            over.set()
            thread.join()


def assert_hostile(service: Served, name: str, query: str, client: str) -> None:
    begun = time.monotonic()
    answer = service.ask(query, client=client)
    took = time.monotonic() - begun
    assert answer.status >= 400, f"{name}: {answer.status} {answer.body[:200]!r}"
    assert {"title", "status", "detail"} <= set(json.loads(answer.body)), name
    assert took <= DEADLINE + 1, f"{name} took {took:.2f} s"


def check_kinds(data: Path, names: tuple[str, ...]) -> None:
    with listener() as (port, seen), served(data, SAGSGRAF_DEADLINE=str(DEADLINE)) as service:
        for number, name in enumerate(names):
            assert_hostile(service, name, KINDS[name].replace("{port}", str(port)), f"198.51.100.{number}")
            assert service.ask(SMALL).status == 200, f"after {name}"
        assert service.process.poll() is None, "the parent is the one that was started"
        time.sleep(0.3)
        assert seen == []


def test_hostile_queries_get_an_error_in_time(examples: Path) -> None:
    check_kinds(examples, SHORT)


@pytest.mark.soak
def test_forty_kinds_of_hostile_queries(examples: Path) -> None:
    assert len(KINDS) >= 40
    check_kinds(examples, tuple(KINDS))


def attack(service: Served, number: int, over: threading.Event) -> None:
    """A client that sends one hostile query after the other and heeds no answer."""
    chosen = random.Random(number)
    names = [name for name in KINDS if "service" not in name and "load" not in name]
    while not over.is_set():
        try:
            service.ask(KINDS[chosen.choice(names)], client=f"203.0.113.{number}")
        except OSError:
            time.sleep(0.05)


def under_attack(data: Path, hostile: int, seconds: float) -> tuple[list[float], int]:
    """The times of a normal client's answers while so many clients attack, and the number of its errors."""
    over = threading.Event()
    with served(data, SAGSGRAF_DEADLINE="5") as service:
        clients = [threading.Thread(target=attack, args=(service, number, over)) for number in range(1, hostile + 1)]
        for client in clients:
            client.start()
        times, errors = [], 0
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            begun = time.perf_counter()
            errors += service.ask(SMALL, client="192.0.2.200").status != 200
            times.append(time.perf_counter() - begun)
            time.sleep(0.02)
        over.set()
        for client in clients:
            client.join()
    return sorted(times), errors


def percentile(times: list[float], share: float) -> float:
    return times[int(share * (len(times) - 1))]


def test_a_normal_client_is_served_while_others_attack(examples: Path) -> None:
    times, errors = under_attack(examples, 6, 4.0)
    assert errors == 0
    assert percentile(times, 0.5) <= 0.1, times


@pytest.mark.soak
@pytest.mark.parametrize(("hostile", "limit"), [(6, 0.05), (20, 0.1)])
def test_a_normal_client_is_quick_while_others_attack(examples: Path, hostile: int, limit: float) -> None:
    times, errors = under_attack(examples, hostile, 15.0)
    found = percentile(times, 0.95)
    print(f"{hostile} hostile clients: {len(times)} answers, {errors} errors, p95 {1000 * found:.1f} ms")  # noqa: T201
    assert errors == 0
    assert found <= limit
