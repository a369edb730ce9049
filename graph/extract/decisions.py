"""Verdicts: who decided what, on which day.

One for each body and date, and one for each verdict where a body gives two.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

from graph.danish.bodies import nominative
from graph.danish.dates import read_dates
from graph.extract.outcomes import Verdict, is_dissent, outcomes, read_verdicts
from graph.extract.passage import Passage
from graph.extract.rows import Row
from graph.extract.verdict_points import verdict_cuts
from graph.extract.votes import read_vote
from graph.model import Decision, Evidence, Vote

_ROLL = re.compile(
    r"(?:Fraværende|Fravær|Afbud|Afbud fra|Ikke til ?stede|Stedfortræder)[^\n:]{0,20}:[^\n]*", re.IGNORECASE
)
_MOTION = re.compile(r"\b\w*forslag(?:et)?\b", re.IGNORECASE)
# "Turen går til Ribe. Et forslag fra Bo Juhl om Varde faldt.": a motion that nothing before it speaks of
_A_MOTION = re.compile(r"Et (?:andet |alternativt |ændrings|mod)?forslag (?:fra|af|om|stillet|på)\b")
_PUT = re.compile(r"\b(?:foreslog|forslag|stillede|stiller|afstemning|stemte)\b", re.IGNORECASE)
_ADVICE = re.compile(r"(?:[A-ZÆØÅ][\w-]{1,40}s i|I)ndstilling(?:en|erne)?\b")
# "At-punkt 3 blev godkendt.", "Evalueringen blev godkendt."; not the motion voted on, nor who voted
_OWN_WORDS = (
    r"(?:(?:(?:At-?|Del|Indstillings)?punkt(?:et|erne)?|(?:At-?)?pkt\.?|Ad) \d"
    r"|(?!\w{0,30}?(?:indstilling|forslag|udvalg|råd|bestyrelse|flertal|beslutning|repræsentation|direktion)"
    r"|(?:sag|punkt|afstemning|formand|borgmester))"
    r"[A-ZÆØÅ][\w-]{3,40}(?:en|et|erne|ene|ne)) ?"
    r"(?:[^.:\n]{0,40} )?(?:blev|er|bliver)"
)
_OWN_SUBJECT = re.compile(rf"{_OWN_WORDS}(?! (?:dermed|herefter|således)) ", re.IGNORECASE)
_NEXT_SUBJECT = re.compile(rf"{_OWN_WORDS} ", re.IGNORECASE)  # behind a motion that was settled itself
_NO_WORDS = " \t\n\xa0.,:;-–—_|=*"  # what an empty section holds, or the rule drawn under it
OWN_MATTER = 60  # a paragraph between a verdict and a vote, so long, tells that the vote is on another matter


def read_decisions(passage: Passage, head: Row | None) -> tuple[Decision, ...]:
    """The verdicts of a section: usually one; where a body also voted on an amendment, two; where it decided otherwise
    on the next point or on a second matter, one for each."""
    text = passage.text
    said = _ROLL.sub("", text) if ":" in text else text
    if not said.strip(_NO_WORDS):
        return ()
    if cuts := verdict_cuts(text):
        points = [passage.part(begin, end) for begin, end in pairwise([0, *cuts, len(text)])]
        return tuple(_decision(point, head, read_vote(point)) for point in points)
    vote = read_vote(passage)
    edges = sorted({0, _cut(text, passage, vote), _other_point(text, passage, vote), len(text)})
    parts = [passage.part(begin, end) for begin, end in pairwise(edges)]
    return tuple(_decision(part, head, vote if _holds(part, vote) else None) for part in parts)


def heading_date(source_text: str, row: Row) -> date | None:
    """The day that a verdict's heading states."""
    if row.heading is None or row.heading.date_span is None:
        return None
    begin, end = row.heading.date_span
    found = read_dates(source_text[row.line.begin + begin : row.line.begin + end])
    return next((stated.date for stated in found if stated.date and stated.year_given), None)


def heading_body(row: Row) -> str | None:
    """The body that a verdict's heading names, in the nominative."""
    if row.heading is None or not row.heading.body:
        return None
    name = nominative(row.heading.body)
    return name.capitalize() if name.isupper() and " " in name else name  # a heading all in capitals


def _holds(part: Passage, vote: Vote | None) -> bool:
    return vote is not None and any(part.begin <= e.begin_index < part.end for e in vote.evidence)


def _cut(text: str, passage: Passage, vote: Vote | None) -> int:
    """Where a second verdict begins; 0 where there is only one."""
    verdicts = read_verdicts(text)
    mains = [verdict for verdict in verdicts if not verdict.on_amendment]
    lost = [
        verdict
        for verdict, after in pairwise(mains)
        if "rejected" in verdict.outcomes and not _goes_on(text, verdict, after)
    ]
    amendments = [verdict for verdict in verdicts if verdict.on_amendment] or lost
    if amendments and mains:
        after = next((verdict for verdict in mains if verdict.begin > amendments[-1].begin), None)
        return after.begin if after else 0
    if len(mains) == 1 and _is_a_motion_alone(text, mains[0]):
        return mains[0].begin
    if vote is None or not mains:
        return 0
    if max(e.end_index for e in vote.evidence) - passage.begin <= mains[0].begin:
        return 0 if _carries(text, mains[0]) else mains[0].begin
    return _second_matter(text, mains[0], min(e.begin_index for e in vote.evidence) - passage.begin)


