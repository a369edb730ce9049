"""The two languages of the pages: phrases from gettext catalogues, dates and numbers as people write them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from graph.danish.calendar import short_date

_DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NUMBERS = {
    "da": ("nul", "ét", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
}


@dataclass(frozen=True, slots=True)
class Language:
    """One language of the pages: called with a Danish phrase it gives the phrase in that language.

    `concepts` holds the words of the graph's own concepts and properties by IRI.
    """

    code: str
    phrases: Mapping[str, str]
    concepts: Mapping[str, str]

    @property
    def prefix(self) -> str:
        """What its pages' addresses start with: nothing in Danish, /en in English."""
        return "" if self.code == "da" else f"/{self.code}"

    def __call__(self, phrase: str, values: Mapping[str, object] | None = None) -> str:
        """The phrase, with values put in its braces; a phrase without translation stays Danish."""
        found = self.phrases.get(phrase, phrase)
        return found.format_map(values) if values else found

    def day(self, value: date | None) -> str:
        """A date as people write it.

        >>> Language("da", {}, {}).day(date(2022, 10, 12))
        '12. okt. 2022'
        """
        if value is None:
            return ""
        if self.code == "da":
            return short_date(value)
        return f"{value.day} {_ENGLISH_MONTHS[value.month - 1]} {value.year}"

    def dated(self, text: str) -> str:
        """A text with its dates as people write them; what only looks like a date stays.

        >>> Language("da", {}, {}).dated("deltog den 2024-10-08; sag 2024-99-08")
        'deltog den 8. okt. 2024; sag 2024-99-08'
        """
        return _DAY.sub(lambda found: self.day(read_day(found[0])) or found[0], text)

    def number(self, value: int) -> str:
        """A whole number: in words up to ten, then in figures with a mark at thousands.

        >>> Language("da", {}, {}).number(3), Language("da", {}, {}).number(12000)
        ('tre', '12.000')
        """
        if 0 <= value < len(_NUMBERS[self.code]):
            return _NUMBERS[self.code][value]
        return self.figures(value)

    def figures(self, value: int) -> str:
        """A whole number in figures, with a mark at thousands."""
        return f"{value:,}".replace(",", "." if self.code == "da" else ",")

    def decimal(self, printed: str) -> str:
        """A decimal number as people write it.

        >>> Language("da", {}, {}).decimal("0.8")
        '0,8'
        """
        return printed.replace(".", ",") if self.code == "da" else printed

    def concept(self, iri: str) -> str:
        """The word for a concept or property, its key where the graph has none."""
        return self.concepts.get(iri) or iri.rpartition("/")[2].rpartition("#")[2].replace("_", " ")

    def listing(self, words: Sequence[str]) -> str:
        """Several words as one list.

        >>> Language("da", {}, {}).listing(["Hovedudvalget", "Økonomiudvalget", "Kommunalbestyrelsen"])
        'Hovedudvalget, Økonomiudvalget og Kommunalbestyrelsen'
        """
        if len(words) < 2:
            return "".join(words)
        return f"{', '.join(words[:-1])} {self('og')} {words[-1]}"


def read_day(text: str) -> date | None:
    """The date that a text is; None for what only looks like one.

    >>> read_day("2024-99-08"), read_day("2024-10-08")
    (None, datetime.date(2024, 10, 8))
    """
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@cache
def phrases(code: str) -> Mapping[str, str]:
    """The phrases of a language by the one that stands in the templates."""
    with catalogue(code).open("rb") as file:
        return {str(message.id): str(message.string) for message in read_po(file) if message.id}


def catalogue(code: str) -> Path:
    """The gettext catalogue of a language, which is read as it is."""
    return Path(__file__).parents[1] / "pages" / "locale" / code / "LC_MESSAGES" / "sagsgraf.po"


def sentence(text: str) -> str:
    """A text with a capital first letter and a full stop at its end.

    >>> sentence("drøftet i Direktionen 12. okt. 2022")
    'Drøftet i Direktionen 12. okt. 2022.'
    """
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")
