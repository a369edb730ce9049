"""What minutes state: frozen dataclasses, no RDF and no files.

A class is named as its RDF class, a field as its RDF property (`graph.terms` holds both tables); a tuple of parts is
named as the plural of their class. Bodies, posts and persons stand here as they are written in the source, in the
nominative; `graph.identity` gives them keys.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from graph.values import value


@value()
class Evidence:
    """The words of a source that a fact rests on (belæg).

    Offsets count code points of `SourceDocument.text`, end exclusive; `anchor_of` is the text between them.
    `supports` names the one field that the words were read from; empty where they are the sentence (or line) that
    states the whole fact, and only such evidence is published.
    """

    begin_index: int
    end_index: int
    anchor_of: str
    supports: str = ""


@value(kw_only=True)
class Claim:
    """A fact that a source states, with the rule that read it and how sure that rule is (0 to 1)."""

    evidence: tuple[Evidence, ...] = ()
    extraction_method: str = ""
    confidence: float = 1.0

    @property
    def sentences(self) -> tuple[Evidence, ...]:
        """The sentences or lines that state the whole fact."""
        return tuple(e for e in self.evidence if not e.supports)


@value(kw_only=True)
class SourceDocument:
    """One file as read (kildefil): its exact text, cleaned to `\\n` line ends, NFC and no control characters.

    `text_hash` is the SHA-256 of the text in UTF-8, `file_hash` of the file; `page_start` is where pages begin.
    """

    title: str
    text: str
    text_hash: str
    file_hash: str
    media_type: str
    page_start: tuple[int, ...] = ()


@value(kw_only=True)
class Section(Claim):
    """A labelled part of an agenda item (afsnit); the evidence is its heading, the offsets what follows it.

    `section_kind` is a concept key: access, routing, case-text, recommendation, decision, attachments, ...
    """

    section_kind: str
    begin_index: int
    end_index: int


@value(kw_only=True)
class PostHolding(Claim):
    """A person's post as a text states it (hverv, stilling).

    `post` is the title in its indefinite form, lower case ("økonomichef"); `holding_status` is acting (konstitueret,
    fungerende), deputy (stedfortræder), former, or None where the text gives the bare title.
    """

    post: str
    holding_status: str | None = None
    known_on: date | None = None


@value(kw_only=True)
class Participation(Claim):
    """A person's part in a meeting or in the treatment of an item (deltagelse).

    `participation_status` is announced ("deltager"), recorded ("deltog", "redegjorde"), present, absent, recused
    (inhabil), or mentioned (named without taking part: in the reader's record only, never in the graph).
    `agent` is the name as written, None where only the post is named. `had_role` is the post or part as written.
    `inferred_by` names the rule where the name was inferred from the post.
    """

    agent: str | None
    participation_status: str
    had_role: str | None = None
    party: str | None = None
    acting_as: PostHolding | None = None
    substitutes: str | None = None
    inferred_by: str | None = None
    reason: str | None = None


@value(kw_only=True)
class RoutingStep(Claim):
    """A body that a case is sent to (sagstrin), as planned by the text.

    `step_source` tells where it is read: field (Sagsgang and its kin), prose, recommendation or attachment (a file's
    name). `target_body` is None where the text names none ("forud for politisk behandling"). `planned_date` is None
    where no full date can be told; `date_precision` is day, week, month or vague; `inferred_by` names the rule where
    the year was inferred. `step_order` counts from 1; parallel stops share it.
    """

    target_body: str | None
    step_order: int
    step_source: str
    planned_date: date | None = None
    date_as_stated: str | None = None
    date_precision: str | None = None
    inferred_by: str | None = None
    step_role: str | None = None


@value(kw_only=True)
class Recommendation(Claim):
    """What a body is asked to decide (indstilling); `recommends` holds its points in order."""

    recommends: tuple[str, ...]
    recommended_by: str | None = None


@value(kw_only=True)
class Vote(Claim):
    """A vote as printed or counted (afstemning); names as written."""

    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    cast_for: tuple[str, ...] = ()
    cast_against: tuple[str, ...] = ()
    cast_abstained: tuple[str, ...] = ()


@value(kw_only=True)
class Decision(Claim):
    """A verdict of a body (beslutning).

    `decided_by` and `decision_date` are None where the heading states neither (a bare "Beslutning": this meeting).
    `outcome` holds concept keys, the weightiest first: approved, rejected, noted, discussed, treated, postponed,
    referred, recommended, adopted_with_change, other. `description` is the verdict's text.
    """

    decided_by: str | None
    decision_date: date | None
    outcome: tuple[str, ...]
    description: str
    item_point: str | None = None
    vote: Vote | None = None


@value(kw_only=True)
class Commitment(Claim):
    """What was agreed to be done (aftalt opfølgning); owner and recipient as written, `acting_as` the owner's post."""

    description: str
    owner: str | None = None
    acting_as: PostHolding | None = None
    recipient: str | None = None
    due_as_stated: str | None = None
    due_date: date | None = None


@value(kw_only=True)
class Attachment(Claim):
    """A file that goes with an item (bilag).

    `access_rights` is open, closed or None; `source_flag` the unexplained mark as printed ("H"); `identifier` the
    file's own number, `case_file` the number in brackets behind it; both are None on closed attachments.
    """

    title: str
    attachment_number: str | None = None
    access_rights: str | None = None
    identifier: str | None = None
    case_file: str | None = None
    source_flag: str | None = None


@value(kw_only=True)
class SdgFraming(Claim):
    """Words that frame an item by the Sustainable Development Goals (indramning ved verdensmål).

    `framing_level` is programme (the goals as a whole), goal or target; `framing_goal` is "4" or "4.7".
    `text_hash` fingerprints the paragraph it stands in, so that standing text can be told.
    """

    framing_level: str
    framing_goal: str | None = None
    text_hash: str = ""


@value(kw_only=True)
class RecurringText(Claim):
    """A paragraph that may recur from meeting to meeting (standardtekst); `text_hash` tells whether it does."""

    text_hash: str


@value(kw_only=True)
class PolicyReference(Claim):
    """An agreement, law, policy or strategy that the text leans on (henvisning).

    `reference_kind` is agreement, framework-agreement, law, policy, strategy or plan; `section_kind` tells where it
    stands.
    """

    title: str
    reference_kind: str
    section_kind: str


@value(kw_only=True)
class Mention(Claim):
    """A body, department or organisation that an item names (omtale).

    `mention_kind` is body, described-body ("de to chefgrupper"), department or organisation; `mention_date` is the
    date the text gives for that body.
    """

    pref_label: str
    mention_kind: str
    mention_date: date | None = None


@value(kw_only=True)
class AgendaItem(Claim):
    """One point on an agenda (dagsordenspunkt) or a separate matter under an umbrella item (underpunkt).

    The evidence without `supports` is the title's line, or the item's first line where no title is printed.
    An umbrella item holds its matters in `agenda_items` and concerns no case of its own.
    """

    item_order: int
    title: str | None = None
    item_number: str | None = None
    access_rights: str | None = None
    case_number: str | None = None
    route_as_stated: str | None = None
    routing_steps: tuple[RoutingStep, ...] = ()
    recommendations: tuple[Recommendation, ...] = ()
    decisions: tuple[Decision, ...] = ()
    participations: tuple[Participation, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    sdg_framings: tuple[SdgFraming, ...] = ()
    recurring_texts: tuple[RecurringText, ...] = ()
    policy_references: tuple[PolicyReference, ...] = ()
    mentions: tuple[Mention, ...] = ()
    sections: tuple[Section, ...] = ()
    agenda_items: tuple[AgendaItem, ...] = ()


@value(kw_only=True)
class Meeting(Claim):
    """A meeting of a body (møde), as its header or a decision heading states it.

    `held_by` is the body as written, nominative; `document_kind` is dagsorden, referat or None where not stated;
    times are HH:MM. The participations are those of the whole meeting.
    """

    held_by: str | None = None
    meeting_date: date | None = None
    start_time: str | None = None
    end_time: str | None = None
    place: str | None = None
    document_kind: str | None = None
    municipality: str | None = None
    participations: tuple[Participation, ...] = ()


@value(kw_only=True)
class Minutes:
    """All that one source states, and the text that no fact and no known label claimed."""

    source: SourceDocument
    meeting: Meeting
    agenda_items: tuple[AgendaItem, ...] = ()
    unclaimed: tuple[Evidence, ...] = ()


def claims(thing: object) -> Iterator[Claim]:
    """Every claim inside a thing, itself first where it is one, in the order they are held."""
    if isinstance(thing, Claim):
        yield thing
    names = thing.__dataclass_fields__ if isinstance(thing, Claim | Minutes) else ()
    for part in thing if isinstance(thing, tuple) else (getattr(thing, name) for name in names if name != "evidence"):
        if isinstance(part, tuple | Claim):
            yield from claims(part)