def _other_point(text: str, passage: Passage, vote: Vote | None) -> int:
    """Where a verdict on a point or a matter of its own begins, on a line behind one that was voted on; else 0."""
    if vote is None:
        return 0
    voted = max(e.end_index for e in vote.evidence) - passage.begin
    mains = [verdict for verdict in read_verdicts(text) if not verdict.on_amendment]
    motion = next((v for v in mains if v.begin >= voted and "\n" not in text[voted : v.begin]), None)
    subject = _OWN_SUBJECT
    if motion is not None and _MOTION.match(text, motion.begin):  # "… Forslaget blev vedtaget.\nPlanen blev godkendt."
        voted, subject = motion.end, _NEXT_SUBJECT
    if not any(verdict.begin < voted for verdict in mains):
        return 0
    own = (v.begin for v in mains if v.begin > voted and text[: v.begin].rstrip(" ").endswith("\n"))
    return next((begin for begin in own if subject.match(text, begin)), 0)


def _goes_on(text: str, lost: Verdict, after: Verdict) -> bool:
    """Whether the next verdict is on the same matter: told once more, or the body's own advice for the one refused."""
    instead = "recommended" in after.outcomes and _ADVICE.match(text, lost.begin) is not None
    return instead or after.outcomes == ("rejected",) == lost.outcomes


def _is_a_motion_alone(text: str, verdict: Verdict) -> bool:
    """Whether the only formula refuses a motion, and what the body settled stands before it in words of its own."""
    settled = text[: verdict.begin].strip(_NO_WORDS)
    refused = "rejected" in verdict.outcomes and _A_MOTION.match(text, verdict.begin) is not None
    return refused and bool(settled) and _PUT.search(settled) is None


def _carries(text: str, verdict: Verdict) -> bool:
    """Whether a verdict is on the motion that was voted on, or on no motion at all; one on something else is another.

    "Forslaget blev sat til afstemning. … Forslaget er vedtaget." is one, and two behind an amendment.
    """
    moved = [motion[0].lower().removesuffix("et") for motion in _MOTION.finditer(text, 0, verdict.begin)]
    on = _MOTION.search(text, verdict.begin, verdict.end)  # "Da der var stemmelighed, bortfaldt forslaget."
    return not moved or (on is not None and on[0].lower().removesuffix("et") == moved[0])


def _second_matter(text: str, verdict: Verdict, vote_begin: int) -> int:
    """Where a vote's own matter begins behind a verdict on another one."""
    between = text[verdict.end : vote_begin]
    long = [paragraph for paragraph in between.split("\n") if len(paragraph.strip()) >= OWN_MATTER]
    own = [paragraph for paragraph in long if not is_dissent(paragraph, 0, len(paragraph))]
    return verdict.end + between.index(own[0]) if own and "\n" in between else 0


def _decision(passage: Passage, head: Row | None, vote: Vote | None) -> Decision:
    found = outcomes(passage.text)
    if found == ("other",) and vote is not None:
        found = _by_count(vote)
    evidence = [*_verdict_evidence(passage), *heading_evidence(passage, head)]
    heading = head.heading if head else None
    point = heading.point_span if heading else None
    return Decision(
        decided_by=heading_body(head) if head else None,
        decision_date=heading_date(passage.source.text, head) if head else None,
        outcome=found,
        description=" ".join(passage.text.split()),
        item_point=head.line.text[slice(*point)] if head and point else None,
        vote=vote,
        evidence=tuple(evidence),
        extraction_method="decision.heading" if heading else "decision.section",
        confidence=0.98 if heading else 0.95,
    )


def _by_count(vote: Vote) -> tuple[str, ...]:
    """What a vote's count decides where no formula says it."""
    if vote.votes_for is None or vote.votes_against is None or vote.votes_for == vote.votes_against:
        return ("other",)
    return ("approved",) if vote.votes_for > vote.votes_against else ("rejected",)


def _verdict_evidence(passage: Passage) -> list[Evidence]:
    """The sentences that give the verdict, and the whole text as what the description was read from."""
    text = passage.text
    firm = [v for v in read_verdicts(text) if not v.on_amendment] or list(read_verdicts(text))
    sentences = [passage.evidence(v.begin, v.end) for v in firm] or [_first_line(passage)]
    keys = passage.evidence(0, len(text), "description")
    return [*sentences, keys]


def _first_line(passage: Passage) -> Evidence:
    text = passage.text
    begin = len(text) - len(text.lstrip())
    end = text.find("\n", begin)
    return passage.evidence(begin, end if end >= 0 else len(text))


def heading_evidence(passage: Passage, head: Row | None) -> list[Evidence]:
    """The heading's line, and the words that name its body, date and point."""
    if head is None or head.heading is None:
        return []
    line, heading = head.line, head.heading
    end = line.begin + heading.value
    found = [Evidence(line.begin, end, line.text[: heading.value])]
    for span, field in (
        (heading.body_span, "decided_by"),
        (heading.date_span, "decision_date"),
        (heading.point_span, "item_point"),
    ):
        if span is not None:
            found.append(Evidence(line.begin + span[0], line.begin + span[1], line.text[slice(*span)], field))
    return found
