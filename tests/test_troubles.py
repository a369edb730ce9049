"""What nobody foresaw: a page with a way onward for browsers, a problem document for programs, nothing from inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.html import troubles
from api.settings import Settings
from graph.errors import ClientBusy, SagsgrafError, ServiceBusy, StoreError, UnknownValueError

BASE = "http://127.0.0.1:8000"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
HIDDEN = "/hemmelig/sti/0101901234.pdf"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A service in which some addresses fail in a way that nobody foresaw; it is not begun, so `/sparql` fails too."""
    app = create_app(Settings(data=tmp_path))

    async def fail() -> None:
        raise ZeroDivisionError(HIDDEN)

    for path in ("/broken", "/en/broken"):
        app.add_api_route(path, fail)
        app.router.routes.insert(0, app.router.routes.pop())  # before those that take addresses of every form
    return TestClient(app, base_url=BASE, raise_server_exceptions=False)


@pytest.mark.parametrize(
    ("path", "title", "words", "onward"),
    [
        ("/broken", "Der skete en fejl hos os", "Prøv igen om lidt", 'href="/cases"'),
        ("/en/broken", "Something went wrong here", "Try again in a moment", 'href="/en/cases"'),
        ("/sparql?query=ASK%7B%7D", "Der skete en fejl hos os", "Prøv igen om lidt", 'href="/cases"'),
    ],
)
def test_a_browser_gets_a_page_with_a_way_onward(
    client: TestClient, path: str, title: str, words: str, *, onward: str
) -> None:
    answer = client.get(path, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "text/html; charset=utf-8")
    assert f"<h1>{title}</h1>" in answer.text
    assert words in answer.text
    assert onward in answer.text
    assert answer.headers["cache-control"] == "no-store"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "hemmelig" not in answer.text


@pytest.mark.parametrize("accept", ["*/*", "application/json", "application/json, text/html;q=0.5"])
def test_a_program_gets_a_problem_document(client: TestClient, accept: str) -> None:
    answer = client.get("/broken", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.json()["title"] == "Der skete en fejl hos os"
    assert "hemmelig" not in answer.text


@pytest.mark.parametrize(
    ("error", "status", "wait", "words"),
    [
        (ClientBusy("Vent.", "Wait.", retry_after=118), 429, "118", "in two minutes"),
        (ServiceBusy("Optaget.", "Busy.", retry_after=20), 503, "20", "in 20 seconds"),
        (ServiceBusy("Optaget.", "Busy."), 503, "1", "in a moment"),
        (StoreError("hemmelig"), 503, "60", "in 60 seconds"),
        (UnknownValueError("Intet organ.", "No body."), 400, None, "No body."),
    ],
)
def test_a_page_tells_when_to_come_back(
    examples: Path, error: SagsgrafError, status: int, wait: str | None, *, words: str
) -> None:
    async def fail() -> None:
        raise error

    app = create_app(Settings(data=examples))
    app.add_api_route("/en/waiting", fail)
    app.router.routes.insert(0, app.router.routes.pop())
    with TestClient(app, base_url=BASE) as client:
        answer = client.get("/en/waiting?q=1", headers=BROWSER)
    assert (answer.status_code, answer.headers.get("retry-after")) == (status, wait)
    assert words in answer.text
    assert ('href="/en/waiting?q=1"' in answer.text) == (wait is not None)
    assert "hemmelig" not in answer.text


def test_the_query_page_says_when_to_come_back(examples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object, **__: object) -> None:
        raise ClientBusy("Vent 118 sekunder.", "Wait 118 seconds.", retry_after=118)

    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as client:
        answer = client.get(f"/query?query={'%23' * 9000}", headers=BROWSER)
        assert (answer.status_code, "højst 8192 tegn" in answer.text) == (413, True)
        assert client.get("/query?query=ASK%7B%7D", headers=BROWSER).headers["cache-control"] != "no-store"
        monkeypatch.setattr(client.app.state.pool, "run", fail)  # type: ignore[attr-defined]
        answer = client.get("/en/query?query=ASK%7B%7D", headers=BROWSER)
    assert (answer.status_code, answer.headers["retry-after"], answer.headers["cache-control"]) == (
        429, "118", "no-store",
    )  # fmt: skip
    assert 'id="answer" role="alert"' in answer.text
    assert 'action="/en/query#answer"' in answer.text


def test_where_no_page_can_be_made_the_problem_document_stands(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise LookupError(HIDDEN)

    monkeypatch.setattr(troubles, "render_problem", failing)
    answer = client.get("/broken", headers=BROWSER)
    assert (answer.status_code, answer.json()["status"]) == (500, 500)
    assert "hemmelig" not in answer.text


@pytest.mark.parametrize("liked", ["en-US,en;q=0.9", "da,en;q=0.5", "de", ""])
def test_a_page_tells_what_is_wrong_in_its_own_language(examples: Path, liked: str) -> None:
    browser = {**BROWSER, "Accept-Language": liked}
    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as client:
        danish, english = (
            client.get(f"{path}/questions/sent-on?body=xx", headers=browser).text for path in ("", "/en")
        )
    assert ("Intet organ passer" in danish, "No body fits" in danish) == (True, False)
    assert ("Intet organ passer" in english, "No body fits" in english) == (False, True)
