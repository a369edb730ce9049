"""Places for the nodes of a map: a small spring layout, the same at every run and for every order of the edges.

What hangs on the same hubs stands together as a flower around one point; the points and the hubs push each other away
and are pulled together along their edges. So a map of two thousand nodes takes a second or two, once a version.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

ROUNDS = 60
SPREAD = 12.0  # the room between two neighbours of a flower
GOLDEN = math.pi * (3 - math.sqrt(5))

Place = tuple[float, float]


def layout(edges: Iterable[tuple[str, str]], hubs: Collection[str]) -> dict[str, Place]:
    """A place for every node of the edges.

    >>> sorted(layout([("a", "hub"), ("b", "hub")], {"hub"}))
    ['a', 'b', 'hub']
    """
    neighbours: dict[str, set[str]] = defaultdict(set)
    for a, b in edges:
        neighbours[a].add(b)
        neighbours[b].add(a)
    flowers: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for node in sorted(neighbours):
        if node not in hubs:
            flowers[tuple(sorted(neighbours[node] & set(hubs)))].append(node)
    weights = {hub: 26.0 for hub in hubs if hub in neighbours}
    ties: dict[tuple[str, str], float] = {}
    for n, (around, members) in enumerate(sorted(flowers.items())):
        weights[f"*{n}"] = 10.0 + SPREAD * math.sqrt(len(members))
        ties.update({(f"*{n}", hub): 1.0 for hub in around})
    points = settled(weights, ties)
    places = {hub: points[hub] for hub in weights if not hub.startswith("*")}
    for n, (_, members) in enumerate(sorted(flowers.items())):
        for m, node in enumerate(members):
            away = SPREAD * math.sqrt(m) * 0.9
            x, y = points[f"*{n}"]
            places[node] = (round(x + away * math.cos(m * GOLDEN), 1), round(y + away * math.sin(m * GOLDEN), 1))
    return places


def settled(weights: Mapping[str, float], ties: Mapping[tuple[str, str], float]) -> dict[str, Place]:
    """The points after so many rounds; a point's weight is the room it needs around it."""
    names = sorted(weights)
    wide = 40.0 * math.sqrt(len(names) + 1)
    at = {
        name: [wide * math.sqrt((n + 1) / len(names)) * turn(n * GOLDEN) for turn in (math.cos, math.sin)]
        for n, name in enumerate(names)
    }
    for step in range(ROUNDS):
        heat = wide * 0.12 * (1 - step / ROUNDS) + 1.0
        push = {name: [-0.01 * at[name][0], -0.01 * at[name][1]] for name in names}
        repel(at, push, weights)
        for (a, b), strength in ties.items():
            dx, dy = at[b][0] - at[a][0], at[b][1] - at[a][1]
            far = math.hypot(dx, dy) or 1.0
            pull = strength * max(0.0, far - weights[a] - weights[b] - 20) * 0.06 / far
            for name, sign in ((a, 1), (b, -1)):
                push[name][0] += sign * dx * pull
                push[name][1] += sign * dy * pull
        for name in names:
            x, y = push[name]
            far = math.hypot(x, y) or 1.0
            reach = min(far, heat)
            at[name][0] += x / far * reach
            at[name][1] += y / far * reach
    return {name: (round(x, 1), round(y, 1)) for name, (x, y) in at.items()}


def repel(at: Mapping[str, list[float]], push: Mapping[str, list[float]], weights: Mapping[str, float]) -> None:
    """Pushes apart what is near; a grid keeps far pairs from being looked at."""
    side = 2.5 * max(weights.values(), default=1.0) + 60
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for name, (x, y) in at.items():
        cells[math.floor(x / side), math.floor(y / side)].append(name)
    for (cx, cy), inside in cells.items():
        near = [name for dx in (0, 1, -1) for dy in (0, 1, -1) for name in cells.get((cx + dx, cy + dy), ())]
        for a in inside:
            for b in near:
                if a < b:
                    apart(a, b, at=at, push=push, room=1.5 * (weights[a] + weights[b]) + 30)


def apart(a: str, b: str, *, at: Mapping[str, list[float]], push: Mapping[str, list[float]], room: float) -> None:
    """Pushes two points away from each other, the harder the nearer they are."""
    dx, dy = at[a][0] - at[b][0], at[a][1] - at[b][1]
    far = math.hypot(dx, dy)
    if far >= room:
        return
    if far < 0.01:  # two points in one place go apart in a steady direction
        dx, dy, far = 1.0, 0.5, 1.118
    force = 0.5 * (room - far) / far
    push[a][0] += dx * force
    push[a][1] += dy * force
    push[b][0] -= dx * force
    push[b][1] -= dy * force
