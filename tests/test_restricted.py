"""A graph for internal use: whole, on this machine alone or by its token, and never mixed with a public one."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from starlette.types import ASGIApp
from typer.testing import CliRunner

from api.app import create_app
from api.cli import command_line
from api.restricted import may_serve
from api.settings import Settings, from_environment
from graph.build import Address, build
from graph.confined import MARK, is_internal
from graph.errors import SettingsError
from graph.municipalities.load import load_municipality
from graph.store import Reader, current
from tests.conftest import EXAMPLES
from tests.crawler import Said, asked

TEXT = """Økonomiudvalget
Mødedato: 17. september 2024

1. Budget 2025

Sagsfremstilling

Budgettet drøftes.

2. Lukket punkt: Køb af grund

Sagsfremstilling

Prisen er en kanariefugl.

Beslutning i Økonomiudvalget den 17. september 2024

Kanariefuglen godkendt.
"""
TOKEN = "et-token-paa-mindst-16-tegn"  # noqa: S105
EVERYWHERE = "0.0.0.0"  # noqa: S104
ADDRESSES = (
    "/", "/health", "/metrics", "/cases", "/sparql?query=ASK%7B%7D", "/sparql", "/gsp?default", "/dumps/all.nq.gz",
    "/stream", "/static/pages.css", "/robots.txt", "/none", "/openapi.json", "/search?q=kanariefugl",
)  # fmt: skip


def built(folder: Path, profile: str) -> Path:
    (folder / "in").mkdir(exist_ok=True)
    (folder / "in" / "referat.txt").write_text(TEXT, "utf-8")
    settings = load_municipality(EXAMPLES / "elmested.toml")
    report = build([folder / "in"], settings, data=folder / profile, address=Address(profile=profile))
    assert not report.failed
    return folder / profile


@pytest.fixture(scope="module")
def internal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for internal use."""
    return built(tmp_path_factory.mktemp("internal"), "internal")


def answers(settings: Settings, addresses: tuple[str, ...], headers: dict[str, str]) -> dict[str, Said]:
    async def all_of(app: ASGIApp) -> dict[str, Said]:
        async with app.router.lifespan_context(app):  # type: ignore[attr-defined]
            return {address: await asked(app, address, headers) for address in addresses}

    return asyncio.run(all_of(create_app(settings)))


def test_it_holds_closed_matter_whole(internal: Path) -> None:
    rows = Reader.open(current(internal)).select(
        "PREFIX dct: <http://purl.org/dc/terms/> SELECT ?d { ?x a <https://w3id.org/sagsgraf/def#Decision> ; "
        "dct:description ?d }"
    )
    assert [row["d"]["value"] for row in rows] == ["Kanariefuglen godkendt."]
    assert (internal / MARK).is_file()


def test_it_answers_this_machine_alone_and_no_script_of_another_site(internal: Path) -> None:
    found = answers(Settings(data=internal), ADDRESSES, {"Origin": "https://ond.example"})
    assert {address for address, said in found.items() if said.status == 403} == set()
    for said in found.values():
        assert not [name for name in said.headers if name.startswith("access-control")]
        assert said.headers["cache-control"] == "private, no-store"
    assert b"anariefugl" in found["/search?q=kanariefugl"].body
    for headers in ({"Host": "sagsgraf.dk"}, {"X-Forwarded-For": "192.0.2.1"}, {"Forwarded": "for=192.0.2.1"}):
        refused = answers(Settings(data=internal), ADDRESSES, headers)
        assert {said.status for said in refused.values()} == {403}
        assert not [said for said in refused.values() if b"anariefugl" in said.body]


def test_with_a_token_every_address_asks_for_it(internal: Path) -> None:
    settings = Settings(data=internal, internal_token=TOKEN)
    for headers in ({}, {"Authorization": "Bearer et-andet-token-af-længde"}, {"Authorization": "Basic x"}):
        found = answers(settings, ADDRESSES, headers)
        assert {said.status for said in found.values()} == {401}
        assert all(said.headers["www-authenticate"].startswith("Bearer") for said in found.values())
    found = answers(settings, ADDRESSES, {"Authorization": f"Bearer {TOKEN}", "Host": "intern.elmested.dk"})
    assert not {said.status for said in found.values()} & {401, 403}
    assert b"anariefugl" in found["/search?q=kanariefugl"].body


def test_it_is_opened_on_this_machine_alone_without_a_token(internal: Path, tmp_path: Path) -> None:
    may_serve(Settings(data=internal), "127.0.0.1")
    may_serve(Settings(data=internal, internal_token=TOKEN), EVERYWHERE)
    may_serve(Settings(data=tmp_path), EVERYWHERE)
    with pytest.raises(SettingsError, match="SAGSGRAF_INTERNAL_TOKEN"):
        may_serve(Settings(data=internal), EVERYWHERE)
    with pytest.raises(SettingsError, match="SAGSGRAF_STORE"):
        may_serve(Settings(data=internal, store="sparql+http://192.0.2.1/"), "127.0.0.1")
    done = CliRunner().invoke(command_line(), ["serve", "--data", str(internal), "--host", EVERYWHERE])
    assert isinstance(done.exception, SettingsError)
    with pytest.raises(SettingsError, match="16 tegn"):
        from_environment({"SAGSGRAF_INTERNAL_TOKEN": "kort"})


def test_public_and_internal_never_meet_in_one_folder(internal: Path, tmp_path: Path) -> None:
    public = built(tmp_path, "publisher")
    settings, given = load_municipality(EXAMPLES / "elmested.toml"), [tmp_path / "in"]
    before = {path: path.read_bytes() for path in public.rglob("*") if path.is_file()}
    with pytest.raises(SettingsError, match="rummer en offentlig graf"):
        build(given, settings, data=public, address=Address(profile="internal"))
    assert {path: path.read_bytes() for path in public.rglob("*") if path.is_file()} == before
    for profile in ("publisher", "republisher", "roles"):
        with pytest.raises(SettingsError, match="kan ikke blive offentlig"):
            build(given, settings, data=internal, address=Address(profile=profile))
    build(given, settings, data=internal)
    assert current(internal).record["profile"] == "internal"
    (internal / MARK).rename(internal / "away")
    try:
        assert is_internal(internal), "the version says it too"
        with pytest.raises(SettingsError):
            build(given, settings, data=internal, address=Address(profile="publisher"))
    finally:
        (internal / "away").rename(internal / MARK)
    (tmp_path / "begun").mkdir()
    (tmp_path / "begun" / MARK).touch()
    with pytest.raises(SettingsError):
        build(given, settings, data=tmp_path / "begun")


def test_what_one_profile_masked_another_cannot_tell(tmp_path: Path) -> None:
    data = built(tmp_path, "roles")
    settings = load_municipality(EXAMPLES / "elmested.toml")
    with pytest.raises(SettingsError, match="de oprindelige filer i en ny mappe"):
        build([tmp_path / "in"], settings, data=data, address=Address(profile="publisher"))
    assert current(data).record["profile"] == "roles"
