"""What holds a source back until a person has masked or released it."""

from __future__ import annotations

from collections.abc import Iterable

from graph.danish.cpr import cpr_numbers
from graph.model import Minutes
from graph.privacy.details import Detail, addresses, health, mails, phones
from graph.privacy.people import Citizens, known_people

# kind → what stands there, in Danish and in English
REASONS = {
    "cpr": ("et CPR-nummer", "a CPR number"),
    "phone": ("et telefonnummer ved en borgers navn", "a telephone number beside a citizen's name"),
    "mail": ("en privat mailadresse ved en borgers navn", "a private e-mail address beside a citizen's name"),
    "address": ("en hjemmeadresse ved en borgers navn", "a home address beside a citizen's name"),
    "health": ("helbred eller sociale forhold ved en borgers navn", "health or social detail beside a citizen's name"),
}
MOST_TOLD = 12


def details(minutes: Minutes) -> tuple[Detail, ...]:
    """All that may not be published of a source as it stands, in order."""
    text = minutes.source.text
    citizens = Citizens(known_people(minutes))
    found = [Detail(*span, "cpr") for span in cpr_numbers(text)]
    for detector in (phones, mails, addresses, health):
        found += detector(text, citizens)
    return tuple(sorted(found, key=lambda d: (d.begin, d.end, d.kind)))


def line_of(text: str, offset: int) -> int:
    """The line of an offset, counted from 1."""
    return text.count("\n", 0, offset) + 1


def told(text: str, found: Iterable[Detail]) -> tuple[str, str]:
    """What was found beyond the first and on which lines, in Danish and in English.

    >>> told("a\\n010190-1234\\n", [Detail(2, 13, "cpr")])
    ('linje 2: et CPR-nummer', 'line 2: a CPR number')
    """
    lines = dict.fromkeys((line_of(text, d.begin), d.kind) for d in found)
    shown = list(lines)[:MOST_TOLD]
    more = len(lines) - len(shown)
    danish = [f"linje {n}: {REASONS[kind][0]}" for n, kind in shown] + ([f"og {more} steder til"] if more else [])
    english = [f"line {n}: {REASONS[kind][1]}" for n, kind in shown] + ([f"and {more} more"] if more else [])
    return "; ".join(danish), "; ".join(english)
