"""What is closed, masked, erased or hidden is in no byte of any answer: a crawler asks every address of the service."""

from __future__ import annotations

import asyncio
import gzip
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from api.app import create_app
from api.settings import Settings
from graph.build import Address, build
from graph.erasure.erasing import Wish, erase
from graph.masking import Signature, mask
from graph.municipalities.load import load_municipality
from tests.conftest import EXAMPLES
from tests.crawler import Crawl, holds, seeking

PERSON = "Torkild Ravnsbjerggård"
LAST = "Ravnsbjerggård"
FIRST = f"""Økonomiudvalget
Mødedato: 17. september 2024

Deltagere: Bodil Krogsgaard (A), Kurt Damsbo (V)
Afbud: Karen Maagaard (C)

1. Blåmejsens nye bolig

Sagsfremstilling

Blåmejsen Zinkelotte får en redekasse i parken. Økonomichef {PERSON} deltager under punktet.
Sagen behandles i Kommunalbestyrelsen den 24. september 2024.
En klage er kommet fra Brunhilde Sneppeklit over støj fra Pirolvænget.

Bilag

1 7711223 Åben Tegning af redekassen (4711/24) (H)
2 88990011 Lukket Tilbud på redekasser (66554433/24) (H)

Beslutning i Økonomiudvalget den 17. september 2024

Anbefalet. {PERSON}s notat følger; det blev aftalt, at {PERSON} udarbejder et notat til Kommunalbestyrelsen.
T. {LAST} deltog. {PERSON.upper()} deltog. {LAST} svarede på spørgsmål. Torkild {LAST}s afdeling (TORA) er enig.

2. Lukket punkt: Ansættelse af Sumphøne

Sagsnr. 29/55667788

Sagsfremstilling

Kanariefuglen Tusnelda Vipstjært ansættes på løntrin Zebrafinke den 3. oktober.

Bilag

1 99887766 Åben Notat om Spidssvanen (31415926/24) (H)

Beslutning i Økonomiudvalget den 17. september 2024

Personalechef Hjalmar Isfuglesen deltog. Det blev aftalt, at Hjalmar Isfuglesen ringer til Rørdrummen.

3. Eventuelt

Beslutning i Økonomiudvalget den 17. september 2024

Intet til dette punkt.
"""
SECOND = f"""Kommunalbestyrelsen
Mødedato: 24. september 2024

Deltagere: Bodil Krogsgaard (A), Kurt Damsbo (V)

1. Blåmejsens nye bolig

Sagsfremstilling

Blåmejsen Zinkelotte venter. Økonomichef {PERSON} deltog i Økonomiudvalgets møde.

Beslutning i Kommunalbestyrelsen den 24. september 2024

Godkendt. {PERSON} deltog under punktet.
"""
THIRD = """Direktionen
Mødedato: 11. september 2024

1. Punkter til behandling

Sagsfremstilling

Direktionen har følgende punkter til behandling:

- Nye redekasser. Blåmejsen Zinkelotte skal have flere redekasser i parken.
- Flytning af Nattergalehuset. Nattergalehuset flyttes til Sumpvænget, og lejerne varsles.

Beslutning i Direktionen den 11. september 2024

- Nye redekasser. Godkendt.
- Flytning af Nattergalehuset. Udsat, til lejerne i Sumpvænget er hørt.
"""
OPEN = ("Blåmejse", "redekasse")
CLOSED = (
    "55667788", "Tusnelda", "Vipstjært", "Zebrafinke", "99887766", "Spidssvanen", "31415926", "Isfuglesen", "Rørdrum",
    "88990011", "66554433",
)  # fmt: skip
MASKED = ("Brunhilde", "Sneppeklit", "Pirolvænget")
TITLES = ("Sumphøne", "Tilbud på")
SUB_ITEM = ("Nattergalehuset", "Sumpvænget")
SIGNED = Signature("Sekretariatet", "en borgers klage")
# what may be found nowhere under a profile
HIDDEN = {
    "publisher": (*CLOSED, *MASKED, *SUB_ITEM, LAST),
    "republisher": (*CLOSED, *MASKED, *TITLES),
    "roles": (*CLOSED, *MASKED, *TITLES, LAST),
}


def made(folder: Path, profile: str) -> Path:
    """A data folder in which something is closed, masked, and erased or hidden."""
    given, data = folder / "in", folder / "data"
    given.mkdir()
    (given / "oekonomiudvalget.txt").write_text(FIRST, "utf-8")
    (given / "kommunalbestyrelsen.txt").write_text(SECOND, "utf-8")
    (given / "direktionen.txt").write_text(THIRD, "utf-8")
    address, settings = Address(profile=profile), load_municipality(EXAMPLES / "elmested.toml")
    begin = FIRST.index("Brunhilde")
    span = (begin, FIRST.index("Pirolvænget") + len("Pirolvænget"))
    path = given / "oekonomiudvalget.txt"
    mask(str(path), lambda _: [span], data=data, signature=SIGNED, address=address)
    report = build([given], settings, data=data, address=address)
    assert not report.failed, report.failed
    if profile == "publisher":
        receipt = erase(Wish("person", PERSON, "Anmodning."), data=data, address=address)
        assert not receipt.places
        erase(Wish("phrase", LAST, "Anmodning."), data=data, address=address)
        receipt = erase(Wish("item", "agenda-items/0999/direktionen/2024-09-11/1.2", "Anmodning."), data=data)
        assert not receipt.places
    return data


