"""Every page is small and leads to pages that are there, over the examples and a case with very many meetings."""

from __future__ import annotations

import html
import re
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from api.views.folding import LARGEST_PAGE, cut, fitted
from graph.build import build
from graph.municipalities.load import load_municipality

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
PAGE = {"Accept": "text/html"}
MEETINGS = 16
SAID = " ".join(f"Forvaltningen redegjorde for forhold {n} ved havnebadet og for udgifterne ved det." for n in range(9))
# What the address of a page cannot be: data in a form of its own, and files.
DATA = re.compile(r"\.(ttl|jsonld|rdf|nt|json|csv|atom|txt|xml|tsv|ico)$")
PASSED = ("/static/", "/dumps/", "/stream", "/sparql", "/gsp", "/openapi", "/def/files/", "/id/")
# Pages of one term each, which test_api_vocabulary.py asks for one by one.
TERM = re.compile(r"(/en)?/(def/\w+|concept/[\w-]+/[\w-]+)")
MOST_OF_A_PATH = 3  # addresses that differ by their query alone
REFUSED = "/query?query=SELECT"
STARTS = ("/", "/en/", "/find?q=havnebadet", "/find?q=xyzzy", "/openness", "/quality", "/catalog", REFUSED)


def minutes(number: int) -> str:
    """The minutes of one meeting in a row of them: the same case each time, with all that a case can have."""
    on = date(2022, 1, 11) + timedelta(days=35 * number)
    then = on + timedelta(days=35)
    others = "".join(
        f"\nVejvedligehold {number}-{n}\nSag nr. {n}\n\nSagens kerne\n\nVej- og parkchef Torben Aagaard deltager under "
        "punktet.\n\nBeslutning\n\nGodkendt. Vej- og parkchef Torben Aagaard deltog under punktet.\n"
        for n in (2, 3)
    )
    return f"""Teknik- og Miljøudvalget

{on:%d-%m-%Y}

Medlemmer

Erik Munk Sørensen (V)
Hanne Vestergaard Juhl (F)

Renovering af havnebadet i Bakkeby
Sag nr. 1

Sagsnr.: 01.02.05-P16-7-24

Sagsgang

TMU, ØK, KB

Sagens kerne

{SAID} Sagen behandles i Økonomiudvalget den {then:%d-%m-%Y}. Havnechef Anders Kofoed deltager under punktet.

Indstilling

Teknik og Miljø indstiller,

at {SAID}
at der frigives {number + 1} mio. kr. til etape {number + 1}.

Beslutning

Godkendt. {SAID} Vej- og parkchef Torben Aagaard deltog under punktet. Det blev aftalt, at havnechef Anders Kofoed
udarbejder notat {number} til Økonomiudvalget om udgifterne.

Bilag:

1 - 77{number:05} Åben Notat {number} om havnebadet.docx (45{number:03}/24) (H)
2 - Lukket Tilbud {number}.pdf () ()
{others}"""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service over the examples and the long case."""
    sources, data = tmp_path_factory.mktemp("long"), tmp_path_factory.mktemp("budgets")
    for number in range(MEETINGS):
        (sources / f"teknik-{number:02}-referat.txt").write_text(minutes(number), encoding="utf-8")
    paths = [EXAMPLES / "minutes", EXAMPLES / "more", sources]
    report = build(paths, load_municipality(EXAMPLES / "minutes" / "elmested.toml"), data=data)
    assert not report.failed
    app = create_app(Settings(data=data, deadline=20.0, budget=1e6))
    with TestClient(app, base_url="http://127.0.0.1:8000") as found:
        yield found


def read(client: TestClient, address: str) -> str:
    """A page."""
    answer = client.get(address, headers=PAGE)
    assert answer.status_code == 200, address
    return answer.text


def links(page: str, address: str) -> Iterator[str]:
    """The addresses of pages that a page leads to."""
    for href in re.findall(r'<a [^>]*href="([^"]*)"', page):
        link = html.unescape(href).partition("#")[0]
        link = address.partition("?")[0] + link if link.startswith("?") else link
        path = link.partition("?")[0]
        if path.startswith(PASSED) or DATA.search(path) or TERM.fullmatch(path):
            continue
        if link.startswith("/"):
            yield link


@pytest.fixture(scope="module")
def case(client: TestClient) -> str:
    """The address of the case that came back at every meeting."""
    return next(link for link in links(read(client, "/cases?q=havnebadet"), "/cases") if "/cases/0999" in link)


def test_every_page_is_small_and_leads_to_pages_that_are_there(client: TestClient) -> None:
    waiting, seen = deque(STARTS), set(STARTS)
    asked: Counter[str] = Counter()
    large: dict[str, int] = {}
    lost: dict[str, int] = {}
    while waiting:
        address = waiting.popleft()
        answer = client.get(address, headers=PAGE)
        if answer.status_code != 200 and address.removeprefix("/en") != REFUSED:
            lost[address] = answer.status_code
        if len(answer.content) > LARGEST_PAGE:
            large[address] = len(answer.content)
        for link in links(answer.text, address):
            asked[link.partition("?")[0]] += link not in seen and "?" in link
            if link not in seen and asked[link.partition("?")[0]] <= MOST_OF_A_PATH:
                seen.add(link)
                waiting.append(link)
    kinds = Counter(address.removeprefix("/en").split("/")[1].partition("?")[0] for address in seen)
    assert kinds.keys() >= {"cases", "people", "bodies", "meetings", "departments", "sdgs", "sources", "questions"}
    assert (large, lost) == ({}, {})


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_a_long_case_shows_the_newest_and_leads_to_all(client: TestClient, case: str, prefix: str) -> None:
    page = read(client, prefix + case)
    assert len(page.encode()) <= LARGEST_PAGE
    newest = date(2022, 1, 11) + timedelta(days=35 * (MEETINGS - 1))
    assert f'<time datetime="{newest}"' in page
    words = {"": "Se alle", "/en": "See all"}[prefix]
    for question in ("case-route", "case-history", "commitments"):
        said = re.search(rf'<a href="{prefix}/questions/{question}\?case=([^"]+)">{words} (\d+)</a>', page)
        assert said is not None, question
        assert int(said[2]) >= MEETINGS


def test_the_data_of_a_long_case_is_whole(client: TestClient, case: str) -> None:
    data = client.get(f"{case}.jsonld").text
    assert len(set(re.findall(r"/id/agenda-items/0999/teknik-og-miljoeudvalget/\d{4}-\d\d-\d\d/1\b", data))) >= MEETINGS


def test_the_pages_of_a_person_tell_of_every_meeting_once(client: TestClient) -> None:
    people = read(client, "/people?q=Torben")
    address = next(link for link in links(people, "/people") if link.startswith("/people/0999/"))
    told: list[str] = []
    turned = address
    while turned:
        page = read(client, turned)
        assert len(page.encode()) <= LARGEST_PAGE
        told += re.findall(r'<h3><a href="(/meetings/[^"]+)"', page)
        onward = re.search(r'rel="next" href="(\?skip=\d+)"', page)
        turned = address + onward[1] if onward else ""
    assert len(told) == len(set(told)) > MEETINGS


def test_the_table_of_a_neighbourhood_is_turned_until_its_end(client: TestClient) -> None:
    name = "bodies/0999/teknik-og-miljoeudvalget"
    edges = client.get(f"/neighbours.json?of={name}").json()["edges"]
    rows, skip = 0, 0
    while skip < len(edges):
        page = read(client, f"/network?of={name}&skip={skip}")
        shown = page.count("<tr><td")
        assert shown
        rows, skip = rows + shown, skip + shown
    assert rows == len(edges)


def test_a_page_is_cut_no_more_than_it_must_be() -> None:
    assert fitted(lambda fit: "x" * fit(LARGEST_PAGE)) == "x" * LARGEST_PAGE
    assert len(fitted(lambda fit: "x" * fit(LARGEST_PAGE + 1))) == int(0.7 * (LARGEST_PAGE + 1))
    assert len(fitted(lambda fit: "å" * LARGEST_PAGE)) == LARGEST_PAGE  # what cannot be cut stays whole
    assert len(cut("ord " * 50, 40)) <= 40
    assert cut("x" * 50, 40) == "x" * 38 + " …"


def test_a_large_page_is_made_anew_as_its_weight_tells() -> None:
    made: list[int] = []

    def row(fit: Callable[[int], int]) -> str:
        made.append(fit(100))
        return "x" * fit(100_000)

    assert len(fitted(row)) == int(0.7**4 * 100_000)
    assert made == [100, int(0.7**4 * 100)]
    # a list in a list grows smaller than its weight tells, and is then made fuller again
    assert len(fitted(lambda fit: "x" * fit(100) * fit(1_000))) == int(0.7**2 * 100) * int(0.7**2 * 1_000)
