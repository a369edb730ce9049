"""A line over time: how a number goes from one point of time to the next."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from api.figures.charts import WIDE, picture, shortened

TALL, LEFT = 130, 44
# How far apart names along the time line must stand.
ROOM = 78


def line(points: Sequence[tuple[str, float, float]], title: str) -> Markup:
    """Points of (name, time, number), joined in the order of time; the lowest and highest number stand at the side."""
    known = sorted(points, key=lambda point: point[1])
    times, numbers = [time for _, time, _ in known], [number for _, _, number in known]
    low, high = min(0.0, *numbers), max(*numbers, 0.0)
    long, tall = (times[-1] - times[0]) or 1.0, (high - low) or 1.0
    places = [
        (LEFT + (time - times[0]) / long * (WIDE - LEFT - 40), 12 + (high - number) / tall * TALL)
        for _, time, number in known
    ]
    way = " ".join(f"{'ML'[n > 0]}{x:.1f} {y:.1f}" for n, (x, y) in enumerate(places))
    shapes = [Markup('<path class="rule" d="M{0} 12V{1}H{2}"/>').format(LEFT - 8, TALL + 12, WIDE - 20)]
    shapes += [
        Markup('<text class="no" x="{}" y="{:.0f}">{:g}</text>').format(LEFT - 26, y, value)
        for value, y in ((high, 16), (low, TALL + 14))
    ]
    shapes.append(Markup('<path class="run" d="{}"/>').format(way))
    named = -float(ROOM)
    for (name, _, number), (x, y) in zip(known, places, strict=True):
        dot = Markup('<circle class="bar" cx="{:.1f}" cy="{:.1f}" r="3.5"><title>{}: {:g}</title></circle>')
        shapes.append(dot.format(x, y, name, number))
        if x - named >= ROOM:
            named = x
            words = Markup('<text class="no" x="{:.1f}" y="{}">{}</text>')
            shapes.append(words.format(x, TALL + 28, shortened(name, 12)))
    return picture("lines", (WIDE, TALL + 36), shapes, title=title)
