"""The elements of a web page, walked in order and written as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from graph.danish.language import is_danish_label
from graph.readers.page_lines import PageLines, squeeze

DROPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "canvas", "nav", "footer", "iframe", "object", "embed",
    "video", "audio", "select", "input", "textarea", "dialog", "head", "title", "map", "progress",
})  # fmt: skip
_PARAGRAPHS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "section", "article", "header", "main",
    "blockquote", "details", "summary", "fieldset", "dl", "hr", "pre", "figure", "aside",
})  # fmt: skip
_LINES = frozenset({
    "div", "li", "dt", "dd", "tr", "form", "address", "center", "legend", "figcaption", "caption", "button",
    "label", "body",
})  # fmt: skip
_ROLES = frozenset({"navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar"})
_NOISE = re.compile(
    r"(?:^|[ _-])(?:cookies?|consent|breadcrumbs?|navbar|navigation|sr-only|visually-hidden|visuallyhidden"
    r"|screen-reader-text|skip-link|skiplink|no-print|noprint|print-link|share|social|sidefod|brødkrumme)(?=$|[ _-])",
    re.IGNORECASE,
)
_FOLDS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
_KEPT_LABELS = 2
_LETTERED = {"a": "abcdefghijklmnopqrstuvwxyz", "A": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}


def is_dropped(node: LexborNode) -> bool:
    """Whether an element is a page's furniture: a menu, a banner, a button; never one that holds labels of minutes."""
    tag = node.tag
    if tag in DROPPED:
        return True
    attributes = node.attributes
    marks = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".strip()
    noise = (attributes.get("role") or "") in _ROLES or (marks and _NOISE.search(marks) is not None)
    if tag == "button" and not noise:
        heads = node.parent is not None and node.parent.tag in {"h1", "h2", "h3", "h4", "h5", "h6", "summary"}
        noise = not heads and not any(name in attributes for name in _FOLDS)
    if not noise:
        return False
    words = {squeeze(part) for part in node.text(deep=True, separator="\n").split("\n")}
    return sum(is_danish_label(part) for part in words if part) < _KEPT_LABELS


class Walker:
    """Writes an element and all in it as lines; lists know their numbers, tables their cells."""

    def __init__(self) -> None:
        self.lines = PageLines()
        self.counters: list[tuple[str, int] | None] = []

    def walk(self, top: LexborNode) -> None:
        """Writes everything inside an element, without recursion: a page nests as deep as it likes."""
        stack: list[tuple[LexborNode, bool]] = [(top, False)]
        while stack:
            node, left = stack.pop()
            if left:
                self._leave(node)
                continue
            if node.is_text_node:
                self._words(node)
                continue
            if not node.is_element_node or is_dropped(node):
                continue
            stack.append((node, True))
            if not self._enter(node):
                stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))

    def _words(self, node: LexborNode) -> None:
        words = node.text_content or ""
        if node.parent is not None and node.parent.tag == "pre":
            for line in words.split("\n"):
                self.lines.write(line)
                self.lines.end_line()
            return
        self.lines.write(words)

    def _enter(self, node: LexborNode) -> bool:
        """Begins an element; whether all in it is written by that."""
        tag = node.tag or ""
        if tag == "br":
            self.lines.end_line()
        elif tag == "li":
            self.lines.begin_list_item(self._mark(node))
        elif tag in {"ul", "ol"}:
            start = node.attributes.get("start") or "1"
            self.counters.append((node.attributes.get("type") or "1", int(start) if start.isdigit() else 1))
            if tag == "ul":
                self.counters[-1] = None
            self._paragraph(node)
        elif tag == "table" and (rows := simple_rows(node)) is not None:
            self.lines.table(rows)
            return True
        elif tag == "dd" and (term := node.prev) is not None and _is_field(node):
            self.lines.write(" " if term.text().rstrip().endswith(":") else ": ")
        elif tag in _PARAGRAPHS:
            self._paragraph(node)
        elif tag in _LINES or tag in {"td", "th"}:
            self.lines.end_line()
        return False

    def _paragraph(self, node: LexborNode) -> None:
        if _within(node, "li"):
            self.lines.end_line()
        else:
            self.lines.end_block()

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in {"ul", "ol"} and self.counters:
            self.counters.pop()
        if tag == "li":
            self.lines.end_list_item()
        elif tag == "dt" and node.next is not None and _is_field(next(_later(node), node)):
            return
        elif tag in _PARAGRAPHS:
            self._paragraph(node)
        elif tag in _LINES or tag in {"td", "th"}:
            self.lines.end_line()

    def _mark(self, node: LexborNode) -> str:
        counter = self.counters[-1] if self.counters else None
        if counter is None:
            return "•"
        kind, number = counter
        own = node.attributes.get("value") or ""
        number = int(own) if own.isdigit() and len(own) < 6 else number
        self.counters[-1] = (kind, number + 1)
        letters = _LETTERED.get(kind, "")
        return f"{letters[number - 1]}." if 0 < number <= len(letters) else f"{number}."


def _later(node: LexborNode) -> Iterator[LexborNode]:
    """The elements that follow an element beside it."""
    following = node.next
    while following is not None:
        if following.is_element_node:
            yield following
        following = following.next


def _is_field(node: LexborNode) -> bool:
    """Whether a definition is one short line behind its term."""
    return node.tag == "dd" and not _holds_blocks(node)


def _within(node: LexborNode, tag: str) -> bool:
    return node.parent is not None and node.parent.tag == tag


def _holds_blocks(node: LexborNode) -> bool:
    """Whether an element holds more than one line."""
    inside = list(node.css("p, div, br, ul, ol, table, h1, h2, h3, h4, h5, h6"))
    return len(inside) > 1 or any(part.tag not in {"p", "div"} for part in inside)


def simple_rows(table: LexborNode) -> list[list[str]] | None:
    """The cells of a table whose cells are single lines; None where one holds paragraphs, so that it only lays out."""
    found = []
    for row in table.css("tr"):
        cells = [cell for cell in row.iter() if cell.tag in {"td", "th"}]
        if any(_holds_blocks(cell) for cell in cells):
            return None
        found.append([squeeze(cell.text(deep=True)) for cell in cells])
    return found
