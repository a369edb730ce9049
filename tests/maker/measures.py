"""How well a grouping agrees with the true one: precision and recall of each member's own group (B-cubed)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was put in a group: its true group, the group found, and how hard it was made."""

    true: str
    found: str
    variation: str


@dataclass(frozen=True, slots=True)
class Score:
    """Precision, recall and how many things they are of."""

    precision: float
    recall: float
    size: int


def scores(rows: Sequence[Row]) -> dict[str, Score]:
    """The scores of each variation, and of all under "all"."""
    both = Counter((row.true, row.found) for row in rows)
    true, found = Counter(row.true for row in rows), Counter(row.found for row in rows)
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    for row in rows:
        shared = both[row.true, row.found]
        for name in ("all", row.variation):
            kept = sums[name]
            kept[0] += shared / found[row.found]
            kept[1] += shared / true[row.true]
            kept[2] += 1
    return {name: Score(p / n, r / n, int(n)) for name, (p, r, n) in sorted(sums.items())}


def printed(title: str, found: dict[str, Score]) -> str:
    """The scores as a table of text."""
    lines = [f"{title:<24}{'precision':>10}{'recall':>10}{'number':>10}"]
    lines += [f"  {name:<22}{s.precision:>10.4f}{s.recall:>10.4f}{s.size:>10}" for name, s in found.items()]
    return "\n".join(lines)
