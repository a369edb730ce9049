"""A municipality's own questions: a folder beside ours gives all that our files give, and a wrong file is told of."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph, Namespace, URIRef

from api.app import create_app
from api.settings import Settings, from_environment
from graph.build import Address, build
from graph.errors import SettingsError
from graph.municipalities.load import load_municipality
from graph.own_questions import known_questions
from graph.questions.question import questions

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples" / "minutes"
OWN = ROOT / "examples" / "questions"
BASE = "http://127.0.0.1:8000"
ID = "decisions-of-body"
WHOLE = (OWN / f"{ID}.rq").read_text("utf-8")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A graph of two builds that kept the own question's answers."""
    folder = tmp_path_factory.mktemp("own")
    minutes = sorted(EXAMPLES.glob("direktionen-2024-*")), [EXAMPLES]
    for paths in minutes:
        report = build(
            paths, load_municipality(EXAMPLES / "elmested.toml"), data=folder, address=Address(questions=OWN)
        )
        assert not report.failed
    return folder


@pytest.fixture(scope="module")
def client(data: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=data, questions=OWN)), base_url=BASE) as found:
        yield found


def asked(client: TestClient, suffix: str = "", **given: str) -> dict[str, object]:
    """The own question's answer as JSON."""
    answer = client.get(f"/questions/{ID}{suffix}", params=given, headers={"Accept": "application/json"})
    assert answer.status_code == 200, answer.text
    found: dict[str, object] = answer.json()
    return found


def test_it_stands_after_ours() -> None:
    assert [*known_questions(OWN)] == [*questions(), ID]
    assert known_questions(None) == questions()


def test_it_is_answered_with_its_sentences(client: TestClient) -> None:
    rows = asked(client, body="Hovedudvalget")["rows"]
    assert isinstance(rows, list)
    ((row),) = rows
    assert (row["body"]["label"], row["date"]) == ("Hovedudvalget", "2024-09-04")
    assert "Sagen blev drøftet." in [span["quote"] for span in row["evidence"]]
    assert "Sagen blev drøftet." in row["decision"]


