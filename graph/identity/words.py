"""The words of a title that tell which matter it is about, in a form that survives inflection."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from graph.identity.keys import normal, sort_key

# longest first; what is left must be a word still, so five letters at least
_ENDINGS = ("ernes", "erne", "enes", "ene", "ens", "ets", "ers", "en", "et", "er", "es", "e", "s")
_LEAST = 5
# what stands on any agenda, as a whole title in its normal form
_STANDING = re.compile(
    r"(?:godkendelse|fastsættelse) af (?:dagsorden|referat|protokol|beslutningsprotokol)(?:en|et)?"
    r"(?: (?:til|fra|for|og|af) .{1,90})?"
    r"|(?:gensidig |skriftlig |mundtlig )?(?:meddelelser|orientering(?:er)?|information(?:er)?)"
    r"(?: (?:fra|ved) (?:\w{0,30}(?:formand|formænd|borgmester|direkt|chef|forvaltning|administration|medlem|udvalg)\w*"
    r"|og|for|de|den)(?: og \w{3,30})?)?"
    r"|eventuelt|evt|spørgetid(?: for borgere)?|bordet rundt|siden sidst|næste møde|orienteringspunkter"
    r"|(?:digitale? )?underskrift(?:er|en|sside|sark|sblad|spunkt)?|mødets åbning|velkomst|mødeevaluering"
)
_BEHIND = "~"  # sorts behind the letters, and behind the signs that æ, ø and å are sorted as


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


def is_standing(title: str) -> bool:
    """Whether a title is that of an item which stands on every agenda, and so names no case by itself.

    >>> is_standing("Godkendelse af dagsordenen"), is_standing("Orientering fra formanden"), is_standing("Eventuelt.")
    (True, True, True)
    >>> is_standing("Orientering om ERP-system"), is_standing("Godkendelse af lokalplan 114")
    (False, False)
    """
    return _STANDING.fullmatch(normal(title)) is not None


def case_sort_key(title: str) -> str:
    """The key by which a case stands in lists: in Danish order, and what stands on every agenda behind all others.

    >>> sorted(["Eventuelt", "Åbning af vej", "Takster"], key=case_sort_key)
    ['Takster', 'Åbning af vej', 'Eventuelt']
    """
    return f"{_BEHIND} {sort_key(title)}" if is_standing(title) else sort_key(title)
