"""Makes the README's pictures: `python tests/pictures.py FOLDER` writes the pages of a case, the network and SPARQL.

It builds the examples in a temporary folder, serves them and photographs the pages; chromium must be installed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.parse import quote

from playwright.sync_api import Browser, Page, sync_playwright

from tests.page_service import free_port

EXAMPLES = Path(__file__).parents[1] / "examples" / "minutes"
# A case with stops of several states, judged on a fixed day so that the pictures stay as they are.
TITLE = "budgetopfølgning"
AS_OF = "2025-03-20"
SHOTS = {"case-page.png": (1280, 1380), "case-page-phone.png": (390, 1100)}
# What the SPARQL page is asked for its picture: two columns, which it also draws as bars.
QUERY = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?organ (COUNT(DISTINCT ?sag) AS ?sager) WHERE {
  ?punkt sag:concernsCase ?sag ; sag:onAgendaOf ?møde .
  ?møde sag:heldBy ?body .
  ?body rdfs:label ?organ .
}
GROUP BY ?organ ORDER BY DESC(?sager)"""


@contextmanager
def examples_served(folder: Path) -> Iterator[str]:
    """The address of the service over the examples' graph, built in a folder."""
    command = Path(sys.executable).with_name("sagsgraf")
    settings = str(EXAMPLES / "elmested.toml")
    subprocess.run(
        [command, "build", str(EXAMPLES), "--municipality", settings, "--data", str(folder)],
        check=True,
        stdout=sys.stderr,
    )
    port = free_port()
    service = subprocess.Popen([command, "serve", "--data", str(folder), "--port", str(port)])
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(address, service)
        yield address
    finally:
        service.terminate()
        service.wait(20)


def wait_for(address: str, service: subprocess.Popen[bytes]) -> None:
    """Waits until the service answers; an error where it ends or a minute passes."""
    until = time.monotonic() + 60
    while time.monotonic() < until and service.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the service did not answer")


def photograph(browser: Browser, address: str, folder: Path) -> None:
    """Writes the pictures of the case."""
    page = browser.new_page()
    page.goto(f"{address}/cases?q={TITLE}")
    path = page.locator("main .rows a").first.get_attribute("href")
    for name, (width, height) in SHOTS.items():
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{address}{path}?as_of={AS_OF}")
        page.screenshot(path=str(folder / name))
        sys.stdout.write(f"{folder / name}\n")
    page.set_viewport_size({"width": 1280, "height": 900})
    around(page, f"{address}{path}?as_of={AS_OF}", ".graph", file=folder / "case-network.png")
    around(page, f"{address}/network", ".wide-card", file=folder / "network-page.png")
    page.goto(f"{address}/query?query={quote(QUERY)}")
    page.wait_for_selector("html[data-ready=editor]", state="attached")
    page.set_viewport_size({"width": 1280, "height": 1250})
    page.screenshot(path=str(folder / "sparql-page.png"))
    sys.stdout.write(f"{folder / 'sparql-page.png'}\n")
    page.close()


def around(page: Page, address: str, selector: str, *, file: Path) -> None:
    """Writes the picture of a graph, once it is drawn."""
    page.goto(address)
    page.locator(".graph").scroll_into_view_if_needed()
    page.locator(".graph").dispatch_event("pointerenter")  # the map is a still picture until somebody comes near
    page.wait_for_selector("html[data-ready=graph]", state="attached")
    page.evaluate("document.fonts.ready.then(() => new Promise(done => setTimeout(done, 500)))")
    page.locator(selector).first.screenshot(path=str(file))
    sys.stdout.write(f"{file}\n")


def main(folder: Path) -> None:
    """Makes all pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch, examples_served(Path(scratch)) as address, sync_playwright() as p:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = p.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        photograph(browser, address, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
