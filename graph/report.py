"""What a check found, as text, JSON and HTML: by source file, then by what one person can do about it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import groupby

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

    `label` names the thing ("Bilag 5"), `message` what is wrong with it ("er lukket uden begrundelse"); `source_title`,
    `source_hash`, `begin`, `end` and `line` tell where the thing is read, and are empty where no source states it.
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings of a check, gravest first within each source, and what was checked."""

    findings: tuple[Finding, ...]
    shapes: tuple[ShapeCount, ...]

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
    "violation-head": Words("Fejl i opbygning eller belæg", "Faults of structure or evidence"),
    "warning-head": Words("Mangler, som man venter i et referat", "Missing, though expected in minutes"),
    "info-head": Words("Ville gøre referatet lettere at bruge", "Would make the minutes easier to use"),
    "line": Words("linje", "line"),
    "no-source": Words("Uden kildefil", "Without a source"),
}


def _summary(report: Report, lang: str) -> Iterable[str]:
    """The first line: how many findings of each severity."""
    counts = [f"{report.count(s)} {_singular(s, report.count(s), lang)}" for s in SEVERITIES]
    yield (("Check: " if lang == "en" else "Kontrol: ") + ", ".join(counts)) if report.findings else _nothing(lang)


def _singular(severity: str, count: int, lang: str) -> str:
    one = {"violation": Words("fejl", "fault"), "warning": Words("advarsel", "warning")}
    one["info"] = Words("oplysning", "remark")
    return (one if count == 1 else _WORDS)[severity].in_language(lang)


def _nothing(lang: str) -> str:
    return "Check: nothing to mend" if lang == "en" else "Kontrol: der er intet at rette"


def by_source(findings: Sequence[Finding]) -> list[tuple[str, list[Finding]]]:
    """The findings under the title of the source that each stands in; those without a source come last."""

    def key(finding: Finding) -> tuple[bool, str, str]:
        return not finding.source_title, finding.source_title, finding.source_hash

    rows = groupby(sorted(findings, key=key), key)
    return [(title, list(group)) for (_, title, _), group in rows]


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
        for severity in SEVERITIES:
            graded = [finding for finding in findings if finding.severity == severity]
            if graded:
                yield from ("", f"  {_WORDS[f'{severity}-head'].in_language(lang)}")
                yield from _advice_lines(graded, lang)


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
