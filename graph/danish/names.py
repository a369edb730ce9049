"""Names of persons in Danish minutes, with party and title as printed.

A name is two to six capitalised words with initials and particles between them. The list of given names scores a
find and never gates it: a title, a party mark, a neighbour in a list or a verb of taking part can do as well.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from graph.danish.capitals import is_given_name, name_runs
from graph.danish.hints import lowered
from graph.danish.lexicon import alternatives, endings, table, words
from graph.danish.titles import Title, read_titles
from graph.values import value

_PARTY = re.compile(r" ?\({1,2}([^()\n]{0,24})\){1,2}")
_CLOSED = re.compile(r"\){1,2}")
_COMMA_PARTY = re.compile(r", ?([A-ZÆØÅ])(?=[,.;:)]|\s*$| [a-zæøå(]|\s*\n)")
_PARTY_FIRST = re.compile(r" ?\(([A-ZÆØÅ]{1,2})[,;] (?=[a-zæøå])")  # "(C, punkt 18-19)", "(V, formand)"
_ROLE_PARTY = re.compile(
    r"(?: ?\((?P<role>[^()\n]{2,40})\)|, (?P<post>[^\W\d_][\w -]{2,40}?)),? ?\((?P<party>[^()\n]{0,24})\)"
)
_LIST_PARTY = re.compile(r"(?:liste|Liste) ([A-ZÆØÅ]),? $")
_LETTERS = re.compile(r"[A-ZÆØÅ]{1,4}\Z")
_BETWEEN = re.compile(r"(?: ?\([^()\n]{0,24}\){1,2})?(?:, ?[A-ZÆØÅ])?(?:,| og| samt|;| &)?(?: og| samt)? ?\n? ?$")
_INITIAL = re.compile(r"[^\W\d_] [A-ZÆØÅ]\. ?[^\W\d_]{2}")
# what only a person does at a meeting
_PERSONAL = re.compile(
    r" (?:deltog ikke|forlod|ankom|undlod|undlader|erklærede sig|begærede|(?:tog|tager) forbehold"
    r"|var (?:inhabil|fraværende)|(?:havde|har) meldt|stemte (?:for|imod))\b"
)
_WORD_BEGINS = re.compile(r"(?<![\w-])")
_WORD_ENDS = re.compile(r"s?(?![\w-])")
_FOLLOWING = re.compile(r" ([a-zæøå]+)")
_ACCEPT = 2
_NAMED_WITH_MORE, _KNOWN, _BY_GIVEN_NAME, _UNKNOWN = 0.95, 0.75, 0.6, 0.5
_RULE = "given-name-in-header"
_SURNAME_BEHIND = re.compile(r"s?\.? [A-ZÆØÅ]\w")
_CAPITAL_BEFORE = re.compile(r"(?<![\w.])[A-ZÆØÅ][\w.'-]{0,28} $|[\w.-]$")  # "Ida Aase Holm" is somebody else


@cache
def _verb_behind() -> re.Pattern[str]:
    return re.compile(rf"\s(?:og )?(?:{alternatives('verbs', 'names', 'behind')})\w*")


@cache
def _verbs() -> tuple[str, ...]:
    return tuple(table("verbs")["names"]["behind"])


@cache
def _small_words() -> frozenset[str]:
    return frozenset(table("verbs")["names"]["small"])


@cache
def _cue_before() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('verbs', 'names', 'cues')})(?: er| var)?(?: også)?[:,]? ?$")


@value()
class PersonName:
    """A person as named in a text (personnavn), in the nominative, with party and title as printed.

    `begin` and `end` hold the name alone; `whole` the name with title, party and remark. `remark` is what follows in a
    list ("sag 129-138", "Suppleant for Brian Møller"). `score` is how sure the rule is, 0 to 1.
    """

    begin: int
    end: int
    name: str
    party: str | None = None
    title: str | None = None
    whole: tuple[int, int] = (0, 0)
    party_at: tuple[int, int] | None = None
    title_at: tuple[int, int] | None = None
    remark: str | None = None
    score: float = _KNOWN
    inferred_by: str | None = None


@lru_cache(maxsize=256)
def read_names(text: str) -> tuple[PersonName, ...]:
    """The persons that a text names, in order.

    >>> [(p.name, p.title) for p in read_names("Konstitueret socialchef Eva-Marie Lundsgaard deltog.")]
    [('Eva-Marie Lundsgaard', 'Konstitueret socialchef')]
    >>> [(p.name, p.party) for p in read_names("Tormod Olsen (Ø) og Hans Nissen, A, deltog ikke.")]
    [('Tormod Olsen', 'Ø'), ('Hans Nissen', 'A')]
    """
    return tuple(find_names(text, listed=False))


def find_names(text: str, *, listed: bool) -> list[PersonName]:
    """The runs of capitals that score as persons, and those beside them; where all are `listed`, less is asked."""
    runs = name_runs(text, listed=listed)
    if not runs:
        return []
    titles = read_titles(text)
    known = frozenset(text[begin:end] for begin, end in runs)
    found = [_described(text, (begin, _without_genitive(text, begin, end, known=known)), titles) for begin, end in runs]
    scores = [_score(text, name, listed=listed) for name in found]
    if min(scores) < _ACCEPT:
        for place in (*range(len(found)), *reversed(range(len(found)))):
            if 0 <= scores[place] < _ACCEPT and _is_beside_one(text, found, scores, place=place):
                scores[place] = _ACCEPT
    return [_scored(name, score) for name, score in zip(found, scores, strict=True) if score >= _ACCEPT]


def names_at(text: str, spans: Sequence[tuple[int, int]]) -> tuple[PersonName, ...]:
    """The persons known to stand at some places of a text, with the party and title beside them.

    >>> [(p.name, p.party, p.score) for p in names_at("Referat ved Liv Ravn (A).", [(12, 20)])]
    [('Liv Ravn', 'A', 0.95)]
    """
    titles = read_titles(text) if spans else ()
    return tuple(_described(text, span, titles) for span in spans)


def given_names_at(text: str, people: tuple[str, ...], taken: Sequence[tuple[int, int]] = ()) -> tuple[PersonName, ...]:
    """Those of some people whom a text names by their given name alone, where it is the only one's of that name and
    stands in none of the places taken.

    >>> [(p.name, p.begin, p.end) for p in given_names_at("Aase bød velkommen.", ("Aase Holm", "Per Skov"))]
    [('Aase Holm', 0, 4)]
    >>> given_names_at("Aase Krog kom. Per 1. maj lukkes broen.", ("Aase Holm", "Per Skov"))
    ()
    """
    found = [
        PersonName(begin, end, name, whole=(begin, end), score=_BY_GIVEN_NAME, inferred_by=_RULE)
        for given, name in _given_names(people)
        for begin, end in places_of(text, given)
        if not _SURNAME_BEHIND.match(text, end) and not _CAPITAL_BEFORE.search(text, max(0, begin - 30), begin)
    ]
    places = sorted(taken) if found else []
    before = [(one, bisect_left(places, (one.end, 0))) for one in found]
    return tuple(one for one, place in before if not place or places[place - 1][1] <= one.begin)


def places_of(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Where a name stands by itself or in the genitive, and is no part of a longer word.

    >>> list(places_of("Aases bro, Aaseby og Aase", "Aase"))
    [(0, 4), (21, 25)]
    """
    begin = text.find(name)
    while begin >= 0:
        end = begin + len(name)
        if _WORD_BEGINS.match(text, begin) and _WORD_ENDS.match(text, end):
            yield begin, end
        begin = text.find(name, begin + 1)


