"""The report as a person or a program reads it."""

from __future__ import annotations

import json

import pytest

from graph.report import Finding, Report, ShapeCount, Words, by_advice, by_source


def finding(number: int, *, severity: str = "warning", title: str = "referat.txt") -> Finding:
    return Finding(
        severity=severity,
        shape="Attachment-reason",
        focus=f"http://127.0.0.1:8000/id/attachments/{number}",
        label=Words(f"Bilag {number}", f"Attachment {number}"),
        message=Words("er lukket uden begrundelse", "is closed without a reason"),
        advice=Words("Skriv, hvorfor bilaget er lukket.", "Write why."),
        source_title=title,
        source_hash="a" * 64,
        begin=10 * number,
        end=10 * number + 5,
        line=number,
    )


REPORT = Report(
    findings=(finding(5), finding(12), finding(3, severity="info", title="<b>.txt")),
    shapes=(
        ShapeCount(shape="Attachment-reason", about=Words("bilag", "attachment"), focus_nodes=6, findings=3),
        ShapeCount(shape="Vote-names", about=Words("afstemning", "vote"), focus_nodes=0, findings=0),
    ),
)


def test_the_text_stands_by_file_and_by_what_to_do() -> None:
    assert (
        REPORT.text()
        == """\
Kontrol: 0 fejl, 2 advarsler, 1 oplysning

<b>.txt

  Ville gøre referatet lettere at bruge
    Skriv, hvorfor bilaget er lukket.
      linje 3  Bilag 3 er lukket uden begrundelse

referat.txt

  Mangler, som man venter i et referat
    Skriv, hvorfor bilaget er lukket.
      linje  5  Bilag 5 er lukket uden begrundelse
      linje 12  Bilag 12 er lukket uden begrundelse

1 krav er kontrolleret.
1 havde intet at kontrollere og tæller ikke som opfyldt. Der er ingen: afstemning.
"""
    )


def test_the_text_in_english() -> None:
    text = REPORT.text("en")
    assert text.startswith("Check: 0 faults, 2 warnings, 1 remark\n")
    assert "line  5  Attachment 5 is closed without a reason" in text


def test_a_sentence_tells_the_line() -> None:
    assert finding(5).sentence() == "Bilag 5 er lukket uden begrundelse, linje 5"
    assert finding(5).sentence("en") == "Attachment 5 is closed without a reason, line 5"


@pytest.mark.parametrize("lang", ["da", "en"])
def test_the_json_holds_all_that_the_text_says(lang: str) -> None:
    record = json.loads(REPORT.json(lang))
    assert record["conforms"] is True
    assert record["counts"] == {"violation": 0, "warning": 2, "info": 1}
    assert [f["line"] for f in record["findings"]] == [5, 12, 3]
    assert record["findings"][0]["thing"]["label"] == ("Attachment 5" if lang == "en" else "Bilag 5")
    assert record["shapes"][1] == {
        "shape": "Vote-names",
        "about": "vote" if lang == "en" else "afstemning",
        "focusNodes": 0,
        "findings": 0,
    }
    assert record["unmatched"] == ["Vote-names"]


def test_the_html_leads_to_the_line_and_trusts_no_title() -> None:
    html = REPORT.html()
    assert f'<a href="/sources/{"a" * 64}#char=50,55">linje 5</a>' in html
    assert "<h2>&lt;b&gt;.txt</h2>" in html
    assert "<b>" not in html


def test_a_violation_is_what_conforms_tells() -> None:
    assert REPORT.conforms
    assert not Report(findings=(finding(1, severity="violation"),), shapes=()).conforms


def test_nothing_to_mend_is_said() -> None:
    empty = Report(findings=(), shapes=REPORT.shapes)
    assert empty.text().startswith("Kontrol: der er intet at rette\n")
    assert empty.html() == "<p>Kontrol: der er intet at rette</p>\n"


def test_findings_without_a_source_come_last() -> None:
    homeless = finding(1, title="")
    assert [title for title, _ in by_source((homeless, finding(2)))] == ["referat.txt", ""]


def test_findings_under_one_advice_stand_by_line() -> None:
    ((_, rows),) = by_advice((finding(12), finding(5)))
    assert [row.line for row in rows] == [5, 12]
