"""What each version keeps beside its store: its answers, what changed in them, what can be searched and since when.

The answers' changes are told from the version before, so the files depend on the order of building; the graph does not.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from graph.listed import write_places
from graph.questions.answer import Asker, made_table, read_rows
from graph.questions.changes import LONGEST_LOG, Change, changes_between, read_changes
from graph.questions.keeping import compact, rows_behind, write_rows
from graph.questions.kept import FIRST_DAY, Table, as_on, narrowable
from graph.questions.placing import Term, placed
from graph.questions.question import Question
from graph.questions.resolve import NAMED, Row, Select, all_names, bindings
from graph.search import Entry, write_search
from graph.store import Reader, Version, write_whole

ANSWERS, CHANGES, SEEN, TABLES = "answers.json", "changes.json", "seen.json", "tables"
_PARTS = ('{"rows":', '"claims":', '"gaps":')  # how the lines of a table begin
_PREFIXES = """PREFIX sag: <https://w3id.org/sagsgraf/def#>
PREFIX dct: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX person: <http://www.w3.org/ns/person#>
PREFIX prov: <http://www.w3.org/ns/prov#>
"""
# kind → what is searched: ?thing, ?title and perhaps ?text, several rows a thing
_SEARCHED = {
    "cases": "?thing a sag:Case ; dct:title ?title . OPTIONAL { ?thing dct:alternative ?text }",
    "agenda-items": "?thing a sag:AgendaItem ; dct:title ?title . "
    "OPTIONAL { ?part sag:statedIn ?thing ; a sag:Recommendation ; sag:recommends ?text }",
    "decisions": "?thing a sag:Decision ; dct:description ?text . ?thing sag:statedIn ?item . ?item dct:title ?title",
    "commitments": "?thing a sag:Commitment ; dct:description ?title",
    "attachments": "?thing a sag:Attachment ; dct:title ?title",
    "meetings": "?thing a sag:Meeting ; rdfs:label ?title",
    "bodies": "?thing a sag:Body ; rdfs:label ?title",
    "people": "?thing a person:Person ; rdfs:label ?title . OPTIONAL { ?part prov:agent ?thing ; prov:hadRole ?post . "
    "?post rdfs:label ?text }",
    "departments": "?thing a org:OrganizationalUnit ; rdfs:label ?title",
}


def keep_beside(
    version: Version,
    before: Version | None,
    *,
    texts: Mapping[str, tuple[str, str]],
    built: str,
    known: Mapping[str, Question],
) -> None:
    """Writes the files beside a store that is built but not yet in force.

    `texts` maps a source's IRI to its title and text; `built` is the moment of building; the answers of the questions
    that are known are kept.
    """
    reader = Reader.open(version)
    day, asked = date.fromisoformat(built[:10]), list(kept_questions(known))
    select = remembering(reader.select)
    rows = {q.id: all_rows(q, select, day) for q in asked}
    write_rows(version.folder, rows, asked=asked, asking=Asker(select, day).asking())
    asker = Asker(select, day, behind=partial(rows_behind, version.folder))
    answers = {q.id: kept_rows(q, rows[q.id], asker) for q in asked}
    write_whole(version.folder / ANSWERS, json.dumps(answers, ensure_ascii=False))
    log = [change.as_json() for change in new_changes(version, before, asked=asked, answers=answers, built=built)]
    earlier = [change.as_json() for change in changes(before)] if before else []
    write_whole(version.folder / CHANGES, json.dumps([*log, *earlier][:LONGEST_LOG], ensure_ascii=False))
    since = seen(before) if before else {}
    write_whole(version.folder / SEEN, json.dumps({iri: since.get(iri, built) for iri in sorted(texts)}))
    sources = (Entry(iri, "sources", *texts[iri]) for iri in sorted(texts))
    write_places(version.folder, reader.select)
    write_search(version.folder, [*things(reader), *sources], names(reader))
    write_tables(version, asker, texts=texts, known=known)


def write_tables(
    version: Version, asker: Asker, *, texts: Mapping[str, tuple[str, str]], known: Mapping[str, Question]
) -> None:
    """Writes the whole answers of the questions that count over all of the graph, in both languages."""
    by_hash = {iri.rpartition("/")[2]: text for iri, (_, text) in texts.items()}

    def line(text_hash: str, begin: int) -> int | None:
        return by_hash[text_hash].count("\n", 0, begin) + 1 if text_hash in by_hash else None

    folder = version.folder / TABLES
    folder.mkdir()
    for language in ("da", "en"):
        asked = replace(asker, language=language, line=line)
        for q in (q for q in known.values() if q.kept):
            lines = (f'"{name}":{compact(part)}' for name, part in made_table(q, asked).items())
            write_whole(folder / f"{q.id}.{language}.json", "{" + ",\n".join(lines) + "}")


def table(version: Version, question: str, language: str) -> Table | None:
    """The whole answer that a version keeps to a question; None where it keeps none."""
    path = version.folder / TABLES / f"{question}.{language}.json"
    found: Table | None = json.loads(path.read_text("utf-8")) if path.is_file() else None
    return found


def table_text(version: Version, question: str, language: str) -> tuple[str, str] | None:
    """The rows and the gaps of the whole answer that a version keeps, as JSON; None where it keeps none like that."""
    path = version.folder / TABLES / f"{question}.{language}.json"
    lines = path.read_text("utf-8").split("\n") if path.is_file() else []
    if len(lines) != len(_PARTS):
        return None
    rows, _, gaps = (line.removeprefix(sign)[:-1] for line, sign in zip(lines, _PARTS, strict=True))
    return rows, gaps


def names(reader: Reader) -> Iterator[tuple[str, str, str]]:
    """Whatever a question's parameter may name: its kind, its IRI and a name that it goes by."""
    return ((kind, iri, name) for kind in NAMED for iri, name in all_names(kind, reader.select))


