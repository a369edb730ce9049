"""What the pages of data quality and about the data show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from api.views.asking import Terms
from api.views.rows import Row, Thing, count, day, thing, word
from graph.report import Finding, Report, SourceScore

# The page shows so many of the sources with most to mend; the whole report is `sagsgraf check`.
SHOWN = 40


@dataclass(frozen=True, slots=True)
class Reason:
    """How many values of a property the sources leave out, for one reason; both are IRIs with words of their own."""

    property: str
    reason: str
    gaps: int


@dataclass(frozen=True, slots=True)
class ToMend:
    """One thing to mend, with its place."""

    sentence: str
    advice: str
    source: str
    title: str


@dataclass(frozen=True, slots=True)
class ScoredSource:
    """A source with the share of what is expected that it states; None where nothing is expected."""

    source: Thing
    body: str
    day: date | None
    stated: int
    expected: int
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityView:
    """The page of data quality; `scores` and `mend` are empty where the report was not made, `left` counts the rest."""

    facts: int
    quoted: int
    people: int
    posts: int
    steps: int
    open_steps: int
    reasons: tuple[Reason, ...]
    checked: bool
    making: bool
    violations: int
    warnings: int
    scores: tuple[ScoredSource, ...]
    mend: tuple[ToMend, ...]
    left: int


def quality_view(
    rows: Sequence[Row], reasons: Iterable[Row], report: Report | None, *, language: str, making: bool = False
) -> QualityView:
    """The page from the rows of quality.rq and quality-reasons.rq and the report, which may still be in the making."""
    of = rows[0] if rows else {}
    return QualityView(
        facts=count(of, "facts"),
        quoted=count(of, "quoted"),
        people=count(of, "people"),
        posts=count(of, "posts"),
        steps=count(of, "steps"),
        open_steps=count(of, "steps") - count(of, "settled"),
        reasons=tuple(Reason(word(row, "property"), word(row, "reason"), count(row, "gaps")) for row in reasons),
        checked=report is not None,
        making=making,
        violations=report.count("violation") if report else 0,
        warnings=report.count("warning") if report else 0,
        scores=tuple(sorted((scored(score) for score in report.scores), key=by_day)) if report else (),
        mend=tuple(to_mend(report, language)) if report else (),
        left=max(0, len(serious(report)) - SHOWN) if report else 0,
    )


def scored(score: SourceScore) -> ScoredSource:
    """One source's score."""
    on = date.fromisoformat(score.meeting_date) if score.meeting_date else None
    return ScoredSource(
        Thing(score.source, score.source_title), score.body, on, score.stated, score.expected, score.share
    )


def by_day(scored: ScoredSource) -> tuple[date, str]:
    """Sorts sources in order of time."""
    return scored.day or date.max, scored.source.label


def serious(report: Report) -> list[Finding]:
    """The findings that are more than remarks."""
    return [finding for finding in report.findings if finding.severity != "info"]


def to_mend(report: Report, language: str) -> Iterable[ToMend]:
    """The page's share of what is to be mended, the gravest first."""
    for finding in sorted(serious(report), key=lambda finding: finding.severity != "violation")[:SHOWN]:
        place = f"#L{finding.line}" if finding.line else ""
        yield ToMend(
            finding.sentence(language),
            finding.advice.in_language(language),
            f"/sources/{finding.source_hash}{place}" if finding.source_hash else "",
            finding.source_title,
        )


@dataclass(frozen=True, slots=True)
class Covered:
    """What the graph covers of one municipality."""

    municipality: Thing
    bodies: int
    meetings: int
    first: date | None
    last: date | None


def covered(rows: Iterable[Row]) -> tuple[Covered, ...]:
    """The municipalities from the rows of coverage.rq."""
    return tuple(
        Covered(of, count(row, "bodies"), count(row, "meetings"), day(row, "first"), day(row, "last"))
        for row in rows
        if (of := thing(row, "municipality"))
    )


@dataclass(frozen=True, slots=True)
class AboutView:
    """The page about the data: what it covers, when it was built and by which version."""

    covered: tuple[Covered, ...]
    sources: int
    built: str
    version: str
    software: str
    profile: str
    terms: Terms


def about_view(rows: Iterable[Row], record: dict[str, object], version: str, *, terms: Terms) -> AboutView:
    """The page from the rows of coverage.rq, the version's record, and who publishes it on which terms."""
    sources = record.get("sources")
    return AboutView(
        covered=covered(rows),
        sources=len(sources) if isinstance(sources, list) else 0,
        built=str(record.get("built") or "")[:10],
        version=version,
        software=str(record.get("sagsgraf") or ""),
        profile=str(record.get("profile") or ""),
        terms=terms,
    )
