"""An answer in its forms: JSON with more or less evidence, JSON-LD, and the facts behind it as a query for Turtle."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from api.listing import PREFIX_LINES
from graph.questions.answer import Answer
from graph.questions.placing import Term, placed, values_block
from graph.questions.question import PARAMETERS, Question
from graph.questions.resolve import day
from graph.triples.literals import plain, text

EVIDENCE = ("full", "short", "none")


def as_json(answer: Answer, evidence: str) -> dict[str, object]:
    """The answer as an object; short evidence is the quotes alone."""
    whole = answer.as_json()
    if evidence != "full":
        whole["rows"] = [shortened(row, evidence) for row in answer.rows]
    return whole


def shortened(row: dict[str, object], evidence: str) -> dict[str, object]:
    """A row with its quotes alone, or with no evidence."""
    rest = {name: value for name, value in row.items() if name != "evidence"}
    spans = row["evidence"]
    quotes = [span["quote"] for span in spans] if isinstance(spans, list) else []
    return {**rest, "evidence": quotes} if evidence == "short" else rest


def as_json_ld(answer: Answer, evidence: str, *, base: str, address: str) -> dict[str, object]:
    """The answer with the served context: its things and its evidence are resources."""
    return {
        "@context": f"{base}/context.jsonld",
        "id": address,
        "type": "Answer",
        **as_json(answer, evidence),
    }


def facts_query(claims: Iterable[str]) -> str:
    """The query for the facts that an answer rests on, with their evidence."""
    listed = sorted(set(claims))
    return f"""{PREFIX_LINES}CONSTRUCT {{ ?claim ?property ?value . ?span ?about ?told }} WHERE {{
        {values_block("claim", listed)}
        {{ ?claim ?property ?value }} UNION {{ ?claim sag:evidence ?span . ?span ?about ?told }} }}"""


def question_ttl(questions: Iterable[Question], base: str) -> str:
    """The questions as example queries in SHACL: sh:SPARQLExecutable with sh:select and sh:prefixes in the text."""
    lines = [
        "PREFIX sh: <http://www.w3.org/ns/shacl#>\nPREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>\n"
        "PREFIX schema: <https://schema.org/>\n"
    ]
    for question in questions:
        if question.rows != "graph":
            continue
        titles = ", ".join(text(told, language) for language, told in question.title.items())
        notes = ", ".join(text(told, language) for language, told in question.description.items())
        lines.append(
            f"<{base}/questions/{question.id}#query> a sh:SPARQLExecutable, sh:SPARQLSelectExecutable ;\n"
            f"    rdfs:label {titles} ;\n    rdfs:comment {notes} ;\n"
            f"    schema:target <{base}/sparql> ;\n    sh:select {plain(runnable(question))} .\n"
        )
    return "\n".join(lines)


def runnable(question: Question) -> str:
    """A question's query as anybody may run it: where it needs a day or a fact, an example is put in."""
    terms: dict[str, Term] = {name: {"type": "uri", "value": PARAMETERS[name].example} for name in question.required}
    if "as_of" in question.parameters:
        terms["asOf"] = day(date.fromisoformat(PARAMETERS["as_of"].example))
    return placed(question.query, terms)
