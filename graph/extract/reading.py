"""What is known while items are read, and the facts of a stretch of text as they are collected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from graph.extract.commitments import read_commitments
from graph.extract.framings import read_framings, read_recurring
from graph.extract.mentions import read_mentions
from graph.extract.participations import join_participations, join_posts
from graph.extract.passage import Passage
from graph.extract.references import read_references
from graph.extract.steps import read_steps
from graph.model import (
    Commitment,
    Evidence,
    Mention,
    Participation,
    PolicyReference,
    RecurringText,
    RoutingStep,
    SdgFraming,
    SourceDocument,
)
from graph.values import value

_DEFINITE = re.compile(r"(?P<noun>center|afdeling|forvaltning|sekretariat|stab|kontor|sektion|enhed|team)(?:et|en)$")
STANDING = frozenset({"case-text", "summary", "opening"})


@value()
class Reading:
    """What is known while an item is read: the source, its meeting, the local codes, the header's people."""

    source: SourceDocument
    meeting_date: date | None
    body: str | None
    codes: dict[str, str]
    header: tuple[Participation, ...] = ()
    people: tuple[str, ...] = ()

    def passage(self, begin: int, end: int, kind: str) -> Passage:
        """The stretch of the source, as a passage of this meeting."""
        last = end if end > begin else begin
        return Passage(self.source, begin, last, kind, self.meeting_date, self.body, self.people)

    def quote(self, span: tuple[int, int], supports: str = "") -> Evidence:
        """Evidence for a place in the source."""
        return Evidence(span[0], span[1], self.source.text[span[0] : span[1]], supports)


@dataclass(slots=True)
class Facts:
    """The facts of one stretch of text, as they are collected."""

    participations: list[Participation] = field(default_factory=list)
    steps: list[RoutingStep] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    framings: list[SdgFraming] = field(default_factory=list)
    recurring: list[RecurringText] = field(default_factory=list)
    references: list[PolicyReference] = field(default_factory=list)

    def read(self, passage: Passage) -> None:
        """Add what a passage states beside its people."""
        self.mentions.extend(read_mentions(passage))
        if passage.section_kind == "title":
            return
        self.steps.extend(read_steps(passage, first_order=len(self.steps) + 1))
        if passage.section_kind == "decision":
            self.commitments.extend(read_commitments(passage))
        self.framings.extend(read_framings(passage))
        self.references.extend(read_references(passage))
        if passage.section_kind in STANDING:
            self.recurring.extend(read_recurring(passage))


def joined_mentions(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """One mention for each name, kind and date, with the evidence of all."""
    found: dict[tuple[str, str, date | None], Mention] = {}
    for mention in mentions:
        key = (mention.pref_label.casefold(), mention.mention_kind, mention.mention_date)
        known = found.get(key)
        found[key] = replace(known, evidence=(*known.evidence, *mention.evidence)) if known else mention
    named = [one.pref_label.casefold() for one in found.values() if one.mention_kind == "department"]
    if len(named) <= 1:
        return tuple(found.values())
    return tuple(one for one in found.values() if not _is_short_for(one, named))


def _is_short_for(one: Mention, named: Sequence[str]) -> bool:
    """Whether a department is named without the place or field that another mention gives it ("Jobcenteret", where
    "Jobcenter Skovby" is named too)."""
    if one.mention_kind != "department":
        return False
    bare = _DEFINITE.sub(r"\g<noun>", one.pref_label.casefold().replace("centret", "centeret"))
    return any(other.startswith(f"{bare} ") for other in named)


def joined(participations: Sequence[Participation]) -> tuple[Participation, ...]:
    """One participation for each person and status, with posts and names put together."""
    return join_participations(join_posts(tuple(participations)))
