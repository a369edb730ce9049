"""Runs of capitalised words that may be a person's name, cut from the labels, titles and places around them."""

from __future__ import annotations

import re

from graph.danish.lexicon import endings, tails, words

_UPPER = "A-ZÀ-ÖØ-Þ"
# a capital behind a stop is read only where the stop is an initial's ("H.P. Geil")
# (the capital itself comes first in the pattern, so that the search may leap from one to the next)
_CAPITAL = re.compile(rf"[{_UPPER}](?<![\w@/’'&-].)(?<!\w\w\..)(?<!\d\..)(?<![\W_]\..)[\w'’-]*")
_OF_LETTERS = re.compile(rf"[{_UPPER}]{{2,5}}-[a-zæøå]")  # "HR-analyse"
_GLUED = re.compile(rf"[a-zß-ÿ][{_UPPER}]")
_GLUED_IN_NAMES = ("Mc", "Mac", "De", "La", "Le", "Di", "Van", "El", "Al")
_PARTICLES = ("de", "von", "van", "der", "den", "la", "el", "al", "bin", "ben", "ibn", "du", "da", "dos", "zu")
_GAPS = frozenset(
    [" ", "\u00a0", *(f" {particle} " for particle in (*_PARTICLES, "van der", "von der", "de la", "van den"))]
)
_WIDEST_GAP = 1 + max(map(len, _GAPS))  # with the stop behind an abbreviation
_LEADS = re.compile(
    r"(?:leder|chef|direktør|koordinator|konsulent|formand|forkvinde|forperson|repræsentant|bestyrer|forstander|inspektør"
    r"|sekretær|kasserer|ejer|talsmand|talsperson|medlem|medarbejder)(?:en)? (?:af|for|i|fra|på|ved) "
    rf"(?:[{_UPPER}][\w-]*(?:,| og| &) ){{0,4}}$",
    re.IGNORECASE,
)
LEAST_BEHIND_UNIT = 3  # words: the unit, a given name and a surname
_LOWER_SURNAME = re.compile(r" ([a-zæøå]{4,})(?=,| og [A-ZÆØÅ]| \([A-ZÆØÅ]{1,2}\)|$|\n)")
_OF_PARTY = re.compile(r" \([A-ZÆØÅ]{1,2}\)")  # "Kurt Saltværk (C)" is no works
_OF_PLACE = re.compile(r" (?:A/S|ApS|I/S|& [A-ZÆØÅ]|\d+[A-Z]?\b(?! ?(?:stemme|for|imod)))|[-/]\w|\.\w+/")


def name_runs(text: str, *, listed: bool) -> list[tuple[int, int]]:
    """Stretches of capitalised words that may be a name, cut from the labels and titles around them."""
    runs: list[tuple[int, int]] = []
    run: list[re.Match[str]] = []
    end = 0
    for match in _CAPITAL.finditer(text):
        begin = match.start()
        if run and (begin - end > _WIDEST_GAP or not _joined(text[end:begin], run[-1][0])):
            if len(run) > 1 or is_given_name(run[0][0]):
                runs += _names_of(text, run)
            run = []
        run.append(match)
        end = match.end()
    runs += _names_of(text, run)
    return [part for begin, end in runs for part in _columns(text, begin, end)] if listed else runs


def _columns(text: str, begin: int, end: int) -> list[tuple[int, int]]:
    """The names in a run of a list whose columns were set side by side ("Steen Pedersen Trine Egetved Sørensen")."""
    parts = text[begin:end].split(" ")
    for place in range(2, len(parts) - 1):
        if (
            len(parts) > 3
            and is_given_name(parts[place])
            and not is_given_name(parts[place - 1])
            and not parts[place - 1].endswith(".")
        ):
            middle = begin + len(" ".join(parts[:place]))
            return [(begin, middle), *_columns(text, middle + 1, end)]
    return [(begin, end)]


def _joined(gap: str, word: str) -> bool:
    """Whether the capitalised word behind a gap goes on with the name that the word before it is in."""
    if gap.startswith(".") and (len(word) == 1 or word in words("people", "name_abbreviations")):
        gap = gap[1:] or " "
    return gap in _GAPS


