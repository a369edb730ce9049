"""A vote as minutes print it: counts, lists of names, or one name that stands alone."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from graph.danish.hints import lowered
from graph.danish.names import read_names
from graph.danish.sentences import sentences
from graph.extract.passage import Passage
from graph.model import Evidence, Vote

_SIDES = {"for": "for", "ja": "for", "imod": "against", "mod": "against", "nej": "against"}
_WORDS = ("nul", "en", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti", "elleve", "tolv")
_NUMBERS = {**{word: number for number, word in enumerate(_WORDS)}, "én": 1, "et": 1, "ét": 1}
_NUMBER = rf"(?<!\w)(?:\d{{1,3}}|{'|'.join(_NUMBERS)})(?!\w)"
_LABEL = re.compile(
    r"(?<![\w,])(?:(?P<side>For|Imod|Mod|Ja|Nej)\b(?P<words>[^:\n.(]{0,50})"
    r"|(?P<none>Undlod|Undlader|Hverken for eller imod|Blank|Blanke|Afholdt sig)[^:\n.(]{0,40}):[ ]?(?P<count>\d{1,3})?"
)
_AGAINST = re.compile(
    rf"(?P<for>{_NUMBER})(?: stemmer?| medlemmer)?(?: \([^()]{{1,120}}\))?(?: stemte| stemmer)?(?: for)?,? ?"
    rf"(?:og|mod|imod|over for) "
    rf"(?P<against>{_NUMBER})(?: stemmer?)?(?: \(?imod)?",
    re.IGNORECASE,
)
_WEIGHT = re.compile(r"(?<=\w \()(\d{1,3})(?= stemmer\)|\))")
_TOTAL = re.compile(r"(?:[-–=:]|i alt) ?(\d{1,3})(?: stemmer)?[ .]*$")
_VOTED = re.compile(r"\b(?:stemme\w*|stemte)\b", re.IGNORECASE)
_COUNTED = re.compile(
    rf"(?P<n>{_NUMBER})(?: medlem(?:mer)?)?(?: \([^()]{{1,200}}\))? (?:stemte|stemmer?) (?P<side>for|imod|mod)\b"
    rf"|(?<!\w)(?P<first>for|imod|mod)(?: \w+)? (?:stemte|stemmer) (?P<m>{_NUMBER})",
    re.IGNORECASE,
)
_COUNTED_ABSTAINED = re.compile(
    rf"(?P<n>{_NUMBER})(?: medlem(?:mer)?)?(?: \([^()]{{1,200}}\))? (?:undlod|undlader|hverken|blank)"
    rf"|undlod(?: at stemme)?:? (?P<m>{_NUMBER})",
    re.IGNORECASE,
)
_SIDE_FIRST = re.compile(
    r"(?<!\w)(?P<side>for|imod|mod)(?: \w{3,20})? (?:stemte|stemmer):? (?=[A-ZÆØÅ])", re.IGNORECASE
)
_SIDE = re.compile(r"\b(?:for|imod)\b", re.IGNORECASE)
_LOST = re.compile(r"\b(?:forkastet|forkastes|afvist|nedstemt|faldt|bortfaldt|ikke (?:vedtaget|godkendt|tiltrådt))\b")
_VERB = re.compile(
    r"\b(?P<abstained>undlod|undlader|stemte hverken|stemte blankt)\b"
    r"|\b(?:stemte|stemmer) (?P<side>for|imod|mod|nej|ja)\b",
    re.IGNORECASE,
)


@dataclass(slots=True)
class _Count:
    """What is known of one side so far."""

    votes: int | None = None
    names: tuple[str, ...] = ()

    @property
    def number(self) -> int | None:
        return self.votes if self.votes is not None else len(self.names) or None


def read_vote(passage: Passage) -> Vote | None:
    """The vote that a passage prints, with counts as printed or counted from the names; None where there is none."""
    text = passage.text
    voted = "stem" in lowered(text) and _VOTED.search(text) is not None
    if not voted and (":" not in text or _LABEL.search(text) is None):
        return None
    sides = {"for": _Count(), "against": _Count(), "abstained": _Count()}
    spans: list[Evidence] = []
    _read_labels(passage, sides, spans)
    _read_sentences(passage, sides, spans)
    if all(count.number is None for count in sides.values()):
        return None
    spans = sorted(dict.fromkeys(spans), key=lambda e: e.begin_index)
    return Vote(
        votes_for=sides["for"].number,
        votes_against=sides["against"].number,
        votes_abstained=sides["abstained"].number,
        cast_for=sides["for"].names,
        cast_against=sides["against"].names,
        cast_abstained=sides["abstained"].names,
        evidence=tuple(spans),
        extraction_method="vote.list" if any(c.names for c in sides.values()) else "vote.count",
        confidence=0.9,
    )


def _read_labels(passage: Passage, sides: dict[str, _Count], spans: list[Evidence]) -> None:
    """Votes under labels: "For: 20 (…)", "Imod stemmer:" with the names behind it or on the next line."""
    text = passage.text
    labels = [found for found in (_label(m) for m in _LABEL.finditer(text)) if found]
    for place, (side, begin, end, count) in enumerate(labels):
        until = labels[place + 1][1] if place + 1 < len(labels) else len(text)
        until = min(until, _list_end(text, end))
        names = _between(text, end, until)
        count = _weighed(text[end:until]) if count is None and not names else count
        if names or count is not None:
            sides[side] = _Count(count if count is not None else None, names)
            spans.append(passage.evidence(begin, until))


def _label(match: re.Match[str]) -> tuple[str, int, int, int | None] | None:
    """A label's side, bounds and printed count; None where the word is no label."""
    count = int(match["count"]) if match["count"] else None
    if match["none"]:
        return "abstained", match.start(), match.end(), count
    words = match["words"].strip()
    if words and not _VOTED.search(words):
        return None
    return _SIDES[match["side"].lower()], match.start(), match.end(), count


