"""The lists as pages: for browsers, in both languages, narrowed by a form, turned to the end, and with the data."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.html import LIST_PAGES
from api.nouns import NOUNS
from api.settings import Settings
from api.views.folding import LARGEST_PAGE
from graph.build import build
from graph.identity.words import is_standing
from graph.municipalities.load import load_municipality
from tests.conftest import EXAMPLES

BASE = "http://127.0.0.1:8000"
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
TABLES = [path for path in NOUNS if path not in LIST_PAGES]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    data = tmp_path_factory.mktemp("lists")
    build([EXAMPLES, EXAMPLES.parent / "more"], load_municipality(EXAMPLES / "elmested.toml"), data=data)
    with TestClient(create_app(Settings(data=data, deadline=5.0)), base_url=BASE) as found:
        yield found


def read(client: TestClient, address: str) -> str:
    """A page as a browser gets it."""
    answer = client.get(address, headers=BROWSER)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), address
    assert len(answer.content) <= LARGEST_PAGE
    return answer.text


def rows(page: str) -> list[str]:
    """The link of each row of a table."""
    return [html.unescape(href) for href in re.findall(r'<tr><td><a href="([^"]+)"', page)]


@pytest.mark.parametrize("path", list(NOUNS))
def test_a_browser_gets_a_page_and_a_program_json(client: TestClient, path: str) -> None:
    assert '<html lang="da">' in read(client, f"/{path}")
    assert "Accept" in client.get(f"/{path}", headers=BROWSER).headers["vary"].split(", ")
    assert '<html lang="en">' in read(client, f"/en/{path}")
    for accept in ("*/*", "application/json", "application/ld+json", ""):
        answer = client.get(f"/{path}", headers={"Accept": accept})
        assert answer.headers["content-type"] == "application/ld+json", accept
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("path", TABLES)
def test_a_table_is_turned_to_its_end_and_tells_what_the_data_tells(client: TestClient, path: str) -> None:
    told = client.get(f"/{path}.json?limit=200").json()
    gathered, address = list[str](), f"/en/{path}?limit=3"
    while address:
        page = read(client, address)
        gathered += rows(page)
        onward = re.search(r'rel="next" href="([^"]+)"', page)
        address = html.unescape(onward[1]) if onward else ""
    places = [member["id"].removeprefix(BASE).removeprefix("/id") for member in told["members"]]
    assert gathered == [f"/en{place}" for place in places]
    for link in (f"/{path}.json?limit=3", f"/{path}.csv?limit=3", "/openapi.json"):
        assert f'href="{link}"' in page
        assert client.get(link).status_code == 200


@pytest.mark.parametrize("path", TABLES)
def test_the_form_has_every_filter_and_keeps_what_was_chosen(client: TestClient, path: str) -> None:
    page = read(client, f"/{path}?q=sag")
    assert set(re.findall(r'id="f-(\w+)"', page)) == {"q", *NOUNS[path].narrowing()}
    assert 'type="search" value="sag"' in page
    assert f'href="/{path}.csv?q=sag"' in page


def test_a_choice_narrows_the_table_as_it_narrows_the_data(client: TestClient) -> None:
    page = read(client, "/decisions?outcome=approved&body=&from=2024-11-01")
    told = client.get("/decisions.json?outcome=approved&from=2024-11-01").json()
    assert len(rows(page)) == told["count"] > 3
    assert '<option value="approved" selected>godkendt</option>' in page
    links = [urlsplit(html.unescape(link)) for link in re.findall(r'href="(/decisions\.csv[^"]*)"', page)]
    assert [parse_qs(link.query) for link in links] == [{"outcome": ["approved"], "from": ["2024-11-01"]}]
    assert "approved" in read(client, "/en/decisions?outcome=approved")
    assert "Intet på listen passer til det" in read(client, "/decisions?q=xyzzy")


def test_what_cannot_be_asked_is_told_on_a_page(client: TestClient) -> None:
    answer = client.get("/en/decisions?body=xyzzy", headers=BROWSER)
    assert (answer.status_code, "No body fits" in answer.text) == (400, True)


def test_what_stands_on_every_agenda_comes_last(client: TestClient) -> None:
    titles = [member["label"] for member in client.get("/cases?limit=200").json()["members"]]
    standing = [is_standing(title) for title in titles]
    assert 0 < sum(standing) < len(titles)
    assert standing == sorted(standing)
    page = read(client, "/cases")
    assert page.index("Takster for udlejning") < page.index("Godkendelse af dagsorden")
    found = read(client, "/find?q=godkend").partition('role="status"')[2]
    assert found.index("<b>beslutning</b>") < found.index("<bdi>Godkendelse af dagsorden</bdi>")
    assert "Godkendelse af dagsorden" not in read(client, "/")
