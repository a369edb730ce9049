"""The map of the network is drawn when a version is published, and is then the same at every visit."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient

from api import warming
from api.app import create_app
from api.settings import Settings
from graph.network.drawn import FILE, RELATIONS, drawn_map, kept_map, map_query
from graph.store import Reader, current

BASE = "http://127.0.0.1:8000"


def test_a_version_keeps_its_map_as_it_would_be_drawn(examples: Path) -> None:
    select = Reader.open(current(examples)).select
    drawn = drawn_map({relation: select(map_query(relation), {}) for relation in RELATIONS})
    assert kept_map(current(examples).folder) == drawn
    assert {kind for _, kind in drawn.things.values()} >= {"cases", "people", "bodies", "departments"}
    assert drawn.places.keys() == drawn.things.keys()


def test_a_version_without_a_map_has_it_drawn_when_asked(examples: Path, tmp_path: Path) -> None:
    assert kept_map(tmp_path) is None
    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as client:
        kept = client.get("/network.json").json()
        client.app.state.kept.clear()  # type: ignore[attr-defined]
        file = current(examples).folder / FILE
        file.rename(tmp_path / FILE)
        try:
            assert client.get("/network.json").json() == kept
        finally:
            (tmp_path / FILE).rename(file)


def test_what_is_warmed_is_there(examples: Path) -> None:
    """Each address answers, so that warming it makes what the first visitor would wait for."""
    with TestClient(create_app(Settings(data=examples)), base_url=BASE) as client:
        app = client.app

        async def asked() -> list[int]:
            return [await warming.ask(app, address) for address in warming.ADDRESSES]  # type: ignore[arg-type]

        assert client.portal is not None
        assert client.portal.call(asked) == [200] * len(warming.ADDRESSES)
        assert any(name == "map" for _, name in app.state.kept)  # type: ignore[attr-defined]
