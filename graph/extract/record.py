"""Minutes → the JSON record: one object for a meeting, with the places of the words behind each value."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from graph.danish.bodies import same_body
from graph.extract.coverage import coverage
from graph.model import (
    AgendaItem,
    Attachment,
    Claim,
    Commitment,
    Decision,
    Minutes,
    Participation,
    PolicyReference,
    RoutingStep,
    SdgFraming,
    Vote,
)

Row = dict[str, Any]

# the model's fields under the names of the record
MEETING_KEYS = {"held_by": "body"}
ITEM_KEYS = {"item_number": "number", "access_rights": "access", "route_as_stated": "routing"}
DECISION_KEYS = {"decided_by": "body", "decision_date": "date", "description": "text", "item_point": "point"}
PERSON_KEYS = {"agent": "name", "had_role": "role"}
ATTACHMENT_KEYS = {
    "attachment_number": "number",
    "access_rights": "access",
    "identifier": "document_id",
    "source_flag": "marker",
}
MENTION_KEYS = {"pref_label": "name", "mention_date": "date", "target_body": "name", "planned_date": "date"}
# the record tells fewer outcomes apart than the graph
OUTCOMES = {"treated": "discussed", "hearing": "referred", "sent-back": "referred", "withdrawn": "postponed"}


def record(minutes: Minutes) -> Row:
    """The record of one meeting, ready for JSON."""
    meeting = minutes.meeting
    return {
        "municipality": meeting.municipality,
        "body": meeting.held_by,
        "meeting_date": meeting.meeting_date.isoformat() if meeting.meeting_date else None,
        "start_time": meeting.start_time,
        "end_time": meeting.end_time,
        "place": meeting.place,
        "document_kind": meeting.document_kind,
        "present": _persons(meeting.participations, ("present", "recorded")),
        "absent": _persons(meeting.participations, ("absent",)),
        "items": [_item(item, meeting.held_by) for item in minutes.agenda_items],
        "unclaimed": [{"text": e.anchor_of, "evidence": _span(e.begin_index, e.end_index)} for e in minutes.unclaimed],
        "coverage": round(coverage(minutes), 3),
        "source": {"title": minutes.source.title, "text_hash": minutes.source.text_hash},
        "evidence": _evidence([meeting], MEETING_KEYS),
    }


def _span(begin: int, end: int) -> Row:
    return {"text": [[begin, end]]}


def _evidence(made_of: Iterable[Claim], keys: Mapping[str, str]) -> Row:
    """The places of the words behind each value; under "statement" the sentences that state the whole."""
    found: dict[str, list[list[int]]] = {}
    for evidence in chain.from_iterable(claim.evidence for claim in made_of):
        key = keys.get(evidence.supports, evidence.supports) or "statement"
        place = [evidence.begin_index, evidence.end_index]
        if place not in found.setdefault(key, []):
            found[key].append(place)
    return found


def _item(item: AgendaItem, own: str | None) -> Row:
    here = min((e.begin_index for e in item.evidence), default=0)
    inside = [one for one in item.participations if any(e.end_index > here for e in one.evidence)]
    everyone = [*inside, *chain.from_iterable(part.participations for part in item.agenda_items)]
    field_steps = [step for step in item.routing_steps if step.step_source == "field"]
    found: Row = {
        "number": item.item_number,
        "title": item.title,
        "access": item.access_rights,
        "case_number": item.case_number,
        "routing": [step.target_body for step in field_steps],
        "proposer": next((r.recommended_by for r in item.recommendations if r.recommended_by), None),
        "recommendation": [point for r in item.recommendations for point in r.recommends],
        "decisions": [_decision(decision) for decision in item.decisions],
        "persons": _persons(everyone, None),
        "absent": _persons(item.participations, ("absent", "recused")),
        "departments": _departments(item),
        "mentioned_bodies": _bodies([item, *item.agenda_items], own),
        "sdgs": sorted({_goal(f) for part in (item, *item.agenda_items) for f in part.sdg_framings}),
        "attachments": [_attachment(attachment) for attachment in item.attachments],
        "subitems": [_subitem(part, own) for part in item.agenda_items],
        "routing_steps": [_step(step) for step in item.routing_steps],
        "commitments": [_commitment(commitment) for commitment in item.commitments],
        "references": [_reference(reference) for reference in item.policy_references],
    }
    found["evidence"] = _item_evidence(item, field_steps)
    return found


def _goal(framing: SdgFraming) -> str:
    """The goal's number, also where one of its targets is named ("delmål 11.2")."""
    return framing.framing_goal.split(".")[0] if framing.framing_goal else "all"


def _item_evidence(item: AgendaItem, field_steps: Sequence[RoutingStep]) -> Row:
    """The places behind the item's own values and behind the plain lists in it."""
    found = _evidence([item], ITEM_KEYS)
    lists: tuple[tuple[str, Iterable[Claim]], ...] = (
        ("routing", field_steps),
        ("recommendation", item.recommendations),
        ("departments", (m for m in item.mentions if m.mention_kind == "department")),
        ("sdgs", item.sdg_framings),
    )
    for key, made_of in lists:
        own = _evidence(made_of, {"recommends": "recommendation", "recommended_by": "proposer"})
        places = own.get(key) or own.get("statement") or []
        if places:
            found[key] = [*found.get(key, []), *(place for place in places if place not in found.get(key, []))]
        if "proposer" in own:
            found["proposer"] = own["proposer"]
    return found


