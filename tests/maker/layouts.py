"""The layouts in which a made paper can be printed, each with the kinds of fact that it leaves out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.maker import layout_case_systems as systems
from tests.maker import layout_portals as portals
from tests.maker import layout_transcripts as transcripts
from tests.maker.papers import Paper


@dataclass(frozen=True, slots=True)
class LayoutOf:
    """A way of printing a paper. `omits` are the kinds of fact that it does not print."""

    name: str
    printed: Callable[[Paper], str]
    omits: frozenset[str] = frozenset()


def _layout(printed: Callable[[Paper], str], *omits: str) -> LayoutOf:
    return LayoutOf(printed.__name__, printed, frozenset(omits))


LAYOUTS = (
    _layout(systems.preview, "access", "earlier"),
    _layout(systems.html_file, "routing", "roll-present"),
    _layout(systems.grid_page, "number", "start", "access", "roll", "earlier"),
    _layout(systems.county_codes, "start", "place", "earlier", "case-number", "full-routing", "attachments"),
    _layout(systems.untitled, "number", "title", "routing", "access", "earlier", "attachments"),
    _layout(portals.first_agenda, "case-number", "access", "earlier"),
    _layout(portals.region, "case-number", "access", "routing", "start", "place", "roll", "kind"),
    _layout(portals.capital_city, "number", "body", "routing", "access", "case-number", "roll", "kind", "attachments"),
    _layout(portals.aspx, "case-number", "access", "earlier", "kind"),
    _layout(portals.suburb, "case-number", "access", "start", "place", "kind", "full-routing", "attachments"),
    _layout(portals.north_zealand, "routing", "access", "place", "roll", "kind", "attachments"),
    _layout(transcripts.flat, "routing", "access", "earlier", "attachments"),
    _layout(transcripts.inline, "access", "start", "place", "roll", "earlier", "kind", "full-routing", "attachments"),
    _layout(transcripts.shared_verdicts, "access", "roll-present", "attachments"),
)
