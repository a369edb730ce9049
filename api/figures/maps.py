"""The map of the network as one SVG: what a browser shows before, or without, the script that makes the map move.

It is a picture of its own address, so it may not read the pages' style sheet: its colours are attributes, once for
light and once for dark pages. Kinds differ by shape as well as by colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from api.figures.charts import shortened

MARGIN = 0.04
# How many pixels wide the picture is expected to be shown, which decides how large its words are drawn.
WIDTHS = {"wide": 900, "narrow": 320}
TALL = 600
COLOURS = {
    "light": {"ink": "#14212b", "paper": "#fff", "edge": "#6b7680", "cases": "#1d5fad", "bodies": "#0b5c4b",
              "people": "#5c4a9e", "departments": "#8a5a00", "attachments": "#455d6e", "sdgs": "#b3261e"},
    "dark": {"ink": "#e8ecee", "paper": "#1a2226", "edge": "#8b98a2", "cases": "#6ea8ef", "bodies": "#58bfa2",
             "people": "#a998f0", "departments": "#dba64a", "attachments": "#9db3c2", "sdgs": "#f28b82"},
}  # fmt: skip
# Half the width of a mark on the map, and of the marks that have a name beside them.
SIZE, NAMED = 4.5, 8.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A thing on the map: its place, its kind, and its name where that stands beside it."""

    x: float
    y: float
    kind: str
    name: str = ""


def shape(kind: str, x: float, y: float, *, r: float) -> str:
    """The outline of a kind's mark: a circle for people, a hexagon for bodies, a diamond for goals, else a square.

    >>> shape("sdgs", 10, 10, r=4)
    'M10 6l4 4-4 4-4 -4z'
    """
    h = r / 2
    return {
        "people": f"M{x - r:g} {y:g}a{r:g} {r:g} 0 1 0 {2 * r:g} 0a{r:g} {r:g} 0 1 0 {-2 * r:g} 0z",
        "bodies": f"M{x - r:g} {y:g}l{h:g} {-r:g}h{r:g}l{h:g} {r:g}{-h:g} {r:g}h{-r:g}z",
        "departments": f"M{x - r:g} {y - r:g}h{r:g}l{r:g} {r:g}{-r:g} {r:g}h{-r:g}z",
        "sdgs": f"M{x:g} {y - r:g}l{r:g} {r:g}{-r:g} {r:g}{-r:g} {-r:g}z",
    }.get(kind, f"M{x - r:g} {y - r:g}h{2 * r:g}v{2 * r:g}h{-2 * r:g}z")


def map_picture(spots: Sequence[Spot], ties: Iterable[tuple[int, int]], *, scheme: str, width: str) -> str:
    """The whole SVG file: ties first, then the marks by kind, then names over all."""
    colours = COLOURS[scheme]
    left, top, wide, high = frame(spots)
    scale = max(wide / WIDTHS[width], high / TALL)
    drawn = list(ties)
    lines = "".join(f"M{spots[a].x:.0f} {spots[a].y:.0f}L{spots[b].x:.0f} {spots[b].y:.0f}" for a, b in drawn)
    faint, thin = 0.14 if len(drawn) > 1200 else 0.35, round(0.8 * scale, 2)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left:.0f} {top:.0f} {wide:.0f} {high:.0f}">',
        f'<path d="{lines}" fill="none" stroke="{colours["edge"]}" stroke-width="{thin}" opacity="{faint}"/>',
    ]
    for kind in dict.fromkeys(spot.kind for spot in spots):
        marks = "".join(mark(spot, scale) for spot in spots if spot.kind == kind)
        parts.append(f'<path d="{marks}" fill="{colours.get(kind, colours["ink"])}"/>')
    parts.append(names([spot for spot in spots if spot.name], colours, scale))
    return "".join([*parts, "</svg>"])


def mark(spot: Spot, scale: float) -> str:
    """The outline of one mark in the map's own measure."""
    r = round((NAMED if spot.name else SIZE) * (scale if spot.name else 1), 1)
    return shape(spot.kind, round(spot.x), round(spot.y), r=r)


def frame(spots: Sequence[Spot]) -> tuple[float, float, float, float]:
    """Left, top, width and height of what the spots take, with a margin and room for names on the right."""
    if not spots:
        return 0, 0, 100, 100
    left, right = min(spot.x for spot in spots), max(spot.x for spot in spots)
    top, low = min(spot.y for spot in spots), max(spot.y for spot in spots)
    wide, high = max(right - left, 100), max(low - top, 100)
    return left - MARGIN * wide, top - MARGIN * high, (1 + 4 * MARGIN) * wide, (1 + 2 * MARGIN) * high


def names(spots: Iterable[Spot], colours: Mapping[str, str], scale: float) -> str:
    """The names beside their marks, with a halo; one that would cover another is left out."""
    size, shown, taken = 14 * scale, [], list[tuple[float, float, float]]()
    for spot in spots:
        told = shortened(spot.name)
        x, y, wide = spot.x + 12 * scale, spot.y + 5 * scale, 0.55 * size * len(told)
        if any(abs(y - oy) < 1.1 * size and x < ox + owide and ox < x + wide for ox, oy, owide in taken):
            continue
        taken.append((x, y, wide))
        shown.append(f'<text x="{x:.0f}" y="{y:.0f}">{escape(told)}</text>')
    return (
        f'<g font-family="IBM Plex Sans, system-ui, sans-serif" font-weight="600" font-size="{size:.1f}" '
        f'fill="{colours["ink"]}" stroke="{colours["paper"]}" stroke-width="{4 * scale:.1f}" stroke-linejoin="round" '
        f'paint-order="stroke">{"".join(shown)}</g>'
    )
