"""What people do with the pages, in a browser: narrow a search, share and save a graph, follow a feed, get lost."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from api.app import create_app
from api.settings import Settings
from graph.erasure.withdrawing import withdraw
from tests import test_pages_explored as explored
from tests.page_service import CASE, hostile_store, make_app, served, texts
from tests.test_pages_browser import watched
from tests.test_pages_explored import Site, settle

pytestmark = explored.pytestmark
site, browser, page = explored.site, explored.browser, explored.page

PREFIXES = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
ROUTES = f"""{PREFIXES}CONSTRUCT {{ ?case sag:targetBody ?body . ?body rdfs:label ?name }}
WHERE {{ ?case sag:hasRoutingStep ?step . ?step sag:targetBody ?body . ?body rdfs:label ?name }}"""
DAYS = f"""{PREFIXES}SELECT ?dag (COUNT(?punkt) AS ?punkter)
WHERE {{ ?punkt sag:onAgendaOf ?at . ?at sag:meetingDate ?dag }} GROUP BY ?dag ORDER BY ?dag"""
MANY = 200
# Every kind of page over the graph that is written by hand.
HOSTILE = (
    "/", "/cases", f"/cases/{CASE}", "/people", "/bodies", "/bodies/0999/direktionen",
    "/meetings/0999/direktionen/2023-03-08", "/sdgs", "/sdgs/all", "/network", f"/network?of=cases/{CASE}",
    "/questions/sent-on", "/organisations/x", "/quality", "/about", "/query", "/problem",
    *(f"/sources/{text_hash}" for text_hash in texts()),
)  # fmt: skip


def shown(page: Page) -> int:
    """How many things a graph's list shows."""
    return page.locator(".nodes li").count()


def test_a_search_is_narrowed_by_links_that_tell_their_numbers(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/find?q=sag")
    everything = page.locator("main .rows > li").count()
    page.locator("summary", has_text="Organ").click()
    choice = page.locator("details[open] .facets a", has_text="Hovedudvalget")
    told = int(choice.inner_text().split()[-1])
    choice.click()
    assert "body=0999%2Fhovedudvalget" in page.url
    expect(page.get_by_role("status")).to_have_text(f"{told} fundet")
    assert 0 < told < everything
    assert page.locator("main .rows > li").count() == told
    page.get_by_role("searchbox").press("Enter")
    assert "body=0999%2Fhovedudvalget" in page.url
    page.locator("details[open] .facets [aria-current]").click()
    assert page.locator("main .rows > li").count() == everything
    context.close()


def test_an_address_carries_what_a_graph_shows(page: Page, site: Site) -> None:
    page.goto(site.case)
    settle(page)
    page.get_by_role("listbox").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-told]")).to_contain_text("E viser")  # how much more there is, before it is expanded
    page.keyboard.press("e")
    expect(page.locator(".live")).to_contain_text("Udvidet")
    page.get_by_role("checkbox", name="personer").uncheck()
    there, address = shown(page), page.url
    assert "expanded=" in address
    assert "without=people" in address
    page.wait_for_load_state("networkidle")
    page.goto("/about", wait_until="networkidle")
    page.goto(address)
    settle(page)
    expect(page.get_by_role("checkbox", name="personer")).not_to_be_checked()
    assert shown(page) == there
    page.get_by_role("link", name="English").click()
    settle(page)
    assert shown(page) == there


def test_a_neighbourhood_is_narrowed_to_a_period(page: Page) -> None:
    page.goto("/network?of=bodies/0999/direktionen")
    settle(page)
    before = shown(page)
    page.get_by_label("Fra år").select_option(index=1)
    expect(page.locator(".live")).to_contain_text("vises")
    assert 0 < shown(page) < before
    assert page.locator(".nodes .bodies").count() > 0


def test_the_drawing_is_saved_as_svg_with_names_as_text(page: Page, site: Site) -> None:
    for path in (site.case, "/network"):
        page.goto(path)
        settle(page)
        with page.expect_download() as saved:
            page.get_by_role("button", name="Hent SVG").click()
        drawing = Path(saved.value.path()).read_text(encoding="utf-8")
        page.set_content(drawing)
        expect(page.locator("svg text", has_text="Direktionen").first).to_be_attached()
        assert page.locator("svg polygon").count() > 0


def test_two_hundred_neighbours_are_laid_out(page: Page, capsys: pytest.CaptureFixture[str]) -> None:
    names = [f"cases/0999/direktionen/2020-01-01/{n}" for n in range(MANY)]
    middle = "bodies/0999/direktionen"
    nodes = [{"id": name, "label": f"Sag {name[-3:]} om skolevej", "kind": "cases", "href": ""} for name in names]
    edges = [
        {"id": f"{n}", "source": middle if n % 3 else names[n - 1], "target": name, "word": "behandlet", "day": "",
         "year": 2020 + n % 5, "firm": True, "quote": "", "place": "", "href": ""}
        for n, name in enumerate(names) if n
    ]  # fmt: skip
    nodes.append({"id": middle, "label": "Direktionen", "kind": "bodies", "href": ""})
    found = json.dumps(
        {"focus": middle, "nodes": nodes, "edges": edges, "folded": {"cases": 7}, "told": {"cases": "sager"}}
    )

    def answer(route: Route) -> None:
        route.fulfill(body=found, content_type="application/json")

    page.route("**/neighbours.json**", answer)
    page.goto(f"/network?of={middle}")
    settle(page)
    took = page.locator(".graph").get_attribute("data-milliseconds")
    with capsys.disabled():
        sys.stdout.write(f" [{MANY} neighbours laid out in {took} ms] ")
    assert shown(page) == MANY + 1
    expect(page.locator("[data-told]")).to_contain_text("Foldet sammen her: 7 sager")


