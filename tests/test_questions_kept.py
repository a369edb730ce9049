"""What a version keeps of its answers says the same as the graph, on any day; names are found by an index."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from graph.errors import QuestionError
from graph.history import table
from graph.questions.answer import Asker, answer
from graph.questions.keeping import rows_about, rows_behind
from graph.questions.kept import narrowable
from graph.questions.placing import Term
from graph.questions.question import PARAMETERS, questions
from graph.questions.resolve import NAMED, Row, all_names, thing
from graph.search import Names
from graph.store import Reader, current

KEPT = [name for name, about in questions().items() if about.kept]
DAYS = [date(2024, 9, 18), date(2025, 3, 18), date(2025, 3, 19), date(2025, 6, 1)]


def test_the_questions_that_count_over_the_whole_graph_are_kept() -> None:
    assert {questions()[name].number for name in KEPT} == {3, 10, 11, 12, 16, 20}


@pytest.mark.parametrize("name", KEPT)
def test_a_kept_answer_is_the_graph_s(examples: Path, name: str) -> None:
    version = current(examples)
    reader, about = Reader.open(version), questions()[name]
    for language in ("da", "en"):
        assert table(version, name, language) is not None
        for day in DAYS:
            values = {"as_of": day.isoformat()} if "as_of" in about.parameters else {}
            asked = Asker(reader.select, day, language)
            kept = answer(about, values, Asker(reader.select, day, language, tables=partial(table, version)))
            found = answer(about, values, asked)
            assert kept.rows == found.rows
            assert [gap["meeting"] for gap in kept.gaps] == [gap["meeting"] for gap in found.gaps]
            assert [sorted(c) for c in kept.claims] == [sorted(c) for c in found.claims]


def test_a_filter_is_asked_of_the_graph(examples: Path) -> None:
    version = current(examples)
    reader = Reader.open(version)
    asker = Asker(reader.select, DAYS[-1], tables=partial(table, version))
    whole = answer(questions()["overdue-stops"], {}, asker).rows
    part = answer(questions()["overdue-stops"], {"to": "Økonomiudvalget"}, asker).rows
    assert part
    assert list(part) == [row for row in whole if row["to"]["label"] == "Økonomiudvalget"]  # type: ignore[index]


@pytest.mark.parametrize("kind", NAMED)
def test_the_index_finds_what_reading_all_names_finds(examples: Path, kind: str) -> None:
    version = current(examples)
    select = Reader.open(version).select
    names = all_names(kind, select)
    words = {word for _, name in names for word in name.split()}
    parts = {word[1:5] for word in words} | {word[:2] for word in words} | {name.upper() for _, name in names}
    for value in sorted(words | parts | {"findes ikke", "", '"', "% _"}):
        told = []
        for index in (None, Names(version.folder)):
            try:
                told.append(thing(kind, value, select, names=index))
            except QuestionError as error:
                told.append(str(error))
        assert told[0] == told[1], value


NARROWED = [(name, column) for name, about in questions().items() for column in narrowable(about)]


def test_the_questions_about_one_case_or_person_are_found_by_it() -> None:
    found = {(questions()[name].number, column) for name, column in NARROWED}
    assert {(1, "case"), (1, "body"), (2, "case"), (5, "case"), (6, "case"), (6, "person"), (7, "person")} <= found


@pytest.mark.parametrize(("name", "column"), NARROWED)
def test_kept_rows_about_a_thing_are_the_graph_s(examples: Path, name: str, column: str) -> None:
    version = current(examples)
    reader, about = Reader.open(version), questions()[name]
    parameter = next(p for p in about.parameters if about.variable(p) == column)
    kind = PARAMETERS[parameter].kind
    for iri in sorted({iri for iri, _ in all_names(kind, reader.select)}):
        for day in DAYS if about.due else DAYS[-1:]:
            values = {parameter: iri, **({"as_of": day.isoformat()} if about.due else {})}
            keeper = Asker(
                reader.select,
                day,
                names=Names(version.folder),
                rows=partial(rows_about, version.folder),
                behind=partial(rows_behind, version.folder),
            )
            kept = answer(about, values, keeper)
            found = answer(about, values, Asker(reader.select, day))
            assert sorted(map(str, kept.rows)) == sorted(map(str, found.rows))
            assert sorted(map(str, kept.gaps)) == sorted(map(str, found.gaps))


def test_what_is_kept_about_a_thing_is_told_without_asking_the_engine(examples: Path) -> None:
    version = current(examples)
    reader, asked = Reader.open(version), list[str]()

    def select(query: str, terms: Mapping[str, Term]) -> list[Row]:
        asked.append(query)
        return reader.select(query, terms)

    keeper = Asker(
        select,
        DAYS[-1],
        names=Names(version.folder),
        rows=partial(rows_about, version.folder),
        behind=partial(rows_behind, version.folder),
    )
    told = 0
    for name, column in NARROWED:
        about = questions()[name]
        parameter = next(p for p in about.parameters if about.variable(p) == column)
        for iri in sorted({iri for iri, _ in all_names(PARAMETERS[parameter].kind, reader.select)}):
            told += len(answer(about, {parameter: iri}, keeper).rows) if not about.needs else 0
    assert told > 100
    assert asked == []


def test_a_thing_that_no_index_knows_is_asked_of_the_graph(examples: Path) -> None:
    version = current(examples)
    select = Reader.open(version).select
    iri = next(iri for iri, _ in all_names("case", select))
    names = Names(version.folder)
    assert names.has("case", iri)
    assert not names.has("person", iri)
    with pytest.raises(QuestionError):
        thing("person", iri, select, names=names)
    assert thing("case", iri.partition("/id/cases/")[2], select, names=names) == iri


def test_a_version_without_kept_rows_is_asked_of_the_graph(tmp_path: Path) -> None:
    assert rows_about(tmp_path, "sent-on", ("case", "http://127.0.0.1:8000/id/cases/1")) is None
    assert rows_behind(tmp_path, ["http://127.0.0.1:8000/id/cases/1"]) == {}
