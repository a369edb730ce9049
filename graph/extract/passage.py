"""A stretch of a source's text with what is known around it: what every extractor takes."""

from __future__ import annotations

from dataclasses import InitVar, dataclass, field
from datetime import date

from graph.danish.wrapping import unwrapped
from graph.extract.page_breaks import without_page_breaks
from graph.model import Evidence, SourceDocument

LISTS = frozenset({"attachments", "routing", "competence"})  # sections whose lines each stand for themselves


@dataclass(slots=True)  # not frozen: a document takes hundreds, and a frozen one costs three times as much to make
class Passage:
    """The text between two offsets of a source, the kind of section it stands in, and the meeting it belongs to.

    `section_kind` is a concept key such as case-text, recommendation or decision; `meeting_date` is None where the
    source states none; `body` is the body whose meeting it is, as written; `people` are those whom the header names;
    `text` is the passage's own text, with blanks for page numbers and where only a page's width has broken a line.
    """

    source: SourceDocument
    begin: int
    end: int
    section_kind: str
    meeting_date: date | None = None
    body: str | None = None
    people: tuple[str, ...] = ()
    text: str = field(init=False, repr=False, compare=False)
    known: InitVar[str | None] = None  # the text, where it has been cut already

    def __post_init__(self, known: str | None) -> None:
        if known is None:  # cut once, read by every extractor
            whole = without_page_breaks(self.source.text)
            whole = whole if self.section_kind in LISTS else unwrapped(whole)
            known = whole[self.begin : self.end]
        self.text = known

    def evidence(self, begin: int, end: int, supports: str = "") -> Evidence:
        """Evidence for offsets counted from the start of the passage, without the blanks at either end."""
        first, last = self.begin + begin, self.begin + end
        quote = self.source.text[first:last]
        words = quote.strip()
        if words != quote:
            first += len(quote) - len(quote.lstrip())
            last = first + len(words)
        return Evidence(first, last, words, supports)

    def part(self, begin: int, end: int) -> Passage:
        """The passage between two offsets counted from the start of this one."""
        if begin == 0 and end == len(self.text):
            return self
        first, last, text = self.begin + begin, self.begin + end, self.text[begin:end]
        return Passage(self.source, first, last, self.section_kind, self.meeting_date, self.body, self.people, text)
