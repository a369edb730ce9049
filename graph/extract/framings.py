"""Words that frame an item by the Sustainable Development Goals, and paragraphs that may be standing text."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256

from graph.danish.hints import holds, lowered
from graph.danish.lexicon import table
from graph.danish.phrases import paragraphs
from graph.danish.sentences import sentences
from graph.extract.passage import Passage
from graph.model import RecurringText, SdgFraming
from graph.values import value

_WORD = re.compile(r"(?<![\w-])(?:[\w-]*?verdensmål|SDG|bæredygtighedsmål)\w*", re.IGNORECASE)
_HINTS = ("verdensmål", "sdg", "bæredygtighedsmål")
_LABEL = re.compile(r"(?:FN['’]?s )?verdensmål(?:ene)?:?", re.IGNORECASE)
_PROGRAMME = re.compile(
    r"\b(?:verdensmål\w*|SDG['’]?e?rne|bæredygtighedsmål\w*)(?!\w|[: ]{0,2}(?:nr\.? ?|nummer )?\d)", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"\b(?:verdensmål|SDG|mål)\w*(?: for \w+ \w+)?"
    r"(?:[: -]{0,3}|[:\t ]{4,60}|:?\n(?=\d{1,2}(?:,| og |\n|$)))(?:nr\.? ?|nummer |og |\()?"
    r"(?P<first>\d{1,2})(?![\d.]\d|\w| (?:verdensmål|mål|delmål))",
    re.IGNORECASE,
)
_MORE = re.compile(r"(?P<sep>, | og | samt | & |/|-|–)(?:nr\.? ?|mål )?(?P<number>\d{1,2})(?!\d|\.\d|[\w%])")
_TARGET = re.compile(
    r"\b(?:delmål|verdensmål|SDG)(?:ene)?(?: nr\.?)? (?P<first>\d{1,2}\.[0-9a-c]{1,2})\b", re.IGNORECASE
)
_MORE_TARGETS = re.compile(r"(?:, | og | samt )(?P<number>\d{1,2}\.[0-9a-c]{1,2})\b")
_LAST_GOAL = 17
_SHORTEST = 80
_NO_LETTER = re.compile(r"[\W_]+")
# a sentence, and the words in it that name the goal
_Place = tuple[tuple[int, int], tuple[int, int]]
_QUOTES = "\"'”“»«’"


@value()
class _Named:
    """A goal or target as a text names it."""

    level: str
    goal: str
    begin: int
    end: int


def read_framings(passage: Passage) -> tuple[SdgFraming, ...]:
    """The framings of a passage, one per goal or target with all sentences that say it, and one for the programme."""
    text = passage.text
    if not holds(lowered(text), _HINTS) or _WORD.search(text) is None:
        return ()
    named = _numbered(text) + _by_name(text) + _targets(text)
    said: dict[tuple[str, str | None], list[_Place]] = {}
    for begin, end in sentences(text):
        inside = [n for n in named if begin <= n.begin < end]
        for one in inside:
            said.setdefault((one.level, one.goal), []).append(((begin, end), (one.begin, one.end)))
        programme = _PROGRAMME.search(text, begin, end)
        if programme is not None and not inside and not (named and _LABEL.fullmatch(text, begin, end)):
            said.setdefault(("programme", None), []).append(((begin, end), programme.span()))
    return tuple(_framing(passage, key, places) for key, places in said.items())


def _framing(passage: Passage, key: tuple[str, str | None], places: list[_Place]) -> SdgFraming:
    level, goal = key
    field = "framing_goal" if goal else "framing_level"
    evidence = [passage.evidence(*sentence) for sentence, _ in places]
    evidence += [passage.evidence(*words, field) for _, words in places]
    return SdgFraming(
        framing_level=level,
        framing_goal=goal,
        text_hash=fingerprint(_paragraph(passage.text, places[0][0][0])),
        evidence=tuple(dict.fromkeys(evidence)),
        extraction_method="sdg.name",
        confidence=0.95,
    )


def _paragraph(text: str, place: int) -> str:
    return next((text[b:e] for b, e in paragraphs(text) if b <= place < e), "")


def fingerprint(paragraph: str) -> str:
    """The SHA-256 of a paragraph's letters and digits, so that layout and punctuation make no difference.

    >>> fingerprint("Verdensmålene, lokalt.") == fingerprint("verdensmålene\\nlokalt")
    True
    """
    return sha256(_NO_LETTER.sub("", paragraph.casefold()).encode()).hexdigest()


def read_recurring(passage: Passage) -> tuple[RecurringText, ...]:
    """The paragraphs of a passage that are long enough to be told again at another meeting."""
    text = passage.text
    return tuple(
        RecurringText(
            text_hash=fingerprint(text[begin:end]),
            evidence=(passage.evidence(begin, end),),
            extraction_method="text.paragraph",
        )
        for begin, end in paragraphs(text)
        if end - begin >= _SHORTEST
    )


def _numbered(text: str) -> list[_Named]:
    """Goals by number: "verdensmål 4", "verdensmål nr. 3, 4 og 11", "SDG 13"."""
    found = []
    for match in _NUMBERED.finditer(text):
        if (
            match[0].lower().startswith("mål")
            and _WORD.search(text, max(0, match.start() - 200), match.start()) is None
        ):
            continue
        numbers = [(int(match["first"]), match.start("first"), match.end("first"))]
        more = _MORE.match(text, match.end())
        while more is not None and len(numbers) <= _LAST_GOAL:
            number, at = int(more["number"]), more.span("number")
            if more["sep"] in "-–":
                numbers += [(n, *at) for n in range(numbers[-1][0] + 1, number) if n <= _LAST_GOAL]
            numbers.append((number, *at))
            more = _MORE.match(text, more.end())
        found += [_Named("goal", str(n), b, e) for n, b, e in numbers if 1 <= n <= _LAST_GOAL]
    return found


@cache
def _names() -> dict[str, str]:
    """The number of each goal by its Danish name in lower case."""
    return {name.lower(): number for number, names in table("goals")["goals"].items() for name in names}


@cache
def _name_form() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for name in sorted(_names(), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)", re.IGNORECASE)


def _by_name(text: str) -> list[_Named]:
    """Goals by their Danish name, with its capital or in quotes: "livet på land" alone is ordinary Danish."""
    found = []
    for match in _name_form().finditer(text):
        quoted = text[match.start() - 1 : match.start()] in tuple(_QUOTES)
        if match[0][0].isupper() or quoted:
            found.append(_Named("goal", _names()[match[0].lower()], *match.span()))
    return found


def _targets(text: str) -> list[_Named]:
    """Targets by number: "delmål 4.7"."""
    found = []
    for match in _TARGET.finditer(text):
        spans = [match.span("first")]
        more = _MORE_TARGETS.match(text, match.end())
        while more is not None:
            spans.append(more.span("number"))
            more = _MORE_TARGETS.match(text, more.end())
        found += [_Named("target", text[b:e], b, e) for b, e in spans]
    return found
