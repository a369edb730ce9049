"""What is closed, masked, erased or hidden is in no byte of any answer: a crawler asks every address of the service."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings
from graph.build import Address, build
from graph.erasing import Wish, erase
from graph.masking import Signature, mask
from graph.municipalities.load import load_municipality
from tests.conftest import EXAMPLES
from tests.crawler import BASE, Crawl, forms, holds

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
OPEN = ("Blåmejsen Zinkelotte", "redekasse")
CLOSED = (
    "55667788", "Tusnelda", "Vipstjært", "Zebrafinke", "99887766", "Spidssvanen", "31415926", "Isfuglesen", "Rørdrum",
    "88990011", "66554433",
)  # fmt: skip
MASKED = ("Brunhilde", "Sneppeklit", "Pirolvænget")
TITLES = ("Sumphøne", "Tilbud på")
SIGNED = Signature("Sekretariatet", "en borgers klage")
# what may be found nowhere under a profile
HIDDEN = {
    "publisher": (*CLOSED, *MASKED, LAST),
    "republisher": (*CLOSED, *MASKED, *TITLES),
    "roles": (*CLOSED, *MASKED, *TITLES, LAST),
}


@dataclass(frozen=True)
class Walked:
    """A service that was crawled, with what it wrote beside its answers."""

    crawl: Crawl
    folders: tuple[Path, ...]


def made(folder: Path, profile: str) -> Path:
    """A data folder in which something is closed, masked, and erased or hidden."""
    given, data = folder / "in", folder / "data"
    given.mkdir()
    (given / "oekonomiudvalget.txt").write_text(FIRST, "utf-8")
    (given / "kommunalbestyrelsen.txt").write_text(SECOND, "utf-8")
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
    return data


@pytest.fixture(scope="module", params=HIDDEN)
def walked(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Walked]]:
    """A service of each profile, crawled whole."""
    profile = request.param
    folder = tmp_path_factory.mktemp(f"canaries-{profile}")
    settings = Settings(data=made(folder, profile), deadline=10.0, budget=10_000.0)
    sought = {told: forms(told) for told in (*HIDDEN[profile], *OPEN)}
    with TestClient(create_app(settings), base_url=BASE, raise_server_exceptions=False) as client:
        crawl = Crawl(client, sought)
        crawl.walk()
        yield profile, Walked(crawl, (settings.data,))


def test_x(walked):
    profile, w = walked
    c = w.crawl
    print(profile, len(c.asked), c.statuses)
    for k, v in c.found.items():
        print(profile, k, len(v), sorted(v)[:4] if k not in OPEN else "")
    print([p for p in c.by_path if p.startswith('/people/')][:10])
