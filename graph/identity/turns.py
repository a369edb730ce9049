"""What decisions say of a case's way: withdrawn, put off, sent back, taken up again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from graph.danish.sentences import sentences
from graph.identity.handled import Handled
from graph.identity.keys import own_verdict
from graph.identity.links import Link, Sighting
from graph.model import Decision, Evidence

WITHDRAWN, POSTPONED, SENT_BACK, REOPENED = "withdrawn", "postponed", "sent-back", "reopened"
RULE, SURE = "decision.turn", 0.85
_TOLD = {
    WITHDRAWN: "beslutningens ord tager sagen af dagsordenen",
    POSTPONED: "beslutningens ord udsætter sagen",
    SENT_BACK: "beslutningens ord sender sagen tilbage",
    REOPENED: "beslutningens ord genoptager sagen",
}
_FORMS = (
    (SENT_BACK, r"\b(?:sendes|sendt|sendte|sende)\b[^.]{0,60}?\btilbage\b|\btilbagesend\w*|\bhjemvis\w*"),
    (REOPENED, r"\bgenoptag\w*|\b(?:tages|taget|tage) op igen\b|\boptages til fornyet\b"),
    (
        WITHDRAWN,
        r"\b(?:ud(?:går|gik|gået)|(?:tages|taget|tage|tog|blev taget) (?:sagen )?af dagsordenen"
        r"|(?:er |blev |bliver )?(?:trukket|trækkes|trak)(?: \w+){0,2} tilbage|bortfald(?:er|t))\b",
    ),
    (POSTPONED, r"\b(?:udsat|udsættes|udsatte|udskudt|udskydes|at udsætte|at udskyde)\b"),
)
_TURNS = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _FORMS)


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn that a body's decision gives a case, with the sentence that says so."""

    kind: str
    decision: str
    item: str
    case: str
    body: str
    day: date
    sighting: Sighting


def turns(handled: Iterable[Handled]) -> Iterator[Turn]:
    """The turns that the items' own decisions tell of, in the order of the items."""
    for h in handled:
        own = (
            decision
            for decision in h.treated.agenda_item.decisions
            if own_verdict(decision.decided_by, decision.decision_date, h.minutes.meeting)
        )
        for n, decision in enumerate(own, 1):
            key = h.treated.key if n == 1 else f"{h.treated.key}~{n}"
            yield from of_decision(h, decision, h.names.decision(h.body, h.day, key))


def link_turns(found: Iterable[Turn]) -> list[Link]:
    """The links that tell why a decision is said to turn its case, each with the sentence."""
    return [
        Link(
            turn.decision, turn.case, f"{RULE}.{turn.kind}", SURE, (_TOLD[turn.kind],), (turn.sighting,), accepted=True
        )
        for turn in found
    ]


def of_decision(handled: Handled, decision: Decision, iri: str) -> Iterator[Turn]:
    """The turns of one decision, one a kind."""
    body = handled.names.body(handled.body)
    seen: set[str] = set()
    for begin, end in sentences(decision.description):
        kind = read_turn(decision.description[begin:end])
        if kind and kind not in seen:
            seen.add(kind)
            words = spoken(handled, decision, decision.description[begin:end])
            place = Sighting(handled.minutes.source.text_hash, words)
            yield Turn(kind, iri, handled.item, handled.case, body, handled.day, place)


def read_turn(sentence: str) -> str | None:
    """The turn that a sentence of a decision tells of, or None.

    >>> read_turn("Sagen sendes tilbage til Teknik- og Miljøudvalget."), read_turn("Punktet blev taget af dagsordenen.")
    ('sent-back', 'withdrawn')
    >>> read_turn("Udsat til næste møde."), read_turn("Godkendt.")
    ('postponed', None)
    """
    return next((kind for kind, pattern in _TURNS if pattern.search(sentence)), None)


def spoken(handled: Handled, decision: Decision, sentence: str) -> Evidence:
    """Where the source says a sentence of a decision; the decision's own words where it cannot be found."""
    begin = min((e.begin_index for e in decision.evidence), default=0)
    place = handled.minutes.source.text.find(sentence, begin)
    if place < 0:
        return decision.sentences[0] if decision.sentences else Evidence(begin, begin, "")
    return Evidence(place, place + len(sentence), sentence)
