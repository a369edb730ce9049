"""The shapes of the answers as OpenAPI has them: what a client in another language is made from.

The lists' and the questions' shapes come from the same tables as the answers themselves: the nouns' fields and the
questions' columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from api.columns import FIELDS
from api.nouns import NOUNS, Noun
from graph.questions.question import Question

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
IRI: Schema = {"type": "string", "format": "uri"}
DATE: Schema = {"type": "string", "format": "date"}


def ref(name: str) -> Schema:
    """A shape by its name."""
    return {"$ref": f"#/components/schemas/{name}"}


def told(schema: Schema, words: str) -> Schema:
    """A shape with words on what it is; a named one stands beside them in allOf, as the older generators want."""
    return {"allOf": [schema], "description": words} if "$ref" in schema else {**schema, "description": words}


def perhaps(schema: Schema) -> Schema:
    """A shape, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def several(schema: Schema) -> Schema:
    """A list of a shape."""
    return {"type": "array", "items": schema}


def shape(words: str, properties: Mapping[str, Schema], *, needed: Iterable[str] | None = None) -> Schema:
    """An object; all its properties are there unless `needed` says which are."""
    required = list(properties if needed is None else needed)
    return {"type": "object", "description": words, "properties": dict(properties), "required": required}


COMMON: Mapping[str, Schema] = {
    "Thing": shape("En ting: dens IRI og dens navn / a thing: its IRI and its name", {"id": IRI, "label": TEXT}),
    "Evidence": shape(
        "Sætningen bag: ordret, med plads i kildens tekst / the sentence behind, verbatim, with its place in the text",
        {
            "quote": told(TEXT, "Ordret / verbatim"),
            "source": told(IRI, "Kilden; dens tekst er {source}.txt / the source; its text is {source}.txt"),
            "begin": told(NUMBER, "Første tegn, talt fra 0 / first character, from 0"),
            "end": told(NUMBER, "Tegnet efter det sidste / the character after the last"),
            "rule": told(perhaps(TEXT), "Reglen, der læste det / the rule that read it"),
            "confidence": told(perhaps(SHARE), "Hvor sikkert, 0-1 / how certain, 0-1"),
            "page": told(NUMBER, "Filens side, hvor den har sider / the file's page, where it has pages"),
        },
        needed=("quote", "source", "begin", "end", "rule", "confidence"),
    ),
    "Inferred": shape(
        "Hvad der er sluttet, og hvorfor / what was inferred, and why",
        {"rule": TEXT, "score": SHARE, "reasons": several(TEXT)},
    ),
    "Gap": shape(
        "Noget, der mangler, og hvor / something missing, and where",
        {
            "missing": told(TEXT, "Det, der mangler / what is missing"),
            "meeting": told(perhaps(TEXT), "Mødet, det gælder / the meeting at fault"),
            "source": told(perhaps(IRI), "Kilden, det kan rettes i / the source that could be mended"),
            "line": told(perhaps(NUMBER), "Linjen i kilden / the line in the source"),
            "reason": told(TEXT, "Hvorfor det mangler / why it is missing"),
        },
    ),
    "Fact": shape(
        "En kendsgerning, som et spørgsmål behøver / a fact that a question needs",
        {
            "fact": TEXT,
            "lacking": told(NUMBER, "Hvor mange der mangler den / how many lack it"),
            "of": told(NUMBER, "Af hvor mange / of how many"),
            "blocked": told({"type": "boolean"}, "Om svaret er spærret af det / whether it blocks the answer"),
        },
    ),
    "Problem": shape(
        "Et problem (RFC 9457): hvad der er galt, og hvad man gør / a problem: what is wrong, and what to do",
        {
            "type": told(TEXT, "Problemets slags som IRI, eller about:blank / the kind of problem"),
            "title": TEXT,
            "status": NUMBER,
            "detail": told(TEXT, "Hvad der er galt her, på det sprog der spørges på / what is wrong here"),
            "detail_en": told(TEXT, "Det samme på engelsk / the same in English"),
        },
        needed=("type", "title", "status"),
    ),
    "QuestionListing": shape(
        "Et spørgsmål, man kan stille / a question that can be asked",
        {
            "id": told(TEXT, "Adressen er /questions/{id} / the address is /questions/{id}"),
            "number": NUMBER,
            "title": TEXT,
            "description": TEXT,
            "parameters": told(several(TEXT), "Filtre; alle kan udelades / filters; all may be left out"),
            "columns": several(shape("En kolonne / a column", {"name": TEXT, "label": TEXT})),
        },
    ),
    "QuestionGaps": shape(
        "Hvad et spørgsmål behøver og mangler / what a question needs and lacks",
        {
            "question": TEXT,
            "number": NUMBER,
            "title": TEXT,
            "rows": NUMBER,
            "facts": several(ref("Fact")),
            "blocked": {"type": "boolean"},
        },
    ),
    "Gaps": shape(
        "Hvad et svar mangler / what an answer lacks",
        {
            "question": TEXT,
            "parameters": {"type": "object", "additionalProperties": TEXT},
            "asOf": DATE,
            "storeVersion": perhaps(NUMBER),
            "facts": several(ref("Fact")),
            "gaps": several(ref("Gap")),
        },
    ),
    "SearchHit": shape(
        "En ting, der har ordene / a thing that holds the words",
        {
            "id": IRI,
            "kind": told(TEXT, "Dens liste, som cases / its list, such as cases"),
            "label": TEXT,
            "snippet": told(TEXT, "Stedet, med hver træffer mellem de to mærker i »mark« / the place, hits marked"),
            "score": told({"type": "number"}, "Højest er bedst / highest is best"),
        },
    ),
    "SearchAnswer": shape(
        "Svaret på en søgning / the answer to a search",
        {
            "query": TEXT,
            "count": told(NUMBER, "Hvor mange i alt / how many in all"),
            "counts": {"type": "object", "additionalProperties": NUMBER, "description": "Pr. slags / per kind"},
            "mark": told(several(TEXT), "Mærkerne før og efter en træffer / the marks before and after a hit"),
            "hits": several(ref("SearchHit")),
            "suggestions": told(several(TEXT), "Ord, der ligner / words that are near"),
        },
    ),
    "Neighbour": shape(
        "En ting ved siden af / a thing beside",
        {
            "property": told(TEXT, "Egenskaben, der forbinder / the property that connects"),
            "direction": {"type": "string", "enum": ["in", "out"]},
            "id": TEXT,
            "label": TEXT,
        },
    ),
    "ThingWithNeighbours": shape(
        "En ting med sine værdier og naboer / a thing with its values and neighbours",
        {
            "@context": IRI,
            "id": IRI,
            "properties": {"type": "object", "additionalProperties": {"anyOf": [TEXT, several(TEXT)]}},
            "neighbours": several(ref("Neighbour")),
            "noun": TEXT,
        },
        needed=("@context", "id", "properties", "neighbours"),
    ),
}  # fmt: skip


