"""Text drawn from a PDF's two columns, labels to the left and their values to the right, as a label over its value.

Such a text breaks the values' lines, and words, at the right edge: the lines are joined again, so that what they say
can be read. A text without these two columns is kept as it stands.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

LEAST_LABELS = 6  # with a value beside them in one column
LEAST_CONTINUED = 3  # lines of values alone
LEAST_SHARE = 0.6  # of all lines that are not blank
NARROWEST = 12  # a label and the gap behind it

_PAIR = re.compile(r"(?P<label>\S(?:[^ \t]| (?! )){0,45}?)(?P<gap> {2,80})(?=\S)")
_POINT = re.compile(r"(?:\d{1,2}[.)]|[a-z][.)]|[-–•*]) ")
_FIELD = re.compile(r"[A-ZÆØÅ][\wæøåÆØÅ. ]{1,24}:(?: |$)")
_NUMBER = re.compile(r"\d{1,4}[.:]?")
_BROKEN = re.compile(r"[a-zæøå]-$")
_WHOLE = re.compile(r"(?:og|eller|samt)\b")
_PAGE = re.compile(r"(?:.* {2,})?(?:Side|s\.) ?\d{1,4}(?: (?:af|/) ?\d{1,4})?$")
_TOP = 4  # lines over which a page's head may run


def joined_columns(text: str) -> str:
    """The text with each label over its value's lines, joined; the text itself where it has no two such columns.

    >>> rows = ["Sagsnummer", "Indledning", "Indstilling", "Beslutning", "Bilag", "Økonomi"]
    >>> text = "\\n".join(f"{label:20}Forslaget blev drøf-\\n{'':20}tet." for label in rows)
    >>> joined_columns(text).split("\\n")[:3]
    ['Sagsnummer', 'Forslaget blev drøftet.', 'Indledning']
    """
    if "  " not in text:
        return text
    lines = [line.rstrip() for line in text.split("\n")]
    column = _column(lines)
    return text if column is None else "\n".join(_joined(_without_heads(lines), column)) + "\n"


def _column(lines: Sequence[str]) -> int | None:
    """Where the values begin, in a text that is mostly labels and values side by side."""
    filled = [line for line in lines if line]
    pairs = [_PAIR.match(line) for line in filled if "  " in line]
    places = Counter(pair.end() for pair in pairs if pair and pair.end() >= NARROWEST)
    if not places:
        return None
    column, labels = places.most_common(1)[0]
    continued = sum(not line[:column].strip() for line in filled if len(line) > column)
    enough = labels >= LEAST_LABELS and continued >= LEAST_CONTINUED
    return column if enough and labels + continued >= LEAST_SHARE * len(filled) else None


def _without_heads(lines: Sequence[str]) -> Iterator[str]:
    """The lines without pages' numbers and without the first page's head where later pages repeat it."""
    heads = {" ".join(line.split()) for line in [line for line in lines if line][:_TOP]}
    seen: set[str] = set()
    for line in lines:
        words = " ".join(line.split())
        if words in seen or (words and _PAGE.fullmatch(line)):
            continue
        seen.update({words} & heads)
        yield line


def _joined(lines: Iterator[str], column: int) -> Iterator[str]:
    held: list[str] = []
    given = list(lines)
    width = max((len(line) - column for line in given if len(line) > column and line[column - 1] == " "), default=0)
    for line in given:
        pair = _PAIR.match(line)
        if pair is not None and pair.end() == column:
            yield from _paragraphs(held, width)
            numbered = _NUMBER.fullmatch(pair["label"])
            if not numbered:
                yield pair["label"]
            held = [f"{pair['label']} {line[column:]}" if numbered else line[column:]]
        elif line and not line[:column].strip():
            held.append(line[column:].strip())
        else:
            yield from _paragraphs(held, width)
            held = []
            yield line
    yield from _paragraphs(held, width)


def _paragraphs(lines: Sequence[str], width: int) -> Iterator[str]:
    """A value's lines, joined where the right edge alone broke them."""
    paragraph = before = lines[0] if lines else ""
    for line in lines[1:]:
        opens = _POINT.match(line) or _FIELD.match(line)
        if _BROKEN.search(before) and line[:1].islower() and not _WHOLE.match(line):
            paragraph = paragraph[:-1] + line
        elif not opens and len(before) + 1 + len(line.split()[0]) > width:
            paragraph += " " + line
        else:
            yield paragraph
            paragraph = line
        before = line
    if paragraph:
        yield paragraph
