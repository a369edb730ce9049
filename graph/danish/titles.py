"""Titles of office as minutes print them, and the post that a title names."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from graph.danish.hints import any_of, lowered
from graph.danish.lexicon import endings, table, tails, words
from graph.values import value

_DEFINITE = ("en", "n", "et")
_ORDINAL = re.compile(r"[1-9]\. $")
_SUSPENDED = re.compile(r"\w{1,24}- og $")
_ON_LIST = re.compile(r" (?:på|for|fra) (?:[Ll]iste )?[A-ZÆØÅ](?:s liste)?, (?=[A-ZÆØÅ])")
_AREA = re.compile(r" (?:for|i|af|ved|på|hos) ")
_AREA_WORD = re.compile(r"(?:[A-ZÆØÅ][\w.&-]*|og|&|for|de|den|det|af)(?:,(?= [A-ZÆØÅ]))? ?")
_AREA_WORDS = 9
_ELECTED = re.compile(
    r" (?:blev|er|bliver|var)?(?: [a-zæøå]+)? ?(?:gen)?(?:valgt|udpeget|vælges|udpeges|indstilles"
    r"|godkend(?:t|es)|ans(?:at|ættes)|konstituere[ts]|antage[ts]|foreslås|foreslået|indsat|indsættes)(?: som| til) "
)
_ELECTS = re.compile(
    r" (?:blev |er |bliver )?(?:[a-zæøå]+ )?(?:gen)?(?:valgtes|valgt|udpeget|vælges|udpegedes|udpeges) (?=[A-ZÆØÅ])"
)
_IS = re.compile(
    r"(?: (?:på|for) (?:listen|[Ll]iste [A-ZÆØÅ]))? (?:er|bliver|blev|var)(?: fortsat| nu| herefter)? "
    r"(?=[A-ZÆØÅ][^\W\d_]+(?:-[A-ZÆØÅ][^\W\d_]+)? [A-ZÆØÅ])"
)
_AS = re.compile(r" som (?:(?:ny|nyt|nye|vores|gruppens|udvalgets|rådets) )?")
_PLAYS = re.compile(r" (?:er|bliver|blev|var|fungerer som|fungerede som)(?: fortsat| nu| herefter| ny)? ")
# tells of one holder: "Ny skoleleder, Ida Holm, begynder"
_NEW = re.compile(r"\b(?:[Nn]ye?|[Nn]yansatte?|[Kk]ommende|[Vv]ores) $")
_NAME_BEFORE = re.compile(r"[A-ZÆØÅ][\w.-]{1,30} [A-ZÆØÅ][\w.-]{1,30}(?: \([^()\n]{1,20}\))?, $")
_APPOSITION = re.compile(r", (?=[A-ZÆØÅ][^,.;:\n]{3,40}, [a-zæøå])")


@value()
class Title:
    """A title of office with its modifiers (titel); `person_begin` is where the name behind it begins, or -1."""

    begin: int
    end: int
    text: str
    post: str
    holding_status: str | None
    definite: bool
    person_begin: int = -1

    def follows(self, text: str, end: int) -> bool:
        """Whether this title stands right behind a name that ends there ("Bettina Andersen, økonomichef")."""
        if self.definite or self.person_begin >= 0 or not 0 < self.begin - end <= 40:
            return False
        if _head_is_part(self.text) and text.startswith(" for ", self.end):
            return False
        gap = text[end : self.begin]
        if gap == "\n":  # who signs an account: a name on a line, the title on the next
            return text[self.begin].islower() and text[self.end : self.end + 1] in ("", "\n")
        return (
            gap in (", ", " (", " - ", " – ", ",\n", ": ")
            or _ELECTED.fullmatch(gap) is not None
            or _PLAYS.fullmatch(gap) is not None
            or (_AS.fullmatch(gap) is not None and not _head_is_part(self.text))
        )


@lru_cache(maxsize=256)
def read_titles(text: str) -> tuple[Title, ...]:
    """The titles in a text, in order.

    >>> [(t.text, t.post, t.holding_status) for t in read_titles("Konst. socialchef Eva Holm og Økonomichefen kom.")]
    [('Konst. socialchef', 'socialchef', 'acting'), ('Økonomichefen', 'økonomichef', None)]
    """
    if _office().search(lowered(text)) is None:
        return ()
    found: list[Title] = []
    reached = 0
    for match in _office_word().finditer(lowered(text)):
        begin, end = match.span()
        head = _head(text[begin:end])
        if head is not None and begin >= reached:
            found.append(_whole(text, (begin, end), head))
            reached = found[-1].end
    return tuple(found)


def post_of(title: str) -> tuple[str, str | None]:
    """The post in its indefinite form and how it is held: acting, deputy, former or None.

    >>> post_of("Økonomichefen"), post_of("Konstitueret socialchef")
    (('økonomichef', None), ('socialchef', 'acting'))
    >>> post_of("Direktøren for Kultur og Fritid")
    ('direktør for Kultur og Fritid', None)
    """
    status = None
    rest = title.strip().split(" ")
    while len(rest) > 1 and rest[0].lower().rstrip(":") in table("people")["modifiers"]:
        status = status or table("people")["modifiers"][rest[0].lower()]
        rest = rest[1:]
    lowered = []
    head_seen = False
    for word in rest:
        head = None if head_seen else _head(word.strip(",.:"))
        head_seen = head_seen or head is not None
        lowered.append(_lower(head) if head else word if head_seen else _lower(word))
    return " ".join(lowered), status


def _lower(word: str) -> str:
    """Lower case, but for an abbreviation in front ("HR-chef")."""
    front = word.split("-", 1)[0]
    return word if front.isupper() and len(front) > 1 else word.lower()


def _head(word: str) -> str | None:
    """The indefinite form of a word that names an office, or None ("Økonomichefen" → "Økonomichef")."""
    low = word.lower()
    if low[-3:] not in _title_tails():
        return None
    offices = endings("people", "title_endings")
    if low.endswith(offices):
        return word
    for ending in _DEFINITE:
        if low.endswith(ending) and low[: -len(ending)].endswith(offices):
            return word[: -len(ending)]
    return word[:-2] if low.endswith("mesteren") else None


@cache
def _office() -> re.Pattern[str]:
    """How a word ends that names an office, in lower case."""
    return re.compile(rf"{any_of((*endings('people', 'title_endings'), 'mester'))}(?:en|n|et)?(?![\w-])")


@cache
def _office_word() -> re.Pattern[str]:
    return re.compile(r"(?<![\w-])(?=[^\W\d_])[\w-]*?" + _office().pattern)


@cache
def _title_tails() -> frozenset[str]:
    return tails("people", "title_endings", more=("", *_DEFINITE, "manden", "eren"))


def _whole(text: str, at: tuple[int, int], head: str) -> Title:
    """A title with the modifiers before its word and the area behind it, and the name it belongs to."""
    first, end = at
    definite = head != text[first:end]
    ordinal = head.lower().endswith(("stedfortræder", "suppleant", "viceborgmester", "næstformand"))
    begin = _begin(text, first, ordinal=ordinal)
    area = None if _head_is_part(head) else _AREA.match(text, end)
    if area is not None and text[area.end() : area.end() + 1].isupper():
        end = max(end, _area_end(text, area.end()))
    title = text[begin:end]
    post, status = post_of(title)
    listed = _ON_LIST.match(text, end)
    one = definite or begin < first or _NEW.search(text, max(0, begin - 10), begin) is not None
    person_begin = listed.end() if listed else _person_begin(text, end, definite=one)
    if text[end : end + 1] == "\n" and _NAME_BEFORE.search(text, max(0, begin - 60), begin):
        person_begin = -1  # "Ida Holm (A), formand", and the next member on the line below
    return Title(begin, end, title, post, status, definite, person_begin)


def _head_is_part(head: str) -> bool:
    """Whether the word names a part played rather than a post ("stedfortræder for Brian Møller")."""
    return head.lower() in words("people", "part_titles")


def _begin(text: str, begin: int, *, ordinal: bool) -> int:
    """Where a title begins: modifiers, adjectives, ordinals and suspended hyphens stand before its head."""
    while True:
        before = text[max(0, begin - 24) : begin]
        if not before.endswith(" ") or before.endswith("  "):
            return begin
        last = before.rstrip().rsplit(" ", 1)[-1].rsplit("\n", 1)[-1]
        known = last.lower() in table("people")["modifiers"] or last.lower() in words("people", "title_adjectives")
        if known or (ordinal and _ORDINAL.search(before)):
            begin -= len(last) + 1
            continue
        pair = _SUSPENDED.search(before)
        if pair is None:
            return begin
        begin -= len(pair[0])


def _area_end(text: str, begin: int) -> int:
    """The end of the area that an office is for ("Direktør for Kultur og Fritid"), short of a person's name."""
    end = begin
    for _ in range(_AREA_WORDS):
        match = _AREA_WORD.match(text, end)
        if match is None:
            break
        word = match[0].strip(" ,")
        names = words("people", "first_names")
        if (word in names or word.split("-")[0] in names) and word not in words("blocks", "not_names"):
            return begin + len(text[begin:end].rstrip()) if end > begin else -1
        end = match.end()
    stretch = text[begin:end].rstrip(" .")
    while stretch.endswith((" og", " for", " af", " de", " den", " det", " &", ",")):
        stretch = stretch.rsplit(" ", 1)[0] if " " in stretch else stretch.rstrip(",")
        stretch = stretch.rstrip(",")
    return begin + len(stretch)


def _person_begin(text: str, end: int, *, definite: bool) -> int:
    """Where the name that a title belongs to begins behind it, or -1."""
    if text[end : end + 1] in " \n\u00a0" and text[end + 1 : end + 2].isupper():
        return end + 1
    if text[end : end + 2] == ": " and text[end + 2 : end + 3].isupper():
        return end + 2
    behind = (_APPOSITION if definite else _ELECTS).match(text, end) or _IS.match(text, end)
    return behind.end() if behind else -1
