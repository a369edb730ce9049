"""Steps of the network as text, JSON and CSV: who or what is connected, how, by which sentences and rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.network.edges import WORDS, Computed, Node, Sentence
from graph.network.exports import quotes, sources
from graph.network.kept import Step
from graph.spreadsheets import sheet

MOST_SAID = 20  # sentences shown of one connection, the newest; `sentences` tells how many there are
_PATHS = {"person": "people", "case": "cases", "body": "bodies"}
_CLASSES = {"person": "Person", "case": "Case", "body": "Body"}
COLUMNS = (
    "from", "from_label", "connection", "stated", "to", "to_label", "meetings", "days", "quotes", "sources",
    "confidence",
)  # fmt: skip


def told(step: Step, language: str) -> str:
    """A step as a sentence of ours.

    >>> from graph.network.edges import Edge
    >>> one, other = Node("a", "person", "Bettina Andersen"), Node("b", "case", "Kommende udbud af ERP-system")
    >>> told(Step(other, one, Edge("a", "b", "took-part", (), ())), "da")
    'Bettina Andersen deltog i behandlingen af Kommende udbud af ERP-system'
    """
    one, other = (step.here, step.there) if step.edge.source == step.here.iri else (step.there, step.here)
    return f"{one.label} {WORDS[step.edge.kind][0 if language == 'da' else 1]} {other.label}"


def in_words(step: Step, language: str) -> list[str]:
    """A step as lines of text: its newest sentence, how many more there are, and what it stands on beside words."""
    said, more = step.edge.sentences[-1], len(step.edge.sentences) - 1
    rest = {"da": f" (og {more} til)", "en": f" (and {more} more)"}[language] if more else ""
    lines = [f"{told(step, language)} ({', '.join(step.edge.days)}): »{' '.join(said.quote.split())}«{rest}"]
    return [*lines, *(f"  {because(one, language)}" for one in said.computed)]


def because(one: Computed, language: str) -> str:
    """What a rule of ours adds to the words, with how sure it is and why."""
    head = {"da": "udledt", "en": "inferred"}[language]
    return f"({head}: {'; '.join(one.reasons) or one.rule}, {one.rule} {one.score:g})"


def joined_words(node: Node, language: str) -> list[str]:
    """What makes several keys this one thing, in lines of text."""
    head = {"da": "er én ting på tværs af møder", "en": "is one thing across meetings"}[language]
    return [f"  {node.label} {head} {because(one, language)}" for one in node.joined]


def as_thing(node: Node) -> dict[str, object]:
    """A person, case or body as JSON; with the links that make several keys this one thing."""
    thing: dict[str, object] = {"id": node.iri, "type": _CLASSES[node.kind], "label": node.label}
    return {**thing, "joinedBy": [as_rule(one) for one in node.joined]} if node.joined else thing


def as_rule(one: Computed) -> dict[str, object]:
    """What a rule of ours says, as JSON."""
    rule: dict[str, object] = {"rule": one.rule, "score": one.score, "reasons": list(one.reasons)}
    return {"id": one.link, **rule} if one.link else rule


def as_evidence(said: Sentence) -> dict[str, object]:
    """A sentence as every answer has it, with what was inferred beside it."""
    evidence: dict[str, object] = {
        "quote": said.quote,
        "source": said.source,
        "begin": said.begin,
        "end": said.end,
        "rule": said.rule,
        "confidence": said.confidence,
    }
    return {**evidence, "inferred": [as_rule(one) for one in said.computed]} if said.computed else evidence


def as_json(step: Step, language: str = "da") -> dict[str, object]:
    """A step as programs read it."""
    edge = step.edge
    return {
        "from": as_thing(step.here),
        "to": as_thing(step.there),
        "connection": edge.kind,
        "label": told(step, language),
        "stated": stated(step),
        "meetings": edge.weight,
        "days": list(edge.days),
        "sentences": len(edge.sentences),
        "evidence": [as_evidence(said) for said in reversed(edge.sentences[-MOST_SAID:])],
    }


def stated(step: Step) -> str:
    """Whether the sources state a connection the way the step goes, or the other way round."""
    return "forward" if step.edge.source == step.here.iri else "backward"


def as_csv(steps: Iterable[tuple[Sequence[object], Step]], before: Sequence[str] = ()) -> str:
    """One line a step, each with the values of some columns of its own `before`."""
    rows: list[Sequence[object]] = [(*before, *COLUMNS)]
    for values, step in steps:
        here, there, edge = step.here, step.there, step.edge
        ends = (here.iri, here.label, edge.kind, stated(step), there.iri, there.label)
        sure = " ¶ ".join(f"{s.confidence:g}" for s in edge.sentences)
        rows.append((*values, *ends, edge.weight, " ".join(edge.days), quotes(edge), sources(edge), sure))
    return sheet(rows)


def page_name(node: Node) -> str:
    """The short name by which the pages know a thing, such as people/0707/…"""
    return f"{_PATHS[node.kind]}/{node.iri.partition(f'/id/{_PATHS[node.kind]}/')[2]}"
