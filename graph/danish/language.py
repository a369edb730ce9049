"""Which language minutes are written in, told by the labels that head their parts and not by their running text."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from graph.danish.hints import holds
from graph.danish.lexicon import words

LANGUAGES = ("danish", "norwegian", "swedish")
ENOUGH = 3  # labels of one's own: fewer may be a quotation, or a file attached to Danish minutes
LONGEST = 60
_PARAGRAPH = re.compile(r"§ ?\d{1,4}(?:/\d{2,4})?\b(?!,? stk)")
_CASE = re.compile(r"(?:PS|RS|FO) \d{1,4}/\d{2,4}\b")
_BEHIND = re.compile(r"\t| i (?=[A-ZÆØÅ])")
_MARKS = " \t\xa0#*_-•|:"


def read_language(text: str) -> str:
    """The language of a source's labels: "danish", "norwegian" or "swedish"; Danish wherever it is not plainly another.

    >>> read_language("Møtedato: 4. mai 2021\\nMøtested: Rådhuset\\nSaksbehandler: Kari Li\\n\\nRådmannens innstilling")
    'norwegian'
    >>> read_language("Mødedato: 4. maj 2021\\n\\nSagsfremstilling\\n\\nNordmændene skriver »Møtested« og »Saksliste«.")
    'danish'
    """
    found: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    known = [(labels, folded(language)) for language, labels in found.items()]
    begins = _begins()
    paragraphs, cases = "§" in text, holds(text, ("PS ", "RS ", "FO "))
    for line in text.split("\n"):
        bare = line.strip(_MARKS)
        if not bare:
            continue
        if bare[:3].casefold() in begins:
            label = label_of(bare)
            for labels, own in known:
                if label in own:
                    labels.add(label)
        if paragraphs and bare[0] == "§" and _PARAGRAPH.match(bare):
            found["swedish"].add("§")
        elif cases and _CASE.match(bare):
            found["norwegian"].add("PS")
    counts = {language: len(labels) for language, labels in found.items()}
    foreign = max(LANGUAGES[1:], key=lambda language: counts[language])
    return foreign if counts[foreign] >= ENOUGH and counts[foreign] > 2 * counts["danish"] else "danish"


@lru_cache(maxsize=512)  # half of a paper's lines are its own labels and formulas again
def label_of(line: str) -> str:
    """What a line would be as a label: the words before its colon, or the whole line, without marks and case.

    >>> label_of("## **Sagsfremstilling**"), label_of("Mødested: C3.40"), label_of("Beslutning i Byrådet den 3. maj")
    ('sagsfremstilling', 'mødested', 'beslutning')
    """
    words_ = line.strip(_MARKS)[: LONGEST * 2]
    before, colon, _ = words_.partition(":")
    chosen = before if colon and len(before) <= LONGEST else words_
    if (" i " in chosen or "\t" in chosen) and (behind := _BEHIND.search(chosen)):
        chosen = chosen[: behind.start()]
    return chosen.strip(_MARKS).casefold() if len(chosen) <= LONGEST else ""


def is_danish_label(line: str) -> bool:
    """Whether a line is one of the labels that head the parts of Danish minutes.

    >>> is_danish_label("Sagsfremstilling"), is_danish_label("Kontakt kommunen")
    (True, False)
    """
    return label_of(line) in folded("danish")


@cache
def _begins() -> frozenset[str]:
    """The first three letters of every label, without case: most lines begin with none of them."""
    return frozenset(label[:3] for language in LANGUAGES for label in folded(language))


@cache
def folded(language: str) -> frozenset[str]:
    """A language's labels without case."""
    return frozenset(word.casefold() for word in words("languages", language))
