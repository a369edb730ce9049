"""People's decisions put on the links that the rules found: what is decided holds, whatever the rules say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from graph.identity.ledger import Decided, Ledger
from graph.identity.links import Link

REVIEWED = "reviewed"


def decided(link: Link, one: Decided) -> Link:
    """A link as a person decided it, with the decision among its reasons."""
    reasons = tuple(dict.fromkeys((*link.reasons, told(one))))
    return replace(link, accepted=one.accepted, rejected=not one.accepted, reviewed_by=one.by, reasons=reasons)


def told(one: Decided) -> str:
    """A decision in words."""
    verb = "godkendt" if one.accepted else "forkastet"
    return f"{verb} af {one.by} den {one.on.isoformat()}: {one.reason}"


def own_link(one: Decided) -> Link:
    """The link that a decision makes where no rule found one."""
    bare = Link(one.source, one.target, REVIEWED, 1.0, (), (), accepted=False)
    return decided(bare, one)


def reviewed(links: Iterable[Link], ledger: Ledger, kind: str) -> list[Link]:
    """The links with the decisions on them, and one more for each decision that no rule found; in a steady order."""
    found: dict[str, Link] = {}
    met: set[frozenset[str]] = set()
    for link in sorted(links, key=lambda k: (k.key, k.reasons)):
        one = ledger.of(link.source, link.target)
        if one is not None:
            met.add(one.ends)
        found.setdefault(link.key, decided(link, one) if one is not None else link)
    for one in ledger.between(kind):
        if one.ends not in met:
            added = own_link(one)
            found[added.key] = added
    return [link for _, link in sorted(found.items())]
