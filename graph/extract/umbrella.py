"""An umbrella item ("Punkter til behandling"): its separate matters, found in the case text and again in the decision.

The two statements of one matter are paired in order and by likeness. The title is what both begin with; the verdict is
what the decision says beyond it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from graph.danish.sentences import sentences
from graph.extract.rows import Row
from graph.extract.sections import Part
from graph.privacy.masks import MASK
from graph.values import value

ALIKE = 70  # token_set_ratio of the openings of two statements of one matter
WINDOW = 12  # so many points ahead are searched for the one that a verdict is on
SAME_SENTENCE = 98  # "drøfter" and "drøftede" are not the same
OPENING = 90  # characters of a statement that are compared

_POINT = re.compile(r"(?P<number>\d{1,2})[.)][ \t\xa0]{1,8}(?=\S)")
_INTRO = re.compile(r"\bpunkt(?:er)? til (?:behandling|drøftelse|orientering)", re.IGNORECASE)
_NEW_SENTENCE = re.compile(
    r"(?P<before>[a-zæøå]{2,40}) (?=(?:[A-ZÆØÅ][a-zæøå-]{0,40}(?:en|et|ne)|De[rt]?|Den|Se|Sagen|Vi) [a-zæøå])"
)
_SAID = re.compile(r"\w")
_NO_END = frozenset(
    {
        "i",
        "på",
        "til",
        "fra",
        "for",
        "af",
        "ved",
        "med",
        "om",
        "hos",
        "mod",
        "over",
        "under",
        "efter",
        "som",
        "og",
        "eller",
        "samt",
        "at",
        "den",
        "det",
        "de",
        "en",
        "et",
        "hvor",
        "når",
    }
)
_EVENT = re.compile(
    r",?[ ](?:(?:som )?(?:blev )?(?:afholdt|holdt|fandt sted) )?(?:d\.|den) ?\d{1,2}\. ?[a-zæøå]{3,9}(?: \d{4})?\.?$"
)
_TOLD = re.compile(r"[ ](?:drøftes|behandles|gennemgås|præsenteres|fremlægges|forelægges|orienteres|udsættes)$")
_INFORMS = re.compile(
    r"(?:[A-ZÆØÅ][\w-]{0,40}(?: for [A-ZÆØÅ][\w, og-]{2,60}?)? )"
    r"(?:orienterer|redegør|informerer|fortæller|giver (?:en )?(?:status|orientering)) (?:om|for|på) (?=\S)"
)


@value()
class Point:
    """One point of a list: its place in the source, and its number where it has one."""

    begin: int
    end: int
    number: tuple[int, int] | None


@value()
class Matter:
    """One matter under an umbrella item: its title, where the case text states it, and its verdict in the decision."""

    title: tuple[int, int]
    number: tuple[int, int] | None
    case: tuple[int, int] | None
    decision: tuple[int, int] | None
    line: tuple[int, int]


def read_matters(text: str, parts: Sequence[Part]) -> tuple[Matter, ...]:
    """The matters that the case text lists, each with what the decision says of it; none where an item is about one."""
    case = next((part for part in parts if part.kind == "case-text" and not part.empty), None)
    verdict = next(
        (part for part in parts if part.kind == "decision" and part.head is not None and not part.empty), None
    )
    stated = _points(case) if case is not None else []
    announced = case is not None and stated and bool(_INTRO.search(_line_before(text, case, stated[0])))
    decided = _points(verdict) if verdict is not None else []
    pairs = _pairs(text, stated, decided)
    matched = sum(1 for first, second in pairs if first is not None and second is not None)
    if not announced and (matched < 1 or matched < len(decided)):
        return ()
    if announced and not matched:
        pairs = [(point, None) for point in stated]
    return tuple(_matter(text, first, second) for first, second in pairs)


def standing_end(text: str, part: Part, matters: Sequence[Matter]) -> int:
    """Where the text that stands over the list of matters ends."""
    first = min((m.case[0] for m in matters if m.case and part.begin <= m.case[0] < part.end), default=part.end)
    return max(part.begin, first)


def _points(part: Part) -> list[Point]:
    """The points of a list, each with the lines that go on with it, also past an empty line."""
    starts: list[tuple[Row, tuple[int, int] | None]] = []
    ends: list[int] = []
    for row in part.rows:
        if row is part.head:
            continue
        number = _POINT.match(row.line.text)
        if row.line.mark == "-" or number:
            span = (row.line.begin, row.line.begin + len(number["number"])) if number else None
            starts.append((row, span))
            ends.append(row.line.end)
        elif starts and not row.role and (not row.line.after_blank or row.line.text[0].islower()):
            ends[-1] = row.line.end
    found = []
    for (row, span), end in zip(starts, ends, strict=True):
        opening = _POINT.match(row.line.text)
        found.append(Point(row.line.begin + (opening.end() if opening else 0), end, span))
    return found


def _line_before(text: str, part: Part, first: Point) -> str:
    """The last line of words over the first point."""
    lines = [line for line in text[part.begin : first.begin].split("\n")[:-1] if line.strip()]
    return lines[-1] if lines else ""


def _pairs(text: str, stated: Sequence[Point], decided: Sequence[Point]) -> list[tuple[Point | None, Point | None]]:
    """Points of the case text with the points of the decision, in order; those alike are one matter."""
    pairs: list[tuple[Point | None, Point | None]] = []
    left = list(stated)
    for point in decided:
        scores = [_alike(text, first, point) for first in left[:WINDOW]]
        best = max(range(len(scores)), key=lambda n: (scores[n], -n), default=None)
        if best is None or scores[best] < ALIKE:
            pairs.append((None, point))
            continue
        pairs.extend((skipped, None) for skipped in left[:best])
        pairs.append((left[best], point))
        left = left[best + 1 :]
    return [*pairs, *((point, None) for point in left)]


def _alike(text: str, first: Point, second: Point) -> float:
    one, other = text[first.begin : first.end][:OPENING], text[second.begin : second.end][:OPENING]
    if MASK in one and MASK in other and not _SAID.search(one + other):  # two statements of an erased matter
        return 100.0
    shortest = min(len(one), len(other))
    return max(
        fuzz.token_set_ratio(one[:shortest], other[:shortest]),
        fuzz.token_set_ratio(_first_sentence(one), _first_sentence(other)),
    )


def _first_sentence(text: str) -> str:
    found = sentences(text)
    return text[slice(*found[0])] if found else text


def _matter(text: str, stated: Point | None, decided: Point | None) -> Matter:
    first = stated or decided
    if first is None:
        raise ValueError("a matter is stated somewhere")
    words = text[first.begin : first.end]
    begin, end = title_of(words, text[decided.begin : decided.end] if stated and decided else None)
    line_end = text.find("\n", first.begin, first.end)
    verdict = _verdict(text, decided, words, title_end=end) if decided else None
    return Matter(
        title=(first.begin + begin, first.begin + end),
        number=first.number,
        case=(stated.begin, stated.end) if stated else None,
        decision=verdict,
        line=(first.begin, line_end if line_end >= 0 else first.end),
    )


def title_of(stated: str, decided: str | None = None) -> tuple[int, int]:
    """The place of a matter's title at the start of its statement.

    >>> text = "Kommende udbud af ERP-system drøftes. Økonomichef Bettina Andersen deltager under punktet."
    >>> text[slice(*title_of(text))]
    'Kommende udbud af ERP-system'
    >>> text = "Stormøde afholdt d. 6. oktober Formålet med dagen var at skabe en fælles ramme."
    >>> text[slice(*title_of(text))]
    'Stormøde'
    """
    end = len(_first_sentence(stated).rstrip(" .:;"))
    for unstopped in _NEW_SENTENCE.finditer(stated, 0, end):
        if unstopped["before"] not in _NO_END:
            end = unstopped.end("before")
            break
    shared = _shared_words(stated[:end], decided) if decided else 0
    if shared * 2 >= end:
        end = min(end, shared)
    begin = 0
    informs = _INFORMS.match(stated, 0, end)
    if informs is not None and informs.end() < end:
        begin = informs.end()
    title = stated[begin:end]
    for tail in (_EVENT, _TOLD):
        title = tail.sub("", title).rstrip(" .,:;–-") or title
    return begin, begin + len(title)


def _shared_words(first: str, second: str) -> int:
    """How far two statements begin with the same words."""
    other = [word.group().strip(".,:;") for word in re.finditer(r"\S+", second[: len(first) + 40])]
    end = 0
    for word, twin in zip(re.finditer(r"\S+", first), other, strict=False):
        if word.group().strip(".,:;") != twin:
            break
        end = word.start() + len(word.group().rstrip(".,:;"))
    return end


def _verdict(text: str, decided: Point, stated: str, *, title_end: int) -> tuple[int, int]:
    """The place of a verdict: the decision's point without the sentences that only repeat the statement."""
    words = text[decided.begin : decided.end]
    known = [stated[a:b] for a, b in sentences(stated)] + [stated[:title_end]]
    begin = 0
    spans = sentences(words)
    for (a, b), (after, _) in pairwise([*spans, (len(words), len(words))]):
        if not any(fuzz.ratio(words[a:b].rstrip(". "), sentence.rstrip(". ")) >= SAME_SENTENCE for sentence in known):
            break
        begin = after
    return (decided.begin + begin, decided.end) if begin < len(words) else (decided.end, decided.end)
