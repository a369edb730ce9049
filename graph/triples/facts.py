"""The facts inside one agenda item → triples: one function a kind of fact."""

from __future__ import annotations

from graph.identity.keys import own_verdict, slug
from graph.identity.routes import step_iri
from graph.identity.standing import framing_iri
from graph.model import (
    AgendaItem,
    Attachment,
    Decision,
    Mention,
    Participation,
    PolicyReference,
    Recommendation,
    RoutingStep,
    SdgFraming,
    Vote,
)
from graph.terms import ACCESS_RIGHTS, SDG
from graph.triples.description import Description, Place
from graph.triples.literals import day, integer, plain, text
from graph.triples.people import describe_commitment, describe_participation, proposer


def describe_facts(at: Place, agenda_item: AgendaItem) -> None:
    """All that is said of an item; what its parts say is not said again of an umbrella item."""
    for recommendation in agenda_item.recommendations:
        describe_recommendation(at, recommendation)
    for step in agenda_item.routing_steps:
        describe_step(at, step, umbrella=bool(agenda_item.agenda_items))
    if not any(part.decisions for part in agenda_item.agenda_items):
        describe_decisions(at, agenda_item)
    for participation in agenda_item.participations:
        if not any(same_part(participation, part) for part in agenda_item.agenda_items):
            describe_participation(at, participation)
    if not any(part.commitments for part in agenda_item.agenda_items):
        for commitment in agenda_item.commitments:
            describe_commitment(at, commitment)
    for attachment in agenda_item.attachments:
        describe_attachment(at, attachment)
    for framing in agenda_item.sdg_framings:
        describe_framing(at, framing)
    for reference in agenda_item.policy_references:
        describe_reference(at, reference)
    for mention in agenda_item.mentions:
        describe_mention(at, mention)


def same_part(participation: Participation, part: AgendaItem) -> bool:
    """Whether a sub-item holds the same person in the same status: then it is said there and not of the umbrella."""
    key = (participation.agent, participation.participation_status)
    return key in {(p.agent, p.participation_status) for p in part.participations}


def describe_recommendation(at: Place, recommendation: Recommendation) -> None:
    """What is recommended, point by point, and by whom."""
    d, iri = at.description, at.iri
    own = d.begin(at.next("recommendation"), "sag:Recommendation")
    d.link(own, "sag:statedIn", iri)
    for point in recommendation.recommends:
        d.say(own, "sag:recommends", text(point))
    if recommendation.recommended_by:
        d.link(own, "sag:recommendedBy", proposer(d, recommendation.recommended_by))
    else:
        d.missing(own, "sag:recommendedBy")
    d.claim(own, recommendation)


def describe_step(at: Place, step: RoutingStep, *, umbrella: bool) -> None:
    """A planned stop of the item's case; on an umbrella item it belongs to no case."""
    d, iri = at.description, at.iri
    own = d.begin(step_iri(iri, step), "sag:RoutingStep")
    d.link(own, "sag:statedIn", iri)
    if not umbrella:
        d.link(d.names.case(d.body, d.day, at.key), "sag:hasRoutingStep", own)
    d.say(own, "sag:stepOrder", integer(step.step_order))
    d.mark(own, "sag:stepSource", f"step-source/{step.step_source}")
    if step.target_body:
        d.link(own, "sag:targetBody", d.a_body(step.target_body))
    else:
        d.missing(own, "sag:targetBody")
    if step.planned_date:
        d.say(own, "sag:plannedDate", day(step.planned_date))
    elif step.step_source == "prose":
        d.missing(own, "sag:plannedDate")
    if step.date_as_stated:
        d.say(own, "sag:dateAsStated", text(step.date_as_stated))
    if step.date_precision:
        d.mark(own, "sag:datePrecision", f"date-precision/{step.date_precision}")
    d.infer(own, step.inferred_by)
    if step.step_role:
        d.mark(own, "sag:stepRole", f"step-role/{step.step_role}")
    d.claim(own, step)


def describe_decisions(at: Place, agenda_item: AgendaItem) -> None:
    """The verdicts on an item; those copied from other meetings stand under their own body and date."""
    d, own = at.description, 0
    for decision in agenda_item.decisions:
        body, on = decision.decided_by or d.body, decision.decision_date or d.day
        if own_verdict(decision.decided_by, decision.decision_date, d.minutes.meeting):
            own += 1
            decided = d.names.decision(d.body, d.day, at.key if own == 1 else f"{at.key}~{own}")
            d.link(decided, "prov:wasGeneratedBy", f"{at.iri}#treatment")
            answers = d.names.agenda_item(d.body, d.day, at.parent or at.key)
            if at.parent or agenda_item.recommendations:
                d.link(decided, "sag:responseTo", f"{answers}#recommendation-1")
        else:
            decided = d.names.decision(d.body, d.day, f"{at.key}/{slug(d.names.body_name(body))}/{on.isoformat()}")
        describe_decision(at, decided, decision)
        d.link(decided, "sag:decidedBy", d.a_body(body))
        d.say(decided, "sag:decisionDate", day(on))


