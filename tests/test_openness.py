"""How much is closed, and what was closed or opened afterwards; who may be indexed; whom to write to."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from urllib.parse import unquote

import pytest
from starlette.types import ASGIApp

from api.app import create_app
from api.settings import Settings
from graph.build import Address, build
from graph.municipalities.load import load_municipality
from graph.openness import shifts
from graph.sources import holdings
from graph.store import current
from tests.conftest import EXAMPLES
from tests.crawler import Said, asked

TEXT = """Økonomiudvalget
Mødedato: {day}

Deltagere: Bodil Krogsgaard (A), Kurt Damsbo (V)

1. Budget 2025

Sagsfremstilling

Økonomichef Lene Mikkelsen deltager under punktet.

2. {first}

Sagsfremstilling

Grunden købes.

3. Lukket punkt: Salg

4. Lukket punkt: Ansættelse

5. Lukket punkt: Klage
"""
ELMESTED = load_municipality(EXAMPLES / "elmested.toml")


def built(folder: Path, first: str, *, day: str = "17. september 2024", profile: str = "") -> Path:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / f"{day[-4:]}.txt").write_text(TEXT.format(first=first, day=day), "utf-8")
    report = build([folder / "in"], ELMESTED, data=folder / "data", address=Address(profile=profile))
    assert not report.failed
    return folder / "data"


def answers(settings: Settings, *addresses: str, accept: str = "text/html") -> list[Said]:
    async def all_of(app: ASGIApp) -> list[Said]:
        async with app.router.lifespan_context(app):  # type: ignore[attr-defined]
            return [await asked(app, address, {"Accept": accept}) for address in addresses]

    return asyncio.run(all_of(create_app(settings)))


def test_small_counts_are_not_told_and_changes_are_flagged(tmp_path: Path) -> None:
    built(tmp_path, "Køb af grund", day="21. januar 2025")
    data = built(tmp_path, "Køb af grund")
    assert shifts(current(data)) == []
    built(tmp_path, "Lukket punkt: Køb af grund")
    (closed,) = shifts(current(data))
    assert (closed.thing.rpartition("/")[2], closed.to) == ("2", "closed")
    page, english, table, rows = answers(
        Settings(data=data), "/openness", "/en/openness", "/openness.csv", "/openness.json"
    )
    told = [(row["quarter"], row["closedItems"], row["closedAttachments"], row["closedLater"], row["openedLater"])
            for row in json.loads(rows.body)["rows"]]  # fmt: skip
    assert told == [("2025 Q1", 3, None, False, False), ("2024 Q3", 4, None, True, False)]
    assert table.body.decode().splitlines()[1].endswith(",2025 Q1,3,<3,false,false")
    assert "færre end tre" in page.body.decode()
    assert "lukket efter at have været åbent" in page.body.decode()
    assert "fewer than three" in english.body.decode()
    assert "closed after it had been open" in english.body.decode()
    assert "Grunden" not in page.body.decode()
    built(tmp_path, "Køb af grund")
    assert [(shift.to, shift.version > closed.version) for shift in shifts(current(data))] == [
        ("open", True), ("closed", False)
    ]  # fmt: skip
    (page,) = answers(Settings(data=data), "/openness")
    assert "åbnet efter at have været lukket" in page.body.decode()


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph with two who are elected and one who is not."""
    return built(tmp_path_factory.mktemp("people"), "Køb af grund")


def test_people_who_are_not_elected_are_kept_from_search_engines_and_caches(data: Path) -> None:
    (listed,) = answers(Settings(data=data), "/people", accept="application/json")
    keys = {row["label"]: row["id"].rpartition("/id")[2] for row in json.loads(listed.body)["members"]}
    assert {"Bodil Krogsgaard", "Kurt Damsbo", "Lene Mikkelsen"} == set(keys)
    assert listed.headers["x-robots-tag"] == "noindex"
    for name, path in keys.items():
        forms = (path, f"/en{path}", f"{path}.ttl", f"{path}.json", f"{path}/neighbours", f"/id{path}")
        private = name == "Lene Mikkelsen"
        for form, said in zip(forms, answers(Settings(data=data), *forms), strict=True):
            assert (said.headers.get("x-robots-tag") == "noindex") is private, form
            assert ("private" in said.headers.get("cache-control", "")) is private, form
            meta = b'<meta name="robots" content="noindex">' in said.body
            assert meta is (private and said.status == 200 and "html" in said.headers["content-type"]), form
    sitemap, robots, case = answers(Settings(data=data), "/sitemap.xml", "/robots.txt", "/cases")
    assert b"/people/" not in sitemap.body
    assert b"Disallow: /people/" in robots.body
    assert "private" not in case.headers.get("cache-control", "")


def test_whom_to_write_to_with_the_page_in_the_letter(data: Path) -> None:
    by_mail = Settings(data=data, contact="data@elmested.dk", publisher="Elmested Kommune")
    page, english, wrong = answers(
        by_mail, "/about?of=/people/0999/ab12", "/en/about", "/about?of=//ond.example/%22%3E"
    )
    text = page.body.decode()
    assert "mailto:data@elmested.dk?subject=Rettelse" in text
    assert "http://127.0.0.1:8000/people/0999/ab12" in unquote(text)
    assert "Grundlag" in text
    assert "Elmested Kommune" in text
    assert "navnene, som de er trykt" in text
    assert "Correction in Sagsgraf" in unquote(english.body.decode())
    assert "ond.example" not in unquote(wrong.body.decode()).split("<main")[1]
    (page,) = answers(Settings(data=data, contact="https://github.com/elmested/data/issues"), "/about")
    assert "<pre>" in page.body.decode()
    assert "https://github.com/elmested/data/issues" in page.body.decode()


def test_a_text_that_is_not_published_says_so(tmp_path: Path) -> None:
    data = built(tmp_path, "Køb af grund", profile="republisher")
    (row,) = holdings(current(data).record).sources.values()
    page, text, english, other = answers(
        Settings(data=data), f"/sources/{row.text_hash}", f"/sources/{row.text_hash}.txt",
        f"/en/sources/{row.text_hash}", f"/sources/{'0' * 64}.ttl",
    )  # fmt: skip
    assert [said.status for said in (page, text, english, other)] == [404, 404, 404, 404]
    assert "udgiver ikke hele tekster" in page.body.decode()
    assert "udgiver ikke hele tekster" in text.body.decode()
    assert "publishes no whole texts" in english.body.decode()
    assert "udgiver ikke hele tekster" not in other.body.decode()
