"""Web pages → SourceDocument: the minutes without menus, banners and buttons, block elements as lines."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode

from graph.danish.language import is_danish_label
from graph.errors import UnreadableSourceError
from graph.model import SourceDocument
from graph.readers.decoding import clean, decode
from graph.readers.elements import Walker, is_dropped
from graph.readers.page_lines import squeeze
from graph.readers.signs import is_html
from graph.readers.text import source_document

LARGEST_FILE = 20_000_000
MOST_TAGS = 200_000
MOST_ATTRIBUTES = 500_000
MOST_ATTRIBUTES_OF_ONE = 2_000
DEEPEST = 400
MOST_OF_ALL = 0.9  # the share of a page's labels that the element with the minutes must hold

_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})([^<>]*)")
_CLOSES_ITSELF = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "rt", "rp",
    "colgroup", "caption",
})  # fmt: skip
_UNREAD = (("<script", "</script"), ("<style", "</style"), ("<!--", "-->"))
_NOTICE = re.compile(r"\b(?:cookies?|samtykke|javascript)\b", re.IGNORECASE)
_LEAVES = frozenset({"table", "tbody", "tr", "ul", "ol", "p", "h1", "h2", "h3", "h4", "h5", "h6", "a", "span"})
_TOLD = re.compile(r"\b(?:referat|dagsorden|protokol)|\d{4}", re.IGNORECASE)


def accepts(content: bytes) -> bool:
    """Whether the bytes are a web page."""
    return is_html(content)


def read(content: bytes, title: str) -> SourceDocument:
    """The source with the page's minutes as plain text."""
    markup = without_unread(decode(content))
    check_size(markup, title)
    page = LexborHTMLParser(markup)
    body = page.body
    text = ""
    if body is not None:
        walker = Walker()
        chosen = container(body)
        heading = page.css_first("head > title")
        if heading is not None and chosen.css_first("h1, h2") is None:
            walker.lines.write(own_title(heading.text(), chosen.text()))
            walker.lines.end_block()
        walker.walk(chosen)
        text = walker.lines.text()
    return source_document(clean(text), content, title=title, media_type="text/html")


def without_unread(markup: str) -> str:
    """A page without scripts, styles and comments; what is never closed goes to the end, as in a browser.

    >>> without_unread("<p>Beslutning<script>if (a<b) {}</script><!-- menu --></p>")
    '<p>Beslutning</script></p>'
    """
    for begins, ends in _UNREAD:
        pieces, place, folded = [], 0, markup.casefold() if len(markup.casefold()) == len(markup) else markup
        while (begin := folded.find(begins, place)) >= 0:
            pieces.append(markup[place:begin])
            end = folded.find(ends, begin + len(begins))
            place = len(markup) if end < 0 else end + (3 if ends == "-->" else 0)
        markup = "".join([*pieces, markup[place:]])
    return markup


def check_size(markup: str, title: str) -> None:
    """Raises UnreadableSourceError where a page holds more tags or attributes, or nests deeper, than pages do.

    The parser's time grows with the square of the depth, so this is told before it is asked.
    """
    attributes = depth = 0
    for tags, tag in enumerate(_TAG.finditer(markup), 1):
        inside = len(tag[3].split()) if len(tag[3]) > MOST_ATTRIBUTES_OF_ONE else tag[3].count("=")
        attributes += inside
        if tag[2].lower() not in _CLOSES_ITSELF and not tag[3].endswith("/"):
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if inside > MOST_ATTRIBUTES_OF_ONE or attributes > MOST_ATTRIBUTES:
            raise too_much("attributter", "attributes", path=title, line=markup.count("\n", 0, tag.start()) + 1)
        if tags > MOST_TAGS or depth > DEEPEST:
            what = ("indlejrede elementer", "nested elements") if depth > DEEPEST else ("elementer", "elements")
            raise too_much(*what, path=title, line=markup.count("\n", 0, tag.start()) + 1)


def too_much(what: str, english: str, *, path: str, line: int) -> UnreadableSourceError:
    """The error for a page with too much of something."""
    return UnreadableSourceError(
        f"Websiden har for mange {what} til at kunne læses sikkert.",
        f"The page has too many {english} to be read safely. Save the minutes alone, as text or PDF.",
        path=path,
        line=line,
        advice="Gem referatet alene, som tekst eller PDF.",
    )


def container(body: LexborNode) -> LexborNode:
    """The element that holds the minutes: a page's main part, else the innermost element with (nearly) all labels."""
    whole = labels_in(body)
    for selector in ("main", "[role=main]", "article"):
        found = body.css(selector)
        if len(found) == 1 and labels_in(found[0]) >= whole * MOST_OF_ALL:
            return found[0]
    node = body
    while whole and (inner := _inner(node, whole)) is not None:
        node = inner
    return node


def _inner(node: LexborNode, whole: int) -> LexborNode | None:
    """The one child with all of the labels, unless words beside it tell of the meeting or head its first item."""
    children = [child for child in node.iter() if not is_dropped(child)]
    for place, child in enumerate(children):
        if labels_in(child) < whole:
            continue
        before = any(_own_words(other) for other in children[:place])
        after = any(_TOLD.search(other.text(deep=True)) for other in children[place + 1 :])
        return None if before or after or child.tag in _LEAVES else child
    return None


def _own_words(node: LexborNode) -> bool:
    """Whether an element says something of its own: words that are no links, and no notice of the page's."""
    words = squeeze(node.text(deep=True))
    linked = sum(len(squeeze(link.text(deep=True))) for link in node.css("a"))
    return len(words) > 2 * linked and not _NOTICE.search(words)


def labels_in(node: LexborNode) -> int:
    """How many pieces of an element's text are labels of minutes."""
    return sum(is_danish_label(words) for words in pieces(node))


def pieces(node: LexborNode) -> Iterator[str]:
    """The pieces of text in an element, each with single blanks."""
    for part in node.text(deep=True, separator="\n").split("\n"):
        if words := squeeze(part):
            yield words


def own_title(title: str, text: str) -> str:
    """What a page's title tells that its text does not: "Økonomiudvalget 12. marts 2024 | Elmested Kommune".

    >>> own_title("Økonomiudvalget 12. marts 2024 | Elmested Kommune", "Beslutning Godkendt.")
    'Økonomiudvalget 12. marts 2024'
    """
    first = squeeze(re.split(r" [|»·] ", title)[0])
    return "" if first in squeeze(text) or not _TOLD.search(first) else first