def _names_of(text: str, run: list[re.Match[str]]) -> list[tuple[int, int]]:
    """The names in one run of capitalised words: none where it is a place's or an organisation's."""
    if len(run) < 2 and (not run or not is_given_name(run[0][0])):
        return []
    parts: list[list[re.Match[str]]] = [[]]
    no_names = words("blocks", "not_names")
    for place, match in enumerate(run):
        word = match[0]
        if (word in no_names or _is_no_name(word)) and not _is_middle(run, place):
            parts.append([])
        else:
            parts[-1].append(match)
    names = []
    for place, part in enumerate(parts):
        if len(part) == 1 and is_given_name(part[0][0]):
            names += _lower_surname(text, part[0])
        followed = run[-1].end() if place == len(parts) - 1 and run else 0
        part = _trimmed(part)
        if 2 <= len(part) <= 6 and not _is_place(text, part, ends_run=bool(part) and part[-1].end() == followed):
            names.append((part[0].start(), part[-1].end()))
    return names


def _is_middle(run: list[re.Match[str]], place: int) -> bool:
    """Whether a word that begins no name stands inside one ("Sine Maj Hougaard", "Dorthe Ny Mikkelsen")."""
    known = 0 < place < len(run) - 1 and run[place][0] in words("people", "middle_names")
    return known and is_given_name(run[place - 1][0]) and run[place + 1][0] not in words("blocks", "not_names")


def _lower_surname(text: str, given: re.Match[str]) -> list[tuple[int, int]]:
    """A given name with a surname printed in lower case, as lists have it at times ("Gert winther og Linda …")."""
    match = _LOWER_SURNAME.match(text, given.end())
    return [(given.start(), match.end(1))] if match else []


def _is_no_name(word: str) -> bool:
    """Whether a capitalised word is glued from two, all capitals, or carries a digit."""
    plain = word.isalpha()
    if plain and word[1:].islower():
        return False
    if not plain and (any(char.isdigit() or char == "_" for char in word) or word.endswith("-")):
        return True
    if len(word) > 1 and (word.isupper() or _OF_LETTERS.match(word)):
        return True
    glued = _GLUED.search(word)
    return glued is not None and not word.startswith(_GLUED_IN_NAMES)


def _trimmed(part: list[re.Match[str]]) -> list[re.Match[str]]:
    """A part without initials at its end ("Kenneth F") and titles at its start."""
    begin, end = 0, len(part)
    while end and (len(part[end - 1][0]) == 1 or part[end - 1][0] in words("people", "name_abbreviations")):
        end -= 1
    while begin < end and _is_title(part[begin][0]):
        begin += 1
    while end - begin >= LEAST_BEHIND_UNIT and _is_unit_led(part[begin], part[begin + 1]):
        begin += 1
    return part[begin:end]


def _is_title(word: str) -> bool:
    """Whether a word is an office, or names several at once: "Medlemmerne", "Borgerne", "Rådmændene"."""
    low = word.lower()
    return (low[-3:] in tails("people", "title_endings") and low.endswith(endings("people", "title_endings"))) or (
        low.endswith(endings("people", "plural_endings")) and not is_given_name(word)
    )


def _is_unit_led(first: re.Match[str], second: re.Match[str]) -> bool:
    """Whether a part's first word is the unit that the one named leads ("leder af Visitation Ditte Kolding")."""
    if is_given_name(first[0]) or not is_given_name(second[0]):
        return False
    return _LEADS.search(first.string, max(0, first.start() - 80), first.start()) is not None


def _is_place(text: str, part: list[re.Match[str]], *, ends_run: bool) -> bool:
    """Whether the last word, or the one behind it, makes this a place or an organisation."""
    last = part[-1][0]
    if last in words("blocks", "place_words"):
        return True
    if last.lower().endswith(endings("blocks", "place_endings")):
        return not (is_given_name(part[0][0]) and _OF_PARTY.match(text, part[-1].end()))
    if last in words("blocks", "place_surnames") and not is_given_name(part[0][0]):
        return True
    if part[0][0].lower().endswith(endings("blocks", "place_endings")) and not is_given_name(part[0][0]):
        return True
    behind = text[part[-1].end() : part[-1].end() + 24]
    next_word = behind[1:].split(" ", 1)[0].rstrip(",.;:")
    if not ends_run and next_word in words("blocks", "place_words"):
        return True
    return _OF_PLACE.match(behind) is not None


def is_given_name(word: str) -> bool:
    """Whether a word is a known given name, or begins with one ("Marie-Louise").

    >>> is_given_name("Marie-Louise"), is_given_name("Fritid")
    (True, False)
    """
    names = words("people", "first_names")
    return word in names or ("-" in word and word.split("-", 1)[0] in names)
