"""Minutes as text for a person: what was understood, with the line it stands on, and what nobody claimed. In Danish."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from graph.model import (
    AgendaItem,
    Attachment,
    Claim,
    Decision,
    Minutes,
    Participation,
    RoutingStep,
    Vote,
)

WIDTH = 96
OUTCOMES = {
    "approved": "godkendt",
    "rejected": "forkastet",
    "noted": "taget til efterretning",
    "discussed": "drøftet",
    "treated": "behandlet",
    "postponed": "udsat",
    "referred": "sendt videre",
    "recommended": "anbefalet",
    "adopted_with_change": "vedtaget med ændring",
    "hearing": "sendt i høring",
    "sent-back": "sendt tilbage",
    "withdrawn": "taget af dagsordenen",
    "other": "andet",
}
STATUS = {
    "announced": "deltager (annonceret)",
    "recorded": "deltog",
    "present": "til stede",
    "absent": "fraværende",
    "recused": "inhabil",
    "mentioned": "nævnt",
}
SOURCES = {"field": "felt", "prose": "tekst", "recommendation": "indstilling", "attachment": "bilagets navn"}
ACCESS = {"open": "åbent", "closed": "lukket"}


class _Lines:
    """The line on which an offset stands."""

    def __init__(self, text: str) -> None:
        self.begins = [0]
        for line in text.split("\n")[:-1]:
            self.begins.append(self.begins[-1] + len(line) + 1)

    def of(self, offset: int) -> int:
        """The number of the line, from 1."""
        return bisect_right(self.begins, offset)


def render(minutes: Minutes) -> str:
    """What was understood of a source, each fact on a line with the number of the source's line, then the rest."""
    lines = _Lines(minutes.source.text)
    rows = [minutes.source.title, "", *_meeting(minutes, lines)]
    for item in minutes.agenda_items:
        rows += ["", *_item(item, lines, "")]
    rows += ["", f"Ikke forstået ({len(minutes.unclaimed)}):"]
    rows += [_row(lines, evidence.begin_index, _short(evidence.anchor_of)) for evidence in minutes.unclaimed]
    if not minutes.unclaimed:
        rows.append("        intet")
    return "\n".join(rows) + "\n"


def _row(lines: _Lines, offset: int | None, words: str) -> str:
    place = f"{lines.of(offset):>6}" if offset is not None else " " * 6
    return f"{place}  {words}"


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= WIDTH else words[: WIDTH - 1] + "…"


def _at(claim: Claim, supports: str = "") -> int | None:
    """Where the words of a field begin, else the whole fact."""
    own = [evidence.begin_index for evidence in claim.evidence if evidence.supports == supports]
    whole = [evidence.begin_index for evidence in claim.evidence]
    return next(iter(own or whole), None)


def _meeting(minutes: Minutes, lines: _Lines) -> Iterator[str]:
    meeting = minutes.meeting
    for label, field, value in (
        ("Kommune", "municipality", meeting.municipality),
        ("Organ", "held_by", meeting.held_by),
        ("Dato", "meeting_date", meeting.meeting_date.isoformat() if meeting.meeting_date else None),
        ("Start", "start_time", meeting.start_time),
        ("Slut", "end_time", meeting.end_time),
        ("Sted", "place", meeting.place),
        ("Art", "document_kind", meeting.document_kind),
    ):
        stated = any(evidence.supports == field for evidence in meeting.evidence)
        yield _row(lines, _at(meeting, field) if stated else None, f"{label}: {value or 'ikke oplyst'}")
    for one in meeting.participations:
        yield _row(lines, _at(one), _person(one))


def _item(item: AgendaItem, lines: _Lines, indent: str) -> Iterator[str]:
    kind = "Underpunkt" if indent else "Punkt"
    access = f" ({ACCESS[item.access_rights]})" if item.access_rights in ACCESS else ""
    title = item.title or "uden titel"
    yield _row(lines, _at(item), f"{indent}{kind} {item.item_number or item.item_order}: {_short(title)}{access}")
    for offset, words in _facts(item):
        yield _row(lines, offset, f"{indent}  {words}")
    for part in item.agenda_items:
        yield from _item(part, lines, indent + "  ")


def _facts(item: AgendaItem) -> Iterator[tuple[int | None, str]]:
    """An item's facts in words, each with its place."""
    if item.case_number:
        yield _at(item, "case_number"), f"Sagsnummer: {item.case_number}"
    for step in item.routing_steps:
        yield _at(step), _step(step)
    for asked in item.recommendations:
        yield _at(asked), f"Indstilling: {asked.recommended_by or 'uden afsender'}"
        for point in asked.recommends:
            yield None, f"  - {_short(point)}"
    for decision in item.decisions:
        yield _at(decision), _decision(decision)
    for one in item.participations:
        yield _at(one), _person(one)
    for commitment in item.commitments:
        due = f", frist {commitment.due_as_stated}" if commitment.due_as_stated else ""
        yield _at(commitment), f"Aftalt: {_short(commitment.description)} ({commitment.owner or 'uden ansvarlig'}{due})"
    for mention in item.mentions:
        day = f", {mention.mention_date.isoformat()}" if mention.mention_date else ""
        yield _at(mention), f"Nævner: {mention.pref_label}{day}"
    for framing in item.sdg_framings:
        goal = f"mål {framing.framing_goal}" if framing.framing_goal else "programmet som helhed"
        yield _at(framing), f"Verdensmål: {goal}"
    for reference in item.policy_references:
        yield _at(reference), f"Henviser til: {reference.title}"
    for attachment in item.attachments:
        yield _at(attachment), _attachment(attachment)


def _step(step: RoutingStep) -> str:
    day = step.planned_date.isoformat() if step.planned_date else step.date_as_stated
    source = SOURCES.get(step.step_source, step.step_source)
    return f"Sagsgang {step.step_order}: {step.target_body or 'organ ikke nævnt'}{f', {day}' if day else ''} ({source})"


def _decision(decision: Decision) -> str:
    who = decision.decided_by or "dette møde"
    day = f" {decision.decision_date.isoformat()}" if decision.decision_date else ""
    outcome = ", ".join(OUTCOMES.get(key, key) for key in decision.outcome)
    return f"Beslutning, {who}{day}: {outcome}{_vote(decision.vote)}: {_short(decision.description)}"


def _vote(vote: Vote | None) -> str:
    """A vote's count in words, empty where there was none."""
    if vote is None:
        return ""
    sides = (("for", vote.votes_for), ("imod", vote.votes_against), ("undlod", vote.votes_abstained))
    return f" ({', '.join(f'{count} {side}' for side, count in sides if count is not None)})"


def _person(one: Participation) -> str:
    role = f", {one.had_role}" if one.had_role else ""
    party = f" ({one.party})" if one.party else ""
    status = STATUS.get(one.participation_status, one.participation_status)
    return f"Person: {one.agent or 'navn ikke nævnt'}{party}{role}: {status}"


def _attachment(attachment: Attachment) -> str:
    access = f" ({ACCESS[attachment.access_rights]})" if attachment.access_rights in ACCESS else ""
    return f"Bilag {attachment.attachment_number or '-'}: {_short(attachment.title)}{access}"
