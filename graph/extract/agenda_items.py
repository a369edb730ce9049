"""One agenda item read: what its sections state, and the separate matters under an umbrella item."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from graph.danish.capitals import is_given_name
from graph.danish.units import read_units
from graph.extract import item_fields
from graph.extract.access import read_access
from graph.extract.attendance import of_item
from graph.extract.decisions import read_decisions
from graph.extract.item_people import is_own, is_verdict, read_people
from graph.extract.layout import ItemLayout
from graph.extract.lines import Line
from graph.extract.listed_matters import in_opening, read_listed
from graph.extract.matters import read_matter
from graph.extract.mentions import read_mentions
from graph.extract.outcomes import read_verdicts
from graph.extract.participations import read_participations
from graph.extract.passage import Passage
from graph.extract.reading import Facts, Reading, joined, joined_mentions
from graph.extract.recommendations import labelled_proposer, read_recommendations, told_recommendations
from graph.extract.route_grids import read_grid
from graph.extract.rows import Row
from graph.extract.sections import VERDICTS, Part
from graph.extract.steps import join_steps
from graph.extract.told_verdicts import body_acts, told_decisions
from graph.extract.umbrella import Matter, read_matters, standing_end
from graph.model import AgendaItem, Decision, Evidence, Mention, Participation, Recommendation, Section

_BY = re.compile(r" (?:v\.|ved) (?=\w)")
_BRACKETED = re.compile(r"\((?:v/ ?|v\. ?|ved )?(?P<name>[A-ZÆØÅ][\w.' -]{4,60})\)$")
_HEARD = re.compile(r"\b(?:høring|høres|hørt|udtalelse|udtale sig)\b.*\.$", re.DOTALL)
# what a body's name in a route's field must stand with to be more than a stop
_DATED_OR_HEARD = re.compile(r"\d|høring|høres|hørt|udtal")
_AT = re.compile(r"at\b", re.IGNORECASE)
FIELDS = frozenset({"routing", "competence", "attachments", "closing"})
SECTION_KIND = {"history": "past-treatment", "opening": "other", "closing": "other"}


def read_item(reading: Reading, layout: ItemLayout, order: int) -> AgendaItem:
    """The agenda item that a stretch of lines states."""
    text = reading.source.text
    title = " ".join(text[slice(*layout.title)].split()) if layout.title else None
    stated = read_matters(text, layout.parts)
    number = text[slice(*layout.number)] if layout.number else None
    matters = stated or read_listed(text, layout.parts, title or "", number=number or "")
    passages = list(_passages(reading, layout, stated))
    below = in_opening(layout.parts, matters) and any(one.decision and one.decision[0] > one.line[1] for one in matters)
    facts = _facts(reading, passages, title or "")
    facts.participations.extend(_speakers(reading, layout.head))
    facts.mentions.extend(_stops(reading, layout))
    opening = [row for part in layout.parts if part.kind == "opening" for row in part.rows]
    lead = _beside_title(text, layout)
    access, access_words = read_access(opening, title or "", layout.group_access, lead=lead)
    case_number = item_fields.case_number(reading, layout)
    attachments = item_fields.attachments(reading, layout, [passage for passage, _ in passages])
    route, as_stated = item_fields.route(reading, layout)
    evidence = [reading.quote((layout.head.begin, layout.head.end))]
    evidence += [reading.quote(layout.title, "title")] if layout.title else []
    evidence += [reading.quote(layout.number, "item_number")] if layout.number else []
    evidence += [part for part in (access_words, case_number, as_stated) if part]
    steps = item_fields.with_attachment_steps(reading, [*route, *join_steps(tuple(facts.steps))], attachments)
    return AgendaItem(
        item_order=order,
        title=title,
        item_number=number,
        access_rights=access,
        case_number=case_number.anchor_of if case_number else None,
        route_as_stated=as_stated.anchor_of if as_stated else None,
        routing_steps=steps,
        recommendations=tuple(_recommendations(reading, layout)),
        decisions=tuple(_decisions(reading, layout, matters)) if not below else (),
        participations=joined([*facts.participations, *of_item(reading.header, number)]),
        commitments=tuple(facts.commitments),
        attachments=attachments,
        sdg_framings=tuple(facts.framings),
        recurring_texts=tuple(facts.recurring),
        policy_references=tuple(facts.references),
        mentions=joined_mentions(facts.mentions),
        sections=tuple(_sections(reading, layout)),
        agenda_items=tuple(read_matter(reading, layout, matter, order=n) for n, matter in enumerate(matters, 1)),
        evidence=tuple(evidence),
        extraction_method="item.contents" if layout.contents_only else "item.layout",
        confidence=0.7 if layout.contents_only else 0.97,
    )


def _beside_title(text: str, layout: ItemLayout) -> str:
    """What stands on the title's line before it and behind it."""
    if layout.title is None:
        return ""
    before, behind = text[layout.head.begin : layout.title[0]], text[layout.title[1] : layout.head.end]
    return f"{before} {behind}"


