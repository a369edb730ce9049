"""The rules that tell two items to be of one case, each on its own: what is compared, and what it weighs."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from rapidfuzz import fuzz

from graph.identity.back_references import BackReference
from graph.identity.case_traits import Rarity, Traits
from graph.identity.handled import sighted
from graph.identity.links import Link

ACCEPT = 65.0
MONTHS_APART = 24
WORTH_JUDGING = 0.9  # rarity of the shared words; one rare word is worth 1
_TWO_WORDS = 1.6
_CONTRAST = 0.5
_PLANNED_WITHIN = timedelta(days=150)
_SAME_TITLE = 95.0
_MONTHS_ELSEWHERE = 6


def similarity(earlier: Traits, later: Traits) -> float:
    """How much the telling words of two titles are alike, 0 to 100."""
    return fuzz.token_set_ratio(" ".join(sorted(earlier.words)), " ".join(sorted(later.words)))


def by_number(earlier: Traits, later: Traits) -> Link | None:
    """The link of two items with one case number; a proposal where their titles have nothing in common."""
    if not later.case_number or earlier.case_number != later.case_number:
        return None
    alike = bool(earlier.words & later.words) or plans(earlier, later) is not None
    link = case_link(earlier, later, "case.number", score=0.98, reasons=(f"samme sagsnummer: {later.case_number}",))
    if alike:
        return link
    return replace(link, score=0.6, accepted=False, reasons=(*link.reasons, "titlerne har intet ord til fælles"))


def by_reference(earlier: Traits, later: Traits, references: list[BackReference]) -> Link | None:
    """The link that the later item states itself: body, date and item, or body and date and a word of the title."""
    h = earlier.handled
    for one in references:
        if (one.body, one.day) != (h.names.body(h.body), h.day):
            continue
        numbered = one.number is not None and one.number == (h.treated.agenda_item.item_number or "").strip(". ")
        worded = bool(earlier.words & later.words)
        if numbered or worded:
            how = f"pkt. {one.number}" if numbered else "titlerne deler et ord"
            reasons = (f"teksten henviser til {h.body} den {h.day.isoformat()}", how)
            link = case_link(earlier, later, "case.reference", score=0.97 if numbered else 0.88, reasons=reasons)
            return replace(link, sightings=(one.sighting, *link.sightings))
    return None


def by_document(earlier: Traits, later: Traits) -> Link | None:
    """The link of two items that carry one document, by its printed number."""
    shared = sorted(number.partition(" ")[2] for number in earlier.documents & later.documents)
    if not shared or numbers_differ(earlier, later):
        return None
    alike = bool(earlier.words & later.words)
    reason = f"samme dokument er bilag til begge: {', '.join(shared)}"
    return case_link(earlier, later, "case.document", score=0.95 if alike else 0.8, reasons=(reason,))


def by_title(earlier: Traits, later: Traits, rare: Rarity) -> Link | None:
    """The link of two items by the rare words of their titles and what else speaks for one case."""
    shared = earlier.words & later.words
    score, weight = similarity(earlier, later), rare.sum(shared)
    if weight < WORTH_JUDGING or score < ACCEPT or numbers_differ(earlier, later):
        return None
    if earlier.case_number and later.case_number and earlier.case_number != later.case_number:
        return None
    planned, same_body = plans(earlier, later), earlier.line == later.line
    chiefs = sorted(earlier.chiefs & later.chiefs)
    near = months_between(earlier, later) <= MONTHS_APART
    words = sorted(word for word in shared if rare.of(word) > 0)
    reasons = [
        f"titlerne deler de sjældne ord: {', '.join(words)}",
        f"titlerne ligner hinanden ({score:.0f} af 100)",
        *([planned] if planned else []),
        *([f"samme organ ({later.handled.body}) inden for {MONTHS_APART} måneder"] if same_body else []),
        *([f"samme embedsmand deltager: {', '.join(chiefs)}"] if chiefs and not same_body else []),
    ]
    link = case_link(
        earlier,
        later,
        "case.announced" if planned else "case.title",
        score=min(0.95, score / 100 * (0.95 if planned else 0.85)),
        reasons=tuple(reasons),
    )
    if near and enough(earlier, later, rare, planned=planned):
        return link
    if contrast(earlier, later, rare) >= _CONTRAST and not planned:
        return None  # two matters that share a place or a kind: not worth a person's while
    return replace(link, score=min(link.score, 0.6), accepted=False)


def enough(earlier: Traits, later: Traits, rare: Rarity, *, planned: str | None) -> bool:
    """Whether the titles and what stands around them are enough for one case, and not only for a proposal.

    Where each title has a telling word that the other lacks, they name two matters, unless the very day was announced.
    In two bodies the titles must be nearly the same, or an official must come along, and not half a year pass between.
    """
    shared = earlier.words & later.words
    weight, apart = rare.sum(shared), contrast(earlier, later, rare)
    if later.handled.day in earlier.planned.get(later.line, ()):
        return apart < max(_CONTRAST, weight / 2)
    if apart >= _CONTRAST:
        return False
    if planned:
        return True
    same_title = similarity(earlier, later) >= _SAME_TITLE
    strong = weight >= _TWO_WORDS or (same_title and len(shared) > 1)
    chief = bool(earlier.chiefs & later.chiefs)
    if earlier.line == later.line:
        return strong or chief
    return strong and (chief or same_title) and months_between(earlier, later) <= _MONTHS_ELSEWHERE


def contrast(earlier: Traits, later: Traits, rare: Rarity) -> float:
    """How much each of two titles tells that the other does not: nothing where one says all that the other says."""
    return min(rare.sum(earlier.words - later.words), rare.sum(later.words - earlier.words))


def numbers_differ(earlier: Traits, later: Traits) -> bool:
    """Whether each title holds a number that the other lacks: "Budget 2023" and "Budget 2024" are two cases."""
    return bool(earlier.numbers - later.numbers and later.numbers - earlier.numbers)


def months_between(earlier: Traits, later: Traits) -> int:
    """The months between two items."""
    first, second = earlier.handled.day, later.handled.day
    return (second.year - first.year) * 12 + second.month - first.month


def plans(earlier: Traits, later: Traits) -> str | None:
    """In words, that the earlier item plans the later meeting: its very day, or its body within five months."""
    days = earlier.planned.get(later.line)
    if days is None or later.handled.day <= earlier.handled.day:
        return None
    body, day = later.handled.body, later.handled.day
    if day in days:
        return f"det første punkt varsler mødet i {body} den {day.isoformat()}"
    if day - earlier.handled.day <= _PLANNED_WITHIN and earlier.line != later.line:
        return f"det første punkt sender sagen til {body}"
    return None


def case_link(earlier: Traits, later: Traits, rule: str, *, score: float, reasons: tuple[str, ...]) -> Link:
    """An accepted link from the later item's case to the earlier one's, with both titles."""
    spans = (*sighted(earlier.handled), *sighted(later.handled))
    return Link(later.case, earlier.case, rule, round(score, 2), reasons, spans, accepted=True)