@lru_cache(maxsize=32)
def _given_names(people: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The given names that one alone of some people has and that are no other word, each with the whole name."""
    own = {name: name.split(" ")[0] for name in people}
    given = list(own.values())
    plain = words("people", "given_words")
    return tuple(
        (first, name)
        for name, first in own.items()
        if given.count(first) == 1 and first not in plain and is_given_name(first)
    )


def _scored(name: PersonName, score: int) -> PersonName:
    """A name that nothing but its neighbours or its form speaks for is less sure than one known or with more beside."""
    told = name.score > _KNOWN or score > _ACCEPT or is_given_name(name.name.split(" ")[0])
    return name if told else replace(name, score=_UNKNOWN)


def _is_beside_one(text: str, found: list[PersonName], scores: list[int], *, place: int) -> bool:
    """Whether the name before or behind one in a list is a person's."""
    before = place > 0 and scores[place - 1] >= _ACCEPT and _adjacent(text, found[place - 1], found[place])
    behind = place + 1 < len(found) and scores[place + 1] >= _ACCEPT
    return before or (behind and _adjacent(text, found[place], found[place + 1]))


def _adjacent(text: str, first: PersonName, second: PersonName) -> bool:
    """Whether two names stand beside each other in a list."""
    gap = text[first.whole[1] : second.whole[0]]
    return 0 < len(gap) < 40 and ("," in gap or " og " in gap or " samt " in gap) and _BETWEEN.match(gap) is not None


def _described(text: str, run: tuple[int, int], titles: tuple[Title, ...]) -> PersonName:
    """A run with the party, title and bounds that stand around it."""
    begin, end = run
    name = " ".join(text[begin:end].replace("’", "'").split())
    party_at = _party_at(text, begin, end)
    closed = _CLOSED.match(text, party_at[1]) if party_at and party_at[0] > end else None
    whole_end = closed.end() if closed else max(end, party_at[1] if party_at else end)
    title = _title_of(text, (begin, whole_end), titles)
    title_at = (title.begin, title.end) if title else None
    party = text[slice(*party_at)].strip() or None if party_at else None
    return PersonName(
        begin=begin,
        end=end,
        name=name,
        party=party,
        title=title.text if title else None,
        whole=(min(begin, title.begin), max(whole_end, title.end if title.begin >= whole_end else 0))
        if title
        else (begin, whole_end),
        party_at=party_at,
        title_at=title_at,
        score=_NAMED_WITH_MORE if title or party else _KNOWN,
    )


def _title_of(text: str, at: tuple[int, int], titles: tuple[Title, ...]) -> Title | None:
    """The title that stands right before a name, or behind it."""
    place = bisect_left(titles, at[0], key=lambda title: title.begin)
    if place and titles[place - 1].person_begin == at[0]:
        return titles[place - 1]
    place = bisect_left(titles, at[1], key=lambda title: title.begin)
    return titles[place] if place < len(titles) and titles[place].follows(text, at[1]) else None


def _party_at(text: str, begin: int, end: int) -> tuple[int, int] | None:
    """Where the party stands: in brackets behind the name, after a comma, or as a list before it."""
    match = _PARTY.match(text, end)
    if match is not None and is_party(match[1]):
        return match.span(1)
    match = _ROLE_PARTY.match(text, end)
    if match is not None and is_party(match["party"]) and (match["role"] or _is_title(match["post"])):
        return match.span("party")
    match = _COMMA_PARTY.match(text, end) or _PARTY_FIRST.match(text, end)
    if match is not None:
        return match.span(1)
    match = _LIST_PARTY.search(text, max(0, begin - 12), begin)
    return match.span(1) if match else None


def _is_title(words: str) -> bool:
    """Whether words begin with a title of office ("Formand", "formand for Natur")."""
    return bool(read_titles(words)) and read_titles(words)[0].begin == 0


def is_party(mark: str) -> bool:
    """Whether the words in brackets behind a name are a party mark.

    >>> is_party("Ø"), is_party("Uden for parti"), is_party("formand")
    (True, True, False)
    """
    mark = mark.strip()
    return _LETTERS.match(mark) is not None or mark in words("people", "party_names")


def _without_genitive(text: str, begin: int, end: int, *, known: frozenset[str]) -> int:
    """The end of a name without its genitive -s ("Kim Valentins fravær")."""
    word = text[begin:end].rsplit(" ", 1)[-1]
    if text[end - 2 : end] in ("'s", "’s"):
        return end - 2
    if not word.endswith("s") or len(word) < 4 or word.endswith(("ss", "is", "us", "as", "os")):
        return end
    if word.endswith(("sens", "gaards", "gårds")) or text[begin : end - 1] in known:
        return end - 1
    following = _FOLLOWING.match(text[end : end + 24])
    if following is None or following[1] in _small_words() or following[1].startswith(_verbs()):
        return end
    return end - 1


def _score(text: str, name: PersonName, *, listed: bool) -> int:
    """How much speaks for a person: title, party, given name, surname, verb, and the words before."""
    first, last = name.name.split(" ")[0], name.name.split(" ")[-1]
    if last.islower():
        return int(not is_given_name(last.title())) + listed
    score = 3 * (name.title is not None) + 3 * (name.party is not None) + 2 * is_given_name(first)
    patronym = last in words("people", "surnames") or last.endswith("sen")
    score += 2 if patronym else int(last.endswith(endings("people", "surname_endings")))
    score += 2 * (_cue_before().search(lowered(text), max(0, name.whole[0] - 40), name.whole[0]) is not None)
    score += 2 * ("." in name.name and _INITIAL.search(name.name) is not None)
    score += int(_verb_behind().match(text, name.whole[1]) is not None)
    score += int(_PERSONAL.match(text, name.whole[1]) is not None)
    return score + 2 * listed
