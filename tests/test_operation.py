"""Running it: health, figures, budgets, kept answers, versions put in force and taken back, and folders watched."""

from __future__ import annotations

import asyncio
import itertools
import json
import logging
import random
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import Response
from fastapi.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from api import following, metrics, sparql, workers
from api.app import create_app
from api.cache import AnswerCache
from api.serving import JsonLines
from api.settings import Settings
from graph.build import Address, build
from graph.errors import StoreError, StoreLockedError
from graph.holding import destroy
from graph.municipalities.load import load_municipality
from graph.store import Version, current, only_builder, publish, quads, versions
from graph.upkeep import older, rebuild, rollback
from tests.conftest import EXAMPLES
from tests.services import SAGSGRAF, Served, served

BASE = "http://127.0.0.1:8000"
ELMESTED = EXAMPLES / "elmested.toml"
FILES = sorted(path for path in EXAMPLES.iterdir() if path.suffix != ".toml")
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=examples, deadline=1.2, budget=2.0)), base_url=BASE) as found:
        yield found


def ask(client: TestClient, query: str, address: str = "testclient") -> tuple[int, dict[str, str]]:
    client._transport.client = (address, 50_000)  # type: ignore[attr-defined] # who asks, as the service sees it
    answer = client.get("/sparql", params={"query": query})
    return answer.status_code, dict(answer.headers)


def test_health_and_readiness(client: TestClient, tmp_path: Path) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    assert client.get("/ready").json() == {"status": "ready", "version": 1}
    app = create_app(Settings(data=tmp_path))
    app.state.pool = workers.WorkerPool(tmp_path)  # not started
    answer = TestClient(app).get("/ready")
    assert (answer.status_code, answer.json()) == (503, {"status": "unready"})


def test_a_client_has_a_budget_and_others_have_their_own(client: TestClient) -> None:
    statuses = [ask(client, f"{ENDLESS} # {n}", "192.0.2.1")[0] for n in range(3)]
    assert statuses == [504, 504, 429], "1.2 seconds, 2.4, and the two that are allowed are used"
    status, headers = ask(client, "ASK {}", "192.0.2.1")
    assert (status, 1 <= int(headers["retry-after"]) <= 60) == (429, True)
    assert ask(client, "ASK {}", "192.0.2.2")[0] == 200


