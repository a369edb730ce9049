"""A stretch of a source's text with what is known around it: what every extractor takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from graph.model import Evidence, SourceDocument


@dataclass(frozen=True, slots=True)
class Passage:
    """The text between two offsets of a source, the kind of section it stands in, and the meeting it belongs to.

    `section_kind` is a concept key such as case-text, recommendation or decision; `meeting_date` is None where the
    source states none; `body` is the body whose meeting it is, as written.
    """

    source: SourceDocument
    begin: int
    end: int
    section_kind: str
    meeting_date: date | None = None
    body: str | None = None

    @property
    def text(self) -> str:
        """The passage's own text."""
        return self.source.text[self.begin : self.end]

    def evidence(self, begin: int, end: int, supports: str = "") -> Evidence:
        """Evidence for offsets counted from the start of the passage, without the blanks at either end."""
        quote = self.source.text[self.begin + begin : self.begin + end]
        begin += len(quote) - len(quote.lstrip())
        quote = quote.strip()
        return Evidence(self.begin + begin, self.begin + begin + len(quote), quote, supports)

    def part(self, begin: int, end: int) -> Passage:
        """The passage between two offsets counted from the start of this one."""
        first, last = self.begin + begin, self.begin + end
        return Passage(self.source, first, last, self.section_kind, self.meeting_date, self.body)
