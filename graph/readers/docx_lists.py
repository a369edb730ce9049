"""The numbers and bullets of a Word file's lists, which its paragraphs only refer to."""

from __future__ import annotations

from collections import defaultdict

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DEEPEST = 10
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def value(parent: etree._Element | None, *path: str) -> str | None:
    """The `w:val` of an element below another, by the names of the way down."""
    for name in path:
        parent = parent.find(W + name) if parent is not None else None
    return str(parent.get(f"{W}val")) if parent is not None and parent.get(f"{W}val") is not None else None


class Styles:
    """What the styles of a file say of a paragraph: whether it is a heading, and which list it belongs to."""

    def __init__(self, root: etree._Element | None) -> None:
        found = root.iterfind(f"{W}style") if root is not None else ()
        self.by_id = {style.get(f"{W}styleId"): style for style in found}

    def chain(self, paragraph: etree._Element) -> list[etree._Element]:
        """A paragraph's style and those that it is based on."""
        name = value(paragraph, "pPr", "pStyle")
        found: list[etree._Element] = []
        while name in self.by_id and len(found) < DEEPEST:
            found.append(self.by_id[name])
            name = value(found[-1], "basedOn")
        return found

    def is_heading(self, paragraph: etree._Element) -> bool:
        """Whether a paragraph is a heading or a title."""
        names = [str(value(style, "name") or "").casefold() for style in self.chain(paragraph)]
        return any(name.startswith(("heading", "overskrift", "title", "titel")) for name in names)


class Lists:
    """Counts the items of a file's lists and tells each paragraph's mark."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[str, etree._Element] = {}
        self.used: dict[str, str] = {}
        self.counts: dict[str, list[int]] = defaultdict(lambda: [0] * DEEPEST)
        if root is not None:
            self.abstract = {str(e.get(f"{W}abstractNumId")): e for e in root.iterfind(f"{W}abstractNum")}
            for number in root.iterfind(f"{W}num"):
                self.used[str(number.get(f"{W}numId"))] = value(number, "abstractNumId") or ""

    def mark(self, paragraph: etree._Element) -> str | None:
        """The bullet or number before a paragraph, None where it is in no list."""
        places = [paragraph, *self.styles.chain(paragraph)]
        number = next((n for place in places if (n := value(place, "pPr", "numPr", "numId")) is not None), None)
        if number is None or number not in self.used:
            return None
        depth = next((n for place in places if (n := value(place, "pPr", "numPr", "ilvl")) is not None), "0")
        level = min(int(depth), DEEPEST - 1) if depth.isdigit() else 0
        shape = self._level(self.used[number], level)
        counts = self.counts[number]
        start = value(shape, "start") or "1"
        counts[level] = counts[level] + 1 if counts[level] else int(start) if start.isdigit() else 1
        counts[level + 1 :] = [0] * (DEEPEST - level - 1)
        kind = value(shape, "numFmt") or "decimal"
        if kind == "bullet":
            return "•"
        if kind == "none":
            return None
        words = value(shape, "lvlText") or "%1."
        for other in range(level, -1, -1):
            words = words.replace(
                f"%{other + 1}", counted(max(counts[other], 1), kind if other == level else "decimal")
            )
        return words.strip() or None

    def _level(self, abstract: str, level: int) -> etree._Element | None:
        shape = self.abstract.get(abstract)
        levels = shape.iterfind(f"{W}lvl") if shape is not None else ()
        return next((one for one in levels if one.get(f"{W}ilvl") == str(level)), None)


def counted(number: int, kind: str) -> str:
    """A number as a list prints it.

    >>> counted(2, "decimal"), counted(2, "lowerLetter"), counted(4, "upperRoman")
    ('2', 'b', 'IV')
    """
    words = str(number)
    if kind.endswith("Letter") and number <= 26:
        words = chr(ord("a") + number - 1)
    elif kind.endswith("Roman") and number < 40:
        words, left = "", number
        for worth, sign in _ROMAN:
            words += sign * (left // worth)
            left %= worth
    return words.upper() if kind.startswith("upper") else words