def test_a_constructed_answer_is_drawn_beside_its_table(page: Page) -> None:
    page.goto(f"/query?query={quote(ROUTES)}")
    page.locator(".graph").scroll_into_view_if_needed()
    page.wait_for_selector("html[data-ready=graph]", state="attached")
    expect(page.get_by_role("option", name="Økonomiudvalget")).to_be_visible()
    rows = page.locator("#answer tbody tr", has_text="Økonomiudvalget")
    expect(rows).to_have_count(1)
    with page.expect_download() as saved:
        page.locator("#answer").get_by_role("link", name="N-Triples").click()
    lines = Path(saved.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == page.locator("#answer tbody tr").count()


def test_numbers_over_time_are_a_line_and_a_table(page: Page) -> None:
    page.goto(f"/query?query={quote(DAYS)}")
    points, rows = page.locator(".lines circle").count(), page.locator("#answer tbody tr").count()
    assert points == rows > 2


def test_the_feed_of_a_question_is_followed(page: Page) -> None:
    page.goto("/questions/sent-on?as_of=2025-06-01")
    address = page.get_by_role("link", name="nyhedsstrøm").get_attribute("href")
    assert address is not None
    answer = page.request.get(address)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert answer.text().count("<entry>") > 0


def test_a_page_is_fetched_while_the_pointer_rests_on_its_link(page: Page) -> None:
    page.goto("/cases")
    link = page.locator("main .rows a").first
    path = link.get_attribute("href")
    with page.expect_request(f"**{path}") as fetched:
        link.hover()
    assert fetched.value.headers["sec-purpose"] == "prefetch"


def test_a_picture_of_the_map_stands_there_before_any_script(browser: Browser, site: Site) -> None:
    context = browser.new_context(base_url=site.address, java_script_enabled=False, color_scheme="dark")
    page = context.new_page()
    page.goto("/network")
    picture = page.locator(".still img")
    assert picture.evaluate("e => e.decode().then(() => [e.naturalWidth > 0, e.currentSrc.includes('dark')])") == [
        True,
        True,
    ]
    expect(page.get_by_role("button", name="Hent SVG")).to_be_hidden()
    context.close()


@pytest.fixture(scope="module")
def withdrawn(examples: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    data = tmp_path_factory.mktemp("withdrawn") / "data"
    shutil.copytree(examples, data)
    withdraw("direktionen-2025-02-12.md", data=data, reason="Punktet er lukket efter mødet.")
    with served(create_app(Settings(data=data))) as address:
        yield address


def leads_on(page: Page, status: int, path: str) -> None:
    """That a page says what is the matter, fits a small phone, and leads to a page that works."""
    answer = page.goto(path)
    assert answer is not None
    assert answer.status == status
    assert page.locator("h1").inner_text().strip()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    onward = page.get_by_role("main").get_by_role("link").last
    onward.click()
    assert page.locator("h1").is_visible()


def test_what_is_withdrawn_says_when_and_why_and_leads_on(browser: Browser, withdrawn: str) -> None:
    page = browser.new_page(base_url=withdrawn, viewport={"width": 320, "height": 700})
    page.goto("/meetings/0999/direktionen/2025-02-12")
    expect(page.get_by_role("main")).to_contain_text("Punktet er lukket efter mødet.")
    leads_on(page, 410, "/meetings/0999/direktionen/2025-02-12")
    leads_on(page, 410, "/en/meetings/0999/direktionen/2025-02-12")
    page.close()


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_what_is_missing_or_fails_leads_on(browser: Browser, site: Site, prefix: str) -> None:
    page = browser.new_page(base_url=site.address, viewport={"width": 320, "height": 700})
    leads_on(page, 404, f"{prefix}/cases/findes-ikke")
    leads_on(page, 404, f"{prefix}/findes-ikke")
    leads_on(page, 404, f"{prefix}/questions/findes-ikke")
    leads_on(page, 200, f"{prefix}/find?q=xyzzy&year=1999")
    leads_on(page, 400, f"{prefix}/query?query=SELECT")
    page.close()


def test_an_empty_graph_has_whole_pages(browser: Browser) -> None:
    faults: list[str] = []
    with served(make_app(ox.Store())) as address:
        page = browser.new_page(base_url=address, viewport={"width": 320, "height": 700})
        watched(page, faults)
        for path in ("/", "/cases", "/people", "/bodies", "/sdgs", "/network", "/quality", "/about", "/query"):
            page.goto(path)
            assert page.locator("h1").is_visible(), path
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
        page.close()
    assert not faults


@pytest.mark.parametrize("scripts", [True, False])
def test_hostile_texts_stay_text_on_every_kind_of_page(browser: Browser, *, scripts: bool) -> None:
    faults: list[str] = []
    with served(make_app(hostile_store())) as address:
        context = browser.new_context(
            base_url=address, viewport={"width": 320, "height": 700}, java_script_enabled=scripts
        )
        page = context.new_page()
        watched(page, faults)
        page.on("dialog", lambda dialog: faults.append(dialog.message))
        for path in HOSTILE:
            page.goto(path)
            assert page.locator("h1").is_visible(), path
            if scripts:
                settle(page)
            page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, path
            assert page.locator("main b, main script").count() == 0, path
            assert "49" not in page.locator("h1").inner_text(), path  # {{ 7*7 }} is no template
        context.close()
    assert not [fault for fault in faults if "status of 503" not in fault]  # which is what /problem answers