def describe_decision(at: Place, decided: str, decision: Decision) -> None:
    """One verdict's text, outcome and vote."""
    d, iri = at.description, at.iri
    d.begin(decided, "sag:Decision", label=decision.description[:80])
    d.link(decided, "sag:statedIn", iri)
    d.say(decided, "dct:description", text(decision.description))
    for outcome in decision.outcome:
        d.mark(decided, "sag:outcome", f"outcome/{outcome}")
    if decision.item_point:
        d.say(decided, "sag:itemPoint", plain(decision.item_point))
    if decision.vote:
        d.link(decided, "sag:hasVote", describe_vote(d, f"{decided}#vote", decision.vote))
    d.claim(decided, decision)


def describe_vote(d: Description, iri: str, vote: Vote) -> str:
    """The counts of a vote and a ballot for every name; gives its IRI."""
    d.begin(iri, "sag:Vote")
    for prefixed, count in (
        ("For", vote.votes_for),
        ("Against", vote.votes_against),
        ("Abstained", vote.votes_abstained),
    ):
        if count is not None:
            d.say(iri, f"sag:votes{prefixed}", integer(count))
    for choice, names in (("for", vote.cast_for), ("against", vote.cast_against), ("abstained", vote.cast_abstained)):
        for name in names:
            ballot = d.begin(f"{iri}-{choice}-{slug(name)}", "sag:Ballot")
            d.link(ballot, "dct:isPartOf", iri)
            d.say(ballot, "sag:castBy", plain(name))
            d.mark(ballot, "sag:choice", f"choice/{choice}")
    d.claim(iri, vote)
    return iri


def describe_attachment(at: Place, attachment: Attachment) -> None:
    """A file that goes with the item; of a closed one only what the minutes print, never number or case file."""
    d, iri = at.description, at.iri
    at.numbers["attachment"] += 1
    number = slug(attachment.attachment_number or f"n{at.numbers['attachment']}")
    own = d.names.attachment(d.body, d.day, f"{at.key}/{number}")
    d.begin(own, "sag:Attachment", "foaf:Document", label=attachment.title)
    d.link(iri, "sag:hasAttachment", own)
    d.say(own, "dct:title", text(attachment.title))
    if attachment.attachment_number:
        d.say(own, "sag:attachmentNumber", plain(attachment.attachment_number))
    if attachment.access_rights:
        d.link(own, "dct:accessRights", ACCESS_RIGHTS[attachment.access_rights])
    if attachment.access_rights == "closed":
        d.missing(own, "sag:confidentialityReason")
    else:
        if attachment.identifier:
            d.identify(own, "system", attachment.identifier)
        if attachment.case_file:
            d.identify(own, "case-file", attachment.case_file)
    if attachment.source_flag:
        d.say(own, "sag:sourceFlag", plain(attachment.source_flag))
    d.claim(own, attachment)


def describe_framing(at: Place, framing: SdgFraming) -> None:
    """The framing of an item by the goals as a whole, or by one goal or target."""
    d, iri = at.description, at.iri
    goal = framing.framing_goal
    own = framing_iri(iri, framing.framing_level, goal)
    d.begin(own, "sag:SdgFraming", "sag:GoalFraming" if goal else "sag:ProgrammeFraming")
    d.link(own, "sag:frames", iri)
    d.link(own, "sag:statedIn", iri)
    d.mark(own, "sag:framingLevel", f"framing-level/{framing.framing_level}")
    d.link(own, "sag:framingProgramme", SDG)
    if goal:
        d.link(own, "sag:framingGoal", f"{SDG}/{goal}")
    d.say(own, "sag:textHash", plain(framing.text_hash))
    d.claim(own, framing)


def describe_reference(at: Place, reference: PolicyReference) -> None:
    """An agreement, law or policy that the item leans on, and in which kind of section."""
    d, iri = at.description, at.iri
    own = d.begin(at.next("reference"), "sag:PolicyReference", label=reference.title)
    d.link(own, "sag:statedIn", iri)
    d.say(own, "dct:title", text(reference.title))
    d.mark(own, "sag:referenceKind", f"reference-kind/{reference.reference_kind}")
    d.mark(own, "sag:sectionKind", f"section-kind/{reference.section_kind}")
    d.claim(own, reference)


def describe_mention(at: Place, mention: Mention) -> None:
    """A body, department or organisation that the item names."""
    d, iri = at.description, at.iri
    own = d.begin(at.next("mention"), "sag:Mention", label=mention.pref_label)
    d.link(own, "sag:statedIn", iri)
    d.mark(own, "sag:mentionKind", f"mention-kind/{mention.mention_kind}")
    if mention.mention_kind == "body":
        d.link(own, "sag:mentions", d.a_body(mention.pref_label))
    elif mention.mention_kind == "department":
        d.link(own, "sag:mentions", d.a_unit(mention.pref_label))
    elif mention.mention_kind == "organisation":
        named = d.begin(d.names.organisation(mention.pref_label), "org:Organization", label=mention.pref_label)
        d.link(own, "sag:mentions", named)
    if mention.mention_date:
        d.say(own, "sag:mentionDate", day(mention.mention_date))
    d.claim(own, mention)