def _weighed(voters: str) -> int | None:
    """How many votes parties or municipalities have that are listed each with its own ("Greve (5), Køge (6)")."""
    votes = [int(one) for one in _WEIGHT.findall(voters)]
    total = _TOTAL.search(voters) if votes else None
    return int(total[1]) if total else sum(votes) or None


def _list_end(text: str, begin: int) -> int:
    """Where a list of voters ends: at the end of the first line that holds anything."""
    start = begin + len(text[begin:]) - len(text[begin:].lstrip())
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _read_sentences(passage: Passage, sides: dict[str, _Count], spans: list[Evidence]) -> None:
    """Votes in sentences: "med 1 stemme mod 8. 1 undlod at stemme.", "Henning Holm undlader at stemme."."""
    text = passage.text
    for begin, end in sentences(text):
        sentence = text[begin:end]
        if _VOTED.search(sentence) is None:
            continue
        read = False
        counted = _AGAINST.search(sentence)
        if counted is not None and sides["for"].number is None:
            sides["for"], sides["against"] = _Count(_number(counted["for"])), _Count(_number(counted["against"]))
            lost = _LOST.search(sentence, 0, counted.start()) is not None and _SIDE.search(counted[0]) is None
            if lost and (sides["for"].number or 0) > (sides["against"].number or 0):
                sides["for"], sides["against"] = sides["against"], sides["for"]  # "forkastet med 4 stemmer mod 2"
            read = True
        for found in _COUNTED.finditer(sentence):
            side = _SIDES[(found["side"] or found["first"]).lower()]
            if sides[side].number is None:
                sides[side] = _Count(_number(found["n"] or found["m"]))
                read = True
        abstained = _COUNTED_ABSTAINED.search(sentence)
        if abstained is not None and sides["abstained"].number is None:
            sides["abstained"] = _Count(_number(abstained["n"] or abstained["m"]))
            read = True
        read = _read_voters(text, (begin, end), sides) or read
        if read:
            spans.append(passage.evidence(begin, end))


def _read_voters(text: str, span: tuple[int, int], sides: dict[str, _Count]) -> bool:
    """Named voters before a verb ("A og B stemte imod") or behind it ("Imod stemte A og B"); whether any was read."""
    read = False
    for first in _SIDE_FIRST.finditer(text, *span):
        side, after = _SIDES[first["side"].lower()], _SIDE_FIRST.search(text, first.end(), span[1])
        voters = _between(text, first.end(), after.start() if after else span[1])
        if voters and sides[side].number is None:
            sides[side] = _Count(None, voters)
            read = True
    for verb in _VERB.finditer(text, *span):
        side = "abstained" if verb["abstained"] else _SIDES[verb["side"].lower()]
        if sides[side].number is not None:
            continue
        voters = _between(text, span[0], verb.start())
        if voters:
            sides[side] = _Count(None, voters)
            read = True
    return read


def _between(text: str, begin: int, end: int) -> tuple[str, ...]:
    """The persons named between two places."""
    names = read_names(text)
    first = bisect_left(names, begin, key=lambda name: name.begin)
    return tuple(name.name for name in names[first : bisect_left(names, end, key=lambda name: name.begin)])


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word.lower()]
