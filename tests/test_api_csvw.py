"""The tables and what is told of them agree: headings, keys, datatypes, and what leads from one table to another."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.exports import MOST_ROWS, rows_of
from api.listing import Lister, Wanted
from api.nouns import NOUNS
from api.settings import Settings
from api.tabular import as_csv, columns_of, metadata
from graph.questions.answer import JOINT
from graph.store import Reader, current

BASE = "http://127.0.0.1:8000"
IRI = re.compile(r"https?://\S+")


@pytest.fixture(scope="module")
def client(examples: Path) -> Iterator[TestClient]:
    with TestClient(create_app(Settings(data=examples, deadline=5.0)), base_url=BASE) as found:
        yield found


@pytest.fixture(scope="module")
def tables(client: TestClient) -> dict[str, dict[str, Any]]:
    """What is told of each table, by its address."""
    answer = client.get("/csv-metadata.json")
    assert answer.headers["content-type"] == "application/csvm+json"
    return {table["url"]: table["tableSchema"] for table in answer.json()["tables"]}


def rows(client: TestClient, path: str) -> list[dict[str, str]]:
    """The lines of a table by heading."""
    answer = client.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


@pytest.mark.parametrize("path", list(NOUNS))
def test_the_metadata_is_where_the_standard_looks_and_tells_the_headings(
    client: TestClient, tables: dict[str, dict[str, Any]], path: str
) -> None:
    answer = client.get(f"/{path}.csv")
    (described,) = [link for link in answer.headers["link"].split(", ") if "describedby" in link]
    assert described == f'<{BASE}/{path}.csv-metadata.json>; rel="describedby"; type="application/csvm+json"'
    assert client.get(f"/{path}.csv-metadata.json").json() == client.get("/csv-metadata.json").json()
    headings = next(csv.reader(io.StringIO(answer.text)))
    columns = tables[f"{BASE}/{path}.csv"]["columns"]
    assert headings == [column["name"] for column in columns] == [column["titles"]["und"] for column in columns]
    assert all(column["titles"]["da"] and column["titles"]["en"] for column in columns)
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("path", list(NOUNS))
def test_the_cells_are_of_the_kind_that_is_told(
    client: TestClient, tables: dict[str, dict[str, Any]], path: str
) -> None:
    whole = rows(client, f"/{path}.csv")
    for column in tables[f"{BASE}/{path}.csv"]["columns"]:
        for row in whole:
            cell = row[column["name"]]
            for value in cell.split(column["separator"]) if "separator" in column else [cell]:
                if value and column["datatype"] == "anyURI":
                    assert IRI.fullmatch(value), (column["name"], value)
                if value and column["datatype"] == "integer":
                    assert int(value) >= 0
                if value and isinstance(column["datatype"], dict):
                    assert date.fromisoformat(value)


@pytest.mark.parametrize("path", list(NOUNS))
def test_keys_are_unique_and_lead_to_rows(client: TestClient, tables: dict[str, dict[str, Any]], path: str) -> None:
    schema = tables[f"{BASE}/{path}.csv"]
    own = rows(client, f"/{path}.csv")
    assert schema["primaryKey"] == "id"
    assert len({row["id"] for row in own}) == len(own) > 0
    for key in schema.get("foreignKeys", ()):
        there = {row["id"] for row in rows(client, key["reference"]["resource"].removeprefix(BASE))}
        named = {iri for row in own for iri in row[key["columnReference"]].split(JOINT) if iri}
        assert named <= there, (path, key["columnReference"], named - there)


def test_a_table_is_whole_and_a_list_comes_in_pages(client: TestClient) -> None:
    whole = client.get("/agenda-items", params={"limit": "200"}, headers={"Accept": "application/json"}).json()
    assert [row["id"] for row in rows(client, "/agenda-items.csv")] == [m["id"] for m in whole["members"]]
    part = client.get("/agenda-items.csv?limit=3")
    following = re.search(rf'<{BASE}(/agenda-items\.csv\?[^>]+)>; rel="next"', part.headers["link"])
    assert following
    gathered = [*rows(client, "/agenda-items.csv?limit=3"), *rows(client, following[1])]
    assert [row["id"] for row in gathered] == [m["id"] for m in whole["members"]][:6]


def test_filters_and_fields_hold_for_tables(client: TestClient) -> None:
    (row,) = rows(client, "/meetings.csv?body=Hovedudvalget&fields=heldBy,meetingDate")
    assert list(row) == ["id", "label", "held_by", "held_by_id", "meeting_date"]
    assert (row["held_by"], row["meeting_date"]) == ("Hovedudvalget", "2024-09-04")
    assert client.get("/meetings.csv?color=red").status_code == 400
    assert client.get("/csv-metadata.json?color=red").status_code == 400


def test_a_long_table_is_looked_up_part_by_part_and_goes_on_where_it_is_cut(
    examples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    version = current(examples)
    lister = Lister(Reader.open(version).select, version)
    noun = NOUNS["agenda-items"]
    whole, onward = rows_of(lister, noun, Wanted({}, limit=MOST_ROWS))
    assert onward is None
    monkeypatch.setattr("api.exports.AT_ONCE", 4)
    assert rows_of(lister, noun, Wanted({}, limit=MOST_ROWS)) == (whole, None)
    first, onward = rows_of(lister, noun, Wanted({}, limit=5))
    rest, end = rows_of(lister, noun, Wanted({}, limit=MOST_ROWS, after=onward or ""))
    assert ([*first, *rest], end) == (whole, None)


def test_what_a_spreadsheet_would_run_is_text_and_iris_are_exact() -> None:
    iri = {"id": f"{BASE}/id/bodies/0999/x", "label": "@SUM(1+1)"}
    row = {"id": f"{BASE}/id/meetings/1", "label": "=cmd|' /C calc'!A0", "heldBy": iri, "meetingDate": "2024-09-04",
           "agendaItems": [iri, {**iri, "label": "\t-1"}]}  # fmt: skip
    (line,) = csv.DictReader(io.StringIO(as_csv(NOUNS["meetings"], (), [row]), newline=""))
    assert line["label"].startswith("'=")
    assert line["held_by"] == "'@SUM(1+1)"
    assert line["held_by_id"] == iri["id"]
    assert line["agenda_items_id"] == JOINT.join([iri["id"]] * 2)
    assert line["meeting_date"] == "2024-09-04"


def test_every_field_has_a_name_in_both_languages() -> None:
    for noun in NOUNS.values():
        assert len(columns_of(noun)) >= len(noun.fields)
    properties = [
        column["propertyUrl"]
        for table in metadata(BASE)["tables"]  # type: ignore[attr-defined]
        for column in table["tableSchema"]["columns"]
        if "propertyUrl" in column
    ]
    assert "https://w3id.org/sagsgraf/def#heldBy" in properties
    assert all(IRI.fullmatch(iri) for iri in properties)
