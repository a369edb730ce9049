"""A made meeting as Minutes, straight from what is true: what a perfect reading of its text would give."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from graph.model import (
    AgendaItem,
    Attachment,
    Decision,
    Evidence,
    Meeting,
    Minutes,
    Participation,
    PostHolding,
    RoutingStep,
    Section,
    SourceDocument,
)
from graph.municipalities.load import MunicipalitySettings
from tests.maker.truth import TrueItem, TrueMeeting, TrueMention, TrueMunicipality


@dataclass(slots=True)
class Page:
    """A text as it is written, line by line."""

    lines: list[str] = field(default_factory=list)
    length: int = 0

    def say(self, line: str) -> Evidence:
        """Adds a line; gives where it stands."""
        begin = self.length
        self.lines.append(line)
        self.length += len(line) + 1
        return Evidence(begin, begin + len(line), line)

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines) + "\n"


def settings_of(true: TrueMunicipality) -> MunicipalitySettings:
    """The settings of a made municipality: bodies with a code are known, the others only from what minutes say."""
    known = [body for body in true.bodies.values() if body.code]
    return MunicipalitySettings(
        true.code,
        true.name,
        bodies={body.code: body.names[0][1] for body in known},
        kinds={name: body.kind for body in true.bodies.values() for _, name in body.names},
    )


def minutes_of(meeting: TrueMeeting) -> Minutes:
    """The minutes of a meeting with all its items."""
    page = Page()
    heading = page.say(f"Referat af møde i {meeting.written} den {meeting.day.isoformat()}")
    roll = tuple(participation(page, one) for one in meeting.roll)
    items = tuple(agenda_item(page, meeting, item, n) for n, item in enumerate(meeting.items, 1))
    held = Meeting(
        held_by=meeting.written,
        meeting_date=meeting.day,
        document_kind="referat",
        participations=roll,
        evidence=(heading,),
        extraction_method="made",
    )
    text = page.text
    digest = hashlib.sha256(text.encode()).hexdigest()
    name = f"{meeting.body}-{meeting.day.isoformat()}.txt"
    source = SourceDocument(title=name, text=text, text_hash=digest, file_hash=digest, media_type="text/plain")
    return Minutes(source=source, meeting=held, agenda_items=items)


def participation(page: Page, one: TrueMention) -> Participation:
    """A mention as the participation that a reader would make of its sentence."""
    titled = f"{'konstitueret ' if one.acting else ''}{one.post}".strip()
    line = page.say(f"{titled} {one.written}{f' ({one.party})' if one.party else ''} {one.status}".strip())
    holding = None
    if one.post:
        status = "acting" if one.acting else None
        holding = PostHolding(post=one.post, holding_status=status, evidence=(line,), extraction_method="made")
    return Participation(
        agent=one.written or None,
        participation_status=one.status,
        had_role=titled or None,
        party=one.party or None,
        acting_as=holding,
        evidence=(line,),
        extraction_method="made",
    )


def agenda_item(page: Page, meeting: TrueMeeting, item: TrueItem, order: int) -> AgendaItem:
    """An item as a reader would make it of its text."""
    title = page.say(f"{item.number}. {item.title}")
    begin = page.length
    background = [page.say(sentence) for sentence in item.background]
    section = Section(section_kind="case-text", begin_index=begin, end_index=page.length, evidence=(title,))
    lines = {e.anchor_of: e for e in background}
    steps = []
    for n, stop in enumerate(item.stops, 1):
        sentence = next(e for line, e in lines.items() if line.startswith(f"Sagen behandles i {stop.written}"))
        steps.append(
            RoutingStep(
                target_body=stop.written,
                step_order=n,
                step_source="prose",
                planned_date=stop.day,
                evidence=(sentence,),
                extraction_method="made",
            )
        )
    decided = [page.say(sentence) for sentence in item.decision]
    decision = Decision(
        decided_by=meeting.written,
        decision_date=meeting.day,
        outcome=(item.outcome,),
        description=" ".join(item.decision),
        evidence=tuple(decided),
        extraction_method="made",
    )
    return AgendaItem(
        item_order=order,
        title=item.title,
        item_number=item.number,
        case_number=item.case_number or None,
        routing_steps=tuple(steps),
        decisions=(decision,),
        participations=tuple(participation(page, one) for one in item.people),
        attachments=tuple(
            Attachment(
                title=name,
                attachment_number=str(n),
                access_rights="open",
                identifier=number,
                evidence=(title,),
                extraction_method="made",
            )
            for n, (number, name) in enumerate(item.documents, 1)
        ),
        sections=(section,),
        evidence=(title,),
        extraction_method="made",
    )