def kept_questions(known: Mapping[str, Question]) -> Iterator[Question]:
    """The questions whose answers are kept: those that the graph alone answers, without asking for anything."""
    return (q for q in known.values() if q.rows == "graph" and not q.required)


def all_rows(question: Question, select: Select, today: date) -> list[Row]:
    """All rows of a question as the engine gives them: of one that is kept to be narrowed, as on the first day."""
    bound, _ = bindings(question, {}, select, today=FIRST_DAY if narrowable(question) else today)
    return select(placed(question.query, bound), {})


def kept_rows(question: Question, rows: list[Row], asker: Asker) -> list[dict[str, object]]:
    """The rows of a question's answer on the asker's day with the claims they rest on."""
    found = [as_on(question, row, asker.today) for row in rows] if narrowable(question) else rows
    return [{"row": row, "claims": claims} for row, claims in read_rows(question, found, asker.asking())]


def remembering(select: Select) -> Select:
    """An engine that answers what it was asked before from memory: the questions ask the same in each language."""
    known: dict[str, list[Row]] = {}

    def asked(query: str, terms: Mapping[str, Term]) -> list[Row]:
        if terms:
            return select(query, terms)
        if query not in known:
            known[query] = select(query, terms)
        return known[query]

    return asked


def new_changes(
    version: Version,
    before: Version | None,
    *,
    asked: Iterable[Question],
    answers: Mapping[str, list[dict[str, object]]],
    built: str,
) -> list[Change]:
    """What is new, corrected or withdrawn in a version's answers."""
    old = kept(before, ANSWERS) if before else {}
    return [
        change
        for q in asked
        for change in changes_between(q, old.get(q.id, []), answers[q.id], version=version.number, on=built)
    ]


def kept(version: Version, name: str) -> dict[str, list[dict[str, object]]]:
    """One of the files beside a store; empty where an older Sagsgraf built the version."""
    path = version.folder / name
    loaded: dict[str, list[dict[str, object]]] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return loaded


def changes(version: Version) -> list[Change]:
    """What changed in the answers, newest version first, back to the first that the log reaches."""
    path = version.folder / CHANGES
    return read_changes(json.loads(path.read_text("utf-8"))) if path.is_file() else []


def seen(version: Version) -> dict[str, str]:
    """For each source the moment of the version that first held it."""
    path = version.folder / SEEN
    loaded: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return loaded


def things(reader: Reader) -> Iterator[Entry]:
    """Everything of the graph that can be searched, by kind and IRI."""
    for kind, pattern in _SEARCHED.items():
        rows = reader.select(f"{_PREFIXES}SELECT DISTINCT ?thing ?title ?text WHERE {{ {pattern} }} ORDER BY ?thing")
        yield from gathered(kind, rows)


def gathered(kind: str, rows: Iterable[Row]) -> Iterator[Entry]:
    """One entry a thing from its rows: the first title, and every further title and text."""
    titles: dict[str, dict[str, None]] = {}
    texts: dict[str, dict[str, None]] = {}
    for row in rows:
        iri = row["thing"]["value"]
        titles.setdefault(iri, {})[row["title"]["value"]] = None
        if "text" in row:
            texts.setdefault(iri, {})[row["text"]["value"]] = None
    for iri, found in titles.items():
        first, *others = found
        yield Entry(iri, kind, first, " ".join([*others, *texts.get(iri, {})]))


def version_folder(data: Path, number: int) -> Version:
    """The version of that number under a data folder."""
    return Version(number, data / "versions" / str(number))
