"""A separate matter under an umbrella item, read from its two statements."""

from __future__ import annotations

from graph.extract.decisions import read_decisions
from graph.extract.layout import ItemLayout
from graph.extract.participations import read_participations
from graph.extract.passage import Passage
from graph.extract.reading import Facts, Reading, joined, joined_mentions
from graph.extract.steps import join_steps
from graph.extract.umbrella import Matter
from graph.model import AgendaItem, Decision


def read_matter(reading: Reading, layout: ItemLayout, matter: Matter, *, order: int) -> AgendaItem:
    """A separate matter under an umbrella item."""
    head = next((part.head for part in layout.parts if part.kind == "decision" and part.head), None)
    facts = Facts()
    decisions: tuple[Decision, ...] = ()
    if matter.case is not None:
        _add_matter(facts, reading.passage(*matter.case, "case-text"))
    if matter.decision is not None and matter.decision[0] < matter.decision[1]:
        passage = reading.passage(*matter.decision, "decision")
        _add_matter(facts, passage)
        decisions = read_decisions(passage, head)
    evidence = [reading.quote(matter.line), reading.quote(matter.title, "title")]
    evidence += [reading.quote(matter.number, "item_number")] if matter.number else []
    return AgendaItem(
        item_order=order,
        title=" ".join(reading.source.text[slice(*matter.title)].split()),
        item_number=reading.source.text[slice(*matter.number)] if matter.number else None,
        routing_steps=join_steps(tuple(facts.steps)),
        decisions=decisions,
        participations=joined(facts.participations),
        commitments=tuple(facts.commitments),
        sdg_framings=tuple(facts.framings),
        policy_references=tuple(facts.references),
        mentions=joined_mentions(facts.mentions),
        evidence=tuple(evidence),
        extraction_method="item.matter",
        confidence=0.95,
    )


def _add_matter(facts: Facts, passage: Passage) -> None:
    facts.read(passage)
    facts.participations.extend(read_participations(passage))
