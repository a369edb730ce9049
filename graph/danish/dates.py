"""Dates and times as Danish minutes print them.

A date without a year gets the one that fits: the year printed later in the same list, else the one nearest the
meeting, or the first on or after it where the sentence plans ahead.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from graph.danish.hints import holds, lowered
from graph.values import value

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan january",
            "februar feb february",
            "marts mar march",
            "april apr",
            "maj may",
            "juni jun june",
            "juli jul july",
            "august aug",
            "september sept sep",
            "oktober okt october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
# over lower-case text; the first two and the last name no month
# (a digit first where it can be, so that the search may leap from one to the next)
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<![\d.\-/])(?P<year>(?:19|20)\d\d)-(?P<mm>[01]\d)-(?P<day>[0-3]\d)(?![\d\-])",
        # not the start of a KLE number such as 01.02.00-P16-2-16
        r"(?P<day>\d(?<![\w.\-/].)\d?)[.\-/](?P<mm>\d{1,2})(?:[.\-/]| (?=20\d\d))(?P<year>\d{4}|\d\d)"
        r"(?![\w/]|-\w|\.\d)",
        rf"(?P<day>\d(?<![\w.\-/].)\d?)-{_MONTH}-(?P<year>\d{{4}})(?!\d)",
        rf"(?P<day>\d(?<![\w§].)\d?)(?:\. ?| ){_MONTH}(?:,? (?:kl\. ?)?(?P<year>(?:19|20)\d\d)(?![\d\-/.]\d))?",
        rf"\b{_MONTH} (?P<day>\d{{1,2}}), (?P<year>\d{{4}})\b",
        # without its year, only where words before it tell that it is a day: "den 11/4", "senest 18/10"
        r"(?P<day>\d(?:(?<=\bden .)|(?<=\bd\. .)|(?<=dag .)|(?<=senest .)|(?<=\binden .))\d?)"
        r"[/.-](?P<mm>[01]?\d)(?P<year>(?!))?(?![\w/%]|[.,-]\d| (?:pct|procent|mio|kr|m\b|km))",
    )
)
_SIGNS = ("-", "", "-", "", ", ", "")  # what each form cannot do without
_WITHOUT_MONTH_NAME = frozenset((*_FORMS[:2], _FORMS[-1]))
_MONTH_STEMS = tuple(dict.fromkeys(name[:3] for name in MONTHS))
_LOOSE = tuple(
    (precision, hints, re.compile(pattern))
    for precision, hints, pattern in (
        (
            "week",
            ("uge ",),
            r"\b(?:(?:starten|slutningen|begyndelsen|midten) af )?uge \d{1,2}(?:,? (?P<year>20\d\d))?\b",
        ),
        ("quarter", ("kvartal",), r"\b(?:[1-4]\.|første|andet|tredje|fjerde) kvartal(?: af)?(?: (?P<year>20\d\d))?\b"),
        (
            "vague",
            ("året", "sommer", "vinter", "årsskiftet", "ferien"),
            r"\b(?:foråret|sommeren|efteråret|vinteren|årsskiftet|sommerferien|efterårsferien|juleferien)"
            r"(?: (?P<year>(?:19|20)\d\d))?\b",
        ),
        (
            "vague",
            ("muligt", "snarest", "møde"),
            r"\b(?:hurtigst muligt|snarest muligt|snarest|på et (?:kommende|senere) møde|på næste møde)\b",
        ),
        ("month", _MONTH_STEMS, rf"\b(?:primo |medio |ultimo )?{_MONTH}(?: (?P<year>(?:19|20)\d\d))\b"),
        (
            "month",
            _MONTH_STEMS,
            rf"\b(?:primo|medio|ultimo|i|inden udgangen af|til|fra) {_MONTH}"
            r"(?: (?P<year>(?:19|20)\d\d)\b)?(?= |[.,;:)]|$)",
        ),
        ("year", (" 20",), r"\b(?:inden udgangen af|ultimo|primo|medio|i løbet af|i) (?P<year>20\d\d)(?![\d\-/.]\d)\b"),
    )
)
_DIGIT = re.compile(r"\d")
_SHARED_DAY = re.compile(r"(?<![\d.\-/])(\d{1,2})\.?(?:,| og| samt| eller| ?[-–]) ?(?:den |d\. )?$")
_TIME = re.compile(
    r"\b(?:kl\.?|klokken) ?:? ?(\d{1,2})(?:[.:](\d\d))?(?![\d.:]?\d)"
    r"|(?<![\d.,\-/])(\d{1,2}):(\d\d)(?::\d\d)?(?!\d)",
    re.IGNORECASE,
)
_CLOCK = re.compile(r"kl(?:okken|[ .:\d])")
_SENTENCE_END = re.compile(r"[!?\n]|\.\s+[A-ZÆØÅ]")
_FULL_MONTH = re.compile(r"[a-z]{5,9}\.\Z|(?:maj|juni|juli)\.\Z", re.IGNORECASE)
_LIST_REACH = 160
Parts = tuple[int | None, int, int]
_Full = tuple[int, int, Parts]  # a date's begin and end, and what it says


@value()
class StatedDate:
    """A date as a text states it (dato); `date` is None where no full day can be told.

    `precision` is day, week, month, quarter, year or vague. `inferred_by` names the rule that gave the year.
    """

    begin: int
    end: int
    text: str
    date: date | None
    precision: str
    year_given: bool
    inferred_by: str | None = None


@value()
class StatedTime:
    """A time of day as a text states it (klokkeslæt), and as HH:MM."""

    begin: int
    end: int
    text: str
    time: str


def read_dates(text: str, *, near: date | None = None, forward: bool = False) -> list[StatedDate]:
    """Every date of a text in order; `near` is the meeting's date, `forward` takes the first on or after it.

    >>> [str(d.date) for d in read_dates("behandles d. 6. december", near=date(2022, 10, 12), forward=True)]
    ['2022-12-06']
    >>> [str(d.date) for d in read_dates("den 14. og 21. marts 2013")]
    ['2013-03-14', '2013-03-21']
    >>> [d.precision for d in read_dates("sendes ud i slutningen af uge 41")]
    ['week']
    """
    return list(_read_dates(text, near, forward))


@lru_cache(maxsize=512)
def _read_dates(text: str, near: date | None, forward: bool) -> tuple[StatedDate, ...]:  # noqa: FBT001 - a cache's key
    low = lowered(text)
    named = holds(low, _MONTH_STEMS)
    found = _full(text, low, named=named)
    dated = [_with_year(found, place, near=near, forward=forward, text=text) for place in range(len(found))]
    loose = _loose(text, low, found, named=named)
    return tuple(sorted([*dated, *loose], key=lambda d: d.begin) if loose else dated)


def read_times(text: str) -> list[StatedTime]:
    """Every time of day in a text in order.

    >>> [t.time for t in read_times("Mødet begyndte kl. 15.00 og sluttede kl. 19:03.")]
    ['15:00', '19:03']
    """
    times: list[StatedTime] = []
    if ":" not in text and _CLOCK.search(lowered(text)) is None:
        return times
    for match in _TIME.finditer(text):
        hour, minute = int(match[1] or match[3]), int(match[2] or match[4] or 0)
        if hour < 25 and minute < 60:
            times.append(StatedTime(match.start(), match.end(), match[0], f"{hour % 24:02d}:{minute:02d}"))
    return times


def _full(text: str, low: str, *, named: bool) -> list[_Full]:
    """Dates with day and month, each with its (year or None, month, day); days that share a month come first."""
    if _DIGIT.search(text) is None:
        return []
    forms = [f for sign, f in zip(_SIGNS, _FORMS, strict=True) if sign in low and (named or f in _WITHOUT_MONTH_NAME)]
    matches = [(m.start(), -m.end(), m) for form in forms for m in form.finditer(low)]
    found: list[_Full] = []
    reached = 0
    for begin, _, match in sorted(matches, key=lambda entry: entry[:2]):
        parts = _parts(match)
        if parts is None or begin < reached:
            continue
        for b, e, day in [*_shared(text, begin, reached), (begin, match.end(), parts[2])]:
            if _valid(parts[0], parts[1], day):
                e = e - 1 if _FULL_MONTH.search(text, b, e) else e
                found.append((b, e, (parts[0], parts[1], day)))
        reached = match.end()
    return found


def _shared(text: str, begin: int, reached: int) -> list[tuple[int, int, int]]:
    """Days before a date that borrow its month ("den 14. og 21. marts")."""
    days: list[tuple[int, int, int]] = []
    while len(days) < 12:
        match = _SHARED_DAY.search(text, max(reached, begin - 16), begin)
        if match is None or not 1 <= int(match[1]) <= 31 or "." not in match[0]:
            break
        begin = match.start(1)
        days.insert(0, (begin, match.end(1), int(match[1])))
    return days


def _parts(match: re.Match[str]) -> Parts | None:
    fields = match.groupdict()
    month = int(fields["mm"]) if fields.get("mm") else MONTHS.get((fields.get("month") or "").lower(), 0)
    year = int(fields["year"]) if fields.get("year") else None
    if year is not None and year < 100:
        year += 2000 if year < 70 else 1900
    parts = (year, month, int(fields["day"]))
    return parts if _valid(*parts) else None


def _valid(year: int | None, month: int, day: int) -> bool:
    return _day(2000 if year is None else year, month, day) is not None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _with_year(found: list[_Full], place: int, *, near: date | None, forward: bool, text: str) -> StatedDate:
    """A date with its year: the one printed, the one of its list, or the one that fits the meeting."""
    begin, end, (year, month, day) = found[place]
    if year is not None:
        dated, rule = _day(year, month, day), None
    elif (shared := _year_of_list(found, place, text)) is not None:
        dated, rule = _day(shared, month, day), "year-in-same-list"
    elif near is None:
        dated, rule = None, None
    else:
        dated, rule = _nearest(month, day, near, forward=forward)
    return StatedDate(begin, end, text[begin:end].rstrip(), dated, "day", year is not None, rule)


def _nearest(month: int, day: int, near: date, *, forward: bool) -> tuple[date | None, str]:
    """The day of a year that fits the meeting, and the rule that tells so."""
    days = [d for d in (_day(near.year + step, month, day) for step in (-1, 0, 1, 2)) if d]
    ahead = [d for d in days if d >= near]
    if forward and ahead:
        return ahead[0], "year-on-or-after-meeting"
    return min(days, key=lambda d: abs((d - near).days), default=None), "year-nearest-meeting"


def _year_of_list(found: list[_Full], place: int, text: str) -> int | None:
    """The year printed with a later date of the same sentence, or an earlier one, if the days then stand in order."""
    begin, end, (_, month, day) = found[place]
    for later, _, (year, its_month, its_day) in found[place + 1 : place + 6]:
        if later - end > _LIST_REACH or _SENTENCE_END.search(text, end, later):
            break
        if year is not None and (month, day) <= (its_month, its_day):
            return year
    for _, earlier, (year, its_month, its_day) in reversed(found[max(0, place - 5) : place]):
        if begin - earlier > _LIST_REACH or _SENTENCE_END.search(text, earlier, begin):
            break
        if year is not None and (month, day) >= (its_month, its_day):
            return year
    return None


def _loose(text: str, low: str, taken: list[_Full], *, named: bool) -> list[StatedDate]:
    """Weeks, months, quarters, years and seasons that are no part of a full date."""
    matches = [
        (m.start(), -m.end(), precision, m)
        for precision, hints, form in _LOOSE
        if (named if hints is _MONTH_STEMS else holds(low, hints))
        for m in form.finditer(low)
    ]
    found: list[StatedDate] = []
    reached = place = 0
    for begin, end, precision, match in sorted(matches, key=lambda entry: entry[:2]):
        while place < len(taken) and taken[place][1] <= begin:
            place += 1
        covered = place < len(taken) and taken[place][0] < -end
        if begin >= reached and not covered:
            given = "year" in match.groupdict() and match["year"] is not None
            found.append(StatedDate(begin, -end, text[begin:-end], None, precision, given))
            reached = -end
    return found
