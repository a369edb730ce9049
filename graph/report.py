"""What a check found, as text, JSON and HTML: by source file, then by what one person can do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

SEVERITIES = ("violation", "warning", "info")


@dataclass(frozen=True, slots=True)
class Words:
    """The same words in Danish and in English."""

    da: str
    en: str

    def in_language(self, lang: str) -> str:
        """The words in one language, Danish unless English is asked for."""
        return self.en if lang == "en" else self.da


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to mend: what is wrong, where it stands, and what to do.

    `label` names the thing ("Bilag 5"), `message` what is wrong with it ("er lukket uden begrundelse"). The fields of
    the source tell where the thing is read, and are empty where no source states it.
    """

    severity: str
    shape: str
    focus: str
    label: Words
    message: Words
    advice: Words
    source_title: str = ""
    source_hash: str = ""
    begin: int | None = None
    end: int | None = None
    line: int | None = None

    def sentence(self, lang: str = "da") -> str:
        """The finding in one sentence, with its line."""
        where = "" if self.line is None else f", {'line' if lang == 'en' else 'linje'} {self.line}"
        return f"{self.label.in_language(lang)} {self.message.in_language(lang)}{where}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeCount:
    """A shape, the things it is about, how many of them were checked, and in how many something was found."""

    shape: str
    about: Words
    focus_nodes: int
    findings: int


@dataclass(frozen=True, slots=True)
class Part:
    """One expectation in one source: of how many things it is expected, and how many of them lack it."""

    shape: str
    about: Words
    expected: int
    lacking: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceScore:
    """How much of what is expected a source states, by part; and how many values it is known to lack, by reason."""

    source: str
    source_title: str
    source_hash: str
    body: str
    meeting_date: str
    parts: tuple[Part, ...] = ()
    reasons: tuple[tuple[Words, int], ...] = ()

    @property
    def expected(self) -> int:
        """How many values are expected in all."""
        return sum(part.expected for part in self.parts)

    @property
    def stated(self) -> int:
        """How many of them are stated."""
        return self.expected - sum(part.lacking for part in self.parts)

    @property
    def share(self) -> float | None:
        """The stated share, between 0 and 1; None where nothing is expected."""
        return self.stated / self.expected if self.expected else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings of a check, gravest first within each source, what was checked, and how complete each source is."""

    findings: tuple[Finding, ...]
    shapes: tuple[ShapeCount, ...]
    scores: tuple[SourceScore, ...] = ()

    @property
    def conforms(self) -> bool:
        """Whether nothing is wrong with structure and evidence; warnings do not count."""
        return not any(finding.severity == "violation" for finding in self.findings)

    @property
    def unmatched(self) -> tuple[ShapeCount, ...]:
        """The shapes that had nothing to check: neither passed nor failed."""
        return tuple(count for count in self.shapes if count.focus_nodes == 0)

    def count(self, severity: str) -> int:
        """How many findings are of a severity."""
        return sum(finding.severity == severity for finding in self.findings)

    def text(self, lang: str = "da") -> str:
        """The report for a terminal: by source file, then by what to do."""
        return "\n".join((*_summary(self, lang), *_file_lines(self, lang), "", *_checked(self, lang))) + "\n"

    def json(self, lang: str = "da") -> str:
        """The report for programs, its words in one language."""
        return json.dumps(_record(self, lang), ensure_ascii=False, indent=2) + "\n"

    def html(self, lang: str = "da", base: str = "/") -> str:
        """The report as a part of a page; each line leads to its place under `base`."""
        return "\n".join((*_html(self, lang, base), "")) if self.findings else f"<p>{escape(_nothing(lang))}</p>\n"


_WORDS: Mapping[str, Words] = {
    "violation": Words("fejl", "faults"),
    "warning": Words("advarsler", "warnings"),
    "info": Words("oplysninger", "remarks"),
    "violation-one": Words("fejl", "fault"),
    "warning-one": Words("advarsel", "warning"),
    "info-one": Words("oplysning", "remark"),
    "violation-head": Words("Fejl i opbygning eller belæg", "Faults of structure or evidence"),
    "warning-head": Words("Mangler, som man venter i et referat", "Missing, though expected in minutes"),
    "info-head": Words("Ville gøre referatet lettere at bruge", "Would make the minutes easier to use"),
    "line": Words("linje", "line"),
    "no-source": Words("Uden kildefil", "Without a source"),
}


def _summary(report: Report, lang: str) -> Iterable[str]:
    """The first line: how many findings of each severity."""
    named = [(n := report.count(s), _WORDS[f"{s}-one" if n == 1 else s].in_language(lang)) for s in SEVERITIES]
    counts = ", ".join(f"{number} {word}" for number, word in named)
    yield f"{'Check' if lang == 'en' else 'Kontrol'}: {counts}" if report.findings else _nothing(lang)


def _nothing(lang: str) -> str:
    return "Check: nothing to mend" if lang == "en" else "Kontrol: der er intet at rette"


def by_source(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the title of the source that each stands in; those without a source come last."""

    rows: dict[tuple[bool, str, str], list[Finding]] = {}
    for finding in findings:
        rows.setdefault((not finding.source_title, finding.source_title, finding.source_hash), []).append(finding)
    return [(key[1], rows[key]) for key in sorted(rows)]


def by_advice(findings: Iterable[Finding]) -> list[tuple[Words, list[Finding]]]:
    """The findings under what to do about them, in the order of the first line of each."""
    rows: dict[Words, list[Finding]] = {}
    for finding in sorted(findings, key=lambda f: (f.line is None, f.line or 0, f.label.da)):
        rows.setdefault(finding.advice, []).append(finding)
    return list(rows.items())


