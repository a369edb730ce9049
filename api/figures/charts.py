"""Figures of numbers, as SVG made in Python: where cases go, how goals frame them, how complete sources are.

Each takes plain numbers and names and gives a picture that screen readers are told in one sentence; the page sets a
table beside it. Colours come from the style sheet by class; widths and heights are attributes, never styles.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDE, GAP, BAR = 620, 14, 14
SHORTENED = 26


@dataclass(frozen=True, slots=True)
class Flow:
    """So many cases from one place to another; each place has a key and a name."""

    source: str
    target: str
    cases: int


@dataclass(frozen=True, slots=True)
class Spoke:
    """One part of the wheel: its number or word, how many cases name it, and a name for the title."""

    key: str
    label: str
    value: int


def shortened(text: str, most: int = SHORTENED) -> str:
    """A name that fits a figure.

    >>> shortened("Kommunalbestyrelsen i Norddjurs Kommune")
    'Kommunalbestyrelsen i Nor…'
    """
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def picture(name: str, size: tuple[float, float], shapes: Iterable[Markup], *, title: str) -> Markup:
    """An SVG with a title that is read aloud."""
    return Markup(
        '<svg class="chart {0}" viewBox="0 0 {1:.0f} {2:.0f}" width="{1:.0f}" height="{2:.0f}" role="img" '
        'aria-label="{3}">{4}</svg>'
    ).format(name, *size, title, Markup("").join(shapes))


def layers(flows: Sequence[Flow]) -> dict[str, int]:
    """The column of each place: one behind the last place that sends to it; a way back counts for nothing.

    >>> layers([Flow("dir", "hu", 2), Flow("hu", "kb", 1), Flow("kb", "dir", 1)])
    {'dir': 0, 'hu': 1, 'kb': 2}
    """
    depth = {place: 0 for flow in flows for place in (flow.source, flow.target)}
    kept = forward(flows)
    for _ in depth:
        for flow in kept:
            depth[flow.target] = max(depth[flow.target], depth[flow.source] + 1)
    return depth


def forward(flows: Sequence[Flow]) -> list[Flow]:
    """The flows without those that would close a circle; the largest are kept first."""
    kept: list[Flow] = []
    onward: dict[str, set[str]] = {}
    for flow in sorted(flows, key=lambda flow: (-flow.cases, flow.source, flow.target)):
        if flow.source != flow.target and not reaches(onward, flow.target, flow.source):
            kept.append(flow)
            onward.setdefault(flow.source, set()).add(flow.target)
    return kept


def reaches(onward: Mapping[str, set[str]], start: str, goal: str) -> bool:
    """Whether one place leads to another."""
    seen, waiting = {start}, [start]
    while waiting:
        place = waiting.pop()
        if place == goal:
            return True
        waiting += [to for to in onward.get(place, ()) if to not in seen]
        seen |= onward.get(place, set())
    return False


def sankey(flows: Sequence[Flow], names: Mapping[str, str], title: str) -> Markup:
    """Where cases go from body to body: a bar for each, a band for each way, as thick as its cases are many."""
    kept = forward(flows)
    if not kept:
        return Markup("")
    columns = layers(kept)
    weight = {place: max(total(kept, place, outgoing=True), total(kept, place, outgoing=False)) for place in columns}
    stacks = [[place for place in columns if columns[place] == n] for n in range(max(columns.values()) + 1)]
    tallest = max(sum(weight[place] for place in stack) for stack in stacks)
    most = max(len(stack) for stack in stacks)
    height = max(160.0, 44.0 * most)
    unit = (height - GAP * (most + 1)) / tallest
    step = (WIDE - 150 - BAR) / max(1, len(stacks) - 1)
    at: dict[str, tuple[float, float]] = {}
    for n, stack in enumerate(stacks):
        y = (height - sum(weight[place] for place in stack) * unit - GAP * (len(stack) - 1)) / 2
        for place in sorted(stack, key=lambda place: (-weight[place], names[place])):
            at[place] = (n * step, y)
            y += weight[place] * unit + GAP
    shapes = [*bands(kept, at, unit=unit, names=names), *bars(at, weight, unit=unit, names=names)]
    return picture("sankey", (WIDE, height), shapes, title=title)


def total(flows: Iterable[Flow], place: str, *, outgoing: bool) -> int:
    """How many cases leave a place, or come to it."""
    return sum(flow.cases for flow in flows if (flow.source if outgoing else flow.target) == place)


def bands(
    flows: Iterable[Flow], at: Mapping[str, tuple[float, float]], *, unit: float, names: Mapping[str, str]
) -> Iterable[Markup]:
    """The bands of a Sankey figure, each told by its title."""
    left, right = dict.fromkeys(at, 0.0), dict.fromkeys(at, 0.0)
    for flow in sorted(flows, key=lambda flow: (at[flow.source], at[flow.target])):
        thick = flow.cases * unit
        x1, y1 = at[flow.source][0] + BAR, at[flow.source][1] + left[flow.source] + thick / 2
        x2, y2 = at[flow.target][0], at[flow.target][1] + right[flow.target] + thick / 2
        left[flow.source] += thick
        right[flow.target] += thick
        middle = (x1 + x2) / 2
        yield Markup(
            '<path class="band" d="M{0:.1f} {1:.1f}C{4:.1f} {1:.1f} {4:.1f} {3:.1f} {2:.1f} {3:.1f}" '
            'stroke-width="{5:.1f}"><title>{6} → {7}: {8}</title></path>'
        ).format(x1, y1, x2, y2, middle, max(1.0, thick), names[flow.source], names[flow.target], flow.cases)


def bars(
    at: Mapping[str, tuple[float, float]], weight: Mapping[str, int], *, unit: float, names: Mapping[str, str]
) -> Iterable[Markup]:
    """The bars of a Sankey figure with their names and numbers."""
    for place, (x, y) in at.items():
        tall = weight[place] * unit
        yield Markup('<rect class="bar" x="{:.1f}" y="{:.1f}" width="{}" height="{:.1f}"/>').format(x, y, BAR, tall)
        yield Markup('<text x="{:.1f}" y="{:.1f}">{} <tspan class="of">{}</tspan></text>').format(
            x + BAR + 6, y + tall / 2 + 4.5, shortened(names[place]), weight[place]
        )


def wheel(spokes: Sequence[Spoke], centre: tuple[str, str], title: str) -> Markup:
    """A wheel with a sector for each goal, as long as its cases are many; in the hub a number and a word."""
    highest = max((spoke.value for spoke in spokes), default=0) or 1
    turn = math.tau / max(1, len(spokes))
    shapes: list[Markup] = []
    for n, spoke in enumerate(spokes):
        middle = n * turn - math.pi / 2 + turn / 2
        if spoke.value:
            long = 62 + 72 * spoke.value / highest
            shapes.append(sector(spoke, (middle - turn * 0.46, middle + turn * 0.46), ring=(60.0, long)))
        shapes.append(sector(Spoke(spoke.key, "", 0), (middle - turn * 0.46, middle + turn * 0.46), ring=(56.0, 59.0)))
        x, y = 150 + 47 * math.cos(middle), 150 + 47 * math.sin(middle)
        shapes.append(Markup('<text class="no" x="{:.1f}" y="{:.1f}">{}</text>').format(x, y + 4, spoke.key))
    shapes.append(
        Markup('<text class="hub" x="150" y="150">{}</text><text class="under" x="150" y="166">{}</text>').format(
            *centre
        )
    )
    return picture("wheel", (300, 300), shapes, title=title)


def sector(spoke: Spoke, angles: tuple[float, float], *, ring: tuple[float, float]) -> Markup:
    """A part of a ring around the wheel's middle, between two angles."""
    (a, b), (inner, outer) = angles, ring
    points = [
        (150 + r * math.cos(t), 150 + r * math.sin(t)) for r, t in ((inner, a), (outer, a), (outer, b), (inner, b))
    ]
    path = Markup(
        '<path class="goal g{0}" d="M{1:.1f} {2:.1f}L{3:.1f} {4:.1f}A{9:.1f} {9:.1f} 0 0 1 {5:.1f} {6:.1f}'
        'L{7:.1f} {8:.1f}A{10:.1f} {10:.1f} 0 0 0 {1:.1f} {2:.1f}Z">{11}</path>'
    )
    told = Markup("<title>{}: {}</title>").format(spoke.label, spoke.value) if spoke.label else Markup("")
    return path.format(spoke.key, *(c for point in points for c in point), outer, inner, told)


