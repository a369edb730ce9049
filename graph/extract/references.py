"""The agreements, laws, policies, strategies and plans that a text leans on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from graph.danish.hints import holds, lowered
from graph.danish.lexicon import endings, words
from graph.danish.sentences import sentences
from graph.extract.passage import Passage
from graph.model import PolicyReference

_AGREEMENT = re.compile(r"(?<![\w-])[\w-]*?(?P<frame>SKI-|ramme)?aftale(?:n|rne)(?P<genitive>s)?\b", re.IGNORECASE)
_YEAR = re.compile(r"(?: (?:mellem [^.;:\n]{3,60} )?for)? (?P<year>(?:19|20)\d\d(?:[-–]\d{2,4})?)\b(?! kr)")
_FRAME_YEAR = re.compile(r"\b[Rr]ammeaftale (?:19|20)\d\d\b")
_SECTION = r" §+ ?\d+ ?[a-z]?(?:, ?stk\. ?\d+)?(?:, ?(?:pkt\.|nr\.) ?\d+)?"
_LAW = re.compile(
    r"(?<![\w-])(?P<law>[\w-]*?(?:loven|bekendtgørelsen|forretningsordenen|styrelsesvedtægten)s?)\b"
    rf"(?P<part>(?:{_SECTION})?)"
)
_STATUTE = re.compile(
    r"(?<![\w-])(?:[Ll]ov(?:bekendtgørelse)?|LBK|[Bb]ekendtgørelse|BEK) "
    r"(?:nr\.? ?\d+ af \d{1,2}\.? ?[\w.]+(?: \d{4})?|om [a-zæøå][\wæøå ]{3,60})"
    rf"(?:{_SECTION})?(?=[.,;)\n]|$| §)"
)
_OWNED = re.compile(
    r"(?<![\w-])(?:(?P<owner>(?:[A-ZÆØÅ][\w-]{0,40} )?[A-ZÆØÅ][\w-]{0,40}s) )?"
    r"(?P<word>[\w-]*?(?P<kind>politik|strategi|plan))(?P<definite>ken|en|n)?(?P<genitive>s)?\b"
)
_KINDS = {"politik": "policy", "strategi": "strategy", "plan": "plan"}
_Place = tuple[int, int, str, str]


def read_references(passage: Passage) -> tuple[PolicyReference, ...]:
    """What a passage leans on, each once by its title in the nominative, with the sentences that name it."""
    text = passage.text
    low = lowered(text)
    spans = [span for read, hints in _WAYS if holds(low, hints) for span in read(text)]
    if not spans:
        return ()
    found: dict[str, PolicyReference] = {}
    spans.sort(key=lambda span: (span[0], -span[1]))
    reached = place = 0
    within = sentences(text)
    for begin, end, title, kind in spans:
        if begin < reached:
            continue
        reached = end
        while place + 1 < len(within) and within[place][1] <= begin:
            place += 1
        one = PolicyReference(
            title=title,
            reference_kind=kind,
            section_kind=passage.section_kind,
            evidence=(passage.evidence(*within[place]), passage.evidence(begin, end, "title")),
            extraction_method="basis",
            confidence=0.9,
        )
        first = found.setdefault(title.casefold(), one)
        evidence = tuple(dict.fromkeys([*first.evidence, *one.evidence]))
        found[title.casefold()] = replace(first, evidence=evidence)
    return tuple(found.values())


def _agreements(text: str) -> list[_Place]:
    """Agreements in the definite form, with the year they are for: "økonomiaftalen … for 2019"."""
    found = []
    for match in _AGREEMENT.finditer(text):
        word = match[0].removesuffix("s") if match["genitive"] else match[0]
        if word.lower() in words("references", "agreements"):
            continue
        year = _YEAR.match(text, match.end())
        title = f"{word} {year['year']}" if year else word
        kind = "framework-agreement" if match["frame"] else "agreement"
        found.append((match.start(), year.end() if year else match.end(), title, kind))
    found += [(m.start(), m.end(), m[0], "framework-agreement") for m in _FRAME_YEAR.finditer(text)]
    return found


def _laws(text: str) -> list[_Place]:
    """Laws and their sections: "planlovens § 15", "LBK nr 47 af 15.01.2019 § 8"."""
    found = []
    for match in _LAW.finditer(text):
        if match["law"].lower() not in words("references", "laws") or match["part"]:
            title = match[0].rstrip() if match["part"] else match[0].removesuffix("s")
            found.append((match.start(), match.start() + len(match[0].rstrip()), title, "law"))
    found += [(m.start(), m.end(), " ".join(m[0].split()), "law") for m in _STATUTE.finditer(text)]
    return found


def _policies(text: str) -> list[_Place]:
    """Policies, strategies and plans: in the definite form, or with their owner before them."""
    found = []
    for match in _OWNED.finditer(text):
        word = match["word"].lower()
        named = match["definite"] is not None or match["owner"] is not None
        if not named or word in ("plan", "politik", "strategi") or word.endswith(endings("references", "plans")):
            continue
        title = match[0].removesuffix("s") if match["genitive"] else match[0]
        found.append((match.start(), match.end(), title, _KINDS[match["kind"].lower()]))
    return found


# each way of leaning on something, with words of which it needs one
_WAYS: tuple[tuple[Callable[[str], list[_Place]], tuple[str, ...]], ...] = (
    (_agreements, ("aftale",)),
    (_laws, ("lov", "bek", "lbk", "ordenen", "vedtægt")),
    (_policies, ("politik", "strategi", "plan")),
)
