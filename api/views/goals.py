"""What the pages of the Sustainable Development Goals show: stated in the text, against standing text alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.evidence import Lines, Quote, all_quoted
from api.views.frame import GOALS
from api.views.rows import Row, Thing, day, grouped, key, word


@dataclass(frozen=True, slots=True)
class FramedCase:
    """A case with how a goal frames it: `level` is a concept, `standing` where only a standing text says so."""

    case: Thing
    level: str
    standing: bool
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class GoalCount:
    """One goal with its cases: those whose own text names it, and those where a standing text alone does."""

    number: str
    iri: str
    named: int
    standing: int


@dataclass(frozen=True, slots=True)
class GoalsView:
    """The page of all goals; `programme` counts cases framed in general, `standing` by standing text alone."""

    goals: tuple[GoalCount, ...]
    named: int
    programme: int
    standing: int


@dataclass(frozen=True, slots=True)
class GoalView:
    """The page of one goal, or of the goals as a whole."""

    iri: str
    number: str
    cases: tuple[FramedCase, ...]
    years: tuple[tuple[str, int], ...]
    quotes: tuple[Quote, ...]


def framed_cases(rows: Iterable[Row]) -> dict[str, tuple[FramedCase, ...]]:
    """The framed cases by goal from the rows of framings.rq; a text of the item's own outweighs a standing one."""
    found: dict[str, tuple[FramedCase, ...]] = {}
    for goal, of_goal in grouped(rows, "goal").items():
        found[goal] = tuple(framed(iri, same) for iri, same in grouped(of_goal, "case").items())
    return found


def framed(iri: str, rows: Sequence[Row]) -> FramedCase:
    """One case under one goal."""
    own = [row for row in rows if "repeated" not in row]
    days = sorted({on for row in rows if (on := day(row, "date"))})
    return FramedCase(Thing(iri, word(rows[0], "title") or iri), word((own or rows)[0], "level"), not own, tuple(days))


def goals_view(rows: Iterable[Row]) -> GoalsView:
    """The page of all goals: each case counts once for each goal, and once among the three ways of framing."""
    by_goal = framed_cases(rows)
    goals = tuple(
        GoalCount(
            str(number),
            f"{GOALS}/{number}",
            sum(not one.standing for one in by_goal.get(f"{GOALS}/{number}", ())),
            sum(one.standing for one in by_goal.get(f"{GOALS}/{number}", ())),
        )
        for number in range(1, 18)
    )
    named = {one.case.iri for goal, cases in by_goal.items() if goal != GOALS for one in cases if not one.standing}
    general = {one.case.iri for one in by_goal.get(GOALS, ()) if not one.standing} - named
    everything = {one.case.iri for cases in by_goal.values() for one in cases}
    return GoalsView(goals, len(named), len(general), len(everything - named - general))


def goal_view(iri: str, rows: Iterable[Row], sentences: Iterable[Row], *, lines: Lines) -> GoalView:
    """The page of one goal from the rows of framings.rq and framing-sentences.rq."""
    cases = framed_cases(rows).get(iri, ())
    years = Counter(str(on.year) for one in cases for on in one.days[:1])
    return GoalView(
        iri, key(iri) if iri != GOALS else "", cases, tuple(sorted(years.items())), all_quoted(sentences, lines)
    )