def _passages(reading: Reading, layout: ItemLayout, matters: Sequence[Matter]) -> Iterator[tuple[Passage, Part | None]]:
    """The item's own running text: its title and sections, without the lists that its matters are read from.

    Past handling is of the kind "history": the section so labelled, and the verdicts of other meetings.
    """
    if layout.title:
        yield reading.passage(*layout.title, "title"), None
    for part in layout.parts:
        end = part.end
        if matters and part.kind == "case-text":
            end = standing_end(reading.source.text, part, matters)
        if part.begin >= end or part.kind in FIELDS or (matters and part.kind == "decision"):
            continue
        goals = part.head is not None and "erdensmål" in part.head.line.text  # a label that says what the numbers are
        begin = part.head.line.begin if part.head is not None and goals else part.begin
        yield reading.passage(begin, end, part.kind if is_own(reading, part) else "history"), part


def _facts(reading: Reading, passages: Sequence[tuple[Passage, Part | None]], title: str) -> Facts:
    facts = Facts()
    for passage, part in passages:
        if part is None:
            facts.read(passage)
            continue
        facts.participations.extend(read_people(reading, passage, part, title=title))
        grid = read_grid(passage, part.rows) if part.kind == "opening" else ()
        end = max((words.end_index for step in grid for words in step.evidence), default=passage.begin)
        facts.read(passage.part(end - passage.begin, len(passage.text)))
        facts.mentions.extend(_unit_of(reading, part))
    return facts


def _stops(reading: Reading, layout: ItemLayout) -> Iterator[Mention]:
    """The bodies of a routing field that stand with a day of their own ("Magistraten den 29. april 2019"), or that are
    to be heard ("Sagen sendes i høring i Seniorrådet.")."""
    for part in layout.parts:
        if part.kind not in {"routing", "competence"}:
            continue
        if _DATED_OR_HEARD.search(reading.source.text, part.begin, part.end):
            for mention in read_mentions(reading.passage(part.begin, part.end, "routing")):
                dated = mention.mention_date not in {None, reading.meeting_date}
                if mention.mention_kind == "body" and (dated or _HEARD.search(mention.sentences[0].anchor_of)):
                    yield mention


def _speakers(reading: Reading, head: Line) -> tuple[Participation, ...]:
    """Who is to speak, by the words behind a title ("Orientering fra elevrådet v/ Ida Holm", "Budget (Bo Juhl)")."""
    place = head.text.find(" v/")
    if place >= 0:
        return read_participations(reading.passage(head.begin + place, head.end, "case-text"))
    beside = _BRACKETED.search(head.text)
    if beside and is_given_name(beside["name"].split()[0]):
        return read_participations(reading.passage(head.begin + beside.start("name"), head.end - 1, "case-text"))
    by = _BY.search(head.text)
    found = read_participations(reading.passage(head.begin + by.start(), head.end, "case-text")) if by else ()
    return tuple(one for one in found if one.had_role or one.agent in reading.people)  # "ved" may name a place


def _unit_of(reading: Reading, part: Part) -> Iterator[Mention]:
    """The department that a past step is headed by ("15-08-2019 Borgmesterens Afdeling")."""
    if part.head is not None and is_verdict(part):
        line = part.head.line
        if not read_units(line.text):
            return
        for mention in read_mentions(reading.passage(line.begin, line.end, "history")):
            if mention.mention_kind == "department":
                yield mention


def _is_bare_verdict(passage: Passage) -> bool:
    """Whether a section for both holds a verdict alone: no proposer, no point that opens with "at"."""
    found = read_recommendations(passage)
    asks = any(one.recommended_by or any(_AT.match(point) for point in one.recommends) for one in found)
    return not asks


