"""People → triples: who took part, in which post, and what they undertook."""

from __future__ import annotations

from graph.danish.bodies import read_bodies, read_units
from graph.danish.titles import post_of
from graph.identity.keys import slug
from graph.identity.person_mentions import mark_among, participation_iri, takes_part
from graph.model import Commitment, Participation, PostHolding
from graph.privacy.people import publishable_role
from graph.triples.description import Description, Place
from graph.triples.literals import day, plain, text


def describe_participation(at: Place, participation: Participation) -> None:
    """A person's part in an item's treatment, or in the whole meeting where `iri` is the meeting."""
    d, iri = at.description, at.iri
    if not takes_part(participation):
        return
    holding = told_of(participation.acting_as)
    if participation.agent:
        agent = d.a_person(participation.agent)
    elif holding:
        agent = d.a_post(holding.post)
    else:
        return
    status = participation.participation_status
    mark = mark_among(participation, at.crowded)
    own = d.begin(participation_iri(iri, agent, status, mark=mark), "sag:Participation")
    d.link(own, "prov:agent", agent)
    d.mark(own, "sag:participationStatus", f"participation-status/{status}")
    if iri == d.meeting:
        d.link(own, "sag:duringMeeting", iri)
    else:
        d.link(own, "sag:inTreatment", f"{iri}#treatment")
    if participation.party:
        d.say(own, "sag:party", plain(participation.party))
    if holding:
        d.link(own, "prov:hadRole", d.a_post(holding.post))
        if participation.agent:
            d.link(own, "sag:actingAs", describe_holding(d, agent, holding))
    d.infer(own, participation.inferred_by)
    if participation.reason:
        d.say(own, "sag:reason", text(participation.reason))
    if participation.substitutes:
        d.link(own, "sag:substitutes", d.a_person(participation.substitutes))
    d.claim(own, participation)


def told_of(holding: PostHolding | None) -> PostHolding | None:
    """A post that may be told of; none where it says somebody's union or health."""
    return holding if holding is not None and publishable_role(holding.post) else None


def describe_holding(d: Description, person: str, holding: PostHolding) -> str:
    """A person's post as known on the meeting's day, and no longer than that; gives its IRI."""
    own = d.begin(f"{person}#holding-{slug(holding.post)}-{d.day.isoformat()}", "sag:PostHolding")
    d.link(own, "org:member", person)
    d.link(own, "sag:post", d.a_post(holding.post))
    d.link(own, "org:organization", d.names.municipality)
    d.say(own, "sag:knownOn", day(holding.known_on or d.day))
    if holding.holding_status:
        d.mark(own, "sag:holdingStatus", f"holding-status/{holding.holding_status}")
    d.claim(own, holding)
    return own


def describe_commitment(at: Place, commitment: Commitment) -> None:
    """What was agreed, by whom it is to be done, for whom and by when; what is not stated is said to be missing."""
    d = at.description
    own = d.begin(at.next("commitment"), "sag:Commitment")
    d.link(own, "sag:statedIn", at.iri)
    d.say(own, "dct:description", text(commitment.description))
    d.mark(own, "sag:commitmentStatus", "commitment-status/agreed")
    describe_owner(d, own, commitment)
    if commitment.recipient and d.names.is_body(commitment.recipient):
        d.link(own, "sag:recipient", d.a_body(commitment.recipient))
    elif commitment.recipient:
        d.link(own, "sag:recipient", d.begin(f"{own}-recipient", "sag:DescribedAgent", label=commitment.recipient))
    if commitment.due_as_stated:
        d.say(own, "sag:dueAsStated", text(commitment.due_as_stated))
    else:
        d.missing(own, "sag:dueAsStated")
    if commitment.due_date:
        d.say(own, "sag:dueDate", day(commitment.due_date))
    d.claim(own, commitment)


def describe_owner(d: Description, own: str, commitment: Commitment) -> None:
    """Who is to do what was agreed: a person with the post named beside the name, a post, a body or a department."""
    owner, holding = commitment.owner, told_of(commitment.acting_as)
    if owner is None or not publishable_role(owner):
        d.missing(own, "sag:owner")
    elif holding and post_of(owner)[0] == holding.post:
        d.link(own, "sag:owner", d.a_post(holding.post))
    elif holding is None and (d.names.is_body(owner) or read_bodies(owner) or read_units(owner)):
        d.link(own, "sag:owner", proposer(d, owner))
    else:
        person = d.a_person(owner)
        d.link(own, "sag:owner", person)
        if holding:
            d.link(own, "sag:actingAs", describe_holding(d, person, holding))


def proposer(d: Description, written: str) -> str:
    """The body, department or post that a proposer's words name; the IRI."""
    if d.names.is_body(written) or read_bodies(written):
        return d.a_body(written)
    if read_units(written):
        return d.a_unit(written)
    return d.a_post(post_of(written)[0])