def _file_lines(report: Report, lang: str) -> Iterable[str]:
    """A block for each source file."""
    for title, findings in by_source(report.findings):
        yield from ("", title or _WORDS["no-source"].in_language(lang))
        yield from (f"  {line}" for line in _score_lines(report, findings[0].source_hash, lang))
        for severity in SEVERITIES:
            graded = [finding for finding in findings if finding.severity == severity]
            if graded:
                yield from ("", f"  {_WORDS[f'{severity}-head'].in_language(lang)}")
                yield from _advice_lines(graded, lang)


def _score_lines(report: Report, source_hash: str, lang: str) -> Iterable[str]:
    """How much of what is expected a source states."""
    for score in report.scores:
        if score.source_hash == source_hash and score.share is not None:
            part = f"{score.stated} {'of' if lang == 'en' else 'af'} {score.expected}"
            yield (
                f"{part} expected things are stated ({score.share:.0%})"
                if lang == "en"
                else f"{part} ventede oplysninger er der ({score.share:.0%})".replace("%", " %")
            )


def _advice_lines(findings: list[Finding], lang: str) -> Iterable[str]:
    width = max(len(str(finding.line or "")) for finding in findings)
    for advice, rows in by_advice(findings):
        yield f"    {advice.in_language(lang)}"
        for finding in rows:
            number = "" if finding.line is None else str(finding.line)
            where = f"{_WORDS['line'].in_language(lang)} {number:>{width}}" if number else " " * (width + 6)
            yield f"      {where}  {finding.label.in_language(lang)} {finding.message.in_language(lang)}"


def _checked(report: Report, lang: str) -> Iterable[str]:
    """How much was checked, and what there was nothing of."""
    used = [count for count in report.shapes if count.focus_nodes]
    yield f"{len(used)} requirements were checked." if lang == "en" else f"{len(used)} krav er kontrolleret."
    count = len(report.unmatched)
    named = ", ".join(sorted({count.about.in_language(lang) for count in report.unmatched}))
    if count and lang == "en":
        yield f"{count} had nothing to check and do not count as met. There is no: {named}."
    elif count:
        yield f"{count} havde intet at kontrollere og tæller ikke som opfyldt. Der er ingen: {named}."


def _record(report: Report, lang: str) -> dict[str, object]:
    return {
        "conforms": report.conforms,
        "counts": {severity: report.count(severity) for severity in SEVERITIES},
        "findings": [_finding_record(finding, lang) for finding in report.findings],
        "shapes": [
            {
                "shape": count.shape,
                "about": count.about.in_language(lang),
                "focusNodes": count.focus_nodes,
                "findings": count.findings,
            }
            for count in report.shapes
        ],
        "unmatched": [count.shape for count in report.unmatched],
        "completeness": [_score_record(score, lang) for score in report.scores],
    }


def _score_record(score: SourceScore, lang: str) -> dict[str, object]:
    return {
        "source": {"title": score.source_title, "hash": score.source_hash},
        "body": score.body,
        "date": score.meeting_date,
        "expected": score.expected,
        "stated": score.stated,
        "share": None if score.share is None else round(score.share, 2),
        "parts": [
            {"shape": p.shape, "about": p.about.in_language(lang), "expected": p.expected, "lacking": p.lacking}
            for p in score.parts
        ],
        "absenceReasons": {reason.in_language(lang): number for reason, number in score.reasons},
    }


def _finding_record(finding: Finding, lang: str) -> dict[str, object]:
    return {
        "severity": finding.severity,
        "shape": finding.shape,
        "thing": {"id": finding.focus, "label": finding.label.in_language(lang)},
        "message": finding.message.in_language(lang),
        "advice": finding.advice.in_language(lang),
        "source": {"title": finding.source_title, "hash": finding.source_hash} if finding.source_title else None,
        "begin": finding.begin,
        "end": finding.end,
        "line": finding.line,
    }


def _html(report: Report, lang: str, base: str) -> Iterable[str]:
    yield f"<p>{escape(next(iter(_summary(report, lang))))}</p>"
    for title, findings in by_source(report.findings):
        yield f"<section>\n<h2>{escape(title or _WORDS['no-source'].in_language(lang))}</h2>"
        yield from (f"<p>{escape(line)}</p>" for line in _score_lines(report, findings[0].source_hash, lang))
        for severity in SEVERITIES:
            graded = [finding for finding in findings if finding.severity == severity]
            if graded:
                yield f'<h3 class="{severity}">{escape(_WORDS[f"{severity}-head"].in_language(lang))}</h3>'
                yield from _html_advice(graded, lang, base)
        yield "</section>"
    yield from (f"<p>{escape(line)}</p>" for line in _checked(report, lang))


def _html_advice(findings: list[Finding], lang: str, base: str) -> Iterable[str]:
    for advice, rows in by_advice(findings):
        yield f"<h4>{escape(advice.in_language(lang))}</h4>\n<ul>"
        for finding in rows:
            sentence = escape(f"{finding.label.in_language(lang)} {finding.message.in_language(lang)}")
            yield f"<li>{sentence}{_html_line(finding, lang, base)}</li>"
        yield "</ul>"


def _html_line(finding: Finding, lang: str, base: str) -> str:
    if finding.line is None:
        return ""
    place = f"{base}sources/{finding.source_hash}#char={finding.begin},{finding.end}"
    return f', <a href="{escape(place)}">{_WORDS["line"].in_language(lang)} {finding.line}</a>'