def _recommendations(reading: Reading, layout: ItemLayout) -> Iterator[Recommendation]:
    """What the item's sections recommend; where none does, what a sentence of the account does."""
    found = tuple(_in_sections(reading, layout))
    yield from found
    for part in layout.parts if not found else ():
        if part.kind in {"summary", "case-text", "opening"}:
            title = layout.title_in(reading.source.text)
            yield from told_recommendations(reading.passage(part.begin, part.end, "recommendation"), title)


def _in_sections(reading: Reading, layout: ItemLayout) -> Iterator[Recommendation]:
    for part in layout.parts:
        if part.kind not in {"recommendation", "recommendation-decision"}:
            continue
        passage = reading.passage(part.begin, part.end, "recommendation")
        if part.kind == "recommendation" or not _is_bare_verdict(passage):
            yield from (_with_labelled(reading, part, one) for one in read_recommendations(passage))


def _with_labelled(reading: Reading, part: Part, one: Recommendation) -> Recommendation:
    """The recommendation with the proposer that its label names ("Økonomiudvalgets indstilling: At …")."""
    line = part.head.line if part.head is not None else None
    span = labelled_proposer(line.text) if line is not None and one.recommended_by is None else None
    if line is None or span is None:
        return one
    words = reading.quote((line.begin + span[0], line.begin + span[1]), "recommended_by")
    return replace(one, recommended_by=words.anchor_of, evidence=(*one.evidence, words))


def _decisions(reading: Reading, layout: ItemLayout, matters: Sequence[Matter]) -> Iterator[Decision]:
    if layout.parts and layout.parts[0].kind == "opening" and not VERDICTS & {part.kind for part in layout.parts}:
        yield from _bare_verdict(reading, layout)
    for part in layout.parts:
        if part.kind == "decision" and (told := [one for one in matters if _is_listed_in(part, one)]):
            yield from _of_matters(reading, part, told)
        elif part.kind == "decision":
            passage = reading.passage(part.begin, part.end, "decision")
            # behind a field, or in a conclusion that may be the case text's own, words need not be a verdict's
            own = part.head is not None and (part.head.role != "case-text" or _stands_alone(layout, part))
            if own or read_verdicts(passage.text) or body_acts(passage.text):
                yield from read_decisions(passage, part.head)
        elif part.kind == "recommendation-decision":
            passage = reading.passage(part.begin, part.end, "decision")
            asked = () if _is_bare_verdict(passage) else read_recommendations(passage)
            said = [e.end_index for one in asked for e in one.evidence]
            begin = max([part.begin, *said])
            yield from read_decisions(reading.passage(begin, part.end, "decision"), None)


def _stands_alone(layout: ItemLayout, conclusion: Part) -> bool:
    """Whether an item holds a conclusion and nothing that it might conclude."""
    return all(part is conclusion or part.empty or part.kind in FIELDS for part in layout.parts)


def _is_listed_in(part: Part, matter: Matter) -> bool:
    """Whether a verdict lists a matter and what became of it."""
    return matter.decision is not None and part.begin <= matter.title[0] < matter.decision[0] < part.end


def _of_matters(reading: Reading, part: Part, matters: Sequence[Matter]) -> Iterator[Decision]:
    """The verdicts on the matters that a section lists: one for each that another was given before it."""
    last = None
    for matter in matters:
        for one in read_decisions(reading.passage(*(matter.decision or matter.line), "decision"), part.head):
            if one.outcome != last:
                yield one
            last = one.outcome


def _bare_verdict(reading: Reading, layout: ItemLayout) -> tuple[Decision, ...]:
    """The verdict that stands with no label over it, in the item's opening."""
    part = layout.parts[0]
    first = next((row for row in part.rows if not row.role), None)
    if first is None:
        return ()
    title = layout.title_in(reading.source.text)
    passage = reading.passage(first.line.begin, part.end, "decision")
    return told_decisions(passage, title, alone=len(layout.parts) == 1)


def _sections(reading: Reading, layout: ItemLayout) -> Iterator[Section]:
    for part in layout.parts:
        if part.head is None:
            continue
        line = part.head.line
        yield Section(
            section_kind=SECTION_KIND.get(part.kind, part.kind),
            begin_index=part.begin,
            end_index=max(part.begin, part.end),
            evidence=(_label_evidence(line.begin, part.head),),
            extraction_method="section.label",
            confidence=0.99,
        )


def _label_evidence(begin: int, row: Row) -> Evidence:
    end = row.heading.value if row.heading else row.label.end if row.label else len(row.line.text)
    words = row.line.text[:end].rstrip() or row.line.text
    return Evidence(begin, begin + len(words), words)