def components(questions: Mapping[str, Question]) -> dict[str, Schema]:
    """Every named shape: those in common, one for each noun and its list, one for each question's rows and answer."""
    found = dict(COMMON)
    for noun in NOUNS.values():
        found |= {noun.type: member(noun), f"{noun.type}List": listing(noun)}
    for question in questions.values():
        found |= {f"{camel(question.id)}Row": row(question), f"{camel(question.id)}Answer": answer(question)}
    return found


def member(noun: Noun) -> Schema:
    """A row of a list; `fields=` may leave out all but its id, type and label."""
    own = {field.name: told(of_kind(field.kind), both(field.name)) for field in noun.fields}
    first = {"id": IRI, "type": {"type": "string", "const": noun.type}, "label": TEXT}
    return shape(f"{noun.da} / {noun.en}", {**first, **own}, needed=first)


def both(name: str) -> str:
    """A field's name in both languages."""
    return f"{FIELDS[name].da} / {FIELDS[name].en}"


def of_kind(kind: str) -> Schema:
    """What a field of a list or a column of an answer holds that is of a kind."""
    if kind == "things":
        return several(ref("Thing"))
    kinds = {"thing": ref("Thing"), "date": DATE, "number": NUMBER, "text": TEXT}
    return perhaps(kinds[kind])


def listing(noun: Noun) -> Schema:
    """A page of a list."""
    return shape(
        f"En side af listen: {noun.da.lower()} / a page of the list: {noun.en.lower()}",
        {
            "@context": told(IRI, "JSON-LD-konteksten / the JSON-LD context"),
            "id": told(IRI, "Sidens egen adresse / the page's own address"),
            "type": {"type": "string", "const": "List"},
            "noun": {"type": "string", "const": noun.path},
            "count": told(NUMBER, "Hvor mange i alt med disse filtre / how many in all with these filters"),
            "next": told(perhaps(IRI), "Næste sides adresse; null på den sidste / the next page; null on the last"),
            "members": several(ref(noun.type)),
        },
    )


def row(question: Question) -> Schema:
    """A row of a question's answer."""
    own = {column.name: told(of_kind(column.kind), f"{column.da} / {column.en}") for column in question.columns}
    sentences = told(
        several({"anyOf": [ref("Evidence"), TEXT]}),
        "Sætningerne bag; med evidence=short kun ordene / the sentences behind; the words alone with evidence=short",
    )
    more = {"evidence": sentences, "inferred": ref("Inferred")}
    return shape(f"En række af svaret: {question.title['da']}", {**own, **more}, needed=own)


def answer(question: Question) -> Schema:
    """A question's answer."""
    return shape(
        f"{question.title['da']} / {question.title['en']}",
        {
            "question": {"type": "string", "const": question.id},
            "parameters": {"type": "object", "additionalProperties": TEXT, "description": "Som givet / as given"},
            "asOf": told(DATE, "Dagen, der spørges på / the day asked on"),
            "storeVersion": told(perhaps(NUMBER), "Grafens version / the version of the graph"),
            "rows": several(ref(f"{camel(question.id)}Row")),
            "gaps": told(several(ref("Gap")), "Hvad der mangler / what is missing"),
        },
    )


def camel(name: str) -> str:
    """A question's id as the name of a class.

    >>> camel("sent-on")
    'SentOn'
    """
    return "".join(part.capitalize() for part in name.split("-"))
