"""What each profile builds of the two Norddjurs minutes and of the examples, and that `roles` names nobody else."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.settings import Settings, from_environment
from graph.build import Address, build
from graph.errors import SettingsError
from graph.municipalities.load import load_municipality
from graph.privacy.profiles import PROFILES
from graph.search import search
from graph.sources import holdings
from graph.store import Reader, current, export
from graph.terms import PREFIXES
from tests.conftest import EXAMPLES, ROOT, SEEDS

ELECTED = {
    "Bodil Krogsgaard", "Erik Munk Sørensen", "Hanne Vestergaard Juhl", "Karen Maagaard", "Kurt Damsbo",
    "Niels Ejler Thomsen", "Peder Lindholt", "Ulla Rask Bertelsen",
}  # fmt: skip
OTHERS = {
    "Anders Kofoed", "Birgitte Holm Kjær", "Grete Ulvsted", "Jonas Eskildsen", "Leif Abildgaard", "Lene Mikkelsen",
    "Mona Friis", "Torben Aagaard",
}  # fmt: skip
SEEN = {"Bettina Andersen", "Marie-Louise Ifversen", "Mette Løvholm", "Trine Kjær Poulsen"}

# sources and profile → persons by name; posts, participations, holdings, decisions, commitments, agenda items
TABLE = {
    ("examples", "publisher"): (ELECTED | OTHERS, (10, 55, 13, 33, 6, 38)),
    ("examples", "republisher"): (ELECTED | OTHERS, (10, 55, 13, 33, 6, 38)),
    ("examples", "roles"): (ELECTED, (10, 50, 0, 33, 6, 38)),
    ("seeds", "publisher"): (SEEN, (3, 8, 3, 4, 4, 6)),
    ("seeds", "republisher"): (SEEN, (3, 8, 3, 4, 4, 6)),
    ("seeds", "roles"): (set(), (3, 5, 0, 4, 4, 6)),
}
COUNTED = ("org:Post", "sag:Participation", "sag:PostHolding", "sag:Decision", "sag:Commitment", "sag:AgendaItem")
PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], Path]:
    """A data folder for each row of the table."""
    if not all(path.exists() for path in SEEDS):
        pytest.skip("../shared/reading is absent: the Norddjurs minutes are not part of the project")
    elmested = load_municipality(EXAMPLES / "elmested.toml")
    given = {
        "examples": ([EXAMPLES, ROOT / "examples" / "more"], elmested),
        "seeds": (SEEDS, load_municipality("0707")),
    }
    found = {}
    for sources, profile in TABLE:
        data = tmp_path_factory.mktemp(f"{sources}-{profile}")
        paths, settings = given[sources]
        assert not build(paths, settings, data=data, address=Address(profile=profile)).failed
        found[sources, profile] = data
    return found


@pytest.mark.parametrize(("sources", "profile"), TABLE)
def test_the_nodes_that_a_profile_allows(built: dict[tuple[str, str], Path], sources: str, profile: str) -> None:
    select = Reader.open(current(built[sources, profile])).select
    names = {
        row["name"]["value"] for row in select(f"{PREFIX}SELECT ?name {{ ?p a person:Person ; rdfs:label ?name }}")
    }
    counts = tuple(
        int(select(f"{PREFIX}SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a {kind} }}")[0]["n"]["value"]) for kind in COUNTED
    )
    assert (names, counts) == TABLE[sources, profile]


def contents(path: Path) -> Iterator[bytes]:
    """The bytes of a file, and of what is packed in it."""
    content = path.read_bytes()
    yield content
    if path.suffix == ".gz":
        yield gzip.decompress(content)
    if path.suffix == ".zip":
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            yield from (packed.read(name) for name in packed.namelist())


@pytest.mark.parametrize(("sources", "others"), [("examples", OTHERS), ("seeds", SEEN)])
def test_no_byte_of_a_graph_by_roles_names_anybody_else(
    built: dict[tuple[str, str], Path], sources: str, others: set[str]
) -> None:
    data = built[sources, "roles"]
    lasts = {name.split(" ", 1)[1] for name in others}
    whole = "".join(export(current(data), "nquads", PREFIXES)).encode()
    found = [(path, content) for path in data.rglob("*") if path.is_file() for content in contents(path)]
    assert len(found) > 20
    for path, content in [*found, (data, whole)]:
        assert not [name for name in others | lasts if name.encode() in content], path
    told = [content for path, content in found if path.suffix == ".txt" and "█".encode() in content]
    assert told, "the texts are kept with the names masked"


@pytest.mark.parametrize("profile", PROFILES)
def test_the_service_obeys_the_profile(built: dict[tuple[str, str], Path], profile: str) -> None:
    data = built["examples", profile]
    version = current(data)
    text_hash = next(iter(holdings(version.record).sources.values())).text_hash
    status = 200 if profile == "publisher" else 404
    with TestClient(create_app(Settings(data=data))) as client:
        assert client.get(f"/sources/{text_hash}.txt", headers={"Accept": "text/plain"}).status_code == status
        assert client.get(f"/sources/{text_hash}", headers={"Accept": "text/html"}).status_code == status
        assert client.get("/cases", headers={"Accept": "application/json"}).status_code == 200
    hits = search(version.folder, "verdensmålene hjælper direktionen", kind="sources")
    assert bool(hits) is (profile == "publisher")


def test_a_profile_is_kept_until_another_is_asked_for(tmp_path: Path) -> None:
    elmested = load_municipality(EXAMPLES / "elmested.toml")
    path = EXAMPLES / "direktionen-2024-08-21.md"
    build([path], elmested, data=tmp_path, address=Address(profile="republisher"))
    build([EXAMPLES / "direktionen-2024-11-13.txt"], elmested, data=tmp_path)
    assert current(tmp_path).record["profile"] == "republisher"
    build([], elmested, data=tmp_path, address=Address(profile="roles"))
    assert current(tmp_path).record["profile"] == "roles"
    assert not [p for p in (tmp_path / "sources").iterdir() if b"Mikkelsen" in p.read_bytes()]


def test_only_the_known_profiles_are_taken() -> None:
    assert from_environment({"SAGSGRAF_PROFILE": "roles"}).profile == "roles"
    assert from_environment({}).profile == ""
    with pytest.raises(SettingsError, match="publisher, republisher, roles"):
        from_environment({"SAGSGRAF_PROFILE": "private"})
