"""How a date is written for Danish readers."""

from __future__ import annotations

from datetime import date

SHORT_MONTHS = ("jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec.")


def short_date(day: date) -> str:
    """A date as Danish pages write it.

    >>> short_date(date(2022, 10, 12))
    '12. okt. 2022'
    """
    return f"{day.day}. {SHORT_MONTHS[day.month - 1]} {day.year}"