def guesses(told: str) -> tuple[str, ...]:
    """Queries that look for a text without writing it, so that nothing can echo it."""
    low = told.casefold()
    split = f'CONCAT("{low[:3]}", "{low[3:]}")'
    return (
        f"SELECT ?s ?o {{ ?s ?p ?o FILTER(CONTAINS(LCASE(STR(?o)), {split})) }}",
        f"SELECT ?s ?o {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(CONTAINS(LCASE(STR(?o)), {split})) }}",
        f'SELECT ?s {{ GRAPH ?g {{ ?s ?p ?o }} FILTER(REGEX(STR(?o), "{low[:3]}[{low[3]}]{low[4:]}", "i")) }}',
        f"SELECT ?s {{ ?s ?p ?o FILTER(CONTAINS(LCASE(STR(?s)), {split}) || CONTAINS(LCASE(STR(?p)), {split})) }}",
        f"SELECT ?s {{ ?s ?p ?o FILTER(STRLEN(STR(?o)) = {len(low)} && LCASE(SUBSTR(STR(?o), 1, 5)) = '{low[:5]}') }}",
    )


SCANS = (
    "SELECT ?s ?p ?o { ?s ?p ?o }",
    "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }",
    'SELECT (GROUP_CONCAT(STR(?o); separator=" ") AS ?all) { GRAPH ?g { ?s ?p ?o } }',
    'SELECT (GROUP_CONCAT(STR(?s); separator=" ") AS ?all) { ?s ?p ?o }',
    "SELECT ?o { ?s ?p ?o } ORDER BY DESC(STRLEN(STR(?o))) LIMIT 200",
    "CONSTRUCT { ?s ?p ?o } { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE ?s { ?s a <https://w3id.org/sagsgraf/def#AgendaItem> }",
    "DESCRIBE ?s { ?s a <https://w3id.org/sagsgraf/def#Attachment> }",
    "SELECT ?c (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?c } } GROUP BY ?c",
)


async def walked(data: Path, hidden: tuple[str, ...]) -> tuple[Crawl, dict[str, int]]:
    """A service that was crawled and asked hostile queries, with the rows that each guess gave."""
    app = create_app(Settings(data=data, budget=100_000.0, deadline=120.0, log=data / "log"))
    async with app.router.lifespan_context(app):
        crawl = Crawl(app, seeking((*hidden, *OPEN)))
        await crawl.walk()
        for scan in SCANS:
            for accept in ("application/sparql-results+json", "text/csv", "text/turtle"):
                await crawl.query(scan, accept)
        rows = {}
        for told in (*hidden, *OPEN):
            for guess in guesses(told):
                answer = await crawl.query(guess)
                assert answer.status == 200, (guess, answer.body)
                rows[guess] = len(json.loads(answer.body)["results"]["bindings"])
        return crawl, rows


def written(data: Path) -> Iterator[tuple[str, bytes]]:
    """Every file that the service may serve from or writes beside."""
    return ((str(path.relative_to(data)), path.read_bytes()) for path in sorted(data.rglob("*")) if path.is_file())


@pytest.mark.parametrize("profile", HIDDEN)
def test_what_may_not_be_told_is_in_no_byte_of_any_answer(
    profile: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    hidden = HIDDEN[profile]
    caplog.set_level("DEBUG")
    data = made(tmp_path, profile)
    crawl, rows = asyncio.run(walked(data, hidden))
    found = {told: sorted(places)[:8] for told, places in crawl.found.items() if told in hidden}
    assert found == {}
    assert {guess: n for told in hidden for guess in guesses(told) if (n := rows[guess])} == {}
    sought = seeking(hidden)
    assert [(name, seen) for name, content in written(data) if (seen := holds(content, sought))] == []
    assert holds(caplog.text.encode(), sought) == set()
    # what stands openly is found by the same means, so a leak would be too
    assert crawl.statuses[200] > 400
    assert crawl.statuses[404] > 50
    assert crawl.statuses[400] > 20
    assert all(len(crawl.found[told]) > 40 for told in OPEN), {told: len(crawl.found[told]) for told in OPEN}
    reached = {kind for place in crawl.found[OPEN[0]] for kind in re.findall(r"(?:^| /)([a-z-]+)", place)}
    assert reached >= REACHED, REACHED - reached
    assert all(rows[guess] for guess in guesses(OPEN[1])[:3])


REACHED = {"cases", "decisions", "agenda-items", "search", "find", "stream", "dumps", "sparql", "gsp", "graphs"}


@pytest.mark.parametrize("told", ["Rørdrum", "Vipstjært"])
def test_the_search_knows_every_way_of_writing_it(told: str) -> None:
    sought = seeking([told])
    ways = (
        told.upper(), f"{told}s", quote(told), json.dumps(told), json.dumps(json.dumps(told)), told[::-1],
        "".join(f"&#{ord(c)};" if ord(c) > 127 else c for c in told), html.escape(told),
    )  # fmt: skip
    for way in ways:
        assert holds(way.encode(), sought) == {told}, way
        assert holds(gzip.compress(way.encode()), sought) == {told}
    assert holds(told.encode("cp1252"), sought) == {told}
    assert holds(b"Noget andet", sought) == set()
