"""Attachments of an umbrella item and the separate matters they belong to, told by a rare word in both titles."""

from __future__ import annotations

from collections.abc import Iterable

from graph.identity.handled import Handled, sighted
from graph.identity.keys import normal, slug
from graph.identity.links import Link, Sighting
from graph.model import AgendaItem, Attachment, Evidence

_SCORE = 0.7


def link_attachments(handled: Iterable[Handled]) -> list[Link]:
    """The links from attachments of umbrella items to the cases of their sub-items; one that fits several fits none."""
    return [link for _, link in belonging(handled)]


def belonging(handled: Iterable[Handled]) -> list[tuple[Attachment, Link]]:
    """Each attachment of an umbrella item that belongs to one of its sub-items, with the link."""
    found: list[tuple[Attachment, Link]] = []
    parts: dict[tuple[str, str], list[Handled]] = {}
    for h in handled:
        if h.treated.parent:
            parts.setdefault((h.meeting, h.treated.parent), []).append(h)
    for (_, parent), siblings in sorted(parts.items()):
        first = siblings[0]
        for n, attachment in enumerate(umbrella_of(first).attachments, 1):
            number = slug(attachment.attachment_number or f"n{n}")
            iri = first.names.attachment(first.body, first.day, f"{parent}/{number}")
            found += [(attachment, link) for link in link_attachment(iri, attachment, siblings)]
    return found


def umbrella_of(part: Handled) -> AgendaItem:
    """The umbrella item that a sub-item stands under."""
    return next(a for a in part.minutes.agenda_items if part.treated.agenda_item in a.agenda_items)


def link_attachment(iri: str, attachment: Attachment, siblings: list[Handled]) -> list[Link]:
    """The link of one attachment, where exactly one sub-item's title shares most of its rare words."""
    shared = {h.case: shared_words(attachment.title, h, siblings) for h in siblings}
    most = max((len(words) for words in shared.values()), default=0)
    best = [h for h in siblings if len(shared[h.case]) == most]
    if not most or len(best) != 1:
        return []
    words = sorted(shared[best[0].case])
    spans = tuple(Sighting(best[0].minutes.source.text_hash, e) for e in lines(attachment))
    reason = f"bilagets og punktets titel deler {'ordet' if len(words) == 1 else 'ordene'}: {', '.join(words)}"
    return [Link(iri, best[0].case, "attachment.title", _SCORE, (reason,), (*spans, *sighted(best[0])), accepted=True)]


def lines(attachment: Attachment) -> tuple[Evidence, ...]:
    """The attachment's own line."""
    return attachment.sentences[:1]


def shared_words(title: str, part: Handled, siblings: list[Handled]) -> set[str]:
    """The stems that both titles hold and no other sub-item's title does."""
    own = title_stems(part.treated.agenda_item.title or "")
    others: set[str] = set()
    for sibling in siblings:
        if sibling is not part:
            others |= title_stems(sibling.treated.agenda_item.title or "")
    return (title_stems(title) & own) - others


def title_stems(title: str) -> set[str]:
    """The words of a title that tell a matter: capitals as they are, long words by their first six letters.

    >>> sorted(title_stems("Vedr. socialområdet - Notat ERP"))
    ['erp', 'social']
    """
    capitals = {w.casefold() for w in title.replace("_", " ").replace("-", " ").split() if w.isupper() and len(w) > 2}
    words = {w for w in normal(title.replace("_", " ")).split() if len(w) > 6}
    return capitals | {w[:6] for w in words}
