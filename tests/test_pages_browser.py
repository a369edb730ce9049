"""The pages in a browser: wide and narrow, with and without JavaScript, asking nobody else for anything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.page_service import CASE, make_app, served, texts

pytestmark = pytest.mark.skipif(
    shutil.which("chromium") is None, reason="chromium is not installed (apt-get install chromium fonts-noto-core)"
)

SOURCE = next(h for h, text in texts().items() if "8. marts" in text)
ADDRESSES = {
    "home": "/",
    "cases": "/cases",
    "case": f"/cases/{CASE}?as_of=2023-04-15",
    "english": f"/en/cases/{CASE}",
    "long": "/cases/0999/direktionen/2023-03-08/long",
    "markup": "/cases/0999/direktionen/2023-03-08/markup",
    "rtl": "/cases/0999/direktionen/2023-03-08/rtl",
    "source": f"/sources/{SOURCE}",
    "question": "/questions/sent-on",
    "organisation": "/organisations/x",
}


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with served(make_app()) as base:
        yield base


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    with sync_playwright() as p:
        opened = p.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield opened
        opened.close()


def prefetched(request: Request) -> bool:
    """Whether a request was made in advance: the browser lets go of it when the page itself is asked for."""
    return "sec-purpose" in request.headers


def watched(page: Page, faults: list[str]) -> None:
    """Notes whatever goes wrong in a page, and every request that leaves this machine."""
    page.on("console", lambda message: faults.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("requestfailed", lambda request: None if prefetched(request) else faults.append(f"failed: {request.url}"))
    page.on("request", lambda request: None if "//127.0.0.1:" in request.url else faults.append(request.url))


@pytest.mark.parametrize("javascript", ["on", "off"])
@pytest.mark.parametrize("width", [1280, 390, 320])
def test_every_page_fits_and_is_quiet(browser: Browser, address: str, *, width: int, javascript: str) -> None:
    faults: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=javascript == "on")
    page = context.new_page()
    watched(page, faults)
    for name, path in ADDRESSES.items():
        page.goto(address + path)
        assert page.locator("h1").is_visible(), name
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        page.locator("details").evaluate_all("all => all.forEach(one => one.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, f"{name}, opened"
    context.close()
    assert not faults


def test_the_track_lies_when_there_is_room_and_stands_on_a_phone(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + ADDRESSES["case"])
    places: dict[int, list[tuple[float, float]]] = {}
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        boxes = [box for mark in page.locator(".track .mark").all() if (box := mark.bounding_box())]
        places[width] = [(box["x"], box["y"]) for box in boxes]
    page.close()
    assert len({y for _, y in places[1280]}) == 1
    assert len({x for x, _ in places[390]}) == 1
    assert len(places[1280]) == len({x for x, _ in places[1280]}) == 5


def test_a_sentence_leads_to_its_mark_in_the_source(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + ADDRESSES["case"])
    page.locator(".track li.overdue summary").click()
    quote = page.locator(".track li.overdue blockquote").first
    text = quote.locator("p").inner_text()
    quote.locator("a").click()
    page.wait_for_url("**/sources/**")
    marked = page.locator(":target")
    shown, colour = marked.inner_text(), marked.evaluate("e => getComputedStyle(e).outlineStyle")
    page.close()
    assert (shown, colour) == (text, "solid")


def test_the_font_is_ours(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address)
    loaded = page.evaluate(
        "document.fonts.ready.then(() => [...document.fonts].filter(f => f.status == 'loaded').map(f => f.weight))"
    )
    page.close()
    assert sorted(loaded) == ["400", "600"]


def test_the_keyboard_reaches_the_content_first_and_shows_where_it_is(browser: Browser, address: str) -> None:
    page = browser.new_page()
    page.goto(address + ADDRESSES["case"])
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    box = page.locator(".skip").bounding_box()
    page.keyboard.press("Enter")
    reached = page.evaluate("document.activeElement.id")
    page.close()
    assert (outline, reached) == ("solid", "main")
    assert box is not None
    assert box["x"] >= 0


CONTRAST = """() => {
  const lit = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b };
  const read = c => c.match(/[\\d.]+/g).map(Number);
  const ground = e => { for (; e; e = e.parentElement) { const c = read(getComputedStyle(e).backgroundColor);
    if (c.length < 4 || c[3] > 0) return c.slice(0, 3) } return [255, 255, 255] };
  const bad = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some(n => n.nodeType == 3 && n.data.trim())) continue;
    const a = lit(read(getComputedStyle(e).color).slice(0, 3)), b = lit(ground(e));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(e.tagName + ' ' + e.className + ' ' + ratio.toFixed(2));
  }
  return bad }"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_stand_out_from_their_ground(browser: Browser, address: str, scheme: str) -> None:
    context = browser.new_context(color_scheme="dark" if scheme == "dark" else "light")
    page = context.new_page()
    for name in ("home", "case", "source", "question"):
        page.goto(address + ADDRESSES[name])
        assert page.evaluate(CONTRAST) == [], name
    context.close()


def test_what_is_pressed_is_large_enough(browser: Browser, address: str) -> None:
    context = browser.new_context(viewport={"width": 390, "height": 900})
    page = context.new_page()
    page.goto(address + ADDRESSES["case"])
    # links inside a sentence are excepted by WCAG 2.5.8
    for target in page.locator("summary, button, input, .top a, .path a").all():
        box = target.bounding_box()
        assert box is not None
        assert box["height"] >= 24, target.inner_text()
    context.close()
