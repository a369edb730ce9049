"""Whether a decision follows its recommendation, told by the outcome and by what the decision adds: computed by us."""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.identity.attachments import umbrella_of
from graph.identity.cases import Handled, Link, Sighting
from graph.identity.keys import own_verdict
from graph.model import AgendaItem, Decision, Evidence, Recommendation

RULE = "decision.follows"
_TREAT = re.compile(r"\b(?:behandl|drøft)\w*")
_NOTE = re.compile(r"\b(?:orienter\w*|efterretning)\b")
_TREATED = frozenset({"treated", "discussed", "noted", "approved", "recommended", "adopted_with_change", "referred"})
_SETTLED = frozenset({"approved", "recommended"})


@dataclass(frozen=True, slots=True)
class Departure:
    """A decision held against its recommendation: yes, partly, no or not-stated, and the link that tells why."""

    decision: str
    followed: str
    link: Link


def departures(handled: list[Handled]) -> list[Departure]:
    """How far each decision of a corpus follows what was recommended, in a steady order."""
    found = [departure for h in handled for departure in judged(h)]
    return sorted(found, key=lambda d: d.decision)


def judged(handled: Handled) -> list[Departure]:
    """The decisions of one item against the recommendation of the item or of the umbrella that it stands under."""
    treated = handled.treated
    proposing = umbrella_of(handled) if treated.parent else treated.agenda_item
    if not proposing.recommendations:
        return []
    key = treated.parent or treated.key
    target = f"{handled.names.agenda_item(handled.body, handled.day, key)}#recommendation-1"
    meeting = handled.minutes.meeting
    own = [d for d in treated.agenda_item.decisions if own_verdict(d.decided_by, d.decision_date, meeting)]
    found = []
    for n, decision in enumerate(own, 1):
        iri = handled.names.decision(handled.body, handled.day, treated.key if n == 1 else f"{treated.key}~{n}")
        asked = proposing.recommendations[0]
        followed, score, reasons = compared(asked, decision, additions(treated.agenda_item))
        hash_ = handled.minutes.source.text_hash
        sightings = tuple(Sighting(hash_, e) for e in (*asked.sentences[:1], *decision.sentences))
        found.append(Departure(iri, followed, Link(iri, target, RULE, score, reasons, sightings, accepted=True)))
    return found


def additions(agenda_item: AgendaItem) -> list[Evidence]:
    """The sentences of a decision that add to what was asked: what was agreed, and what it leans on beside that."""
    agreed = [e for commitment in agenda_item.commitments for e in commitment.sentences]
    leant = [
        e
        for reference in agenda_item.policy_references
        if reference.section_kind == "decision"
        for e in reference.sentences
    ]
    return list(dict.fromkeys([*agreed, *leant]))


def compared(asked: Recommendation, decision: Decision, added: list[Evidence]) -> tuple[str, float, tuple[str, ...]]:
    """How far a decision follows what was asked, how sure that is, and why."""
    points, outcome = " ".join(asked.recommends).casefold(), frozenset(decision.outcome)
    score = 0.8
    if "rejected" in outcome or "postponed" in outcome:
        followed, why = "no", "udfaldet er, at sagen blev forkastet eller udsat"
    elif "adopted_with_change" in outcome:
        followed, why = "partly", "udfaldet er en vedtagelse med ændringer"
    elif _TREAT.search(points) and outcome & _TREATED:
        followed, why = "yes", "det var indstillet, at sagen behandles eller drøftes, og det blev den"
    elif _NOTE.search(points) and "noted" in outcome:
        followed, why = "yes", "det var indstillet til efterretning, og sådan blev det taget"
    elif outcome & _SETTLED:
        followed, why = "yes", "udfaldet er godkendt eller anbefalet"
    else:
        return "not-stated", 0.5, ("udfaldet viser ikke, om indstillingen blev fulgt",)
    if followed == "yes" and added:
        return (
            "partly",
            score,
            (why, f"beslutningen føjer noget til: {len(added)} {'sætning' if len(added) == 1 else 'sætninger'}"),
        )
    return followed, score, (why,)