def strip(shares: Sequence[tuple[str, float | None]], title: str) -> Markup:
    """A strip of cells, one a source in order of time, the darker the more complete; a dash where nothing is known."""
    side, across = 22, 27
    shapes = []
    for n, (name, share) in enumerate(shares):
        x, y = (n % across) * side, (n // across) * side
        level = "none" if share is None else str(min(5, math.floor(share * 5.0001)))
        told = "–" if share is None else f"{round(share * 100)} %"
        shapes.append(
            Markup('<rect class="pane h{}" x="{}" y="{}" width="{}" height="{}"><title>{}: {}</title></rect>').format(
                level, x + 1, y + 1, side - 2, side - 2, name, told
            )
        )
        if level in ("none", "0"):  # a shape of its own, so that emptiness is not told by colour alone
            shapes.append(Markup('<path class="empty" d="M{} {}h{}"/>').format(x + 7, y + side / 2, side - 14))
    rows = max(1, math.ceil(len(shares) / across))
    return picture("heat", (min(across, max(1, len(shares))) * side, rows * side), shapes, title=title)


def columns(counts: Sequence[tuple[str, int]], title: str) -> Markup:
    """Standing bars with their numbers: years, or two columns of an answer."""
    highest = max((n for _, n in counts), default=0) or 1
    wide = min(130.0, WIDE / max(1, len(counts)))
    shapes = []
    for n, (name, value) in enumerate(counts):
        tall = 100 * max(0, value) / highest
        bar = Markup(
            '<rect class="bar" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}: {}</title></rect>'
        )
        shapes.append(bar.format(n * wide + 4, 120 - tall, wide - 8, max(tall, 0.5), name, value))
        if wide > 22:
            words = Markup(
                '<text class="no" x="{0:.1f}" y="{1:.1f}">{2}</text><text class="no" x="{0:.1f}" y="136">{3}</text>'
            )
            shapes.append(words.format(n * wide + wide / 2, 115 - tall, value, shortened(name, max(4, int(wide / 6)))))
    return picture("columns", (max(wide, wide * len(counts)), 142), shapes, title=title)