def test_who_may_not_ask_is_refused_before_the_query_is_read(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    pool = client.app.state.pool  # type: ignore[attr-defined]
    pool.charge("192.0.2.9", 60.0)
    read: list[str] = []
    monkeypatch.setattr(sparql, "admit", read.append)
    long = "SELECT * { ?s ?p ?o } # " + "x" * 20_000
    assert [ask(client, query, "192.0.2.9")[0] for query in ("ASK { ?own ?b ?c }", long)] == [429, 429]
    assert read == []


def test_reading_a_long_query_costs_its_client(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    charged: list[tuple[str, bool]] = []
    pool = client.app.state.pool  # type: ignore[attr-defined]
    monkeypatch.setattr(pool, "charge", lambda client, seconds: charged.append((client, seconds > 0)))
    assert ask(client, "SELECT * " + "{" * 10_000, "192.0.2.10")[0] == 400
    assert ask(client, "SELECT * {{", "192.0.2.11")[0] == 400
    assert charged == [("192.0.2.10", True)]


def test_figures_name_outcomes_and_no_persons(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    secret = "SELECT * { ?s ?p 'Jonas Eskildsen' }"  # noqa: S105 - a name in a query is personal data
    with caplog.at_level(logging.INFO):
        ask(client, secret, "192.0.2.3")
        ask(client, f"{ENDLESS} # Jonas", "192.0.2.3")
    answer = client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    for line in (
        'sagsgraf_queries_total{outcome="answered"}',
        'sagsgraf_queries_total{outcome="time-limit"}',
        'sagsgraf_query_seconds_bucket{le="+Inf"}',
        "sagsgraf_queue 0",
        "sagsgraf_workers ",
        "sagsgraf_worker_restarts_total",
        "sagsgraf_version 1",
    ):
        assert line in answer.text
    slow = [record for record in caplog.records if record.name == "sagsgraf.slow"]
    assert [vars(record)["told"]["query"] for record in slow] == [metrics.query_hash(f"{ENDLESS} # Jonas")]
    logged = "\n".join(JsonLines().format(record) for record in caplog.records if record.name != "httpx2")
    assert json.loads(logged.splitlines()[0])["level"]
    for word in ("Jonas", "192.0.2.3", "SELECT"):
        assert word not in answer.text + logged


def test_an_answer_is_kept_for_its_version_and_form(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    pool = client.app.state.pool  # type: ignore[attr-defined]
    original = pool.open

    async def counting(request, **more):  # type: ignore[no-untyped-def]
        asked.append(request.query)
        return await original(request, **more)

    monkeypatch.setattr(pool, "open", counting)
    url = "/sparql?query=SELECT%20%3Fs%20%7B%20%3Fs%20a%20%3Fkept%20%7D%20LIMIT%203"
    first, second = client.get(url), client.get(url)
    assert (len(asked), first.content, dict(first.headers)) == (1, second.content, dict(second.headers))
    assert client.head(url).headers["content-length"] == first.headers["content-length"]
    unchanged = client.get(url, headers={"If-None-Match": first.headers["etag"]})
    assert (unchanged.status_code, unchanged.content, len(asked)) == (304, b"", 1)
    assert "max-age" in unchanged.headers["cache-control"]
    client.get(url, headers={"Accept": "text/csv"})
    client.get("/sparql?query=SELECT%20(NOW()%20AS%20%3Fn)%20%7B%7D")
    client.get("/sparql?query=SELECT%20(NOW()%20AS%20%3Fn)%20%7B%7D")
    assert len(asked) == 4, "another form is another answer, and what changes by itself is not kept"


def test_a_new_version_empties_what_is_kept() -> None:
    state = SimpleNamespace(version=1, metrics=metrics.Metrics())
    asked: list[int] = []

    async def answering(scope: Scope, receive: Receive, send: Send) -> None:
        asked.append(state.version)
        await Response(f"version {state.version}", headers={"ETag": f'"{state.version}"'})(scope, receive, send)

    cache = AnswerCache(answering)

    def get() -> bytes:
        sent: list[Message] = []

        async def send(message: Message) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request"}

        scope = {"type": "http", "method": "GET", "path": "/sparql", "query_string": b"query=ASK{}", "headers": []}
        asyncio.run(cache({**scope, "app": SimpleNamespace(state=state)}, receive, send))
        return bytes(sent[-1]["body"])

    assert [get(), get()] == [b"version 1"] * 2
    state.version = 2
    assert [get(), get()] == [b"version 2"] * 2
    assert asked == [1, 2]


def test_the_version_before_can_be_put_in_force_again(tmp_path: Path) -> None:
    settings = load_municipality(ELMESTED)
    with pytest.raises(StoreError, match="sagsgraf build"):
        rollback(tmp_path)
    build(FILES[:1], settings, data=tmp_path)
    with pytest.raises(StoreError, match="ingen sådan version"):
        rollback(tmp_path)
    build(FILES[:2], settings, data=tmp_path)
    assert rollback(tmp_path).number == current(tmp_path).number == 1
    assert rollback(tmp_path).number == 2
    with pytest.raises(StoreError, match="Bevaret er: 1, 2"):
        rollback(tmp_path, 7)
    rollback(tmp_path, 1)
    build(FILES[:3], settings, data=tmp_path)
    assert [version.number for version in versions(tmp_path)] == [1, 3], "the one that was in force is kept"
    with only_builder(tmp_path), pytest.raises(StoreLockedError):
        rollback(tmp_path)


def test_a_store_of_an_older_sagsgraf_is_built_again(tmp_path: Path) -> None:
    build(FILES[:2], load_municipality(ELMESTED), data=tmp_path)
    lines = sorted(quads(current(tmp_path)))
    record = current(tmp_path).folder / "record.json"
    told = json.loads(record.read_text("utf-8"))
    record.write_text(json.dumps({**told, "sagsgraf": "0.0.1"}), "utf-8")
    store = current(tmp_path).store
    shutil.rmtree(store)  # even one that cannot be opened any more
    store.mkdir()
    assert older(current(tmp_path))
    with served(tmp_path) as service:
        assert json.loads(service.get("/ready").body)["version"] == 2
    assert not older(current(tmp_path))
    assert sorted(quads(current(tmp_path))) == lines
    assert rebuild(tmp_path, Address()).version is not None


def test_a_new_version_comes_while_many_ask_and_nobody_notices(tmp_path: Path) -> None:
    lines = [f'<{BASE}/{n}> <{BASE}/p> "{n}" .\n' for n in range(2_000)]
    told = json.loads((publish(tmp_path, lines, {"sources": []}).folder / "record.json").read_text("utf-8"))
    build(FILES[:1], load_municipality(ELMESTED), data=tmp_path / "other")
    record = {**current(tmp_path / "other").record, **told, "sources": []}
    (current(tmp_path).folder / "record.json").write_text(json.dumps(record), "utf-8")
    statuses: list[int] = []
    over = threading.Event()
    with served(tmp_path) as service:

        def keep_asking(number: int) -> None:
            n = 0
            while not over.is_set():
                n += 1
                statuses.append(service.ask(f"{COUNT} # {n}", client=f"10.0.0.{number}").status)

        askers = [threading.Thread(target=keep_asking, args=(number,)) for number in range(4)]
        for asker in askers:
            asker.start()
        for size in (2_001, 2_002):
            publish(tmp_path, [*lines, *(f"<{BASE}/a> <{BASE}/p> <{BASE}/{n}> .\n" for n in range(size))], record)
            time.sleep(2.0)
        over.set()
        for asker in askers:
            asker.join()
        assert json.loads(service.get("/ready").body)["version"] == 3
    assert len(statuses) > 50
    assert set(statuses) == {200}


def test_a_request_is_answered_anew_where_its_version_went(
    examples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(following, "WATCH_SECONDS", 3_600.0)  # the service looks for no new version by itself
    data, beside = published_again(examples, tmp_path)
    first = current(data)
    with TestClient(create_app(Settings(data=data)), base_url=BASE) as client:
        found = client.get("/search", params={"q": "takster"}).json()
        beside(1)
        assert client.get("/ready").json()["version"] == first.number
        beside(2)
        assert first.folder.exists(), "the service holds what it reads"
        destroy(first.folder, patience=0.0)  # as an erasure does in the end
        answer = client.get("/search", params={"q": "takster"})
        assert (answer.status_code, answer.json()) == (200, found)
        assert client.get("/ready").json()["version"] == first.number + 2
        shutil.rmtree(current(data).folder)
        with pytest.raises(sqlite3.OperationalError):
            client.get("/search", params={"q": "overslag"})  # and where there is no other version, it is an error


def published_again(examples: Path, tmp_path: Path) -> tuple[Path, Callable[[int], None]]:
    """A copy of the examples' data, and what publishes its version again, as quickly as may be, with one more quad."""
    data = tmp_path / "data"
    shutil.copytree(examples, data)
    version = current(data)
    lines, record = list(quads(version)), version.record
    kept = {path.name: path.read_bytes() for path in version.folder.iterdir() if path.is_file()}

    def copied(new: Version) -> None:
        for name, octets in kept.items():
            (new.folder / name).write_bytes(octets)

    def again(number: int) -> None:
        publish(data, [*lines, f'<{BASE}/n> <{BASE}/p> "{number}" .\n'], record, beside=copied)

    return data, again


def failures_while_publishing(examples: Path, tmp_path: Path, *, rounds: int, pause: float) -> tuple[int, list[str]]:
    """The number of answers to six clients while versions come one upon the other, and each that was none."""
    data, again = published_again(examples, tmp_path)
    told: list[str] = []
    count: list[int] = []
    over = threading.Event()
    chosen = random.Random(7)

    def keep_asking(service: Served, number: int) -> None:
        paths = [
            "/cases?limit=3",
            "/search?q=takster",
            "/people",
            "/",
            "/questions/overdue-stops",
            "/bodies",
            "/catalog",
        ]
        for n in itertools.count():
            if over.is_set():
                return
            answer = (
                service.get(paths[n % len(paths)])
                if number % 2
                else service.ask(f"{COUNT} # {n}", client=f"10.0.0.{number}")
            )
            count.append(answer.status)
            if answer.status != 200:
                told.append(f"{paths[n % len(paths)]} {answer.status} {answer.body[:200]!r}")

    with served(data) as service:
        askers = [threading.Thread(target=keep_asking, args=(service, number)) for number in range(6)]
        for asker in askers:
            asker.start()
        for number in range(rounds):
            again(number)
            time.sleep(chosen.uniform(0.0, pause))
        over.set()
        for asker in askers:
            asker.join()
    return len(count), told


def test_pages_too_are_answered_while_versions_come_in_one_breath(examples: Path, tmp_path: Path) -> None:
    count, told = failures_while_publishing(examples, tmp_path, rounds=4, pause=0.5)
    assert (told, count > 10) == ([], True)


@pytest.mark.soak
def test_sixty_versions_come_while_pages_and_queries_are_answered(examples: Path, tmp_path: Path) -> None:
    count, told = failures_while_publishing(examples, tmp_path, rounds=60, pause=2.0)
    print(f"60 versions: {count} answers, {len(told)} failures {told[:3]}")  # noqa: T201
    assert told == []


def test_a_watched_folder_is_built_when_a_file_comes(tmp_path: Path) -> None:
    folder, data = tmp_path / "minutes", tmp_path / "data"
    folder.mkdir()
    shutil.copy(FILES[0], folder)
    command = [*SAGSGRAF, "watch", str(folder), "--municipality", str(ELMESTED), "--data", str(data), "--every", "0.2"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as watching:
        try:
            wait_for_version(data, 1)
            shutil.copy(FILES[1], folder)
            wait_for_version(data, 2)
            (folder / "tom.txt").write_text("", "utf-8")  # a file that cannot be built stops nothing
            shutil.copy(FILES[2], folder)
            told = ""
            for line in watching.stderr or ():
                told += line
                if "version 3" in line:
                    break
        finally:
            watching.terminate()
    assert "version 2 er i kraft" in told
    assert "tom.txt" in told


def wait_for_version(data: Path, number: int) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        kept = versions(data)
        if kept and kept[-1].number >= number and current(data).number >= number:
            return
        time.sleep(0.1)
    raise AssertionError(f"version {number} did not come")