def _subitem(part: AgendaItem, own: str | None) -> Row:
    decisions = [_decision(decision) for decision in part.decisions]
    return {
        "number": part.item_number,
        "title": part.title,
        "decision": decisions[0] if decisions else None,
        "persons": _persons(part.participations, None, planned=("announced",)),
        "mentioned_bodies": _bodies([part], own),
        "routing_steps": [_step(step) for step in part.routing_steps],
        "commitments": [_commitment(commitment) for commitment in part.commitments],
        "evidence": _evidence([part], ITEM_KEYS),
    }


def _persons(
    found: Iterable[Participation], status: tuple[str, ...] | None, *, planned: tuple[str, ...] = ()
) -> list[Row]:
    """The persons with some status (all where None), each once; under a sub-item also planned and attended."""
    by_name: dict[str, list[Participation]] = {}
    for one in found:
        if one.agent is not None and (status is None or one.participation_status in status):
            by_name.setdefault(one.agent, []).append(one)
    rows = []
    for name, parts in by_name.items():
        row: Row = {
            "name": name,
            "party": next((part.party for part in parts if part.party), None),
            "role": min((role for part in parts if (role := _role(part))), key=_is_elsewhere, default=None),
        }
        if planned:
            states = {part.participation_status for part in parts}
            row["planned"] = True if states & set(planned) else None
            row["attended"] = True if states & {"recorded", "present"} else None
        row["evidence"] = _evidence(parts, PERSON_KEYS)
        rows.append(row)
    return rows


def _is_elsewhere(role: str) -> bool:
    """Whether a role only tells of another body's meeting; one at this meeting goes before it."""
    return role.startswith("fraværende i ")


def _role(part: Participation) -> str | None:
    if part.substitutes:
        return f"stedfortræder for {part.substitutes}"
    if part.participation_status == "recused":
        return "inhabil"
    post = part.acting_as.post if part.acting_as else None
    definite = post is not None and (part.had_role or "").casefold() in {
        f"{post}{ending}" for ending in ("n", "en", "et")
    }
    return post if definite else part.had_role


def _departments(item: AgendaItem) -> list[str]:
    named = (
        m.pref_label for part in (item, *item.agenda_items) for m in part.mentions if m.mention_kind == "department"
    )
    return list(dict.fromkeys(named))


def _bodies(parts: Sequence[AgendaItem], own: str | None) -> list[Row]:
    """The bodies named, with dates; one without a date is left out where it stands with one or is the meeting's own."""
    rows: dict[tuple[str, str | None], list[Claim]] = {}
    for name, day, claim in _named(parts):
        rows.setdefault((name, day), []).append(claim)
    dated = [name for name, day in rows if day]
    kept = []
    for (name, day), made_of in rows.items():
        if day is None and (any(same_body(name, other) for other in dated) or (own and same_body(name, own))):
            continue
        kept.append({"name": name, "date": day, "evidence": _evidence(made_of, MENTION_KEYS)})
    return kept


def _named(parts: Sequence[AgendaItem]) -> Iterator[tuple[str, str | None, Claim]]:
    for part in parts:
        for mention in part.mentions:
            if mention.mention_kind in {"body", "described-body"}:
                yield mention.pref_label, mention.mention_date.isoformat() if mention.mention_date else None, mention
        for step in part.routing_steps:
            if step.step_source in {"prose", "recommendation"} and step.target_body:
                yield step.target_body, step.planned_date.isoformat() if step.planned_date else None, step


def _decision(decision: Decision) -> Row:
    return {
        "body": decision.decided_by,
        "date": decision.decision_date.isoformat() if decision.decision_date else None,
        "outcome": OUTCOMES.get(decision.outcome[0], decision.outcome[0]) if decision.outcome else "other",
        "outcomes": list(decision.outcome),
        "text": decision.description,
        "point": decision.item_point,
        "vote": _vote(decision.vote) if decision.vote else None,
        "evidence": _evidence([decision], DECISION_KEYS),
    }


def _vote(vote: Vote) -> Row:
    return {
        "for": vote.votes_for,
        "against": vote.votes_against,
        "abstain": vote.votes_abstained,
        "for_names": list(vote.cast_for),
        "against_names": list(vote.cast_against),
        "abstain_names": list(vote.cast_abstained),
        "evidence": _evidence([vote], {}),
    }


def _attachment(attachment: Attachment) -> Row:
    return {
        "title": attachment.title,
        "number": attachment.attachment_number,
        "access": attachment.access_rights,
        "document_id": attachment.identifier,
        "case_file": attachment.case_file,
        "marker": attachment.source_flag,
        "evidence": _evidence([attachment], ATTACHMENT_KEYS),
    }


def _step(step: RoutingStep) -> Row:
    return {
        "body": step.target_body,
        "order": step.step_order,
        "source": step.step_source,
        "date": step.planned_date.isoformat() if step.planned_date else None,
        "date_as_stated": step.date_as_stated,
        "precision": step.date_precision,
        "role": step.step_role,
        "evidence": _evidence([step], {"target_body": "body", "planned_date": "date"}),
    }


def _commitment(commitment: Commitment) -> Row:
    return {
        "text": commitment.description,
        "owner": commitment.owner,
        "recipient": commitment.recipient,
        "due": commitment.due_date.isoformat() if commitment.due_date else None,
        "due_as_stated": commitment.due_as_stated,
        "evidence": _evidence([commitment], {"description": "text", "due_date": "due"}),
    }


def _reference(reference: PolicyReference) -> Row:
    return {"title": reference.title, "kind": reference.reference_kind, "evidence": _evidence([reference], {})}
