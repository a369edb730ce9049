"""What became of agreed actions: the later meeting that reports on one, or in which its case at least came back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import takewhile

from graph.danish.sentences import sentences
from graph.identity.cases import Handled, Link, Sighting, sighted
from graph.identity.keys import held, normal
from graph.identity.words import telling_words
from graph.model import Commitment, Evidence

REPORTED, RETURNED = "commitment.reported", "commitment.case-returned"
_LEAST_SHARED = 2
_PREFIX = 6


def link_reports(handled: list[Handled], cases: Iterable[Link], leaders: dict[str, str]) -> list[Link]:
    """For each agreed action of a corpus the link to the later treatment that reports on it, where one is held."""
    scores = {link.source: link for link in cases if link.accepted}
    treatments: dict[str, list[Handled]] = defaultdict(list)
    for h in handled:
        if held(h.minutes):
            treatments[leaders.get(h.case, h.case)].append(h)
    links: list[Link] = []
    for same in treatments.values():
        for n, h in enumerate(same):
            later = [k for k in same[n + 1 :] if k.day > h.day]
            for m, commitment in enumerate(h.treated.agenda_item.commitments, 1):
                links += followed_up(h, commitment, f"{h.item}#commitment-{m}", later=later, cases=scores)
    return sorted(links, key=lambda link: link.source)


def followed_up(
    handled: Handled, commitment: Commitment, iri: str, *, later: list[Handled], cases: dict[str, Link]
) -> list[Link]:
    """The link of one action: to the first later treatment that names it, else to the first later one at all."""
    if not later:
        return []
    stems = action_stems(commitment)
    named = [(h, found) for h in later for found in [naming(h, stems)] if found]
    back = named[0][0] if named else later[0]
    between = list(takewhile(lambda h: h is not back, later))
    chain = [cases[h.case] for h in (*between, back) if h.case in cases]
    sure = min((link.score for link in chain), default=0.9)
    reasons = [reason for link in chain[-1:] for reason in link.reasons]
    own = tuple(Sighting(handled.minutes.source.text_hash, e) for e in commitment.sentences)
    if not named:
        reasons.append("sagen kom igen, men det aftalte nævnes ikke i beslutningen")
        seen, rule = (*own, *sighted(back)), RETURNED
        return [Link(iri, f"{back.item}#treatment", rule, sure, tuple(reasons), seen, accepted=True)]
    words, sentence = named[0][1]
    reasons.append(f"beslutningen nævner det aftalte: {', '.join(words)}")
    seen = (*own, Sighting(back.minutes.source.text_hash, sentence))
    sure = round(sure * 0.9, 2)
    return [Link(iri, f"{back.item}#treatment", REPORTED, sure, tuple(reasons), seen, accepted=True)]


def naming(later: Handled, stems: frozenset[str]) -> tuple[list[str], Evidence] | None:
    """The sentence of a later decision that shares most words with an action, where it shares enough."""
    best: tuple[list[str], Evidence] | None = None
    for decision in later.treated.agenda_item.decisions:
        for whole in (e for e in decision.evidence if e.supports == "description"):
            for begin, end in sentences(whole.anchor_of):
                text = whole.anchor_of[begin:end]
                shared = sorted(w for w in normal(text).split() if stems & prefixes(w))
                if len(stems & prefixes(text)) >= _LEAST_SHARED and (best is None or len(shared) > len(best[0])):
                    best = shared, Evidence(whole.begin_index + begin, whole.begin_index + end, text)
    return best


def action_stems(commitment: Commitment) -> frozenset[str]:
    """The words of an action that tell it from others: those of its owner and its recipient do not."""
    people = [commitment.owner or "", commitment.recipient or ""]
    people.append(commitment.acting_as.post if commitment.acting_as else "")
    return prefixes(commitment.description) - prefixes(" ".join(people))


def prefixes(text: str) -> frozenset[str]:
    """The first letters of a text's telling words, so that verb and noun of one matter meet.

    >>> sorted(prefixes("afprøver modellen på to skoler") & prefixes("redegjorde for afprøvningen på de to skoler"))
    ['afprøv', 'skoler']
    """
    return frozenset(word[:_PREFIX] for word in telling_words(normal(text)) if len(word) > 4)
