"""Problem documents: each error its status and its words, and nothing of what is inside."""

import logging
from collections.abc import Iterator
from http import HTTPStatus

import pytest
from fastapi import FastAPI, HTTPException
from fastapi.testclient import TestClient

from api.problems import PROBLEMS, add_problem_handlers, problem_of
from graph import errors
from graph.errors import (
    AmbiguousValueError,
    ClientBusy,
    HeldSourceError,
    NoVersionError,
    QueryCrashed,
    SagsgrafError,
    ServiceBusy,
    StoreError,
    TimeLimitExceeded,
    UnknownThingError,
    WithdrawnThingError,
)

HIDDEN = "/hemmelig/sti/0101901234.pdf"
RAISED: dict[str, Exception] = {
    "unknown": UnknownThingError("Sagen findes ikke.", "There is no such case."),
    "withdrawn": WithdrawnThingError("Trukket tilbage 2019-01-01.", "Withdrawn on 2019-01-01."),
    "ambiguous": AmbiguousValueError("Flere sager passer.", "Several cases fit.", candidates=["a", "b"]),
    "slow": TimeLimitExceeded("For langsom.", "Too slow."),
    "crashed": QueryCrashed("For stor.", "Too large."),
    "busy": ServiceBusy("Travlt.", "Busy.", retry_after=3),
    "greedy": ClientBusy("Vent.", "Wait.", retry_after=2),
    "unbuilt": NoVersionError(f"Ingen version i {HIDDEN}."),
    "unreadable": StoreError(f"Kan ikke læse {HIDDEN}."),
    "held": HeldSourceError("CPR-nummer.", path=HIDDEN, line=3),
    "unforeseen": ZeroDivisionError(HIDDEN),
    "http": HTTPException(403, {"da": "Det må du ikke.", "en": "You may not."}),
    "teapot": HTTPException(418),
}
STATUSES = {
    "unknown": 404,
    "withdrawn": 410,
    "ambiguous": 400,
    "slow": 504,
    "crashed": 503,
    "busy": 503,
    "greedy": 429,
    "unbuilt": 503,
    "unreadable": 503,
    "held": 500,
    "unforeseen": 500,
    "http": 403,
    "teapot": 418,
}


@pytest.fixture
def client() -> Iterator[TestClient]:
    app = FastAPI()
    add_problem_handlers(app)

    @app.get("/{name}")
    async def fail(name: str, number: int = 0) -> int:
        if name in RAISED:
            raise RAISED[name]
        return number

    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize("name", RAISED)
def test_every_error_is_a_problem_document(client: TestClient, name: str) -> None:
    answer = client.get(f"/{name}")
    problem = answer.json()
    assert answer.headers["content-type"] == "application/problem+json"
    assert (answer.status_code, problem["status"]) == (STATUSES[name], STATUSES[name])
    assert problem["title"]
    assert problem["type"].startswith(("https://w3id.org/sagsgraf/problem/", "about:blank"))
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ["unbuilt", "unreadable", "held", "unforeseen"])
def test_what_is_inside_stays_inside(client: TestClient, name: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        answer = client.get(f"/{name}")
    assert "hemmelig" not in answer.text
    assert "detail" not in answer.json()
    assert name == "unforeseen" or "hemmelig" in caplog.text  # the server itself logs what nobody foresaw


def test_busy_says_when_to_come_back(client: TestClient) -> None:
    assert client.get("/busy").headers["retry-after"] == "3"
    assert client.get("/greedy").headers["retry-after"] == "2"
    assert int(client.get("/slow").headers["retry-after"]) > 0


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "da"),
        ("?lang=en", "da", "en"),
        ("?lang=da", "en", "da"),
        ("?lang=fr", "en", "en"),
        ("", "en-US,en;q=0.9", "en"),
        ("", "da-DK,da;q=0.9,en;q=0.8", "da"),
        ("", "en;q=0.5, da;q=0.5", "da"),
        ("", "de, en;q=0.1", "en"),
        ("", "en;q=nan, da;q=x", "da"),
        ("", "*", "da"),
    ],
)
def test_the_asker_chooses_the_language(client: TestClient, query: str, header: str, *, language: str) -> None:
    for name, danish, english in (("unknown", "Sagen", "There is"), ("http", "Det må", "You may")):
        answer = client.get(f"/{name}{query}", headers={"Accept-Language": header})
        assert answer.headers["content-language"] == language
        assert answer.json()["detail"].startswith(danish if language == "da" else english)
        assert ("detail_en" in answer.json()) is (language == "da")


def test_a_wrong_parameter_is_named(client: TestClient) -> None:
    problem = client.get("/x?number=tolv").json()
    assert (problem["status"], problem["detail"]) == (422, "Ret værdien af number.")
    assert problem["invalid_params"][0]["name"] == "number"


def test_the_routers_own_errors_are_problems_too(client: TestClient) -> None:
    wrong_method = client.post("/unknown")
    assert (wrong_method.status_code, wrong_method.headers["allow"]) == (405, "GET")
    assert client.get("/a/b").json()["title"] == "Findes ikke"


def test_every_error_class_has_a_problem_that_http_knows() -> None:
    classes = [found for found in vars(errors).values() if isinstance(found, type) and issubclass(found, SagsgrafError)]
    assert len(classes) > 20
    for found in classes:
        status = HTTPStatus(problem_of(found.__new__(found)).status)
        assert status >= 400
    assert len({problem.name for problem in PROBLEMS.values()}) == len(PROBLEMS)
