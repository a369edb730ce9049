"""What was erased and may never come back: runs of words, known by keyed hashes alone, and found again in any text.

Nothing here says what was erased: without the key behind the persons' IRIs nobody can try names on the hashes. Words
are compared folded: capitals, accents, aa and å, the marks between them and a genitive's -s make no difference.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

_WORD = re.compile(r"[^\W_]+(?:['’]s?\b)?")
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "’": "'"})
_SIZE = 32  # hexadecimal digits of a hash


@lru_cache(maxsize=1 << 16)
def folded(word: str) -> str:
    """A word as it is compared: lower case, the Danish letters spelt out, no accents.

    >>> folded("Aagaard"), folded("Ågård"), folded("ØSTERGÅRD’s")
    ('aagaard', 'aagaard', "oestergaard's")
    """
    if word.isascii():
        return word.lower()
    spelt = unicodedata.normalize("NFC", word).casefold().translate(_LETTERS)
    plain = "".join(c for c in unicodedata.normalize("NFKD", spelt) if not unicodedata.combining(c))
    return plain or spelt


def nominative(word: str) -> tuple[str, ...]:
    """The folded word, and as it is without a genitive: what the last word of a run may be.

    >>> nominative("aagaards"), nominative("hans'"), nominative("uldum")
    (('aagaards', 'aagaard'), ("hans'", 'hans'), ('uldum',))
    """
    for ending in ("'s", "'", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word, word.removesuffix(ending)
    return (word,)


def words(text: str) -> list[str]:
    """The folded words of a text.

    >>> words("Marie-Louise Ifversen (Ø)")
    ['marie', 'louise', 'ifversen', 'oe']
    """
    return [folded(match[0]) for match in _WORD.finditer(text)]


@dataclass(frozen=True, slots=True)
class Rules:
    """What may not be said: keyed hashes of runs of words, and for each first word how long its runs are.

    Small and without state, so that it can be sent to the processes that read.
    """

    secret: bytes = field(default=b"", repr=False)
    runs: frozenset[str] = frozenset()
    lengths: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.runs)


NOTHING = Rules()  # erases nothing


def suppressed_spans(text: str, rules: Rules) -> list[tuple[int, int]]:
    """Where a text says what was erased, each without a genitive's ending, in order and apart.

    >>> rules = rules_of([entry("person", ["Torben Aagaard"], b"key", date="2026-01-05")], b"key")
    >>> text = "Formanden, TORBEN  ÅGÅRDS stedfortræder"
    >>> [text[begin:end] for begin, end in suppressed_spans(text, rules)]
    ['TORBEN  ÅGÅRD']
    """
    starts = {word: found for word in set(_WORD.findall(text)) if (found := lengths_of(folded(word), rules))}
    if not starts:
        return []
    told = "|".join(map(re.escape, sorted(starts, key=len, reverse=True)))
    spans: list[tuple[int, int]] = []
    for first in re.finditer(rf"(?<![^\W_])(?:{told})(?![^\W_])", text):
        spans += ((first.start(), end) for end in ends(text, first.start(), rules, lengths=starts[first[0]]))
    return apart(spans)


def ends(text: str, begin: int, rules: Rules, *, lengths: tuple[int, ...]) -> Iterator[int]:
    """Where the runs end that begin at an offset, without a genitive's ending."""
    told = list(islice(_WORD.finditer(text, begin), max(lengths)))
    run = [folded(match[0]) for match in told]
    for length in lengths:
        if length <= len(run):
            ending = genitive(run[:length], rules)
            if ending is not None:
                yield told[length - 1].end() - ending


def lengths_of(word: str, rules: Rules) -> tuple[int, ...]:
    """How many words the runs have that begin with a folded word, in the genitive or not."""
    hashes = starts_of(rules.secret, word)
    return tuple(dict.fromkeys(length for one in hashes for length in rules.lengths.get(one, ())))


@lru_cache(maxsize=1 << 18)
def starts_of(secret: bytes, word: str) -> tuple[str, ...]:
    """The hashes of a folded word as the first of a run, in the genitive or not."""
    return tuple(keyed(secret, "start", form) for form in nominative(word))


def genitive(run: list[str], rules: Rules) -> int | None:
    """How long the genitive's ending is of a run of folded words that was erased; None for any other run."""
    for last in nominative(run[-1]):
        if keyed(rules.secret, "run", *run[:-1], last) in rules.runs:
            return len(run[-1]) - len(last)
    return None


def apart(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in order, those that overlap put together."""
    whole: list[tuple[int, int]] = []
    for begin, end in sorted(spans):
        if whole and begin < whole[-1][1]:
            whole[-1] = (whole[-1][0], max(end, whole[-1][1]))
        else:
            whole.append((begin, end))
    return whole


def keyed(secret: bytes, kind: str, *run: str) -> str:
    """The keyed hash of a run of folded words."""
    return hmac.digest(secret, f"suppressed {kind} {' '.join(run)}".encode(), "sha256").hex()[:_SIZE]


@dataclass(frozen=True, slots=True)
class Entry:
    """One erasure as the list keeps it: what kind of thing, in which municipality (empty: all), when, and its hashes.

    `lengths` maps the hash of a first word to the numbers of words of the runs that begin with it; `mark` is the keyed
    hash of how the thing was named, so that an erasure that was killed can be finished by the same command.
    """

    kind: str
    date: str
    runs: tuple[str, ...]
    lengths: dict[str, tuple[int, ...]]
    municipality: str = ""
    mark: str = ""

    def covers(self, other: Entry) -> bool:
        """Whether this erasure is the other one too."""
        if (self.kind, self.municipality) != (other.kind, other.municipality):
            return False
        return (bool(other.mark) and self.mark == other.mark) or (
            bool(other.runs) and set(other.runs) <= set(self.runs)
        )


def entry(kind: str, texts: Iterable[str], secret: bytes, *, date: str, municipality: str = "") -> Entry:
    """The entry that erases texts, each a run of words."""
    runs: dict[str, None] = {}
    lengths: dict[str, set[int]] = {}
    for run in sorted({tuple(words(text)) for text in texts}):
        if run:
            runs[keyed(secret, "run", *run)] = None
            lengths.setdefault(keyed(secret, "start", run[0]), set()).add(len(run))
    return Entry(
        kind, date, tuple(sorted(runs)), {k: tuple(sorted(v)) for k, v in sorted(lengths.items())}, municipality
    )


def rules_of(entries: Iterable[Entry], secret: bytes, *, municipality: str | None = None) -> Rules:
    """The rules for the sources of a municipality; without one, every rule there is."""
    runs: set[str] = set()
    lengths: dict[str, set[int]] = {}
    for one in entries:
        if municipality is None or one.municipality in ("", municipality):
            runs.update(one.runs)
            for start, found in one.lengths.items():
                lengths.setdefault(start, set()).update(found)
    return Rules(secret, frozenset(runs), {k: tuple(sorted(v)) for k, v in sorted(lengths.items())})


def fingerprint(secret: bytes) -> str:
    """What tells two keys apart and gives neither away."""
    return hashlib.sha256(b"sagsgraf key " + hmac.digest(secret, b"fingerprint", "sha256")).hexdigest()[:16]
