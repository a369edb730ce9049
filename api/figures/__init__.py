"""The small drawings of the pages, as SVG made in Python: the marks of a route's stops and the locks of attachments.

Every state has a shape of its own and always stands beside its word, so that colour never tells anything alone. Lines
and fills take the colours of the style sheet by class; there is no style attribute, which the pages' policy forbids.
"""

from __future__ import annotations

from markupsafe import Markup

# Drawn on a field of 24 by 24; "paper" is the ground, so that the track does not show through.
RING = '<circle class="paper" cx="12" cy="12" r="9"/>'
MARKS = {
    "treated": '<circle class="full" cx="12" cy="12" r="10"/><path class="on" d="M7.5 12.5l3 3 6-7"/>',
    "pending": RING,
    "undated": (
        '<circle class="paper dots" cx="12" cy="12" r="9"/>'
        '<path d="M9.5 9.5a2.5 2.5 0 1 1 3.6 2.3q-1.1.6-1.1 1.7M12 16.3v.4"/>'
    ),
    "overdue": '<path class="paper" d="M12 2.5 22 20.5H2z"/><path d="M12 9v5.5M12 17.3v.4"/>',
    "moved": f'{RING}<path d="M7.5 12h8.5M13 8.5l3.5 3.5-3.5 3.5"/>',
    "lapsed": f'{RING}<path d="M7.5 12h9"/>',
    "contradicted": (
        '<path class="paper" d="M12 1.8 22.2 12 12 22.2 1.8 12z"/><path d="M8.7 9.7h6.6M8.7 14.3h6.6M14 7.5l-4 9"/>'
    ),
    "withdrawn": f'{RING}<path d="M8.5 8.5l7 7M15.5 8.5l-7 7"/>',
}
LOCKS = {
    "open": '<path d="M7.5 11V7.2a4.2 4.2 0 0 1 8-1.9"/><rect class="paper" x="5" y="11" width="14" height="10"/>',
    "closed": '<path d="M7.8 11V7.2a4.2 4.2 0 0 1 8.4 0V11"/><rect class="full" x="5" y="11" width="14" height="10"/>',
}


def mark(state: str) -> Markup:
    """The mark of a stop in a state; a state without a mark of its own gets the plain ring.

    >>> print(mark("pending"))
    <svg class="mark pending" viewBox="0 0 24 24" aria-hidden="true"><circle class="paper" cx="12" cy="12" r="9"/></svg>
    """
    known = state if state in MARKS else "pending"
    return drawing(f"mark {known}", MARKS[known])


def lock(access: str) -> Markup:
    """An open or a closed lock; nothing where the source does not say."""
    return drawing(f"lock {access}", LOCKS[access]) if access in LOCKS else Markup("")


def drawing(name: str, shapes: str) -> Markup:
    """An SVG that screen readers pass by, since its word stands beside it; both arguments are our own constants."""
    return Markup('<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>').format(name, Markup(shapes))  # noqa: S704