def test_it_comes_in_every_form(client: TestClient) -> None:
    kinds = {"csv": "text/csv", "jsonld": "application/ld+json", "ttl": "text/turtle", "html": "text/html",
             "atom": "application/atom+xml", "feed.json": "application/feed+json"}  # fmt: skip
    for suffix, media_type in kinds.items():
        answer = client.get(f"/questions/{ID}.{suffix}")
        assert (answer.status_code, answer.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert "Hvad besluttede et organ" in client.get(f"/questions/{ID}.html").text
    assert "What did a body decide" in client.get(f"/en/questions/{ID}", headers={"Accept": "text/html"}).text


def test_it_is_found_where_questions_are_looked_for(client: TestClient) -> None:
    assert client.get("/questions", headers={"Accept": "application/json"}).json()[-1]["id"] == ID
    assert f"/questions/{ID}" in client.get("/questions", headers={"Accept": "text/html"}).text
    sh = Namespace("http://www.w3.org/ns/shacl#")
    listed = Graph().parse(data=client.get("/questions.ttl").text, format="turtle")
    query = str(listed.value(URIRef(f"{BASE}/questions/{ID}#query"), sh.select))
    assert client.post("/sparql", data={"query": query}).status_code == 200
    assert "Hvad besluttede et organ" in client.get("/query", headers={"Accept": "text/html"}).text
    described = client.get("/openapi.json").json()
    told = described["paths"][f"/questions/{ID}"]["get"]
    assert {p["name"] for p in told["parameters"]} == {"body", "case", "from", "until", "lang", "evidence"}
    assert set(described["components"]["schemas"]["DecisionsOfBodyRow"]["properties"]) >= {"case", "decision"}


def test_what_it_lacks_is_told(client: TestClient) -> None:
    (need, column) = sorted((fact["fact"], fact["of"]) for fact in asked(client, "/gaps")["facts"])  # type: ignore[attr-defined]
    assert need[0] == "Beslutning på et åbent punkt"
    assert column[0] == "Udfald"
    assert ID in {row["question"] for row in client.get("/gaps").json()}


def test_its_changes_are_a_feed(client: TestClient) -> None:
    entries = client.get(f"/questions/{ID}.feed.json").json()["items"]
    assert any("Hovedudvalget" in entry["content_text"] for entry in entries)
    rows = client.get("/questions/changes", params={"question": ID}, headers={"Accept": "application/json"}).json()
    assert rows["rows"]
    assert {row["question"] for row in rows["rows"]} == {ID}


def test_the_command_line_knows_it(data: Path) -> None:
    def sagsgraf(*arguments: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-c", "from api.cli import main; main()", *arguments]
        environment = {**os.environ, "SAGSGRAF_QUESTIONS": str(OWN)}
        return subprocess.run(program, env=environment, capture_output=True, text=True, check=False)

    assert ID in sagsgraf("ask", "--list").stdout
    done = sagsgraf("ask", ID, "body=Hovedudvalget", "--format", "json", "--data", str(data))
    assert json.loads(done.stdout)["question"] == ID


# what is wrong → what of the whole file is replaced by what, the line, and a word of the advice
WRONG = {
    "no header": (WHOLE, "SELECT * {}\n", 1, "hoved"),
    "no TOML": ('id = "decisions-of-body"', "id = decisions", 2, "TOML"),
    "no English": ("#: title.en", "#: title.fr", 3, "title.en"),
    "an unknown key": ("#: parameters", "#: filters = []\n#: parameters", 7, "filters"),
    "a key missing": ('#: number = 101\n', "", 1, "number"),
    "a number that is none": ("number = 101", 'number = "101"', 1, "int"),
    "an id that is none": ('"decisions-of-body"', '"Decisions of body"', 2, "bindestreg"),
    "an unknown parameter": ('"until"]', '"until", "color"]', 7, "color"),
    "an unknown kind": ('kind = "date"', 'kind = "day"', 11, "date"),
    "a column's name": ('name = "decision",', 'name = "the decision",', 12, "plannedDate"),
    "a need without a pattern": ("has = ", "had = ", 16, "had"),
    "no SPARQL": ("OPTIONAL {", "OPTIONALLY {", 25, "SPARQL"),
    "a prefix that is not told": ("PREFIX dct: <http://purl.org/dc/terms/>\n", "", 22, "SPARQL"),
    "a need that is no SPARQL": ("a sag:Decision .\"", "a sag:Decision . }\"", 16, "SPARQL"),
    "no SELECT": (WHOLE[WHOLE.index("SELECT") :], "ASK { ?s ?p ?o }\n", 20, "SELECT"),
    "a column that is not given": ("SELECT ?case ?body", "SELECT ?case", 20, "?body"),
    "nothing behind": (" AS ?claims", " AS ?behind", 20, "?claims"),
    "a service asked": ("OPTIONAL { ", "SERVICE <http://e/> { ", 25, "SERVICE"),
    "an id that is taken": ('"decisions-of-body"', '"sent-on"', 2, "taget"),
}  # fmt: skip


@pytest.mark.parametrize("fault", WRONG)
def test_a_wrong_file_is_refused_with_its_line(tmp_path: Path, fault: str) -> None:
    good, bad, line, word = WRONG[fault]
    assert good in WHOLE
    path = tmp_path / "own.rq"
    path.write_text(WHOLE.replace(good, bad, 1), "utf-8")
    with pytest.raises(SettingsError) as raised:
        known_questions(tmp_path)
    assert str(raised.value).startswith(f"{path}, linje {line}: ")
    assert word in str(raised.value)
    assert raised.value.english.startswith(f"{path}, line {line}: ")


def test_two_files_may_not_share_an_id(tmp_path: Path) -> None:
    for name in ("a.rq", "b.rq"):
        (tmp_path / name).write_text(WHOLE, "utf-8")
    with pytest.raises(SettingsError, match=r"b\.rq, linje 2: id »decisions-of-body« er taget"):
        known_questions(tmp_path)


def test_a_folder_without_questions_is_refused(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(SettingsError, match=r"ingen \.rq-filer"):
            create_app(from_environment({"SAGSGRAF_QUESTIONS": str(folder), "SAGSGRAF_DATA": str(tmp_path)}))


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.rq").write_bytes(WHOLE.encode("utf-16"))
    with pytest.raises(SettingsError, match="UTF-8"):
        known_questions(tmp_path)


def test_a_changed_question_is_another_answer(data: Path, client: TestClient, tmp_path: Path) -> None:
    def tag(questions: Path) -> str:
        with TestClient(create_app(Settings(data=data, questions=questions)), base_url=BASE) as found:
            return str(found.get("/questions").headers["etag"])

    own = tmp_path / "own"
    shutil.copytree(OWN, own)
    assert tag(own) == client.get("/questions").headers["etag"]
    for path in own.glob("*.rq"):
        path.write_text(path.read_text("utf-8").replace('title.da = "', 'title.da = "Ny: '), "utf-8")
    assert tag(own) != tag(OWN)
