"""Which of a sentence's actors a verb speaks of: those in a list before it, or behind it where it stands first."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import cache

from graph.danish.hints import openings
from graph.danish.lexicon import alternatives, table
from graph.extract.people import Actor

# a title in the plural may stand before those who share it: "og direktørerne Mette Krag og Lars Ravn"
_LISTED = re.compile(r"(?:,| og| samt| &|;|\))\s*(?:[a-zæøå-]+(?:erne|ere|er) )?$")
_OTHER_VERB = re.compile(r"\b(?:er|var|blev|bliver|har|havde|skal|vil|kan|at|som|der|hvor|om|da|fordi|eftersom)\b")
_CAME = re.compile(
    r"(?: \([^()]{1,24}\))? (?:mødte|møder|deltog|deltager|(?:er|var|blev) (?:mødt|indkaldt|til stede)|indtr[åæ]d\w+"
    r"|indkaldtes)(?: som (?:stedfortræder|suppleant))?:? (?:[a-zæøå. ]{0,30} )?$"
)
# to a seat for good, and not for one meeting: "Bo Juhl udpeges til nævnet i stedet for Ida Krog"
ELECTED = re.compile(
    r"\b(?:(?:gen|ny)?(?:udpeg(?:es|et|ede|edes)?|vælges|valgt|valgtes)|indstilles|foreslås|ansættes|ansat|efterfølger"
    r"|overtager|(?:nyt|som) medlem)\b",
    re.IGNORECASE,
)
# "kom til stede kl. 18:25, efter at sag 143 var afgjort"
CAME_AFTER = re.compile(
    r"\b(?:kom|ankom|mødte|tiltrådte)\b.{0,60}?\befter (?:at |behandlingen af |afgørelsen af )?"
    r"(?P<items>(?:pkt\.?|punkt(?:erne)?|sag(?:erne)?)(?: nr\.)? \d[\d ,.og–-]*)",
    re.IGNORECASE,
)
# that someone stands in, whoever is named: "Bo Juhl mødte i stedet", "I hendes sted var indkaldt Bo Juhl"
INSTEAD = re.compile(
    r"\bi stedet\b(?! for [A-ZÆØÅ])|\bindtræder\b|\bindtrådte\b|\bindkaldt som\b"
    r"|\b(?:i )?(?:hendes|hans|dennes|vedkommendes|sidstnævntes) (?:sted|plads)\b",
    re.IGNORECASE,
)
# a sentence on who stands in for the one whom the sentence before calls absent: "Stedfortræder: Bo Juhl."
THE_SUBSTITUTE = re.compile(r"[\W\d]{0,4}(?:stedfortræder|suppleant|afløser|vikar)(?:en)?\b(?! for\b)", re.IGNORECASE)
_REACH = 90
_BEHIND = 50


@cache
def taking_part() -> re.Pattern[str]:
    """Verbs of taking part; the group `past` or `present` tells the tense."""
    past, present = (alternatives("verbs", "taking_part", tense) for tense in ("past", "present"))
    return re.compile(rf"\b(?:(?P<past>{past})|(?P<present>{present}))\b(?! ikke)", re.IGNORECASE)


@cache
def coming() -> re.Pattern[str]:
    """Verbs that tell in the present what happened: "ankommer klokken 13"."""
    return re.compile(rf"\b(?:{alternatives('verbs', 'taking_part', 'comes')})\b", re.IGNORECASE)


@cache
def noun_before() -> re.Pattern[str]:
    """A noun of taking part right before a name: "Orientering om budget ved "."""
    nouns = alternatives("verbs", "taking_part", "nouns")
    return re.compile(rf"\b(?:{nouns})\b[^.;:\n]{{0,60}}(?: ved| af| fra|:| v/) ?$", re.IGNORECASE)


@cache
def being_absent() -> re.Pattern[str]:
    """Words that tell of absence."""
    return re.compile(rf"\b(?:{alternatives('verbs', 'taking_part', 'absent')})", re.IGNORECASE)


@cache
def absence_hints() -> tuple[str, ...]:
    """What no words of absence can do without, in lower case."""
    return openings(tuple(table("verbs")["taking_part"]["absent"]))


@cache
def instead_of() -> re.Pattern[str]:
    """Words between a substitute and the one stood in for, at their end."""
    return re.compile(rf"(?:{alternatives('verbs', 'taking_part', 'instead_of')})\W*$", re.IGNORECASE)


@cache
def sent_for() -> re.Pattern[str]:
    """Words between one who is absent and the substitute, at their end."""
    return re.compile(rf"(?:{alternatives('verbs', 'taking_part', 'sent_for')})[:, ]*$", re.IGNORECASE)


def came_for(before: str, between: str) -> bool:
    """Whether the first of two names is the one stood in for: "For Ida Krog mødte Bo Juhl".

    >>> came_for("Afbud. For ", " mødte "), came_for("Afbud. ", " mødte ")
    (True, False)
    """
    return before.endswith(("For ", " for ")) and _CAME.match(between) is not None


def chain_before(text: str, actors: list[Actor], place: int) -> list[Actor]:
    """The actors that stand in a list right before a place."""
    chain: list[Actor] = []
    reach = place
    for index in range(bisect_right(actors, place, key=lambda actor: actor.end) - 1, -1, -1):
        actor = actors[index]
        if not _joins(text[actor.end : reach], reach=_REACH, listed=bool(chain)):
            break
        chain.append(actor)
        reach = actor.begin
    return chain[::-1]


def chain_after(text: str, actors: list[Actor], place: int) -> list[Actor]:
    """The actors that stand in a list right behind a place."""
    chain: list[Actor] = []
    reach = place
    for index in range(bisect_left(actors, place, key=lambda actor: actor.begin), len(actors)):
        actor = actors[index]
        if not _joins(text[reach : actor.begin], reach=_REACH if chain else _BEHIND, listed=bool(chain)):
            break
        chain.append(actor)
        reach = actor.end
    return chain


def _joins(gap: str, *, reach: int, listed: bool) -> bool:
    """Whether the words between two actors, or an actor and the verb, hold them together."""
    if len(gap) > reach or (listed and _LISTED.search(gap) is None):
        return False
    return _OTHER_VERB.search(gap) is None and taking_part().search(gap) is None
