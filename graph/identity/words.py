"""The words of a title that tell which matter it is about, in a form that survives inflection."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from graph.identity.keys import normal

# longest first; what is left must be a word still, so five letters at least
_ENDINGS = ("ernes", "erne", "enes", "ene", "ens", "ets", "ers", "en", "et", "er", "es", "e", "s")
_LEAST = 5


@cache
def stop_words() -> frozenset[str]:
    """Words that open or fill the titles of any case, and so tell nothing of which case it is."""
    return frozenset(files("graph.identity").joinpath("stop_words.txt").read_text("utf-8").split())


def stem(word: str) -> str:
    """A word without its Danish ending, roughly: enough to see that two forms are one word.

    >>> stem("digitaliseringen"), stem("digitalisering"), stem("erp")
    ('digitalisering', 'digitalisering', 'erp')
    """
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word.removesuffix(ending)
    return word


def telling_words(title: str) -> frozenset[str]:
    """The stems of a title's words that are neither stop words, nor numbers, nor shorter than three letters.

    >>> sorted(telling_words("Status på udbud af ERP-system"))
    ['erp', 'system', 'udbud']
    """
    words = normal(title.replace("_", " ")).split()
    return frozenset(stem(w) for w in words if len(w) > 2 and not w.isdigit() and w not in stop_words())
