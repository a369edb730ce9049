"""What nobody foresaw: a page with a way onward for browsers, a problem document for programs, nothing from inside."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.html import troubles
from api.settings import Settings

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
